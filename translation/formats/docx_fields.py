"""Fields of a Word document: what a program wrote there, which of it a person reads, and which is recomputed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from translation.formats.base import unusable

_COMPUTED: Final = frozenset({
    "page", "numpages", "sectionpages", "section", "pageref", "noteref", "date", "time", "createdate", "savedate",
    "printdate", "edittime", "seq", "author", "username", "userinitials", "useraddress", "lastsavedby", "filename",
    "filesize", "numchars", "numwords", "revnum", "docvariable", "mergefield", "mergerec", "mergeseq", "addin",
    "citation", "bibliography", "eq", "symbol", "barcode", "displaybarcode", "autonum", "autonumlgl", "autonumout",
    "listnum", "=", "formula", "dde", "ddeauto", "embed", "link", "includepicture", "macrobutton", "gotobutton",
    "styleref", "database",
})  # fmt: skip
"""Fields whose result Word or another program works out anew: their result stays, untouched, as one piece."""
_MOST_OPEN: Final = 100
_CODE_CHARACTERS: Final = 1000
_NUMBERING_SWITCH: Final = re.compile(r"\\[nrwp]\b", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """One field that is open: its code is being read, or its result."""

    part: Literal["code", "result"] = "code"
    code: str = ""


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of a text, the innermost last."""

    open: list[Field] = field(default_factory=list)

    def mark(self, kind: str | None) -> None:
        """Take note of a field character: `begin`, `separate` or `end`. One that fits nothing is let go.

        Raises:
            UnusableDocument: more fields are open than any document has.
        """
        if kind == "begin":
            if len(self.open) >= _MOST_OPEN:
                raise unusable(f"The document opens more than {_MOST_OPEN} fields inside one another.")
            self.open.append(Field())
        elif self.open and kind == "separate":
            self.open[-1].part = "result"
        elif self.open and kind == "end":
            self.open.pop()

    def instruct(self, text: str) -> None:
        """Take a piece of a field's code, of which no more is looked at than its beginning."""
        if self.open and self.open[-1].part == "code" and len(self.open[-1].code) < _CODE_CHARACTERS:
            self.open[-1].code += text

    def readable(self) -> bool:
        """Whether text that stands here is for a person to read, and stays when Word opens the document."""
        return all(field.part == "result" and not is_computed(field.code) for field in self.open)


def is_computed(code: str) -> bool:
    """Whether the result of a field is worked out anew, such as a page number or a date.

    Args:
        code: the field's code, such as ` PAGE \\* MERGEFORMAT `.
    """
    words = code.split(maxsplit=1)
    name = words[0].lower() if words else ""
    return name in _COMPUTED or name.startswith("=") or (name == "ref" and bool(_NUMBERING_SWITCH.search(code)))
