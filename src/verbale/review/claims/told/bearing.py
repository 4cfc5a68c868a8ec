"""Tells which acts the rows of a record can bear out, and between whom: a row of the right time alone bears out nothing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from verbale.review.claims.statement import Judgement, Statement
from verbale.review.claims.told.wars import ALL_WARS, BY_SIDES
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab.tables import read_rows

FILE: Final = "claim_bearing.csv"
COLUMNS: Final = ("record", "acts", "whole")
_PAIR: Final = 2
# What is looked at closer than by its record: the sides of a war, and a treaty that is named.
SIDES: Final = "sides"
NAMED_TREATY: Final = "named-treaty"
# That two were allies in a war is told by the war, whatever act an alliance is.
_OF_SIDES: Final = BY_SIDES.rpartition("}")[2]
# What a treaty did is told by the treaty, whatever act it was.
_TREATIES: Final = "treaties"


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a record can bear out: acts of these types, and, if it looks at the `whole`, that one was the first or last."""

    acts: frozenset[str]
    whole: bool


@functools.cache
def load_bearing(*, folder: Path = DATA) -> Mapping[str, Bearing]:
    """Return what each record can bear out, by the name of its judge, loaded once."""
    return {
        row.required("record"): Bearing(frozenset(row.parts("acts")), row.one_of("whole", ("yes", "no")) == "yes")
        for row in read_rows(folder / FILE, COLUMNS)
    }


def can_bear(record: str, statement: Statement, found: Judgement) -> bool:
    """Tell whether a record is of acts like that of a claim; of an act that none is of, each tells by its own words."""
    bearing = load_bearing().get(record)
    if bearing is None:
        return True
    if of_sides(found) and can_tell(SIDES, statement):
        return True
    if record == _TREATIES and load_patterns("claim_framing.csv")["by-treaty"].search(statement.sentence):
        return True
    known = statement.event is not None or any(statement.act in one.acts for one in load_bearing().values())
    return not known or statement.act in bearing.acts


def can_tell(record: str, statement: Statement) -> bool:
    """Tell whether a closer look tells of an act like that of a claim; of a claim without an act it does by its own words."""
    event = statement.event
    return event is None or bool({event.type, statement.act} & load_bearing()[record].acts)


def of_sides(found: Judgement) -> bool:
    """Tell whether a judgement is of who stood where in a war."""
    return found.matched.endswith(_OF_SIDES)


def looks_at_all(record: str) -> bool:
    """Tell whether a record looks at all its rows, so that what it tells of a first, a last or an only one is of the whole."""
    bearing = load_bearing().get(record)
    return bearing is None or bearing.whole


def between(statement: Statement) -> tuple[str, ...]:
    """Return the two whom a coded act is between; empty where a claim was not read from one."""
    event = statement.event
    codes = () if event is None else (event.source.code, event.target.code)
    return codes if len(set(codes)) == _PAIR else ()


def in_degree(statement: Statement, found: Judgement) -> Judgement:
    """Return a judgement of the act alone as what it is, where the claim says more: that it was the first, or always so."""
    told = statement.ballot or statement.trip or statement.war or statement.pact or statement.act.startswith("largest ")
    if told or (statement.question is not None and statement.question.quantity.how != "some"):
        return found
    more = statement.kind == "superlative" or (statement.event is not None and statement.universal)
    more = more and not found.matched.startswith(ALL_WARS)
    if not more or found.verdict != "supported":
        return found
    return replace(
        found, verdict="partly", reason=f"{found.reason} No record tells whether it was the first of its kind, or the most."
    )
