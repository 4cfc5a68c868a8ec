"""The flow `review`: a manuscript to findings, as a page, JSON, SARIF or Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.app.flows.common import whole_file
from verbale.app.flows.pipeline import code_one
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.app.flows.version import version
from verbale.core import Document, Finding, Rejection, Settings, VerbaleError
from verbale.parse import load_parser, split
from verbale.report import ReviewData, review_json, review_markdown, review_page, review_sarif
from verbale.review import Manuscript, check_infos, choose_checks
from verbale.review import review as find_all
from verbale.sources import read
from verbale.vocab import Vocabulary, load_vocabulary

FORMATS: Final = ("html", "json", "sarif", "markdown")


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a review found, and the text that it was written as; `output` is None where it was not written to a file."""

    document: Document
    findings: tuple[Finding, ...]
    errors: int
    warnings: int
    notes: int
    format: str
    text: str
    output: Path | None


def review(
    manuscript: str | Path,
    *,
    format: str = "html",
    output: str | Path | None = None,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    model: str | None = None,
    input_format: str | None = None,
    settings: Settings | None = None,
    today: datetime.date | None = None,
    project: ProjectLike = None,
) -> ReviewReport:
    """Look at a manuscript with the editorial checks, and write what they find in a format (html, json, sarif, markdown).

    `only` and `skip` choose checks by their ids; `today` is the day after which every date is still to come; `project` names
    your vocabulary as for `code`. The same manuscript gives the same text. Raises VerbaleError `review-format`,
    `check-unknown`, `review-input` for input that is not one text, and the reason for which a file cannot be read.
    """
    if format not in FORMATS:
        raise VerbaleError("review-format", format=format, allowed=", ".join(FORMATS))
    checks = choose_checks(only=only, skip=skip)
    document = _one_document(manuscript, read([manuscript], settings=settings, format=input_format))
    vocabulary = load_vocabulary(project=choose_project(project, settings=settings))
    findings = find_all(prepare(document, model=model, today=today, vocabulary=vocabulary), only=only, skip=skip)
    data = ReviewData(document, tuple(findings), check_infos(checks), version=version())
    writers = {"html": review_page, "json": review_json, "sarif": review_sarif, "markdown": review_markdown}
    text = writers[format](data)
    if output is not None:
        with whole_file(Path(output)) as file:
            file.write(text.encode("utf-8"))
    counts = {severity: sum(each.severity == severity for each in findings) for severity in ("error", "warning", "note")}
    return ReviewReport(
        document,
        tuple(findings),
        counts["error"],
        counts["warning"],
        counts["note"],
        format,
        text,
        None if output is None else Path(output),
    )


def prepare(
    document: Document,
    *,
    model: str | None = None,
    today: datetime.date | None = None,
    vocabulary: Vocabulary | None = None,
) -> Manuscript:
    """Return a document as the checks look at it: split, and coded with the parser."""
    vocabulary = vocabulary or load_vocabulary()
    coded = code_one(document, load_parser(model), vocabulary)
    day = today or datetime.datetime.now(datetime.UTC).date()
    return Manuscript(document, split(document), coded.events, today=day, vocabulary=vocabulary)


def _one_document(path: str | Path, found: Iterable[Document | Rejection]) -> Document:
    items = list(found)
    documents = [item for item in items if isinstance(item, Document)]
    if len(documents) == 1:
        return documents[0]
    if not documents and items and isinstance(items[0], Rejection):
        rejection = items[0]
        raise VerbaleError(rejection.code, **rejection.parts)
    raise VerbaleError("review-input", path=path, count=len(documents))
