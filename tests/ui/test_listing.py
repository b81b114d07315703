from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ui.answers import Answer
from ui.listing import listing
from ui.phrases import Words
from ui.session import Session

Make = Callable[..., Any]


def listed(*names: str) -> Session:
    session = Session()
    session.start("en")
    for name in names:
        session.apply({"act": "add", "value": name})
    return session


def answered(make: Make, *medicines: dict[str, Any]) -> Answer:
    answer: Answer = make(medicines=list(medicines), interactions=[])
    return answer


def test_a_line_says_what_it_was_read_as(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "Codoliprane", ("paracetamol", "codeine")))
    assert "paracetamol + codeine" in listing(listed("Codoliprane"), answer, words)


def test_a_corrected_spelling_names_both_spellings_and_marks_the_line(
    make: Make, make_medicine: Make, words: Words
) -> None:
    answer = answered(make, make_medicine(0, "amiodaronne", ("amiodarone",), how="fuzzy", matched="amiodarone"))
    shown = listing(listed("amiodaronne"), answer, words)
    assert "line-corrected" in shown
    assert "“amiodaronne” was read as “amiodarone”" in shown


def test_an_exact_name_carries_no_mark(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "amiodarone", ("amiodarone",)))
    assert "mark" not in listing(listed("amiodarone"), answer, words)


def test_an_unknown_name_says_that_it_is_not_checked(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "xqzzy", status="unknown", how="", matched=""))
    shown = listing(listed("xqzzy"), answer, words)
    assert "line-unknown" in shown
    assert "not checked" in shown


def test_an_ambiguous_name_offers_each_candidate_with_its_substances(
    make: Make, make_medicine: Make, words: Words
) -> None:
    candidates = [
        {"name": "Lamictal", "substances": ["lamotrigine"], "score": 91},
        {"name": "Lamisil", "substances": ["terbinafine"], "score": 90},
    ]
    answer = answered(make, make_medicine(0, "Lamiktal", status="ambiguous", how="", candidates=candidates))
    shown = listing(listed("Lamiktal"), answer, words)
    assert 'data-value="Lamictal"' in shown
    assert "Lamisil (terbinafine)" in shown


def test_a_status_of_tomorrow_counts_as_unknown(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "Advil", ("ibuprofen",)))
    odd = answer.model_copy(update={"medicines": [answer.medicines[0].model_copy(update={"status": "partial"})]})
    assert "line-unknown" in listing(listed("Advil"), odd, words)


@pytest.mark.parametrize(("change", "said"), [({"archived": True}, "No longer authorised")])
def test_what_is_particular_of_a_product_is_said(
    change: dict[str, Any], said: str, make: Make, make_medicine: Make, words: Words
) -> None:
    assert said in listing(listed("Old"), answered(make, make_medicine(0, "Old", ("ibuprofen",), **change)), words)


def test_a_homeopathic_product_says_that_nothing_is_checked(make: Make, make_medicine: Make, words: Words) -> None:
    shown = listing(listed("Arnica"), answered(make, make_medicine(0, "Arnica 9CH", homeopathic=True)), words)
    assert "no substance is checked" in shown


def test_a_chosen_candidate_shows_what_was_typed_before(make: Make, make_medicine: Make, words: Words) -> None:
    session = listed("Lamiktal")
    session.apply({"act": "choose", "line": session.lines[0].id, "value": "Lamictal"})
    shown = listing(session, answered(make, make_medicine(0, "Lamictal", ("lamotrigine",))), words)
    assert "you typed “Lamiktal”" in shown


def test_route_and_dose_are_shown_as_entered(make: Make, make_medicine: Make, words: Words) -> None:
    session = listed("Advil")
    session.apply({"act": "route", "line": session.lines[0].id, "value": "cutaneous"})
    session.apply({"act": "dose", "line": session.lines[0].id, "value": "5 %"})
    shown = listing(session, answered(make, make_medicine(0, "Advil", ("ibuprofen",))), words)
    assert f"<b>{words('route.cutaneous')}</b>" in shown
    assert "<b>5 %</b>" in shown
    assert '<option value="cutaneous" selected>' in shown


def test_the_route_of_a_product_is_shown_as_such(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "Advil", ("ibuprofen",), route=["oral"]))
    assert f"{words('route.oral')} (product)" in listing(listed("Advil"), answer, words)


def test_without_an_answer_every_line_says_that_it_is_not_checked(words: Words) -> None:
    assert listing(listed("Advil", "Zocor"), None, words).count("Not checked yet") == 2


def test_names_left_out_are_listed(words: Words) -> None:
    session = listed("x" * 300)
    shown = listing(session, None, words)
    assert "Not added" in shown
    assert "x" * 80 in shown


def test_a_lost_list_is_told(words: Words) -> None:
    session = Session()
    session.apply({"act": "add", "value": "Advil"})
    assert "the list was lost" in listing(session, None, words)


def test_names_are_text_and_never_markup(make: Make, make_medicine: Make, words: Words) -> None:
    nasty = '<script>alert("x")</script>'
    candidates = [{"name": nasty, "substances": [nasty], "score": 1}]
    answer = answered(make, make_medicine(0, nasty, status="ambiguous", matched=nasty, candidates=candidates))
    session = listed(nasty)
    session.apply({"act": "dose", "line": session.lines[0].id, "value": nasty})
    assert "<script" not in listing(session, answer, words)


def test_every_field_and_button_of_a_line_has_a_name_of_its_own(make: Make, make_medicine: Make, words: Words) -> None:
    answer = answered(make, make_medicine(0, "a", ("x",)), make_medicine(1, "b", ("y",)))
    shown = listing(listed("a", "b"), answer, words)
    for label in ("Route, line 1", "Dose, line 2", "Remove a, line 1", "Remove b, line 2"):
        assert f'aria-label="{label}"' in shown
