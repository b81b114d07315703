"""Published look-alike pairs (`look_alikes.md`) are never swapped silently."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from rapidfuzz.distance import OSA, Levenshtein

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.model import Resolution
from medinfo.medicines.normalise import fold, key

SPEC = Path(__file__).with_name("look_alikes.md")
MIN_PAIRS = 60
MIN_KNOWN = 0.9
KEYBOARDS = ("qwertyuiop asdfghjkl zxcvbnm", "azertyuiop qsdfghjklm wxcvbn")


class Pair(NamedTuple):
    """One row of the table."""

    a: str
    a_is: str
    b: str
    b_is: str
    source: str


@cache
def rows(columns: int) -> list[list[str]]:
    cells = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in SPEC.read_text("utf-8").splitlines()]
    return [row for row in cells if len(row) == columns and not row[0].startswith("---")][1:]


def pairs() -> list[Pair]:
    return [Pair(*row) for row in rows(5)]


def sides(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """Each name with what it is and with the other name."""
    yield pair.a, pair.a_is, pair.b
    yield pair.b, pair.b_is, pair.a


@pytest.fixture(scope="module")
def catalogue(data_dir: Path) -> Catalogue:
    return Catalogue.open(data_dir)


def ids(found: Resolution) -> frozenset[str]:
    return frozenset(substance.id for substance in found.substances)


def beside(char: str) -> set[str]:
    """Letters beside a letter on a keyboard."""
    found = {board[max(0, board.find(char) - 1) : board.find(char) + 2] for board in KEYBOARDS if char in board}
    return set("".join(found)) - {char, " "}


def one_error(name: str) -> set[str]:
    """The name with one letter dropped, doubled, swapped with the next, or typed on a neighbouring key."""
    found = set()
    for place, char in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        found |= {before + after, before + char + char + after}
        found |= {before + other + after for other in beside(char)}
        if after:
            found.add(before + after[0] + char + after[1:])
    return found - {name}


def half_way(one: str, other: str) -> set[str]:
    """Texts as far from one name as from the other, on the way between them."""
    steps = Levenshtein.editops(one, other)
    if len(steps) % 2:
        return set()
    half = Levenshtein.editops(one, other)[: len(steps) // 2]
    text = half.apply(one, other)
    return {text} if OSA.distance(text, one) == OSA.distance(text, other) else set()


def test_at_least_sixty_pairs_are_listed_each_with_a_source() -> None:
    sources = {row[0] for row in rows(2)}
    assert len({frozenset((pair.a, pair.b)) for pair in pairs()}) == len(pairs()) >= MIN_PAIRS
    assert {pair.source for pair in pairs()} <= sources


def test_nearly_all_names_are_known(catalogue: Catalogue) -> None:
    names = {name for pair in pairs() for name, _, _ in sides(pair)}
    known = {name for name in names if catalogue.resolve(name).status == "resolved"}
    assert len(known) >= MIN_KNOWN * len(names), sorted(names - known)


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.a}/{pair.b}")
def test_a_name_typed_right_gives_its_own_substance(catalogue: Catalogue, pair: Pair) -> None:
    for name, stands_for, _ in sides(pair):
        found = catalogue.resolve(name)
        if found.status == "resolved":
            assert found.how == "exact", name
            parts = [ids(catalogue.resolve(part)) for part in stands_for.split(" + ")]
            assert ids(found) == frozenset().union(*parts) or not all(parts), name


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.a}/{pair.b}")
def test_a_name_typed_with_one_error_never_gives_the_other_substance(catalogue: Catalogue, pair: Pair) -> None:
    for name, _, other in sides(pair):
        own, wrong = ids(catalogue.resolve(name)), ids(catalogue.resolve(other))
        for typed in one_error(key(fold(name))):
            found = catalogue.resolve(typed)
            if found.status == "resolved" and found.how == "fuzzy":
                assert ids(found) == own or not own, typed
                assert ids(found) != wrong, typed


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.a}/{pair.b}")
def test_a_text_half_way_between_two_names_never_gives_one_of_them(catalogue: Catalogue, pair: Pair) -> None:
    both = {ids(catalogue.resolve(name)) for name, _, _ in sides(pair)}
    if frozenset() in both:
        return  # a name that we do not hold cannot stand in the way of the other
    for typed in half_way(key(fold(pair.a)), key(fold(pair.b))):
        found = catalogue.resolve(typed)
        assert ids(found) not in both or found.how == "exact", typed


def test_some_texts_are_half_way_and_asked_about_with_both(catalogue: Catalogue) -> None:
    asked = 0
    for pair in pairs():
        for typed in half_way(key(fold(pair.a)), key(fold(pair.b))):
            offered = {candidate.substances for candidate in catalogue.resolve(typed).candidates}
            both = {tuple(sorted(ids(catalogue.resolve(name)))) for name in (pair.a, pair.b)} - {()}
            near = OSA.distance(typed, key(fold(pair.a))) == 1
            assert not near or both <= offered, typed
            asked += near
    assert asked
