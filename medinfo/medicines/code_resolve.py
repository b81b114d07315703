"""From a code to the substances it stands for."""

from __future__ import annotations

import re
from dataclasses import replace

from medinfo.codes import parse_code
from medinfo.errors import InvalidCode
from medinfo.medicines.answers import Answers, Choice
from medinfo.medicines.entries import Entry, Kind
from medinfo.medicines.known import Known
from medinfo.medicines.model import Resolution

_TYPED = tuple(
    (system, re.compile(pattern))
    for system, pattern in (
        ("cip13", r"34009[0-9]{8}"),
        ("ucd", r"34008[0-9]{8}"),
        ("cis", r"6[0-9]{7}"),
        ("cip7", r"[0-9]{7}"),
        ("atc", r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}"),
        ("cas", r"[0-9]{2,7}-[0-9]{2}-[0-9]"),
        ("unii", r"(?=[A-Z0-9]*[0-9])(?=[A-Z0-9]*[A-Z])[A-Z0-9]{10}"),
    )
)
_LABEL = re.compile(r"(?i)^(?:cip|cip ?7|cip ?13|cis|ucd|atc|unii|cas)\s*[:#°]?\s+")
_GROUP_ATC = 7  # letters of an ATC code of the fifth level


class CodeResolver:
    """Resolves codes.

    Args:
        known: what is known. answers: makes the resolutions.
    """

    def __init__(self, known: Known, answers: Answers) -> None:
        self._known = known
        self._answers = answers

    def resolve(self, system: str, value: str) -> Resolution:
        """What a code stands for; `unknown` for one that no table lists, `ambiguous` for a group of medicines.

        Args:
            system: short name of a coding system or its FHIR URI. value: the code.

        Raises:
            InvalidCode: the system is not known, or the code does not hold.
        """
        code = parse_code(system, value)
        targets = self._known.code(code.SYSTEM, code.value)
        if code.SYSTEM == "atc" and len(targets) != 1:
            return self._atc(value, code.value, targets)
        found = [self._target(value, target) for target in targets]
        meanings = {tuple(each.id for each in resolution.substances) for resolution in found}
        if len(meanings) == 1:
            return found[0]
        return self._ask(value, found)

    def typed(self, text: str) -> Resolution | None:
        """What a code typed in place of a name stands for; None if the text is no code that holds."""
        value = _LABEL.sub("", text.strip()).replace(" ", "").upper()
        for system, pattern in _TYPED:
            if pattern.fullmatch(value):
                try:
                    found = self.resolve(system, value)
                except InvalidCode:
                    continue
                if found.status != "unknown" or system != "unii":
                    return replace(found, input=text)
        return None

    def _atc(self, text: str, code: str, targets: tuple[str, ...]) -> Resolution:
        """An ATC code of several substances or of none: it names a combination or a group, and is never guessed at."""
        rows = self._known.code("product-atc", code) if len(code) == _GROUP_ATC else ()
        return self._ask(text, [self._target(text, target) for target in (*targets, *rows)])

    def _target(self, text: str, target: str) -> Resolution:
        kind, _, identifier = target.partition(":")
        if kind == "s":
            return self._answers.substance(text, identifier, "code")
        return self._answers.product(text, self._known.product(int(identifier)), "code")

    def _ask(self, text: str, found: list[Resolution]) -> Resolution:
        choices: dict[tuple[str, ...], Choice] = {}
        for resolution in found:
            substances = tuple(each.id for each in resolution.substances)
            if substances:
                choices.setdefault(substances, Choice(Entry(resolution.matched, Kind.TITLE, substances)))
        if not choices:
            return Resolution(text, "unknown")
        return self._answers.ambiguous(text, choices.values())
