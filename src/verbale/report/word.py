"""A review as a Word file: the findings as comments beside their words, in the author's own file or in a fresh one."""

from __future__ import annotations

import copy
import io
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from verbale.core import Block, Finding
from verbale.report.findings import ReviewData, shortened, writable
from verbale.report.grounds import ground_words
from verbale.report.visible import visible

AUTHOR: Final = "Verbale"
INITIALS: Final = "V"
_RUN, _TEXT, _BOX = qn("w:r"), qn("w:t"), qn("w:txbxContent")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Word lists comments one by one and grows slow with thousands; the JSON has everything.
MAX_COMMENTS: Final = 3_000

# The earliest day that a zip can tell.
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)

# Characters start to end of the text, which stand in an element from an index of its text on.
Stretches = Sequence[tuple[int, int, Any, int]]


def review_word(data: ReviewData) -> bytes:
    """Return a fresh DOCX of the manuscript's text, a paragraph for each block, with each finding as a comment."""
    word = docx.Document()
    word.core_properties.author = data.document.author or ""
    word.core_properties.title = writable(data.document.title or data.document.name)
    stretches: list[tuple[int, int, Any, int]] = []
    styles = {"heading": "Heading 1", "list_item": "List Bullet"}
    for block in data.document.blocks or (Block(0, len(data.document.text)),):
        paragraph = word.add_paragraph(style=styles.get(block.kind))
        at = block.start
        for line in _printable(data.document.text[block.start : block.end]).split("\n"):
            if at > block.start:
                paragraph.add_run().add_break()
                at += 1
            if line:
                run = paragraph.add_run()
                text = run._r.add_t(line)
                stretches.append((at, at + len(line), text, 0))
            at += len(line)
    return mark_word(data, word, stretches)


def mark_word(data: ReviewData, word: Any, stretches: Stretches) -> bytes:
    """Write each finding as a comment of an opened Word file, and return the file; nothing else of it is changed.

    `stretches` say where the characters of `data.document.text` stand in the file, in the order of the text. Runs are cut at
    the bounds of the findings, with their formatting, so that a comment marks its words and no more.
    """
    places = _Places(stretches)
    titles = {info.check: info.title for info in data.checks}
    findings = data.findings[:MAX_COMMENTS]
    # From the end to the beginning: a cut leaves the elements in front of it as they are.
    for bound in sorted({at for each in findings for at in (each.evidence.start, each.evidence.end)}, reverse=True):
        places.cut(bound)
    for finding in findings:
        runs = places.runs(finding.evidence.start, finding.evidence.end)
        if runs is None:
            continue
        first, last = runs
        comment = word.comments.add_comment(_comment(finding, titles), author=AUTHOR, initials=INITIALS)
        Run(first, word).mark_comment_range(Run(last, word), comment.comment_id)
    _undate(word)
    file = io.BytesIO()
    word.save(file)
    return _undated(file.getvalue())


def _undate(word: Any) -> None:
    """Take the hour of the review out of the comments, so that the same manuscript gives the same file."""
    for comment in word.comments._comments_elm.findall(qn("w:comment")):
        comment.attrib.pop(qn("w:date"), None)


def _undated(content: bytes) -> bytes:
    """Return a file with every part dated as a zip that tells no date, in the order of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _NO_DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, part.external_attr
            new.writestr(info, old.read(part.filename))
    return file.getvalue()


class _Places:
    """Where each character of the text stands, kept true while runs are cut."""

    def __init__(self, stretches: Stretches) -> None:
        self._stretches = list(stretches)
        self._starts = [start for start, *_ in self._stretches]

    def cut(self, bound: int) -> None:
        """Cut the run around a place of the text in two, so that one run ends there and another begins."""
        index = bisect_right(self._starts, bound - 1) - 1
        if index < 0 or self._stretches[index][1] < bound:  # a bound between paragraphs, or before all text
            return
        start, end, element, at = self._stretches[index]
        if _boxed(element) or (bound < end and element.tag != _TEXT):  # a mark of a note is one
            return
        if bound < end:
            self._stretches[index : index + 1] = [(start, bound, element, at), (bound, end, element, at + bound - start)]
            self._starts.insert(index + 1, bound)
        following = self._stretches[index + 1] if index + 1 < len(self._stretches) else None
        if following and following[2] is element:
            self._cut_text(index + 1)
        if (after := element.getnext()) is not None:
            _split_run(after)

    def _cut_text(self, index: int) -> None:
        """Move what a stretch and its successors hold of an element to an element of their own, right after it."""
        _, _, element, at = self._stretches[index]
        right = copy.copy(element)
        right.text, element.text = element.text[at:], element.text[:at]
        for part in (element, right):
            part.set(_SPACE, "preserve")
        element.addnext(right)
        while index < len(self._stretches) and self._stretches[index][2] is element:
            start, end, _, was = self._stretches[index]
            self._stretches[index] = (start, end, right, was - at)
            index += 1

    def runs(self, start: int, end: int) -> tuple[Any, Any] | None:
        """Return the runs in which a span begins and ends, or None where nothing of it stands in the file."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._stretches[first][1] <= start:
            first += 1
        last = bisect_right(self._starts, end - 1) - 1
        if first > last:
            return None
        found = _run(self._stretches[first][2]), _run(self._stretches[last][2])
        return None if None in found else found


def _split_run(element: Any) -> None:
    """Move an element and what follows it in its run to a run of its own, with the same formatting."""
    run = element.getparent()
    if run is None or run.tag != _RUN:
        return
    fresh = copy.copy(run)
    for child in list(fresh):
        fresh.remove(child)
    if run.rPr is not None:
        fresh.append(copy.deepcopy(run.rPr))
    for child in [element, *element.itersiblings()]:
        fresh.append(child)
    run.addnext(fresh)


def _boxed(element: Any) -> bool:
    return next(element.iterancestors(_BOX), None) is not None


def _run(element: Any) -> Any:
    """Return the run of an element; of the text of a text box the run that the box hangs on, since a box holds no comment."""
    runs = list(element.iterancestors(_RUN))
    return (runs[-1] if _boxed(element) else runs[0]) if runs else None


def _comment(finding: Finding, titles: dict[str, str]) -> str:
    lines = [f"{titles.get(finding.check, finding.check)} ({finding.severity})", finding.message]
    if finding.verdict is not None:
        sure = f", confidence {finding.confidence:.2f}" if finding.confidence is not None else ""
        lines.append(f"Verdict: {finding.verdict}{sure}")
    lines += [ground_words(ground) for ground in finding.grounds]
    if finding.rests_on:
        lines.append("Beside: " + "; ".join(f"“{shortened(each.quote)}”" for each in finding.rests_on))
    return "\n".join(_printable(visible(" ".join(line.split()))) for line in lines)


def _printable(text: str) -> str:
    """Return text that XML can hold, of the same length: what it cannot becomes a mark."""
    return "".join(
        character if character in "\t\n" or character.isprintable() or character > "\x9f" else "\ufffd"
        for character in writable(text)
    )
