"""The result of a check in a person's language, in the JSON shape of the API: every word from our own phrases.

render(checker.check(items), "fr")
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from interactions.findings import (
    BranchOutcome,
    CheckResult,
    Duplicate,
    Edition,
    Finding,
    Judged,
    Medicine,
    NotApplicable,
    NotCovered,
)
from interactions.knowledge import Affected, Interaction, Side, Source
from interactions.wording import RouteText, Voice
from medinfo.medicines.model import Resolution
from medinfo.medicines.routes import Routes
from medinfo.phrases import LANGUAGES, Phrases

Shape = dict[str, Any]
# The language of a source's official wording.
_QUOTED_IN = {"ansm-thesaurus": "fr"}
_UNDETERMINED = "und"
_CONDITIONAL = "level-depends-on-condition"
_OF_A_DOSE = re.compile(r"dose|titrate|start-low")


@cache
def default_renderer() -> Renderer:
    """The renderer of the embedded phrases and route names, made on first use."""
    folder = "data/phrases"
    texts = (Phrases.load("interactions", folder), Phrases.load("interactions", f"{folder}/conditions"))
    return Renderer(*texts, Routes.load().text)


def render(result: CheckResult, language: str) -> Shape:
    """The result in a language, with the embedded phrases (see `Renderer.render`)."""
    return default_renderer().render(result, language)


class Renderer:
    """Puts results into words.

    Args:
        phrases: levels, effects, mechanisms, advice, and the texts of the result.
        conditions: phrases of conditions and classes.
        route_text: name of a route (slug, language).
    """

    def __init__(self, phrases: Phrases, conditions: Phrases, route_text: RouteText) -> None:
        self._voices: dict[str, Voice] = {name: Voice(name, phrases, conditions, route_text) for name in LANGUAGES}

    def side(self, side: Side, language: str) -> str:
        """Our name of a side in a language; as the source prints it where we have none."""
        return self._voices[language].side(side)

    def render(self, result: CheckResult, language: str) -> Shape:
        """The result in the shape of the API's answer to a check.

        Args:
            language: one of `medinfo.phrases.LANGUAGES`.

        Returns:
            Dictionaries to be written out as JSON, not to be changed: later results share parts of them.

        Raises:
            KeyError: no such language, or a phrase is missing.
        """
        voice = self._voices[language]
        typed = [medicine.text for medicine in result.medicines]
        return {
            "language": language,
            "medicines": [_medicine(voice, one) for one in result.medicines],
            "interactions": [_finding(voice, one) for one in result.findings],
            "duplicates": [_duplicate(voice, one, typed) for one in result.duplicates],
            "not_applicable": [_not_applicable(voice, one) for one in result.not_applicable],
            "not_covered": [_not_covered(voice, one) for one in result.not_covered],
            "not_listed": {
                "text": voice.kept(result.editions, _not_listed),
                "pairs": [list(pair) for pair in result.not_listed],
            },
            "not_checked": voice.kept(result.not_checked, _not_checked),
            "notice": voice.text("check.notice"),
            "knowledge": voice.kept(result.editions, _knowledge),
        }


def _medicine(voice: Voice, one: Medicine) -> Shape:
    return {
        "input": one.input,
        "text": one.text,
        **voice.kept(one.resolution, _resolution),
        "route": list(one.routes),
    }


def _resolution(voice: Voice, found: Resolution) -> Shape:
    return {
        "status": found.status,
        "how": found.how,
        "matched": found.matched,
        "substances": [
            {"id": one.id, "name": one.name(voice.language), "atc": list(one.atc), "rxnorm": list(one.rxnorm)}
            for one in found.substances
        ],
        "archived": found.archived,
        "homeopathic": found.homeopathic,
        "candidates": [
            {"name": near.name, "substances": list(near.substances), "score": near.score} for near in found.candidates
        ],
    }


def _finding(voice: Voice, one: Finding) -> Shape:
    return {"id": one.judged.interaction.id, "between": _between(voice, one), **voice.kept(one.judged, _judged)}


def _between(voice: Voice, one: Finding | NotApplicable) -> list[Shape]:
    return [
        {"id": party.id, "name": voice.party(party), "inputs": list(inputs)}
        for party, inputs in zip(one.judged.between, one.inputs, strict=True)
    ]


def _judged(voice: Voice, one: Judged) -> Shape:
    interaction = one.interaction
    return {
        "level": one.level.value,
        "level_text": voice.text(f"level.{one.level.value}"),
        "native_level": interaction.native_level,
        "branches": [_branch(voice, outcome) for outcome in one.branches],
        "effect": _effect(voice, one),
        "mechanism": _phrases(voice, "mechanism", interaction.mechanisms) or _see_source(voice, interaction),
        "advice": _advice(voice, one),
        "sources": [_source(one.source, interaction)],
        "path": [{"kind": node.kind, "id": node.id, "name": voice.node(node, one.between)} for node in one.path],
    }


def _branch(voice: Voice, one: BranchOutcome) -> Shape:
    return {
        "level": one.branch.level.value,
        "native_level": one.branch.native_level,
        "condition": voice.conditions(one),
        "applies": one.applies,
        "decided_by": list(one.decided_by),
        "quote": one.branch.quote or None,
    }


def _phrases(voice: Voice, section: str, codes: tuple[str, ...]) -> Shape | None:
    if not codes:
        return None
    return {"codes": list(codes), "text": " ".join(voice.text(f"{section}.{code}") for code in codes)}


def _see_source(voice: Voice, interaction: Interaction) -> Shape:
    return {"codes": [], "text": voice.text("check.see_source", page=interaction.pages[0])}


def _effect(voice: Voice, one: Judged) -> Shape:
    """The effect, and whose it is where the source says so."""
    interaction = one.interaction
    effect = _phrases(voice, "effect", interaction.effects) or _see_source(voice, interaction)
    whose = _whose(voice, one, interaction.affected, "affected.one", "affected.both")
    return {"codes": effect["codes"], "text": effect["text"] + whose}


def _whose(voice: Voice, one: Judged, affected: Affected, single: str, double: str) -> str:
    """Names the party that a statement is about, or both; nothing where it could be either of the two."""
    first, second = (voice.party(party) for party in one.between)
    if affected == "both":
        return f" {voice.text(double, first=first, second=second)}."
    if not affected or one.both_ways:
        return ""
    return f" {voice.text(single, medicine=first if affected == 'a' else second)}."


def _advice(voice: Voice, one: Judged) -> Shape:
    """What to do. Advice that the source gives at some levels only stands below their names, if they may apply."""
    interaction = one.interaction
    limited: dict[str, set[str]] = {}
    for entry in interaction.advice_levels:
        code, _, level = entry.rpartition("@")
        limited.setdefault(code, set()).add(level)
    open_branches = [outcome for outcome in one.branches if outcome.applies is not False]
    levels = dict.fromkeys(outcome.branch.level for outcome in open_branches)
    if len(levels) == 1 and not any(outcome.conditions for outcome in open_branches):
        # Only one branch concerns this pair, and no condition is left to be read.
        limited.setdefault(_CONDITIONAL, set())
    groups = [("", [code for code in interaction.advice if code not in limited])]
    for level in levels:
        codes = [code for code in interaction.advice if level.value in limited.get(code, ())]
        groups.append((voice.text(f"level.{level.value}"), codes))
    texts = [
        f"{heading}{voice.colon}{text}" if heading else text
        for heading, codes in groups
        if (text := " ".join(voice.text(f"advice.{code}") for code in codes))
    ]
    shown = {code for _, codes in groups for code in codes}
    of_a_dose = any(_OF_A_DOSE.search(code) for code in shown)
    whose = _whose(voice, one, interaction.dose_of, "affected.dose", "affected.doses") if of_a_dose else ""
    return {"codes": [code for code in interaction.advice if code in shown], "text": " ".join(texts) + whose}


def _source(source: Source, interaction: Interaction) -> Shape:
    quote = None
    if interaction.quote_mechanism or interaction.quote_advice:
        quote = {
            "language": _QUOTED_IN.get(source.id, _UNDETERMINED),
            "mechanism": interaction.quote_mechanism,
            "advice": interaction.quote_advice,
        }
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "edition": source.edition,
        "page": interaction.pages[0],
        "pages": list(interaction.pages),
        "quote": quote,
    }


def _duplicate(voice: Voice, one: Duplicate, typed: list[str]) -> Shape:
    name = one.substance.name(voice.language)
    medicines = ", ".join(typed[number] for number in one.inputs)
    text = voice.text("check.duplicate", substance=name, medicines=medicines)
    return {"substance": one.substance.id, "name": name, "inputs": list(one.inputs), "text": text}


def _not_applicable(voice: Voice, one: NotApplicable) -> Shape:
    judged = one.judged
    if judged.status == "local_route":
        text = voice.text("check.not_applicable.local_route", route=voice.routes(judged.routes))
    else:
        text = voice.text("check.not_applicable.condition_excluded", condition=_excluded(voice, judged))
    return {
        "id": judged.interaction.id,
        "between": _between(voice, one),
        "reason": judged.status,
        "text": text,
        "sources": [_source(judged.source, judged.interaction)],
    }


def _excluded(voice: Voice, one: Judged) -> str:
    """The conditions that do not hold: of the branches, or the sides whose names are limited to other routes."""
    texts = dict.fromkeys(filter(None, (voice.conditions(outcome) for outcome in one.branches)))
    return voice.semicolon.join(texts) or " + ".join(voice.side(party.side) for party in one.between)


def _not_covered(voice: Voice, one: NotCovered) -> Shape:
    name = one.substance.name(voice.language) if one.substance else one.text
    message = voice.text(f"check.not_covered.{one.reason}", input=one.text, substance=name)
    substance = one.substance.id if one.substance else None
    return {"input": one.input, "text": one.text, "substance": substance, "reason": one.reason, "message": message}


def _not_listed(voice: Voice, editions: tuple[Edition, ...]) -> str:
    return " ".join(
        voice.text("check.not_listed", title=f"{one.source.publisher}, {one.source.title}", edition=one.source.edition)
        for one in editions
    )


def _not_checked(voice: Voice, codes: tuple[str, ...]) -> list[Shape]:
    return [{"code": code, "text": voice.text(f"check.not_checked.{code}")} for code in codes]


def _knowledge(voice: Voice, editions: tuple[Edition, ...]) -> Shape:
    return {"sources": [_edition(voice, one) for one in editions]}


def _edition(voice: Voice, one: Edition) -> Shape:
    source = one.source
    warning = None
    if one.outdated:
        warning = voice.text("check.outdated", title=source.title, edition=source.edition, months=one.age_months)
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "edition": source.edition,
        "imported": source.imported,
        "age_months": one.age_months,
        "outdated": one.outdated,
        "warning": warning,
    }
