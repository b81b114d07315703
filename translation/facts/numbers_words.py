"""Numbers in words: "vingt-quatre", "twenty-four", "veinticuatro", "vierundzwanzig", "2.5 million", "mil millones"."""

from __future__ import annotations

import re
from decimal import Decimal

from translation.facts.lexicon import Lexicon, Part
from translation.facts.numbers import FRACTIONS
from translation.facts.tokens import Token

_ROMAN = re.compile(r"([IVX]{1,6})(?:e|eme|ème|er)?")
_ROMANS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
    "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21,
}  # fmt: skip
_LISTED = frozenset({"or", "and", "to", "ou", "et", "a", "o", "y", "e", "oder", "und", "bis", "of"})
_WITH_UNIT = re.compile(r"(\w{3,40}?)((?:minutig|stundig|tagig|wochig|monatig|jahrig|fach)(?:e[nrsm]?)?)")
_HYPHENS = frozenset("-\u2010\u2011")
_LONGEST = 24


class _Sum:
    """Adds up the parts of a number; says of each part whether it still belongs to it."""

    __slots__ = ("group", "last", "total")

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.last = ""

    @property
    def value(self) -> Decimal:
        return self.total + (self.group or 0)

    def takes(self, part: Part, language: str, joined: bool) -> bool:
        """Add a part, unless it starts another number ("two three")."""
        kind, size = part
        value = Decimal(size)
        group = self.group
        if kind == "dozen" or self.last == "dozen":
            taken = self.last in {"", "unit", "teen"} and not joined
            self.group = (group or 1) * value if taken else group
        elif kind in {"scale", "thousand"}:
            taken = self._multiplied(value, kind)
        elif kind == "zero" or self.last == "zero":
            taken = self.last == "" and not joined
            self.group = value if taken else group
        elif kind == "hundred":
            taken = group is None or (0 < group < 20 and self.last in {"unit", "teen"} and not joined)
            self.group = (group or Decimal(1)) * 100 if taken else group
        elif group is None:
            taken, self.group = True, value
        else:
            taken = self._added(kind, value, language)
        if taken:
            self.last = kind
        return taken

    def _added(self, kind: str, value: Decimal, language: str) -> bool:
        assert self.group is not None
        rest = self.group % 100
        if language == "fr" and rest == 4 and value == 20:
            self.group += 76
            return True
        below = {"unit": 10, "teen": 100, "full": 100, "ten": 100, "hundreds": 1000}[kind]
        fits = self.group % below == 0 and self.group >= below
        if language == "fr" and (kind == "teen" or value == 10) and rest in {60, 80}:
            fits = True
        if kind == "unit" and rest and rest < 20:
            fits = language == "fr" and rest in {10, 70, 90} and value >= 7
        if fits:
            self.group += value
        return fits

    def _multiplied(self, value: Decimal, kind: str) -> bool:
        if kind == "scale" and self.group is None and self.total and self.total % value:
            # "mil millones": a thousand millions.
            if self.total < value:
                self.total *= value
                return True
            return False
        if self.group is None and kind == "scale":
            return False
        if self.total and self.total % (value * 1000) and not (kind == "scale" and self.total < value):
            return False
        if kind == "scale" and self.total and self.total < value:
            self.total = (self.total + (self.group or 0)) * value
        else:
            self.total += (self.group or 1) * value
        self.group = None
        return True


def join(found: list[Token], words: Lexicon) -> list[Token]:
    """Join number words, and digits with a word of scale after them, into one number each.

    Args:
        found: the tokens of a text. words: of its language.
    """
    if words.language == "de":
        found = _taken_apart(found, words)
    result: list[Token] = []
    index, count = 0, len(found)
    while index < count:
        token = found[index]
        end = index
        if token.kind == "word":
            if token.key in FRACTIONS:
                token = _number(found, index, index + 1, FRACTIONS[token.key], words)
                end = index + 1
            elif words.parts and (token.key in words.articles or words.words(token.key)):
                end, value = _spelled(found, index, words)
                if end == index + 1 and not _certain(found, index, words):
                    end = index
                if end > index:
                    token = _number(found, index, end, value, words)
            elif token.key.endswith("halb") and (half := _and_a_half(token.key, words)):
                token = _number(found, index, index + 1, half, words)
                end = index + 1
            elif token.key in words.half and (end := _half_scale(found, index, words)):
                power = words.scales[found[end - 1].key]
                token = _number(found, index, end, power / 2, words)
            elif token.key in words.ordinals and _ordinal(found, index, words):
                token = _number(found, index, index + 1, Decimal(words.ordinals[token.key]), words)
                token.ordinal = True
                end = index + 1
            elif token.key[0] in "ivx" and (roman := _roman(found, index, words)):
                token = _number(found, index, index + 1, Decimal(roman), words)
                token.ordinal = True
                end = index + 1
        elif token.kind == "number":
            end = _scaled(found, index, words)
            if end == index and (suffix_end := _suffixed(found, index, words)):
                token.ordinal, token.end, end = True, found[suffix_end - 1].end, suffix_end
                result.append(token)
                index = end
                continue
            if end > index:
                token = _multiplied(found, index, end, words)
        result.append(token)
        index = max(end, index + 1)
    return result


