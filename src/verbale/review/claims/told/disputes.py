"""Holds what a sentence tells of disputes and borders against the militarised disputes and the contiguity of two states."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.quantity import bound, read_quantity
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, best_pair, together
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

_WORDS: Final = load_patterns("claim_told_more.csv")

MID, CONTIGUITY = "cow-mid-participants", "cow-contiguity"
# Land alone; across water is no neighbour of a text about land borders.
LAND: Final = 1
# Levels of fatalities of the record, by the most that died: none, 25, 100, 250, 500, 999.
_LEVELS: Final = ((0, 0), (1, 25), (26, 100), (101, 250), (251, 500), (501, 999), (1000, 10_000_000))
# A sentence that names more states tells of more than one dispute, and of other things.
MOST: Final = 4
# Reports date a first clash some days before or after the record does.
DAYS_OFF: Final = datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute between two states: when both took part, and the highest level of fatalities of the two."""

    number: object
    pair: tuple[str, str]
    first: datetime.date
    last: datetime.date
    fatality: int | None
    hostility: int
    line: int

    @property
    def told(self) -> str:
        """Return it in words."""
        return f"dispute {self.number} of {self.pair[0]} and {self.pair[1]}, {self.first} to {self.last}"


def disputes_of(rows: Sequence[TableRow], first: str, second: str) -> list[Dispute]:
    """Return the disputes in which two states stood on different sides, in order."""
    mine: dict[object, list[TableRow]] = {}
    theirs: dict[object, list[TableRow]] = {}
    for row in rows:
        if row["start"] and row["code"] in (first, second):
            (mine if row["code"] == first else theirs).setdefault(row["dispnum"], []).append(row)
    found = []
    for number in mine.keys() & theirs.keys():
        for one in mine[number]:
            for other in theirs[number]:
                start = max(one["start"], other["start"])
                last = min(one["end"] or one["start"], other["end"] or other["start"])
                if one["sidea"] != other["sidea"] and start <= last:
                    levels = [
                        row["fatality"] for row in (one, other) if (row.get("fatality") or -1) >= 0 or row.get("fatality") == 0
                    ]
                    hostility = max(one.get("hostlev") or 0, other.get("hostlev") or 0)
                    found.append(
                        Dispute(number, (first, second), start, last, max(levels) if levels else None, hostility, one["line"])
                    )
    return sorted(found, key=lambda each: (each.first, str(each.number)))


