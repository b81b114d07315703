"""Brand names and the substances that each stands for, from product titles and from lists of brands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from medinfo.medicines.build_identity import Identity
from medinfo.medicines.build_sources import EnglishName
from medinfo.medicines.build_text import clean, key
from medinfo.medicines.tables import SEPARATOR, NameRow, ProductRow, Reviewed

Substances = tuple[str, ...]

_CUT = re.compile(
    r"(?i),| \d|/| \(| pour cent\b|%| sans sucre\b| enfants?\b| adultes?\b| nourrissons?\b| b[ée]b[ée]s?\b"
    r"| L\.? ?P\.?(?= |$)| comprim| g[ée]lules?\b| solution| cr[èe]me\b| pommade| gel\b| sirop\b| collyre"
    r"| suppositoire| poudre\b| suspension| capsule| granul| sachet| spray\b| patch\b| dispositif| injectable"
    r"| pour perfusion| orodispersible| effervescent"
)
_FORM_WORDS = re.compile(
    r"(?i)\b(?:injections?|oral inhalation|nasal spray|nasal inhalation|ophthalmic|otic|topical|transdermal|patch"
    r"|vaginal|rectal|implants?|buccal|sublingual|intravitreal|intradermal|subcutaneous|inhalation|system|film"
    r"|powder|nasal|cream)\b"
)
_CONTAINING = re.compile(r"^(.+?)®? \(as a combination product containing (.+)\)$")
_COUNTRY = re.compile(r"(?i) \((?:us|eu|europe|canada|uk|tentative|proposed)\)")
_MARKUP = re.compile(r"(?i)[&{}<>=\[\]()\"]|''|http|\band\b|\bwith\b|\bas of\b|\bgeneric|^,|Ã|Â|â|ã")
_MAX_BRAND = 40
_MAX_MEANINGS = 12
_MIN_UMBRELLA = 4
_FEW = 3


class Brands:
    """Brand names with the sets of substances that they stand for, and who says so."""

    def __init__(self) -> None:
        self._sets: dict[str, dict[Substances, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._written: dict[str, str] = {}

    def add(self, name: str, substances: Iterable[str], source: str) -> None:
        """Note that a source uses the name for these substances."""
        known = tuple(sorted(set(substances)))
        if len(key(name)) > 1 and known:
            self._written.setdefault(key(name), name)
            self._sets[key(name)][known].add(source)

    def confirm(self, name: str, source: str) -> bool:
        """Note that a source knows the name too, without saying what it means."""
        for sources in self._sets.get(key(name), {}).values():
            sources.add(source)
        return name in self

    def sets(self, name: str) -> Mapping[Substances, set[str]]:
        """Sets of substances that the name stands for, with their sources."""
        return self._sets.get(key(name), {})

    def __contains__(self, name: str) -> bool:
        return key(name) in self._sets

    def __iter__(self) -> Iterator[tuple[str, Substances, tuple[str, ...]]]:
        for folded, sets in sorted(self._sets.items()):
            for substances, sources in sorted(sets.items()):
                yield self._written[folded], substances, tuple(sorted(sources))


def brand_of(title: str) -> str:
    """The brand part of a French product title: what stands before strength, form and age words."""
    return clean(_CUT.split(title, maxsplit=1)[0])


def add_register(brands: Brands, identity: Identity, products: Iterable[ProductRow]) -> None:
    """Brands of the register. Generics, titled by their substance, have none.

    The first word of several brands ("HUMEX" of "HUMEX RHUME" and "HUMEX ALLERGIE") stands for each of the sets that
    its products have, unless products bear that word alone, agree, and are most of them or have few others beside
    them ("DAFALGAN" and "DAFALGAN CODEINE").
    """
    plain: dict[str, Counter[Substances]] = defaultdict(Counter)
    umbrellas: dict[str, Counter[Substances]] = defaultdict(Counter)
    for product in products:
        brand = brand_of(product.title)
        if product.homeopathic == "1" or not product.substances or _is_generic(identity, brand):
            continue
        if not any(substance.startswith("?") for substance in product.substances):
            plain[brand][product.substances] += 1
            umbrellas[brand.split()[0]][product.substances] += 1
    common = _common_words(identity)
    for brand, sets in plain.items():
        for substances in sets:
            brands.add(brand, substances, "bdpm")
    for word, sets in umbrellas.items():
        if len(plain[word]) == 1 and (len(sets) <= _FEW or 2 * plain[word].total() >= sets.total()):
            continue
        if len(word) >= _MIN_UMBRELLA and word.isalpha() and len(sets) <= _MAX_MEANINGS and key(word) not in common:
            for substances in sets:
                brands.add(word, substances, "bdpm")


def _common_words(identity: Identity) -> frozenset[str]:
    """Words that substance names are made of: none of them is a brand by itself."""
    return frozenset(
        word
        for draft in identity.drafts.values()
        for name, sources in draft.labels.items()
        if sources & {"bdpm", "thesaurus-names", "medinfo"}
        for word in key(name).split()
    )


def _is_generic(identity: Identity, brand: str) -> bool:
    words = brand.split()
    return any(identity.french(" ".join(words[:count])) for count in range(1, min(len(words), 5) + 1))


def atc_meanings(products: Iterable[ProductRow]) -> dict[str, Substances]:
    """ATC codes of the fifth level that stand for one set of substances in the register's products."""
    seen: dict[str, Counter[Substances]] = defaultdict(Counter)
    for product in products:
        if len(product.atc) == 7 and product.substances and product.homeopathic == "0":
            seen[product.atc][product.substances] += 1
    return {atc: next(iter(sets)) for atc, sets in seen.items() if len(sets) == 1}


