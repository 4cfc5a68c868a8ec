"""Results of sums that a text tells sentences after their numbers: "so fourteen were still missing", "together they run to".

The operation is told by its words; the numbers are looked for in the sentence and in those before it, by what they count.
A result is wrong only if the numbers nearest to it give another, and no other choice of them gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import comparable, either, same_number, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import AMOUNT, COUNT, PERCENT, Marked
from verbale.review.reckoning import MOST, Figure, figures, like, listed, results, same_thing, stem

# So many sentences back numbers are remembered.
_BACK: Final = 3
# A result this many times the one expected is of other numbers; a sum cannot be off by as much as a difference.
_FAR_SUM, _FAR = 1.5, 2.0
# Parts that make less of a whole than this, or more, are not all of it.
_LEAST_PARTS, _MOST_PARTS = 0.85, 1.4
# The same where the text says that there is nothing else.
_LEAST_CLOSED: Final = 0.5
# The works that a review is of stand within so many letters of its beginning.
_HEAD: Final = 2_500
# Shares rounded to whole ones may miss their sum by one.
_ROUNDED: Final = 1.0


def find_reckoned(
    manuscript: Manuscript, sentence: Sentence, marked: Marked, before: Sequence[Marked], after: str
) -> Iterator[Slip]:
    """Yield a slip for each result that the numbers before it contradict.

    `before` is what the paragraph says before the sentence, in order; `after` the sentence behind it, or nothing.
    """
    passage = list(before[-_BACK:])
    yield from _summed(manuscript, sentence, marked, passage)
    yield from _summed_at_once(sentence, marked)
    yield from _differing(sentence, marked, passage)
    yield from _split(sentence, marked, passage, after)
    yield from _shares(sentence, marked)


def _said(marked: Marked, figure: Figure) -> tuple[int, int]:
    """Return the offsets of a number with the first word of what it counts."""
    noun = re.match(r"\s[a-z-]+", marked.text[figure.end :]) if figure.stems else None
    return figure.start, figure.end + (noun.end() if noun else 0)


@cache
def _at_once() -> re.Pattern[str]:
    return re.compile(
        rf"[,;]\s(?:and\s)?(?:{either('totals')}|{either('together')})\s(?P<sum>{AMOUNT})(?=[.,;:)]|$)", re.IGNORECASE
    )


def _summed_at_once(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "of the 84 billion Egypt was to have 55.5 and Sudan 18.5; together seventy-six": the two numbers next to it."""
    match = _at_once().search(marked.marks)
    near = [] if match is None else [each for each in figures(marked) if each.end <= match.start()]
    if match is None or not 3 <= len(near) <= MOST or near[-1].kind != near[-2].kind or not like(*near[-2:]):
        return
    told, values = marked.value(match.start("sum")), [each.value for each in near]
    total = sum(values[-2:])
    if told > max(values[-2:]) and told not in results(values) and comparable(told, total, _FAR_SUM):
        end = marked.quantity(match.start("sum")).end
        yield slip_in(sentence, match.start("sum"), end, f"The numbers add up to {show(total)}, not {show(told)}.")


@cache
def _how_many() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:the|these|those|both|all|between\sthe|in\sthe|of\sthe)\s(?P<number>{COUNT})\s(?!of\b)[a-z]", re.IGNORECASE
    )


