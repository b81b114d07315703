"""From the wording of an entry to categories of our own: effects, mechanisms, advice, and who is affected.

The categories are facts in our words: the source's sentences are read here and never carried on. Rules are data
(`interactions/data/rules`); this module applies them. Where a text states a number that no category holds, the
advice says so (`see-source-dose`, `see-source-timing`), so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.categories_affected import affected_side
from interactions.importers.ansm_thesaurus.categories_rules import Hit, find, fold, load_rules, slugs
from interactions.knowledge import Affected, Level

SEE_SOURCE = "see-source"
CONDITIONAL = "level-depends-on-condition"
SEVERAL_CHANGES = "changes-of-both"
ILLEGIBLE = "illegible-in-source"
_LOST_GLYPH = "\N{REPLACEMENT CHARACTER}"
_DOSE = re.compile(r"\d[\d,. ]*(?:mg|g|ug|µg|μg|mcg|ui|mmol|%)(?![a-z])")
_TIME = re.compile(
    r"(?:\d+|\bune?\b|deux|trois|quatre|cinq|six|huit|douze) ?(?:h|heures?|jours?|semaines?|mois|minutes?)\b"
)
_NUMBERS = (("see-source-dose", _DOSE), ("see-source-timing", _TIME))
# What a mechanism category may say beside the mechanism itself: it does not count as having found one.
_QUALIFIERS = frozenset(
    {
        "stated-for-certain-doses",
        "stated-for-certain-routes",
        "stated-for-certain-uses",
        "extrapolated",
        "long-acting",
        "slow-metaboliser",
        "animal-data",
        "debated",
    }
)


@dataclass(frozen=True, slots=True)
class Categories:
    """What an entry says, in categories of our controlled lists, each in the order of the text.

    Attributes:
        effects: what may happen (phrases `effect.<slug>`); `see-source` when no rule knows the wording.
        mechanisms: how (phrases `mechanism.<slug>`); `...-unexplained` or `not-stated` when the text gives no cause.
        advice: what to do (phrases `advice.<slug>`); empty when the source gives no management.
        affected: whose exposure or effect changes, `""` unless the text names it clearly.
    """

    effects: tuple[str, ...]
    mechanisms: tuple[str, ...]
    advice: tuple[str, ...]
    affected: Affected = ""


def vocabulary() -> dict[str, frozenset[str]]:
    """Our controlled lists: `effect`, `mechanism` and `advice`, each with every slug that can be given.

    The keys are the sections of the phrase files.
    """
    lists = {
        "effect": ("effects",),
        "mechanism": ("mechanisms", "mechanism_fallbacks"),
        "advice": ("advice",),
    }
    found = {kind: {rule.slug for table in tables for rule in load_rules(table)} for kind, tables in lists.items()}
    found["effect"] |= {SEE_SOURCE, SEVERAL_CHANGES}
    found["advice"] |= {SEE_SOURCE, ILLEGIBLE, *(slug for slug, _ in _NUMBERS)}
    return {kind: frozenset(slugs_of_kind) for kind, slugs_of_kind in found.items()}


def categorise(mechanism: str, advice: str, level: Level | Iterable[Level], a: str, b: str) -> Categories:
    """Sort the wording of one entry into our categories.

    Args:
        mechanism: text of the mechanism column, in French.
        advice: text of the management column below the level, in French, or "".
        level: the level, or the levels of a compound code.
        a, b: the two sides as the source prints them.
    """
    levels = frozenset({level} if isinstance(level, Level) else level)
    folded = fold(mechanism)
    affected = affected_side(folded, fold(a), fold(b))
    return Categories(
        effects=_effects(folded, affected),
        mechanisms=_mechanisms(folded),
        advice=_advice(fold(advice), levels),
        affected=affected,
    )


def _effects(folded: str, affected: Affected) -> tuple[str, ...]:
    found = slugs(find(load_rules("effects"), folded))
    if affected == "both" and len(found) > 1:
        # One line cannot say which of several changes is whose.
        return (*found, SEVERAL_CHANGES)
    return found or (SEE_SOURCE,)


def _mechanisms(folded: str) -> tuple[str, ...]:
    found = slugs(find(load_rules("mechanisms"), folded))
    if any(slug not in _QUALIFIERS for slug in found):
        return found
    fallback = next(
        (rule.slug for rule in load_rules("mechanism_fallbacks") if rule.pattern.search(folded)), "not-stated"
    )
    return (fallback, *found)


def _advice(folded: str, levels: frozenset[Level]) -> tuple[str, ...]:
    if not folded:
        return ()
    hits = find(load_rules("advice"), folded)
    found = [*slugs(hits), *_unencoded(folded, hits)]
    if _LOST_GLYPH in folded:
        found.append(ILLEGIBLE)
    if len(levels) > 1 and CONDITIONAL not in found:
        found.insert(0, CONDITIONAL)
    return tuple(found) or (SEE_SOURCE,)


def _unencoded(folded: str, hits: list[Hit]) -> list[str]:
    """Pointers to the source for doses and times in the text that no numbered category holds."""
    numbered = [hit for hit in hits if any(char.isdigit() for char in hit.slug) or "one-" in hit.slug]

    def missing(pattern: re.Pattern[str]) -> bool:
        return any(
            not any(hit.start <= match.start() and match.end() <= hit.end for hit in numbered)
            for match in pattern.finditer(folded)
        )

    return [slug for slug, pattern in _NUMBERS if missing(pattern)]
