"""From what the user names (a file, a zip as published, a folder) to the official files in it, within limits, untrusting."""

from __future__ import annotations

import codecs
import csv
import datetime
import functools
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Protocol, cast
from xml.etree.ElementTree import ParseError

import openpyxl  # type: ignore[import-untyped]
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from verbale.core import Settings, VerbaleError

# A zip in a zip occurs (National Material Capabilities); a third layer has no honest use.
MAX_LAYERS: Final = 2
# The largest published archives hold some dozen files; more than this is no dataset.
MAX_MEMBERS: Final = 5_000
# The longest preamble (SIPRI) has 1,500 characters, the longest header line (V-Dem, 4,600 columns) some 90,000.
START_BYTES: Final = 262_144
CHUNK: Final = 1 << 20
# A workbook is small or no dataset: the agreements of PA-X unpack to 15 MB. The strings of one are held in memory, so that
# the limit of archives would be too high.
MAX_SHEET: Final = 100 << 20
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)

# What openpyxl raises for an archive that holds no workbook, or a hostile one.
_NO_WORKBOOK: Final = (
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file in what the user named: how it is called in messages, and how it is opened, as often as needed."""

    label: str
    name: str
    open: Callable[[], BinaryIO]

    def start(self) -> str:
        """Return the beginning of the file for finding its columns; official headers are ASCII, so Latin-1 reads them all."""
        with reading(self.label), self.open() as stream:
            data = stream.read(START_BYTES)
        return data.removeprefix(codecs.BOM_UTF8).decode("latin-1")

    def digest(self) -> str:
        """Return the SHA-256 of the file."""
        total = hashlib.sha256()
        with reading(self.label), self.open() as stream:
            while chunk := stream.read(CHUNK):
                total.update(chunk)
        return total.hexdigest()

    def encoding(self, allowed: tuple[str, ...]) -> str:
        """Return the first of the allowed encodings in which the whole file is text. Raises VerbaleError `record-encoding`."""
        reason = ""
        for encoding in allowed:
            try:
                self._decode(encoding)
            except UnicodeError as error:
                reason = reason or str(error).split(":")[0]
            else:
                return "utf-8-sig" if encoding == "utf-8" else encoding
        raise VerbaleError("record-encoding", path=self.label, allowed=" or ".join(allowed), reason=reason)

    def _decode(self, encoding: str) -> None:
        decoder = codecs.getincrementaldecoder(encoding)()
        with reading(self.label), self.open() as stream:
            while chunk := stream.read(CHUNK):
                if b"\0" in chunk:
                    message = "it holds NUL bytes, as UTF-16 and binary files do"
                    raise UnicodeError(message)
                decoder.decode(chunk)
            decoder.decode(b"", final=True)


@contextmanager
def reading(label: str) -> Iterator[None]:
    """Turn the many errors of damaged archives and unreadable files into those of the catalogue."""
    try:
        yield
    except _DAMAGE as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise VerbaleError("record-archive", path=label, reason=f"it is cut off or damaged: {reason}") from error
    except PermissionError as error:
        raise VerbaleError("file-permission", path=label) from error
    except OSError as error:
        raise VerbaleError("file-unreadable", path=label, reason=error.strerror or type(error).__name__) from error


class _Closable(Protocol):
    def close(self) -> None: ...


class _Limited(io.RawIOBase):
    """A stream that may not give more than a number of bytes, whatever its archive declares."""

    def __init__(self, stream: BinaryIO, label: str, limit: int, beneath: tuple[_Closable, ...]) -> None:
        self._stream, self._label, self._limit, self._left = stream, label, limit, limit
        self._beneath = beneath

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._label, self._limit)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            for one in (self._stream, *self._beneath):
                one.close()
        super().close()


def too_large(label: str, limit: int) -> VerbaleError:
    """Return the error that an archive unpacks to more than the limit."""
    return VerbaleError("archive-too-large", path=label, size=f"more than {limit >> 20} MB", allowed=f"{limit >> 20} MB")


def parts_of(path: Path, *, settings: Settings) -> list[Part]:
    """Return the files in a file, an archive (also one within another) or a folder, in the order of their names.

    Raises VerbaleError `file-missing`, `file-special`, `file-permission`, `record-archive` or `archive-too-large`.
    """
    if not path.exists():
        raise VerbaleError("file-missing", path=path)
    if not path.is_dir() and not path.is_file():  # a pipe can be read once only, a device perhaps for ever
        raise VerbaleError("file-special", path=path, kind="a pipe or a device")
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    found: list[Part] = []
    for file in files:
        if not file.name.startswith("."):
            part = Part(str(file), file.name, functools.partial(_open_file, file))
            found += _unpacked(part, settings.max_unpacked_bytes, MAX_LAYERS)
    return found


def _unpacked(part: Part, limit: int, layers: int) -> list[Part]:
    with reading(part.label), part.open() as stream:
        magic = stream.read(4)
    if magic[:2] == b"\x1f\x8b":
        return [Part(part.label, part.name.removesuffix(".gz"), functools.partial(_gunzip, part, limit))]
    if magic not in (b"PK\x03\x04", b"PK\x05\x06"):
        return [part]
    if part.name.lower().endswith(".xlsx"):
        return [Part(part.label, part.name, functools.partial(_sheet, part, limit))]
    if layers == 0:
        raise VerbaleError("record-archive", path=part.label, reason="too many archives lie within each other")
    found: list[Part] = []
    for member in _members(part, limit):
        label = f"{part.label}/{member}"
        inner = Part(label, PurePosixPath(member).name, functools.partial(_open_member, part, member, limit))
        if member.lower().endswith(".zip"):
            with reading(label), inner.open() as stream:
                data = stream.read()
            inner = Part(label, inner.name, functools.partial(io.BytesIO, data))
        found += _unpacked(inner, limit, layers - 1) if member.lower().endswith((".zip", ".gz")) else [inner]
    return found


def _members(part: Part, limit: int) -> list[str]:
    with reading(part.label), part.open() as stream, zipfile.ZipFile(stream) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise VerbaleError("record-archive", path=part.label, reason=f"it holds {len(infos):,} files")
    if any(info.flag_bits & 1 for info in infos):
        raise VerbaleError("record-archive", path=part.label, reason="it is protected with a password")
    # reading a member stops at its declared size, so the sum of these bounds everything
    if sum(info.file_size for info in infos) > limit:
        raise too_large(part.label, limit)
    names = (info.filename for info in infos)
    return sorted(name for name in names if not name.startswith("__MACOSX/") and not PurePosixPath(name).name.startswith("."))


@functools.lru_cache(maxsize=1)  # a sheet is read three times: for its columns, its encoding and its rows
def _sheet_text(part: Part, limit: int) -> bytes:
    """Return the first sheet of a workbook as comma-separated text, a line for each row; line breaks in cells become blanks."""
    limit = min(limit, MAX_SHEET)
    _members(part, limit)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    with reading(part.label), part.open() as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            for cells in book.worksheets[0].iter_rows(values_only=True):
                writer.writerow([_cell(value) for value in cells])
                if out.tell() > limit:
                    raise too_large(part.label, limit)
        except _NO_WORKBOOK as error:
            reason = f"it is no workbook: {' '.join(str(error).split()) or type(error).__name__}"
            raise VerbaleError("record-archive", path=part.label, reason=reason) from error
    return out.getvalue().encode()


def _sheet(part: Part, limit: int) -> BinaryIO:
    return io.BytesIO(_sheet_text(part, limit))


def _cell(value: object) -> str:
    """Return a cell as the text that a CSV export has; a date without a time as its day."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return " ".join(str(value).split())


def _open_file(path: Path) -> BinaryIO:
    return path.open("rb")


def _open_member(part: Part, member: str, limit: int) -> BinaryIO:
    stream = part.open()
    archive = zipfile.ZipFile(stream)
    return _limited(cast(BinaryIO, archive.open(member)), f"{part.label}/{member}", limit, beneath=(archive, stream))


def _gunzip(part: Part, limit: int) -> BinaryIO:
    stream = part.open()
    return _limited(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), part.label, limit, beneath=(stream,))


def _limited(stream: BinaryIO, label: str, limit: int, *, beneath: tuple[_Closable, ...]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Limited(stream, label, limit, beneath), CHUNK))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as given, or of the names and contents of a folder's files."""
    total = hashlib.sha256()
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for file in files:
        if path.is_dir():
            total.update(file.relative_to(path).as_posix().encode() + b"\0")
        with reading(str(file)), file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                total.update(chunk)
    return total.hexdigest()
