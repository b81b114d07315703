from decimal import Decimal

import pytest

from interactions.doses import UNREAD, Dose, compare, read_dose


def _daily(amount: str, intake: str | None = None, at_most: str | None = None) -> Dose:
    return Dose(Decimal(intake) if intake else None, Decimal(at_most or intake or amount), day=Decimal(amount))


def _weekly(amount: str, intake: str | None = None) -> Dose:
    return Dose(Decimal(intake) if intake else None, Decimal(intake or amount), week=Decimal(amount))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("75 mg/j", _daily("75")),
        ("3 g per day", _daily("3000")),
        ("3g/24h", _daily("3000")),
        ("150 MG / JOUR", _daily("150")),
        ("0,125 mg al día", _daily("0.125")),
        ("100 µg täglich", _daily("0.1")),
        ("100 μg am Tag", _daily("0.1")),
        ("50 mcg daily", _daily("0.05")),
        ("250 microgrammes par jour", _daily("0.25")),
        ("2 grammi al giorno", _daily("2000")),
        ("20 mg por dia", _daily("20")),
        ("3 g par jour en 3 prises", _daily("3000")),
        ("1 g 3 fois par jour", _daily("3000", "1000")),
        ("1 g x 3/j", _daily("3000", "1000")),
        ("1 g ×3 par jour", _daily("3000", "1000")),
        ("3 x 1 g/j", _daily("3000", "1000")),
        ("1 g three times a day", _daily("3000", "1000")),
        ("500 mg twice daily", _daily("1000", "500")),
        ("500 mg zweimal täglich", _daily("1000", "500")),
        ("500 mg 2 veces al día", _daily("1000", "500")),
        ("500 mg due volte al giorno", _daily("1000", "500")),
        ("500 mg três vezes ao dia", _daily("1500", "500")),
        ("1 g tid", _daily("3000", "1000")),
        ("500 mg every 8 hours", _daily("1500", "500")),
        ("500 mg toutes les 6 heures", _daily("2000", "500")),
        ("1 g/12h", _daily("2000", "1000")),
        ("15 mg/semaine", _weekly("15")),
        ("7,5 mg/week", _weekly("7.5")),
        ("10 mg once weekly", _weekly("10", "10")),
        ("10 mg une fois par semaine", _weekly("10", "10")),
        ("10 mg einmal wöchentlich", _weekly("10", "10")),
        ("10 mg una vez a la semana", _weekly("10", "10")),
        ("10 mg una volta alla settimana", _weekly("10", "10")),
        ("10 mg uma vez por semana", _weekly("10", "10")),
    ],
)
def test_a_dose_with_a_schedule_is_read(text, expected):
    assert read_dose(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "500 mg",  # a tablet, an intake or a day
        "1 g",
        "2 cp par jour",
        "1-2 g/j",
        "max 3 g/day",
        "500 mg if needed",
        "1 g 3 fois par jour si besoin",
        "10 mg/kg/j",
        "100 mg/m²/semaine",
        "1.500 mg/j",  # one and a half, or fifteen hundred
        "1,500 mg/day",
        "2 500 mg/j",  # two of 500, or 2500
        "5 gr/day",  # grams or grains
        "10 mg qd",
        "10 mg od",
        "0 x 1 g/j",
        "1 g every 5 h",
        "1 g/0h",
        "10 UI/j",
        "-3 g/j",
        "3 g/mois",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(text):
    assert read_dose(text) == UNREAD


@pytest.mark.parametrize(
    ("dose", "operator", "limit", "per", "expected"),
    [
        ("3 g/j", ">=", "3000", "day", True),
        ("3 g/j", ">", "3000", "day", False),
        ("3 g/j", "<=", "3000", "day", True),
        ("3 g/j", "<", "3000", "day", False),
        ("75 mg/j", ">=", "3000", "day", False),
        ("15 mg/week", ">", "20", "week", False),
        ("25 mg/week", ">", "20", "week", True),
        ("1 g tid", ">=", "1000", "dose", True),
        ("500 mg tid", ">=", "1000", "dose", False),
    ],
)
def test_a_known_dose_is_compared_exactly(dose, operator, limit, per, expected):
    assert compare(read_dose(dose), operator, Decimal(limit), per) is expected


@pytest.mark.parametrize(("operator", "expected"), [(">=", False), (">", False), ("<", True), ("<=", True)])
def test_a_whole_day_bounds_one_intake(operator, expected):
    assert compare(read_dose("500 mg/day"), operator, Decimal(1000), "dose") is expected


@pytest.mark.parametrize("operator", [">=", ">", "<", "<="])
def test_a_day_above_the_limit_of_one_intake_leaves_it_open(operator):
    assert compare(read_dose("3 g/day"), operator, Decimal(1000), "dose") is None


@pytest.mark.parametrize(
    ("dose", "per"), [("2.5 mg/day", "week"), ("15 mg/week", "day"), ("500 mg", "day"), ("500 mg", "dose")]
)
def test_no_period_is_turned_into_another(dose, per):
    assert compare(read_dose(dose), ">=", Decimal(1), per) is None
