from __future__ import annotations

import re

import pytest

from interactions.importers.ansm_thesaurus.document import Heading, Pair, Thesaurus
from interactions.importers.ansm_thesaurus.sides import Sides, build_sides, slug
from interactions.importers.ansm_thesaurus.sides_maps import LocalRow, MemberRow, SideRow, read_map
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames, folded, routes_in
from interactions.knowledge import Level
from medinfo.errors import KnowledgeError


@pytest.fixture(scope="module")
def names() -> SubstanceNames:
    return SubstanceNames.load()


@pytest.fixture(scope="module")
def sides(thesaurus: Thesaurus, names: SubstanceNames) -> Sides:
    return build_sides(thesaurus, names)


def small(*headings: Heading, pairs: tuple[tuple[str, str], ...] = ()) -> Thesaurus:
    stated = tuple(
        Pair(a, b, "CONTRE-INDICATION", (Level.CONTRAINDICATED,), (), "m", "", (9,), 1, "") for a, b in pairs
    )
    return Thesaurus("2024-10", "", 20, "0" * 64, headings, stated)


def heading(name: str, *members: str, page: int = 4) -> Heading:
    return Heading(name, page, "", members, (), ())


def test_every_heading_and_partner_is_a_side(thesaurus: Thesaurus, sides: Sides) -> None:
    printed = {heading.name for heading in thesaurus.headings}
    printed |= {name for pair in thesaurus.pairs for name in (pair.a, pair.b)}
    assert printed == set(sides.meant)


def test_every_member_and_heading_of_the_edition_is_a_substance(sides: Sides) -> None:
    assert sides.unmapped == ()


def test_the_maps_name_only_substances_that_exist(names: SubstanceNames) -> None:
    assert names.unknown_targets() == ()
    assert all(names.find(row.name).substances for row in read_map(LocalRow) if row.name)


def test_the_maps_give_a_reason_for_each_row_and_have_no_row_twice() -> None:
    for rows in (read_map(MemberRow), read_map(SideRow), read_map(LocalRow)):
        assert all(row.reason for row in rows)
    assert len({(row.side, row.printed) for row in read_map(MemberRow)}) == len(read_map(MemberRow))
    assert len({row.printed for row in read_map(SideRow)}) == len(read_map(SideRow))


def test_rows_of_the_maps_are_all_used_by_the_edition(thesaurus: Thesaurus, sides: Sides) -> None:
    printed = {folded(name) for name in sides.meant}
    members = {folded(member) for heading in thesaurus.headings for member in heading.members} | printed
    assert {folded(row.printed) for row in read_map(SideRow)} <= printed
    assert {folded(row.printed) for row in read_map(MemberRow)} <= members
    assert {folded(row.side) for row in read_map(MemberRow)} - {""} <= printed


@pytest.mark.parametrize(
    ("printed", "members"),
    [
        ("SULFAMÉTHOXAZOLE + TRIMÉTHOPRIME", {"sulfamethoxazole", "trimethoprim"}),
        ("OMBITASVIR + PARITAPRÉVIR", {"ombitasvir", "paritaprevir"}),
        ("GLÉCAPRÉVIR + PIBRENTASVIR", {"glecaprevir", "pibrentasvir"}),
        ("GRAZOPREVIR + ELBASVIR", {"grazoprevir", "elbasvir"}),
        ("PIPÉRACILLINE/TAZOBACTAM", {"piperacillin", "tazobactam"}),
    ],
)
def test_a_fixed_combination_needs_all_its_members(sides: Sides, printed: str, members: set[str]) -> None:
    side = sides.sides[sides.meant[printed].side]
    assert side.kind == "combination"
    assert sides.members_of[side.id] == members


def test_there_are_only_these_combinations_and_open_sides(sides: Sides) -> None:
    assert sum(side.kind == "combination" for side in sides.sides.values()) == 5
    assert {side.printed for side in sides.sides.values() if side.kind == "open"} == {
        "MÉDICAMENTS ADMINISTRÉS PAR VOIE ORALE",
        "MÉDICAMENTS UTILISÉS PAR VOIE VAGINALE",
    }


@pytest.mark.parametrize(
    ("printed", "members"),
    [
        ("PHÉNYTOÏNE (ET, PAR EXTRAPOLATION, FOSPHÉNYTOÏNE)", {"phenytoin", "fosphenytoin"}),
        ("PHÉNOBARBITAL (ET, PAR EXTRAPOLATION, PRIMIDONE)", {"phenobarbital", "primidone"}),
        ("VALPROÏQUE (ACIDE) ET, PAR EXTRAPOLATION, VALPROMIDE", {"valproic-acid", "valpromide"}),
    ],
)
def test_an_extrapolation_is_a_substance_with_several_members(sides: Sides, printed: str, members: set[str]) -> None:
    side = sides.sides[sides.meant[printed].side]
    assert side.kind == "substance"
    assert sides.members_of[side.id] == members


