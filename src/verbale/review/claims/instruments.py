"""Judges claims about treaties and wars: dates, parties and lengths, and whether two states were at war in a year."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement, Statement, TableRow, span
from verbale.review.claims.wording import phrase, phrases
from verbale.review.claims.words import load_claim_words
from verbale.review.patterns import load_patterns
from verbale.vocab import DATA, Vocabulary, load_vocabulary
from verbale.vocab.instruments import COLUMNS, Instrument
from verbale.vocab.tables import read_rows

_WORDS: Final = load_patterns("claim_pacts.csv")

OWN: Final = "verbale-instruments"
# By name and year, by name alone, by the pair of states and the years, by the pair alone: each leaves more open.
# Two states seldom sign more in a year; the others add nothing.
MOST_TREATIES: Final = 4
# An act without a date of its own lies near the time that the sentences before tell.
YEARS_OFF: Final = 1
NAMED_AND_DATED, NAMED, PAIR_AND_YEARS, PAIR = 0.95, 0.8, 0.8, 0.6


def judge_named(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold what a text says of a named treaty or war against the list: its years, its parties, its length."""
    row = statement.instrument
    if row is None or not holdings.own:
        return None
    agrees = [f"name: {row.name}"]
    differs: list[str] = []
    if statement.years and statement.dated_here:
        first, last = statement.years
        near = bool(_WORDS["conference"].search(statement.named))  # it goes on before it ends in a treaty
        fits = (
            first - near <= row.years[0] <= last + near
            if row.kind == "treaty"
            else row.distance(first) == row.distance(last) == 0
        )
        (agrees if fits else differs).append(f"date: {_when(row)}")
    # only those who sign or fight must be parties
    if row.parties and statement.act in ("parties", "signed", "war"):
        strangers = [code for code in statement.actors if code not in row.parties]
        # a land that was no state yet had its treaties made by another
        strangers = [code for code in strangers if vocabulary.states.existed(code, row.years[0], tolerance=1)]
        named = {name.code for found in vocabulary.actors.find(statement.sentence) for name in found.names}
        if len(strangers) < len(statement.actors) and set(row.parties) <= named:
            strangers = []  # all parties are told: who else is, did something else
        if statement.actors:
            (differs if strangers else agrees).append(f"parties: {', '.join(row.parties)}")
    if statement.count is not None and (length := _length(row, statement.unit)) is not None:
        (agrees if length == statement.count else differs).append(f"length: {length} {statement.unit}")
    if not differs and len(agrees) < 2:
        return None
    one = _ground(row, agrees, differs)
    if (
        differs
        and row.kind == "war"
        and vocabulary.actors.find(statement.named)
        and not any("length" in text for text in differs)
    ):
        # A war named by its two states may be another war of theirs, which the list does not have.
        return None
    known = [code for code in statement.actors if code in row.parties]
    wrong = "date" in (differs or [""])[0] or (len(agrees) == 1 and not known)
    verdict: Verdict = "supported" if not differs else "contradicted" if wrong else "partly"
    told = phrases(differs or agrees[1:])
    confidence = NAMED_AND_DATED if statement.years and statement.dated_here else NAMED
    return Judgement(verdict, f"In {OWN}: {row.name}, {told}.", (one,), "by the name", confidence)


