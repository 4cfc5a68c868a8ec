"""Counts of members against those that a text names one by one, each with what it stood for, or in two rows of names.

"The tribunal had six members. Adams sat for the United States and Cockburn for Britain; the neutrals were ..." names as many as
there are names without a preposition before them; "Britain named A, B and C; France named D and E. All six envoys" as many as
both rows have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, bind, split_names, undotted
from verbale.review.counting import either, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, Marked
from verbale.review.numbers import NUMBER_PATTERN, read_count
from verbale.review.reckoning import figures, listed

# A count further from the names than this is of others; of fewer names, and of more, nobody makes a count so.
_NEAR, _LEAST, _MOST = 2, 3, 20
_PERSON: Final = r"(?<![\w.'’-])[A-ZÀ-Þ][\w'’.-]*(?:\s(?:(?:de|of|von|van|al|el|da|du|di|la)\s)*(?:d['’])?[A-ZÀ-Þ][\w'’.-]*)*"
_FOR: Final = re.compile(rf"{_PERSON}(?:\s(?:sat|spoke|stood|came|was\s[a-z]+))?\s(?:for|of|from)\s(?:the\s)?[A-ZÀ-Þ]")
_ROW: Final = re.compile(rf"(?<![\w'’.-]){NAMES}")


def find_persons(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Sentence | None) -> Iterator[Slip]:
    """Yield a slip for each count of members that those named in its own or its neighbour's sentence contradict."""
    if before is None:
        return
    yield from _one_by_one(manuscript, sentence, marked, before)
    yield from _all_of_rows(manuscript, sentence, marked, before)


@cache
def _body_of() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<number>{NUMBER_PATTERN})\s(?:[a-z-]+\s)?{either('persons')}\b(?!\s(?:of|in|from)\s(?:the|its|a)\s)",
        re.IGNORECASE,
    )


def _one_by_one(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Sentence) -> Iterator[Slip]:
    """Check "The tribunal had six members. Adams sat for the United States; the neutrals were Sclopis of Italy and ..."."""
    counts = list(_body_of().finditer(manuscript.sentence_text(before)))
    text = undotted(bind(manuscript, marked.text))
    if len(counts) != 1 or figures(marked) or listed("beyond", text) or listed("rest", text):
        return
    told = counts[0]
    lead = manuscript.sentence_text(before)[: told.start()]
    if re.search(rf"\b(?:{either('roughly')}|{either('some of')}|at\sleast|of)\s(?:the\s)?$", lead, re.IGNORECASE):
        return
    named = _unled(text)
    # each is told with what it stood for
    if not _LEAST <= len(named) <= _MOST or len(_FOR.findall(text)) < len(named):
        return
    number = read_count(told["number"])
    if number != len(named) and abs(number - len(named)) <= _NEAR:
        message = f"The text says “{told[0]}”, but names {show(len(named))}."
        span = ((sentence.start, sentence.start + len(marked.text)),)
        yield Slip(before.start + told.start(), before.start + told.end(), message, span)


def _unled(text: str) -> list[str]:
    """Return the names of a sentence that no preposition and no article leads."""
    return [
        each[0]
        for each in re.finditer(_PERSON, text)
        if not re.search(rf"\b(?:{either('relates')}|the|its)\s(?:the\s)?$", text[: each.start()], re.IGNORECASE)
    ]


@cache
def _all() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:[Aa]ll|[Tt]hese|[Aa]ll\s(?:the|these|of\sthe)|[Tt]he)\s(?P<number>{COUNT})\s(?:[a-z-]+\s)?(?P<noun>{either('persons')})\b(?!\s(?:of|from|who|that|in)\b)"
    )


def _all_of_rows(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Sentence) -> Iterator[Slip]:
    """Check "Britain named A, B and C; France named D and E. All six envoys signed" against the rows of names."""
    match = _all().search(marked.marks)
    if match is None or any(each.start < match.start("number") for each in figures(marked)):
        return
    text = undotted(bind(manuscript, manuscript.sentence_text(before)))
    lead = re.compile(rf"\b{either('appoints')}\s$")
    rows = [len(split_names(each[0])) for each in _ROW.finditer(text) if lead.search(text[: each.start()])]
    number = marked.value(match.start("number"))
    if len(rows) < 2 or re.search(rf"\b{NUMBER_PATTERN}\s[a-z]+s\b", text, re.IGNORECASE) or listed("rest", text):
        return
    if number not in (sum(rows), *rows) and abs(number - sum(rows)) <= _NEAR:
        said = marked.text[match.start() : match.end()]
        message = f"The text says “{said}”, but the sentence before names {show(sum(rows))}."
        yield slip_in(sentence, match.start(), match.end(), message)
