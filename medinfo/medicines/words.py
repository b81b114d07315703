"""Words beside a medicine's name: doses, forms, routes, salts, laboratories; and how they are taken off.

They are taken off step by step, from least to most, and the caller tries an exact match after each step, so that a
name that holds such a word ("potassium chloride", "Omega 3") is found before anything of it is lost. Words that can
change the medicine (plus, duo, codeine, forte, lente) are not in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from rapidfuzz.distance import OSA

from medinfo.medicines.normalise import fold, key, tokens

JOINS = frozenset("+/,;&")
_JOIN_WORDS = frozenset(("and", "et", "y", "und", "e", "con", "avec", "with", "mit", "com", "plus"))
_FORMS = frozenset(("form", "route", "release", "people", "dosing"))
_STEPS: tuple[frozenset[str], ...] = (
    frozenset(("strength", "homeopathic")),
    _FORMS,
    *(frozenset((kind,)) for kind in ("lab", "salt", "metal", "number")),
)
_PRIORITY = ("form", "route", "release", "people", "dosing", "salt", "metal", "lab", "filler")
_JOINED_STEPS = 3  # beyond the laboratory, a text that joins medicines is split first: "X + magnesium" keeps both
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_COUNT = re.compile(r"(?:x|bt|fl|tb|amp|ser|srg|fpe|fp|plq)\d+(?:ml|g|mg|l|m)?")  # "x30", "tb30g": packs
_DILUTION = frozenset(("ch", "dh", "lm"))
_SALT_OF = re.compile(r"(ate?|ato)$")  # an anion: "alendronate", "valproat", "clavulanato"
_LONGEST_PHRASE = 3
_MIN_CORRECTED = 6  # letters of a word that is put right: "comprimee", "sodiqe"
_MIN_METAL_NAME = 6  # letters of a name that a metal may be taken from: "losartan potassium", not "fer sodium"


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of the table is: its kind, and the route slug that it states or implies, or the metal of a salt."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in tokens, each with its kind.

    Attributes:
        kinds: `name`, `number`, `join`, `homeopathic`, or a kind of the table of words; as many as tokens.
        routes: slugs of the routes that the text states or implies. forms: form words. strength: dose words.
        metals: metals that salts are named by, in English: `potassium` of "losartan potassique".
    """

    tokens: tuple[str, ...]
    kinds: tuple[str, ...]
    routes: tuple[str, ...]
    forms: tuple[str, ...]
    strength: str
    metals: tuple[str, ...] = ()

    @property
    def homeopathic(self) -> bool:
        """Whether a homeopathic dilution ("9 CH") is written."""
        return "homeopathic" in self.kinds

    @property
    def joins(self) -> bool:
        """Whether the text joins several names ("a + b"), words that only describe left aside."""
        return "join" in self.kinds and len(self.parts()) > 1

    def parts(self) -> list[str]:
        """The text cut where it joins medicines; parts without any name word are left out."""
        parts: list[list[int]] = [[]]
        for index, kind in enumerate(self.kinds):
            if kind == "join":
                parts.append([])
            else:
                parts[-1].append(index)
        return [self._text(part) for part in parts if any(self._names(index) for index in part)]

    def _names(self, index: int) -> bool:
        return self.kinds[index] in ("name", "salt", "metal")

    def _text(self, part: Sequence[int]) -> str:
        return " ".join(self.tokens[index] for index in part)


@dataclass(frozen=True, slots=True)
class Variant:
    """What is left of a text after some steps of stripping.

    Attributes:
        key: index key of what is left. words: its tokens. step: number of steps done (0: only joins dropped).
    """

    key: str
    words: tuple[str, ...]
    step: int


