from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.engine_cut import Piece, cut, join, mean_score
from translation.ports import Hypothesis


def words(text: str) -> int:
    return len(text.split())


def test_a_text_that_fits_stays_whole():
    assert cut("Take 5 mg. Then rest.", 10, words) == [Piece("Take 5 mg. Then rest.")]


def test_it_is_cut_after_a_sentence_first():
    text = "One two three four. Five six, seven eight nine ten."
    assert [piece.text for piece in cut(text, 6, words)] == ["One two three four.", "Five six, seven eight nine ten."]


def test_then_after_a_comma():
    text = "one two three four, five six seven eight nine"
    assert [piece.text for piece in cut(text, 6, words)] == ["one two three four,", "five six seven eight nine"]


def test_then_at_a_space_but_not_beside_a_number():
    text = "one two three four 5 mg seven eight"
    assert [piece.text for piece in cut(text, 5, words)] == ["one two three", "four 5 mg seven eight"]


def test_a_closing_quote_stays_with_its_sentence():
    text = 'He said "stop it now." Then he left the room.'
    assert cut(text, 7, words)[0] == Piece('He said "stop it now."', " ")


def test_without_spaces_it_is_cut_between_letters_never_inside_a_number():
    text = "剂量为12345毫克每日一次" * 20
    pieces = cut(text, 30, len)
    assert "".join(piece.text for piece in pieces) == text
    borders = [one.text[-1] + two.text[0] for one, two in pairwise(pieces)]
    assert borders
    assert not any(border.isdigit() for border in borders)


def test_white_space_between_pieces_is_kept_beside_them():
    text = "one two three.  \n four five six."
    assert cut(text, 3, words) == [Piece("one two three.", "  \n "), Piece("four five six.")]


@given(st.text(alphabet="ab1 .,;\n。、é日\u0301", max_size=400), st.integers(1, 12))
def test_nothing_is_lost_and_every_piece_fits(text, limit):
    pieces = cut(text, limit, len)
    assert "".join(piece.text + piece.gap for piece in pieces) == text
    assert all(len(piece.text) <= limit for piece in pieces)
    assert all(not piece.gap or piece.gap.isspace() for piece in pieces)


def test_a_character_of_more_tokens_than_fit_stands_alone():
    assert [piece.text for piece in cut("abc", 1, lambda text: 3 * len(text))] == ["a", "b", "c"]


def test_the_work_grows_with_the_text_and_not_faster():
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text) // 3

    for size in (20_000, 40_000):
        counted = 0
        cut("x" * size, 100, count)
        assert counted < 100 * size


def test_translations_are_joined_with_what_stood_between():
    pieces = [Piece("a.", " \n"), Piece("b.")]
    found = [[Hypothesis("A.", 0.9, 2), Hypothesis("Aa.", 0.5, 2)], [Hypothesis("B.", 0.4, 2)]]
    joined = join(pieces, found)
    assert [one.text for one in joined] == ["A. \nB.", "Aa. \nB."]
    assert joined[0].score == pytest.approx((0.9 * 0.4) ** 0.5)
    assert joined[0].tokens == 4


def test_a_text_with_a_hole_is_empty():
    pieces = [Piece("a.", " "), Piece("b.")]
    assert join(pieces, [[Hypothesis("A.", 0.9, 2)], [Hypothesis("", 0.0, 50)]]) == [Hypothesis("", 0.0, 52)]


def test_the_score_of_several_weighs_them_by_their_tokens():
    assert mean_score([Hypothesis("a", 0.5, 3), Hypothesis("b", 1.0, 1)]) == pytest.approx(0.5**0.75)
    assert mean_score([Hypothesis("a", 0.5, 3), Hypothesis("", 0.0, 0)]) == 0.0
