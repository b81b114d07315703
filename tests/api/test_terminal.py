"""What `medinfo check` prints, from answers made up to hold each case."""

from __future__ import annotations

import io
import string
from typing import Any

import pytest
from rich.console import Console

from api.shapes import CheckOut
from api.terminal import print_check
from medinfo.phrases import LANGUAGES, Phrases

WARFARIN = {"id": "warfarin", "name": "Warfarin", "atc": [], "rxnorm": []}


def _medicine(number: int, **changes: Any) -> dict[str, Any]:
    plain = {
        "input": number, "text": f"typed {number}", "status": "resolved", "how": "exact", "matched": "Warfarin",
        "substances": [WARFARIN], "archived": False, "homeopathic": False, "route": [], "candidates": [],
    }  # fmt: skip
    return {**plain, **changes}


def _answer(**changes: Any) -> dict[str, Any]:
    plain = {
        "language": "en", "medicines": [_medicine(0)], "interactions": [], "duplicates": [], "not_applicable": [],
        "not_covered": [], "not_listed": {"text": "Not listed.", "pairs": []},
        "not_checked": [{"code": "allergy", "text": "Allergies are not checked."}],
        "notice": "A person decides.", "knowledge": {"sources": []},
    }  # fmt: skip
    return CheckOut.model_validate({**plain, **changes}, extra="forbid").model_dump()


def _finding(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "s:a--b", "level": "consider", "level_text": "To be taken into account", "native_level": "APEC",
        "between": [{"id": "a", "name": "A", "inputs": [0]}, {"id": "b", "name": "B", "inputs": [1]}],
        "branches": [_branch("consider", "")], "effect": {"codes": ["x"], "text": "More of it."},
        "mechanism": {"codes": [], "text": ""}, "advice": {"codes": [], "text": ""},
        "sources": [{
            "id": "s", "publisher": "P", "title": "T", "edition": "2023-09", "page": 3, "pages": [3, 7], "quote": None,
        }],
        "path": [
            {"kind": "substance", "id": "a", "name": "A"}, {"kind": "class", "id": "as", "name": "As"},
            {"kind": "interaction", "id": "s:as--b", "name": "As + B"}, {"kind": "substance", "id": "b", "name": "B"},
        ],
    }  # fmt: skip
    return {**plain, **changes}


def _branch(level: str, condition: str, applies: bool | None = True) -> dict[str, Any]:
    return {"level": level, "native_level": "x", "condition": condition, "applies": applies, "decided_by": []}


def _printed(answer: dict[str, Any]) -> str:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    print_check(answer, console)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_a_misspelling_that_was_accepted_is_shown_as_read() -> None:
    text = _printed(_answer(medicines=[_medicine(0, text="warfrin", how="fuzzy")]))
    assert "warfrin → Warfarin" in text
    assert "please verify: Warfarin" in text


def test_what_could_not_be_read_stands_above_the_findings() -> None:
    gap = {"input": 1, "text": "qwrtz", "substance": None, "reason": "unknown", "message": "Not recognised: qwrtz."}
    text = _printed(_answer(not_covered=[gap], interactions=[_finding()]))
    assert text.index("Not recognised: qwrtz.") < text.index("To be taken into account")


def test_near_names_stand_beside_what_could_not_be_read() -> None:
    near = [{"name": "LAMICTAL", "substances": ["lamotrigine"], "score": 75.0}]
    medicine = _medicine(0, text="Lamidal", status="ambiguous", how="", substances=[], candidates=near)
    gap = {"input": 0, "text": "Lamidal", "substance": None, "reason": "ambiguous", "message": "Lamidal: choose one."}
    assert "Lamidal: choose one. Did you mean: LAMICTAL" in _printed(_answer(medicines=[medicine], not_covered=[gap]))


def test_a_product_that_is_no_longer_authorised_is_marked() -> None:
    assert "Warfarin  This product is no longer" in _printed(_answer(medicines=[_medicine(0, archived=True)]))


