"""Putting inline markup back into a translated sentence.

A mark whose neighbouring words were copied, or whose enclosed words are found again in the translation, is placed
exactly. Any other is placed in proportion, at the nearest edge of a word. Marks keep their order, so that nesting
survives. Only the place of formatting can be wrong by this, never a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from translation.marked import Mark
from translation.results import Segment

LEAST_LIKENESS = 85.0
_WORDS = re.compile(r"\w+(?:[.,'’/\u00a0\u202f-]\w+)*", re.UNICODE)
"""Words, and numbers with their separators: no mark is put inside "1.5", "1 000" or "COVID-19"."""
_TOKENS = re.compile(r"[\w⁺⁻]+")
"""Words with raised signs: a mark inside of one is placed by where the whole of it stands."""


def inside(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks that stand inside a segment of the source, its two ends apart, by offsets from its start."""
    return tuple(Mark(mark.offset - start, mark.id) for mark in marks if start < mark.offset < end)


def pieces(source: str, marks: Sequence[Mark]) -> list[str]:
    """The stretches of a segment between its marks, which may be translated alone to find them again."""
    edges = [0, *(mark.offset for mark in marks), len(source)]
    return [source[start:end] for start, end in pairwise(edges)]


def place(segment: Segment, marks: Sequence[Mark], said: Mapping[str, str]) -> tuple[list[Mark], bool]:
    """Marks of a source segment, placed in its translation.

    Args:
        segment: translated. marks: inside its source, sorted.
        said: translations of `pieces`, by the piece, where there are any.

    Returns:
        The marks by offsets into the target, and whether each could be placed exactly.
    """
    source, target = segment.source, segment.target
    if source == target:
        return list(marks), True
    known = _known(source, target, marks, said)
    placed, exact, at = [], True, 0
    for mark in marks:
        found = known.get(mark.offset)
        if found is None or found < at:
            exact = False
            found = max(at, _nearest(target, round(mark.offset * len(target) / max(len(source), 1))))
        placed.append(Mark(found, mark.id))
        at = found
    return placed, exact


def spaced(segment: Segment, marks: Sequence[Mark], placed: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """The target with white space on both sides of a mark that has it on both in the source.

    Such a mark stands for something to see, a piece of code or a picture, between two words; a model takes the two
    spaces around it for one.

    Args:
        segment: translated. marks: in its source. placed: the same marks in its target.

    Returns:
        The target, and the marks in it.
    """
    source, target = segment.source, segment.target
    parts, moved, at, added = [], [], 0, 0
    for mark, there in zip(marks, placed, strict=True):
        moved.append(Mark(there.offset + added, there.id))
        if not source[mark.offset - 1 : mark.offset].isspace() or not source[mark.offset : mark.offset + 1].isspace():
            continue
        before, after = target[: there.offset][-1:].isspace(), target[there.offset :][:1].isspace()
        if source == target or (before and after) or not 0 < there.offset < len(target):
            continue
        parts += [target[at : there.offset], " "]
        at, added = there.offset, added + 1
        if not before:  # the new space stands before the mark
            moved[-1] = Mark(there.offset + added, there.id)
    return "".join([*parts, target[at:]]), moved


def _known(source: str, target: str, marks: Sequence[Mark], said: Mapping[str, str]) -> dict[int, int]:
    """Offsets of the source whose place in the target is certain."""
    found = _in_words(source, target, marks)
    start = 0
    for piece in pieces(source, marks):
        end = start + len(piece)
        place = _find(target, piece, said.get(piece, ""))
        if place is not None:
            found.setdefault(start, place[0])
            found.setdefault(end, place[1])
        start = end
    return found


def _in_words(source: str, target: str, marks: Sequence[Mark]) -> dict[int, int]:
    """Offsets at and inside words that hold a mark, such as 10⁶ or H2O, where the target holds these as often."""
    found: dict[int, int] = {}
    for word in _TOKENS.finditer(source):
        if not any(word.start() < mark.offset < word.end() for mark in marks):
            continue
        here, there = (
            [one.start() for one in _TOKENS.finditer(text) if one[0] == word[0]] for text in (source, target)
        )
        if len(here) == len(there):
            by = there[here.index(word.start())] - word.start()
            found |= {at: at + by for at in range(word.start(), word.end() + 1)}
    return found


def _find(target: str, piece: str, said: str) -> tuple[int, int] | None:
    """Where a piece stands in the target: copied, or as its own translation, once and only once."""
    bare = piece.strip()
    for wanted in (bare, said.strip().rstrip(".")):
        if wanted and len(places := _all(target, wanted)) == 1:
            return _with_spaces(target, places[0], piece, wanted)
    wanted = said.strip().rstrip(".")
    if len(wanted) < 4:
        return None
    alike = fuzz.partial_ratio_alignment(wanted, target, score_cutoff=LEAST_LIKENESS)
    if alike is None or alike.dest_end <= alike.dest_start:
        return None
    start, end = _nearest(target, alike.dest_start), _nearest(target, alike.dest_end)
    return (start, end) if start < end else None


def _all(target: str, wanted: str) -> list[int]:
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)", re.IGNORECASE)
    return [found.start() for found in pattern.finditer(target)]


def _with_spaces(target: str, start: int, piece: str, wanted: str) -> tuple[int, int]:
    """The place with the white space at the piece's ends, where the target has it too."""
    end = start + len(wanted)
    if piece[:1].isspace() and start > 0 and target[start - 1].isspace():
        start -= 1
    if piece[-1:].isspace() and end < len(target) and target[end].isspace():
        end += 1
    return start, end


def _nearest(text: str, at: int) -> int:
    """The edge of a word nearest to an offset."""
    edges = {0, len(text)}
    for word in _WORDS.finditer(text):
        edges.update(word.span())
    return min(edges, key=lambda edge: (abs(edge - at), edge))
