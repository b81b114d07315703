"""What of a page is translated: blocks cut into runs of text and inline tags, and attributes that people read."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from translation.formats.base import Slot, check_depth, check_units
from translation.formats.html_text import attribute_slot, run_slot
from translation.formats.html_tokens import RAW, VOID, Attribute, Token, tokens
from translation.formats.runs import MOST_MARKS, Item, is_full

_BLOCK_NAMES = """
address article aside audio base basefont blockquote body br button canvas caption center col colgroup dd details
dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
iframe legend li main map menu nav noframes noscript object ol optgroup option p param picture pre
search section select source summary table tbody td textarea tfoot th thead title tr track ul video
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NEVER = frozenset({"script", "style", "template", "textarea", "svg", "math", "iframe", "noembed", "noframes", "xmp"})
_CODE = frozenset({"code", "kbd", "samp", "var"})
_STRUCK = frozenset({"del", "s", "strike"})
"""Text that no longer holds: read with its sentence, "<del>5</del><ins>10</ins> mg" would be 510 mg."""
_UNSEEN = frozenset({"", "link", "meta", "script", "style", "template", "wbr"})
"""Markup that shows nothing where it stands, so that what is beside it is read as one."""
_NUMBER_ENDS = re.compile(r"\d(?:\s|&nbsp;|&#160;)*$")
_UNIT_BEGINS = re.compile(r"(?:\s|&nbsp;|&#160;)*[a-zµμ%‰°]")
_READ = frozenset({"alt", "title", "placeholder", "aria-label"})
_BUTTONS = frozenset({"submit", "button", "reset"})
_LABELLED = frozenset({"option", "optgroup", "track"})
_DESCRIPTIONS = frozenset(
    {"description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description"}
)
_CLOSES = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"}, "optgroup": {"option", "optgroup"},
    "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
    "tbody": {"tbody", "thead", "tr", "td", "th"}, "tfoot": {"tbody", "thead", "tr", "td", "th"},
}  # fmt: skip
"""Elements that an opening tag closes where their own closing tag is left out, as HTML allows."""
_ENDS_PARAGRAPH = _BLOCKS - {"br", "button", "col", "map", "object", "option", "optgroup", "picture", "source", "track"}


@dataclass(frozen=True, slots=True)
class Root:
    """The root element: its name, where that ends, and its `lang` and `xml:lang`, and its `dir`.

    Each attribute as (value, start, end with quotes).
    """

    name: str
    name_end: int
    languages: tuple[tuple[str, int, int], ...]
    directions: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    translate: bool
    fixed: bool
    spaces: bool


