"""What a reader is handed: one input with its bytes, wherever they come from, read within the limits."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from verbale.core import Settings, VerbaleError

MEGABYTE = 1024 * 1024
SNIFF_BYTES = 4096  # enough for every signature, an XML prolog and the head of a page


@dataclass(frozen=True, slots=True)
class Intake:
    """One file, or what came in by standard input (then `data` holds its bytes).

    `path` is the path as a person reads it, `name` the stem that documents are named after, `suffix` the ending in small
    letters without `.gz`, `packed` whether the bytes are gzip, `columns` the mapping of a corpus's columns.
    """

    path: str
    name: str
    suffix: str
    settings: Settings
    file: Path | None = None
    data: bytes = b""
    packed: bool = False
    columns: Mapping[str, str] | None = None

    def open(self) -> IO[bytes]:
        """Open the bytes for reading, unpacked where they are gzip."""
        raw: IO[bytes] = self.file.open("rb") if self.file is not None else io.BytesIO(self.data)
        return gzip.GzipFile(fileobj=raw, mode="rb") if self.packed else raw  # type: ignore[return-value]

    def head(self) -> bytes:
        """Return the first bytes, unpacked; damaged gzip raises `file-broken`."""
        with self.open() as stream:
            return self._take(stream, SNIFF_BYTES)

    def read(self) -> bytes:
        """Return all bytes; more than `max_file_bytes` raise `file-too-large` before they are read."""
        allowed = self.settings.max_file_bytes
        if self.file is not None and not self.packed:
            size = self.file.stat().st_size
            if size > allowed:
                raise VerbaleError("file-too-large", path=self.path, size=megabytes(size), allowed=megabytes(allowed))
        with self.open() as stream:
            data = self._take(stream, allowed + 1)
        if len(data) > allowed:
            code = "archive-too-large" if self.packed else "file-too-large"
            raise VerbaleError(code, path=self.path, size=f"over {megabytes(allowed)}", allowed=megabytes(allowed))
        return data

    def _take(self, stream: IO[bytes], size: int) -> bytes:
        try:
            return stream.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise VerbaleError("file-broken", path=self.path, kind="gzip", reason=str(error)) from error


def megabytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size:,} bytes"


def printable(path: str) -> str:
    """Return a path that any file or terminal can hold: bytes of a name that are not UTF-8 are shown as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
