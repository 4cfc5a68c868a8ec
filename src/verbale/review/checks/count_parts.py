"""Wholes and their parts: "of eleven meetings, five in Cairo and seven in Khartoum", "these three gifts", "a fall by half"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.numbers import NUMBER_PATTERN, value, words

_NUMBER: Final = rf"(?<![\w.,$€£-])(?:{NUMBER_PATTERN})(?![\w-]|[.,]\d)"
_WHERE: Final = r"(?:in|from|at|to|for|against|with|on|by|under|elsewhere|others?|abstain\w*|of\sthem)"
# A part without a verb of its own shares that of the part before it, so that the two cannot be the same things.
_ELLIPTIC: Final = re.compile(rf"(?:,\s(?:and\s)?|\sand\s)({_NUMBER})\s{_WHERE}\b", re.IGNORECASE)
_WHOLE: Final = re.compile(
    rf"\b[Oo]f\s(?:the\s|its\s|all\s|these\s|those\s)?(?P<number>{_NUMBER})\s(?P<noun>[a-z][^,;:.()]{{2,60}}),\s(?P<rest>[^.;:]*)"
)
_WHOSE: Final = re.compile(
    rf"(?P<number>{_NUMBER})\s(?P<noun>(?:[\w'-]+\s){{0,2}}?[a-z][\w-]*s|people|men)\b"
    rf"(?P<far>[^.;:,]{{0,40}})(?:,\s(?:of\s(?:which|whom|them)\s)?|:\s)(?P<rest>{_NUMBER}\s[^.;]*)",
    re.IGNORECASE,
)
_OF_THESE: Final = re.compile(rf"^(?:Of\s(?:these|those|them|the\slatter),?\s)(?P<rest>{_NUMBER}\s[^.;]*)", re.IGNORECASE)
_OTHERS: Final = re.compile(
    rf"({_NUMBER})\sof\s(?:them|these|those|whom|which)\b[^.;]{{0,60}}?\b(?:the\s)?(?:other|remaining)\s({_NUMBER})\b",
    re.IGNORECASE,
)
_SUM: Final = re.compile(rf"[,–—:;]\s?({_NUMBER})\s(?:in\sall|altogether|in\stotal|all\stold)\b", re.IGNORECASE)
_TOOK: Final = re.compile(
    rf"({_NUMBER})\sof\s(?:them|these|those)\s[^.;]{{0,60}}?(?:,\sand\s|\sand\s|,\s)({_NUMBER})\sto\b", re.IGNORECASE
)
# A list of at least three plain members; the last two are joined by "and".
_MEMBER: Final = r"(?:(?:a|an|the|in)\s)?[\w'’-]+(?:\s(?:of\s)?[A-Za-z][\w'’-]+)?"
_LIST: Final = re.compile(rf"(?<![\w'’-])({_MEMBER}(?:,\s{_MEMBER})+,?\sand\s{_MEMBER})")
_BACK: Final = re.compile(
    rf"^(?:(?:After|Before|With|For|In|Of)\s)?(?:[Tt]hese|[Tt]hose|[Tt]he|[Aa]ll(?:\sthe)?)\s({_NUMBER})\s(?!years?\b|months?\b|days?\b|per\b|of\b)([a-z][\w-]*s)\b"
)
_BODY: Final = re.compile(
    rf"\b(?:committee|commission|council|delegation|group|party|team|panel|board|trio|jury|bench)\sof\s(?P<number>{_NUMBER})"
    rf"(?:\smembers|\smen|\sdelegates)?(?::|,\snamely)\s(?P<list>{_LIST.pattern})(?=[.;])"
)
_FRACTIONS: Final = {
    **{"half": 1 / 2, "a half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4},
    **{"one quarter": 1 / 4, "three quarters": 3 / 4, "a fifth": 1 / 5, "one fifth": 1 / 5, "two fifths": 2 / 5},
    **{"three fifths": 3 / 5, "four fifths": 4 / 5, "a tenth": 1 / 10, "one tenth": 1 / 10},
}
_FRACTION: Final = "|".join(sorted((name.replace(" ", r"[\s-]") for name in _FRACTIONS), key=len, reverse=True))
_FRACTION_OF: Final = re.compile(rf"\b({_FRACTION})\b", re.IGNORECASE)
_CHANGED: Final = re.compile(
    r"[,:;–—]\s?an?\s(?:[a-z]+\s)?(?P<how>increase|rise|growth|gain|drop|fall|decline|decrease|reduction|loss)\s(?:of|by)\s"
    rf"(?P<about>about\s|some\s|nearly\s|almost\s|over\s|more\sthan\s|roughly\s)?(?:(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\scent|percent)|(?P<fraction>{_FRACTION}))",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"(?<![\w.,$€£-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w-]|[.,]\d)")
_RISING: Final = frozenset({"increase", "rise", "growth", "gain"})
# "A third" of three and a half is still a third to a reader; half against two thirds is not.
_FRACTION_SLACK: Final = 0.12


def find_parts(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Yield a slip for each whole that its parts in the sentence contradict; `before` is the sentence before, or empty."""
    yield from _wholes(sentence, text, before)
    yield from _totals(sentence, text, before)
    yield from _back(sentence, text, before)
    yield from _changed(sentence, text)
    yield from _fractions(sentence, text)


