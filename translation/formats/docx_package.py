"""The archive that a DOCX file is: opened within bounds, and written again with some of its parts replaced."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from medinfo.errors import UnusableDocument
from translation.formats.base import LIMITS, check_size, unusable

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, OverflowError,
)  # fmt: skip
"""What zipfile raises for archives that are damaged."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RATIO_FROM_BYTES: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_ZIP64_EXTRA: Final = 1


@dataclass(frozen=True, slots=True)
class Package:
    """An archive that was found to be whole and within bounds. Members are unpacked only when they are asked for."""

    content: bytes
    names: tuple[str, ...]

    def parts(self, *names: str) -> dict[str, bytes]:
        """The named members, unpacked."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in names}

    def replace(self, parts: Mapping[str, bytes]) -> bytes:
        """The archive with some members replaced: all others, their order, times and compression stay.

        Args:
            parts: new content by name; where there is none the archive is given back byte by byte.
        """
        if not parts:
            return self.content
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(out, "w") as new:
            new.comment = old.comment
            for info in old.infolist():
                data = parts[info.filename] if info.filename in parts else old.read(info)
                new.writestr(_like(info), data)
        return out.getvalue()


def open_package(content: bytes) -> Package:
    """Open an archive and read it through once.

    Raises:
        UnusableDocument: not an archive, damaged, encrypted, or out of the limits (members, unpacked size, ratio).
    """
    check_size(content)
    if content.startswith(_OLE):
        raise unusable(
            "The document is encrypted, or in the Word format of before 2007.",
            hint="Remove the password, or save it as DOCX.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive.infolist())
            for info in archive.infolist():
                _read_through(archive, info)
            return Package(content, tuple(archive.namelist()))
    except UnusableDocument:
        raise
    except _BROKEN:
        raise unusable("The document is damaged: its archive cannot be unpacked.") from None


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > LIMITS.members:
        raise unusable(f"The document's archive has {len(members):,} members; at most {LIMITS.members:,} are taken.")
    unpacked = sum(info.file_size for info in members)
    if unpacked > LIMITS.unpacked_bytes:
        raise unusable(f"The document unpacks to {unpacked:,} bytes; at most {LIMITS.unpacked_bytes:,} are taken.")
    if len({info.filename.lower() for info in members}) < len(members):
        raise unusable("The document's archive has two members of one name.")
    for info in members:
        if info.flag_bits & _ENCRYPTED:
            raise unusable("The document's archive is encrypted.", hint="Remove the password.")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise unusable("The document's archive is packed in a way that DOCX does not have.")
        if info.file_size > max(_RATIO_FROM_BYTES, LIMITS.ratio * info.compress_size):
            raise unusable(f"A member of the document's archive unpacks to more than {LIMITS.ratio} times its size.")


def _read_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Unpack a member piece by piece, so that a wrong size or checksum shows now and not when it is written."""
    with archive.open(info) as member:
        while member.read(_RATIO_FROM_BYTES):
            pass


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    new = zipfile.ZipInfo(info.filename, info.date_time)
    new.compress_type, new.comment, new.extra = info.compress_type, info.comment, _extra(info.extra)
    new.create_system, new.external_attr, new.internal_attr = info.create_system, info.external_attr, info.internal_attr
    return new


def _extra(extra: bytes) -> bytes:
    """The extra fields but those of ZIP64, which belong to the old sizes; none where they cannot be read."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if at + 4 + length > len(extra):
            return b""
        kept += b"" if kind == _ZIP64_EXTRA else extra[at : at + 4 + length]
        at += 4 + length
    return kept
