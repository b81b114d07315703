"""From a name as typed to the substances it stands for: exact, then code, then joined names, then misspelled.

A wrong substance is the worst outcome, worse than asking. So every step answers only when it is certain, and hands on
otherwise; what stays uncertain is `ambiguous` (candidates, a person chooses) or `unknown` (near names, if any).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from medinfo.medicines.answers import Answers, candidate, meanings
from medinfo.medicines.catalogue_tables import HOMEOPATHIC_KEY, Entry
from medinfo.medicines.code_resolve import CodeResolver
from medinfo.medicines.fuzzy import Misspelling, Near
from medinfo.medicines.known import Known
from medinfo.medicines.model import Candidate, How, Resolution
from medinfo.medicines.normalise import checked, fold
from medinfo.medicines.words import Marked, Variant, Words, variants

_NUMBERS_OFF = 6  # the step of `variants` that takes bare numbers off
_FORMS_OFF = 2  # the step from which a misspelled name is looked for
_HYPHEN = re.compile(r"(?<=[^\W\d_]{4})\s*-\s*(?=[^\W\d_]{4})")


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
        self._misspelling = Misspelling(known)

    def resolve(self, text: str) -> Resolution:
        """What a typed text stands for.

        Args:
            text: a brand, INN, product title or code, with or without dose, form, salt and laboratory.

        Raises:
            InvalidInput: the text is empty or too long.
        """
        folded = fold(checked(text))
        marked = self._words.mark(folded)
        parts = self._parts(folded, marked)
        return (
            self._exact(text, marked)
            or self._codes.typed(text)
            or self._joined(text, parts, marked, "exact")
            or self._misspelled(text, marked)
            or self._joined(text, parts, marked, "fuzzy")
            or self._words_apart(text, marked)
            or Resolution(text, "unknown", candidates=self._near(marked))
        )

    def resolve_code(self, system: str, value: str) -> Resolution:
        """What a code stands for; see `CodeResolver.resolve`.

        Raises:
            InvalidCode: the system is not known, or the code does not hold.
        """
        return self._codes.resolve(system, value)

    def _exact(self, text: str, marked: Marked) -> Resolution | None:
        for variant in variants(marked):
            if marked.homeopathic:
                stock = self._known.exact(HOMEOPATHIC_KEY + variant.key)
                if stock:
                    return self._answers.of(text, marked, stock, "exact")
            entries = self._known.exact(variant.key)
            if entries:
                found = self._answers.of(text, marked, entries, "exact")
                if found and marked.homeopathic and not found.homeopathic:
                    return self._answers.ambiguous(text, [candidate(entry) for entry in entries], marked)
                return self._unless_numbered(text, marked, variant, entries) or found
        return None

    def _unless_numbered(self, text: str, marked: Marked, variant: Variant, entries: list[Entry]) -> Resolution | None:
        """A question back where a number taken off may be part of another name: "omega 6" is not "omega"."""
        if variant.step < _NUMBERS_OFF:
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
        return self._answers.ambiguous(text, [candidate(entry) for entry in (*entries, *others)], marked)

    def _parts(self, folded: str, marked: Marked) -> list[str]:
        parts = marked.parts()
        return parts if len(parts) > 1 else self._words.mark(_HYPHEN.sub(" + ", folded)).parts()

    def _joined(self, text: str, parts: list[str], marked: Marked, how: How) -> Resolution | None:
        """Several names in one text ("a + b"): all their substances, if every part is certain."""
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
        for variant in _to_correct(marked):
            verdict = self._misspelling.judge(variant.key, variant.words)
            if verdict.accepted:
                entries = verdict.accepted.entries
                return self._unless_numbered(text, marked, variant, list(entries)) or self._answers.of(
                    text, marked, entries, "fuzzy"
                )
            if verdict.near:
                return self._answers.ambiguous(text, _candidates(verdict.near, variant.key), marked)
        return None

    def _words_apart(self, text: str, marked: Marked) -> Resolution | None:
        return None

    def _near(self, marked: Marked) -> tuple[Candidate, ...]:
        return ()


def _to_correct(marked: Marked) -> Sequence[Variant]:
    found = list(variants(marked))
    return [variant for variant in found if variant.step >= _FORMS_OFF] or found[-1:]


def _candidates(near: Sequence[Near], typed: str) -> list[Candidate]:
    return [
        candidate(group[0], round(100 * (1 - each.cost / max(len(typed), 1)), 1))
        for each in near
        for group in meanings(each.entries).values()
    ]
