"""The model of the knowledge: a graph of substances, sides, interactions and sources.

    substance -(member of)-> side -(takes part as a, b)-> interaction -(stated in)-> source

It explains each finding by its path. `walk` finds the interactions of a list by following edges only: slow, plain, and
written apart from the compiled index, so that each proves the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import networkx

from interactions.conditions import by_route
from interactions.findings import PathNode
from interactions.index import Hit, Party, Present
from interactions.knowledge import Interaction, Knowledge, Side
from medinfo.errors import KnowledgeError

Node = tuple[str, ...]


def substance_node(substance: str) -> Node:
    """The node of a substance; all sources share it."""
    return ("substance", substance)


def side_node(source: str, side: str) -> Node:
    """The node of a side; each source has its own."""
    return ("side", source, side)


def interaction_node(source: str, interaction: str) -> Node:
    """The node of an interaction."""
    return ("interaction", source, interaction)


def build_graph(sources: Sequence[Knowledge]) -> networkx.DiGraph:
    """Build the graph of all sources.

    Nodes are named by the functions of this module, and `("source", id)`. A side's node carries `side`, an
    interaction's `interaction` and `number` (counted over all sources). An edge from a side to an interaction
    carries `roles`: `a`, `b` or `ab`.
    """
    graph = networkx.DiGraph()
    number = 0
    for knowledge in sources:
        source = knowledge.source.id
        graph.add_node(("source", source), source=knowledge.source)
        for side in knowledge.sides.values():
            graph.add_node(side_node(source, side.id), side=side)
        for member in knowledge.members:
            graph.add_edge(substance_node(member.substance), side_node(source, member.side))
        for interaction in knowledge.interactions:
            _add_interaction(graph, source, interaction, number)
            number += 1
    return graph


def _add_interaction(graph: networkx.DiGraph, source: str, interaction: Interaction, number: int) -> None:
    node = interaction_node(source, interaction.id)
    graph.add_node(node, interaction=interaction, number=number)
    graph.add_edge(node, ("source", source))
    for role, side in (("a", interaction.a), ("b", interaction.b)):
        before = graph.get_edge_data(side_node(source, side), node, {"roles": ""})["roles"]
        graph.add_edge(side_node(source, side), node, roles=before + role)


def explain(graph: networkx.DiGraph, source: str, interaction: str, a: Party, b: Party) -> tuple[PathNode, ...]:
    """The path from one party of a finding over its side and the interaction to the other party.

    Args:
        source, interaction: ids. a, b: substances of the parties on side `a` and `b` of the interaction.

    Returns:
        substance -> class -> interaction <- class <- substance. A side that is nothing but the substance itself
        adds no step; a combination is one step.

    Raises:
        KnowledgeError: the graph holds no such path.
    """
    node = interaction_node(source, interaction)
    stated: Interaction = graph.nodes[node]["interaction"]
    first = _steps(graph, source, stated.a, a, node)
    second = _steps(graph, source, stated.b, b, node)
    return (*first, PathNode("interaction", stated.id, stated.id), *reversed(second))


def _steps(graph: networkx.DiGraph, source: str, side_id: str, party: Party, interaction: Node) -> list[PathNode]:
    node = side_node(source, side_id)
    side: Side = graph.nodes[node]["side"]
    members = graph.pred[node]
    if interaction not in graph.succ[node] or not (
        side.kind == "open" or all(substance_node(substance) in members for substance in party)
    ):
        raise KnowledgeError(f"no path from {' + '.join(party)} over {side_id} to {interaction[-1]}")
    if side.kind == "combination":
        return [PathNode("combination", side.id, side.printed)]
    substance = PathNode("substance", party[0], party[0])
    if side.kind == "substance":
        # "Valproic acid and, by extrapolation, valpromide", "iron by injection": more or less than the substance.
        same = len(members) == 1 and not side.routes and not side.condition
        return [substance] if same else [substance, PathNode("class", side.id, side.printed)]
    return [substance, PathNode(side.kind, side.id, side.printed)]


def walk(graph: networkx.DiGraph, present: Sequence[Present], is_local: Callable[[str], bool]) -> set[Hit]:
    """All interactions of a list, found by following edges. The rules are those of `interactions.index`.

    Args:
        present: the distinct substances of the list. is_local: whether a route slug is local.
    """
    seats = list(_seats(graph, present, is_local))
    return {
        (graph.nodes[met]["number"], a, b)
        for a, side_a in seats
        for b, side_b in seats
        if set(a).isdisjoint(b)
        for met in graph.succ[side_a]
        if met in graph.succ[side_b]
        and "a" in graph.edges[side_a, met]["roles"]
        and "b" in graph.edges[side_b, met]["roles"]
    }


def _seats(
    graph: networkx.DiGraph, present: Sequence[Present], is_local: Callable[[str], bool]
) -> Iterator[tuple[Party, Node]]:
    """Every party of the list with every side on which it takes part."""
    listed = {item.substance for item in present}
    for item in present:
        for node in graph.succ.get(substance_node(item.substance), ()):
            if graph.nodes[node]["side"].kind in ("substance", "class"):
                yield (item.substance,), node
    for node, data in graph.nodes(data=True):
        side: Side | None = data.get("side")
        if side is not None and side.kind == "combination":
            members = [member[1] for member in graph.pred[node]]
            if listed.issuperset(members):
                yield tuple(sorted(members)), node
        if side is not None and side.kind == "open":
            yield from (((item.substance,), node) for item in present if _is_taken_by(item, side, is_local))


def _is_taken_by(item: Present, side: Side, is_local: Callable[[str], bool]) -> bool:
    systemic = any(not is_local(route) for route in side.routes)
    for routes in item.routes:
        if not routes:
            if systemic:
                return True
        elif by_route(routes, frozenset(side.routes)).holds is not False:
            return True
    return False
