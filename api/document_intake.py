"""Taking a file for translation: what can be refused is refused at once, the rest becomes a job. Blocking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api import translation_wiring as wiring
from api.translation_jobs import KIND, params
from api.translation_service import Translation
from api.translation_views import primary
from medinfo.errors import InvalidInput, UnusableDocument

if TYPE_CHECKING:
    from medinfo.storage.job_rows import Job


@dataclass(frozen=True, slots=True)
class Asked:
    """A file and what is to be done with it.

    Attributes:
        content: its bytes. filename, media_type: as sent. source, target: tags of languages.
        glossary: id of one. strict: leave what fails in the source language. output: another format.
        language: in which failures are told.
    """

    content: bytes
    filename: str
    media_type: str
    source: str | None
    target: str
    glossary: str | None
    strict: bool
    output: str
    language: str


def submit(parts: Translation, asked: Asked) -> Job:
    """Make a job of a file.

    Raises:
        UnusableDocument: the file is empty, too large, or of a format that is not read.
        InvalidInput: it cannot be written as what is asked for, or the glossary holds nothing for the pair.
        NoModel, UnsupportedPair: nothing installed translates that. NotFound: no such glossary. Overloaded.
    """
    from translation.documents import LIMITS, detect_format

    if not asked.content:
        raise UnusableDocument("The file is empty.")
    if len(asked.content) > LIMITS.content_bytes:
        raise UnusableDocument(f"The file holds more than {LIMITS.content_bytes // 1_000_000} MB.")
    form = detect_format(asked.content, filename=asked.filename, media_type=asked.media_type)
    if asked.output and asked.output not in (*form.outputs, form.name):
        offered = ", ".join(form.outputs) or "nothing else"
        raise InvalidInput(f"A file of the format {form.name} can be written as: {offered}.")
    output = "" if asked.output == form.name else asked.output or (form.outputs[0] if form.outputs else "")
    source, target = primary(asked.source or ""), primary(asked.target)
    _require_model(parts, source, target)
    store = parts.store()
    told = params(
        filename=asked.filename[-200:],
        media_type=asked.media_type[:200],
        source=source,
        target=target,
        glossary=_glossary(parts, asked.glossary, source, target),
        strict=asked.strict,
        output=output,
        language=asked.language,
    )
    return store.jobs.submit(KIND, told, asked.content)


def _require_model(parts: Translation, source: str, target: str) -> None:
    """Refuse at once what no model can do."""
    engine = parts.engine()
    if source:
        wiring.path(engine, source, target)
    elif not any(pair[1] == target for pair in engine.pairs()):
        wiring.path(engine, "fr" if target != "fr" else "en", target)


def _glossary(parts: Translation, id: str | None, source: str, target: str) -> tuple[str, int] | None:
    """The glossary at its version of now."""
    if id is None:
        return None
    glossaries = parts.store().glossaries
    version = glossaries.get(id).version
    if source:
        wiring.terms(glossaries, id, version, source, target)  # said now if it holds nothing for the pair
    return id, version
