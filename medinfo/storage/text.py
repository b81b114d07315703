"""Text as it is stored: in NFC, encodable, in bounds; and the normal form that texts are compared in."""

from __future__ import annotations

import re
import unicodedata

from medinfo.errors import InvalidInput

_SPACE = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def normal(text: str) -> str:
    """In NFC, white space at the ends off and single inside: two texts with one normal form are the same text."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def line(text: str, what: str, most: int) -> str:
    """One line in its normal form.

    Args:
        what: what it is, for the error: "The name". most: characters that it may have.

    Raises:
        InvalidInput: it is empty, too long or holds a control character.
    """
    told = unicodedata.normalize("NFC", text).strip()
    if _CONTROL.search(told):
        raise InvalidInput(f"{what} holds a control character.")
    return _bounded(normal(told), what, most)


def passage(text: str, what: str, most: int) -> str:
    """A text of any shape, in NFC and otherwise as it is; arguments and errors as for `line`, line ends allowed."""
    told = unicodedata.normalize("NFC", text)
    if _UNWRITABLE.search(told):
        raise InvalidInput(f"{what} holds a character that cannot be stored.")
    if not told.strip():
        return _bounded("", what, most)
    return _bounded(told, what, most)


def language(code: str) -> str:
    """A language code as stored.

    Raises:
        InvalidInput: it is not a lower-case ISO 639 code.
    """
    if not _LANGUAGE.fullmatch(code):
        raise InvalidInput(f"{code[:20]!r} is not a language code (ISO 639, lower case).")
    return code


def pair(source: str, target: str) -> tuple[str, str]:
    """A pair of languages as stored.

    Raises:
        InvalidInput: one is no language code, or both are the same.
    """
    if language(source) == language(target):
        raise InvalidInput("The source and the target language are the same.")
    return source, target


def _bounded(text: str, what: str, most: int) -> str:
    if not text:
        raise InvalidInput(f"{what} is empty.")
    if len(text) > most:
        raise InvalidInput(f"{what} is longer than {most} characters.", params={"max": most, "length": len(text)})
    return text
