from datetime import date

import pytest

from interactions.editions import age
from interactions.knowledge import Source


@pytest.mark.parametrize(
    ("published", "today", "months", "outdated"),
    [
        ("2023-09-15", date(2023, 9, 15), 0, False),
        ("2023-09-15", date(2023, 10, 14), 0, False),
        ("2023-09-15", date(2023, 10, 15), 1, False),
        ("2023-09-15", date(2024, 9, 15), 12, False),
        ("2023-09-15", date(2024, 9, 16), 12, True),
        ("2023-09-15", date(2024, 10, 3), 12, True),
        ("2023-09-15", date(2026, 11, 23), 38, True),
        ("", date(2024, 9, 1), 12, False),  # the month of the edition begins on its first day
        ("", date(2024, 9, 2), 12, True),
        ("September", date(2023, 10, 1), 1, False),
        ("2023-09-15", date(2023, 9, 1), 0, False),  # a clock that is behind
    ],
)
def test_an_edition_is_outdated_once_twelve_months_are_past(published, today, months, outdated):
    found = age(Source("s", "p", "t", "2023-09", published, 1, ""), today)
    assert (found.age_months, found.outdated) == (months, outdated)
