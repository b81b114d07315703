"""How a medicine is given, in the six languages that have a table (`facts/data/routes.toml`).

A fact's value is the route's name in that table, such as `oral` or `intravenous`. `ambiguous` marks a word that may
only name a place of the body ("nasal"): it is not missed when nothing matches it.
"""

from __future__ import annotations

from collections.abc import Iterator

from translation.facts.model import Fact
from translation.facts.phrasebook import Phrasebook, Words, phrasebook, words_of

_APOSTROPHES = frozenset("'’")
_PLACES = ("nasa", "nasau", "ocul", "okul", "ophthalm", "ophtalm", "oftalm", "oftálm")


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every route named in a text, in its order.

    Args:
        text: any text. language: a language code; there is nothing for a language without a table.
    """
    return find(words_of(text), language)


def find(words: Words, language: str) -> tuple[Fact, ...]:
    """The same for a text that is cut into words already."""
    phrases = phrasebook("routes", language)
    if phrases is None:
        return ()
    return tuple(_facts(words, phrases))


def _facts(words: Words, phrases: Phrasebook) -> Iterator[Fact]:
    for hit in phrases.find(words):
        span = words.span(hit.first, hit.last)
        said = span.of(words.text)
        if hit.name != "ignored" and not _APOSTROPHES.intersection(said):  # "I'm" is not "i.m."
            yield Fact("route", span, hit.name, words.words[hit.first].startswith(_PLACES))
