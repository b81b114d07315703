"""Words that turn what is said into its opposite: increase and decrease, before and after, hyper- and hypo-.

The table is `facts/data/opposites.toml`: concepts of two poles each, by language. A concept is compared only where the
words of the whole sentence stand at one pole; a sentence that speaks of both is compared by their order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from translation.results import Span


@dataclass(frozen=True, slots=True)
class Pole:
    """A word that stands at one pole of a concept.

    Attributes:
        concept: such as `amount`. pole: such as `up`. span: where.
    """

    concept: str
    pole: str
    span: Span


def find(text: str, language: str) -> tuple[Pole, ...]:
    """Every word of the table that a text holds, in its order; none for a language without a table."""
    pattern, poles = _pattern(language)
    if pattern is None:
        return ()
    return tuple(Pole(*poles[found.lastgroup or ""], Span(*found.span())) for found in pattern.finditer(text.lower()))


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(files("translation.facts").joinpath("data", "opposites.toml").read_text("utf-8"))


@cache
def _pattern(language: str) -> tuple[re.Pattern[str] | None, Mapping[str, tuple[str, str]]]:
    """One expression for all words of a language, with a group for each pole."""
    groups: list[str] = []
    poles: dict[str, tuple[str, str]] = {}
    for concept, sides in _table().items():
        for pole, words in sides.items():
            spoken = sorted(words.get(language, ()), key=len, reverse=True)
            if spoken:
                name = f"p{len(poles)}"
                poles[name] = (concept, pole)
                groups.append(f"(?P<{name}>{'|'.join(map(_word, spoken))})")
    return (re.compile(rf"(?<!\w)(?:{'|'.join(groups)})") if groups else None), poles


def _word(entry: str) -> str:
    whole = entry.startswith("=")
    plain = r"\s+".join(map(re.escape, entry.removeprefix("=").split(" ")))
    return plain + (r"(?!\w)" if whole else r"\w*")
