"""The page of a review: the manuscript as written with each finding beside its words, a summary on top, a filter by check.

One self-contained file that works from disk. The manuscript is hostile text: everything of it passes through autoescape, and
a content security policy lets only the page's own script run.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from verbale.core import VERDICTS, Block, Finding
from verbale.report.findings import (
    SEVERITIES,
    ReviewData,
    balance_lines,
    by_check,
    by_severity,
    omitted_lines,
    summary_sentence,
)
from verbale.report.grounds import ground_words
from verbale.report.pages import policy, template, template_file
from verbale.report.visible import visible

# Beyond this a browser takes more than two seconds to lay the page out; the JSON has everything.
MAX_FINDINGS: Final = 3_000
MAX_CHARACTERS: Final = 3_000_000
# Rows shown in the margin; a verdict over a whole set may rest on dozens, which the JSON has.
MAX_GROUNDS: Final = 6
# Words of a note's quote: enough to recognise the place when the page is printed or read aloud.
MAX_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a block between the bounds of findings: its text, and the numbers of the findings that cover it."""

    text: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    severity: str


def review_page(data: ReviewData) -> str:
    """Return the page as HTML text; the same manuscript and findings give the same page."""
    shown_ones = (replace(finding, message=visible(finding.message)) for finding in data.findings[:MAX_FINDINGS])
    findings = list(enumerate(shown_ones, start=1))
    script = template_file("margin.js") + template_file("review.js")
    titles = {info.check: info.title for info in data.checks}
    shown, blocks = _blocks(data, findings)
    verdicts = Counter(finding.verdict for _, finding in findings)
    html = template("review.html.j2").render(
        data=data,
        title=data.document.title or data.document.name,
        style=Markup(template_file("dossier.css") + template_file("review.css")),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy((script,)),
        summary=summary_sentence(data),
        severities=[(severity, number) for severity, number in by_severity(data).items()],
        checks=by_check(data),
        quiet=[info.title for info, number in by_check(data) if not number],
        findings=bool(findings),
        blocks=blocks,
        balance=balance_lines(data.balance) if data.balance else [],
        omitted=omitted_lines(data.balance) if data.balance else [],
        verdicts=[(verdict, number) for verdict in VERDICTS if (number := verdicts[verdict])],
        titles=titles,
        places=_places(data, findings),
        left_out=len(data.findings) - len(findings),
        cut=shown < len(data.document.text),
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def _blocks(data: ReviewData, findings: Sequence[tuple[int, Finding]]) -> tuple[int, list[dict[str, Any]]]:
    """Return how much of the text is shown, and its blocks with their pieces and the notes beside them."""
    document = data.document
    blocks = document.blocks or (Block(0, len(document.text)),)
    found: list[dict[str, Any]] = []
    shown = at = 0
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
        notes = [(index, finding) for index, finding in inside if finding.evidence.start >= block.start or not number]
        found.append(
            {
                "kind": block.kind,
                "level": 3 if block.kind == "heading" and number else 0,
                "pieces": _pieces(document.text, block, inside, {index for index, _ in notes}),
                "notes": [
                    {
                        "number": index,
                        "finding": finding,
                        "words": _words(finding.evidence.quote),
                        "grounds": [visible(ground_words(ground)) for ground in finding.grounds[:MAX_GROUNDS]],
                    }
                    for index, finding in notes
                ],
                "line": document.text.count("\n", at, block.start),
            }
        )
        at = block.start
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
        gravest = min((SEVERITIES.index(finding.severity) for _, finding in over), default=-1)
        pieces.append(
            _Piece(
                text[start:end],
                tuple(number for number, _ in over),
                tuple(
                    number for number, finding in over if number in noted and max(finding.evidence.start, block.start) == start
                ),
                SEVERITIES[gravest] if over else "",
            )
        )
    return pieces


def _words(quote: str) -> str:
    words = quote.split()
    return " ".join(words) if len(words) <= MAX_WORDS else " ".join(words[:MAX_WORDS]) + " …"


def _places(data: ReviewData, findings: Sequence[tuple[int, Finding]]) -> dict[int, list[str]]:
    """Return what each finding rests on, as short quotes."""
    del data
    return {
        number: [_words(re.sub(r"\s+", " ", each.quote)) for each in finding.rests_on[:4]]
        for number, finding in findings
        if finding.rests_on
    }
