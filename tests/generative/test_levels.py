"""No knowledge of facts ever weakens a warning by accident."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.applicability import Applicability, Seat
from interactions.conditions import Use
from interactions.doses import read_dose
from interactions.knowledge import (
    Branch,
    Condition,
    Interaction,
    Knowledge,
    Level,
    LocalRouteRule,
    Member,
    Side,
    Source,
)

ROUTES = ("oral", "intravenous", "parenteral", "cutaneous")
DOSES = ("", "75 mg/day", "3 g/day", "1 g three times a day", "15 mg/week", "500 mg")
CONDITIONS = {
    "fact": Condition("fact", ("fact:history",)),
    "nothing": Condition("nothing"),
    "by-mouth": Condition("by-mouth", ("route:oral@a",)),
    "injected": Condition("injected", ("route:parenteral@b",)),
    "high": Condition("high", ("dose:a:>=:3:g/day",)),
    "low": Condition("low", ("dose:a:<:3:g/day", "fact:age")),
    "weekly": Condition("weekly", ("dose:b:>:20:mg/week", "route:oral|intravenous@b")),
}
_CONDITION = st.sampled_from(["", *CONDITIONS])
_ROUTES = st.lists(st.sampled_from(ROUTES), unique=True, max_size=3).map(tuple)
_LIMIT = st.sampled_from([(), ("a",), ("b",), ("c",), ("a", "c")])
_BRANCHES = st.lists(
    st.builds(Branch, st.sampled_from(Level), st.just("x"), _CONDITION, _LIMIT, _LIMIT, _LIMIT, _LIMIT),
    min_size=1,
    max_size=4,
)
_USE = st.builds(Use, _ROUTES, st.sampled_from(DOSES).map(read_dose))


@st.composite
def cases(draw):
    sides = {id: Side(id, "class", id, draw(_ROUTES), draw(_CONDITION)) for id in ("left", "right")}
    members = tuple(Member(side, one, one, 1, draw(_ROUTES)) for side in sides for one in "ab")
    branches = tuple(draw(_BRANCHES))
    levels = tuple(sorted({branch.level for branch in branches}, key=lambda level: level.rank))
    stated = Interaction("s:left--right", "s", "left", "right", "x", levels, branches, (), (), (), (1,))
    rules = draw(st.lists(st.builds(LocalRouteRule, st.sampled_from("ab"), st.just(""), _ROUTES, st.just(2))))
    source = Source("s", "p", "t", "2023-09", "", 1, "")
    return Knowledge(source, sides, members, (stated,), CONDITIONS, tuple(rules))


def _judge(knowledge, first, second, both_ways=False):
    def seat(party, side, use):
        return Seat((party,), knowledge.sides[side], (use,))

    ways = [(seat("a", "left", first), seat("b", "right", second))]
    if both_ways:
        ways.append((seat("b", "left", second), seat("a", "right", first)))
    return Applicability(knowledge, lambda route: route == "cutaneous").judge(knowledge.interactions[0], ways)


@given(cases(), st.booleans())
@settings(deadline=None)
def test_with_nothing_known_nothing_is_excluded(knowledge, both_ways):
    verdict = _judge(knowledge, Use(), Use(), both_ways)
    assert verdict.status == "applies"
    assert all(outcome.applies is not False for outcome in verdict.outcomes)


@given(cases(), _USE, _USE, st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_known_fact_settles_and_never_overturns(knowledge, first, second, both_ways):
    """From nothing known to something known, yes stays yes: only what was open is decided."""
    before = _judge(knowledge, Use(), Use(), both_ways)
    after = _judge(knowledge, first, second, both_ways)
    assert [o.branch for o in after.outcomes] == [o.branch for o in before.outcomes]
    if after.status != "local_route":
        for was, now in zip(before.outcomes, after.outcomes, strict=True):
            assert was.applies is None or now.applies is was.applies


@given(cases(), _USE, _USE, _ROUTES)
@settings(max_examples=300, deadline=None)
def test_less_knowledge_never_loses_a_branch(knowledge, first, second, more_routes):
    """More possible routes of a medicine, and no dose, keep at least what was kept before."""
    known = _judge(knowledge, first, second)
    wider = Use(tuple({*first.routes, *more_routes}) if first.routes else ())
    vague = _judge(knowledge, wider, second)
    if known.status == "applies":
        assert vague.status == "applies"
        kept = {n for n, outcome in enumerate(known.outcomes) if outcome.applies is not False}
        assert kept <= {n for n, outcome in enumerate(vague.outcomes) if outcome.applies is not False}
        assert vague.level.rank <= known.level.rank


@given(cases(), _USE, _USE, st.booleans())
@settings(max_examples=300, deadline=None)
def test_the_level_is_the_strictest_that_is_not_excluded(knowledge, first, second, both_ways):
    verdict = _judge(knowledge, first, second, both_ways)
    open_ranks = [o.branch.level.rank for o in verdict.outcomes if o.applies is not False]
    if verdict.status == "applies":
        assert verdict.level.rank == min(open_ranks)
    else:
        assert verdict.status == "local_route" or not open_ranks


@given(cases(), _USE, _USE)
@settings(deadline=None)
def test_what_would_decide_is_named_exactly_where_a_branch_is_open(knowledge, first, second):
    for outcome in _judge(knowledge, first, second).outcomes:
        assert bool(outcome.decided_by) == (outcome.applies is None)
