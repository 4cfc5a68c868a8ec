"""Shares, multiples and differences that a text concludes from the numbers just told: "Japan's quota was thus 60 per cent".

The two numbers meant may stand anywhere in the sentence and the one before it. So a result is wrong only if no two numbers of
one thing there stand so to each other, neither as part and whole, nor as before and after, nor as parts of their sum.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import CHANGES, comparable, either, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.quantities import read_number
from verbale.review.reckoning import MOST, Figure, figures, like, listed, stem, without_ones
from verbale.vocab.numbers import TENS, UNITS

# A bare share in words may be off by five in a hundred of the whole, a hedged one by seven, one in per cent by one and a half;
# "more than" so much may be less by two, "almost" so much may be more by two.
_FRACTION_ROOM, _HEDGED_ROOM, _PERCENT_ROOM, _SIDE_ROOM = 0.045, 0.07, 0.015, 0.02
# "One in four" is told of a share within an eighth of it.
_ONE_ROOM: Final = 0.125
# "Eightfold" is told of a growth within a seventh of it, "almost" and "more than" with a quarter on their side.
_FOLD_ROOM, _FOLD_SIDE, _FOLD_EXACT = 1 / 7, 0.25, 0.03
# A result this many times the one expected is of other numbers.
_FAR: Final = 2.5
# A difference of rounded sums may miss by three in a hundred.
_ROUNDED: Final = 0.03


def find_proportions(sentence: Sentence, marked: Marked, before: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each share, multiple and difference that no numbers told with it bear out.

    `before` is what the paragraph says before the sentence, in order.
    """
    passage = list(before[-1:])
    yield from _share(sentence, marked, passage)
    yield from _folded(sentence, marked, passage)
    yield from _changed(sentence, marked, passage)
    yield from _one_in(sentence, marked)
    yield from _net(sentence, marked)
    yield from _interest(sentence, marked)
    yield from _turnout(sentence, marked)
    yield from _others(sentence, marked, list(before[-2:]))


def _near(marked: Marked, passage: Sequence[Marked], end: int) -> list[Figure]:
    """Return the numbers before an offset of the sentence, and those of the sentences before it where it has less than two."""
    own = [each for each in figures(marked) if each.end <= end]
    return own if len(own) > 1 else [*(each for text in passage for each in figures(text)), *own]


def _pairs(near: Sequence[Figure]) -> list[tuple[float, float]]:
    """Return the numbers of one thing by twos, the smaller first."""
    found = itertools.combinations([each for each in near if each.value > 0], 2)
    return [
        (min(one.value, other.value), max(one.value, other.value))
        for one, other in found
        if like(one, other) and one.value != other.value
    ]


def _ratios(near: Sequence[Figure]) -> set[float]:
    """Return every share that two of some numbers may make, as part and whole, as a change, and as a part of all of them."""
    found: set[float] = set()
    parts = sorted(each.value for each in near)
    if len(parts) == 3 and abs(parts[0] + parts[1] - parts[2]) <= _ROUNDED * parts[2]:
        return {parts[0] / parts[2], parts[1] / parts[2], parts[0] / parts[1]}  # two parts and their whole
    for small, large in _pairs(near):
        both = small + large
        found |= {small / large, (large - small) / large, (large - small) / small, small / both, large / both, large / small}
    whole = sum(each.value for each in near)
    return found | {each.value / whole for each in near if whole}


def fits(real: float, told: float, hedge: str, kind: str) -> bool:
    """Tell whether a share may be told so; a word before it may allow more on one side."""
    if re.fullmatch(either("above"), hedge):
        return -_SIDE_ROOM <= real - told <= 2 * _HEDGED_ROOM
    if re.fullmatch(either("below"), hedge):
        return -2 * _HEDGED_ROOM <= real - told <= _SIDE_ROOM
    if hedge:
        return abs(real - told) <= _HEDGED_ROOM
    return abs(real - told) <= (_PERCENT_ROOM if kind == "percent" else _FRACTION_ROOM)


