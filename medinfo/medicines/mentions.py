"""Medicines named in running text: exact names only, longest first, nothing guessed.

Made for comparing two texts, a translation and its source: a name that is missed on one side is a false alarm, and so
is an ordinary word that is taken for one. So what a word means decides, and how it is written:

- the international name of a substance, its synonyms and salts count however they are written;
- a brand counts with a capital or in capitals only: "Ella" may be one, "ella" is none;
- short names that stand for many things ("met", "API"), and ordinary words, foods and things that are measured in
  blood, which `mentions.tsv` lists, do not count;
- a salt beside its substance belongs to it: "losartan potassium" is losartan in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from medinfo.medicines.answers import meanings
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.entries import Entry, Kind
from medinfo.medicines.inn_forms import common_form
from medinfo.medicines.known import Known
from medinfo.medicines.mentions_table import MentionsTable
from medinfo.medicines.normalise import fold, key, plain_words
from medinfo.medicines.words import Words

_REMEMBERED = 65_536
_MAX_WORDS = 8
_SHORTEST = 4
"""Letters of a name that is not the international name of a substance."""
_SHORTEST_PLURAL = 6
_MAX_MEANINGS = 3
_BRANDS = frozenset((Kind.BRAND, Kind.PRODUCT))
_TAKEN = _BRANDS | {Kind.SUBSTANCE, Kind.SYNONYM, Kind.SALT, Kind.COMBINATION}
# A word, with the marks that are written into it: accents apart from their letters, soft hyphens, joiners.
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u00ad\u0300-\u036f\u200b-\u200d\u2060])*|\d+(?:[.,]\d+)*")
_GAP = re.compile(r"[^\S\n]{0,2}(?:[-‐‑–/'’\n][^\S\n]{0,2})?|\s?\(\s?")
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHES = frozenset("'’")
_FORMING = frozenset(("fr", "es", "pt", "it", "de"))
_FORMED = frozenset((Kind.SUBSTANCE, Kind.SYNONYM, Kind.SALT))
_PLURALS = {
    "en": (("s", ""),),
    "fr": (("s", ""),),
    "es": (("s", ""), ("es", "")),
    "pt": (("s", ""), ("es", "")),
    "it": (("e", "a"), ("i", "o"), ("i", "e")),
    "de": (("s", ""), ("e", ""), ("en", ""), ("en", "e"), ("n", "")),
}
"""Endings that are taken off, and what is put on instead, for one word that is no name as it stands."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of text: code points from `start` to `end`, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that it covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class MedicineMention:
    """A medicine named in a text.

    Attributes:
        span: where.
        substances: ids, sorted; the same for every name of the same medicine. A name that stands for several medicines
            ("tenofovir") gives the substances of all of them.
    """

    span: TextSpan
    substances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a number of the text.

    Attributes:
        gap: what stands before it. loose: no name holds such a gap.
    """

    start: int
    end: int
    text: str
    folded: str
    gap: str
    loose: bool


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a name stands for. `brand`: only as a brand."""

    substances: tuple[str, ...]
    brand: bool = False


_NOTHING = _Meaning(())


