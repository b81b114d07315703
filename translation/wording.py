"""What is said of translations, from authored phrases in six languages; nothing here passes through a model."""

from __future__ import annotations

from functools import cache

from medinfo.phrases import LANGUAGES, Phrases
from translation.results import Check, Failure, Quality, Segment

BETWEEN = " "
"""Between a marker and the text that it warns of."""


@cache
def _wording() -> Phrases:
    return Phrases.load("translation", "data/wording")


@cache
def _messages() -> Phrases:
    return Phrases.load("translation", "data/phrases")


def spoken(language: str) -> str:
    """The language to speak to somebody who reads `language`: itself where we have phrases in it, else English."""
    primary = language.partition("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


def message(failure: Failure, language: str) -> str:
    """What a failure says to a person.

    Args:
        language: a language code; English is used where we have no phrases in it.
    """
    return _messages().text(spoken(language), f"verify.{failure.reason}", **failure.params)


def check_name(check: Check, language: str) -> str:
    """What a check is called."""
    return _wording().text(spoken(language), f"check.{check}")


def needs_marker(segment: Segment) -> bool:
    """Whether a segment must carry a warning wherever its flags cannot stand beside it.

    One that was left in the source language on request needs none; one for which there is no translation at all does.
    """
    return segment.status == "flagged" or (segment.status == "kept" and not segment.attempt)


def marker(segment: Segment, language: str) -> str:
    """The visible warning that stands before such a segment.

    Args:
        language: of the reader: the target language.
    """
    if segment.status == "kept":
        return _wording().text(spoken(language), "marker.kept")
    checks = ", ".join(check_name(check, language) for check in segment.verdict.failed)
    return _wording().text(spoken(language), "marker.flagged", checks=checks)


def notice(quality: Quality, language: str) -> str:
    """What every reader of a machine translation must know."""
    told = spoken(language)
    return f"{_wording().text(told, 'notice.machine')} {_wording().text(told, f'notice.{quality}')}"


def page_without_text(page: int, language: str) -> str:
    """What stands in the place of a page of a PDF file from which no text could be read."""
    return _wording().text(spoken(language), "pdf.no_text", page=page)
