"""Words of one language: names of substances, classes and routes, and our phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from interactions.findings import BranchOutcome, Party, PathNode
from interactions.knowledge import Side
from medinfo.phrases import Phrases

RouteText = Callable[[str, str], str]
KEPT = 4096
_COLONS = {"fr": " : "}
_SEMICOLONS = {"fr": " ; "}
T = TypeVar("T")
Shape = TypeVar("Shape")


class Voice:
    """Speaks one language.

    Args:
        language: one of `medinfo.phrases.LANGUAGES`.
        phrases: levels, effects, mechanisms, advice, and the texts of a result.
        conditions: `condition.<id>` and, where we have a name of our own, `class.<side id>`.
        route_text: name of a route (slug, language).
    """

    def __init__(self, language: str, phrases: Phrases, conditions: Phrases, route_text: RouteText) -> None:
        self.language = language
        self.colon = _COLONS.get(language, ": ")
        self.semicolon = _SEMICOLONS.get(language, "; ")
        self._phrases = phrases
        self._conditions = conditions
        self._route_text = route_text
        self._kept: dict[tuple[int, object], tuple[object, object]] = {}

    def text(self, name: str, **params: object) -> str:
        """One of our phrases."""
        return self._phrases.text(self.language, name, **params)

    def side(self, side: Side) -> str:
        """Our name of a class where we have one, else as the source prints it."""
        return self._class_name(side.id, side.printed)

    def party(self, party: Party) -> str:
        """INN of a substance, name of a combination."""
        return party.substance.name(self.language) if party.substance else self.side(party.side)

    def routes(self, slugs: Iterable[str]) -> str:
        """Names of routes."""
        return ", ".join(self._route_text(slug, self.language) for slug in slugs)

    def node(self, node: PathNode, between: tuple[Party, Party]) -> str:
        """Name of a step of a path: substances by INN, an interaction by its two sides."""
        first, second = between
        if node.kind == "interaction":
            return f"{self._seat(first)} + {self._seat(second)}"
        if node.kind == "substance":
            return next(self.party(party) for party in between if party.id == node.id)
        return self._class_name(node.id, node.name)

    def _seat(self, party: Party) -> str:
        side = party.side
        plain = side.kind == "substance" and not side.routes and not side.condition
        return self.party(party) if plain else self.side(side)

    def conditions(self, outcome: BranchOutcome) -> str:
        """The conditions that a branch stands under, or "" when it stands under none."""
        texts = (self._conditions.text(self.language, f"condition.{id}") for id in outcome.conditions)
        return _sentence(self.semicolon.join(texts))

    def kept(self, thing: T, put: Callable[[Voice, T], Shape]) -> Shape:
        """What `put` makes of a thing, made once and kept while there is room: a thing that lists share.

        Whoever takes it must not change it.
        """
        key = (id(thing), put)
        kept = self._kept.get(key)
        # The id of an object may come back after its death: what is kept holds the object, so it can be compared.
        if kept and kept[0] is thing:
            return cast(Shape, kept[1])
        made = put(self, thing)
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[key] = (thing, made)
        return made

    def _class_name(self, id: str, printed: str) -> str:
        name = f"class.{id}"
        for phrases in (self._conditions, self._phrases):
            if phrases.has(self.language, name):
                return phrases.text(self.language, name)
        return printed


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
