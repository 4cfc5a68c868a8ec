"""Counts against a list that needs no rule of its own sentence: "the four things were A, B and C", shares that pass 100."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_compared import hedged
from verbale.review.checks.count_items import NAME, VERBS, bind
from verbale.review.counting import slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, PERCENT, Marked
from verbale.review.numbers import NUMBER_PATTERN, read_count, words
from verbale.review.quantities import read_fraction

MAX_ITEMS: Final = 20
# Five rounded shares may together be off by half of a per cent each; a share in words is rounded more freely.
_PERCENT_ROOM: Final = 2.5
_FRACTION_ROOM, _EXACT_ROOM = 0.06, 0.02
_NUMBER: Final = rf"(?<![\w.,$-])(?P<number>{NUMBER_PATTERN})"
_DETERMINED: Final = r"(?:the|an?|its|his|her|their|our)\s[\w'’-]+(?:\s(?:of\s(?:the\s)?)?[\w'’-]+){0,3}?"
_PLAIN: Final = r"[\w'’-]+(?:\s[\w'’-]+)?"
# "The four things that the king kept were the courts, the land and the post office."
_WERE: Final = re.compile(
    rf"^(?:The|These|Those|Its|His|Her|Their|All)\s(?:other\s|only\s|remaining\s)?{_NUMBER}(?P<noun>(?:\s[\w'’-]+){{0,9}}?)\s(?:were|are)\s"
    rf"(?:(?P<list>{_DETERMINED}(?:,\s{_DETERMINED})+,?\sand\s{_DETERMINED})"
    rf"|(?:the|its|his|their)\s[a-z]+s\s(?:on|of|for|in|from|against)\s(?P<plain>{_PLAIN}(?:,\s{_PLAIN})+,?\sand\s{_PLAIN}))\.?$"
)
# "Seven further states signed: the United States and France in 1856, Denmark in 1858 and Prussia in 1862"
_IN_YEAR: Final = rf"{NAME}(?:\s(?:in|on|by)\s(?:[A-Z][a-z]+\s)?(?:1\d{{3}}|20\d{{2}}))?"
_DATED_LIST: Final = re.compile(
    rf"{_NUMBER}\s(?P<noun>(?:[a-z'-]+\s){{0,3}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b[^.:;]{{0,80}}?:\s(?P<list>{_IN_YEAR}(?:(?:,\sand|,|\sand)\s{_IN_YEAR})+)\s?(?=[.;]|$)",
    re.IGNORECASE,
)
# "a party of 110: ninety prisoners, twelve bandsmen and four nobles"
_OF_COLON: Final = re.compile(
    rf"\s(?:of|numbered|numbering)\s(?P<whole>{COUNT})(?::\s|\s\(|\s?[–—]\s?)(?P<rest>{COUNT}\s[^.;:()–—]+)"
)
# "a party of fourteen, nine soldiers and five guides, crossed": each part with its own number, closed by a comma
_PARTY: Final = rf"{COUNT}\s[a-z-]+(?:\s[a-z-]+)?"
_OF_PARTY: Final = re.compile(rf"\sof\s(?P<whole>{COUNT}),\s(?P<rest>{_PARTY}(?:,\s{_PARTY})*,?\sand\s{_PARTY}?)(?=[,.;])")
# "Norway took 31 per cent, Britain 26, the others 43"
_WHO: Final = r"(?:the\s)?[A-ZÀ-Þ][\w'’-]*(?:\s(?:with\s|of\s|and\s)?(?:the\s)?[A-ZÀ-Þ][\w'’-]*){0,3}"
_OWNER: Final = rf"(?:{_WHO}|the\s[a-z'’]+(?:\s[a-z]+)?)"
_SHARES: Final = re.compile(
    rf"(?P<first>{PERCENT})(?:\sof\s(?:the|its|all)\s[a-z]+)?(?P<more>(?:(?:,|,?\sand)\s{_OWNER}\s{COUNT}){{2,9}})(?P<last>[^.;%]{{0,30}}?\bthe\s(?:last|rest|other|remaining)[^.;]{{0,20}}?\s?{PERCENT})?"
)
_WHOLE: Final = re.compile(r"\b(?:the\swhole|between\sthem|in\sall|nothing\selse|no\sone\selse|all\sof\sit)\b")
_REMAINING: Final = re.compile(
    r"\bthe\s(?:remaining|last)\s(?P<share>(?:(?:one|two|three|four)\s)?(?:half|thirds?|quarters?|fifths?|sixths?|tenths?|eighths?))\b"
)
_CAST: Final = re.compile(
    rf"\bby\s(?:a\svote\sof\s)?(?P<yes>{COUNT})\s(?:votes?\s)?(?:to|against)\s(?P<no>{COUNT}),?\s(?:out\s)?of\s(?:the\s|a\stotal\sof\s)?(?P<whole>{COUNT})\s(?:votes\s)?cast\b"
)
_INTRODUCES: Final = re.compile(
    r"^(?:They|These|Those|The\s(?:members|parties|signatories))\s(?:were|are)(?:\sthe\sfollowing)?:$"
)


def find_written(manuscript: Manuscript, sentence: Sentence, marked: Marked, before: str) -> Iterator[Slip]:
    """Yield a slip for each count, whole or set of shares that the list in its own sentence contradicts."""
    yield from _were(manuscript, sentence, marked.text)
    yield from _dated_list(manuscript, sentence, marked.text)
    yield from _of_colon(sentence, marked)
    yield from _shares(sentence, marked)
    yield from _remaining(sentence, marked)
    yield from _cast(sentence, marked)
    yield from _introduced(manuscript, sentence, marked.text, before)


def _were(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    bound = bind(manuscript, text.strip())
    match = _WERE.match(bound)
    if match is None or bound != text:
        return
    listed = match["list"] or match["plain"]
    number, count = read_count(match["number"]), len(re.split(r",\sand\s|,\s|\sand\s", listed))
    unclear = VERBS.search(listed) or re.search(rf"\b{NUMBER_PATTERN}\b", listed) or VERBS.search(match["noun"])
    if 2 <= number <= MAX_ITEMS and number != count and not unclear and not _open(manuscript, bound):
        message = f"The text says “{match['number']}{match['noun']}”, but names {words(count)}."
        yield slip_in(sentence, 0, match.end(), message)


def _dated_list(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    bound = bind(manuscript, text)
    for match in _DATED_LIST.finditer(bound):
        listed, number = match["list"], read_count(match["number"])
        if not re.search(r"\s(?:in|on|by)\s", listed) or _open(manuscript, match[0]):
            continue
        if re.search(r"\b(?:of|than|least|over|about|nearly|some)\s$", bound[max(0, match.start() - 12) : match.start()]):
            continue
        members = [part for part in re.split(r",\sand\s|,\s|\sand\s", listed) if part.strip()]
        capital = all(re.match(r"(?:the\s)?[A-ZÀ-Þ]", part) for part in members)
        if capital and 2 <= number <= MAX_ITEMS and len(members) != number:
            message = f"The text says “{match['number']} {match['noun']}”, but names {words(len(members))}."
            yield slip_in(sentence, match.start(), match.end(), message)


def _of_colon(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check a number against the parts that follow it at once, each of which begins with its own number."""
    for match in (*_OF_COLON.finditer(marked.marks), *_OF_PARTY.finditer(marked.marks)):
        parts = re.split(r",\sand\s|,\s|\sand\s", match["rest"])
        if len(parts) < 2 or not all(re.match(COUNT, part) for part in parts):
            continue
        starts = [
            match.start("rest") + found.start() for found in re.finditer(rf"(?:^|(?<=,\s)|(?<=and\s)){COUNT}", match["rest"])
        ]
        whole, total = marked.value(match.start("whole")), sum(marked.value(start) for start in starts)
        if len(starts) == len(parts) and total != whole:
            message = f"The parts add up to {words(int(total))}, not {words(int(whole))}."
            yield slip_in(sentence, match.start(), match.end(), message)