def _number(text: str) -> int:
    return value(text) if len(text) < 12 else 0


def _parts(rest: str) -> list[int]:
    """Return the numbers of parts that exclude each other, none where they may not: the first, and those without a verb."""
    first = re.match(rf"(?:[a-z]+\s){{0,3}}?({_NUMBER})\s", rest, re.IGNORECASE)
    if first is None:
        return []
    return [_number(first[1]), *(_number(part[1]) for part in _ELLIPTIC.finditer(rest, first.end()))]


def _wholes(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    match = _WHOLE.search(text)
    partition = False
    if match is None and (match := _WHOSE.search(text)) is not None:
        # "ten members, four from X and six from Y": what follows at once are all of them
        partition = "of which" not in match[0] and "of whom" not in match[0] and match["far"].strip() == ""
    whole = _number(match["number"]) if match else 0
    if match is None and (match := _OF_THESE.match(text)) is not None:
        figures = _figures(before)
        whole = figures[0] if len(figures) == 1 else 0
    if match is None or whole < 2:
        return
    parts = _parts(match["rest"])
    if len(parts) < 2 or any(_is_year(str(part)) for part in parts):
        return
    total = sum(parts)
    if total > whole or (partition and total != whole and whole <= 20 and len(parts) > 1 and "," not in match["rest"]):
        start = sentence.start + match.start()
        message = f"The parts add up to {words(total)}, not {words(whole)}."
        yield Slip(start, sentence.start + match.end(), message)


def _totals(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    for match in _SUM.finditer(text):
        parts = _figures(text[: match.start()])
        if len(parts) >= 2 and sum(parts) != _number(match[1]) and max(parts) < _number(match[1]):
            message = f"The parts add up to {words(sum(parts))}, not {match[1]}."
            yield Slip(sentence.start, sentence.start + match.end(), message)
    for pattern in (_OTHERS, _TOOK):
        for match in pattern.finditer(text):
            wholes = _figures(text[: match.start()]) or _figures(before)
            total = _number(match[1]) + _number(match[2])
            if len(wholes) == 1 and wholes[0] > 1 and (total > wholes[0] or (pattern is _OTHERS and total != wholes[0])):
                message = f"The parts add up to {words(total)}, not {words(wholes[0])}."
                yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def _back(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Check "these three gifts" against the one list in the sentence before, "a committee of five:" against its members."""
    body = _BODY.search(text)
    if body is not None:
        members = len([part for part in re.split(r",\sand\s|,\s|\sand\s", body["list"]) if part.strip()])
        if members != _number(body["number"]):
            message = f"The text says “{body['number']}”, but lists {words(members)}."
            yield Slip(sentence.start + body.start(), sentence.start + body.end(), message)
    match = _BACK.match(text)
    if match is None:
        return
    lists = _LIST.findall(before)
    if len(lists) != 1 or _figures(before):
        return
    count = len([part for part in re.split(r",\sand\s|,\s|\sand\s", lists[0]) if part.strip()])
    number = _number(match[1])
    # further apart, the words take up something else
    if number != count and abs(number - count) <= 2:
        message = f"The text says “{match[1]} {match[2]}”, but the sentence before lists {words(count)}."
        yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def _changed(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "4,500 boats; by 1930 there were 900, a fall of 60 per cent": two figures, and the change between them."""
    match = _CHANGED.search(text)
    if match is None or re.search(r"\bfrom\s[$€£]?\d[\d,.]*\s(?:[a-z]+\s){0,3}(?:in\s\d{4}\s)?to\s", text):
        return
    figures = [_number(each[0]) for each in _FIGURE.finditer(text[: match.start()]) if not _is_year(each[0])]
    if len(figures) != 2 or not figures[0]:
        return
    share = (figures[1] - figures[0]) / figures[0]
    told = float(match["percent"]) / 100 if match["percent"] else _FRACTIONS[re.sub(r"[\s-]", " ", match["fraction"].lower())]
    told = told if match["how"].lower() in _RISING else -told
    slack = max(0.01 if match["percent"] else _FRACTION_SLACK * 0.5, 0.12 * abs(share) if match["about"] else 0)
    if abs(told - share) > slack:
        message = f"From {figures[0]:,} to {figures[1]:,} it is {share * 100:+.0f} per cent."
        yield Slip(sentence.start + match.start() + 2, sentence.start + match.end(), message)


def _fractions(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check fractions that are dealt out to the last ("a third ..., and the others two thirds"), and one beside its numbers."""
    found = list(_FRACTION_OF.finditer(text))
    shares = [_FRACTIONS[re.sub(r"[\s-]", " ", each[1].lower())] for each in found]
    whole = len(shares) >= 2 and re.search(r"\b(?:the\s(?:other|others|rest|remaining)|remainder)\b", text, re.IGNORECASE)
    if whole and sum(shares) > 1 + _FRACTION_SLACK:
        start, end = sentence.start + found[0].start(), sentence.start + found[-1].end()
        yield Slip(start, end, "The fractions add up to more than the whole.")


def _figures(text: str) -> list[int]:
    """Return the numbers of a text that are no years."""
    return [_number(each) for each in re.findall(_NUMBER, text, re.IGNORECASE) if not _is_year(each)]


def _is_year(text: str) -> bool:
    return text.isdecimal() and 1000 <= int(text) <= 2100
