"""Project files with vocabulary that was made up for tests: no real actor, and no line of anybody's dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from verbale.vocab import Project, Vocabulary, load_vocabulary, read_project

KEYS: Final = {
    "actors": "vocabulary",
    "agents": "vocabulary",
    "actions": "vocabulary",
    "places": "vocabulary",
    "petrarch-actors": "dictionaries",
    "petrarch-agents": "dictionaries",
}


def write_project(folder: Path, **contents: str | bytes) -> Path:
    """Write a project file and, for each key (`petrarch_actors`), a vocabulary file; return the project file."""
    tables: dict[str, list[str]] = {"vocabulary": [], "dictionaries": []}
    for key, content in contents.items():
        kind = key.replace("_", "-")
        name = f"{kind}.txt" if kind.startswith("petrarch") else f"{kind}.csv"
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        tables[KEYS[kind]].append(f'{kind} = ["{name}"]')
    path = folder / "verbale.toml"
    path.write_text("\n".join(line for title, lines in tables.items() if lines for line in (f"[{title}]", *lines)))
    return path


def project_of(folder: Path, **contents: str | bytes) -> Project:
    """Write a project and read it."""
    return read_project(write_project(folder, **contents))


def vocabulary_of(folder: Path, **contents: str | bytes) -> Vocabulary:
    """Return the vocabulary with a project that is written for the purpose."""
    return load_vocabulary(project=project_of(folder, **contents))


def reasons(vocabulary: Vocabulary) -> list[str]:
    """Return why lines of a project were skipped."""
    assert vocabulary.project is not None
    return [rejection.reason for rejection in vocabulary.project.rejections]
