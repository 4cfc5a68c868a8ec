"""Results of small sums told in words: a share restated, so many each, a percentage of an amount, a sum of two sentences.

Each pattern names the one calculation that its words mean; a result that any other simple calculation of the same numbers gives
is left alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, bind, split_names
from verbale.review.checks.count_totals import cuts_across, figures_between
from verbale.review.counting import CHANGES, either, same_number, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, COUNT, FRACTION, PERCENT, Marked
from verbale.review.numbers import NUMBER_PATTERN
from verbale.review.quantities import read_number
from verbale.review.reckoning import listed

# A share in words is rounded more freely than one in figures; a hedged one by half of itself.
_FRACTION_ROOM: Final = 0.06
_PERCENT_ROOM: Final = 0.012
# A result that is further off than this is that of another sum.
_FACTOR: Final = 2.2


def find_results(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each result that its own numbers contradict; `before` is the sentence before in the paragraph."""
    yield from _restated(sentence, marked, before)
    yield from _one_of(sentence, marked)
    yield from _each(sentence, marked)
    yield from _interest(sentence, marked)
    yield from _carried_over(sentence, marked, before)
    yield from _only_two(sentence, marked)
    yield from _bare_parts(sentence, marked, before)
    yield from _told_change(sentence, marked, before)
    yield from _left_over(sentence, marked, before)
    yield from _majority(sentence, marked, before)
    yield from _divided(sentence, marked)
    yield from _amounted(sentence, marked)
    yield from _times_as_long(sentence, marked)
    yield from _whole_of(sentence, marked, before)


@cache
def _restating() -> re.Pattern[str]:
    again = either("namely")
    return re.compile(
        rf"(?P<share>{PERCENT}|{FRACTION})(?:\sof\s(?:the|its|these|them|all)(?:\s[a-z]+)?)?(?:,\s|\s\(|\s[–—]\s)(?:{again}|or|exactly),?\s(?P<part>{COUNT})(?=[\s,.;)])",
        re.IGNORECASE,
    )