@pytest.mark.parametrize(
    ("printed", "of"),
    [
        ("AUTRES AMINOSIDES", "AMINOSIDES"),
        ("AUTRES MEDICAMENTS À RISQUE D'ANGIO-ŒDÈME", "MÉDICAMENTS, BRADYKININE ET ANGIO-ŒDÈME"),
        ("AUTRES MÉDICAMENTS HYPONATRÉMIANTS", "HYPONATRÉMIANTS"),
        ("FIBRATES (AUTRES)", "FIBRATES"),
    ],
)
def test_the_others_of_a_class_are_the_class_itself(sides: Sides, printed: str, of: str) -> None:
    assert sides.meant[printed].others
    assert sides.meant[printed].side == sides.meant[of].side


def test_others_printed_under_another_heading_are_no_members_of_it(sides: Sides) -> None:
    meant = sides.meant["AUTRES MÉDICAMENTS AGISSANT SUR L'HÉMOSTASE"]
    assert not meant.others
    assert {"warfarin", "heparin", "acetylsalicylic-acid", "alteplase", "defibrotide"} <= sides.members_of[meant.side]


def test_the_caffeine_of_tea_is_caffeine(sides: Sides) -> None:
    assert sides.members_of[sides.meant["THÉINE"].side] == {"caffeine"}


def test_names_that_differ_by_an_accent_are_one_side(sides: Sides) -> None:
    assert sides.meant["TENOFOVIR ALAFÉNAMIDE"] == sides.meant["TÉNOFOVIR ALAFÉNAMIDE"]


@pytest.mark.parametrize(
    ("printed", "routes"),
    [
        ("ADRÉNALINE (VOIE BUCCO-DENTAIRE OU SOUS-CUTANÉE)", ("buccal", "dental", "subcutaneous")),
        ("SYMPATHOMIMÉTIQUES ALPHA (VOIES ORALE ET/OU NASALE)", ("nasal", "oral")),
        ("SYMPATHOMIMÉTIQUES ALPHA ET BÊTA (VOIE IM ET IV)", ("intramuscular", "intravenous")),
        ("CORTICOÏDES (VOIE INTRA-ARTICULAIRE)", ("intraarticular",)),
        ("GLUCOCORTICOÏDES PAR VOIE INTRA-ARTICULAIRE ET MÉTABOLISÉS", ("intraarticular",)),
        ("SELS DE FER PAR VOIE INJECTABLE", ("parenteral",)),
        ("MÉDICAMENTS ADMINISTRÉS PAR VOIE ORALE", ("oral",)),
        ("MÉDICAMENTS UTILISÉS PAR VOIE VAGINALE", ("vaginal",)),
    ],
)
def test_a_name_limits_its_side_to_the_routes_that_it_states(
    sides: Sides, printed: str, routes: tuple[str, ...]
) -> None:
    assert sides.sides[sides.meant[printed].side].routes == routes


def test_only_names_that_state_a_route_are_limited_to_one(sides: Sides) -> None:
    limited = [side for side in sides.sides.values() if side.routes]
    assert all(re.search(r"\bvoies?\b", folded(side.printed)) for side in limited)
    stating = {side.id for side in sides.sides.values() if re.search(r"\bvoies?\b", folded(side.printed))}
    assert stating == {side.id for side in limited}


@pytest.mark.parametrize(
    ("printed", "condition"),
    [
        ("HÉPARINES (DOSES CURATIVES ET/OU SUJET ÂGÉ)", "heparin-treatment-dose-or-older"),
        ("HÉPARINES (DOSES PRÉVENTIVES)", "heparin-preventive-dose"),
        ("BÊTA-BLOQUANTS DANS L'INSUFFISANCE CARDIAQUE", "beta-blocker-for-heart-failure"),
        ("HÉPARINES", ""),
    ],
)
def test_a_name_states_the_condition_of_its_side(sides: Sides, printed: str, condition: str) -> None:
    assert sides.sides[sides.meant[printed].side].condition == condition


@pytest.mark.parametrize("side", ["SUBSTANCES SUSCEPTIBLES DE DONNER DES TORSADES DE POINTES", "TORSADOGÈNES (SAUF"])
@pytest.mark.parametrize("member", ["erythromycin", "vincamine"])
def test_erythromycin_and_vincamine_prolong_qt_by_vein_only(sides: Sides, side: str, member: str) -> None:
    of = next(meant.side for name, meant in sides.meant.items() if name.startswith(side))
    found = [m for m in sides.members if m.side == of and m.substance == member]
    assert [m.routes for m in found] == [("intravenous",)]


def test_an_exception_in_a_class_name_is_no_member(sides: Sides) -> None:
    for printed, left_out in (
        ("MACROLIDES (SAUF SPIRAMYCINE)", "spiramycin"),
        ("GLUCOCORTICOÏDES (SAUF HYDROCORTISONE)", "hydrocortisone"),
        ("BÊTA-BLOQUANTS (SAUF ESMOLOL ET SOTALOL) (Y COMPRIS COLLYRES)", "sotalol"),
    ):
        assert left_out not in sides.members_of[sides.meant[printed].side]


def test_a_placeholder_is_no_member(sides: Sides) -> None:
    assert not any(folded(member.printed) == "anpu" for member in sides.members)


