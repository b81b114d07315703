"""Glossaries, in the shape of DeepL's third version of them; each change makes a version that stays readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api import glossary_views as shown
from api import views
from api.depends import translation
from api.problems import documented
from api.strict import StrictRoute
from api.translation_service import Store
from api.translation_shapes import (
    DictionaryIn,
    DictionaryOut,
    EntriesOut,
    GlossariesOut,
    GlossaryIn,
    GlossaryOut,
    GlossaryPatch,
    Tag,
)
from api.translation_views import primary

router = APIRouter(prefix="/v1/glossaries", tags=["glossaries"], route_class=StrictRoute)
T = TypeVar("T")

Id = Annotated[str, Path(min_length=1, max_length=64, description="Id of a glossary.")]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="A version; the newest by default.")]
Source = Annotated[Tag, Query(description="Language of the source terms.")]
Target = Annotated[Tag, Query(description="Language of the target terms.")]
FAILS = documented(400, 404, 413, 415, 422, 503)


async def _stored(request: Request, work: Callable[[Store], T]) -> T:
    """Do something with the store, in a thread."""
    parts = translation(request)
    return await parts.quick.run(lambda: work(parts.store()))


@router.post("", status_code=201, response_model=GlossaryOut, responses=FAILS, summary="Create a glossary")
async def create(request: Request, asked: GlossaryIn) -> Response:
    """Store a glossary with one dictionary for each pair of languages."""

    def work(store: Store) -> dict[str, Any]:
        return shown.glossary(store.glossaries.create(asked.name, shown.dictionaries(asked.dictionaries)))

    made = await _stored(request, work)
    answer = views.answer(made)
    answer.status_code = 201
    answer.headers["Location"] = f"/v1/glossaries/{made['glossary_id']}"
    return answer


@router.get("", response_model=GlossariesOut, responses=documented(503), summary="All glossaries")
async def every(request: Request) -> Response:
    """All glossaries at their newest versions, without their entries."""
    found = await _stored(request, lambda store: [shown.glossary(one) for one in store.glossaries.list()])
    return views.answer({"glossaries": found})


@router.get("/{id}", response_model=GlossaryOut, responses=documented(404, 422, 503), summary="One glossary")
async def one(request: Request, id: Id, version: Version = None) -> Response:
    """A glossary without its entries."""
    return views.answer(await _stored(request, lambda store: shown.glossary(store.glossaries.get(id, version))))


@router.patch("/{id}", response_model=GlossaryOut, responses=FAILS, summary="Change a glossary")
async def change(request: Request, id: Id, asked: GlossaryPatch) -> Response:
    """Rename, and merge entries into dictionaries; an entry replaces that of the same source term."""

    def work(store: Store) -> dict[str, Any]:
        wanted = shown.dictionaries(asked.dictionaries or [])
        return shown.glossary(store.glossaries.update(id, name=asked.name, dictionaries=wanted))

    return views.answer(await _stored(request, work))


@router.delete("/{id}", status_code=204, responses=documented(404, 422, 503), summary="Delete a glossary")
async def delete(request: Request, id: Id) -> Response:
    """Delete a glossary with all its versions."""
    await _stored(request, lambda store: store.glossaries.delete(id))
    return Response(status_code=204)


@router.get("/{id}/entries", response_model=EntriesOut, responses=documented(404, 422, 503), summary="Entries")
async def entries(
    request: Request, id: Id, source_lang: Source, target_lang: Target, version: Version = None
) -> Response:
    """The entries of one dictionary, as tab-separated lines."""
    pair = primary(source_lang), primary(target_lang)
    found = await _stored(request, lambda store: shown.entries(store.glossaries, id, pair, version))
    return views.answer({"dictionaries": [found]})


@router.put("/{id}/dictionaries", response_model=DictionaryOut, responses=FAILS, summary="Replace a dictionary")
async def replace(request: Request, id: Id, asked: DictionaryIn) -> Response:
    """Put a dictionary in the place of the one for the same pair, or add it."""

    def work(store: Store) -> dict[str, Any]:
        (wanted,) = shown.dictionaries([asked])
        changed = store.glossaries.replace_dictionary(id, wanted.source_lang, wanted.target_lang, wanted.entries)
        return shown.dictionary(changed, wanted.source_lang, wanted.target_lang)

    return views.answer(await _stored(request, work))


@router.delete(
    "/{id}/dictionaries", status_code=204, responses=documented(404, 422, 503), summary="Delete a dictionary"
)
async def drop(request: Request, id: Id, source_lang: Source, target_lang: Target) -> Response:
    """Take a dictionary out of the newest version."""
    pair = primary(source_lang), primary(target_lang)
    await _stored(request, lambda store: store.glossaries.delete_dictionary(id, *pair))
    return Response(status_code=204)
