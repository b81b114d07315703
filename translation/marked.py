"""Text with inline marks: how documents hand their sentences to the translator and get them back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in a text where inline markup stands: a tag that opens, one that closes, or one that is empty.

    Attributes:
        offset: code points from the start of the text; the mark stands before the character there.
        id: number of the mark in its unit, from 0 in the order of the source. What it stands for is the document's.
    """

    offset: int
    id: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its inline markup, and where that markup stands.

    A translator returns every mark exactly once, in the same order, with offsets into the translated text, so that
    nesting survives.

    Attributes:
        text: the plain text; may hold several sentences. Never empty of letters: a unit is something to translate.
        marks: sorted by offset, then id.
    """

    text: str
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        offsets = [mark.offset for mark in self.marks]
        if offsets != sorted(offsets) or (offsets and not 0 <= offsets[0] <= offsets[-1] <= len(self.text)):
            raise ValueError("marks must be sorted and lie inside the text")
