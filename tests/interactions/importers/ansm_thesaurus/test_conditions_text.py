"""How the prose of an entry becomes branches: a table of wording and what comes of it. All names are invented."""

from __future__ import annotations

import pytest

from interactions.importers.ansm_thesaurus.conditions_text import text_conditions
from interactions.importers.ansm_thesaurus.document import TextCondition
from interactions.importers.ansm_thesaurus.named import read_named
from interactions.knowledge import Level

CI, AD, PE, AP = Level

Branch = tuple[Level | None, tuple[str, ...], bool]


def branches(levels: tuple[Level, ...], advice: str, mechanism: str = "Effet.") -> list[Branch]:
    return [(c.level, c.members, c.others) for c in text_conditions(levels, mechanism, advice)]


CASES: list[tuple[str, tuple[Level, ...], str, list[Branch]]] = [
    (
        "levels as sub-headings, bullets below",
        (CI, AD),
        "Contre-indication :\n- avec l'alphadine et la betamine\nAssociation déconseillée :\n- avec les autres altines",
        [(CI, ("alphadine", "betamine"), False), (AD, (), True)],
    ),
    (
        "sub-headings without a colon, in the plural, with 'avec'",
        (AD, PE),
        "Associations déconseillées avec\n- le gammol IV\nPrécaution d’emploi avec :\n- le gammol per os\nSurveiller.",
        [(AD, ("gammol",), False), (PE, ("gammol",), False)],
    ),
    (
        "a level and its members on one line, the other level with advice alone",
        (AD, PE),
        "Association déconseillée avec la nimodol\nPrécaution d'emploi :\nSurveillance clinique.",
        [(AD, ("nimodol",), False), (PE, (), False)],
    ),
    (
        "all on one line",
        (CI, AD),
        "Contre-indication : avec la darifol. Association déconseillée : avec les autres urines.",
        [(CI, ("darifol",), False), (AD, (), True)],
    ),
    (
        "all on one line, without full stops",
        (CI, PE),
        "Contre-indication avec : la darifol Précaution d'emploi avec : la sobrine",
        [(CI, ("darifol",), False), (PE, ("sobrine",), False)],
    ),
    (
        "codes as sub-headings",
        (CI, AP),
        "CI : avec la rifol\nAPEC avec les autres inducteurs",
        [(CI, ("rifol",), False), (AP, (), True)],
    ),
    (
        "an outer condition above bullets that state their level",
        (CI, PE),
        "Avec le methol à des doses > 20 mg/semaine :\n- contre-indication avec l'acide ux\n"
        "- précaution d'emploi avec des doses faibles d'acide ux. Doser.\n"
        "Avec le methol à des doses =< 20 mg/semaine :\n- précaution d'emploi avec l'acide ux",
        [
            (CI, ("methol", "acide ux"), False),
            (PE, ("methol", "acide ux"), False),
            (PE, ("methol", "acide ux"), False),
        ],
    ),
    (
        "levels in brackets after a bullet",
        (CI, AD, AP),
        "A prendre en compte :\n- pour tous les somniols entre eux sauf :\n- avec l'oxyol (association déconseillée)\n"
        "- entre l'oxyol et les opiols ou les barbols (contre-indication)",
        [(AP, (), False), (AD, ("oxyol",), False), (CI, ("oxyol", "opiols", "barbols"), False)],
    ),
    (
        "a printed level that the text gives no condition for keeps a branch of its own",
        (AD, PE),
        "Prendre à distance (plus de 2 heures).",
        [(AD, (), False), (PE, (), False)],
    ),
    (
        "the one level left over takes the lines left over",
        (CI, PE),
        "Les anticols directs ne doivent pas être administrés conjointement.\nLors du relais, surveiller.",
        [(CI, ("anticols directs",), False), (PE, (), False)],
    ),
    (
        "a level said in a sentence",
        (CI, AD),
        "L'association d'un fibrol et d'une statol est au minimum déconseillée.\nLa contre-indication s'applique :\n"
        "- entre le gemfol et la simvol\n- pour des doses de rosuvol de 40 mg",
        [(AD, (), False), (CI, ("gemfol", "simvol"), False), (CI, ("rosuvol",), False)],
    ),
    (
        "which forms are concerned: the level still holds for all others",
        (CI, AD),
        "Contre-indication :\n- Pour l'erythrol, seules les formes IV sont concernées.\n"
        "Association déconseillée :\n- avec les neurols (chlorol, halol).",
        [(CI, ("erythrol",), False), (AD, ("neurols", "chlorol", "halol"), False), (CI, (), False)],
    ),
    (
        "one printed level whose text is stricter",
        (AD,),
        "Contre-indication :\n- avec le citol et la dompol\nAssociation déconseillée :\n- avec les autres.",
        [(CI, ("citol", "dompol"), False), (AD, (), True)],
    ),
    ("one level and no condition", (PE,), "Surveillance clinique.", []),
    ("an exclusion", (AD,), "Sauf en cas d'hypokaliémie.", [(None, (), False)]),
    ("a period", (CI,), "ainsi que pendant les 3 mois suivant l'arrêt.", [(None, (), False)]),
]


