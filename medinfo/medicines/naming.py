"""How a medicine named in one language is said in another: its INN there, or its brand as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.normalise import fold

_REMEMBERED = 20_000


class Naming:
    """Names medicines in other languages. Safe to call from several threads.

    Args:
        catalogue: all known names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.said = lru_cache(_REMEMBERED)(self._said)
        """`said(written, substances, language)`: see `_said`; remembered."""

    def _said(self, written: str, substances: Sequence[str], language: str) -> str | None:
        """A name in another language.

        Args:
            written: as it stands in a text. substances: ids of what it stands for.
            language: to say it in.

        Returns:
            The INN in that language where an INN was written, the brand unchanged where a brand was; None where it is
            another kind of name (a salt, a synonym) or the language's INN is not known: then nobody should replace it.
        """
        if len(substances) == 1 and (inn := self._inn(written, substances[0], language)) is not None:
            return _cased(inn, written)
        if not substances:
            return None
        wanted = fold(written)
        known = set.intersection(*({fold(name) for name in self._catalogue.brands(one)} for one in substances))
        return written if wanted in known else None

    def _inn(self, written: str, identifier: str, language: str) -> str | None:
        substance = self._catalogue.substance(identifier)
        is_inn = fold(written) in {fold(name) for name in substance.names.values()}
        return substance.names.get(language) if is_inn else None


def _cased(name: str, like: str) -> str:
    """An INN in lower case, unless it is written in capitals or with a capital first letter."""
    plain = name.lower()
    if like.isupper() and len(like) > 1:
        return plain.upper()
    return plain[:1].upper() + plain[1:] if like[:1].isupper() else plain
