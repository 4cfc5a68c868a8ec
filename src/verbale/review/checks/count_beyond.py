"""Numbers beyond what was told just before: a fourth of three wars, 55 votes in a house of 51, shares of more than all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAME, NAMES, bind, split_names
from verbale.review.counting import comparable, either, measures, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, COUNT, DATE, FRACTION, Marked
from verbale.review.numbers import NUMBER_PATTERN, ORDINAL_PATTERN, ordinal, read_count, words
from verbale.review.reckoning import figures, listed, stem

_MOST: Final = 20
# A place or a number further off is one of something else.
_NEAR: Final = 2
_FAR: Final = 1.6
# Shares in words may be rounded; three that make more than this are too much.
_SHARE_ROOM: Final = 0.04


def find_beyond(manuscript: Manuscript, sentence: Sentence, marked: Marked, near: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each number that goes beyond the whole told in its sentence or in `near`, the one before."""
    if near is not None:
        yield from _place(sentence, marked, near)
    yield from _cast(sentence, marked, near)
    yield from _dealt(sentence, marked)
    yield from _mustered(sentence, marked)
    yield from _after_those(sentence, marked)
    yield from _all_of_them(manuscript, sentence, marked)


@cache
def _which() -> re.Pattern[str]:
    return re.compile(
        rf"^The\s(?P<place>{ORDINAL_PATTERN})(?:\sof\s(?P<them>them|these|those)\b|\sand\s{either('closes')}\s(?P<noun>[a-z]+)\b)",
        re.IGNORECASE,
    )


def _place(sentence: Sentence, marked: Marked, near: Marked) -> Iterator[Slip]:
    """Check "fought three wars. The fourth of them ..." and "five rounds of talks. The sixth and last round ..."."""
    match = _which().match(marked.text)
    counts = [each for each in figures(near) if each.stems and each.kind == "count"]
    if match is None or len(counts) != 1 or listed("more", near.text) or listed("rest", near.text) or near.dates:
        return
    place, number = ordinal(match["place"]), counts[0].value
    noun = re.match(r"\s(?:[a-z-]+\s){0,2}?([a-z]+s)\b", near.text[counts[0].end :])
    if noun is None or measures(noun[1]) or not 2 <= number <= _MOST or match["place"].lower() in near.text.lower().split():
        return
    wrong = place > number if match["them"] else place != number and stem(match["noun"]) in counts[0].stems
    if wrong and abs(place - number) <= _NEAR:
        message = f"The text says “{match['place']}”, but the sentence before has {show(number)}."
        yield slip_in(sentence, match.start("place"), match.end(), message)


@cache
def _tallies() -> tuple[re.Pattern[str], ...]:
    votes = r"(?:\svotes?)?"
    away = rf"(?:,?\s(?:and\s)?(?:with\s)?(?P<away>{COUNT})\sabst\w+)?"
    sides = rf"(?P<yes>{COUNT}){votes}\s(?:to|against)\s(?P<no>{COUNT}){votes}"
    ayes = rf"(?P<yes>{COUNT}){votes}\s{either('in favour')}(?:,|\sand|,\sand)\s(?P<no>{COUNT}){votes}\sagainst"
    return (
        re.compile(rf"\b(?:by|with)\s(?:a\svote\sof\s)?{sides}{away}", re.IGNORECASE),
        re.compile(ayes + away, re.IGNORECASE),
    )


@cache
def _seats() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<all>{COUNT})(?:\s(?:[a-z]+\s)?(?:{either('voters')}|seats)\b|-{either('of a body')}\b)", re.IGNORECASE
    )


def _cast(sentence: Sentence, marked: Marked, near: Marked | None) -> Iterator[Slip]:
    """Check "The Council has fifteen members. It had eleven votes in favour and two against, with four abstentions"."""
    votes = [match for pattern in _tallies() for match in pattern.finditer(marked.marks)]
    if len(votes) != 1:
        return
    match = votes[0]
    text: Marked = marked
    bodies = list(_seats().finditer(marked.marks[: match.start()]))
    if not bodies and near is not None and not _of_another_body(marked.text[: match.start()], near.text):
        text, bodies = near, list(_seats().finditer(near.marks))
    if len(bodies) != 1 or re.search(r"\bof\s(?:which|whom)\b", text.text):
        return
    seats = bodies[0]
    whole = text.value(seats.start("all"))
    cast = [marked.value(match.start(name)) for name in ("yes", "no", "away") if match[name]]
    rough = listed("roughly", text.text[max(0, seats.start() - 12) : seats.start()])
    if max(cast) < whole < sum(cast) <= _FAR * whole and not rough:
        last = marked.quantity(match.start("away" if match["away"] else "no"))
        message = f"The votes add up to {show(sum(cast))}, of {show(whole)}."
        yield slip_in(sentence, match.start("yes"), last.end, message)


