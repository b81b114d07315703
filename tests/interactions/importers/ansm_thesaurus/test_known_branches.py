"""Branches of known entries, read from the official page by a person and written down here as facts."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from interactions.importers.ansm_thesaurus.branches import BranchReader
from interactions.importers.ansm_thesaurus.branches_rules import BranchRules
from interactions.importers.ansm_thesaurus.derive import derive
from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.sides import build_sides
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames
from interactions.knowledge import Branch, Knowledge, Level

Met = set[tuple[str, str]]
Ask = Callable[..., Met]
FIVE = ("citalopram", "domperidone", "escitalopram", "hydroxyzine", "piperaquine")
CI, AVOID, CAUTION, CONSIDER = (level.value for level in Level)


@pytest.fixture(scope="module")
def names() -> SubstanceNames:
    return SubstanceNames.load()


@pytest.fixture(scope="module")
def knowledge(thesaurus: Thesaurus, names: SubstanceNames) -> Knowledge:
    return derive(thesaurus, names)


@pytest.fixture(scope="module")
def ask(knowledge: Knowledge) -> Ask:
    """The levels and conditions that a printed pair states for two substances (`+` joins those of a combination)."""
    names = {id: side.printed for id, side in knowledge.sides.items()}
    printed = {frozenset((names[i.a], names[i.b])): i for i in knowledge.interactions}
    members: dict[str, set[str]] = {}
    for member in knowledge.members:
        members.setdefault(member.side, set()).add(member.substance)

    def find(side_a: str, side_b: str, x: str, y: str) -> Met:
        interaction = printed[frozenset((side_a, side_b))]
        met: Met = set()
        for first, second in ((x, y), (y, x)):
            a, b = set(first.split("+")), set(second.split("+"))
            if a <= members[interaction.a] and b <= members[interaction.b]:
                met |= {(r.level.value, r.condition) for r in interaction.branches if concerns(r, a, b)}
        return met

    return find


def concerns(branch: Branch, a: set[str], b: set[str]) -> bool:
    limits = ((a, branch.members_a, branch.except_a), (b, branch.members_b, branch.except_b))
    return all((not only or party & set(only)) and not party <= set(but) for party, only, but in limits)


TORSADE = "SUBSTANCES SUSCEPTIBLES DE DONNER DES TORSADES DE POINTES"
TORSADE_BUT = "TORSADOGÈNES (SAUF ARSÉNIEUX, ANTIPARASITAIRES, NEUROLEPTIQUES, MÉTHADONE...)"
STRONG = "INHIBITEURS PUISSANTS DU CYP3A4"
ASPIRIN = "ACIDE ACETYLSALICYLIQUE"
STATINS = "INHIBITEURS DE L'HMG-COA RÉDUCTASE (STATINES)"


# ---- aspirin, pages 4 and 5


def test_warfarin_and_aspirin_depends_on_the_dose_and_on_an_earlier_ulcer(ask: Ask) -> None:
    assert ask(ASPIRIN, "ANTICOAGULANTS ORAUX", "acetylsalicylic-acid", "warfarin") == {
        (CI, "aspirin-anti-inflammatory-intake"),
        (CI, "aspirin-anti-inflammatory-day"),
        (CI, "aspirin-analgesic-ulcer-history"),
        (AVOID, "aspirin-analgesic-no-ulcer-history"),
        (AVOID, "aspirin-antiplatelet-ulcer-history"),
        (CONSIDER, "aspirin-antiplatelet"),
    }


def test_methotrexate_and_aspirin_depends_on_both_doses(ask: Ask) -> None:
    assert ask(ASPIRIN, "METHOTREXATE", "acetylsalicylic-acid", "methotrexate") == {
        (CI, "methotrexate-over-20-aspirin-analgesic-or-more"),
        (CAUTION, "methotrexate-over-20-aspirin-antiplatelet"),
        (CAUTION, "methotrexate-20-or-less-aspirin-analgesic-or-more"),
    }


@pytest.mark.parametrize(("heading", "id"), [("CLOPIDOGREL", "clopidogrel"), ("TICAGRELOR", "ticagrelor")])
def test_clopidogrel_or_ticagrelor_with_aspirin_depends_on_the_indication(ask: Ask, heading: str, id: str) -> None:
    assert ask(ASPIRIN, heading, "acetylsalicylic-acid", id) == {
        (AVOID, "outside-acute-coronary-indication"),
        (CAUTION, "acute-coronary-indication"),
    }


def test_aspirin_with_glucocorticoids_names_no_antiplatelet_dose(ask: Ask) -> None:
    met = ask(ASPIRIN, "GLUCOCORTICOÏDES (SAUF HYDROCORTISONE)", "acetylsalicylic-acid", "prednisone")
    assert {condition for _, condition in met} == {
        "aspirin-anti-inflammatory-intake",
        "aspirin-anti-inflammatory-day",
        "aspirin-analgesic",
    }


# ---- torsade-inducing medicines, pages 26, 35, 66, 74, 115, 165, 180, 228 to 232


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("CRIZOTINIB", "crizotinib"),
        ("METHADONE", "methadone"),
        ("ARSENIEUX", "arsenic-trioxide"),
        ("HYDROXYCHLOROQUINE", "hydroxychloroquine"),
        ("DÉLAMANID", "delamanid"),
        ("SULFAMÉTHOXAZOLE + TRIMÉTHOPRIME", "sulfamethoxazole+trimethoprim"),
        ("ANTIPARASITAIRES SUSCEPTIBLES DE DONNER DES TORSADES DE POINTES", "chloroquine"),
        ("NEUROLEPTIQUES SUSCEPTIBLES DE DONNER DES TORSADES DE POINTES", "haloperidol"),
    ],
)
def test_five_medicines_are_contraindicated_and_the_other_torsade_inducing_ones_avoided(
    ask: Ask, heading: str, id: str
) -> None:
    for member in FIVE:
        assert ask(heading, TORSADE, id, member) == {(CI, "")}, member
    for member in ("amiodarone", "sotalol", "erythromycin", "moxifloxacin"):
        assert ask(heading, TORSADE, id, member) == {(AVOID, "")}, member


@pytest.mark.parametrize("other", ["sotalol", "disopyramide", "dronedarone", "citalopram", "moxifloxacin"])
def test_amiodarone_with_another_torsade_inducing_medicine_is_contraindicated(ask: Ask, other: str) -> None:
    assert ask(TORSADE, TORSADE_BUT, "amiodarone", other) == {(CI, "")}


@pytest.mark.parametrize("other", ["haloperidol", "chloroquine", "methadone", "hydroxychloroquine", "crizotinib"])
def test_amiodarone_with_one_that_cannot_be_done_without_is_avoided(ask: Ask, other: str) -> None:
    assert ask(TORSADE, TORSADE_BUT, "amiodarone", other) == {(AVOID, "")}
    assert ask(TORSADE, TORSADE_BUT, "citalopram", other) == {(CI, "")}


# ---- strong CYP3A4 inhibitors, pages 28, 64, 131, 137 to 143


@pytest.mark.parametrize("macrolide", ["clarithromycin", "erythromycin", "telithromycin"])
def test_colchicine_is_contraindicated_with_macrolides(ask: Ask, macrolide: str) -> None:
    assert ask("COLCHICINE", STRONG, "colchicine", macrolide) == {(CI, "")}


@pytest.mark.parametrize(
    "other", ["itraconazole", "ketoconazole", "posaconazole", "voriconazole", "ritonavir", "cobicistat"]
)
def test_colchicine_is_avoided_with_azoles_ritonavir_and_cobicistat(ask: Ask, other: str) -> None:
    assert ask("COLCHICINE", STRONG, "colchicine", other) == {(AVOID, "")}


def test_colchicine_and_tucatinib_keep_both_levels_since_the_text_does_not_name_it(ask: Ask) -> None:
    met = ask("COLCHICINE", STRONG, "colchicine", "tucatinib")
    assert met == {(CI, "member-not-named"), (AVOID, "member-not-named")}


def test_urinary_antispasmodics_each_have_their_own_level(ask: Ask) -> None:
    def level(member: str) -> Met:
        return ask("ANTISPASMODIQUES URINAIRES", STRONG, member, "itraconazole")

    assert level("darifenacin") == {(CI, "")}
    assert level("tolterodine") == {(AVOID, "")}
    assert level("oxybutynin") == {(CONSIDER, "")}
    for member in ("fesoterodine", "solifenacin"):
        assert level(member) == {
            (CI, "renal-or-hepatic-impairment-moderate-to-severe"),
            (CAUTION, "renal-and-hepatic-function-normal"),
        }


def test_kinase_inhibitors_with_strong_cyp3a4_inhibitors(ask: Ask) -> None:
    def level(member: str) -> Met:
        return ask("INHIBITEURS DE TYROSINE KINASES MÉTABOLISÉS", STRONG, member, "itraconazole")

    assert level("ibrutinib") == level("nilotinib") == {(AVOID, "")}
    assert level("imatinib") == {(CAUTION, "")}
    assert level("osimertinib") == level("tucatinib") == level("vandetanib") == {(CAUTION, "exempted-by-source")}


def test_sildenafil_with_strong_cyp3a4_inhibitors_keeps_all_levels(ask: Ask) -> None:
    met = ask("INHIBITEURS DE LA PHOSPHODIESTERASE DE TYPE 5", STRONG, "sildenafil", "ritonavir")
    assert met == {(level, "see-each-product-information") for level in (CI, AVOID, CAUTION)}


def test_midazolam_depends_on_the_route(ask: Ask) -> None:
    assert ask("MIDAZOLAM", STRONG, "midazolam", "itraconazole") == {
        (AVOID, "midazolam-oral"),
        (AVOID, "midazolam-other-route"),
        (CAUTION, "midazolam-intravenous-or-sublingual"),
    }


# ---- sedatives, page 163


@pytest.mark.parametrize("member", ["morphine", "codeine", "methadone", "buprenorphine", "phenobarbital"])
def test_oxybate_is_contraindicated_with_opioids_and_barbiturates(ask: Ask, member: str) -> None:
    assert ask("MÉDICAMENTS SÉDATIFS", "MÉDICAMENTS SÉDATIFS", "sodium-oxybate", member) == {(CI, "")}


@pytest.mark.parametrize("member", ["diazepam", "hydroxyzine", "mirtazapine"])
def test_oxybate_is_avoided_with_the_other_sedatives(ask: Ask, member: str) -> None:
    assert ask("MÉDICAMENTS SÉDATIFS", "MÉDICAMENTS SÉDATIFS", "sodium-oxybate", member) == {(AVOID, "")}


def test_two_other_sedatives_are_to_be_considered(ask: Ask) -> None:
    assert ask("MÉDICAMENTS SÉDATIFS", "MÉDICAMENTS SÉDATIFS", "diazepam", "morphine") == {(CONSIDER, "")}


# ---- angioedema, page 163


@pytest.mark.parametrize(
    ("x", "y", "level"),
    [
        ("sacubitril", "ramipril", CI),
        ("sitagliptin", "ramipril", CONSIDER),
        ("racecadotril", "ramipril", AVOID),
        ("sitagliptin", "everolimus", AVOID),
        ("sacubitril", "valsartan", AVOID),
        ("ramipril", "enalapril", AVOID),
    ],
)
def test_bradykinin_medicines_by_pair(ask: Ask, x: str, y: str, level: str) -> None:
    printed = "MÉDICAMENTS, BRADYKININE ET ANGIO-ŒDÈME"
    assert ask(printed, printed, x, y) == {(level, "")}


# ---- other entries


def test_tramadol_is_contraindicated_with_irreversible_maois(ask: Ask) -> None:
    assert ask("IMAO IRRÉVERSIBLES", "TRAMADOL", "phenelzine", "tramadol") == {(CI, "")}


def test_metformin_and_iodinated_contrast_media(ask: Ask) -> None:
    assert ask("METFORMINE", "PRODUITS DE CONTRASTE IODÉS", "metformin", "iohexol") == {(CI, "")}


@pytest.mark.parametrize("statin", ["simvastatin"])
def test_gemfibrozil_and_simvastatin_are_contraindicated(ask: Ask, statin: str) -> None:
    assert ask("FIBRATES", STATINS, "gemfibrozil", statin) == {(CI, "")}


def test_a_fibrate_and_a_statin_are_at_least_avoided(ask: Ask) -> None:
    assert ask("FIBRATES", STATINS, "fenofibrate", "simvastatin") == {(AVOID, "")}
    assert ask("FIBRATES", STATINS, "gemfibrozil", "atorvastatin") == {(AVOID, "")}
    assert ask("FIBRATES", STATINS, "fenofibrate", "rosuvastatin") == {(CI, "rosuvastatin-40"), (AVOID, "")}


def test_simvastatin_and_strong_cyp3a4_inhibitors_are_contraindicated(ask: Ask) -> None:
    assert ask("SIMVASTATINE", STRONG, "simvastatin", "itraconazole") == {(CI, "")}


def test_atorvastatin_limits_are_a_caution(ask: Ask) -> None:
    assert ask("ATORVASTATINE", "CICLOSPORINE", "atorvastatin", "ciclosporin") == {(CAUTION, "")}
    assert ask("AMIODARONE", "SIMVASTATINE", "amiodarone", "simvastatin") == {(CAUTION, "")}


@pytest.mark.parametrize("member", ["apixaban", "dabigatran", "edoxaban", "rivaroxaban"])
def test_direct_oral_anticoagulants_are_contraindicated_with_heparins(ask: Ask, member: str) -> None:
    assert ask("ANTICOAGULANTS ORAUX", "HÉPARINES", member, "enoxaparin") == {(CI, "")}


@pytest.mark.parametrize("member", ["warfarin", "acenocoumarol", "fluindione", "phenindione"])
def test_vitamin_k_antagonists_need_caution_with_heparins(ask: Ask, member: str) -> None:
    assert ask("ANTICOAGULANTS ORAUX", "HÉPARINES", member, "enoxaparin") == {(CAUTION, "")}


@pytest.mark.parametrize(
    ("heading", "id", "strict", "mild"),
    [
        ("CABOTEGRAVIR", "cabotegravir", CI, CONSIDER),
        ("FOSTEMSAVIR", "fostemsavir", CI, CONSIDER),
        ("SOFOSBUVIR", "sofosbuvir", CI, AVOID),
        ("GLASDÉGIB", "glasdegib", AVOID, CAUTION),
    ],
)
def test_named_inducers_are_stricter_than_the_others(ask: Ask, heading: str, id: str, strict: str, mild: str) -> None:
    for inducer in ("rifampicin", "carbamazepine", "phenytoin", "fosphenytoin"):
        assert ask(heading, "INDUCTEURS ENZYMATIQUES", id, inducer) == {(strict, "")}, inducer
    for inducer in ("rifabutin", "efavirenz"):
        assert ask(heading, "INDUCTEURS ENZYMATIQUES", id, inducer) == {(mild, "")}, inducer


def test_bictegravir_names_rifampicin_alone(ask: Ask) -> None:
    assert ask("BICTÉGRAVIR", "INDUCTEURS ENZYMATIQUES", "bictegravir", "rifampicin") == {(CI, "")}
    assert ask("BICTÉGRAVIR", "INDUCTEURS ENZYMATIQUES", "bictegravir", "carbamazepine") == {(AVOID, "")}


@pytest.mark.parametrize(
    ("pair", "other", "exempt", "kept", "level"),
    [
        (("OMBITASVIR + PARITAPRÉVIR", STRONG), "ombitasvir+paritaprevir", "ritonavir", "itraconazole", CI),
        (("LÉDIPASVIR", "INDUCTEURS ENZYMATIQUES PUISSANTS"), "ledipasvir", "enzalutamide", "carbamazepine", CI),
        (("MARAVIROC", "INDUCTEURS ENZYMATIQUES"), "maraviroc", "nevirapine", "efavirenz", CAUTION),
        (
            ("ANTISÉCRÉTOIRES INHIBITEURS DE LA POMPE À PROTONS", "INHIBITEURS DE TYROSINE KINASES MÉTABOLISÉS"),
            "omeprazole",
            "imatinib",
            "nilotinib",
            CONSIDER,
        ),
    ],
)
def test_a_member_that_the_text_exempts_has_a_branch_that_never_holds(
    ask: Ask, pair: tuple[str, str], other: str, exempt: str, kept: str, level: str
) -> None:
    assert ask(*pair, other, exempt) == {(level, "exempted-by-source")}
    assert {condition for _, condition in ask(*pair, other, kept)} <= {"", "no-strong-cyp3a4-inhibitor"}


def test_live_vaccines_and_hydroxycarbamide_depend_on_the_indication(ask: Ask) -> None:
    met = ask("CYTOTOXIQUES", "VACCINS VIVANTS ATTÉNUÉS", "hydroxycarbamide", "bcg-vaccine")
    assert met == {
        (CI, "hydroxycarbamide-not-for-sickle-cell"),
        (CI, "hydroxycarbamide-not-for-sickle-cell-within-6-months"),
    }
    met = ask("CYTOTOXIQUES", "VACCINS VIVANTS ATTÉNUÉS", "cyclophosphamide", "bcg-vaccine")
    assert met == {(CI, ""), (CI, "within-6-months-after-chemotherapy")}


def test_antiarrhythmics_that_induce_torsades_are_contraindicated_together(ask: Ask) -> None:
    assert (CI, "") in ask("ANTIARYTHMIQUES", "ANTIARYTHMIQUES", "amiodarone", "sotalol")
    met = ask("ANTIARYTHMIQUES", "ANTIARYTHMIQUES", "diltiazem", "flecainide")
    assert (CI, "") not in met
    assert {level for level, _ in met} == {CI, AVOID, CONSIDER}


# ---- what must hold for all of them


def test_every_printed_level_stands_in_a_branch_and_none_is_left_to_the_source(knowledge: Knowledge) -> None:
    assert len(knowledge.interactions) == 1623
    for interaction in knowledge.interactions:
        assert set(interaction.levels) <= {branch.level for branch in interaction.branches}, interaction.id
        assert not any(branch.condition == "see-source" for branch in interaction.branches), interaction.id


def test_a_branch_speaks_of_every_pair_of_members(knowledge: Knowledge) -> None:
    members: dict[str, set[str]] = {}
    for member in knowledge.members:
        members.setdefault(member.side, set()).add(member.substance)

    def parties(side: str) -> list[set[str]]:
        if knowledge.sides[side].kind == "combination":
            return [members[side]]
        return [{substance} for substance in members.get(side, {"any medicine"})]

    for i in knowledge.interactions:
        limited = any(b.members_a or b.members_b or b.except_a or b.except_b for b in i.branches)
        for a, b in itertools.product(parties(i.a), parties(i.b)) if limited else ():
            ways = [(a, b), (b, a)] if i.a == i.b else [(a, b)]
            assert a & b or any(concerns(branch, *way) for branch in i.branches for way in ways), (i.id, a, b)


def test_levels_beyond_the_printed_code_come_from_the_text_in_three_entries_only(knowledge: Knowledge) -> None:
    beyond = {i.id.partition(":")[2] for i in knowledge.interactions if {b.level for b in i.branches} - set(i.levels)}
    assert beyond == {
        "crizotinib--substances-susceptibles-de-donner-des-torsades-de-pointes",
        "substances-susceptibles-de-donner-des-torsades-de-pointes--sulfamethoxazole-trimethoprime",
        "antispasmodiques-urinaires--inhibiteurs-puissants-du-cyp3a4",
    }


def test_every_rule_reads_an_entry_and_no_entry_is_read_by_two(thesaurus: Thesaurus) -> None:
    rules = BranchRules.load()
    read = [match.rule for pair in thesaurus.pairs for match in rules.matches(pair)]
    assert dict.fromkeys(read, 1) == dict.fromkeys(rules.names(), 1)
    assert all(len(rules.matches(pair)) <= 1 for pair in thesaurus.pairs)


def test_every_entry_with_a_condition_or_several_levels_is_read_by_a_rule(thesaurus: Thesaurus) -> None:
    rules = BranchRules.load()
    unread = [(p.a, p.b) for p in thesaurus.pairs if (p.conditions or len(p.levels) > 1) and not rules.matches(p)]
    assert unread == []


def test_every_medicine_that_a_rule_names_is_a_member_of_its_side(
    thesaurus: Thesaurus, names: SubstanceNames, knowledge: Knowledge
) -> None:
    sides = build_sides(thesaurus, names)
    rules = BranchRules.load()
    reader = BranchReader(sides, names, rules)
    for pair in thesaurus.pairs:
        for match in rules.matches(pair):
            a, b = reader.members(pair)
            for row in match.rows:
                wanted = (row.second, row.first) if match.swapped else (row.first, row.second)
                named = [(name, m) for listed, m in zip(wanted, (a, b), strict=True) for name in listed]
                assert all(reader.resolve((name,), members) for name, members in named), match.rule


def test_quotes_of_branches_are_official_wording_of_that_level(knowledge: Knowledge) -> None:
    found = {i.id: i for i in knowledge.interactions}
    crizotinib = found["ansm-thesaurus:crizotinib--substances-susceptibles-de-donner-des-torsades-de-pointes"]
    strict, mild = crizotinib.branches
    assert "citalopram" in strict.quote
    assert "citalopram" not in mild.quote
