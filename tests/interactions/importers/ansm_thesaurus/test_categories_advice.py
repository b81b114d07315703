"""Measures keep to their level and to their medicine; who is at risk and how grave it is are said.

The French sentences here are ours, written to be hard; none is the source's.
"""

from __future__ import annotations

import pytest

from interactions.importers.ansm_thesaurus.categories import categorise
from interactions.importers.ansm_thesaurus.conditions_text import text_conditions
from interactions.knowledge import Level


def effects_of(text: str) -> tuple[str, ...]:
    return categorise(text, "", Level.CAUTION, "ALPHA", "BETA").effects


IN_THE_MECHANISM = [
    ("Sédation. Il convient de limiter autant que possible dose et durée.", ("limit-doses-and-duration",)),
    ("Saignements, en maintenant une surveillance clinique.", ("monitor-clinically",)),
    ("Bradycardie. Surveillance clinique et ECG.", ("monitor-clinical-and-ecg",)),
    ("Bradycardie, à surveiller dans une étude.", ()),
]


@pytest.mark.parametrize(("mechanism", "advice"), IN_THE_MECHANISM)
def test_a_measure_that_stands_beside_the_mechanism_is_advice(mechanism: str, advice: tuple[str, ...]) -> None:
    assert categorise(mechanism, "", Level.CONSIDER, "A", "B").advice == advice


DOSES = [
    ("Adaptation de la posologie de la gammaprine.", "a"),
    ("Adaptation éventuelle de la posologie de la deltaxine pendant le traitement par la gammaprine.", "b"),
    ("Débuter le traitement par la deltaxine aux doses minimales.", "b"),
    ("Adaptation posologique de la gammaprine.", "a"),
    ("Adaptation de la posologie de la gammaprine et de la deltaxine.", "both"),
    ("Adaptation des posologies des deux médicaments.", "both"),
    ("Réduire la posologie des deux tiers.", ""),
    ("Adaptation de la posologie.", ""),
    ("Surveillance clinique, surtout aux fortes doses de deltaxine.", ""),
]


@pytest.mark.parametrize(("text", "whose"), DOSES)
def test_whose_dose_is_meant_is_named_only_where_the_text_does(text: str, whose: str) -> None:
    assert categorise("Risque.", text, Level.CAUTION, "GAMMAPRINE", "DELTAXINE").dose_of == whose


def limited(advice: str, *levels: Level) -> set[str]:
    found = categorise("Risque.", advice, levels, "A", "B", text_conditions(levels, "Risque.", advice))
    return set(found.advice_levels)


def test_advice_stands_below_the_level_that_the_text_gives_it_for() -> None:
    text = (
        "Contre-indication :\n- avec la gammaprine.\nAssociation déconseillée :\n- avec les autres.\n"
        "Si l'association ne peut être évitée, surveillance clinique."
    )
    assert limited(text, Level.CONTRAINDICATED, Level.AVOID) == {"if-unavoidable@avoid", "monitor-clinically@avoid"}


def test_advice_for_all_levels_is_not_limited() -> None:
    text = "Surveillance clinique.\nContre-indication :\n- avec la gammaprine.\nPrécaution d'emploi :\n- sinon."
    assert limited(text, Level.CONTRAINDICATED, Level.CAUTION) == set()


def test_advice_below_two_of_three_levels_names_both() -> None:
    text = (
        "Contre-indication :\n- avec l'un.\nAssociation déconseillée :\n- avec l'autre : contrôler l'INR.\n"
        "Précaution d'emploi :\n- sinon : contrôler l'INR."
    )
    levels = (Level.CONTRAINDICATED, Level.AVOID, Level.CAUTION)
    assert limited(text, *levels) == {"check-inr@avoid", "check-inr@caution"}


def test_a_measure_for_everything_is_not_limited_by_where_it_stands() -> None:
    text = "Contre-indication :\n- avec l'un.\nPrécaution d'emploi :\n- sinon.\nDans tous les cas, contrôler l'INR."
    assert limited(text, Level.CONTRAINDICATED, Level.CAUTION) == set()


