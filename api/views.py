"""Answers of the API as plain values in the shapes of `api.shapes`, made from a snapshot."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response

from api.periods import require_dates
from api.shapes import CheckIn, MedicineIn
from api.wiring import Snapshot
from interactions import rendering
from interactions.findings import MedicineInput
from medinfo.errors import UserError
from medinfo.medicines.model import Substance

_NOT_KEPT = {"Cache-Control": "no-store"}
MAX_BRANDS = 50
"""Brand names shown of one substance."""


def answer(value: Any) -> Response:
    """A value as a JSON response that no cache keeps. It is not validated again: tests hold it to its shape."""
    return Response(orjson.dumps(value), media_type="application/json", headers=_NOT_KEPT)


def check(current: Snapshot, asked: CheckIn) -> dict[str, Any]:
    """The result of a check, in the shape of `CheckOut`.

    Raises:
        UserError: a name or a code cannot be looked up at all, or a period has no dates.
    """
    result = current.checker.check([_medicine_input(item) for item in asked.medicines])
    return rendering.render(result, asked.language)


def _medicine_input(item: MedicineIn) -> MedicineInput:
    period, code = item.period, item.code
    if period:
        require_dates(period)
    return MedicineInput(
        name=item.name or "",
        system=code.system if code else "",
        value=code.value if code else "",
        route=item.route or "",
        dose=item.dose or "",
        start=(period.start if period else None) or "",
        end=(period.end if period else None) or "",
        indication=item.indication or "",
    )


def refusals(current: Snapshot, asked: CheckIn) -> list[tuple[str, UserError]]:
    """Which lines of a request cannot be used at all: the field (`medicines.1.code`) and why."""
    found: list[tuple[str, UserError]] = []
    for number, item in enumerate(asked.medicines):
        part = "period"
        try:
            given = _medicine_input(item)
            part = "code" if item.code else "name"
            current.checker.check([given])
        except UserError as error:
            found.append((f"medicines.{number}.{part}", error))
    return found


def search(current: Snapshot, q: str, limit: int, language: str) -> dict[str, Any]:
    """Type-ahead hits, in the shape of `MedicineSearchOut`."""
    hits = [
        {
            "name": hit.name,
            "substances": [_substance(current.catalogue.substance(id), language) for id in hit.substances],
            "kind": hit.kind,
            "archived": hit.archived,
        }
        for hit in current.catalogue.search(q, limit)
    ]
    return {"q": q, "hits": hits}


def detail(current: Snapshot, id: str, language: str) -> dict[str, Any]:
    """All that is known of one substance, in the shape of `MedicineDetailOut`.

    Raises:
        NotFound: no such substance.
    """
    found = current.catalogue.substance(id)
    return {
        **_substance(found, language),
        "names": dict(found.names),
        "unii": list(found.unii),
        "cas": list(found.cas),
        "classes": _classes(current, id, language),
        "brands": list(current.catalogue.brands(id)[:MAX_BRANDS]),
        "covered": current.checker.index.covers(id),
    }


def _substance(found: Substance, language: str) -> dict[str, Any]:
    return {"id": found.id, "name": found.name(language), "atc": list(found.atc), "rxnorm": list(found.rxnorm)}


def _classes(current: Snapshot, id: str, language: str) -> list[dict[str, str]]:
    """The groups that sources put a substance in, by name."""
    sides = {
        member.side: knowledge.sides[member.side]
        for knowledge in current.knowledge
        for member in knowledge.members
        if member.substance == id and knowledge.sides[member.side].kind == "class"
    }
    name = rendering.default_renderer().side
    nodes = [{"kind": side.kind, "id": side.id, "name": name(side, language)} for side in sides.values()]
    return sorted(nodes, key=lambda node: (node["name"], node["id"]))


def knowledge(current: Snapshot, language: str) -> dict[str, Any]:
    """The sources in use, in the shape of `KnowledgeOut`."""
    return {"sources": current.editions(language)}
