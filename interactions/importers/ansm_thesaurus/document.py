"""What stands in the PDF, before anything is made of it: headings, entries, member lists, official wording."""

from __future__ import annotations

from dataclasses import dataclass, field

from interactions.knowledge import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """One `+` entry under a heading.

    Attributes:
        heading, partner: names as printed (wrapped lines joined).
        native_level: the level or compound code as printed, normalised in spaces only.
        levels: levels of the printed code, strictest first.
        mechanism: the left column (official wording, one line, illegible glyphs as U+FFFD).
        advice: the right column below the level, or "". Bullets keep a line each, starting with "- ".
        page: PDF page, from 1, on which the entry stands.
    """

    heading: str
    partner: str
    native_level: str
    levels: tuple[Level, ...]
    mechanism: str
    advice: str
    page: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold heading: a substance, a class or a combination.

    Attributes:
        name: as printed. page: first PDF page.
        notes: prose between the heading and its first entry (official wording).
        members: member names of the list in parentheses, as printed; empty for a substance.
        see_also: the "Voir aussi" references as printed.
        has_list: a member list is printed; it can hold a mere placeholder, and then `members` is empty.
    """

    name: str
    page: int
    notes: str
    members: tuple[str, ...]
    see_also: tuple[str, ...]
    entries: tuple[Entry, ...]
    has_list: bool = False


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A branch of an entry's text.

    Attributes:
        text: the official wording of the branch.
        members: medicine names that the branch names (as printed, lower case as printed), if it is limited to some.
        others: the branch speaks of "the other" members.
        level: the level that the text gives, or None.
        exceptions: medicine names that the branch leaves out ("sauf", "hormis").

    A printed level that the text says nothing of has a branch with an empty text: it holds on a condition that the
    source does not state.
    """

    text: str
    members: tuple[str, ...] = ()
    others: bool = False
    level: Level | None = None
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """An unordered pair: the two directions of the document brought together.

    `a` and `b` as printed, in code-point order. Where the directions differ, texts are joined (union) and
    `disagreement` says in what.
    """

    a: str
    b: str
    native_level: str
    levels: tuple[Level, ...]
    conditions: tuple[TextCondition, ...]
    mechanism: str
    advice: str
    pages: tuple[int, ...]
    directions: int
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """One edition as read.

    Attributes:
        edition: `YYYY-MM`; published: ISO date or "".
        unread: text of the body that was assigned to nothing, each with its page (must be empty).
        illegible: pages on which a glyph is missing in the source.
        local_route_text: the rule of the preface on local routes, its list one item a line starting with "- ", or "".
        excipient_text: the rule of the preface on excipients, or "".
    """

    edition: str
    published: str
    pages: int
    sha256: str
    headings: tuple[Heading, ...]
    pairs: tuple[Pair, ...]
    unread: tuple[tuple[int, str], ...] = field(default=())
    illegible: tuple[int, ...] = field(default=())
    local_route_text: str = ""
    excipient_text: str = ""