_COUNTED = {
    "fr": frozenset({"les", "des", "aux", "ces", "ses", "a", "de", "entre", "ou", "et", "sur"}),
    "it": frozenset(
        {"i", "le", "gli", "dei", "delle", "degli", "da", "a", "tra", "fra", "di", "per", "ogni", "con", "in"}
    ),
}
_NO_NUMBER = frozenset({"se", "che", "non", "quando", "tu", "dove", "perche", "ti", "ci"})


def _certain(found: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a lone word is a number: "neuf" is new too, "sei" is "you are" too, "por ciento" is a unit."""
    key = found[index].key
    before = found[index - 1].key if index else ""
    after = found[index + 1] if index + 1 < len(found) else None
    word = after.key if after is not None and after.kind == "word" else ""
    parts = words.parts.get(key)
    if parts and parts[0][0] == "hundred":
        return before not in {"por", "per", "pour", "p", "vom"}
    if (words.language, key) == ("de", "acht"):
        return before not in {"gib", "gibt", "gebt", "geben", "gab", "ausser"} and word not in {"darauf", "auf"}
    if (words.language, key) not in {("fr", "neuf"), ("it", "sei")}:
        return True
    if before in _COUNTED[words.language] or word in words.units.root:
        return before not in _NO_NUMBER
    if key == "neuf":
        return word.endswith(("s", "x"))
    return before not in _NO_NUMBER and (word.endswith("i") or (word.endswith("e") and before != ""))


def _ordinal(found: list[Token], index: int, words: Lexicon) -> bool:
    """Whether an ordinal word is one here: "segundo" and "secondo" also say "according to"."""
    if found[index].key not in {"segundo", "secondo"}:
        # "segunda-feira" is Monday.
        return not (index + 2 < len(found) and found[index + 1].key == "-" and found[index + 2].key == "feira")
    listed = index > 1 and found[index - 2].key in words.first and found[index - 1].key == ","
    after = found[index + 1].key if index + 1 < len(found) else ""
    opens = after == "," and (index == 0 or found[index - 1].kind == "sign")
    return listed or opens or (index > 0 and found[index - 1].key in words.second_after)


def _roman(found: list[Token], index: int, words: Lexicon) -> int:
    """The value of a Roman numeral, only where a word beside it makes it certain: "stade IV", "XXe siècle"."""
    match = _ROMAN.fullmatch(found[index].text)
    if not match:
        return 0
    before = found[index - 1].key if index else ""
    after = found[index + 1].key if index + 1 < len(found) else ""
    beside = before in words.roman or after in words.roman_after
    at = index
    while not beside and at > 2 and index - at < 7 and (found[at - 1].kind == "sign" or found[at - 1].key in _LISTED):
        # "grade II or III", "Grad-IV"
        beside = found[at - 2].key in words.roman or (
            found[at - 3].key in words.roman and bool(_ROMAN.fullmatch(found[at - 2].text))
        )
        at -= 2
    if not beside or (found[index].text == "I" and index > 1 and found[index - 2].key in {"this", "that"}):
        return 0
    return _ROMANS.get(match[1], 0)


def _and_a_half(key: str, words: Lexicon) -> Decimal | None:
    """The value of "zweieinhalb", "eineinhalb" and "anderthalb"."""
    if words.language != "de" or not key.endswith(("einhalb", "anderthalb")):
        return None
    if key in {"anderthalb", "eineinhalb", "einundeinhalb"}:
        return Decimal("1.5")
    parts = words.words(key.removesuffix("einhalb").removesuffix("und"))
    return Decimal(parts[0][1]) + Decimal("0.5") if parts and len(parts) == 1 else None


def _taken_apart(found: list[Token], words: Lexicon) -> list[Token]:
    """Cut German adjectives of a number and a unit in two: "dreitägig" is three days, "zehnfach" ten times."""
    result: list[Token] = []
    for token in found:
        match = _WITH_UNIT.fullmatch(token.key) if token.kind == "word" and len(token.key) < 60 else None
        parts = words.words(match[1]) if match else None
        if not match or not parts or len(token.key) != len(token.text):
            result.append(token)
            continue
        cut = token.start + len(match[1])
        head, tail = token.text[: len(match[1])], token.text[len(match[1]) :]
        result.append(Token("word", token.start, cut, head, match[1], space=token.space))
        result.append(Token("word", cut, token.end, tail, match[2], space=False))
    return result


def _half_scale(found: list[Token], index: int, words: Lexicon) -> int:
    """The index after "half a million" or "demi-million"; 0 where it does not stand there."""
    at = index + 1
    if at < len(found) and (found[at].key in words.articles or found[at].key == "-"):
        at += 1
    return at + 1 if at < len(found) and found[at].key in words.scales else 0


def _suffixed(found: list[Token], index: int, words: Lexicon) -> int:
    """The index after the ending that makes digits ordinal ("3rd", "1er", "5 e jour"); 0 where there is none."""
    if index + 1 >= len(found):
        return 0
    token, after = found[index], found[index + 1]
    if after.kind == "number" or token.value is None or token.value != token.value.to_integral_value():
        return 0
    following = found[index + 2] if index + 2 < len(found) else None
    word = following is not None and following.kind == "word" and following.space and len(following.text) > 1
    if after.key == "°" and not after.space:
        # "53° temporada", but "45°, 20 °C"
        degree = words.language in {"es", "it", "pt"} and word and following is not None and following.text.islower()
        return index + 2 if degree else 0
    if after.key in words.suffixes and (not after.space or (words.language == "fr" and after.text == "e" and word)):
        return index + 2
    return 0


def _number(found: list[Token], start: int, end: int, value: Decimal, words: Lexicon) -> Token:
    first, last = found[start], found[end - 1]
    text = first.text if end == start + 1 else ""
    scaled = last.kind == "word" and last.key in words.scales
    return Token("number", first.start, last.end, text, "#", value, space=first.space, scaled=scaled)


def _spelled(found: list[Token], start: int, words: Lexicon) -> tuple[int, Decimal]:
    """The number in words that starts at a token: where it ends, and its value; `start` where there is none."""
    adding = _Sum()
    index = start
    end = start
    if found[start].key in words.articles:
        # "a hundred", "un million": an article only counts before a word of scale.
        follower = found[start + 1] if start + 1 < len(found) else None
        parts = words.words(follower.key) if follower and follower.kind == "word" else None
        if not parts or parts[0][0] not in {"hundred", "thousand", "scale", "dozen"}:
            return start, Decimal(0)
        if parts[0][0] == "scale":
            adding.takes(("unit", 1), words.language, False)
        index += 1
    limit = min(len(found), start + _LONGEST)
    while index < limit:
        token = found[index]
        joined = False
        if end > start and _hyphened_and(found, index, words, adding):
            index += 3
            joined = True
            token = found[index]
        elif end > start and _joins(found, index, words, adding):
            index += 1
            joined = True
            token = found[index]
        parts = words.words(token.key) if token.kind == "word" else None
        if parts is None and token.key in words.articles and (joined or _one_continues(token, words, adding)):
            parts = (("unit", 1),)
        if not parts or not all(adding.takes(part, words.language, joined) for part in parts):
            break
        index += 1
        end = index
    value = adding.value
    return (end, value) if end > start else (start, value)


def _one_continues(token: Token, words: Lexicon, adding: _Sum) -> bool:
    """Whether "one" belongs to the number before it: "a hundred one", "cent un"."""
    if adding.last not in {"hundred", "hundreds", "thousand"} and (words.language != "en" or adding.last != "ten"):
        return False
    return token.key in {"en": ("one",), "fr": ("un", "une"), "es": ("un", "uno", "una")}.get(words.language, ())


def _hyphened_and(found: list[Token], index: int, words: Lexicon, adding: _Sum) -> bool:
    """Whether "-et-" joins the number so far to the word after it: "soixante-et-onze"."""
    return (
        index + 3 < len(found)
        and found[index].key in _HYPHENS
        and found[index + 1].key in words.joiners
        and found[index + 2].key in _HYPHENS
        and found[index + 3].kind == "word"
        and adding.last == "ten"
    )


def _joins(found: list[Token], index: int, words: Lexicon, adding: _Sum) -> bool:
    """Whether a hyphen or an "and" joins the number so far to the number word after it."""
    token = found[index]
    if index + 1 >= len(found) or found[index + 1].kind != "word":
        return False
    follower = found[index + 1]
    if token.kind == "sign" and token.key in _HYPHENS and not token.space and not follower.space:
        return True
    if token.key not in words.joiners:
        return False
    if words.language == "en":
        return adding.last in {"hundred", "thousand", "scale"}
    if words.language in {"fr", "es"}:
        return adding.last == "ten"
    return words.language == "pt"


def _scaled(found: list[Token], start: int, words: Lexicon) -> int:
    """Where the words of scale after digits end: "2.5 million", "3 mil millones"."""
    index = start + 1
    while index < len(found) and index < start + 3 and found[index].kind == "word":
        key = found[index].key
        parts = words.parts.get(key)
        if not parts or parts[0][0] not in {"scale", "thousand"} or (key == "mi" and not found[index].space):
            break
        index += 1
    return index if index > start + 1 else start


def _multiplied(found: list[Token], start: int, end: int, words: Lexicon) -> Token:
    value = found[start].value or Decimal(0)
    for token in found[start + 1 : end]:
        value *= words.parts[token.key][0][1]
    joined = _number(found, start, end, value, words)
    joined.digits = True
    # Before "million" no one writes thousands: "1,250 million" stays in doubt, "2.5 million" is certain.
    joined.ambiguous = found[start].ambiguous
    return joined
