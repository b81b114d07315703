"""What the commands do: plain functions of settings and values, without printing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import ValidationError

from api.shapes import CheckIn, LanguageCode, MedicineIn
from api.wiring import THESAURUS, open_snapshot, open_store
from medinfo.errors import InvalidInput, NotFound
from medinfo.knowledge_store import StoredEdition
from medinfo.phrases import LANGUAGES
from medinfo.settings import Settings

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv")


def as_json(value: Any) -> str:
    """A value as indented JSON, with a final line feed."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def language(text: str) -> LanguageCode:
    """One of our languages.

    Raises:
        InvalidInput: it is none of them.
    """
    if text not in LANGUAGES:
        raise InvalidInput(f"There is no language {text!r}.", hint=f"Use one of {', '.join(LANGUAGES)}.")
    return text


def check(settings: Settings, names: list[str], spoken: LanguageCode) -> dict[str, Any]:
    """Check medicines against each other.

    Args:
        names: as typed, 1 to 100.

    Returns:
        the answer in the shape of `api.shapes.CheckOut`.

    Raises:
        InvalidInput: too many names, or an empty or overlong one.
    """
    from api import views

    try:
        asked = CheckIn(medicines=[MedicineIn(name=name) for name in names], language=spoken)
    except ValidationError as error:
        raise InvalidInput("Give 1 to 100 names of 1 to 200 characters each.") from error
    return views.check(open_snapshot(settings), asked)


def import_thesaurus(settings: Settings, file: Path, *, activate: bool) -> list[str]:
    """Import an edition of the thesaurus.

    Args:
        activate: use it also if it is older than what is in use.

    Returns:
        what was read and what was not, for a person.

    Raises:
        UnusableSource: the file is not the thesaurus; nothing is stored.
    """
    from interactions.importers.ansm_thesaurus import importing
    from interactions.importers.ansm_thesaurus.derive import derive, unmapped, unread_conditions
    from interactions.importers.ansm_thesaurus.document import Thesaurus
    from interactions.tables import dump

    unsure: list[str] = []

    def facts(thesaurus: Thesaurus) -> bytes:
        knowledge = derive(thesaurus)
        unsure.extend(f"No substance of ours, so never checked: {printed}." for _, printed in unmapped(knowledge))
        if unread := unread_conditions(knowledge):
            unsure.append(
                f"Conditions not understood, so that all their levels are kept: in {len(unread)} interactions."
            )
        return dump(knowledge)

    report = importing.import_thesaurus(file, open_store(settings), facts, activate=True if activate else None)
    return [*report.lines(), *unsure]


def import_bdpm(settings: Settings, folder: Path, *, activate: bool) -> list[str]:
    """Import the French public medicines database.

    Args:
        folder: holds its files as published.
        activate: use it also if it is older than what is in use.

    Returns:
        what was read and what was not, for a person.

    Raises:
        UnusableSource: the folder does not hold it; nothing is stored.
    """
    from medinfo.medicines.importers.bdpm import import_bdpm

    return list(import_bdpm(folder, open_store(settings), activate=True if activate else None).lines())


def list_editions(settings: Settings) -> list[dict[str, Any]]:
    """All editions: `source`, `edition`, `active`, and `imported` (false for the tables that ship with us)."""
    from interactions.tables import load_embedded

    store = open_store(settings)
    embedded = load_embedded().source
    found = [_edition(stored) for source in store.sources() for stored in store.editions(source)]
    in_use = store.active(embedded.id) is None
    return [{"source": embedded.id, "edition": embedded.edition, "active": in_use, "imported": False}, *found]


def _edition(stored: StoredEdition) -> dict[str, Any]:
    return {"source": stored.source, "edition": stored.edition, "active": stored.active, "imported": True}


def export(settings: Settings, source: str, form: str, edition: str) -> Iterator[str]:
    """An imported edition as lines of text, line ends included.

    Args:
        form: `jsonl` or `csv`. edition: the active imported one when empty.

    Raises:
        InvalidInput: an unknown source or format. NotFound: that edition was not imported.
    """
    from interactions.importers.ansm_thesaurus.export import export_lines
    from interactions.importers.ansm_thesaurus.store_file import read_thesaurus

    if source != THESAURUS:
        raise InvalidInput(f"Nothing can be exported of {source!r}.", hint=f"Use --source {THESAURUS}.")
    if form not in FORMATS:
        raise InvalidInput(f"There is no format {form!r}.", hint=f"Use one of {', '.join(FORMATS)}.")
    stored = _imported(settings, source, edition)
    return export_lines(read_thesaurus(stored.read()).pairs, form)


def _imported(settings: Settings, source: str, edition: str) -> StoredEdition:
    store = open_store(settings)
    stored = store.editions(source)
    if not stored:
        raise NotFound(f"No edition of {source} was imported.", hint=f"Import one: medinfo import {source} FILE.")
    chosen = store.active(source) if not edition else next((one for one in stored if one.edition == edition), None)
    if chosen is None:
        known = ", ".join(one.edition for one in stored)
        wanted = f"Edition {edition} of {source} was not imported." if edition else f"No edition of {source} is in use."
        raise NotFound(wanted, hint=f"Imported: {known}.")
    return chosen


def activate(settings: Settings, source: str, edition: str) -> list[str]:
    """Use an imported edition from now on.

    Raises:
        NotFound: no such edition is stored.
    """
    open_store(settings).activate(source, edition)
    return [f"{source} {edition} is in use."]


def rollback(settings: Settings, source: str) -> list[str]:
    """Go back to what was in use before.

    Raises:
        NotFound: nothing was.
    """
    stored = open_store(settings).rollback(source)
    return [f"{source}: {stored.edition if stored else 'the tables that ship with us'} in use again."]


def build(settings: Settings, names_out: Path, interactions_out: Path) -> list[str]:
    """Rebuild the embedded tables of names and of interactions.

    Args:
        names_out: folder for the tables of names. interactions_out: folder for those of the thesaurus.

    Raises:
        NotFound: the official files are not there.
    """
    from interactions.build import build_interactions
    from medinfo.medicines.build import build_medicines

    if not settings.reference_data.is_dir():
        raise NotFound(f"No official files at {settings.reference_data}.", hint="Set MEDINFO_REFERENCE_DATA.")
    build_medicines(settings.reference_data, names_out)
    build_interactions(settings.reference_data, interactions_out)
    return [f"Built {names_out} and {interactions_out}."]
