"""Medicines in running text: the same in every language, and no ordinary word for one."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.mentions import Mentions
from medinfo.medicines.mentions_table import MentionRow, MentionsTable
from medinfo.medicines.tables import data_folder, read_table
from medinfo.phrases import LANGUAGES


@pytest.fixture(scope="module")
def mentions(data_dir: Path) -> Mentions:
    return Mentions(Catalogue.open(data_dir))


def found(mentions: Mentions, text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(each.span.of(text), "|".join(each.substances)) for each in mentions.mentions(text, language)]


def substances(mentions: Mentions, text: str, language: str) -> set[str]:
    return {one for each in mentions.mentions(text, language) for one in each.substances}


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Take ibuprofen, then Advil 200 mg.", "en", [("ibuprofen", "ibuprofen"), ("Advil", "ibuprofen")]),
        ("On co-amoxiclav for a week", "en", [("co-amoxiclav", "amoxicillin|clavulanic-acid")]),
        ("Aspirin/warfarin", "en", [("Aspirin", "acetylsalicylic-acid"), ("warfarin", "warfarin")]),
        ("(Norvir®)", "en", [("Norvir", "ritonavir")]),
        ("low-dose heparins", "en", [("heparins", "heparin")]),
        ("insulin glargine", "en", [("insulin glargine", "insulin-glargine")]),
        ("vitamin B12 or vitamin D3", "en", [("vitamin B12", "cyanocobalamin"), ("vitamin D3", "colecalciferol")]),
        ("de l'adrénaline", "fr", [("adrénaline", "epinephrine")]),
        ("l’insuline", "fr", [("insuline", "insulin")]),
        ("du chlorure de sodium", "fr", [("chlorure de sodium", "sodium-chloride")]),
        ("la vitamine E et une vitamine", "fr", [("vitamine E", "alpha-tocopherol")]),
        ("nell'eparina", "it", [("eparina", "heparin")]),
        ("chloro\nquine, para\u00adcetamol", "en", [("para\u00adcetamol", "paracetamol")]),
        ("paracetamol\n\nibuprofen", "en", [("paracetamol", "paracetamol"), ("ibuprofen", "ibuprofen")]),
    ],
)
def test_names_are_found_where_they_stand(
    mentions: Mentions, text: str, language: str, wanted: list[tuple[str, str]]
) -> None:
    assert found(mentions, text, language) == wanted


SAID = {
    "epinephrine": "adrenaline adrénaline adrenalina Adrenalin adrenalina adrenalina",
    "paracetamol": "acetaminophen paracétamol paracetamol Paracetamol paracetamolo acetaminofeno",
    "acetylsalicylic-acid": "aspirin aspirine aspirina Aspirin aspirina aspirina",
    "morphine": "morphine morphine morfina Morphin morfina morfina",
    "iron": "iron fer hierro Eisen ferro ferro",
    "potassium": "potassium potassium potasio Kalium potassio potássio",
    "calcium": "calcium calcium calcio Calcium calcio cálcio",
    "iodine": "iodine iode yodo Jod iodio iodo",
    "oxygen": "oxygen oxygène oxígeno Sauerstoff ossigeno oxigênio",
    "glucose": "glucose glucose glucosa Glukose glucosio glicose",
    "chloroquine": "chloroquine chloroquine cloroquina Chloroquin clorochina cloroquina",
    "hydrochlorothiazide": "hydrochlorothiazide hydrochlorothiazide hidroclorotiazida Hydrochlorothiazid "
    "idroclorotiazide hidroclorotiazida",
    "amoxicillin": "amoxicillin amoxicilline amoxicilina Amoxicillin amoxicillina amoxicilina",
    "dexamethasone": "dexamethasone dexaméthasone dexametasona Dexamethason desametasone dexametasona",
    "streptomycin": "streptomycin streptomycine estreptomicina Streptomycin streptomicina estreptomicina",
    "oxytocin": "oxytocin ocytocine oxitocina Oxytocin ossitocina ocitocina",
    "ketamine": "ketamine kétamine ketamina Ketamin ketamina cetamina",
    "metamizole": "dipyrone métamizole metamizol Metamizol metamizolo dipirona",
    "warfarin": "warfarin warfarine warfarina Warfarin warfarin varfarina",
    "heparin": "heparin héparine heparina Heparin eparina heparina",
}


@pytest.mark.parametrize("substance", SAID)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_substance_is_the_same_in_every_language(mentions: Mentions, substance: str, language: str) -> None:
    word = SAID[substance].split()[("en", "fr", "es", "de", "it", "pt").index(language)]
    assert substances(mentions, f"x {word} x", language) == {substance}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Any patient may ask for his results, the same ones, daily or in ten days.", "en"),
        ("Alcohol, tobacco and coffee; chicken, salt, sugar and water.", "en"),
        ("The blood cholesterol, creatinine and haemoglobin; insulin resistance.", "en"),
        ("The MET or API of an abc, des or PAS.", "en"),
        ("Or, les cas et des pas : il est dès lors trop tard, l'argent et le charbon, la prochaine fois.", "fr"),
        ("Ella cambia, allí tienen que ser; captura de células y ciclos.", "es"),
        ("Eles têm de ser examinados; a balança, o balanço e as células.", "pt"),
        ("Der Stoff wird untersucht; des Tages mag man das Silber.", "de"),
        ("Lei cambia gli esami; l'argento, il carbone e la tiroide.", "it"),
        ("", "en"),
        ("123 4,5 --- 10:30", "en"),
    ],
)
def test_ordinary_words_are_no_medicines(mentions: Mentions, text: str, language: str) -> None:
    assert found(mentions, text, language) == []


def test_a_brand_is_known_by_its_capital(mentions: Mentions) -> None:
    assert found(mentions, "Bactrim BACTRIM bactrim") == [
        ("Bactrim", "sulfamethoxazole|trimethoprim"),
        ("BACTRIM", "sulfamethoxazole|trimethoprim"),
    ]


def test_a_misspelled_name_is_not_guessed(mentions: Mentions) -> None:
    assert found(mentions, "paracetamoll, ibuprofenn, warfrain") == []


def test_a_name_is_told_from_those_that_look_like_it(mentions: Mentions) -> None:
    for one, other in (
        ("hydroxyzine", "hydralazine"),
        ("prednisone", "prednisolone"),
        ("chloroquine", "hydroxychloroquine"),
    ):
        assert substances(mentions, one, "en") != substances(mentions, other, "en") != set()


@pytest.mark.parametrize(
    ("english", "text", "language"),
    [
        ("losartan potassium 50 mg", "losartan potassique 50 mg", "fr"),
        ("morphine sulfate", "sulfate de morphine", "fr"),
        ("morphine sulphate", "sulfato de morfina", "es"),
        ("morphine hydrochloride", "cloridrato de morfina", "pt"),
        ("hydrogen peroxide", "eau oxygénée", "fr"),
        ("potassium chloride", "cloruro de potasio", "es"),
        ("sodium bicarbonate", "Natriumhydrogencarbonat", "de"),
        ("valproic acid", "acido valproico", "it"),
        ("activated charcoal", "carvão ativado", "pt"),
        ("tenofovir", "ténofovir", "fr"),
        ("fasting blood glucose", "glycémie à jeun", "fr"),
    ],
)
def test_salts_and_ways_of_saying_are_the_same_on_both_sides(
    mentions: Mentions, english: str, text: str, language: str
) -> None:
    assert substances(mentions, english, "en") == substances(mentions, text, language)


def test_letters_with_their_accents_apart_are_the_same(mentions: Mentions) -> None:
    text = unicodedata.normalize("NFD", "du paracétamol")
    assert found(mentions, text, "fr") == [(unicodedata.normalize("NFD", "paracétamol"), "paracetamol")]


def test_another_language_finds_what_is_written_the_same(mentions: Mentions) -> None:
    assert substances(mentions, "服用 paracetamol 500 mg", "zh") == {"paracetamol"}


pieces = st.sampled_from(
    [
        "Advil",
        "ibuprofen",
        "l'",
        "acide acétylsalicylique",
        "de",
        "5 mg",
        "/",
        "-",
        " ",
        "\n",
        "(",
        ")",
        "é",
        "vitamin B12",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(LANGUAGES))
def test_mentions_stand_in_order_and_never_overlap(mentions: Mentions, text: str, language: str) -> None:
    at = 0
    for each in mentions.mentions(text, language):
        assert at <= each.span.start < each.span.end <= len(text)
        assert each.substances == tuple(sorted(set(each.substances))) != ()
        at = each.span.end


def test_the_table_is_sorted_and_refers_to_known_substances(data_dir: Path) -> None:
    rows = list(read_table(MentionRow, data_folder()))
    assert rows == sorted(rows)
    known = set(Catalogue.open(data_dir).substances())
    assert {row.kind for row in rows} == {"not", "name", "seldom"}
    for row in rows:
        assert set(row.substances) <= known, row
        assert bool(row.substances) == (row.kind != "not"), row
        assert row.language in {"", *LANGUAGES}


def test_a_word_may_be_decided_for_one_language(data_dir: Path) -> None:
    rows = [MentionRow("not", "ibuprofen", (), "en"), MentionRow("name", "bute", ("phenylbutazone",), "")]
    own = Mentions(Catalogue.open(data_dir), MentionsTable(rows))
    assert substances(own, "ibuprofen and bute", "en") == {"phenylbutazone"}
    assert substances(own, "ibuprofen", "de") == {"ibuprofen"}


@pytest.mark.parametrize("language", ["fr", "es", "pt"])
def test_most_of_what_a_text_names_its_translation_names_too(
    mentions: Mentions, reference_data: Path, language: str
) -> None:
    lines = (reference_data / "translation" / "dev" / f"tico19-dev.en-{language}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t")[:2] for line in lines]
    sides = [(substances(mentions, source, "en"), substances(mentions, target, language)) for source, target in pairs]
    assert sum(bool(source) for source, _ in sides) >= 10
    assert sum(source != target for source, target in sides) / len(sides) < 0.01
