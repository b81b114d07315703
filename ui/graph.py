"""The list as a graph: substances and names that were not understood are nodes, findings are edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ui.answers import Answer, Interaction
from ui.cards import by_strictness
from ui.phrases import Words

MAX_NODES = 28
"""More names around one picture cannot be read. The page says how many are left out."""
MAX_MET = 20
"""Of these, places for substances with findings, so that names that are not understood find room too."""
MAX_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A substance, or a name that was not understood (`known` False: nothing can be said about it)."""

    key: str
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """All findings between two nodes.

    Attributes:
        numbers: of the findings, strictest first.
        a, b: indices of the nodes.
        level, level_text: of the strictest finding.
    """

    numbers: tuple[int, ...]
    a: int
    b: int
    level: str
    level_text: str

    @property
    def label(self) -> str:
        """The numbers as shown on the edge."""
        shown = [str(number) for number in self.numbers[:MAX_NUMBERS]]
        return " ".join(shown) + ("…" if len(self.numbers) > MAX_NUMBERS else "")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. `omitted` counts the nodes left out because the circle is full."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    omitted: int


def picture(answer: Answer) -> Picture:
    """The graph of a result: every substance and every name that was not understood, and every finding."""
    interactions = by_strictness(answer.interactions)
    nodes = _nodes(answer, interactions)
    kept = nodes if len(nodes) <= MAX_NODES else _foremost(nodes, interactions)
    place = {node.key: index for index, node in enumerate(kept)}
    return Picture(tuple(kept), tuple(_edges(interactions, place)), len(nodes) - len(kept))


def describe(graph: Picture, words: Words) -> str:
    """The picture in words."""
    known = [node.name for node in graph.nodes if node.known]
    unknown = [node.name for node in graph.nodes if not node.known]
    parts = [words("picture.describe", nodes=", ".join(known))] if known else []
    for edge in graph.edges:
        a, b = graph.nodes[edge.a].name, graph.nodes[edge.b].name
        numbers = ", ".join(str(number) for number in edge.numbers)
        parts.append(words("picture.describe_edge", n=numbers, a=a, b=b, level=edge.level_text))
    if not graph.edges and known:
        parts.append(words("picture.describe_none"))
    if unknown:
        parts.append(words("picture.describe_unknown", names=", ".join(unknown)))
    return " ".join(parts)


def _nodes(answer: Answer, interactions: Sequence[Interaction]) -> list[Node]:
    uncovered = {item.substance for item in answer.not_covered if item.substance}
    nodes: dict[str, Node] = {}
    for medicine in answer.medicines:
        for substance in medicine.substances:
            known = substance.id not in uncovered and substance.name not in uncovered
            nodes.setdefault(substance.id, Node(substance.id, substance.name, known))
        if not medicine.substances:
            key = f"line {medicine.input}"
            nodes[key] = Node(key, medicine.text, False)
    for interaction in interactions:  # a fixed combination is a party of its own
        for party in interaction.between:
            nodes.setdefault(party.id, Node(party.id, party.name, True))
    return list(nodes.values())


def _foremost(nodes: Sequence[Node], interactions: Sequence[Interaction]) -> list[Node]:
    """The parties of the strictest findings, then what is not understood, then the rest; in the order of the list."""
    foremost: dict[str, None] = {}
    for interaction in interactions:
        parties = {party.id: None for party in interaction.between}
        if len(foremost | parties) <= MAX_MET:
            foremost |= parties
    foremost |= {node.key: None for node in nodes if not node.known}
    foremost |= {node.key: None for node in nodes}
    kept = set(list(foremost)[:MAX_NODES])
    return [node for node in nodes if node.key in kept]


def _edges(interactions: Sequence[Interaction], place: Mapping[str, int]) -> Iterator[Edge]:
    """One edge a pair, in the order of its strictest finding."""
    met: dict[tuple[int, int], list[tuple[int, Interaction]]] = {}
    for number, interaction in enumerate(interactions, start=1):
        ends = sorted(place[party.id] for party in interaction.between if party.id in place)
        if len(ends) == 2:
            met.setdefault((ends[0], ends[1]), []).append((number, interaction))
    for (a, b), findings in met.items():
        strictest = findings[0][1]
        yield Edge(tuple(number for number, _ in findings), a, b, strictest.level, strictest.level_text)
