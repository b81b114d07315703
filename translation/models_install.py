"""Put a model into the folder of models: by its name, from the hub, or from a folder. See `translation.models`."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from medinfo.errors import InvalidInput, UnusableSource
from translation import convert as converting
from translation import models_hub as hub
from translation.convert import Quantisation
from translation.download import Pause, Remote, client, fetch, require_space
from translation.engine_manifest import MANIFEST, InstalledModel, digest, write_manifest
from translation.families import family as family_named
from translation.models_catalogue import CatalogueModel, entry, layout
from translation.results import Quality
from translation.tokenisers import open_tokeniser

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
"""Where models are downloaded from unless a setting says otherwise."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0: unknown); bytes for downloads."""

DOWNLOADS, INCOMING = ".downloads", ".incoming-"
LARGEST_MODEL = 40_000_000_000
"""Bytes of a model that is not in the catalogue."""
MARGIN, MARGIN_BYTES = 1.25, 50_000_000
"""How much more than the catalogue says may come."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9])){0,79}")
_PAIR = re.compile(r"(?:^|-)([a-z]{2})-([a-z]{2})$")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SPDX = {
    name.lower(): name
    for name in (
        "Apache-2.0", "MIT", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "BSD-3-Clause",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """What will be written into the manifest, and said."""

    name: str
    family: str
    pairs: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    licence: str
    quality: Quality
    source: str
    revision: str


def check_name(name: str) -> str:
    """A name that a model's folder can have: it cannot lead out of the folder of models.

    Raises:
        InvalidInput: it is none.
    """
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            f"{name[:100]!r} cannot be the name of a model.",
            hint="Use lower-case letters, digits, and single `-`, `_` or `.` between them.",
        )
    return name


def is_non_commercial(licence: str) -> bool:
    """Whether a licence's name says that commercial use is not allowed."""
    return "nc" in re.split(r"[^a-z0-9]+", licence.lower())


def licence_notice(name: str) -> str:
    """What must be accepted before a model of the catalogue is installed, in one paragraph; "" where nothing must be.

    Raises:
        NotFound: the catalogue has no such model.
    """
    model = entry(name)
    return _notice(model.name, model.licence) if model.non_commercial else ""


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
    _require_accepted(model.name, model.licence, accept_licence or not model.non_commercial)
    if not model.converted:
        converting.require_converter()
    told = progress or _quiet
    with _alone(folder, name), client(base) as http:
        found = hub.repository(http, base, model.repository, model.revision)
        wanted = hub.wanted(found, layout(model.family, converted=model.converted))
        remotes = hub.remote_files(http, base, found, wanted)
        place, lines = _downloaded(
            http, base, folder, name, found, remotes, _bound(model), not model.converted, told, pause
        )
        _require_pinned(place, model)
        plan = _Plan(
            name, model.family, model.pairs, model.languages, model.licence, model.quality, found.name, found.commit
        )
        made = _copied(place, wanted) if model.converted else _converted(place, model.family, quantisation, told)
        lines += _put(folder, plan, made)
        shutil.rmtree(folder / DOWNLOADS / name, ignore_errors=True)
    if model.converted:
        lines.append("It was converted by others than its authors: the file is the hub's, how it was made is theirs.")
    return [*_licence_lines(model.licence), *lines]


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
        stack.enter_context(_alone(folder, chosen))
        if local.is_dir():
            place, lines = local.resolve(), [f"Read from {local.resolve()}; nothing there says what it should be."]
            known, origin, commit = licence or _card_licence(place), str(place), ""
            kind = family or converting.family_of(place)
            _require_accepted(chosen, known, accept_licence or not is_non_commercial(known))
        else:
            http = stack.enter_context(client(base))
            found = hub.repository(http, base, source, revision)
            known, origin, commit = licence or found.licence, found.name, found.commit
            _require_accepted(chosen, known, accept_licence or not is_non_commercial(known))
            config = hub.remote_files(http, base, found, [one for one in _TELLING if one in found.files])
            place, _ = _downloaded(http, base, folder, chosen, found, config, _LARGEST_TELLING, False, _quiet, pause)
            kind = family or converting.family_of(place)
            remotes = hub.remote_files(http, base, found, hub.wanted(found, layout(_convertible(kind))))
            place, lines = _downloaded(http, base, folder, chosen, found, remotes, LARGEST_MODEL, True, told, pause)
        pairs, spoken = _served(_convertible(kind), languages, chosen)
        known = _SPDX.get(known.lower(), known) or "unknown"
        plan = _Plan(chosen, kind, pairs, spoken, known, "provisional", origin, commit)
        lines += _put(folder, plan, _converted(place, kind, quantisation, told))
        shutil.rmtree(folder / DOWNLOADS / chosen, ignore_errors=True)
    return [*_licence_lines(known), *lines]


