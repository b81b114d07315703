"""Units as they are written after a number, by their UCUM code."""

from __future__ import annotations

from translation.facts.lexicon import Lexicon
from translation.facts.tokens import Token

TIMES = frozenset({"ms", "s", "min", "h", "d", "wk", "mo", "a", "{decade}", "{night}"})
"""Units of time."""
PERIODS = frozenset({"d", "wk", "mo", "a", "{night}"})
"""Units of time that tell how often; "per hour" and "per minute" are rates and belong to the unit."""
ONE_OF = frozenset({"kg", "g", "mg", "ug", "mL", "L", "h", "min", "d", "wk", "mo", "a"}) | {
    "{tablet}", "{capsule}", "{drop}", "{puff}", "{spray}", "{sachet}", "{patch}", "{suppository}", "{lozenge}",
    "{ampoule}", "{vial}", "{syringe}", "{teaspoon}", "{tablespoon}", "{measuring spoon}",
}  # fmt: skip
"""Units before which an article says one: "a tablet", "une heure"."""
_GREEK = str.maketrans("µ", "μ")


def unit_at(found: list[Token], index: int, words: Lexicon, *, digits: bool) -> tuple[str, int] | None:
    """The unit that starts at a token.

    Args:
        found: tokens. index: where to look. words: of the language.
        digits: whether digits stand before it; only then is one letter a unit.

    Returns:
        Its code, and the index after it.
    """
    if index >= len(found):
        return None
    token = found[index]
    if token.kind not in {"word", "sign"}:
        return None
    if len(token.key) == 1 and token.kind == "word" and not (digits and _stands_alone(found, index)):
        return None
    exact = words.exact.get(token.text)
    best = (exact, index + 1) if exact else None
    node = words.units.root.get(token.key)
    at = index + 1
    while node is not None:
        if "" in node and (best is None or at > best[1]):
            best = (node[""], at)
        if at >= len(found):
            break
        node = node.get(found[at].key)
        at += 1
    return best


def _stands_alone(found: list[Token], index: int) -> bool:
    """A letter before an apostrophe is an elided word: "2 d'entre eux"."""
    return index + 1 >= len(found) or found[index + 1].key not in {"'", "\u2019"} or found[index + 1].space
