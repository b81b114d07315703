"""One file over HTTP into a folder: bounded, continued after an interruption, and verified.

A file on its way is `<name>.part`; it gets its name once it is whole and its checksum is right. Redirects are followed
to https only, or to plain http on loopback where the hub itself is there.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from medinfo.errors import InvalidInput, NotFound, UnusableSource

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 5
"""How often a broken connection is taken up again before the user is asked to."""
REDIRECTS = 8
TIMEOUT_S = 60.0
BLOCK = 1 << 20
SPARE_BYTES = 200 * 1024 * 1024
"""What is left free on the disk beside what is known to be needed."""

Pause = Callable[[float], None]
Done = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Remote:
    """A file on the hub, with what the hub says of it.

    Attributes:
        url: where. name: plain file name. size: bytes.
        sha256: of its content, or "". git_sha1: of the git blob that it is, or "".
    """

    url: str
    name: str
    size: int
    sha256: str = ""
    git_sha1: str = ""

    @property
    def verified_by(self) -> str:
        """What its content can be held against, for a person."""
        if self.sha256:
            return "SHA-256"
        return "git SHA-1" if self.git_sha1 else "size alone"


def check_address(url: str, base: str) -> str:
    """Refuse an address that is neither https nor, where the base is on loopback, plain http on loopback.

    Returns:
        the address.

    Raises:
        UnusableSource: it is neither.
    """
    if _allowed(url) and (url.startswith("https://") or _loopback(base)):
        return url
    raise UnusableSource(
        f"The address {url[:200]!r} is not used: only https is, or plain http on this machine.",
        hint="Check the address of the hub in the settings.",
    )


@contextmanager
def client(base: str) -> Iterator[httpx.Client]:
    """A client that follows no redirect by itself and asks for content as it is."""
    import httpx

    headers = {"Accept-Encoding": "identity", "User-Agent": "medinfo"}
    with httpx.Client(timeout=TIMEOUT_S, headers=headers, trust_env=not _loopback(base)) as made:
        yield made


@contextmanager
def opened(
    http: httpx.Client, method: str, url: str, base: str, *, headers: dict[str, str] | None = None, near: bool = False
) -> Iterator[httpx.Response]:
    """A response, its body not yet read, redirects followed where they may lead.

    Args:
        near: give back a redirect that leads to another server, or that says itself what the file is, as it is.

    Raises:
        NotFound: the server has no such file. UnusableSource: it refuses, or redirects where it must not.
    """
    for _ in range(REDIRECTS):
        check_address(url, base)
        with http.stream(method, url, headers=headers) as response:
            if response.is_redirect:
                onward = response.url.join(response.headers["location"])
                told = {"x-linked-etag", "x-linked-size"} <= response.headers.keys()
                told = told or onward.netloc != response.url.netloc
                if not (near and told):
                    url = str(onward)
                    continue
            elif response.status_code >= 400:
                raise _refused(response, url)
            yield response
            return
    raise UnusableSource(f"The server redirects more than {REDIRECTS} times from {url[:200]!r}.")


def fetch(
    http: httpx.Client, remote: Remote, folder: Path, base: str, *, done: Done | None = None, pause: Pause = time.sleep
) -> Path:
    """Bring one file into a folder, continuing what is there of it.

    Args:
        done: told how many bytes of it are there. pause: how to wait between two attempts, in seconds.

    Returns:
        the file, whole and verified.

    Raises:
        NotFound, UnusableSource: see `opened`; what came stays in the folder unless it is wrong.
    """
    whole, part = folder / remote.name, folder / f"{remote.name}.part"
    if not whole.is_file() or whole.stat().st_size != remote.size:
        folder.mkdir(parents=True, exist_ok=True)
        _fetch_part(http, remote, part, base, done or _nothing, pause)
        _verify(remote, part)
        part.replace(whole)
    else:
        _verify(remote, whole)
    (done or _nothing)(remote.size)
    return whole


def require_space(folder: Path, needed: int) -> None:
    """Refuse work for which the disk has no room.

    Args:
        folder: where; it, or a folder above it, exists. needed: bytes beside those that are there already.

    Raises:
        InvalidInput: there is less room, `SPARE_BYTES` kept free.
    """
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < needed + SPARE_BYTES:
        raise InvalidInput(
            f"The disk has no room: {_mb(needed + SPARE_BYTES)} MB are needed in {place}, {_mb(free)} MB are free.",
            hint="Make room, or set MEDINFO_DATA_DIR to a folder on another disk.",
        )


def _fetch_part(http: httpx.Client, remote: Remote, part: Path, base: str, done: Done, pause: Pause) -> None:
    import httpx

    for attempt in range(ATTEMPTS):
        if attempt:
            pause(float(2 ** (attempt - 1)))
        try:
            if _held(part) > remote.size:
                part.unlink()
            if _held(part) < remote.size or not part.exists():
                _continue(http, remote, part, base, done)
            return
        except httpx.TransportError as problem:
            broken = problem
    why = str(broken) or type(broken).__name__
    raise UnusableSource(
        f"The connection broke {ATTEMPTS} times while {remote.name} was coming: {why}.",
        hint="Run the same command again: it continues where it stopped.",
    ) from broken


def _continue(http: httpx.Client, remote: Remote, part: Path, base: str, done: Done) -> None:
    import httpx

    held = _held(part)
    headers = {"Range": f"bytes={held}-"} if held else None
    with opened(http, "GET", remote.url, base, headers=headers) as response:
        if held and not _continues(response, held):
            held = 0
        with part.open("ab" if held else "wb") as out:
            for block in response.iter_raw():
                held += len(block)
                if held > remote.size:
                    out.close()
                    part.unlink()
                    raise UnusableSource(f"{remote.name} is larger than the {remote.size} bytes that the hub says.")
                out.write(block)
                done(held)
    if held < remote.size:
        raise httpx.RemoteProtocolError(f"{held} of {remote.size} bytes came")


def _continues(response: httpx.Response, held: int) -> bool:
    """Whether the server goes on where we stopped; one that does not starts anew."""
    return response.status_code == 206 and response.headers.get("content-range", "").startswith(f"bytes {held}-")


def _verify(remote: Remote, file: Path) -> None:
    """Hold a file to what the hub says of it; a wrong one is removed."""
    wrong = ""
    if file.stat().st_size != remote.size:
        wrong = "size"
    elif remote.sha256 and _digest(file, "sha256") != remote.sha256.lower():
        wrong = "SHA-256"
    elif not remote.sha256 and remote.git_sha1 and _digest(file, "sha1", git_blob=True) != remote.git_sha1.lower():
        wrong = "git SHA-1"
    if wrong:
        file.unlink()
        raise UnusableSource(
            f"{remote.name} is not the file that the hub names: its {wrong} differs. It was removed.",
            hint="Try again; if it happens again, something between you and the hub alters files.",
        )


def _digest(file: Path, algorithm: str, *, git_blob: bool = False) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    if git_blob:
        digest.update(b"blob %d\0" % file.stat().st_size)
    with file.open("rb") as content:
        while block := content.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _refused(response: httpx.Response, url: str) -> NotFound | UnusableSource:
    if response.status_code == 404:
        return NotFound(f"The hub has no {url[:200]!r}.", hint="Check the name and the revision.")
    if response.status_code in (401, 403):
        return UnusableSource(
            f"The hub does not give {url[:200]!r} to everybody (status {response.status_code}): there is no such"
            " model, or its terms must be accepted there.",
            hint="Download it yourself and convert the folder: medinfo models convert FOLDER",
        )
    return UnusableSource(f"The hub answers {response.status_code} for {url[:200]!r}.", hint="Try again later.")


def _allowed(url: str) -> bool:
    return url.startswith("https://") or _loopback(url)


def _loopback(url: str) -> bool:
    import httpx

    try:
        asked = httpx.URL(url)
        return asked.scheme == "http" and (asked.host == "localhost" or ip_address(asked.host).is_loopback)
    except (ValueError, httpx.InvalidURL):
        return False


def _held(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _mb(size: int) -> int:
    return -(-size // 1_000_000)


def _nothing(_held: int) -> None:
    """Nobody asked to be told."""
