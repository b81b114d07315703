"""Which names mean one substance: DrugBank's vocabulary, the English thesaurus and our reviewed rows brought together.

The index maps a name's key to exactly one substance. A name enters it in the order of trust: our reviewed rows, then
DrugBank's own names, then its synonyms, then the English thesaurus. A later claim never moves an earlier one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from medinfo.errors import KnowledgeError
from medinfo.medicines.build_moiety import moiety_forms
from medinfo.medicines.build_sources import DrugBankEntry, EnglishDrug
from medinfo.medicines.build_text import is_chemical, key, slug
from medinfo.medicines.tables import SEPARATOR, Reviewed

MAX_NAME = 60


@dataclass(slots=True)
class Draft:
    """A substance while it is being put together.

    Attributes:
        en: the English INN.
        labels: name as written to the sources that state it.
        codes: system (`rxnorm`, `atc`, `unii`, `cas`) to code to how often each source states it.
    """

    id: str
    en: str
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def label(self, name: str, source: str) -> None:
        """Note that a source states this name."""
        self.labels[name].add(source)
        self.sources.add(source)

    def code(self, system: str, code: str, source: str) -> None:
        """Note that a source gives the substance this code; an empty code is passed over."""
        if code:
            votes = self.codes.setdefault(system, {}).setdefault(code, {})
            votes[source] = votes.get(source, 0) + 1


class Identity:
    """All substances known so far and the index of their names.

    Args:
        bare: ids that a name never reaches by taking a salt away (`iodure de potassium` is not potassium).
    """

    def __init__(self, bare: frozenset[str] = frozenset()) -> None:
        self.drafts: dict[str, Draft] = {}
        self._index: dict[str, str] = {}
        self._bare = bare

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
        for step, form in enumerate(moiety_forms(name)):
            for variant in spellings(form):
                found = self._index.get(variant)
                if found and not (step and found in self._bare):
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


def gather(entries: Iterable[DrugBankEntry], english: Iterable[EnglishDrug], reviewed: Iterable[Reviewed]) -> Identity:
    """Bring the English lists and our reviewed rows together.

    Raises:
        KnowledgeError: a reviewed row speaks of a name or substance that is not there, or two contradict each other.
    """
    by_kind: dict[str, list[Reviewed]] = defaultdict(list)
    for row in reviewed:
        by_kind[row.kind].append(row)
    identity = Identity(frozenset(row.term for row in by_kind["bare"]))
    for row in by_kind["new"]:
        identity.add(row.target, row.term, "medinfo").label(row.term, "medinfo")
    for row in by_kind["name"]:
        if not identity.claim(row.term, row.target):
            raise KnowledgeError(f"overrides.tsv: {row.term!r} is claimed twice")
    kept = [entry for entry in entries if _is_medicine(entry)]
    _read_drugbank(identity, kept, by_kind)
    for drug in english:
        _english(identity, drug)
    _check(identity, by_kind)
    return identity


def _is_medicine(entry: DrugBankEntry) -> bool:
    return not (len(entry.name) > MAX_NAME or is_chemical(entry.name) or (entry.experimental and not entry.unii))


def _read_drugbank(identity: Identity, kept: list[DrugBankEntry], by_kind: dict[str, list[Reviewed]]) -> None:
    renamed = {key(row.term): row.target for row in by_kind["inn"]}
    merged = {key(row.term): row.target for row in by_kind["merge"]}
    dropped = {key(row.term) for row in by_kind["drop"] if not row.target}
    kept = [entry for entry in kept if key(entry.name) not in dropped]
    unknown = (set(renamed) | set(merged)) - {key(entry.name) for entry in kept}
    if unknown:
        raise KnowledgeError(f"overrides.tsv: DrugBank has no {sorted(unknown)}")
    owners = {entry.id: _own(identity, entry, renamed) for entry in kept if key(entry.name) not in merged}
    for entry in kept:
        if target := merged.get(key(entry.name)):
            owners[entry.id] = _merge(identity, entry, target)
    for entry in kept:
        _synonyms(identity, entry, owners[entry.id], dropped)


def _merge(identity: Identity, entry: DrugBankEntry, target: str) -> str:
    draft = identity.drafts.get(target)
    if draft is None:
        raise KnowledgeError(f"overrides.tsv: {entry.name!r} is merged into {target!r}, which does not exist")
    draft.label(entry.name, "drugbank")
    if not identity.claim(entry.name, target):
        raise KnowledgeError(f"overrides.tsv: {entry.name!r} means another substance already")
    draft.code("unii", entry.unii, "drugbank")
    draft.code("cas", entry.cas, "drugbank")
    return target


def _own(identity: Identity, entry: DrugBankEntry, renamed: dict[str, str]) -> str:
    name = renamed.get(key(entry.name), entry.name)
    identifier = identity.exact(entry.name) or identity.exact(name) or slug(name)
    draft = identity.add(identifier, name, "drugbank")
    draft.label(entry.name, "drugbank")
    identity.claim(entry.name, draft.id)
    draft.code("unii", entry.unii, "drugbank")
    draft.code("cas", entry.cas, "drugbank")
    return draft.id


def _synonyms(identity: Identity, entry: DrugBankEntry, owner: str, dropped: set[str]) -> None:
    for synonym in entry.synonyms:
        if len(key(synonym)) < 3 or key(synonym) in dropped:
            continue
        if identity.claim(synonym, owner) and len(synonym) <= MAX_NAME and not is_chemical(synonym):
            identity.drafts[owner].label(synonym, "drugbank")


def _english(identity: Identity, drug: EnglishDrug) -> None:
    """Codes of a drug whose name is known. The list holds misspellings, so that it never makes a substance."""
    owner = identity.exact(drug.name)
    if owner:
        draft = identity.drafts[owner]
        draft.label(drug.name, "worldvista")
        draft.code("rxnorm", drug.rxcui, "worldvista")
        for code in drug.atc:
            draft.code("atc", code, "worldvista")


def _check(identity: Identity, by_kind: dict[str, list[Reviewed]]) -> None:
    for kind in ("name", "code", "combination", "either", "brand", "rxnorm", "atc", "fr"):
        for row in by_kind[kind]:
            for target in row.target.split(SEPARATOR):
                if target and target not in identity.drafts:
                    raise KnowledgeError(f"overrides.tsv: {row.term!r} means {target!r}, which does not exist")