class Mentions:
    """Finds medicines in running text. Threads can share it.

    Args:
        catalogue: what is known. table: words decided by hand; the embedded ones by default.
    """

    def __init__(self, catalogue: Catalogue, table: MentionsTable | None = None) -> None:
        self._known: Known = catalogue.known
        self._table = table or MentionsTable.load()
        self._words = Words.load()
        self._fold = lru_cache(_REMEMBERED)(fold)
        self._meaning = lru_cache(_REMEMBERED)(self._look_up)
        self._single = lru_cache(_REMEMBERED)(self._one_word)

    def mentions(self, text: str, language: str) -> tuple[MedicineMention, ...]:
        """Every medicine named in the text, in its order, none overlapping.

        Args:
            text: of any length. language: ISO 639, lower case; of another than en, fr, es, de, it, pt, names are found
                that are written the same there.
        """
        tokens = list(self._tokens(text))
        return tuple(self._found(tokens, language))

    def _tokens(self, text: str) -> Iterator[_Token]:
        before = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            gap = text[before:start]
            loose = not before or (gap != " " and not _GAP.fullmatch(gap))
            yield _Token(start, end, match[0], self._fold(match[0]), gap, loose)
            before = end

    def _found(self, tokens: Sequence[_Token], language: str) -> Iterator[MedicineMention]:
        at, after_name = 0, False
        while at < len(tokens):
            end, meaning = self._at(tokens, at, language)
            if meaning.substances and not (after_name and self._is_salt(tokens[at:end])):
                yield MedicineMention(TextSpan(tokens[at].start, tokens[end - 1].end), meaning.substances)
                after_name = True
            else:
                after_name = False
            at = end

    def _at(self, tokens: Sequence[_Token], at: int, language: str) -> tuple[int, _Meaning]:
        """The longest name that starts at a token: where it ends and what it means; one token further if none does."""
        first = tokens[at]
        if not first.folded[0].isalpha():
            return at + 1, _NOTHING
        for end in range(self._furthest(tokens, at), at, -1):
            meaning = self._whole(tokens[at:end], language)
            if meaning is not None:
                return end, meaning
        return at + 1, _NOTHING

    def _furthest(self, tokens: Sequence[_Token], at: int) -> int:
        """Where a name that starts at a token ends at most: most words begin no name of several."""
        end = at + 1
        if end == len(tokens) or (end - at == len(tokens[at].folded) and tokens[end].gap in _APOSTROPHES):
            return end  # "l'adrénaline" is not L-adrenaline
        if tokens[at].folded + tokens[end].folded in self._beginnings:
            while end < len(tokens) and end - at < _MAX_WORDS and not tokens[end].loose:
                end += 1
        return end

    def _whole(self, tokens: Sequence[_Token], language: str) -> _Meaning | None:
        """What these tokens mean as one name; None if they are no name."""
        if len(tokens) == 1:
            meaning = self._single(tokens[0].folded, language)
        else:
            hyphens = all(token.gap in _HYPHENS for token in tokens[1:])
            meaning = self._meaning(tuple(token.folded for token in tokens), hyphens, language)
        if meaning is not None and meaning.brand and not tokens[0].text[0].isupper():
            return None
        return meaning

    def _one_word(self, word: str, language: str) -> _Meaning | None:
        """A name of one word: as it stands, a plural, or formed by this language's rules from the international one."""
        meaning = self._meaning((word,), False, language)
        return meaning or self._singular(word, language) or self._formed(word, language)

    def _formed(self, word: str, language: str) -> _Meaning | None:
        if language not in _FORMING:
            return None
        substances = self._forms.get(common_form(word))
        return _Meaning(substances) if substances else None

    def _singular(self, word: str, language: str) -> _Meaning | None:
        if len(word) >= _SHORTEST_PLURAL:
            for ending, instead in _PLURALS.get(language, ()):
                if word.endswith(ending):
                    meaning = self._meaning((word[: -len(ending)] + instead,), False, language)
                    if meaning is not None:
                        return meaning
        return None

    def _look_up(self, words: tuple[str, ...], hyphens: bool, language: str) -> _Meaning | None:
        known = key(" ".join(words))
        decided = self._table.substances(known, language)
        if decided is not None:
            return _Meaning(decided)
        entries = self._known.exact(known)
        if any(entry.kind is Kind.OTHER for entry in entries):
            return _NOTHING
        entries = [entry for entry in entries if entry.kind in _TAKEN and _same_words(entry, words, hyphens)]
        sets = [found for substances, _ in meanings(entries) if (found := set(substances) - self._table.seldom)]
        if not sets or len(sets) > _MAX_MEANINGS or _too_short(known, entries):
            return None
        substances = tuple(sorted({each for some in sets for each in some}))
        return _Meaning(substances, all(entry.kind in _BRANDS for entry in entries))

    def _is_salt(self, tokens: Sequence[_Token]) -> bool:
        return len(tokens) == 1 and not tokens[0].loose and self._words.kind(tokens[0].folded) in ("salt", "metal")

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, ...]]:
        """Substances by the form that their names of one word have in common over languages."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for entry in self._known.all_entries():
            if entry.kind in _FORMED and entry.name.isalpha() and (form := common_form(fold(entry.name))):
                found.setdefault(form, set()).add(entry.substances)
        for phrase in self._table.phrases:  # what is decided by hand is not told by its form
            found.pop(common_form(fold(phrase)), None)
        return {
            form: substances
            for form, sets in found.items()
            for substances in sets
            if len(sets) == 1 and not set(substances) & self._table.seldom
        }

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first two words, joined, of every name of several."""
        found: set[str] = set()
        for name in (*self._known.names(), *self._table.phrases):
            words = _words_of(name)
            if len(words) > 1:
                found.add(words[0] + words[1])
        return frozenset(found)


def _words_of(name: str) -> list[str]:
    return [fold(match[0]) for match in _WORD.finditer(name)]


def _same_words(entry: Entry, words: Sequence[str], hyphens: bool) -> bool:
    """Whether a name is cut into words where the text is: keys are not, and "vitamine" is not vitamin E.

    Args:
        hyphens: whether only hyphens cut the text; then a name without them is the same, and the other way round.
    """
    own = plain_words(_words_of(entry.name))
    told = plain_words(words)
    return own == told or hyphens or (len(told) == 1 and min(map(len, own), default=0) > 1)


def _too_short(known: str, entries: Sequence[Entry]) -> bool:
    return len(known) < _SHORTEST and all(entry.kind is not Kind.SUBSTANCE for entry in entries)
