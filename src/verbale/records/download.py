"""Fetches the official files of datasets from their owners' hosts, where terms and host allow it.

Only an install that the user asked for comes here, and only for addresses of the catalogue: no document and no row of a dataset
can name one. What has arrived before a connection broke is kept, and a later try goes on from there if the host tells that its
file is still the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import logging
import shutil
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import responses
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import urlsplit

import pooch  # type: ignore[import-untyped]

from verbale.core import Settings, VerbaleError
from verbale.core.settings import MEGABYTE
from verbale.records.catalogue import Address, Dataset

FOLDER: Final = "downloads"
# What of a broken transfer is less than this is lost, as urllib3 gives out whole chunks only.
CHUNK: Final = 1 << 16
# Answers that may be different in a moment: the others of 400 to 499 say that asking again is of no use.
_PASSING: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.TOO_EARLY})
_PAGE: Final = (b"<!doctype html", b"<html")
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# Pooch tells every download on standard error; the command line does so itself.
pooch.get_logger().setLevel(logging.WARNING)


class Progress(Protocol):
    """What shows how far a file has come, as pooch moves it; `total` is set to the bytes that the host told, or 0."""

    total: int

    def update(self, amount: int) -> None:
        """Take note of bytes that arrived."""
        ...

    def reset(self) -> None:
        """Begin again at nothing."""
        ...

    def close(self) -> None:
        """Show nothing more; may be called again."""
        ...


# Given the name of a file, what shows its progress; None where nobody watches.
Watcher = Callable[[str], Progress | None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """The fetched file, or the folder of those that belong together, and the addresses they came from."""

    path: Path
    urls: tuple[str, ...]

    def forget(self) -> None:
        """Remove what was fetched, so that the next install fetches it again."""
        shutil.rmtree(self.path if self.path.is_dir() else self.path.parent, ignore_errors=True)


def fetch(
    dataset: Dataset,
    *,
    folder: Path,
    edition: str | None = None,
    again: bool = False,
    settings: Settings,
    watch: Watcher | None = None,
) -> Fetched:
    """Fetch a dataset's official file, or the files of one edition; what was fetched before is used again, unless `again`.

    The newest edition is fetched, if no other is named. Raises VerbaleError `record-by-hand`, or a `download-...` error that
    names the page to open.
    """
    addresses = _of_edition(dataset, edition)
    urls = "\n".join(address.url for address in addresses)  # two spans of days may begin with the same file
    place = folder / FOLDER / hashlib.sha256(urls.encode()).hexdigest()[:16]
    with _set_aside(place, again=again):
        for address in addresses:
            _fetch_one(dataset, address, place, settings, watch)
    path = place / addresses[0].file if len(addresses) == 1 else place
    return Fetched(path, tuple(address.url for address in addresses))


@contextlib.contextmanager
def _set_aside(place: Path, *, again: bool) -> Iterator[None]:
    """Put what was fetched before aside where it is to be fetched again, and put it back where that fails."""
    aside = place.with_name(f"{place.name}-before")
    if not (again and place.is_dir()):
        yield
        return
    shutil.rmtree(aside, ignore_errors=True)
    place.rename(aside)
    try:
        yield
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _of_edition(dataset: Dataset, edition: str | None) -> Sequence[Address]:
    if not dataset.addresses:
        raise VerbaleError(
            "record-by-hand", reason=dataset.by_hand or "its host does not let programs fetch it", **_facts(dataset)
        )
    wanted = dataset.addresses[0].edition if edition is None else edition
    found = [address for address in dataset.addresses if address.edition == wanted]
    if not found:
        allowed = ", ".join(dict.fromkeys(address.edition for address in dataset.addresses))
        raise VerbaleError("download-edition", edition=wanted, allowed=allowed, **_facts(dataset))
    return found


def _facts(dataset: Dataset) -> dict[str, str]:
    return {"name": dataset.name, "file": " or ".join(dataset.files), "home": dataset.home}


def _fetch_one(dataset: Dataset, address: Address, place: Path, settings: Settings, watch: Watcher | None) -> None:
    facts = {"url": address.url, **_facts(dataset)}
    known = f"sha256:{address.sha256}" if address.sha256 else None
    part = place.with_name(f"{place.name}-{address.file}.part")
    downloader = _Resuming(part, facts, settings, watch, hashed=known is not None)
    store = pooch.create(
        place,
        base_url="",
        registry={address.file: known},
        urls={address.file: address.url},
        retry_if_failed=settings.download_retries,
    )
    try:
        store.fetch(address.file, downloader=downloader)
    except ValueError as error:  # pooch's word for a checksum that differs
        if downloader.digest is None:
            raise VerbaleError("download-failed", reason=_one_line(error), **facts) from error
        raise VerbaleError("download-checksum", found=downloader.digest, expected=address.sha256, **facts) from error
    except OSError as error:
        if hasattr(error, "request"):  # of the connection, not of the disk
            raise VerbaleError("download-failed", reason=_reason(error), **facts) from error
        raise VerbaleError("output-unwritable", path=place, reason=error.strerror or str(error)) from error


class _Resuming:
    """A downloader as pooch calls it, which goes on where an earlier try broke off."""

    def __init__(self, part: Path, facts: dict[str, str], settings: Settings, watch: Watcher | None, *, hashed: bool) -> None:
        self._part, self._facts, self._settings, self._watch, self._hashed = part, facts, settings, watch, hashed
        self._mark = part.with_name(f"{part.name}-mark")
        self.digest: str | None = None

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Fetch the rest of the file into the part, and make it the output file."""
        self.digest = None
        progress = self._watch(PurePosixPath(urlsplit(url).path).name) if self._watch else None
        self._part.parent.mkdir(parents=True, exist_ok=True)
        with self._part.open("ab") as stream:
            taken = _Taken(stream, self._settings.max_download_bytes, self._facts)
            get = pooch.HTTPDownloader(
                progressbar=progress or False,
                chunk_size=CHUNK,
                timeout=self._settings.download_timeout,
                headers=self._headers(taken.size),
                hooks={"response": lambda response, **_options: self._look_at(response, taken)},
            )
            try:
                get(url, taken, None)
            except OSError as error:
                if (problem := certificate_problem(error)) is not None:
                    raise VerbaleError("download-certificate", reason=problem, **self._facts) from error
                raise
            finally:
                if progress:
                    progress.close()
        if self._hashed:
            with self._part.open("rb") as whole:
                self.digest = hashlib.file_digest(whole, "sha256").hexdigest()
        self._mark.unlink(missing_ok=True)
        shutil.move(self._part, output_file)

    def _headers(self, size: int) -> dict[str, str]:
        program = f"verbale/{importlib.metadata.version('verbale')}"
        headers = {"User-Agent": program, "Accept-Encoding": "identity"}
        mark = self._mark.read_text(encoding="utf-8") if self._mark.is_file() else ""
        if size and mark:  # the rest, if the file is still the same; otherwise the host sends all of it
            headers |= {"Range": f"bytes={size}-", "If-Range": mark}
        return headers

    def _look_at(self, response: Any, taken: _Taken) -> None:
        """Refuse an answer that is not the file, before anything of it is written."""
        if response.is_redirect:
            self._look_at_redirect(response)
            return
        status = int(response.status_code)
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            response.close()
            taken.clear()
            message = "the host has another file than before"
            raise ValueError(message)  # so that pooch tries again
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING:
            response.close()
            answer = f"{status} {responses.get(status, '')}".strip()
            raise VerbaleError("download-refused", answer=answer, **self._facts)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING:
            return  # requests raises, and pooch tries again
        if status == HTTPStatus.OK:
            taken.clear()
        if status == HTTPStatus.PARTIAL_CONTENT and f"bytes {taken.size}-" not in response.headers.get("Content-Range", ""):
            response.close()
            taken.clear()
            message = "the host sent another part of the file than it was asked for"
            raise ValueError(message)
        taken.expect(int(response.headers.get("Content-Length") or 0))
        self._mark.write_text(_mark_of(response.headers), encoding="utf-8")

    def _look_at_redirect(self, response: Any) -> None:
        if response.url.startswith("https:") and urlsplit(response.headers.get("Location", "")).scheme == "http":
            response.close()
            reason = f"it points to an address without encryption, {response.headers['Location']}"
            raise VerbaleError("download-failed", reason=reason, **self._facts)


