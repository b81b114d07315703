"""How strongly a text advises or allows, in the six languages that have a table (`facts/data/recommendations.toml`).

A fact's value is the name of a section of that table: `contraindicated`, `prohibited`, `not-recommended`, `avoid`,
`caution`, `recommended`, `must`, `should` or `may`.
"""

from __future__ import annotations

from translation.facts.model import Fact
from translation.facts.phrasebook import Words, phrasebook, words_of


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every word of advice in a text, in its order.

    Args:
        text: any text. language: a language code; there is nothing for a language without a table.
    """
    return find(words_of(text), language)


def find(words: Words, language: str) -> tuple[Fact, ...]:
    """The same for a text that is cut into words already."""
    phrases = phrasebook("recommendations", language)
    if phrases is None:
        return ()
    found = (hit for hit in phrases.find(words) if hit.name != "ignored")
    return tuple(Fact("recommendation", words.span(hit.first, hit.last), hit.name) for hit in found)
