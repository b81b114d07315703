"""Faults made on purpose in published translations are caught, and the translations themselves pass.

A fixed half of the references; `python -m tests.translation.mutants` runs all of them and prints the figures.
"""

from __future__ import annotations

import pytest

from tests.translation.mutants import FILES, MOST_SHARE, Figures, cases, differing, own_cases, run
from tests.translation.mutations import OPERATORS
from tests.translation.names import SmallNames

CAUGHT = 0.995
FALSE_ALARMS = 0.05
MOST_LISTED = 0.07


@pytest.fixture(scope="module")
def figures(reference_data) -> Figures:
    return run(list(cases(reference_data / "translation" / "dev"))[::2], SmallNames())


def test_there_are_at_least_fifteen_kinds_of_fault():
    assert len(OPERATORS) >= 15


def test_no_kind_of_fault_makes_up_more_than_a_tenth(figures):
    made = sum(figures.made.values())
    assert made > 4000
    for name in OPERATORS:
        assert sum(figures.made[name, language] for language in set(FILES.values())) <= MOST_SHARE * made, name


def test_nearly_every_fault_is_caught(figures):
    caught, made = sum(figures.caught.values()), sum(figures.made.values())
    assert caught >= CAUGHT * made, [(name, case.file, case.line) for name, case, _ in figures.missed]


@pytest.mark.parametrize("language", ["fr", "es", "pt"])
def test_untouched_references_raise_few_false_alarms(figures, language):
    listed = differing()
    false = [case for case in figures.flagged if (case.file, case.line) not in listed and case.language == language]
    assert len(false) < FALSE_ALARMS * figures.references[language], [(case.file, case.line) for case in false]


def test_few_references_are_listed_as_differing(reference_data):
    known = {(case.file, case.line) for case in cases(reference_data / "translation" / "dev")}
    assert differing() <= known
    assert len(differing()) <= MOST_LISTED * len(known)


def test_every_fault_in_our_own_sentences_with_doses_is_caught():
    own = run(list(own_cases()), SmallNames(), balance=False)
    assert own.flagged == []
    assert len({name for name, _ in own.made}) >= 20
    assert own.missed == []
