"""Faults of translation, made on purpose, each one change in a target text in French, Spanish or Portuguese.

An operator takes a pair and gives every target that it can make of it. They know nothing of the tables of the checks:
their words stand here and in `mutations.toml`. A change that says the same is not made in the first place: the places
where an operator leaves something out say why.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A source and its reference translation."""

    source: str
    target: str
    language: str
    file: str
    line: int


_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _exchanged(section: str) -> dict[str, list[tuple[str, str]]]:
    """Words and what they are exchanged for, by language."""
    return {
        language: [(old, new) for old, _, new in (line.partition(" > ") for line in lines)]
        for language, lines in _WORDS[section].items()
    }


Operator = Callable[[Case, random.Random], Iterable[str]]
OPERATORS: dict[str, Operator] = {}

NUMBER = re.compile(r"(?<![\w.,\-–/])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w\-–/]|[.,]\d)")
_MONTHS: dict[str, list[str]] = _WORDS["months"]


def operator(function: Operator) -> Operator:
    """Put a function among the operators, under its own name."""
    OPERATORS[function.__name__] = function
    return function


def put(text: str, start: int, end: int, new: str) -> str:
    """The text with one stretch replaced, and no two blanks in a row."""
    return re.sub(r"  +", " ", text[:start] + new + text[end:]).strip()


