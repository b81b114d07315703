"""The words of the screen, by language: authored text, never machine-translated.

The screen imports nothing of the other rooms, so it reads its own files: `ui/data/phrases/<language>.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "de": "Deutsch",
    "it": "Italiano",
    "pt": "Português",
}
"""The six languages, each with its own name for itself."""

DEFAULT_LANGUAGE = "en"


class Words:
    """The phrases of one language.

    Args:
        language: one of `LANGUAGES`.
        texts: dotted name to text.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __call__(self, name: str, /, **params: object) -> str:
        """The phrase, its `{placeholders}` filled.

        Raises:
            KeyError: no such phrase.
        """
        template = self._texts[name]
        return template.format_map(params) if params else template

    def names(self) -> frozenset[str]:
        """All dotted names."""
        return frozenset(self._texts)

    def table(self, section: str) -> dict[str, str]:
        """The phrases of one section, in the order of the file, by their name inside it."""
        prefix = f"{section}."
        return {name.removeprefix(prefix): text for name, text in self._texts.items() if name.startswith(prefix)}


def load_words() -> dict[str, Words]:
    """Read the phrases of all languages."""
    return {language: _load(language) for language in LANGUAGES}


def choose_language(asked: str | None, accept_language: str | None) -> str:
    """The language to show first.

    Args:
        asked: what the address asks for (`?lang=`), or None.
        accept_language: the browser's header, or None.

    Returns:
        `asked` if it is one of ours, else the browser's first language of ours, else English.
    """
    for wanted in (asked or "", *_by_preference(accept_language or "")):
        language = wanted.strip().lower().replace("_", "-").partition("-")[0]
        if language in LANGUAGES:
            return language
    return DEFAULT_LANGUAGE


def _by_preference(header: str) -> list[str]:
    ranked = []
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";")
        ranked.append((_quality(weight), tag))
    return [tag for quality, tag in sorted(ranked, key=lambda pair: -pair[0]) if quality > 0]


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _load(language: str) -> Words:
    content = files("ui").joinpath("data", "phrases", f"{language}.toml").read_text("utf-8")
    return Words(language, dict(_flatten("", tomllib.loads(content))))


def _flatten(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", str(value)
