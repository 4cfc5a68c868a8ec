"""Averages, rates, changes and sums of a sentence: "50 million over five years, ten a year", "which brought it to ten".

As in comparisons, only sentences with just the numbers that the calculation needs are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import FAR, alike, hedged, noun_after, others_of, plain_figures
from verbale.review.checks.count_items import NAMES
from verbale.review.counting import CHANGES, comparable, either, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity
from verbale.review.reckoning import listed, stem

# A number has doubled when it is within a seventh of the double; with "nearly" or "over", within a quarter.
_TIMES_ROOM, _HEDGED_ROOM = 1 / 7, 0.25
# An average may be rounded by three in a hundred, with "about" by twelve.
_AVERAGE_ROOM, _ABOUT_ROOM = 0.03, 0.12
# "A third" is said of a change that is within six in a hundred of it, a share in per cent within one and a half.
_FRACTION_ROOM, _PERCENT_ROOM = 0.06, 0.015


def find_sums(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each average, rate, change and sum that the numbers of its sentence contradict."""
    figures = plain_figures(marked)
    if not 2 <= len(figures) <= 5:
        return
    for kind in (_average, _rate, _changed, _grown, _together, _multiplied, _of_every, _thus):
        yield from kind(sentence, marked, figures)


_PER: Final = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}


@cache
def _averages() -> re.Pattern[str]:
    units = "|".join(_PER)
    every = r"(?:a|per|every|each)\s"
    return re.compile(
        rf"\b{either('averaging')}\sof\s(?P<per>{AMOUNT})(?:\s(?!(?:a|per|every|each)\b)[a-z]+)?(?:\s(?:each|apiece|{every}(?P<unit1>{units})))?"
        rf"|(?P<per2>{AMOUNT})(?:\s[a-z-]+){{0,2}}?\s(?:each|apiece|on\saverage|{every}(?P<unit>{units}))(?![\w-])",
        re.IGNORECASE,
    )


def _average(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "50 million over five years, an average of ten million a year", "the four cost 80 million, 20 million each"."""
    matches = list(_averages().finditer(marked.with_articles()))
    if len(matches) != 1:
        return
    match = matches[0]
    at = match.start("per") if match["per"] else match.start("per2")
    if re.search(rf"{NAMES}\s(?:[a-z]+\s){{1,3}}$", marked.text[:at]):
        return  # "Britain and France had two each": of those named, and not of another number
    shared = re.search(rf"\s{either('relates')}\s(?:each|every)$", match[0]) is not None
    beside = re.match(r"[^.;:]*?(?:,|\band)\s(?:an?|the|one)\s[a-z]", marked.text[match.end() :])
    if beside or (shared and re.match(rf"[^.;:]*?(?:,|\band)\s{COUNT}\s", marked.marks[match.end() :])):
        return  # "two named by each side and a president chosen by the four": what is beside them is not shared out
    noun = re.match(r"\s([a-z]+)", marked.text[match.end() :])
    if shared and noun and not any(noun_after(marked, each).startswith(noun[1]) for each in others_of(figures, at)):
        return  # "eight sailings, four in each direction, and hopes for ten": how many directions there are is not told
    unit = match["unit1"] or match["unit"]
    others, spans = others_of(figures, at), [each for each in marked.durations if each.number > 1]
    per = marked.value(at)
    if unit:
        times = [each.days / _PER[unit.lower()] for each in spans]
        if len(times) != 1 or len(others) != 1:
            return
        number, total = times[0], others[0].value
    elif len(others) == 2 and not spans:
        number, total = sorted(each.value for each in others)
        if number > per and total < per:
            return
    else:
        return
    number = round(number) if abs(number - round(number)) < 0.05 * number else number
    room = _ABOUT_ROOM if hedged(marked, at) or any(hedged(marked, each.start) for each in others) else _AVERAGE_ROOM
    real = number * per
    if same_number(real + number, total):
        return  # "two ministers with four advisers each, ten in all": those who have them are counted, too
    if abs(real / total - 1) <= room or not comparable(real, total, FAR) or per == total:
        return
    start, end = min(at, *(each.start for each in others)), max(match.end(), *(each.end for each in others))
    yield slip_in(sentence, start, end, f"{show(number)} times {show(per)} is {show(real)}, not {show(total)}.")


_RATE: Final = re.compile(
    rf"(?P<one>{COUNT})\s(?P<noun>[a-z]+s)\s(?:a|per|every|each)\s(?P<unit>day|week|month)\b[^.;:]{{0,60}}?(?P<other>{COUNT})(?:\s(?P=noun))?\s(?:a|per|every|each)\s(?P<longer>week|month|year)\b",
    re.IGNORECASE,
)


# How many of the shorter there are in the longer, least and most.
_IN_ONE: Final = {
    ("day", "week"): (5, 7), ("day", "month"): (20, 31), ("day", "year"): (240, 366), ("week", "month"): (4, 5),
    ("week", "year"): (48, 53), ("month", "year"): (12, 12),
}  # fmt: skip


def _rate(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "two convoys a month, that is 24 a year"."""
    match = _RATE.search(marked.with_articles())
    room = None if match is None else _IN_ONE.get((match["unit"].lower(), match["longer"].lower()))
    if match is None or room is None or len(figures) != 2:
        return
    one, other = marked.value(match.start("one")), marked.value(match.start("other"))
    if not 0.99 * room[0] * one <= other <= 1.01 * room[1] * one and one * room[0] / FAR < other < one * room[1] * FAR:
        yield slip_in(
            sentence, match.start(), match.end(), f"{show(one)} a {match['unit']} is not {show(other)} a {match['longer']}."
        )


@cache
def _change_of() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<times>{'|'.join(CHANGES)})\b|{either('changed')}\s(?:[a-z]+\s)?by\s(?:(?:{either('roughly')}|exactly)\s)?(?:an?\s)?(?P<by>{PERCENT}|{FRACTION}))",
        re.IGNORECASE,
    )


