"""Terms and deadlines whose end is told: "made for ten years, it should have expired in 1686", "within a month, that is, by".

A term begins at the date told last, and its length and its end say the same thing twice; so do a deadline and the day that
explains it. What is wrong is the end, since the length is part of what was agreed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import either
from verbale.review.durations import Duration
from verbale.review.manuscript import Manuscript
from verbale.review.marking import DATE, Marked, mark

# An end so many times as far or as near is that of another term (it was renewed, or broken).
_FACTOR: Final = 2.0


@cache
def _ending() -> re.Pattern[str]:
    """Return ", and should have expired in 1686" behind a term: the verb and its date in one clause or the next."""
    return re.compile(
        rf"(?P<between>[^.;:]{{0,80}}?(?:[;:]\s[^.;:]{{0,20}}?)?)\b{either('expiring')}\s(?:only\s|again\s)?(?:in\s|on\s|by\s|at\sthe\send\sof\s)(?P<date>{DATE})",
        re.IGNORECASE,
    )


@cache
def _granted() -> re.Pattern[str]:
    """Return "concluded for", "to run for" before a term."""
    return re.compile(rf"\b{either('granted for')}\s(?:for\s)?(?:a\s(?:further\s)?(?:term|period)\sof\s)?$", re.IGNORECASE)


@cache
def _explained() -> re.Pattern[str]:
    """Return " of the signature, that is, by 28 February 1942" behind a deadline."""
    return re.compile(
        rf"(?:\s(?:of|from|after)\s(?:the|its|their|this|that)\s[a-z]+)?,\s(?:that\sis|i\.e\.|in\sother\swords|namely),?\s"
        rf"(?:by|before|until|no\slater\sthan|not\slater\sthan|on)\s(?P<date>{DATE})",
        re.IGNORECASE,
    )


@cache
def _due() -> re.Pattern[str]:
    """Return ", and so would have run out in 1783" behind a term: an end that only the term gives."""
    return re.compile(
        rf"[^.;:]{{0,60}}?\b{either('due')}\s(?:[a-z]+\s)?{either('expiring')}\s(?:in\s|on\s|by\s|at\sthe\send\sof\s)(?P<date>{DATE})",
        re.IGNORECASE,
    )


_TERM: Final = re.compile(r"\b(?:for|of)\s(?:a\sterm\sof\s|a\speriod\sof\s)?(?:exactly\s|only\s)?$", re.IGNORECASE)


def find_due(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a term told beside its beginning and its end: "was for 99 years. Signed in 1898, it was due ..."."""
    if duration.indefinite or duration.about == "part" or _TERM.search(marked.text[: duration.start]) is None:
        return None
    before = [date for date in marked.dates if date.end <= duration.start]
    at, where, behind = duration.end, sentence, marked
    match = _due().match(marked.marks, at)
    following = manuscript.sentences[sentence.index + 1 : sentence.index + 2]
    if match is None and not marked.dates and re.fullmatch(r"[.;]?\s*", marked.text[at:]) and following:
        where = following[0]
        behind = mark(manuscript.sentence_text(where))
        match, before = _due().match(behind.marks), list(behind.dates[:1])
        before = before if len(behind.dates) == 2 and where.block == sentence.block else []
    if match is None or len(before) != 1:
        return None
    end = next(date for date in behind.dates if date.start == match.start("date"))
    first: Placed = (where.start, before[0])
    if not plausible(_exactly(duration), first[1], end, factor=_FACTOR) or bears(_exactly(duration), first[1], end):
        return None
    return tell(sentence, marked.text, duration, first, (where.start, end))


def find_term(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a term or deadline that does not lead from the date told last to the end that is told with it."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or duration.indefinite or duration.about == "part":
        return None
    rest = marked.marks[duration.end :]
    deadline = _explained().match(rest) if duration.about in ("", "within") else None
    term = _ending().match(rest) if _granted().search(marked.text[: duration.start]) else None
    match = deadline or term
    if match is None:
        return None
    end = next(date for date in marked.dates if date.start == duration.end + match.start("date"))
    told: list[Placed] = [(sentence.start, date) for date in reversed(marked.dates) if date.end <= duration.start]
    told += told_last(chronicle, tree)
    first = next((each for each in told if each[1].order < end.order), None)
    if first is None or not plausible(_exactly(duration), first[1], end, factor=_FACTOR):
        return None
    if any(bears(_exactly(duration), date, end) for _, date in told):
        return None
    slip = tell(sentence, marked.text, duration, first, (sentence.start, end))
    return Slip(slip.start, sentence.start + end.end, slip.message, slip.rests_on)


def _exactly(duration: Duration) -> Duration:
    """Return a deadline as the length that it is: what is told of it is its last day."""
    return Duration(duration.start, duration.end, duration.days, duration.unit, duration.number)
