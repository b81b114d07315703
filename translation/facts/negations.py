"""Negations and prohibitions in a text, in the six languages that have a table (`facts/data/negations.toml`).

A fact's value is `"negation"` or `"implied"`. A negation is one whether it is said in one word or in several: French
"ne ... pas", Spanish "no ... ningún" and English "neither ... nor" are one each. Restriction ("ne ... que", "no ...
más que", "only") is none, nor is an expletive "ne" or a phrase such as "no doubt". Implied is a negation that sits in
a prefix, a verb or a noun: unable, absence of, fail to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from translation.facts.model import Fact
from translation.facts.phrasebook import Hit, Words, phrasebook, words_of

NEGATION = "negation"
IMPLIED = "implied"

_REACH = 9
"""Words between French "ne" and the word that completes it, at most."""
_CONCORD = 8
"""Words within which a second negative word belongs to the same negation, in languages that say it twice."""
_NOR = 16
"""Words within which "nor" goes on with a negation."""
_NOR_ONLY = {"nor": _NOR}
_TWICE = {"nor": _NOR, "none": _CONCORD, "never": _CONCORD}
_AFTER = {"es": _TWICE, "it": _TWICE, "pt": _TWICE, "fr": {"nor": _NOR, "ne": _REACH}}
"""What may only repeat a negation, and how many words after it; in German and English "nor" alone."""
_AFTER_NE = {"nor": _NOR, "never": 1, "none": _CONCORD}
_OPENERS = frozenset({"not", "none", "never", "without", "nor", "lack"})
_PARTNERS = frozenset({"not", "none", "never", "nor", "ne-partner"})
_STOPS = frozenset(".;:!?")


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every negation of a text, in its order.

    Args:
        text: any text. language: a language code; there is nothing for a language without a table.
    """
    return find(words_of(text), language)


def find(words: Words, language: str) -> tuple[Fact, ...]:
    """The same for a text that is cut into words already."""
    phrases = phrasebook("negations", language)
    if phrases is None:
        return ()
    return tuple(_Reader(words, phrases.find(words), language).facts())


class _Reader:
    """The hits of one text, with what has to be known of the words around them."""

    def __init__(self, words: Words, hits: list[Hit], language: str) -> None:
        self.words = words
        self.hits = hits
        self.language = language

    def facts(self) -> Iterator[Fact]:
        """Every negation, in the order of the text."""
        at = 0
        while at < len(self.hits):
            hit = self.hits[at]
            at += 1
            if hit.name.startswith("implied"):
                yield self._fact(hit.first, hit.last, IMPLIED)
                if hit.name == "implied-unless-not" and at < len(self.hits):
                    at += self.hits[at].name == "not" and self._near(hit.last, self.hits[at], _CONCORD)
            elif hit.name == "ne":
                last, at = self._ne(at - 1)
                if last is not None:
                    yield self._fact(hit.first, last, NEGATION)
                    at = self._swallow(at, last, _AFTER_NE)
            elif hit.name == "or-not" and self.words.text[self.words.ends[hit.last] :][:2].strip()[:1].isalpha():
                yield self._fact(hit.last, hit.last, NEGATION)
            elif hit.name in _OPENERS and not self._no_negation(at - 1):
                yield self._fact(hit.first, hit.last, NEGATION)
                at = self._swallow(at, hit.last, _AFTER.get(self.language, _NOR_ONLY))

    def _fact(self, first: int, last: int, value: str) -> Fact:
        return Fact("negation", self.words.span(first, last), value)

    def _near(self, first: int, hit: Hit, reach: int) -> bool:
        """Whether a hit is within reach of a word before it, in the same clause."""
        if not 0 < hit.first - first <= reach:
            return False
        return _STOPS.isdisjoint(self.words.text[self.words.ends[first] : self.words.starts[hit.first]])

    def _no_negation(self, at: int) -> bool:
        return self._numbering(self.hits[at]) or self._tag(self.hits[at]) or self._restricted(at)

    def _tag(self, hit: Hit) -> bool:
        """Whether it only asks for assent: "..., no?"."""
        return self.words.after(hit.last) == "?" and "," in self.words.between(hit.first)

    def _numbering(self, hit: Hit) -> bool:
        """Whether a "no" is short for "number": "No. 5"."""
        after = hit.last + 1
        if self.words.words[hit.last] != "no" or after >= len(self.words.words):
            return False
        return self.words.words[after].isdigit() and self.words.between(after).strip() in {".", "º", "°", ".º"}

    def _ne(self, at: int) -> tuple[int | None, int]:
        """What French "ne" comes to: the last word of the negation, if it is one, and the hit to go on with."""
        opener = self.hits[at]
        if self.words.words[opener.last] == "n" and self.words.after(opener.last) not in {"'", "’"}:
            return None, at + 1  # "n = 45"
        if at and self.hits[at - 1].name == "ne-partner" and self.hits[at - 1].last + 1 == opener.first:
            return min(opener.last + 1, len(self.words.words) - 1), at + 1  # "personne n'a ..."
        alone = at + 1 < len(self.hits) and self.hits[at + 1].name == "ne-alone"
        alone = alone and self.hits[at + 1].first == opener.last + 1
        for index in range(at + 1, len(self.hits)):
            hit = self.hits[index]
            if not self._near(opener.last, hit, _REACH) or hit.name == "ne":
                break
            if hit.name in _PARTNERS:
                return hit.last, index + 1
            if hit.name == "ne-restriction" and self.hits[index - 1].name != "ne-saying":
                return None, index + 1
        return (self.hits[at + 1].last, at + 2) if alone else (None, at + 1)

    def _restricted(self, at: int) -> bool:
        """Whether a negation is only half of a restriction: "no ... más que"."""
        opener = self.hits[at]
        for hit in self.hits[at + 1 :]:
            if not self._near(opener.last, hit, _CONCORD) or hit.name in _OPENERS:
                break
            if hit.name == "restriction":
                return True
        return False

    def _swallow(self, at: int, last: int, reach: Mapping[str, int]) -> int:
        """Skip the hits that only repeat a negation that ends at word `last`; returns the next hit to look at."""
        while at < len(self.hits):
            hit = self.hits[at]
            if not self._near(last, hit, reach.get(hit.name, 0)) or (hit.name != "nor" and self._comma(last, hit)):
                break
            if hit.name == "ne":  # "aucun résultat ne peut ...": the negation began before its "ne"
                ended, at = self._ne(at)
                last, reach = hit.last if ended is None else ended, _AFTER_NE
            else:
                last, at = hit.last, at + 1
        return at

    def _comma(self, last: int, hit: Hit) -> bool:
        return "," in self.words.text[self.words.ends[last] : self.words.starts[hit.first]]
