from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.graph import MAX_MET, describe, picture
from ui.phrases import Words

Make = Callable[..., Any]


def many(make: Make, make_medicine: Make, count: int, **changes: Any) -> Any:
    return make(medicines=[make_medicine(n, f"m{n}", (f"s{n}",)) for n in range(count)], **changes)


def test_every_substance_is_a_node_and_every_finding_an_edge(make: Make) -> None:
    graph = picture(make())
    assert [node.name for node in graph.nodes] == ["ibuprofen", "warfarin"]
    assert [(edge.a, edge.b, edge.level) for edge in graph.edges] == [(0, 1, "avoid")]


def test_a_substance_in_two_lines_is_one_node(make: Make, make_medicine: Make) -> None:
    lines = [
        make_medicine(0, "Doliprane", ("paracetamol",)),
        make_medicine(1, "Codoliprane", ("paracetamol", "codeine")),
    ]
    assert [node.name for node in picture(make(medicines=lines, interactions=[])).nodes] == ["paracetamol", "codeine"]


def test_a_substance_that_no_source_covers_asks_too(make: Make) -> None:
    item = {"input": 0, "text": "Advil", "substance": "ibuprofen", "reason": "no_source", "message": "m"}
    answer = make(not_covered=[item], interactions=[])
    assert [node.known for node in picture(answer).nodes] == [False, True]


def test_a_fixed_combination_is_drawn_as_a_party_of_its_own(make: Make, make_finding: Make) -> None:
    graph = picture(make(interactions=[make_finding("sulfamethoxazole-trimethoprim", "warfarin", "avoid")]))
    assert [node.name for node in graph.nodes] == ["ibuprofen", "warfarin", "sulfamethoxazole-trimethoprim"]
    assert len(graph.edges) == 1


def test_the_numbers_are_those_of_the_cards(make: Make, make_finding: Make, make_medicine: Make) -> None:
    answer = many(
        make,
        make_medicine,
        3,
        interactions=[make_finding("s0", "s1", "consider"), make_finding("s1", "s2", "contraindicated")],
    )
    assert [(edge.numbers, edge.level) for edge in picture(answer).edges] == [
        ((1,), "contraindicated"),
        ((2,), "consider"),
    ]


def test_several_findings_of_a_pair_are_one_edge_of_the_strictest_level(make: Make, make_finding: Make) -> None:
    findings = [make_finding("ibuprofen", "warfarin", "consider"), make_finding("warfarin", "ibuprofen", "avoid")]
    (edge,) = picture(make(interactions=findings)).edges
    assert (edge.numbers, edge.level, edge.label) == ((1, 2), "avoid", "1 2")


def test_many_numbers_on_an_edge_are_cut_visibly(make: Make, make_finding: Make) -> None:
    findings = [make_finding("ibuprofen", "warfarin", "avoid") for _ in range(6)]
    (edge,) = picture(make(interactions=findings)).edges
    assert edge.label == "1 2 3 4…"


def test_the_picture_is_told_in_words(make: Make, make_medicine: Make, words: Words) -> None:
    lines = [
        make_medicine(0, "Advil", ("ibuprofen",)),
        make_medicine(1, "Coumadin", ("warfarin",)),
        make_medicine(2, "xqzzy", status="unknown"),
    ]
    told = describe(picture(make(medicines=lines)), words)
    assert told == (
        "Substances: ibuprofen, warfarin. Finding 1: ibuprofen and warfarin, word of avoid. Not checked: xqzzy."
    )


def test_without_edges_the_words_do_not_sound_safe(make: Make, words: Words) -> None:
    assert "Nothing listed between them." in describe(picture(make(interactions=[])), words)


def test_when_there_is_no_room_the_strictest_findings_are_drawn(
    make: Make, make_finding: Make, make_medicine: Make
) -> None:
    findings = [make_finding(f"s{n}", f"s{n + 1}", "consider") for n in range(0, 78, 2)]
    findings.append(make_finding("s78", "s79", "contraindicated"))
    graph = picture(many(make, make_medicine, 80, interactions=findings))
    assert graph.edges[0].level == "contraindicated"
    assert len(graph.edges) >= MAX_MET // 2
