"""Masks stand for what must not change, and come back exactly once or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.glossary import Glossary
from translation.ports import Mention
from translation.protect import MAX_MASKS, mask, settle, settle_names, unmask
from translation.results import Span, Term


def said(written: str, substances: tuple[str, ...], language: str) -> str | None:
    return {"paracétamol": "paracetamol"}.get(written)


def test_numbers_are_masked_in_the_target_s_convention() -> None:
    masked = mask("Prendre 2,5 mg puis 1 500 mg.", "fr", "en")
    assert masked is not None
    assert masked.text == "Prendre [1] mg puis [2] mg."
    assert masked.items == ("2.5", "1,500")
    assert unmask("Take [1] mg then [2] mg.", masked) == "Take 2.5 mg then 1,500 mg."
    assert unmask("First [ 2 ] mg, then [1] mg.", masked) == "First 1,500 mg, then 2.5 mg."


@pytest.mark.parametrize("answer", ["Take [1] mg.", "Take [1] [1] [2] mg.", "Take [1] [2] [3].", "Take 2.5 mg."])
def test_an_answer_that_loses_doubles_or_invents_a_mask_is_refused(answer: str) -> None:
    masked = mask("Prendre 2,5 mg puis 1 500 mg.", "fr", "en")
    assert masked is not None
    assert unmask(answer, masked) is None


def test_codes_addresses_and_the_source_s_own_brackets_are_masked_letter_by_letter() -> None:
    masked = mask("Voir [2] et https://example.org/a?b=1,5 pour CYP3A4.", "fr", "en")
    assert masked is not None
    assert masked.items == ("[2]", "https://example.org/a?b=1,5", "CYP3A4")


def test_a_medicine_is_masked_where_its_name_is_known_in_the_target_language() -> None:
    text = "Le paracétamol et le Xyzal."
    mentions: Sequence[Mention] = [Mention(Span(3, 14), ("paracetamol",)), Mention(Span(21, 26), ("levocetirizine",))]
    masked = mask(text, "fr", "en", mentions=mentions, said=said)
    assert masked is not None
    assert (masked.text, masked.items) == ("Le [1] et le Xyzal.", ("paracetamol",))
    assert mask(text, "fr", "en", mentions=mentions) is None


def test_a_glossary_term_stands_before_what_it_overlaps() -> None:
    text = "Vitamine B12 1000"
    masked = mask(text, "fr", "en", found=Glossary([Term("vitamine B12", "cobalamin")], "fr", "en").find(text))
    assert masked is not None
    assert (masked.text, masked.items) == ("[1] [2]", ("cobalamin", "1000"))


def test_a_number_that_can_be_read_in_two_ways_is_not_touched() -> None:
    assert mask("Prendre 1.000 mg", "fr", "en") is None
    assert settle("Prendre 1.000 mg", "Take 1.000 mg", "fr", "en") == "Take 1.000 mg"


def test_a_medicine_that_was_copied_is_said_as_the_target_language_says_it() -> None:
    mentions = [Mention(Span(3, 14), ("paracetamol",)), Mention(Span(21, 26), ("levocetirizine",))]
    text = "Le paracétamol et le Xyzal."
    copied = "The paracétamol (paracétamolum) and Xyzal."
    settled = "The paracetamol (paracétamolum) and Xyzal."
    assert settle_names(copied, text, "en", mentions, said) == settled
    assert settle_names(copied, text, "en", mentions, None) == copied


def test_what_holds_nothing_to_protect_is_not_masked() -> None:
    assert mask("Prendre le soir.", "fr", "en") is None
    assert mask("", "fr", "en") is None


def test_at_most_so_many_masks_are_put() -> None:
    masked = mask(" a ".join(str(number) for number in range(100, 200)), "fr", "en")
    assert masked is not None
    assert len(masked.items) == MAX_MASKS


@pytest.mark.parametrize(
    ("source", "target", "text", "copied", "settled"),
    [
        ("fr", "en", "2,5 mg", "2,5 mg", "2.5 mg"),
        ("en", "fr", "2.5 mg", "2.5 mg", "2,5 mg"),
        ("en", "de", "0.25 mg", "0.25 mg", "0,25 mg"),
        ("es", "pt", "2,5 mg", "2,5 mg", "2,5 mg"),
        ("fr", "en", "2,5 mg", "2.5 mg", "2.5 mg"),
        ("fr", "en", "2,5 mg", "25 mg", "25 mg"),
        ("fr", "en", "2,5 mg", "2,50 mg", "2.50 mg"),
        ("fr", "en", "2,5 mg", "3,5 mg", "3,5 mg"),
        ("en", "fr", "1,500 mg", "1,500 mg", "1\u202f500 mg"),
        ("fr", "en", "le 12/03/2024", "on 12/03/2024", "on 12/03/2024"),
        ("fr", "en", "CYP2,5", "CYP2,5", "CYP2,5"),
        ("fr", "zh", "2,5 mg", "2,5 mg", "2,5 mg"),
    ],
)
def test_a_copied_number_is_written_in_the_target_s_convention_and_no_other(
    source: str, target: str, text: str, copied: str, settled: str
) -> None:
    assert settle(text, copied, source, target) == settled


@given(st.text(alphabet="ab 0123456789,.[]%/mg-é", max_size=80))
def test_masking_and_unmasking_a_copy_gives_the_settled_text(text: str) -> None:
    masked = mask(text, "fr", "en")
    if masked is not None:
        assert unmask(masked.text, masked) is not None
    same = mask(text, "fr", "fr")
    if same is not None and "." not in text:
        assert unmask(same.text, same) == text
