"""What the commands about glossaries and storage do: plain functions, without printing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import glossary_files
from api import translation_wiring as wiring
from api.glossary_views import glossary
from medinfo.errors import InvalidInput
from medinfo.settings import Settings

if TYPE_CHECKING:
    from medinfo.storage.database import Database


@contextmanager
def storage(settings: Settings) -> Iterator[Database]:
    """The database, closed afterwards.

    Raises:
        StorageUnavailable: it cannot be opened.
    """
    database = wiring.open_database(settings)
    try:
        yield database
    finally:
        database.close()


def import_glossary(settings: Settings, file: Path, *, name: str, source: str, target: str) -> list[str]:
    """Store a list of terms as a glossary.

    Args:
        name: the file's own unless given. source, target: languages, where the file does not say.

    Returns:
        what was stored and what was not, for a person; the first line ends with the glossary's id.

    Raises:
        UnusableSource: the file is no list of terms. InvalidInput: the languages are not known, or a term is unusable.
    """
    from medinfo.storage.glossaries import Dictionary, Glossaries

    found = glossary_files.read(file)
    pair = source or found.source, target or found.target
    if not all(pair):
        raise InvalidInput("The file does not say its languages.", hint="Name them: --from en --to fr.")
    with storage(settings) as database:
        made = Glossaries(database).create(name or file.stem, [Dictionary(*pair, found.entries)])
    return [f"{len(found.entries)} terms from {pair[0]} to {pair[1]}, as glossary {made.id}", *found.notes]


def import_examples(settings: Settings) -> list[str]:
    """Store the term lists that ship with us as one glossary.

    Returns:
        what was stored, for a person.
    """
    from medinfo.storage.glossaries import Dictionary, Glossaries

    lists = glossary_files.examples()
    with storage(settings) as database:
        glossaries = Glossaries(database)
        if known := next((one for one in glossaries.list() if one.name == glossary_files.EXAMPLES), None):
            return [f"The examples are there already, as glossary {known.id}"]
        made = glossaries.create(glossary_files.EXAMPLES, [Dictionary(*pair, terms) for pair, terms in lists.items()])
    count = sum(map(len, lists.values()))
    pairs = ", ".join(f"{source} to {target}" for source, target in lists)
    return [f"{count} terms ({pairs}), as glossary {made.id}", "TICO-19's term lists, CC0 1.0."]


def list_glossaries(settings: Settings) -> list[dict[str, Any]]:
    """All glossaries, in the shape of `api.translation_shapes.GlossaryOut`."""
    from medinfo.storage.glossaries import Glossaries

    with storage(settings) as database:
        return [glossary(one) for one in Glossaries(database).list()]


def upgrade(settings: Settings) -> list[str]:
    """Bring the database to its newest schema; it is made if it is not there."""
    with storage(settings) as database:
        return [f"The database ({database.dialect}) is up to date."]
