"""Cuts a segment that is too long for a model into pieces, at the best places there are, and joins their translations.

No piece is dropped and none is truncated: what stands between two pieces is kept beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translation.ports import Hypothesis

CHARACTERS = 6
"""A piece of n tokens is first looked for within this many times n characters."""
EARLIEST = 0.4
"""A cut stands after this share of what fits in a piece, so that pieces do not become too short."""
BEYOND = 40
"""Characters that are looked at after what fits, to see whether a number goes on there."""
SENTENCE_ENDS = re.compile(r"(?<=[.!?;:…؟。！？；：])(?:[\"'»”’)\]]*)(?:\s+|(?<=[。！？；：]))")
COMMAS = re.compile(r"(?<=[,،])\s+|(?<=[、，])")
SPACES = re.compile(r"(?<!\d)\s+(?!\d)")
"""Between words; not beside a number, which may belong to what follows or precedes it."""
ANY_SPACES = re.compile(r"\s+")
NOT_INSIDE = re.compile(r"(?<![\d.,/])(?=[^\W\d])")
"""Where no space helps: before a letter, never inside a number."""
PLACES = (SENTENCE_ENDS, COMMAS, SPACES, ANY_SPACES, NOT_INSIDE)
"""Where to cut, the best places first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text.

    Attributes:
        text: of it. gap: the white space that follows it before the next piece, as it was.
    """

    text: str
    gap: str = ""


def cut(text: str, limit: int, count: Callable[[str], int]) -> list[Piece]:
    """Cut a text into pieces of at most so many tokens.

    Args:
        text: any. limit: tokens, at least 1. count: tokens of a text.

    Returns:
        The pieces; one where the text fits. Their texts and gaps joined are the text. A single character of more
        tokens than the limit is a piece by itself.
    """
    pieces: list[Piece] = []
    rest = text
    while rest:
        if len(rest) <= limit * CHARACTERS and count(rest) <= limit:
            pieces.append(Piece(rest))
            break
        end, start = _place(rest, _fitting(rest, limit, count))
        pieces.append(Piece(rest[:end], rest[end:start]))
        rest = rest[start:]
    return pieces or [Piece(text)]


def _fitting(text: str, limit: int, count: Callable[[str], int]) -> int:
    """Characters from the start that fit into so many tokens; at least 1."""
    low, high = 1, min(len(text), limit * CHARACTERS)
    while low < high:
        middle = (low + high + 1) // 2
        if count(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _place(text: str, fitting: int) -> tuple[int, int]:
    """Where a piece ends and the next one starts."""
    if fitting >= len(text):
        return len(text), len(text)
    earliest = int(fitting * EARLIEST)
    for pattern in PLACES:
        best = None
        for match in pattern.finditer(text, earliest, fitting + BEYOND):
            end = match.end() if pattern is NOT_INSIDE else _before_space(match)
            if max(earliest, 1) <= end <= fitting:
                best = end, match.end()
        if best is not None:
            end, start = best
            return end, start + len(text[start:]) - len(text[start:].lstrip())
    return fitting, fitting


def _before_space(match: re.Match[str]) -> int:
    """The end of what stands before the white space that a match ends with."""
    return match.start() + len(match.group().rstrip())


def join(pieces: Sequence[Piece], translations: Sequence[Sequence[Hypothesis]]) -> list[Hypothesis]:
    """Join the translations of pieces: the best of each to the best, the second to the second, and so on.

    Args:
        pieces: of one text. translations: the hypotheses of each, at least one each.

    Returns:
        As many as the piece with the most has. Where a piece was not translated to its end, the whole is empty with
        score 0: a text with a hole in it is never given out.
    """
    if len(pieces) == 1:
        return list(translations[0])
    return [_joined(pieces, [found[min(rank, len(found) - 1)] for found in translations])
            for rank in range(max(map(len, translations)))]  # fmt: skip


def _joined(pieces: Sequence[Piece], chosen: Sequence[Hypothesis]) -> Hypothesis:
    tokens = sum(one.tokens for one in chosen)
    if any(piece.text.strip() and not one.text for piece, one in zip(pieces, chosen, strict=True)):
        return Hypothesis("", 0.0, tokens)
    text = "".join(one.text + piece.gap for piece, one in zip(pieces, chosen, strict=True))
    return Hypothesis(text, mean_score(chosen), tokens)


def mean_score(hypotheses: Sequence[Hypothesis]) -> float:
    """The probability per token over several hypotheses: their geometric mean, each weighing by its tokens."""
    tokens = sum(max(1, one.tokens) for one in hypotheses)
    score = 1.0
    for one in hypotheses:
        score *= one.score ** (max(1, one.tokens) / tokens)
    return score
