from __future__ import annotations

import pytest

from ui.answers import Hit, Substance
from ui.entry import bar, entry, suggestion
from ui.phrases import LANGUAGES, Words, load_words


def hit(name: str, *substances: str, kind: str = "brand", archived: bool = False) -> Hit:
    return Hit(name=name, substances=[Substance(id=s, name=s) for s in substances], kind=kind, archived=archived)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_offers_every_language_by_its_own_name(language: str) -> None:
    shown = bar(load_words()[language])
    assert f'<option value="{language}" lang="{language}" selected>' in shown
    assert all(name in shown for name in LANGUAGES.values())
    assert shown.count(" selected") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_entry_has_a_label(language: str) -> None:
    shown = entry(load_words()[language])
    assert '<label for="medicine"' in shown
    assert '<label for="pasted"' in shown


def test_the_box_is_a_combobox_and_remembers_nothing(words: Words) -> None:
    shown = entry(words)
    assert 'role="combobox"' in shown
    assert 'aria-controls="suggestions"' in shown
    assert shown.count('autocomplete="off"') == 2


@pytest.mark.parametrize(
    ("shown", "detail"),
    [
        (hit("Advil", "ibuprofen"), "ibuprofen · brand"),
        (hit("Codoliprane", "paracetamol", "codeine"), "paracetamol + codeine · brand"),
        (hit("ibuprofen", "Ibuprofen", kind="substance"), "substance"),
        (hit("Old", "x", archived=True), "x · brand · no longer authorised"),
        (hit("New", "x", kind="kind of tomorrow"), "x"),
    ],
)
def test_a_suggestion_says_what_it_stands_for(shown: Hit, detail: str, words: Words) -> None:
    assert suggestion(shown, words) == {"name": shown.name, "detail": detail}
