"""What is known under which key: names of substances, brands, products and their titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from medinfo.medicines.normalise import fold, key, tokens
from medinfo.medicines.others import OtherRow
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, SubstanceRow
from medinfo.medicines.words import Words, variants

LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "la")
HOMEOPATHIC_KEY = "~"
"""Before the key of a homeopathic stock ("~arnicamontana"): met only when a dilution is typed with the name."""

_LABS = frozenset(("boiron", "lehning", "weleda", "rocal", "ferrier", "dolisos"))
_TURNED = re.compile(r"(.+?) \((.+?) (de|d['’])\)(.*)")
_FRENCH = frozenset(("bdpm", "romedi", "atc-fr"))
_FORMS_OFF = 2  # the step of `variants` after which doses and forms are off


class Kind(IntEnum):
    """What a known name is, the most telling first."""

    SUBSTANCE = 0
    SYNONYM = 1
    SALT = 2
    COMBINATION = 3
    BRAND = 4
    PRODUCT = 5  # a product's title without dose and form
    TITLE = 6  # a product's title, whole or up to its first comma
    OTHER = 7  # the name of something that is no medicine of ours


class Flag(IntEnum):
    """What is marked on a known name."""

    ARCHIVED = 1
    HOMEOPATHIC = 2
    ABROAD = 4  # a source that is not French knows the name: products of the French register do not speak for it


@dataclass(frozen=True, slots=True)
class Entry:
    """One known name under one key. `product` is a row number, -1 for none."""

    name: str
    kind: Kind
    substances: tuple[str, ...]
    flags: int = 0
    product: int = -1


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that a catalogue is compiled from."""

    substances: Sequence[SubstanceRow]
    names: Sequence[NameRow]
    products: Sequence[ProductRow]
    packs: Sequence[PackRow]
    others: Sequence[OtherRow] = ()


def collect(tables: Tables, words: Words) -> dict[str, list[Entry]]:
    """All entries by key; under one key the most telling kind first."""
    found: dict[str, dict[Entry, None]] = defaultdict(dict)  # a dict keeps the order and drops what is there twice
    for row in tables.substances:
        for language in LANGUAGES:
            for name in (spelled := getattr(row, language), *_turned(spelled)):
                _add(found, name, Entry(name, Kind.SUBSTANCE, (row.id,)))
    for each in tables.names:
        kind = Kind[each.kind.upper()]
        for name in (each.name, *_turned(each.name)):
            _add(found, name, Entry(name, kind, tuple(sorted(each.substances)), _abroad(each)))
    for number, product in enumerate(tables.products):
        for known, entry in _product_entries(product, number, words):
            found[known][entry] = None
    for other in tables.others:
        known = key(fold(other.name))
        if known not in found:  # what has become one of our names is one
            found[known][Entry(other.name, Kind.OTHER, ())] = None
    return {known: sorted(each, key=lambda entry: entry.kind) for known, each in found.items()}


def _turned(name: str) -> Iterator[str]:
    """Other orders of a name that a register turns round: "sodium (chlorure de)" is "chlorure de sodium"."""
    found = _TURNED.fullmatch(name)
    if found:
        base, salt, joined, rest = found.groups()
        yield f"{salt} {joined} {base}{rest}"
        yield f"{base} {salt}{rest}"


def _abroad(row: NameRow) -> int:
    return Flag.ABROAD if set(row.source) - _FRENCH else 0


def _add(found: dict[str, dict[Entry, None]], name: str, entry: Entry) -> None:
    if known := key(fold(name)):
        found[known][entry] = None


def _product_entries(row: ProductRow, number: int, words: Words) -> Iterable[tuple[str, Entry]]:
    flags = Flag.ARCHIVED * (row.status == "archived") | Flag.HOMEOPATHIC * (row.homeopathic == "1")
    substances = tuple(sorted(row.substances))
    head = row.title.split(",", 1)[0].strip()
    title = Entry(row.title, Kind.TITLE, substances, flags, number)
    yield key(fold(row.title)), title
    if head != row.title:
        yield key(fold(head)), title
    stem = _stem(head, words)
    if stem:
        known = key(fold(stem))
        yield known, Entry(stem, Kind.PRODUCT, substances, flags, number)
        if row.homeopathic == "1":
            parts = tokens(fold(stem))
            bare = parts[:-1] if len(parts) > 1 and parts[-1] in _LABS else parts
            yield HOMEOPATHIC_KEY + key(" ".join(bare)), Entry(stem, Kind.PRODUCT, (), flags, number)


def _stem(head: str, words: Words) -> str:
    """A title's head without dose and form words, written in capitals as the register does; "" if nothing is left."""
    last = ""
    for variant in variants(words.mark(fold(head))):
        if variant.step <= _FORMS_OFF:
            last = " ".join(variant.words)
    return last.upper()
