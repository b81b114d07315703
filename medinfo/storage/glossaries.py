"""Glossaries: terms and how they are to be said, by pair of languages, in versions that stay readable."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from medinfo.errors import InvalidInput, NotFound
from medinfo.storage.database import Database
from medinfo.storage.entries import MAX_ENTRIES, Entry, checked
from medinfo.storage.schema import glossaries, glossary_entries, glossary_versions
from medinfo.storage.text import line, pair

MAX_GLOSSARIES = 200
MAX_DICTIONARIES = 50
MAX_VERSIONS = 10_000
MAX_STORED = 1_000_000
"""Entries of one glossary over all its versions; an entry that did not change counts once."""
MAX_NAME = 200

_CHUNK = 500  # rows named in one statement
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """One pair of languages of a glossary, to be stored.

    Attributes:
        source_lang, target_lang: lower-case ISO 639. entries: pairs of source and target term.
    """

    source_lang: str
    target_lang: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class DictionaryInfo:
    """One pair of languages of a stored glossary, without its entries."""

    source_lang: str
    target_lang: str
    entry_count: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """A glossary at one version, without its entries.

    Attributes:
        version: from 1. latest: its newest version. created_at: of the glossary; changed_at: of this version.
        dictionaries: sorted by languages.
    """

    id: str
    name: str
    version: int
    latest: int
    created_at: datetime
    changed_at: datetime
    dictionaries: tuple[DictionaryInfo, ...]


class Glossaries:
    """All glossaries of a database. Threads can share it.

    Args:
        database: where they are. clock: seconds since 1970.

    Every change that changes anything makes a new version; one that does not returns the version there is.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def create(self, name: str, dictionaries: Sequence[Dictionary]) -> Glossary:
        """A new glossary, at version 1.

        Args:
            dictionaries: at least one; each pair of languages once.

        Raises:
            InvalidInput: a name, language, entry or number of them is out of bounds.
        """
        title, wanted = _name(name), _dictionaries(dictionaries)
        if not wanted:
            raise InvalidInput("A glossary holds at least one dictionary.")
        identifier, now = secrets.token_hex(16), self._clock()
        with self._database.write() as connection:
            if (connection.scalar(select(func.count()).select_from(glossaries)) or 0) >= MAX_GLOSSARIES:
                raise InvalidInput(f"{MAX_GLOSSARIES} glossaries are stored already.", params={"max": MAX_GLOSSARIES})
            connection.execute(insert(glossaries).values(id=identifier, version=1, created_at=now))
            _note_version(connection, identifier, 1, title, now)
            for languages, entries in wanted.items():
                _insert(connection, identifier, 1, languages, entries)
            return _glossary(connection, identifier, None)

    def list(self) -> tuple[Glossary, ...]:
        """All glossaries at their newest versions, oldest first."""
        with self._database.read() as connection:
            identifiers = connection.scalars(
                select(glossaries.c.id).order_by(glossaries.c.created_at, glossaries.c.id)
            ).all()
            return tuple(_glossary(connection, identifier, None) for identifier in identifiers)

    def get(self, id: str, version: int | None = None) -> Glossary:
        """A glossary at a version, the newest by default.

        Raises:
            NotFound: no such glossary or version.
        """
        with self._database.read() as connection:
            return _glossary(connection, id, version)

    def entries(self, id: str, source_lang: str, target_lang: str, version: int | None = None) -> tuple[Entry, ...]:
        """The entries of one dictionary, sorted by source term; none where it has no such dictionary.

        Raises:
            NotFound: no such glossary or version.
        """
        with self._database.read() as connection:
            number = _version(connection, id, version).version
            rows = _at(connection, id, number, (source_lang, target_lang))
        return tuple(sorted((source, target) for source, (_, target) in rows.items()))

    def update(self, id: str, *, name: str | None = None, dictionaries: Sequence[Dictionary] = ()) -> Glossary:
        """Rename, and merge entries into dictionaries, all in one new version.

        An entry replaces that of the same source term; a dictionary that is not there is made.

        Raises:
            NotFound: no such glossary. InvalidInput: something is out of bounds; then nothing changes.
        """
        title = None if name is None else _name(name)
        wanted = _dictionaries(dictionaries)
        return self._change(id, title, {each: (entries, False) for each, entries in wanted.items()})

    def rename(self, id: str, name: str) -> Glossary:
        """Give a glossary another name; see `update`."""
        return self.update(id, name=name)

    def put_entries(self, id: str, source_lang: str, target_lang: str, entries: Sequence[Entry]) -> Glossary:
        """Merge entries into one dictionary; see `update`."""
        return self.update(id, dictionaries=[Dictionary(source_lang, target_lang, entries)])

    def replace_dictionary(self, id: str, source_lang: str, target_lang: str, entries: Sequence[Entry]) -> Glossary:
        """Put a dictionary in the place of the one of the same languages, or add it.

        Raises:
            NotFound, InvalidInput: see `update`.
        """
        wanted = _dictionaries([Dictionary(source_lang, target_lang, entries)])
        return self._change(id, None, {each: (new, True) for each, new in wanted.items()})

    def delete_dictionary(self, id: str, source_lang: str, target_lang: str) -> Glossary:
        """Take a dictionary out of the newest version; earlier versions keep it.

        Raises:
            NotFound: no such glossary, or none of these languages in it.
        """
        with self._database.read() as connection:
            if not _at(connection, id, _version(connection, id, None).version, (source_lang, target_lang)):
                raise NotFound(f"The glossary has no dictionary from {source_lang[:12]!r} to {target_lang[:12]!r}.")
        return self._change(id, None, {(source_lang, target_lang): ((), True)})

    def delete(self, id: str) -> None:
        """Delete a glossary with all its versions.

        Raises:
            NotFound: no such glossary.
        """
        with self._database.write() as connection:
            if not connection.execute(delete(glossaries).where(glossaries.c.id == id)).rowcount:
                raise _no_glossary()

    def _change(self, id: str, title: str | None, changes: Mapping[_Pair, tuple[Sequence[Entry], bool]]) -> Glossary:
        with self._database.write() as connection:
            locked = select(glossaries.c.id).where(glossaries.c.id == id).with_for_update()
            if connection.execute(locked).first() is None:
                raise _no_glossary()
            now = _version(connection, id, None)
            new, name = now.version + 1, now.name if title is None else title
            changed = [_apply(connection, id, new, pair, *change) for pair, change in changes.items()]
            if any(changed) or name != now.name:
                _check_bounds(connection, id, new)
                _note_version(connection, id, new, name, self._clock())
                connection.execute(update(glossaries).where(glossaries.c.id == id).values(version=new))
            return _glossary(connection, id, None)