def add_atc_french(
    brands: Brands, identity: Identity, lists: Mapping[str, Iterable[str]], meanings: Mapping[str, Substances]
) -> None:
    """French brands that the register no longer holds, listed under an ATC code that stands for one set."""
    found: dict[str, set[Substances | None]] = defaultdict(set)
    for atc, names in lists.items():
        for name in names:
            if name.isupper():
                found[name].add(meanings.get(atc))
    for name, sets in sorted(found.items()):
        if brands.confirm(name, "atc-fr") or _is_generic(identity, name) or None in sets:
            continue
        for substances in sets:
            brands.add(name, substances or (), "atc-fr")


def add_english(brands: Brands, identity: Identity, rows: Iterable[EnglishName], source: str) -> None:
    """English brands and synonyms under a common name that is a substance or a list of them.

    These lists put a combination's brand under one of its substances now and then. So a set that only overlaps with
    what the register says of the same brand is not believed, while a quite different one is another country's medicine.
    """
    for row in rows:
        for name, substances in _english_brands(identity, row):
            known = {item for each, who in brands.sets(name).items() if "bdpm" in who for item in each}
            if identity.exact(name) is None and (substances in brands.sets(name) or not known & set(substances)):
                brands.add(name, substances, source)


def _english_brands(identity: Identity, row: EnglishName) -> Iterator[tuple[str, Substances]]:
    usual = common_substances(identity, row.common)
    for written in row.others:
        if match := _CONTAINING.match(written):
            substances = common_substances(identity, match[2])
            if substances:
                yield match[1], substances
            continue
        for part in _COUNTRY.sub("", written).split(";"):
            name = clean(part.removeprefix("tradename ="))
            if usual and name and len(name) <= _MAX_BRAND and not _MARKUP.search(name):
                yield name, usual


def common_substances(identity: Identity, common: str) -> Substances:
    """Substances of an English common name ("Abacavir, Dolutegravir, and Lamivudine"); empty unless all are known."""
    if owner := identity.exact(common):
        return (owner,)
    bare = clean(_FORM_WORDS.sub(" ", common))
    parts = [part for part in re.split(r"(?i), and | and |, | with |/", bare) if part.strip()]
    owners = [identity.exact(part) for part in parts]
    known = {owner for owner in owners if owner is not None}
    return tuple(sorted(known)) if known and len(known) == len(parts) else ()


def brand_rows(brands: Brands, identity: Identity, reviewed: Iterable[Reviewed]) -> Iterator[NameRow]:
    """Rows of `names.tsv` for the brands that no reviewed row refuses and that are no substance's own name."""
    decided = tuple(reviewed)
    wrong = {(key(row.term), row.target) for row in decided if row.kind == "drop" and row.target}
    words = {key(row.term) for row in decided if row.kind == "no-brand"}
    for name, substances, sources in brands:
        refused = key(name) in words or (key(name), SEPARATOR.join(substances)) in wrong
        if not refused and substances != (identity.exact(name),):
            yield NameRow(name, "brand", substances, "", sources)
