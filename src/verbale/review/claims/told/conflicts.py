"""Holds what a sentence tells of a conflict of a state with an armed group against the years of conflict that UCDP lists."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.spells import TABLE, Edge, Spell, edges, held, lasted
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab import Vocabulary
from verbale.vocab.tables import read_rows

CONFLICTS: Final = "ucdp-dyadic"
# The record has a conflict from the year of its twenty-fifth death, histories from the first shot: more is denied.
YEARS_OFF: Final = 3
# In the record the level of war, a thousand dead in a year.
WAR: Final = 2
# So near a time must the word stand that says what it dates: a sentence on a group tells of more than its war.
NEAR: Final = 45
# Words of many groups' names, and of places that are none.
_MONTHS: Final = frozenset(calendar.month_name)
_DIRECTIONS: Final = frozenset({"North", "South", "Northern", "Southern", "Eastern", "Western", "People", "Front", "Movement"})


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group: its name in the record, and the words by which texts name it."""

    name: str
    words: re.Pattern[str]


@functools.cache
def load_groups(path: Path = DATA / "claim_groups.csv") -> tuple[Group, ...]:
    """Return the groups. Raises a `vocabulary-...` error that names file, line and field."""
    found = []
    for row in read_rows(path, ("group", "names")):
        names = [row.required("group"), *row.parts("names")]
        words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        found.append(Group(names[0], re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")))
    return tuple(found)


def judge_conflicts(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what UCDP has of the conflict with a group that a sentence names; None where it does not tell."""
    del vocabulary
    rows = holdings.tables.get(CONFLICTS, ())
    if not rows or not telling.moments:
        return None
    dyad, by_name = _dyad(telling, rows)
    if not dyad or not (load_patterns(TABLE)["conflict"].search(telling.text) or _listed(telling)):
        return None
    parts = list(_parts(telling, dyad))
    if not by_name:  # a land's name in a group's: who else fought there, the record has under other names
        parts = [replace(one, firm=False) for one in parts]
    return together(parts, holdings, "by the armed group and the years")


def _listed(telling: Telling) -> bool:
    return load_patterns("claim_told.csv")["conflict"].search(telling.text) is not None


def _dyad(telling: Telling, rows: Sequence[TableRow]) -> tuple[list[TableRow], bool]:
    """Return the years of the dyad that is meant, and whether the group is named: with the state that is named, the longest."""
    text = telling.text
    names = {one.name for one in load_groups() if one.words.search(text)}
    words = {match[0] for match in re.finditer(r"(?<![\w-])[A-Z][\w/-]*[A-Z][\w/-]*", text)}
    groups = [row for row in rows if row["side_b"] and not str(row["side_b"]).startswith("Government of")]
    named = [one for one in groups if one["side_b"] in names | words or (len(one["side_b"]) > 4 and one["side_b"] in text)]
    by_name = bool(named)
    if not named:  # "the Patani insurgency"
        capitals = {match[0] for match in re.finditer(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]{4,}", text)} - _DIRECTIONS - _MONTHS
        about = {*telling.codes, *telling.duo, *telling.about, telling.main}
        groups = [one for one in groups if about & set(one["side_a_codes"] or ())]
        named = [one for one in groups if capitals & set(re.findall(r"[\w-]{5,}", one["side_b"]))]
    by_dyad: dict[object, list[TableRow]] = {}
    for row in named:
        by_dyad.setdefault(row["dyad_id"], []).append(row)
    codes = set(telling.codes)
    chosen = list(by_dyad.values())
    for told in (codes, {telling.main}):
        chosen = [of for of in chosen if told & set(of[0]["side_a_codes"] or ())] or chosen
    if len({of[0]["side_b"] for of in chosen}) != 1:
        return [], by_name
    longest = chosen[0]
    for of in chosen:
        longest = of if len(of) > len(longest) else longest
    return sorted(longest, key=lambda row: row["year"]), by_name


def _parts(telling: Telling, dyad: Sequence[TableRow]) -> Iterator[Part]:
    patterns, text = load_patterns(TABLE), telling.text
    years = [row["year"] for row in dyad]
    told = f"{dyad[0]['side_a']} and {dyad[0]['side_b']}"
    line = dyad[0]["line"]
    if patterns["conflict-war"].search(text):
        yield from _at_war(telling, dyad, told)
        return
    if load_patterns("claim_told.csv")["every-year"].search(text):
        span = next((one for one in telling.moments if one.last.year > one.first.year), None)
        if span is not None:
            missing = [year for year in range(span.first.year, span.last.year + 1) if year not in years]
            words = (
                f"none in {', '.join(map(str, missing[:5]))}" if missing else f"each year {span.first.year}-{span.last.year}"
            )
            yield Part(not missing, f"{told}: {words}", CONFLICTS, line, firm=True)
        return
    last = datetime.date(years[-1], 12, 31)
    spell = Spell(datetime.date(years[0], 1, 1), last, line, CONFLICTS, exact=False)
    sure = load_patterns("claim_told.csv")["records"].search(text) is not None
    for edge in edges(telling, "conflict-begins", "conflict-ends", "conflict-during"):
        if edge.kind == "during" or (edge.moment.bound == "since" and edge.kind == "begins" and not sure):
            yield from _active(edge, years, told, line)
            continue
        if abs(edge.word - edge.moment.start) > NEAR:
            continue
        fits = held(edge, [spell]) is not None
        day = spell.first if edge.kind == "begins" else last
        off = abs(day.year - edge.moment.first.year)
        if fits or off > (0 if sure else YEARS_OFF):
            yield Part(fits, f"{told}: {years[0]} to {years[-1]}", CONFLICTS, line, firm=True)
    yield from lasted(telling, [spell], told)


def _active(edge: Edge, years: Sequence[int], told: str, line: int) -> Iterator[Part]:
    """Yield whether a conflict was on in a year; a gap of some years denies it no more than a late start does."""
    first, last = edge.moment.years
    if any(first <= year <= last for year in years):
        yield Part(True, f"{told}: active {first}", CONFLICTS, line, firm=True)
    elif all(min(abs(year - first), abs(year - last)) > YEARS_OFF for year in years):
        yield Part(False, f"{told}: {years[0]} to {years[-1]}, not {first}", CONFLICTS, line, firm=True)


def _at_war(telling: Telling, dyad: Sequence[TableRow], told: str) -> Iterator[Part]:
    """Yield whether a conflict reached the level of war in the years told."""
    wars = [row["year"] for row in dyad if row["intensity_level"] == WAR]
    for moment in telling.moments:
        if moment.first.year < dyad[0]["year"] - YEARS_OFF or moment.last.year > dyad[-1]["year"] + YEARS_OFF:
            continue
        first, last = moment.years
        fits = any(first <= year <= last for year in wars)
        words = f"at the level of war in {', '.join(map(str, wars[:6])) or 'no year'}"
        yield Part(fits, f"{told}: {words}", CONFLICTS, dyad[0]["line"], firm=True)
