from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from ui.answers import Answer
from ui.cards import by_strictness, finding_groups, path_text
from ui.phrases import Words, load_words

Make = Callable[..., Any]
NAMES = ("Advil", "Coumadin")


def cards(answer: Answer, words: Words) -> str:
    return finding_groups(by_strictness(answer.interactions), NAMES, words)


def branch(level: str, condition: str, applies: bool | None, *decided_by: str) -> dict[str, Any]:
    return {
        "level": level,
        "native_level": f"NATIVE {level}",
        "condition": condition,
        "applies": applies,
        "decided_by": list(decided_by),
    }


def test_findings_come_strictest_first(make: Make, make_finding: Make) -> None:
    levels = ["consider", "contraindicated", "caution", "avoid"]
    answer = make(interactions=[make_finding(f"a{n}", f"b{n}", level) for n, level in enumerate(levels)])
    assert [finding.level for finding in by_strictness(answer.interactions)] == [
        "contraindicated",
        "avoid",
        "caution",
        "consider",
    ]


def test_a_card_says_all_that_the_finding_holds(make: Make, words: Words) -> None:
    shown = cards(make(), words)
    for said in (
        "ibuprofen",
        "warfarin",
        "word of avoid",
        "NATIVE avoid",
        "effect text",
        "mechanism text",
        "advice text",
        "AGENCY, Reference of interactions, edition 2023-09, pages 47, 112",
    ):
        assert said in shown


def test_a_card_names_the_lines_that_hold_each_party(make: Make, words: Words) -> None:
    shown = cards(make(), words)
    assert "ibuprofen – line 1 “Advil”" in shown
    assert "warfarin – line 2 “Coumadin”" in shown


def test_the_path_explains_the_finding(make: Make, words: Words) -> None:
    assert "ibuprofen → NSAIDs × oral anticoagulants ← warfarin" in cards(make(), words)


def test_a_path_without_a_meeting_point_still_reads(make: Make) -> None:
    path = make().interactions[0].path[:2]
    assert path_text(path) == "ibuprofen → NSAIDs"


def test_a_finding_without_advice_says_so(make: Make, make_finding: Make, words: Words) -> None:
    silent = make_finding("a", "b", "consider", advice={"codes": [], "text": ""})
    assert "The source gives no advice for this pair." in cards(make(interactions=[silent]), words)


def test_a_card_names_the_other_findings_of_its_pair(make: Make, make_finding: Make, words: Words) -> None:
    findings = [
        make_finding("a", "b", "avoid"),
        make_finding("b", "a", "consider"),
        make_finding("a", "c", "consider"),
    ]
    shown = cards(make(interactions=findings), words)
    assert shown.count("same pair") == 2
    assert "same pair: also finding 2" in shown
    assert "same pair: also finding 1" in shown


def test_a_single_level_without_condition_needs_no_table(make: Make, words: Words) -> None:
    assert "<table" not in cards(make(), words)


def test_every_branch_is_shown_with_its_condition_and_state(make: Make, make_finding: Make, words: Words) -> None:
    branches = [
        branch("contraindicated", "from 3 g a day", None, "dose", "something-new"),
        branch("avoid", "with a history of ulcer", None),
        branch("caution", "below 500 mg a day", False),
        branch("consider", "", True),
    ]
    shown = cards(make(interactions=[make_finding("a", "b", "contraindicated", branches=branches)]), words)
    for said in (
        "from 3 g a day",
        "Not known: dose, something-new",
        "with a history of ulcer",
        "excluded by what is known",
        "no condition",
        "holds",
        "The fact that decides is not known. Every level is kept, and the strictest counts.",
    ):
        assert said in shown


def test_a_single_branch_that_is_not_decided_is_shown(make: Make, make_finding: Make, words: Words) -> None:
    branches = [branch("avoid", "by mouth", None, "route")]
    shown = cards(make(interactions=[make_finding("a", "b", "avoid", branches=branches)]), words)
    assert "Not known: route of administration" in shown


def test_the_official_wording_is_shown_in_its_own_language(make: Make, make_finding: Make, words: Words) -> None:
    finding = make_finding("a", "b", "avoid")
    finding["sources"] = [{**finding["sources"][0], "quote": {"language": "fr", "mechanism": "Texte", "advice": ""}}]
    shown = cards(make(interactions=[finding]), words)
    assert '<blockquote lang="fr"><p>Texte</p></blockquote>' in shown


def test_without_official_wording_there_is_no_empty_quotation(make: Make, words: Words) -> None:
    assert "<blockquote" not in cards(make(), words)


def test_the_native_level_is_not_repeated_when_it_is_the_word_itself(
    make: Make, make_finding: Make, words: Words
) -> None:
    finding = make_finding("a", "b", "consider", level_text="À prendre en compte", native_level="A prendre en compte")
    assert "A prendre en compte" not in cards(make(interactions=[finding]), words)


@pytest.mark.parametrize("level", ["contraindicated", "avoid", "caution", "consider"])
def test_the_level_is_said_in_words_and_by_a_sign(level: str, make: Make, make_finding: Make, words: Words) -> None:
    shown = cards(make(interactions=[make_finding("a", "b", level)]), words)
    assert f"<span>word of {level}</span>" in shown
    assert '<svg class="sign"' in shown


def test_everything_of_the_api_is_text_and_never_markup(make: Make, make_finding: Make, words: Words) -> None:
    nasty = "<script>alert(1)</script>"
    finding = make_finding(nasty, nasty, "avoid", level_text=nasty, native_level=nasty)
    for part in ("effect", "mechanism", "advice"):
        finding[part] = {"codes": [], "text": nasty}
    finding["branches"] = [{**branch("avoid", nasty, None, nasty), "quote": nasty, "native_level": nasty}]
    quote = {"language": nasty, "mechanism": nasty, "advice": nasty}
    finding["sources"] = [
        {**finding["sources"][0], "publisher": nasty, "title": nasty, "edition": nasty, "quote": quote}
    ]
    assert "<script" not in cards(make(interactions=[finding]), words)


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "it", "pt"])
def test_cards_can_be_shown_in_every_language(language: str, make: Make, make_finding: Make) -> None:
    words = load_words()[language]
    branches = [branch("avoid", "x", None, "dose"), branch("caution", "y", True)]
    shown = cards(make(interactions=[make_finding("a", "b", "avoid", branches=branches)]), words)
    assert words("finding.conditions") in shown
    assert escape(words("level.caution")) in shown
