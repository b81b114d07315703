"""What is known of an installed model: its manifest, `medinfo-model.json`, beside its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from medinfo.errors import InvalidInput
from translation.results import Quality

MANIFEST = "medinfo-model.json"
QUALITIES: tuple[Quality, ...] = get_args(Quality)
"""From the weakest to the best."""
LARGEST_MANIFEST = 1_000_000
"""Bytes; a manifest names a few files."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """One installed model, as its manifest tells.

    Attributes:
        name: of its folder. folder: where it is.
        family: a name in `translation/data/families.toml`.
        pairs: (source, target) that it translates; empty where it translates between any two of `languages`.
        languages: of a many-to-many model, else empty.
        licence: SPDX name, or the licence's own. quality: untested, general or medical.
        source, revision: where it came from. quantisation: of its weights on disk.
        sha256: digest of each file, in hex. sizes: bytes of each file.
    """

    name: str
    folder: Path
    family: str
    pairs: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    licence: str
    quality: Quality
    source: str = ""
    revision: str = ""
    quantisation: str = ""
    sha256: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    def serves(self, source: str, target: str) -> bool:
        """Whether it translates this pair by itself."""
        if self.pairs:
            return (source, target) in self.pairs
        return source != target and source in self.languages and target in self.languages

    def served_languages(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The languages that it translates from, and those that it translates to, each sorted."""
        if not self.pairs:
            return tuple(sorted(self.languages)), tuple(sorted(self.languages))
        sources, targets = zip(*self.pairs, strict=True)
        return tuple(sorted(set(sources))), tuple(sorted(set(targets)))

    def served(self) -> frozenset[tuple[str, str]]:
        """Every pair that it translates by itself."""
        if self.pairs:
            return frozenset(self.pairs)
        return frozenset((one, two) for one in self.languages for two in self.languages if one != two)


def read_manifest(folder: Path) -> InstalledModel:
    """Read the manifest of a model's folder.

    Raises:
        InvalidInput: it is missing or is not what it should be; the sentence names the folder.
    """
    try:
        file = folder / MANIFEST
        if file.stat().st_size > LARGEST_MANIFEST:
            raise ValueError("it is too large")
        return _model(folder, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        why = f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
        raise InvalidInput(
            f"The model {folder.name} cannot be used: {MANIFEST}: {why}.",
            hint=f"Install it again: medinfo models install {folder.name}",
        ) from problem


def _model(folder: Path, told: Mapping[str, Any]) -> InstalledModel:
    pairs = tuple((str(source), str(target)) for source, target in told.get("pairs") or ())
    languages = tuple(str(language) for language in told.get("languages") or ())
    if not pairs and not languages:
        raise ValueError("it names neither pairs nor languages")
    quality = str(told.get("quality", QUALITIES[0]))
    if quality not in QUALITIES:
        raise ValueError(f"quality {quality!r} is none of {', '.join(QUALITIES)}")
    sha256 = {_plain(file): str(digest) for file, digest in (told.get("sha256") or {}).items()}
    sizes = {_plain(file): int(size) for file, size in (told.get("bytes") or {}).items()}
    return InstalledModel(
        folder.name, folder, str(told["family"]), pairs, languages, str(told.get("licence", "")),
        quality, str(told.get("source", "")), str(told.get("revision", "")),
        str(told.get("quantisation", "")), sha256, sizes,
    )  # fmt: skip


def _plain(file: str) -> str:
    """A file name that cannot lead out of the model's folder."""
    if not file or Path(file).name != file:
        raise ValueError(f"{file!r} is not the name of a file")
    return file


def write_manifest(
    folder: Path,
    *,
    family: str,
    pairs: Iterable[tuple[str, str]] = (),
    languages: Iterable[str] = (),
    licence: str,
    quality: str = QUALITIES[0],
    source: str = "",
    revision: str = "",
    quantisation: str = "",
) -> InstalledModel:
    """Write the manifest of a folder that holds a model's files, with the digest and size of each.

    Args:
        folder: named as the model. family, pairs, languages, licence, quality, source, revision, quantisation: see
            `InstalledModel`.

    Returns:
        The manifest as it is read again.
    """
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != MANIFEST)
    told = {
        "name": folder.name,
        "family": family,
        "pairs": [list(pair) for pair in pairs],
        "languages": list(languages),
        "licence": licence,
        "quality": quality,
        "source": source,
        "revision": revision,
        "quantisation": quantisation,
        "sha256": {file.name: digest(file) for file in files},
        "bytes": {file.name: file.stat().st_size for file in files},
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return read_manifest(folder)


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
