"""Results that a sentence draws from its own numbers: "600 from Norway and 400 from Denmark; the force thus had 1,200".

The words tell the operation (a sum, so much a head, a ratio, what was left of it). A result is wrong only if no sum, difference
or product of the numbers told before it gives it, and if it is near enough to what its words mean to be meant of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.checks.count_proportions import fits
from verbale.review.counting import comparable, either, measures, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.reckoning import MOST, Figure, figures, like, listed, results

# A result this many times the one expected, or less, is of other numbers.
_FAR: Final = 1.6
# A product of rounded numbers may miss by three in a hundred; a ratio is told to a tenth of itself.
_ROUNDED, _RATIO_ROOM = 0.03, 0.1


def find_outcomes(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each result that the numbers told before it contradict; `before` is the sentence before."""
    yield from _summed(sentence, marked)
    yield from _a_head(sentence, marked)
    yield from _down_to(sentence, marked)
    yield from _ratio(sentence, marked)
    yield from _the_other_way(sentence, marked, before)
    yield from _not_so(sentence, marked, before)
    yield from _carried(sentence, marked)
    yield from _itemised(sentence, marked)
    yield from _judges(sentence, marked)


@cache
def _drawn() -> re.Pattern[str]:
    """Return a last clause that a word draws from what was told, with a number that ends it or is of what it counts."""
    so = rf"(?:{either('so it follows')}|so\sthat|which\smeans\sthat|{either('totals')}|{either('together')})"
    other = rf"(?:(?!{AMOUNT})[^.;:])"
    return re.compile(
        rf"(?:[,;:.]|\s[–—])\s(?:and\s)?"
        rf"(?={other}{{0,90}}?\b{so}\b|{other}{{0,90}}?{AMOUNT}{other}{{0,40}}?\b{either('totals behind')}\b)"
        rf"(?P<said>{other}{{0,90}}?)(?<=\s)(?P<sum>{AMOUNT})(?P<tail>{other}{{0,70}})(?:[.;]|$)",
        re.IGNORECASE,
    )


def _summed(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Sweden sent 600 soldiers, Norway 400 and Denmark 200; the force thus had 1,400 men"."""
    match = _drawn().search(marked.marks)
    if match is None or re.search(rf"{PERCENT}|{FRACTION}", marked.marks):
        return
    every = figures(marked)
    told = next((each for each in every if each.start == match.start("sum")), None)
    parts = [each for each in every if each.end <= match.start()]
    later = [each for each in every if each.start > match.start("sum")]
    parts = [each for at, each in enumerate(parts) if not _again(marked, each, parts[:at])]
    if (
        told is None
        or later
        or measures(marked.text[told.end + 1 :].split(" ")[0])
        or not 1 <= len(parts) <= MOST
        or any(each.kind != told.kind for each in parts)
    ):
        return
    drawn = f"{match['said']} {match['tail']}"
    few = {each.start("number"): each.end() for part in parts if (each := _few_of().match(marked.marks, part.end))}
    open_text = "" if few else marked.text  # "each for the two others" leaves nobody out
    if (
        listed("leaves", drawn)
        or listed("more", drawn)
        or listed("fewer", drawn)
        or listed("beyond", open_text)
        or listed("rest", open_text)
    ):
        return
    if len([each for each in every if match.start() <= each.start]) > 1:
        return
    parts = [each for each in parts if each.start not in few]
    values = _multiplied(marked, parts)
    nouns = [each for each in parts if each.stems]
    # of the parts, the first at least names what is counted, and none names something else
    alone = len(parts) == 1 and values[0] > parts[0].value  # "A, B and C each sent four"
    if (
        (len(parts) < 2 and not alone)
        or any(not like(nouns[0], each) for each in nouns)
        or not (nouns or listed("totals", drawn))
    ):
        return
    total = sum(values)
    if told.value <= (parts[0].value if alone else max(values)) or told.value in _possible(
        [each.value for each in parts], values
    ):
        return
    if comparable(told.value, total, _FAR):
        yield slip_in(sentence, told.start, told.end, f"The numbers before add up to {show(total)}, not {show(told.value)}.")


def _again(marked: Marked, figure: Figure, before: Sequence[Figure]) -> bool:
    """Tell whether a number takes up one that was told: "three members, and the three met"."""
    taken = re.search(r"\b(?:the|these|those|all)\s$", marked.text[: figure.start], re.IGNORECASE) is not None
    return taken and any(each.value == figure.value for each in before)


def _multiplied(marked: Marked, parts: Sequence[Figure]) -> list[float]:
    """Return the values of some numbers, each that a row of names has singly as often as there are names."""
    found = []
    for each in parts:
        row = re.search(rf"(?P<row>{NAMES})\s{either('each one')}\s(?:[a-z]+\s){{1,3}}$", marked.text[: each.start])
        row = row or _each_for().match(marked.text, each.end)
        few = _few_of().match(marked.marks, each.end)
        found.append(each.value * (marked.value(few.start("number")) if few else len(split_names(row["row"])) if row else 1))
    return found


@cache
def _each_for() -> re.Pattern[str]:
    """Return "135,000 each for France and Italy"."""
    return re.compile(rf"(?:\s[a-z]+)?\s(?:each|apiece)\s(?:(?:for|to|from|in|at|of)\s)?(?P<row>{NAMES})")


@cache
def _few_of() -> re.Pattern[str]:
    """Return "135,000 each for the first two"."""
    return re.compile(
        rf"(?:\s[a-z]+)?\s(?:each|apiece)\s(?:for|to|from|in|at|of)\s(?:the|its|these)\s(?:[a-z]+\s)?(?P<number>{COUNT})"
    )


def _possible(*rows: Sequence[float]) -> set[float]:
    """Return what some numbers make when added, taken away or multiplied by twos, where no "each" multiplies them."""
    found: set[float] = set().union(*(results(values) for values in rows))
    return found | ({one * other for one, other in itertools.combinations(rows[0], 2)} if rows[0] == rows[-1] else set())


@cache
def _rate_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<rate>{AMOUNT})(?:\s[a-z]+)?\s(?:{either('a head')})"
        rf"\s(?:[a-z]+\s){{0,3}}?(?P<times>{COUNT})\s[a-z]+[^.;:]{{0,40}}?"
        rf"(?:,\s(?:or|that\sis|and\sthus|thus|which\smade|making|in\sall)|\s\()\s?(?:{either('roughly')}\s)?(?P<sum>{AMOUNT})",
        re.IGNORECASE,
    )