def _mark_of(headers: Any) -> str:
    """Return what tells one state of a file from another: its strong ETag, else when it was last changed, else nothing."""
    etag = headers.get("ETag", "")
    return str(etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", ""))


class _Taken:
    """The file as far as it has arrived; refuses more than the limit, and a web page in its place."""

    def __init__(self, stream: BinaryIO, limit: int, facts: dict[str, str]) -> None:
        self._stream, self._limit, self._facts = stream, limit, facts
        self.size = stream.seek(0, 2)

    def clear(self) -> None:
        """Remove what has arrived."""
        self._stream.truncate(0)
        self.size = 0

    def expect(self, more: int) -> None:
        """Raise VerbaleError `download-too-large` if so many more bytes exceed the limit."""
        if self.size + more > self._limit:
            size = f"more than {self._limit // MEGABYTE} MB"
            raise VerbaleError("download-too-large", size=size, allowed=f"{self._limit // MEGABYTE} MB", **self._facts)

    def write(self, data: bytes) -> int:
        """Append what arrived."""
        self.expect(len(data))
        if self.size == 0 and data.removeprefix(BYTE_ORDER_MARK).lstrip().lower().startswith(_PAGE):
            raise VerbaleError("download-page", **self._facts)
        self.size += len(data)
        return self._stream.write(data)

    def flush(self) -> None:
        """Bring it to the disk."""
        self._stream.flush()


def certificate_problem(error: BaseException) -> str | None:
    """Return why a host's certificate was refused, None where an error has another cause."""
    for one in _causes(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return one.verify_message
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that it was made from: libraries pass them on in four ways."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            told = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
            waiting += [other for other in told if isinstance(other, BaseException)]


def _reason(error: OSError) -> str:
    """Return the innermost reason of a failed connection: the outer ones repeat it with addresses of objects."""
    told = [one for one in _causes(error) if isinstance(one, OSError) and one.strerror]
    return _one_line(told[-1].strerror if told else error)


def _one_line(reason: object) -> str:
    with contextlib.suppress(AttributeError):
        return " ".join(str(reason).split())[:200]
    return "unknown"
