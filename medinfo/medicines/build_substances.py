"""Rows of `substances.tsv`: names by language, and of the codes those that the sources do not contradict."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from medinfo.codes import Atc, Cas, RxCui, Unii
from medinfo.errors import InvalidCode
from medinfo.medicines.build_identity import Draft, Identity
from medinfo.medicines.build_languages import international
from medinfo.medicines.build_moiety import moiety_forms
from medinfo.medicines.build_sources import ThesaurusName
from medinfo.medicines.build_text import key, slug, unaccent
from medinfo.medicines.tables import SEPARATOR, FamilyRow, ProductRow, Reviewed, SubstanceRow

Codes = dict[str, dict[str, set[str]]]

_COMBINATIONS = re.compile(
    r"A02BD|A03[CDE]|A10BD|C02L|C03E|C07[B-F]|C08G|C09B|C09D|C10B|D07[BCX]|G03A[AB]|G03[EFH]|J01CR|J01EE|J01RA|J04AM"
    r"|J05AR|J07C|M05BB|N02A[GJ]|N04BA0[2-7]|P01BF|R03A[KL]|R03DB|S0[123]C|V03AB05"
)
_INN = re.compile(
    r"(?:[aeiou](?:b|c|d|f|g|l|m|n|p|r|s|t|x|z|st|nt|ns|fen|pt)|[bcdfglmnprstvxz](?:ine?|ide?|ole?|one?|ene?|ane?|ate?|ile?"
    r"|ium|um|acid|ose|ase))$"
)
_FIRST = re.compile(r"[a-z]{4,}(?:-[a-z0-9]{1,6})?")
_SECOND = re.compile(
    r"acid|(?:alfa|beta|gamma|delta|epsilon|zeta|theta)(?:-[0-9n][0-9a-z]*)?|sodium|disodium|trisodium|potassium|calcium"
    r"|pegol|estrogens|mustard|[a-z]{3,}(?:ate|ide|tin|tine|tan|cin|cel|vec|cept|mab|xetan|can|sirine|tox)"
)
_MIN_SHARE = 0.8
_SUBSTANCE_ATC = 7


def add_thesaurus_names(identity: Identity, rows: Iterable[ThesaurusName]) -> None:
    """Let every French name of the thesaurus mean a substance; one that nothing explains becomes its own."""
    for row in rows:
        owner = identity.french(row.name)
        draft = identity.drafts[owner] if owner else identity.add(slug(row.name), row.name, "thesaurus-names")
        draft.label(row.name, "thesaurus-names")
        identity.claim(row.name, draft.id)
        draft.code("rxnorm", row.rxcui, "thesaurus-names")


def add_product_atc(identity: Identity, products: Iterable[ProductRow]) -> None:
    """Give substances the ATC codes that the register gives to products of that substance alone."""
    seen: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for product in products:
        if len(product.atc) == _SUBSTANCE_ATC and product.homeopathic == "0" and product.substances:
            seen[product.atc][product.substances] += 1
    for atc, sets in seen.items():
        substances, count = sets.most_common(1)[0]
        if len(substances) == 1 and count >= _MIN_SHARE * sets.total() and substances[0] in identity.drafts:
            identity.drafts[substances[0]].code("atc", atc, "bdpm")


def substance_rows(
    identity: Identity, reviewed: Iterable[Reviewed], families: Iterable[FamilyRow]
) -> list[SubstanceRow]:
    """All rows. Left out are substances that only DrugBank knows, that have no INN, and that no reviewed row names."""
    rows = tuple(reviewed)
    named = {target for row in rows for target in (row.target.split(SEPARATOR) if row.target else ())}
    named |= {identifier for family in families for identifier in (family.family, family.member)}
    named |= {slug(row.target) for row in rows if row.kind == "inn"}
    french = {row.target: row.term for row in rows if row.kind == "fr"}
    codes = _kept_codes(identity, rows)
    return [
        _row(identity, draft, french.get(draft.id, ""), codes[draft.id])
        for draft in identity.drafts.values()
        if draft.sources != {"drugbank"} or draft.id in named or is_inn_like(draft)
    ]


def is_inn_like(draft: Draft) -> bool:
    """Whether a substance that one list alone knows has the name of a medicine rather than of a food or reagent."""
    first, *rest = draft.en.lower().split()
    if not _FIRST.fullmatch(first) or len(rest) > 1 or not all(map(_SECOND.fullmatch, rest)):
        return False
    if any(name.lower().endswith("um") and key(name)[:4] == key(first)[:4] for name in draft.labels):
        return True
    return bool(draft.codes.get("unii") and (rest or (len(first) > 6 and _INN.search(first))))


def _row(identity: Identity, draft: Draft, french: str, codes: Mapping[str, set[str]]) -> SubstanceRow:
    drugbank = [name for name, sources in draft.labels.items() if "drugbank" in sources]
    names = international(draft.en, drugbank)
    return SubstanceRow(
        draft.id,
        draft.en,
        fr=french or _french(identity, draft) or names.get("fr", ""),
        es=names.get("es", ""),
        de=names.get("de", ""),
        la=names.get("la", ""),
        atc=tuple(sorted(codes["atc"])),
        rxnorm=tuple(sorted(codes["rxnorm"])),
        unii=tuple(sorted(codes["unii"])),
        cas=tuple(sorted(codes["cas"])),
        source=tuple(sorted(draft.sources)),
    )


def _french(identity: Identity, draft: Draft) -> str:
    """The French name: without a salt where that is known to mean the substance, the thesaurus' own before others,
    with the register's accents."""
    thesaurus = {key(name) for name, sources in draft.labels.items() if "thesaurus-names" in sources}
    stated = [name for name, sources in draft.labels.items() if sources & {"bdpm", "thesaurus-names"}]
    plain = [form for name in stated if (form := _plain(identity, draft, name))]
    names = plain or [name.lower() for name in stated if "(" not in name]
    counts = Counter(key(name) for name in names)

    def rank(name: str) -> tuple[bool, int, int, int, str]:
        return (key(name) not in thesaurus, -counts[key(name)], len(name), sum(map(str.isascii, name)), name)

    return min(names, key=rank, default="")


