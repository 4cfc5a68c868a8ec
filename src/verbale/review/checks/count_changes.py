"""Shares of a whole and changes between two figures: "62 per cent for, 45 against", "from 80 to 120, up by 60 per cent"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, split_names
from verbale.review.checks.count_sums import OWN_CLAUSE
from verbale.review.counting import count_words, either
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, ANY, DATE, FRACTION, PERCENT, Marked
from verbale.review.quantities import Quantity

_REMAINING: Final = re.compile(r"\b(?:remaining|remainder|the rest|the others?|balance of|respectively)\b", re.IGNORECASE)
# Of two shares each with a group of its own each is one of that group: "48 per cent of the men ... 61 per cent of the women".
_OWN_GROUP: Final = re.compile(r"\sof\s(?:the|its|their|all)?\s?(?P<group>[a-z-]+)")
_IN_GROUP: Final = re.compile(r"\b(?:in|among|of)\s(?:the\s)?(?!favou?r\b)[\w-]+,?\s$", re.IGNORECASE)
_HEDGE: Final = re.compile(rf"\b(?:{either('roughly')}|{either('above')}|{either('below')}|up\sto)\s$", re.IGNORECASE)
_UP: Final = either("rises")
_DOWN: Final = either("falls")
_SPAN: Final = (
    rf"from\s(?:(?:{either('roughly')}|a\slow\sof)\s)?(?P<first>{AMOUNT}|{PERCENT})(?P<thing>[^.;]{{0,45}}?)\s(?:to|up\sto|down\sto)\s"
    rf"(?:(?:{either('roughly')}|only|just|a\shigh\sof)\s)?(?P<last>{AMOUNT}|{PERCENT})"
)
_FROM_TO: Final = re.compile(_SPAN, re.IGNORECASE)
# the change, named after or before its two figures
_BY: Final = re.compile(
    rf"(?:,|:|;|\s?[–—]|\s\(|\band)\s?(?:or\s|which\sis\s|that\sis,?\s|i\.e\.,?\s|representing\s|a\snet\s)*(?:an?|the)?\s?(?:[a-z]+\s){{0,2}}?(?P<how>{_UP}|{_DOWN})\s(?:of|by)\s"
    rf"(?P<hedge>(?:{either('roughly')}|exactly|fully)\s)?(?P<by>{ANY})"
    rf"|(?:,\s|\s\()(?:or\s|that\sis,?\s|i\.e\.,?\s|by\s|up\sby\s|up\s|down\sby\s|down\s|plus\s)+(?P<by2>{PERCENT}|{FRACTION})",
    re.IGNORECASE,
)
_VERB_BY: Final = re.compile(
    rf"\b{either('changed')}\s(?:(?:its|the|his|her|their)\s[^.;,]{{2,50}}?\s)?by\s(?P<hedge>{either('roughly')}\s)?(?:an?\s)?(?P<by>{ANY})[^.;]{{0,60}}?[,\s(]{_SPAN}",
    re.IGNORECASE,
)
_TIMES: Final = {
    "doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0,
    "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0, "twice": 2.0, "three times": 3.0, "four times": 4.0, "five times": 5.0,
    "ten times": 10.0, "quintupl": 5.0,
}  # fmt: skip
_FACTOR: Final = re.compile(
    rf"\b(?P<times>doubl|tripl|trebl|quadrupl|quintupl|halv|(?:two|three|four|five|six|ten)fold)(?:ed|ing|es?)?\b(?P<more>[^.;]{{0,80}}?)\b{_SPAN}",
    re.IGNORECASE,
)
_FACTOR_AFTER: Final = re.compile(
    rf"{_SPAN}(?P<gap>[^.;]{{0,40}}?)(?:,|\s?[–—]|\s\(|;|\sand)\s(?:it\s|they\s|and\s|so\s|thus\s|had\s|more\sthan\s|nearly\s|almost\s|an?\s|the\s|that\sis,?\s|which\s(?:is|was)\s)*(?P<times>doubl|tripl|trebl|quadrupl|quintupl|halv|(?:two|three|four|five|six|ten)fold)(?:ed|ing|es?)?\b",
    re.IGNORECASE,
)
# "900 in 1920 and 1,800 in 1930, three times as many"
_AS_MANY: Final = re.compile(
    r"\b(?P<times>twice|three\stimes|four\stimes|five\stimes|ten\stimes|half)\sas\s(?:many|much|large|high)\b", re.IGNORECASE
)
_RISING: Final = re.compile(rf"{_UP}", re.IGNORECASE)


def find_changes(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each set of shares and each change that its own figures contradict."""
    yield from _shares(manuscript, sentence, marked)
    yield from _fractions(sentence, marked)
    yield from _changes(sentence, marked)
    yield from _factors(sentence, marked)