class Words:
    """The table of words.

    Args:
        table: folded word or phrase to what it is. units: words that make the number before them a dose.
    """

    def __init__(self, table: Mapping[str, Word], units: frozenset[str]) -> None:
        self._table = dict(table)
        self._units = units
        self._long: dict[str, list[str]] = {}
        for word in table:
            if len(word) >= _MIN_CORRECTED and " " not in word:
                self._long.setdefault(word[0], []).append(word)

    @classmethod
    def load(cls) -> Words:
        """Read `data/words.tsv` of this package."""
        rows: dict[str, Word] = {}
        units: set[str] = set()
        text = files("medinfo.medicines").joinpath("data", "words.tsv").read_text("utf-8")
        for line in text.splitlines()[1:]:
            kind, word, value, _language = line.split("\t")
            phrase = " ".join(tokens(fold(word)))
            if kind == "unit":
                units.add(phrase)
            elif phrase not in rows or _PRIORITY.index(kind) < _PRIORITY.index(rows[phrase].kind):
                rows[phrase] = Word(kind, value)
        return cls(rows, frozenset(units))

    def kind(self, word: str) -> str:
        """Kind of a folded word, or "" when the table does not have it."""
        found = self._table.get(word)
        return found.kind if found else ""

    def correct(self, word: str) -> str:
        """The long word of the table that is one typing error away, if it is the only one; else the word itself."""
        if len(word) < _MIN_CORRECTED - 1 or word in self._table:
            return word
        near = [
            known
            for known in self._long.get(word[0], ())
            if abs(len(known) - len(word)) <= 1 and OSA.distance(word, known, score_cutoff=1) <= 1
        ]
        kinds = {self._table[known].kind for known in near}
        return near[0] if len(kinds) == 1 else word

    def mark(self, folded: str) -> Marked:
        """Tell the kind of every token of a folded text."""
        items = tokens(folded)
        kinds = ["name"] * len(items)
        routes: list[str] = []
        forms: list[str] = []
        strengths: list[str] = []
        metals: list[str] = []
        index = 0
        while index < len(items):
            end, kind = self._read(items, index)
            kinds[index:end] = [kind] * (end - index)
            phrase = " ".join(items[index:end])
            if kind == "strength":
                strengths.append(phrase)
            elif kind in ("form", "route", "release"):
                forms.append(phrase)
                routes.append(self._table[phrase].value)
            elif kind == "metal":
                metals.append(self._table[phrase].value)
            index = end
        return Marked(tuple(items), tuple(kinds), _routes(routes), tuple(forms), " ".join(strengths), tuple(metals))

    def _read(self, items: Sequence[str], index: int) -> tuple[int, str]:
        """End and kind of the token or phrase that starts at `index`."""
        item = items[index]
        if item[0].isdigit():
            return self._read_number(items, index)
        if item in JOINS:
            return index + 1, "join"
        for end in range(min(len(items), index + _LONGEST_PHRASE), index, -1):
            found = self._table.get(" ".join(items[index:end]))
            if found:
                return end, found.kind
        if item in _JOIN_WORDS and index and self._named(items, index + 1):
            return index + 1, "join"
        return index + 1, "dosing" if _COUNT.fullmatch(item) else "name"

    def _named(self, items: Sequence[str], index: int) -> bool:
        """Whether a name follows: in "vitamin e 400" and "vitamin e acetate" the `e` joins nothing."""
        return index < len(items) and items[index][0].isalpha() and self.kind(items[index]) in ("", "metal")

    def _read_number(self, items: Sequence[str], index: int) -> tuple[int, str]:
        """A number: a dose if a unit follows ("1 g/125 mg", "10 000 UI"), a count before a form, else bare."""
        end = index + 1
        while end < len(items) and len(items[end]) == 3 and items[end].isdigit():
            end += 1
        if end < len(items) and items[end] in _DILUTION:
            return end + 1, "homeopathic"
        unit = self._unit_end(items, end)
        if unit > end:
            return self._denominator_end(items, unit), "strength"
        if end + 1 < len(items) and items[end] in "/+" and _NUMBER.fullmatch(items[end + 1]):
            after, kind = self._read_number(items, end + 1)
            return after, kind
        if end < len(items) and self.kind(items[end]) == "form":
            return end, "strength"
        return end, "number"

    def _unit_end(self, items: Sequence[str], index: int) -> int:
        for end in range(min(len(items), index + _LONGEST_PHRASE), index, -1):
            if " ".join(items[index:end]) in self._units:
                return end
        return index

    def _denominator_end(self, items: Sequence[str], index: int) -> int:
        """Past "/5 ml", "/h", "/125 mg", repeated."""
        while index + 1 < len(items) and items[index] in "/+":
            after = index + 1
            while after < len(items) and _NUMBER.fullmatch(items[after]):
                after += 1
            end = self._unit_end(items, after)
            if end == after and (items[index] == "+" or after == index + 1):
                return index
            index = end
        return index


