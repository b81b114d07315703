"""Readers of the public lists of names that the tables are built from (the folder `names` of the reference data)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medinfo.medicines.build_text import clean

_WORLDVISTA = ("all_eng_classes_sept2016.xml", "all_eng_tables_sept2016.xml")
_DRUG = re.compile(r'<DRUG name="([^"]*)" (?:rxnorm|rxcui)="(\d*)"')
_DATE = re.compile(r"(\d)\.(\d\d)\.(\d{4})")
_ATC = re.compile(r'<ATC code="([A-Z]\d\d[A-Z]{2}\d\d)"')


@dataclass(frozen=True, slots=True)
class DrugBankEntry:
    """One substance of DrugBank's open vocabulary."""

    id: str
    experimental: bool
    name: str
    cas: str
    unii: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnglishDrug:
    """One drug of the English rendering of the thesaurus, with its codes."""

    name: str
    rxcui: str
    atc: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThesaurusName:
    """One French name of the thesaurus and its RxCUI, or ""."""

    name: str
    rxcui: str


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A common name with brands and synonyms."""

    common: str
    others: tuple[str, ...]


def read_drugbank(folder: Path) -> tuple[DrugBankEntry, ...]:
    """DrugBank's open vocabulary: `;`-separated, one dummy row before the header."""
    with (folder / "drugbank-open-vocabulary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        next(rows)
        return tuple(
            DrugBankEntry(
                row[0], "EXPT" in row[1], clean(row[2]), _cas(row[3].strip()), row[4].strip(), _split(row[5], " | ")
            )
            for row in rows
        )


def _cas(cell: str) -> str:
    """A CAS number, made whole where a spreadsheet took it for a date (`3385-03-3` became `3.03.3385`)."""
    date = _DATE.fullmatch(cell)
    return f"{date[3]}-{date[2]}-{date[1]}" if date else cell


def read_worldvista(folder: Path) -> tuple[EnglishDrug, ...]:
    """Drugs of the English thesaurus files, read line by line since one of them is not well-formed."""
    found: dict[tuple[str, str], set[str]] = {}
    for name in _WORLDVISTA:
        for drug, atc in _drugs((folder / name).read_text("utf-8")):
            found.setdefault(drug, set()).update(atc)
    return tuple(EnglishDrug(name, rxcui, tuple(sorted(atc))) for (name, rxcui), atc in sorted(found.items()))


def _drugs(text: str) -> Iterator[tuple[tuple[str, str], set[str]]]:
    current: tuple[str, str] | None = None
    for line in text.split("\n"):
        if match := _DRUG.search(line):
            name = clean(match[1])
            current = (name[:1] + name[1:].lower(), match[2]) if name else None
            if current:
                yield current, set()
        elif current and (match := _ATC.search(line)):
            yield current, {match[1]}
        elif "</DRUG>" in line:
            current = None


def read_thesaurus_names(folder: Path) -> tuple[ThesaurusName, ...]:
    """French names of the thesaurus, with RxCUI where the mapping has one."""
    codes: dict[str, str] = {}
    for file in ("wikidata_mappings.tsv", "rxnorm_mappings.tsv"):
        for line in (folder / file).read_text("utf-8").splitlines()[1:]:
            name, code = line.split("\t")
            codes[clean(name)] = code.strip() if file.startswith("rxnorm") and code.strip().isdigit() else ""
    return tuple(ThesaurusName(name, code) for name, code in sorted(codes.items()))


def read_romedi_brands(folder: Path) -> tuple[str, ...]:
    """French brand names of Romedi."""
    rows = (line.split("\t") for line in (folder / "romedi-terms.csv").read_text("utf-8").splitlines())
    return tuple(sorted({clean(row[2]) for row in rows if len(row) == 3 and row[1] == "BN"}))


def read_atc_french(folder: Path) -> dict[str, tuple[str, ...]]:
    """ATC code to French brands and INNs."""
    content = json.loads((folder / "atc-to-french-names.json").read_text("utf-8"))
    return {atc: tuple(clean(name) for name in names) for atc, names in sorted(content.items())}


def read_english_names(folder: Path, source: str) -> tuple[EnglishName, ...]:
    """Common names with English brands and synonyms; `source` is `wikipedia` or `medlineplus`."""
    with (folder / f"{source}-drug-synonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(EnglishName(clean(row[1]), _split(row[2], "|")) for row in rows if len(row) >= 3)


def _split(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(clean(part) for part in cell.split(separator) if part.strip())
