"""Counts against happenings and things that a text tells one by one: "four times: in May and twice in June".

Each member has its own weight ("twice in 1924" is two), and a last one may say which it is ("and the fourth and last, ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import VERBS
from verbale.review.counting import either, measures, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, DATE, Marked
from verbale.review.numbers import NUMBER_PATTERN, ORDINAL_PATTERN, ordinal, read_count, words
from verbale.review.reckoning import stem

_MOST: Final = 20
_TIMES_OF: Final = {"once": 1, "twice": 2, "thrice": 3}
_WEIGHT: Final = rf"(?:{'|'.join(_TIMES_OF)}|{NUMBER_PATTERN}\stimes)"
# What takes up more, or less, than the sentence before told.
_NEAR: Final = 2


def find_repeated(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each count that the happenings or things told one by one contradict; `before`: the sentence before."""
    yield from _times(manuscript, sentence, marked.text)
    yield from _last(sentence, marked)
    if before is not None:
        yield from _taken_up(sentence, marked, before)


def _weight(word: str) -> int:
    return _TIMES_OF.get(word.lower()) or read_count(word.split(maxsplit=1)[0])


def _bare(member: re.Match[str] | None) -> bool:
    """Tell whether a member is "once" and the like without its place."""
    return member is not None and member["weight"] is not None and member["where"] is None


@cache
def _times_of() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<number>{NUMBER_PATTERN}\stimes|twice|thrice)\b(?P<far>[^.:;,()]{{0,50}})(?P<lead>:|,|\s[–—])\s(?P<list>[^.:;()?!]+)",
        re.IGNORECASE,
    )


@cache
def _member() -> re.Pattern[str]:
    return re.compile(
        rf"(?:again\s|then\s|finally\s|and\s)*(?P<weight>{_WEIGHT}(?![\w-]))?\s?(?:again\s|then\s)?(?P<where>{either('relates')}\s.+|(?-i:[A-Z\d]).+)?",
        re.IGNORECASE,
    )


