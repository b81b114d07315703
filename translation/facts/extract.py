"""What a sentence states in numbers: numbers, quantities, frequencies, dates, comparisons, codes.

Values, each independent of language and notation, so that two facts that say the same are equal:

- `number`: `Decimal`; `numbers.Ratio` for one number against another ("1:1000", "4/10"). A range without a unit is two
  numbers. An ordinal is its number, but for "first", which like "one" is none: it is too often no number at all.
- `quantity`: `quantities.Quantity`. "120/80 mmHg" and "10 and 20 mg" are two quantities of one unit.
- `frequency`: `frequencies.Frequency`.
- `date`: ISO text, partial allowed, see `dates.py`.
- `comparison`: one of `lt le gt ge approx eq pm`. Equal in meaning: "over", "more than", "above", ">"; "up to",
  "at most", "maximum", "no more than", "≤"; "at least", "minimum", "or more", "and older", "≥"; "about",
  "nearly", "some", "~".
- `code`: its text, with one kind of hyphen.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal

from translation.facts import numbers_words
from translation.facts.comparisons import comparison
from translation.facts.dates import dated
from translation.facts.frequencies import Frequency, frequency, latin
from translation.facts.lexicon import Lexicon, lexicon
from translation.facts.literals import value as code_value
from translation.facts.model import Fact, Kind
from translation.facts.numbers import Ratio
from translation.facts.numbers_ranges import grouped
from translation.facts.patterns import Bound, Patterns, patterns
from translation.facts.quantities import Quantity, measured
from translation.facts.tokens import Token, tokens
from translation.facts.units import unit_at
from translation.results import Span

_NEAR = 7
_DOSED = frozenset(
    {"dose", "doses", "dosis", "dosi", "amount", "quantity", "quantite", "cantidad", "menge", "quantita", "quantidade"}
    | {"dosage", "posologie", "tablets", "comprimes", "comprimidos", "tabletten", "compresse", "so", "dosen"}
)
"""Words of which one says "double" and means twice as much."""


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every fact in a text, by where it stands; a fact inside a larger one is not repeated.

    Args:
        text: usually a sentence. language: ISO 639-1; of one without a table only digits, symbols and codes are read.
    """
    words = lexicon(language)
    found = numbers_words.join(tokens(text, words), words)
    found = grouped(dated(found, words), words)
    return tuple(_Reader(found, words).read())


