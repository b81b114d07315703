"""Documents as jobs: what is asked for, the work, and the job as the API tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from api import translation_wiring as wiring

if TYPE_CHECKING:
    from medinfo.storage.glossaries import Glossaries
    from medinfo.storage.job_context import JobContext
    from medinfo.storage.job_rows import JobResult
    from translation.results import Quality
    from translation.translator import Translator

KIND = "translate-document"


def params(
    *,
    filename: str,
    media_type: str,
    source: str,
    target: str,
    glossary: tuple[str, int] | None,
    strict: bool,
    output: str,
    language: str,
) -> dict[str, Any]:
    """What is asked of a job, as JSON values.

    Args:
        glossary: its id and version: what is applied is what was there when the job was sent.
        language: in which failures are told.
    """
    return {
        "filename": filename,
        "media_type": media_type,
        "source": source,
        "target": target,
        "glossary": list(glossary) if glossary else None,
        "strict": strict,
        "output": output,
        "language": language,
    }


def handler(
    translator: Callable[[], Translator],
    glossaries: Glossaries,
    counted: Callable[[str, int], None] = lambda _status, _times: None,
) -> Callable[[JobContext], JobResult]:
    """What does such a job.

    Args:
        translator: gives the translator of now. counted: told how many segments came about in which way.
    """

    def translate(context: JobContext) -> JobResult:
        from medinfo.storage.job_rows import JobResult
        from translation.document_job import Order, translate_document

        asked = context.params
        target, glossary = asked["target"], asked["glossary"]
        source = asked["source"] or told_language(context.content, asked["filename"], asked["media_type"])
        wiring.path(translator().engine, source, target)
        order = Order(
            filename=asked["filename"],
            media_type=asked["media_type"],
            source=source,
            target=target,
            terms=wiring.terms(glossaries, glossary[0], glossary[1], source, target) if glossary else (),
            strict=asked["strict"],
            output=asked["output"],
            language=asked["language"],
        )
        made = translate_document(
            context.content,
            order,
            translator(),
            progress=context.progress,
            cancelled=context.cancelled,
            saved=context.saved(),
            save=context.save,
        )
        told = {status: int(made.report.get(status, 0)) for status in ("flagged", "kept", "memory")}
        for status, times in {**told, "translated": int(made.report["segments"]) - sum(told.values())}.items():
            counted(status, times)
        media_type = media_type_of(made.media_type)
        name = result_name(order.filename, target, media_type)
        return JobResult(made.content, media_type, name, made.report)

    return translate


def told_language(content: bytes, filename: str, media_type: str = "") -> str:
    """The language that a file seems to be in.

    Raises:
        UnusableDocument: it cannot be read. UndetectedLanguage: its language cannot be told.
    """
    from translation.documents import read

    document = read(content, filename=filename, media_type=media_type)
    return wiring.told_language(unit.text for unit in document.units)[0]


def result_name(filename: str, target: str, media_type: str) -> str:
    """The name of a translated file: `leaflet.fr.docx` for `leaflet.docx`."""
    given = PurePosixPath(filename.replace("\\", "/")).name or "document"
    stem, extension = PurePosixPath(given).stem, PurePosixPath(given).suffix
    return f"{stem}.{target}{_extension(media_type, extension)}"


def media_type_of(made: str) -> str:
    """A media type for what may be the short name of a format."""
    from translation.documents import FORMATS

    return next((known.media_types[0] for known in FORMATS if known.name == made), made)


def _extension(media_type: str, given: str) -> str:
    from translation.documents import FORMATS

    known = next((known for known in FORMATS if media_type in known.media_types), None)
    if known is None or not known.extensions or given.lower() in known.extensions:
        return given
    return known.extensions[0]


def report(told: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The report of a finished job, in the shape that `JobOut` describes."""
    from translation import wording

    quality: Quality = told.get("quality") or "provisional"
    engine = {
        "models": told["models"],
        "pivot": told["pivot"] or None,
        "quality": quality,
        "licences": told["licences"],
        "notice": wording.notice(quality, language),
    }
    names = ("segments", "flagged", "kept", "memory", "approximate", "source", "target", "flags")
    rest = {name: told[name] for name in names}
    return {**rest, "engine": engine}
