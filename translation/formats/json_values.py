"""JSON: strings that are text are translated; keys, numbers, order, white space and escapes stay as written.

Which strings are text is told in `json_rules`. A string that holds HTML is read as HTML, tag by tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translation.formats.base import check_output, check_translated, check_units
from translation.formats.encoding import Decoded, decode
from translation.formats.html import Fragment, read_fragment
from translation.formats.json_rules import is_text, is_usable, matches, patterns
from translation.formats.json_tokens import Text, strings, value
from translation.marked import Marked

_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")


@dataclass(frozen=True, slots=True)
class _Value:
    """A string to translate: its place, its plain text, and what it holds if that is HTML."""

    start: int
    end: int
    plain: str
    fragment: Fragment | None

    @property
    def units(self) -> Sequence[Marked]:
        if self.fragment is not None:
            return self.fragment.units
        return (Marked(self.plain.strip()),)

    def rebuild(self, translated: Sequence[Marked]) -> str:
        if self.fragment is not None:
            return self.fragment.rebuild(translated)
        lead = len(self.plain) - len(self.plain.lstrip())
        return self.plain[:lead] + translated[0].text + self.plain[len(self.plain.rstrip()) :]


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A JSON file."""

    source: Decoded
    values: tuple[_Value, ...]
    media_type: str = "application/json"

    @property
    def units(self) -> Sequence[Marked]:
        """Its strings that are text; several for one that holds HTML."""
        return [unit for found in self.values for unit in found.units]

    def rebuild(self, translated: Sequence[Marked], target_language: str, output: str = "") -> bytes:
        """The file with its strings replaced, in the same encoding; see `Document.rebuild`."""
        check_output(output)
        check_translated(self.units, translated)
        text, parts, at, index = self.source.text, [], 0, 0
        for found in self.values:
            units, back = found.units, translated[index : index + len(found.units)]
            index += len(units)
            if list(units) != list(back):
                written = json.dumps(found.rebuild(back), ensure_ascii=text.isascii())
                parts += [text[at : found.start], written]
                at = found.end
        return self.source.encode("".join([*parts, text[at:]]))


def read_json(content: bytes, pointers: Sequence[str] = ()) -> JsonDocument:
    """Read JSON in UTF-8, or UTF-16 with a byte-order mark.

    Args:
        content: the file. pointers: JSON Pointer patterns of the strings to translate (see `json_rules`); none for
            all that are text.

    Raises:
        UnusableDocument: not JSON, or out of the limits.
        InvalidInput: a pattern is none.
    """
    source = decode(content)
    values, units = [], 0
    for found in _values(source.text, pointers):
        values.append(found)
        units += len(found.units)
        check_units(units)
    return JsonDocument(source, tuple(values))


def _values(text: str, pointers: Sequence[str]) -> Iterator[_Value]:
    wanted = patterns(pointers)
    for found in strings(text):
        plain = value(text, found)
        if _is_chosen(plain, found, wanted):
            fragment = read_fragment(plain) if _HTML.search(plain) else None
            yield _Value(found.start, found.end, plain, fragment)


def _is_chosen(plain: str, found: Text, wanted: Sequence[tuple[str, ...]]) -> bool:
    if not wanted:
        return is_text(plain, found.path)
    return is_usable(plain) and any(matches(found.path, pattern) for pattern in wanted)