def judge_disputes(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the records have of the disputes or neighbours of a sentence; None where they do not tell."""
    del vocabulary
    patterns, text = load_patterns("claim_told.csv"), telling.text
    parts: list[Part] = [*_borders(telling, holdings)]
    rows = holdings.tables.get(MID, ())
    if (
        not parts
        and rows
        and (
            patterns["dispute-talk"].search(text)
            or any(patterns["dispute-talk"].search(one.text) for one in telling.before[:2])
        )
    ):
        parts = [*_record(telling, rows)]
    if not parts and rows and (tells_dispute(text) or patterns["dispute-dead"].search(text)):
        parts = [*_neighbours(telling, holdings)] or [*_disputes(telling, rows)]
    return together(parts, holdings, "by the two states and the time")


def _borders(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    match = load_patterns("claim_told.csv")["borders"].search(telling.text)
    rows = holdings.tables.get(CONTIGUITY, ())
    if match is None or not rows or not _WORDS["disputes-neighbours"].search(telling.text):
        return
    subject = next(iter(telling.codes), telling.main)
    number = value(match["number"] or match["number2"] or match["number3"])
    if not subject or not 1 <= number <= 20:
        return
    moment = telling.moments[0] if telling.moments else None
    held = [row for row in rows if subject in (row["code1"], row["code2"]) and row["conttype"] == LAND and row["start"]]
    if not held:
        return
    last = max(row["end"] or datetime.date.max for row in rows)
    day = moment.last if moment else last
    now = {
        row["code2"] if row["code1"] == subject else row["code1"]
        for row in held
        if row["start"] <= day <= (row["end"] or datetime.date.max)
    }
    yield Part(
        number == len(now),
        f"{subject} touches {len(now)} by land: {', '.join(sorted(now))}",
        CONTIGUITY,
        held[0]["line"],
        firm=True,
    )


def _record(telling: Telling, rows: Sequence[TableRow]) -> Iterator[Part]:
    """Yield what a sentence tells of the whole list of two states: how many, the first or last, one in every year, none."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    talk = patterns["dispute-talk"].search(text) is not None
    if talk or patterns["dispute-count"].search(text):
        yield from best_pair(telling, lambda pair: list(_listed(telling, rows, pair)))
    if not patterns["dispute-side"].search(text) or len(telling.codes) < 2:
        return
    moments = telling.moments or next((one.moments for one in telling.before[:2] if one.moments), ())
    by_number: dict[object, list[TableRow]] = {}
    for row in rows:
        if row["start"] and any(one.touches(row["start"], row["end"] or row["start"]) for one in moments):
            by_number.setdefault(row["dispnum"], []).append(row)
    for of in by_number.values():
        sides = {code: {row["sidea"] for row in of if row["code"] == code} for code in telling.codes}
        there = [code for code in telling.codes if sides[code]]
        alike = len({side for code in there for side in sides[code]}) == 1
        if len(there) >= 2 and alike:
            told = f"dispute {of[0]['dispnum']}: " + " against ".join(
                ", ".join(sorted(str(row["code"]) for row in of if row["sidea"] == side)) for side in (True, False)
            )
            yield from (Part(code in there, told, MID, of[0]["line"]) for code in telling.codes)
            return


def _listed(telling: Telling, rows: Sequence[TableRow], pair: tuple[str, str]) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    talk = patterns["dispute-talk"].search(text) is not None
    counted, place = patterns["dispute-count"].search(text), patterns["dispute-place"].search(text)
    whole = list({one.number: one for one in reversed(disputes_of(rows, *pair))}.values())[::-1]
    if not whole:
        return
    since = next((one for one in telling.moments if one.bound == "since" or one.exact == "span"), None)
    chosen = [
        one
        for one in whole
        if since is None or (one.first >= since.first and (since.bound == "since" or one.first <= since.last))
    ]
    if counted and (talk or _WORDS["disputes-between"].search(text)):
        words = (counted["number"] or counted["number2"] or counted["number3"]).lower()
        number = _COUNTS.get(words) or _int(words)
        if number and number > 1:
            how = (counted["how"] or counted["how2"] or counted["how3"] or "").lower()
            of_all = _WORDS["disputes-of-all"].match(text[counted.end() :])
            fits = _counts(number, how, len(whole if of_all else chosen), rough=words in _COUNTS)
            yield Part(fits, f"{len(chosen)} disputes of {pair[0]} and {pair[1]}", MID, whole[0].line, firm=True)
    if place:
        first = place["place"].lower() in ("first", "earliest")
        best = whole[0] if first else max(whole, key=lambda one: one.first)
        moments = [one for one in telling.moments if one.start >= place.start()][:1] or list(telling.moments[:1])
        for moment in moments:
            fits = moment.touches(best.first - DAYS_OFF, best.first + DAYS_OFF) or (
                not first and moment.touches(best.first, best.last)
            )
            yield Part(fits, f"the {place['place']} of {len(whole)}: {best.told}", MID, best.line, firm=True)
    every = patterns["every-year"].search(text)
    if every and since is not None and since.bound != "since":
        missing = [
            year for year in range(since.first.year, since.last.year + 1) if not any(one.first.year == year for one in whole)
        ]
        told = (
            f"none that began in {', '.join(map(str, missing[:4]))}"
            if missing
            else f"one that began in each year {since.first.year}-{since.last.year}"
        )
        yield Part(not missing, told, MID, chosen[0].line if chosen else whole[0].line, firm=True)


_COUNTS: Final = {"a dozen": 12, "half a dozen": 6, "two dozen": 24, "a score": 20}


def _counts(number: int, how: str, count: int, *, rough: bool) -> bool:
    way = bound(how)
    if way == "more":
        return count > number
    if way == "least":
        return count >= number
    if way == "nearly":
        return number * 0.85 <= count <= number
    if way == "about" or rough:
        return abs(count - number) <= max(1, number * 0.1)
    return count == number


def _neighbours(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    """Yield whether a state had disputes with no other neighbour than the one told before, as a sentence says."""
    if not _WORDS["disputes-no-other"].search(telling.text) or not telling.moments:
        return
    rows, touching = holdings.tables.get(MID, ()), holdings.tables.get(CONTIGUITY, ())
    subject = next(iter(telling.codes), telling.main)
    moment = telling.moments[0]
    spared = {code for one in telling.before[:3] for code in one.codes} if "other" in telling.text else set()
    others = {
        row["code2"] if row["code1"] == subject else row["code1"] for row in touching if subject in (row["code1"], row["code2"])
    }
    found = [
        one
        for other in sorted(others - spared - {subject})
        for one in disputes_of(rows, subject, other)
        if one.first >= moment.first and (moment.bound == "since" or one.first <= moment.last)
    ]
    if others:
        told = "; ".join(one.told for one in found[:4]) or f"none of {subject} with a neighbour"
        yield Part(not found, told, MID, found[0].line if found else None, firm=True)


def _pairs(telling: Telling) -> list[tuple[str, str]]:
    """Return the pairs that a sentence tells of: the first with each other, or each with the one the text is about."""
    if len(telling.between) > 1:
        return [(telling.between[0], telling.between[1])]
    codes = list(dict.fromkeys(one.code for one in telling.acting) if len(telling.codes) > 2 else telling.codes)
    if len(codes) >= 2:
        return [(codes[0], other) for other in codes[1:]]
    if len(codes) == 1:
        return [(about, codes[0]) for about in dict.fromkeys((*telling.about, telling.main)) if about and about != codes[0]][:3]
    before = [code for one in telling.before[:2] for code in one.codes]
    about = list(dict.fromkeys((*([telling.home] if telling.home else []), *before)))
    return [(about[0], about[1])] if len(about) >= 2 else []


def _disputes(telling: Telling, rows: Sequence[TableRow]) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    pairs = _pairs(telling)
    if not pairs:
        return
    deaths = patterns["dispute-dead"].search(text)
    none_died = deaths and _WORDS["disputes-none"].search(text)
    if none_died and (not telling.moments or telling.moments[0].bound == "since"):
        yield from _none_died(telling, rows)
        return
    if not tells_dispute(text) or len(telling.codes) > MOST:
        return
    moments = [one for one in telling.moments if one.exact != "span" or one.last.year - one.first.year <= 12 or one.bound]
    about = len(telling.codes) < 2
    for moment in moments:
        found_by = {pair: [one for one in disputes_of(rows, *pair) if _fits(one, moment)] for pair in pairs}
        if about and len(telling.codes) == 1:
            best = next((pair for pair in pairs if found_by[pair]), None)
            found_by = {best: found_by[best]} if best else {}
        for pair, found in found_by.items():
            if found:
                yield Part(True, found[0].told, MID, found[0].line)
                counted = deaths and read_quantity(text, deaths.start(), deaths.start())
                number = _WORDS["disputes-died"].search(text)
                if counted and number and found[0].fatality is not None:
                    least = 100 if number["number"] == "a hundred" else _int(number["number"])
                    if least:
                        yield Part(
                            _LEVELS[min(found[0].fatality, 6)][1] >= least,
                            f"{found[0].told}, fatality level {found[0].fatality}",
                            MID,
                            found[0].line,
                        )
            elif (
                moment.exact in ("day", "month")
                and len(telling.codes) >= 2
                and moment.told
                and _struck(text)
                and len(pairs) > 1
            ):
                near = disputes_of(rows, *pair)
                yield Part(
                    False,
                    (near[0].told if near else f"no dispute of {pair[0]} and {pair[1]}"),
                    MID,
                    near[0].line if near else None,
                )


def _none_died(telling: Telling, rows: Sequence[TableRow]) -> Iterator[Part]:
    """Yield whether nobody died in the disputes of the two told just before, ever or since a time."""
    since = (
        telling.moments[0].first
        if telling.moments
        else next((each.first for one in telling.before[:2] for each in one.moments), None)
    )
    pair = next((_pairs(one)[0] for one in telling.before[:2] if _pairs(one) and tells_dispute(one.text)), None)
    found = [one for one in disputes_of(rows, *pair) if since is None or one.first >= since] if pair else []
    deadly = [one for one in found if one.fatality]
    if found:
        told = "; ".join(f"{one.told}, fatality level {one.fatality}" for one in (deadly or found)[:3])
        yield Part(not deadly, told, MID, (deadly or found)[0].line, firm=True)


def tells_dispute(text: str) -> bool:
    """Tell whether a sentence speaks of a dispute in which arms were shown: an affair over visas is none."""
    patterns = load_patterns("claim_told.csv")
    if patterns["dispute"].search(text):
        return True
    return patterns["dispute-vague"].search(text) is not None and patterns["dispute-armed"].search(text) is not None


def _int(words: str) -> int | None:
    try:
        return value(words)
    except KeyError:
        return None


def _struck(text: str) -> bool:
    return _WORDS["disputes-struck"].search(text) is not None


def _fits(one: Dispute, moment: Moment) -> bool:
    """Tell whether a dispute was on in a time; one told to the day or month must have begun or ended near it."""
    if moment.bound == "since":
        return one.last >= moment.first
    if not moment.touches(one.first - DAYS_OFF, one.last + DAYS_OFF):
        return False
    return moment.exact in ("year", "span", "season", "day", "month")
