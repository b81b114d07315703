"""Brand names: which part of a product's title is the brand, and which substances each brand stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from medinfo.medicines.build_text import clean, key

Sets = dict[str, dict[tuple[str, ...], set[str]]]

_STOP = re.compile(
    r"(?i)(?:,| \d| \(|/| pour cent\b|%| sans sucre\b| enfants?\b| adultes?\b| nourrissons?\b| L\.?P\.?\b| comprim| g[ée]lule| solution| cr[èe]me| pommade"
    r"| gel\b| sirop| collyre| suppositoire| poudre| suspension| capsule| granul| sachet| spray| patch| dispositif)"
)


def brand_of(title: str) -> str:
    """The brand part of a French product title: what stands before strength, form and age words."""
    return clean(_STOP.split(title, maxsplit=1)[0])


class Names:
    """Names gathered with the sets of substances that they stand for."""

    def __init__(self) -> None:
        self._sets: Sets = defaultdict(lambda: defaultdict(set))
        self._spelling: dict[str, str] = {}

    def add(self, name: str, substances: Iterable[str], source: str) -> None:
        """Note that a source uses the name for these substances."""
        folded = key(name)
        known = tuple(sorted(set(substances)))
        if len(folded) < 2 or not known:
            return
        self._spelling.setdefault(folded, name)
        self._sets[folded][known].add(source)

    def items(self) -> Iterable[tuple[str, Mapping[tuple[str, ...], set[str]]]]:
        """Each name with its sets and their sources."""
        return ((self._spelling[folded], sets) for folded, sets in sorted(self._sets.items()))

    def __contains__(self, name: str) -> bool:
        return key(name) in self._sets