@pytest.mark.parametrize(("levels", "advice", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_branches(levels: tuple[Level, ...], advice: str, expected: list[Branch]) -> None:
    assert branches(levels, advice) == expected


MECHANISMS = [
    ("Avec l'amphol administrée par voie IV : toxicité.", [("Avec l'amphol administrée par voie IV", ("amphol",))]),
    ("Aux doses élevées d’aingols, perte d'effet.", [("Aux doses élevées d’aingols", ())]),
    (
        "Pour des doses de fluxol >= 200 mg par jour : hausse.",
        [("Pour des doses de fluxol >= 200 mg par jour", ("fluxol",))],
    ),
    (
        "Avec l'atazol, le darol ou le lopol, hausse des taux.",
        [("Avec l'atazol, le darol ou le lopol", ("atazol", "darol", "lopol"))],
    ),
    (
        "Avec le trimol par voie orale : hausse. Avec le trimol par voie IV : chute.",
        [("Avec le trimol par voie orale", ("trimol",)), ("Avec le trimol par voie IV", ("trimol",))],
    ),
    ("Chez l'insuffisant cardiaque, hausse des effets.", [("Chez l'insuffisant cardiaque", ())]),
    ("Hausse des effets. Pour l'association (sol + rol) : toxicité.", []),
    ("Risque de chute avec le sol.", []),
]


@pytest.mark.parametrize(("mechanism", "expected"), MECHANISMS)
def test_a_mechanism_may_open_with_what_it_is_limited_to(
    mechanism: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = text_conditions((PE,), mechanism, "")
    assert [(condition.text, condition.members) for condition in found] == expected


def test_the_wording_of_a_branch_is_whole() -> None:
    advice = (
        "Association déconseillée\nDans l'usage courant\n- en soirée\nRepos.\n"
        "Précaution d'emploi (chez l'enfant) :\n- ne pas dépasser 20 mg d'atorvol"
    )
    [first, second] = text_conditions((AD, PE), "", advice)
    assert first == TextCondition("Dans l'usage courant : en soirée\nRepos.", level=AD)
    assert second.text == "(chez l'enfant) : ne pas dépasser 20 mg d'atorvol"


def test_known_members_are_found_where_the_wording_is_no_list() -> None:
    [branch] = text_conditions((AD, PE), "", "Précaution d'emploi :\n- ne pas dépasser 20 mg d'atorvol", ["atorvol"])[
        :1
    ]
    assert branch.members == ("atorvol",)


NAMED = [
    ("avec le citalol, la dompol, l'escitol et les altines", ("citalol", "dompol", "escitol", "altines"), (), False),
    ("avec citalol, dompol et sibutol", ("citalol", "dompol", "sibutol"), (), False),
    ("pour carbol, enzol", ("carbol", "enzol"), (), False),
    ("cetuximol, siltuximol, nel", ("cetuximol", "siltuximol", "nel"), (), False),
    ("avec les sels de calcil IV, hormis l'apport oral", ("sels de calcil",), ("apport",), False),
    ("avec les autres itols (sauf abrol, osimol et vandol)", (), ("abrol", "osimol", "vandol"), True),
    ("sauf avec le ritol.", (), ("ritol",), False),
    ("à l'exception de l'hydrol chez l'enfant", (), ("hydrol",), False),
    ("avec la fesol ou la solifol, chez l'enfant, réduire la dose à 4 mg ou 5 mg", ("fesol", "solifol"), (), False),
    ("avec certains macrols, le tucatol. Surveiller le rénol.", ("macrols", "tucatol"), (), False),
    (
        "pour le spirol à des doses de 12,5 mg, et pour l’eplerol utilisé le soir : doser",
        ("spirol", "eplerol"),
        (),
        False,
    ),
    ("avec les inhibiteurs d'intégrol (raltol, bictol…)", ("inhibiteurs d'intégrol", "raltol", "bictol"), (), False),
    ("avec le methol (<= 20 mg par semaine), contrôle", ("methol",), (), False),
    ("en cas d'insuffisance rénale", (), (), False),
    ("des doses antalgiques (>=500 mg par prise) et en cas d’antécédent d’ulcère", (), (), False),
    ("chez les patients âgés", (), (), False),
    ("entre les autres", (), (), True),
]


@pytest.mark.parametrize(("text", "members", "exceptions", "others"), NAMED)
def test_named_medicines(text: str, members: tuple[str, ...], exceptions: tuple[str, ...], others: bool) -> None:
    named = read_named(text)
    assert (named.members, named.exceptions, named.others) == (members, exceptions, others)
