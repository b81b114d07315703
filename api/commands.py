"""What the commands do: plain functions of settings and values, without printing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from api.shapes import CheckIn, MedicineIn
from api.wiring import THESAURUS, open_catalogue, open_snapshot, open_store
from medinfo.errors import InvalidInput, NotFound
from medinfo.phrases import LANGUAGES
from medinfo.settings import Settings


def as_json(value: Any) -> str:
    """A value as indented JSON, with a final line feed."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def check(settings: Settings, names: list[str], language: str) -> dict[str, Any]:
    """Check medicines against each other.

    Args:
        names: as typed, 1 to 100.
        language: one of ours.

    Returns:
        the answer in the shape of `api.shapes.CheckOut`.

    Raises:
        InvalidInput: too many names, an empty or overlong one, or a language that we do not speak.
    """
    from api.views import check as view

    if language not in LANGUAGES:
        raise InvalidInput(f"There is no language {language!r}.", hint=f"Use one of {', '.join(LANGUAGES)}.")
    try:
        asked = CheckIn(medicines=[MedicineIn(name=name) for name in names], language=language)
    except ValidationError as error:
        raise InvalidInput("Give 1 to 100 names of 1 to 200 characters each.") from error
    return view(open_snapshot(settings), asked)


def list_editions(settings: Settings) -> list[dict[str, Any]]:
    """All stored editions of all sources, and the embedded one: source, edition, active, imported."""
    raise NotImplementedError


def activate(settings: Settings, source: str, edition: str) -> list[str]:
    """Use an imported edition from now on.

    Raises:
        NotFound: no such edition is stored.
    """
    open_store(settings).activate(source, edition)
    return [f"{source} {edition} is in use."]
