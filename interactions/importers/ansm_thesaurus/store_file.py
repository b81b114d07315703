"""The store file of an imported edition: the document as read, and the facts that were derived from it.

JSON lines. The first is a header with the lengths of the two parts that follow, so that either is found at once:
the document (lines with a type tag `t`), then the knowledge as `interactions.tables` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from interactions.importers.ansm_thesaurus.document import Entry, Heading, Thesaurus
from interactions.importers.ansm_thesaurus.pairs import pairs_of
from interactions.knowledge import Level
from medinfo.errors import KnowledgeError

FORMAT = 1
SOURCE = "ansm-thesaurus"

_DOCUMENT = ("edition", "published", "pages", "sha256", "illegible", "unread", "local_route_text", "excipient_text")
_HEADING = ("name", "page", "notes", "members", "see_also", "has_list")
_ENTRY = ("partner", "native_level", "levels", "mechanism", "advice", "page")


def write_store_file(thesaurus: Thesaurus, knowledge: bytes) -> bytes:
    """One file of both parts.

    Args:
        thesaurus: the document as read. knowledge: the derived facts, as `interactions.tables.dump` writes them.
    """
    document = b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in _lines(thesaurus))
    header = {
        "format": FORMAT,
        "source": SOURCE,
        "edition": thesaurus.edition,
        "sha256": thesaurus.sha256,
        "document_bytes": len(document),
        "knowledge_bytes": len(knowledge),
    }
    return orjson.dumps(header, option=orjson.OPT_APPEND_NEWLINE) + document + knowledge


def read_thesaurus(content: bytes) -> Thesaurus:
    """The document of a store file; its pairs are brought together anew.

    Raises:
        KnowledgeError: the file is of another format or damaged.
    """
    start, end, _ = _parts(content)
    try:
        return _thesaurus([orjson.loads(line) for line in content[start:end].splitlines()])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _damaged("its document cannot be read") from error


def knowledge_part(content: bytes) -> bytes:
    """The facts of a store file, for `interactions.tables.load`.

    Raises:
        KnowledgeError: the file is of another format or cut off.
    """
    _, start, end = _parts(content)
    return content[start:end]


def _damaged(reason: str) -> KnowledgeError:
    return KnowledgeError(f"The imported thesaurus is damaged: {reason}.", hint="Import the official PDF again.")


def _parts(content: bytes) -> tuple[int, int, int]:
    line, _, _ = content[:4096].partition(b"\n")
    try:
        header = orjson.loads(line)
        if header["format"] != FORMAT or header["source"] != SOURCE:
            raise _damaged(f"it is not of format {FORMAT}")
        start = len(line) + 1
        middle = start + int(header["document_bytes"])
        end = middle + int(header["knowledge_bytes"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged("it has no header") from error
    if not start <= middle <= end == len(content):
        raise _damaged("it is cut off")
    return start, middle, end


def _lines(thesaurus: Thesaurus) -> Iterator[dict[str, Any]]:
    yield {"t": "document", **{name: getattr(thesaurus, name) for name in _DOCUMENT}}
    for heading in thesaurus.headings:
        yield {"t": "heading", **{name: getattr(heading, name) for name in _HEADING}}
        for entry in heading.entries:
            yield {"t": "entry", **{name: getattr(entry, name) for name in _ENTRY}}


def _thesaurus(lines: list[dict[str, Any]]) -> Thesaurus:
    document, headings = lines[0], tuple(_headings(lines[1:]))
    return Thesaurus(
        edition=str(document["edition"]),
        published=str(document["published"]),
        pages=int(document["pages"]),
        sha256=str(document["sha256"]),
        headings=headings,
        pairs=pairs_of(headings),
        unread=tuple((int(page), str(text)) for page, text in document["unread"]),
        illegible=tuple(int(page) for page in document["illegible"]),
        local_route_text=str(document["local_route_text"]),
        excipient_text=str(document["excipient_text"]),
    )


def _headings(lines: Iterable[dict[str, Any]]) -> Iterator[Heading]:
    groups: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for line in lines:
        if line["t"] == "heading":
            groups.append((line, []))
        elif line["t"] == "entry":
            groups[-1][1].append(line)
        else:
            raise ValueError(line["t"])
    for heading, entries in groups:
        yield Heading(
            name=heading["name"],
            page=heading["page"],
            notes=heading["notes"],
            members=tuple(heading["members"]),
            see_also=tuple(heading["see_also"]),
            entries=tuple(_entry(heading["name"], entry) for entry in entries),
            has_list=heading["has_list"],
        )


def _entry(heading: str, line: dict[str, Any]) -> Entry:
    return Entry(
        heading=heading,
        partner=line["partner"],
        native_level=line["native_level"],
        levels=tuple(Level(level) for level in line["levels"]),
        mechanism=line["mechanism"],
        advice=line["advice"],
        page=line["page"],
    )
