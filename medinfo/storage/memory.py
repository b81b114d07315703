"""Translation memory: segments whose translation a person approved, found again exactly or nearly."""

from __future__ import annotations

import base64
import binascii
import json
import math
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from medinfo.errors import InvalidInput, NotFound
from medinfo.storage.database import Database
from medinfo.storage.memory_index import Candidates, digest, index_words
from medinfo.storage.schema import memory_entries
from medinfo.storage.text import line, normal, pair, passage

MAX_TEXT = 5000
MAX_ENTRIES = 1_000_000
MAX_PAGE = 200
CUTOFF = 75.0
"""Similarity, 0 to 100, from which an approved translation is worth showing."""
_MAX_ACTOR = 200
_MAX_FAILURES = 100_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved translation as stored.

    Attributes:
        source, target: as approved. approved_by: who says to have approved it, unverified. approved_at: in UTC.
        failures: the checks that failed and that the person stood by, as the caller described them.
    """

    id: str
    source: str
    target: str
    source_language: str
    target_language: str
    approved_by: str
    approved_at: datetime
    failures: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the approved translations, newest first. `next` is the cursor of the following page, or None."""

    entries: tuple[Approved, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """An approved translation like a text.

    Attributes:
        id, source, target, approved_by: as stored. score: 100 for the same text, below it for one like it.
    """

    id: str
    source: str
    target: str
    score: float
    approved_by: str = ""


class TranslationMemory:
    """All approved translations of a database. Threads can share it.

    Args:
        database: where they are. clock: seconds since 1970.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def approve(
        self,
        source: str,
        target: str,
        source_language: str,
        target_language: str,
        *,
        actor: str = "",
        failures: Sequence[Mapping[str, Any]] = (),
    ) -> Approved:
        """Store a translation that a person approved; it takes the place of an earlier one of the same source.

        Args:
            source, target: one segment, at most 5,000 characters. source_language, target_language: ISO 639.
            actor: who approves. failures: checks that failed and that the person stands by, as JSON values.

        Raises:
            InvalidInput: something is out of its bounds, or the memory is full.
        """
        pair(source_language, target_language)
        row = {
            "source_lang": source_language,
            "target_lang": target_language,
            "source": passage(source, "The source text", MAX_TEXT),
            "target": passage(target, "The target text", MAX_TEXT),
            "digest": digest(source),
            "approved_by": line(actor, "The name of who approves", _MAX_ACTOR) if actor else "",
            "approved_at": self._clock(),
            "failures": _told(failures),
        }
        try:
            return self._store(row)
        except IntegrityError:  # another process stored the same source just now: then this one replaces it
            return self._store(row)

    def get(self, id: str) -> Approved:
        """An approved translation by its id.

        Raises:
            NotFound: no such entry.
        """
        with self._database.read() as connection:
            row = connection.execute(select(memory_entries).where(memory_entries.c.id == id)).mappings().first()
        if row is None:
            raise _no_entry()
        return _approved(row)

    def delete(self, id: str) -> None:
        """Delete an approved translation.

        Raises:
            NotFound: no such entry.
        """
        with self._database.write() as connection:
            if not connection.execute(delete(memory_entries).where(memory_entries.c.id == id)).rowcount:
                raise _no_entry()

    def page(
        self, cursor: str | None = None, limit: int = 50, *, source_language: str = "", target_language: str = ""
    ) -> Page:
        """Approved translations, the one first stored last.

        Args:
            cursor: `next` of the page before. limit: 1 to 200 entries.
            source_language, target_language: only those of these languages; "" for all.

        Raises:
            InvalidInput: the limit is out of bounds, or the cursor is none of ours.
        """
        if not 1 <= limit <= MAX_PAGE:
            raise InvalidInput(f"A page holds 1 to {MAX_PAGE} entries.", params={"max": MAX_PAGE})
        column = memory_entries.c
        wanted: list[ColumnElement[bool]] = [column.number < _number(cursor)] if cursor else []
        wanted += [column.source_lang == source_language] if source_language else []
        wanted += [column.target_lang == target_language] if target_language else []
        query = select(memory_entries).where(*wanted).order_by(column.number.desc()).limit(limit + 1)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        following = _cursor(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(tuple(map(_approved, rows[:limit])), following)

    def count(self) -> int:
        """How many approved translations there are."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(memory_entries)) or 0

    def matches(self, texts: Sequence[str], source: str, target: str) -> list[MemoryMatch | None]:
        """The best approved translation for each text: the same text before one like it, None where none is near.

        Args:
            texts: segments. source, target: languages; a translation approved the other way round is not used.
        """
        with self._database.read() as connection:
            same = _same(connection, {digest(text) for text in texts}, source, target)
            candidates = Candidates(connection, source, target)
            return [same.get(digest(text)) or _like(candidates, text) for text in texts]

    def _store(self, row: Mapping[str, Any]) -> Approved:
        column = memory_entries.c
        same = [column[name] == row[name] for name in ("source_lang", "target_lang", "digest")]
        with self._database.write() as connection:
            known = connection.scalar(select(column.number).where(*same).with_for_update())
            if known is None:
                self._check_room(connection)
                added = insert(memory_entries).values(**row, id=secrets.token_hex(16)).returning(column.number)
                known = connection.scalar(added)
                index_words(connection, int(known or 0), row["source"], row["source_lang"], row["target_lang"])
            else:  # the same words in another form of Unicode or white space: the index is the same
                connection.execute(update(memory_entries).where(column.number == known).values(**row))
            stored = connection.execute(select(memory_entries).where(column.number == known)).mappings().one()
        return _approved(stored)

    def _check_room(self, connection: Connection) -> None:
        # Numbers are never used again, so the highest is found at once and is at least the count.
        if (connection.scalar(select(func.max(memory_entries.c.number))) or 0) < MAX_ENTRIES:
            return
        if (connection.scalar(select(func.count()).select_from(memory_entries)) or 0) >= MAX_ENTRIES:
            raise InvalidInput(f"{MAX_ENTRIES} translations are stored already.", params={"max": MAX_ENTRIES})


def _same(connection: Connection, digests: set[str], source: str, target: str) -> dict[str, MemoryMatch]:
    column, found, wanted = memory_entries.c, {}, sorted(digests)
    for start in range(0, len(wanted), _CHUNK):
        query = select(memory_entries).where(
            column.source_lang == source,
            column.target_lang == target,
            column.digest.in_(wanted[start : start + _CHUNK]),
        )
        for row in connection.execute(query).mappings():
            found[row["digest"]] = _match(row, 100.0)
    return found


def _like(candidates: Candidates, text: str) -> MemoryMatch | None:
    wanted = normal(text)
    near = candidates.near(wanted)
    best = process.extractOne(wanted, [normal(row["source"]) for row in near], scorer=fuzz.ratio, score_cutoff=CUTOFF)
    if best is None:
        return None
    # A text that is not the same never scores 100, however long both are.
    return _match(near[best[2]], min(math.floor(best[1] * 10) / 10, 99.9))


def _match(row: RowMapping, score: float) -> MemoryMatch:
    return MemoryMatch(row["id"], row["source"], row["target"], score, row["approved_by"])


def _approved(row: RowMapping) -> Approved:
    return Approved(
        row["id"],
        row["source"],
        row["target"],
        row["source_lang"],
        row["target_lang"],
        row["approved_by"],
        datetime.fromtimestamp(row["approved_at"], UTC),
        tuple(json.loads(row["failures"])),
    )


def _told(failures: Sequence[Mapping[str, Any]]) -> str:
    told = json.dumps(list(failures), ensure_ascii=True)
    if len(told) > _MAX_FAILURES:
        raise InvalidInput("Too many checks failed to be stored beside the translation.")
    return told


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")


def _number(cursor: str) -> int:
    try:
        number = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise InvalidInput("The cursor is none that a page gave.") from error
    if not 0 < number < 2**63:
        raise InvalidInput("The cursor is none that a page gave.")
    return number


def _no_entry() -> NotFound:
    return NotFound("There is no such approved translation.")
