"""What a check says of a whole list."""

import itertools

import pytest

from interactions.findings import NOT_CHECKED, MedicineInput
from interactions.knowledge import Level
from medinfo.errors import InvalidCode

CI, AVOID, CAUTION, CONSIDER = Level


@pytest.fixture
def anticoagulants(book):
    book.side("nsaids", "aspirin", "ibuprofen").side("vka", "warfarin").side("herbs", "hypericum")
    book.states("nsaids", "vka", AVOID).states("nsaids", "nsaids", CAUTION).states("herbs", "vka", CI)
    return book


def _pairs(result):
    return [tuple(party.id for party in finding.judged.between) for finding in result.findings]


def test_findings_stand_strictest_first(anticoagulants, desk):
    result = desk(anticoagulants).check("warfarin", "ibuprofen", "aspirin", "hypericum")
    assert [finding.judged.level for finding in result.findings] == [CI, AVOID, AVOID, CAUTION]


def test_findings_do_not_depend_on_the_order_of_the_list(anticoagulants, desk):
    at = desk(anticoagulants)
    listed = ("warfarin", "ibuprofen", "aspirin", "hypericum")
    orders = {tuple(_pairs(at.check(*order))) for order in itertools.permutations(listed)}
    assert len(orders) == 1


def test_a_pair_that_meets_both_ways_round_gives_one_finding(anticoagulants, desk):
    assert _pairs(desk(anticoagulants).check("ibuprofen", "aspirin")) == [("aspirin", "ibuprofen")]


def test_a_finding_names_its_source_and_the_inputs_that_hold_the_parties(anticoagulants, desk):
    (finding,) = desk(anticoagulants).check("warfarin", "ibuprofen", "ibuprofen+codeine").findings
    assert finding.judged.source.id == "book"
    assert [party.id for party in finding.judged.between] == ["ibuprofen", "warfarin"]
    assert finding.inputs == ((1, 2), (0,))
    assert [node.id for node in finding.judged.path] == ["ibuprofen", "nsaids", "book:nsaids--vka", "vka", "warfarin"]


def test_two_ingredients_of_one_product_are_a_finding_like_any_other(anticoagulants, desk):
    (finding,) = desk(anticoagulants).check("aspirin+ibuprofen").findings
    assert finding.inputs == ((0,), (0,))


def test_one_substance_in_two_medicines_is_a_duplicate_and_no_interaction(anticoagulants, desk):
    result = desk(anticoagulants).check("ibuprofen", "ibuprofen+codeine", "warfarin")
    assert [(one.substance.id, one.inputs) for one in result.duplicates] == [("ibuprofen", (0, 1))]
    assert _pairs(result) == [("ibuprofen", "warfarin")]


def test_one_medicine_alone_is_no_duplicate(anticoagulants, desk):
    assert desk(anticoagulants).check("ibuprofen+ibuprofen").duplicates == ()


def test_what_is_not_covered_is_said_with_its_reason(anticoagulants, desk):
    result = desk(anticoagulants).check("?typo", "~either", "hom", "nothing", "unheard-of+warfarin")
    assert [(one.input, one.text, one.substance and one.substance.id, one.reason) for one in result.not_covered] == [
        (0, "?typo", None, "unknown"),
        (1, "~either", None, "ambiguous"),
        (2, "hom", None, "homeopathic"),
        (3, "nothing", None, "no_source"),
        (4, "unheard-of+warfarin", "unheard-of", "no_source"),
    ]


def test_every_pair_without_a_finding_is_not_listed(anticoagulants, desk):
    result = desk(anticoagulants).check("warfarin", "ibuprofen", "unheard-of", "hypericum", "?typo")
    assert result.not_listed == (
        ("hypericum", "ibuprofen"),
        ("hypericum", "unheard-of"),
        ("ibuprofen", "unheard-of"),
        ("unheard-of", "warfarin"),
    )


def test_a_pair_that_is_excluded_is_listed_by_the_source(anticoagulants, desk):
    result = desk(anticoagulants).check("warfarin", "ibuprofen @cutaneous")
    assert (result.not_listed, len(result.not_applicable)) == ((), 1)


def test_a_combination_speaks_for_its_members(book, desk):
    book.side("co", "a", "b", kind="combination").side("vka", "warfarin").states("co", "vka", AVOID)
    result = desk(book).check("a+b", "warfarin", "b")
    (finding,) = result.findings
    first = finding.judged.between[0]
    assert (first.id, first.substances, first.substance, finding.inputs[0]) == ("co", ("a", "b"), None, (0, 2))
    assert result.not_listed == (("a", "b"),)


def test_what_is_never_checked_is_always_said(anticoagulants, desk):
    assert desk(anticoagulants).check("warfarin").not_checked == NOT_CHECKED
    assert NOT_CHECKED == ("allergy", "disease", "dose_range", "pregnancy")


def test_an_empty_list_gives_an_empty_result(anticoagulants, desk):
    result = desk(anticoagulants).check()
    assert (result.medicines, result.findings, result.not_listed) == ((), (), ())


