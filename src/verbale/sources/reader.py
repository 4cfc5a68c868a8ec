"""The one way in: paths to documents and rejections, in order, whatever a file holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from verbale.core import Document, Rejection, Settings, VerbaleError
from verbale.sources.corpora import check_columns
from verbale.sources.formats import READERS, detect_format
from verbale.sources.intake import Intake
from verbale.sources.paths import STANDARD_INPUT, file_intake, find_files, standard_input

Path = str | os.PathLike[str]
_MAX_REASON = 300  # a library's error may quote the whole file


def read(
    paths: Path | Iterable[Path],
    *,
    settings: Settings | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    leave_out: Iterable[Path] = (),
) -> Iterator[Document | Rejection]:
    """Read files, folders, patterns and standard input (`-`) as documents; what cannot be read comes as a rejection.

    `columns` says which column of a corpus holds which field (id, text, date, title, source), as in `{"text": "body"}`.
    `format` (text, markdown, html, pdf, docx, xml, jsonl, csv, parquet) replaces what content and ending tell. A wrong
    mapping or format raises `VerbaleError` at once; nothing else does. `leave_out` are files that are passed over in silence,
    wherever they are met: what the caller itself writes.
    """
    check_columns(columns)
    if format is not None and format not in READERS:
        raise VerbaleError("format-unknown", format=format, allowed=", ".join(READERS))
    named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return _read_all(named, settings or Settings(), columns, format, list(leave_out))


def _read_all(
    named: list[Path], settings: Settings, columns: Mapping[str, str] | None, form: str | None, leave_out: list[Path]
) -> Iterator[Document | Rejection]:
    files = [path for path in named if os.fspath(path) != STANDARD_INPUT]
    if len(files) < len(named):
        try:
            intake = replace(standard_input(settings), columns=columns)
        except VerbaleError as error:
            yield Rejection.of(STANDARD_INPUT, error)
        else:
            yield from _read_one(intake, form)
    for found in find_files(files, leave_out=leave_out):
        if isinstance(found, Rejection):
            yield found
        else:
            yield from _read_one(replace(file_intake(found, settings), columns=columns), form)


def _read_one(intake: Intake, form: str | None) -> Iterator[Document | Rejection]:
    """Call the reader; whatever goes wrong in it, or in a library below it, ends as a rejection of this input alone."""
    try:
        yield from READERS[form or detect_format(intake)](intake)
    except VerbaleError as error:
        yield Rejection.of(intake.path, error)
    except PermissionError:
        yield Rejection.of(intake.path, VerbaleError("file-permission", path=intake.path))
    except FileNotFoundError:
        yield Rejection.of(intake.path, VerbaleError("file-missing", path=intake.path))
    except Exception as error:  # the one place that keeps a fault of a library from ending a run over thousands of files
        reason = f"{type(error).__name__}: {error}"[:_MAX_REASON]
        yield Rejection.of(intake.path, VerbaleError("file-unreadable", path=intake.path, reason=reason))
