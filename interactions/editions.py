"""How old the edition of a source is."""

from __future__ import annotations

from datetime import date

from interactions.findings import Edition
from interactions.knowledge import Source

OUTDATED_MONTHS = 12


def age(source: Source, today: date) -> Edition:
    """The age of an edition on a day.

    The day of publication counts where the source states it, else the first day of the edition's month.
    """
    published = _published(source)
    months = (today.year - published.year) * 12 + today.month - published.month
    whole = months - (today.day < published.day)
    # Twelve months and a day are past twelve months, though only twelve are whole.
    past = (months, today.day) > (OUTDATED_MONTHS, published.day)
    return Edition(source, max(whole, 0), past)


def _published(source: Source) -> date:
    try:
        return date.fromisoformat(source.published)
    except ValueError:
        return date.fromisoformat(f"{source.edition}-01")
