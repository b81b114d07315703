"""Translation memory: what a person approved is found again, the same text before one like it, and nothing else."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from medinfo.errors import InvalidInput, NotFound
from medinfo.storage import memory as module
from medinfo.storage.database import Database
from medinfo.storage.memory import CUTOFF, MAX_TEXT, TranslationMemory
from medinfo.storage.memory_index import words

SOURCE = "Take one tablet in the morning with a glass of water."
TARGET = "Prenez un comprimé le matin avec un verre d'eau."


@pytest.fixture
def memory(database: Database, clock: Any) -> TranslationMemory:
    return TranslationMemory(database, clock=clock)


def best(memory: TranslationMemory, text: str, source: str = "en", target: str = "fr") -> tuple[str, float] | None:
    (match,) = memory.matches([text], source, target)
    return (match.target, match.score) if match else None


def test_an_approved_translation_is_kept_with_who_and_when(memory: TranslationMemory) -> None:
    failures = [{"check": "number", "reason": "missing", "params": {"number": "5"}}]
    stored = memory.approve(SOURCE, TARGET, "en", "fr", actor="Dr  Nour", failures=failures)
    assert (stored.source, stored.target, stored.source_language, stored.target_language) == (
        SOURCE,
        TARGET,
        "en",
        "fr",
    )
    assert (stored.approved_by, stored.approved_at) == ("Dr Nour", datetime.fromtimestamp(1_700_000_000, UTC))
    assert list(stored.failures) == failures
    assert memory.get(stored.id) == stored
    assert memory.count() == 1


@pytest.mark.parametrize("text", [SOURCE, f"  {SOURCE} ", SOURCE.replace(" ", "\u00a0\n")])
def test_the_same_text_scores_a_hundred_whatever_its_white_space(memory: TranslationMemory, text: str) -> None:
    memory.approve(SOURCE, TARGET, "en", "fr")
    assert best(memory, text) == (TARGET, 100.0)


def test_the_same_text_is_the_same_in_any_form_of_unicode(memory: TranslationMemory) -> None:
    memory.approve("comprime\u0301", "tablet", "fr", "en")
    assert best(memory, "comprimé", "fr", "en") == ("tablet", 100.0)


def test_a_text_like_it_scores_below_a_hundred(memory: TranslationMemory) -> None:
    memory.approve(SOURCE, TARGET, "en", "fr")
    found = best(memory, SOURCE.replace("one tablet", "two tablets"))
    assert found is not None
    assert (found[0], CUTOFF <= found[1] < 100) == (TARGET, True)


def test_one_letter_in_a_long_text_is_not_the_same_text(memory: TranslationMemory) -> None:
    long = "word " * 900
    memory.approve(long, "mot", "en", "fr")
    found = best(memory, long.replace("word", "ward", 1))
    assert found is not None
    assert found[1] == 99.9


def test_the_same_text_goes_before_one_like_it(memory: TranslationMemory) -> None:
    memory.approve(SOURCE + "!", "like it", "en", "fr")
    memory.approve(SOURCE, "the same", "en", "fr")
    assert best(memory, SOURCE) == ("the same", 100.0)


@pytest.mark.parametrize(("source", "target"), [("fr", "en"), ("en", "es"), ("es", "fr")])
def test_other_languages_are_not_looked_at(memory: TranslationMemory, source: str, target: str) -> None:
    memory.approve(SOURCE, TARGET, "en", "fr")
    memory.approve("Autre chose.", "Something else.", source, target)
    assert best(memory, SOURCE, source, target) is None


def test_what_is_not_near_is_not_found(memory: TranslationMemory) -> None:
    memory.approve(SOURCE, TARGET, "en", "fr")
    memory.approve("?", "!", "en", "fr")
    assert memory.matches(["The wound must stay dry.", "", "...", "Take"], "en", "fr") == [None] * 4
    assert memory.matches([], "en", "fr") == []


def test_texts_are_answered_in_their_order(memory: TranslationMemory) -> None:
    memory.approve("one", "un", "en", "fr")
    memory.approve("two", "deux", "en", "fr")
    found = memory.matches(["two", "none of them", "one", "two"], "en", "fr")
    assert [match.target if match else None for match in found] == ["deux", None, "un", "deux"]


def test_many_texts_are_answered_at_once(memory: TranslationMemory) -> None:
    memory.approve("number 700", "numéro 700", "en", "fr")
    found = memory.matches([f"number {number}" for number in range(1200)], "en", "fr")
    exact = [position for position, match in enumerate(found) if match and match.score == 100]
    assert exact == [700]


def test_approving_again_replaces_the_translation_and_keeps_its_id(memory: TranslationMemory, clock: Any) -> None:
    first = memory.approve(SOURCE, "wrong", "en", "fr", actor="A", failures=[{"check": "dose"}])
    clock.now += 5
    again = memory.approve(f" {SOURCE}", TARGET, "en", "fr", actor="B")
    assert (again.id, again.target, again.approved_by, again.failures) == (first.id, TARGET, "B", ())
    assert again.approved_at > first.approved_at
    assert memory.count() == 1
    assert best(memory, SOURCE) == (TARGET, 100.0)


def test_a_deleted_translation_is_not_found_any_more(memory: TranslationMemory) -> None:
    stored = memory.approve(SOURCE, TARGET, "en", "fr")
    memory.delete(stored.id)
    assert memory.matches([SOURCE, SOURCE + "!"], "en", "fr") == [None, None]
    for call in (memory.get, memory.delete):
        with pytest.raises(NotFound):
            call(stored.id)


def test_pages_hold_each_entry_once_the_newest_first(memory: TranslationMemory) -> None:
    for number in range(7):
        memory.approve(f"text {number}", "x", "en", "fr" if number % 2 else "es")
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = memory.page(cursor, 3)
        seen += [entry.source for entry in page.entries]
        cursor, pages = page.next, pages + 1
    assert (pages, seen) == (3, [f"text {number}" for number in reversed(range(7))])
    assert [entry.source for entry in memory.page(target_language="fr").entries] == ["text 5", "text 3", "text 1"]
    assert memory.page(source_language="fr").entries == ()
    assert memory.page(limit=7).next is None


@pytest.mark.parametrize("cursor", ["!", "AAAA", "LTE", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_of_somebody_else_is_refused(memory: TranslationMemory, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        memory.page(cursor)


@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_has_bounds(memory: TranslationMemory, limit: int) -> None:
    with pytest.raises(InvalidInput):
        memory.page(limit=limit)


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": " "},
        {"target": ""},
        {"source": "x" * (MAX_TEXT + 1)},
        {"target": "a\0b"},
        {"target": "\ud800"},
        {"source_language": "english"},
        {"target_language": "en"},
        {"actor": "a\nb"},
        {"actor": "x" * 201},
        {"failures": [{"check": "x" * 100_001}]},
    ],
)
def test_what_is_out_of_bounds_is_refused_and_nothing_is_stored(
    memory: TranslationMemory, wrong: dict[str, Any]
) -> None:
    right = {"source": SOURCE, "target": TARGET, "source_language": "en", "target_language": "fr"}
    with pytest.raises(InvalidInput):
        memory.approve(**{**right, **wrong})
    assert memory.count() == 0


def test_a_full_memory_takes_no_new_text_but_a_new_translation(
    memory: TranslationMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.approve(SOURCE, "wrong", "en", "fr")
    monkeypatch.setattr(module, "MAX_ENTRIES", 1)
    memory.approve(SOURCE, TARGET, "en", "fr")
    with pytest.raises(InvalidInput, match="1 translations"):
        memory.approve("another", "autre", "en", "fr")
    memory.delete(memory.page().entries[0].id)
    assert memory.approve("another", "autre", "en", "fr").source == "another"


def test_the_same_text_approved_at_the_same_time_is_stored_once(memory: TranslationMemory) -> None:
    threads = [threading.Thread(target=memory.approve, args=(SOURCE, f"{number}", "en", "fr")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.count() == 1


def test_common_words_do_not_hide_a_near_text(memory: TranslationMemory) -> None:
    for number in range(500):
        memory.approve(f"Take {number} tablets a day.", f"Prenez {number} comprimés par jour.", "en", "fr")
    found = memory.matches(["Take 1001 tablets a day.", "Take 7 tablets each day."], "en", "fr")
    assert [match is not None for match in found] == [True, True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deux comprimés, DEUX fois !", ("comprimes", "deux", "fois")),
        ("服用两片", ("两片", "服用", "用两")),
        ("COVID服用两", ("covid", "服用", "用两")),
        ("a片b", ("a片b",)),
        ("...", ()),
    ],
)
def test_words_are_folded_and_scripts_without_spaces_are_cut_in_pairs(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


phrases = st.lists(
    st.sampled_from(["take", "one", "two", "tablets", "drops", "daily", "weekly", "morning", "evening"]),
    min_size=1,
    max_size=6,
)
steps = st.lists(st.tuples(st.sampled_from(["approve", "delete"]), phrases.map(" ".join), st.sampled_from("xyz")))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.lists(phrases.map(" ".join), min_size=1, max_size=5))
def test_any_history_answers_as_a_plain_dictionary_would(
    memory: TranslationMemory, steps: list[tuple[str, str, str]], asked: list[str]
) -> None:
    model: dict[str, tuple[str, str]] = {}
    for action, source, target in steps:
        if action == "approve":
            model[source] = memory.approve(source, target, "en", "fr").id, target
        elif source in model:
            memory.delete(model.pop(source)[0])
    for text, match in zip(asked, memory.matches(asked, "en", "fr"), strict=True):
        top = max((fuzz.ratio(text, source) for source in model), default=0.0)
        if text in model:
            assert match is not None
            assert (match.id, match.target, match.score) == (*model[text], 100.0)
        elif top < CUTOFF:
            assert match is None
        else:
            assert match is not None
            assert match.score == pytest.approx(top, abs=0.11)
            assert model[match.source] == (match.id, match.target)
    for identifier, _ in model.values():
        memory.delete(identifier)