def _a_head(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "12 dollars a head for the 5 million inhabitants, or 70 million dollars"."""
    match = _rate_of().search(marked.marks)
    if match is None:
        return
    rate, times, told = (marked.value(match.start(name)) for name in ("rate", "times", "sum"))
    real = rate * times
    if times > 1 and abs(told / real - 1) > _ROUNDED and comparable(told, real, _FAR):
        message = f"{show(times)} times {show(rate)} is {show(real)}, not {show(told)}."
        yield slip_in(sentence, match.start("sum"), marked.quantity(match.start("sum")).end, message)


@cache
def _to_share() -> re.Pattern[str]:
    hedge = rf"(?P<hedge>(?:(?:{either('above')}|{either('below')}|{either('roughly')}|only|just)\s)?)"
    return re.compile(
        rf"\bfrom\s(?:{either('roughly')}\s)?(?P<first>{AMOUNT})[^.;:]{{0,40}}?\s(?:down\s)?to\s(?:{either('roughly')}\s|only\s)?(?P<last>{AMOUNT})[^.;:]{{0,40}}?"
        rf"(?:,|\s\(|\s[–—])\s?(?:that\sis,?\s|or\s|i\.e\.\s|and\sso\s|thus\s)?to\s(?:the\s)?{hedge}(?P<share>{FRACTION}|{PERCENT})(?=\sof\b|[.;,)]|$)",
        re.IGNORECASE,
    )


def _down_to(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "fell from 900 million to 300 million, that is to a half of what it had been"."""
    match = _to_share().search(marked.marks)
    if match is None:
        return
    first, last, share = (marked.quantity(match.start(name)) for name in ("first", "last", "share"))
    told = share.value / 100 if share.kind == "percent" else share.value
    if first.value > last.value > 0 and not fits(last.value / first.value, told, match["hedge"].strip().lower(), share.kind):
        message = f"{show(last.value)} of {show(first.value)} is {last.value / first.value:.0%}."
        yield slip_in(sentence, match.start("share"), share.end, message)


@cache
def _ratio_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<hedge>(?:{either('roughly')}\s)?)(?P<one>{COUNT})\sto\s(?P<other>{COUNT})(?:,\s(?:or|that\sis,?|namely)|:|\s\(|\s[–—])\s?"
        rf"(?:(?:the|its|some|about)\s)?(?P<left>{AMOUNT})\s(?:[a-zA-Z]+\s){{0,3}}?(?:against|to|and|faced|for)\s(?:(?:the|its|some|about|only)\s)?(?P<right>{AMOUNT})",
        re.IGNORECASE,
    )


