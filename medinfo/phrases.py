"""Phrases by language: authored text that a person reads, never machine-translated.

A folder holds one TOML file per language (`en.toml`, `fr.toml`, ...). Its tables and keys give dotted phrase
names: `[level] avoid = "..."` is `level.avoid`. Placeholders are `{name}`, filled by `str.format_map`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args

Language = Literal["en", "fr", "es", "de", "it", "pt"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Phrases:
    """All phrases of one folder, by language and dotted name.

    Args:
        texts: language to dotted name to text. Every language holds the same names (tests see to it).
    """

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        self._texts = {language: dict(table) for language, table in texts.items()}

    @classmethod
    def load(cls, package: str, folder: str = "data/phrases") -> Phrases:
        """Read the phrase files of a package.

        Args:
            package: dotted package name, such as `interactions`.
            folder: folder inside the package, `/`-separated.
        """
        root = files(package).joinpath(*folder.split("/"))
        return cls({language: _read(root.joinpath(f"{language}.toml")) for language in LANGUAGES})

    def text(self, language: str, name: str, /, **params: object) -> str:
        """The phrase in a language, its placeholders filled; a placeholder may be called `language` or `name` too.

        Raises:
            KeyError: no such language or phrase.
        """
        template = self._texts[language][name]
        return template.format_map(params) if params else template

    def has(self, language: str, name: str) -> bool:
        """Whether the phrase exists in that language."""
        return name in self._texts[language]

    def names(self, language: str) -> frozenset[str]:
        """All dotted names of a language."""
        return frozenset(self._texts[language])


def _read(file: Traversable) -> dict[str, str]:
    return dict(_flatten("", tomllib.loads(file.read_text("utf-8"))))


def _flatten(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flatten(f"{name}.", value)
        else:
            yield name, str(value)