def exchanges(text: str, table: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The text with one word or phrase replaced by another, for every place where one of the table stands."""
    for old, new in table:
        # "se deben a" is "are due to", no duty.
        for found in re.finditer(
            rf"(?<![\w-]){re.escape(old)}(?![\w-]|(?: \w+mente)? [aà]\b|(?: \w+mente)? aos?\b)", text, re.IGNORECASE
        ):
            said = new.capitalize() if found.group()[0].isupper() and not found.group().isupper() else new
            yield put(text, found.start(), found.end(), said)


# ---- numbers ----


@operator
def digit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    for found in NUMBER.finditer(case.target):
        text = found.group()
        at = rng.choice([index for index, char in enumerate(text) if char.isdigit()])
        digit = rng.choice([char for char in "123456789" if char != text[at]])
        yield put(case.target, found.start(), found.end(), text[:at] + digit + text[at + 1 :])


@operator
def decimal_shifted(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.,])(\d+),(\d)(\d*)(?![\w.,])", case.target):
        whole, first, rest = found.groups()
        yield put(case.target, found.start(), found.end(), f"{whole}{first},{rest}" if rest else whole + first)
    for found in re.finditer(r"(?<![\w.,])[1-9]\d?(?= ?(?:%|mg|g|ml|µg|jours|días|dias|ans|años|anos)\b)", case.target):
        yield put(case.target, found.start(), found.end(), found.group() + "0")


@operator
def thousands_as_decimals(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.,])(\d{1,3})[.\u202f\u00a0 ](\d{3})(?![\w.,]| ?\d)", case.target):
        yield put(case.target, found.start(), found.end(), f"{found[1]},{found[2]}")
    for found in re.finditer(r"(?<![\w.,])(\d{1,3}),(\d{3})(?![\w.,])", case.target):
        yield put(case.target, found.start(), found.end(), f"{found[1]} {found[2]}")


@operator
def number_dropped(case: Case, rng: random.Random) -> Iterator[str]:
    for found in NUMBER.finditer(case.target):
        yield put(case.target, found.start(), found.end(), "")


@operator
def number_added(case: Case, rng: random.Random) -> Iterator[str]:
    places = [found.end() for found in re.finditer(r"(?<=\w) (?=[a-zà-ü]{4,})", case.target)]
    if places:
        at = rng.choice(places)
        yield put(case.target, at, at, f"{rng.randint(2, 900)} ")


_NUMBER_WORDS: dict[str, list[str]] = _WORDS["numbers"]


@operator
def number_word_changed(case: Case, rng: random.Random) -> Iterator[str]:
    words = _NUMBER_WORDS[case.language]
    for word in words:
        yield from exchanges(case.target, [(word, rng.choice([other for other in words if other != word]))])


# ---- units ----


@operator
def unit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    others = {
        "mg": "g", "g": "mg", "µg": "mg", "mcg": "mg", "kg": "g", "ml": "l", "mL": "L", "l": "ml", "L": "mL",
        "mm": "cm", "cm": "mm", "μm": "mm", "µm": "mm", "nm": "mm", "m": "km", "km": "m", "%": "‰",
        "mmol": "µmol", "mg/l": "g/l", "°C": "°F", "kDa": "Da", "mmHg": "kPa", "kb": "b",
    }  # fmt: skip
    for found in re.finditer(
        r"(?<=\d)([ \u00a0\u202f]?)(mg|g|µg|mcg|kg|ml|mL|l|L|mm|cm|[µμ]m|nm|km|m|%|mmol|°C)(?![\w/])", case.target
    ):
        yield put(case.target, found.start(), found.end(), found[1] + others[found[2]])


_TIMES = _exchanged("time-units")


@operator
def time_unit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    numbers = "|".join(_NUMBER_WORDS[case.language])
    for old, new in _TIMES[case.language]:
        for found in re.finditer(
            rf"(?<!\w)((?:\d+|{numbers})(?:[ \u00a0\u202f]))({old})(?!\w)", case.target, re.IGNORECASE
        ):
            yield put(case.target, found.start(2), found.end(2), new)


# ---- names ----

LOOK_ALIKES = dict(_exchanged("look-alikes")["all"])


@operator
def medicine_replaced(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, LOOK_ALIKES.items())


@operator
def medicines_swapped(case: Case, rng: random.Random) -> Iterator[str]:
    names = "|".join(map(re.escape, LOOK_ALIKES))
    found = list(re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", case.target, re.IGNORECASE))
    for one, other in pairwise(found):
        between = case.target[one.end() : other.start()]
        # "A and B" says the same as "B and A": at least a figure or three words must part the two.
        if one.group().lower() != other.group().lower() and (re.search(r"\d", between) or len(between.split()) >= 3):
            text = put(case.target, other.start(), other.end(), one.group())
            yield put(text, one.start(), one.end(), other.group())


# ---- how often ----

_FREQUENCIES = _exchanged("frequencies")


@operator
def frequency_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _FREQUENCIES[case.language])


@operator
def interval_changed(case: Case, rng: random.Random) -> Iterator[str]:
    pattern = {"fr": r"toutes les (\d+) ?h", "es": r"cada (\d+) ?h", "pt": r"cada (\d+) ?h"}[case.language]
    for found in re.finditer(pattern, case.target, re.IGNORECASE):
        yield put(case.target, found.start(1), found.end(1), "6" if found[1] != "6" else "8")


_TIMES_A = _exchanged("times")


@operator
def times_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _TIMES_A[case.language])


# ---- sides, routes ----

_SIDES = _exchanged("sides")


@operator
def side_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _SIDES[case.language])


_ROUTES = _exchanged("routes")


@operator
def route_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _ROUTES[case.language])


# ---- negations ----

_NOT = {
    "fr": re.compile(
        r"(?<!\w)(?:ne |n[’'])([\w’'-]+(?: [\w’'-]+){0,2}?) (?:pas|plus|jamais)(?: encore| toujours)?"
        r"(?= (?!que\b|qu[’']|seulement|plus\b|exclusivement)|[.,;])",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"(?<!\w)no (?=(?:se |es |hay |está|han?|pued|deb|fue|son |tien|ten|exist|hab|com|us|tom|adm|lo |le |me )\w*)"
        r"(?!\w+ (?:más que|solo|sólo))",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        r"(?<!\w)não (?=(?:se |é |há |está|pode|dev|foi|são |tem|têm|tinha|exist|hav|use|tom|adm|fo|ha|o |a )\w*)",
        re.IGNORECASE,
    ),
}
_WITHOUT = {"fr": ("sans", "avec"), "es": ("sin", "con"), "pt": ("sem", "com")}
_CONCORD = re.compile(
    r"^[^.,;:]{0,60}\b(?:ning[uú]n\w*|nada|nadie|nunca|nenhum\w*|ninguém|aucune?|ni|nem)\b", re.IGNORECASE
)
"""A second negative word in the clause: without the first it still negates."""
_FIXED = {
    "fr": re.compile(r"sans (?:doute|cesse|précédent|s[’']y|toutefois|abri|aucun doute|frontières)", re.IGNORECASE),
    "es": re.compile(r"sin (?:embargo|duda|precedentes|cesar|fronteras)", re.IGNORECASE),
    "pt": re.compile(r"sem (?:dúvida|precedentes|cessar|fronteiras)", re.IGNORECASE),
}
"""Phrases in which such a word does not negate: without it they say nothing else."""


@operator
def negation_removed(case: Case, rng: random.Random) -> Iterator[str]:
    for found in _NOT[case.language].finditer(case.target):
        if _CONCORD.match(case.target[found.end() :]) or found.group().lower().startswith("n’est-ce"):
            continue
        yield put(case.target, found.start(), found.end(), f"{found[1]} " if case.language == "fr" else "")
    without, with_ = _WITHOUT[case.language]
    for found in re.finditer(rf"(?<!\w){without}(?= \w)", case.target, re.IGNORECASE):
        if not _FIXED[case.language].match(case.target, found.start()):
            yield put(case.target, found.start(), found.end(), with_)


_VERBS = {language: rf"({'|'.join(verbs)})" for language, verbs in _WORDS["verbs"].items()}


@operator
def negation_added(case: Case, rng: random.Random) -> Iterator[str]:
    negated = {
        "fr": r"(?:ne |n[’']|se |s[’']|y |en |le |la |l[’']|nous |vous |-t-)$",
        "es": r"(?:no |se |lo |le |me |ni )$",
        "pt": r"(?:não |se |nem |o |lhe )$",
    }
    for found in re.finditer(rf"(?<=\w ){_VERBS[case.language]}(?= \w)", case.target):
        if re.search(negated[case.language], case.target[: found.start()], re.IGNORECASE):
            continue  # an article or a pronoun before it: the word may be no verb here
        before = re.search(r"(\w+) $", case.target[: found.start()])
        if found[1] in {"a", "es", "ha", "é"} and before and before[1].lower() in {"il", "y", "que", "a", "e", "o"}:
            continue
        verb = found[1]
        if case.language == "fr":
            said = f"n’{verb} pas" if verb[0] in "aeéèiou" else f"ne {verb} pas"
        else:
            said = f"{'no' if case.language == 'es' else 'não'} {verb}"
        yield put(case.target, found.start(), found.end(), said)


# ---- how strongly ----

_STRENGTHS = _exchanged("strengths")
_NEAR = {"fr": r"(?:pas|plus|non|jamais)[\w’' ]{0,20}$", "es": r"\bno[\w ]{0,20}$", "pt": r"\bnão[\w ]{0,20}$"}


@operator
def strength_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _STRENGTHS[case.language])


_DUTIES = _exchanged("duties")


@operator
def duty_weakened(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _DUTIES[case.language])


@operator
def option_strengthened(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, [(new, old) for old, new in _DUTIES[case.language]])


# ---- comparisons ----


@operator
def sign_turned(case: Case, rng: random.Random) -> Iterator[str]:
    turned = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "±": "≥"}
    for found in re.finditer(r"[<>≤≥](?= ?\d)", case.target):
        yield put(case.target, found.start(), found.end(), turned[found.group()])


_COMPARED = _exchanged("comparisons")


@operator
def comparison_turned(case: Case, rng: random.Random) -> Iterator[str]:
    # Before a figure only: "plus de personnes" compares with no figure; "jusqu'à" before a date is no limit of a value.
    for old, new in _COMPARED[case.language]:
        for found in re.finditer(
            rf"(?<!\w){old}(?= ?\d)(?! ?\d+ de [a-zç]|(?: ?\d{{1,2}})? ?(?:19|20)\d\d)", case.target, re.IGNORECASE
        ):
            yield put(case.target, found.start(), found.end(), new)


# ---- dates ----


@operator
def month_changed(case: Case, rng: random.Random) -> Iterator[str]:
    months = _MONTHS[case.language]
    for month in months:
        for found in re.finditer(
            rf"(?<=\d )(?:de )?({month})(?= \d| de \d)|(?<!\w)({month})(?= (?:de )?\d{{4}})", case.target
        ):
            group = 1 if found[1] else 2
            yield put(case.target, found.start(group), found.end(group), rng.choice([m for m in months if m != month]))


@operator
def date_order_changed(case: Case, rng: random.Random) -> Iterator[str]:
    months = _MONTHS[case.language]
    for found in re.finditer(rf"(?<!\d)([1-9]|1[0-2])(?:er)? (?:de )?({'|'.join(months)})(?!\w)", case.target):
        day, month = int(found[1]), months.index(found[2]) + 1
        if day != month:
            between = " de " if case.language != "fr" else " "
            yield put(case.target, found.start(), found.end(), f"{month}{between}{months[day - 1]}")
    for found in re.finditer(r"(?<!\d)(\d\d)/(\d\d)/(\d{4})(?!\d)", case.target):
        if found[1] != found[2]:
            yield put(case.target, found.start(), found.end(), f"{found[2]}/{found[1]}/{found[3]}")


# ---- places ----


@operator
def figures_swapped(case: Case, rng: random.Random) -> Iterator[str]:
    found = list(NUMBER.finditer(case.target))
    for one, other in pairwise(found):
        between = case.target[one.end() : other.start()]
        # Two numbers of one range or one list are told apart by nothing but their order; those stay too.
        if one.group() != other.group() and between.strip():
            text = put(case.target, other.start(), other.end(), one.group())
            yield put(text, one.start(), one.end(), other.group())


# ---- codes ----


@operator
def code_altered(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Za-z][\w-]*\d[\w-]*(?![\w-])", case.target):
        code = found.group()
        at = rng.choice([index for index, char in enumerate(code) if char.isdigit()])
        yield put(
            case.target,
            found.start(),
            found.end(),
            code[:at] + str((int(code[at]) + rng.randint(1, 8)) % 10) + code[at + 1 :],
        )
    for found in re.finditer(r"https?://\S{6,}|\{\w+\}", case.target):
        at = found.start() + rng.randint(2, len(found.group()) - 2)
        yield put(case.target, at, at + 1, "x" if case.target[at] != "x" else "y")


# ---- the whole ----


@operator
def phrase_looped(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.target.split(" ")
    if len(words) > 3:
        size = rng.randint(1, min(4, len(words) - 1))
        at = rng.randint(0, len(words) - size)
        loop = words[at : at + size]
        if re.search(r"[^\W\d_]{2}", " ".join(loop)):
            yield " ".join(words[:at] + loop * rng.randint(3, 5) + words[at + size :])


@operator
def cut_in_half(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.target.split()
    if len(words) >= 6:  # half of five words can be a translation of them
        yield " ".join(words[: len(words) // 2])


@operator
def left_untranslated(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.source.split()
    if len(words) >= 4 and case.source != case.target:
        yield case.source


@operator
def half_untranslated(case: Case, rng: random.Random) -> Iterator[str]:
    said, came = case.source.split(), case.target.split()
    if len(said) >= 12:
        yield " ".join(came[: len(came) // 2] + said[len(said) // 2 :])