def test_a_finding_shows_all_its_pages_and_its_path() -> None:
    text = _printed(_answer(interactions=[_finding()]))
    assert "P, T, 2023-09, p. 3, 7" in text
    assert "Why: A → As × B" in text


def test_a_finding_without_advice_is_given_none_and_that_is_said() -> None:
    text = _printed(_answer(interactions=[_finding()]))
    assert "advises" not in text
    assert "gives no management for this combination" in text


def test_every_branch_that_no_fact_excludes_is_shown_with_its_level() -> None:
    branches = [
        _branch("contraindicated", "Above 20 mg", None),
        _branch("avoid", "By mouth", False),
        _branch("caution", "Otherwise", True),
    ]
    text = _printed(_answer(interactions=[_finding(branches=branches)]))
    assert "Contraindicated: Above 20 mg (a fact that would decide is not known)" in text
    assert "Precaution for use: Otherwise" in text
    assert "By mouth" not in text


def test_an_open_branch_names_the_facts_that_would_decide() -> None:
    branch = {**_branch("avoid", "Above 20 mg", None), "decided_by": ["dose", "renal-function"]}
    text = _printed(_answer(interactions=[_finding(branches=[branch])]))
    assert "Above 20 mg (a fact that would decide is not known: the dose, renal function)" in " ".join(text.split())


def test_the_official_wording_is_quoted_once_imported() -> None:
    source = {**_finding()["sources"][0], "quote": {"language": "fr", "mechanism": "Parce que.", "advice": ""}}
    assert "« Parce que. »" in _printed(_answer(interactions=[_finding(sources=[source])]))


def test_duplicates_exclusions_and_pairs_that_are_not_listed_are_shown() -> None:
    between = _finding()["between"]
    excluded = {"id": "s:a--b", "between": between, "reason": "local_route", "text": "Local route.", "sources": []}
    text = _printed(
        _answer(
            duplicates=[{"substance": "warfarin", "name": "Warfarin", "inputs": [0, 1], "text": "Warfarin is in two."}],
            not_applicable=[excluded],
            not_listed={"text": "Not listed in T.", "pairs": [["warfarin", "b"]]},
        )
    )
    assert "Warfarin is in two." in text
    assert "A + B: Local route." in text
    assert "Not listed in T." in text
    assert "Warfarin + b" in text


def test_the_warning_of_an_old_edition_comes_first() -> None:
    edition = {
        "id": "s", "publisher": "P", "title": "T", "edition": "2019-09", "imported": True, "age_months": 80,
        "outdated": True, "warning": "This edition is old.",
    }  # fmt: skip
    text = _printed(_answer(knowledge={"sources": [edition]}))
    assert text.index("This edition is old.") < text.index("typed 0")


def test_what_is_never_checked_is_always_shown() -> None:
    text = _printed(_answer())
    assert "Allergies are not checked." in text
    assert "A person decides." in text


def test_what_was_typed_cannot_change_how_it_is_printed() -> None:
    text = _printed(_answer(medicines=[_medicine(0, text="[bold red]x[/] [link=http://a.b]y")]))
    assert "[bold red]x[/] [link=http://a.b]y" in text


def test_what_was_typed_cannot_move_the_cursor_or_turn_the_text() -> None:
    typed = "a\x1b[2J\x9b1m\rb\u202ec\n"
    gap = {"input": 0, "text": typed, "substance": None, "reason": "unknown", "message": f"Not recognised: {typed}."}
    text = _printed(_answer(medicines=[_medicine(0, text=typed)], not_covered=[gap]))
    assert not {"\x1b", "\x9b", "\r", "\u202e"} & set(text)
    assert "a\ufffd[2J\ufffd1m\ufffdb\ufffdc\ufffd → Warfarin" in text


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_language_has_the_words_around_an_answer(language: str) -> None:
    phrases = Phrases.load("api")
    assert phrases.names(language) == phrases.names("en")
    assert _printed(_answer(language=language, interactions=[_finding()]))
    for name in phrases.names("en"):
        assert not [field for _, field, _, _ in string.Formatter().parse(phrases.text(language, name)) if field]
