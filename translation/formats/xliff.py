"""XLIFF 2.0, 2.1 and 2.2: each segment is a unit; its inline elements (`pc`, `ph`, `sc`, `ec`, `mrk`, `cp`) are marks.

Of targets that are there already:

- A target with text stays as it is, and its segment is not translated again, unless it says the same as the source
  (it was filled in by a tool) or its state is said to be `initial`. Remove a target to have it made anew.
- A file with such targets can be translated to their language only.

A new target repeats the inline codes of the source, and has the state `translated`; one that failed a check has
the state `initial` with the sub-state `medinfo:flagged`. Text that is marked with `translate="no"`, also inside a
segment, stays as it is. Notes, skeletons, original data and the content of modules are not looked at, segments are
neither split nor joined. XLIFF 1.2 is refused: it is another format, with other rules for inline codes.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lxml import etree

from translation.formats.base import (
    LIMITS,
    check_output,
    check_size,
    check_translated,
    check_units,
    has_letters,
    unusable,
)
from translation.formats.xliff_inline import Context, context_of, fill, read_inline, unit_of
from translation.formats.xml_trees import XML_NAMESPACE, local_name, namespace, parse
from translation.marked import Marked

MEDIA_TYPE: Final = "application/xliff+xml"
_NAMESPACES: Final = {
    "urn:oasis:names:tc:xliff:document:2.0": ("2.0", "2.1"),
    "urn:oasis:names:tc:xliff:document:2.2": ("2.2",),
}
_FLAGGED: Final = "medinfo:flagged"


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment to translate: its element, and what it must know of its unit."""

    segment: etree._Element
    context: Context


@dataclass(frozen=True, slots=True)
class XliffDocument:
    """An XLIFF file.

    Attributes:
        content: as it came. units: the segments to translate. kept: whether it has targets that stay.
    """

    content: bytes
    units: tuple[Marked, ...]
    kept: bool
    media_type: str = MEDIA_TYPE

    def rebuild(
        self, translated: Sequence[Marked], target_language: str, output: str = "", *, flagged: Collection[int] = ()
    ) -> bytes:
        """The file with targets filled in; see `Document.rebuild`. Where no unit differs it is given back as it came.

        Args:
            translated, target_language, output: see `Document.rebuild`.
            flagged: indices of units whose translation failed a check.

        Raises:
            UnusableDocument: it holds targets in another language, which would stand beside the new ones.
        """
        check_output(output)
        check_translated(self.units, translated)
        if tuple(translated) == self.units and not flagged:
            return self.content
        root = parse(self.content)
        self._set_language(root, target_language)
        for index, piece in enumerate(list(_pieces(root))):
            _write(piece, translated[index], flagged=index in flagged)
        return _serialised(root, self.content)

    def rebuild_flagged(self, translated: Sequence[Marked], target_language: str, flagged: Collection[int]) -> bytes:
        """`rebuild`, told which units failed a check."""
        return self.rebuild(translated, target_language, flagged=flagged)

    def _set_language(self, root: etree._Element, target_language: str) -> None:
        said = root.get("trgLang") or ""
        if _base(said) == target_language:
            return
        if said and self.kept:
            raise unusable(
                f"The file holds translations into {said!r} already, and {target_language!r} is asked for.",
                hint="Remove its targets, or ask for their language.",
            )
        root.set("trgLang", target_language)
        for target in root.iter(f"{{{namespace(root)}}}target"):  # empty, or a copy of the source: it is made anew
            _drop(target, XML_NAMESPACE + "lang")


def read_xliff(content: bytes) -> XliffDocument:
    """Read an XLIFF 2 file.

    Raises:
        UnusableDocument: not one, of another version, not well-formed, or out of the limits.
    """
    check_size(content)
    root = parse(content)
    _check_version(root)
    pieces = list(islice(_pieces(root), LIMITS.units + 1))
    check_units(len(pieces))
    units = tuple(_unit(piece) for piece in pieces)
    kept = any(_has_own_target(segment) for segment in root.iter(f"{{{namespace(root)}}}segment"))
    return XliffDocument(content, units, kept)


def _check_version(root: etree._Element) -> None:
    if local_name(root) != "xliff":
        raise unusable("The document is not an XLIFF file.")
    version = root.get("version") or ""
    if version not in _NAMESPACES.get(namespace(root), ()):
        raise unusable(
            f"The file is XLIFF {version or 'of an unknown version'}; 2.0, 2.1 and 2.2 are read.",
            hint="Export it as XLIFF 2.",
        )
    if not root.get("srcLang"):
        raise unusable("The XLIFF file does not say its source language (srcLang).")


def _pieces(root: etree._Element) -> Iterator[Piece]:
    """Segments that are to be translated and have letters outside of what must not be."""
    name = f"{{{namespace(root)}}}"
    for unit in root.iter(name + "unit"):
        if not _translated(unit):
            continue
        after = context_of(unit)
        for part in unit:
            source = part.find(name + "source") if part.tag in {name + "segment", name + "ignorable"} else None
            if source is None:
                continue
            context = after
            places, after = read_inline(source, context)
            wanted = part.tag == name + "segment" and not _has_own_target(part)
            if wanted and has_letters(unit_of(places).text):
                yield Piece(part, context)


def _translated(unit: etree._Element) -> bool:
    said = (element.get("translate") for element in (unit, *unit.iterancestors()))
    return next((value for value in said if value), "yes") != "no"


def _unit(piece: Piece) -> Marked:
    source = _child(piece.segment, "source")
    assert source is not None
    return unit_of(read_inline(source, piece.context)[0])


def _child(segment: etree._Element, name: str) -> etree._Element | None:
    return segment.find(f"{{{namespace(segment)}}}{name}")


def _has_own_target(segment: etree._Element) -> bool:
    """Whether it has a target that stays; the rule is at the top."""
    target, source = _child(segment, "target"), _child(segment, "source")
    if target is None or source is None or segment.get("state") == "initial":
        return False
    said = str(target.xpath("string()")).strip()
    return bool(said) and said != str(source.xpath("string()")).strip()


def _write(piece: Piece, translated: Marked, *, flagged: bool) -> None:
    segment = piece.segment
    source, old = _child(segment, "source"), _child(segment, "target")
    assert source is not None
    target = copy.deepcopy(source)
    target.tag = f"{{{namespace(segment)}}}target"
    _drop(target, XML_NAMESPACE + "lang")
    fill(target, piece.context, translated)
    if old is None:
        source.tail = segment.text  # the indent of the first child
        segment.insert(segment.index(source) + 1, target)
    else:
        for name, value in _attributes(old):  # such as `order`, which other targets count on
            target.set(name, value)
        target.tail = old.tail
        segment.replace(old, target)
    _drop(segment, "subState")
    segment.set("state", "initial" if flagged else "translated")
    if flagged:
        segment.set("subState", _FLAGGED)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _serialised(root: etree._Element, content: bytes) -> bytes:
    tree = root.getroottree()
    declared = b"<?xml" in content[:200] or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = tree.docinfo.encoding or "UTF-8"
    options: dict[str, Any] = {"standalone": tree.docinfo.standalone} if declared else {}
    written = etree.tostring(tree, xml_declaration=declared, encoding=encoding, **options)
    return bytes(written) if isinstance(written, bytes) else written.encode(encoding)
