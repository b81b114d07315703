"""The names, products, substances and codes of a compiled catalogue, read one at a time from the mapped arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from medinfo.medicines.compiled import Arrays, Index, Strings, view
from medinfo.medicines.entries import Entry, Flag, Kind
from medinfo.medicines.model import Substance
from medinfo.medicines.neighbours import Neighbours


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the register.

    Attributes:
        title, form: as the register writes them. routes: slugs. strength: dose words of the title, folded.
        substances: ids. archived, homeopathic: as `model.Resolution` has them.
    """

    title: str
    form: str
    routes: tuple[str, ...]
    strength: str
    substances: tuple[str, ...]
    archived: bool
    homeopathic: bool


class Known:
    """What is known, by key, number or code. Reading changes nothing, so threads can share it.

    Args:
        arrays: the arrays of a compiled folder.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._keys = Index(arrays, "keys")
        self.near = Neighbours(arrays, self._keys.texts)
        self._first = view(arrays["key.entries"])
        self._names = Strings(arrays, "names")
        self._sets = Index(arrays, "sets")
        self._partners = Index(arrays, "partners")
        self._entry_names = view(arrays["entry.names"])
        self._entry_kinds = view(arrays["entry.kinds"])
        self._entry_sets = view(arrays["entry.sets"])
        self._entry_flags = view(arrays["entry.flags"])
        self._entry_products = view(arrays["entry.products"])
        self._substances = Index(arrays, "substances")
        self._records = Strings(arrays, "substance.records")
        self._brands = Strings(arrays, "substance.brands")
        self._products = Strings(arrays, "products")
        self._codes = Index(arrays, "codes")
        self._targets = Strings(arrays, "code.targets")

    def names(self) -> Iterator[str]:
        """Every known name, as its source writes it."""
        return (self._names[number] for number in range(len(self._names)))

    def exact(self, key: str) -> list[Entry]:
        """Everything that is known under a key, possibly nothing."""
        number = self._keys.find(key)
        return [] if number is None else self.entries(number)

    def key(self, number: int) -> str:
        """A key by its number."""
        return self._keys.texts[number]

    def entries(self, number: int) -> list[Entry]:
        """Everything that is known under a key, by the number of the key; the most telling kind first."""
        return [self.entry(row) for row in range(self._first[number], self._first[number + 1])]

    def entry(self, row: int) -> Entry:
        """One known name by its row."""
        return Entry(
            self._names[self._entry_names[row]],
            Kind(self._entry_kinds[row]),
            split(self._sets.texts[self._entry_sets[row]]),
            self._entry_flags[row],
            self._entry_products[row],
        )

    def all_entries(self) -> Iterator[Entry]:
        """Every known name, in the order of the keys."""
        return (self.entry(row) for row in range(len(self._entry_names)))

    def combined(self, substances: Iterable[str]) -> bool:
        """Whether some known name stands for exactly these substances."""
        return self._sets.find("|".join(sorted(set(substances)))) is not None

    def partners(self, substance: str, metal: str) -> bool:
        """Whether a known combination holds the substance and a salt of the metal, as cholecalciferol and calcium."""
        return self._partners.find(f"{substance}|{metal}") is not None

    def numbered(self, key: str) -> Iterator[int]:
        """Numbers of the keys that go on with a digit after the given key: `omega3` for `omega`."""
        texts = self._keys.texts
        low, high = 0, len(texts)
        wanted = f"{key}0"
        while low < high:
            middle = (low + high) // 2
            if texts[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        while low < len(texts) and texts[low].startswith(key) and texts[low][len(key) : len(key) + 1].isdigit():
            yield low
            low += 1

    def product(self, number: int) -> Product:
        """A product by its row number."""
        title, form, routes, strength, substances, archived, homeopathic = self._products[number].split("\t")
        return Product(title, form, split(routes), strength, split(substances), bool(archived), bool(homeopathic))

    def substance(self, identifier: str) -> Substance | None:
        """A substance by its id, or None."""
        number = self._substances.find(identifier)
        if number is None:
            return None
        record = json.loads(self._records[number])
        return Substance(
            identifier,
            record["names"],
            tuple(record["atc"]),
            tuple(record["rxnorm"]),
            tuple(record["unii"]),
            tuple(record["cas"]),
        )

    def substances(self) -> Iterator[str]:
        """Ids of all substances, in order."""
        return (self._substances.texts[number] for number in range(len(self._substances.texts)))

    def brands(self, substance: str) -> tuple[str, ...]:
        """Brand names of medicines that hold the substance, alone or with others; sorted."""
        number = self._substances.find(substance)
        return () if number is None else split(self._brands[number])

    def code(self, system: str, value: str) -> tuple[str, ...]:
        """What a code names: `s:<substance id>` or `p:<product row>`, several if the tables give it to several."""
        number = self._codes.find(f"{system}:{value}")
        return () if number is None else split(self._targets[number])


def homeopathic(entry: Entry) -> bool:
    """Whether the entry is a homeopathic product."""
    return bool(entry.flags & Flag.HOMEOPATHIC)


def split(joined: str) -> tuple[str, ...]:
    """The parts of a cell."""
    return tuple(joined.split("|")) if joined else ()
