"""The branches that an entry's prose states, each with its level and the medicines that it names.

The advice column of an entry with several levels reads like an outline: a level as a sub-heading, bullets below it,
sometimes an outer condition above both ("with methotrexate above 20 mg a week:"). Each branch comes out with the
whole of its condition, outer ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from interactions.importers.ansm_thesaurus.document import TextCondition
from interactions.importers.ansm_thesaurus.levels import LEVEL_WORDS, flat
from interactions.importers.ansm_thesaurus.named import read_named
from interactions.knowledge import Level

_ANY_LEVEL = "|".join(pattern for pattern, _ in LEVEL_WORDS)
_SUBHEADING = re.compile(
    rf"(?:la |les )?(?P<level>{_ANY_LEVEL})(?: s['’]applique(?:nt)?)?\s*"
    r"(?=$|[:(,]|\b(?:avec|pour|chez|en|entre|dans|si|sauf)\b)[\s:]*"
)
_INLINE = re.compile(rf"(?<=[.;)a-z])\s+(?:- )?(?=(?:{_ANY_LEVEL})\s*(?:avec[^:.]*)?:)")
_IN_BRACKETS = re.compile(rf"\((?P<level>{_ANY_LEVEL})\)\s*\.?$")
_VERDICTS = (
    (re.compile(r"\bcontre-indique"), Level.CONTRAINDICATED),
    (re.compile(r"\bne (?:doit|doivent) pas etre (?:administre|associe|utilise)"), Level.CONTRAINDICATED),
    (re.compile(r"\bdeconseille"), Level.AVOID),
)
_FORMS_CONCERNED = re.compile(r"\bconcernee?s?\b")
_SEE_EACH_LABEL = re.compile(r"\bse reporter aux? (?:amm|rcp|resumes?)\b|\bvoir (?:les? )?(?:amm|rcp)\b")
_SCOPE_IN_ADVICE = re.compile(
    r"(?:-\s*)?(?:et,?\s+)?(?:ainsi que pendant|pendant|sauf|hormis|a l['’]exception|uniquement|seulement|"
    r"contre-indiquee? sauf|deconseillee? sauf|dans (?:son|ses|l['’]) ?(?:utilisation|indication))"
)
_SCOPE_IN_MECHANISM = re.compile(
    r"(?:avec|pour|chez|par voie|aux? (?:\w+ )?doses?|a (?:fortes?|faibles?) doses?|en cas d|"
    r"dans (?:l['’]indication|le traitement|les indications|son|ses)|lorsqu|au-dela)"
)
_CLAUSE_END = re.compile(r",\s+(?!(?:et|ou|avec|le|la|les|des|du|notamment|en particulier|par extrapolation)\b|l['’])")
_COMMA = re.compile(r",\s")
_COLON_SCOPE = re.compile(r"(?:avec|pour|par voie|aux? (?:\w+ )?doses?|dans l['’]indication)")


def text_conditions(
    levels: Sequence[Level], mechanism: str, advice: str, known: Iterable[str] = ()
) -> tuple[TextCondition, ...]:
    """The branches of an entry.

    Args:
        levels: levels of the printed code, strictest first. mechanism, advice: the two columns of the entry.
        known: names of the members of both sides.
    """
    outline = _Outline(tuple(known), tuple(levels))
    for line, bullet, next_is_bullet in _lines(advice):
        outline.read(line, bullet, next_is_bullet)
    branches = outline.branches
    if branches or len(levels) > 1:
        branches = _complete(branches, outline.loose, levels, outline.general)
    else:
        branches = [*_scopes_in_advice(outline.loose), *_scopes_in_mechanism(mechanism)]
    return tuple(dict.fromkeys(branches))


def _lines(advice: str) -> Iterable[tuple[str, bool, bool]]:
    pieces: list[str] = []
    for line in advice.split("\n"):
        inline = (match.end() for match in _INLINE.finditer(flat(line)))
        starts = [0, *(start for start in inline if line[start].isupper()), len(line)]
        pieces += [line[start:end].strip() for start, end in pairwise(starts)]
    pieces = [piece for piece in pieces if piece]
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else ""
        bullet = piece.startswith("- ")
        yield piece[2:].strip() if bullet else piece, bullet, following.startswith("- ")


@dataclass(slots=True)
class _Outline:
    """Reads the lines of an advice column one after the other.

    Attributes:
        known, printed: as given. branches: found so far. loose: lines that no level claims. general: levels that hold
            for all, whatever their bullets add.
    """

    known: tuple[str, ...]
    printed: tuple[Level, ...]
    branches: list[TextCondition] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    general: list[Level] = field(default_factory=list)
    level: Level | None = None
    outer: str = ""
    open_group: bool = False  # the level has no branch yet

    def read(self, line: str, bullet: bool, next_is_bullet: bool) -> None:
        match = _SUBHEADING.match(flat(line))
        if match:
            self._subheading(line, level_of_words(match["level"]), line[match.end() :].strip(), bullet)
        elif bullet:
            self._bullet(line)
        elif line.endswith(":") and not self.open_group and next_is_bullet:
            self._outer(line)
        elif self.open_group and next_is_bullet and not line.endswith("."):
            self.outer = line
        else:
            self._plain(line)

    def _subheading(self, line: str, level: Level | None, rest: str, bullet: bool) -> None:
        if bullet:
            self._add(level, rest, line)
            return
        self.level, self.outer, self.open_group = level, "", True
        scope = rest.rstrip(": ")
        if rest.endswith(":") and scope not in ("avec", "pour", ""):
            self.outer = scope
        elif scope not in ("avec", "pour", ""):
            self._add(level, rest, rest)

    def _outer(self, line: str) -> None:
        self.level, self.outer, self.open_group = None, line.rstrip(": "), False

    def _bullet(self, line: str) -> None:
        plain = flat(line)
        bracketed = _IN_BRACKETS.search(plain)
        level = level_of_words(bracketed["level"]) if bracketed else self.level
        if level is None:
            level = self._verdict(plain)
        if level is None:
            self.loose.append(f"- {line}")
        elif plain.startswith("si l") and self.branches and not self.open_group:
            self._append(line)
        else:
            if _FORMS_CONCERNED.search(plain) and level not in self.general:
                self.general.append(level)
            self._add(level, line[: bracketed.start()] if bracketed else line, line)

    def _plain(self, line: str) -> None:
        verdict = None if self.level else self._verdict(flat(line))
        if self.open_group:
            self._add(self.level, line, line)
        elif self.level and self.branches:
            self._append(line)
        elif verdict:
            self._add(verdict, line, line)
        else:
            self.loose.append(line)

    def _verdict(self, plain: str) -> Level | None:
        printed = self.printed if len(self.printed) > 1 else ()
        return next((level for words, level in _VERDICTS if level in printed and words.search(plain)), None)

    def _append(self, line: str) -> None:
        self.branches[-1] = replace(self.branches[-1], text=f"{self.branches[-1].text}\n{line}")

    def _add(self, level: Level | None, scope: str, wording: str) -> None:
        self.open_group = False
        outer = f"{self.outer} : " if self.outer else ""
        scope = re.sub(r"^(avec|pour)\s*:\s*", r"\1 ", scope)
        inside, around = read_named(scope, self.known), read_named(self.outer, self.known)
        self.branches.append(
            TextCondition(
                text=outer + wording,
                members=tuple(dict.fromkeys((*around.members, *inside.members))),
                others=inside.others or around.others,
                level=level,
                exceptions=tuple(dict.fromkeys((*around.exceptions, *inside.exceptions))),
            )
        )


def level_of_words(words: str) -> Level | None:
    """The level that some flat words stand for."""
    return next((level for pattern, level in LEVEL_WORDS if re.fullmatch(pattern, words)), None)


def _complete(
    branches: list[TextCondition], loose: list[str], levels: Sequence[Level], general: Sequence[Level]
) -> list[TextCondition]:
    # Every printed level has a branch; a level that holds for all but for what its bullets add has one without text.
    stated = {branch.level for branch in branches}
    missing = [level for level in levels if level not in stated]
    whole = list(branches)
    if len(missing) == 1 and loose and branches:
        whole.append(TextCondition("\n".join(loose), level=missing.pop()))
    elsewhere = next((line for line in loose if _SEE_EACH_LABEL.search(flat(line))), "")
    whole += [TextCondition(elsewhere, level=level) for level in missing]
    whole += [TextCondition("", level=level) for level in general]
    return whole


def _scopes_in_advice(lines: Iterable[str]) -> list[TextCondition]:
    found = []
    for line in lines:
        if _SCOPE_IN_ADVICE.match(flat(line)):
            text = line.removeprefix("- ").rstrip(": ")
            found.append(TextCondition(text, exceptions=read_named(text).exceptions))
    return found


def _scopes_in_mechanism(mechanism: str) -> list[TextCondition]:
    # The mechanism may open with what it is limited to; later sentences count only where they go on in that way.
    found: list[TextCondition] = []
    for index, sentence in enumerate(re.split(r"(?<=\.)\s+|\n", mechanism)):
        plain = flat(sentence)
        colon = re.search(r"\s?:(?=\s|$)", plain)
        if index == 0 and _SCOPE_IN_MECHANISM.match(plain):
            listing = re.match(r"avec|pour|en cas", plain)
            end = colon or (_CLAUSE_END if listing else _COMMA).search(plain)
            found.append(_scope(sentence[: end.start()] if end else sentence))
        elif colon and found and _COLON_SCOPE.match(plain):
            found.append(_scope(sentence[: colon.start()]))
    return found


def _scope(clause: str) -> TextCondition:
    named = read_named(clause)
    return TextCondition(clause.strip(), named.members, named.others, None, named.exceptions)