def _one_fits(real: float, told: float, hedge: str) -> bool:
    """Tell whether a share may be told as one in so many, with a word before it or none."""
    return abs(real / told - 1) <= (2 * _ONE_ROOM if hedge else _ONE_ROOM)


@cache
def _concluding() -> tuple[re.Pattern[str], ...]:
    hedge = rf"(?P<hedge>(?:(?:{either('roughly')}|{either('above')}|{either('below')})\s)?)"
    share = rf"{hedge}(?P<share>{PERCENT}|{FRACTION})"
    any_share = rf"{hedge}(?:(?P<share>{PERCENT}|{FRACTION})|one\sin\s(?:every\s)?(?P<below>{COUNT}))"
    so = either("so it follows")
    patterns = (
        # "Japan's quota was thus 70 per cent of the American one"
        rf"\b(?:was|were|is|are|came\sto|amounted\sto|made)\s(?:{so})\s{share}(?=\sof\b|[,.;:)]|$)",
        # "33 million, so that India received about a third of the flow"
        rf"[,;]\s(?:and\s)?(?:{so}|so\sthat)\s[^.;:]{{3,90}}?\s{either('shared out')}\s{share}\sof\s(?:the|its|all|their)\b",
        # "9,000 after it; a quarter of the collection was gone"
        rf"[,;:]\s{share}\sof\s(?:the|its|all|their)\s[a-z]+\s(?:was|were|had\sbeen|is|are)\s(?:{so}\s)?{either('gone')}(?![\w-])",
        # "Of some 310,000 men whom France sent, about 95,000 died, close to a half."
        rf"\b[Oo]f\s(?:the\s|its\s|his\s|their\s)?(?:{either('roughly')}\s)?{AMOUNT}\s[^.;:,]{{3,70}},\s(?:{either('roughly')}\s)?"
        rf"{AMOUNT}\s[a-z]+(?:\s[a-z]+)?,\s(?:or\s|that\sis,?\s)?{share}(?=[.;)]|$)",
        # "60 chose the mandate. That is three quarters of them."; "In other words three quarters of the vote went against it"
        rf"^(?:{either('it is')}|{either('in other words')}),?\s(?:(?:is|was|are|were|makes|made|meant|means)\s)?{any_share}"
        rf"(?=\sof\s(?:them|these|those|all|the\s[a-z]+(?:\s[a-z]+)?)\b|[,.;]|$)",
        # "Of the 250 delegates 50 were women, one in five.", "at 160 of them there were injuries, which is almost one in five"
        rf",\s(?:which\s(?:is|was)\s|or\s|that\sis,?\s|thus\s)?{hedge}one\sin\s(?:every\s)?(?P<below>{COUNT})(?P<share>)?(?=[.;)]|$)",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_GONE: Final = 2
_RESTATED: Final = 4


# "70 per cent of the American one": of another number of its kind, and not of a sum.
_OF_ANOTHER: Final = re.compile(r"\sof\s(?:the\s[\w-]+\sone|that\s(?:of|for)|those\s(?:of|for))\b")


def _possible(marked: Marked, match: re.Match[str], near: Sequence[Figure]) -> set[float]:
    """Return the shares that the numbers near a share may make, by what the share is told of."""
    pairs = _pairs(near)
    if match.re is _concluding()[_GONE] and len(near) == 2:
        return {each for small, large in pairs for each in (small / large, 1 - small / large)}  # gone from the first, or left
    if _OF_ANOTHER.match(marked.text, match.end()):
        return {small / large for small, large in pairs}
    return _ratios(near)


def _share(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "so that India received about a third of the flow" against 135 and 33 million before it."""
    for pattern in _concluding():
        for match in pattern.finditer(without_ones(marked)):
            one = "below" in pattern.groupindex and match["below"] is not None
            at = match.start("below" if one else "share")
            shares = [each for each in marked.quantities if each.kind in ("percent", "fraction")]
            near = _near(marked, passage, at)
            if pattern is _concluding()[_RESTATED]:
                near = [replace(each, stems=frozenset()) for each in near]  # "423,434 voted no and 201,973 yes"
            if len(shares) != (not one) or not 2 <= len(near) <= MOST or not _pairs(near):
                continue
            share, hedge = marked.quantity(at), match["hedge"].strip().lower()
            told = 1 / share.value if one else share.value / 100 if share.kind == "percent" else share.value
            small, large = _pairs(near)[0]
            possible = _possible(marked, match, near)
            if any(_one_fits(each, told, hedge) if one else fits(each, told, hedge, share.kind) for each in possible):
                continue
            if one or 1 / _FAR <= small / large / told <= _FAR or 1 / _FAR <= (large - small) / large / told <= _FAR:
                message = f"{show(small)} of {show(large)} is {small / large * 100:.0f} per cent."
                start = match.start("hedge") if hedge else at
                yield slip_in(sentence, start, share.end, message)
            return


@cache
def _one_of() -> re.Pattern[str]:
    return re.compile(
        rf"[:;,]\s(?:or\s|that\sis,?\s)?(?P<one>{COUNT})\s(?:[a-z]+\s)?(?:in|out\sof)\s(?:every\s)?(?P<below>{COUNT})(?:\s[a-z]+)?\s(?:had|has|was|were)\s(?:been\s)?{either('gone')}\b",
        re.IGNORECASE,
    )


def _one_in(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "fell from 48,000 to 36,000: one in four had gone"."""
    match = _one_of().search(marked.marks)
    near = [] if match is None else [each for each in figures(marked) if each.end <= match.start()]
    pairs = _pairs(near)
    if match is None or len(near) != 2 or not pairs or marked.value(match.start("one")) != 1:
        return
    (small, large), told = pairs[0], 1 / marked.value(match.start("below"))
    real = 1 - small / large
    if min(abs(real - told), abs(small / large - told)) > _FRACTION_ROOM:
        yield slip_in(sentence, match.start("one"), match.end(), f"From {show(large)} to {show(small)} it is {real:.0%}.")


@cache
def _fold() -> re.Pattern[str]:
    number = "|".join((*UNITS[2:], *TENS[2:], r"\d{1,2}"))
    hedge = rf"(?P<hedge>(?:{either('above')}|{either('below')}|{either('roughly')})\s)?"
    return re.compile(
        rf"\b{hedge}an?\s(?P<number>{number})-?fold\s(?:{either('grown')})"
        rf"|\b{hedge.replace('hedge', 'hedge2')}(?P<number2>{number})-?fold(?=[,.;)]|$)",
        re.IGNORECASE,
    )


def _folded(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "from some 3,000 men to 41,000, almost an eightfold increase"."""
    match = _fold().search(marked.text)
    if match is None:
        return
    near = _near(marked, passage, match.start())
    told = read_number(match["number"] or match["number2"])
    hedge = (match["hedge"] or match["hedge2"] or "").strip().lower()
    pairs = _pairs(near)
    if not pairs or len(near) > MOST:
        return
    low, high = 1 - _FOLD_ROOM, 1 + _FOLD_ROOM
    if re.fullmatch(either("above"), hedge):
        low, high = 1 - _FOLD_EXACT, 1 + _FOLD_SIDE
    elif re.fullmatch(either("below"), hedge):
        low, high = 1 - _FOLD_SIDE, 1 + _FOLD_EXACT
    real = [large / small for small, large in pairs]
    if not any(low <= each / told <= high for each in real) and any(comparable(each, told, _FAR) for each in real):
        small, large = pairs[-1]
        message = f"{show(large)} is {large / small:.1f} times {show(small)}."
        yield slip_in(sentence, match.start(), match.end(), message)


@cache
def _change() -> re.Pattern[str]:
    hedge = rf"(?P<hedge>(?:{either('roughly')}|{either('above')}|{either('below')})\s)?"
    return re.compile(
        rf"\b(?:{either('so it follows')}|so\sthat)\s(?P<subject>(?:[a-z'-]+\s){{1,4}}?)(?:has|had|have|was|were|is|are)\s"
        r"(?:(?:thus|now|been)\s)*"
        rf"(?:{hedge}(?P<times>{'|'.join(CHANGES)})|(?P<verb>{either('changed')})\s(?P<hedge2>(?:{either('roughly')})\s)?by\s"
        rf"(?P<hedge3>(?:{either('roughly')}|{either('above')}|{either('below')})\s)?(?P<by>{PERCENT}|{FRACTION}))(?=[,.;]|$)",
        re.IGNORECASE,
    )


def _changed(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "allowed each side 6,000. The new one allowed 1,550, and so the figure had been cut roughly by half"."""
    match = _change().search(marked.marks)
    if match is None or not passage:
        return
    near = [*(each for text in passage for each in figures(text)), *figures(marked)]
    pairs = _pairs(near)
    if len(near) != 2 or not pairs or not _same_subject(match["subject"], [*passage, marked], near, match.start()):
        return
    hedge = (match["hedge"] or match["hedge2"] or match["hedge3"] or "").strip().lower()
    small, large = pairs[0]
    if match["times"]:
        factor = CHANGES[match["times"].lower()]
        told, kind = 1 - 1 / max(factor, 1 / factor), "fraction"
        real = {1 - small / large}
    else:
        by = marked.quantity(match.start("by"))
        told, kind = (by.value / 100 if by.kind == "percent" else by.value), by.kind
        real = {1 - small / large, (large - small) / small}
    if any(fits(each, told, hedge, kind) for each in real):
        return
    message = f"From {show(near[0].value)} to {show(near[1].value)} is {near[1].value / near[0].value:.2f} times as much."
    yield slip_in(sentence, match.start("times" if match["times"] else "verb"), match.end(), message)


def _same_subject(subject: str, passage: list[Marked], near: Sequence[Figure], at: int) -> bool:
    """Tell whether what has changed is the number told: "the figure", "it", or the thing that was counted."""
    if listed("how many", subject) or re.fullmatch(r"(?:it|they|this|that)\s", subject, re.IGNORECASE):
        return True
    said = {stem(word) for word in re.findall(r"[a-z]{3,}", subject.lower())} - {"the", "its", "their"}
    told = passage[0].text if len(passage) > 1 else ""
    words = {stem(word) for word in re.findall(r"[a-z]{3,}", f"{told} {passage[-1].text[:at]}".lower())}
    return bool(said & (words | {name for each in near for name in each.stems}))


@cache
def _netted() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:a|the|its|his|their)\snet\s(?:{either('margin')}\sof\s|{either('balance')}\sof\s)?(?P<sum>{AMOUNT})"
        r"(?=(?:\s[a-z]+)?(?:[,.;)]|\s(?:in\sfavou?r|for|to)\b|$))",
        re.IGNORECASE,
    )


def _net(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "granted one 174 million and the other 163.5 million, a net 20.5 million in favour of ..."."""
    match = _netted().search(marked.marks)
    if match is None:
        return
    near = [each for each in figures(marked) if each.end <= match.start()]
    told = marked.value(match.start("sum"))
    if len(near) != 2 or near[0].kind != near[1].kind:
        return
    one, other = (each.value for each in near)
    scale = next((each for each in (10**9, 10**6) if told >= each or max(one, other) >= each), 1)
    one, other, told = (each * scale if each < 1000 < scale else each for each in (one, other, told))
    real = abs(one - other)
    if real and comparable(told, real, _FAR) and abs(told - real) > _ROUNDED * real and not same_number(told, one + other):
        message = f"Between {show(one)} and {show(other)} the difference is {show(real)}, not {show(told)}."
        yield slip_in(sentence, match.start("sum"), match.end(), message)


@cache
def _remaining() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[;:]\s(?:and\s)?|,\sand\s)[Tt]he\s(?:other|others,|remaining|rest,)\s(?P<number>{COUNT})(?=\s(?!(?:of|who|that|which)\b)[a-z(]|[,.;])"
    )


_TAKEN: Final = re.compile(rf"(?P<part>{COUNT})\s(?:[a-z]+\s)?(?:out\s)?of\s(?:the|its|these|those|their)\s(?P<whole>{COUNT})")


def _others(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "Six of the twenty-nine were African. The other twenty-one came from Asia"."""
    match = _remaining().search(marked.marks)
    if match is None:
        return
    texts = [*passage, marked]
    taken = [(text, each) for text in texts for each in _TAKEN.finditer(text.marks)]
    if len({text.value(each.start("whole")) for text, each in taken}) != 1:
        return
    text, last = taken[-1]
    whole, told = text.value(last.start("whole")), marked.value(match.start("number"))
    parts = [each.value for one in texts for each in figures(one) if each.value < whole][: MOST + 1]
    parts = [each for each in parts if each != told] + ([told] if parts.count(told) > 1 else [])
    left = {whole - sum(some) for size in range(1, len(parts) + 1) for some in itertools.combinations(parts, size)}
    natural = whole - text.value(last.start("part"))
    if len(parts) > MOST or told in left or not natural or not comparable(told, natural, _FAR):
        return
    number = marked.quantity(match.start("number"))
    yield slip_in(sentence, number.start, number.end, f"Of {show(whole)} there remain {show(natural)}, not {show(told)}.")


_LOAN: Final = re.compile(
    rf"(?P<whole>{AMOUNT})(?:\s[a-z]+){{0,2}}\sat\s(?P<share>{PERCENT})(?P<said>\s[^.,;:]{{2,60}}?)\s(?P<part>{AMOUNT})(?P<after>[^.;:]{{0,30}})",
    re.IGNORECASE,
)
# Interest may be rounded by so much.
_INTEREST_ROOM: Final = 0.04


def _interest(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "a loan of 12 million at five per cent cost the treasury 600,000 a year in interest"."""
    match = _LOAN.search(marked.with_articles())
    if match is None or not re.search(rf"\b{either('interest')}\b", match["said"] + match["after"], re.IGNORECASE):
        return
    whole, share, part = (marked.value(match.start(name)) for name in ("whole", "share", "part"))
    real = whole * share / 100
    if real and part < whole and comparable(part, real, _FAR) and abs(part / real - 1) > _INTEREST_ROOM:
        message = f"{share:g} per cent of {show(whole)} is {show(real)}, not {show(part)}."
        yield slip_in(sentence, match.start("part"), marked.quantity(match.start("part")).end, message)


@cache
def _stayed() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]urnout\s(?:was|of|fell\sto|rose\sto|reached|came\sto)\s(?:[a-z]+\s)?(?P<share>{PERCENT})[^.;]{{0,40}}?\b"
        rf"(?:(?P<more>{either('over half')})|(?P<less>{either('under half')}))\s(?!of\sthose)"
        rf"[^.;]{{0,40}}?\b{either('stayed away')}\b",
        re.IGNORECASE,
    )


def _turnout(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Turnout was 44 per cent, so that more than half of the voters stayed at home"."""
    marks = list(marked.marks)
    for each in marked.quantities:
        if each.kind == "fraction":  # the words for more and less than half are read here, and not their value
            marks[each.start : each.end] = marked.text[each.start : each.end]
    match = _stayed().search("".join(marks))
    if match is None:
        return
    away = 100 - marked.value(match.start("share"))
    if (away < 50) if match["more"] else (away > 50):
        message = f"That leaves {away:g} per cent."
        yield slip_in(sentence, match.start("more" if match["more"] else "less"), match.end(), message)
