"""Durations that sum up a passage: a heading over its section, "the ten-year delay", "It lasted nine years"."""

from __future__ import annotations

import re
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_spans import GRANTED
from verbale.review.checks.duration_told import Placed, tell
from verbale.review.citations import without_citations
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.duration_words import either
from verbale.review.durations import Duration, find_durations
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked

_DEFINITE: Final = re.compile(r"\b(?:the|this|that|its|their|his|her|such\san?|these|those)\s(?:\w+\s)?$", re.IGNORECASE)
_LASTED: Final = re.compile(
    r"^(?:It|This|The\s[\w\s'-]{2,40}|That|They|All\sthis|He|She)\s(?:had\s|has\s|have\s)?(?:thus\s|then\s|therefore\s|by\sthen\s|now\s)?"
    r"(?:last(?:ed)?|taken|took|gone\son|went\son|dragged\son|continued|stood|endured|ruled|reigned|governed|run|ran|been\s\w+)\s(?:for\s)?$",
    re.IGNORECASE,
)


def find_passage(manuscript: Manuscript, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a duration that no two years of its passage bear out, though some come near it."""
    if find_dates(marked.text) or (duration.indefinite and not duration.attribute) or duration.years < 1:
        return None
    if re.match(r"\s(?:later|earlier|after|before|ago|since|old)\b", marked.text[duration.end :]):
        return None
    said = marked.text[: duration.start]
    lasted = _LASTED.search(said) is not None and re.search(rf"\b{either('ensuing')}\b", said, re.IGNORECASE) is None
    if sentence.kind == "heading":
        if _told_again(manuscript, sentence, duration):
            return None
        near = _section(manuscript, sentence)
    elif lasted or _sums_up(manuscript, marked, duration) or _stretch(marked, duration):
        near = manuscript.by_block.get(sentence.block, [])
        near = [each for each in near if each.start <= sentence.start] if lasted or _stretch(marked, duration) else near
    else:
        return None
    dates: list[Placed] = [(each.start, date) for each in near for date in find_dates(without_citations(manuscript, each))]
    years = sorted({date.year for _, date in dates})
    # a passage with many years is a history of more than one thing, and comparing all pairs would tell nothing
    if not 2 <= len(years) <= 12:
        return None
    # "sixty years of negotiations" may go on to this day
    onward = sentence.kind == "heading" and not duration.attribute
    if onward and any(duration.fits(date, WrittenDate(0, 0, manuscript.today.year)) for _, date in dates):
        return None
    by_year = {placed[1].year: placed for placed in reversed(dates)}
    pairs = [(by_year[first], by_year[last]) for at, first in enumerate(years) for last in years[at + 1 :]]
    if any(duration.fits(first[1], last[1]) for first, last in pairs):
        return None
    # what held for so long may have ended in the next sentence
    block = [
        date for each in manuscript.by_block.get(sentence.block, []) for date in find_dates(without_citations(manuscript, each))
    ]
    if any(duration.fits(first, last) for first in block for last in block if first.year < last.year):
        return None
    first, last = min(pairs, key=lambda pair: (abs(pair[1][1].year - pair[0][1].year - duration.years), pair[0][1].year))
    # far from every pair, the duration is that of something the passage does not date
    if abs(last[1].year - first[1].year - duration.years) > max(2, 0.4 * duration.years):
        return None
    return tell(sentence, marked.text, duration, first, last)


def _told_again(manuscript: Manuscript, heading: Sentence, duration: Duration) -> bool:
    """Tell whether the text has the very time of a heading: what a treaty was meant to last is the heading's to quote."""
    return any(
        each.days == duration.days
        for sentence in manuscript.all_prose
        if sentence.index != heading.index
        for each in find_durations(manuscript.sentence_text(sentence))
    )


def _stretch(marked: Marked, duration: Duration) -> bool:
    """Tell whether a sentence ends with "for N years" of what had been told: "kept up their alliance for three decades"."""
    if GRANTED.search(marked.text[: duration.start]):
        return False
    told = re.search(r"\b[a-z]+(?:ed|pt|ld|t)\b[^.;:]{0,50}\sfor\s$", marked.text[: duration.start])
    return bool(told) and re.fullmatch(r"[.!?]?", marked.text[duration.end :].strip()) is not None


def _sums_up(manuscript: Manuscript, marked: Marked, duration: Duration) -> bool:
    nouns = manuscript.words.alternatives("duration-nouns")
    plans = manuscript.words.alternatives("planned-nouns")
    rest = marked.text[duration.end : duration.end + 60]
    if re.match(rf"[\s-](?:of\s)?(?:[\w'-]+\s){{0,2}}?{plans}\b", rest, re.IGNORECASE):
        return False
    measured = re.match(rf"[\s-](?:of\s)?(?:[\w'-]+\s){{0,3}}?{nouns}\b", rest, re.IGNORECASE)
    said = marked.text[duration.start : duration.end].lower()
    definite = said.startswith("the ") or _DEFINITE.search(marked.text[: duration.start])
    return bool(measured and definite)


def _section(manuscript: Manuscript, heading: Sentence) -> list[Sentence]:
    """Return the sentences between a heading and the next one."""
    blocks = manuscript.document.blocks
    end = next((index for index in range(heading.block + 1, len(blocks)) if blocks[index].kind == "heading"), len(blocks))
    return [sentence for index in range(heading.block + 1, end) for sentence in manuscript.by_block.get(index, ())]
