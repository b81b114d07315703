"""What a hub holds of a model: its files, their sizes and checksums. It speaks the protocol of Hugging Face's hub."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from medinfo.errors import InvalidInput, UnusableSource
from translation.download import Remote, check_address, opened
from translation.models_catalogue import Layout

if TYPE_CHECKING:
    import httpx

LARGEST_LISTING = 4_000_000
"""Bytes; a repository of a model has some dozens of files."""
LARGEST_SMALL_FILE = 64_000_000
"""Bytes of a file whose checksum may be git's own."""

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_PART = re.compile(r"-\d{5}-of-\d{5}\.safetensors")
_SHA256, _SHA1 = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Repository:
    """A model on the hub at one commit.

    Attributes:
        name: `owner/name`. commit: of the revision that was asked for. files: names, sorted. licence: as its card
        says, or "".
    """

    name: str
    commit: str
    files: tuple[str, ...]
    licence: str


def repository(http: httpx.Client, base: str, name: str, revision: str) -> Repository:
    """Look a model up.

    Raises:
        InvalidInput: name or revision have no such form. NotFound: the hub has it not. UnusableSource: the hub's
        answer is none.
    """
    if not _REPOSITORY.fullmatch(name) or ".." in name:
        raise InvalidInput(f"{name[:100]!r} is neither a folder nor OWNER/NAME of a model on the hub.")
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise InvalidInput(f"{revision[:100]!r} is no branch, tag or commit.")
    told = _json(http, f"{base.rstrip('/')}/api/models/{name}/revision/{quote(revision, safe='')}", base)
    try:
        commit = str(told["sha"])
        names = sorted(str(one["rfilename"]) for one in told["siblings"])
        card = told.get("cardData") or {}
        licence = str(card.get("license") or "") if isinstance(card, dict) else ""
    except (KeyError, TypeError, AttributeError) as problem:
        raise UnusableSource(f"What the hub says of {name} is not what a hub says: {problem!r}.") from problem
    if not _SHA1.fullmatch(commit):
        raise UnusableSource(f"The hub names no commit for {name}.")
    return Repository(name, commit, tuple(names), licence)


def wanted(found: Repository, layout: Layout) -> tuple[str, ...]:
    """The files of a repository that are taken.

    Raises:
        UnusableSource: one that must be there is not; the sentence names it.
    """
    missing = [name for name in layout.required if name not in found.files]
    weights = next((name for name in layout.weights if name in found.files), "")
    if missing or not weights:
        lacks = ", ".join(missing) or " or ".join(layout.weights)
        raise UnusableSource(f"{found.name} has no {lacks}: it is no model of this family that can be used.")
    chosen = dict.fromkeys([*layout.required, *(name for name in layout.optional if name in found.files), weights])
    if weights.endswith(".index.json"):
        stem = weights.removesuffix(".safetensors.index.json")
        chosen |= dict.fromkeys(
            name for name in found.files if name.startswith(stem) and _PART.fullmatch(name.removeprefix(stem))
        )
    return tuple(chosen)


def remote_files(http: httpx.Client, base: str, found: Repository, names: Sequence[str]) -> list[Remote]:
    """Size and checksum of each file, as the hub says them.

    Raises:
        NotFound, UnusableSource: a file is not there, or the hub says not how large it is, or gives no checksum for
        one that is large.
    """
    return [_remote(http, base, found, name) for name in names]


def _remote(http: httpx.Client, base: str, found: Repository, name: str) -> Remote:
    url = f"{base.rstrip('/')}/{found.name}/resolve/{found.commit}/{quote(name)}"
    with opened(http, "HEAD", url, base, near=True) as response:
        headers = response.headers
        etag = (headers.get("x-linked-etag") or headers.get("etag", "")).removeprefix("W/").strip('"').lower()
        size = headers.get("x-linked-size") or ("" if response.is_redirect else headers.get("content-length", ""))
    if not size.isdecimal() or len(size) > 15:
        raise UnusableSource(f"The hub does not say how large {name} is.")
    sha256 = etag if _SHA256.fullmatch(etag) else ""
    sha1 = etag if _SHA1.fullmatch(etag) else ""
    if not sha256 and int(size) > (LARGEST_SMALL_FILE if sha1 else 0):
        raise UnusableSource(f"The hub gives no checksum for {name}: it is not taken.")
    return Remote(url, name, int(size), sha256, sha1)


def _json(http: httpx.Client, url: str, base: str) -> Any:
    check_address(url, base)
    with opened(http, "GET", url, base) as response:
        content = b""
        for block in response.iter_bytes():
            content += block
            if len(content) > LARGEST_LISTING:
                raise UnusableSource("What the hub says of the model is too long.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise UnusableSource(f"What the hub at {base} says is no JSON.", hint="Check its address.") from problem
