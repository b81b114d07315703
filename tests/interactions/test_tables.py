from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from interactions.knowledge import Branch, Condition, Knowledge, Level, LocalRouteRule, Member, Side
from interactions.tables import dump, load, read_tables, write_tables
from interactions.tables_rules import validate
from medinfo.errors import KnowledgeError

SMALL = Path(__file__).parent / "small"


def spoil(folder: Path, table: str, old: str, new: str) -> None:
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    file = folder / f"{table}.tsv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def test_tables_survive_reading_and_writing_byte_for_byte(small_knowledge: Knowledge, tmp_path: Path) -> None:
    write_tables(small_knowledge, tmp_path / "new")
    for file in sorted(SMALL.glob("*.tsv")):
        assert (tmp_path / "new" / file.name).read_bytes() == file.read_bytes()


def test_written_tables_do_not_depend_on_the_order_of_the_facts(small_knowledge: Knowledge, tmp_path: Path) -> None:
    shuffled = replace(
        small_knowledge,
        sides=dict(reversed(list(small_knowledge.sides.items()))),
        members=small_knowledge.members[::-1],
        interactions=small_knowledge.interactions[::-1],
    )
    write_tables(shuffled, tmp_path)
    assert (tmp_path / "members.tsv").read_bytes() == (SMALL / "members.tsv").read_bytes()
    assert (tmp_path / "branches.tsv").read_bytes() == (SMALL / "branches.tsv").read_bytes()


def test_a_stored_edition_keeps_the_official_wording(small_knowledge: Knowledge) -> None:
    first, *rest = small_knowledge.interactions
    branches = tuple(replace(branch, quote='Une "phrase"\u2028 officielle\nen lignes') for branch in first.branches)
    quoted = replace(first, quote_mechanism="Mécanisme", quote_advice="- un\n- deux", branches=branches)
    imported = replace(small_knowledge.source, imported=True)
    knowledge = replace(small_knowledge, source=imported, interactions=(quoted, *rest))
    assert load(dump(knowledge)) == knowledge


def test_tables_of_the_package_never_carry_official_wording(small_knowledge: Knowledge, tmp_path: Path) -> None:
    first, *rest = small_knowledge.interactions
    quoted = replace(first, quote_mechanism="Mécanisme officiel", quote_advice="Conduite officielle")
    write_tables(replace(small_knowledge, interactions=(quoted, *rest)), tmp_path)
    written = "".join(file.read_text("utf-8") for file in tmp_path.glob("*.tsv"))
    assert "officiel" not in written


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "format"),
        (b'{"format":0,"kind":"interactions"}\n', "format"),
        (b"\xff\xfe", "cannot be read"),
        (b"not json\n", "cannot be read"),
        (b'{"format":1,"kind":"interactions"}\n[1]\n', "no table"),
        (b'{"format":1,"kind":"interactions"}\n{"table":"nothing","row":{}}\n', "no table"),
        (b'{"format":1,"kind":"interactions"}\n{"table":"conditions","row":{"id":"x"}}\n', "other fields"),
        (b'{"format":1,"kind":"interactions"}\n{"table":"conditions","row":{"id":"x","atoms":3}}\n', "conditions"),
        (b'{"format":1,"kind":"interactions"}\n', "exactly one source"),
    ],
)
def test_a_damaged_stored_edition_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(KnowledgeError, match=why):
        load(content)


