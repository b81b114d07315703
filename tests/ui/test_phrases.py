from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import ui
from medinfo.medicines.routes import Routes
from medinfo.phrases import LANGUAGES as EVERY_LANGUAGE
from medinfo.phrases import Phrases
from ui.phrases import LANGUAGES, choose_language, load_words

OTHERS = [language for language in LANGUAGES if language != "en"]
BUILT = re.compile(
    r"(kind|route|level|fact|error|check_name|language_name)\.|lines\.(unknown|ambiguous)(_text)?$"
    r"|translate\.(status|quality|file)_"
)
"""Names that the code puts together from a value."""
ALIKE = {
    "Suggestions",
    "substance",
    "dose",
    "Dose",
    "Source",
    "Condition",
    "page {pages}",
    "pages {pages}",
    "indication",
}


def test_the_screen_speaks_the_languages_of_the_house() -> None:
    assert tuple(LANGUAGES) == EVERY_LANGUAGE


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_phrases(language: str) -> None:
    assert load_words()[language].names() == load_words()["en"].names()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_empty(language: str) -> None:
    words = load_words()[language]
    assert [name for name in words.names() if not words(name).strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    english, other = load_words()["en"], load_words()[language]
    assert {n: _fields(other(n)) for n in other.names()} == {n: _fields(english(n)) for n in english.names()}


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    english, other = load_words()["en"], load_words()[language]
    same = {name for name in english.names() if other(name) == english(name) and " " in english(name)}
    assert {name for name in same if english(name) not in ALIKE} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_used_by_the_screen(language: str) -> None:
    code = "".join(file.read_text("utf-8") for file in Path(ui.__path__[0]).rglob("*.py"))
    names = load_words()[language].names()
    unused = {name for name in names if not re.search(rf"""["']{re.escape(name)}["']""", code)}
    assert {name for name in unused if not BUILT.match(name) and f'"{name.partition(".")[2]}"' not in code} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_are_called_as_the_check_calls_them(language: str) -> None:
    levels = Phrases.load("interactions")
    words = load_words()[language]
    assert words.table("level") == {level: levels.text(language, f"level.{level}") for level in words.table("level")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_routes_are_those_of_the_check_and_called_alike(language: str) -> None:
    routes = Routes.load()
    assert load_words()[language].table("route") == {slug: routes.text(slug, language) for slug in routes.slugs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_calls_a_pair_safe_or_free_of_interaction(language: str) -> None:
    """`safe` may stand only where it is denied."""
    claims = {
        "en": r"no interaction\b|no finding|(?<!that they are )\bsafe\b",
        "fr": r"pas d.interaction|aucune interaction|sans danger|sans risque",
        "es": r"ninguna interacci|sin interacci|sin riesgo",
        "de": r"ungefährlich|unbedenklich|keine (wechselwirkung|interaktion)",
        "it": r"nessuna interazion|senza interazion|senza rischi",
        "pt": r"nenhuma intera|sem intera|sem risco",
    }[language]
    words = load_words()[language]
    assert [name for name in sorted(words.names()) if re.search(claims, words(name), re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("asked", "header", "expected"),
    [
        (None, None, "en"),
        ("fr", "de", "fr"),
        ("xx", "de-CH,de;q=0.9,en;q=0.8", "de"),
        (None, "pt-BR", "pt"),
        (None, "nl,es;q=0.3,it;q=0.7", "it"),
        (None, "nl-NL,ru", "en"),
        (None, "fr;q=0,es;q=0.1", "es"),
        (None, "fr;q=bad,es;q=0.1", "es"),
        ("FR_fr", None, "fr"),
        ("<script>", ";;;,,q=", "en"),
    ],
)
def test_the_first_language(asked: str | None, header: str | None, expected: str) -> None:
    assert choose_language(asked, header) == expected


def test_a_phrase_with_values() -> None:
    assert load_words()["en"]("lines.line", n=3) == "Line 3"


def test_a_missing_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        load_words()["en"]("no.such.phrase")


def _fields(phrase: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(phrase) if field}
