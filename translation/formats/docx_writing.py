"""Putting translated text into the paragraphs of a Word document, and saying which language it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lxml import etree

from translation.formats.base import RIGHT_TO_LEFT
from translation.formats.docx_paragraphs import RECASTING, Atom, Block, Stretch
from translation.formats.xml_trees import XML_NAMESPACE, is_element, local_name, namespace, xml_text
from translation.marked import Marked

_REGIONS: Final = {
    "ar": "ar-SA", "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "it": "it-IT", "pt": "pt-PT",
    "ru": "ru-RU", "zh": "zh-CN",
}  # fmt: skip
_EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})
_BREAKS: Final = re.compile(r"(\r\n|\r|\n|\t)")
_AFTER_LANG: Final = ("eastAsianLayout", "specVanish", "oMath", "rPrChange")
_AFTER_RTL: Final = ("cs", "em", "lang", *_AFTER_LANG)
_AFTER_BIDI: Final = (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
)  # fmt: skip


def write_block(block: Block, translated: Marked, language: str) -> None:
    """Replace the text of a block, stretch by stretch; a stretch whose text is the same is left alone.

    Args:
        block: as read. translated: with the marks of its unit, in their order. language: that it is in now.
    """
    edges = [0, *(mark.offset for mark in translated.marks), len(translated.text)]
    for stretch, (start, end) in zip(block.stretches, pairwise(edges), strict=True):
        text = translated.text[start:end]
        if stretch.glue and text.startswith(stretch.glue):
            text = text[len(stretch.glue) :]
        if text != stretch.text:
            _write(stretch, text, language)
    _unbind(block.paragraph)
    if language in RIGHT_TO_LEFT:
        turn(block.paragraph)


def set_default_language(styles: etree._Element, language: str) -> None:
    """Set the language of the document's defaults, in its `styles.xml`."""
    for found in styles.iterfind("{*}docDefaults/{*}rPrDefault/{*}rPr/{*}lang"):
        _set_language(found, language)


def _write(stretch: Stretch, text: str, language: str) -> None:
    carrier = next((atom for atom in stretch.atoms if not atom.recast), stretch.atoms[0])
    for atom in stretch.atoms:
        if atom is not carrier:
            _remove(atom.element)
    run = carrier.element.getparent()
    assert run is not None
    _fill(carrier.element, xml_text(text))
    _mark_language(run, language, recast=_is_recast(carrier))


def _is_recast(atom: Atom) -> bool:
    return atom.recast or local_name(atom.element) == "sym"


def _fill(element: etree._Element, text: str) -> None:
    """Write text in the place of an element; line ends and tabs become what Word has for them."""
    word = "{" + namespace(element) + "}"
    run = element.getparent()
    assert run is not None
    at = run.index(element)
    run.remove(element)
    for piece in _BREAKS.split(text):
        if not piece:
            continue
        if _BREAKS.fullmatch(piece):
            new = run.makeelement(word + ("tab" if piece == "\t" else "br"))
        else:
            new = run.makeelement(word + "t")
            new.text = piece
            if piece != piece.strip() or "  " in piece:
                new.set(XML_NAMESPACE + "space", "preserve")
        run.insert(at, new)
        at += 1


def _remove(element: etree._Element) -> None:
    run = element.getparent()
    assert run is not None
    run.remove(element)
    if all(is_element(child) and local_name(child) == "rPr" for child in run):
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)


def _mark_language(run: etree._Element, language: str, *, recast: bool) -> None:
    word = "{" + namespace(run) + "}"
    properties = run.find(word + "rPr")
    if properties is None:
        properties = run.makeelement(word + "rPr")
        run.insert(0, properties)
    if recast:
        _unrecast(properties)
    lang = properties.find(word + "lang")
    if lang is None:
        lang = properties.makeelement(word + "lang")
        _insert_before(properties, lang, _AFTER_LANG)
    _set_language(lang, language)
    if language in RIGHT_TO_LEFT and properties.find(word + "rtl") is None:
        _insert_before(properties, properties.makeelement(word + "rtl"), _AFTER_RTL)


def _unrecast(properties: etree._Element) -> None:
    """Take the raising and the Symbol font away from text that is now in Unicode characters."""
    for child in list(properties):
        name = local_name(child)
        symbols = name == "rFonts" and any(str(font).lower() == "symbol" for font in child.attrib.values())
        if name in RECASTING or symbols:
            properties.remove(child)


def _set_language(element: etree._Element, language: str) -> None:
    word = "{" + namespace(element) + "}"
    attribute = "bidi" if language in RIGHT_TO_LEFT else "eastAsia" if language in _EAST_ASIAN else "val"
    said = element.get(word + attribute) or ""
    if said.partition("-")[0].lower() != language:  # a region that the author chose stays
        element.set(word + attribute, _REGIONS.get(language, language))


def _insert_before(parent: etree._Element, new: etree._Element, names: tuple[str, ...]) -> None:
    """Insert a property where the schema wants it: before those named and those of other namespaces."""
    word = namespace(new)
    later = (place for place, child in enumerate(parent) if _is_later(child, word, names))
    parent.insert(next(later, len(parent)), new)


def _is_later(child: etree._Element, word: str, names: tuple[str, ...]) -> bool:
    return is_element(child) and (namespace(child) != word or local_name(child) in names)


def turn(paragraph: etree._Element) -> None:
    """Have a paragraph run from right to left."""
    word = "{" + namespace(paragraph) + "}"
    properties = paragraph.find(word + "pPr")
    if properties is None:
        properties = paragraph.makeelement(word + "pPr")
        paragraph.insert(0, properties)
    if properties.find(word + "bidi") is None:
        _insert_before(properties, properties.makeelement(word + "bidi"), _AFTER_BIDI)


def _unbind(paragraph: etree._Element) -> None:
    """Cut content controls around and in a paragraph from the data that they show: Word would put its text back."""
    for control in [*paragraph.iterancestors(), *paragraph.iter()]:
        if local_name(control) == "sdt":
            for binding in list(_bindings(control)):
                parent = binding.getparent()
                if parent is not None:
                    parent.remove(binding)


def _bindings(control: etree._Element) -> Iterator[etree._Element]:
    yield from control.iterfind("{*}sdtPr/{*}dataBinding")
