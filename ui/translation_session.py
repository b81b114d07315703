"""What one person asks to have translated while the page is open: pure state, no network, no Gradio.

Everything that comes from the browser is untrusted: values of the wrong type or out of bounds change nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.phrases import DEFAULT_LANGUAGE, LANGUAGES
from ui.translation_answers import Failure, Glossary, Languages, Segment, Translation

MAX_TEXT = 100_000
"""Characters of a text; longer ones go in as a file."""
MAX_FILE = 10_000_000
"""Bytes of a file: the API's own limit."""
MAX_CORRECTION = 5000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `source` is "" to detect it, `glossary` "" for none."""

    text: str = ""
    source: str = ""
    target: str = ""
    glossary: str = ""
    strict: bool = False

    def request(self) -> dict[str, object]:
        """As the API takes it."""
        facts: dict[str, object] = {"text": self.text, "target": self.target, "strict": self.strict}
        if self.source:
            facts["source"] = self.source
        if self.glossary:
            facts["glossary"] = self.glossary
        return facts

    def fields(self) -> dict[str, str]:
        """As the form for files takes it."""
        given = {"source": self.source, "target": self.target, "glossary": self.glossary if self.source else ""}
        return {**{name: value for name, value in given.items() if value}, "strict": str(self.strict).lower()}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person wrote instead of a segment's translation.

    Attributes:
        text: the correction. failures: why it was not stored; empty once it was. stored: whether it was.
    """

    text: str
    failures: tuple[Failure, ...] = ()
    stored: bool = False


@dataclass(slots=True)
class TranslationSession:
    """One person's translation.

    Attributes:
        language: of the screen. wish: what was asked last. languages, glossaries: what there is to choose from.
        answer: the last translation. corrections: by the number of the segment.
        revision: number of acts so far. lock: acts of one session run one after the other.
    """

    language: str = DEFAULT_LANGUAGE
    wish: Wish = field(default_factory=Wish)
    languages: Languages | None = None
    glossaries: tuple[Glossary, ...] = ()
    answer: Translation | None = None
    corrections: dict[int, Correction] = field(default_factory=dict)
    revision: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    def __deepcopy__(self, memo: object) -> TranslationSession:
        """Gradio copies the first state for each page; a lock cannot be copied."""
        return TranslationSession(language=self.language)

    def speak(self, language: object) -> None:
        """Change the language of the screen."""
        if isinstance(language, str) and language in LANGUAGES:
            self.language = language

    def ask(self, act: Mapping[str, object]) -> bool:
        """Take what the form holds.

        Returns:
            Whether there is something to translate.
        """
        value = act.get("value")
        if not isinstance(value, Mapping):
            return False
        self.wish = wish(value)
        self.answer = None
        self.corrections = {}
        self.revision += 1
        return bool(self.wish.text.strip()) and bool(self.wish.target)

    def segments(self) -> list[Segment]:
        """All segments of the answer, numbered by their place."""
        return [] if self.answer is None else [one for text in self.answer.translations for one in text.segments]


def wish(value: Mapping[object, object]) -> Wish:
    """A wish from untrusted values."""

    def text(name: str, most: int) -> str:
        given = value.get(name)
        return given[:most] if isinstance(given, str) else ""

    strict = value.get("strict") is True
    return Wish(text("text", MAX_TEXT), text("source", 12), text("target", 12), text("glossary", 64), strict)
