"""From the wording of an entry to categories of our own: effects, mechanisms, advice, and who is affected.

The categories are facts in our words: the source's sentences are read here and never carried on. Rules are data
(`interactions/data/rules`); this module applies them. Where a text states a number that no category holds, the
advice says so (`see-source-dose`, `see-source-timing`), so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.categories_advice import (
    ILLEGIBLE,
    NUMBERS,
    SEE_SOURCE,
    advice_levels,
    advice_of,
    dose_side,
    management_in,
)
from interactions.importers.ansm_thesaurus.categories_affected import affected_side
from interactions.importers.ansm_thesaurus.categories_rules import find, fold, load_rules, slugs
from interactions.importers.ansm_thesaurus.document import TextCondition
from interactions.knowledge import Affected, Level

SEVERAL_CHANGES = "changes-of-both"
SLIGHT = "moderate-change"
# What an effect category may say beside the effect itself: it does not count as having found one.
_ABOUT_EFFECTS = re.compile(
    r"risk-(?:in|with|when)-|severe-form|often-severe|moderate-change|serious-if-|possibly-fatal"
)
# A plain change that goes without saying where the text also calls it large.
_WEAKER = {
    "increased-exposure": "greatly-increased-exposure",
    "reduced-exposure": "greatly-reduced-exposure",
    "increased-active-metabolite": "greatly-increased-active-metabolite",
}
# What a mechanism category may say beside the mechanism itself: it does not count as having found one.
_QUALIFIERS = frozenset(
    {
        "stated-for-certain-doses",
        "stated-for-certain-routes",
        "stated-for-certain-uses",
        "extrapolated",
        "long-acting",
        "also-2-months-after",
        "also-15-days-after-maoi",
        "also-one-cycle-after",
        "ulipristal-within-5-days",
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
        dose_of: whose dose the management speaks of, `""` unless it names it.
        advice_levels: advice that stands below some of several levels only, as `advice@level`.
    """

    effects: tuple[str, ...]
    mechanisms: tuple[str, ...]
    advice: tuple[str, ...]
    affected: Affected = ""
    dose_of: Affected = ""
    advice_levels: tuple[str, ...] = ()


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
    found["advice"] |= {SEE_SOURCE, ILLEGIBLE, *(slug for slug, _ in NUMBERS)}
    return {kind: frozenset(slugs_of_kind) for kind, slugs_of_kind in found.items()}


def categorise(
    mechanism: str,
    advice: str,
    level: Level | Iterable[Level],
    a: str,
    b: str,
    conditions: Sequence[TextCondition] = (),
) -> Categories:
    """Sort the wording of one entry into our categories.

    Args:
        mechanism: text of the mechanism column, in French.
        advice: text of the management column below the level, in French, or "".
        level: the level, or the levels of a compound code.
        a, b: the two sides as the source prints them.
        conditions: the branches of the management text, each with the level that it stands below.
    """
    levels = frozenset({level} if isinstance(level, Level) else level)
    what, first, second = fold(mechanism), fold(a), fold(b)
    measures = "\n".join(filter(None, (fold(advice), management_in(what))))
    affected = affected_side(what, first, second)
    found = advice_of(measures, levels, conditions)
    return Categories(
        effects=_effects(what, affected),
        mechanisms=_mechanisms(what),
        advice=found,
        affected=affected,
        dose_of=dose_side(measures, first, second, found),
        advice_levels=advice_levels(measures, conditions, levels, found),
    )


def _effects(folded: str, affected: Affected) -> tuple[str, ...]:
    found = slugs(find(load_rules("effects"), folded))
    if affected == "both" and len(found) > 1:
        # One line cannot say which of several changes is whose, nor which of them is slight.
        return (*(slug for slug in found if slug != SLIGHT), SEVERAL_CHANGES)
    plain = tuple(slug for slug in found if _WEAKER.get(slug) not in found)
    return plain if any(not _ABOUT_EFFECTS.match(slug) for slug in plain) else (SEE_SOURCE, *plain)


def _mechanisms(folded: str) -> tuple[str, ...]:
    found = tuple(sorted(slugs(find(load_rules("mechanisms"), folded)), key=_QUALIFIERS.__contains__))
    if any(slug not in _QUALIFIERS for slug in found):
        return found
    fallback = next(
        (rule.slug for rule in load_rules("mechanism_fallbacks") if rule.pattern.search(folded)), "not-stated"
    )
    return (fallback, *found)
