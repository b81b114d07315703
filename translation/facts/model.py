"""The kinds of facts that are found in a text, and how they compare."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from translation.results import Span

Kind = Literal[
    "number",  # a bare number, in digits or words
    "quantity",  # a number or range with a unit: doses, strengths, durations, percentages
    "frequency",  # how often: three times a day, every 8 hours, weekly, at night
    "date",  # a calendar date or a time of day, full or partial
    "comparison",  # a sign or words that compare: <, at least, up to, more than
    "code",  # a code, a URL, an e-mail address, a lot number, a placeholder: kept letter by letter
    "route",
    "side",  # left, right, both
    "medicine",
    "negation",  # a negation or prohibition
    "recommendation",  # contraindicated, not recommended, caution ...
]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in one text.

    Attributes:
        kind: what it is.
        span: where it stands.
        value: what it says, independent of language and notation, so that two facts that say the same are equal:
            `Decimal("2.5")` for "2,5" and "2.5" and "two and a half"; a tuple for compound facts.
        ambiguous: it can be read in two ways ("1.000", "03/04/2024"); `value` is the reading of the text's language.
    """

    kind: Kind
    span: Span
    value: Hashable
    ambiguous: bool = False
