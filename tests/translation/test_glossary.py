"""Terms of a glossary are found, also inflected, and never on a guess."""

from __future__ import annotations

import pytest

from translation.glossary import Glossary, holds, stem
from translation.results import Span, Term


def glossary(*pairs: tuple[str, str], source: str = "en", target: str = "fr") -> Glossary:
    return Glossary([Term(*pair) for pair in pairs], source, target)


def test_the_longest_term_wins() -> None:
    terms = glossary(("failure", "échec"), ("heart failure", "insuffisance cardiaque"))
    (found,) = terms.find("Severe heart failure.")
    assert found.term.target == "insuffisance cardiaque"
    assert found.span == Span(7, 20)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "tablet", "Tablets"),
        ("fr", "comprimé pelliculé", "comprimés pelliculés"),
        ("fr", "insuffisance rénale", "Insuffisances rénales"),
        ("fr", "effet indésirable", "EFFETS INDÉSIRABLES"),
        ("es", "comprimido", "comprimidos"),
        ("es", "infección", "infecciones"),
        ("de", "Tablette", "Tabletten"),
        ("it", "compressa", "compresse"),
        ("pt", "comprimido", "comprimidos"),
        ("pt", "infecção", "infecções"),
    ],
)
def test_a_regular_inflection_is_the_same_term(language: str, one: str, other: str) -> None:
    assert holds(f"x {other} y", one, language) == Span(2, 2 + len(other))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "vaccine", "vaccination"),
        ("fr", "foie", "foi"),
        ("en", "mg", "m"),
        ("en", "B12", "B1"),
        ("fr", "sel", "selle"),
    ],
)
def test_another_word_is_another_term(language: str, one: str, other: str) -> None:
    assert holds(other, one, language) is None


def test_a_part_of_a_word_is_no_term() -> None:
    assert glossary(("art", "art")).find("The heart of it.") == ()


def test_any_target_of_a_source_term_will_do_and_the_first_is_preferred() -> None:
    terms = glossary(("cold", "rhume"), ("cold", "froid"))
    found = terms.find("a cold")
    assert terms.wanted(found, "il fait froid") == (Term("cold", "froid"),)
    assert terms.wanted(found, "autre") == (Term("cold", "rhume"),)


def test_a_term_without_words_is_looked_up_as_it_stands() -> None:
    assert holds("a → b", "→", "en") == Span(2, 3)
    assert holds("a b", "→", "en") is None
    assert glossary(("→", "vers")).find("a → b") == ()
    assert not glossary()
    assert glossary().find("anything") == ()


def test_a_word_with_digits_keeps_its_ending() -> None:
    assert stem("COVID19s", "en") == "covid19s"
