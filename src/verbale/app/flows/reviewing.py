"""The flow `review`: a manuscript to findings, as a page, JSON, SARIF, ClaimReview, Markdown or a Word file with comments."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from verbale.app.flows.common import LedgerLike, whole_file
from verbale.app.flows.pipeline import code_with_sentences
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.app.flows.review_balance import balance_for
from verbale.app.flows.review_records import designations, holdings_for, parse_review_records
from verbale.app.flows.version import version
from verbale.core import Document, Finding, Rejection, Sentence, Settings, VerbaleError
from verbale.parse import load_parser
from verbale.report import (
    FileText,
    ReviewData,
    mark_word,
    review_claims,
    review_facts,
    review_json,
    review_markdown,
    review_page,
    review_sarif,
    review_word,
)
from verbale.review import Manuscript, choose_infos, find_statements, plain, split_at_notes, with_cells_told
from verbale.review import review as find_all
from verbale.sources import open_text, open_word, read
from verbale.vocab import Vocabulary, load_vocabulary

FORMATS: Final = ("html", "json", "sarif", "claimreview", "markdown", "docx")


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a review found, and what it was written as; `output` is None where it was not written to a file.

    `content` are the bytes of every format; `text` is empty for a Word file, which is none.
    """

    document: Document
    findings: tuple[Finding, ...]
    errors: int
    warnings: int
    notes: int
    format: str
    text: str
    output: Path | None
    content: bytes = field(default=b"", repr=False)
    data: ReviewData | None = field(default=None, repr=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What the format `json` writes, as plain objects, whatever the format was."""
        return {} if self.data is None else review_facts(self.data)


def review(
    manuscript: str | Path,
    *,
    format: str = "html",
    output: str | Path | None = None,
    only: str | Collection[str] | None = None,
    skip: str | Collection[str] = (),
    model: str | None = None,
    input_format: str | None = None,
    settings: Settings | None = None,
    today: datetime.date | str | None = None,
    url: str = "",
    project: ProjectLike = None,
    ledger: LedgerLike | None = None,
    records: str | Sequence[str] | bool = "all",
    records_folder: str | Path | None = None,
) -> ReviewReport:
    """Look at a manuscript with the checks, and write what they find in one of `FORMATS`.

    Claims are held against `records` (all that are installed, none, or names of datasets, `verbale` for the lists of the
    program) and against the other documents of `ledger`. `only` and `skip` choose checks by their ids; `today` is the day of
    the review, after which every date is still to come, and ClaimReview bears it where it is given; `url` is where the page of
    the review will stand, for ClaimReview; `project` names your vocabulary as for `code`. The same manuscript gives the same
    text. Raises VerbaleError `review-format`, `check-...` for a wrong choice of checks, `review-records`, `review-day`,
    `review-url`, `review-input` (not one text), `review-over` (the output is the manuscript), `record-...` (a named dataset).
    """
    if format not in FORMATS:
        raise VerbaleError("review-format", format=format, allowed=", ".join(FORMATS))
    _check_output(manuscript, output)
    _check_url(url)
    chosen, left_out, day = _chosen(only), _names(skip), _day(today)
    infos = choose_infos(only=chosen, skip=left_out)
    wanted = parse_review_records(records)
    document = _one_document(manuscript, read([manuscript], settings=settings, format=input_format))
    vocabulary = load_vocabulary(project=choose_project(project, settings=settings))
    prepared = prepare(document, model=model, today=day, vocabulary=vocabulary)
    statements = []
    if any(info.check == "claim" for info in infos):
        statements = find_statements(prepared, designations=designations(wanted, folder=records_folder))
    holdings = holdings_for(statements, document, wanted=wanted, ledger=ledger, folder=records_folder)
    findings = find_all(prepared, only=chosen, skip=left_out, statements=statements, holdings=holdings)
    balance = balance_for(document, prepared.events, vocabulary, wanted=wanted, ledger=ledger, folder=records_folder)
    data = ReviewData(document, tuple(findings), infos, version=version(), balance=balance)
    content = _written(data, format, settings=settings, day=day, url=url)
    if output is not None:
        with whole_file(Path(output)) as file:
            file.write(content)
    counts = {severity: sum(each.severity == severity for each in findings) for severity in ("error", "warning", "note")}
    return ReviewReport(
        document,
        tuple(findings),
        counts["error"],
        counts["warning"],
        counts["note"],
        format,
        "" if format == "docx" else content.decode("utf-8"),
        None if output is None else Path(output),
        content,
        data,
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
    parser = load_parser(model)
    read, origins = with_cells_told(document)
    coded, sentences = code_with_sentences(read, parser, vocabulary)
    if origins:
        sentences = [replace(each, block=origins[each.block]) for each in sentences]
    parsed = _parsed(document, sentences, model)
    day = today or _today()
    return Manuscript(document, parsed, coded.events, today=day, vocabulary=vocabulary, parse=parser.parse)


def _parsed(document: Document, sentences: Iterable[Sentence], model: str | None) -> list[Sentence]:
    """Return sentences with the trees of those that the coder had no need of: the checks read the whole account.

    They need no estimates, which take most of a parse's time.
    """
    found = list(split_at_notes(sentences, plain(document.text)))
    wanted = [number for number, sentence in enumerate(found) if not sentence.tokens and sentence.kind != "table"]
    parser = load_parser(model, estimates=False)
    for number, sentence in zip(wanted, parser.parse(found[number] for number in wanted), strict=True):
        found[number] = sentence
    return found


def _written(data: ReviewData, format: str, *, settings: Settings | None, day: datetime.date | None, url: str) -> bytes:
    """Return the findings in a format; a Word file is the author's own with comments where the manuscript came as one."""
    if format == "docx":
        path = data.document.path
        if data.document.format == "docx" and path and Path(path).is_file():
            word, text, stretches = open_word(path, settings=settings)
            if text == data.document.text:
                return mark_word(data, word, stretches)
        return review_word(data)
    if format == "claimreview":
        return review_claims(data, day=day, url=url).encode("utf-8")
    if format in ("sarif", "markdown") and (opened := open_text(data.document, settings=settings)) is not None:
        data = replace(data, file=FileText(*opened, data.document.text))
    writers = {"html": review_page, "json": review_json, "sarif": review_sarif, "markdown": review_markdown}
    return writers[format](data).encode("utf-8")


def _check_output(manuscript: str | Path, output: str | Path | None) -> None:
    """Raise `review-over` for an output that would overwrite the manuscript: it is never changed."""
    named = Path(manuscript)
    if output is not None and named.is_file() and Path(output).exists() and named.samefile(output):
        raise VerbaleError("review-over", path=output)


def _check_url(url: str) -> None:
    if url and not re.fullmatch(r"https?://[^\s/]\S*", url):
        raise VerbaleError("review-url", url=url)


def _names(names: str | Collection[str]) -> tuple[str, ...]:
    """Return names of checks, which may stand in one text with commas between them."""
    return tuple(name.strip() for name in (names.split(",") if isinstance(names, str) else names) if name.strip())


def _chosen(only: str | Collection[str] | None) -> tuple[str, ...]:
    """Return the checks to make alone, none for all. Raises `check-unnamed` where checks were to be chosen and none was."""
    chosen = () if only is None else _names(only)
    if only is not None and not chosen:
        raise VerbaleError("check-unnamed", option="--only")
    return chosen


def _day(day: datetime.date | str | None) -> datetime.date | None:
    if not isinstance(day, str):
        return day
    try:
        return datetime.date.fromisoformat(day.strip())
    except ValueError as error:
        raise VerbaleError("review-day", day=day) from error


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _one_document(path: str | Path, found: Iterable[Document | Rejection]) -> Document:
    items = list(found)
    documents = [item for item in items if isinstance(item, Document)]
    if len(documents) == 1:
        return documents[0]
    if not documents and items and isinstance(items[0], Rejection):
        rejection = items[0]
        raise VerbaleError(rejection.code, **rejection.parts)
    raise VerbaleError("review-input", path=path, count=len(documents))
