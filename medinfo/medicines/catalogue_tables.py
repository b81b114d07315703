"""From the tables of names to the arrays that the catalogue maps."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from medinfo.medicines.compiled import Array, pack_index, pack_strings
from medinfo.medicines.neighbours import pack_neighbours
from medinfo.medicines.normalise import fold, key, tokens
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, SubstanceRow
from medinfo.medicines.words import Words, variants

LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "la")
HOMEOPATHIC_KEY = "~"
"""Before the key of a homeopathic stock ("~arnicamontana"): met only when a dilution is typed with the name."""

_LABS = frozenset(("boiron", "lehning", "weleda", "rocal", "ferrier", "dolisos"))
_TURNED = re.compile(r"(.+?) \((.+?) (de|d['’])\)(.*)")
_METALS = ("sodium", "potassium", "calcium", "magnesium")
_FRENCH = frozenset(("bdpm", "romedi", "atc-fr"))
_MIN_FUZZY, _MAX_FUZZY = 4, 60


class Kind(IntEnum):
    """What a known name is, the most telling first."""

    SUBSTANCE = 0
    SYNONYM = 1
    SALT = 2
    COMBINATION = 3
    BRAND = 4
    PRODUCT = 5  # a product's title without dose and form
    TITLE = 6  # a product's title, whole or up to its first comma


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


def compile_tables(tables: Tables) -> dict[str, Array]:
    """All arrays of a catalogue."""
    words = Words.load()
    entries = _entries(tables, words)
    keys = sorted(entries)
    return {
        **_pack_entries(entries, keys),
        **pack_neighbours(keys, [_fuzzy(known, entries[known]) for known in keys]),
        **_pack_substances(tables),
        **_pack_products(tables.products, words),
        **_pack_codes(tables),
        **_pack_search(entries, keys),
    }


def _entries(tables: Tables, words: Words) -> dict[str, list[Entry]]:
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
        if variant.step <= 2:
            last = " ".join(variant.words)
    return last.upper()


def _fuzzy(known: str, entries: Sequence[Entry]) -> bool:
    """Whether a misspelling may lead to a key: a name of letters and of useful length, not a whole title."""
    named = any(entry.kind is not Kind.TITLE for entry in entries) and not known.startswith(HOMEOPATHIC_KEY)
    return named and _MIN_FUZZY <= len(known) <= _MAX_FUZZY and any(char.isalpha() for char in known)


def _pack_entries(entries: dict[str, list[Entry]], keys: Sequence[str]) -> dict[str, Array]:
    flat = [entry for known in keys for entry in entries[known]]
    sets = {each: number for number, each in enumerate(sorted({entry.substances for entry in flat}))}
    names = {name: number for number, name in enumerate(sorted({entry.name for entry in flat}))}
    firsts = np.zeros(len(keys) + 1, np.uint32)
    np.cumsum([len(entries[known]) for known in keys], out=firsts[1:])
    return {
        **pack_index("keys", keys),
        **pack_strings("names", names),
        **pack_index("sets", ["|".join(each) for each in sets]),
        **pack_index("partners", _partners(sets)),
        "key.entries": firsts,
        "entry.names": np.array([names[entry.name] for entry in flat], np.uint32),
        "entry.kinds": np.array([entry.kind for entry in flat], np.uint8),
        "entry.sets": np.array([sets[entry.substances] for entry in flat], np.uint32),
        "entry.flags": np.array([entry.flags for entry in flat], np.uint8),
        "entry.products": np.array([entry.product for entry in flat], np.int32),
    }


def _partners(sets: Iterable[tuple[str, ...]]) -> list[str]:
    """Substances that some combination holds beside a salt of a metal: `cholecalciferol|calcium`."""
    return sorted(
        {
            f"{other}|{metal}"
            for each in sets
            for metal in _METALS
            if any(substance.startswith(metal) for substance in each)
            for other in each
            if not other.startswith(metal)
        }
    )


def _pack_substances(tables: Tables) -> dict[str, Array]:
    ordered = sorted(tables.substances, key=lambda row: row.id)
    brands: dict[str, set[str]] = defaultdict(set)
    for name in tables.names:
        if name.kind == "brand":
            for substance in name.substances:
                brands[substance].add(name.name)
    records = [
        {
            "names": {language: name for language in LANGUAGES if (name := getattr(row, language))},
            "atc": row.atc,
            "rxnorm": row.rxnorm,
            "unii": row.unii,
            "cas": row.cas,
        }
        for row in ordered
    ]
    texts = [json.dumps(record, ensure_ascii=False) for record in records]
    return {
        **pack_index("substances", [row.id for row in ordered]),
        **pack_strings("substance.records", texts),
        **pack_strings("substance.brands", ["|".join(sorted(brands[row.id])) for row in ordered]),
    }


def _pack_products(rows: Sequence[ProductRow], words: Words) -> dict[str, Array]:
    """One line per product: title, form, routes, strength as the title states it, substances, flags."""
    lines = [
        "\t".join(
            (
                row.title,
                row.form,
                "|".join(row.routes),
                words.mark(fold(row.title.split(",", 1)[0])).strength,
                "|".join(sorted(row.substances)),
                "1" if row.status == "archived" else "",
                "1" if row.homeopathic == "1" else "",
            )
        )
        for row in rows
    ]
    return pack_strings("products", lines)


def _pack_codes(tables: Tables) -> dict[str, Array]:
    """Codes to what they name: `s:` a substance, `p:` a product by row number."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.substances:
        for system in ("atc", "rxnorm", "unii", "cas"):
            for value in getattr(row, system):
                found[f"{system}:{value}"].add(f"s:{row.id}")
    numbers = {product.cis: number for number, product in enumerate(tables.products)}
    for product in tables.products:
        found[f"cis:{product.cis}"].add(f"p:{numbers[product.cis]}")
        if product.atc:
            found[f"product-atc:{product.atc}"].add(f"p:{numbers[product.cis]}")
    for pack in tables.packs:
        if pack.cis in numbers:
            for system, value in (("cip13", pack.cip13), ("cip7", pack.cip7)):
                if value:
                    found[f"{system}:{value}"].add(f"p:{numbers[pack.cis]}")
    codes = sorted(found)
    return {
        **pack_index("codes", codes),
        **pack_strings("code.targets", ["|".join(sorted(found[code])) for code in codes]),
    }


def _pack_search(entries: dict[str, list[Entry]], keys: Sequence[str]) -> dict[str, Array]:
    """For type-ahead: every name once, and the places where its words start, in the order of the text from there."""
    shown: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for known in keys:
        for entry in entries[known]:
            if entry.kind is not Kind.TITLE and not known.startswith(HOMEOPATHIC_KEY):
                shown.setdefault((known, entry.substances), entry)
    hits = sorted(shown.items(), key=lambda item: (item[1].kind, len(item[1].name), item[1].name))
    texts = [" ".join(tokens(fold(entry.name))) for _, entry in hits]
    starts = [
        (text[place:], number, place)
        for number, text in enumerate(texts)
        for place in range(len(text))
        if place == 0 or text[place - 1] == " "
    ]
    starts.sort()
    places = {known: number for number, known in enumerate(keys)}
    return {
        **pack_strings("search.texts", texts),
        "search.hits": np.array([number for _, number, _ in starts], np.uint32),
        "search.places": np.array([min(place, 255) for _, _, place in starts], np.uint8),
        "search.keys": np.array([places[known] for (known, _), _ in hits], np.uint32),
    }
