"""Holds what a sentence tells of rivalries, of states in the system, of their means and shared organisations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.patterns import load_patterns
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, best_pair, together
from verbale.review.numbers import NUMBER_PATTERN, value
from verbale.vocab import Vocabulary

RIVALRIES: Final = (("ps-rivalries-tss", "start", "end"), ("ps-rivalries-td", "styear", "endyear"))
STATES, CAPABILITIES, ORGANISATIONS, CONFLICTS = "cow-states", "cow-capabilities", "ps-cow-igos", "ucdp-dyadic"
# A round ratio ("about three times") may be off by a fifth.
RATIO_OFF: Final = 0.2
_COLUMNS: Final = ("milex", "milper", "irst", "tpop", "pec", "cinc")
_FACTORS: Final = {"twice": 2.0, "double": 2.0, "half": 0.5, "a third": 1 / 3, "a quarter": 0.25}


def judge_means(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the records have of rivalries, states, means, organisations and conflicts; None where they do not tell."""
    del vocabulary
    for part in (_rivals, _states, _capabilities, _organisations, _conflicts):
        found = together(list(part(telling, holdings)), holdings, "by the states and the years")
        if found is not None:
            return found
    return None


def _rivals(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    if patterns["rival"].search(text):
        yield from best_pair(telling, lambda pair: list(_rivalry(telling, holdings, pair)))


def _rivalry(telling: Telling, holdings: Holdings, pair: tuple[str, str]) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    moment = next(iter(telling.moments), None)
    begins, ends = patterns["rival-begins"].search(text), patterns["rival-ends"].search(text)
    none = re.search(r"\b(?:no|neither|never|not|none)\b", text) is not None
    sets = [(name, start, end) for name, start, end in RIVALRIES if name in holdings.tables]
    found = []
    for name, start, end in sets:
        for row in holdings.tables[name]:
            if {row["code1"], row["code2"]} == set(pair):
                found.append((name, row[start], row[end], row["line"]))
    if none and moment is None and sets:
        told = "; ".join(f"rivalry {first}-{last}" for _, first, last, _ in found) or f"no rivalry of {' and '.join(pair)}"
        yield Part(not found, told, found[0][0] if found else sets[0][0], found[0][3] if found else None, firm=True)
        return
    if not found or moment is None or moment.exact == "span":
        return
    told = "; ".join(f"{name}: {first}-{last}" for name, first, last, _ in found)
    years = [last if ends and (not begins or moment.bound == "since") else first for _, first, last, _ in found]
    if not (begins or ends):
        return
    yield Part(any(moment.first.year == year for year in years), told, found[0][0], found[0][3], firm=True)


def _states(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    rows = holdings.tables.get(STATES, ())
    moment = next((one for one in telling.moments if one.exact in ("day", "month", "year")), None)
    if not rows or moment is None or not patterns["state-about"].search(text):
        return
    code = next(
        (
            one
            for one in (*telling.codes, *(each for before in telling.before[:2] for each in before.codes))
            if any(row["code"] == one for row in rows)
        ),
        telling.main,
    )
    own = sorted((row for row in rows if row["code"] == code and row["start"]), key=lambda row: row["start"])
    if not own or (telling.codes and len(telling.codes) > 2):
        return
    last_day = max(row["end"] or datetime.date.min for row in rows)
    starts = [row["start"] for row in own if row["start"].year > 1816]
    ends = [row["end"] for row in own if row["end"] and row["end"] < last_day]
    begins = (
        moment.bound == "until"
        or (patterns["state-begins"].search(text) and not patterns["state-ends"].search(text))
        or re.search(r"\boccupation ended\b|\bended (?:only )?in\b", text)
    )
    days = starts if begins else ends
    told = f"{code} in the system " + "; ".join(f"{row['start']} to {row['end']}" for row in own)
    if not days:
        return
    fits = any(moment.holds(day) or (moment.exact != "year" and moment.touches(day, day)) for day in days)
    near = any(abs(day.year - moment.first.year) <= 3 for day in days)
    if fits or near:
        yield Part(fits, told, STATES, own[0]["line"], firm=moment.exact != "year")


def _capabilities(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    rows = holdings.tables.get(CAPABILITIES, ())
    column = next((name for name in _COLUMNS if patterns[f"capability-{name}"].search(text)), "")
    if not rows or not column or len(telling.codes) < 2:
        return
    own = next(iter(telling.moments), None)
    moment = own or next((each for one in telling.before[:4] for each in one.moments[:1]), None)
    if moment is None:
        return
    first, second = telling.codes[:2]
    year = moment.first.year
    values = {
        row["code"]: row for row in rows if row["year"] == year and row["code"] in (first, second) and row[column] is not None
    }
    if len(values) < 2 or not values[second][column]:
        return
    one, other = values[first][column], values[second][column]
    told = f"{column} {year}: {first} {one:,.6g}, {second} {other:,.6g}"
    times = next((one for one in patterns["times"].finditer(text)), None)
    line = values[first]["line"]
    if times:
        word = times["number"].lower()
        factor = _FACTORS.get(word) or float(value(word))
        ratio, how = one / other, (times["how"] or "").lower()
        fits = (
            ratio >= factor * 0.97
            if how in ("more than", "over", "at least")
            else ratio <= factor * 1.03
            if how == "less than"
            else abs(ratio - factor) <= RATIO_OFF * factor
        )
        yield Part(fits, told, CAPABILITIES, line, firm=own is not None)
    elif patterns["larger"].search(text):
        yield Part(one > other, told, CAPABILITIES, line, firm=True)
    elif patterns["smaller"].search(text):
        yield Part(one < other, told, CAPABILITIES, line, firm=True)


def _organisations(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    rows = holdings.tables.get(ORGANISATIONS, ())
    if rows and load_patterns("claim_told.csv")["organisations"].search(telling.text):
        yield from best_pair(telling, lambda pair: list(_shared(telling, rows, pair)))


def _shared(telling: Telling, rows: Sequence[TableRow], pair: tuple[str, str]) -> Iterator[Part]:
    held = {row["year"]: row for row in rows if {row["code1"], row["code2"]} == set(pair) and row["dyadigos"] is not None}
    years = [one for one in telling.moments if one.exact == "year"]
    taken = [(one.start, one.end) for one in telling.moments]
    numbers = [
        (match.start(), value(match[0]))
        for match in re.finditer(rf"\b{NUMBER_PATTERN}\b", telling.text, re.IGNORECASE)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    numbers = [(at, number) for at, number in numbers if number > 2]
    for moment, (_, number) in zip(years, numbers, strict=False):
        row = held.get(moment.first.year)
        if row is not None:
            yield Part(
                row["dyadigos"] == number,
                f"{row['dyadigos']} shared organisations in {row['year']}",
                ORGANISATIONS,
                row["line"],
                firm=True,
            )


def _conflicts(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    """Yield whether a conflict with a group was on in each of the years told."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    rows = holdings.tables.get(CONFLICTS, ())
    if not rows or not patterns["conflict"].search(text):
        return
    span = next((one for one in telling.moments if one.last.year > one.first.year), None) or _span(telling.moments)
    names = {match[0].lower() for match in re.finditer(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]{3,}", text)}
    group = [row for row in rows if names & {word.lower() for word in re.findall(r"[\w-]{4,}", str(row["side_b"] or ""))}]
    if not group or span is None or not patterns["every-year"].search(text):
        return
    by_dyad: dict[object, list[TableRow]] = {}
    for row in group:
        by_dyad.setdefault(row["dyad_id"], []).append(row)
    best = max(by_dyad.values(), key=len)
    years = {row["year"] for row in best}
    missing = [year for year in range(span.first.year, span.last.year + 1) if year not in years]
    told = f"{best[0]['side_a']} and {best[0]['side_b']}: " + (
        f"none in {', '.join(map(str, missing[:5]))}" if missing else f"each year {span.first.year}-{span.last.year}"
    )
    yield Part(not missing, told, CONFLICTS, best[0]["line"], firm=True)


def _span(moments: Sequence[Moment]) -> Moment | None:
    years = [one for one in moments if one.exact == "year"]
    if len(years) < 2:
        return None
    return Moment(years[0].start, years[-1].end, years[0].first, years[-1].last, "span")
