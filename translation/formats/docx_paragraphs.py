"""The text of a part of a Word document: paragraphs as blocks of stretches of one format each.

A paragraph is a block; a tab, a page break, or a line break that does not stand inside a sentence begins another one.
Where the format changes, or something stands that is not text (a picture, a reference to a note, a bookmark, the end
of a link), a new stretch begins: that is a mark. Runs that differ only in what does not show are one stretch.

Something that a reader sees there parts the numbers on both sides of it.

Not read: deleted, moved-away and struck-out text, hidden text, field codes, results of computed fields, formulas, ruby.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from translation.formats.base import has_letters, unusable
from translation.formats.docx_fields import Fields, is_computed
from translation.formats.docx_symbols import symbol
from translation.formats.raised import lowered, raised
from translation.formats.scripts import read_raised
from translation.formats.seams import glue, seen
from translation.formats.xml_trees import XML_NAMESPACE, is_element, local_name
from translation.marked import Mark, Marked

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STORIES: Final = frozenset(["body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"])
_GONE: Final = frozenset(["del", "moveFrom"])
_HOLDERS: Final = frozenset(["hyperlink", "ins", "moveTo", "sdt", "fldSimple", "customXml", "bdo", "dir"])
_THROUGH: Final = frozenset(["smartTag", "sdtContent"])
_SILENT: Final = frozenset({
    "proofErr", "lastRenderedPageBreak", "rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
})  # fmt: skip
_INVISIBLE: Final = frozenset(["lang", "noProof", "kern", "szCs", "bCs", "iCs", "webHidden", "snapToGrid"])
_FONT_PARTS: Final = frozenset(["ascii", "hAnsi", "asciiTheme", "hAnsiTheme"])
_WORD_MADE_BOOKMARK: Final = "_GoBack"
RECASTING: Final = frozenset({"vertAlign", "position", "rStyle"})
_UNSEEN: Final = frozenset([
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    "permStart", "permEnd", "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "delText", "delInstrText",
])  # fmt: skip
"""What begins a new stretch, but shows nothing where it stands."""
_MOST_STRETCHES: Final = 10_000
_PRIVATE_USE: Final = "\uf000"
_ENDS_NO_SENTENCE: Final = frozenset(",;-–(/")

Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """One element that says something.

    Attributes:
        element: `w:t` or a special character. text: what it says.
        recast: whether its own run's format belongs to how it was written there (raised digits, a glyph of the Symbol
            font) and would spoil the Unicode characters of `text`.
    """

    element: etree._Element
    text: str
    recast: bool = False


@dataclass(slots=True)
class Stretch:
    """Text of one format: the elements that say it, and what is put before it only so that words do not touch."""

    key: Shape
    glue: str = ""
    atoms: list[Atom] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(atom.text for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Block:
    """What is translated together. It has letters."""

    paragraph: etree._Element
    stretches: tuple[Stretch, ...]

    def unit(self) -> Marked:
        """Its text, with a mark between each two stretches."""
        texts = [stretch.glue + stretch.text for stretch in self.stretches]
        ends = [0]
        for text in texts:
            ends.append(ends[-1] + len(text))
        return Marked("".join(texts), tuple(Mark(end, number) for number, end in enumerate(ends[1:-1])))


def raising_styles(root: etree._Element) -> dict[str, str]:
    """Character styles that raise or lower, as an "Exponent" style does, by id: `superscript` or `subscript`.

    Args:
        root: of the part of styles. A style based on another takes over what that one says.
    """
    word = "{" + _word_namespace(root) + "}"
    said: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in root.iterfind(word + "style"):
        name = style.get(word + "styleId") or ""
        found = script_of(style.find(word + "rPr"), word)
        parent = style.find(word + "basedOn")
        if found:
            said[name] = found
        elif parent is not None:
            based[name] = parent.get(word + "val") or ""
    for name in based:
        at, seen = name, set()
        while at in based and at not in seen:
            seen.add(at)
            at = based[at]
        if at in said:
            said.setdefault(name, said[at])
    return said


def script_of(properties: etree._Element | None, word: str) -> str:
    """Whether properties of a run raise (`superscript`) or lower (`subscript`) it, or neither ("")."""
    if properties is None:
        return ""
    found = properties.find(word + "vertAlign")
    if found is not None:
        return found.get(word + "val") or ""
    position = properties.find(word + "position")
    moved = "" if position is None else (position.get(word + "val") or "").strip()
    if not moved.strip("+-0"):
        return ""
    return "subscript" if moved.startswith("-") else "superscript"


def blocks(root: etree._Element, styles: Mapping[str, str] | None = None) -> Iterator[Block]:
    """The blocks of a part, in its order, those of text boxes after the paragraph that they are anchored in.

    Args:
        root: of the part. styles: see `raising_styles`.
    """
    word = "{" + _word_namespace(root) + "}"
    stories = _Stories(word)
    fields: dict[etree._Element | None, Fields] = {}
    for paragraph in root.iter(word + "p"):
        gone, story = stories.of(paragraph)
        if not gone:
            yield from _Reader(paragraph, word, fields.setdefault(story, Fields()), styles or {}).blocks()


def _word_namespace(root: etree._Element) -> str:
    return STRICT_WORD if STRICT_WORD in root.nsmap.values() else WORD


class _Stories:
    """Tells which body, header, note or text box an element lies in, and whether all of that was deleted."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._known: dict[etree._Element, tuple[bool, etree._Element | None]] = {}

    def of(self, paragraph: etree._Element) -> tuple[bool, etree._Element | None]:
        """Whether a paragraph lies in deleted text, and its story."""
        above: list[etree._Element] = []
        found: tuple[bool, etree._Element | None] = (False, None)
        for ancestor in paragraph.iterancestors():
            if ancestor in self._known:
                found = self._known[ancestor]
                break
            above.append(ancestor)
        for ancestor in reversed(above):
            name = local_name(ancestor) if str(ancestor.tag).startswith(self._word) else ""
            found = (found[0] or name in _GONE, ancestor if name in _STORIES else found[1])
            self._known[ancestor] = found
        return found