def _apply(
    connection: Connection, id: str, version: int, languages: _Pair, entries: Sequence[Entry], whole: bool
) -> bool:
    """Change one dictionary from `version` on; whether anything changed.

    Args:
        whole: the entries are all that it is to hold; else they are merged into it.
    """
    before = _at(connection, id, version - 1, languages)
    wanted = dict(entries)
    new = [(source, target) for source, target in wanted.items() if source not in before or before[source][1] != target]
    ended = [before[source][0] for source, _ in new if source in before]
    if whole:
        ended += [number for source, (number, _) in before.items() if source not in wanted]
    elif len(before) + len(new) - len(ended) > MAX_ENTRIES:
        raise InvalidInput(f"A dictionary holds at most {MAX_ENTRIES} entries.", params={"max": MAX_ENTRIES})
    for start in range(0, len(ended), _CHUNK):
        here = glossary_entries.c.number.in_(ended[start : start + _CHUNK])
        connection.execute(update(glossary_entries).where(here).values(until=version))
    _insert(connection, id, version, languages, new)
    return bool(new or ended)


def _insert(connection: Connection, id: str, version: int, languages: _Pair, entries: Iterable[Entry]) -> None:
    where = {"glossary_id": id, "source_lang": languages[0], "target_lang": languages[1], "since": version}
    rows = [{**where, "source": source, "target": target} for source, target in entries]
    if rows:
        connection.execute(insert(glossary_entries), rows)