def _changed(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "it stood at 80 million and at 100 million in 1880; it had grown by a quarter", "it trebled: it had been ..."."""
    match = _change_of().search(marked.marks)
    if match is None or len(figures) != 2 or not alike(marked, *figures) or len(list(_change_of().finditer(marked.marks))) > 1:
        return
    share = [each for each in marked.quantities if each.kind in ("percent", "fraction")]
    if len(share) != (1 if match["by"] else 0) or _of_another(marked, match.start()):
        return
    if re.match(rf"\s{either('anew')}\b", marked.text[match.end() :], re.IGNORECASE):
        return  # "from 420 to 630, and doubled again": another change
    if figures[0].start > match.end() and OWN_CLAUSE.search(marked.text[match.end() : figures[0].start]):
        return  # "was cut by half, and its budget from 80 to 60"
    one, other = (each.value for each in figures)
    rough = hedged(marked, match.start()) or re.search(rf"{either('roughly')}", match[0], re.IGNORECASE) is not None
    if match["times"]:
        told = CHANGES[match["times"].lower()]
        real = max(one, other) / min(one, other)
        wrong = abs(real / max(told, 1 / told) - 1) > (_HEDGED_ROOM if rough else _TIMES_ROOM)
    else:
        by = marked.quantity(match.start("by"))
        told = by.value / 100 if by.kind == "percent" else by.value
        changes = [abs(one - other) / each for each in (one, other)]
        room = 0.25 * told if rough else _FRACTION_ROOM if by.kind == "fraction" else _PERCENT_ROOM
        real = other / one
        wrong = all(abs(each - told) > room for each in changes) and min(changes) < FAR * told
    # beside a change, numbers of other things are apt to stand
    if wrong and 1 / FAR < other / one < FAR * 2 and _told_twice(marked, match, figures):
        message = f"From {show(one)} to {show(other)} is {other / one:.2f} times as much."
        yield slip_in(sentence, min(match.start(), figures[0].start), max(match.end(), figures[1].end), message)


# What goes on with another subject than "it".
OWN_CLAUSE: Final = re.compile(r"[,;]\s(?:and|but|while)\s(?!(?:it|they|thus|so|now|then)\b)[a-zA-Z]")


def _of_another(marked: Marked, at: int) -> bool:
    """Tell whether a clause of its own says what changed: "900 tonnes, the new one 300, and the price had doubled"."""
    clause = re.search(
        r"[,;]\s(?:and|but|while)\s(?:(?:the|its|his|her|their)\s)?(?P<subject>[^,;:.]{3,60})$", marked.text[:at]
    )
    if clause is None or listed("how many", clause["subject"]):
        return False
    told = {stem(word) for word in re.findall(r"[a-z]{3,}", marked.text[: clause.start()].lower())}
    own = {stem(word) for word in re.findall(r"[a-z]{4,}", clause["subject"].lower())}
    return bool(own) and not told & own


def _told_twice(marked: Marked, match: re.Match[str], figures: list[Quantity]) -> bool:
    """Tell whether both numbers stand on one side of the change, or one is what it led to."""
    after = [each for each in figures if each.start > match.start()]
    return (
        len(after) != 1
        or re.match(
            r",?\s(?:and\s(?:now\s)?(?:stood|was|were|came|reached)\s(?:at\s|to\s)?|to\s)$",
            marked.text[match.end() : after[0].start],
        )
        is not None
    )


@cache
def _grown_to() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('changed')}\sby\s(?P<by>{AMOUNT})(?:\s[a-z]+)?,?\s(?:up\s|down\s)?to\s(?P<to>{AMOUNT})|\b{either('brought')}\s(?:[a-z]+\s){{0,5}}?to\s(?P<sum>{AMOUNT})"
        rf"|\b{either('joined')}\b",
        re.IGNORECASE,
    )


def _grown(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "with nine newcomers there were 35" after 26, "raised by 50 to 550" after 500, "which brought it to ten"."""
    match = _grown_to().search(marked.marks)
    if match is None or len({each.kind for each in figures}) > 1 or re.search(PERCENT, marked.marks):
        return
    if len(re.findall(rf"{COUNT}\s(?:[a-z]+\s)?(?:that|who|which)\s", marked.marks)) > 1:
        return  # "those that joined first are outvoted by the eleven that came in later": each has its own
    values = [each.value for each in figures]
    if match["sum"]:
        before, total = (
            [each.value for each in plain_figures(marked, ones=True) if each.start < match.start("sum")],
            marked.value(match.start("sum")),
        )
        if len(before) < 2 or figures[-1].start != match.start("sum") or total <= max(before):
            return
        expected = sum(before)
    elif len(values) == 3:
        total = max(values)
        expected = sum(values) - total
        if not match["to"] and (values[-1] != total or len({noun_after(marked, each) for each in figures} - {""}) > 2):
            return
        if match["to"] and figures[0].start > match.start():
            return
    else:
        return
    lost = re.search(rf"\b{either('lost')}\b", marked.text, re.IGNORECASE)
    if (
        same_number(expected, total)
        or lost
        or not 0.6 <= expected / total <= 1.5
        or any(hedged(marked, each.start) for each in figures)
    ):
        return
    message = f"The numbers add up to {show(expected)}, not {show(total)}."
    yield slip_in(sentence, figures[0].start, figures[-1].end, message)


@cache
def _mustered() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('together')}\b[^.;:]*?\b{either('musters')}\s(?P<sum>{AMOUNT})|"
        rf"\b{either('musters')}\s(?P<sum2>{AMOUNT})[^.;:,]*?\b{either('together')}\b|\btogether\s(?P<sum3>{AMOUNT})(?=[^.;:,]{{0,20}}(?:[.;]|$))",
        re.IGNORECASE,
    )


