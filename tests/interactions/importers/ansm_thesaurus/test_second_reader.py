"""A second reader, which shares no code with the parser, finds the same in the official thesaurus.

It sees plain page text only: no fonts, no positions. Regular expressions find names, levels and lists in it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest

from interactions.importers.ansm_thesaurus.document import Thesaurus

LEVEL = re.compile(
    r"(?:^|\s)(CONTRE-INDICATION|Association DECONSEILLEE|Précaution d'emploi|A prendre en compte"
    r"|(?:CI|ASDEC|PE|APEC)(?: - (?:CI|ASDEC|PE|APEC))+)$"
)
CAPITALS = re.compile(r"^[A-ZÀ-ÖØ-ÞŒ0-9 '’,()\[\]/.+\-]{2,}$")


@dataclass
class Plain:
    """What the second reader finds. `names` of headings; `entries`: (heading, partner, level); `members` by heading."""

    names: list[str] = field(default_factory=list)
    entries: list[tuple[str, str, str]] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    references: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def page_texts(official_pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(official_pdf)
    try:
        texts = []
        for number in range(2, len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return texts
    finally:
        document.close()


@pytest.fixture(scope="module")
def plain(page_texts: list[str]) -> Plain:
    lines = []
    for text in page_texts:
        number, *rest = text.replace("\x02\r\n", "-").replace("\ufffe\r\n", "-").replace("\ufffe", "-").split("\r\n")
        assert re.fullmatch(r"\d+", number.strip()), number
        lines += [line.strip() for line in rest if line.strip()]
    return read_plain(lines)


def read_plain(lines: list[str]) -> Plain:
    found = Plain()
    starts = [index for index, line in enumerate(lines) if starts_entry(lines, index)]
    previous_end = 0
    for position, start in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else len(lines)
        heading = heading_before(lines, previous_end, start)
        if heading is not None:
            name, after = heading
            found.names.append(name)
            read_notes(found, name, " ".join(lines[after:start]))
        level = next((m for i in range(start, end) if (m := LEVEL.search(lines[i]))), None)
        assert level is not None, lines[start]
        found.entries.append((found.names[-1], entry_name(lines, start), level[1]))
        previous_end = start + 1
    return found


def starts_entry(lines: list[str], index: int) -> bool:
    # A `+` line whose next lines hold a level before the next `+` line; in notes none does.
    if not re.match(r"\+ ?[^ a-z]", lines[index]):
        return False
    for line in lines[index + 1 : index + 60]:
        if LEVEL.search(line):
            return True
        if line.startswith("+ "):
            return False
    return False


def entry_name(lines: list[str], start: int) -> str:
    following = lines[start + 1]
    wraps = CAPITALS.match(following) and not LEVEL.search(following)
    return re.sub(r"^\+ ?", "", lines[start] + (" " + following if wraps else ""))


def heading_before(lines: list[str], previous: int, start: int) -> tuple[str, int] | None:
    # The heading is the last line in capitals before this entry after the level of the entry before.
    level = next((i for i in range(start - 1, previous - 1, -1) if LEVEL.search(lines[i])), previous - 1)
    for index in range(start - 1, level, -1):
        line = lines[index]
        if not CAPITALS.match(line) or line.startswith("+") or not looks_like_a_name(line, lines[index + 1]):
            continue
        above = lines[index - 1]
        if len(above) > 60 and CAPITALS.match(above) and not LEVEL.search(above):
            return f"{above} {line}", index + 1
        return line, index + 1
    return None


def looks_like_a_name(line: str, following: str) -> bool:
    if line in {"ANTI-INFECTIEUX ET HEMOSTASE", "CYP3A4"} or line.endswith("."):  # a title and a word in notes
        return False
    return bool(re.match(r"\+ |Voir aussi|\(|[A-ZÀÉ]", following)) and len(line.strip("() ")) > 1


def read_notes(found: Plain, name: str, notes: str) -> None:
    if notes.startswith("Voir aussi"):
        parts = notes.removeprefix("Voir aussi :").split(" - ")
        found.references[name] = len([part for part in parts if part.strip(" -")])
    elif listed := re.search(r"(?:^|[.)] |^.*? )(\((?!voir)[^.]*)$", notes):
        found.members[name] = re.split(r",\s(?![^\[(]*[\])])", listed[1].strip()[1:].rstrip(")"))


def test_it_finds_the_same_headings(plain: Plain, thesaurus: Thesaurus) -> None:
    assert plain.names == [heading.name for heading in thesaurus.headings]


def test_it_finds_the_same_entries_and_levels(plain: Plain, thesaurus: Thesaurus) -> None:
    read = [(h.name, entry.partner, entry.native_level) for h in thesaurus.headings for entry in h.entries]
    assert plain.entries == read
    assert len(plain.entries) == 3216


def test_it_finds_the_same_references(plain: Plain, thesaurus: Thesaurus) -> None:
    assert plain.references == {h.name: len(h.see_also) for h in thesaurus.headings if h.see_also}
    assert plain.references.total() == 652


def test_it_finds_as_many_members_in_the_same_lists(plain: Plain, thesaurus: Thesaurus) -> None:
    read = {h.name: len(h.members) or 1 for h in thesaurus.headings if h.has_list}  # an empty list has a placeholder
    assert {name: len(members) for name, members in plain.members.items()} == read
    assert sum(read.values()) == 2070


def test_every_letter_of_the_body_is_in_the_thesaurus(page_texts: list[str], thesaurus: Thesaurus) -> None:
    printed = Counter(c for text in page_texts for c in text.split("\r\n", 1)[1] if c.isalnum())
    kept: Counter[str] = Counter()
    for heading in thesaurus.headings:
        texts = [heading.name, heading.notes, *heading.members, *heading.see_also]
        texts += ["Voir aussi"] * bool(heading.see_also)
        texts += ["anpu"] * (heading.has_list and not heading.members)
        for entry in heading.entries:
            block = [entry.native_level, entry.mechanism, entry.advice]
            thrice = {heading.name, entry.partner} == {"METFORMINE", "PRODUITS DE CONTRASTE IODÉS"}
            texts += [entry.partner, *block * (3 if thrice else 1)]
        kept.update(c for text in texts for c in text if c.isalnum())
    assert kept == printed


def test_no_word_is_torn_apart_or_run_together(page_texts: list[str], thesaurus: Thesaurus) -> None:
    printed = {word for text in page_texts for word in re.findall(r"[^\W\d_]+", text.replace("\u2019", "'"))}
    texts = [text for h in thesaurus.headings for text in (h.name, h.notes, *h.members, *h.see_also)]
    texts += [text for h in thesaurus.headings for e in h.entries for text in (e.partner, e.mechanism, e.advice)]
    kept = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.replace("\u2019", "'"))}
    levels = {word for h in thesaurus.headings for e in h.entries for word in re.findall(r"\w+", e.native_level)}
    assert printed - kept - levels == {"Voir", "anpu"} - kept
    assert kept - printed == set()
