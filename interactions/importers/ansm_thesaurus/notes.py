"""What stands between a heading and its first entry: prose, references, the member list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.rows import Row
from interactions.importers.ansm_thesaurus.text import Vocabulary, joined

_SEE_ALSO = re.compile(r"^\(?voir aussi\s*:?\s*", re.IGNORECASE)
_PLACEHOLDERS = frozenset({"anpu"})  # "no substance published": it stands where a list has no members


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a heading.

    Attributes:
        prose: paragraphs, one a line. see_also: references as printed. members: names as printed.
        has_list: a member list is printed, even if it holds nothing but a placeholder.
    """

    prose: str
    see_also: tuple[str, ...]
    members: tuple[str, ...]
    has_list: bool


def read_notes(rows: Sequence[Row], layout: Layout, words: Vocabulary) -> Notes:
    """Tell the parts of the notes apart: the list is the last paragraph, in parentheses."""
    groups = _blank_separated(rows, layout)
    see_also: tuple[str, ...] = ()
    prose: list[str] = []
    texts = [joined(group, words) for group in groups]
    listed = bool(texts) and texts[-1].startswith("(") and not _SEE_ALSO.match(texts[-1])
    for text in texts[:-1] if listed else texts:
        if _SEE_ALSO.match(text) and not text.startswith("("):
            see_also += _references(text)
        else:
            prose.append(text)
    members = split_members(texts[-1]) if listed else ()
    return Notes("\n".join(prose), see_also, members, listed)


def _blank_separated(rows: Sequence[Row], layout: Layout) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        above = groups[-1][-1] if groups else None
        gap = above is not None and layout.is_paragraph_gap(above, row)
        starts = bool(_SEE_ALSO.match(row.text)) or (row.text.startswith("(") and above and above.text.endswith(")"))
        if above is None or gap or starts or (above.page != row.page and row.text.startswith("(")):
            groups.append([])
        groups[-1].append(row)
    return groups


def _references(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s+-\s+", _SEE_ALSO.sub("", text))
    return tuple(part.strip() for part in parts if part.strip(" -"))


def split_members(text: str) -> tuple[str, ...]:
    """The names of a member list.

    Args:
        text: "(a, b (salt de), c)"; the closing parenthesis may be missing.
    """
    inner = text[1:].strip()
    if inner.endswith(")") and inner.count(")") > inner.count("("):
        inner = inner[:-1]
    parts = _outside_brackets(inner)
    names = tuple(" ".join(part.split()).rstrip(".;") for part in parts)
    return tuple(name for name in names if name and name.casefold() not in _PLACEHOLDERS)


def _outside_brackets(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth <= 0:
            parts.append(text[start:index])
            start = index + 1
    if depth > 0:  # a bracket is never closed: commas inside it separate all the same
        return text.split(",")
    return [*parts, text[start:]]
