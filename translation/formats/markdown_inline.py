"""The inside of a Markdown paragraph: text, and the inline markup that becomes marks.

A paragraph is given as one string of the same length as its source, in which whatever stands between two of its lines
(line end, indent, `>`) is a line feed followed by `FILLER`. So all offsets are those of the source.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from translation.formats.html_tokens import VOID
from translation.formats.markdown_emphasis import Delimiter, flanks, match_delimiters

FILLER = "\0"
LONGEST_LABEL = 999
Kind = Literal["text", "open", "close", "whole", "break"]
Role = Literal["", "emphasis", "label"]

_PUNCTUATION = r"!-/:-@\[-`{-~"
_TAG = r"""</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?>"""
_INLINE = re.compile(
    rf"""
      (?P<escape>\\[{_PUNCTUATION}])
    | (?P<hard>(?:\\|[ ]{{2,}})\n[\0 \t]*)
    | (?P<soft>[ \t]*\n[\0 \t]*)
    | (?P<code>`+)
    | (?P<whole><[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>\0]*> | <[^\s<>@\0]+@[^\s<>\0]+>
        | <!--(?:-?>|.{{0,2000}}?-->) | <\?.{{0,500}}?\?> | <![A-Za-z][^>]{{0,500}}>)
    | (?P<tag>{_TAG})
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<delimiter>\*+|_+|~~)
    | (?P<note>\[\^[^\]\[\s\0]+\])
    | (?P<bracket>!?\[)
    | (?P<end>\])
    | (?P<spaces>[ \t]+)
    | (?P<text>[^\\`<&*_~!\[\]\n ]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DESTINATION = re.compile(
    r"""\([\s\0]*(?:<[^<>\n]*>|[^\s()<>\0]*(?:\([^\s()\0]*\)[^\s()\0]*)*)
    (?:[\s\0]+(?P<title>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[\s\0]*\)""",
    re.VERBOSE | re.DOTALL,
)
_REFERENCE = re.compile(r"\[(?P<label>(?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")


@dataclass(slots=True)
class Inline:
    """One item of a paragraph.

    Attributes:
        kind: `break` ends a unit. start, end: in the source. plain: what a text reads as. name: joins a pair.
        role: `emphasis` must touch a word; `label` closes a link whose text is the name of its target.
        delimiter: a run of `*`, `_` or `~` that is not settled yet.
        alt, title: places of texts inside an image or a link.
    """

    kind: Kind
    start: int
    end: int
    plain: str = ""
    name: str = ""
    role: Role = ""
    delimiter: Delimiter | None = None
    alt: tuple[int, int, str] | None = None
    title: tuple[int, int] | None = None


@dataclass(slots=True)
class _Bracket:
    index: int
    image: bool


def label(text: str) -> str:
    """A reference's label as it is compared, in the way of the parser of blocks."""
    return " ".join(text.replace(FILLER, " ").split()).lower().upper()


