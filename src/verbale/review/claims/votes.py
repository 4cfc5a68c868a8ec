"""Judges claims about votes and resolutions of the United Nations: how a member voted, on one or on all of a kind."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement, Statement, TableRow, span
from verbale.vocab import DATA
from verbale.vocab.sanctions import COLUMNS, SanctionsResolution, sanctions
from verbale.vocab.tables import read_rows

OWN: Final = "verbale-sanctions"
# A resolution's number names it beyond doubt; what remains is that the voter may have been misread.
BY_NUMBER: Final = 0.95
# The list holds the resolutions of which we are certain, not all: a set taken from it may lack one.
BY_SET: Final = 0.85
# Whom a reason names of those who voted alike.
MOST_NAMED: Final = 8
_IMPOSING: Final = frozenset({"impose", "tighten", "extend"})
_WORDS: Final = {"yes": "for", "no": "against", "abstained": "abstained", "absent": "did not vote", "abstain": "abstained"}


def judge_vote(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a claim that a member voted in some way against the votes; None where no record has any of the resolutions."""
    voter = statement.actors[0] if statement.actors else ""
    told = {one.number: _vote_ground(one, voter, statement) for one in _meant(statement, holdings)}
    for number in statement.numbers:
        if told.get(number) is None:
            told[number] = next(iter(_council_rows(number, voter, statement, holdings)), None)
    grounds = [ground for ground in told.values() if ground is not None]
    if not grounds:
        return None
    differing = [ground for ground in grounds if ground.differs]
    missing = sorted(number for number in statement.numbers if told[number] is None)
    verdict: Verdict
    matched = "by the numbers of the resolutions" if statement.numbers else "by target and years"
    if statement.universal:
        matched += f"; the whole set was looked at: {len(grounds)} resolutions"
    confidence = BY_SET if statement.universal and not statement.numbers else BY_NUMBER
    if not differing:
        verdict = "partly" if missing else "supported"
    elif len(differing) == len(grounds) or statement.universal:
        verdict = "contradicted"
    else:
        verdict = "partly"
    reason = f"{voter} voted as the text says on {len(grounds) - len(differing)} of {len(grounds)} resolutions."
    counts = [f"{one.number}: {'-'.join(map(str, one.votes[:3]))}" for one in _meant(statement, holdings) if one.votes]
    if counts:
        reason += f" For, against, abstained: {'; '.join(counts)}."
    if missing:
        reason += f" No record has {', '.join(map(str, missing))}."
    return Judgement(verdict, reason, tuple(grounds), matched, confidence)