class _Reader:
    """Reads one paragraph."""

    def __init__(self, paragraph: etree._Element, word: str, fields: Fields, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self._paragraph, self._word, self._fields = paragraph, word, fields
        self._done: list[Block] = []
        self._stretches: list[Stretch] = []
        self._apart = False
        self._seen = False
        self._is_low = False
        self._line_break = False
        self._bookmarks: set[str | None] = set()

    def blocks(self) -> list[Block]:
        self._walk(self._paragraph, 0)
        self._end_block()
        return self._done

    def _walk(self, parent: etree._Element, holder: int) -> None:
        for number, child in enumerate(parent):
            if not is_element(child):
                continue
            name = self._name(child)
            if name == "r":
                self._run(child, holder)
            elif name in _THROUGH:
                self._walk(child, holder)
            elif name == "fldSimple" and is_computed(child.get(self._word + "instr") or ""):
                self._apart = self._seen = True
            elif name in _HOLDERS:
                self._walk(child, hash((holder, number, name)))
            elif name == "AlternateContent":
                self._alternatives(child)
            elif name not in _SILENT and not self._own_bookmark(name, child):
                self._pass_over(name)

    def _pass_over(self, name: str) -> None:
        self._apart = True
        self._seen = self._seen or name not in _UNSEEN

    def _name(self, element: etree._Element) -> str:
        name = local_name(element)
        return name if str(element.tag).startswith(self._word) or name == "AlternateContent" else ""

    def _alternatives(self, element: etree._Element) -> None:
        """Two ways to write the same: each is a block of its own."""
        for branch in element:
            self._end_block()
            if is_element(branch):
                self._walk(branch, hash((id(branch), "alternative")))
        self._end_block()

    def _own_bookmark(self, name: str, element: etree._Element) -> bool:
        """Whether a bookmark is the one that Word sets by itself where the text was last edited."""
        number = element.get(self._word + "id")
        if name == "bookmarkStart" and element.get(self._word + "name") == _WORD_MADE_BOOKMARK:
            self._bookmarks.add(number)
        return name.startswith("bookmark") and number in self._bookmarks

    def _run(self, run: etree._Element, holder: int) -> None:
        properties = run.find(self._word + "rPr")
        hidden = properties is not None and self._is_on(properties, "vanish")
        struck = properties is not None and any(self._is_on(properties, name) for name in ("strike", "dstrike"))
        recast = {"superscript": _raised, "subscript": self._lowered}.get(self._script(properties))
        for child in run:
            if not is_element(child):
                continue
            name = self._name(child)
            if name in {"tab", "ptab", "cr"} or (name == "br" and self._break_type(child) != "textWrapping"):
                self._end_block()
            elif name == "br":
                self._line_break = True
            elif name == "fldChar":
                self._fields.mark(child.get(self._word + "fldCharType"))
                self._apart = True
            elif name == "instrText":
                self._fields.instruct(child.text or "")
            elif hidden:
                self._apart = True
            elif struck or not self._fields.readable():
                self._pass_over(name)
            elif (said := self._says(name, child)) is not None:
                other = (recast(said) if recast else "") or self._unicode(properties, said)
                other = "" if other == said else other
                self._add((holder, self._shape(properties, bool(other))), Atom(child, other or said, bool(other)))
                self._is_low = recast == self._lowered and not other
            elif name not in _SILENT:
                self._pass_over(name)

    def _lowered(self, text: str) -> str:
        """Lowered digits matter where they would touch a digit: log₁₀5, but vitamin B12 and CO2 are read as such."""
        return lowered(text) if self._before()[-1:].isdigit() else ""

    def _says(self, name: str, element: etree._Element) -> str | None:
        if name == "t":
            return _text(element)
        if name == "noBreakHyphen":
            return "\u2011"
        if name == "softHyphen":
            return ""
        if name == "sym":
            return symbol(element.get(self._word + "font") or "", element.get(self._word + "char") or "") or None
        return None

    def _unicode(self, properties: etree._Element | None, text: str) -> str:
        """Glyphs of the Symbol font that are written as text, as the characters that they show; "" for other text."""
        fonts = None if properties is None else properties.find(self._word + "rFonts")
        font = "" if fonts is None else fonts.get(self._word + "ascii") or ""
        shown = [symbol(font, f"{ord(char):X}") if char >= _PRIVATE_USE else "" for char in text]
        return "".join(shown) if all(shown) else ""

    def _add(self, key: Shape, atom: Atom) -> None:
        if self._line_break and atom.text.strip():
            self._after_line_break(atom.text)
        if self._apart or not self._stretches or self._stretches[-1].key != key:
            if not atom.text:
                return
            if len(self._stretches) >= _MOST_STRETCHES:
                raise unusable(f"A paragraph of the document changes its format more than {_MOST_STRETCHES:,} times.")
            self._stretches.append(Stretch(key, self._glue(atom.text)))
            self._line_break = False
            self._seen = self._seen and not atom.text.strip()
        self._apart = False
        self._stretches[-1].atoms.append(atom)

    def _after_line_break(self, text: str) -> None:
        """A line break inside a sentence is a mark in it; any other ends the block."""
        before = self._before().rstrip()
        goes_on = text.lstrip()[0].islower() and (before[-1:].isalnum() or before[-1:] in _ENDS_NO_SENTENCE)
        if before and goes_on:
            self._apart = True
        else:
            self._end_block()

    def _glue(self, text: str) -> str:
        before = "".join(stretch.text for stretch in self._stretches[-2:])[-2:]
        if self._line_break:
            return "" if not before or before[-1].isspace() or text[0].isspace() else " "
        if self._seen:
            return glue(before, text)
        # log₂8 is written with a lowered 2, which stays as it is where it follows a letter
        return " " if self._is_low and before[-1:].isdigit() and text[0].isdigit() else ""

    def _before(self) -> str:
        """The text of the element that was read last and said something."""
        atoms = (atom for stretch in reversed(self._stretches) for atom in reversed(stretch.atoms))
        return next((atom.text for atom in atoms if atom.text), "")

    def _end_block(self) -> None:
        stretches = tuple(self._stretches)
        if has_letters("".join(stretch.text for stretch in stretches)):
            self._done.append(Block(self._paragraph, stretches))
        self._stretches, self._apart, self._line_break, self._seen = [], False, False, False

    def _break_type(self, element: etree._Element) -> str:
        return element.get(self._word + "type") or "textWrapping"

    def _script(self, properties: etree._Element | None) -> str:
        own = script_of(properties, self._word)
        style = None if properties is None or own else properties.find(self._word + "rStyle")
        return own if style is None else self._styles.get(style.get(self._word + "val") or "", "")

    def _is_on(self, properties: etree._Element, name: str) -> bool:
        found = properties.find(self._word + name)
        return found is not None and (found.get(self._word + "val") or "1") not in {"0", "false", "off"}

    def _shape(self, properties: etree._Element | None, recast: bool) -> Shape:
        """What shows of a run's properties; of a recast text without what recasting stands for."""
        if properties is None:
            return ()
        shapes = []
        for child in properties:
            name = self._name(child)
            if name in _INVISIBLE or (recast and name in RECASTING):
                continue
            only = _FONT_PARTS if name == "rFonts" else None
            shape = _shape(child, only)
            if name != "rFonts" or shape[1]:
                shapes.append(shape)
        return tuple(shapes)


def _shape(element: etree._Element, only: frozenset[str] | None = None) -> tuple[object, Shape, Shape]:
    attributes = sorted(
        (str(name), str(value))
        for name, value in element.attrib.items()
        if only is None or str(name).rpartition("}")[2] in only
    )
    return str(element.tag), tuple(attributes), tuple(_shape(child) for child in element)


def _raised(text: str) -> str:
    return raised(text) or read_raised(text)


def _text(element: etree._Element) -> str:
    """What a `w:t` shows: spaces at its ends count only where it says so; a line end is a space."""
    said = str(element.xpath("string()")) if len(element) else element.text or ""  # without comments
    said = "\u00ad".join(map(seen, said.split("\u00ad")))  # Word may show it
    said = said.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return said if element.get(XML_NAMESPACE + "space") == "preserve" else said.strip(" ")
