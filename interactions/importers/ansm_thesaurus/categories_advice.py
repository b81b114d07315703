"""The management column: what to do, at which of several levels it is asked, and whose dose it speaks of.

An entry with several levels gives its measures level by level ("precaution for use: ... monitor"). A measure that the
text gives below one level must not be shown with another: "if the combination cannot be avoided" below an advice
against it would soften a contraindication.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from interactions.importers.ansm_thesaurus.categories_affected import named_sides
from interactions.importers.ansm_thesaurus.categories_rules import Hit, find, fold, load_rules, sentences, slugs
from interactions.importers.ansm_thesaurus.document import TextCondition
from interactions.knowledge import Affected, Level

SEE_SOURCE = "see-source"
CONDITIONAL = "level-depends-on-condition"
ILLEGIBLE = "illegible-in-source"
_LOST_GLYPH = "\N{REPLACEMENT CHARACTER}"
_DOSE = re.compile(r"\d[\d,. ]*(?:mg|g|ug|µg|μg|mcg|ui|mmol|%)(?![a-z])")
_TIME = re.compile(
    r"(?:\d+|\bune?\b|deux|trois|quatre|cinq|six|huit|douze) ?(?:h|heures?|jours?|semaines?|mois|minutes?)\b"
)
NUMBERS = (("see-source-dose", _DOSE), ("see-source-timing", _TIME))
_DOSE_OF = re.compile(
    r"(?:(?:posologies?|doses?)(?: d'attaque| d'entretien| initiales?| minimales?| maximales?| reduites?)*"
    r"|adap[at]*tions? posologiques?|(?:debuter|commencer) le traitement par|utiliser)"
    r" (?:de la |de l'|des |du |de |d'|l'|la |le )(?P<name>(?!posolog|doses?\b|sa |son |ses )[^.;,\n()]{3,60})"
)
# Measures that the source puts beside the mechanism.
_MANAGEMENT = re.compile(
    r"\bil convient de\b|maintenant une surveillance|diminues progressivement|^\s*surveillance clinique"
)
# Measures that hold beside every level, wherever they stand.
_GENERAL = re.compile(r"\s*-?\s*(?:par mesure de precaution|dans tous les cas|d'une (?:facon|maniere) generale)\b")
_OF_BOTH = re.compile(r"(?:posologies?|doses?)[^.;]{0,20} des deux(?! tiers)|chacun des deux")
_NAME_END = re.compile(
    r" (?:pendant|durant|en cas|de moitie|a \d|lors|apres|avec|si |sous|par |chez|dans|a la|ne doit|doit|prenant)"
)
# Measures that change a dose without saying whose.
_DOSE_MEASURES = re.compile(r"(?:adjust|increase|reduce|halve|lowest).*-dose.*|titrate|start-low|limit-dose")


def management_in(mechanism: str) -> str:
    """The sentences of a folded mechanism text that say what to do, one a line."""
    return "\n".join(text.strip() for _, text in sentences(mechanism) if _MANAGEMENT.search(text))


def advice_of(folded: str, levels: Collection[Level], conditions: Sequence[TextCondition] = ()) -> tuple[str, ...]:
    """The categories of a management text.

    Args:
        folded: the text, folded, or "". levels: the levels of the printed code. conditions: the branches of the text.

    Returns:
        Slugs in the order of the text; empty when the source gives no management.
    """
    if not folded:
        return ()
    hits = find(load_rules("advice"), folded)
    scopes = {line for one in conditions if one.level for line in fold(one.text).split("\n")}
    found = [*slugs(hits), *_unencoded(folded, hits, scopes)]
    if _LOST_GLYPH in folded:
        found.append(ILLEGIBLE)
    if len(levels) > 1 and CONDITIONAL not in found:
        found.insert(0, CONDITIONAL)
    return tuple(found) or (SEE_SOURCE,)


def advice_levels(
    folded: str, conditions: Sequence[TextCondition], levels: Iterable[Level], advice: Iterable[str]
) -> tuple[str, ...]:
    """The advice that the text gives below some of several levels only, as `advice@level`.

    Args:
        folded: the management text, folded. conditions: its branches. levels: the levels of the printed code.
        advice: the categories found in the whole text.
    """
    texts: dict[Level, list[str]] = {}
    for condition in conditions:
        if condition.level and condition.text:
            lines = (line for line in fold(condition.text).split("\n") if not _GENERAL.match(line))
            texts.setdefault(condition.level, []).append("\n".join(lines))
    below = {level: set(advice_of("\n".join(parts), ())) for level, parts in texts.items()}
    everywhere = set(advice_of(_without(folded, (text for parts in texts.values() for text in parts)), ()))
    stated = {*levels, *texts}
    found = []
    for slug in advice:
        holding = [level for level in Level if slug in below.get(level, ())]
        if slug != CONDITIONAL and slug not in everywhere and holding and len(holding) < len(stated):
            found += [f"{slug}@{level.value}" for level in holding]
    return tuple(found)


def dose_side(folded: str, a: str, b: str, advice: Iterable[str]) -> Affected:
    """Whose dose the management text speaks of; empty unless it names it plainly.

    Args:
        folded: the text, folded. a, b: folded printed names of the sides. advice: the categories found in it.
    """
    if not any(_DOSE_MEASURES.fullmatch(slug) for slug in advice):
        return ""
    if _OF_BOTH.search(folded):
        return "both"
    phrases = (_NAME_END.split(match["name"])[0] for match in _DOSE_OF.finditer(folded))
    found = {side for phrase in phrases for side in named_sides(phrase, a, b)}
    return "both" if len(found) == 2 else next(iter(found), "")


def _without(folded: str, texts: Iterable[str]) -> str:
    """A folded text without some folded parts of it. A part may stand under an outer condition ("outer : part")."""
    lines = {line for text in texts for line in text.split("\n")}
    for line in sorted(lines, key=len, reverse=True):
        tail = line if line in folded else line.partition(" : ")[2]
        if tail:
            folded = folded.replace(tail, "")
    return folded


def _unencoded(folded: str, hits: list[Hit], scopes: Collection[str]) -> list[str]:
    """Pointers to the source for doses and times in the text that no numbered category holds.

    A line that is a branch and holds no measure is a condition: the branch carries its numbers.
    """
    numbered = [hit for hit in hits if any(char.isdigit() for char in hit.slug) or "one-" in hit.slug]
    measures = [hit for hit in hits if hit.slug != CONDITIONAL]

    def carried(start: int, end: int) -> bool:
        if any(hit.start <= start and end <= hit.end for hit in numbered):
            return True
        first, last = folded.rfind("\n", 0, start) + 1, folded.find("\n", end)
        line = folded[first : last if last >= 0 else len(folded)]
        branch = any(line.removeprefix("- ") in scope for scope in scopes)
        return branch and not any(first <= hit.start < first + len(line) for hit in measures)

    return [
        slug
        for slug, pattern in NUMBERS
        if not all(carried(match.start(), match.end()) for match in pattern.finditer(folded))
    ]
