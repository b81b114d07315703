"""Glossaries: every change is a version, and every version stays as it was."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medinfo.errors import InvalidInput, NotFound
from medinfo.storage import glossaries as module
from medinfo.storage.database import Database
from medinfo.storage.glossaries import Dictionary, DictionaryInfo, Glossaries

EN_FR = Dictionary("en", "fr", [("drug", "médicament"), ("dose", "dose")])


@pytest.fixture
def store(database: Database, clock: object) -> Glossaries:
    return Glossaries(database, clock=clock)  # type: ignore[arg-type]


def test_a_new_glossary_is_version_one(store: Glossaries) -> None:
    made = store.create(" Ward  7 ", [EN_FR, Dictionary("en", "de", [("drug", "Arzneimittel")])])
    assert (made.name, made.version, made.latest) == ("Ward 7", 1, 1)
    assert made.created_at == made.changed_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert made.dictionaries == (DictionaryInfo("en", "de", 1), DictionaryInfo("en", "fr", 2))
    assert store.get(made.id) == made
    assert store.list() == (made,)
    assert store.entries(made.id, "en", "fr") == (("dose", "dose"), ("drug", "médicament"))
    assert store.entries(made.id, "fr", "en") == ()


def test_entries_are_merged_and_the_version_before_stays(store: Glossaries, clock: object) -> None:
    made = store.create("A", [EN_FR])
    clock.now += 60  # type: ignore[attr-defined]
    changed = store.put_entries(made.id, "en", "fr", [("drug", "substance"), ("day", "jour")])
    assert (changed.version, changed.latest) == (2, 2)
    assert (changed.changed_at - changed.created_at).total_seconds() == 60
    assert store.entries(made.id, "en", "fr") == (("day", "jour"), ("dose", "dose"), ("drug", "substance"))
    assert store.entries(made.id, "en", "fr", 1) == (("dose", "dose"), ("drug", "médicament"))
    assert store.get(made.id, 1).latest == 2
    assert store.get(made.id, 1).dictionaries == made.dictionaries


def test_a_dictionary_is_replaced_as_a_whole(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    store.replace_dictionary(made.id, "en", "fr", [("dose", "dose"), ("day", "jour")])
    assert store.entries(made.id, "en", "fr") == (("day", "jour"), ("dose", "dose"))
    added = store.replace_dictionary(made.id, "fr", "en", [("jour", "day")])
    assert added.dictionaries == (DictionaryInfo("en", "fr", 2), DictionaryInfo("fr", "en", 1))


def test_a_dictionary_is_taken_out_and_its_past_stays(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    assert store.delete_dictionary(made.id, "en", "fr").dictionaries == ()
    assert store.entries(made.id, "en", "fr") == ()
    assert len(store.entries(made.id, "en", "fr", 1)) == 2
    with pytest.raises(NotFound):
        store.delete_dictionary(made.id, "en", "fr")


def test_a_name_and_entries_change_in_one_version(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    both = [Dictionary("en", "fr", [("day", "jour")]), Dictionary("en", "es", [("day", "día")])]
    changed = store.update(made.id, name="B", dictionaries=both)
    assert (changed.name, changed.version, len(changed.dictionaries)) == ("B", 2, 2)
    assert store.get(made.id, 1).name == "A"


def test_what_changes_nothing_makes_no_version(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    assert store.rename(made.id, "A") == made
    assert store.put_entries(made.id, "en", "fr", [("dose", " dose ")]) == made
    assert store.replace_dictionary(made.id, "en", "fr", list(EN_FR.entries)) == made


def test_an_entry_that_comes_back_is_there_once(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    for target in ("x", "médicament", "x"):
        store.put_entries(made.id, "en", "fr", [("drug", target)])
    seen = [dict(store.entries(made.id, "en", "fr", version))["drug"] for version in (1, 2, 3, 4)]
    assert seen == ["médicament", "x", "médicament", "x"]


def test_a_deleted_glossary_is_gone_with_its_versions(store: Glossaries) -> None:
    made, other = store.create("A", [EN_FR]), store.create("A", [EN_FR])
    store.delete(made.id)
    assert [each.id for each in store.list()] == [other.id]
    for call in (
        lambda: store.get(made.id),
        lambda: store.get(made.id, 1),
        lambda: store.entries(made.id, "en", "fr"),
        lambda: store.delete(made.id),
        lambda: store.rename(made.id, "B"),
        lambda: store.get(other.id, 2),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_refused_change_changes_nothing(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])
    wrong = [Dictionary("en", "fr", [("day", "jour")]), Dictionary("en", "es", [("day", "día"), ("day", "jornada")])]
    with pytest.raises(InvalidInput, match="Line 2"):
        store.update(made.id, name="B", dictionaries=wrong)
    assert store.get(made.id) == made
    assert len(store.entries(made.id, "en", "fr")) == 2


@pytest.mark.parametrize(
    ("name", "dictionaries", "words"),
    [
        ("", [EN_FR], "name is empty"),
        ("x" * 201, [EN_FR], "200"),
        ("two\nlines", [EN_FR], "control"),
        ("A", [], "at least one"),
        ("A", [EN_FR, EN_FR], "Two dictionaries"),
        ("A", [Dictionary("en", "en", [("a", "b")])], "the same"),
        ("A", [Dictionary("EN", "fr", [("a", "b")])], "language code"),
        ("A", [Dictionary("en", "fr-FR", [("a", "b")])], "language code"),
        ("A", [Dictionary("en", "fr", [])], "at least one entry"),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    store: Glossaries, name: str, dictionaries: list[Dictionary], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        store.create(name, dictionaries)
    assert store.list() == ()


def test_there_are_bounds_to_glossaries_dictionaries_entries_and_history(
    store: Glossaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_GLOSSARIES", 1)
    monkeypatch.setattr(module, "MAX_DICTIONARIES", 2)
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    made = store.create("A", [EN_FR])
    with pytest.raises(InvalidInput, match="1 glossaries"):
        store.create("B", [EN_FR])
    with pytest.raises(InvalidInput, match="at most 3 entries"):
        store.put_entries(made.id, "en", "fr", [("one", "un"), ("two", "deux")])
    store.put_entries(made.id, "en", "fr", [("one", "un"), ("dose", "doses")])
    store.put_entries(made.id, "en", "es", [("one", "uno")])
    with pytest.raises(InvalidInput, match="at most 2 dictionaries"):
        store.put_entries(made.id, "en", "de", [("one", "eins")])
    with pytest.raises(InvalidInput, match="at most 2 dictionaries"):
        store.create("B", [EN_FR, Dictionary("en", "de", [("a", "b")]), Dictionary("en", "it", [("a", "b")])])
    monkeypatch.setattr(module, "MAX_VERSIONS", 3)
    with pytest.raises(InvalidInput, match="history"):
        store.rename(made.id, "B")
    monkeypatch.setattr(module, "MAX_VERSIONS", 100)
    monkeypatch.setattr(module, "MAX_STORED", 5)
    with pytest.raises(InvalidInput, match="history"):
        store.put_entries(made.id, "en", "es", [("one", "una")])
    assert store.get(made.id).version == 3


def test_changes_at_the_same_time_each_make_a_version(store: Glossaries) -> None:
    made = store.create("A", [EN_FR])

    def work(number: int) -> None:
        store.put_entries(made.id, "en", "fr", [(f"term {number}", "x"), ("dose", f"{number}")])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get(made.id).version == 9
    assert [len(store.entries(made.id, "en", "fr", version)) for version in range(1, 10)] == list(range(2, 11))


word = st.sampled_from(["a", "b", "c", "d"])
entries = st.dictionaries(word, word, min_size=1).map(lambda found: tuple(found.items()))
changes = st.lists(st.tuples(st.sampled_from(["put", "replace", "delete"]), st.sampled_from(["fr", "de"]), entries))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries, changes)
def test_any_history_reads_as_a_plain_dictionary_would(
    store: Glossaries, first: tuple[tuple[str, str], ...], steps: list[tuple[str, str, tuple[tuple[str, str], ...]]]
) -> None:
    made = store.create("A", [Dictionary("en", "fr", first)])
    model: list[dict[str, dict[str, str]]] = [{"fr": dict(first), "de": {}}]
    for action, target, added in steps:
        now = {language: dict(held) for language, held in model[-1].items()}
        if action == "put":
            now[target] |= dict(added)
            store.put_entries(made.id, "en", target, added)
        elif action == "replace":
            now[target] = dict(added)
            store.replace_dictionary(made.id, "en", target, added)
        elif now[target]:
            now[target] = {}
            store.delete_dictionary(made.id, "en", target)
        if now != model[-1]:
            model.append(now)
    assert store.get(made.id).version == len(model)
    for version, held in enumerate(model, start=1):
        assert {each: dict(store.entries(made.id, "en", each, version)) for each in ("fr", "de")} == held
        counts = {each.target_lang: each.entry_count for each in store.get(made.id, version).dictionaries}
        assert counts == {each: len(found) for each, found in held.items() if found}
    store.delete(made.id)
