"""Reads which times of a sentence begin a spell of a record and which end it, and holds them against the spells that it has."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from verbale.review.claims.moments import Moment, ends_of
from verbale.review.claims.quantity import bound
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_told_more.csv")

TABLE: Final = "claim_spells.csv"
# A text that gives whole years may round a spell's length either way.
YEARS_OFF: Final = 1
# "Some twenty years" may be a fifth more or less.
ROUGH_OFF: Final = 0.2

EdgeKind = Literal["begins", "ends", "during"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of a record: its first and last day (None where it goes on), whether they are known to the day, and its row.

    `open_start` says that the record begins with it, so that its first day is none that it tells.
    """

    first: datetime.date
    last: datetime.date | None
    line: int | None
    dataset: str
    exact: bool = True
    open_start: bool = False

    @property
    def told(self) -> str:
        """Return it in words."""
        if self.exact:
            return f"{self.first} to {self.last or 'the last day of the record'}"
        return f"{self.first.year} to {self.last.year if self.last else 'the last year of the record'}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A time of a sentence, with what it dates, where the words for that stand, and whether it is negated (not before)."""

    moment: Moment
    kind: EdgeKind
    word: int
    negated: bool = False


def edges(telling: Telling, begins: str, ends: str, during: str = "") -> list[Edge]:
    """Return the times that a sentence tells of a spell; `begins`, `ends` and `during` name the patterns of the words."""
    patterns, text = load_patterns(TABLE), telling.text
    words = [(match.start(), match.end(), "begins") for match in patterns[begins].finditer(text)]
    words += [(match.start(), match.end(), "ends") for match in patterns[ends].finditer(text)]
    words += [(match.start(), match.end(), "during") for match in patterns[during].finditer(text)] if during else []
    # of words that overlap the longer tells: "the occupation ended" begins
    whole = [one for one in words if not any(_inside(one, other) for other in words)]
    words = sorted(whole)
    found: list[Edge] = []
    last = 0
    for at, moment in enumerate(telling.moments):
        parts = ends_of(text, moment)
        following = telling.moments[at + 1].start if at + 1 < len(telling.moments) else len(text)
        if parts is not None:
            found += [Edge(parts[0], "begins", moment.start), Edge(parts[1], "ends", moment.start)]
        else:
            edge = _edge(text, moment, words, last, following)
            if edge is not None:
                found.append(edge)
        last = moment.end
    return found


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]


def _edge(text: str, moment: Moment, words: Sequence[tuple[int, int, str]], last: int, following: int) -> Edge | None:
    before = [one for one in words if one[1] <= moment.start]
    near = [one for one in before if one[0] >= last]
    behind = [one for one in words if moment.end <= one[0] < following]
    chosen = near[-1] if near else behind[0] if behind else before[-1] if before else None
    negated = load_patterns(TABLE)["negated"].search(text[: moment.start]) is not None
    if negated and chosen is not None:
        return Edge(moment, chosen[2], chosen[0], negated=_WORDS["spells-before"].search(text[: moment.start]) is not None)  # type: ignore[arg-type]
    before_it = text[: moment.start]
    if moment.bound == "since":
        return None if load_patterns(TABLE)["after"].search(before_it) else Edge(moment, "begins", moment.start)
    if (
        moment.bound == "until"
        and near
        and near[-1][2] == "ends"
        and not _WORDS["spells-until"].search(text, near[-1][0], near[-1][1])
    ):
        return Edge(moment, "begins", near[-1][0])  # what vanished until 1945 was there again then
    if moment.bound == "until" and _WORDS["spells-denies"].search(text, moment.end) and not before:
        return Edge(moment, "begins", moment.end)  # "until 1946 the list knew no Syria"
    if moment.bound == "until":
        return None if _WORDS["spells-before"].search(before_it) else Edge(moment, "ends", moment.start)
    return Edge(moment, chosen[2], chosen[0]) if chosen is not None else None  # type: ignore[arg-type]


def held(edge: Edge, spells: Sequence[Spell]) -> Spell | None:
    """Return the spell that begins or ends, or is on, as an edge tells; None where none does."""
    for one in spells:
        if edge.kind == "during":
            if edge.moment.touches(one.first, one.last):
                return one
            continue
        day = one.first if edge.kind == "begins" else one.last
        if day is None or (edge.kind == "begins" and one.open_start):
            continue
        if edge.negated:
            if day >= edge.moment.first:
                return one
        elif edge.moment.holds(day) if one.exact else edge.moment.first.year <= day.year <= edge.moment.last.year:
            return one
    return None


def parts(edges_told: Sequence[Edge], spells: Sequence[Spell], told: str, *, firm: bool, years_off: int = 0) -> Iterator[Part]:
    """Yield a part for each edge: whether a spell has it, and whether a record that has it not denies it.

    What lies `years_off` years or fewer from an edge of the record is neither: sources date such things differently.
    """
    for edge in edges_told:
        fitting = held(edge, spells)
        if fitting is not None:
            yield Part(True, f"{told}: {fitting.told}", fitting.dataset, fitting.line, firm=True)
            continue
        days = [
            day
            for one in spells
            for day in (
                (one.first,) if edge.kind == "begins" else (one.last,) if edge.kind == "ends" else (one.first, one.last)
            )
            if day is not None
        ]
        close = any(abs(day.year - edge.moment.first.year) <= years_off for day in days) if years_off else False
        if close or (edge.kind == "begins" and spells and all(one.open_start for one in spells)):
            continue  # what was there when the record begins has no first day that it tells
        if spells:
            near = min(spells, key=lambda one: abs(one.first.year - edge.moment.first.year))
            yield Part(False, f"{told}: {near.told}", near.dataset, near.line, firm=firm)


def lasted(telling: Telling, spells: Sequence[Spell], told: str) -> Iterator[Part]:
    """Yield whether a spell lasted as many years as a sentence tells."""
    match = load_patterns(TABLE)["lasted"].search(telling.text)
    ended = [one for one in spells if one.last is not None]
    if match is None or not ended:
        return
    number, rough = value(match["number"]), (match["rough"] or "").lower()
    lengths = [
        (one.last - one.first).days / 365.25 if one.exact else one.last.year - one.first.year for one in ended if one.last
    ]
    fits = any(length_fits(number, rough, length) for length in lengths)
    yield Part(fits, f"{told}: {ended[0].told}", ended[0].dataset, ended[0].line, firm=True)


def length_fits(number: int, rough: str, length: float) -> bool:
    """Tell whether a number of years, told plainly or roughly, is that of a spell."""
    way = bound(rough)
    if way == "more":
        return number - YEARS_OFF < length <= max(number + 3, number * 1.5)
    if way == "less":
        return number * 0.6 <= length <= number + YEARS_OFF
    return abs(length - number) <= (max(YEARS_OFF, ROUGH_OFF * number) if rough else YEARS_OFF)
