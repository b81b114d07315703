"""One person's list of medicines while the page is open: pure state, no network, no Gradio.

Everything that comes from the browser is untrusted: unknown acts and values of the wrong type change nothing.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ui.phrases import DEFAULT_LANGUAGE, LANGUAGES

MAX_LINES = 100
"""As many medicines as the API checks in one call."""
MAX_TEXT = 200
"""Characters of a name, a route or a dose: the API's own limit."""
MAX_PASTE = 20_000
"""Characters of a pasted list."""

_MARKER = re.compile(r"^\s*(?:[-*•·–—]\s+|\d{1,3}[.)]\s+)")
_COMMA = re.compile(r",(?!\d)|(?<!\d),")  # "2,5 mg" is one number, not two medicines


@dataclass(frozen=True, slots=True)
class Line:
    """One medicine of the list.

    Attributes:
        id: number of the line in this session; never used again.
        name: what is sent to the API.
        typed: what the person typed, kept when a candidate was chosen instead.
        route: route slug, or "" when not stated. dose: text, or "".
    """

    id: int
    name: str
    typed: str
    route: str = ""
    dose: str = ""

    def request(self) -> dict[str, str]:
        """The line as the API takes it."""
        facts = {"name": self.name, "route": self.route, "dose": self.dose}
        return {key: value for key, value in facts.items() if value}


@dataclass(slots=True)
class Session:
    """A list in the making.

    Attributes:
        language: one of the six.
        lines: at most `MAX_LINES`.
        left_out: names that could not be added by the last act: said on the screen until the next one.
        started: the page has been opened in this session; False also after the server lost its sessions.
        lost: the server lost the list, which the person must be told.
        revision: number of acts so far, so that the page can tell a new result from an old one.
        lock: acts of one session run one after the other, so none is lost.
    """

    language: str = DEFAULT_LANGUAGE
    lines: tuple[Line, ...] = ()
    left_out: tuple[str, ...] = ()
    started: bool = False
    lost: bool = False
    next_id: int = 1
    revision: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock, compare=False, repr=False)

    def __deepcopy__(self, memo: object) -> Session:
        """A fresh session: Gradio copies the first one for every visitor."""
        return Session(language=self.language, lines=self.lines, next_id=self.next_id)

    def start(self, language: str) -> None:
        """The page was opened."""
        self.language = language
        self.started = True

    def apply(self, act: Mapping[str, object]) -> None:
        """Do what the browser asks: `add`, `paste`, `remove`, `clear`, `route`, `dose`, `choose` or `language`.

        Args:
            act: `act` with the kind, and by kind `value` (text), `line` (line id); `language` the page shows.
        """
        self.revision += 1
        if not self.started:
            self.start(_language(act.get("language"), self.language))
            self.lost = True
        else:
            self.lost = False
        self.left_out = ()
        value = act.get("value")
        value = value if isinstance(value, str) else ""
        match act.get("act"):
            case "add":
                self._add([value])
            case "paste":
                self._add(split_list(value[:MAX_PASTE]))
            case "clear":
                self.lines = ()
            case "language":
                self.language = _language(value, self.language)
            case "remove" | "route" | "dose" | "choose" as kind:
                self._change(kind, act.get("line"), value.strip()[:MAX_TEXT])

    def _add(self, names: list[str]) -> None:
        left_out = []
        for name in names:
            cleaned = " ".join(name.split())
            if not cleaned:
                continue
            if len(cleaned) > MAX_TEXT or len(self.lines) >= MAX_LINES:
                left_out.append(cleaned[:80])
                continue
            self.lines = (*self.lines, Line(self.next_id, cleaned, cleaned))
            self.next_id += 1
        self.left_out = tuple(left_out)

    def _change(self, kind: str, line_id: object, value: str) -> None:
        changed: list[Line] = []
        for line in self.lines:
            if line.id != line_id:
                changed.append(line)
            elif kind == "route":
                changed.append(replace(line, route=value))
            elif kind == "dose":
                changed.append(replace(line, dose=value))
            elif kind == "choose":
                changed.append(replace(line, name=value or line.name))
        self.lines = tuple(changed)


def split_list(pasted: str) -> list[str]:
    """The names in a pasted list.

    Lines and semicolons separate. Commas separate only in a list of one line, since French product titles hold a
    comma ("DOLIPRANE 500 mg, comprimé"), and never inside a number. Bullets and numbering are taken off.
    """
    parts = re.split(r"[\r\n;]+", pasted)
    filled = [part for part in parts if part.strip()]
    if len(filled) == 1:
        filled = _COMMA.split(filled[0])
    names = (_MARKER.sub("", part).strip(" \t,") for part in filled)
    return [name for name in names if name]


def _language(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value in LANGUAGES else otherwise
