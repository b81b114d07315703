"""HTML cut into tokens with their places, in one pass, whatever state it is in.

The rules are those of the HTML standard for where text ends and markup begins. The standard library's parser is not
used: patch releases of Python differ in how it reads broken comments and scripts, and some unclosed markup takes it
time that grows with the square of the size. Markup that is never closed runs to the end, so no byte is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "open", "close", "other"]

RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp", "textarea", "title"})
"""Elements that hold characters only: nothing in them is a tag."""
_VOID_NAMES = (
    "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr"
)
VOID = frozenset(_VOID_NAMES.split())
"""Elements without content, which have no closing tag."""

_MARKUP = re.compile(r"<(?:(?P<tag>/?[A-Za-z])|(?P<other>[!?/]))")
_NAME = re.compile(r"[^\s/>]+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(?P<end>>)|(?P<name>=?[^\s/>=]*)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|(?!["'])[^\s>]+|(?=>)))?)"""
)
_COMMENT_END = re.compile(r"--!?>")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name, and the place of its value with its quotes (empty where it has none)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the source: text, a tag that opens or closes, or anything else (comment, doctype, instruction).

    Attributes:
        name: of a tag, lower-case. attributes: of a tag that opens. slash: whether it ends in `/>`.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    slash: bool = False


def tokens(text: str, *, xml: bool = False) -> Iterator[Token]:
    """The tokens of a document or fragment; together they cover it.

    Args:
        xml: whether a tag that ends in `/>` is an empty element whatever its name.
    """
    at, length = 0, len(text)
    while at < length:
        token = _next(text, at)
        yield token
        at = token.end
        if token.kind == "open" and token.name in RAW and not (xml and token.slash):
            end = _raw_end(text, at, token.name)
            if end > at:
                yield Token("text", at, end)
            at = end


def _next(text: str, at: int) -> Token:
    found = _MARKUP.search(text, at)
    if not found:
        return Token("text", at, len(text))
    if found.start() > at:
        return Token("text", at, found.start())
    return _tag(text, at) if found["tag"] else Token("other", at, _other_end(text, at))


def _tag(text: str, at: int) -> Token:
    closing = text[at + 1] == "/"
    name = _NAME.match(text, at + 1 + closing)
    place = name.end() if name else at + 1
    attributes: list[Attribute] = []
    while True:
        found = _ATTRIBUTE.match(text, place)
        if found is None or found.end() == place or (found.end() == len(text) and not found["end"]):
            return Token("other", at, len(text))  # a tag that never ends
        place = found.end()
        if found["end"]:
            break
        if found["name"]:
            start, end = found.span("value") if found["value"] else (place, place)
            attributes.append(Attribute(found["name"].lower(), start, end))
    kind: Kind = "close" if closing else "open"
    slash = text[place - 2] == "/" and not (attributes and attributes[-1].end == place - 1)
    return Token(kind, at, place, name[0].lower() if name else "", tuple(attributes), slash)


def _other_end(text: str, at: int) -> int:
    if text.startswith("<!--", at):
        if text.startswith((">", "->"), at + 4):
            return text.index(">", at) + 1
        found = _COMMENT_END.search(text, at + 4)
        return found.end() if found else len(text)
    closer = "]]>" if text.startswith("<![CDATA[", at) else ">"
    end = text.find(closer, at)
    return end + len(closer) if end >= 0 else len(text)


def _raw_end(text: str, at: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)