@dataclass(slots=True)
class Scanner:
    """Reads one paragraph.

    Args:
        text: as told above. labels: the labels of the document's link references, normalised.
    """

    text: str
    labels: Collection[str]
    items: list[Inline] = field(default_factory=list)
    _brackets: list[_Bracket] = field(default_factory=list)
    _ticks: dict[int, list[int]] = field(default_factory=dict)
    _spent: int = -1

    def read(self) -> list[Inline]:
        """All items, in order; together they cover the text."""
        for run in re.finditer("`+", self.text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())
        at = 0
        while at < len(self.text):
            found = _INLINE.match(self.text, at)
            assert found is not None  # the last alternative takes any character
            at = self._take(found, found.lastgroup or "text")
        match_delimiters([item.delimiter for item in self.items if item.delimiter])
        return [settled for item in self.items for settled in _settled(item)]

    def _take(self, found: re.Match[str], group: str) -> int:
        start, end = found.span()
        if group == "code":
            return self._code(start, end)
        if group == "end":
            return self._end(start)
        self.items.append(self._item(found[0], group, start, end))
        if group == "bracket":
            self._brackets.append(_Bracket(len(self.items) - 1, found[0] == "!["))
        return end

    def _item(self, raw: str, group: str, start: int, end: int) -> Inline:
        if group in {"whole", "note"}:
            return Inline("whole", start, end)
        if group == "hard":
            return Inline("break", start, end)
        if group == "tag":
            return _tag(raw, start, end)
        if group == "delimiter":
            return Inline("text", start, end, raw, delimiter=flanks(self.text, start, end))
        plain = {"escape": raw[1:], "soft": " ", "entity": html.unescape(raw)}.get(group, raw)
        return Inline("text", start, end, plain)

    def _code(self, start: int, end: int) -> int:
        places = self._ticks.get(end - start, [])
        after = bisect_right(places, start)
        if after == len(places):
            self.items.append(Inline("text", start, end, self.text[start:end]))
            return end
        close = places[after] + end - start
        self.items.append(Inline("whole", start, close))
        return close

    def _end(self, at: int) -> int:
        opener = self._brackets.pop() if self._brackets else None
        alive = opener and (opener.image or opener.index > self._spent)
        tail = self._tail(opener, at) if opener and alive else None
        if opener is None or tail is None:
            self.items.append(Inline("text", at, at + 1, "]"))
            return at + 1
        end, title, role = tail
        inner = [item.delimiter for item in self.items[opener.index :] if item.delimiter]
        match_delimiters(inner)
        for delimiter in inner:
            delimiter.settle()
        if opener.image:
            self._image(opener, at, end, title)
        else:
            first = self.items[opener.index]
            first.kind, first.plain, first.name = "open", "", f"[{first.start}"
            self.items.append(Inline("close", at, end, name=first.name, role=role, title=title))
            self._spent = opener.index  # no link around a link
        return end

    def _tail(self, opener: _Bracket, at: int) -> tuple[int, tuple[int, int] | None, Role] | None:
        """Where a link that closes at `at` ends, its title and its role; None where this is no link."""
        inline = _DESTINATION.match(self.text, at + 1)
        if inline:
            return inline.end(), inline.span("title") if inline["title"] else None, ""
        begin = self.items[opener.index].end
        own = self.text[begin:at] if at - begin <= LONGEST_LABEL else ""
        reference = _REFERENCE.match(self.text, at + 1)
        if reference and reference["label"].strip():
            return (reference.end(), None, "") if label(reference["label"]) in self.labels else None
        if own and label(own) in self.labels:
            return reference.end() if reference else at + 1, None, "label"
        return None

    def _image(self, opener: _Bracket, at: int, end: int, title: tuple[int, int] | None) -> None:
        inner = self.items[opener.index + 1 :]
        first = self.items[opener.index]
        plain = "".join(item.plain for item in inner if not item.delimiter or not item.delimiter.used)
        del self.items[opener.index :]
        shortcut = not _DESTINATION.match(self.text, at + 1) and end <= at + 3  # its text is the name of its target
        alt = None if shortcut else (first.end, at, plain)
        self.items.append(Inline("whole", first.start, end, alt=alt, title=title))


def _tag(raw: str, start: int, end: int) -> Inline:
    found = _NAME.match(raw)
    name = found[1].lower() if found else ""
    if name == "br":
        return Inline("break", start, end)
    if name in VOID or raw.endswith("/>"):
        return Inline("whole", start, end)
    return Inline("close" if raw[1] == "/" else "open", start, end, name=f"<{name}")


def _settled(item: Inline) -> list[Inline]:
    """A run of delimiters as the marks and the text that it turned out to be."""
    delimiter = item.delimiter
    if delimiter is None:
        return [item]
    closing = [Inline("close", start, end, name=name, role="emphasis") for start, end, name in delimiter.closes]
    opening = [Inline("open", start, end, name=name, role="emphasis") for start, end, name in reversed(delimiter.opens)]
    left = delimiter.end - delimiter.start
    plain = [Inline("text", delimiter.start, delimiter.end, delimiter.char * left)] if left else []
    return [*closing, *plain, *opening]
