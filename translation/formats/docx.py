"""Word documents: body, tables, headers, footers, notes, comments and text boxes.

Only the text of changed paragraphs is written; a part in which nothing changed keeps its bytes, and a document in which
nothing changed is given back as it came. See `docx_paragraphs` for what is read as text.

Left in the source language, since they are not running text: document properties, alternative texts of pictures, names
of styles, entries of drop-down lists, diagrams (SmartArt), charts, formulas and embedded files. Documents with macros
are refused: a file that comes out of here is trusted more than one that came in. A digital signature over changed text
no longer holds, and Word says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from translation.formats.base import LIMITS, check_output, check_translated, check_units, unusable
from translation.formats.docx_package import Package, open_package
from translation.formats.docx_paragraphs import blocks, raising_styles
from translation.formats.docx_writing import set_default_language, write_block
from translation.formats.xml_trees import parse
from translation.marked import Marked

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS: Final = ("document.main", "template.main", "header", "footer", "footnotes", "endnotes", "comments")
"""Kinds of parts that hold text, in the order in which they are read."""
_MOST_TEXT_BYTES: Final = 50_000_000
"""Unpacked size of the parts that are parsed, which takes several times as much memory."""
_MACROS: Final = ("macroenabled", "vbaproject")


@dataclass(frozen=True, slots=True)
class DocxDocument:
    """A Word document.

    Attributes:
        package: its archive. texts: names of the parts that hold units, with the units of each.
        styles: name of the part of styles, or "".
    """

    package: Package
    texts: tuple[tuple[str, tuple[Marked, ...]], ...]
    styles: str = ""
    media_type: str = MEDIA_TYPE

    @property
    def units(self) -> Sequence[Marked]:
        """Its paragraphs, body first, then headers, footers, notes, comments."""
        return [unit for _, units in self.texts for unit in units]

    def rebuild(
        self, translated: Sequence[Marked], target_language: str, output: str = "", *, flagged: Collection[int] = ()
    ) -> bytes:
        """The document with its paragraphs replaced; see `Document.rebuild`. `flagged` is not looked at."""
        check_output(output)
        check_translated(self.units, translated)
        coming = iter(translated)
        parts: dict[str, bytes] = {}
        for name, units in self.texts:
            new = tuple(islice(coming, len(units)))
            if new != units:
                parts[name] = self._written(name, units, new, target_language)
        if parts and self.styles:
            parts[self.styles] = self._styles(target_language)
        return self.package.replace(parts)

    def _written(self, name: str, units: Sequence[Marked], new: Sequence[Marked], language: str) -> bytes:
        root = parse(self.package.parts(name)[name], f"The part {name}")
        for block, unit, translated in zip(
            list(blocks(root, _raising(self.package, self.styles))), units, new, strict=True
        ):
            if translated != unit:
                write_block(block, translated, language)
        return _serialised(root)

    def _styles(self, language: str) -> bytes:
        root = parse(self.package.parts(self.styles)[self.styles], f"The part {self.styles}")
        set_default_language(root, language)
        return _serialised(root)


def read_docx(content: bytes) -> DocxDocument:
    """Read a Word document (DOCX, or a DOTX template).

    Raises:
        UnusableDocument: not one, damaged, encrypted, with macros, or out of the limits.
    """
    package = open_package(content)
    if _CONTENT_TYPES not in package.names:
        raise unusable("The archive is not a Word document.", hint="Give a DOCX file.")
    types = _content_types(package)
    if any(macro in said.lower() for said in (*package.names, *types.values()) for macro in _MACROS):
        raise unusable("The document holds macros, which are not taken.", hint="Save it as DOCX, without macros.")
    names = [name for kind in _KINDS for name, said in types.items() if said == f"{_WORD_TYPE}{kind}+xml"]
    if not names or types[names[0]] not in {f"{_WORD_TYPE}{kind}+xml" for kind in _KINDS[:2]}:
        raise unusable("The archive is not a Word document.", hint="Give a DOCX file.")
    styles = next((name for name, said in types.items() if said == f"{_WORD_TYPE}styles+xml"), "")
    return DocxDocument(package, tuple(_texts(package, names, _raising(package, styles))), styles)


def _raising(package: Package, styles: str) -> Mapping[str, str]:
    """What the character styles of a document raise or lower; nothing where it has no part of styles."""
    return raising_styles(parse(package.parts(styles)[styles], f"The part {styles}")) if styles else {}


def _texts(
    package: Package, names: Sequence[str], styles: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Marked, ...]]]:
    count = size = 0
    for name in names:
        part = package.parts(name)[name]
        size += len(part)
        if size > _MOST_TEXT_BYTES:
            raise unusable(f"The document's text takes more than {_MOST_TEXT_BYTES:,} bytes of XML.")
        root = parse(part, f"The part {name}")
        units = tuple(block.unit() for block in islice(blocks(root, styles), LIMITS.units - count + 1))
        count += len(units)
        check_units(count)
        if units:
            yield name, units


def _content_types(package: Package) -> dict[str, str]:
    """The content type of each member; names are compared without regard to case, as the packaging standard has it."""
    root = parse(package.parts(_CONTENT_TYPES)[_CONTENT_TYPES], f"The part {_CONTENT_TYPES}")
    overrides, defaults = {}, {}
    for said in root.iter("{*}Override"):
        overrides[(said.get("PartName") or "").lower()] = said.get("ContentType") or ""
    for said in root.iter("{*}Default"):
        defaults[(said.get("Extension") or "").lower()] = said.get("ContentType") or ""
    types = {}
    for name in package.names:
        path = "/" + name.lower().lstrip("/")
        types[name] = overrides.get(path) or defaults.get(path.rpartition(".")[2], "")
    return types


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
