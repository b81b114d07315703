"""Whether a translation says the opposite: its words stand at the other pole of a concept than the source's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translation.facts import negations, opposites
from translation.facts.opposites import Pole
from translation.results import Failure
from translation.verify_pair import Pair


def opposite(pair: Pair) -> Iterator[Failure]:
    """Concepts that were turned round. A synonym outside the table is no proof of anything, so it fails nothing."""
    said = opposites.find(pair.source.text, pair.source.language)
    came = opposites.find(pair.target.text, pair.target.language)
    for concept in dict.fromkeys(pole.concept for pole in said):
        one = [pole for pole in said if pole.concept == concept]
        other = [pole for pole in came if pole.concept == concept]
        turned = _turned(one, other)
        if turned is None or (concept == CHOICE and _denied(pair)):
            continue
        first, second = turned
        words = {"source": first.span.of(pair.source.text), "target": second.span.of(pair.target.text)}
        reason = "choice_changed" if concept == CHOICE else "opposite"
        yield Failure("negation", reason, first.span, second.span, words)


CHOICE = "choice"
"""The concept of "or" and "and"."""


def _denied(pair: Pair) -> bool:
    """Whether both texts deny something: "neither this nor that" is "not this and not that", "or" may become "and"."""
    return bool(pair.source.found(negations.find)) and bool(pair.target.found(negations.find))


def _turned(said: Sequence[Pole], came: Sequence[Pole]) -> tuple[Pole, Pole] | None:
    """The first word that was turned round, with what it became; None where that cannot be said."""
    if not came:
        return None
    poles, others = [pole.pole for pole in said], [pole.pole for pole in came]
    if len(set(poles)) == len(set(others)) == 1:
        return (said[0], came[0]) if poles[0] != others[0] else None
    if len(poles) == len(others) and all(one != other for one, other in zip(poles, others, strict=True)):
        return said[0], came[0]
    return None