# "35.1 per cent no. Among the others ...": what ends with "no" is taken for the sign of a number.
_UNENDED: Final = re.compile(r"\bno\.\s(?=[A-Z])")


def _shares(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    every = [each for each in marked.quantities if each.kind == "percent" and "point" not in marked.text[each.start : each.end]]
    ends = [each.end() for each in _UNENDED.finditer(marked.text)]
    for start, end in itertools.pairwise([0, *ends, len(marked.text) + 1]):
        yield from _of_one_whole(manuscript, sentence, marked, [each for each in every if start <= each.start < end])


_OF_NAME: Final = re.compile(r"\sof\s(?:the\s)?([A-ZÀ-Þ][\w'-]+(?:\s[A-ZÀ-Þ][\w'-]+)?)")


def _of_one_whole(manuscript: Manuscript, sentence: Sentence, marked: Marked, shares: list[Quantity]) -> Iterator[Slip]:
    at, whole = sentence.start, manuscript.words.alternatives("shares")
    for share in shares:
        after = marked.text[share.end : share.end + 40]
        if share.value > 100 and re.match(rf"\sof\s(?:the\s|all\s|its\s|their\s)?(?:[\w']+\s)?{whole}\b", after, re.IGNORECASE):
            yield Slip(at + share.start, at + share.end, "More than 100 per cent of a whole cannot be.")
    if len(shares) < 2 or re.search(
        r"\bfrom\b[^.;]*\bto\b|\b(?:compared|rose|fell|grew|increase|decline|turnout|earlier|against \d+ per cent in)\b",
        marked.text,
    ):
        return
    wholes = {match[1] for each in shares if (match := _OF_NAME.match(marked.text, each.end))}
    if len(wholes) > 1:
        return  # "76 per cent of Greek Cypriots against it and 65 per cent of Turkish Cypriots for it"
    others = [each for each in marked.quantities if each.kind == "fraction"]
    shares = _with_bare(marked, shares)
    # "42 per cent each for A and B": the share counts as often as there are names
    times = [_times(marked, share) for share in shares]
    total = sum(each.value * time for each, time in zip(shares, times, strict=True))
    rest = _REMAINING.search(marked.text)
    # "and the rest" without its share closes nothing
    closing = max(times) > 1 or (
        rest is not None
        and any(
            rest.start() - 24 < each.start < rest.end() + 40
            for each in shares
            if each.start > rest.start() or rest.start() - each.end < 3
        )
    )
    # each share may be rounded by half a point
    slack = 0.5 * len(shares) + (2 if any(_hedged(marked, each) for each in shares) else 0)
    if others or re.search(r"\b(?:most|majority)\b", marked.text, re.IGNORECASE):
        return
    if any(re.match(rf"\sof\s(?:the\s|what\s(?:was\s|is\s)?)?{either('rest')}\b", marked.text[each.end :]) for each in shares):
        return  # "60 per cent, and 25 per cent of the rest"
    wrong = abs(total - 100) > slack if closing else total > 100 + slack and _exclusive(marked, shares)
    if wrong and total < 200:
        start, end = shares[0].start, shares[-1].end
        yield Slip(at + start, at + end, f"The shares add up to {total:g} per cent, not 100.",
                   tuple((at + share.start, at + share.end) for share in shares))  # fmt: skip


def _with_bare(marked: Marked, shares: list[Quantity]) -> list[Quantity]:
    """Return the shares with those between them that have lost their sign: "coal 31 per cent, timber 24 and fish 20"."""
    first, last = shares[0], shares[-1]
    bare = [
        each
        for each in marked.quantities
        if each.kind == "count"
        and first.end < each.start < last.start
        and each.value < 100
        and re.match(r"[,;]|\sand\s", marked.text[each.end :])
        and re.search(r"(?:,|;|\sand)\s(?:and\s)?(?:the\s)?[\w'-]+(?:\s[\w'-]+)?\s$", marked.text[: each.start])
    ]
    return sorted([*shares, *bare], key=lambda each: each.start) if bare and len(shares) == 2 else shares


_NEXT_NAMED: Final = re.compile(
    r"(?:\sof\s(?:the|all|its|their)(?:\s[a-z-]+){1,2})?,?\s(?:and\s|the\s)*[\w'-]+(?:\s[\w'-]+)?\s"
)


@cache
def _opposed() -> re.Pattern[str]:
    """Return what says that two shares are those of the two sides of one vote or body, in either order."""
    pairs = [each.split("/") for each in count_words()["answers"]]
    orders = [rf"\b(?:{one})\b.*\b(?:{other})\b" for pair in pairs for one, other in (pair, pair[::-1])]
    return re.compile("|".join([*orders, rf"\b{either('undecided')}\b", r"\bvoted\b.*\band\b"]), re.IGNORECASE)


def _exclusive(marked: Marked, shares: list[Quantity]) -> bool:
    """Tell whether shares are of one whole: opposed answers, or a bare enumeration ("40 per cent coal, 35 oil and ...")."""
    groups = [match["group"] for each in shares if (match := _OWN_GROUP.match(marked.text, each.end))]
    if len(set(groups)) > 1 or any(_IN_GROUP.search(marked.text[: each.start]) for each in shares[1:]):
        return False
    if _opposed().search(marked.text[shares[0].start :]):
        return True
    gaps = [marked.text[one.end : two.start] for one, two in itertools.pairwise(shares)]
    if len(shares) > 2 and _dealt(marked, shares, gaps):
        return True
    # "wheat brought 40 per cent of the duties, wool 35 per cent and timber 35 per cent": one verb, one whole
    named = [_NEXT_NAMED.fullmatch(gap) for gap in gaps]
    if len(shares) > 2 and all(named) and [gap.startswith(" of ") for gap in gaps] == [True] + [False] * (len(gaps) - 1):
        return True
    return all(
        len(gap) < 45
        and re.search(r"(?:,|\band|\bbut|,\sand)\s(?:only\s|another\s)?$", gap)
        and not re.search(r"\bof\b.*\bof\b", gap)
        for gap in gaps
    ) and (len({re.sub(r"\W", "", gap.lower())[:8] for gap in gaps}) > 0 and len(shares) > 2)


def _dealt(marked: Marked, shares: list[Quantity], gaps: list[str]) -> bool:
    """Tell whether shares are those of rivals ("the Whigs won 45 per cent, the Tories 40 per cent and ...") or in brackets."""
    before, after = marked.text[: shares[0].start], marked.text[shares[-1].end :]
    won = re.search(rf"\b{either('polls')}\s(?:(?:{either('roughly')}|only|just)\s)?$", before)
    rivals = all(re.fullmatch(r",?\s(?:and\s)?(?:the\s)?[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*)?\s", gap) for gap in gaps)
    bracketed = all(re.fullmatch(r"\),?\s(?:and\s)?[\w'’-]+(?:\s[\w'’-]+)?\s\(", gap) for gap in gaps)
    whole = re.search(rf"\b{either('made of')}\s(?:up\s)?of\s(?:[\w'’-]+\s){{1,2}}\($", before)
    ends = re.match(r"\s*(?:[.;,)]|of\sthe\b|$)", after) is not None
    return ends and ((won is not None and rivals) or (whole is not None and bracketed))


def _times(marked: Marked, share: Quantity) -> int:
    each = re.match(rf"\s(?:each|apiece)\s(?:for|to|went\sto)\s({NAMES})", marked.text[share.end :])
    return len(split_names(each[1])) if each else 1


def _hedged(marked: Marked, quantity: Quantity) -> bool:
    return _HEDGE.search(marked.text[: quantity.start]) is not None


def _fractions(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check fractions that are dealt out to the last ("a third ..., and the others two thirds")."""
    shares = [each for each in marked.quantities if each.kind == "fraction"]
    # "destroyed the half within his reach" takes up a half that was told; after "of which" another whole is shared
    shares = [each for each in shares if not re.search(r"\bthe\s$", marked.text[: each.start])]
    of_which = marked.text.rfind("of which")
    shares = [each for each in shares if each.start > of_which] if of_which > 0 else shares
    if len(shares) < 2 or any(each.kind == "percent" for each in marked.quantities):
        return
    closing = re.search(r"\b(?:the\s(?:other|others|rest|remaining)|remainder)\b", marked.text, re.IGNORECASE)
    if any(re.match(rf"\sof\s(?:the\s)?{either('rest')}\b", marked.text[each.end :]) for each in shares):
        return  # "half to Serbia, a third of the rest to Greece"
    total = sum(each.value for each in shares)
    # "half in New York, a quarter in London and the rest on the Continent": the rest takes what is left
    told = closing is not None and any(each.start >= closing.end() for each in shares)
    if closing and (total > 1.06 or (total < 0.94 and told and closing.start() > shares[0].start)):
        start, end = sentence.start + shares[0].start, sentence.start + shares[-1].end
        more = "more" if total > 1 else "less"
        yield Slip(start, end, f"The fractions add up to {more} than the whole.")


def _changes(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for match in _FROM_TO.finditer(marked.marks):
        change = _BY.search(marked.marks, match.end(), match.end() + 110)
        if change is None or re.search(r"[.;]\s", marked.marks[match.end() : change.start()]):
            continue
        name = "by" if change["by"] else "by2"
        hedged = bool(change["hedge"]) if change["by"] else False
        yield from _compare(sentence, marked, match, change.start(name), (match.start(), change.end()), hedged=hedged)
    for match in _VERB_BY.finditer(marked.marks):
        if OWN_CLAUSE.search(marked.text[match.end("by") : match.start("first")]):
            continue  # "was cut by half, and its budget from 80 to 60"
        yield from _compare(sentence, marked, match, match.start("by"), match.span(), hedged=bool(match["hedge"]))
    yield from _two_figures(sentence, marked)


def _compare(
    sentence: Sentence, marked: Marked, match: re.Match[str], by_at: int, span: tuple[int, int], *, hedged: bool
) -> Iterator[Slip]:
    first, last, by = (marked.quantity(at) for at in (match.start("first"), match.start("last"), by_at))
    yield from _judge(sentence, marked, first, last, by, span, hedged=hedged)


def _judge(
    sentence: Sentence, marked: Marked, first: Quantity, last: Quantity, by: Quantity, span: tuple[int, int], *, hedged: bool
) -> Iterator[Slip]:
    begin, end = _scaled(marked, first, last)
    if not begin or first.kind != last.kind:
        return
    difference = abs(end - begin)
    if by.kind in ("percent", "fraction"):
        told = by.value if by.kind == "percent" else by.value * 100
        expected = difference / begin * 100
        allowed = [expected, difference] if first.kind == "percent" else [expected]
        # "more than a half" leaves more room than "about 50 per cent"
        slack = max(1.0 if by.kind == "percent" else 6.0, (0.12 if by.kind == "percent" else 0.25) * expected if hedged else 0)
        shown = f"{expected:,.0f} per cent"
    else:
        told, allowed = by.value, [difference]
        slack = max(1e-6, 0.12 * difference if hedged else 0)
        shown = f"{difference:,g}"
    if min(abs(each - told) for each in allowed) > slack:
        words = marked.text[first.start : first.end], marked.text[last.start : last.end], marked.text[by.start : by.end]
        message = f"From {words[0]} to {words[1]} it is {shown}, not {words[2]}."
        yield Slip(sentence.start + span[0], sentence.start + span[1], message)


def _scaled(marked: Marked, first: Quantity, last: Quantity) -> tuple[float, float]:
    """Return two figures in one scale: "from 2 to 6 million" is from two million."""
    begin, end = first.value, last.value
    if begin < 1000 <= end and not re.search(r"[a-z]", marked.text[first.start : first.end]):
        scale = next((each for each in (10**9, 10**6, 10**3) if end >= each), 1)
        if re.search(r"(?:million|billion|thousand)", marked.text[last.start : last.end], re.IGNORECASE):
            begin *= scale
    elif end < 1000 <= begin and not re.search(r"[a-z]", marked.text[last.start : last.end]):
        named = re.search(r"million|billion|thousand", marked.text[first.start : first.end], re.IGNORECASE)
        end *= next((each for each in (10**9, 10**6, 10**3) if begin >= each), 1) if named else 1
    return begin, end


def _two_figures(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "4,500 boats; by 1930 there were 900, a fall of 60 per cent": two figures, and the change between them."""
    change = _BY.search(marked.marks)
    if change is None or not change["by"] or _FROM_TO.search(marked.marks):
        return
    figures = [each for each in marked.quantities if each.end <= change.start() and each.kind in ("count", "money")]
    by = marked.quantity(change.start("by"))
    if len(figures) != 2 or by.kind not in ("percent", "fraction"):
        return
    rising = _RISING.fullmatch(change["how"]) is not None
    first, last = figures
    begin, end = _scaled(marked, first, last)
    if (end > begin) != rising:
        first, last = last, first
    # the lead into the change is no part of it
    start = change.start() + len(change[0]) - len(change[0].lstrip(" ,:;–—(")) if change["how"] else change.start()
    yield from _judge(sentence, marked, first, last, by, (start, change.end()), hedged=bool(change["hedge"]))


# "More than tenfold" is said of what is up to a quarter more.
_MORE_THAN: Final = 1.25


def _factors(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for pattern in (_FACTOR, _FACTOR_AFTER):
        for match in pattern.finditer(marked.marks):
            if pattern is _FACTOR and re.search(r",\s(?:and|but|while)\s", match["more"]):
                continue  # "a threefold increase, and imports from 10 to 15": the numbers of something else
            if re.match(rf"\s{either('anew')}\b", marked.text[match.end() :], re.IGNORECASE):
                continue  # "rose from 4 to 6, and doubled again by 1860": another change
            first, last = (marked.quantity(match.start(name)) for name in ("first", "last"))
            begin, end = _scaled(marked, first, last)
            factor = _TIMES[match["times"].lower()]
            above = re.search(rf"\b{either('above')}\s(?:an?\s)?$", marked.text[: match.start("times")], re.IGNORECASE)
            if above and begin and factor <= end / begin <= factor * _MORE_THAN:
                continue  # "more than tenfold, from 3 million to 35"
            yield from _factor(sentence, marked, first, last, factor, match.span())
    many = _AS_MANY.search(marked.marks)
    figures = [
        each for each in marked.quantities if each.kind in ("count", "money") and (many is None or each.end <= many.start())
    ]
    if (
        many is not None
        and len(figures) == 2
        and all(each.value > 1 for each in figures)
        and not re.search(rf"{DATE}.*{DATE}.*{DATE}", marked.marks)
        and not re.match(r"\sof\s(?:them|these|those|which|whom)\b", marked.text[many.end() :])
        and not re.match(r"\sas\s(?!the\s(?:other|latter|former|first|second)\b)", marked.text[many.end() :])
    ):
        small, large = sorted(figures, key=lambda each: each.value)
        factor = 2.0 if many["times"].lower() == "half" else _TIMES[many["times"].lower()]
        if not re.search(r"\b(?:more|less|than|nearly|almost|over|about)\s$", marked.text[: many.start()]):
            yield from _factor(sentence, marked, small, large, factor, many.span())


def _factor(
    sentence: Sentence, marked: Marked, first: Quantity, last: Quantity, factor: float, span: tuple[int, int]
) -> Iterator[Slip]:
    begin, end = _scaled(marked, first, last)
    # in prose, a number has doubled when it is within a seventh of the double
    if begin and abs(end / begin - factor) > factor / 7:
        words = marked.text[first.start : first.end], marked.text[last.start : last.end]
        message = f"From {words[0]} to {words[1]} is {end / begin:.1f} times as much."
        yield Slip(sentence.start + span[0], sentence.start + span[1], message)
