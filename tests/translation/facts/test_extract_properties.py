"""A quantity says the same in every language and notation, another one never does, and no text is too much."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medinfo.phrases import LANGUAGES
from tests.translation.facts.spelling import spell
from translation.facts.extract import extract

PATIENTS = {
    "en": "patients", "fr": "patients", "es": "pacientes", "de": "Patienten", "it": "pazienti", "pt": "pacientes",
}  # fmt: skip
POINTS = {"en": ".", "fr": ",", "es": ",", "de": ",", "it": ",", "pt": ","}
GROUPS = {
    "en": (",", "\u202f"), "fr": (" ", "\u00a0", "\u202f", "\u2009"), "es": (" ", "\u00a0"), "de": ("\u00a0", "'"),
    "it": ("\u00a0", "'", "\u2019"), "pt": (" ", "\u00a0"),
}  # fmt: skip
UNITS = {
    "mg": {"": ["mg"], "en": ["milligrams"], "fr": ["milligrammes"], "es": ["miligramos"], "de": ["Milligramm"],
           "it": ["milligrammi"], "pt": ["miligramas"]},
    "ug": {"": ["µg", "μg", "mcg"], "en": ["micrograms"], "fr": ["microgrammes"], "es": ["microgramos"],
           "de": ["Mikrogramm"], "it": ["microgrammi"], "pt": ["microgramas"]},
    "g": {"": ["g"], "en": ["grams"], "fr": ["grammes"], "es": ["gramos"], "de": ["Gramm"], "it": ["grammi"],
          "pt": ["gramas"]},
    "mL": {"": ["ml", "mL", "cc"], "en": ["millilitres"], "fr": ["millilitres"], "es": ["mililitros"],
           "de": ["Milliliter"], "it": ["millilitri"], "pt": ["mililitros"]},
    "[IU]": {"": [], "en": ["IU", "international units"], "fr": ["UI", "unités internationales"],
             "es": ["UI", "unidades internacionales"], "de": ["IE", "I.E."], "it": ["UI"], "pt": ["UI"]},
    "%": {"": ["%"], "en": ["percent"], "fr": ["pour cent"], "es": ["por ciento"], "de": ["Prozent"],
          "it": ["per cento"], "pt": ["por cento"]},
    "h": {"": ["h"], "en": ["hours"], "fr": ["heures"], "es": ["horas"], "de": ["Stunden"], "it": ["ore"],
          "pt": ["horas"]},
    "wk": {"": [], "en": ["weeks"], "fr": ["semaines"], "es": ["semanas"], "de": ["Wochen"], "it": ["settimane"],
           "pt": ["semanas"]},
    "{tablet}": {"": [], "en": ["tablets"], "fr": ["comprimés"], "es": ["comprimidos"], "de": ["Tabletten"],
                 "it": ["compresse"], "pt": ["comprimidos"]},
}  # fmt: skip
EVERY = {
    "en": "every {n} {u}", "fr": "tou{x} les {n} {u}", "es": "cada {n} {u}", "de": "alle {n} {u}", "it": "ogni {n} {u}",
    "pt": "a cada {n} {u}",
}  # fmt: skip
TIMES = {
    "en": "{n} times a {u}", "fr": "{n} fois par {u}", "es": "{n} veces por {u}", "de": "{n} mal pro {u}",
    "it": "{n} volte per {u}", "pt": "{n} vezes por {u}",
}  # fmt: skip
PERIODS = {
    "d": {"en": "day", "fr": "jour", "es": "día", "de": "Tag", "it": "giorno", "pt": "dia"},
    "wk": {"en": "week", "fr": "semaine", "es": "semana", "de": "Woche", "it": "settimana", "pt": "semana"},
    "mo": {"en": "month", "fr": "mois", "es": "mes", "de": "Monat", "it": "mese", "pt": "mês"},
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
DATES = {
    "en": "{d} {m} {y}", "fr": "{d} {m} {y}", "es": "{d} de {m} de {y}", "de": "{d}. {m} {y}", "it": "{d} {m} {y}",
    "pt": "{d} de {m} de {y}",
}  # fmt: skip

languages = st.sampled_from(LANGUAGES)
decimals = st.builds(
    lambda whole, places, digits: Decimal(whole) + Decimal(digits % 10**places) / 10**places,
    st.integers(0, 999_999), st.sampled_from([0, 0, 1, 2]), st.integers(0, 99),
)  # fmt: skip


def values(text: str, language: str) -> list[Any]:
    return [(fact.kind, fact.value) for fact in extract(text, language)]


def written(draw: st.DrawFn, value: Decimal, language: str) -> str:
    """A number in digits as the language writes it, in a way that can be read in one way only."""
    whole, _, places = f"{value:f}".partition(".")
    if len(whole) > 3 and draw(st.booleans()):
        whole = f"{int(whole):,}".replace(",", draw(st.sampled_from(GROUPS[language])))
    return whole + (POINTS[language] + places if places else "")


@st.composite
def stated(draw: st.DrawFn) -> tuple[Decimal, str, str, str, str, str]:
    """A value and a unit, and two texts that state them, each with its language."""
    value, unit = draw(decimals), draw(st.sampled_from(sorted(UNITS)))
    texts = []
    for _ in range(2):
        language = draw(languages)
        spelling = draw(st.sampled_from(UNITS[unit][""] + UNITS[unit][language]))
        number = written(draw, value, language)
        if value == value.to_integral_value() and value >= 2 and len(spelling) > 1 and draw(st.booleans()):
            number = spell(int(value), language)
        texts += [f"{number}{draw(st.sampled_from([' ', chr(0xA0), chr(0x202F)]))}{spelling}", language]
    return value, unit, texts[0], texts[1], texts[2], texts[3]


@given(stated())
@settings(max_examples=400, deadline=None)
def test_a_quantity_is_the_same_in_any_language_and_notation(drawn):
    value, unit, first, first_language, second, second_language = drawn
    [(kind, said)] = values(first, first_language)
    assert (kind, said.low, said.high, said.unit, said.per) == ("quantity", value, None, unit, ())
    assert values(second, second_language) == [(kind, said)]


@given(stated(), stated())
@settings(max_examples=300, deadline=None)
def test_two_different_quantities_are_never_equal(one, other):
    same = one[:2] == other[:2]
    assert (values(one[2], one[3]) == values(other[2], other[3])) == same


@given(st.integers(2, 999_999), languages)
@settings(max_examples=400, deadline=None)
def test_a_number_in_words_is_its_value_in_digits(number, language):
    words = spell(number, language)
    text = f"{words} {PATIENTS[language]}"
    [fact] = extract(text, language)
    assert (fact.kind, fact.value, fact.span.of(text)) == ("number", number, words)


units = st.sampled_from(["d", "wk", "mo"])


@given(st.integers(2, 99), st.integers(2, 99), units, units, languages, languages)
@settings(max_examples=300, deadline=None)
def test_so_many_times_a_period_is_the_same_in_any_language_and_differs_from_any_other(n, m, unit, other, one, two):
    first = values(TIMES[one].format(n=n, u=PERIODS[unit][one]), one)
    second = values(TIMES[two].format(n=m, u=PERIODS[other][two]), two)
    assert [kind for kind, _ in first + second] == ["frequency", "frequency"]
    assert (first == second) == (n == m and unit == other)


@given(st.integers(2, 72), st.integers(2, 72), languages, languages)
@settings(max_examples=200, deadline=None)
def test_every_so_many_hours_is_the_same_in_any_language_and_never_so_many_times_a_day(n, m, one, two):
    first = values(EVERY[one].format(n=n, u=UNITS["h"][one][0], x="tes"), one)
    second = values(EVERY[two].format(n=m, u=UNITS["h"][two][0], x="tes"), two)
    daily = values(TIMES[two].format(n=n, u=PERIODS["d"][two]), two)
    assert [kind for kind, _ in first + second] == ["frequency", "frequency"]
    assert (first == second) == (n == m)
    assert first != daily


@given(st.dates(), st.dates(), languages, languages)
@settings(max_examples=300, deadline=None)
def test_a_date_is_the_same_in_any_language_and_differs_from_any_other(day, other, one, two):
    if min(day.year, other.year) < 1000 or max(day.year, other.year) > 2999:
        day, other = day.replace(year=2000 + day.year % 100), other.replace(year=1900 + other.year % 100)
    said = []
    for date, language in ((day, one), (other, two)):
        month = MONTHS[language].split()[date.month - 1]
        text = DATES[language].format(d=date.day, m=month, y=date.year)
        assert values(text, language) == [("date", date.isoformat())]
        said.append(values(text, language))
    assert (said[0] == said[1]) == (day == other)


@given(st.dates(), languages, st.sampled_from("/.-"))
@settings(max_examples=200, deadline=None)
def test_a_numeric_date_keeps_every_reading_that_it_has(day, language, separator):
    day = day.replace(year=2000 + day.year % 100)
    text = f"{day.day:02}{separator}{day.month:02}{separator}{day.year}"
    [fact] = extract(text, language)
    assert fact.kind == "date"
    assert day.isoformat() in str(fact.value).split("|")
    assert fact.ambiguous == (separator != "." and day.day <= 12 and day.day != day.month)


PIECES = (
    "1 2 10 100 1.000 1,5 0,125 3/4 120/80 1-0-1 mg mg/kg /j /day % ½ ³ 10⁹ ×10 ^ - – − ± ~ < > = ( ) [[ {{ "
    "{a} $ &  http:// www. a@b a@b.c cent mil mille million und et and y e de du la le tous les toutes chaque "
    "every each per  twice einmal täglich matin soir mars 03/04/2024 8 h 30 : am pm . , ; ' ’ CYP3A4 COVID- 19 "
    "SARS-CoV-2 zweiundzwanzig  einundeinund vingt quatre siebenhundert ninety half demi third au moins or "
    "more à a ٣ ٤ ３ 一 ไ \u200b \u202f "
)


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=60),
    st.sampled_from(["", " "]),
    st.sampled_from([*LANGUAGES, "ar", "zh", "ru", "xx"]),
)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_facts_that_stand_in_it_one_after_the_other(pieces, between, language):
    text = between.join(pieces)
    end = 0
    for fact in extract(text, language):
        assert end <= fact.span.start < fact.span.end <= len(text)
        end = fact.span.end
        hash(fact.value)


@given(st.text(max_size=300), st.sampled_from([*LANGUAGES, "ar"]))
@settings(max_examples=300, deadline=None)
def test_no_text_at_all_is_an_error(text, language):
    assert all(fact.span.of(text) for fact in extract(text, language))


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1,", "1.", "1 ", "1-", "1/", "1:", "1 000 ", "12/03/", "a-", "A-", "A1-", "a.", "a.b.", "@", "a@",
        "a@b.", "<a", "{", "{{", "[[", "$", "%(", "http://", "http://.", "www.", "-", "- ", "--", "one hundred ",
        "vingt et ", "einund", "hundert", "mil ", "2 or ", "2, ", "5 mg to ", "5 mg/", "tous les ", "matin-",
        "at least ", "1-1-", "half a ", "½", "٣", "&a", "10.1234/", "1.1.", "×10^", "e", "é", "\u0301", "8:",
        "8 h ", "à 8 ", "J", "I ", "phase I ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_long_run_of_anything_is_read_to_its_end(piece, language):
    text = (piece * (10_000 // len(piece)))[:10_000]
    facts = extract(f"{text} 7 mg", language)
    assert all(fact.span.end <= len(text) + 5 for fact in facts)
