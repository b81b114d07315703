"""Folding text: what counts as the same spelling, and what does not."""

from __future__ import annotations

import pytest

from medinfo.errors import InvalidInput
from medinfo.medicines.normalise import MAX_LENGTH, checked, fold, key, plain_words, tokens


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Paracétamol", "paracetamol"),
        ("PARACE\u0301TAMOL", "paracetamol"),
        ("Cœur", "coeur"),
        ("præparatum", "praeparatum"),
        ("Weißdorn", "weissdorn"),
        ("ＡＳＰＩＲＩＮＥ", "aspirine"),
        ("para\u200bceta\u00admol", "paracetamol"),
        ("  a \t b\u00a0c\n", "a b c"),
        ("Doliprane®", "doliprane"),
        ("0,5 µg", "0,5 ug"),
        ("0,5 \u03bcg", "0,5 ug"),
        ("interféron-β", "interferon-beta"),
        ("l’eau", "l'eau"),
        ("co‑amoxiclav", "co-amoxiclav"),
        ("ﬁbrate", "fibrate"),
        ("İ", "i"),
        ("\x00a", "a"),
    ],
)
def test_case_accents_ligatures_widths_and_invisible_characters_fold_away(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("co-amoxiclav", "coamoxiclav"), ("vitamin b 12", "vitamin b12"), ("d'amitriptyline", "d amitriptyline")],
)
def test_hyphens_apostrophes_and_spaces_do_not_tell_names_apart(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_space_between_digits_tells_names_apart() -> None:
    assert key("vitamin b1 2") != key("vitamin b12")
    assert key("1:1000") == key("1 1000") != key("11000")


def test_tokens_keep_decimals_marks_and_elided_articles() -> None:
    assert tokens("1,5 g/125 mg d'x + b12 (y) %") == ["1,5", "g", "/", "125", "mg", "d'", "x", "+", "b12", "y", "%"]


def test_plain_words_join_a_number_to_its_word_but_not_to_a_number() -> None:
    assert plain_words(["vitamin", "b", "12"]) == plain_words(["vitamin", "b12"]) == ["vitamin", "b12"]
    assert plain_words(["b1", "2"]) == ["b1", "2"]
    assert plain_words(["5", "+", "d'", "fluorouracil"]) == ["5", "fluorouracil"]


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "-- ,", "x" * (MAX_LENGTH + 1)])
def test_text_that_is_empty_or_too_long_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        checked(typed)


def test_text_of_the_greatest_length_is_taken() -> None:
    assert checked("x" * MAX_LENGTH) == "x" * MAX_LENGTH
