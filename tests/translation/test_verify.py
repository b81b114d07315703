"""What `verify` finds, what it lets pass, and what it says it could not check."""

from __future__ import annotations

import pytest

from medinfo.phrases import LANGUAGES, Phrases
from tests.translation.names import SmallNames
from translation.results import CHECKS, Term
from translation.verify import verify
from translation.wording import message

NAMES = SmallNames()


def failures(source, target, languages="en fr", **more):
    """Each failure as (check, words of the source, words of the target)."""
    verdict = verify(source, target, *languages.split(), **more)
    return [
        (
            one.check,
            one.source_span.of(source) if one.source_span else "",
            one.target_span.of(target) if one.target_span else "",
        )
        for one in verdict.failures
    ]


GOOD = [
    ("Take 2.5 mg twice a day for 5 days.", "Prenez 2,5 mg deux fois par jour pendant 5 jours.", "en fr"),
    ("Take 1 tablet every 8 hours.", "Tome 1 comprimido cada 8 horas.", "en es"),
    ("Inject 0.5 ml under the skin once a week.", "Injecter 0,5 ml sous la peau une fois par semaine.", "en fr"),
    ("One drop in the left eye.", "Una gota en el ojo izquierdo.", "en es"),
    ("Do not exceed 4 g in 24 hours.", "Ne pas dépasser 4 g en 24 heures.", "en fr"),
    ("The meeting is on 3 March 2024.", "A reunião é em 3 de março de 2024.", "en pt"),
    ("Bei Fieber über 39 °C rufen Sie den Arzt.", "In caso di febbre superiore a 39 °C chiamare il medico.", "de it"),
    ("Write to help@example.org about lot AB-1234.", "Écrivez à help@example.org au sujet du lot AB-1234.", "en fr"),
    ("You have the right to ask.", "Vous avez le droit de demander.", "en fr"),
    ("Is everything all right?", "Tout va bien ?", "en fr"),
    ("Abstract", "Abstract", "en fr"),
    ("1.5 mg", "1,5 mg", "en fr"),
    ("", "", "en fr"),
    ("***", "", "en fr"),
    ("***", "!!!", "en fr"),
    ("See Table2 for more.", "Voir Tableau2 pour plus.", "en fr"),
    ("The region is NUTS-2 here.", "La région est NUTS 2 ici.", "en fr"),
    ("A 30-day stay cost about 90 euros.", "Un séjour de 30 jours a coûté 90 euros.", "en fr"),
    ("A man aged 45 years came.", "Un homme âgé de 45 est venu.", "en fr"),
    ("It costs 90 euros.", "Cela coûte environ 90 euros.", "en fr"),
    ("You must wash; you must dry well.", "Lavez bien ; vous devez bien sécher.", "en fr"),
    ("Zorbatine Melaquine 5 mg, 10 mg.", "Mélaquine Zorbatine 5 mg, 10 mg.", "en fr"),
    ("Do not chew or crush it.", "Ne pas le croquer et ne pas l'écraser.", "en fr"),
    ("Ne pas le croquer et ne pas l'écraser.", "Do not chew or crush it.", "fr en"),
    ("It began on 3 May 2024.", "Cela a commencé le 3 mai 2024.", "en fr"),
    ("Take 5 mg twice daily for 7 days.", "Nehmen Sie 7 Tage lang zweimal täglich 5 mg ein.", "en de"),
    ("Avoid milk.", "Ne buvez pas de lait.", "en fr"),
    ("One nurse saw it.", "Une infirmière l'a vu.", "en fr"),
    ("Oral care and oral drugs", "Soins et médicaments oraux", "en fr"),
    ("Use care.", "Utilisez-le avec soin.", "en fr"),
    ("Use it carefully at home.", "Utilisez-le à la maison.", "en fr"),
    (
        "Doses of 5 mg or even 10 mg help older adults.",
        "Des doses de 5 mg voire 10 mg aident les adultes âgés.",
        "en fr",
    ),
]


@pytest.mark.parametrize(("source", "target", "languages"), GOOD, ids=lambda value: value[:40])
def test_a_good_translation_passes(source, target, languages):
    assert failures(source, target, languages) == []


