"""Holds what a sentence tells of a rivalry of two states against the lists of rivals: when it began and ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, best_pair, together
from verbale.review.claims.told.spells import TABLE, Spell, edges, lasted, parts
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

RIVALRIES: Final = (("ps-rivalries-tss", "start", "end"), ("ps-rivalries-td", "styear", "endyear"))
# Neither list has a rivalry from before; what begins with it may be older.
BEGINS: Final = 1816


def judge_rivalries(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the lists of rivals have of the two states of a sentence; None where they do not tell."""
    del vocabulary
    if not load_patterns(TABLE)["rivalry"].search(telling.text):
        return None
    found = best_pair(telling, lambda pair: list(_rivalry(telling, holdings, pair)))
    return together(found, holdings, "by the two states and the years")


def _rivalry(telling: Telling, holdings: Holdings, pair: tuple[str, str]) -> Iterator[Part]:
    installed = [name for name, _, _ in RIVALRIES if name in holdings.tables]
    if not installed:
        return
    spells = _spells(holdings, pair)
    told = f"rivalry of {pair[0]} and {pair[1]}"
    times = edges(telling, "rivalry-begins", "rivalry-ends")
    if load_patterns(TABLE)["rivalry-none"].search(telling.text) and not any(one.negated for one in times):
        moment = next(iter(telling.moments), None)
        if moment is None or moment.bound == "since" or moment.exact == "span":
            first = moment.first if moment else datetime.date.min
            last = datetime.date.max if moment is None or moment.bound == "since" else moment.last
            on = [one for one in spells if (one.last or last) >= first and one.first <= last]
            held = f"{told}: {on[0].told}" if on else f"no {told}"
            yield Part(not on, held, on[0].dataset if on else installed[0], on[0].line if on else None, firm=True)
        return
    if not spells:
        return
    yield from parts(times, spells, told, firm=True)
    yield from lasted(telling, spells, told)


def _spells(holdings: Holdings, pair: tuple[str, str]) -> list[Spell]:
    found = []
    for name, start, end in RIVALRIES:
        rows = holdings.tables.get(name, ())
        last = max((row[end] for row in rows if row[end]), default=0)
        for row in rows:
            if {row["code1"], row["code2"]} == set(pair):
                ended = None if row[end] is None or row[end] >= last else datetime.date(row[end], 12, 31)
                first = datetime.date(row[start], 1, 1)
                found.append(Spell(first, ended, row["line"], name, exact=False, open_start=row[start] <= BEGINS))
    return found