def judge_war(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim that two states fought in some years against the wars of the list and of the Correlates of War."""
    pair = statement.actors[:2]
    if len(pair) < 2 or statement.event is None:
        return None
    years = statement.years if statement.dated_here else None
    words = load_claim_words().lists["war-words"]
    if years is None and statement.event.trigger.lower() not in words:
        return None
    found = [war for war in _wars(pair, holdings, vocabulary) if years is None or _touch(years, war.years)]
    around = statement.years if years is None else None
    if around is not None:  # the sentences before tell the time, about
        found = [war for war in found if _touch((around[0] - YEARS_OFF, around[1] + YEARS_OFF), war.years)]
    if not found:
        return None
    grounds = []
    for war in found:
        agrees = [f"parties: {', '.join(pair)}"]
        differs: list[str] = []
        if years is not None:
            agrees.append(f"years: {span(war.years)}")
        if statement.count is not None and (length := war.length(statement.unit)) is not None:
            (agrees if length == statement.count else differs).append(f"length: {length} {statement.unit}")
        grounds.append(replace(war.ground, agrees=tuple(agrees), differs=tuple(differs)))
    fitting = [one for one in grounds if not one.differs]
    lengths = [text for one in fitting for text in one.agrees if text.startswith("length")]
    verdict: Verdict = "supported" if fitting else "partly"
    told = (
        f" in {span(years)}"
        if years
        else f"; {phrase(lengths[0])}"
        if lengths
        else f" at about that time ({span(around)})"
        if around
        else "; the text gives no year"
    )
    same = any(war.years == years for war in found) or bool(lengths)
    confidence = NAMED_AND_DATED if same else PAIR_AND_YEARS if years else PAIR
    reason = f"{pair[0]} and {pair[1]} were at war with each other{told}."
    how = "by the two states and the years" if years else "by the two states"
    return Judgement(verdict, reason, tuple(fitting or grounds), how, confidence)


def judge_signing(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim that states signed something against the listed treaties between them in the year; None where none is."""
    event = statement.event
    if event is None or not holdings.own or statement.years is None or not statement.dated_here or statement.negated:
        return None
    signing = load_claim_words().lists["signing"]
    if event.type != "AGREE" or not (event.trigger.lower() in signing or any(word in event.object.lower() for word in signing)):
        return None
    pair = set(statement.actors[:2])
    found = [
        row
        for row in vocabulary.instruments.all
        if row.kind == "treaty" and pair <= set(row.parties) and statement.years[0] <= row.years[0] <= statement.years[1]
    ]
    if not found:
        return None
    exact = [row for row in found if event.date is None or _fits_day(event.date.iso(), row.start)]
    if not exact:
        return None  # another day is another agreement
    told = ("parties: " + ", ".join(sorted(pair)), f"year: {span(statement.years)}")
    grounds = tuple(
        _ground(row, [*told], [] if row in exact else [f"date: {row.start}"]) for row in (exact or found)[:MOST_TREATIES]
    )
    names = "; ".join(f"{row.name} ({_when(row)})" for row in (exact or found)[:MOST_TREATIES])
    verdict: Verdict = "supported" if exact else "partly"
    return Judgement(verdict, f"{OWN} has {names}.", grounds, "by the parties and the year", PAIR_AND_YEARS if exact else PAIR)


def _fits_day(told: str, start: str) -> bool:
    """Tell whether two ISO dates agree as far as both go."""
    shorter = min(len(told), len(start))
    return told[:shorter] == start[:shorter]


def fought_each_other(row: Instrument, first: str, second: str) -> bool:
    """Tell whether two fought each other in a war of the program's list."""
    sides = [{first, second} & set(side) for side in row.sides]
    return row.kind == "war" and len(sides) == 2 and all(sides) and sides[0] != sides[1]


@dataclass(frozen=True, slots=True)
class _War:
    ground: Ground
    years: tuple[int, int]
    row: Instrument | None = None

    def length(self, unit: str) -> int | None:
        return _length(self.row, unit) if self.row else None


def _wars(pair: tuple[str, ...], holdings: Holdings, vocabulary: Vocabulary) -> Iterator[_War]:
    first, second = pair
    if holdings.own:
        for row in vocabulary.instruments.all:
            if fought_each_other(row, first, second):
                yield _War(_ground(row, (), ()), row.years, row)
    name = "cow-wars"
    rows = [row for row in holdings.tables.get(name, ()) if row["code"] in pair and row["start"]]
    for one in rows:
        for other in rows:
            opposed = one["warnum"] == other["warnum"] and one["side"] != other["side"]
            if opposed and one["code"] == first and other["code"] == second:
                yield _cow_ground(name, one, other, holdings)


def _cow_ground(name: str, one: TableRow, other: TableRow, holdings: Holdings) -> _War:
    start: datetime.date = max(one["start"], other["start"])
    ends = [row["end"] for row in (one, other) if row["end"]]
    last = min(ends).year if ends else datetime.date.max.year
    text = f"{one['warname']}, {one['code']} against {other['code']} from {start}"
    return _War(Ground(text, name, holdings.editions.get(name, ""), one["line"]), (start.year, last))


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _when(row: Instrument) -> str:
    return f"{row.start} to {row.end}" if row.end and row.end != row.start else row.start


def _length(row: Instrument, unit: str) -> int | None:
    """Return how long a war was, first and last day counted, where the list has both as precisely as the unit needs."""
    if not row.end:
        return None
    if unit == "days" and len(row.start) == len(row.end) == 10:
        return (datetime.date.fromisoformat(row.end) - datetime.date.fromisoformat(row.start)).days + 1
    return row.years[1] - row.years[0] if unit == "years" else None


def _ground(row: Instrument, agrees: list[str] | tuple[str, ...], differs: list[str] | tuple[str, ...]) -> Ground:
    sides = " against ".join("|".join(side) for side in row.sides) or "many parties"
    place = f", {row.place}" if row.place else ""
    return Ground(
        f"{row.name} ({row.kind}), {_when(row)}: {sides}{place}",
        dataset=OWN,
        line=_lines().get((row.name, row.start)),
        agrees=tuple(agrees),
        differs=tuple(differs),
    )


def row_of(one: Ground) -> Instrument | None:
    """Return the treaty or war of the program's list on which a ground rests, by its line, else by its name and day."""
    if one.dataset != OWN:
        return None
    by_line, by_name = _rows()
    found = by_line.get(one.line) if one.line is not None else None
    return found or next((row for start, row in by_name.items() if one.text.startswith(start)), None)


@functools.cache
def _rows() -> tuple[dict[int, Instrument], dict[str, Instrument]]:
    lines, known = _lines(), load_vocabulary().instruments.all
    by_line = {line: row for row in known if (line := lines.get((row.name, row.start))) is not None}
    return by_line, {f"{row.name}, {row.start}": row for row in known}


@functools.cache
def _lines() -> dict[tuple[str, str], int]:
    return {
        (row.required("name"), re.sub(r"\s", "", row.text("start"))): row.line
        for row in read_rows(DATA / "instruments.csv", COLUMNS)
    }
