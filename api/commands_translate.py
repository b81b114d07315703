"""What `medinfo translate` does: text as it comes in, and files by their format. Plain functions, without printing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import translation_views as shown
from api import translation_wiring as wiring
from api.translation_jobs import media_type_of, report, result_name, told_language
from api.wiring import open_catalogue
from medinfo.errors import InvalidInput, UserError
from medinfo.settings import Settings

if TYPE_CHECKING:
    from medinfo.storage.database import Database
    from translation.ports import Path as Way
    from translation.results import Segment, Term, Translated
    from translation.translator import Translator

BLOCK_LINES = 64
"""Lines that are translated together, where no empty line ends a block before."""
MAX_LINE = 100_000
"""Characters of a line."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to translate.

    Attributes:
        source: language, "" to detect it. target: language. glossary: id of one, or "".
        strict: leave what fails in the source language. memory: use approved translations.
        output: another format to write, or "".
    """

    source: str
    target: str
    glossary: str = ""
    strict: bool = False
    memory: bool = True
    output: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A translated piece of text: with its markers, and the segments that are not sure."""

    text: str
    unsure: tuple[Segment, ...]
    value: dict[str, Any]


@contextmanager
def tools(settings: Settings, order: Order) -> Iterator[tuple[Translator, Database | None]]:
    """A translator, and the database where one is needed or there.

    Raises:
        StorageUnavailable: the database cannot be opened.
    """
    from medinfo.storage.memory import TranslationMemory

    database = wiring.open_database(settings) if order.glossary or _has_database(settings) else None
    engine = wiring.open_engine(settings)
    try:
        catalogue = open_catalogue(settings)
        memory: Any = TranslationMemory(database) if database and order.memory else None
        yield wiring.open_translator(engine, catalogue, wiring.open_names(catalogue), memory), database
    finally:
        engine.close()
        if database is not None:
            database.close()


def _has_database(settings: Settings) -> bool:
    file = settings.database_url.removeprefix("sqlite:///")
    return not settings.database_url.startswith("sqlite:///") or Path(file).is_file()


def terms(database: Database | None, order: Order, source: str) -> Sequence[Term]:
    """The entries of the glossary that was asked for.

    Raises:
        NotFound: no such glossary. InvalidInput: it holds nothing for the pair.
    """
    if not order.glossary or database is None:
        return ()
    from medinfo.storage.glossaries import Glossaries

    return wiring.terms(Glossaries(database), order.glossary, None, source, order.target)


def translate_lines(
    translator: Translator, database: Database | None, order: Order, lines: Iterable[str]
) -> Iterator[Block]:
    """Translate text block by block as its lines come in; nothing is held but the block at hand.

    Raises:
        UndetectedLanguage: the language of the first block cannot be told. Also what the engine raises.
    """
    source, known = order.source, tuple["Term", ...]()
    way: Way | None = None
    for block in _blocks(lines):
        if not block.strip():
            yield Block(block, (), {})
            continue
        if way is None:
            source = source or wiring.told_language([block])[0]
            way = wiring.path(translator.engine, source, order.target)
            known = tuple(terms(database, order, source))
        (found,) = translator.translate(
            [block], source, order.target, terms=known, strict=order.strict, use_memory=order.memory
        )
        yield _block(found, source, way, order.target)


def _block(found: Translated, source: str, way: Way, target: str) -> Block:
    unsure = tuple(one for one in found.segments if one.status in shown.UNSURE)
    value = {"source": source, "target": target, "engine": shown.engine(way, "en"), **shown.translated(found, "en")}
    return Block(shown.warned(found, target), unsure, value)


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        if len(line) > MAX_LINE:
            raise InvalidInput(f"A line holds more than {MAX_LINE:,} characters.")
        block.append(line)
        if not line.strip() or len(block) == BLOCK_LINES:
            yield "".join(block)
            block = []
    if block:
        yield "".join(block)


@dataclass(frozen=True, slots=True)
class Made:
    """A translated file: its bytes, a name for it, and what happened (`JobOut.report`)."""

    content: bytes
    name: str
    report: dict[str, Any]


def translate_file(
    translator: Translator,
    database: Database | None,
    order: Order,
    file: Path,
    progress: Callable[[int, int], None],
) -> Made:
    """Translate a file, by its format.

    Raises:
        UnusableDocument: it cannot be read. UndetectedLanguage: its language cannot be told. And the engine's.
    """
    from translation.document_job import Order as DocumentOrder
    from translation.document_job import translate_document
    from translation.documents import LIMITS

    if file.stat().st_size > LIMITS.content_bytes:
        raise InvalidInput(f"{file.name} is larger than {LIMITS.content_bytes // 1_000_000} MB.")
    content = file.read_bytes()
    source = order.source or told_language(content, file.name)
    wiring.path(translator.engine, source, order.target)
    asked = DocumentOrder(
        filename=file.name,
        source=source,
        target=order.target,
        terms=terms(database, order, source),
        strict=order.strict,
        use_memory=order.memory,
        output=order.output,
        language="en",
    )
    made = translate_document(content, asked, translator, progress=progress)
    name = result_name(file.name, order.target, media_type_of(made.media_type))
    return Made(made.content, name, report(made.report, "en"))


def write(content: bytes, place: Path, *, replace: bool) -> None:
    """Put a file into place whole.

    Raises:
        InvalidInput: it is there already and may not be replaced.
    """
    if place.exists() and not replace:
        raise InvalidInput(f"{place} is there already.", hint="Say where to write with -o.")
    handle, aside = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(place)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def told(source: str, target: str, status: str, messages: Iterable[str]) -> str:
    """One line about a segment that is not sure."""
    what = "kept in the source language" if status == "kept" else "flagged"
    return f"{what}: {source!r} -> {target!r}: {' '.join(messages)}"


def flagged(block: Block) -> list[str]:
    """Lines about the segments of a block that are not sure."""
    from translation.wording import message

    return [
        told(
            one.source,
            one.attempt or one.target,
            one.status,
            (message(failure, "en") for failure in one.verdict.failures),
        )
        for one in block.unsure
    ]


def flagged_of(made: Made) -> list[str]:
    """Lines about the segments of a file that are not sure, at most the first thousand."""
    return [
        told(one["source"], one["target"], one["status"], (failure["message"] for failure in one["failures"]))
        for one in made.report["flags"]
    ]


def require_text(block: bytes) -> str:
    """Bytes of standard input as text.

    Raises:
        UserError: they are not UTF-8.
    """
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError("Standard input is not text in UTF-8.") from error
