"""Numbers that a text takes up again: "nine men were accused; the other six were shot", "all six" of five amendments.

The number is compared with the only number of the sentence before, or with the points that its own sentence counts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import plain_figures
from verbale.review.checks.count_items import NAMES, bind, split_names
from verbale.review.counting import CHANGES, comparable, either, same_number, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, PERCENT, Marked
from verbale.review.numbers import ORDINAL_PATTERN, ordinal
from verbale.review.quantities import Quantity

# A number this many times another is no slip for it.
_FAR: Final = 2.0
_MOST: Final = 12
# A share in words may be off by six in a hundred of the whole; of a small whole, by one of its members.
_ROOM, _CLOSE = 0.06, 0.025
# Parts that are more than this many times their whole are those of another.
_ALL_ROOM: Final = 1.3
# A number has doubled when it is within a fifth of the double.
_TIMES_ROOM: Final = 0.2


def find_again(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each number that takes up another one wrongly."""
    yield from _row(manuscript, sentence, marked)
    yield from _inline_points(sentence, marked)
    yield from _cast_of(sentence, marked)
    yield from _turnout(sentence, marked)
    if before is not None:
        yield from _taken_up(sentence, marked, before)
        yield from _the_other(sentence, marked, before)
        yield from _changed_before(sentence, marked, before)
        yield from _too_many(sentence, marked, before)
    yield from _the_other(sentence, marked, None)


@cache
def _takes_up() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:(?:Of|Among|From)\s(?:these|those|the)\s(?P<of>{COUNT})(?=,|\s[a-z])"
        rf"|All\s(?:of\sthe\s|the\s|these\s|of\sthese\s)?(?P<all>{COUNT})(?=\s(?:{either('acted')}|[a-z]+ed)\b)"
        rf"|(?:None|Not\sone|Each|Only\sone|Neither|Most|Some|Half|Two|One)\sof\s(?:the|these|those)\s(?P<none>{COUNT})(?=,|\s[a-z]))",
    )


