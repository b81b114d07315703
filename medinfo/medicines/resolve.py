"""From a name as typed to the substances it stands for: exact, then code, then joined names, then misspelled.

A wrong substance is the worst outcome, worse than asking. So every step answers only when it is certain, and hands on
otherwise; what stays uncertain is `ambiguous` (candidates, a person chooses) or `unknown` (near names, if any).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from medinfo.medicines.answers import Answers, Choice, is_abbreviation, meanings
from medinfo.medicines.code_resolve import CodeResolver
from medinfo.medicines.entries import HOMEOPATHIC_KEY, Entry, Flag, Kind
from medinfo.medicines.fuzzy import MAX_COST, Misspelling, Near, similarity, worth_showing
from medinfo.medicines.known import Known
from medinfo.medicines.model import How, Resolution
from medinfo.medicines.normalise import checked, fold, key, plain_words, tokens
from medinfo.medicines.words import Marked, Variant, Words, variants

_NUMBERS_OFF = 6  # the step of `variants` that takes bare numbers off
_HYPHEN = re.compile(r"(?<=[^\W\d_]{4})-(?=[^\W\d_]{4})|(?<=[^\W\d_]{2}) - (?=[^\W\d_]{2})")
_METALS_OFF = 5  # the step that takes metals of salts off
_TWO_ERRORS = 2.0
_NAMING = frozenset(("name", "metal", "number"))
_PART = 90.0  # score of a name that is only a part of the text
_MAX_SEGMENT = 8  # words of such a name
_MIN_SEGMENT = 4  # letters of a name that is recognised inside a longer text
_MIN_ASKED = 7  # letters from which a name two errors away is asked about
_MIN_NEAR_WORD = 6  # letters of a word that near names are looked for


class Resolver:
    """Resolves names and codes. Holds nothing that changes, so threads can share it.

    Args:
        known: what is known. words: the words beside names.
    """

    def __init__(self, known: Known, words: Words) -> None:
        self._known = known
        self._words = words
        self._answers = Answers(known)
        self._codes = CodeResolver(known, self._answers)
        self._misspelling = Misspelling(known, words)

    def resolve(self, text: str) -> Resolution:
        """What a typed text stands for.

        Args:
            text: a brand, INN, product title or code, with or without dose, form, salt and laboratory.

        Raises:
            InvalidInput: the text is empty or too long.
        """
        folded = fold(checked(text))
        marked = self._words.mark(folded)
        return (
            self._exact(text, marked)
            or self._codes.typed(text)
            or self._spelled(text, folded, marked)
            or self._corrected(text, marked)
            or self._unknown(text, marked)
        )

    def _spelled(self, text: str, folded: str, marked: Marked) -> Resolution | None:
        """Joined, listed and misspelled names."""
        return (
            self._joined(text, folded, marked, "exact")
            or self._apart(text, marked)
            or self._misspelled(text, marked)
            or self._joined(text, folded, marked, "fuzzy")
        )

    def resolve_code(self, system: str, value: str) -> Resolution:
        """What a code stands for; see `CodeResolver.resolve`.

        Raises:
            InvalidCode: the system is not known, or the code does not hold.
        """
        return self._codes.resolve(system, value)

    def _exact(self, text: str, marked: Marked) -> Resolution | None:
        for variant in variants(marked):
            stock = self._known.exact(HOMEOPATHIC_KEY + variant.key) if marked.homeopathic else []
            entries = stock or self._known.exact(variant.key)
            if not entries or self._metal_counts(marked, variant, entries):
                continue
            if not meanings(entries):
                return self._unknown(text, marked)  # known to be no medicine of ours, or one without listed components
            question = (
                self._not_diluted(text, marked, entries)
                or self._abbreviation(text, marked, variant, entries)
                or self._other_number(text, marked, variant, entries)
                or self._cut_elsewhere(text, marked, variant, entries)
            )
            return question or self._answers.of(text, marked, entries, "exact")
        return None

    def _not_diluted(self, text: str, marked: Marked, entries: Sequence[Entry]) -> Resolution | None:
        """A question back where a dilution is typed with a name that no homeopathic product bears."""
        if not marked.homeopathic or any(entry.flags & Flag.HOMEOPATHIC for entry in entries):
            return None
        return self._answers.ambiguous(text, map(Choice, entries), marked)

    def _metal_counts(self, marked: Marked, variant: Variant, entries: Sequence[Entry]) -> bool:
        """Whether a metal that was taken off is an active part of known combinations: "cholecalciferol calcium"."""
        if variant.step < _METALS_OFF:
            return False
        return any(
            self._known.partners(substance, metal)
            for metal in marked.metals
            for substances, _ in meanings(entries)
            for substance in substances
        )

    def _abbreviation(self, text: str, marked: Marked, variant: Variant, entries: Sequence[Entry]) -> Resolution | None:
        """A question back for two or three letters that are no name of their own: abbreviations are many things."""
        if not is_abbreviation(variant.key, entries):
            return None
        return self._answers.ambiguous(text, map(Choice, entries), marked)

    def _other_number(self, text: str, marked: Marked, variant: Variant, entries: Sequence[Entry]) -> Resolution | None:
        """A question back where a number taken off may be part of another name: "omega 6" is not "omega"."""
        if variant.step < _NUMBERS_OFF or variant.key[-1].isdigit():
            return None
        meant = set(meanings(entries))
        others = [
            entry
            for number in self._known.numbered(variant.key)
            for entry in self._known.entries(number)
            if set(meanings([entry])) - meant
        ]
        if not others:
            return None
        return self._answers.ambiguous(text, map(Choice, (*entries, *others)), marked)

    def _cut_elsewhere(
        self, text: str, marked: Marked, variant: Variant, entries: Sequence[Entry]
    ) -> Resolution | None:
        """A question back where the letters fit only if words are cut elsewhere ("polymyxine", "Polymyxin E"), and
        another medicine is as near."""
        typed = plain_words(variant.words)
        if any(typed == plain_words(tokens(fold(entry.name))) or entry.product >= 0 for entry in entries):
            return None
        meant = frozenset(meanings(entries))
        near = [each for each in self._misspelling.near(variant.key) if each.cost < _TWO_ERRORS]
        if all(each.meanings <= meant for each in near):
            return None
        return self._answers.ambiguous(text, _choices(near, variant.key), marked)

    def _joined(self, text: str, folded: str, marked: Marked, how: How) -> Resolution | None:
        """Several names in one text ("a + b"): all their substances, if every part is certain."""
        parts = marked.parts()
        if len(parts) < 2 and "-" in folded:
            parts = self._words.mark(_HYPHEN.sub(" + ", folded)).parts()
        if len(parts) < 2:
            return None
        found: list[Resolution] = []
        for part in parts:
            part_marked = self._words.mark(part)
            one = self._exact(part, part_marked)
            if one is None and how == "fuzzy":
                one = self._misspelled(part, part_marked)
            if one is None or one.status != "resolved" or one.homeopathic:
                return None
            found.append(one)
        return Resolution(
            text,
            "resolved",
            tuple({substance.id: substance for one in found for substance in one.substances}.values()),
            " + ".join(one.matched for one in found),
            how,
            archived=all(one.archived for one in found),
            route=marked.routes,
            form=" ".join(marked.forms),
            strength=marked.strength,
        )

    def _misspelled(self, text: str, marked: Marked) -> Resolution | None:
        """The name that was meant, or a question back; the fullest form of the text that leads anywhere decides."""
        seen: list[tuple[Near, str]] = []
        for variant in variants(marked):
            verdict = self._misspelling.judge(variant.key, variant.words, [near for near, _ in seen])
            if verdict.accepted:
                entries = verdict.accepted.entries
                return self._other_number(text, marked, variant, entries) or self._answers.of(
                    text, marked, entries, "fuzzy"
                )
            seen += [(near, variant.key) for near in verdict.near if worth_showing(variant.key, near)]
            if any(near.cost <= MAX_COST for near in verdict.near):
                break
        if not any(near.cost <= MAX_COST or len(typed) >= _MIN_ASKED for near, typed in seen):
            return None
        choices = [each for near, typed in seen for each in _choices([near], typed)]
        return self._answers.ambiguous(text, choices, marked)

    def _corrected(self, text: str, marked: Marked) -> Resolution | None:
        """The resolution with misspelled form, salt and laboratory words put right, if any is."""
        words = [
            self._words.correct(token) if kind == "name" and not self._known.exact(token) else token
            for token, kind in zip(marked.tokens, marked.kinds, strict=True)
        ]
        if words == list(marked.tokens):
            return None
        folded = " ".join(words)
        corrected = self._words.mark(folded)
        found = self._exact(text, corrected) or self._spelled(text, folded, corrected)
        return replace(found, how="fuzzy") if found and found.status == "resolved" else found

    def _apart(self, text: str, marked: Marked) -> Resolution | None:
        """Several known names without a join. They are one medicine if one of them says all ("Diazepam [Valium]"), or
        if they are substances of a known combination; else a person is asked ("Doliprane codéine")."""
        found, explained = self._segments(marked)
        if not explained or len(found) < 2:
            return None
        union = tuple(dict.fromkeys(substance for entry in found for substance in entry.substances))
        for entry in found:
            if set(entry.substances) == set(union):
                return self._answers.one(text, marked, [entry], "exact")
        together = Entry(" + ".join(entry.name for entry in found), Kind.COMBINATION, union)
        if all(entry.kind <= Kind.SALT for entry in found) and self._known.combined(union):
            return self._answers.one(text, marked, [together], "exact")
        choices = [Choice(together), *(Choice(entry, _PART) for entry in found)]
        return self._answers.ambiguous(text, choices, marked)

    def _segments(self, marked: Marked) -> tuple[list[Entry], bool]:
        """Known names that follow each other in a text, and whether they explain all of its name words."""
        names = [token for token, kind in zip(marked.tokens, marked.kinds, strict=True) if kind in _NAMING]
        found: list[Entry] = []
        explained = True
        start = 0
        while start < len(names):
            for end in range(min(len(names), start + _MAX_SEGMENT), start, -1):
                entry = self._segment(names[start:end])
                if entry:
                    found.append(entry)
                    break
            else:
                explained = False
                end = start + 1
            start = end
        return found, explained

    def _segment(self, words: Sequence[str]) -> Entry | None:
        """What these very words stand for, if that is certain."""
        known = key(" ".join(words))
        groups = meanings(self._known.exact(known)) if len(known) >= _MIN_SEGMENT else {}
        if len(groups) != 1:
            return None
        for (substances, _), group in groups.items():
            if substances and any(plain_words(tokens(fold(entry.name))) == plain_words(words) for entry in group):
                return group[0]
        return None

    def _unknown(self, text: str, marked: Marked) -> Resolution:
        """Not known: with the known names that the text holds, and those that its words are near to."""
        near = [Choice(entry, _PART) for entry in self._segments(marked)[0]]
        for variant in variants(marked):
            words = [word for word in variant.words if len(word) >= _MIN_NEAR_WORD]
            for typed in dict.fromkeys((variant.key, *words)):
                found = [each for each in self._misspelling.near(typed) if worth_showing(typed, each)]
                near += _choices(found, typed)
        return Resolution(text, "unknown", candidates=self._answers.candidates(near))


def _choices(near: Sequence[Near], typed: str) -> list[Choice]:
    return [Choice(group[0], similarity(typed, each)) for each in near for group in meanings(each.entries).values()]
