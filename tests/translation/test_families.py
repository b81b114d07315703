from __future__ import annotations

import pytest

from medinfo.errors import InvalidInput
from translation.families import family, load_families


def test_the_five_families_are_described():
    assert list(load_families()) == ["marian", "nllb", "m2m100", "madlad", "medinfo"]


@pytest.mark.parametrize(
    ("name", "language", "token"),
    [
        ("marian", "fr", ">>fra<<"), ("marian", "pt", ">>por<<"), ("marian", "zh", ">>cmn_Hans<<"),
        ("nllb", "fr", "fra_Latn"), ("nllb", "ar", "arb_Arab"), ("nllb", "zh", "zho_Hans"), ("nllb", "no", "nob_Latn"),
        ("m2m100", "fr", "__fr__"), ("m2m100", "nb", "__no__"), ("madlad", "fr", "<2fr>"), ("madlad", "he", "<2iw>"),
        ("medinfo", "en", "<2en>"),
    ],
)  # fmt: skip
def test_a_language_is_named_as_the_family_names_it(name, language, token):
    assert family(name).tag(language, lambda _: True) == token


def test_the_first_token_that_the_vocabulary_has_is_taken():
    assert family("marian").tag("zh", {">>zho<<", ">>zh<<"}.__contains__) == ">>zho<<"


def test_a_language_without_a_token_is_refused():
    with pytest.raises(InvalidInput, match="no token for the language fr"):
        family("nllb").tag("fr", {"deu_Latn"}.__contains__)


def test_an_ordinary_piece_is_never_taken_for_a_language_of_nllb():
    with pytest.raises(InvalidInput):
        family("nllb").tag("la", {"la"}.__contains__)


def test_who_starts_source_and_target():
    named = {name: one.tagged("fr", "en") for name, one in load_families().items()}
    assert named == {
        "marian": ("en", ""), "nllb": ("fr", "en"), "m2m100": ("fr", "en"), "madlad": ("en", ""), "medinfo": ("en", ""),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["nllb", "m2m100", "madlad", "medinfo"])
def test_the_languages_of_our_tables_are_served(name):
    assert {"en", "fr", "es", "de", "it", "pt"} <= set(family(name).languages)


@pytest.mark.parametrize("name", ["nllb", "m2m100", "madlad"])
def test_large_families_serve_arabic_chinese_and_russian_too(name):
    assert {"ar", "zh", "ru"} <= set(family(name).languages)


def test_the_licence_of_nllb_is_told_to_be_non_commercial():
    assert family("nllb").licence == "CC-BY-NC-4.0"


def test_an_unknown_family_is_refused_by_name():
    with pytest.raises(InvalidInput, match="no family of models 'gpt'"):
        family("gpt")