def _times(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "five times: in April and three times in June", "three times, once at Tilsit and once at Erfurt"."""
    for match in _times_of().finditer(text):
        if re.search(
            rf"\b(?:{either('roughly')}|at\sleast|than)\s$|[\d.$€£-]$", text[max(0, match.start() - 24) : match.start()]
        ):
            continue
        if re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", match[0], re.IGNORECASE):
            continue
        where = rf"(?:again\s|then\s)?(?:{_WEIGHT}|{either('relates')})\b"
        parts = [part for part in re.split(rf",\s|\sand\s(?={where})", match["list"].strip()) if part.strip()]
        found = [_member().fullmatch(part.strip()) for part in parts]
        if len(parts) < 2 or not all(each and (each["weight"] or each["where"]) for each in found):
            continue
        # "and once, very late, at night": what follows a bare "once" says where
        told = [
            each
            for at, each in enumerate(found)
            if each
            and not (at and not each["weight"] and (before := found[at - 1]) and before["weight"] and not before["where"])
        ]
        weights = [_weight(each["weight"]) if each["weight"] else 1 for each in told]
        dated = all(each["where"] and re.search(r"\d{4}$", each["where"]) for each in told)
        weighed = [each["weight"] is not None for each in told]
        # behind a comma, "once for six years, from 1779 on" tells of one of them
        if not dated and not (all(weighed) if match["lead"] == "," else any(weighed)):
            continue  # what is no more than a row of places is read elsewhere
        inner = sum(len(re.findall(r"\sand\s", part)) for part in parts)
        number = _weight(match["number"])
        if sum(weights) < number and re.search(rf"\b{either('totals')}\b", match["far"], re.IGNORECASE):
            continue  # "five times in all, twice with closed doors": some of them
        if number <= _MOST and not sum(weights) <= number <= sum(weights) + inner:
            message = f"The text says “{match['number']}”, but tells of {words(sum(weights))}."
            yield slip_in(sentence, match.start(), match.start("list") + len(match["list"].rstrip()), message)


_ANNOUNCED: Final = re.compile(
    rf"\b(?P<number>{NUMBER_PATTERN})\s(?:[A-Za-z-]+\s){{0,2}}?[A-Za-z][\w-]*s\b[^.:;]{{0,60}}?(?::|,)\s(?P<list>[^.;?!]+)",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    rf"(?:\bthe|\ba|\bas\sthe)\s(?P<place>{ORDINAL_PATTERN})(?P<last>\sand\s(?:last|final))?(?=,|\sand\s(?:last|final)\b)"
)


def _last(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "three demands: A, B and the fourth and last, C" and "five articles: A, B, C, D and, as the sixth, E"."""
    for match in _ANNOUNCED.finditer(marked.text):
        number = read_count(match["number"])
        if not 2 <= number <= _MOST or marked.marks[match.start()] == marked.text[match.start()]:
            continue  # a date, or a number that is no count
        place = _PLACE.search(marked.text, match.start("list"), match.end())
        lead = marked.text[match.end("number") : match.start("list")]
        if place is None or any(measures(word) for word in re.findall(r"\b[a-z]+", lead)):
            continue
        if re.match(
            rf",\s[^,;]{{3,40}},\s(?:{either('acted')}|{either('remained')}|{VERBS.pattern})", marked.text[place.end() :]
        ):
            continue  # "Two islands were sold, A and B, and a third, C, was kept"
        if not place["last"] and re.match(r",\s", marked.text[match.start("list") - 2 :]) and place[0].startswith("a "):
            continue  # "Two signed for themselves, and a third, Alexander, by his envoy": one more
        at = ordinal(place["place"])
        if at != number and (place["last"] or at == number + 1):
            message = f"The text says “{match['number']}”, but counts {words(at)}."
            yield slip_in(sentence, place.start("place"), place.end(), message)
            return


@cache
def _taking_up() -> re.Pattern[str]:
    return re.compile(
        rf"(?:These|Those|The|All|All\sthe|All\sof\s(?:the|these))\s(?P<number>{COUNT})\s(?P<noun>(?:[a-z]+\s)?[a-z][\w-]*s)\b(?!\s(?:of|that|which|who)\b)"
    )


def _taken_up(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "a pact with A in 1921, with B in 1922 and with C in 1923. These four pacts", "a pact, another and a third"."""
    match = _taking_up().match(marked.marks)
    others = [
        each
        for each in before.quantities
        if each.kind in ("count", "money") and before.text[each.start : each.end].lower() != "one"
    ]
    if match is None or others or not 2 <= marked.value(match.start("number")) <= _MOST:
        return
    noun = stem(match["noun"].split()[-1])
    single = [
        each
        for each in re.finditer(r"\b(?:an?|one|his|her|its|their)\s(?:[a-z-]+\s){0,2}?(?P<noun>[a-z-]+)\b", before.text)
        if stem(each["noun"]) == noun and not each["noun"].endswith("s")
    ]
    if len(single) != 1:
        return
    # "a third" is marked as a fraction
    more = len(re.findall(rf"\b(?:another|an?\s{ORDINAL_PATTERN})\b", before.text[single[0].end() :]))
    count = 1 + more if more else _parallel(before.marks[single[0].end() :])
    number = int(marked.value(match.start("number")))
    if count > 1 and number != count and abs(number - count) <= _NEAR:
        said = marked.text[match.start() : match.end()]
        message = f"The text says “{said}”, but the sentence before tells of {words(count)}."
        yield slip_in(sentence, match.start(), match.end(), message)


def _parallel(rest: str) -> int:
    """Return how often a preposition leads to a name with its date in a row, all of it alike; 0 for no such row."""
    name = r"(?:the\s)?[A-ZÀ-Þ][\w'’-]*(?:\s(?:of\s(?:the\s)?)?[A-ZÀ-Þ][\w'’-]*){0,3}"
    first = re.match(rf"\s(?P<by>{either('relates')})\s{name}\s(?P<on>in|on)\s{DATE}", rest)
    if first is None:
        return 0
    row = re.match(rf"(?:(?:,|,?\sand|\sas\swell\sas)*\s{first['by']}\s{name}\s{first['on']}\s{DATE})+", rest)
    # what follows the row may tell of more
    closed = row is not None and re.match(r"\s*(?:[.;]|$)", rest[row.end() :])
    return len(re.findall(rf"\s{first['by']}\s{name}\s{first['on']}\s", row[0])) if row is not None and closed else 0
