"""Statements that differ must never be equal, and the same statement in two languages must be."""

from __future__ import annotations

from typing import Any

import pytest

from translation.facts.extract import extract


def stated(text: str, language: str) -> list[tuple[str, Any]]:
    return [(fact.kind, fact.value) for fact in extract(text, language)]


@pytest.mark.parametrize(
    ("one", "one_language", "other", "other_language"),
    [
        ("5 mg", "en", "5 µg", "fr"), ("5 mg", "en", "5 mcg", "en"), ("1 g", "en", "1000 mg", "fr"),
        ("5 mg", "en", "5 g", "fr"),
        ("5 mL", "en", "5 mg", "fr"), ("10 mg", "en", "100 mg", "fr"), ("2.5 mg", "en", "25 mg", "fr"),
        ("0.5 mg", "en", "5 mg", "fr"), ("10 mg/kg", "en", "10 mg", "fr"), ("10 mg/kg", "en", "10 mg/m2", "fr"),
        ("once daily", "en", "une fois par semaine", "fr"), ("daily", "en", "hebdomadaire", "fr"),
        ("weekly", "en", "quotidien", "fr"), ("every 8 hours", "en", "toutes les 6 heures", "fr"),
        ("every 8 hours", "en", "8 fois par jour", "fr"), ("three times a day", "en", "trois fois par semaine", "fr"),
        ("twice daily", "en", "una vez al día", "es"), ("11 tablets", "en", "one tablet", "en"),
        ("once comprimidos", "es", "1 comprimido", "es"), ("every other day", "en", "every day", "en"),
        ("5-10 mg", "en", "5 mg", "fr"), ("5-10 mg", "en", "10-5 mg", "fr"),
        ("at least 5 mg", "en", "au plus 5 mg", "fr"),
        ("more than 5", "en", "moins de 5", "fr"), ("< 5", "en", "≤ 5", "en"), ("-5 °C at", "en", "at -5 °C", "en"),
        ("03/04/2024", "en", "04/03/2024", "fr"), ("12 March 2024", "en", "12 mai 2024", "fr"),
        ("8:30", "en", "20 h 30", "fr"),
        ("in the morning", "en", "le soir", "fr"), ("before meals", "en", "après les repas", "fr"),
        ("400 IU", "en", "400 mg", "fr"), ("5 %", "en", "5", "fr"), ("1:1000", "en", "1:10000", "fr"),
        ("38 °C", "en", "38 °F", "en"),
        ("7 days", "en", "7 semaines", "fr"), ("2 million", "en", "2 milliards", "fr"),
        ("a billion", "en", "un billón", "es"),
        ("1-0-1", "en", "1-1-0", "fr"), ("2 tablets", "en", "2 gélules", "fr"),
        ("half a tablet", "en", "un comprimé", "fr"),
        ("stage II", "en", "stade III", "fr"), ("5 to 10 days", "en", "5 à 10 semaines", "fr"),
    ],
)  # fmt: skip
def test_statements_that_differ_are_never_equal(one, one_language, other, other_language):
    assert stated(one, one_language) != stated(other, other_language)
    assert stated(one, one_language) or stated(other, other_language)


@pytest.mark.parametrize(
    ("english", "language", "other"),
    [
        ("Take 1 to 2 tablets every 4 to 6 hours as needed, not more than 8 tablets in 24 hours.", "fr",
         "Prenez 1 à 2 comprimés toutes les 4 à 6 heures si besoin, pas plus de 8 comprimés en 24 heures."),
        ("Two 500 mg tablets three times a day for 7 days.", "es",
         "Dos comprimidos de 500 mg tres veces al día durante 7 días."),
        ("The dose is 0.5 mg/kg twice daily, at most 40 mg per day.", "de",
         "Die Dosis beträgt 0,5 mg/kg zweimal täglich, höchstens 40 mg pro Tag."),
        ("Store between 2 and 8 °C; use within 30 days.", "it", "Conservare tra 2 e 8 °C; usare entro 30 giorni."),
        ("Children over 12 years: one capsule in the morning with food.", "pt",
         "Crianças com mais de 12 anos: uma cápsula de manhã com alimentos."),
        ("On 3 March 2024 at 8:30 the INR was 2.5.", "fr", "Le 3 mars 2024 à 8 h 30, l'INR était de 2,5."),
        ("One injection every 3 weeks, then weekly.", "de", "Eine Injektion alle 3 Wochen, dann wöchentlich."),
        ("Do not exceed 4 g a day.", "it", "Non superare 4 g al giorno."),
        ("About 1,500 of 10,000 patients (15%) had COVID-19.", "pt",
         "Cerca de 1 500 de 10 000 doentes (15%) tinham COVID-19."),
        ("In 1 in 10 people, blood pressure fell to 90/60 mmHg.", "es",
         "En 1 de cada 10 personas, la presión arterial bajó a 90/60 mmHg."),
        ("A double dose, or 2 tablets instead of 1.", "fr", "Une dose double, soit 2 comprimés au lieu de 1."),
    ],
)  # fmt: skip
def test_the_same_sentence_states_the_same_in_another_language(english, language, other):
    assert stated(english, "en") == stated(other, language) != []


def test_a_fact_inside_a_larger_one_is_not_repeated():
    assert [fact.kind for fact in extract("10 mg/kg every 8 hours on 3 March 2024", "en")] == [
        "quantity",
        "frequency",
        "date",
    ]


def test_a_word_that_is_a_number_in_one_language_only_is_read_in_that_language():
    assert stated("once", "en") == []
    assert stated("once", "es") == [("number", 11)]
    assert stated("sei allergico", "it") == []
    assert [value.low for _, value in stated("sei compresse", "it")] == [6]


def test_over_with_a_time_is_how_long_and_over_with_an_age_compares():
    assert [kind for kind, _ in stated("infused over 2 hours", "en")] == ["quantity"]
    assert [kind for kind, _ in stated("adults over 65 years", "en")] == ["comparison", "quantity"]
    assert [kind for kind, _ in stated("über 2 Stunden infundiert", "de")] == ["quantity"]


def test_a_language_without_a_table_still_has_its_digits_units_signs_and_codes():
    assert [kind for kind, _ in stated("≥ 5 mg/kg, COVID-19, 2024-03-12, 7", "ru")] == [
        "comparison", "quantity", "code", "date", "number",
    ]  # fmt: skip


def test_an_empty_text_states_nothing():
    assert extract("", "en") == extract("  \n", "fr") == ()
