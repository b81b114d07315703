"""Families of models: how each one wants its languages named, and where. Read from `data/families.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

from medinfo.errors import InvalidInput

SourceTag = Literal["", "source", "target", "target-if-several"]
TargetTag = Literal["", "target"]
END = "</s>"
"""Ends a source and a target in every family."""


@dataclass(frozen=True, slots=True)
class Family:
    """How the models of one family are spoken to.

    Attributes:
        name, title: in the table and for a person.
        source_tag: whose language's token starts the source. target_tag: whose starts the target.
        tags: how a language's token is written, `{}` being its code, the first that the vocabulary has.
        tag_as_text: the tag goes through the model's tokenizer, which may make several tokens of it.
        longest: positions that the model has, of source and of target.
        licence: of the weights that its makers publish. parameters: how large they are, for a person.
        codes: the family's codes by ISO 639-1, in the order to try. own_codes: ISO 639-1 codes are the family's too.
        languages: ISO 639-1 codes that the family's many-to-many models serve, sorted.
    """

    name: str
    title: str
    source_tag: SourceTag
    target_tag: TargetTag
    tags: tuple[str, ...]
    longest: int
    licence: str
    parameters: str = ""
    tag_as_text: bool = False
    own_codes: bool = True
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def tag(self, language: str, known: Callable[[str], bool]) -> str:
        """The token of a language.

        Args:
            language: ISO 639-1. known: whether a token is in the model's vocabulary.

        Raises:
            InvalidInput: the model has no token for it.
        """
        for token in self.candidates(language):
            if known(token):
                return token
        raise InvalidInput(f"A {self.title} model has no token for the language {language}.")

    def candidates(self, language: str) -> list[str]:
        """Every token that may name a language, the likeliest first."""
        codes = dict.fromkeys((*self.codes.get(language, ()), *((language,) if self.own_codes else ())))
        return [tag.format(code) for tag in self.tags for code in codes]

    def tagged(self, source: str, target: str) -> tuple[str, str]:
        """Which language's token starts the source, and which the target, for a pair; "" for none."""
        languages = {"": "", "source": source, "target": target, "target-if-several": target}
        return languages[self.source_tag], languages[self.target_tag]


@cache
def load_families() -> Mapping[str, Family]:
    """All families by name."""
    text = resources.files("translation").joinpath("data/families.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: _family(name, row) for name, row in tomllib.loads(text).items()})


def family(name: str) -> Family:
    """A family by its name.

    Raises:
        InvalidInput: there is none of that name.
    """
    families = load_families()
    if name not in families:
        raise InvalidInput(f"There is no family of models {name!r}.", hint=f"Known are {', '.join(families)}.")
    return families[name]


def _family(name: str, row: Mapping[str, Any]) -> Family:
    told = dict(row)
    codes = {language: tuple(found) for language, found in told.pop("codes", {}).items()}
    languages = tuple(sorted({*told.pop("languages", "").split(), *codes}))
    if told["source_tag"] not in get_args(SourceTag) or told["target_tag"] not in get_args(TargetTag):
        raise ValueError(f"families.toml: {name} places its tags where no family does")
    return Family(name=name, tags=tuple(told.pop("tags")), codes=codes, languages=languages, **told)
