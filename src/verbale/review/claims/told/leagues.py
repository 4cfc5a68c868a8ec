"""Holds what a sentence tells of the members of a league (who joined, left, belonged) against the list of alliances."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.claims.signatures import ALLIANCES
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.spells import TABLE, Edge, Spell, edges, parts
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab import Vocabulary
from verbale.vocab.tables import read_rows

_WORDS: Final = load_patterns("claim_told_more.csv")

# A protocol is signed a year before it is in force, and texts give either.
YEARS_OFF: Final = 1


@dataclass(frozen=True, slots=True)
class League:
    """An alliance of many: its name, the words for it, the day on which the record has it begin, and two founders."""

    name: str
    words: re.Pattern[str]
    begins: datetime.date
    founders: tuple[str, str]


@functools.cache
def load_leagues(path: Path = DATA / "claim_leagues.csv") -> tuple[League, ...]:
    """Return the leagues. Raises a `vocabulary-...` error that names file, line and field."""
    found = []
    for row in read_rows(path, ("league", "words", "begins", "founders")):
        founders = row.parts("founders")
        try:
            words = re.compile(row.required("words"), re.IGNORECASE)
            begins = datetime.date.fromisoformat(row.required("begins"))
        except (re.error, ValueError) as error:
            raise row.fail("words", f"a regular expression, and a day in begins ({error})") from error
        if len(founders) != 2:
            raise row.fail("founders", "two codes")
        found.append(League(row.required("league"), words, begins, (founders[0], founders[1])))
    return tuple(found)


def judge_leagues(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list of alliances has of the members of a league; None where it does not tell."""
    del vocabulary
    rows = holdings.tables.get(ALLIANCES, ())
    named = [(match, one) for one in load_leagues() if (match := one.words.search(telling.text))]
    if rows and not named and any(load_patterns(TABLE)[name].search(telling.text) for name in ("league-begins", "league-ends")):
        named = _before(telling)
    if not rows or len(named) != 1:
        return None
    found = list(_members(telling, named[0][0], named[0][1], rows))
    return together(found, holdings, f"by the league ({named[0][1].name}), its members and the time")


def _before(telling: Telling) -> list[tuple[re.Match[str], League]]:
    """Return the league of the sentence just before, where this one goes on about it without a name."""
    if not telling.before or not _WORDS["leagues-follows"].match(telling.text):
        return []
    return [(match, one) for one in load_leagues() if (match := one.words.search(telling.before[0].text))]


def _members(telling: Telling, match: re.Match[str], league: League, rows: Sequence[TableRow]) -> Iterator[Part]:
    patterns, text = load_patterns(TABLE), telling.text
    own = _of_league(league, rows)
    if not own:
        return
    inside = match.string == text
    codes = [
        one.code
        for one in telling.parties
        if one.code in telling.states
        and one.kind != "leader"
        and not (inside and match.start() <= one.start and one.end <= match.end())
    ]
    out = patterns["league-out"].search(text)
    times = edges(telling, "league-begins", "league-ends")
    if out is not None:  # who is out from one year to another has left in the first and come back in the second
        swap = {"begins": "ends", "ends": "begins"}
        times = [Edge(one.moment, swap.get(one.kind, one.kind), one.word) for one in times]  # type: ignore[arg-type]
    for edge in times:
        before = [code for code in codes if code in telling.named(0, edge.moment.start)]
        near = [one.code for one in telling.parties if one.code in codes and one.end <= max(edge.word, 1)]
        subjects = near[-1:] or before[:1] or codes[:1]
        if not subjects and telling.main and not telling.codes and not _WORDS["leagues-any"].search(text):
            subjects = [telling.main]
        if _WORDS["leagues-together"].search(text) and len(times) == 1:
            subjects = list(dict.fromkeys((*subjects, *codes)))
        for code in subjects:
            yield from _dated(code, edge, league, own, sure=bool(codes))
        if edge.kind == "begins" and not out:
            yield from _companions(telling, subjects, codes, edge, own)


def _companions(
    telling: Telling, subjects: Sequence[str], codes: Sequence[str], edge: Edge, own: Sequence[TableRow]
) -> Iterator[Part]:
    """Yield whether those whom a state is said to have joined in a league were members: "it joined Tunisia and Libya in"."""
    match = _WORDS["leagues-joined"].search(telling.text)
    if match is None:
        return
    for code in telling.named(match.end()):
        if code in codes and code not in subjects:
            there = [row for row in own if row["code"] == code and row["start"].year - YEARS_OFF <= edge.moment.last.year]
            there = [row for row in there if row["end"] is None or row["end"] >= edge.moment.first]
            yield Part(bool(there), f"members: {', '.join(sorted({row['code'] for row in own}))}", ALLIANCES, own[0]["line"])


def _dated(code: str, edge: Edge, league: League, own: Sequence[TableRow], *, sure: bool) -> Iterator[Part]:
    spells = [
        Spell(row["start"], row["end"], row["line"], ALLIANCES)
        for row in sorted(own, key=lambda row: row["start"])
        if row["code"] == code
    ]
    told = f"{code} in the {league.name}"
    if spells:
        yield from parts([edge], spells, told, firm=sure, years_off=YEARS_OFF)
    elif sure and edge.kind != "during":
        listed = ", ".join(sorted({row["code"] for row in own}))
        yield Part(False, f"the {league.name} without {code}: {listed}", ALLIANCES, own[0]["line"], firm=False, near=False)


def _of_league(league: League, rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows of a league: those of the alliance that begins on its day with its founders, the largest of several."""
    by_number: dict[object, list[TableRow]] = {}
    for row in rows:
        if row["start"]:
            by_number.setdefault(row["version4id"], []).append(row)
    found = [
        of
        for of in by_number.values()
        if min(row["start"] for row in of) == league.begins and set(league.founders) <= {row["code"] for row in of}
    ]
    return max(found, key=len) if found else []
