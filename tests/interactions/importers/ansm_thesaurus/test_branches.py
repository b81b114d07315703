"""What becomes of an entry that a rule reads, reads in part, or does not read. Nothing is lost in any case."""

from __future__ import annotations

import pytest

from interactions.importers.ansm_thesaurus.branches import BranchReader
from interactions.importers.ansm_thesaurus.branches_rules import BranchRow, BranchRules, RuleRow
from interactions.importers.ansm_thesaurus.document import Heading, Pair, TextCondition, Thesaurus
from interactions.importers.ansm_thesaurus.sides import Sides, build_sides
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames
from interactions.knowledge import Level
from medinfo.errors import KnowledgeError

CI, AVOID = Level.CONTRAINDICATED.value, Level.AVOID.value


@pytest.fixture(scope="module")
def names() -> SubstanceNames:
    return SubstanceNames.load()


def edition(
    names: SubstanceNames, text: str, levels: tuple[Level, ...], *conditions: TextCondition
) -> tuple[Sides, Pair]:
    headings = (
        Heading("COLCHICINE", 4, "", (), (), ()),
        Heading("MACROLIDES", 5, "", ("clarithromycine", "azithromycine", "josamycine"), (), ()),
    )
    pair = Pair("COLCHICINE", "MACROLIDES", "CI - ASDEC", levels, conditions, "Mécanisme.", text, (4, 5), 2, "")
    sides = build_sides(Thesaurus("2024-10", "", 20, "0" * 64, headings, (pair,)), names)
    return sides, pair


Read = list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]


def read(names: SubstanceNames, edition: tuple[Sides, Pair], rules: BranchRules | None = None) -> Read:
    found = BranchReader(edition[0], names, rules or BranchRules((), ())).branches(edition[1])
    return [(b.level.value, b.condition, b.members_b, b.except_b) for b in found]


BOTH = (Level.CONTRAINDICATED, Level.AVOID)


def test_an_entry_that_no_rule_reads_keeps_all_its_levels_undecided(names: SubstanceNames) -> None:
    assert read(names, edition(names, "Texte neuf.", BOTH)) == [
        (CI, "see-source", (), ()),
        (AVOID, "see-source", (), ()),
    ]


def test_an_unread_entry_keeps_the_members_that_its_outline_names(names: SubstanceNames) -> None:
    outline = (
        TextCondition("avec la clarithromycine", ("clarithromycine",), level=Level.CONTRAINDICATED),
        TextCondition("avec les autres", (), True, Level.AVOID),
    )
    assert read(names, edition(names, "Texte neuf.", BOTH, *outline)) == [
        (CI, "see-source", ("clarithromycin",), ()),
        (AVOID, "see-source", (), ()),
    ]


def test_members_that_no_branch_of_an_unread_entry_names_keep_all_levels(names: SubstanceNames) -> None:
    outline = (
        TextCondition("avec la clarithromycine", ("clarithromycine",), level=Level.CONTRAINDICATED),
        TextCondition("avec la josamycine", ("josamycine",), level=Level.AVOID),
    )
    assert read(names, edition(names, "Texte neuf.", BOTH, *outline)) == [
        (CI, "member-not-named", (), ("clarithromycin", "josamycin")),
        (CI, "see-source", ("clarithromycin",), ()),
        (AVOID, "member-not-named", (), ("clarithromycin", "josamycin")),
        (AVOID, "see-source", ("josamycin",), ()),
    ]


def test_an_outline_that_names_nobody_known_is_not_limited_to_anybody(names: SubstanceNames) -> None:
    outline = TextCondition("avec l'inconnumab", ("inconnumab",), level=Level.CONTRAINDICATED)
    assert (CI, "see-source", (), ()) in read(names, edition(names, "Texte neuf.", BOTH, outline))


def test_a_printed_level_that_the_outline_forgets_is_kept(names: SubstanceNames) -> None:
    outline = TextCondition("si besoin", (), level=Level.CONTRAINDICATED)
    assert (AVOID, "see-source", (), ()) in read(names, edition(names, "Texte neuf.", BOTH, outline))


def test_an_entry_without_conditions_has_its_level_unconditionally(names: SubstanceNames) -> None:
    assert read(names, edition(names, "Texte.", (Level.AVOID,))) == [(AVOID, "", (), ())]


def rules_of(*rows: BranchRow, text: str = "mecanisme") -> BranchRules:
    return BranchRules([RuleRow("rule", "^macrolides$", "^colchicine$", text)], rows)


def test_a_rule_reads_the_sides_in_either_order(names: SubstanceNames) -> None:
    rules = rules_of(
        BranchRow("rule", "contraindicated", "", ("clarithromycine",), (), (), ()),
        BranchRow("rule", "avoid", "", (), (), ("*",), ()),
    )
    assert read(names, edition(names, "", BOTH), rules) == [
        (CI, "", ("clarithromycin",), ()),
        (AVOID, "", (), ("clarithromycin",)),
    ]


def test_a_rule_that_limits_every_branch_leaves_the_other_members_all_levels(names: SubstanceNames) -> None:
    rules = rules_of(
        BranchRow("rule", "contraindicated", "", ("clarithromycine",), (), (), ()),
        BranchRow("rule", "avoid", "", ("josamycine",), (), (), ()),
    )
    found = read(names, edition(names, "", BOTH), rules)
    assert (CI, "member-not-named", (), ("clarithromycin", "josamycin")) in found
    assert (AVOID, "member-not-named", (), ("clarithromycin", "josamycin")) in found


def test_a_rule_whose_members_this_edition_lacks_is_not_trusted(names: SubstanceNames) -> None:
    rules = rules_of(
        BranchRow("rule", "contraindicated", "", ("telithromycine",), (), (), ()),
        BranchRow("rule", "avoid", "", (), (), ("*",), ()),
    )
    found = read(names, edition(names, "", BOTH), rules)
    assert (CI, "see-source", (), ()) in found


def test_a_printed_level_that_a_rule_forgets_is_kept(names: SubstanceNames) -> None:
    rules = rules_of(BranchRow("rule", "contraindicated", "", (), (), (), ()))
    assert read(names, edition(names, "", BOTH), rules) == [(CI, "", (), ()), (AVOID, "see-source", (), ())]


def test_two_rules_that_read_one_entry_leave_it_to_the_source(names: SubstanceNames) -> None:
    row = BranchRow("rule", "contraindicated", "", (), (), (), ())
    other = BranchRow("other", "avoid", "", (), (), (), ())
    rules = BranchRules([RuleRow("rule", "", "", "mecanisme"), RuleRow("other", "", "", "mecanisme")], [row, other])
    assert read(names, edition(names, "", BOTH), rules) == [(CI, "see-source", (), ()), (AVOID, "see-source", (), ())]


@pytest.mark.parametrize(
    ("rules", "rows"),
    [
        ([RuleRow("rule", "", "", "text")], []),
        ([RuleRow("rule", "", "", "")], [BranchRow("rule", "avoid", "", (), (), (), ())]),
        ([], [BranchRow("rule", "avoid", "", (), (), (), ())]),
    ],
)
def test_rules_without_branches_text_or_rule_are_refused(rules: list[RuleRow], rows: list[BranchRow]) -> None:
    with pytest.raises(KnowledgeError):
        BranchRules(rules, rows)
