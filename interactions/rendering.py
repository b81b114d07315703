"""The result of a check in a person's language, in the JSON shape of the API: every word from our own phrases.

render(checker.check(items), "fr")
"""

from __future__ import annotations

from functools import cache
from typing import Any

from interactions.findings import (
    BranchOutcome,
    CheckResult,
    Duplicate,
    Edition,
    Finding,
    Medicine,
    NotApplicable,
    NotCovered,
    Party,
)
from interactions.knowledge import Interaction, Source
from interactions.wording import RouteText, Voice
from medinfo.medicines.model import Substance
from medinfo.medicines.routes import Routes
from medinfo.phrases import LANGUAGES, Phrases

Shape = dict[str, Any]
# The language of a source's official wording.
_QUOTED_IN = {"ansm-thesaurus": "fr"}
_UNDETERMINED = "und"


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

    def render(self, result: CheckResult, language: str) -> Shape:
        """The result in the shape of the API's answer to a check.

        Args:
            language: one of `medinfo.phrases.LANGUAGES`.

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
            "not_listed": _not_listed(voice, result),
            "not_checked": [
                {"code": code, "text": voice.text(f"check.not_checked.{code}")} for code in result.not_checked
            ],
            "notice": voice.text("check.notice"),
            "knowledge": {"sources": [_edition(voice, one) for one in result.editions]},
        }


def _medicine(voice: Voice, one: Medicine) -> Shape:
    found = one.resolution
    return {
        "input": one.input,
        "text": one.text,
        "status": found.status,
        "how": found.how,
        "matched": found.matched,
        "substances": [_substance(voice, substance) for substance in found.substances],
        "archived": found.archived,
        "homeopathic": found.homeopathic,
        "route": list(one.routes),
        "candidates": [
            {"name": near.name, "substances": list(near.substances), "score": near.score} for near in found.candidates
        ],
    }


def _substance(voice: Voice, one: Substance) -> Shape:
    return {"id": one.id, "name": one.name(voice.language), "atc": list(one.atc), "rxnorm": list(one.rxnorm)}


def _finding(voice: Voice, one: Finding) -> Shape:
    interaction = one.interaction
    statement = voice.statement(interaction)
    return {
        "id": interaction.id,
        "between": [_party(voice, party) for party in one.between],
        "level": one.level.value,
        "level_text": voice.text(f"level.{one.level.value}"),
        "native_level": interaction.native_level,
        "branches": [_branch(voice, outcome) for outcome in one.branches],
        "effect": _with_affected(voice, one, statement["effect"]),
        "mechanism": statement["mechanism"],
        "advice": statement["advice"],
        "sources": [_source(one.source, interaction)],
        "path": [{"kind": node.kind, "id": node.id, "name": voice.node(node, one.between)} for node in one.path],
    }


def _party(voice: Voice, one: Party) -> Shape:
    return {"id": one.id, "name": voice.party(one), "inputs": list(one.inputs)}


def _branch(voice: Voice, one: BranchOutcome) -> Shape:
    return {
        "level": one.branch.level.value,
        "native_level": one.branch.native_level,
        "condition": voice.conditions(one),
        "applies": one.applies,
        "decided_by": list(one.decided_by),
        "quote": one.branch.quote or None,
    }


def _with_affected(voice: Voice, one: Finding, effect: Shape) -> Shape:
    """The effect, and whose it is where the source says so and it can only be one of the two."""
    affected = one.interaction.affected
    if not affected or (one.both_ways and affected != "both"):
        return effect
    first, second = (voice.party(party) for party in one.between)
    if affected == "both":
        whose = voice.text("affected.both", first=first, second=second)
    else:
        whose = voice.text("affected.one", medicine=first if affected == "a" else second)
    return {"codes": effect["codes"], "text": f"{effect['text']} {whose}."}


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
    if one.reason == "local_route":
        text = voice.text("check.not_applicable.local_route", route=voice.routes(one.routes))
    else:
        text = voice.text("check.not_applicable.condition_excluded", condition=_excluded(voice, one))
    return {
        "id": one.interaction.id,
        "between": [_party(voice, party) for party in one.between],
        "reason": one.reason,
        "text": text,
        "sources": [_source(one.source, one.interaction)],
    }


def _excluded(voice: Voice, one: NotApplicable) -> str:
    """The conditions that do not hold: of the branches, or the sides whose names are limited to other routes."""
    texts = dict.fromkeys(filter(None, (voice.conditions(outcome) for outcome in one.branches)))
    return "; ".join(texts) or " + ".join(voice.side(party.side) for party in one.between)


def _not_covered(voice: Voice, one: NotCovered) -> Shape:
    name = one.substance.name(voice.language) if one.substance else one.text
    message = voice.text(f"check.not_covered.{one.reason}", input=one.text, substance=name)
    substance = one.substance.id if one.substance else None
    return {"input": one.input, "text": one.text, "substance": substance, "reason": one.reason, "message": message}


def _not_listed(voice: Voice, result: CheckResult) -> Shape:
    texts = [
        voice.text("check.not_listed", title=f"{one.source.publisher}, {one.source.title}", edition=one.source.edition)
        for one in result.editions
    ]
    return {"text": " ".join(texts), "pairs": [list(pair) for pair in result.not_listed]}


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