def test_one_level_limits_no_advice() -> None:
    assert limited("Surveillance clinique.", Level.CAUTION) == set()


WHOM = [
    ("Hyperkaliémie, notamment chez le sujet âgé.", "risk-in-older-people"),
    ("Hyperkaliémie, notamment chez l'insuffisant rénal.", "risk-in-renal-impairment"),
    ("Surdosage, particulièrement chez l'enfant.", "risk-in-children"),
    ("Insuffisance rénale brutale chez le patient à risque (âgé).", "risk-in-frail-kidneys"),
    ("Majoration des effets indésirables, avec conséquences souvent sévères.", "often-severe"),
    ("Risque d'hypocalcémie sévère.", "severe-form"),
    ("Néphrotoxicité, notamment à doses élevées.", "risk-at-high-doses"),
    ("Hypertension, notamment en cas d'insuffisance rénale.", "risk-in-renal-impairment"),
    ("Légère augmentation des concentrations.", "moderate-change"),
]


@pytest.mark.parametrize(("text", "slug"), WHOM)
def test_who_is_at_risk_and_how_grave_it_is_are_kept(text: str, slug: str) -> None:
    assert slug in effects_of(text)
    assert len(effects_of(text)) > 1


def test_how_grave_it_is_does_not_stand_for_an_effect() -> None:
    assert effects_of("Conséquences souvent sévères.") == ("see-source", "often-severe")


def test_kidney_failure_as_the_effect_is_not_a_patient_at_risk() -> None:
    assert "risk-in-renal-impairment" not in effects_of("Effets indésirables, notamment insuffisance rénale aiguë.")


def test_a_high_dose_named_as_an_example_is_no_limit() -> None:
    found = categorise("Néphrotoxicité, notamment avec des doses élevées.", "", Level.CAUTION, "A", "B").mechanisms
    assert "stated-for-certain-doses" not in found


def test_a_dose_that_is_a_condition_of_a_branch_is_not_pointed_to_again() -> None:
    text = "Contre-indication :\n- à plus de 20 mg.\nPrécaution d'emploi :\n- jusqu'à 20 mg."
    levels = (Level.CONTRAINDICATED, Level.CAUTION)
    found = categorise("Risque.", text, levels, "A", "B", text_conditions(levels, "Risque.", text))
    assert found.advice == ("level-depends-on-condition",)


def test_a_dose_beside_a_measure_is_pointed_to() -> None:
    text = "Contre-indication :\n- avec l'un.\nPrécaution d'emploi :\n- réduire la dose à 20 mg."
    levels = (Level.CONTRAINDICATED, Level.CAUTION)
    found = categorise("Risque.", text, levels, "A", "B", text_conditions(levels, "Risque.", text))
    assert {"reduce-dose", "see-source-dose"} <= set(found.advice)


def test_a_slight_cause_does_not_make_the_effect_slight() -> None:
    text = "Augmentation de l'effet dépresseur respiratoire par légère diminution de son métabolisme."
    assert "moderate-change" not in effects_of(text)
    assert "moderate-change" not in effects_of("Légère majoration de la sédation.")


def test_hypotension_that_the_source_calls_marked_stays_marked() -> None:
    assert effects_of("Risque d'hypotension importante.") == ("marked-hypotension",)
    assert effects_of("Risque d'hypotension.") == ("hypotension",)


def test_a_large_change_is_not_also_called_plain() -> None:
    text = "Diminution des concentrations. La diminution des concentrations peut être très importante."
    assert effects_of(text) == ("greatly-reduced-exposure",)


def test_a_limit_of_the_mechanism_comes_after_it() -> None:
    found = categorise("Par voie IV : addition des effets.", "", Level.CAUTION, "A", "B").mechanisms
    assert found == ("additive-effects", "stated-for-certain-routes")


def test_a_stronger_effect_is_not_called_an_addition() -> None:
    found = categorise("Potentialisation des effets de la gammaprine.", "", Level.CAUTION, "A", "B").mechanisms
    assert found == ("stronger-effect-unexplained",)