def _check_bounds(connection: Connection, id: str, version: int) -> None:
    pairs = len(_counts(connection, id, version))
    stored = connection.scalar(select(func.count()).where(glossary_entries.c.glossary_id == id)) or 0
    if pairs > MAX_DICTIONARIES:
        raise InvalidInput(f"A glossary holds at most {MAX_DICTIONARIES} dictionaries.")
    if version > MAX_VERSIONS or stored > MAX_STORED:
        raise InvalidInput(
            "The history of this glossary is full.", hint="Create a new glossary with its entries, and delete this one."
        )


def _glossary(connection: Connection, id: str, version: int | None) -> Glossary:
    row = _version(connection, id, version)
    counts = _counts(connection, id, row.version)
    return Glossary(
        id,
        row.name,
        row.version,
        row.latest,
        datetime.fromtimestamp(row.created_at, UTC),
        datetime.fromtimestamp(row.changed_at, UTC),
        tuple(DictionaryInfo(*each) for each in counts),
    )


def _version(connection: Connection, id: str, version: int | None) -> Row[int, str, float, int, float]:
    wanted = glossaries.c.version if version is None else version
    query = (
        select(
            glossary_versions.c.version,
            glossary_versions.c.name,
            glossary_versions.c.created_at.label("changed_at"),
            glossaries.c.version.label("latest"),
            glossaries.c.created_at,
        )
        .join_from(glossaries, glossary_versions)
        .where(glossaries.c.id == id, glossary_versions.c.version == wanted)
    )
    row = connection.execute(query).first()
    if row is None:
        raise _no_glossary()
    return row


def _counts(connection: Connection, id: str, version: int) -> list[tuple[str, str, int]]:
    held = glossary_entries.c
    query = (
        select(held.source_lang, held.target_lang, func.count())
        .where(held.glossary_id == id, *_holds(version))
        .group_by(held.source_lang, held.target_lang)
    )
    return sorted((source, target, count) for source, target, count in connection.execute(query))


def _at(connection: Connection, id: str, version: int, languages: _Pair) -> dict[str, tuple[int, str]]:
    """Entries of a dictionary at a version: source term to the row's number and the target term."""
    held = glossary_entries.c
    here = (held.glossary_id == id, held.source_lang == languages[0], held.target_lang == languages[1])
    query = select(held.source, held.number, held.target).where(*here, *_holds(version))
    return {source: (number, target) for source, number, target in connection.execute(query)}


def _holds(version: int) -> tuple[ColumnElement[bool], ...]:
    held = glossary_entries.c
    return held.since <= version, or_(held.until.is_(None), held.until > version)


def _note_version(connection: Connection, id: str, version: int, name: str, now: float) -> None:
    row = {"glossary_id": id, "version": version, "name": name, "created_at": now}
    connection.execute(insert(glossary_versions).values(row))


def _name(text: str) -> str:
    return line(text, "The name", MAX_NAME)


def _dictionaries(dictionaries: Sequence[Dictionary]) -> dict[_Pair, tuple[Entry, ...]]:
    found: dict[_Pair, tuple[Entry, ...]] = {}
    for each in dictionaries:
        languages = pair(each.source_lang, each.target_lang)
        if languages in found:
            raise InvalidInput(f"Two dictionaries are from {languages[0]} to {languages[1]}.")
        found[languages] = checked(each.entries)
    if len(found) > MAX_DICTIONARIES:
        raise InvalidInput(f"A glossary holds at most {MAX_DICTIONARIES} dictionaries.")
    return found


def _no_glossary() -> NotFound:
    return NotFound("There is no such glossary, or no such version of it.")