class _Reader:
    """Walks once over the tokens of a text and gathers its facts."""

    def __init__(self, found: list[Token], words: Lexicon) -> None:
        self.found = found
        self.words = words
        self.patterns: Patterns = patterns(words.language)
        self.facts: list[Fact] = []
        self.number_end = -_NEAR

    def read(self) -> list[Fact]:
        """The facts."""
        found, starts = self.found, self.patterns.starts
        index = 0
        while index < len(found):
            token = found[index]
            kind = token.kind
            if kind == "number":
                index = self._number(index)
            elif kind == "code":
                self._fact("code", index, index + 1, code_value(token.text))
                index += 1
            elif kind == "date":
                self._fact("date", index, index + 1, token.key, token.ambiguous)
                index += 1
            elif token.key in self.patterns.counts:
                index = self._phrase(index) or self._count(index)
            elif token.key in self.patterns.multiples and self._of_dose(index):
                index = self._multiple(index)
            elif token.key in starts or token.key in self.words.articles:
                index = self._phrase(index) or self._article(index) or self._half(index)
            elif token.key in self.words.half:
                index = self._half(index)
            else:
                if token.key[0] == "q" and (every := latin(token.key)):
                    self._fact("frequency", index, index + 1, every)
                index += 1
        return self.facts

    def _fact(self, kind: Kind, start: int, end: int, value: Hashable, ambiguous: bool = False) -> None:
        span = Span(self.found[start].start, self.found[end - 1].end)
        self.facts.append(Fact(kind, span, value, ambiguous))

    def _number(self, index: int) -> int:
        token = self.found[index]
        if token.key == "schedule":
            self._fact(
                "frequency", index, index + 1, Frequency(schedule=tuple(one.value or Decimal(0) for one in token.parts))
            )
            return index + 1
        bound = self.patterns.at(self.found, index, self.words, near=False)
        if bound and (end := self._said(bound, index)):
            return end
        read = measured(self.found, index, self.words)
        if read:
            self.facts.extend(read.facts)
            self.number_end = read.end
            return read.end
        if end := self._or_more(index):
            return end
        if not self._both(index):
            self._bare(token)
        if not token.ordinal:
            self.number_end = index + 1
        return index + 1

    def _or_more(self, index: int) -> int:
        """ "12 or more years": the unit stands behind the comparison."""
        if index + 1 >= len(self.found) or self.found[index + 1].key not in self.patterns.starts:
            return 0
        bound = self.patterns.at(self.found, index + 1, self.words, near=False)
        if not bound or bound.meaning.kind != "after":
            return 0
        unit = unit_at(self.found, bound.end, self.words, digits=False)
        token = self.found[index]
        if not unit or token.value is None or token.second is not None:
            return 0
        self._fact("quantity", index, index + 1, Quantity(token.value, token.high, unit[0]), token.ambiguous)
        self._fact("comparison", index + 1, unit[1], bound.meaning.says)
        self.number_end = unit[1]
        return unit[1]

    def _both(self, index: int) -> bool:
        """ "the two" says no more than "both", which other languages say without a number; digits always count."""
        token = self.found[index]
        if token.digits or token.value != 2 or token.ordinal or not index:
            return False
        return self.found[index - 1].key in self.words.both

    def _bare(self, token: Token) -> None:
        if token.high is not None:
            for part in token.parts:
                self._bare(part)
        else:
            value: Hashable = token.value
            if token.second is not None and token.value is not None:
                value = Ratio(token.value, token.second)
            self.facts.append(Fact("number", Span(token.start, token.end), value, token.ambiguous))

    def _phrase(self, index: int) -> int:
        near = index - self.number_end < _NEAR
        bound = self.patterns.at(self.found, index, self.words, near=near)
        return self._said(bound, index) if bound else 0

    def _said(self, bound: Bound, index: int) -> int:
        """Add what a phrase says; the index after it, or 0 where it does not hold here."""
        if bound.meaning.kind in {"frequency", "moment"}:
            value = frequency(bound)
            if value:
                self._fact("frequency", index, bound.end, value)
            elif bound.meaning.says:
                return 0
            return bound.end
        sign = comparison(self.found, index, bound, self.words, self.number_end)
        if sign:
            self._fact("comparison", index, bound.end, sign)
            return bound.end
        return 0

    def _count(self, index: int) -> int:
        """ "twice" without a period is two times; "once" may be a conjunction."""
        count = self.patterns.counts[self.found[index].key]
        if count > 1:
            self._fact("quantity", index, index + 1, Quantity(count, None, "{times}"))
            self.number_end = index + 1
        return index + 1

    def _of_dose(self, index: int) -> bool:
        """Whether a dose is what is doubled: "a double dose", not "double-blind"."""
        return any(token.key in _DOSED for token in self.found[max(0, index - 2) : index + 4])

    def _multiple(self, index: int) -> int:
        """ "a double dose" is two times."""
        self._fact(
            "quantity", index, index + 1, Quantity(self.patterns.multiples[self.found[index].key], None, "{times}")
        )
        self.number_end = index + 1
        return index + 1

    def _article(self, index: int) -> int:
        """ "a tablet" is one tablet."""
        if self.found[index].key not in self.words.articles:
            return 0
        read = measured(self.found, index, self.words)
        if not read:
            return 0
        self.facts.extend(read.facts)
        self.number_end = read.end
        return read.end

    def _half(self, index: int) -> int:
        if self.found[index].key not in self.words.half:
            return index + 1
        read = measured(self.found, index, self.words)
        if read:
            self.facts.extend(read.facts)
            self.number_end = read.end
            return read.end
        return index + 1
