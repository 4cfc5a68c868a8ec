"""From what a user names (files, folders, patterns, standard input) to the files to read, each once, in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from verbale.core import Rejection, Settings, VerbaleError
from verbale.sources.intake import Intake, megabytes, printable

STANDARD_INPUT = "-"
_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def find_files(
    paths: Iterable[str | os.PathLike[str]], *, leave_out: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[Path | Rejection]:
    """Yield the files that paths name: folders are searched in order, patterns expanded, hidden entries of both left out.

    A file that is reached twice (named and in a folder, or by a link) is yielded once. What is missing, empty, unlistable or
    no regular file is a `Rejection`. A folder that links back to itself is entered once. Files to `leave_out` are never
    yielded.
    """
    seen = {os.path.realpath(path) for path in leave_out}
    for named in paths:
        for found in _expand(os.fspath(named), seen):
            if isinstance(found, Rejection):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield _checked(found)


def file_intake(file: Path, settings: Settings) -> Intake:
    """Describe a file to its reader; nothing is read yet."""
    suffixes = [suffix.lower() for suffix in file.suffixes]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    plain = file.with_suffix("") if packed else file
    return Intake(printable(str(file)), printable(plain.stem), plain.suffix.lower(), settings, file=file, packed=packed)


def standard_input(settings: Settings) -> Intake:
    """Read standard input up to the limit; more raises `file-too-large`."""
    allowed = settings.max_file_bytes
    data = sys.stdin.buffer.read(allowed + 1)
    if len(data) > allowed:
        raise VerbaleError("file-too-large", path=STANDARD_INPUT, size=f"over {megabytes(allowed)}", allowed=megabytes(allowed))
    return Intake(STANDARD_INPUT, "stdin", "", settings, data=data)


def _expand(named: str, seen: set[str]) -> Iterator[Path | Rejection]:
    if "\x00" in named:
        yield _rejection("file-missing", named.replace("\x00", "\\x00"))
    elif os.path.isdir(named):
        yield from _folder(named, seen)
    elif os.path.lexists(named):
        yield Path(named)
    elif glob.has_magic(named):
        matches = sorted(glob.glob(named, recursive=True))
        if not matches:
            yield _rejection("file-missing", named)
        for match in matches:
            # `**` matches folders and the files below them: a folder's own turn would only repeat these
            if os.path.isdir(match) and "**" not in named:
                yield from _folder(match, seen)
            elif not os.path.isdir(match):
                yield Path(match)
    else:
        yield _rejection("file-missing", named)


def _folder(folder: str, seen: set[str]) -> Iterator[Path | Rejection]:
    """Walk a folder without recursion (links may nest without end), depth first, names in order of their characters."""
    before = len(seen)
    waiting, any_file = [folder], False
    while waiting:
        current = waiting.pop()
        if not os.path.isdir(current):
            any_file = True
            yield Path(current)
            continue
        real = os.path.realpath(current)
        if real in seen:
            continue
        seen.add(real)
        try:
            names = sorted(name for name in os.listdir(current) if not name.startswith("."))
        except OSError as error:
            any_file = True
            yield _rejection("folder-unreadable", current, reason=error.strerror or str(error))
            continue
        waiting.extend(os.path.join(current, name) for name in reversed(names))
    if not any_file and len(seen) > before:
        yield _rejection("folder-empty", folder)


def _checked(file: Path) -> Path | Rejection:
    try:
        mode = os.stat(file).st_mode
    except PermissionError:
        return _rejection("file-permission", str(file))
    except OSError:  # a link to nothing, or to itself
        return _rejection("file-missing", str(file))
    if not stat.S_ISREG(mode):
        return _rejection("file-special", str(file), kind=_SPECIAL.get(stat.S_IFMT(mode), "a special file"))
    return file


def _rejection(code: str, path: str, **parts: str) -> Rejection:
    return Rejection.of(printable(path), VerbaleError(code, path=printable(path), **parts))
