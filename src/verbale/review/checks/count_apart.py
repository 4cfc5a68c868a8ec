"""A whole and its parts in sentences of their own: "The fleet had 18 ships. Twelve were galleys. The other eight ...".

The parts are all of the whole where the last are told to be the others, or where each sentence says the same of its part; parts
that make more than their whole are wrong in any case, if no member can be of two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_totals import cuts_across
from verbale.review.counting import comparable, either, measures, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, FRACTION, Marked
from verbale.review.numbers import NUMBER_PATTERN
from verbale.review.reckoning import Figure, figures, listed, stem

# A result this many times the one expected, or less, is of other numbers; so much more parts of different kinds may make.
_FAR, _MIXED = 1.6, 1.25
# So many sentences back the whole may stand.
_BACK: Final = 5
# Fewer parts of different kinds than this may overlap.
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as told: its number, its noun, what is said of it, the kind of that, and whether it closes its row."""

    value: float
    noun: str
    said: str
    frame: str
    closes: bool


def find_apart(sentence: Sentence, marked: Marked, passage: Sequence[Marked], after: str) -> Iterator[Slip]:
    """Yield a slip for each whole that its parts contradict; `passage` is the paragraph before, `after` the next sentence."""
    yield from _one_by_one(sentence, marked, passage, after)
    yield from _other_part(sentence, marked)


@cache
def _clause() -> re.Pattern[str]:
    did = rf"(?P<did>(?:{either('acted')}|[a-z]+ed)\b(?:\s[a-z]+ed\b)?)"
    return re.compile(
        rf"^(?:[^.;:]{{0,40}}?,?\s)??(?P<other>(?:[Tt]he\s(?:other|remaining|last)\s)?)(?P<more>(?:(?:[Aa]|[Ss]ome)\sfurther\s|[Aa]nother\s)?)"
        rf"(?P<part>{AMOUNT})(?:\sof\s(?:them|these|those))?"
        rf"(?P<noun>(?:\s(?!{either('acted')}\b)[a-z]+(?<!ed))?)\s{did}(?P<tail>[^;:]*)$",
    )


# "The Liberals hold 48.": what has the part stands before it.
@cache
def _holder() -> re.Pattern[str]:
    return re.compile(rf"^(?:The\s)?[A-ZÀ-Þ][\w'’-]+\s(?P<did>{either('shared out')}|have|hold)\s(?P<part>{AMOUNT})[.;]?$")


@cache
def _remainder() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:The|Its|Their)\s(?:other|remaining|last)\s(?P<part>{AMOUNT})(?P<noun>(?:\s[a-z]+(?<!ed))?)\s[a-z]+\b",
        re.IGNORECASE,
    )


@cache
def _whole_and_part() -> re.Pattern[str]:
    return re.compile(
        rf"^Of\s(?:the|its|their|these|his)\s(?P<whole>{AMOUNT})\s[a-z]+(?:\s(?:in|of|at)\s[^,.;:]{{3,30}})?,?\s(?={AMOUNT})"
    )


def _kind(did: str, tail: str) -> str:
    """Return of what kind a statement is: "were" with a name, a plural, a participle or another word; else its verb."""
    word = tail.split(maxsplit=1)[0] if tail.split() else ""
    if did.split(maxsplit=1)[0] not in ("were", "are"):
        return did
    if did.endswith("ed") or word.endswith("ed") or re.fullmatch(either("picked out"), word):
        return "done"
    return "name" if word[:1].isupper() else "plural" if word.rstrip(".,").endswith(("s", "men")) else "other"


def _parts_in(marked: Marked, start: int = 0) -> list[_Part]:
    """Return the parts that a sentence tells from an offset on, one in each of its clauses; none beside any other number."""
    found = []
    for clause in re.split(r"(?<=;)\s", marked.marks[start:]):
        said = re.sub(r"^(?:and|but|while)\s|;$", "", clause)
        match = _clause().match(said)
        rest = _remainder().match(said)
        holder = _holder().match(said)
        if match is None and rest is None and holder is None:
            return []
        if match is not None:
            tail = f" {match['did']}{match['tail']}"
            kind = "another" if match["more"] else _kind(match["did"], match["tail"])
            found.append(_Part(0, match["noun"].strip(), tail, kind, match["other"] != ""))
        elif rest is not None:
            found.append(_Part(0, rest["noun"].strip(), "", "", True))
        elif holder is not None:
            found.append(_Part(0, "", "", "holds", False))
    numbers = [each for each in figures(marked) if each.start >= start]
    if len(numbers) != len(found):
        return []
    return [
        _Part(number.value, each.noun, each.said, each.frame, each.closes) for number, each in zip(numbers, found, strict=True)
    ]


def _first_of(marked: Marked) -> tuple[Figure, list[_Part]] | None:
    """Return the whole and the part of "Of the 210 prisoners 80 were exchanged in June"."""
    match = _whole_and_part().match(marked.marks)
    if match is None:
        return None
    whole = next((each for each in figures(marked) if each.start == match.start("whole")), None)
    parts = _parts_in(marked, match.end())
    return None if whole is None or not parts else (whole, parts)