def _ratio(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "the ratio of the troops was two to one: 600,000 against 250,000"."""
    match = _ratio_of().search(marked.marks)
    if match is None or not listed("ratios", marked.text[: match.end()]):
        return
    one, other, left, right = (marked.value(match.start(name)) for name in ("one", "other", "left", "right"))
    room = _RATIO_ROOM * (2 if match["hedge"] else 1)
    real = [left / right, right / left]
    if all(abs(each / (one / other) - 1) > room for each in real):
        yield slip_in(sentence, match.start("one"), match.end(), f"{show(left)} to {show(right)} is {max(real):.2f} to one.")


@cache
def _rest_of() -> re.Pattern[str]:
    part = rf"(?P<part>{COUNT})(?:\s[a-z]+)?\s(?:out\sof|of)\s(?:the\s|its\s|their\s)?(?P<whole>{COUNT})"
    return re.compile(
        rf"{part}[^.:]{{0,60}}?(?:[;,]|\band|\bbut)\s(?:and\s|but\s)?(?:on\s|about\s)?(?:the\s)(?:other\s)?(?P<rest>{COUNT})\s(?:[a-z]+\s){{0,3}}?"
        rf"(?:that|which|who|whom)\s[^.;:,]{{0,40}}?\b{either('denied')}(?!\w)",
        re.IGNORECASE,
    )


def _the_other_way(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "agreed on seven points out of ten; the four on which they did not agree"."""
    del before
    match = _rest_of().search(marked.marks)
    if match is None:
        return
    part, whole, rest = (marked.value(match.start(name)) for name in ("part", "whole", "rest"))
    if part < whole and rest != whole - part and rest < whole and whole - part > 0:
        number = marked.quantity(match.start("rest"))
        message = f"Of {show(whole)} there remain {show(whole - part)}, not {show(rest)}."
        yield slip_in(sentence, number.start, number.end, message)


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<part>{COUNT})(?:\sof\s(?:them|these|those))?\s(?:[a-z]+\s){{1,8}}?[^.;:]{{0,30}}?(?:,\s|\s)(?:and|but|while)\s(?:the\s(?:other|remaining)\s)?(?P<rest>{COUNT})\s"
        rf"(?:(?:had|has|have|did|do|was|were|are|is|could|would)\s)?{either('denied')}(?=[.;,]|\syet\b|$)",
        re.IGNORECASE,
    )


