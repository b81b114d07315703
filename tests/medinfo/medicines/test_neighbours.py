"""The index of deletions finds all keys within two errors: compared with looking at every key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from medinfo.medicines.compiled import Strings, pack_index
from medinfo.medicines.neighbours import MAX_ERRORS, Neighbours, pack_neighbours

words = st.text("abcé", min_size=1, max_size=14)


def index(keys: list[str], usable: list[bool] | None = None) -> Neighbours:
    arrays = {**pack_index("keys", keys), **pack_neighbours(keys, usable or [True] * len(keys))}
    return Neighbours(arrays, Strings(arrays, "keys"))


@given(st.sets(words, min_size=1, max_size=40), words)
def test_it_finds_what_a_plain_walk_finds(keys: set[str], typed: str) -> None:
    ordered = sorted(keys)
    walked = {known for known in ordered if OSA.distance(typed, known) <= MAX_ERRORS}
    assert {known for _, known, _ in index(ordered).find(typed)} == walked


def test_it_tells_number_key_and_errors() -> None:
    found = index(["hydralazine", "hydroxyzine", "warfarin"]).find("warfrain")
    assert found == [(2, "warfarin", 1)]


def test_a_key_that_is_not_usable_is_not_found() -> None:
    near = index(["warfarin", "warfarix"], [False, True])
    assert [known for _, known, _ in near.find("warfarin")] == ["warfarix"]
    assert near.alike("warfarin") == []


def test_keys_that_sound_alike_are_found_however_many_letters_differ() -> None:
    near = index(["levothyrox", "warfarin"])
    assert near.alike("levotirocs") == [0]
    assert near.alike("levotiron") == []
