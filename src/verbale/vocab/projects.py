"""A project file, `verbale.toml`: finds it, checks its keys, and hashes the vocabulary files that it names."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from verbale.core import Rejection, Settings, VerbaleError

PROJECT_FILE: Final = "verbale.toml"
# The tables of a project file with their keys; every key takes one file name or a list of them.
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "vocabulary": ("actors", "agents", "actions", "places"),
    "dictionaries": ("petrarch-actors", "petrarch-agents"),
}
# A project file is a page of text; anything larger is another file of that name.
MAX_PROJECT_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A vocabulary file of a project: the key that names it (`actors`), its name as written there, and where it lies."""

    kind: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Project:
    """A project file that was read: its vocabulary files, what they may come to, and the hash of their contents.

    `digest` is empty for a project without vocabulary files. A project is small and is sent to worker processes, which read
    the files themselves.
    """

    path: Path
    files: tuple[ProjectFile, ...]
    digest: str
    max_bytes: int
    max_lines: int

    def contents(self) -> list[bytes]:
        """Return the contents of the files, in order. Raises VerbaleError `project-changed` where they are others by now."""
        contents = [_content(self.path, file, self.max_bytes) for file in self.files]
        if _digest(self.files, contents) != self.digest:
            raise VerbaleError("project-changed", path=self.path)
        return contents


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a vocabulary file came to: entries added and removed, and how many of its lines were skipped."""

    name: str
    kind: str
    added: int
    removed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """What a project added to the vocabulary, file by file, and the lines that could not be used, with the reasons."""

    path: Path
    files: tuple[FileReport, ...]
    rejections: tuple[Rejection, ...]


def find_project(folder: Path) -> Path | None:
    """Return the project file of a folder or of the nearest folder above it; None where there is none."""
    here = folder.resolve()
    return next((place / PROJECT_FILE for place in (here, *here.parents) if (place / PROJECT_FILE).is_file()), None)


def read_project(path: str | Path, *, settings: Settings | None = None) -> Project:
    """Return the project of a file, or of the folder that holds it.

    Raises VerbaleError `file-missing`, `project-malformed`, `project-key`, or `project-file` for a vocabulary file that is
    missing or too large.
    """
    limits = settings or Settings()
    place = Path(path)
    place = place / PROJECT_FILE if place.is_dir() else place
    if not place.is_file():
        raise VerbaleError("file-missing", path=place)
    files = tuple(_files(place.resolve(), _parsed(place)))
    contents = [_content(place, file, limits.max_vocabulary_bytes) for file in files]
    digest = _digest(files, contents) if files else ""
    return Project(place.resolve(), files, digest, limits.max_vocabulary_bytes, limits.max_vocabulary_lines)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PROJECT_BYTES + 1)
        if len(data) > MAX_PROJECT_BYTES:
            raise VerbaleError("project-malformed", path=path, reason=f"it is larger than {MAX_PROJECT_BYTES:,} bytes")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise VerbaleError("project-malformed", path=path, reason=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise VerbaleError("project-malformed", path=path, reason=f"it is not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise VerbaleError("project-malformed", path=path, reason="its lists are nested too deep") from error
    except tomllib.TOMLDecodeError as error:
        raise VerbaleError("project-malformed", path=path, reason=str(error)) from error


def _files(path: Path, content: Mapping[str, Any]) -> Iterator[ProjectFile]:
    """Yield the files that a project names, in the order in which it names them; a key that is not known is an error."""
    for title, table in content.items():
        if title not in TABLES:
            raise VerbaleError(
                "project-key", path=path, key=f"the key {title}", allowed=" and ".join(f"[{name}]" for name in TABLES)
            )
        if not isinstance(table, dict):
            raise VerbaleError(
                "project-malformed", path=path, reason=f"{title} is no table; write [{title}] on a line of its own"
            )
        for kind, value in table.items():
            if kind not in TABLES[title]:
                allowed = ", ".join(TABLES[title])
                raise VerbaleError("project-key", path=path, key=f"the key {kind} in [{title}]", allowed=allowed)
            names = [value] if isinstance(value, str) else value
            if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
                reason = f"{kind} in [{title}] is no list of file names"
                raise VerbaleError("project-malformed", path=path, reason=reason)
            for name in names:
                yield ProjectFile(kind, name, path.parent / name)


def _content(project: Path, file: ProjectFile, limit: int) -> bytes:
    """Return what a vocabulary file holds; devices and pipes, which have no end, count as missing."""
    problem = {"path": project, "file": file.name}
    try:
        if not file.path.is_file():
            raise VerbaleError("project-file", **problem, reason="there is no such file")
        with file.path.open("rb") as opened:
            content = opened.read(limit + 1)
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise VerbaleError("project-file", **problem, reason=reason) from error
    if len(content) > limit:
        raise VerbaleError("project-file", **problem, reason=f"it is larger than {limit:,} bytes (max_vocabulary_bytes)")
    if b"\0" in content:
        raise VerbaleError("project-file", **problem, reason="it is no text, or text in UTF-16; save it in UTF-8")
    return content


def _digest(files: tuple[ProjectFile, ...], contents: list[bytes]) -> str:
    """Hash what the files are for and what they hold; their names do not matter, so a project may move."""
    total = hashlib.sha256()
    for file, content in zip(files, contents, strict=True):
        total.update(file.kind.encode() + b"\0" + str(len(content)).encode() + b"\0" + content)
    return total.hexdigest()[:16]
