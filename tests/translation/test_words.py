"""What holds nothing to translate."""

from __future__ import annotations

import pytest

from translation.words import nothing_to_translate, unreadable


@pytest.mark.parametrize("text", ["2,5 mg/ml", "10 %", "https://example.org/a", "B12", "120/80 mmHg", "—", "1."])
def test_numbers_symbols_and_codes_are_nothing_to_translate(text: str) -> None:
    assert nothing_to_translate(text, "fr")


@pytest.mark.parametrize("text", ["2 comprimés", "5 UI", "mg de fer", "3 mg/kg/j", "toux"])
def test_a_word_is_something_to_translate(text: str) -> None:
    assert not nothing_to_translate(text, "fr")


def test_a_character_that_nobody_can_read_is_seen_unless_the_source_has_it() -> None:
    assert unreadable("genou \ufffd", "left knee")
    assert unreadable("genou\x00gauche", "left knee")
    assert not unreadable("genou\n\tgauche \ufffd", "left knee \ufffd")
