"""The phrases of the check: the same keys, placeholders, numbers, negations and directions in all six languages."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path

import pytest

from interactions.importers.ansm_thesaurus.categories import vocabulary
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.knowledge import Level
from medinfo.phrases import LANGUAGES, Phrases

PHRASES = Phrases.load("interactions")
NAMES = sorted(PHRASES.names("en"))
OTHERS = [language for language in LANGUAGES if language != "en"]


def texts(section: str, language: str) -> dict[str, str]:
    start = f"{section}."
    return {name: PHRASES.text(language, name) for name in NAMES if name.startswith(start)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_hold_the_same_keys(language: str) -> None:
    assert PHRASES.names(language) == PHRASES.names("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_padded(language: str) -> None:
    wrong = [name for name in NAMES if not (text := PHRASES.text(language, name)).strip() or text != text.strip()]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_agree(language: str) -> None:
    wrong = [
        name for name in NAMES if placeholders(PHRASES.text(language, name)) != placeholders(PHRASES.text("en", name))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_agree(language: str) -> None:
    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d+", text))

    wrong = [name for name in NAMES if numbers(PHRASES.text(language, name)) != numbers(PHRASES.text("en", name))]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["effect", "mechanism", "advice"])
def test_every_category_has_a_phrase_and_no_phrase_is_left_over(kind: str, language: str) -> None:
    assert {name.removeprefix(f"{kind}.") for name in texts(kind, language)} == vocabulary()[kind]


@pytest.mark.parametrize("section", ["level", "level_help"])
def test_every_level_has_a_name_and_a_meaning(section: str) -> None:
    assert {name.split(".")[1] for name in texts(section, "en")} == set(Level)


NOT_THE_SEVERITY = {
    "en": "not the severity",
    "fr": "pas la gravite",
    "es": "no la gravedad",
    "de": "nicht die schwere",
    "it": "non la gravita",
    "pt": "nao a gravidade",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_level_and_the_notice_say_that_the_level_is_not_the_severity(language: str) -> None:
    for text in [*texts("level_help", language).values(), PHRASES.text(language, "check.notice")]:
        assert NOT_THE_SEVERITY[language] in plain(text)


BELITTLING = {
    "en": r"\b(minor|mild|slight|low risk|green|safe|harmless|negligible|unimportant)\b",
    "fr": r"\b(mineure?|leger|legere|benin|benigne|faible|vert|verte|sans danger|sans risque|negligeable)\b",
    "es": r"\b(menor|leve|ligera?|verde|seguro|segura|inofensiv[oa]|insignificante)\b",
    "de": r"\b(gering\w*|leicht\w*|grun\w*|sicher\w*|harmlos\w*|unbedeutend\w*|unbedenklich\w*)\b",
    "it": r"\b(minore|lieve|leggero|leggera|verde|sicuro|sicura|innocuo|trascurabile)\b",
    "pt": r"\b(menor|leve|ligeir[oa]|verde|seguro|segura|inofensiv[oa]|insignificante)\b",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["level.consider", "level_help.consider", "check.no_advice"])
def test_the_mildest_recommendation_is_never_belittled(name: str, language: str) -> None:
    assert re.search(BELITTLING[language], plain(PHRASES.text(language, name))) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_denial_speaks_of_safety(language: str) -> None:
    safety = {
        "en": "safe",
        "fr": "sans risque",
        "es": "seguro",
        "de": "sicher ist",
        "it": "sicuro",
        "pt": "seguro",
    }[language]
    holders = {name for name in NAMES if re.search(rf"\b{safety}\b", plain(PHRASES.text(language, name)))}
    assert holders == {"check.not_listed"}


# Words that deny, and words that tell a rise from a fall. Written without accents.
DENIAL = {
    "en": r"\b(not|no|non|none|never|nor|without|cannot|lacking|lack)\b",
    "fr": r"\b(ne|n|non|pas|sans|aucune?|ni|manquent)\b",
    "es": r"\b(no|sin|ning\w*|ni|faltan)\b",
    "de": r"\b(nicht\w*|kein\w*|ohne|weder|noch|fehlen)\b",
    "it": r"\b(non|senza|alcun\w*|nessun\w*|ne|mancano)\b",
    "pt": r"\b(nao|sem|nenhum\w*|nem|faltam)\b",
}
RISE = {
    "en": r"\b(increas\w*|raised?|rise|high\w*|stronger|enhanced|doubl\w*)\b",
    "fr": r"\b(augment\w*|eleve\w*|elevation|renforce\w*|doubl\w*|hausse)\b",
    "es": r"\b(aument\w*|eleva\w*|mas intens\w*|alt[oa]s?|duplica\w*|gran aumento)\b",
    "de": r"\b(erhoh\w*|\w*steig\w*|\w*anstieg|verstarkt\w*|vermehrt\w*|hohe\w*|hoch|starker\w*|verdoppel\w*)\b",
    "it": r"\b(aument\w*|salgono|salire|alt[oaie]|potenziat\w*|rialzo|raddoppi\w*)\b",
    "pt": r"\b(aument\w*|sobem|subir|subida|alt[oa]s?|mais intens\w*|duplica\w*)\b",
}
FALL = {
    "en": r"\b(reduc\w*|decreas\w*|fall|low\w*|weaker|blunted|loss|lost|less)\b",
    "fr": r"\b(diminu\w*|baiss\w*|redui\w*|bas|basses|perte)\b",
    "es": r"\b(disminu\w*|baj\w*|reduc\w*|perdida|menor|menos)\b",
    "de": r"\b(verminder\w*|sink\w*|niedrig\w*|reduzier\w*|abnehmen|schwacher\w*|\w*verlust|abgeschwacht\w*)\b",
    "it": r"\b(ridott\w*|riduzione|diminui\w*|bass[oaie]|perdita|riduce|ridurre|minore|attenuat\w*)\b",
    "pt": r"\b(diminu\w*|descem|descer|baix[oa]s?|reduz\w*|perda|menor|menos)\b",
}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("section", ["effect", "mechanism", "advice", "check", "level_help"])
def test_a_denial_stays_a_denial(section: str, language: str) -> None:
    wrong = [
        (name, text)
        for name, text in texts(section, language).items()
        if bool(re.search(DENIAL[language], plain(text)))
        != bool(re.search(DENIAL["en"], plain(PHRASES.text("en", name))))
    ]
    assert wrong == []


DIRECTIONS = "increased|raised|greatly|possible-in|possible-re|reduced|lowered|doubled|stronger|weaker"
DIRECTED = re.compile(rf"\.({DIRECTIONS}|hyper[knc]|hypo[knc])")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if DIRECTED.search(name) and not name.startswith("class.")])
def test_a_rise_stays_a_rise_and_a_fall_a_fall(name: str, language: str) -> None:
    text = plain(PHRASES.text(language, name))
    english = plain(PHRASES.text("en", name))
    for words in (RISE, FALL):
        assert bool(re.search(words[language], text)) == bool(re.search(words["en"], english)), text


def test_every_class_and_every_side_without_a_heading_has_a_name(reference_data: Path) -> None:
    thesaurus = parse_thesaurus(reference_data / "ansm" / "thesaurus-2023-09.pdf")
    headings = {heading.name for heading in thesaurus.headings}
    sides = {name for pair in thesaurus.pairs for name in (pair.a, pair.b)}
    needed = {heading.name for heading in thesaurus.headings if heading.members} | (sides - headings)
    assert {slug(name) for name in needed} <= {name.removeprefix("class.") for name in texts("class", "en")}
    assert {name.removeprefix("class.") for name in texts("class", "en")} <= {slug(name) for name in headings | sides}


def slug(printed: str) -> str:
    """The key of a side, as the phrase files have it: the printed name, ASCII, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(printed.replace("Œ", "oe").replace("œ", "oe"))).strip("-")


EXCEPTIONS = {
    "en": "except",
    "fr": r"sauf|hors",
    "es": "excepto",
    "de": "außer",
    "it": "esclus",
    "pt": "exceto",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exception_in_a_class_name_is_kept(language: str) -> None:
    named = [name for name in texts("class", "en") if re.search(r"-(sauf|hors)-", name)]
    assert len(named) > 5
    for name in named:
        assert re.search(EXCEPTIONS[language], PHRASES.text(language, name)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_plain_sentences_of_moderate_length(language: str) -> None:
    for section in ("effect", "mechanism", "advice"):
        for name, text in texts(section, language).items():
            assert text.endswith("."), name
            assert len(text) <= 200, name
            assert text[0].isupper() or text[0].isdigit(), name
