import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.conditions import NO, YES, Ruling, Use, all_of, any_of, by_route, compile_condition
from interactions.doses import read_dose
from interactions.knowledge import Condition
from medinfo.errors import KnowledgeError

ROUTE = Ruling(None, ("route",))
DOSE = Ruling(None, ("dose",))
RULINGS = st.lists(st.sampled_from([YES, NO, ROUTE, DOSE]))


def _ask(*atoms: str, **uses: Use) -> Ruling:
    return compile_condition(Condition("test", atoms))(uses.get)


def _taken(*routes: str, dose: str = "") -> Use:
    return Use(routes, read_dose(dose))


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        (("oral",), YES),
        (("sublingual",), YES),
        (("oral", "sublingual"), YES),
        (("intravenous",), NO),
        (("intravenous", "rectal"), NO),
        (("oral", "intravenous"), ROUTE),
        ((), ROUTE),
    ],
)
def test_a_route_decides_only_if_all_possible_routes_agree(routes, expected):
    assert _ask("route:oral|sublingual@digoxin", digoxin=_taken(*routes)) == expected


def test_an_injection_may_be_intravenous():
    assert by_route(["parenteral"], frozenset({"intravenous"})) == ROUTE


def test_an_intravenous_medicine_is_injected():
    assert by_route(["intravenous"], frozenset({"parenteral"})) == YES


def test_an_injection_is_not_oral():
    assert by_route(["parenteral"], frozenset({"oral"})) == NO


def test_no_wanted_route_is_met_by_every_route():
    assert by_route([], frozenset()) == YES


@pytest.mark.parametrize(
    ("dose", "expected"),
    [("3 g/j", YES), ("1 g 3 fois par jour", YES), ("75 mg/j", NO), ("500 mg", DOSE), ("", DOSE), ("9 g/week", DOSE)],
)
def test_a_daily_dose_is_compared_with_a_daily_limit(dose, expected):
    assert _ask("dose:aspirin:>=:3:g/day", aspirin=_taken(dose=dose)) == expected


def test_a_weekly_dose_is_compared_with_a_weekly_limit():
    assert _ask("dose:methotrexate:>:20:mg/week", methotrexate=_taken(dose="15 mg/week")) == NO


def test_micrograms_are_a_thousandth():
    assert _ask("dose:x:>:100:micrograms/day", x=_taken(dose="0.2 mg/day")) == YES


def test_a_limit_with_decimals_is_exact():
    assert _ask("dose:x:>=:0.3:mg/day", x=_taken(dose="0,3 mg/j")) == YES


def test_a_dose_by_weight_never_decides():
    assert _ask("dose:x:>:10:mg/kg/day", x=_taken(dose="5000 mg/day")) == DOSE


@pytest.mark.parametrize("kind", ["indication", "history", "renal-function", "dose", "period", "age", "other"])
def test_a_fact_about_the_patient_is_never_known(kind):
    assert _ask(f"fact:{kind}", x=_taken("oral", dose="1 g/j")) == Ruling(None, (kind,))


def test_a_condition_without_atoms_is_never_known():
    assert _ask() == Ruling(None, ("other",))


def test_an_atom_about_nobody_in_the_pair_stays_unknown():
    assert _ask("route:oral@digoxin", x=_taken("oral")) == ROUTE
    assert _ask("dose:digoxin:>:1:mg/day", x=_taken(dose="2 mg/day")) == DOSE


def test_one_excluded_atom_excludes_the_condition():
    assert _ask("fact:history", "route:oral@x", x=_taken("intravenous")) == NO


def test_all_facts_that_would_decide_are_named():
    ruling = _ask("fact:history", "route:oral@x", "dose:x:>:1:g/day", "fact:history", x=_taken())
    assert ruling == Ruling(None, ("dose", "history", "route"))


@pytest.mark.parametrize(
    "atom",
    [
        "",
        "fact:mood",
        "route:oral",
        "route:@x",
        "dose:x:>=:3:g",
        "dose:x:=:3:g/day",
        "dose:x:>=:-3:g/day",
        "dose:x:>=:3:g/month",
        "nonsense",
    ],
)
def test_an_atom_outside_the_grammar_is_refused(atom):
    with pytest.raises(KnowledgeError):
        compile_condition(Condition("test", (atom,)))


@given(RULINGS)
@settings(deadline=None)
def test_and_holds_as_kleene_has_it(rulings):
    values = [ruling.holds for ruling in rulings]
    expected = False if False in values else None if None in values else True
    assert all_of(rulings).holds is expected


@given(RULINGS)
@settings(deadline=None)
def test_or_is_the_mirror_of_and(rulings):
    def mirrored(ruling: Ruling) -> Ruling:
        return ruling if ruling.holds is None else Ruling(not ruling.holds)

    assert mirrored(any_of(rulings)) == all_of(mirrored(ruling) for ruling in rulings)


@given(RULINGS)
@settings(deadline=None)
def test_what_would_decide_is_named_exactly_where_nothing_is_decided(rulings):
    ruling = all_of(rulings)
    assert bool(ruling.decided_by) == (ruling.holds is None)


def test_what_the_source_exempts_never_holds():
    assert _ask("never") == NO
    assert _ask("fact:history", "never") == NO
