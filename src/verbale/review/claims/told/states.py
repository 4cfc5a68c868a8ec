"""Holds what a sentence tells of a state's time in the system of states, or of its independence, against the list of states."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.spells import TABLE, Edge, Spell, edges, held, parts
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

_WORDS: Final = load_patterns("claim_told_more.csv")

STATES: Final = "cow-states"
# The list begins in 1816 with the states that there were.
BEGINS: Final = datetime.date(1816, 1, 1)


def judge_states(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list of states has of the state and the times of a sentence; None where it does not tell."""
    del vocabulary
    patterns, text = load_patterns(TABLE), telling.text
    rows = holdings.tables.get(STATES, ())
    listed = patterns["system"].search(text) is not None
    if not rows or not telling.moments or not (listed or patterns["independence"].search(text)):
        return None
    found: list[Part] = []
    for edge in edges(telling, "state-begins", "state-ends"):
        code, sure = _subject(telling, edge)
        spells = _spells(holdings, code)
        if not spells:
            continue
        told = f"{code} in the system"
        if listed:
            found += parts([edge], spells, told, firm=sure)
        elif (fitting := held(edge, spells)) is not None:
            found.append(Part(True, f"{told} {fitting.told}", STATES, fitting.line))
        elif sure and patterns["claimed"].search(text) is None and (slip := _slip(edge, spells)) is not None:
            found.append(Part(False, f"{told} {slip.told}", STATES, slip.line, firm=True))
    return together(found, holdings, "by the state and the day, month or year")


def _subject(telling: Telling, edge: Edge) -> tuple[str, bool]:
    """Return the state of which a time is told, and whether no other can be meant: the last that stands before the words."""
    own = [
        one
        for one in telling.parties
        if one.code in telling.states and one.kind != "leader" and not _WORDS["states-ruler"].match(telling.text, one.end)
    ]
    own = [one for one in own if one.kind != "reference"] or own
    before = [one.code for one in own if one.end <= edge.word] or [one.code for one in own if one.end <= edge.moment.start]
    codes = {one.code for one in own}
    if before:
        return before[-1], len(codes) == 1 or len(set(before)) == 1
    if own:
        return own[0].code, len(codes) == 1
    return telling.main, bool(telling.main)


def _spells(holdings: Holdings, code: str) -> list[Spell]:
    rows = holdings.tables[STATES]
    last = max((row["end"] for row in rows if row["end"]), default=None)
    return [
        Spell(
            row["start"],
            None if row["end"] is None or row["end"] == last else row["end"],
            row["line"],
            STATES,
            open_start=row["start"] <= BEGINS,
        )
        for row in sorted((row for row in rows if row["code"] == code and row["start"]), key=lambda row: row["start"])
    ]


def _slip(edge: Edge, spells: Sequence[Spell]) -> Spell | None:
    """Return the spell of which a day or month of independence is a slip of the year: the month is right, the year is not.

    Histories date independence by other acts than the list does, so that another month denies nothing.
    """
    if edge.moment.exact not in ("day", "month") or not edge.moment.told:
        return None
    for one in spells:
        day = one.first if edge.kind == "begins" else one.last
        if day is None or (edge.kind == "begins" and one.open_start):
            continue
        same = day.month == edge.moment.first.month
        if edge.moment.exact == "day":
            same = same and abs(day.day - edge.moment.first.day) <= 1
        if same and abs(day.year - edge.moment.first.year) > 1:
            return one
    return None
