"""Counts against members that a text names in groups: "seven rivers. The eastern ones, A, B and C, ...; the western, ...".

Each group is a row of names with a lot of its own; all rows together are what was counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAME, bind, split_names
from verbale.review.counting import either, show
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, FRACTION, PERCENT, Marked
from verbale.review.reckoning import Figure, figures, listed

_MOST: Final = 30
# A count is further than this from its members only where it is of something else.
_NEAR: Final = 2
_ROW: Final = rf"{NAME}(?:,\s{NAME})*,?\sand\s{NAME}"
# "the eastern ones, A, B and C, went": behind a comma, and closed by one
_APPOSED: Final = re.compile(rf"\b(?:ones|three|two|four|five|six|half|group|[a-z]+s),\s(?P<row>{_ROW})(?=,\s[a-z]|[;.])")
# "A, B and C went to X, and D, E and F to Y": at the head of a clause
_LEADING: Final = re.compile(
    rf"(?:^|:\s|;\s(?:and\s|but\s|while\s)?|,\s(?:and|but|while)\s)(?P<row>{_ROW}|{NAME})\s(?P<said>[a-z]+)\b"
)


def find_groups(
    manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Marked | None, last: Sentence | None
) -> Iterator[Slip]:
    """Yield a slip for each number that the names of its groups contradict.

    `before` is the sentence before in the paragraph with its marks, `last` the same as it stands in the manuscript.
    """
    yield from _behind_colon(manuscript, sentence, marked)
    if before is not None and last is not None:
        yield from _in_the_next(manuscript, marked, before, last)


def _behind_colon(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "the seven rivers were divided: A, B and C went to India, and D, E and F to Pakistan"."""
    colon = marked.text.find(": ")
    told = [each for each in figures(marked) if 0 <= each.end <= colon]
    if colon < 0 or len(told) != 1 or not _names(told[0], marked):
        return
    size = _leading(bind(manuscript, marked.text[colon:])) or _apposed(bind(manuscript, marked.text[colon:]))
    yield from _slip(manuscript, marked.text, marked.marks[colon:], told[0], size, sentence.start)


def _in_the_next(manuscript: Manuscript, marked: Marked, before: Marked, last: Sentence) -> Iterator[Slip]:
    """Check "the treaty deals with seven rivers. The eastern ones, A, B and C, went to India; the western ones, ..."."""
    told = figures(before)
    if len(told) != 1 or not _names(told[0], before):
        return
    bound = bind(manuscript, marked.text)
    size = _apposed(bound) or (_leading(bound) if ";" in bound else 0)
    yield from _slip(manuscript, before.text, marked.marks, told[0], size, last.start)


def _slip(manuscript: Manuscript, text: str, body: str, told: Figure, size: int, start: int) -> Iterator[Slip]:
    """Yield the slip of a number that `size` names contradict.

    `body` is the marked text of the names, `start` where `text`, in which the number stands, begins in the document.
    """
    if not size or not 2 <= told.value <= _MOST or told.value == size or abs(told.value - size) > _NEAR:
        return
    lead = text[: told.start]
    # "apart from a few locks": what is left out of a group is none of the rest
    whole = re.sub(rf",\s{either('save')}\s[^,;.]*", "", body)
    if re.search(rf"{COUNT}|{PERCENT}|{FRACTION}", body) or listed("rest", whole) or _open(manuscript, body):
        return
    if re.search(
        rf"\b(?:{either('roughly')}|{either('beyond')}|least|of|first|last)\s(?:the\s|its\s|their\s)?$", lead, re.IGNORECASE
    ):
        return
    noun = re.match(r"(?:\s[a-z-]+){1,2}?(?:\s[a-z]+s\b)?", text[told.end :])
    said = text[told.start : told.end + (noun.end() if noun else 0)]
    message = f"The text says “{said}”, but names {show(size)}."
    yield Slip(start + told.start, start + told.start + len(said), message)


def _names(figure: Figure, marked: Marked) -> bool:
    """Tell whether a number is of things that are told by name, as rivers and states are, and ministers are not."""
    nouns = re.match(rf"(?:\s[a-z-]+){{0,2}}?\s(?:{either('named things')}|{either('places')})\b", marked.text[figure.end :])
    return nouns is not None


def _apposed(text: str) -> int:
    """Return how many names stand in two or more rows that each explain a group before them."""
    rows = [each["row"] for each in _APPOSED.finditer(text)]
    return sum(len(split_names(row)) for row in rows) if len(rows) > 1 else 0


def _leading(text: str) -> int:
    """Return how many names stand at the heads of two or more clauses, one row of several among them."""
    rows = [split_names(each["row"]) for each in _LEADING.finditer(text)]
    return sum(map(len, rows)) if len(rows) > 1 and max(map(len, rows)) > 1 else 0


def _open(manuscript: Manuscript, text: str) -> bool:
    return re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", text, re.IGNORECASE) is not None