def _taken_up(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "Of these nine, only two came back" and "All six were adopted" against the one number of the sentence before."""
    match = _takes_up().match(marked.marks)
    if match is None:
        return
    at = next(match.start(name) for name in ("of", "all", "none") if match[name])
    number = marked.value(at)
    told = plain_figures(before)
    if len(told) != 1 or before.durations or not _things(before, told[0]):
        return
    noun = re.match(r"\s(?!of\b)(?:[a-z]+\s)??([a-z][\w-]+s)\b", marked.text[marked.quantity(at).end :])
    if match["all"] is None and noun is not None and noun[1][:5] not in before.text.lower():
        return
    if match["of"] and re.match(rf"\s(?:{either('acted')}|[a-z]+ed)\b", marked.text[marked.quantity(at).end :]):
        return  # "Of these 120 were given land": the number is a part
    real = told[0].value
    shares = [
        each.value / (100 if each.kind == "percent" else 1)
        for each in before.quantities
        if each.kind in ("fraction", "percent")
    ]
    if any(abs(number - part * real) <= _CLOSE * real for share in shares for part in (share, 1 - share)):
        return  # "two thirds of the 90 delegates came from towns. Of these 60"
    # "of the five, one was Greek; the others": what the sentence before named singly may be more
    if number != real and number > 1 and comparable(number, real, _FAR) and not _more(before):
        said = marked.text[at : marked.quantity(at).end]
        yield slip_in(sentence, match.start(), match.end(), f"The text says “{said}”, but spoke of {show(real)} before.")


def _things(marked: Marked, quantity: Quantity) -> bool:
    """Tell whether a number counts things: a plural stands behind it."""
    return re.match(r"\s(?:[a-z-]+\s){0,2}?(?:[a-z][\w-]*s|[a-z]*men|people)\b", marked.text[quantity.end :]) is not None


def _more(marked: Marked) -> bool:
    return re.search(rf"\b{either('beyond')}\b", marked.text, re.IGNORECASE) is not None


@cache
def _others_of() -> re.Pattern[str]:
    return re.compile(
        rf"\bthe\s(?:other|remaining|last)\s(?P<other>{COUNT})(?!\s?(?:years?|months?|days?|weeks?)\b)|(?P<others>{COUNT})\sothers\b"
        rf"|\bthe\s(?P<left>{COUNT})\s(?:[a-z]+\s)?(?:who|that|which)\s(?:were\s)?{either('remained')}\b",
        re.IGNORECASE,
    )


def _inner_one(marked: Marked, quantity: Quantity) -> bool:
    """Tell whether "one" is of something that others have: "five of them use one currency"."""
    if marked.text[quantity.start : quantity.end].lower() != "one":
        return False
    leads = re.search(r"(?:^|[,;:–—]|\band|\bbut|\bwhile)\s?(?:(?:only|just)\s)?$", marked.text[: quantity.start]) is not None
    return not leads and re.match(r"\s(?!of\b)[a-z]+\b(?<!ed)", marked.text[quantity.end :]) is not None


def _the_other(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "Four were acquitted; the other six were shot" against the one number of the sentence before, or of its own."""
    match = _others_of().search(marked.marks)
    if match is None:
        return
    at = next(match.start(name) for name in ("other", "others", "left") if match[name])
    if (
        before is None
        and match["others"]
        and re.search(rf"{COUNT}\sof\s(?:the|its)\s{COUNT}[^.;]*,\sand\s$", marked.marks[:at])
    ):
        return  # "two of the five members, and two others": none of the five
    if match["others"] and re.match(rf"\s(?:had\s)?{either('acceding')}\b", marked.text[match.end() :]):
        return  # "two others joined": they are none of those before
    figures = [each for each in plain_figures(marked, ones=True) if each.start <= at and not _inner_one(marked, each)]
    if not (3 if before is None else 2) <= len(figures) <= 5 or figures[-1].start != at:
        return
    if re.search(rf"{COUNT}\s(?:in|out\sof)\s{COUNT}", marked.marks[:at]):
        return  # "or about three in five; the remaining twenty-six"
    if before is None:
        whole, parts = figures[0], figures[1:-1]
        if re.fullmatch(r"\sof\s(?:the|its|these|those)\s", marked.text[whole.end : parts[0].start]):
            whole, parts = parts[0], [whole, *parts[1:]]  # "seven of the twelve judges"
        lead = marked.text[: whole.start]
        of = re.search(r"\b(?:of|all)\s(?:the\s|its\s|their\s|these\s|those\s)?$", lead, re.IGNORECASE)
        if (match["others"] or len(parts) > 1 or not _things(marked, whole)) and of is None:
            return
    else:
        told = plain_figures(before)
        if len(told) > 1 and re.match(r"\sof\s(?:them|these|those)\b", marked.text[figures[0].end :]):
            # "began with six states and has had fourteen since. Five of them ...; the other eight": of the only one so large
            told = [each for each in told if each.value > max(part.value for part in figures)]
        elif len(told) == 1 and not (_things(before, told[0]) or before.text[: told[0].start].endswith(" of ")):
            return  # "a council of eleven" has members
        if len(told) != 1:
            return
        whole, parts = told[0], figures[:-1]
    own = re.search(r"\b(?:another|more|further|several|some|including|each)\b", marked.text[:at], re.IGNORECASE)
    total = sum(each.value for each in parts) + figures[-1].value
    leads = marked.text[: parts[0].start], marked.text[:at]
    if total < whole.value and leads[0].endswith("first ") and leads[1].endswith("last "):
        return  # "the first nine deal with water and the last two with trade": between them there are more
    if max(each.value for each in (*parts, figures[-1])) >= whole.value or own or (before and _more(before)):
        return
    if not same_number(total, whole.value) and comparable(total, whole.value, _FAR):
        message = f"The parts add up to {show(total)}, not {show(whole.value)}."
        yield slip_in(sentence, (parts[0] if before else figures[0]).start, figures[-1].end, message)


def _too_many(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "It cost 2.4 million. Transport took 1.1 million, salaries 0.9 million and gifts 0.6 million": more than all."""
    wholes, parts = plain_figures(before), plain_figures(marked)
    if len(wholes) != 1 or not 3 <= len(parts) <= 6 or marked.dates or before.durations or marked.durations:
        return
    whole, total = wholes[0].value, sum(each.value for each in parts)
    rows = [marked.text[one.end : two.start] for one, two in itertools.pairwise(parts)]
    if any(same_number(sum(each.value for each in parts if each is not one), whole) for one in parts):
        return  # "70 had one earner, 52 had two": one of the numbers is no part
    ellipses = all(re.fullmatch(r"(?:\s[\w-]+){0,3},?\s(?:and\s)?(?:[\w'-]+\s){0,4}", row) for row in rows)
    alike = len({_unit(marked, each) for each in parts} - {""}) <= 1 and wholes[0].kind == parts[0].kind
    if ellipses and alike and max(each.value for each in parts) < whole < total <= whole * _ALL_ROOM and not _more(marked):
        message = f"The parts add up to {show(total)}, not {show(whole)}."
        yield slip_in(sentence, parts[0].start, parts[-1].end, message)


def _unit(marked: Marked, quantity: Quantity) -> str:
    match = re.match(r"\s([a-z]+)", marked.text[quantity.end :])
    return "" if match is None or re.fullmatch(either("joins"), match[1]) else match[1]


# "met four times that year, in January, April, July and October"
_TIMES_IN: Final = re.compile(
    rf"(?P<number>{COUNT})\stimes\b[^.:;,()]{{0,50}},\s(?:in|at|on)\s(?P<list>[^.:;()]+?)(?=[.;]|,\s[a-z]|$)"
)
# "only two governments objected, Chile and Peru, and both ..."
_ACTED: Final = re.compile(
    rf"(?:^|[Oo]nly\s|[Jj]ust\s)(?P<number>{COUNT})\s(?:of\s(?:the|its|their|these)\s)?(?:[a-z-]+\s){{0,2}}?[a-z][\w-]*s\s(?:[a-z]+\s){{0,2}}?[a-z]+(?:ed|ent|ook|ame|old|oke|ept)(?:\s[a-z]+){{0,6}},\s(?P<list>[^.:;()]+?)(?=[.;]|,\s(?:and|but)\s(?:both|all|the)\b|$)"
)
_PLURAL: Final = re.compile(r"\s(?:the|its|their|his|her|these|those|other)\s(?:[a-z-]+\s)?[a-z-]+(?<!s)s,\s$")
_LAST_OF: Final = re.compile(
    rf"\bthe\s(?:last|first|largest|smallest|biggest|oldest|youngest|poorest|richest|weakest|strongest|least|most\s[a-z]+)\sof\sthe\s(?P<number>{COUNT})(?=[.,;)]|$)"
)


def _row(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "met four times, in A, B and C", "ceded A, B, C and D, ... the last of the four"."""
    bound = bind(manuscript, marked.text)
    forms = (_TIMES_IN.search(marked.marks), _ACTED.search(marked.marks))
    match = next((each for each in forms if each is not None and re.fullmatch(NAMES, bound[slice(*each.span("list"))])), None)
    if match is not None and match is forms[1] and _PLURAL.search(bound[: match.start("list")]):
        return  # "two ministers were asked about the islands, Corfu, Paxos and Zante": the islands are named
    last = _LAST_OF.search(marked.marks)
    rows: list[str] = []
    start = end = 0
    if match is not None:
        rows, (start, end) = [bound[slice(*match.span("list"))]], match.span()
    elif last is not None:
        rows = [each for each in re.findall(rf"(?<![\w-]){NAMES}", bound[: last.start()]) if len(split_names(each)) > 2]
        match, start, end = last, last.start("number"), last.end()
    if match is None or len(rows) != 1:
        return
    number, count = marked.value(match.start("number")), len(split_names(rows[0]))
    if number != count and comparable(number, count, _FAR) and 2 <= number <= _MOST:
        said = marked.text[match.start("number") : marked.quantity(match.start("number")).end]
        yield slip_in(sentence, start, end, f"The text says “{said}”, but names {show(count)}.")


def _changed_before(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "Trade doubled in five years. It had been worth 3 billion in 2004; in 2009 it was worth 6"."""
    change = re.search(rf"\b(?P<times>{'|'.join(CHANGES)})\b", before.text)
    figures = plain_figures(marked)
    if (
        change is None
        or plain_figures(before)
        or len(figures) != 2
        or len(marked.dates) != 2
        or not re.match(r"(?:It|They|The)\b", marked.text)
    ):
        return
    one, other = (each.value for each in figures)
    scale = next((each for each in (1e9, 1e6, 1e3) if max(one, other) >= each > min(one, other)), 1.0)
    one, other = (each * scale if each < scale else each for each in (one, other))
    told, real = CHANGES[change["times"].lower()], other / one
    if not 1 - _TIMES_ROOM <= real / told <= 1 + _TIMES_ROOM and comparable(real, told, _FAR):
        yield slip_in(
            sentence, figures[0].start, figures[1].end, f"From {show(one)} to {show(other)} is {real:.1f} times as much."
        )


_STEP: Final = re.compile(
    rf"(?:[;,:.]\s(?:and\s)?|\band\s)(?P<word>{ORDINAL_PATTERN}(?:ly)?)(?=,|\s(?:to|that|the|a|an|of|by|in|on|for|with|they|it|he)\b)"
    r"|(?P<mark>(?:\(|(?<=\s))(?:[a-h]|[1-9])\))(?=\s[\w])",
    re.IGNORECASE,
)
_ANNOUNCES: Final = re.compile(rf"(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,2}}?[a-z][\w-]*s\b[^:]{{0,50}}:\s", re.IGNORECASE)
_CLOSES: Final = re.compile(
    rf"\b(?:these|those|such|which)\s(?:were|are|was)\s(?:the|its|his|her|their|all)\s(?P<number>{COUNT})\s[a-z]", re.IGNORECASE
)


def _inline_points(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "two tasks: first, ...; second, ...; third, ..." and "four points: (a) ..., (b) ... and (c) ..."."""
    match = _ANNOUNCES.search(marked.marks)
    closing = _CLOSES.search(marked.marks)
    chosen = match or closing
    if chosen is None:
        return
    start, end = (match.end() - 2, len(marked.text)) if match else (0, chosen.start())
    steps = list(_STEP.finditer(" " + marked.text if match is None else marked.text, start, end + (match is None)))
    places = []
    for step in steps:
        mark = step["mark"].strip("()").lower() if step["mark"] else ""
        places.append(ordinal(step["word"]) if step["word"] else int(mark) if mark.isdigit() else ord(mark) - 96)
    number = marked.value(chosen.start("number"))
    if len(places) < 2 or places != list(range(1, len(places) + 1)) or number == len(places) or not 2 <= number <= _MOST:
        return
    if re.search(r"\b(?:finally|lastly|the\slast|last)\b", marked.text[steps[-1].end() :], re.IGNORECASE):
        return
    said = marked.text[chosen.start("number") : marked.quantity(chosen.start("number")).end]
    message = f"The text says “{said}”, but counts {show(len(places))}."
    yield slip_in(sentence, chosen.start("number"), chosen.end(), message)


# In a body of no more than so many all are told.
_SMALL_BODY: Final = 40


def _cast_of(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "45 votes to 12, with 9 abstentions, out of 66 members", "8 to 7 on a court of fifteen judges"."""
    match = _bodies().search(marked.marks)
    if match is None or (match["lead"].lower() in ("on", "in") and not match["body"]):
        return
    whole = marked.value(match.start("whole"))
    total = sum(marked.value(match.start(name)) for name in ("yes", "no", "abstained") if match[name])
    # of a large body some do not vote, unless the text counts them out
    counted = match["lead"].lower() == "out of" or whole <= _SMALL_BODY
    if total > whole or (
        counted and match["abstained"] and total < whole and not re.search(r"\b(?:absent|vacan\w+|away|ill)\b", marked.text)
    ):
        yield slip_in(sentence, match.start(), match.end(), f"The votes add up to {show(total)}, not {show(whole)}.")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<yes>{COUNT})\s(?:votes?\s)?(?:to|against)\s(?P<no>{COUNT})(?:\svotes)?"
        rf"(?:,?\s(?:and\s)?with\s(?P<abstained>{COUNT})\sabst\w+)?,?\s(?P<lead>out\sof|of|on|in)\s"
        rf"(?:the\s|an?\s(?:total\sof\s)?)?(?:(?P<body>{either('bodies')})\sof\s)?(?:the\s)?(?P<whole>{COUNT})(?:\s[a-z]+s\b|(?=[.,;]|$))",
        re.IGNORECASE,
    )


@cache
def _stayed() -> re.Pattern[str]:
    return re.compile(
        rf"\bturnout\b[^.;]{{0,30}}?(?P<came>{PERCENT})[^.;]{{0,40}}?(?P<stayed>{PERCENT})"
        rf"[^.;,]{{0,40}}?\b{either('stayed away')}\b",
        re.IGNORECASE,
    )


def _turnout(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Turnout was 70 per cent: 30 per cent of the voters stayed at home"."""
    match = _stayed().search(marked.marks)
    if match is None:
        return
    total = marked.value(match.start("came")) + marked.value(match.start("stayed"))
    if abs(total - 100) > 1:
        yield slip_in(sentence, match.start(), match.end(), f"The two shares add up to {total:g} per cent, not 100.")
