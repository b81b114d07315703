from __future__ import annotations

import pytest

from medinfo import errors
from medinfo.errors import MedinfoError, UserError
from medinfo.phrases import LANGUAGES, Phrases

TREE = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, MedinfoError)]


def test_every_error_stands_in_one_tree_with_a_code_of_its_own() -> None:
    codes = [error.code for error in TREE]
    assert len(TREE) >= 8
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", TREE)
def test_every_error_can_be_told_in_every_language(error: type[MedinfoError]) -> None:
    phrases = Phrases.load("medinfo")
    for language in LANGUAGES:
        assert phrases.text(language, f"error.{error.code}.title")
        assert phrases.text(language, f"error.{error.code}.detail")


@pytest.mark.parametrize("error", [e for e in TREE if issubclass(e, UserError)])
def test_what_a_user_can_cause_is_not_told_as_our_failure(error: type[UserError]) -> None:
    assert 400 <= error.status < 500 or error.status == 503


def test_an_error_keeps_what_to_do_next_and_the_values_of_its_phrase() -> None:
    error = errors.NotFound("No such edition.", hint="See the list.", params={"edition": "2023-09"})
    assert (str(error), error.hint, error.params) == ("No such edition.", "See the list.", {"edition": "2023-09"})
    assert isinstance(error, LookupError)
