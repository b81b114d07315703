"""Resolutions made from what was found: the substances, and what the product or the typed text says about its use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medinfo.medicines.entries import Entry, Flag, Kind
from medinfo.medicines.known import Known, Product, homeopathic
from medinfo.medicines.model import Candidate, How, Resolution, Substance
from medinfo.medicines.normalise import fold, key
from medinfo.medicines.words import Marked

MAX_CANDIDATES = 8
_ALL = 100  # all that one name stands for: a brand of plants stands for twenty

Meaning = tuple[tuple[str, ...], bool]
"""What a name stands for: ids of substances, and whether it is homeopathic."""

_MAX_ABBREVIATION = 3

NOTHING = Marked((), (), (), (), "")
"""A typed text that says nothing beside the name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A known name as a choice for a person. `score` is its likeness to what was typed, 0 to 100."""

    entry: Entry
    score: float = 100.0


def meanings(entries: Iterable[Entry]) -> dict[Meaning, list[Entry]]:
    """What the entries stand for, and which of them for what.

    The name of a substance outranks brands that are written alike. A product without any listed component and
    not homeopathic means nothing that could be checked, so it is left out.
    """
    found = list(entries)
    substances = [entry for entry in found if entry.kind is Kind.SUBSTANCE]
    groups: dict[Meaning, list[Entry]] = {}
    for entry in substances or found:
        if entry.substances or homeopathic(entry):
            groups.setdefault((entry.substances, homeopathic(entry)), []).append(entry)
    return groups


class Answers:
    """Makes resolutions.

    Args:
        known: what is known.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._substances: dict[str, Substance] = {}  # at most one per substance; two threads write the same

    def substances(self, identifiers: Iterable[str]) -> tuple[Substance, ...]:
        """Substances by id."""
        return tuple(self._substance(identifier) for identifier in identifiers)

    def _substance(self, identifier: str) -> Substance:
        found = self._substances.get(identifier)
        if found is None:
            # a component that no table knows stays in sight, as a substance without codes
            found = self._known.substance(identifier) or Substance(identifier, {"en": identifier})
            self._substances[identifier] = found
        return found

    def of(self, text: str, marked: Marked, entries: Sequence[Entry], how: How) -> Resolution:
        """The resolution to the entries of one key, which mean something: resolved if they agree, else ambiguous."""
        groups = list(meanings(entries).values())
        if len(groups) > 1:
            return self.ambiguous(text, [Choice(group[0]) for group in groups], marked, _ALL)
        return self.one(text, marked, groups[0], how)

    def one(self, text: str, marked: Marked, group: Sequence[Entry], how: How) -> Resolution:
        """The resolution to entries that all stand for the same."""
        products = [self._known.product(entry.product) for entry in group if entry.product >= 0]
        stated, narrowed = _narrow(products, marked)
        routes = marked.routes
        if not routes and (narrowed or _own(group)):
            routes = _union(product.routes for product in stated)
        return Resolution(
            text,
            "resolved",
            self.substances(group[0].substances),
            stated[0].title if len(stated) == 1 and group[0].kind is Kind.TITLE else group[0].name,
            how,
            archived=bool(stated)
            and all(product.archived for product in stated)
            and group[0].kind is not Kind.SUBSTANCE,
            homeopathic=homeopathic(group[0]),
            route=routes,
            form=_one(product.form for product in stated) or " ".join(marked.forms),
            strength=marked.strength or _one(product.strength for product in stated),
        )

    def product(self, text: str, product: Product, how: How) -> Resolution:
        """The resolution to one product of the register; unknown if none of its components is listed."""
        if not product.substances and not product.homeopathic:
            return Resolution(text, "unknown", matched=product.title)
        return Resolution(
            text,
            "resolved",
            self.substances(product.substances),
            product.title,
            how,
            archived=product.archived,
            homeopathic=product.homeopathic,
            route=product.routes,
            form=product.form,
            strength=product.strength,
        )

    def substance(self, text: str, identifier: str, how: How) -> Resolution:
        """The resolution to one substance."""
        found = self._substance(identifier)
        return Resolution(text, "resolved", (found,), found.name("en"), how)

    def ambiguous(
        self, text: str, choices: Iterable[Choice], marked: Marked = NOTHING, limit: int = MAX_CANDIDATES
    ) -> Resolution:
        """A question back: which of these?"""
        return Resolution(
            text,
            "ambiguous",
            route=marked.routes,
            form=" ".join(marked.forms),
            strength=marked.strength,
            candidates=self.candidates(choices, limit),
        )

    def candidates(self, choices: Iterable[Choice], limit: int = MAX_CANDIDATES) -> tuple[Candidate, ...]:
        """The best choices, each name with its substances once, under names that resolve to just that."""
        unique: dict[tuple[str, tuple[str, ...]], Choice] = {}
        for each in sorted(choices, key=lambda each: (-each.score, len(each.entry.name), each.entry.name)):
            unique.setdefault((key(fold(each.entry.name)), each.entry.substances), each)
        best = list(unique.values())[:limit]
        return tuple(Candidate(self._plain_name(each.entry), each.entry.substances, each.score) for each in best)

    def _plain_name(self, entry: Entry) -> str:
        """The name, or where it stands for other things too, the title of a product or the names of the substances."""
        known = key(fold(entry.name))
        entries = self._known.exact(known)
        groups = meanings(entries)
        if not groups or (len(groups) == 1 and not is_abbreviation(known, entries)):
            return entry.name
        for each in groups.get((entry.substances, homeopathic(entry)), ()):
            if each.product >= 0:
                return self._known.product(each.product).title
        return " + ".join(substance.name("en") for substance in self.substances(entry.substances))


def is_abbreviation(known: str, entries: Iterable[Entry]) -> bool:
    """Whether a key is two or three letters that are no name of their own: abbreviations are many things."""
    return known.isalpha() and len(known) <= _MAX_ABBREVIATION and all(entry.kind is Kind.SYNONYM for entry in entries)


def _narrow(products: list[Product], marked: Marked) -> tuple[list[Product], bool]:
    """The products that fit the strength and form as typed, all of them if none does; and whether any was left out
    or the text says enough to tell."""
    kept = products
    for wanted, told in ((marked.strength, _strength), (" ".join(marked.forms), _form)):
        fitting = [product for product in kept if wanted and told(product, wanted)]
        kept = fitting or kept
    return kept, bool(products) and bool(marked.forms) and kept != products


def _strength(product: Product, wanted: str) -> bool:
    return key(product.strength) == key(wanted)


def _form(product: Product, wanted: str) -> bool:
    form = fold(product.form)
    return any(word in form for word in wanted.split() if len(word) > 2)


def _own(group: Sequence[Entry]) -> bool:
    """Whether the French register's products are all that bears this name: only then do their routes speak for it."""
    return group[0].kind is not Kind.SUBSTANCE and not any(entry.flags & Flag.ABROAD for entry in group)


def _union(routes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All routes; none if a product's route is not known, for then the medicine's is not."""
    each = list(routes)
    return tuple(sorted({route for some in each for route in some})) if all(each) else ()


def _one(values: Iterable[str]) -> str:
    """The value that all have, or ""."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
