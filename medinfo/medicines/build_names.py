"""Rows of `names.tsv`: every name beside the INNs, and the substances that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from medinfo.medicines.build_brands import (
    Brands,
    add_atc_french,
    add_english,
    add_register,
    atc_meanings,
    brand_rows,
)
from medinfo.medicines.build_identity import Draft, Identity
from medinfo.medicines.build_languages import language_of
from medinfo.medicines.build_moiety import moiety_forms
from medinfo.medicines.build_sources import read_atc_french, read_english_names, read_romedi_brands
from medinfo.medicines.build_text import key
from medinfo.medicines.tables import SEPARATOR, NameRow, ProductRow, Reviewed

_CODE_NAME = re.compile(r"^[A-Z]{1,6}[ -]?\d{2,}[A-Za-z]?$|^\d+$")
_LANGUAGES = {"bdpm": "fr", "thesaurus-names": "fr", "worldvista": "en"}


def name_rows(
    identity: Identity, products: Iterable[ProductRow], folder: Path, reviewed: Iterable[Reviewed]
) -> list[NameRow]:
    """All rows.

    Args:
        identity: the substances with the names that the sources state.
        products: products of the register.
        folder: the lists of names.
        reviewed: what a person decided.
    """
    decided = tuple(reviewed)
    rows = [*_reviewed_rows(decided)]
    merged = {key(row.term) for row in decided if row.kind == "merge"}
    for draft in identity.drafts.values():
        rows += _synonyms(identity, draft, merged)
    rows += _brand_rows(identity, tuple(products), folder, decided)
    return _joined(rows)


def _reviewed_rows(reviewed: Iterable[Reviewed]) -> Iterator[NameRow]:
    for row in reviewed:
        if row.kind == "combination":
            yield NameRow(row.term, "combination", tuple(sorted(row.target.split(SEPARATOR))), "", ("medinfo",))
        elif row.kind == "either":
            for target in row.target.split(SEPARATOR):
                yield NameRow(row.term, "synonym", (target,), "", ("medinfo",))
        elif row.kind == "name":
            yield NameRow(row.term, "synonym", (row.target,), "", ("medinfo",))


def _synonyms(identity: Identity, draft: Draft, merged: set[str]) -> Iterator[NameRow]:
    own = {key(draft.en)}
    for label, sources in sorted(draft.labels.items()):
        if key(label) in own or identity.exact(label) != draft.id or _CODE_NAME.match(label):
            continue
        own.add(key(label))
        yield NameRow(
            label, _kind(label, sources, merged), (draft.id,), _language(label, sources), tuple(sorted(sources))
        )


def _kind(label: str, sources: set[str], merged: set[str]) -> str:
    if key(label) in merged:
        return "salt"
    french = sources & {"bdpm", "thesaurus-names"}
    return "salt" if french and len(list(moiety_forms(label))) > 1 else "synonym"


def _language(label: str, sources: set[str]) -> str:
    stated = {_LANGUAGES[source] for source in sources if source in _LANGUAGES}
    return next(iter(stated)) if len(stated) == 1 else language_of(label)


def _brand_rows(
    identity: Identity, products: tuple[ProductRow, ...], folder: Path, reviewed: tuple[Reviewed, ...]
) -> Iterator[NameRow]:
    brands = Brands()
    add_register(brands, identity, products)
    for name in read_romedi_brands(folder):
        brands.confirm(name, "romedi")
    add_atc_french(brands, identity, read_atc_french(folder), atc_meanings(products))
    for source in ("wikipedia", "medlineplus"):
        add_english(brands, identity, read_english_names(folder, source), source)
    for row in reviewed:
        if row.kind == "brand":
            brands.add(row.term, row.target.split(SEPARATOR), "medinfo")
    yield from brand_rows(brands, identity, reviewed)


def _joined(rows: Iterable[NameRow]) -> list[NameRow]:
    """Rows of one name, kind and meaning brought together."""
    found: dict[tuple[str, str, tuple[str, ...]], NameRow] = {}
    for row in rows:
        place = (key(row.name), row.kind, row.substances)
        other = found.get(place)
        if other is None:
            found[place] = row
        else:
            sources = tuple(sorted({*row.source, *other.source}))
            found[place] = NameRow(other.name, row.kind, row.substances, other.language or row.language, sources)
    return list(found.values())