BAD = [
    ("Take 5 mg daily.", "Prenez 50 mg par jour.", "en fr", [("dose", "5 mg", "50 mg")]),
    ("Take 5 mg daily.", "Prenez 5 g par jour.", "en fr", [("unit", "5 mg", "5 g")]),
    ("Take 5 mg daily.", "Prenez-le par jour.", "en fr", [("dose", "5 mg", "")]),
    ("Take it daily.", "Prenez 5 mg par jour.", "en fr", [("dose", "", "5 mg")]),
    ("Take 5 mg daily.", "Prenez 5 mg par semaine.", "en fr", [("frequency", "daily", "par semaine")]),
    ("The ward has 12 beds.", "Le service a 21 lits.", "en fr", [("number", "12", "21")]),
    ("The ward has 12 beds.", "Le service a des lits.", "en fr", [("number", "12", "")]),
    ("The ward has beds.", "Le service a 12 lits.", "en fr", [("number", "", "12")]),
    ("Give it by mouth.", "À donner par voie rectale.", "en fr", [("route", "by mouth", "rectale")]),
    ("Give it by mouth.", "À donner.", "en fr", [("route", "by mouth", "")]),
    ("Give it to the patient.", "À donner au patient par voie orale.", "en fr", [("route", "", "orale")]),
    ("The left arm hurts.", "Le bras droit est douloureux.", "en fr", [("laterality", "left", "droit")]),
    ("The left arm hurts.", "Le bras est douloureux.", "en fr", [("laterality", "left", "")]),
    ("The arm hurts.", "Le bras gauche est douloureux.", "en fr", [("laterality", "", "gauche")]),
    ("It ended on 3 March 2024.", "Cela a pris fin le 3 mai 2024.", "en fr", [("date", "3 March 2024", "3 mai 2024")]),
    ("Children under 6 years", "Enfants de plus de 6 ans", "en fr", [("comparison", "under", "plus de")]),
    ("See https://example.org/a1", "Voir https://example.org/b1", "en fr",
     [("number", "https://example.org/a1", "https://example.org/b1")]),
    ("Your code is {name}.", "Votre code est ici.", "en fr", [("number", "{name}", "")]),
    ("Seen at 9:30 in March 2024", "Vu en mars 2024", "en fr", [("date", "9:30", "")]),
    ("Stop at 5%", "Arrêter à 5 kg", "en fr", [("unit", "5%", "5 kg")]),
    ("Seven of 12 came", "Sept sur XII-3 sont venus", "en fr", [("number", "12", ""), ("number", "", "XII-3")]),
    ("Give 45 mg now.", "Donnez 45 maintenant.", "en fr", [("unit", "45 mg", "45")]),
    ("Rest for 5 days.", "Reposez-vous.", "en fr", [("number", "5 days", "")]),
    ("You must rest at home until the evening comes.", "Restez à la maison jusqu'au soir si vous pouvez.", "en fr",
     [("recommendation", "must", "pouvez")]),
    ("You must wash it; dry it well.", "Vous devez le laver ; vous devez bien le sécher.", "en fr",
     [("recommendation", "", "devez")]),
    ("Do not chew it.", "Ne pas le croquer et ne pas l'écraser.", "en fr", [("negation", "", "ne pas")]),
    ("Do not chew it or drink it.",
     "Ne pas le croquer comme on le ferait avec un bonbon ordinaire et ne pas le boire.", "en fr",
     [("negation", "", "ne pas")]),
    ("Avoid milk.", "Buvez du lait.", "en fr", [("recommendation", "Avoid", "")]),
    ("Drink milk.", "Évitez le lait.", "en fr", [("recommendation", "", "Évitez")]),
    ("It is prohibited.", "C'est fait.", "en fr", [("recommendation", "prohibited", "")]),
    ("It is done.", "C'est contre-indiqué.", "en fr", [("recommendation", "", "contre-indiqué")]),
    ("You wash your hands.", "Vous devez laver vos mains.", "en fr", [("recommendation", "", "devez")]),
    ("Three times a day", "Once veces al día", "en es", [("frequency", "Three times a day", "Once veces al día")]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "languages", "found"), BAD, ids=lambda value: str(value)[:40])
def test_a_fault_is_found_at_its_words(source, target, languages, found):
    assert failures(source, target, languages) == found


def test_two_doses_that_changed_places_between_medicines_fail():
    source = "Take 500 mg of metformin and 5 mg of amlodipine."
    right = "Prenez 500 mg de metformine et 5 mg d'amlodipine."
    wrong = "Prenez 5 mg de metformine et 500 mg d'amlodipine."
    assert failures(source, right, names=NAMES) == []
    assert [one[0] for one in failures(source, wrong, names=NAMES)] == ["dose"]
    assert [one[0] for one in failures(source, wrong)] == ["dose"]


