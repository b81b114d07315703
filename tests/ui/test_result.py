from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ui.client import ApiError
from ui.phrases import Words, load_words
from ui.result import failure, nothing_yet, result

Make = Callable[..., Any]


def uncovered(reason: str, **changes: Any) -> dict[str, Any]:
    return {"input": 0, "text": "Advil", "substance": None, "reason": reason, "message": "message of it", **changes}


def test_an_unknown_name_stands_before_the_findings_and_as_loud(make: Make, make_medicine: Make, words: Words) -> None:
    unknown = make_medicine(2, "xqzzy", status="unknown", how="", matched="")
    base = make()
    lines = [make_medicine(0, "Advil", ("ibuprofen",)), make_medicine(1, "Coumadin", ("warfarin",)), unknown]
    shown = result(make(medicines=lines, not_covered=[uncovered("unknown", input=2, text="xqzzy")]), words, 1)
    assert "notice-stop" in shown
    assert shown.index("xqzzy” is not a name") < shown.index('<article class="card')
    assert "notice-stop" not in result(base, words, 1)


def test_the_summary_counts_what_a_person_must_know(make: Make, make_medicine: Make, words: Words) -> None:
    lines = [
        make_medicine(0, "Advil", ("ibuprofen",)),
        make_medicine(1, "Coumadinn", ("warfarin",), how="fuzzy", matched="Coumadin"),
        make_medicine(2, "xqzzy", status="unknown", how=""),
        make_medicine(3, "lamik", status="ambiguous", how=""),
    ]
    shown = result(make(medicines=lines, not_covered=[uncovered("no_source")]), words, 1)
    summary = shown[shown.index('class="summary"') : shown.index("</div>", shown.index('class="summary"'))]
    for said in (
        "Findings: 1",
        "strictest level: word of avoid",
        "Not recognised: 1",
        "To be chosen: 1",
        "Spelling corrected: 1",
        "Not covered: 1",
    ):
        assert said in summary


def test_the_summary_is_announced(make: Make, words: Words) -> None:
    assert '<div class="summary" role="status">' in result(make(), words, 1)


def test_without_findings_nothing_sounds_safe(make: Make, words: Words) -> None:
    shown = result(make(interactions=[], not_listed={"text": "not listed text", "pairs": [["a", "b"]]}), words, 1)
    assert "Nothing listed for the pairs that were checked" in shown
    assert "not a statement that they are safe" in shown
    assert "not listed text" in shown


def test_one_medicine_alone_has_nothing_to_interact_with(make: Make, make_medicine: Make, words: Words) -> None:
    shown = result(make(interactions=[], medicines=[make_medicine(0, "Advil", ("ibuprofen",))]), words, 1)
    assert "An interaction needs two medicines" in shown


def test_pairs_without_a_finding_name_source_and_edition(make: Make, words: Words) -> None:
    shown = result(make(not_listed={"text": "see section 4.5", "pairs": [["ibuprofen", "warfarin"]]}), words, 1)
    assert "Pairs not listed: 1" in shown
    assert "not listed in AGENCY, 2023-09" in shown
    assert "see section 4.5" in shown


@pytest.mark.parametrize("said", ["allergies text", "notice text", "old edition warning", "38 months old"])
def test_the_limits_of_the_check_are_always_shown(said: str, make: Make, words: Words) -> None:
    assert said in result(make(interactions=[]), words, 1)


def test_a_current_edition_shows_no_banner(make: Make, words: Words) -> None:
    answer = make()
    source = answer.knowledge.sources[0].model_copy(update={"outdated": False, "warning": None})
    fresh = answer.model_copy(update={"knowledge": answer.knowledge.model_copy(update={"sources": [source]})})
    assert "notice-old" not in result(fresh, words, 1)


def test_an_outdated_edition_without_a_sentence_of_the_api_still_shows_a_banner(make: Make, words: Words) -> None:
    answer = make()
    source = answer.knowledge.sources[0].model_copy(update={"warning": None})
    mute = answer.model_copy(update={"knowledge": answer.knowledge.model_copy(update={"sources": [source]})})
    shown = result(mute, words, 1)
    assert "notice-old" in shown
    assert shown.index("38 months old") < shown.index('<article class="card')


def test_duplicates_name_the_lines(make: Make, words: Words) -> None:
    twice = {"substance": "ibuprofen", "name": "ibuprofen", "inputs": [0, 1], "text": "twice text"}
    shown = result(make(duplicates=[twice]), words, 1)
    assert "line 1 “Advil”, line 2 “Coumadin”" in shown
    assert "twice text" in shown


def test_what_is_not_applicable_is_said_with_its_reason(make: Make, make_finding: Make, words: Words) -> None:
    base = make_finding("ibuprofen", "warfarin", "avoid")
    item = {
        "id": "x",
        "between": base["between"],
        "reason": "local_route",
        "text": "local route text",
        "sources": base["sources"],
    }
    shown = result(make(interactions=[], not_applicable=[item]), words, 1)
    assert "local route text" in shown
    assert "ibuprofen × warfarin" in shown


@pytest.mark.parametrize("reason", ["no_source", "homeopathic"])
def test_what_no_source_covers_is_as_loud_as_an_unknown_name(reason: str, make: Make, words: Words) -> None:
    shown = result(make(not_covered=[uncovered(reason)]), words, 1)
    assert "notice-stop" in shown
    assert "message of it" in shown


def test_a_reason_of_tomorrow_is_shown_too(make: Make, words: Words) -> None:
    answer = make(not_covered=[uncovered("no_source")])
    odd = answer.not_covered[0].model_copy(update={"reason": "withdrawn"})
    assert "message of it" in result(answer.model_copy(update={"not_covered": [odd]}), words, 1)


def test_every_text_of_the_api_is_escaped(make: Make, make_medicine: Make, make_finding: Make, words: Words) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = make_finding(nasty, nasty, "avoid")
    shown = result(
        make(
            medicines=[make_medicine(0, nasty, (nasty,), how="fuzzy", matched=nasty), make_medicine(1, "b", ("c",))],
            duplicates=[{"substance": nasty, "name": nasty, "inputs": [0], "text": nasty}],
            not_applicable=[
                {**{k: item[k] for k in ("id", "between", "sources")}, "reason": "local_route", "text": nasty}
            ],
            not_covered=[uncovered("no_source", text=nasty, message=nasty)],
            not_listed={"text": nasty, "pairs": [[nasty, nasty]]},
            not_checked=[{"code": "allergy", "text": nasty}],
            notice=nasty,
        ),
        words,
        1,
    )
    assert "<script" not in shown
    assert "<img" not in shown


def test_a_failure_shows_no_result_and_what_the_api_says(words: Words) -> None:
    shown = failure(ApiError("refused", "The list is <too> long."), words, 1)
    assert 'role="alert"' in shown
    assert "No result is shown" in shown
    assert "The list is &lt;too&gt; long." in shown


@pytest.mark.parametrize("code", ["unreachable", "timeout", "refused", "failed", "unreadable"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "it", "pt"])
def test_every_failure_is_told_in_every_language(code: str, language: str) -> None:
    words = load_words()[language]
    assert words(f"error.{code}") in failure(ApiError(code), words, 1)


def test_each_result_carries_its_revision(make: Make, words: Words) -> None:
    for shown in (result(make(), words, 7), failure(ApiError("failed"), words, 7), nothing_yet(words, 7)):
        assert 'data-revision="7"' in shown
