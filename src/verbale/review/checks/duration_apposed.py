"""Durations that sum up the two dates before them: "from 1949 until 1963: sixteen years", "home in 1295, 24 years on the road".

Such a duration stands right behind the second date, and nothing else says of what it is the time. Or it opens or closes the
sentence after two that give one date each ("It was begun in 1960. It was finished in 1970. The engineers had spent ...").
The rule is for slips close to the truth: what is far from the time between the dates is that of something else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_spans import GRANTED
from verbale.review.checks.duration_told import Placed, tell
from verbale.review.chronicle import Chronicle
from verbale.review.dates import WrittenDate, find_spans
from verbale.review.duration_words import either, one_of
from verbale.review.durations import YEAR, Duration, elapsed
from verbale.review.marking import COUNT, DATE, DURATION, Marked
from verbale.review.numbers import ORDINALS
from verbale.review.trees import Tree

Near = list[tuple[Sentence, Marked]]
# So many times as long or as short as the time between the dates may a duration be that stands right behind them, and one that
# looks back on two sentences. Measured on own sentences: slips lie within 1.9 and 1.5, times of other things beyond.
_BESIDE, _BEHIND = 2.0, 1.75
# Between the second date and the duration; a semicolon only after a span ("from 1979 to 1990; eleven years was an age").
_JOINT: Final = re.compile(r"(?:\s(?:BCE?|CE|AD))?\)?(?P<mark>,|:|;|\s?[–—]|\s\()\s*(?P<lead>(?:[a-z]+\s){0,3})$")
# "in 1839 ... and in 1914 that one of them broke its word: seventy-five years is a long time"
_FAR_JOINT: Final = re.compile(r"\s[^.,;:]{3,50}(?P<mark>:)\s(?P<lead>)")
_BREAK: Final = re.compile(r"[;.?!]\s|\bwhile\b|\bwhereas\b")
_SHORT: Final = YEAR / 2
# More dates than these tell of more than one thing.
_MOST: Final = 4
_SINCE: Final = re.compile(r"\bsince\s(?:[\w-]+\s){0,5}$", re.IGNORECASE)
_ASIDE: Final = re.compile(
    r",\s(?:in\sother\swords|then|thus|therefore|in\sall|after\sall|it\sis\strue|of\scourse|as\sit\swere|all\stold),"
)
_OPENING: Final = re.compile(
    r"(?:For|(?:In|Over|During|Throughout|Through|For)\s(?:these|those|its|his|her|their|all\sthose|all\sthese))\s"
)
# Before a time that opens a sentence, or hangs on what had gone on: the words before it in its clause.
_PLUPERFECT: Final = re.compile(
    rf"(?:^|[,;]\s|{DATE}\s)(?:and\s)?(?:It|it|They|they|This|That|He|he|She|she|[Tt]he\s[\w-]+(?:\s[\w'’-]+){{0,6}}?)\s(?:had|has)\s(?!not\b|never\b)"
    r"(?P<verb>\w+(?:\s[\w-]+){0,5}?)\s(?:for\s)?$"
)


def find_apposed(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> Slip | None:
    """Return the slip of a duration that sums up the two dates before it and is not the time between them."""
    if duration.indefinite or duration.about == "part" or _turns(marked, duration):
        return None
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    ahead = _ahead(chronicle, sentence, marked, duration)
    again = _opened_again(chronicle, sentence, marked, duration)
    beside = again or _in_sentence(sentence, marked, duration) or _since(sentence, marked, duration, told)
    behind = _across(sentence, marked, duration, told) or _before(sentence, marked, duration, near) or ahead
    until = behind is not None and not beside and _UNTIL.search(marked.text[: duration.start]) is not None
    pair, factor = (beside, _BESIDE) if beside else (behind, _BESIDE if until else _BEHIND)
    if pair is None:
        return None
    first, last = pair
    every = [date for _, date in told if not again] + list(marked.dates) + [date for _, date in ahead or ()]
    ordered = sorted({date.order: date for date in every}.values(), key=lambda date: date.order)
    bearing = any(
        _bears(duration, one, other)
        for at, one in enumerate(ordered)
        for other in ordered[at + 1 :]
        if _told(duration, one, other)
    )
    if whole_years(marked.text, first[1], last[1]) and duration.fits(first[1], last[1], inclusive=True):
        return None
    if bearing or not _told(duration, first[1], last[1]) or not _close(duration, first[1], last[1], factor):
        return None
    return tell(sentence, marked.text, duration, first, last)


# "from early 2027 to the end of 2028" are two years
_FROM_THE_START: Final = re.compile(
    r"\b(?:early(?:\sin)?|(?:beginning|start|opening|outset)\sof|first\sdays\sof)\s$", re.IGNORECASE
)
_TO_THE_END: Final = re.compile(r"\b(?:late(?:\sin)?|(?:end|close|last\sdays)\sof)\s$", re.IGNORECASE)


def whole_years(text: str, first: WrittenDate, last: WrittenDate) -> bool:
    """Tell whether a span leads from the beginning of a year to the end of one, so that both count."""
    return bool(_FROM_THE_START.search(text[: first.start]) and _TO_THE_END.search(text[: last.start]))


@cache
def _turning() -> re.Pattern[str]:
    return re.compile(rf"^[\s-](?:{either('turning')})\b", re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('leading')}\s)*", re.IGNORECASE)


@cache
def _spent() -> re.Pattern[str]:
    return re.compile(rf"\b{either('spent')}\b", re.IGNORECASE)


@cache
def _summing() -> re.Pattern[str]:
    return re.compile(rf",?\s{either('summing')}\b", re.IGNORECASE)


@cache
def _spanning() -> re.Pattern[str]:
    return re.compile(rf"\b{either('spanning')}\s$", re.IGNORECASE)


@cache
def _two() -> re.Pattern[str]:
    return re.compile(
        rf"\bbetween\s(?:the\stwo|both|them|these\stwo|those\stwo|the\sone)\b(?!\s(?:{either('parties')}))", re.IGNORECASE
    )


def _turns(marked: Marked, duration: Duration) -> bool:
    """Tell whether the words behind a time count it from something else, make it an age or divide it into parts."""
    rest = marked.marks[duration.end :]
    parts = re.match(
        rf"[^.;:]{{0,60}}(?:\band|,)\s(?:(?:the|another|a)\s)?(?:{COUNT}|{DURATION}|half|{'|'.join(ORDINALS[:4])})", rest
    )
    return _turning().match(rest) is not None or parts is not None


def _in_sentence(sentence: Sentence, marked: Marked, duration: Duration) -> tuple[Placed, Placed] | None:
    """Return the last two dates before a duration that stands right behind the second of them."""
    dates = [date for date in marked.dates if date.end <= duration.start]
    if len(dates) < 2:
        return None
    first, last = dates[-2:]
    joint = _JOINT.fullmatch(marked.text[last.end : duration.start]) or _FAR_JOINT.fullmatch(
        marked.text[last.end : duration.start]
    )
    if joint is None or first.order >= last.order or _leading().fullmatch(joint["lead"]) is None:
        return None
    span = any(each.first == first and each.last == last for each in find_spans(marked.text))
    sums = re.match(r"\s(?:had\s)?(?:gone\sby|passed|elapsed|of|was|were|is)\b", marked.text[duration.end :]) is not None
    if not span and ((joint["mark"] == ";" and not sums) or _BREAK.search(marked.text[first.end : last.start])):
        return None
    if (
        duration.attribute
        and re.match(r"-|\s[a-z]", marked.text[duration.end :])
        and "-" in marked.text[duration.start : duration.end]
    ):
        return None  # "in 1990, two-year talks began"
    if len(dates) > 2 and not span:
        return None
    return (sentence.start, first), (sentence.start, last)


def _opened_again(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> tuple[Placed, Placed] | None:
    """Return the dates of "closed it in 1904 and opened it again in 1911, and seven years of detours had ruined the town"."""
    tree = chronicle.trees.get(sentence.index)
    dates = [date for date in marked.dates if date.end <= duration.start]
    if tree is None or len(dates) != 2 or dates[0].order >= dates[1].order:
        return None
    first, last = dates
    joined = re.fullmatch(r"[,;]\s(?:and\s)?(?:(?:the|those|these|its|all)\s)?", marked.text[last.end : duration.start])
    if joined is None or re.match(r"\sof\s[a-z]", marked.text[duration.end :]) is None:
        return None
    between = tree.within(sentence.start + first.end, sentence.start + last.start)
    back = any(
        tree.word(each) in ("again", "back") or (tree.is_verb(each) and one_of(tree, each, "ending")) for each in between
    )
    return ((sentence.start, first), (sentence.start, last)) if back else None


_UNTIL: Final = re.compile(r"\b(?:until|till)\s[^.;,]+,\s(?:[a-z]+\s){0,2}$")


def _since(sentence: Sentence, marked: Marked, duration: Duration, told: list[Placed]) -> tuple[Placed, Placed] | None:
    """Return the dates of "It was restored in 1935. He had been away since 1924, eleven years"."""
    dates = [date for date in marked.dates if date.end <= duration.start]
    if not dates or _SINCE.search(marked.text[: dates[-1].start]) is None:
        return None
    if re.fullmatch(r",\s+(?:for\s)?(?:[a-z]+\s){0,2}", marked.text[dates[-1].end : duration.start]) is None:
        return None
    others = [(sentence.start, date) for date in dates[:-1]] or told[-1:]
    first = (sentence.start, dates[-1])
    return (first, others[-1]) if others and first[1].order < others[-1][1].order else None


def _across(sentence: Sentence, marked: Marked, duration: Duration, told: list[Placed]) -> tuple[Placed, Placed] | None:
    """Return the dates of "It opened in 1913. The last was set up in 1914: nineteen months of mules and malaria"."""
    if len(marked.dates) != 1 or len({date.order for _, date in told}) != 1:
        return None
    date = marked.dates[0]
    joint = _JOINT.fullmatch(marked.text[date.end : duration.start]) if date.end <= duration.start else None
    if joint is None or joint["mark"] == ";" or _leading().fullmatch(joint["lead"]) is None or told[0][1].order >= date.order:
        return None
    rest = marked.text[duration.end :]
    reached = re.search(r"\b(?:until|till)\s$", marked.text[: date.start]) is not None and rest.startswith(",")
    if not reached and re.match(r"\s(?:of|into|in\swhich|during\swhich|without|with)\s|[.;]|$", rest) is None:
        return None
    return told[-1], (sentence.start, date)


def _before(sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> tuple[Placed, Placed] | None:
    """Return the outer dates that the sentences of a paragraph gave, for a duration that looks back on all of them."""
    told: list[Placed] = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    own: list[Placed] = [(sentence.start, date) for date in marked.dates]
    if len(own) > 1 or not near or near[-1][0].index != sentence.index - 1 or (own and own[0][1].start > duration.start):
        return None
    last = [each for each in told if each[0] == near[-1][0].start]
    both = told + own
    if len(both) > 2 and len(last) == 2 and not own:
        both = last
    both = sorted({each[1].order: each for each in both}.values(), key=lambda each: each[1].order)
    if not 2 <= len(both) <= _MOST:
        return None
    rest = marked.text[duration.end :]
    before = _ASIDE.sub(lambda match: " " * len(match[0]), marked.text[: duration.start])
    if re.search(r"\b(?:alone|of\s(?:them|these|those|which|it))\b", rest[:40]) or GRANTED.search(before):
        return None
    marks = "".join(mark if text != " " else text for mark, text in zip(marked.marks, before, strict=False))
    pluperfect = _PLUPERFECT.search(re.sub(r"\s+", " ", marks))
    had = pluperfect is not None and _spent().match(pluperfect["verb"]) is not None
    looks = not own and (
        (len(both) == 2 and (_OPENING.fullmatch(before) or re.match(r"\sin\sbetween\b|\sbetween\b(?!\s\w)", rest)))
        or (re.fullmatch(r"(?:After\s)?", before) and re.match(r"\sof\s", rest) and len(both) == 2)
        or (re.fullmatch(r"(?:In|Within|Over|After)\s", before) and _summing().match(rest))
        or _spanning().search(before)
        or _two().search(marked.text)
    )
    return (both[0], both[-1]) if looks or (had and (len(both) == 2 or not own)) else None


def _ahead(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> tuple[Placed, Placed] | None:
    """Return the dates of the next sentence: "held it for eleven days. They had taken it on 3 June; on 14 June ..."."""
    tree = chronicle.trees.get(sentence.index + 1)
    if tree is None or marked.dates or tree.sentence.block != sentence.block:
        return None
    dates = sorted(chronicle.dates[sentence.index + 1].values(), key=lambda date: date.order)
    held = re.search(r"\b[a-z]+(?:ed|ld|ook|ood|ent)\b[^.;:,]{0,40}?\s(?:for\s)?$", marked.text[: duration.start])
    looks_back = any(tree.word(at) == "had" for at in range(len(tree.tokens)))
    if (
        len(dates) != 2
        or not held
        or not looks_back
        or any(_of_clause(tree, top) for top in chronicle.dates[sentence.index + 1])
        or GRANTED.search(marked.text[: duration.start])
        or not re.match(r"\.|$", marked.text[duration.end :])
    ):
        return None
    return (tree.sentence.start, dates[0]), (tree.sentence.start, dates[1])


def _of_clause(tree: Tree, top: int) -> bool:
    """Tell whether a date stands in a relative clause, which tells of something else: "a government that fell in 1924"."""
    at: int | None = top
    while at is not None:
        if tree.label(at) == "acl:relcl":
            return True
        at = tree.head(at)
    return False


def _told(duration: Duration, first: WrittenDate, last: WrittenDate) -> bool:
    """Tell whether two dates are written as exactly as a duration needs them."""
    if duration.unit in ("day", "week", "fortnight"):
        return bool(first.day and last.day)
    return duration.days >= _SHORT or bool(first.month and last.month)


def _bears(duration: Duration, first: WrittenDate, last: WrittenDate) -> bool:
    both = duration.unit == "day" or bool(first.day and last.day)
    return duration.fits(first, last) or (both and duration.fits(first, last, inclusive=True))


def _close(duration: Duration, first: WrittenDate, last: WrittenDate, factor: float) -> bool:
    low, high = elapsed(first, last)
    return high > 0 and duration.days <= factor * high and max(low, 1) <= factor * duration.days