def _together(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "together the 18 Polish and 14 Czech divisions made 32 divisions"."""
    match = _mustered().search(marked.marks)
    if match is None or len(figures) != 3 or figures[-1].start != max(match.start(name) for name in ("sum", "sum2", "sum3")):
        return
    one, other, total = (each.value for each in figures)
    if not alike(marked, figures[0], figures[1]) and noun_after(marked, figures[0]) != noun_after(marked, figures[2]):
        return
    if total > max(one, other) and not same_number(one + other, total) and 1 / 1.5 <= (one + other) / total <= 1.5:
        message = f"{show(one)} and {show(other)} are {show(one + other)}, not {show(total)}."
        yield slip_in(sentence, figures[0].start, figures[-1].end, message)


def _multiplied(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "each of the six was to send ten deputies to the house, which thus had sixty seats"."""
    each = re.search(rf"\b{either('each')}\s(?:of\s(?:the|these|those|its|their)\s)?", marked.text, re.IGNORECASE)
    if (
        each is None
        or len(figures) != 3
        or not (each.end() == figures[0].start or figures[1].end < each.start() < figures[2].start)
    ):
        return
    times, per, total = (figure.value for figure in figures)
    # "each sent a governor and two elders": what is named without a number is one
    per += bool(re.search(r"\san?\s[a-z-]+(?:\s[a-z-]+)?(?:,|\sand)\s$", marked.text[: figures[1].start]))
    leads = re.search(rf"\b{either('yields')}\b", marked.text[figures[1].end : figures[2].start], re.IGNORECASE)
    if leads is None or total <= max(times, per) or same_number(times * per, total) or same_number(times + per, total):
        return
    if comparable(times * per, total, FAR) and not hedged(marked, figures[2].start):
        message = f"{show(times)} times {show(per)} is {show(times * per)}, not {show(total)}."
        yield slip_in(sentence, figures[0].start, figures[2].end, message)


_OF_EVERY: Final = re.compile(rf"\b(?:of|out\sof)\s(?:every|each)\s(?P<whole>{COUNT})\s[a-z]", re.IGNORECASE)


def _of_every(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "of every ten pounds Britain paid six and Malta four": no more can be given away."""
    match = _OF_EVERY.search(marked.marks)
    if match is None or len(figures) != 3 or figures[0].start != match.start("whole"):
        return
    whole, one, other = (each.value for each in figures)
    acts = [re.match(r"\s([a-z]+)\s[a-zA-Z]", marked.text[each.end :]) for each in figures[1:]]
    if (
        all(acts)
        and len({each[1] for each in acts if each}) > 1
        and not re.match(r"\s[a-z]+\snot\b", marked.text[figures[2].end :])
    ):
        return  # "six were Dutch, and five carried grain": the same ships may do both
    if max(one, other) < whole < one + other and not re.search(r"\bof\s(?:them|these|which|whom)\b", marked.text):
        yield slip_in(sentence, figures[0].start, figures[2].end, f"{show(one)} and {show(other)} are more than {show(whole)}.")


@cache
def _thus_of() -> re.Pattern[str]:
    return re.compile(
        rf"[,;]\s(?:and\s)?(?P<left>so\sthat\s|leaving\s|which\sleft\s)?(?:the\s|all\s)?(?P<sum>{COUNT})\s[^.;:,]{{0,50}}?\b(?:{either('hence')})\b|"
        rf"[,;]\s(?P<left2>so\sthat|leaving|which\sleft)\s(?:only\s)?(?P<sum2>{COUNT})(?=\s)",
        re.IGNORECASE,
    )


def _thus(sentence: Sentence, marked: Marked, figures: list[Quantity]) -> Iterator[Slip]:
    """Check "33 to 13, with 10 abstentions; 56 had thus voted", "of 193 143 were for and 45 against, so that five ..."."""
    match = _thus_of().search(marked.marks)
    if match is None or len({each.kind for each in figures}) > 1 or re.search(PERCENT, marked.marks):
        return
    at = match.start("sum") if match["sum"] else match.start("sum2")
    if figures[-1].start != at or not 3 <= len(figures) <= 5:
        return
    parts, total = [each.value for each in figures[:-1]], figures[-1].value
    if match["left"] or match["left2"]:
        if (
            parts[0] != max(parts)
            or re.search(r"(?:^|\s)[Oo](?:f|ut\sof)\s(?:the\s|its\s)?$", marked.text[: figures[0].start]) is None
        ):
            return
        expected = parts[0] - sum(parts[1:])
    else:
        expected = sum(parts)
        if total <= max(parts):
            return
    sums = {sum(parts[at:]) for at in range(len(parts))} | {sum(parts[:at]) for at in range(1, len(parts) + 1)}
    if expected > 0 and not same_number(expected, total) and total not in sums and 0.4 <= expected / total <= 2.5:
        yield slip_in(sentence, figures[0].start, figures[-1].end, f"That makes {show(expected)}, not {show(total)}.")