@pytest.mark.parametrize(
    ("table", "old", "new", "why"),
    [
        ("sides", "crizotinib\tsubstance", "crizotinib\tmolecule", "crizotinib"),
        ("sides", "preventive-dose", "another-dose", "another-dose"),
        (
            "sides",
            "MEDICAMENTS ADMINISTRES PAR VOIE ORALE\toral",
            "MEDICAMENTS ADMINISTRES PAR VOIE ORALE\t",
            "no route",
        ),
        ("sides", "id\tkind", "kind\tid", "header"),
        ("members", "crizotinib\tcrizotinib", "nobody\tcrizotinib", "nobody"),
        ("members", "crizotinib\tcrizotinib", "crizotinib\tCrizotinib", "slug"),
        ("members", "CRIZOTINIB\t66", "CRIZOTINIB\t0", "no name or page"),
        ("members", "CRIZOTINIB\t66", "CRIZOTINIB\tsixty", "members"),
        ("members", "\t66\t", "\t66\t\t", "cells"),
        ("interactions", "contraindicated|avoid|consider", "avoid|contraindicated|consider", "strictest first"),
        ("interactions", "contraindicated|avoid|consider", "contraindicated|fatal|consider", "fatal"),
        ("interactions", "contraindicated|avoid|consider", "contraindicated|avoid|caution", "in no branch"),
        ("interactions", "\t4|26", "\t0|26", "page"),
        ("interactions", "\t\t4|26", "\tnobody\t4|26", "the dose of 'nobody'"),
        ("interactions", "\t\t\t4|26", "check-inr@avoid\t\t\t4|26", "an advice or a level that it does not hold"),
        ("interactions", "--anticoagulants-oraux\t", "--other\t", "of no interaction"),
        ("branches", "citalopram|domperidone", "citalopram|nothing", "no member of that side"),
        ("branches", "citalopram|domperidone", "domperidone|citalopram", "not sorted"),
        ("branches", "aspirin-high-dose", "aspirin-huge-dose", "aspirin-huge-dose"),
        ("branches", "ansm-thesaurus:crizotinib--", "ansm-thesaurus:nothing--", "no interaction"),
        ("conditions", ":>=:1:g/dose", ":=>:1:g/dose", "aspirin-high-dose"),
        ("conditions", ":>=:1:g/dose", ":>=:1:g/dosis", "aspirin-high-dose"),
        ("conditions", "dose:acetylsalicylic-acid:>=:1", "dose:nothing:>=:1", "aspirin-high-dose"),
        ("conditions", "fact:dose", "fact:weather", "weather"),
        ("local-routes", "miconazole\t\t", "miconazole\tmiconazole\t", "exactly one"),
        ("sources", "2023-09\t", "2023-13\t", "2023-13"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(
    table: str, old: str, new: str, why: str, tmp_path: Path
) -> None:
    spoil(tmp_path, table, old, new)
    with pytest.raises(KnowledgeError, match=why):
        read_tables(tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    (tmp_path / "branches.tsv").unlink()
    with pytest.raises(KnowledgeError, match="branches"):
        read_tables(tmp_path)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = "preventive-dose\tfact:dose\n"
    spoil(tmp_path, "conditions", row, row * 2)
    with pytest.raises(KnowledgeError, match="twice"):
        read_tables(tmp_path)


def test_a_value_with_a_tab_cannot_stand_in_a_table(small_knowledge: Knowledge, tmp_path: Path) -> None:
    side = replace(small_knowledge.sides["crizotinib"], printed="CRIZO\tTINIB")
    with pytest.raises(KnowledgeError, match="tab"):
        write_tables(replace(small_knowledge, sides={**small_knowledge.sides, "crizotinib": side}), tmp_path)


def test_a_list_item_with_the_separator_cannot_stand_in_a_table(small_knowledge: Knowledge, tmp_path: Path) -> None:
    rule = LocalRouteRule("miconazole", "", ("a|b",), 2)
    with pytest.raises(KnowledgeError, match="survive"):
        write_tables(replace(small_knowledge, local_routes=(rule,)), tmp_path)


def test_a_member_without_substance_is_kept_for_an_imported_edition(small_knowledge: Knowledge) -> None:
    unnamed = Member("anticoagulants-oraux", "", "nouveau médicament", 25)
    knowledge = replace(small_knowledge, members=(*small_knowledge.members, unnamed))
    assert unnamed in load(dump(knowledge)).members


@pytest.mark.parametrize(
    "knowledge_change",
    [
        {"sides": {"empty": Side("empty", "class", "VIDE", page=3)}},
        {"local_routes": (LocalRouteRule("", "nowhere", ("ocular",), 2),)},
        {"local_routes": (LocalRouteRule("miconazole", "", (), 2),)},
        {"conditions": {"Not A Slug": Condition("Not A Slug")}},
    ],
)
def test_validation_reads_every_table(small_knowledge: Knowledge, knowledge_change: dict[str, object]) -> None:
    (field, value), *_ = knowledge_change.items()
    if isinstance(value, dict):
        value = {**getattr(small_knowledge, field), **value}
    with pytest.raises(KnowledgeError):
        validate(replace(small_knowledge, **{field: value}))  # type: ignore[arg-type]


def test_branches_must_be_strictest_first(small_knowledge: Knowledge) -> None:
    first, *rest = small_knowledge.interactions
    mild = Branch(Level.CONSIDER, "A prendre en compte")
    spoiled = replace(first, branches=(mild, *first.branches))
    with pytest.raises(KnowledgeError, match="strictest first"):
        validate(replace(small_knowledge, interactions=(spoiled, *rest)))
