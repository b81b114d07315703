from __future__ import annotations

from copy import deepcopy

import pytest

from ui.session import MAX_LINES, MAX_TEXT, Session, split_list


def begun(*names: str) -> Session:
    session = Session()
    session.start("fr")
    for name in names:
        session.apply({"act": "add", "value": name})
    return session


def names(session: Session) -> list[str]:
    return [line.name for line in session.lines]


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("warfarine\nAdvil 400\r\nmillepertuis", ["warfarine", "Advil 400", "millepertuis"]),
        ("warfarine; Advil 400 ;millepertuis;", ["warfarine", "Advil 400", "millepertuis"]),
        ("warfarine, Advil 400,millepertuis", ["warfarine", "Advil 400", "millepertuis"]),
        ("Coumadine 2,5 mg", ["Coumadine 2,5 mg"]),
        ("Coumadine 2,5 mg, Advil", ["Coumadine 2,5 mg", "Advil"]),
        ("Doliprane 1000,Advil 400", ["Doliprane 1000", "Advil 400"]),
        (
            "DOLIPRANE 500 mg, comprimé\nADVIL 400 mg, comprimé",
            ["DOLIPRANE 500 mg, comprimé", "ADVIL 400 mg, comprimé"],
        ),
        ("- warfarine\n• Advil\n* Zocor\n1. Tahor\n2) Kardegic", ["warfarine", "Advil", "Zocor", "Tahor", "Kardegic"]),
        ("5-fluorouracile\n6-mercaptopurine", ["5-fluorouracile", "6-mercaptopurine"]),
        ("3400936404114", ["3400936404114"]),
        ("\n \n", []),
        ("", []),
        (",;,", []),
    ],
)
def test_a_pasted_list_is_split(pasted: str, expected: list[str]) -> None:
    assert split_list(pasted) == expected


def test_a_name_is_added_as_typed() -> None:
    assert names(begun("  Advil   400 ")) == ["Advil 400"]


def test_an_empty_name_adds_nothing() -> None:
    assert begun("   ").lines == ()


def test_the_same_name_twice_stands_twice() -> None:
    assert names(begun("Advil", "Advil")) == ["Advil", "Advil"]


def test_only_the_line_meant_is_removed() -> None:
    session = begun("a1", "b2", "c3")
    session.apply({"act": "remove", "line": session.lines[1].id})
    assert names(session) == ["a1", "c3"]


def test_an_id_is_not_used_again_after_removal() -> None:
    session = begun("a1", "b2")
    gone = session.lines[1].id
    session.apply({"act": "remove", "line": gone})
    session.apply({"act": "add", "value": "c3"})
    assert session.lines[1].id != gone


def test_route_and_dose_go_with_the_line() -> None:
    session = begun("a1", "b2")
    session.apply({"act": "route", "line": session.lines[1].id, "value": "oral"})
    session.apply({"act": "dose", "line": session.lines[1].id, "value": " 75 mg "})
    assert [line.request() for line in session.lines] == [
        {"name": "a1"},
        {"name": "b2", "route": "oral", "dose": "75 mg"},
    ]


def test_a_chosen_candidate_replaces_the_name_and_keeps_what_was_typed() -> None:
    session = begun("Lamiktal")
    session.apply({"act": "choose", "line": session.lines[0].id, "value": "Lamictal"})
    assert (session.lines[0].name, session.lines[0].typed) == ("Lamictal", "Lamiktal")


def test_choosing_nothing_changes_nothing() -> None:
    session = begun("Lamiktal")
    session.apply({"act": "choose", "line": session.lines[0].id, "value": " "})
    assert session.lines[0].name == "Lamiktal"


def test_clear_empties_the_list() -> None:
    session = begun("a1", "b2")
    session.apply({"act": "clear"})
    assert session.lines == ()


def test_what_does_not_fit_is_named_and_never_dropped_silently() -> None:
    session = begun(*(f"name {n}" for n in range(MAX_LINES - 1)))
    session.apply({"act": "paste", "value": "fits\ndoes not\nneither"})
    assert (len(session.lines), session.left_out) == (MAX_LINES, ("does not", "neither"))


def test_a_name_that_is_too_long_is_left_out_and_named() -> None:
    session = begun("x" * (MAX_TEXT + 1))
    assert (session.lines, session.left_out) == ((), ("x" * 80,))


def test_what_was_left_out_is_said_until_the_next_act() -> None:
    session = begun("x" * (MAX_TEXT + 1))
    session.apply({"act": "add", "value": "Advil"})
    assert session.left_out == ()


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"act": None},
        {"act": ["add"], "value": "x"},
        {"act": "add", "value": {"a": 1}},
        {"act": "add"},
        {"act": "remove"},
        {"act": "remove", "line": "1"},
        {"act": "remove", "line": [1]},
        {"act": "route", "line": 99, "value": "oral"},
        {"act": "drop table", "value": "x"},
        {"act": "language", "value": "klingon"},
        {"act": "language", "value": 7},
    ],
)
def test_an_act_that_makes_no_sense_changes_nothing(act: dict[str, object]) -> None:
    session = begun("a1", "b2")
    before = (session.lines, session.language)
    session.apply(act)
    assert (session.lines, session.language) == before


def test_another_language_keeps_the_list() -> None:
    session = begun("a1")
    session.apply({"act": "language", "value": "de"})
    assert (session.language, names(session)) == ("de", ["a1"])


def test_an_act_in_a_session_that_the_server_lost_is_told_in_the_language_of_the_page() -> None:
    session = Session()
    session.apply({"act": "add", "value": "Advil", "language": "it"})
    assert (session.lost, session.language, names(session)) == (True, "it", ["Advil"])


def test_a_lost_list_is_told_once() -> None:
    session = Session()
    session.apply({"act": "add", "value": "Advil"})
    session.apply({"act": "add", "value": "Zocor"})
    assert session.lost is False


def test_every_act_has_a_revision_of_its_own() -> None:
    session = begun("a1")
    before = session.revision
    session.apply({"act": "retry"})
    assert session.revision == before + 1


def test_each_visitor_gets_a_session_and_a_lock_of_their_own() -> None:
    first = Session()
    second = deepcopy(first)
    second.start("fr")
    second.apply({"act": "add", "value": "Advil"})
    assert first.lines == ()
    assert first.lock is not second.lock
