"""Word files made for tests: a small archive around a body that the test writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from lxml import etree

from translation.marked import Mark, Marked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR" w:eastAsia="en-US"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults></w:styles>"
)


def word_file(body: str, *, parts: Mapping[str, str] | None = None, files: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX file.

    Args:
        body: what stands in `w:body`. parts: further text parts by kind (`footnotes`, `header`, ...): the whole XML.
        files: further members as they are.
    """
    texts = {"styles": STYLES, **(parts or {})}
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for kind in texts)
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>' for kind in texts)
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relations}</Relationships>',
        **{f"word/{kind}.xml": xml for kind, xml in texts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8)), text, zipfile.ZIP_DEFLATED)
        for name, data in (files or {}).items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """The members of an archive, unpacked, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_xml(content: bytes) -> str:
    """What stands in the body, its namespaces left out."""
    root = etree.fromstring(members(content)["word/document.xml"])
    text = etree.tostring(root[0], encoding="unicode")
    for declared in (f' xmlns:{prefix}="{uri}"' for prefix, uri in root.nsmap.items()):
        text = text.replace(declared, "")
    return text.removeprefix("<w:body>").removesuffix("</w:body>").replace("<w:body/>", "")


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(runs)}</w:p>"


def worded(units: Sequence[Marked], change: Callable[[str], str]) -> list[Marked]:
    """Units as an engine would give them back that changes each stretch between two marks by itself."""
    changed = []
    for unit in units:
        edges = [0, *(mark.offset for mark in unit.marks), len(unit.text)]
        texts = [change(unit.text[start:end]) for start, end in pairwise(edges)]
        places = [sum(map(len, texts[: number + 1])) for number in range(len(unit.marks))]
        marks = tuple(Mark(place, mark.id) for place, mark in zip(places, unit.marks, strict=True))
        changed.append(Marked("".join(texts), marks))
    return changed
