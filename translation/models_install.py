"""Put a model into the folder of models: by its name, from the hub, or from a folder. See `translation.models`."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medinfo.errors import InvalidInput, UnusableSource
from translation import convert as converting
from translation import models_hub as hub
from translation.convert import Quantisation
from translation.download import Pause, Remote, client, fetch, require_space
from translation.engine_manifest import digest
from translation.families import family as family_named
from translation.models_catalogue import CatalogueModel, entry, layout
from translation.models_licences import card_licence, is_non_commercial, notice, require_accepted, said, spdx
from translation.models_place import DOWNLOADS, Made, Plan, alone, check_name, put

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
"""Where models are downloaded from unless a setting says otherwise."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0: unknown); bytes for downloads."""

LARGEST_MODEL = 40_000_000_000
"""Bytes of a model that is not in the catalogue."""
MARGIN, MARGIN_BYTES = 1.25, 50_000_000
"""How much more than the catalogue says may come."""

_PAIR = re.compile(r"(?:^|-)([a-z]{2})-([a-z]{2})$")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def licence_notice(name: str) -> str:
    """What must be accepted before a model of the catalogue is installed, in one paragraph; "" where nothing must be.

    Raises:
        NotFound: the catalogue has no such model.
    """
    model = entry(name)
    return notice(model.name, model.licence) if model.non_commercial else ""


def install(
    name: str,
    folder: Path,
    *,
    base: str = HUB,
    quantisation: Quantisation = "auto",
    accept_licence: bool = False,
    progress: Progress | None = None,
    pause: Pause = time.sleep,
) -> list[str]:
    """Download a model of the catalogue, verify it, convert it where it must be, and put it into place whole.

    Args:
        folder: of installed models; made where it is absent.
        base: address of the hub; https, or plain http on loopback.
        accept_licence: the user has accepted what `licence_notice` says.
        pause: how to wait, in seconds, before a broken connection is taken up again.

    Returns:
        what was downloaded, what was verified against what, and where the model is, for a person.

    Raises:
        NotFound: neither the catalogue nor the hub has it. InvalidInput: it is installed already, its licence was not
        accepted, there is no room, or the extra that converts is not installed. UnusableSource: what came is not what
        the hub or the catalogue says, or the connection broke; nothing is installed, and what came is kept for the
        next try.
    """
    model = entry(check_name(name))
    require_accepted(model.name, model.licence, accept_licence or not model.non_commercial)
    if not model.converted:
        converting.require_converter()
    told = progress or _quiet
    with alone(folder, name), client(base) as http:
        found = hub.repository(http, base, model.repository, model.revision)
        wanted = hub.wanted(found, layout(model.family, converted=model.converted))
        remotes = hub.remote_files(http, base, found, wanted)
        place, lines = _downloaded(
            http, base, folder, name, found, remotes, _bound(model), not model.converted, told, pause
        )
        _require_pinned(place, model)
        plan = Plan(
            name, model.family, model.pairs, model.languages, model.licence, model.quality, found.name, found.commit
        )
        made = _copied(place, wanted) if model.converted else _converted(place, model.family, quantisation, told)
        lines += put(folder, plan, made)
        shutil.rmtree(folder / DOWNLOADS / name, ignore_errors=True)
    if model.converted:
        lines.append("It was converted by others than its authors: the file is the hub's, how it was made is theirs.")
    return [*said(model.licence), *lines]


def convert(
    source: str,
    folder: Path,
    *,
    name: str = "",
    family: str = "",
    languages: tuple[str, ...] = (),
    licence: str = "",
    base: str = HUB,
    revision: str = "main",
    quantisation: Quantisation = "auto",
    accept_licence: bool = False,
    progress: Progress | None = None,
    pause: Pause = time.sleep,
) -> list[str]:
    """Convert a transformers model, from a folder or from the hub, and install it.

    Args:
        source: a folder, or `owner/name` on the hub. A folder needs no network.
        name: of the installed model; the source's own in lower case unless given.
        family: see `translation.families`; told from the model's config unless given.
        languages: for a Marian model the source, then its target or targets; for others those to serve. Told from the
            source's name and the family unless given.
        licence: SPDX name; told from the hub or the model's card unless given, else `unknown`.
        base, revision, quantisation, accept_licence, progress, pause: see `install`.

    Returns, Raises:
        see `install`.
    """
    converting.require_converter()
    if not source:
        raise InvalidInput("Name a folder, or OWNER/NAME of a model on the hub.")
    local = Path(source).expanduser()
    chosen = check_name(name or (local.resolve() if local.is_dir() else local).name.lower())
    told = progress or _quiet
    with contextlib.ExitStack() as stack:
        stack.enter_context(alone(folder, chosen))
        if local.is_dir():
            place, lines = local.resolve(), [f"Read from {local.resolve()}; nothing there says what it should be."]
            known, origin, commit = licence or card_licence(place), str(place), ""
            kind = family or converting.family_of(place)
            require_accepted(chosen, known, accept_licence or not is_non_commercial(known))
        else:
            http = stack.enter_context(client(base))
            found = hub.repository(http, base, source, revision)
            known, origin, commit = licence or found.licence, found.name, found.commit
            require_accepted(chosen, known, accept_licence or not is_non_commercial(known))
            config = hub.remote_files(http, base, found, [one for one in _TELLING if one in found.files])
            place, _ = _downloaded(http, base, folder, chosen, found, config, _LARGEST_TELLING, False, _quiet, pause)
            kind = family or converting.family_of(place)
            remotes = hub.remote_files(http, base, found, hub.wanted(found, layout(_convertible(kind))))
            place, lines = _downloaded(http, base, folder, chosen, found, remotes, LARGEST_MODEL, True, told, pause)
        pairs, spoken = _served(_convertible(kind), languages, chosen)
        known = spdx(known)
        plan = Plan(chosen, kind, pairs, spoken, known, "provisional", origin, commit)
        lines += put(folder, plan, _converted(place, kind, quantisation, told))
        shutil.rmtree(folder / DOWNLOADS / chosen, ignore_errors=True)
    return [*said(known), *lines]


