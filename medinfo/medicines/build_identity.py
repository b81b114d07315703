"""Which names mean one substance: DrugBank's vocabulary, the English thesaurus and our reviewed tables brought together.

The index maps a name's key to exactly one substance. A name enters it in the order of trust: our reviewed overrides,
then DrugBank's own names, then its synonyms, then the English thesaurus. A later claim never moves an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from medinfo.errors import KnowledgeError
from medinfo.medicines.build_moiety import moiety_forms
from medinfo.medicines.build_sources import DrugBankEntry, EnglishDrug
from medinfo.medicines.build_text import key, slug
from medinfo.medicines.tables import Reviewed

_CHEMICAL = re.compile(r"[\[\]{}]|\d.*\d.*\d|,\d|\d,|\d'|\w\(|^\(|-yl\b|\bN-|\boxy\)")


@dataclass(slots=True)
class Draft:
    """A substance while it is being put together.

    Attributes:
        labels: name as written to the sources that state it.
        french: French names as written, with their source, best first.
    """

    id: str
    en: str
    labels: dict[str, set[str]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    atc: set[str] = field(default_factory=set)
    rxnorm: set[str] = field(default_factory=set)
    unii: set[str] = field(default_factory=set)
    cas: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def label(self, name: str, source: str) -> None:
        """Note that a source states this name."""
        self.labels.setdefault(name, set()).add(source)
        self.sources.add(source)


class Identity:
    """All substances known so far and the index of their names."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self._index: dict[str, str] = {}

    def add(self, identifier: str, english: str, source: str) -> Draft:
        """The draft of a substance, made if it is new."""
        draft = self.drafts.get(identifier)
        if draft is None:
            draft = self.drafts[identifier] = Draft(identifier, english)
        draft.sources.add(source)
        self.claim(english, identifier)
        return draft

    def claim(self, name: str, identifier: str) -> bool:
        """Let a name mean a substance unless it already means another one; tells whether it does."""
        return self._index.setdefault(key(name), identifier) == identifier

    def exact(self, name: str) -> str | None:
        """The substance that the name itself means."""
        return self._index.get(key(name))

    def french(self, name: str) -> str | None:
        """The substance that a French name means, by itself, by its moiety or by a spelling rule."""
        for form in moiety_forms(name):
            for variant in spellings(form):
                if found := self._index.get(variant):
                    return found
        return None


def spellings(form: str) -> Iterator[str]:
    """Keys under which an English or international list may hold a French form."""
    whole = key(form)
    yield whole
    if match := re.match(r"acide (.+)ique$", whole):
        yield f"{match[1]}ic acid"
    if match := re.match(r"(.+)ique acide$", whole):
        yield f"{match[1]}ic acid"
    words = whole.split()
    if len(words) > 3:
        return
    for combination in product(*(_word_spellings(word) for word in words)):
        yield " ".join(combination)


def _word_spellings(word: str) -> tuple[str, ...]:
    if len(word) > 5 and word.endswith("e"):
        return (word, word[:-1])
    return (word,)


def gather(
    entries: Iterable[DrugBankEntry], english: Iterable[EnglishDrug], reviewed: Iterable[Reviewed]
) -> Identity:
    """Bring the English lists and our reviewed tables together.

    Raises:
        KnowledgeError: two reviewed rows contradict each other.
    """
    identity = Identity()
    rows = tuple(reviewed)
    renamed = {key(row.term): row for row in rows if row.kind == "inn"}
    dropped = {key(row.term) for row in rows if row.kind == "drop"}
    for row in rows:
        if row.kind == "new":
            identity.add(row.target, row.term, "medinfo")
    for row in rows:
        if row.kind == "name":
            _claim_reviewed(identity, row)
    kept = [entry for entry in entries if _is_medicine(entry) and key(entry.name) not in dropped]
    owners = {entry.id: _own(identity, entry, renamed) for entry in kept}
    for entry in kept:
        _synonyms(identity, entry, owners[entry.id], dropped)
    for drug in english:
        _english(identity, drug)
    return identity


def _claim_reviewed(identity: Identity, row: Reviewed) -> None:
    if not identity.claim(row.term, row.target):
        raise KnowledgeError(f"overrides.tsv: {row.term!r} is claimed twice")


def _is_medicine(entry: DrugBankEntry) -> bool:
    return not (len(entry.name) > 60 or _CHEMICAL.search(entry.name) or (entry.experimental and not entry.unii))


def _own(identity: Identity, entry: DrugBankEntry, renamed: dict[str, Reviewed]) -> str:
    row = renamed.get(key(entry.name))
    owner = identity.exact(entry.name)
    if row is not None:
        name, identifier = row.target, slug(row.target)
    else:
        name, identifier = entry.name, owner or slug(entry.name)
    draft = identity.add(identifier, name, "drugbank")
    draft.label(entry.name, "drugbank")
    identity.claim(entry.name, draft.id)
    draft.unii |= {entry.unii} - {""}
    draft.cas |= {entry.cas} - {""}
    return draft.id


def _synonyms(identity: Identity, entry: DrugBankEntry, owner: str, dropped: set[str]) -> None:
    for synonym in entry.synonyms:
        if len(key(synonym)) < 3 or key(synonym) in dropped:
            continue
        if identity.claim(synonym, owner) and len(synonym) <= 60 and not _CHEMICAL.search(synonym):
            identity.drafts[owner].label(synonym, "drugbank")


def _english(identity: Identity, drug: EnglishDrug) -> None:
    owner = identity.exact(drug.name) or identity.french(drug.name)
    draft = identity.drafts[owner] if owner else identity.add(slug(drug.name), drug.name, "worldvista")
    draft.label(drug.name, "worldvista")
    identity.claim(drug.name, draft.id)
    draft.rxnorm |= {drug.rxcui} - {""}
    draft.atc |= set(drug.atc)
