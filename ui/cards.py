"""Findings as cards: who meets whom, at which level and on what condition, and where that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from unicodedata import normalize

from ui.answers import Branch, Interaction, Party, PathNode, Source
from ui.html import EMPTY, Html, el, join
from ui.levels import sign, style_of, tag
from ui.phrases import Words


def by_strictness(interactions: Sequence[Interaction]) -> list[Interaction]:
    """The findings, strictest level first, otherwise in the order of the answer."""
    return sorted(interactions, key=lambda interaction: style_of(interaction.level).rank)


def finding_groups(interactions: Sequence[Interaction], names: Sequence[str], words: Words) -> Html:
    """All findings, grouped by level and numbered through.

    Args:
        interactions: in the order of `by_strictness`.
        names: the lines' names, by index.
        words: the screen's language.
    """
    numbered = list(enumerate(interactions, start=1))
    pairs = _by_pair(numbered)
    groups = []
    for level, members in groupby(numbered, key=lambda pair: pair[1].level):
        cards = [
            _card(number, interaction, pairs[_pair_of(interaction)], names, words) for number, interaction in members
        ]
        title = el("h3", sign(level), el("span", _level_word(interactions, level)), " ", _count(len(cards)))
        groups.append(el("div", title, *cards, class_=f"group level-{style_of(level).name}"))
    return join(groups)


def path_text(path: Sequence[PathNode]) -> str:
    """The path in one line: `ibuprofen → NSAIDs × oral anticoagulants ← warfarin`."""
    meeting = next((index for index, node in enumerate(path) if node.kind == "interaction"), len(path))
    left = " → ".join(node.name for node in path[:meeting])
    right = " ← ".join(node.name for node in path[meeting + 1 :])
    return f"{left} × {right}" if right else left


def source_text(source: Source, words: Words) -> str:
    """The source with edition and pages."""
    pages = ", ".join(str(page) for page in source.pages)
    place = words("finding.page" if len(source.pages) == 1 else "finding.pages", pages=pages)
    edition = words("finding.edition", edition=source.edition)
    return ", ".join((source.publisher, source.title, edition, *([place] if source.pages else [])))


def branch_state(branch: Branch, words: Words) -> str:
    """Whether the branch holds in this list, and if not known, which fact would decide."""
    if branch.applies is True:
        return words("finding.holds")
    if branch.applies is False:
        return words("finding.excluded")
    if branch.decided_by:
        kinds = words.table("fact")
        return words("finding.undecided_by", facts=", ".join(kinds.get(fact, fact) for fact in branch.decided_by))
    return words("finding.undecided")


def lines_text(inputs: Sequence[int], names: Sequence[str], words: Words) -> str:
    """The lines that hold a party: `line 2 “Advil”`, with the name as typed."""
    return ", ".join(
        words("finding.from_line", n=index + 1, name=names[index]) for index in inputs if index < len(names)
    )


def _count(number: int) -> Html:
    return el("span", str(number), class_="count")


def _level_word(interactions: Sequence[Interaction], level: str) -> str:
    return next(interaction.level_text for interaction in interactions if interaction.level == level)


def _by_pair(numbered: Sequence[tuple[int, Interaction]]) -> dict[frozenset[str], list[int]]:
    """The numbers of all findings of each pair: a reader of one must know that there are more."""
    pairs: dict[frozenset[str], list[int]] = {}
    for number, interaction in numbered:
        pairs.setdefault(_pair_of(interaction), []).append(number)
    return pairs


def _pair_of(interaction: Interaction) -> frozenset[str]:
    return frozenset(party.id for party in interaction.between)


def _card(number: int, interaction: Interaction, pair: Sequence[int], names: Sequence[str], words: Words) -> Html:
    others = ", ".join(str(other) for other in pair if other != number)
    same = words("finding.also", numbers=others) if others else None
    level = interaction.level
    head = el(
        "header",
        el("span", str(number), class_="badge", aria_label=words("finding.number", n=number)),
        _pair(interaction.between),
        el(
            "span",
            tag(level, interaction.level_text),
            _native(interaction.native_level, interaction.level_text, words),
            class_="levels",
        ),
    )
    return el(
        "article",
        head,
        _lines(interaction.between, names, words, same),
        el("dl", *_statements(interaction, words)),
        _branches(interaction, words),
        _path(interaction.path, words),
        *(_source(source, words) for source in interaction.sources),
        class_=f"card level-{style_of(level).name}",
        id=f"finding-{number}",
    )


def _native(native: str, word: str, words: Words) -> Html | None:
    """The level as the source prints it, unless that is the word just shown."""
    if _folded(native) == _folded(word):
        return None
    return el("span", native, class_="native", title=words("finding.native"))


def _folded(word: str) -> str:
    letters = (letter for letter in normalize("NFKD", word.casefold()) if letter.isalnum())
    return "".join(letters)


def _pair(between: Sequence[Party]) -> Html:
    names = [el("span", party.name) for party in between]
    return el("h4", join(names, " × "))


def _lines(between: Sequence[Party], names: Sequence[str], words: Words, also: str | None) -> Html:
    parts = [f"{party.name} – {lines_text(party.inputs, names, words)}" for party in between if party.inputs]
    return el("p", " · ".join(parts), el("strong", f" · {also}") if also else None, class_="from")


def _statements(interaction: Interaction, words: Words) -> list[Html]:
    advice = interaction.advice.text
    return [
        _statement("effect", el("dd", interaction.effect.text), words) if interaction.effect.text else EMPTY,
        _statement("mechanism", el("dd", interaction.mechanism.text), words) if interaction.mechanism.text else EMPTY,
        _statement(
            "advice", el("dd", advice) if advice else el("dd", words("finding.no_advice"), class_="none"), words
        ),
    ]


def _statement(name: str, says: Html, words: Words) -> Html:
    return el("div", el("dt", words(f"finding.{name}")), says, class_=f"statement {name}")


def _branches(interaction: Interaction, words: Words) -> Html | None:
    """The levels with their conditions; nothing to show for a single level without one."""
    branches = interaction.branches
    if len(branches) == 1 and not branches[0].condition and branches[0].applies is True:
        return None
    head = el("tr", *(el("th", words(f"finding.{column}"), scope="col") for column in ("level", "condition", "here")))
    rows = [_branch(branch, words) for branch in branches]
    undecided = any(branch.applies is None for branch in branches)
    note = el("p", words("finding.all_kept"), class_="note") if undecided else None
    table = el("table", el("caption", words("finding.conditions")), el("thead", head), el("tbody", *rows))
    return el("div", table, note, class_="branches")


def _branch(branch: Branch, words: Words) -> Html:
    state = {True: "holds", False: "excluded", None: "undecided"}[branch.applies]
    word = words.table("level").get(branch.level, branch.level)
    return el(
        "tr",
        el("td", tag(branch.level, word), _native(branch.native_level, word, words)),
        el("td", branch.condition or words("finding.always"), _quotation(branch.quote)),
        el("td", branch_state(branch, words), class_=f"state {state}"),
        class_=state,
    )


def _quotation(quote: str | None) -> Html | None:
    return el("q", quote) if quote else None


def _path(path: Sequence[PathNode], words: Words) -> Html | None:
    if not path:
        return None
    return el("p", el("span", words("finding.path"), class_="key"), " ", path_text(path), class_="path")


def _source(source: Source, words: Words) -> Html:
    line = el("p", el("span", words("finding.source"), class_="key"), " ", source_text(source, words), class_="source")
    quote = source.quote
    if quote is None or not (quote.mechanism or quote.advice):
        return line
    parts = [el("p", part) for part in (quote.mechanism, quote.advice) if part]
    wording = el("blockquote", *parts, lang=quote.language)
    return join([line, el("details", el("summary", words("finding.wording")), wording)])
