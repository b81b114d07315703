"""What a translation request asks for, made plain: languages, glossary, the way through the models. Blocking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api import translation_wiring as wiring
from api.translation_service import Translation
from api.translation_shapes import GlossaryRef, TranslationIn
from api.translation_views import primary
from medinfo.errors import InvalidInput

if TYPE_CHECKING:
    from translation.ports import Path
    from translation.results import Term

MAX_CHARACTERS = 1_000_000
"""Of all texts of a request together."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done.

    Attributes:
        texts: as given. source, target: languages. detected: `{"language", "confidence"}`, None where it was named.
        path: the models. terms: entries of the glossary for this pair.
    """

    texts: tuple[str, ...]
    source: str
    target: str
    detected: dict[str, Any] | None
    path: Path
    terms: Sequence[Term]


def plan(parts: Translation, asked: TranslationIn) -> Plan:
    """Make a request plain.

    Raises:
        InvalidInput: nothing to translate, too much, or the glossary has nothing for the pair.
        UndetectedLanguage: no source is named and it cannot be told. NotFound: no such glossary.
        NoModel, UnsupportedPair: nothing installed translates the pair.
    """
    texts = (asked.text,) if isinstance(asked.text, str) else tuple(asked.text)
    if sum(map(len, texts)) > MAX_CHARACTERS:
        raise InvalidInput(f"The texts hold more than {MAX_CHARACTERS:,} characters together.", hint="Send fewer.")
    if not any(text.strip() for text in texts):
        raise InvalidInput("There is no text to translate.")
    target = primary(asked.target)
    detected = None if asked.source else detect(parts, texts, target)
    source = primary(asked.source) if asked.source else str((detected or {})["language"])
    path = wiring.path(parts.engine(), source, target)
    return Plan(texts, source, target, detected, path, terms(parts, asked.glossary, source, target))


def detect(parts: Translation, texts: Sequence[str], target: str) -> dict[str, Any]:
    """The language that texts seem to be in, and how sure that is (0 to 1).

    Raises:
        UndetectedLanguage: it cannot be told. NoModel: none is installed, so that no language would do.
    """
    if not parts.engine().pairs():
        wiring.path(parts.engine(), "fr" if target != "fr" else "en", target)
    language, confidence = wiring.told_language(texts)
    return {"language": language, "confidence": round(confidence, 4)}


def terms(parts: Translation, glossary: str | GlossaryRef | None, source: str, target: str) -> Sequence[Term]:
    """The entries of a glossary for a pair; none where no glossary is named.

    Raises:
        NotFound: no such glossary or version. InvalidInput: it has no dictionary for the pair.
    """
    if glossary is None:
        return ()
    id, version = (glossary, None) if isinstance(glossary, str) else (glossary.id, glossary.version)
    return wiring.terms(parts.store().glossaries, id, version, source, target)
