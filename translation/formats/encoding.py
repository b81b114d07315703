"""Bytes to text and back, losing none: UTF-8 with or without a byte-order mark, UTF-16 with one."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from translation.formats.base import check_size, unusable

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HINT = "Save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was encoded.

    Attributes:
        text: without the byte-order mark. encoding: Python's name. mark: the byte-order mark, or nothing.
    """

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Another text in the same encoding. A lone surrogate, which none can hold, becomes U+FFFD."""
        return self.mark + text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(self.encoding)


def decode(content: bytes) -> Decoded:
    """Read text.

    Raises:
        UnusableDocument: too large, not in these encodings (with the offset of the first wrong byte), or not text.
    """
    check_size(content)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    if not encoding:
        raise unusable("The document is in UTF-32, which is not taken.", hint=_HINT)
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise unusable(f"The document is not valid {name} at byte {offset}.", hint=_HINT, offset=offset) from None
    nul = text.find("\0")
    if nul >= 0:
        offset = len(mark) + len(text[:nul].encode(encoding))
        raise unusable(f"The document is not text: a zero byte stands at byte {offset}.", hint=_HINT, offset=offset)
    return Decoded(text, encoding, mark)