class Page:
    """Reads markup once.

    Args:
        text: the source. xml: whether it is XHTML.

    Attributes:
        outer: slots of text. inner: slots of attributes. root: the first element.

    Raises:
        UnusableDocument: out of the limits.
    """

    def __init__(self, text: str, *, xml: bool) -> None:
        self.outer: list[Slot] = []
        self.inner: list[Slot] = []
        self.root: Root | None = None
        self._text, self._xml = text, xml
        self._stack: list[_Open] = []
        self._names: Counter[str] = Counter()
        self._run: list[Item] = []
        self._marks = 0
        for token in tokens(text, xml=xml):
            self._take(token)
            check_units(len(self.outer) + len(self.inner))
        self._flush()

    @property
    def _translate(self) -> bool:
        return not self._stack or self._stack[-1].translate

    def _take(self, token: Token) -> None:
        if token.kind == "text":
            self._add(token, "text" if self._translate else "whole")
        elif token.kind == "other":
            self._add(token, "whole")
        elif token.kind == "open":
            self._opens(token)
        else:
            self._closes(token)

    def _opens(self, token: Token) -> None:
        if self.root is None:
            self.root = self._root(token)
        self._end_implied(token.name)
        block = token.name in _BLOCKS and not self._is_before_a_unit(token)
        if block:
            self._flush()
        inherited = self._translate
        entry = self._entry(token)
        if entry.translate:
            self._attributes(token)
        empty = token.name in VOID or (token.slash and (self._xml or token.name not in RAW | _BLOCKS))
        shows = empty or not (entry.translate and inherited)
        if not block:
            self._add(token, "whole" if shows else "open")
        if not empty:
            self._stack.append(entry)
            self._names[token.name] += 1
            check_depth(len(self._stack))

    def _is_before_a_unit(self, token: Token) -> bool:
        """Whether a line ends between a number and its unit, which are read together."""
        if token.name != "br" or not self._run or self._run[-1].kind != "text":
            return False
        before = self._text[self._run[-1].start : self._run[-1].end]
        return bool(_NUMBER_ENDS.search(before[-20:]) and _UNIT_BEGINS.match(self._text, token.end))

    def _entry(self, token: Token) -> _Open:
        above = self._stack[-1] if self._stack else _Open("", True, False, False)
        fixed = above.fixed or token.name in _NEVER
        wanted = _said(self._text, token)
        translate = above.translate and token.name not in _CODE | _STRUCK if wanted is None else wanted
        return _Open(token.name, translate and not fixed, fixed, above.spaces or token.name == "pre")

    def _closes(self, token: Token) -> None:
        if token.name in _BLOCKS:
            self._flush()
        shows = not self._translate
        if token.name not in _BLOCKS:
            self._add(token, "whole" if shows else "close")
        if self._names[token.name]:
            self._pop_to(token.name)

    def _end_implied(self, name: str) -> None:
        """Close what this tag closes by itself, no further than the list or table that it stands in."""
        ends = _CLOSES.get(name, set())
        while self._stack and (self._stack[-1].name in ends or self._ends_paragraph(name)):
            self._flush()
            self._names[self._stack.pop().name] -= 1

    def _ends_paragraph(self, name: str) -> bool:
        return name in _ENDS_PARAGRAPH and self._stack[-1].name == "p"

    def _pop_to(self, name: str) -> None:
        while self._stack:
            gone = self._stack.pop().name
            self._names[gone] -= 1
            if gone == name:
                return

    def _add(self, token: Token, kind: str) -> None:
        if kind != "text":
            if self._marks >= 2 * MOST_MARKS if kind == "close" else is_full(self._marks, self._last_text()):
                self._flush()
            self._marks += 1
        shows = kind != "whole" or self._shows(token)
        if kind == "whole" and self._run and self._run[-1].kind == "whole" and not self._translate:
            last = self._run[-1]  # one mark for all of an element kept whole
            self._run[-1] = Item(last.start, token.end, kind, shows=shows or last.shows)
        else:
            self._run.append(Item(token.start, token.end, kind, token.name, shows))

    def _shows(self, token: Token) -> bool:
        inside = self._stack[-1].name if self._stack and token.kind == "text" else ""
        return inside not in _UNSEEN if inside else token.name not in _UNSEEN

    def _last_text(self) -> str:
        last = next((item for item in reversed(self._run) if item.kind == "text"), None)
        return "" if last is None else self._text[last.start : last.end]

    def _flush(self) -> None:
        if self._run:
            slot = run_slot(self._text, self._run, keep_spaces=bool(self._stack) and self._stack[-1].spaces)
            if slot is not None:
                self.outer.append(slot)
        self._run, self._marks = [], 0

    def _attributes(self, token: Token) -> None:
        for attribute in token.attributes:
            if attribute.start < attribute.end and self._is_read(token, attribute):
                slot = attribute_slot(self._text, attribute.start, attribute.end)
                if slot is not None:
                    self.inner.append(slot)

    def _is_read(self, token: Token, attribute: Attribute) -> bool:
        if attribute.name in _READ:
            return True
        if attribute.name == "value" and token.name == "input":
            return self._value(token, "type").lower() in _BUTTONS
        if attribute.name == "label":
            return token.name in _LABELLED
        if attribute.name == "content" and token.name == "meta":
            return bool({self._value(token, "name").lower(), self._value(token, "property").lower()} & _DESCRIPTIONS)
        return False

    def _value(self, token: Token, name: str) -> str:
        return value_of(self._text, token, name)

    def _root(self, token: Token) -> Root:
        return Root(
            token.name,
            token.start + 1 + len(token.name),
            self._places(token, {"lang", "xml:lang"}),
            self._places(token, {"dir"}),
        )

    def _places(self, token: Token, names: set[str]) -> tuple[tuple[str, int, int], ...]:
        return tuple(
            (_unquoted(self._text, attribute), attribute.start, attribute.end)
            for attribute in token.attributes
            if attribute.name in names and attribute.start < attribute.end
        )


def value_of(text: str, token: Token, name: str) -> str:
    """The value of an attribute, or ""."""
    return next((_unquoted(text, found) for found in token.attributes if found.name == name), "")


def _unquoted(text: str, attribute: Attribute) -> str:
    raw = text[attribute.start : attribute.end]
    return html.unescape(raw[1:-1] if raw[:1] in ('"', "'") else raw).strip()


def _said(text: str, token: Token) -> bool | None:
    """Whether the tag itself says that it is, or is not, to be translated."""
    if not token.attributes:
        return None
    if "notranslate" in value_of(text, token, "class").split():
        return False
    said = next((found for found in token.attributes if found.name == "translate"), None)
    return None if said is None else _unquoted(text, said).lower() != "no"