_BILINGUAL = "target-if-several"
"""The `source_tag` of families whose models translate from one side to the other."""
_TELLING = ("config.json", "tokenizer_config.json")
_LARGEST_TELLING = 2 * converting.LARGEST_CONFIG

_Made = Callable[[Path], str]
"""Makes a model's files in a folder that does not exist yet, and says how its weights are stored."""


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


def _converted(place: Path, family: str, quantisation: Quantisation, progress: Progress) -> _Made:
    def make(target: Path) -> str:
        progress("convert", 0, 0)
        return converting.to_ctranslate2(place, target, family, quantisation)

    return make


def _copied(place: Path, names: Sequence[str]) -> _Made:
    def make(target: Path) -> str:
        target.mkdir()
        for name in names:
            try:
                (target / name).hardlink_to(place / name)
            except OSError:
                shutil.copyfile(place / name, target / name)
        return "as downloaded"

    return make


def _put(folder: Path, plan: _Plan, make: _Made) -> list[str]:
    """Make a model aside, check that it can be used, and rename it into place."""
    with tempfile.TemporaryDirectory(prefix=f"{INCOMING}{plan.name}-", dir=folder) as aside:
        made = Path(aside) / plan.name
        stored = make(made)
        _require_usable(made)
        model = write_manifest(
            made, family=plan.family, pairs=plan.pairs, languages=plan.languages, licence=plan.licence,
            quality=plan.quality, source=plan.source, revision=plan.revision, quantisation=stored,
        )  # fmt: skip
        _require_speaks(model)
        for file in made.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        _require_new(folder, plan.name)
        made.rename(folder / plan.name)
    size = sum(model.sizes.values()) / 1e6
    return [
        f"Installed in {folder / plan.name}: {size:.1f} MB, weights {stored}.",
        f"The SHA-256 of each of its {len(model.sha256)} files is recorded in {MANIFEST}.",
    ]


def _require_usable(made: Path) -> None:
    import ctranslate2

    try:
        ctranslate2.Translator(str(made), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
    except (RuntimeError, ValueError, OSError) as problem:
        why = str(problem).splitlines()[0][:200] if str(problem) else type(problem).__name__
        raise UnusableSource(f"The model cannot be loaded by CTranslate2: {why}.") from problem


def _require_speaks(model: InstalledModel) -> None:
    try:
        open_tokeniser(model.folder).encode("1")
    except InvalidInput as problem:
        raise UnusableSource(problem.detail) from problem


def _require_pinned(place: Path, model: CatalogueModel) -> None:
    for name, sha256 in model.sha256.items():
        if digest(place / name) != sha256:
            raise UnusableSource(f"{name} is not the file that this release knows: its SHA-256 differs.")


def _require_accepted(name: str, licence: str, accepted: bool) -> None:
    if not accepted:
        raise InvalidInput(_notice(name, licence), hint="To accept the licence, add --accept-licence.")


def _require_new(folder: Path, name: str) -> None:
    if (folder / name).exists():
        raise InvalidInput(
            f"The model {name} is installed already.", hint=f"To replace it: medinfo models remove {name}"
        )


def _notice(name: str, licence: str) -> str:
    return (
        f"The model {name} is published under {licence}, which does not allow commercial use. What it translates may"
        " be used for non-commercial purposes only, and its authors must be named. It is downloaded only once you"
        " accept this licence."
    )


def _licence_lines(licence: str) -> list[str]:
    if not licence or licence == "unknown":
        return ["Its licence is not known: read the model's page before you use it."]
    return [f"Licence: {licence}.{' Commercial use is not allowed.' if is_non_commercial(licence) else ''}"]


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


def _card_licence(folder: Path) -> str:
    """The licence that the card of a model in a folder states, or ""."""
    card = folder / "README.md"
    if not card.is_file():
        return ""
    head = card.read_text(encoding="utf-8", errors="replace")[:20_000]
    front = re.match(r"---\n(.*?)\n---", head, re.DOTALL)
    stated = re.search(r"^license:\s*['\"]?([A-Za-z0-9.+-]{1,60})['\"]?\s*$", front.group(1), re.M) if front else None
    return stated.group(1) if stated else ""


def _bound(model: CatalogueModel) -> int:
    return int(model.size_mb * 1_000_000 * MARGIN) + MARGIN_BYTES


@contextlib.contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """Only one at a time installs a model of this name; what a killed one left of it is cleared."""
    _require_new(folder, name)
    downloads = folder / DOWNLOADS
    downloads.mkdir(parents=True, exist_ok=True)
    with (downloads / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InvalidInput(f"The model {name} is being installed by another process.") from None
        for left in folder.glob(f"{INCOMING}{name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        _require_new(folder, name)
        yield


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Nobody asked to be told."""
