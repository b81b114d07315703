"""The models that can be installed by name: `translation/data/models.toml`, and what each family's folder holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from medinfo.errors import NotFound
from translation.results import Quality


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One model that can be installed.

    Attributes:
        name: what the user types. family: see `translation.families`.
        repository, revision: on the hub. A revision that is a branch is resolved to its commit, which is recorded.
        pairs: (source, target); empty for a model that translates between all its languages.
        languages: of a model without pairs, else empty.
        licence: SPDX name. non_commercial: commercial use is not allowed; must be accepted.
        size_mb: about what is downloaded, in MB; the bound of a download stands on it.
        quality: quality class.
        converted: the repository holds CTranslate2's files already, so that nothing needs to be converted.
        sha256: digests that are known beforehand, by file; most have none here and are held to the hub's own.
        checked: where the entry was checked; "" for one that was not.
    """

    name: str
    family: str
    repository: str
    revision: str
    pairs: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    licence: str
    non_commercial: bool
    size_mb: int
    quality: Quality
    converted: bool = False
    sha256: Mapping[str, str] = field(default_factory=dict)
    checked: str = ""

    def spoken(self) -> tuple[str, ...]:
        """Every language that it reads or writes, sorted."""
        return tuple(sorted({*self.languages, *(language for pair in self.pairs for language in pair)}))


@dataclass(frozen=True, slots=True)
class Layout:
    """Which files of a repository are taken.

    Attributes:
        required: names that must be there. optional: names that are taken where they are.
        weights: names of weights, the first that is there is taken; a name that ends in `.index.json` stands for
            its parts.
        kept: names that stand beside the converted model, for its tokenizer.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    weights: tuple[str, ...]
    kept: tuple[str, ...]


def catalogue() -> Mapping[str, CatalogueModel]:
    """Every model of the catalogue by name, in the order of the file."""
    return {model.name: model for model in map(_model, _file()["model"])}


def entry(name: str) -> CatalogueModel:
    """One model of the catalogue.

    Raises:
        NotFound: it has no such model.
    """
    try:
        return catalogue()[name]
    except KeyError:
        raise NotFound(
            f"There is no model {name!r} that can be installed by name.",
            hint="See `medinfo models list`, or convert one from the hub: medinfo models convert OWNER/NAME",
        ) from None


def layout(family: str, *, converted: bool = False) -> Layout:
    """The files of a family's repositories; of those that hold converted models, with `converted`."""
    told = _file()["layout"][family]
    kept = tuple(told["kept"])
    if converted:
        return Layout(("config.json",), ("generation_config.json", *_VOCABULARIES, *kept), ("model.bin",), kept)
    return Layout(tuple(told["required"]), tuple(told["optional"]), tuple(told["weights"]), kept)


def families() -> tuple[str, ...]:
    """The families that can be converted."""
    return tuple(_file()["layout"])


_VOCABULARIES = (
    "shared_vocabulary.json", "shared_vocabulary.txt", "source_vocabulary.json", "source_vocabulary.txt",
    "target_vocabulary.json", "target_vocabulary.txt",
)  # fmt: skip


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("translation").joinpath("data/models.toml").read_text("utf-8"))


def _model(told: Mapping[str, Any]) -> CatalogueModel:
    return CatalogueModel(
        name=told["name"],
        family=told["family"],
        repository=told["repository"],
        revision=told.get("revision", "main"),
        pairs=tuple((source, target) for source, target in told.get("pairs", ())),
        languages=tuple(told.get("languages", ())),
        licence=told["licence"],
        non_commercial=told.get("non_commercial", False),
        size_mb=told["size_mb"],
        quality=told["quality"],
        converted=told.get("converted", False),
        sha256=dict(told.get("sha256", {})),
        checked=told.get("checked", ""),
    )
