"""Which strings of a JSON file are text, and which are for programs.

Chosen by patterns, a string is text if it has a letter and its path matches one. A pattern is a JSON Pointer in which
`*` stands for any one key or index, and `**` for any number of them: `/items/*/label`, `/**/text`.

Without patterns, a string is left alone if

- it has no letter, or holds half a surrogate pair;
- its key names a code (`id`, `code`, `url`, `language`, ...; also `userId`, `user_id`, `$ref`);
- it is one word (no white space) and has a digit, `_`, `/`, `:`, `@`, `#`, `=`, `\\`, `<`, `{` or `.` inside, a capital
  after a small letter, only capitals, or only small unaccented letters and hyphens (`active`, `on-hold`): such words
  are mostly codes, and a translated code breaks a program;
- it is one capitalised word and its key names a kind (`type`, `status`, ...);
- it is a date, a time, a URL, or a list of such words without a space.

Everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from medinfo.errors import InvalidInput
from translation.formats.base import has_letters
from translation.formats.json_tokens import Path

Pattern = tuple[str, ...]
MOST_PATTERNS = 100
MOST_PARTS = 50

_CODE_KEYS = frozenset(
    {
        "id", "ids", "uuid", "guid", "oid", "urn", "code", "codes", "url", "uri", "href", "src", "system", "schema",
        "language", "lang", "locale", "version", "email", "mail", "hash", "sha256", "checksum", "token", "mimetype",
        "mediatype", "contenttype", "contentmediatype", "path", "filename", "regex", "pattern", "timezone", "color",
        "colour", "icon", "resourcetype", "reference",
    }
)  # fmt: skip
_KIND_KEYS = frozenset(
    {
        "type", "kind", "status", "state", "format", "class", "key", "slug", "unit", "units", "encoding", "currency",
        "country", "gender",
    }
)  # fmt: skip
_CODE_ENDINGS = re.compile(
    r"[_-](?:id|ids|uuid|url|uri|href|code|ref)$|(?<=[a-z])(?:Id|ID|Ids|Uuid|UUID|Url|URL|Uri|URI|Href|Code|Ref)$"
)
_CODE_WORD = re.compile(
    r"[\d_/:@#=\\<{]|\w\.\w|[^\W\d_A-Z][A-Z]|^[A-Z][A-Z.-]*$|^[a-z]+(?:-[a-z]+)*$|^[a-z]{2,3}-[A-Z]"
)
_TIME = re.compile(r"[+-]?\d{4}-\d\d(?:-\d\d)?(?:[T ]\d\d:\d\d[\d:.]*\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?$")


def patterns(pointers: Sequence[str]) -> tuple[Pattern, ...]:
    """Read patterns.

    Raises:
        InvalidInput: one is no JSON Pointer, or there are too many.
    """
    if len(pointers) > MOST_PATTERNS:
        raise InvalidInput(f"At most {MOST_PATTERNS} JSON Pointer patterns are taken.")
    return tuple(_pattern(pointer) for pointer in pointers)


def _pattern(pointer: str) -> Pattern:
    parts = pointer.split("/")
    if (pointer and parts[0]) or len(parts) > MOST_PARTS or re.search(r"~(?![01])", pointer):
        raise InvalidInput(f"{pointer!r} is no JSON Pointer; it begins with '/', as '/items/*/label'.")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts[1:])


def matches(path: Path, pattern: Pattern) -> bool:
    """Whether a path is one that a pattern describes."""
    reached = {0}  # how many parts of the pattern the path so far may have used up
    for step in path:
        reached = _open(reached, pattern)
        reached = {
            at + (pattern[at] != "**") for at in reached if at < len(pattern) and pattern[at] in ("*", "**", str(step))
        }
    return len(pattern) in _open(reached, pattern)


def _open(reached: set[int], pattern: Pattern) -> set[int]:
    """The places reached, and those behind a `**` that stands for nothing."""
    found = set(reached)
    for at in sorted(reached):
        while at < len(pattern) and pattern[at] == "**":
            at += 1
            found.add(at)
    return found


def is_text(value: str, path: Path) -> bool:
    """Whether a string is text, by the rule above."""
    if not is_usable(value):
        return False
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if key.startswith("$") or key.lower().replace("_", "").replace("-", "") in _CODE_KEYS or _CODE_ENDINGS.search(key):
        return False
    if _TIME.match(value.strip()):
        return False
    if len(value.split()) > 1:
        return True
    word = value.strip().strip(".,;:!?()\"'")
    return bool(word) and not _CODE_WORD.search(word) and key.lower() not in _KIND_KEYS


def is_usable(value: str) -> bool:
    """Whether a string can be translated at all."""
    return has_letters(value) and not any("\ud800" <= char <= "\udfff" for char in value)
