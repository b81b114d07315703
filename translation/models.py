"""The models that are installed and those that can be: list, install, convert, remove.

Plain functions for the command line: they take names and folders, tell a callback how far they are, and give back
lines for a person.

    <folder>/<name>/medinfo-model.json    what the model is, with the checksum of every file
    <folder>/<name>/model.bin ...         the files of CTranslate2 and of the tokenizer
    <folder>/.downloads/<name>/<commit>/  files on their way; kept after an interruption, so that they are continued
    <folder>/.incoming-<name>-.../        a model being made; renamed when it is whole, removed when it is not
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from medinfo.errors import InvalidInput, NotFound
from translation.convert import Quantisation
from translation.engine_manifest import MANIFEST, InstalledModel, digest, read_manifest
from translation.families import load_families
from translation.models_catalogue import CatalogueModel, catalogue
from translation.models_install import HUB, Progress, convert, install, licence_notice
from translation.models_licences import is_non_commercial
from translation.models_place import DOWNLOADS, check_name
from translation.results import Quality

__all__ = [
    "HUB", "ModelRow", "Progress", "Quantisation", "convert", "install", "install_command", "licence_notice",
    "list_models", "remove", "table", "verify",
]  # fmt: skip

USUAL = "opus-mt-en-fr"
"""What a user is pointed to who names no languages."""
MANY = "m2m100-418m"
"""What a user is pointed to for languages that have no pair of their own."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model of the list.

    Attributes:
        name: what `install` and `remove` take. family: see `translation.families`.
        installed: whether it is. installable: whether the catalogue has it.
        languages: sorted. pairs: (source, target); empty for a model that translates between all its languages.
        licence: SPDX name, or the licence's own. non_commercial: commercial use is not allowed.
        quality: quality class. download_mb: about how much is downloaded, in MB; 0 where the catalogue has it not.
        size_mb: what it takes on disk, in MB; 0 where it is not installed.
        needs_conversion: whether installing it needs the extra `models`.
        problem: why an installed one cannot be used, or "".
    """

    name: str
    family: str
    installed: bool
    installable: bool
    languages: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    licence: str
    non_commercial: bool
    quality: Quality
    download_mb: int
    size_mb: int
    needs_conversion: bool
    problem: str = ""


def list_models(folder: Path) -> list[ModelRow]:
    """All models: those installed first, then those that can be, each sorted by name.

    Args:
        folder: of installed models; need not exist.
    """
    known = catalogue()
    places = [place for place in _places(folder) if (place / MANIFEST).is_file()]
    installed = [_installed_row(place, known.get(place.name)) for place in places]
    taken = {row.name for row in installed}
    return installed + [_row(known[name]) for name in sorted(known) if name not in taken]


def table(rows: list[ModelRow]) -> list[str]:
    """The list as aligned lines for a terminal, with a heading."""
    cells = [("", "name", "languages", "licence", "quality", "size", ""), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def install_command(source: str = "", target: str = "") -> str:
    """The one command that installs a model for a pair, for `errors.NoModel`; of the usual first pair without one.

    A pair that only a model of many languages serves gets that one; one that is not served at all too, since it may be
    reached over English.
    """
    wanted = (source, target)
    direct = [model.name for model in catalogue().values() if wanted in model.pairs]
    return f"medinfo models install {direct[0] if direct else MANY if source and target else USUAL}"


def remove(name: str, folder: Path) -> list[str]:
    """Remove an installed model, and what is left of interrupted downloads of it.

    Raises:
        NotFound: no such model is installed. InvalidInput: the name is none that a model can have.
    """
    place = folder / check_name(name)
    downloads = folder / DOWNLOADS / name
    if place.is_symlink():
        place.unlink()
    elif (place / MANIFEST).is_file():
        # Renamed first: an engine never sees half a model.
        with tempfile.TemporaryDirectory(prefix=f".removed-{name}-", dir=folder, ignore_cleanup_errors=True) as aside:
            place.rename(Path(aside) / name)
    elif not downloads.is_dir():
        raise NotFound(f"No model {name!r} is installed.", hint="See `medinfo models list`.")
    shutil.rmtree(downloads, ignore_errors=True)
    return [f"Removed {name}."]


def verify(name: str, folder: Path) -> list[str]:
    """Hold an installed model's files to the checksums that were recorded when it was installed.

    Returns:
        what differs, one sentence each; empty where nothing does.

    Raises:
        NotFound: no such model is installed. InvalidInput: its manifest cannot be read.
    """
    place = folder / check_name(name)
    if not place.is_dir():
        raise NotFound(f"No model {name!r} is installed.", hint="See `medinfo models list`.")
    model = read_manifest(place)
    return [
        f"{file} {'is missing' if not (place / file).is_file() else 'was altered'}."
        for file, sha256 in sorted(model.sha256.items())
        if not (place / file).is_file() or digest(place / file) != sha256
    ]


def _places(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(place for place in folder.iterdir() if place.is_dir() and not place.name.startswith("."))


def _installed_row(place: Path, known: CatalogueModel | None) -> ModelRow:
    try:
        return _of(read_manifest(place), known)
    except InvalidInput as problem:
        return ModelRow(
            place.name, known.family if known else "", True, known is not None, (), (), "", False, "provisional",
            known.size_mb if known else 0, 0, False, problem.detail,
        )  # fmt: skip


def _of(model: InstalledModel, known: CatalogueModel | None) -> ModelRow:
    spoken = {*model.languages, *(language for pair in model.pairs for language in pair)}
    missing = sorted(file for file in model.sha256 if not (model.folder / file).is_file())
    problem = f"These files are missing: {', '.join(missing)}." if missing else ""
    if model.family not in load_families():
        problem = f"There is no family of models {model.family!r}."
    return ModelRow(
        model.name, model.family, True, known is not None, tuple(sorted(spoken)), model.pairs, model.licence,
        is_non_commercial(model.licence), model.quality, known.size_mb if known else 0,
        round(sum(model.sizes.values()) / 1e6), False, problem,
    )  # fmt: skip


def _row(model: CatalogueModel) -> ModelRow:
    return ModelRow(
        model.name, model.family, False, True, model.spoken(), model.pairs, model.licence, model.non_commercial,
        model.quality, model.size_mb, 0, not model.converted,
    )  # fmt: skip


def _cells(row: ModelRow) -> tuple[str, ...]:
    spoken = ", ".join(f"{source} > {target}" for source, target in row.pairs) or " ".join(row.languages)
    size = f"{row.size_mb} MB" if row.installed else f"{row.download_mb} MB to download"
    notes = [row.problem] if row.problem else []
    notes += ["non-commercial use only"] if row.non_commercial else []
    notes += ["needs the extra 'models'"] if row.needs_conversion else []
    mark = "!" if row.problem else "installed" if row.installed else ""
    return (mark, row.name, spoken, row.licence, row.quality, size, "; ".join(notes))
