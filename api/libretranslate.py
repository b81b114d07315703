"""LibreTranslate's protocol: what its requests hold and how its answers look. The routes are beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from api import strict
from api import translation_asking as asking
from api import translation_views as shown
from api import translation_wiring as wiring
from api.translation_languages import NAMES
from api.translation_service import Translation
from medinfo.errors import InvalidInput

if TYPE_CHECKING:
    from translation.ports import Cancelled, Engine
    from translation.results import Translated

MAX_TEXTS = 1000
MAX_FIELDS = MAX_TEXTS + 20
MAX_ALTERNATIVES = 10
AUTO = "auto"
Form = Literal["text", "html"]
FORMS: tuple[Form, ...] = ("text", "html")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to translate.

    Attributes:
        texts: one, or several where `batch`. source: a language or `auto`. target: a language.
        form: what the texts are. alternatives: other translations wanted of each.
    """

    texts: tuple[str, ...]
    batch: bool
    source: str
    target: str
    form: Form
    alternatives: int


async def values(request: Request) -> dict[str, Any]:
    """The members of a request, from JSON or a form.

    Raises:
        InvalidInput: it is neither.
    """
    if "json" in request.headers.get("content-type", ""):
        try:
            found = strict.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise InvalidInput("The body is not well-formed JSON.") from error
        if not isinstance(found, dict):
            raise InvalidInput("The body must be a JSON object.")
        return found
    if "urlencoded" in request.headers.get("content-type", ""):
        pairs: list[tuple[str, str | UploadFile]] = [*_pairs(await request.body())]
        form = FormData(pairs)
    else:
        form = await request.form(max_files=1, max_fields=MAX_FIELDS)
    found = {name: form.get(name) for name in form}
    texts = form.getlist("q")
    return {**found, "q": list(texts)} if len(texts) > 1 else found


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form, whose bytes may stand there escaped or, as `curl -d` sends them, as they are.

    Raises:
        InvalidInput: it is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except UnicodeDecodeError as error:
        raise InvalidInput("The form is not text in UTF-8.") from error
    except ValueError as error:
        raise InvalidInput(f"A form has at most {MAX_FIELDS:,} fields.") from error


def read(given: dict[str, Any]) -> Asked:
    """A request to translate.

    Raises:
        InvalidInput: something is missing, of the wrong type, or too much.
    """
    batch = isinstance(given.get("q"), list)
    texts = texts_of(given) if batch else (text_of(given, "q"),)
    if len(texts) > MAX_TEXTS or sum(map(len, texts)) > asking.MAX_CHARACTERS:
        raise InvalidInput(f"At most {MAX_TEXTS} texts and {asking.MAX_CHARACTERS:,} characters are taken at once.")
    wanted = given.get("format") or "text"
    form = next((known for known in FORMS if known == wanted), None)
    if form is None:
        raise InvalidInput("format is text or html.")
    source, target = language_of(given, "source"), language_of(given, "target")
    if target == AUTO:
        raise InvalidInput("target is no language.")
    return Asked(texts, batch, source, target, form, _alternatives(given))


def texts_of(given: dict[str, Any]) -> tuple[str, ...]:
    """The texts of a batch, which may be empty ones.

    Raises:
        InvalidInput: there is none, or one is no text.
    """
    texts = given.get("q")
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise _missing("q")
    return tuple(_utf8(text, "q") for text in texts)


def text_of(given: dict[str, Any], name: str) -> str:
    """A member that is a text.

    Raises:
        InvalidInput: it is missing, empty or none.
    """
    found = given.get(name)
    if not isinstance(found, str) or not found:
        raise _missing(name)
    return _utf8(found, name)