def _shares(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Add up shares of which only the first is written with its "per cent"."""
    for match in _SHARES.finditer(marked.marks):
        inside = [each for each in marked.quantities if match.start() <= each.start < match.end()]
        total = sum(each.value for each in inside)
        everything = match["last"] or _WHOLE.search(marked.text[match.end() :])
        if total > 100 + _PERCENT_ROOM or (everything and total < 100 - _PERCENT_ROOM):
            yield slip_in(sentence, match.start(), len(marked.text), f"The shares add up to {total:g} per cent.")


def _remaining(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "three quarters to A and the remaining third to B"."""
    for match in _REMAINING.finditer(marked.text):
        opening = max(marked.text.rfind(stop, 0, match.start()) for stop in (". ", "; "))
        parts = [each for each in marked.quantities if opening < each.start < match.start() and each.kind == "fraction"]
        total = sum(each.value for each in parts) + read_fraction(match["share"])
        # "a third of the land to A, a third to B and the last quarter": one whole, told once
        one = len(parts) == 1 or len(re.findall(r"\bof\s(?:the|its|his|their)\b", marked.text[opening + 1 : match.end()])) <= 1
        # what is told as what remains is exact, if no share is told to be rough
        room = _FRACTION_ROOM if any(hedged(marked, each.start) for each in parts) else _EXACT_ROOM
        if parts and (total > 1 + room or (one and 0.6 < total < 1 - room)):
            message = f"The shares add up to {total * 100:.0f} per cent."
            yield slip_in(sentence, parts[0].start, match.end(), message)


def _cast(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for match in _CAST.finditer(marked.marks):
        total = marked.value(match.start("yes")) + marked.value(match.start("no"))
        whole = marked.value(match.start("whole"))
        if total != whole and not re.search(r"\b(?:abst|spoil|blank|invalid|void)", marked.text):
            message = f"The votes add up to {words(int(total))}, not {words(int(whole))}."
            yield slip_in(sentence, match.start(), match.end(), message)


def _introduced(manuscript: Manuscript, sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Check the one count of a sentence against the points that the next sentence introduces ("They were:")."""
    if not _INTRODUCES.match(text.strip()):
        return
    counts = [
        match
        for match in re.finditer(
            rf"{_NUMBER}\s(?:[a-z'-]+\s){{0,2}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)\b", before, re.IGNORECASE
        )
        if 2 <= read_count(match["number"]) <= MAX_ITEMS
    ]
    blocks, end = manuscript.document.blocks, sentence.block + 1
    while end < len(blocks) and blocks[end].kind == "list_item":
        end += 1
    count = end - sentence.block - 1
    if len(counts) != 1 or count < 2 or count == read_count(counts[0]["number"]):
        return
    at = manuscript.text.rfind(counts[0][0], 0, sentence.start)
    if at >= 0:
        yield Slip(at, at + len(counts[0][0]), f"The text says “{counts[0][0]}”, but the list has {words(count)} points.")


def _open(manuscript: Manuscript, text: str) -> bool:
    return re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", text, re.IGNORECASE) is not None