def test_two_medicines_that_changed_places_between_doses_fail():
    source = "Take 500 mg of metformin and 5 mg of amlodipine."
    wrong = "Prenez 500 mg d'amlodipine et 5 mg de metformine."
    assert [one[0] for one in failures(source, wrong, names=NAMES)] == ["medicine"]
    assert [one[0] for one in failures(source, wrong)] == ["dose"]


def test_medicines_that_move_with_their_doses_pass():
    source = "Take 500 mg of metformin and 5 mg of amlodipine."
    moved = "Prenez 5 mg d'amlodipine et 500 mg de metformine."
    assert failures(source, moved, names=NAMES) == []


def test_doses_of_names_that_nobody_knows_are_told_apart():
    source = "Zorbatine 500 mg and Melaquine 5 mg."
    assert failures(source, "Zorbatine 500 mg et Mélaquine 5 mg.") == []
    assert failures(source, "Mélaquine 500 mg et Zorbatine 5 mg.") == [("dose", "500 mg", "500 mg")]


def test_doses_with_no_name_beside_them_are_left_alone():
    source = "First 5 mg, and after that 10 mg."
    assert failures(source, "D'abord 5 mg, et après cela 10 mg.") == []


def test_sides_and_bounds_that_changed_places_fail():
    assert [one[0] for one in failures(
        "Left eye: 1 drop. Right eye: 2 drops.", "Œil droit : 1 goutte. Œil gauche : 2 gouttes."
    )] == ["laterality"]  # fmt: skip
    assert "comparison" in [one[0] for one in failures("Less than 5 or more than 9", "Plus de 5 ou moins de 9")]


def test_the_same_substance_under_another_name_passes():
    assert failures("Give adrenaline now.", "Donnez de l'épinéphrine maintenant.", names=NAMES) == []
    assert failures("Give acetaminophen.", "Donnez du paracétamol.", names=NAMES) == []


def test_medicines_lost_added_or_replaced_fail():
    assert failures("Give adrenaline now.", "Donnez de la noradrénaline maintenant.", names=NAMES) == [
        ("medicine", "adrenaline", "noradrénaline")
    ]
    assert failures("Give morphine now.", "Donnez-le maintenant.", names=NAMES) == [("medicine", "morphine", "")]
    assert failures("Give it now.", "Donnez de la morphine.", names=NAMES) == [("medicine", "", "morphine")]


def test_a_name_kept_letter_by_letter_passes_where_the_language_does_not_know_it():
    class OnlyEnglish(SmallNames):
        def mentions(self, text, language):
            return super().mentions(text, language) if language == "en" else []

    assert failures("Give Arbidol now.", "Donnez Arbidol maintenant.", names=OnlyEnglish()) == []
    assert failures("Donnez Arbidol maintenant.", "Give Arbidol now.", "fr en", names=OnlyEnglish()) == []


def test_a_glossary_term_is_asked_for_inflected_or_not():
    terms = [Term("face mask", "masque facial")]
    assert failures("Wear face masks.", "Portez des masques faciaux.", terms=terms) == []
    assert failures("Wear a face mask.", "Portez un cache-nez.", terms=terms) == [("glossary", "face mask", "")]


def test_figures_that_are_read_in_another_way_fail():
    assert verify("Give 1.000 units.", "Donnez 1.000 unités.", "en", "fr").failed


def test_figures_that_can_be_read_in_two_ways_are_flagged():
    assert failures("Se vendieron 1.234 cajas.", "1,234 boxes were sold.", "es en") == [("number", "1.234", "1,234")]
    assert failures("Se vendieron 1.234 cajas.", "Venderam-se 1.234 caixas.", "es pt") == []


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Take it with water.", "  ", "length_empty"),
        ("Wash your hands well before you open the little bottle and use it.", "Lavez-vous.", "length_short"),
        ("Wash.", "Lavez-vous soigneusement les mains à l'eau tiède avec beaucoup de savon doux.", "length_long"),
        ("Wash your hands before every meal.", "Lavez-vous les mains avant chaque", "length_cut"),
        ("Wash your hands before meals and then dry", "Lavez vos mains avant les repas, séchez les", "length_cut"),
        ("wash your hands now", "lavez-vous les mains,", "length_cut"),
        ("Lower respiratory tract infection", "Lower respiratory tract infection", "untranslated_all"),
        ("Take it in the evening.", "Prenez-le le soir le soir.", "repetition_looped"),
        ("Take it in the evening, please.", "Prenez-le le soir, le soir, le soir.", "repetition_looped"),
        ("Keep it out of the reach of children.", "Keep it out of the reach of children.", "untranslated_all"),
        ("Read this and keep it in a cool place.", "Lisez ceci and keep it in a cool place.", "untranslated_part"),
        ("Wash your hands with the soap that is here.", "Waschen Sie die Hände mit der Seife, die hier ist.",
         "language_wrong"),
    ],
)  # fmt: skip
def test_a_translation_that_went_wrong_as_a_whole_fails(source, target, reason):
    assert reason in {one.reason for one in verify(source, target, "en", "fr").failures}