def _one_by_one(sentence: Sentence, marked: Marked, passage: Sequence[Marked], after: str) -> Iterator[Slip]:
    """Check "The delegation had nine members. Five came from the ministry. Three came from the army."."""
    parts = _parts_in(marked)
    if not parts or _goes_on(after):
        return
    whole: Figure | None = None
    said = [marked.text]
    for text in reversed(passage[-_BACK:]):
        first = _first_of(text)
        more = [] if first else _parts_in(text)
        if first is not None:
            whole, parts, said = first[0], [*first[1], *parts], [text.text, *said]
            break
        if not more or (len(more) == 1 and _leads(text, min(each.value for each in parts))):
            numbers = figures(text)
            whole = numbers[0] if len(numbers) == 1 and _exact(text, numbers[0].start) else None
            break
        parts, said = [*more, *parts], [text.text, *said]
    if whole is None or not whole.stems or len(parts) < 2 or not _wrong(whole, parts, said):
        return
    at = figures(marked)[-1]
    total = sum(each.value for each in parts)
    yield slip_in(sentence, at.start, at.end, f"The parts add up to {show(total)}, not {show(whole.value)}.")


def _wrong(whole: Figure, parts: Sequence[_Part], said: Sequence[str]) -> bool:
    """Tell whether parts that are all of a whole, or cannot overlap, do not make it."""
    nouns = {stem(each.noun) for each in parts if each.noun and not each.closes}
    if whole.value <= max(each.value for each in parts) or not nouns <= whole.stems:
        return False
    if any(measures(each) for each in whole.stems) and whole.value < 1000:
        return False
    text = re.sub(r"\b(?:[Aa]|[Ss]ome)\sfurther\b|\bAnother\b", "", " ".join(said))
    tails = [each.said for each in parts]
    if cuts_across(tails) or any(listed("cuts across", each) for each in tails):
        return False
    total = sum(each.value for each in parts)
    frames = {each.frame for each in parts}
    # of those who hold seats not all are told
    whole_row = len(frames) == 1 and (frames != {"holds"} or total > whole.value)
    same = (whole_row and not listed("alters", text)) or parts[-1].closes
    more = listed("beyond", text) or any(re.search(r"\bof\s(?:them|these|those)\b", each) for each in said)
    mixed = len(parts) >= _SEVERAL and whole.value < total <= _MIXED * whole.value and not more
    return (same or mixed) and total != whole.value and comparable(total, whole.value, _FAR)


def _leads(text: Marked, least: float) -> bool:
    """Tell whether a sentence tells a whole and no part: its number is larger than those after it and has a noun."""
    number = figures(text)[0]
    return bool(number.stems) and number.value > least and not re.match(r"\W*$", text.text[: number.start])


def _exact(whole: Marked, at: int) -> bool:
    """Tell whether a number is exact and not of those alone who are not all: "more than nine", "nine of the members"."""
    lead = whole.text[:at]
    return re.search(rf"\b(?:{either('roughly')}|at\sleast|of|another|for|first)\s(?:the\s)?$", lead, re.IGNORECASE) is None


def _goes_on(after: str) -> bool:
    """Tell whether the next sentence goes on with parts: it begins with a number, or with what is left."""
    begins = rf"(?:The\s)?(?:{NUMBER_PATTERN}|{either('rest')}|{either('another')})\b"
    return re.match(begins, after, re.IGNORECASE) is not None or _holder_again(after)


def _holder_again(after: str) -> bool:
    holds = rf"(?:The\s)?[A-ZÀ-Þ][\w'’-]+\s(?:{either('shared out')}|have|hold)\s{NUMBER_PATTERN}\b"
    return re.match(holds, after) is not None


@cache
def _share_and_other() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<share>{FRACTION})\sof\s(?:the|its|his|her|their|these)\s(?P<whole>{COUNT})\s[a-z]+\b[^.:]{{2,80}}?[;,]\s(?:and\s|but\s|while\s)?"
        rf"the\s(?:other|remaining)\s(?P<rest>{COUNT})(?:\s[a-z]+s)?(?=\s(?:{either('acted')}|[a-z]+ed|sit|serve|stay|come|live)\b)",
        re.IGNORECASE,
    )


def _other_part(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "half of the 24 members were new; the other twelve had sat since 1920"."""
    match = _share_and_other().search(marked.marks)
    if match is None:
        return
    share, whole, rest = (marked.value(match.start(name)) for name in ("share", "whole", "rest"))
    real = whole * (1 - share)
    if abs(real - round(real)) < 0.01 and round(real) != rest and comparable(rest, real, _FAR):
        number = marked.quantity(match.start("rest"))
        message = f"Of {show(whole)} there remain {show(round(real))}, not {show(rest)}."
        yield slip_in(sentence, number.start, number.end, message)