def _utf8(text: str, name: str) -> str:
    """A text that can be written; JSON can hold halves of characters that cannot."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidInput(f"{name} is not text in UTF-8.") from error
    return text


def language_of(given: dict[str, Any], name: str) -> str:
    """A member that is a language, lower-case and without its region."""
    found = shown.primary(text_of(given, name))
    if not (found.isascii() and found.isalpha() and len(found) in {2, 3}) and found != AUTO:
        raise InvalidInput(f"{name} is no language.")
    return found


def _alternatives(given: dict[str, Any]) -> int:
    try:
        wanted = int(given.get("alternatives") or 0)
    except (TypeError, ValueError) as error:
        raise InvalidInput("alternatives is a number.") from error
    if not 0 <= wanted <= MAX_ALTERNATIVES:
        raise InvalidInput(f"alternatives is 0 to {MAX_ALTERNATIVES}.")
    return wanted


def _missing(name: str) -> InvalidInput:
    return InvalidInput(f"Invalid request: missing {name} parameter.")


def translate(parts: Translation, asked: Asked, spoken: str, cancelled: Callable[[], bool]) -> dict[str, Any]:
    """Translate, and answer in the protocol's shape. Blocking.

    Beside its own members the answer has `ok`, `flags` (what failed, by segment) and `notice`; of a batch, `flags` is
    a list for each text. A segment that failed a check carries a visible marker in the text itself.
    """
    detected = _detected(parts, asked) if asked.source == AUTO else None
    source = detected["language"] if detected else asked.source
    notice = ""
    if source != asked.target:
        notice = shown.engine(wiring.path(parts.engine(), source, asked.target), spoken)["notice"]
    # The same language too: what is in another one after all is flagged.
    told = _html if asked.form == "html" else _text
    found = told(parts, asked, source, spoken, cancelled)
    return _answer(asked, found, detected, notice)


@dataclass(frozen=True, slots=True)
class _Told:
    """One translated text: with its markers, what is flagged, and other translations."""

    text: str
    flags: list[dict[str, Any]]
    others: list[str]


def _answer(asked: Asked, found: Sequence[_Told], detected: dict[str, Any] | None, notice: str) -> dict[str, Any]:
    each: dict[str, list[Any]] = {
        "translatedText": [one.text for one in found],
        "flags": [one.flags for one in found],
    }
    if detected:
        each["detectedLanguage"] = [detected for _ in found]
    if asked.alternatives:
        each["alternatives"] = [one.others for one in found]
    plain = each if asked.batch else {name: values[0] for name, values in each.items()}
    return {**plain, "ok": not any(one.flags for one in found), "notice": notice}


def _detected(parts: Translation, asked: Asked) -> dict[str, Any]:
    found = asking.detect(parts, asked.texts, asked.target)
    return {"language": found["language"], "confidence": round(100 * found["confidence"], 1)}


def _text(parts: Translation, asked: Asked, source: str, spoken: str, cancelled: Callable[[], bool]) -> list[_Told]:
    translator = parts.translator()
    told = []
    for text in translator.translate(asked.texts, source, asked.target, cancelled=cancelled):
        for segment in text.segments:
            parts.metrics.segment(segment.status)
        others = _others(parts, translator.engine, text, source, asked, cancelled) if asked.alternatives else []
        told.append(_Told(shown.warned(text, asked.target), shown.flags(text.segments, spoken), others))
    return told


def _others(
    parts: Translation, engine: Engine, text: Translated, source: str, asked: Asked, cancelled: Cancelled
) -> list[str]:
    """Other translations of a text of one segment, those that pass every check; of longer texts none."""
    from translation.translator_methods import meant
    from translation.verify import verify
    from translation.words import unreadable

    if len(text.segments) != 1 or text.segments[0].status != "translated":
        return []
    segment = text.segments[0]
    (offered,) = engine.translate(
        [" ".join(segment.source.split())], source, asked.target, hypotheses=asked.alternatives + 1, cancelled=cancelled
    )
    texts = dict.fromkeys(one.text for one in meant(offered) if one.text and one.text != segment.target)
    wanted = [text for text in texts if not unreadable(text, segment.source)]
    names = parts.names()
    passed = [one for one in wanted if verify(segment.source, one, source, asked.target, names=names).ok]
    before, after = text.text[: segment.target_span.start], text.text[segment.target_span.end :]
    return [before + one + after for one in passed[: asked.alternatives]]


def _html(parts: Translation, asked: Asked, source: str, spoken: str, cancelled: Callable[[], bool]) -> list[_Told]:
    from translation.document_job import Order, translate_document

    told = []
    for text in asked.texts:
        if not text.strip():
            told.append(_Told(text, [], []))
            continue
        order = Order(target=asked.target, source=source, media_type="text/html", language=spoken)
        made = translate_document(text.encode(), order, parts.translator(), cancelled=cancelled)
        flags = [
            {name: one[name] for name in ("source", "target", "status", "failures")} for one in made.report["flags"]
        ]
        told.append(_Told(made.content.decode(), flags, []))
    return told


def languages(engine: Engine) -> list[dict[str, Any]]:
    """Every language that is translated from or to, with those that it is translated to."""
    targets: dict[str, list[str]] = {}
    for source, target in sorted(engine.pairs()):
        targets.setdefault(source, []).append(target)
        targets.setdefault(target, [])
    return [{"code": code, "name": NAMES.get(code, code), "targets": found} for code, found in sorted(targets.items())]


def upload(given: dict[str, Any]) -> UploadFile:
    """The file of a request.

    Raises:
        InvalidInput: there is none.
    """
    found = given.get("file")
    if not isinstance(found, UploadFile):
        raise _missing("file")
    return found