def _summed(manuscript: Manuscript, sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "The two truces together thus cost 5,600 pounds" and "Together they run to 576 pages"."""
    cue = re.search(rf"\b(?:{either('totals')}|{either('together')})(?!\w)", marked.marks, re.IGNORECASE)
    own = figures(marked)
    if cue is None or not own or any(each.kind == "percent" for each in marked.quantities):
        return
    counted = _how_many().search(marked.marks)
    number = int(marked.value(counted.start("number"))) if counted else 0
    own = [each for each in own if counted is None or each.start != counted.start("number")]
    if len(own) != 1 or not own[0].stems | ({"money"} if own[0].kind == "money" else set()):
        return
    told = own[0]
    near = [each for text in passage for each in figures(text) if like(each, told)]
    if not near and stem("pages") in told.stems:
        near = _headed(manuscript.plain[: min(sentence.start, _HEAD)])
    parts = near[-number:] if number else near
    exact = [each for each in near if same_thing(each, told)]
    if number and len(exact) == number:
        parts = exact
    if not 2 <= len(near) <= MOST or len(parts) < max(number, 2) or not any(each in exact for each in parts):
        return
    total = sum(each.value for each in parts)
    if (not number and len(parts) > 2) or _rough(marked, told):
        return
    if told.value <= max(each.value for each in parts) or told.value in results([each.value for each in near]):
        return
    if comparable(told.value, total, _FAR_SUM):
        yield slip_in(sentence, *_said(marked, told), f"The numbers add up to {show(total)}, not {show(told.value)}.")


def _rough(marked: Marked, figure: Figure) -> bool:
    """Tell whether a number is told to be rough."""
    return re.search(rf"\b{either('roughly')}\s(?:an?\s)?$", marked.text[: figure.start], re.IGNORECASE) is not None


def _headed(head: str) -> list[Figure]:
    """Return the numbers of pages that the works reviewed are told to have before a text begins."""
    found = re.finditer(r"(?<![\w.,-])(\d{2,4})\s?(?:pp?\b|pages\b)", head)
    return [Figure(each.start(), each.end(), float(each[1]), "count", frozenset({stem("pages")})) for each in found]


@cache
def _difference() -> re.Pattern[str]:
    thing = r"(?:\s(?:of\sthem|[a-z-]+)){0,3}?"
    return re.compile(
        rf"(?P<short>{AMOUNT}){thing}\s(?:that\s|who\s|which\s)?(?:(?:were|was|are|is)\s)?(?:still\s|yet\s)?(?!to\s){either('lacking')}(?![\w-])"
        # "21 to go", and not "21 wanted to go home"
        rf"|(?P<ahead>{AMOUNT}){thing}\s(?:still\s|yet\s)?(?=to\s){either('lacking')}(?=[.,;:)]|$)"
        rf"|\b(?:another|(?:a\s)?further|still|yet)\s(?P<more>{AMOUNT}){thing}\s(?:(?:were|was|are|is)\s)?(?:still\s)?{either('needed')}(?![\w-])"
        rf"|\b{either('leaves')}\s(?:[a-z]+\s){{0,2}}?(?:with\s)?(?:only\s|just\s|but\s)?(?P<left>{AMOUNT}){thing}\s{either('unused')}(?![\w-])"
        rf"|\b{either('behind')}\sby\s(?:only\s|just\s)?(?P<behind>{AMOUNT})"
        rf"|\bthe\s(?:rest|remainder),\s(?P<rest>{AMOUNT})"
        rf"|\b{either('moves')}\s(?:it|them|(?:the|its|their)\s[a-z]+)\s(?P<moved>{AMOUNT}){thing}\s{either('further on')}\b"
        rf"|\b{either('leaves')}\s(?:it|them|him|her)\swith\s(?:only\s|just\s|but\s)?(?P<kept>{AMOUNT})(?=[.,;]|$)"
        rf"|\b[Tt]he\s(?P<away>{COUNT}){thing}\s(?:who|that|which)\s(?:had\s)?{either('stayed away')}\b",
        re.IGNORECASE,
    )


def _differing(sentence: Sentence, marked: Marked, passage: list[Marked]) -> Iterator[Slip]:
    """Check "needed 28. It had 16, and so fourteen were still missing" and "wanted a hundred, offered ten: eighty apart"."""
    for match in _difference().finditer(marked.marks):
        at = next(
            match.start(name)
            for name in ("short", "ahead", "more", "left", "behind", "rest", "away", "moved", "kept")
            if match[name]
        )
        own = figures(marked)
        told = next((each for each in own if each.start == at), None)
        if told is not None:  # "nine short" counts nothing that is called so
            told = replace(told, stems=frozenset(each for each in told.stems if not re.fullmatch(either("lacking"), each)))
        if told is None or _rough(marked, told) or re.search(rf"{COUNT}\s(?:of|in|out\sof)\s$", marked.marks[:at]):
            continue
        nouns = {name for text in (*passage, marked) for each in figures(text) for name in each.stems}
        near = [each for text in passage for each in _linked(text, nouns)] + [each for each in own if each.start < at]
        near = [each for each in near if like(each, told)]
        if not 2 <= len(near) <= MOST:
            continue
        pair = near[-2:]
        if pair[0].kind != pair[1].kind or not like(*pair) or not (pair[0].stems or pair[1].stems or told.stems):
            continue
        expected = abs(pair[0].value - pair[1].value)
        # "28 needed, 16 had": nobody lacks more than the larger of the two
        if (
            not expected
            or told.value >= max(each.value for each in pair)
            or told.value in results([each.value for each in near])
        ):
            continue
        if comparable(told.value, expected, _FAR):
            between = f"Between {show(pair[0].value)} and {show(pair[1].value)}"
            message = f"{between} the difference is {show(expected)}, not {show(told.value)}."
            yield slip_in(sentence, *_said(marked, told), message)


def _linked(marked: Marked, nouns: set[str]) -> list[Figure]:
    """Return the numbers of a sentence with their things; "47 states have ratified" is of ratifications as well."""
    found = []
    for each in figures(marked):
        clause = re.split(r"[,;:]", marked.text[: each.start])[-1] + re.split(r"[,.;:]", marked.text[each.end :])[0]
        acts = {stem(word) for word in re.findall(r"[a-z]+", clause)} & nouns
        found.append(replace(each, stems=each.stems | acts if each.stems else each.stems))
    return found


_FIRST_PART: Final = re.compile(
    rf"^(?P<one>{COUNT})(?P<some>(?:\sof\s(?:them|these|those))?)\s(?:[a-z]+\s){{1,3}}?(?P<by>{either('relates')}|those)\s(?!{COUNT})"
)


def _split(sentence: Sentence, marked: Marked, passage: list[Marked], after: str) -> Iterator[Slip]:
    """Check "24 pupils took part. Thirteen came from Nunavut and nine from Greenland": parts told by one verb are all of it."""
    match = _FIRST_PART.match(marked.marks)
    if match is None or not passage:
        return
    closed = re.search(rf"\b{either('all of it')}\b|,\s(?:and|but)\snone\s{match['by']}\b", marked.text, re.IGNORECASE)
    text = marked.text[: closed.start()] + marked.text[closed.end() :] if closed else marked.text
    if listed("rest", text) or listed("rest", after) or re.match(rf"(?:An?other\s)?{COUNT}\s", after):
        return
    parts, wholes = figures(marked), figures(passage[-1])
    if len(wholes) > 1:
        wholes = [each for each in wholes if each.stems and each.value > 2]
    # each but the first has only the preposition of the first, and so its verb
    alike = all(re.match(rf"\s{match['by']}\s", marked.text[each.end :]) for each in parts[1:])
    if len(parts) < 2 or parts[0].start or not alike or len(wholes) != 1 or (match["some"] and len(parts) == 2 and not closed):
        return
    if re.search(rf"\b{match['by']}\s(?:[\w'’-]+\s){{1,4}}?(?:who|which|that|where)\s", marked.text):
        return
    whole, total = wholes[0].value, sum(each.value for each in parts)
    if total < whole and re.search(r"[;,]\s(?:and\s)?(?:the|an?|its)\s[a-z]", marked.text[parts[-1].end :]):
        return  # "twelve come from the regions and two from the islands; the chair is elected"
    least = _LEAST_CLOSED if closed else _LEAST_PARTS
    if max(each.value for each in parts) < whole != total and least * whole <= total <= _MOST_PARTS * whole:
        yield slip_in(sentence, 0, len(marked.text), f"The parts add up to {show(total)}, not {show(whole)}.")


@cache
def _whole_share() -> re.Pattern[str]:
    row = rf"(?P<first>{PERCENT})[^.;()]*?{COUNT}[^.;()]*?"
    return re.compile(rf"{row},\s(?:and\s)?(?P<cue>{either('totals')}|{either('yields')})\s(?P<sum>{PERCENT})", re.IGNORECASE)


def _shares(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Kenya had 44 per cent, Tanzania 23, Uganda 21, Rwanda 9 and Burundi 5, together 100 per cent"."""
    match = _whole_share().search(marked.marks)
    if match is None:
        return
    row = [each for each in marked.quantities if match.start("first") <= each.start < match.start("cue")]
    told = marked.value(match.start("sum"))
    total = sum(each.value for each in row)
    # only the first has its sign; the others are written alone
    alone = all(re.match(r",?\s(?:and\s)?(?:the\s)?[^a-z\s]|,\s", marked.text[each.end :]) for each in row[1:])
    if not alone or len(row) < 3 or any(each.kind not in ("percent", "count") or each.value > told for each in row):
        return
    if _ROUNDED < abs(total - told) <= 0.3 * told and not same_number(total, told):
        start, end = match.start("cue"), marked.quantity(match.start("sum")).end
        yield slip_in(sentence, start, end, f"The shares add up to {show(total)} per cent, not {show(told)}.")