def test_a_code_stands_for_its_substance(anticoagulants, desk):
    result = desk(anticoagulants).check(MedicineInput(system="atc", value="warfarin"), "ibuprofen")
    assert result.medicines[0].text == "atc warfarin"
    assert _pairs(result) == [("ibuprofen", "warfarin")]


def test_a_code_that_cannot_be_is_refused(anticoagulants, desk):
    with pytest.raises(InvalidCode):
        desk(anticoagulants).check(MedicineInput(system="cip13", value="1"))


def test_two_sources_give_a_finding_each(anticoagulants, other_book, desk):
    other_book.side("warfarin", "warfarin", kind="substance").side("ibuprofen", "ibuprofen", kind="substance")
    other_book.states("ibuprofen", "warfarin", CI)
    result = desk(anticoagulants, other_book).check("warfarin", "ibuprofen")
    assert [(finding.judged.source.id, finding.judged.level) for finding in result.findings] == [
        ("other", CI),
        ("book", AVOID),
    ]
    assert [edition.source.id for edition in result.editions] == ["book", "other"]


def test_a_substance_that_one_of_two_sources_covers_is_covered(anticoagulants, other_book, desk):
    other_book.side("zinc", "zinc", kind="substance").states("zinc", "zinc", CI)
    assert desk(anticoagulants, other_book).check("zinc", "warfarin").not_covered == ()


def test_of_two_editions_of_one_source_the_first_counts(anticoagulants, other_book, desk):
    other_book.id = "book"
    other_book.side("nsaids", "ibuprofen").side("vka", "warfarin").states("nsaids", "vka", CI)
    result = desk(anticoagulants, other_book).check("warfarin", "ibuprofen")
    assert [finding.judged.level for finding in result.findings] == [AVOID]
    assert len(result.editions) == 1


def test_a_compiled_index_answers_alike(anticoagulants, desk, names, routes, tmp_path):
    from interactions.check import Checker

    at = desk(anticoagulants).checker
    compiled = Checker(anticoagulants.build(), names, routes, compiled=tmp_path)
    items = [MedicineInput("warfarin"), MedicineInput("aspirin")]
    assert compiled.check(items).findings == at.check(items).findings
    assert len(list(tmp_path.glob("[!.]*"))) == 1


def test_what_was_found_before_is_found_again_with_the_inputs_of_the_list_at_hand(anticoagulants, desk):
    at = desk(anticoagulants)
    assert [found.inputs for found in at.check("ibuprofen", "warfarin").findings] == [((0,), (1,))]
    assert [found.inputs for found in at.check("warfarin", "?typo", "ibuprofen").findings] == [((2,), (0,))]


def test_what_was_judged_before_does_not_hide_what_is_known_now(anticoagulants, desk):
    at = desk(anticoagulants)
    assert len(at.check("ibuprofen", "warfarin").findings) == 1
    assert len(at.check("ibuprofen @cutaneous", "warfarin").findings) == 0
    assert len(at.check("ibuprofen", "warfarin").findings) == 1


def test_what_is_kept_is_bounded(anticoagulants, desk, monkeypatch):
    monkeypatch.setattr("interactions.check.KEPT", 1)
    at = desk(anticoagulants)
    before = at.check("warfarin", "ibuprofen", "aspirin", "hypericum")
    assert at.check("warfarin", "ibuprofen", "aspirin", "hypericum") == before
    assert len(at.checker._kept) == 1


def test_the_age_of_an_edition_is_that_of_the_day(anticoagulants, names, routes):
    from datetime import date

    from interactions.check import Checker

    days = iter([date(2024, 3, 1), date(2025, 3, 1)])
    checker = Checker(anticoagulants.build(), names, routes, lambda: next(days))
    assert [checker.check([]).editions[0].age_months for _ in range(2)] == [5, 17]


def test_what_is_kept_can_be_let_go(anticoagulants, desk):
    at = desk(anticoagulants)
    before = at.check("ibuprofen", "warfarin")
    at.checker.forget()
    assert at.checker._kept == {}
    assert at.check("ibuprofen", "warfarin") == before


def test_one_substance_taken_in_two_ways_meets_what_the_source_states_of_the_two(book, desk):
    book.side("iron", "iron").side("injected", "iron", kind="substance", routes=("intravenous",))
    shop = desk(book.states("iron", "injected", Level.AVOID))
    (found,) = shop.check("iron @oral", "iron @intravenous").findings
    assert (found.judged.level, found.inputs) == (Level.AVOID, ((0,), (1,)))
    (found,) = shop.check("iron @intravenous", "iron @oral").findings
    assert found.inputs == ((1,), (0,))
    assert [duplicate.inputs for duplicate in shop.check("iron @oral", "iron @oral").duplicates] == [(0, 1)]
    assert not shop.check("iron @oral", "iron @oral").findings
    assert not shop.check("iron @intravenous").findings
