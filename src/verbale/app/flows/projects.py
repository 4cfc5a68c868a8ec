"""The flow `check_vocabulary`, and how every flow comes to the project whose vocabulary it uses."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from verbale.core import Settings, VerbaleError
from verbale.vocab import PROJECT_FILE, Project, ProjectReport, find_project, load_vocabulary, read_project

# None looks for a project file in the working folder and above it, False uses the package's vocabulary alone.
ProjectLike = str | Path | Literal[False] | None


def choose_project(project: ProjectLike, *, settings: Settings | None = None) -> Project | None:
    """Return the project of a file or of the folder that holds it; None where there is none or none is wanted.

    Raises VerbaleError `file-missing`, `project-malformed`, `project-key` or `project-file`.
    """
    if project is False:
        return None
    found = find_project(Path.cwd()) if project is None else project
    return None if found is None else read_project(found, settings=settings)


def project_paths(project: Project | None, *, settings: Settings | None = None) -> list[Path]:
    """Return a project's file and vocabulary files, which are no documents; where none is used, those of one that is there."""
    if project is None:
        try:
            project = choose_project(None, settings=settings)
        except VerbaleError:  # a broken project that nobody wants to use is no reason to stop
            return []
    return [project.path, *(file.path for file in project.files)] if project else []


def report_of(project: Project | None) -> ProjectReport | None:
    """Return what the vocabulary files of a project came to, None without a project."""
    return (load_vocabulary(project=project).project or ProjectReport(project.path, (), ())) if project else None


def project_report(project: ProjectLike = None, *, settings: Settings | None = None) -> ProjectReport | None:
    """Return what a project's vocabulary files come to, None without a project. Raises VerbaleError as `code` does."""
    return report_of(choose_project(project, settings=settings))


def check_vocabulary(project: str | Path | None = None, *, settings: Settings | None = None) -> ProjectReport:
    """Read a project's vocabulary files and return what they came to: counts by file, and the lines that were skipped.

    `project` is a project file or its folder; without it, the one of the working folder or above. Raises VerbaleError
    `project-none` where there is none, and for a file of which no line can be read.
    """
    report = project_report(project, settings=settings)
    if report is None:
        raise VerbaleError("project-none", name=PROJECT_FILE, folder=Path.cwd())
    return report
