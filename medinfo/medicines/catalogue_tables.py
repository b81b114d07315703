"""From the tables of names to the arrays that the catalogue maps."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from medinfo.medicines.compiled import Array, pack_index, pack_strings
from medinfo.medicines.entries import HOMEOPATHIC_KEY, LANGUAGES, Entry, Flag, Kind, Tables, collect
from medinfo.medicines.neighbours import pack_neighbours
from medinfo.medicines.normalise import fold, tokens
from medinfo.medicines.tables import ProductRow
from medinfo.medicines.words import Words

_LATER = {Kind.SUBSTANCE: 0, Kind.BRAND: 0, Kind.PRODUCT: 2, Kind.SYNONYM: 4, Kind.SALT: 4, Kind.COMBINATION: 4}
_METALS = ("sodium", "potassium", "calcium", "magnesium")
_MIN_FUZZY, _MAX_FUZZY = 4, 60  # letters of a name that a misspelling may lead to


def compile_tables(tables: Tables) -> dict[str, Array]:
    """All arrays of a catalogue."""
    words = Words.load()
    entries = collect(tables, words)
    keys = sorted(entries)
    return {
        **_pack_entries(entries, keys),
        **pack_neighbours(keys, [_fuzzy(known, entries[known]) for known in keys]),
        **_pack_substances(tables),
        **_pack_products(tables.products, words),
        **_pack_codes(tables),
        **_pack_search(entries, keys, _products_by_substance(tables.products)),
    }


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


def _products_by_substance(products: Iterable[ProductRow]) -> Counter[str]:
    return Counter(substance for product in products for substance in set(product.substances))


def _pack_search(entries: dict[str, list[Entry]], keys: Sequence[str], products: Counter[str]) -> dict[str, Array]:
    """For type-ahead: every name with its meaning once, and the places where its words start, in the order of the text
    from there. Names are numbered from the most to the least likely to be meant."""
    rows: dict[tuple[str, tuple[str, ...]], list[tuple[int, Entry]]] = defaultdict(list)
    number = 0
    for known in keys:
        for entry in entries[known]:
            if entry.kind < Kind.TITLE and not known.startswith(HOMEOPATHIC_KEY):
                rows[known, entry.substances].append((number, entry))
            number += 1
    hits = sorted(rows.values(), key=lambda group: _likely([entry for _, entry in group], products))
    texts = [" ".join(tokens(fold(group[0][1].name))) for group in hits]
    starts = [
        (text[place:], hit, place)
        for hit, text in enumerate(texts)
        for place in range(len(text))
        if place == 0 or text[place - 1] == " "
    ]
    starts.sort()
    return {
        **pack_strings("search.texts", texts),
        "search.hits": np.array([hit for _, hit, _ in starts], np.uint32),
        "search.places": np.array([min(place, 255) for _, _, place in starts], np.uint8),
        "search.rows": np.array([group[0][0] for group in hits], np.uint32),
        "search.archived": np.array([_archived([entry for _, entry in group]) for group in hits], np.uint8),
    }


def _likely(entries: Sequence[Entry], products: Counter[str]) -> tuple[int, int, int, str]:
    """Sort key: names of what stands in many products first, then what they are, short ones first."""
    first = entries[0]
    if first.kind is Kind.BRAND or first.kind is Kind.PRODUCT:
        count = sum(entry.product >= 0 for entry in entries)
    else:
        count = min((products[substance] for substance in first.substances), default=0)
    return _LATER[first.kind] - count.bit_length(), first.kind, len(first.name), first.name


def _archived(entries: Sequence[Entry]) -> bool:
    """Whether all products of a name are archived (and it is a product's name)."""
    products = [entry for entry in entries if entry.product >= 0]
    return (
        bool(products)
        and entries[0].kind is not Kind.SUBSTANCE
        and all(entry.flags & Flag.ARCHIVED for entry in products)
    )
