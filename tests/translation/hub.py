"""A hub on this machine: real HTTP, real files, and whatever can go wrong on the way."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SMALL = 10_000
"""Files below are served as git blobs, others as large files with a SHA-256."""


@dataclass
class Hub:
    """What a hub holds and how it misbehaves.

    Attributes:
        repositories: `owner/name` to a folder. licences: by repository.
        cuts: by file, after how many bytes the next answers break off; each is used once.
        altered: files whose content differs from what the metadata says.
        grown: files that have more bytes than the metadata says.
        elsewhere: address to which downloads are redirected, with `{path}`. near: redirect once on the same server,
            saying nothing of the file before. ranges: whether ranges are served.
        no_checksums: give no ETag. asked: (method, path, range) of every request.
    """

    repositories: dict[str, Path] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    altered: set[str] = field(default_factory=set)
    grown: set[str] = field(default_factory=set)
    elsewhere: str = ""
    near: bool = False
    ranges: bool = True
    no_checksums: bool = False
    sizes: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    base: str = ""

    def downloads(self, name: str) -> list[str]:
        """The ranges with which a file was downloaded."""
        return [span for method, path, span in self.asked if method == "GET" and path.endswith(f"/{name}")]


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """Serve a hub on loopback for as long as the block runs."""

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    hub.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(head=True)

    def do_GET(self) -> None:
        self._answer(head=False)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""

    def _answer(self, *, head: bool) -> None:
        hub = self.served
        hub.asked.append((self.command, self.path, self.headers.get("Range", "")))
        if self.path.startswith("/api/models/"):
            self._listing(self.path.removeprefix("/api/models/"))
        elif "/resolve/" in self.path:
            self._resolve(head=head)
        elif self.path.startswith("/content/"):
            self._content(self._file(self.path.removeprefix("/content/")))
        else:
            self._send(404)

    def _listing(self, rest: str) -> None:
        name, _, _revision = rest.partition("/revision/")
        folder = self.served.repositories.get(name)
        if folder is None:
            self._send(404)
            return
        files = [{"rfilename": file.name} for file in sorted(folder.iterdir())]
        card = {"license": self.served.licences[name]} if name in self.served.licences else None
        self._send(200, json.dumps({"sha": COMMIT, "siblings": files, "cardData": card}).encode())

    def _resolve(self, *, head: bool) -> None:
        hub = self.served
        path = self.path.partition("?")[0].lstrip("/").replace(f"/resolve/{COMMIT}/", "/")
        file = self._file(path)
        if file is None or not file.is_file():
            self._send(404)
            return
        if hub.near and not self.path.endswith("?near"):
            self._send(307, b"", {"Location": f"{self.path}?near"})
            return
        size = hub.sizes.get(file.name, file.stat().st_size)
        headers = {"X-Repo-Commit": COMMIT}
        if not hub.no_checksums:
            headers |= self._sums(file)
        if hub.elsewhere:
            headers |= {"Location": hub.elsewhere.format(path=path), "X-Linked-Size": str(size)}
            self._send(302, b"", headers)
        elif head:
            self._send(200, b"", headers, length=size)
        else:
            self._content(file)

    def _sums(self, file: Path) -> dict[str, str]:
        content = file.read_bytes()
        if len(content) < SMALL:
            blob = b"blob %d\0" % len(content) + content
            return {"ETag": f'"{hashlib.sha1(blob).hexdigest()}"'}
        return {"ETag": '"of-the-storage"', "X-Linked-Etag": f'"{hashlib.sha256(content).hexdigest()}"'}

    def _content(self, file: Path | None) -> None:
        hub = self.served
        assert file is not None
        content = file.read_bytes()
        if file.name in hub.altered:
            content = bytes([content[0] ^ 1]) + content[1:]
        if file.name in hub.grown:
            content += b"more"
        asked = self.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and hub.ranges else 0
        headers = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if start else {}
        cut = hub.cuts.get(file.name)
        sent = content[start : start + cut.pop(0)] if cut else content[start:]
        self._send(206 if start else 200, sent, headers, length=len(content) - start)
        if len(sent) < len(content) - start:
            self.close_connection = True

    def _file(self, path: str) -> Path | None:
        owner, name, *rest = path.split("/")
        folder = self.served.repositories.get(f"{owner}/{name}")
        return folder / "/".join(rest) if folder else None

    def _send(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None, length: int = -1) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
