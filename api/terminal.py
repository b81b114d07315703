"""Answers in a terminal. What is unknown stands first and as large as what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table

from medinfo.phrases import Phrases

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would move the cursor, colour the terminal or turn the direction of text."""


class Label(Protocol):
    """One of our words around an answer, by its name."""

    def __call__(self, name: str, **values: object) -> str:
        """The words, with values filled in."""


_STYLES = {"contraindicated": "bold red", "avoid": "bold magenta", "caution": "bold yellow", "consider": "bold cyan"}
_UNKNOWN = "bold white on blue"


def print_check(answer: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the result of a check.

    Args:
        answer: in the shape of `api.shapes.CheckOut`.
    """
    out = console or Console(highlight=False)
    label = _labels(str(answer["language"]))

    for edition in answer["knowledge"]["sources"]:
        if edition["warning"]:
            out.print(Panel(escape(edition["warning"]), style="yellow"))
    _print_medicines(out, answer["medicines"], label)
    _print_list(out, label("not_covered"), list(_uncovered(answer, label)))
    _print_list(out, label("duplicates"), [item["text"] for item in answer["duplicates"]])
    for finding in answer["interactions"]:
        _print_finding(out, finding, label)
    excluded = [f"{_parties(item)}: {item['text']}" for item in answer["not_applicable"]]
    _print_list(out, label("not_applicable"), excluded, "bold")
    names = {s["id"]: s["name"] for medicine in answer["medicines"] for s in medicine["substances"]}
    pairs = [" + ".join(names.get(id, id) for id in pair) for pair in answer["not_listed"]["pairs"]]
    if pairs:
        _print_list(out, answer["not_listed"]["text"], pairs, "bold")
    _print_list(out, label("not_checked"), [item["text"] for item in answer["not_checked"]], "bold")
    out.print(Panel(escape(answer["notice"])))


def _labels(language: str) -> Label:
    """Our words around an answer; those with a dot are the check's own."""
    own, checks = Phrases.load("api"), Phrases.load("interactions")

    def label(name: str, **values: object) -> str:
        if "." in name:
            return checks.text(language, name, **values)
        return own.text(language, f"terminal.{name}", **values)

    return label


def _shown(text: str) -> str:
    """A text that may hold what was typed: neither markup nor control characters do anything."""
    return escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def _print_medicines(out: Console, medicines: Sequence[Mapping[str, Any]], label: Label) -> None:
    for medicine in medicines:
        substances = ", ".join(substance["name"] for substance in medicine["substances"]) or "?"
        line = f"{_shown(medicine['text'])} [dim]→[/] {escape(substances)}"
        if medicine["how"] == "fuzzy":
            line += f"  [{_UNKNOWN}] {escape(label('matched'))} {escape(medicine['matched'])} [/]"
        if medicine["archived"]:
            line += f"  {escape(label('check.archived'))}"
        out.print(line)
    out.print()


def _uncovered(answer: Mapping[str, Any], label: Label) -> Iterator[str]:
    """What nothing is said about, each with the near names to choose from."""
    candidates = {medicine["input"]: medicine["candidates"] for medicine in answer["medicines"]}
    for item in answer["not_covered"]:
        near = [candidate["name"] for candidate in candidates.get(item["input"], ())]
        yield _named(item["text"], item["message"]) + (f" {label('near')} {', '.join(near)}" if near else "")


def _print_list(out: Console, title: str, lines: Sequence[str], style: str = _UNKNOWN) -> None:
    if not lines:
        return
    out.print(f"[{style}] {escape(title)} [/]" if style == _UNKNOWN else f"[{style}]{escape(title)}[/]")
    for line in lines:
        out.print(Padding(f"· {_shown(line)}", (0, 0, 0, 2)))
    out.print()


def _named(text: str, message: str) -> str:
    return message if text in message else f"{text}: {message}"


def _print_finding(out: Console, finding: Mapping[str, Any], label: Label) -> None:
    style = _STYLES.get(finding["level"], "bold")
    out.print(f"[{style}]{escape(finding['level_text'])}[/]  [bold]{escape(_parties(finding))}[/]")
    for line in _lines(finding, label):
        out.print(Padding(escape(line), (0, 0, 0, 2)))
    out.print()


def _parties(item: Mapping[str, Any]) -> str:
    return " + ".join(party["name"] for party in item["between"])


def _lines(finding: Mapping[str, Any], label: Label) -> Iterator[str]:
    for part in ("effect", "mechanism", "advice"):
        if finding[part]["text"]:
            yield f"{label(part)} {finding[part]['text']}"
    if not finding["advice"]["text"]:
        yield label("check.no_advice")
    if len(finding["branches"]) > 1 or finding["branches"][0]["condition"]:
        for branch in finding["branches"]:
            if branch["applies"] is not False:
                yield f"- {label('level.' + branch['level'])}: {branch['condition']}{_undecided(branch, label)}"
    for source in finding["sources"]:
        pages = ", ".join(str(page) for page in source["pages"])
        yield f"{label('source')} {source['publisher']}, {source['title']}, {source['edition']}, p. {pages}"
        if source["quote"]:
            yield from (f"« {text} »" for text in (source["quote"]["mechanism"], source["quote"]["advice"]) if text)
    yield f"{label('path')} " + _path(finding["path"])


def _undecided(branch: Mapping[str, Any], label: Label) -> str:
    if branch["applies"] is not None:
        return ""
    facts = ", ".join(label(f"fact.{fact}") for fact in branch["decided_by"])
    return f" ({label('undecided')}{': ' if facts else ''}{facts})"


def print_editions(editions: Sequence[Mapping[str, Any]], console: Console | None = None) -> None:
    """Print the stored editions and which are in use."""
    table = Table("source", "edition", "from", "in use")
    for edition in editions:
        origin = "imported" if edition["imported"] else "ships with us"
        table.add_row(edition["source"], edition["edition"], origin, "yes" if edition["active"] else "")
    (console or Console(highlight=False)).print(table)


def _path(nodes: Sequence[Mapping[str, Any]]) -> str:
    """The path on one line: `ibuprofen → NSAIDs × oral anticoagulants ← warfarin`."""
    meeting = next(place for place, node in enumerate(nodes) if node["kind"] == "interaction")
    left = " → ".join(node["name"] for node in nodes[:meeting])
    right = " ← ".join(node["name"] for node in nodes[meeting + 1 :])
    return f"{left} × {right}"
