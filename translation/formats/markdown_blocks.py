"""The blocks of a Markdown file: where its running text stands, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n|\n|\r)(?:.*?(?:\r\n|\n|\r))??(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|$)", re.DOTALL
)
_FOOTNOTE = re.compile(r"( {0,3})\[\^[^\]\[\s]+\]:[ \t]*")
_INDENT = re.compile(r"(?: {4}| {0,3}\t)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_PIPE = re.compile(r"(?<!\\)\|")
_CONTAINERS = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*")

Kind = Literal["paragraph", "heading", "cell", "html"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text: the places of its lines in the source, without indents and markers."""

    kind: Kind
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """The file's lines as the parser sees them: `texts` without line ends, `starts` in the file."""

    texts: Sequence[str]
    starts: Sequence[int]

    def line(self, number: int) -> tuple[str, int]:
        return self.texts[number], self.starts[number]


def blocks(text: str) -> tuple[list[Block], frozenset[str]]:
    """The blocks of a file that hold text, in order, and the labels of its link references."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    source = _source(text)
    found: dict[str, dict[str, object]] = {}
    tokens = parser.parse("\n".join(source.texts), found)
    read = [block for block in _blocks(tokens, source, text) if block.lines]
    return read, frozenset(found.get("references", {}))


def _source(text: str) -> _Source:
    """Lines as they end in the file; front matter, and marks and indents of footnotes are hidden from the parser."""
    hidden = _FRONT_MATTER.match(text)
    body = hidden.end() if hidden else 0
    texts: list[str] = []
    starts: list[int] = []
    noted, fence = False, ""
    for line in _LINE.finditer(text):
        bare, start = line[0].rstrip("\r\n"), line.start()
        note = _FOOTNOTE.match(bare)
        indent = _INDENT.match(bare)
        if noted and indent and not fence:
            bare, start = bare[indent.end() :], start + indent.end()  # to the parser it would be code
        elif bare.strip():
            noted = note is not None or (noted and bool(texts) and bool(texts[-1].strip()))
        fence = _fence_after(bare, fence)
        if line.start() < body:
            bare = ""
        elif note:
            bare = f"{note[1]}x{bare[len(note[1]) + 1 :]}"  # a footnote is no link definition
        texts.append(bare)
        starts.append(start)
    return _Source(texts, starts)


def _fence_after(line: str, fence: str) -> str:
    """The fence of the code block that is open after a line, or ""; given that before it."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not line[found.end() :].strip() else fence


def _blocks(tokens: Sequence[Token], source: _Source, text: str) -> Iterator[Block]:
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "html_block":
            yield _html(token, source, text)
        elif token.type == "tr_open":
            yield from _cells(*source.line(first), nested=token.level > 2)
        elif (
            token.type == "inline" and before is not None and before.type == "heading_open" and before.markup[0] == "#"
        ):
            yield _heading(token, *source.line(first))
        elif token.type == "inline" and before is not None and before.type in {"paragraph_open", "heading_open"}:
            yield from _paragraph(token, source, text, range(first, last))


def _html(token: Token, source: _Source, text: str) -> Block:
    first, last = token.map or (0, 0)
    start = source.starts[first]
    end = source.starts[last - 1] + len(source.texts[last - 1])
    same = token.content.strip("\n") == "\n".join(source.texts[first:last]).strip("\n")
    return Block("html", ((start, end),) if same else ())  # inside a quote, its lines are not those of the file


def _heading(token: Token, line: str, start: int) -> Block:
    found = next((found for found in _HASHES.finditer(line) if line.startswith(token.content, found.end())), None)
    if found is None or not token.content:
        return Block("heading", ())
    return Block("heading", ((start + found.end(), start + found.end() + len(token.content)),))


def _paragraph(token: Token, source: _Source, text: str, numbers: range) -> Iterator[Block]:
    """Its lines; a footnote that begins in the middle of it begins a block of its own."""
    places: list[tuple[int, int, int]] = []
    group = 0
    for content, number in zip(token.content.split("\n"), numbers, strict=False):
        line, start = source.line(number)
        bare = content.strip()
        begin = start + len(line.rstrip()) - len(bare)
        note = _FOOTNOTE.match(text, begin)
        task = _TASK.match(text, begin) if not places else None
        group += note is not None
        begin = note.end() if note else task.end() if task else begin
        end = start + len(line)
        places.append((group, min(begin, end), end))
    for _, lines in groupby(places, key=lambda place: place[0]):
        yield Block("paragraph", tuple((begin, end) for _, begin, end in lines))


def _cells(line: str, start: int, *, nested: bool) -> Iterator[Block]:
    found = _CONTAINERS.match(line) if nested else None
    at = found.end() if found else 0
    for pipe in [*_PIPE.finditer(line, at), None]:
        end = pipe.end() - 1 if pipe else len(line)
        cell = line[at:end]
        begin = at + len(cell) - len(cell.lstrip())
        if cell.strip():
            yield Block("cell", ((start + begin, start + begin + len(cell.strip())),))
        at = end + 1