def judge_resolution(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold year, target and tally of named resolutions against the list; None where it has none of them."""
    grounds = []
    for one in _meant(statement, holdings):
        agrees = [f"number: {one.number}"]
        differs: list[str] = []
        if statement.years and statement.dated_here:
            fits = statement.years[0] <= one.date.year <= statement.years[1]
            (agrees if fits else differs).append(f"date: {one.date}")
        if statement.count is not None and one.votes is not None:
            (agrees if statement.count == one.votes[0] else differs).append(f"votes in favour: {one.votes[0]}")
        aimed = [code for code in statement.actors if code in one.targets]
        agrees += [f"target: {code}" for code in aimed]
        grounds.append(_ground(one, agrees, differs))
    if not grounds:
        return None
    bad = [ground for ground in grounds if ground.differs]
    verdict: Verdict = "supported" if not bad else "contradicted" if len(bad) == len(grounds) else "partly"
    told = "; ".join(text for ground in (bad or grounds) for text in (ground.differs or ground.agrees))
    return Judgement(verdict, f"The record has {told}.", tuple(grounds), "by number", BY_NUMBER)


def _meant(statement: Statement, holdings: Holdings) -> list[SanctionsResolution]:
    """Return the resolutions that a claim is about: those named, and for a universal all of the kind in the years."""
    if not holdings.own:
        return []
    named = [one for one in sanctions() if one.number in statement.numbers]
    if statement.kind == "resolution" or (statement.numbers and not statement.universal):
        return named
    targets = set(statement.actors[1:]) or {code for one in named for code in one.targets}
    if not targets or (statement.years is None and not named):
        return named
    years = statement.years or (min(one.date.year for one in named), max(one.date.year for one in named))
    whole = [
        one
        for one in sanctions()
        if targets & set(one.targets) and one.action in _IMPOSING and years[0] <= one.date.year <= years[1]
    ]
    return sorted({one.number: one for one in (*named, *whole)}.values(), key=lambda one: one.number)


def _vote_ground(one: SanctionsResolution, voter: str, statement: Statement) -> Ground | None:
    """Return how a voter voted on a resolution, as a ground; None where the list does not tell."""
    cast = "no" if voter in one.against_by else one.permanent_members.get(voter)
    if cast is None:
        cast = "abstained" if voter in one.abstained_by else "absent" if voter in one.absent_by else None
    if cast is None:  # a temporary member votes only while it sits in the Council, which the list does not tell
        return None
    agrees = [f"number: {one.number}"]
    differs: list[str] = []
    wanted = statement.act.removeprefix("vote ")
    fits = cast == wanted if not statement.negated else cast != wanted
    (agrees if fits else differs).append(f"vote of {voter}: {_WORDS[cast]}")
    alike = {"no": one.against_by, "abstained": one.abstained_by, "absent": one.absent_by}.get(wanted, ())
    if statement.alone and fits and alike:
        only = set(alike) <= set(statement.actors)
        (agrees if only else differs).append(f"{_WORDS[wanted]} in all: {', '.join(alike)}")
    if statement.years and statement.dated_here:
        inside = statement.years[0] <= one.date.year <= statement.years[1]
        (agrees if inside else differs).append(f"date: {one.date}")
    return _ground(one, agrees, differs)


def _ground(one: SanctionsResolution, agrees: Sequence[str], differs: Sequence[str]) -> Ground:
    return Ground(
        f"{tally(one)} [{one.source}]",
        dataset=OWN,
        line=_lines().get(one.number),
        agrees=tuple(agrees),
        differs=tuple(differs),
    )


def tally(one: SanctionsResolution) -> str:
    """Return a resolution in words: number, day, what it does to whom, and the vote with those who did not vote for it."""
    who = "|".join(one.targets) or one.group
    text = f"Resolution {one.number}, {one.date}, {one.action} ({', '.join(one.measures)}) on {who}"
    if one.votes is None:
        return f"{text}: vote not known"
    parts = [f"{one.votes[0]} for"]
    for number, word, codes in zip(
        one.votes[1:], ("against", "abstained", "did not vote"), (one.against_by, one.abstained_by, one.absent_by), strict=True
    ):
        parts.append(f"{number} {word}" + (f" ({', '.join(codes)})" if codes else ""))
    return f"{text}: {', '.join(parts[:3] if not one.votes[3] else parts)}"


@functools.cache
def _lines() -> dict[int, int]:
    return {int(row.required("number")): row.line for row in read_rows(DATA / "sanctions.csv", COLUMNS)}


def _council_rows(number: int, voter: str, statement: Statement, holdings: Holdings) -> list[Ground]:
    """Return the votes of a member on a resolution in the library's table of the Council, if that is installed."""
    name = "un-council-votes"
    return [
        _row_ground(name, row, number, voter, statement, holdings)
        for row in holdings.tables.get(name, ())
        if row["code"] == voter and str(row["resolution"]).startswith(f"S/RES/{number}(")
    ]


def _row_ground(name: str, row: TableRow, number: int, voter: str, statement: Statement, holdings: Holdings) -> Ground:
    cast = _cast(row)
    fits = (cast == statement.act.removeprefix("vote ")) != statement.negated
    day: datetime.date = row["date"]
    text = f"Resolution {number}, {day}: {voter} {_WORDS[cast]}; {row['total_yes']} for, {row['total_no']} against"
    told = (f"vote of {voter}: {_WORDS[cast]}",)
    return Ground(
        text,
        dataset=name,
        edition=holdings.editions.get(name, ""),
        line=row["line"],
        agrees=told if fits else (),
        differs=() if fits else told,
    )


def _cast(row: TableRow) -> str:
    return "abstained" if row["vote"] == "abstain" else str(row["vote"])


def judge_assembly(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a vote in the General Assembly against the roll calls; None where none of the installed tables has it."""
    name, voter = "un-votes", statement.actors[0] if statement.actors else ""
    rows = [row for row in holdings.tables.get(name, ()) if row["code"] == voter and row["resolution"] == f"R/{statement.unit}"]
    if not rows:
        return None
    cast = _cast(rows[0])
    wanted = statement.act.removeprefix("vote ")
    fits = (cast == wanted) != statement.negated
    told: tuple[str, ...] = (f"vote of {voter}: {_WORDS[cast]}",)
    if statement.alone and fits:
        others = [
            row["code"] for row in holdings.tables[name] if row["resolution"] == f"R/{statement.unit}" and _cast(row) == wanted
        ]
        fits = set(others) <= set(statement.actors)
        told = (*told, f"{_WORDS[cast]} in all: {len(others)} ({', '.join(sorted(others)[:MOST_NAMED])})")
    ground = Ground(
        f"A/RES/{statement.unit}, {rows[0]['date']}: {voter} {_WORDS[cast]}",
        dataset=name,
        edition=holdings.editions.get(name, ""),
        line=rows[0]["line"],
        agrees=told if fits else (),
        differs=() if fits else told,
    )
    years = f" ({span(statement.years)})" if statement.years else ""
    return Judgement(
        "supported" if fits else "contradicted",
        f"{'; '.join(told)}{years}.",
        (ground,),
        "by the resolution's number" if statement.unit in statement.sentence else "by the resolution that the text tells of",
        BY_NUMBER,
    )