def _restated(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "of its 200 ships a quarter, or 40," against the one whole that sentence or the one before names."""
    for match in _restating().finditer(marked.marks):
        part, share = marked.value(match.start("part")), marked.quantity(match.start("share"))
        wholes = [each.value for each in figures_between(marked, 0, len(marked.text)) if each.start != match.start("part")]
        if not wholes and before is not None:
            wholes = [each.value for each in figures_between(before, 0, len(before.text))]
        if len(wholes) != 1 or not 0 < part < wholes[0]:
            continue
        told = share.value / 100 if share.kind == "percent" else share.value
        room = _PERCENT_ROOM if share.kind == "percent" else _FRACTION_ROOM * (1 if told >= 0.3 else 0.5)
        hedged = re.search(rf"{either('roughly')}\s$", marked.text[: share.start], re.IGNORECASE)
        if abs(part / wholes[0] - told) > (0.15 * told + room if hedged else room):
            message = f"{show(part)} of {show(wholes[0])} is {part / wholes[0] * 100:.0f} per cent."
            yield slip_in(sentence, match.start(), match.end(), message)


# "Of 48 voyages 12 were lost", and what one in so many of a thing is told to be.
_OF_ALL: Final = re.compile(
    rf"\bof\s(?:the\s|its\s|all\s)?(?P<whole>{COUNT})(?:\s[a-z-]+){{1,3}}?,?\s(?:only\s|some\s|about\s)?(?P<part>{COUNT})",
    re.IGNORECASE,
)
_ONE_OF: Final = re.compile(
    rf"(?P<one>{COUNT})\s(?:[a-z-]+\s)?(?:in|out\sof)\s(?:every\s)?(?P<below>{COUNT})(?!\s(?:of|million|thousand)\b)"
)
# "One in four" is told of a share within an eighth of it.
_ONE_ROOM: Final = 0.125


def _one_of(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "of 48 voyages 12 were lost, that is one in four" and "one house in five ...; of 3,500 houses 700 thus had one"."""
    ratios = [each for each in _ONE_OF.finditer(marked.marks) if marked.value(each.start("one")) == 1]
    told, ratio = _OF_ALL.search(marked.marks), ratios[0] if len(ratios) == 1 else None
    if told is None or ratio is None or marked.value(ratio.start("one")) != 1:
        return
    whole, part, below = (
        marked.value(match.start(name)) for match, name in ((told, "whole"), (told, "part"), (ratio, "below"))
    )
    first = ratio if told.end() < ratio.start() else told
    led = marked.text[told.end() : ratio.start()] if first is ratio else marked.text[told.end("part") :]
    joined = re.search(rf"\b(?:{either('hence')}|{either('namely')}|or)\b", led, re.IGNORECASE)
    if joined and 1 < part < whole and below > 1 and not 1 - _ONE_ROOM <= whole / part / below <= 1 + _ONE_ROOM:
        start, end = (ratio.start(), ratio.end()) if first is ratio else (told.start("part"), told.end())
        yield slip_in(sentence, start, end, f"{show(part)} of {show(whole)} is one in {whole / part:.3g}.")


@cache
def _products() -> tuple[re.Pattern[str], re.Pattern[str]]:
    total = either("totals")
    end = rf"(?:{total}\s(?:of\s)?(?P<before>{AMOUNT})|(?P<after>{AMOUNT})(?:\s[a-z-]+){{0,3}}\s{total})"
    each_of = r"\b[Ee](?:ach|very\sone)\sof\s(?:the|these|those|its|their|his|her)\s"
    first = (
        rf"{each_of}(?P<times>{COUNT})\s[^.;:]{{3,70}}?(?P<per>{AMOUNT})(?P<gap>[^.;:]{{2,70}}?)"
        rf"(?:,|\band|\s[–—]|\sor)\s(?:[a-z]+\s){{0,3}}?{end}"
    )
    second = (
        rf"(?P<times>{COUNT})\s[^.;:,]{{3,70}}?(?P<per>{AMOUNT})(?P<gap>[^.;:,]{{2,40}}?\s(?:each|apiece)),?\s"
        rf"(?:and\s|or\s|so\s)?(?:[a-z]+\s){{0,3}}?{end}"
    )
    return re.compile(first, re.IGNORECASE), re.compile(second, re.IGNORECASE)


def _each(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "each of the six provinces sent four deputies, twenty-eight in all"."""
    for pattern in _products():
        for match in pattern.finditer(marked.marks):
            times, per = marked.value(match.start("times")), marked.value(match.start("per"))
            total = marked.value(match.start("before" if match["before"] else "after"))
            # "each sent a mayor and three aldermen": what is named without a number is one
            per += bool(re.search(r"\san?\s[a-z-]+(?:\s[a-z-]+)?(?:,|\sand)\s$", marked.text[: match.start("per")]))
            if times < 2 or re.search(AMOUNT, match["gap"]) or same_number(times * per, total):
                continue
            if times * per / _FACTOR <= total <= times * per * _FACTOR:
                message = f"{show(times)} times {show(per)} is {show(times * per)}, not {show(total)}."
                yield slip_in(sentence, match.start("times"), match.end(), message)


@cache
def _interest_of() -> re.Pattern[str]:
    leads = either("yields")
    return re.compile(
        rf"(?P<share>{PERCENT})\s(?:on|of|upon)\s(?P<gap>[^.;:]{{0,40}}?)(?P<whole>{AMOUNT})(?P<unit>[^.;:]{{0,30}}?)(?:,|\s[–—]|\s\()\s?(?:which\s|that\s)?(?:{leads}|came\sto|comes\sto|amounted\sto|or|that\sis,?)\s(?:[a-z]+\s){{0,2}}?(?P<part>{AMOUNT})",
        re.IGNORECASE,
    )


def _interest(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "5 per cent on a loan of two million francs, which came to 50,000 francs"."""
    for match in _interest_of().finditer(marked.marks):
        share, whole, part = (marked.value(match.start(name)) for name in ("share", "whole", "part"))
        real = share / 100 * whole
        if re.search(AMOUNT, match["gap"] + match["unit"]) or not real or part >= whole:
            continue
        if abs(part - real) > 0.04 * real and part < whole:
            message = f"{share:g} per cent of {show(whole)} is {show(real)}, not {show(part)}."
            yield slip_in(sentence, match.start(), match.end(), message)


@cache
def _carrying() -> re.Pattern[str]:
    total = either("totals")
    return re.compile(
        rf"^(?:{total},?\s[^.;:]{{0,50}}?(?P<first>{AMOUNT})|[^.;:]{{0,40}}?(?P<second>{AMOUNT})(?:\s[a-z-]+){{0,3}}\s{total}\b)",
        re.IGNORECASE,
    )


def _carried_over(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "Together they had 750 men" against the numbers of the sentence before, where it has no others itself."""
    match = None if before is None else _carrying().match(marked.marks)
    own = figures_between(marked, 0, len(marked.text))
    if match is None or before is None or len(own) != 1:
        return
    parts = [each.value for each in figures_between(before, 0, len(before.text))]
    total = own[0].value
    if not 2 <= len(parts) <= 6 or total <= max(parts):
        return
    runs = {sum(chosen) for size in range(2, len(parts) + 1) for chosen in itertools.combinations(parts, size)}
    products = {one * other for one, other in itertools.combinations(parts, 2)}
    if any(same_number(total, each) for each in runs | products) or not total / 1.6 <= sum(parts) <= total * 1.6:
        return
    message = f"The numbers of the sentence before add up to {show(sum(parts))}, not {show(total)}."
    yield slip_in(sentence, own[0].start, own[0].end, message)


@cache
def _two_alone() -> re.Pattern[str]:
    return re.compile(rf"\b{either('only two')}\sof\s(?:the|these|those|its|his|her|their)\s(?P<number>{COUNT})", re.IGNORECASE)


def _only_two(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "neither of the three candidates"."""
    for match in _two_alone().finditer(marked.marks):
        if marked.value(match.start("number")) > 2:
            said = marked.text[match.start() : match.end()]
            yield slip_in(sentence, match.start(), match.end(), f"“{said}”: the word is said of two.")


# "By her count nineteen ended in agreement": who counted stands first.
_BY_WHOM: Final = re.compile(
    rf"(?:By|In|On|According\sto|Under|At)\s(?:[\w'’-]+\s){{1,4}}?,?\s?(?P<number>{COUNT})(?=\s{either('parts act')}\b)"
)
# Parts that make less of a whole than this are not all that it has, where nothing says so.
_LEAST_TOLD: Final = 0.88
_BARE_PART: Final = re.compile(
    rf"(?:^|,\s(?:and\s|but\s)?|\sand\s|\sbut\s|;\s(?:and\s)?)(?P<number>{COUNT})(?=\s(?:of\sthem\s)?{either('parts act')}\b)"
)


def _bare_parts(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "Its council has fifteen seats. Five are permanent and nine go by election"."""
    parts = list(_BARE_PART.finditer(marked.marks))
    lead = _BY_WHOM.match(marked.marks)
    if before is None or len(parts) < (2 if lead is None else 1) or (lead is None and parts[0].start() != 0):
        return
    parts = parts if lead is None else [lead, *parts]
    figures = figures_between(marked, 0, len(marked.text))
    wholes = figures_between(before, 0, len(before.text))
    if len(figures) != len(parts) or len(wholes) != 1 or re.search(r"\b(?:rest|others?|remain|some|more)\b", marked.text):
        return
    whole, total = wholes[0].value, sum(each.value for each in figures)
    if total > whole and cuts_across([marked.text[each.end :] for each in figures]):
        return
    if total != whole and max(each.value for each in figures) < whole and _LEAST_TOLD * whole <= total <= 1.5 * whole:
        message = f"The parts add up to {show(total)}, not {show(whole)}."
        yield slip_in(sentence, figures[0].start, figures[-1].end, message)


_CHANGED: Final = re.compile(
    rf"^(?:It|They|The\s[a-z]+|This|That)\s(?:had|has|have|was|were)?\s?(?:thus\s|been\s|more\sthan\s|almost\s|nearly\s)*(?P<times>{'|'.join(CHANGES)})\b"
)


def _told_change(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "They had been halved" against the two numbers of the sentence before."""
    match = _CHANGED.match(marked.text)
    if match is None or before is None or figures_between(marked, 0, len(marked.text)):
        return
    figures = figures_between(before, 0, len(before.text))
    if len(figures) != 2 or figures[0].kind != figures[1].kind or not figures[0].value:
        return
    noun = re.match(r"The\s([a-z]+)", match[0])
    if before.text[: figures[0].start].endswith(" by ") or (
        noun and not listed("how many", noun[1]) and noun[1][:4] not in before.text
    ):
        return  # "raised by ten to thirty", or of something else
    factor, told = figures[1].value / figures[0].value, CHANGES[match["times"]]
    more = re.search(r"\bmore\sthan\s", match[0]) is not None
    if not (0.97 if more else 0.75) <= factor / told <= 1.33 and factor != 1:
        message = f"From {show(figures[0].value)} to {show(figures[1].value)} is {factor:.1f} times as much."
        yield slip_in(sentence, match.start(), match.end(), message)


_LEFT: Final = re.compile(rf"^(?:The\s(?:remaining|other|last|rest,)|Another)\s(?P<left>{AMOUNT})(?=\s)", re.IGNORECASE)


def _left_over(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "The remaining 1,960 were void" against the whole and the parts of the sentence before."""
    match = _LEFT.match(marked.marks)
    if match is None or before is None or re.match(r"\s*of\b", marked.text[match.end() :]):
        return
    figures = [each.value for each in figures_between(before, 0, len(before.text))]
    left = marked.value(match.start("left"))
    if len(figures) < 2 or figures[0] != max(figures) or figures.count(figures[0]) > 1:
        return
    expected = figures[0] - sum(figures[1:])
    if match[0].startswith("Another") and left < expected:
        return  # another 90 of the 130 that are left
    if expected > 0 and not same_number(expected, left) and 0.2 * expected <= left <= 5 * expected:
        said = marked.quantity(match.start("left"))
        message = f"Of {show(figures[0])} there remain {show(expected)}, not {show(left)}."
        yield slip_in(sentence, match.start(), said.end, message)


@cache
def _majorities() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<share>two[\s-]thirds|three[\s-]quarters|three[\s-]fifths|four[\s-]fifths|three[\s-]fourths)\smajority\b",
        re.IGNORECASE,
    )


_TALLY: Final = re.compile(rf"(?P<yes>{COUNT})\s(?:votes?\s)?(?:to|against)\s(?P<no>{COUNT})")
_SHARES_OF_VOTES: Final = {
    "two thirds": 2 / 3,
    "three quarters": 0.75,
    "three fourths": 0.75,
    "three fifths": 0.6,
    "four fifths": 0.8,
}


def _majority(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "68 to 32. That is a three-quarters majority"."""
    match = _majorities().search(marked.text)
    if match is None or re.search(rf"\b{either('not reached')}\b", marked.text):
        return
    for other in (marked, before):
        vote = _TALLY.search(other.marks) if other is not None else None
        if other is None or vote is None:
            continue
        yes, no = other.value(vote.start("yes")), other.value(vote.start("no"))
        if yes > no and yes / (yes + no) < _SHARES_OF_VOTES[re.sub(r"[\s-]", " ", match["share"].lower())] - 0.005:
            message = f"{show(yes)} of {show(yes + no)} is {yes / (yes + no) * 100:.0f} per cent."
            yield slip_in(sentence, match.start(), match.end(), message)
        return


_DIVIDED: Final = re.compile(
    rf"(?P<whole>{COUNT})\s(?P<noun>[a-z]+s)\b[^.;:]{{0,40}}?(?P<parts>{COUNT})\s(?:parts|groups|sections|columns|rows|blocks|halves|batches|sets|bands|divisions)\s(?:of|with)\s(?P<list>{COUNT}(?:,\s{COUNT})*,?\sand\s{COUNT})(?=[\s.,;)])"
)


def _divided(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "nine chapters, arranged in three parts of three, two and three"."""
    for match in _DIVIDED.finditer(marked.marks):
        inside = [each.value for each in marked.quantities if match.start("list") <= each.start < match.end("list")]
        whole, parts = marked.value(match.start("whole")), marked.value(match.start("parts"))
        if sum(inside) != whole:
            message = f"The parts add up to {show(sum(inside))}, not {show(whole)}."
            yield slip_in(sentence, match.start(), match.end(), message)
        elif len(inside) != parts:
            yield slip_in(sentence, match.start("parts"), match.end(), f"The text says {show(parts)}, but names {len(inside)}.")


@cache
def _amounts() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<one>{AMOUNT})\s[^.;:0-9]{{2,40}}?\sand\s(?:the\s|its\s|some\s|another\s)?(?P<other>{AMOUNT})"
        rf"\s[^.;:]{{2,60}}?\b{either('amounts to')}\s(?:to\s)?(?P<sum>{AMOUNT})",
        re.IGNORECASE,
    )


def _amounted(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "with the 12,000 soldiers and the 1,500 advisers the contingent amounted to 15,500"."""
    for match in _amounts().finditer(marked.marks):
        one, other, total = (marked.value(match.start(name)) for name in ("one", "other", "sum"))
        between = [each for each in figures_between(marked, match.start(), match.end()) if each.kind in ("count", "money")]
        if len(between) != 3 or same_number(one + other, total) or not max(one, other) < total:
            continue
        if 0.5 * total <= one + other <= 2 * total:
            yield slip_in(sentence, match.start(), match.end(), f"The parts add up to {show(one + other)}, not {show(total)}.")


_STEMS: Final = {word.removesuffix("ed"): factor for word, factor in CHANGES.items()}
_LENGTHENED: Final = re.compile(
    rf"\bfrom\s(?P<first>{COUNT}|[\w-]+)\s(?P<unit>days?|weeks?|months?|years?|miles|hours|per\scent|kilometres|metres|tons|tonnes)\s(?:up\s|down\s)?to\s(?P<last>[\w,-]+)(?:\s(?P=unit))?,\s"
    rf"(?:(?:and|or|{either('so it follows')}|{either('namely')}|{either('roughly')}),?\s)*"
    rf"(?P<times>{'|'.join(_STEMS)})(?:ed|ing)\b",
    re.IGNORECASE,
)


def _times_as_long(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "lengthened from six months to nine, that is to say doubled"."""
    for match in _LENGTHENED.finditer(marked.text):
        try:
            first, last = read_number(match["first"]), read_number(match["last"].rstrip(","))
        except ValueError:
            continue
        told = _STEMS[match["times"].lower()]
        if first and not 0.8 <= last / first / told <= 1.25:
            message = f"From {show(first)} to {show(last)} is {last / first:.1f} times as much."
            yield slip_in(sentence, match.start(), match.end(), message)


_UNITS: Final = r"(?:(?:square|cubic|nautical)\s[a-z]+s|[a-z]+s)"
_ENTIRE: Final = re.compile(
    rf"\b(?:whole|entire|total|combined)\b[^.;:]{{0,60}}?(?P<sum>{AMOUNT})\s(?P<unit>{_UNITS})", re.IGNORECASE
)


def _whole_of(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "the whole territory, with its 780 square kilometres" against its two parts in the sentence before."""
    match = _ENTIRE.search(marked.marks)
    if match is None or before is None:
        return
    unit = re.escape(match["unit"])
    parts = [each.value for each in before.quantities if re.match(rf"\s{unit}\b", before.text[each.end :])]
    total = marked.value(match.start("sum"))
    if len(parts) == 2 and total > max(parts) and 0.02 * total < abs(sum(parts) - total) < 0.5 * total:
        message = f"The parts add up to {show(sum(parts))}, not {show(total)}."
        yield slip_in(sentence, match.start(), match.end(), message)


_STATES: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll)\s(?P<number>{COUNT})\s(?:[a-z]+\s)?"
    rf"{either('named things')}\b"
    r"(?!\s(?:of|that|which|who)\b|,\s[A-Z]|:)"
)


def find_taken_up(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Sentence | None) -> Iterator[Slip]:
    """Check "a federation of the four states" against the one row of names, or the states, of the sentence before."""
    match = _STATES.search(marked.marks)
    if match is None or before is None or len(figures_between(marked, 0, len(marked.text))) != 1:
        return
    text = bind(manuscript, manuscript.sentence_text(before))
    rows = re.findall(rf"(?<![\w-]){NAMES}", text)
    number = marked.value(match.start("number"))
    if len(rows) != 1 or re.search(rf"\b{NUMBER_PATTERN}\s[a-z]+s\b", text, re.IGNORECASE):
        return
    count = len(split_names(rows[0]))
    names = {tuple(sorted(name.code for name in mention.names)) for mention in manuscript.vocabulary.actors.find(before.text)}
    if count < 3 or number in (count, len(names)) or not 0.5 <= number / count <= 2 or number < 3:
        return
    if manuscript.words.lists and re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", text, re.IGNORECASE):
        return
    said = marked.text[match.start() : match.end()]
    yield slip_in(sentence, match.start(), match.end(), f"The text says “{said}”, but the sentence before names {show(count)}.")
