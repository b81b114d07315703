"""Products of the French register with their substances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from medinfo.medicines.build_codes import CodeMeanings
from medinfo.medicines.importers.bdpm_reader import BdpmRegister, Component, Product
from medinfo.medicines.routes import Routes
from medinfo.medicines.tables import ComponentRow, PackRow, ProductRow

UNKNOWN = "?"


def moieties(components: Iterable[Component]) -> tuple[Component, ...]:
    """The rows that name the substances of a product: of each link the SA rows, or the FT rows where it has no other.

    The FT rows are not taken first: the register writes iodine for iohexol and cysteine for acetylcysteine there.
    They serve to tell which moiety an SA row stands for.
    """
    groups: dict[tuple[str, str], list[Component]] = defaultdict(list)
    for row in components:
        if not row.homeopathic:
            groups[row.element, row.link].append(row)
    chosen: list[Component] = []
    for rows in groups.values():
        chosen += [row for row in rows if row.nature == "SA"] or rows
    return tuple(chosen)


def product_rows(
    register: BdpmRegister, meanings: Mapping[str, tuple[str, ...]], routes: Routes
) -> tuple[ProductRow, ...]:
    """Rows of `products.tsv`.

    Args:
        register: the register as read.
        meanings: substance code to substance ids (none: no active substance). A code that is not there becomes `?CODE`.
        routes: finds route slugs.
    """
    components: dict[str, list[Component]] = defaultdict(list)
    for row in register.components:
        components[row.cis].append(row)
    return tuple(
        _row(product, components[product.cis], register.atc.get(product.cis, ""), meanings, routes)
        for product in register.products
    )


def _row(
    product: Product,
    components: list[Component],
    atc: str,
    meanings: Mapping[str, tuple[str, ...]],
    routes: Routes,
) -> ProductRow:
    homeopathic = product.homeopathic or (bool(components) and all(row.homeopathic for row in components))
    found = () if homeopathic else moieties(components)
    substances = {identifier for row in found for identifier in meanings.get(row.code, (f"{UNKNOWN}{row.code}",))}
    return ProductRow(
        product.cis,
        product.title,
        product.form,
        tuple(sorted({slug for route in product.routes if (slug := routes.parse(route))})),
        "archived" if product.archived else "active",
        "1" if homeopathic else "0",
        tuple(sorted(substances)),
        atc,
        ("bdpm",),
    )


def pack_rows(register: BdpmRegister) -> tuple[PackRow, ...]:
    """Rows of `packs.tsv`: packs of the register's products."""
    known = {product.cis for product in register.products}
    return tuple(PackRow(pack.cip13, pack.cip7, pack.cis, ("bdpm",)) for pack in register.packs if pack.cis in known)


def component_rows(meanings: CodeMeanings) -> tuple[ComponentRow, ...]:
    """Rows of `components.tsv`."""
    return tuple(ComponentRow(code, found, meanings.how[code]) for code, found in meanings.substances.items())