def variants(marked: Marked) -> Iterator[Variant]:
    """What is left of a text, step by step; each different key once, the full text first.

    Salts, metals and bare numbers are taken off only where the text names one medicine; never all name words.
    """
    seen: set[str] = set()
    dropped: frozenset[str] = frozenset()
    for step, kinds in enumerate((frozenset[str](), *_STEPS[: _JOINED_STEPS if marked.joins else None])):
        dropped |= kinds
        if step and kinds.isdisjoint(marked.kinds):
            continue
        # a product's title holds its strength, so the forms alone are taken off as well
        for words in (*_left(marked, dropped), *(_left(marked, _FORMS) if step == 1 else ())):
            found = key(" ".join(words))
            if found and found not in seen and not found.replace(" ", "").isdigit():
                seen.add(found)
                yield Variant(found, words, step)


def _left(marked: Marked, dropped: frozenset[str]) -> Iterator[tuple[str, ...]]:
    keep = [index for index, kind in enumerate(marked.kinds) if kind not in dropped or kind == "number"]
    if "metal" in dropped:
        keep = _without_metals(marked, dropped)
    if "number" in dropped:
        keep = _without_numbers(marked, keep)
    if dropped and not any(marked.kinds[index] == "name" for index in keep):
        return
    yield tuple(marked.tokens[index] for index in keep)
    unjoined = [index for index in keep if marked.kinds[index] != "join"]
    yield tuple(marked.tokens[index] for index in unjoined)
    yield tuple(marked.tokens[index] for index in _trim(marked, unjoined))


def _without_metals(marked: Marked, dropped: frozenset[str]) -> list[int]:
    """Take a metal off one long name word only ("losartan potassium", "sodium valproate")."""
    keep = [index for index, kind in enumerate(marked.kinds) if kind not in dropped or kind in ("metal", "number")]
    names = [index for index in keep if marked.kinds[index] == "name"]
    if len(names) != 1 or len(marked.tokens[names[0]]) < _MIN_METAL_NAME:
        return keep
    anion = _SALT_OF.search(marked.tokens[names[0]]) is not None
    return [index for index in keep if marked.kinds[index] != "metal" or not (anion or index > names[0])]


def _without_numbers(marked: Marked, keep: list[int]) -> list[int]:
    """Take off bare numbers behind the first name word."""
    first = next((index for index in keep if marked.kinds[index] == "name"), len(marked.tokens))
    return [index for index in keep if marked.kinds[index] != "number" or index < first]


def _trim(marked: Marked, keep: list[int]) -> list[int]:
    """Drop filler words that a removed word has left hanging ("chlorhydrate DE metformine")."""
    kept = list(keep)
    while len(kept) > 1 and _filler(marked, kept[0]) and kept[0] > 0:
        kept.pop(0)
    while len(kept) > 1 and _filler(marked, kept[-1]) and kept[-1] < len(marked.tokens) - 1:
        kept.pop()
    return kept


def _filler(marked: Marked, index: int) -> bool:
    return marked.kinds[index] == "filler"


def _routes(stated: Sequence[str]) -> tuple[str, ...]:
    """The most specific of the stated routes: a tablet is oral unless the text says otherwise."""
    found = {route for route in stated if route}
    if len(found) > 1:
        found.discard("oral")
    if len(found) > 1:
        found.discard("parenteral")
    return tuple(sorted(found))
