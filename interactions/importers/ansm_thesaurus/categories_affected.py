"""Whose exposure or effect changes, read from the wording; empty unless the text names it clearly.

Two kinds of evidence are read. A *target* is the medicine whose concentration, effect, absorption, metabolism or
elimination the text speaks of ("concentrations of X"). A *cause* is the medicine by which it happens ("by Y"): the
other side is then the target. Evidence that points both ways gives `both` only when both are named as targets;
anything else that conflicts gives "". A wrong answer is worse than none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from interactions.importers.ansm_thesaurus.categories_rules import sentences, table_rows
from interactions.knowledge import Affected

_Side = Literal["a", "b"]
_CHANGE = (
    r"(?:concentrations?|exposition|fraction active|biodisponibilite|effets?|efficacite|activite|absorption|toxicite"
    r"|hepatotoxicite|nephrotoxicite|neurotoxicite|metabolites?|metabolisme|clairance|excretion|elimination"
    r"|surdosage|demi-vie)"
    r"(?: actifs?| plasmatiques?| sanguines?| seriques?| digestive| intestinale?| hepatique| renale?| urinaire"
    r"| tubulaire"
    r"| indesirables?| therapeutique| hematologique| pulmonaire| pharmacologiques?| cliniques?| sedatif| hypotenseur"
    r"| hypotensif| antihypertenseur| vasodilatateur| depresseur respiratoire| analgesique| antalgique| diuretique"
    r"| myelosuppresseur| bradycardisants?| neurologiques?| hemodynamiques?| antiemetique)*"
)
_END = (
    r"(?=[,.;:()\n]| par | avec | en | sans | pouvant | lors | chez | du[e]? a | qui | jusqu| comparative| si "
    r"| associe| plus | qu'| d'environ| d'une part|$)"
)
_OF = r"(?:de la |de l'|du |des |de |d'|a l'|en |entre )"
_TARGET = re.compile(rf"\b{_CHANGE} {_OF}(?P<name>[^,.;:()\n]{{2,80}}?){_END}")
_MEASURE = re.compile(r"\b(?P<name>theophyllinemie|digoxinemie|lithemie|quinidinemie|efficacite contraceptive)\b")
# What is denied or only said in passing names no target.
_DENIED = re.compile(r"\bsans (?:modification|que)\b[^,.;)]*|\bdiminution centrale du tonus[^.;]*")
_ASIDE = re.compile(rf"\((?![^)]*\b{_CHANGE})[^)]*\)")
# A cause counts only where the sentence speaks of what the body does to the medicine, or of its effect.
_KINETIC = re.compile(
    r"concentration|metabolisme|absorption|elimination|clairance|excretion|secretion tubulaire|formation de son"
    r"|efficacite|biodisponibilite|exposition|effets? (?:indesirables|antihypertenseur|vasodilatateur)"
)
_NOT_TREATED = r"(?<!traitement )(?<!traitee )(?<!entrainee )(?<!provoquee )"
_CAUSE = re.compile(rf"{_NOT_TREATED}\bpar (?:l' ?|le |la |les )(?P<name>[^,.;:()\n]{{2,60}}?){_END}")
_QUALIFIER = re.compile(
    r"\((?:sauf|hors|y compris|voies?|seuls?|doses|jus|type)[^)]*\)|,? (?:sauf|hors|y compris|notamment) .*"
)


def affected_side(mechanism: str, a: str, b: str) -> Affected:
    """The side whose exposure or effect changes.

    Args:
        mechanism: folded text of the mechanism. a, b: folded printed names of the sides.
    """
    if _base(a) == _base(b):
        return ""
    mechanism = re.sub(r" {2,}", " ", _ASIDE.sub("", _DENIED.sub("", mechanism)))
    matches = [*_TARGET.finditer(mechanism), *_MEASURE.finditer(mechanism)]
    targets = {side for match in matches for side in named_sides(match["name"], a, b)}
    kinetic = [part for _, part in sentences(mechanism) if _KINETIC.search(part)]
    causes = {side for part in kinetic for match in _CAUSE.finditer(part) for side in named_sides(match["name"], a, b)}
    return _decide(targets, causes)


def _decide(targets: set[_Side], causes: set[_Side]) -> Affected:
    if len(targets) == 2:
        return "both"
    if len(causes) == 2:
        return ""
    implied: set[_Side] = {"b" if side == "a" else "a" for side in causes}
    sides = targets | implied
    return next(iter(sides)) if len(sides) == 1 else ""


def named_sides(phrase: str, a: str, b: str) -> set[_Side]:
    """The sides that a phrase names; none when a word of it fits both."""
    in_a, in_b = _fits(phrase, a), _fits(phrase, b)
    if in_a & in_b:
        in_a, in_b = in_a - in_b, in_b - in_a
    found: set[_Side] = set()
    if in_a:
        found.add("a")
    if in_b:
        found.add("b")
    return found


def _fits(phrase: str, side: str) -> set[str]:
    """The words of a phrase that stand for a side: words of its name, or words that the table gives for it."""
    words = {stem for stem in _stems(phrase) if stem in _stems(_base(side))}
    words |= {match.group() for word, name in _words() if name.search(side) and (match := word.search(phrase))}
    return words


def _stems(text: str) -> set[str]:
    found = re.findall(r"[a-z0-9]{3,}", text)
    return {word.rstrip("sx") if len(word) > 4 else word for word in found if word not in _generic()}


def _base(side: str) -> str:
    """The name without "other", exceptions and routes."""
    return _QUALIFIER.sub("", side.removeprefix("autres ")).strip()


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(rf"\b(?:{word})"), re.compile(side)) for word, side in table_rows("affected_words"))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    """Words that name no side by themselves."""
    return frozenset(row[0] for row in table_rows("affected_generic"))
