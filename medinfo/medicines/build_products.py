"""Products of the French register with their substances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from medinfo.medicines.importers.bdpm import BdpmRegister, Component
from medinfo.medicines.tables import PackRow, ProductRow

UNKNOWN = "?"


def moieties(components: tuple[Component, ...]) -> tuple[Component, ...]:
    """One row for each substance of a product: rows of one link are one substance, the moiety (FT) before the salt."""
    links: dict[tuple[str, str], list[Component]] = defaultdict(list)
    for row in components:
        if not row.homeopathic:
            links[row.element, row.link].append(row)
    chosen: list[Component] = []
    for rows in links.values():
        chosen += [row for row in rows if row.nature == "FT"] or rows
    return tuple(chosen)


def code_names(register: BdpmRegister) -> dict[str, tuple[str, ...]]:
    """Names of each substance code, the most frequent first, homeopathic preparations apart."""
    homeopathic = {product.cis for product in register.products if product.homeopathic}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in register.components:
        if row.cis not in homeopathic and not row.homeopathic:
            names[row.code][row.name] += 1
    return {code: tuple(name for name, _ in counts.most_common()) for code, counts in sorted(names.items())}


def product_rows(
    register: BdpmRegister, substances_of: Callable[[str], tuple[str, ...]], route_of: Callable[[str], str | None]
) -> tuple[ProductRow, ...]:
    """Rows of `products.tsv`.

    Args:
        register: the register as read.
        substances_of: substance ids of a substance code; empty for a code that is no active substance.
        route_of: route slug of a printed route, or None.
    """
    by_product: dict[str, list[Component]] = defaultdict(list)
    for row in register.components:
        by_product[row.cis].append(row)
    rows = []
    for product in register.products:
        components = by_product[product.cis]
        homeopathic = product.homeopathic or (bool(components) and all(row.homeopathic for row in components))
        found = () if homeopathic else moieties(tuple(components))
        substances = sorted({identifier for row in found for identifier in substances_of(row.code)})
        routes = sorted({slug for route in product.routes if (slug := route_of(route))})
        rows.append(
            ProductRow(
                product.cis,
                product.title,
                product.form,
                tuple(routes),
                "archived" if product.archived else "active",
                "1" if homeopathic else "0",
                tuple(substances),
                register.atc.get(product.cis, ""),
                ("bdpm",),
            )
        )
    return tuple(rows)


def pack_rows(register: BdpmRegister) -> tuple[PackRow, ...]:
    """Rows of `packs.tsv`."""
    return tuple(PackRow(pack.cip13, pack.cip7, pack.cis, ("bdpm",)) for pack in register.packs)
