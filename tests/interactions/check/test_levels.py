"""Which levels stay, and which a known fact excludes."""

import pytest

from interactions.findings import MedicineInput
from interactions.knowledge import Branch, Level
from medinfo.errors import KnowledgeError

CI, AVOID, CAUTION, CONSIDER = Level


def _branch(level, condition="", **limits):
    return Branch(level, level.value.upper(), condition, **limits)


@pytest.fixture
def aspirin(book):
    book.side("aspirin", "aspirin", kind="substance").side("vka", "warfarin", "fluindione")
    book.condition("high", "dose:aspirin:>=:3:g/day").condition("ulcer", "fact:history").condition("unclear")
    return book


def _only(result):
    (finding,) = result.findings
    return finding.judged


def _applies(finding):
    return [outcome.applies for outcome in finding.branches]


def test_a_branch_without_condition_applies(aspirin, desk):
    finding = _only(desk(aspirin.states("aspirin", "vka", AVOID)).check("aspirin", "warfarin"))
    assert (finding.level, _applies(finding), finding.branches[0].decided_by) == (AVOID, [True], ())


def test_an_unknown_dose_keeps_all_branches_and_ranks_by_the_strictest(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"), _branch(AVOID))
    finding = _only(desk(aspirin).check("aspirin", "warfarin"))
    assert (finding.level, _applies(finding)) == (CI, [None, True])
    assert finding.branches[0].decided_by == ("dose",)
    assert finding.branches[0].conditions == ("high",)


def test_a_known_dose_excludes_a_branch_and_it_stays_shown(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"), _branch(AVOID))
    finding = _only(desk(aspirin).check(MedicineInput("aspirin", dose="75 mg/j"), "warfarin"))
    assert (finding.level, _applies(finding)) == (AVOID, [False, True])


def test_a_known_dose_confirms_a_branch(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"), _branch(AVOID))
    finding = _only(desk(aspirin).check(MedicineInput("aspirin", dose="1 g 3 fois par jour"), "warfarin"))
    assert (finding.level, _applies(finding)) == (CI, [True, True])


def test_doses_of_two_medicines_with_one_substance_add_up_and_so_decide_nothing(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"), _branch(AVOID))
    twice = [MedicineInput("aspirin", dose="2 g/j"), MedicineInput("aspirin", dose="2 g/j")]
    finding = _only(desk(aspirin).check(*twice, "warfarin"))
    assert (finding.level, _applies(finding)) == (CI, [None, True])


def test_a_dose_of_a_combination_product_is_of_no_one_substance(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"), _branch(AVOID))
    finding = _only(desk(aspirin).check(MedicineInput("aspirin+caffeine", dose="75 mg/j"), "warfarin"))
    assert (finding.level, _applies(finding)) == (CI, [None, True])


def test_a_fact_about_the_patient_keeps_the_branch_and_is_named(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(AVOID, "ulcer"), _branch(CONSIDER))
    finding = _only(desk(aspirin).check("aspirin", "warfarin"))
    assert (finding.level, finding.branches[0].decided_by) == (AVOID, ("history",))


def test_an_indication_as_typed_decides_nothing(aspirin, desk):
    aspirin.condition("flutter", "fact:indication").states("aspirin", "vka", _branch(AVOID, "flutter"))
    finding = _only(desk(aspirin).check(MedicineInput("aspirin", indication="flutter"), "warfarin"))
    assert finding.branches[0].applies is None


def test_periods_that_do_not_overlap_exclude_nothing(aspirin, desk):
    aspirin.states("aspirin", "vka", CI)
    before = MedicineInput("aspirin", start="2024-01-01", end="2024-01-05")
    after = MedicineInput("warfarin", start="2024-02-01", end="2024-02-05")
    assert _only(desk(aspirin).check(before, after)).level is CI


def test_an_interaction_of_which_every_branch_is_excluded_is_said_as_not_applicable(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, "high"))
    result = desk(aspirin).check(MedicineInput("aspirin", dose="75 mg/j"), "warfarin")
    assert result.findings == ()
    assert [(one.judged.interaction.id, one.judged.status) for one in result.not_applicable] == [
        ("book:aspirin--vka", "condition_excluded")
    ]


def test_branches_limited_to_other_members_are_not_shown(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, members_b=("warfarin",)), _branch(CAUTION, except_b=("warfarin",)))
    assert [o.branch.level for o in _only(desk(aspirin).check("aspirin", "warfarin")).branches] == [CI]
    assert [o.branch.level for o in _only(desk(aspirin).check("aspirin", "fluindione")).branches] == [CAUTION]


def test_members_of_both_sides_are_looked_at(aspirin, desk):
    aspirin.states(
        "aspirin", "vka", _branch(CI, members_a=("other",)), _branch(AVOID, except_a=("aspirin",)), _branch(CAUTION)
    )
    assert _only(desk(aspirin).check("aspirin", "warfarin")).level is CAUTION


def test_a_pair_that_no_branch_speaks_of_keeps_all_printed_levels_undecided(aspirin, desk):
    aspirin.states("aspirin", "vka", _branch(CI, members_b=("warfarin",)), levels=(CI, CAUTION))
    finding = _only(desk(aspirin).check("aspirin", "fluindione"))
    assert [(o.branch.level, o.applies, o.decided_by) for o in finding.branches] == [
        (CI, None, ("other",)),
        (CAUTION, None, ("other",)),
    ]
    assert finding.branches[0].branch.native_level == finding.interaction.native_level


def test_both_ways_round_are_looked_at_when_both_stand_on_both_sides(book, desk):
    book.side("qt", "amiodarone", "citalopram").states("qt", "qt", _branch(CI, members_b=("amiodarone",)), CAUTION)
    finding = _only(desk(book).check("amiodarone", "citalopram"))
    assert [(o.branch.level, o.applies) for o in finding.branches] == [(CI, True), (CAUTION, True)]


def test_a_member_named_on_one_side_only_concerns_that_way_round(book, desk):
    book.side("qt", "amiodarone", "citalopram").side("antiarrhythmics", "amiodarone", "sotalol")
    book.states("antiarrhythmics", "qt", _branch(CI, members_b=("amiodarone",)), CAUTION)
    assert _only(desk(book).check("amiodarone", "citalopram")).level is CAUTION


def test_an_atom_on_a_class_with_itself_stays_unknown(book, desk):
    book.side("qt", "a", "b").condition("iv", "route:intravenous@qt").states("qt", "qt", _branch(CI, "iv"))
    finding = _only(desk(book).check("a @oral", "b @intravenous"))
    assert (finding.branches[0].applies, finding.branches[0].decided_by) == (None, ("route",))


@pytest.fixture
def corticoids(book):
    book.side("joint", "dexamethasone", routes=("intraarticular",)).side("inhibitors", "ritonavir")
    return book.states("inhibitors", "joint", AVOID)


@pytest.mark.parametrize(("route", "applies"), [("intraarticular", True), ("", None)])
def test_a_side_limited_to_a_route_counts_at_that_route_or_when_it_is_unknown(corticoids, desk, route, applies):
    outcome = _only(desk(corticoids).check(MedicineInput("dexamethasone", route=route), "ritonavir")).branches[0]
    assert (outcome.applies, outcome.decided_by) == (applies, () if applies else ("route",))


def test_a_side_limited_to_another_route_is_not_applicable(corticoids, desk):
    result = desk(corticoids).check(MedicineInput("dexamethasone", route="oral"), "ritonavir")
    assert result.findings == ()
    assert [one.judged.status for one in result.not_applicable] == ["condition_excluded"]


def test_a_member_may_be_limited_to_a_route(book, desk):
    book.side("vka", "warfarin").side("azoles").member("azoles", "x", "oral").states("azoles", "vka", CI)
    assert _only(desk(book).check("x", "warfarin")).branches[0].applies is None
    assert desk(book).check("x @intravenous", "warfarin").findings == ()


def test_a_member_printed_once_without_a_route_is_not_limited(book, desk):
    book.side("vka", "warfarin").side("azoles", "x").member("azoles", "x", "oral", printed="x by mouth")
    book.states("azoles", "vka", CI)
    assert _only(desk(book).check("x @intravenous", "warfarin")).branches[0].applies is True


def test_the_condition_of_a_side_stands_before_that_of_the_branch(aspirin, desk):
    aspirin.condition("preventive", "fact:dose").side("heparins", "enoxaparin", condition="preventive")
    aspirin.states("aspirin", "heparins", _branch(AVOID, "ulcer"), _branch(CONSIDER))
    first, second = _only(desk(aspirin).check("aspirin", "enoxaparin")).branches
    assert (first.conditions, first.decided_by) == (("preventive", "ulcer"), ("dose", "history"))
    assert (second.conditions, second.applies) == (("preventive",), None)


def test_a_condition_that_is_not_there_is_refused_at_the_start(aspirin, desk):
    with pytest.raises(KnowledgeError, match="not-there"):
        desk(aspirin.states("aspirin", "vka", _branch(CI, "not-there")))
