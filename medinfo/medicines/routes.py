"""Routes of administration: one short list of slugs, with EDQM codes and words in six languages.

A route is *local* when the thesaurus' general rule leaves it outside systemic interactions. Where a route may lead to
systemic exposure (inhaled, rectal, buccal, intra-articular...), it counts as systemic: the careful side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from medinfo.medicines.build_text import key
from medinfo.medicines.tables import read_table
from medinfo.phrases import LANGUAGES

_LEADS = ("par voie ", "voie ", "por via ", "per via ", "via ", "per uso ", "uso ", "anwendung ", "zur ", "route ")
_TAILS = (" use", " route", " anwendung", " administration")


@dataclass(frozen=True, slots=True, order=True)
class RouteRow:
    """One route.

    Attributes:
        slug: our short name. edqm: EDQM Standard Terms codes, or empty.
        local: `1` if outside systemic interactions, else `0`.
        en, fr, es, de, it, pt: what a person reads.
        words: other words in any of the languages, as sources and prescribers write them.
    """

    FILE: ClassVar[str] = "routes.tsv"
    slug: str
    edqm: tuple[str, ...]
    local: str
    en: str
    fr: str
    es: str
    de: str
    it: str
    pt: str
    words: tuple[str, ...]


def _bare(folded: str) -> Iterator[str]:
    """A folded text without the words that say no more than "route"."""
    for lead in _LEADS:
        if folded.startswith(lead):
            yield folded.removeprefix(lead)
    for tail in _TAILS:
        if folded.endswith(tail):
            yield folded.removesuffix(tail)


class Routes:
    """All routes, found by code, slug or word."""

    def __init__(self, rows: Iterable[RouteRow]) -> None:
        self._rows: Mapping[str, RouteRow] = {row.slug: row for row in rows}
        self._index: dict[str, str] = {}
        for row in self._rows.values():
            for word in (row.slug, *row.edqm, row.en, row.fr, row.es, row.de, row.it, row.pt, *row.words):
                self._index.setdefault(key(word), row.slug)

    @classmethod
    def load(cls, folder: Path | None = None) -> Routes:
        """The embedded routes, or those of a folder that holds a `routes.tsv`."""
        return cls(read_table(RouteRow, folder))

    @property
    def slugs(self) -> tuple[str, ...]:
        """All slugs, sorted."""
        return tuple(sorted(self._rows))

    def parse(self, text: str) -> str | None:
        """The slug for an EDQM code, a slug, or words in one of the six languages; None if unknown.

        Args:
            text: one route ("orale", "by mouth", "20053000", "voie orale").
        """
        folded = key(text)
        for known in (folded, *_bare(folded)):
            if known in self._index:
                return self._index[known]
        return None

    def parse_all(self, text: str) -> tuple[str, ...]:
        """Slugs of a text that may name several routes (`orale;rectale`); empty unless all of them are known."""
        found = [self.parse(part) for part in text.replace(",", ";").replace("/", ";").split(";") if part.strip()]
        known = [slug for slug in found if slug is not None]
        return tuple(sorted(set(known))) if len(known) == len(found) else ()

    def is_local(self, slug: str) -> bool:
        """Whether a route is outside systemic interactions; an unknown one is not."""
        row = self._rows.get(slug)
        return row is not None and row.local == "1"

    def text(self, slug: str, language: str) -> str:
        """The route's name in a language.

        Raises:
            KeyError: no such route or language.
        """
        if language not in LANGUAGES:
            raise KeyError(language)
        return str(getattr(self._rows[slug], language))
