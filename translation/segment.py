"""Cutting a text into sentences, and sentences into clauses.

    spans = sentences("Prendre 2,5 mg p.o. matin et soir. Ne pas dépasser 5 mg.", "fr")

Spans are sorted, disjoint and not empty, and cover every letter and digit. What stands between them (white space, line
ends, bullets) is to be kept as it is. The number of a list item (`1.`) is a span of its own: there is nothing in it to
translate; a letter (`a)`) stays with its item. How line breaks are read stands in `segment_lines`; which stops end a
sentence stands in `segment_stops`; abbreviations are a table, `data/abbreviations.tsv`. A sentence of more than
`LONGEST` characters is cut at the last clause before that, or else at white space, never between two digits where that
can be helped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from translation.results import Span
from translation.segment_lines import blocks
from translation.segment_stops import split
from translation.segment_table import words

LONGEST = 1000
SHORTEST_CLAUSE = 20
_WORD = re.compile(r"[^\W_]")
_STRONG = re.compile(r"[;:](?=\s)|\s[–—](?=\s)|[；：؛]")
_WEAK = re.compile(r"(?<!\d),(?=\s)|,(?=\s+\D)|[，、،]")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?=[^\W\d])")


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """The sentences of a text.

    Args:
        text: any text. language: ISO 639-1 code; one without a table of its own is cut by the rules for all.
    """
    table = words(language)
    found = (sentence for block in blocks(text, table) for sentence in split(text, block, table))
    return tuple(short for sentence in found for short in _shortened(text, sentence))


def clauses(text: str, language: str) -> tuple[Span, ...]:
    """Smaller pieces of a text, for another try: sentences, each cut at semicolons, colons and dashes, or at commas.

    Args:
        text: usually one sentence. language: ISO 639-1 code.

    Returns:
        Spans as of `sentences`; as many as that gives where nothing can be cut further.
    """
    return tuple(clause for sentence in sentences(text, language) for clause in _clauses(text, sentence))


def _clauses(text: str, sentence: Span) -> list[Span]:
    for pattern in (_STRONG, _WEAK):
        found, start = [], sentence.start
        for cut in pattern.finditer(text, sentence.start, sentence.end):
            if cut.end() - start >= SHORTEST_CLAUSE <= sentence.end - cut.end():
                found += _trimmed(text, start, cut.end())
                start = cut.end()
        if found:
            return found + _trimmed(text, start, sentence.end)
    return [sentence]


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The span without white space at its ends, if it has a letter or a digit."""
    if not _WORD.search(text, start, end):
        return []
    part = text[start:end]
    return [Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))]


def _shortened(text: str, sentence: Span) -> Iterator[Span]:
    trimmed = _trimmed(text, sentence.start, sentence.end)
    if not trimmed:
        return
    start, end = trimmed[0].start, trimmed[0].end
    while end - start > LONGEST:
        cut = _cut(text, start, start + LONGEST)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _cut(text: str, start: int, end: int) -> int:
    """The best place to cut a sentence before `end`."""
    for pattern in (_STRONG, _WEAK, _SPACE):
        last = 0
        for found in pattern.finditer(text, start + LONGEST // 5, end):
            last = found.end()
        if last:
            return last
    for place in range(end, end - 100, -1):
        if not (text[place - 1].isdigit() and text[place].isdigit()) and not unicodedata.combining(text[place]):
            return place
    return end
