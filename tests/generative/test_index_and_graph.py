"""The compiled index and the plain walk of the graph find the same interactions, on random knowledge and lists."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.graph import build_graph, explain, walk
from interactions.index import Index, Present
from interactions.knowledge import Branch, Interaction, Knowledge, Level, Member, Side, Source

SUBSTANCES = tuple("abcdefgh")
ROUTES = ("oral", "intravenous", "parenteral", "cutaneous", "vaginal")
_BRANCH = Branch(Level.AVOID, "AVOID")


def is_local(route: str) -> bool:
    return route in ("cutaneous", "vaginal")


def _some(values, least=0):
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=4).map(tuple)


@st.composite
def knowledge(draw, name: str) -> Knowledge:
    """A source of up to eight sides of all kinds, and interactions between some of them."""
    sides, members = {}, []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["substance", "class", "class", "combination", "open"]))
        side = Side(f"side-{number}", kind, f"Side {number}", draw(_some(ROUTES, 1)) if kind == "open" else ())
        sides[side.id] = side
        if kind != "open":
            members += [Member(side.id, one, one, 1) for one in draw(_some((*SUBSTANCES, ""), 1))]
    pairs = draw(st.lists(st.tuples(st.sampled_from(sorted(sides)), st.sampled_from(sorted(sides))), max_size=12))
    interactions = tuple(
        Interaction(f"{name}:{a}--{b}", name, a, b, "AVOID", (Level.AVOID,), (_BRANCH,), (), (), (), (1,))
        for a, b in dict.fromkeys(tuple(sorted(pair)) for pair in pairs)
    )
    return Knowledge(Source(name, "p", "t", "2023-09", "", 1, ""), sides, tuple(members), interactions, {})


@st.composite
def lists(draw) -> list[Present]:
    listed = draw(st.lists(st.sampled_from((*SUBSTANCES, "unheard-of")), unique=True))
    return [Present(one, tuple(draw(st.lists(_some(ROUTES), min_size=1, max_size=2)))) for one in listed]


@given(st.tuples(knowledge("one"), knowledge("two")), st.lists(lists(), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_index_and_walk_agree_on_random_knowledge(sources, many):
    index, graph = Index.build(sources, is_local), build_graph(sources)
    for present in many:
        hits = index.find(present)
        assert len(hits) == len(set(hits))
        assert set(hits) == walk(graph, present, is_local)


@given(knowledge("one"), lists())
@settings(max_examples=200, deadline=None)
def test_every_hit_has_a_path(source, present):
    graph = build_graph([source])
    index = Index.build([source], is_local)
    for number, a, b in index.find(present):
        _, interaction = index.interactions[number]
        path = explain(graph, "one", interaction.id, a, b)
        assert [node.id for node in path if node.kind == "interaction"] == [interaction.id]


@pytest.fixture(scope="module")
def embedded() -> Knowledge:
    from interactions.tables import load_embedded

    return load_embedded()


def test_index_and_walk_agree_on_the_embedded_tables(embedded):
    index, graph = Index.build([embedded], is_local), build_graph([embedded])
    substances = sorted({member.substance for member in embedded.members if member.substance})
    draw = random.Random(2023)
    for _ in range(150):
        listed = draw.sample(substances, draw.randint(2, 25))
        present = [Present(one, (tuple(draw.sample(ROUTES, draw.randint(0, 2))),)) for one in listed]
        assert set(index.find(present)) == walk(graph, present, is_local)


def test_every_stated_pair_of_the_embedded_tables_is_found(embedded):
    """Of every interaction, every pair of members: no list is needed to be lucky."""
    index = Index.build([embedded], is_local)
    closed = {s.id: sorted(m.substance for m in embedded.members if m.side == s.id) for s in embedded.sides.values()}
    for number, interaction in enumerate(embedded.interactions):
        kinds = {embedded.sides[side].kind for side in (interaction.a, interaction.b)}
        if kinds & {"combination", "open"}:
            continue
        found = {
            (a[0], b[0]) for met, a, b in index.pairs({*closed[interaction.a], *closed[interaction.b]}) if met == number
        }
        stated = {(a, b) for a in closed[interaction.a] for b in closed[interaction.b] if a != b and a and b}
        assert found == stated