def test_what_people_write_twice_passes():
    assert failures("We wash.", "Nous nous lavons.") == []
    assert failures("The cases, the cases of today, fell.", "Les cas, les cas du jour, ont baissé.") == []
    assert failures("It is 21 21 here.", "C'est 21 21 ici.") == []
    assert failures("He had a cold cold hand.", "Il avait une main froide froide.") == []


def test_names_and_addresses_may_stay_as_they_are():
    source = "The Royal College of Good Practice and of the Arts met."
    assert failures(source, "Le Royal College of Good Practice and of the Arts s'est réuni.") == []


def test_a_language_without_tables_is_compared_by_its_digits_and_says_what_was_not_checked():
    verdict = verify("Take three tablets of 5 mg.", "Принимайте три таблетки по 50 мг.", "en", "ru")
    assert set(verdict.failed) <= {"dose", "unit", "number"}
    assert verdict.failed
    for check in ("negation", "recommendation", "laterality", "route", "frequency", "medicine", "glossary"):
        assert check in verdict.not_made
        assert check not in verdict.made
    assert "language" in verdict.made


def test_a_language_of_another_script_is_told_by_its_letters():
    assert verify("Wash your hands.", "Wash your hands now.", "en", "ru").failed == ("language",)
    assert verify("Wash your hands.", "Мойте руки.", "en", "ru").ok
    assert "language" in verify("Wash your hands.", "Was je handen.", "en", "nl").not_made


def test_a_source_without_tables_says_that_untranslated_words_were_not_looked_for():
    verdict = verify("Мойте руки.", "Wash your hands.", "ru", "en")
    assert verdict.ok
    assert "untranslated" in verdict.not_made


def test_the_same_language_on_both_sides_is_no_fault():
    assert failures("Keep it out of the sun.", "Keep it out of the sun.", "en en") == []


def test_regions_are_not_looked_at():
    assert verify("No sugar.", "Sem açúcar.", "en-GB", "pt_BR").ok


def test_every_check_is_either_made_or_not():
    verdict = verify("Take 5 mg.", "Prenez 5 mg.", "en", "fr", names=NAMES, terms=[Term("a", "b")])
    assert verdict.made == CHECKS
    assert verdict.not_made == ()


def test_failures_come_in_the_order_of_the_checks():
    verdict = verify("Never give 5 mg in the left arm.", "Donnez 6 mg dans le bras droit.", "en", "fr")
    ranks = [CHECKS.index(one.check) for one in verdict.failures]
    assert len(ranks) == 3
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_in_every_language(language):
    phrases = Phrases.load("translation", "data/phrases")
    assert phrases.names(language) == phrases.names("en")
    for source, target, pair, _ in BAD:
        for failure in verify(source, target, *pair.split()).failures:
            assert "{" not in message(failure, language).replace("{name}", "")


def test_hostile_texts_are_answered():
    for text in (
        "5 mg " * 3000,
        "ne " * 5000,
        "not un" * 3000,
        "a b " * 5000,
        "le " * 8000,
        "5-" * 5000,
        "left " * 3000,
    ):
        assert verify(text, text[: len(text) // 2], "en", "fr").failures


def test_very_many_facts_are_compared_by_their_order():
    doses = [f"{number} mg" for number in range(1, 451)]
    source, target = "Give " + ", ".join(doses) + ".", "Donnez " + ", ".join(doses) + "."
    assert verify(source, target, "en", "fr").ok
    wrong = target.replace(" 17 mg", " 18 g").replace(", 450 mg", "")
    assert [one.source_span.of(source) for one in verify(source, wrong, "en", "fr").failures if one.source_span] == [
        "17 mg", "450 mg",
    ]  # fmt: skip


def test_very_many_duties_are_compared_by_their_order():
    source, target = "You must. " * 70, "Vous devez. " * 69 + "Vous pouvez."
    assert verify(source, "Vous devez. " * 70, "en", "fr").failed == ()
    assert "recommendation" in verify(source, target, "en", "fr").failed


def test_very_many_unlike_figures_fail():
    source = " ".join(str(number) for number in range(2000, 2150))
    target = " ".join(str(number) for number in range(5000, 5150))
    assert verify(source, target, "en", "fr").failed == ("number",)
