"""Licences of models: what must be accepted, and what is said of them."""

from __future__ import annotations

import re
from pathlib import Path

from medinfo.errors import InvalidInput

UNKNOWN = "unknown"
_SPDX = {
    name.lower(): name
    for name in (
        "Apache-2.0", "MIT", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "BSD-3-Clause",
    )
}  # fmt: skip


def spdx(stated: str) -> str:
    """The SPDX name of a licence as a card states it; `unknown` where it states none, or only that it is another."""
    return UNKNOWN if stated.lower() in {"", "other"} else _SPDX.get(stated.lower(), stated)


def is_non_commercial(licence: str) -> bool:
    """Whether a licence's name says that commercial use is not allowed."""
    return "nc" in re.split(r"[^a-z0-9]+", licence.lower())


def require_accepted(name: str, licence: str, accepted: bool) -> None:
    """Refuse a licence that was not accepted.

    Raises:
        InvalidInput: what must be accepted, and how.
    """
    if not accepted:
        raise InvalidInput(notice(name, licence), hint="To accept the licence, add --accept-licence.")


def notice(name: str, licence: str) -> str:
    """What must be accepted, in one paragraph."""
    return (
        f"The model {name} is published under {licence}, which does not allow commercial use. What it translates may"
        " be used for non-commercial purposes only, and its authors must be named. It is downloaded only once you"
        " accept this licence."
    )


def said(licence: str) -> list[str]:
    """What is said of a licence once a model is installed."""
    if not licence or licence == UNKNOWN:
        return ["Its licence is not known: read the model's page before you use it."]
    return [f"Licence: {licence}.{' Commercial use is not allowed.' if is_non_commercial(licence) else ''}"]


def card_licence(folder: Path) -> str:
    """The licence that the card of a model in a folder states, or ""."""
    card = folder / "README.md"
    if not card.is_file():
        return ""
    with card.open(encoding="utf-8", errors="replace") as text:
        head = text.read(20_000)
    front = re.match(r"---\n(.*?)\n---", head, re.DOTALL)
    stated = re.search(r"^license:\s*['\"]?([A-Za-z0-9.+-]{1,60})['\"]?\s*$", front.group(1), re.M) if front else None
    return stated.group(1) if stated else ""