def test_every_printed_member_belongs_to_its_side(thesaurus: Thesaurus, sides: Sides, names: SubstanceNames) -> None:
    for one in thesaurus.headings:
        side = sides.meant[one.name].side
        printed = {folded(m.printed) for m in sides.members if m.side == side}
        assert {folded(name) for name in one.members} - {"anpu"} <= printed, one.name
        found = {id for name in one.members for id in names.find(name, one.name).substances}
        assert found <= sides.members_of[side], one.name


def test_page_2_names_the_local_routes_that_count(sides: Sides) -> None:
    rules = {(rule.substance or rule.side, rule.routes) for rule in sides.local_routes if rule.page == 2}
    expected = {(name, ("*",)) for name in ("miconazole", "econazole", "povidone-iodine", "iodine")}
    expected |= {("pilocarpine", ("ocular",))}
    nasal = ["esketamine", "desmopressin", "ephedrine", "dihydroergotamine", "fentanyl", "sumatriptan"]
    expected |= {(name, ("nasal",)) for name in nasal}
    expected |= {("spermicides", ("vaginal",)), ("antiseptiques-mercuriels", ("*",))}
    assert expected <= rules
    ocular = {key for key, routes in rules if routes == ("ocular",)} - {"pilocarpine"}
    members = set().union(*(sides.members_of[side] for side in ocular))
    assert {"timolol", "betaxolol", "carteolol", "levobunolol"} <= members


def test_the_nasal_influenza_vaccine_counts(sides: Sides) -> None:
    found = [m.substance for m in sides.members if "grippe" in folded(m.printed)]
    assert found
    rules = {rule.substance for rule in sides.local_routes if "nasal" in rule.routes}
    assert set(found) <= rules


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("erythromycine (voie intraveineuse)", ("intravenous",)),
        ("X (VOIE IM ET IV)", ("intramuscular", "intravenous")),
        ("X (voies orale et/ou nasale)", ("nasal", "oral")),
        ("IVABRADINE", ()),
        ("sodium (citrate de)", ()),
        ("IMIPRAMINE (FORME IV)", ()),
    ],
)
def test_route_words_are_read_only_beside_the_word_route(text: str, routes: tuple[str, ...]) -> None:
    assert routes_in(text) == routes


def test_a_member_with_a_route_in_brackets_keeps_it(names: SubstanceNames) -> None:
    found = names.find("spiramycine (voie IV)")
    assert found.substances == ("spiramycin",)
    assert found.routes == ("intravenous",)


@pytest.mark.parametrize("name", ["warfarin sodique inconnue", "amiodarne", "aspirrine", ""])
def test_a_name_that_is_not_exact_is_no_substance(names: SubstanceNames, name: str) -> None:
    assert names.find(name).substances == ()


def test_an_unknown_member_of_another_edition_stays_without_a_substance(names: SubstanceNames) -> None:
    edition = small(heading("CLASSE NEUVE", "warfarine", "inconnumab"), pairs=(("CLASSE NEUVE", "WARFARINE"),))
    found = build_sides(edition, names)
    assert found.unmapped == (("classe-neuve", "inconnumab"),)
    assert found.members_of["classe-neuve"] == {"warfarin"}


def test_two_unknown_members_are_both_kept(names: SubstanceNames) -> None:
    found = build_sides(small(heading("CLASSE NEUVE", "inconnumab", "inconnunib")), names)
    assert [member.printed for member in found.members] == ["inconnumab", "inconnunib"]


def test_a_partner_that_nothing_explains_is_a_side_of_its_own(names: SubstanceNames) -> None:
    found = build_sides(small(heading("WARFARINE"), pairs=(("AUTRES CHOSES", "WARFARINE"),)), names)
    assert found.meant["AUTRES CHOSES"].side == "autres-choses"
    assert found.unmapped == (("autres-choses", "AUTRES CHOSES"),)


def test_two_names_that_would_share_an_id_are_refused(names: SubstanceNames) -> None:
    with pytest.raises(KnowledgeError, match="share the id"):
        build_sides(small(heading("ACIDE A"), heading("ACIDE-A")), names)


def test_ids_of_sides_are_slugs_of_what_is_printed() -> None:
    assert slug("BÊTA-BLOQUANTS (SAUF ESMOLOL) (Y COMPRIS COLLYRES)") == (
        "beta-bloquants-sauf-esmolol-y-compris-collyres"
    )
    assert slug("MÉDICAMENTS À L'ORIGINE D'UN SYNDROME") == "medicaments-a-l-origine-d-un-syndrome"


def test_a_substance_shares_a_member_with_each_class_that_it_refers_to(thesaurus: Thesaurus, sides: Sides) -> None:
    lists = {folded(h.name): sides.members_of[sides.meant[h.name].side] for h in thesaurus.headings if h.members}
    disagreeing = []
    for one in thesaurus.headings:
        own = sides.members_of[sides.meant[one.name].side]
        for reference in one.see_also:
            members = lists.get(folded(reference))
            if not one.members and members is not None and not own & members:
                disagreeing.append((one.name, reference))
    assert disagreeing == []
