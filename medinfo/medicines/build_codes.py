"""What each substance code of the French register means.

A code means what our reviewed rows say; else what one of its printed names means; else the moiety (FT) that the
register itself gives for it. A code that none of the three explains becomes a substance of its own, under its French
name, and stands in the list of codes to review.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from medinfo.medicines.build_identity import Identity
from medinfo.medicines.build_text import slug
from medinfo.medicines.importers.bdpm_reader import BdpmRegister, Component
from medinfo.medicines.tables import SEPARATOR, Reviewed


@dataclass(frozen=True, slots=True)
class CodeMeanings:
    """Meanings of the register's substance codes.

    Attributes:
        substances: code to substance ids; empty for a code that is no active substance.
        how: code to `reviewed`, `name`, `moiety` or `own`.
        names: code to its printed names, the most frequent first.
    """

    substances: Mapping[str, tuple[str, ...]]
    how: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]


def read_codes(identity: Identity, register: BdpmRegister, reviewed: Iterable[Reviewed]) -> CodeMeanings:
    """Find the meaning of every substance code that is not homeopathic; unknown ones are added to `identity`."""
    names = code_names(register)
    substances: dict[str, tuple[str, ...]] = {}
    how: dict[str, str] = {}
    for row in reviewed:
        if row.kind in ("code", "exclude") and row.term in names:
            substances[row.term], how[row.term] = tuple(filter(None, row.target.split(SEPARATOR))), "reviewed"
    for code, printed in names.items():
        owner = next((owner for name in printed if (owner := identity.french(name))), None)
        if code not in how and owner:
            substances[code], how[code] = (owner,), "name"
    for code, moiety in _moieties(register, substances).items():
        substances[code], how[code] = moiety, "moiety"
    for code in sorted(set(names) - set(how)):
        name = names[code][0]
        substances[code], how[code] = (identity.add(slug(name), name.capitalize(), "bdpm").id,), "own"
    return CodeMeanings(substances, how, names)


def _moieties(register: BdpmRegister, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Codes not yet known whose FT rows always say the same."""
    seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for salts, moieties in links(register):
        codes = {row.code for row in salts}
        found = {identifier for row in moieties for identifier in known.get(row.code, ())}
        complete = moieties and all(row.code in known for row in moieties)
        for code in codes - set(known):
            seen[code].add(tuple(sorted(found)) if complete and len(codes) == 1 else ())
    return {code: next(iter(sets - {()})) for code, sets in seen.items() if len(sets - {()}) == 1}


def links(register: BdpmRegister) -> Iterator[tuple[tuple[Component, ...], tuple[Component, ...]]]:
    """Each link of each product as its SA rows and its FT rows: together they are one substance.

    Homeopathic products and components are left out.
    """
    homeopathic = {product.cis for product in register.products if product.homeopathic}
    groups: dict[tuple[str, str, str], list[Component]] = defaultdict(list)
    for row in register.components:
        if row.cis not in homeopathic and not row.homeopathic:
            groups[row.cis, row.element, row.link].append(row)
    for rows in groups.values():
        yield tuple(row for row in rows if row.nature == "SA"), tuple(row for row in rows if row.nature == "FT")


def code_names(register: BdpmRegister) -> dict[str, tuple[str, ...]]:
    """Names of each substance code, the most frequent first, homeopathic preparations apart."""
    homeopathic = {product.cis for product in register.products if product.homeopathic}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in register.components:
        if row.cis not in homeopathic and not row.homeopathic:
            names[row.code][row.name] += 1
    return {code: tuple(name for name, _ in counts.most_common()) for code, counts in sorted(names.items())}
