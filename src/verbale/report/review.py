"""The page of a review: the manuscript as written with each finding beside its words, a summary on top, a filter by check.

One self-contained file that works from disk. The manuscript is hostile text: everything of it passes through autoescape, and
a content security policy lets only the page's own script run.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from verbale.core import Block, Finding
from verbale.report.findings import ReviewData, balance_lines, by_check, omitted_lines, summary_sentence
from verbale.report.grounds import ground_words
from verbale.report.loudness import (
    MAX_FIRST,
    loudest,
    loudness,
    note_message,
    note_title,
    page_summary,
    severity_rows,
    to_mend,
    verdict_rows,
)
from verbale.report.pages import policy, template, template_file
from verbale.report.visible import visible

# Beyond this a browser takes more than two seconds to lay the page out; the JSON has everything.
MAX_FINDINGS: Final = 3_000
MAX_CHARACTERS: Final = 3_000_000
# Rows shown in the margin; a verdict over a whole set may rest on dozens, which the JSON has.
MAX_GROUNDS: Final = 6
MAX_PLACES: Final = 4
# Words of a note's quote: enough to recognise the place when the page is printed or read aloud.
MAX_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a block between the bounds of findings: its text, the numbers of the findings that cover it, the loudest of
    them, and those that begin here with their tags and how loudly they speak."""

    text: str
    numbers: tuple[int, ...]
    starts: tuple[tuple[int, str, str], ...]
    loudness: str


def review_page(data: ReviewData) -> str:
    """Return the page as HTML text; the same manuscript and findings give the same page."""
    shown_ones = (replace(finding, message=visible(finding.message)) for finding in data.findings[:MAX_FINDINGS])
    findings = list(enumerate(shown_ones, start=1))
    script = template_file("margin.js") + template_file("review.js")
    titles = {info.check: info.title for info in data.checks}
    shown, blocks = _blocks(data, findings, titles)
    noted = {note["number"] for block in blocks for note in block["notes"]}
    on_page = [(number, finding) for number, finding in findings if number in noted]
    mend = to_mend(on_page)
    html = template(
        "review.html.j2"
    ).render(
        data=data,
        title=data.document.title or data.document.name,
        style=Markup(template_file("dossier.css") + template_file("review.css")),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy((script,)),
        summary=page_summary(data.findings) if data.findings else summary_sentence(data),
        severities=severity_rows(on_page),
        checks=by_check(data),
        quiet=[info.title for info, number in by_check(data) if not number],
        findings=len(on_page),
        claims=sum(finding.verdict is not None for _, finding in on_page),
        blocks=blocks,
        balance=balance_lines(data.balance) if data.balance else [],
        omitted=omitted_lines(data.balance) if data.balance else [],
        verdicts=verdict_rows(on_page),
        mend=[_note(number, finding, titles) for number, finding in mend[:MAX_FIRST]],
        mend_more=max(0, len(mend) - MAX_FIRST),
        left_out=len(data.findings) - len(on_page),
        cut=shown < len(data.document.text),
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def _blocks(
    data: ReviewData, findings: Sequence[tuple[int, Finding]], titles: Mapping[str, str]
) -> tuple[int, list[dict[str, Any]]]:
    """Return how much of the text is shown, and its blocks with their pieces and the notes beside them."""
    document = data.document
    blocks = document.blocks or (Block(0, len(document.text)),)
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    shown = 0
    for number, block in enumerate(blocks):
        if block.end > MAX_CHARACTERS:
            return shown, found
        shown = len(document.text) if number + 1 == len(blocks) else block.end
        inside = []
        for index, finding in findings:
            if finding.evidence.start >= block.end:
                break
            if finding.evidence.end > block.start:
                inside.append((index, finding))
        # A finding that runs over several blocks is told beside the first of them, wherever its words begin.
        notes = [(index, finding) for index, finding in inside if index not in seen]
        seen.update(index for index, _ in notes)
        found.append(
            {
                "kind": block.kind,
                "level": 3 if block.kind == "heading" and number else 0,
                "pieces": _pieces(document.text, block, inside, {index for index, _ in notes}),
                "notes": [_note(index, finding, titles) for index, finding in notes],
            }
        )
    return shown, found


def _pieces(text: str, block: Block, findings: Sequence[tuple[int, Finding]], noted: set[int]) -> list[_Piece]:
    """Cut a block at the bounds of its findings, which may overlap; those noted beside this block show their number in it."""
    bounds = {block.start, block.end}
    for _, finding in findings:
        bounds.update(min(max(at, block.start), block.end) for at in (finding.evidence.start, finding.evidence.end))
    cuts = sorted(bounds)
    pieces = []
    for start, end in itertools.pairwise(cuts):
        over = [
            (number, finding) for number, finding in findings if finding.evidence.start < end and start < finding.evidence.end
        ]
        pieces.append(
            _Piece(
                text[start:end],
                tuple(number for number, _ in over),
                tuple(
                    (number, _tag(finding), loudness(finding))
                    for number, finding in over
                    if number in noted and max(finding.evidence.start, block.start) == start
                ),
                loudest([finding for _, finding in over]),
            )
        )
    return pieces


def _note(number: int, finding: Finding, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return what a note in the margin tells of a finding; what it rests on are short quotes."""
    words, message = _words(finding.evidence.quote), note_message(finding)
    return {
        "number": number,
        "finding": finding,
        "loudness": loudness(finding),
        "tag": _tag(finding),
        "title": note_title(finding, titles.get(finding.check, finding.check)),
        "message": message,
        "words": words,
        "quoted": words in message,
        "grounds": [visible(ground_words(ground)) for ground in finding.grounds[:MAX_GROUNDS]],
        "more_grounds": max(0, len(finding.grounds) - MAX_GROUNDS),
        "places": [_words(each.quote) for each in finding.rests_on[:MAX_PLACES]],
    }


def _tag(finding: Finding) -> str:
    return finding.verdict or finding.severity


def _words(quote: str) -> str:
    words = quote.split()
    return " ".join(words) if len(words) <= MAX_WORDS else " ".join(words[:MAX_WORDS]) + " …"