def _not_so(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "lists seven crimes; four of them had been tried and five had not": who did and who did not are all."""
    match = _denied().search(marked.marks)
    if match is None:
        return
    near = [each for each in figures(marked) if each.end <= match.start("part")]
    near = near or (figures(before) if before is not None else [])
    part, rest = (marked.value(match.start(name)) for name in ("part", "rest"))
    wholes = [each for each in near if each.stems and each.kind == "count" and each.value > max(part, rest)]
    if len(near) != 1 or len(wholes) != 1 or part + rest == wholes[0].value:
        return
    if comparable(part + rest, wholes[0].value, _FAR) and not listed("beyond", marked.text):
        message = f"The parts add up to {show(part + rest)}, not {show(wholes[0].value)}."
        yield slip_in(sentence, match.start("part"), marked.quantity(match.start("rest")).end, message)


@cache
def _vote_share() -> re.Pattern[str]:
    hedge = rf"(?P<hedge>(?:(?:exactly|{either('above')}|{either('below')}|{either('roughly')})\s)?)"
    return re.compile(
        rf"(?P<yes>{COUNT})(?:\svotes?)?\s(?:to|against)\s(?P<no>{COUNT})(?P<abst>(?:,?\s(?:and\s|with\s)*{COUNT}\sabst[a-z]+)?)"
        rf"(?:,|\s\(|\s[–—]|;)\s?(?:or\s|that\sis,?\s|thus\s|a\smajority\sof\s|with\s)?{hedge}(?P<share>{PERCENT}|{FRACTION})(?=\sof\s(?:the\s(?:votes?|total)|those|all)\b|[.;)]|$)",
        re.IGNORECASE,
    )


def _carried(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "by 67 votes to 28, just under two thirds of those present"."""
    match = _vote_share().search(marked.marks)
    if match is None or match["abst"] or measures(marked.text[match.end("no") :].split(" ")[0]):
        return
    yes, no, share = marked.value(match.start("yes")), marked.value(match.start("no")), marked.quantity(match.start("share"))
    told = share.value / 100 if share.kind == "percent" else share.value
    real, hedge = yes / (yes + no), match["hedge"].strip().lower()
    if yes > no and not fits(real, told, "" if hedge == "exactly" else hedge, share.kind) and not same_number(real, told):
        yield slip_in(sentence, match.start("share"), share.end, f"{show(yes)} of {show(yes + no)} is {real:.0%}.")


@cache
def _heads() -> re.Pattern[str]:
    nouns = r"(?:[a-z'’-]+\s){0,3}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)"
    return re.compile(
        rf"(?:(?P<whole>{COUNT})\s(?:{nouns}\b|of\s(?:you|us|them|these|those)\b)(?:(?!{COUNT})[^.:;]){{0,50}}?"
        rf"|\b(?:{either('musters')}|{either('amounts to')}|number|are|were)"
        rf"\s(?:only\s)?(?P<bare>{COUNT})(?:\s(?:in|at|on|by|then|now)\s?[^.:;,]{{0,30}})?)"
        rf"(?::|\s[–—])\s(?P<list>[^.:;–—]+?)(?=[.;]|\s[–—]|$)",
        re.IGNORECASE,
    )


_ITEM: Final = re.compile(
    rf"(?:(?:the\s|another\s|a\sfurther\s)?(?P<number>{COUNT})|(?P<single>an?|one))(?=\s|$)", re.IGNORECASE
)
_DEFINITE: Final = re.compile(r"the\s(?:[a-z-]+\s){0,2}?[a-z-]*[a-rt-z](?:\s(?:of|for|in|from|with|to|at|by|on)\b.*)?$")


def _itemised(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "We were nine: four from London, three from the mission, and a colonel", each item with its number or article."""
    for match in _heads().finditer(marked.marks):
        name = "whole" if match["whole"] else "bare"
        whole, total, some, count = marked.value(match.start(name)), 0.0, 0, 0
        if measures(marked.text[match.end(name) + 1 :].split(" ")[0]) or _rough(marked, match.start(name)):
            continue
        last = ""
        for item in re.finditer(r"(?:^|,\s(?:and\s)?|\sand\s)(?P<item>.+?)(?=,\s|\sand\s|$)", match["list"]):
            found = _ITEM.match(item["item"])
            count += found is not None or _DEFINITE.match(item["item"]) is not None
            if found is not None and found["number"]:
                value = marked.value(match.start("list") + item.start("item") + found.start("number"))
                some += value > 1
                total += value
            elif found is not None or _DEFINITE.match(item["item"]):
                total += 1
            elif not (re.match(r"[A-ZÀ-Þ]", item["item"]) and re.search(r"\s[A-ZÀ-Þ]|^[A-ZÀ-Þ]", last)) and not _aside(
                item["item"]
            ):
                break  # an item of another kind: nothing is added up
            last = item["item"]
        else:
            if (
                count > 1
                and some
                and total != whole
                and whole != count
                and total > 1
                and comparable(total, whole, _FAR)
                and not _opened(marked, match)
            ):
                message = f"The parts add up to {show(total)}, not {show(whole)}."
                yield slip_in(sentence, match.start(name), match.end(), message)


def _aside(item: str) -> bool:
    """Tell whether an item is put in between: "myself included"."""
    return re.fullmatch(rf".*\b{either('as well')}|.*\bincluded|{either('relates')}\s.*", item, re.IGNORECASE) is not None


def _rough(marked: Marked, at: int) -> bool:
    some = rf"(?:{either('some of')}|{either('each one')}|{COUNT})\sof"
    return (
        re.search(
            rf"(?:\b(?:{either('roughly')}|least|than|{some})|{COUNT}\sof)\s(?:the\s)?$", marked.marks[:at], re.IGNORECASE
        )
        is not None
    )


def _opened(marked: Marked, match: re.Match[str]) -> bool:
    """Tell whether a list is not all, or tells of parts of parts: "among them", "two of them", "each"."""
    told = re.sub(r"\bon\sthe\sother\b", "", marked.text[match.start() : match.end()])
    return (
        listed("not the whole", told)
        or listed("beyond", told)
        or listed("each one", told)
        or listed("rest", told)
        or re.search(r"\bof\s(?:them|these|those|whom|which)\b", marked.text[match.start("list") : match.end()]) is not None
    )


@cache
def _bench() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<yes>{COUNT})(?:\svotes)?\s(?:to|against)\s(?P<no>{COUNT}),?\s(?:and\s)?(?:the|its|all|all\sthe)\s(?P<whole>{COUNT})\s(?:[a-z]+\s)?{either('voters')}\b"
        rf"|\b(?:the|its|all|all\sthe)\s(?P<whole2>{COUNT})\s(?:[a-z]+\s)?{either('voters')}\b[^.;:]{{0,80}}?\bby\s(?P<yes2>{COUNT})(?:\svotes)?\s(?:to|against)\s(?P<no2>{COUNT})",
        re.IGNORECASE,
    )


def _judges(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "by eleven votes to six the sixteen judges held": more votes than there are heads."""
    match = _bench().search(marked.marks)
    if match is None:
        return
    more = "" if match["yes"] else "2"
    yes, no, whole = (marked.value(match.start(f"{name}{more}")) for name in ("yes", "no", "whole"))
    if whole < yes + no <= _FAR * whole:
        number = marked.quantity(match.start(f"whole{more}"))
        yield slip_in(sentence, number.start, number.end, f"The votes add up to {show(yes + no)}, not {show(whole)}.")