def _of_another_body(said: str, before: str) -> bool:
    """Tell whether a vote is told of a body that the sentence before does not speak of."""
    named = re.findall(rf"\b{either('bodies')}\b", said, re.IGNORECASE)
    return any(name.lower() not in before.lower() for name in named) or re.search(r"\bplenary\b", said) is not None


@cache
def _shares() -> re.Pattern[str]:
    place = rf"(?P<at>{either('relates')}|to)\s(?:the\s)?[\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]*)?"
    more = r",?\s(?:and\s)?{fraction}\s(?P=at)\s(?:the\s)?[\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]*)?"
    return re.compile(
        rf"^{FRACTION}\sof\s(?:the|its|his|her|their)\s[a-z]+\s(?:[a-z]+\s){{1,3}}?{place}(?:{more.format(fraction=FRACTION)}){{1,5}}[.;]?$",
        re.IGNORECASE,
    )


def _dealt(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Half of the shares went to Britain, a quarter to France and a third to the Netherlands"."""
    match = _shares().match(marked.marks)
    if match is None:
        return
    shares = [each for each in marked.quantities if each.kind == "fraction"]
    total = sum(each.value for each in shares)
    # "came from Serbia, a third from farms": of two kinds; and what is given to one is not given to another
    heads = re.findall(rf"\s{re.escape(match['at'])}\s(?=((?:the\s)?[A-ZÀ-Þ]|the\s)?)", match[0])
    heads = [re.sub(r"(?:the\s)?[A-ZÀ-Þ]", "name", head) for head in heads]
    one_kind = len(set(heads)) == 1
    if not one_kind or (len(shares) == 2 and (match["at"] != "to" or "name" not in heads)):
        return
    if total > 1 + _SHARE_ROOM and len(shares) == len(marked.quantities):
        yield slip_in(
            sentence, shares[0].start, shares[-1].end, f"The shares add up to {total * 100:.0f} per cent of the whole."
        )


@cache
def _force() -> re.Pattern[str]:
    part = rf"(?:the\s)?(?:[A-ZÀ-Þ][\w'’-]*)(?:\s[A-ZÀ-Þ][\w'’-]*)?(?:\s[a-z]+)?\s{AMOUNT}(?:\s[a-z]+)?"
    return re.compile(
        rf"^{part}(?:,\s{part})*,?\sand\s{part},\san?\s(?:[a-z]+\s)?[a-z]+\sof\s(?:{either('totals')}\s)?(?P<sum>{AMOUNT})(?:\s[a-z]+)?(?:\s{either('totals')})?\s*[.;]?$"
    )


def _mustered(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Britain sent 4,000 men, France 3,500 and Italy 1,500, a force of 10,000"."""
    match = _force().match(marked.marks)
    if match is None:
        return
    every = figures(marked)
    parts = [each.value for each in every if each.start < match.start("sum")]
    told = marked.value(match.start("sum"))
    if len(parts) > 1 and told > max(parts) and told != sum(parts) and comparable(told, sum(parts), _FAR):
        number = marked.quantity(match.start("sum"))
        yield slip_in(sentence, number.start, number.end, f"The parts add up to {show(sum(parts))}, not {show(told)}.")


_AFTER_THOSE: Final = re.compile(
    rf"\bthe\s(?P<place>{ORDINAL_PATTERN})\s(?P<noun>[a-z]+)\b[^.;:]{{0,50}}?,?\safter\sthose\s(?:of|in)\s"
    rf"(?P<row>(?:{DATE},\s)*{DATE},?\sand\s{DATE})(?=\s*(?:[.;]|$))"
)


def _after_those(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "It was the fourth treaty between them, after those of 1848 and 1856"."""
    match = _AFTER_THOSE.search(marked.marks)
    if match is None:
        return
    place, dates = ordinal(match["place"]), len(re.findall(DATE, match["row"]))
    if place != dates + 1 and abs(place - dates - 1) <= _NEAR:
        message = f"The text says “{match['place']}”, but gives {words(dates)} before it."
        yield slip_in(sentence, match.start("place"), match.end("noun"), message)


_ALL_OF_THEM: Final = re.compile(
    rf"^(?P<row>{NAMES})\s(?P<said>[a-z][^;:]{{3,90}});\sall\s(?:the\s)?(?P<number>{NUMBER_PATTERN})\s(?P<noun>[a-z]+s|of\sthem)\b(?!\s{either('relates')}\b)"
)


def _all_of_them(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Iceland and Denmark signed the agreement; all three states ratified it"."""
    match = _ALL_OF_THEM.match(bind(manuscript, marked.text))
    if match is None or re.search(NAME, match["said"]) or re.search(rf"\b{NUMBER_PATTERN}\b", match["said"], re.IGNORECASE):
        return
    number, count = read_count(match["number"]), len(split_names(match["row"]))
    if number != count and abs(number - count) <= _NEAR:
        message = f"The text says “all {match['number']}”, but names {words(count)}."
        yield slip_in(sentence, match.start("number"), match.end("noun"), message)
