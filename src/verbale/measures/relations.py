"""What reference data record of two states: disputes, wars, alliances, agreement in votes, and transfers of arms.

Each measure takes one record's table, as `verbale.records` installs it, and a pair of our codes, and returns rows that carry
`lines`, the lines of the official file that they were computed from. Absence means nothing beyond the years that the record
covers; which these are the record's provenance says, not its rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError
from verbale.measures.selection import needs

# A spell without an end goes on; any day after every edition orders it behind those that ended.
_OPEN: Final = datetime.date(9999, 12, 31)
_PLACES: Final = {"yes": 1, "abstain": 2, "no": 3}
# Of the Correlates of War alliances.
PROMISES: Final = ("defense", "neutrality", "nonaggression", "entente")


def disputes(participants: ir.Table, dyad: tuple[str, str]) -> ir.Table:
    """Return the militarised disputes in which two states stood on opposite sides, on the days that both took part in.

    A row for each pair of their spells with a day in common, in order of time: `dispnum`, `start`, `end` (null: goes on),
    `hostlev` (the higher of the two hostility levels, 1 to 5), `lines`. This is the rule by which the participants of MID 5.0
    give the published dispute-dyad-years.
    """
    needs(participants, "dispnum", "code", "sidea", "start", "end", "hostlev", "line")
    pairs = _overlaps(participants, dyad, "dispnum", "sidea", "hostlev")
    opposed = pairs.filter(pairs.sidea_1 != pairs.sidea_2)
    return _spells(opposed, "dispnum", hostlev=ibis.greatest(opposed.hostlev_1, opposed.hostlev_2))


def wars(participants: ir.Table, dyad: tuple[str, str]) -> ir.Table:
    """Return the wars in which two states fought on the same days, against each other or on the same side.

    A row for each pair of their spells with a day in common: `warnum`, `warname`, `opposed` (against each other), `start`,
    `end` (null: goes on), `lines`.
    """
    needs(participants, "warnum", "warname", "code", "side", "start", "end", "start2", "end2", "line")
    names = ("warnum", "warname", "code", "side", "start", "end", "line")
    again = participants.filter(participants.start2.notnull())
    again = again.drop("start", "end").rename(start="start2", end="end2")
    spells = participants.select(*names).union(again.select(*names))
    pairs = _overlaps(spells, dyad, "warnum", "warname", "side")
    return _spells(pairs, "warnum", warname=pairs.warname_1, opposed=pairs.side_1 != pairs.side_2)


def alliances(
    members: ir.Table, dyad: tuple[str, str], *, number: str = "version4id", promises: Sequence[str] = PROMISES
) -> ir.Table:
    """Return the alliances that two states were members of on the same days, with what either promised.

    A row for each pair of their memberships with a day in common: `number` (the column that tells alliances apart), `start`,
    `end` (null: in force when the record ends), each of `promises` (true where at least one of the two makes it), `lines`.
    """
    needs(members, number, "code", "start", "end", "line", *promises)
    pairs = _overlaps(members, dyad, number, *promises)
    either = {name: pairs[f"{name}_1"].fill_null(False) | pairs[f"{name}_2"].fill_null(False) for name in promises}
    return _spells(pairs, number, **either)


def un_agreement(votes: ir.Table, dyad: tuple[str, str], *, roll_call: str = "rcid") -> ir.Table:
    """Return how far two members agree in votes of the United Nations, year by year.

    A row for each year in which both voted at least once: `year`, `agreement`, `votes` (in which both said yes, no or
    abstained), `lines`. `agreement` is Lijphart's index of agreement as a share: equal votes count 1, an abstention against a
    yes or a no counts 1/2, a yes against a no 0; absences are left out. `roll_call` names the column that tells votes apart.
    Source: Lijphart, Arend. 1963. "The Analysis of Bloc Voting in the General Assembly." APSR 57(4): 902-917.
    """
    needs(votes, roll_call, "code", "year", "vote", "line")
    cast = votes.filter(votes.vote.isin(list(_PLACES)))
    place = ibis.cases(*((cast.vote == vote, number) for vote, number in _PLACES.items()))
    sides = cast.select(roll_call, "code", "year", "line", place=place)
    both = _beside(sides, dyad, roll_call, "year", "line", "place")
    return (
        both.group_by(year=both.year_1)
        .aggregate(
            agreement=(1 - (both.place_1 - both.place_2).abs() / 2).mean(),
            votes=both.count(),
            lines=_together(both.line_1.collect(), both.line_2.collect()),
        )
        .order_by("year")
    )


def agreement_scores(scores: ir.Table, dyad: tuple[str, str]) -> ir.Table:
    """Return the published agreement of two members by year, in the shape of `un_agreement`; `votes` is the smaller number."""
    needs(scores, "code1", "code2", "year", "agree", "nvotes1", "nvotes2", "line")
    first, second = _pair(dyad)
    # Some editions have each pair once, some in both directions with the same value.
    found = scores.filter(scores.code1.isin([first, second]), scores.code2.isin([first, second]), scores.code1 != scores.code2)
    found = found.filter(found.agree.notnull())
    return (
        found.group_by("year")
        .aggregate(
            agreement=found.agree.mean(),
            votes=ibis.least(found.nvotes1, found.nvotes2).max(),
            lines=found.line.collect().sort(),
        )
        .order_by("year")
    )


def transfers(register: ir.Table, dyad: tuple[str, str]) -> ir.Table:
    """Return the arms that two states delivered to each other, year by year and direction.

    `year`, `source`, `target`, `tiv` (SIPRI's trend-indicator value in millions), `orders`, `lines`. The register tells of an
    order only which years it was delivered in: its value is spread evenly over them. An order without a year of delivery, or
    without a value, is in no row.
    """
    needs(register, "source", "target", "delivery_years", "tiv_delivered", "line")
    first, second = _pair(dyad)
    found = register.filter(
        register.source.isin([first, second]), register.target.isin([first, second]), register.source != register.target
    )
    found = found.filter(found.tiv_delivered.notnull(), found.delivery_years.length() > 0)
    found = found.mutate(share=found.tiv_delivered / found.delivery_years.length())
    spread = found.select("source", "target", "share", "line", year=found.delivery_years.unnest())
    return (
        spread.group_by("year", "source", "target")
        .aggregate(tiv=spread.share.sum(), orders=spread.count(), lines=spread.line.collect().sort())
        .order_by("year", "source")
    )


def _pair(dyad: tuple[str, str]) -> tuple[str, str]:
    if len(dyad) != 2 or not all(dyad) or dyad[0] == dyad[1]:
        raise VerbaleError("measure-dyad", dyad="-".join(dyad))
    return dyad


def _overlaps(spells: ir.Table, dyad: tuple[str, str], group: str, *columns: str) -> ir.Table:
    """Return the pairs of spells of the two states in one group that share a day, from `start` to `last`."""
    pairs = _beside(spells, dyad, group, "start", "end", "line", *columns)
    start = ibis.greatest(pairs.start_1, pairs.start_2)
    end = ibis.least(pairs.end_1.fill_null(_OPEN), pairs.end_2.fill_null(_OPEN))
    return pairs.mutate(start=start, last=end).filter(start <= end)


def _beside(table: ir.Table, dyad: tuple[str, str], group: str, *columns: str) -> ir.Table:
    """Join the two states' rows of one group; columns of the first state end in _1, those of the second in _2."""
    sides = [
        table.filter(table.code == code).select(group, **{f"{name}_{number}": table[name] for name in columns})
        for number, code in enumerate(_pair(dyad), start=1)
    ]
    return sides[0].inner_join(sides[1], group)


def _spells(pairs: ir.Table, group: str, **columns: ir.Value) -> ir.Table:
    end = ibis.ifelse(pairs.last == ibis.literal(_OPEN), ibis.null("date"), pairs.last)
    lines = ibis.array([pairs.line_1, pairs.line_2])
    return pairs.select(group, "start", end=end, **columns, lines=lines).order_by("start", group, "end")


def _together(one: ir.ArrayValue, other: ir.ArrayValue) -> ir.ArrayValue:
    return one.concat(other).sort()
