"""The models that are installed and those that can be: list, install, convert, remove.

Plain functions for the command line: they take names and folders, tell a callback how far they are, and give back
lines for a person.

    <folder>/<name>/medinfo-model.json    what the model is, with the checksum of every file
    <folder>/<name>/model.bin ...         the files of CTranslate2 and of the tokenizer
    <folder>/.downloads/<name>/           files on their way; kept after an interruption, so that they are continued
    <folder>/.incoming-<name>-.../        a model being made; renamed when it is whole, removed when it is not
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from translation.results import Quality

HUB = "https://huggingface.co"
"""Where models are downloaded from unless a setting says otherwise."""

Quantisation = Literal["auto", "int8", "int8_float16", "float16", "float32"]
"""How weights are stored; `auto` is `float16` where there is a GPU, else `int8`."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0: unknown); bytes for downloads."""


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


def list_models(folder: Path) -> list[ModelRow]:
    """All models: those installed first, then those that can be, each sorted by name.

    Args:
        folder: of installed models; need not exist.
    """
    raise NotImplementedError


def table(rows: list[ModelRow]) -> list[str]:
    """The list as aligned lines for a terminal, with a heading."""
    raise NotImplementedError


def licence_notice(name: str) -> str:
    """What must be accepted before a model of the catalogue is installed, in one paragraph; "" where nothing must be.

    Raises:
        NotFound: the catalogue has no such model.
    """
    raise NotImplementedError


def install_command(source: str = "", target: str = "") -> str:
    """The one command that installs a model for a pair, for `errors.NoModel`; of the usual first pair without one."""
    raise NotImplementedError


def install(
    name: str,
    folder: Path,
    *,
    base: str = HUB,
    quantisation: Quantisation = "auto",
    accept_licence: bool = False,
    progress: Progress | None = None,
) -> list[str]:
    """Download a model of the catalogue, verify it, convert it where it must be, and put it into place whole.

    Args:
        folder: of installed models; made where it is absent.
        base: address of the hub; https, or plain http on loopback.
        accept_licence: the user has accepted what `licence_notice` says.

    Returns:
        what was downloaded, what was verified against what, and where the model is, for a person.

    Raises:
        NotFound: neither the catalogue nor the hub has it. InvalidInput: it is installed already, its licence was not
        accepted, or the extra that converts is not installed. UnusableSource: what came is not what the hub or the
        catalogue says, or the connection broke; nothing is installed, and what came is kept for the next try.
    """
    raise NotImplementedError


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
) -> list[str]:
    """Convert a transformers model, from a folder or from the hub, and install it.

    Args:
        source: a folder, or `owner/name` on the hub. A folder needs no network.
        name: of the installed model; the source's own in lower case unless given.
        family: see `translation.families`; told from the model's config unless given.
        languages: for a bilingual model source and target, in this order; for others those to serve. Told from the
            source's name and the family unless given.
        licence: SPDX name; told from the hub or the catalogue unless given, else `unknown`.
        base, revision, quantisation, accept_licence, progress: see `install`.

    Returns, Raises:
        see `install`.
    """
    raise NotImplementedError


def remove(name: str, folder: Path) -> list[str]:
    """Remove an installed model, and what is left of interrupted downloads of it.

    Raises:
        NotFound: no such model is installed. InvalidInput: the name is none that a model can have.
    """
    raise NotImplementedError