_BILINGUAL = "target-if-several"
"""The `source_tag` of families whose models translate from one side to the other."""
_TELLING = ("config.json", "tokenizer_config.json")
_LARGEST_TELLING = 2 * converting.LARGEST_CONFIG


def _downloaded(
    http: httpx.Client,
    base: str,
    folder: Path,
    name: str,
    found: hub.Repository,
    remotes: Sequence[Remote],
    bound: int,
    twice: bool,
    progress: Progress,
    pause: Pause,
) -> tuple[Path, list[str]]:
    """All files in a folder of their commit, so that an interrupted download of another one is never continued."""
    place = folder / DOWNLOADS / name / found.commit
    total = sum(remote.size for remote in remotes)
    if total > bound:
        raise UnusableSource(
            f"{found.name} is {total // 1_000_000} MB, which is more than the {bound // 1_000_000} MB that are allowed."
        )
    held = sum(file.stat().st_size for file in place.iterdir()) if place.is_dir() else 0
    require_space(folder, max(0, total - held) + (total if twice else 0))
    before = 0
    for remote in remotes:
        fetch(http, remote, place, base, done=_telling(progress, remote.name, before, total), pause=pause)
        before += remote.size
    lines = [
        f"Downloaded {len(remotes)} files, {total / 1e6:.1f} MB, from {base.rstrip('/')}/{found.name} at commit"
        f" {found.commit}."
    ]
    for how in dict.fromkeys(remote.verified_by for remote in remotes):
        names = ", ".join(remote.name for remote in remotes if remote.verified_by == how)
        lines.append(f"Held to the {how} that the hub gives: {names}.")
    return place, lines


def _telling(progress: Progress, name: str, before: int, total: int) -> Callable[[int], None]:
    return lambda now: progress(name, before + now, total)


def _converted(place: Path, family: str, quantisation: Quantisation, progress: Progress) -> Made:
    def make(target: Path) -> str:
        progress("convert", 0, 0)
        return converting.to_ctranslate2(place, target, family, quantisation)

    return make


def _copied(place: Path, names: Sequence[str]) -> Made:
    def make(target: Path) -> str:
        target.mkdir()
        for name in names:
            try:
                (target / name).hardlink_to(place / name)
            except OSError:
                shutil.copyfile(place / name, target / name)
        return "as downloaded"

    return make


def _require_pinned(place: Path, model: CatalogueModel) -> None:
    for name, sha256 in model.sha256.items():
        if digest(place / name) != sha256:
            raise UnusableSource(f"{name} is not the file that this release knows: its SHA-256 differs.")


def _convertible(family: str) -> str:
    family_named(family)
    if family == "medinfo":
        raise InvalidInput("Models of the family medinfo are not made from transformers models.")
    return family


def _served(family: str, languages: tuple[str, ...], name: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The pairs and languages that a model serves."""
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise InvalidInput(f"{language[:20]!r} is no language code.", hint="Use codes such as en, fr, es.")
    kind = family_named(family)
    if kind.source_tag != _BILINGUAL:
        return (), languages or kind.languages
    named = _PAIR.search(name)
    source, *targets = languages or (named.groups() if named else ("",))
    if not targets or source in targets:
        raise InvalidInput(
            f"Which languages {name} translates from and to cannot be told from its name.",
            hint="Say so, the source first: --languages fr,en",
        )
    return tuple((source, target) for target in targets), ()


def _bound(model: CatalogueModel) -> int:
    return int(model.size_mb * 1_000_000 * MARGIN) + MARGIN_BYTES


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Nobody asked to be told."""
