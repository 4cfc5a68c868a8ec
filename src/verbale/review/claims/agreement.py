"""Judges how often two members voted alike in the General Assembly: a share, or more often with one than with another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement, Statement, TableRow, span
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_agreement.csv")

# The flow keeps the measure `un_agreement` of each pair under this name, with the pair in `first` and `second`.
TABLE: Final = "agreement"
# A share may be counted with or without abstentions and absences; on roll calls of a year that moves it by a few points.
POINTS_OFF: Final = 3.0
SHARE_KNOWN, SHARE_VAGUE = 0.75, 0.6
_HALF: Final = 0.5


def judge_agreement(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a claim about voting together against the agreement of the pair; None where no votes of both are installed."""
    voter, *others = statement.actors
    tables = [_rows(voter, other, statement, holdings) for other in others]
    if not tables or not tables[0]:
        return None
    shares = [_mean(rows) for rows in tables]
    more, less = _WORDS["more"].search(statement.sentence), _WORDS["less"].search(statement.sentence)
    share = _WORDS["share"].search(statement.sentence)
    confidence = SHARE_VAGUE
    if (more or less) and len(others) > 1 and tables[1]:
        fits = shares[0] > shares[1] if more else shares[0] < shares[1]
    elif share:
        fits = abs(100 * shares[0] - float(share["share"])) <= POINTS_OFF
        confidence = SHARE_KNOWN
    else:
        fits = (shares[0] < _HALF) == (_WORDS["seldom"].search(statement.sentence) is not None)
    told = [
        f"{voter} and {other} voted alike in {100 * one:.0f} per cent of {sum(row['votes'] for row in rows):,} roll calls"
        for other, one, rows in zip(others, shares, tables, strict=True)
        if rows
    ]
    name = tables[0][0]["dataset"]
    grounds = tuple(
        Ground(
            words,
            dataset=name,
            edition=holdings.editions.get(name, ""),
            line=rows[0]["lines"][0],
            agrees=(words,) if fits else (),
            differs=() if fits else (words,),
        )
        for words, rows in zip(told, [rows for rows in tables if rows], strict=True)
    )
    verdict: Verdict = "supported" if fits else "contradicted"
    years = sorted({row["year"] for row in tables[0]})
    when = span((years[0], years[-1]))
    matched = f"over all roll calls of {when} in which both voted; an abstention beside a yes or a no counts half"
    return Judgement(verdict, f"{'; '.join(told)} ({when}).", grounds, matched, confidence)


def _rows(voter: str, other: str, statement: Statement, holdings: Holdings) -> Sequence[TableRow]:
    return [
        row
        for row in holdings.tables.get(TABLE, ())
        if {row["first"], row["second"]} == {voter, other}
        and (statement.years is None or statement.years[0] <= row["year"] <= statement.years[1])
    ]


def _mean(rows: Sequence[TableRow]) -> float:
    votes = sum(row["votes"] for row in rows)
    return float(sum(row["agreement"] * row["votes"] for row in rows) / votes) if votes else 0.0
