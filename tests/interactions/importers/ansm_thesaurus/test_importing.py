"""From a PDF into the store and out again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.importing import import_thesaurus
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.importers.ansm_thesaurus.store_file import SOURCE, knowledge_part, read_thesaurus, write_store_file
from medinfo.errors import KnowledgeError
from medinfo.knowledge_store import KnowledgeStore

MakePdf = Callable[..., Path]


def facts(thesaurus: Thesaurus) -> bytes:
    return f"facts of {len(thesaurus.pairs)} pairs\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> KnowledgeStore:
    return KnowledgeStore(tmp_path / "knowledge")


def test_an_import_stores_the_document_and_its_facts(make_pdf: MakePdf, store: KnowledgeStore) -> None:
    path = make_pdf()
    report = import_thesaurus(path, store, facts)
    stored = store.active(SOURCE)
    assert stored is not None
    assert stored.edition == report.edition == "2024-10"
    parsed = parse_thesaurus(path)
    assert read_thesaurus(stored.read()) == parsed
    assert knowledge_part(stored.read()) == facts(parsed)


def test_the_report_says_what_was_read(make_pdf: MakePdf, store: KnowledgeStore) -> None:
    report = import_thesaurus(make_pdf(), store, facts)
    assert (report.headings, report.lists, report.members, report.activated) == (5, 3, 7, True)
    assert report.entries == sum(count for _, count in report.levels)
    assert report.lines()[0] == "ANSM thesaurus, edition 2024-10: in use."


def test_the_report_says_what_was_not_read(thesaurus: Thesaurus) -> None:
    from dataclasses import replace

    from interactions.importers.ansm_thesaurus.report import report_of

    strange = replace(thesaurus, unread=((7, "Texte"),))
    lines = report_of(strange, activated=False).lines()
    assert "Not understood, page 7: Texte" in lines
    assert any("lost" in line and "4, 72" in line for line in lines)
    assert any("LÉDIPASVIR" in line for line in lines)
    assert "stored, not in use" in lines[0]


def test_an_older_edition_is_stored_but_not_used_unless_asked(make_pdf: MakePdf, store: KnowledgeStore) -> None:
    older = make_pdf(cover=("ESSAI", "MARS 2023"))
    import_thesaurus(make_pdf(), store, facts)
    assert not import_thesaurus(older, store, facts).activated
    assert [stored.edition for stored in store.editions(SOURCE)] == ["2023-03", "2024-10"]
    assert import_thesaurus(older, store, facts, activate=True).activated


def test_the_same_file_again_changes_nothing(make_pdf: MakePdf, store: KnowledgeStore) -> None:
    path = make_pdf()
    import_thesaurus(path, store, facts)
    before = store.active(SOURCE)
    import_thesaurus(path, store, facts)
    assert store.active(SOURCE) == before
    assert len(store.editions(SOURCE)) == 1


def test_the_official_document_survives_the_store_file(thesaurus: Thesaurus) -> None:
    assert read_thesaurus(write_store_file(thesaurus, b"facts")) == thesaurus


@pytest.mark.parametrize(
    "content",
    [b"", b"{}\n", b"not json\n", b'{"format":99,"source":"ansm-thesaurus"}\n', b"[1]\n"],
)
def test_a_store_file_of_another_kind_is_damaged(content: bytes) -> None:
    with pytest.raises(KnowledgeError, match="damaged"):
        knowledge_part(content)


def test_a_store_file_that_was_cut_off_is_damaged(make_pdf: MakePdf) -> None:
    content = write_store_file(parse_thesaurus(make_pdf()), b"facts")
    with pytest.raises(KnowledgeError, match="cut off"):
        read_thesaurus(content[:-1])


def test_a_document_part_with_a_strange_line_is_damaged(make_pdf: MakePdf) -> None:
    content = write_store_file(parse_thesaurus(make_pdf()), b"")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_thesaurus(content.replace(b'{"t":"entry"', b'{"t":"antry"', 1))