def _plain(identity: Identity, draft: Draft, name: str) -> str:
    """The bare moiety inside a French name, with its accents, if that alone means the substance."""
    lowered = name.lower()
    folded = unaccent(lowered)
    form = list(moiety_forms(name))[-1]
    at = folded.find(form)
    if identity.exact(form) != draft.id or at < 0 or len(folded) != len(lowered) or "(" in form:
        return ""
    return lowered[at : at + len(form)]


def _kept_codes(identity: Identity, reviewed: Iterable[Reviewed]) -> Codes:
    """Codes by substance and system: those that one substance alone claims and that hold, and those decided on."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in identity.drafts.values():
        for system, codes in draft.codes.items():
            for code in _trusted(system, codes):
                owners[system, code].add(draft.id)
    for row in reviewed:
        if row.kind in ("rxnorm", "atc"):
            owners[row.kind, row.term] = {row.target} - {""}
    kept: Codes = defaultdict(lambda: defaultdict(set))
    for (system, code), ids in owners.items():
        if len(ids) == 1 and _is_valid(system, code):
            kept[next(iter(ids))][system].add(code)
    return kept


def _trusted(system: str, codes: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    """Of the codes of one substance those to believe.

    RxNorm: those of the thesaurus mapping; without any the one that the English thesaurus gives most often (it holds
    typing errors). ATC: codes of single substances, of the register before those of the English thesaurus.
    """
    if system == "rxnorm":
        mapped = [code for code, votes in codes.items() if "thesaurus-names" in votes]
        return mapped or [max(codes, key=lambda code: (sum(codes[code].values()), code))]
    if system == "atc":
        return [code for code, votes in codes.items() if "bdpm" in votes or not _is_combination(code)]
    return codes


def _is_combination(atc: str) -> bool:
    return bool(_COMBINATIONS.match(atc)) or int(atc[5:7]) >= 50


def _is_valid(system: str, code: str) -> bool:
    try:
        {"atc": Atc, "rxnorm": RxCui, "unii": Unii, "cas": Cas}[system](code)
    except InvalidCode:
        return False
    return True
