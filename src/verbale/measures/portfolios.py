"""Portfolios of foreign policy from reference data: positions in votes, and promises to the states of a system, by year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from verbale.core.errors import VerbaleError
from verbale.measures.selection import needs

Floats = npt.NDArray[np.float64]

# A yes and a no are two steps apart, an abstention stands between them (Lijphart 1963; Haege 2011).
VOTES: Final[Mapping[str, float]] = {"yes": 1.0, "abstain": 2.0, "no": 3.0}
VOTE_SPAN: Final = 2.0
# What an absence counts as: nothing, or an abstention, as in the published values of Haege (2011) (docs/measures.md).
ABSENCES: Final[Mapping[str, Mapping[str, float]]] = {"left out": {}, "abstain": {"absent": VOTES["abstain"]}}
# The order of promises by which portfolios of alliances are valued. Of Correlates of War as Signorino and Ritter (1999) and
# Haege (2011) have it; of ATOP as Chiba, Johnson and Leeds rank obligations, with non-aggression below consultation.
COW_VALUES: Final[Mapping[str, float]] = {"defense": 3.0, "neutrality": 2.0, "nonaggression": 2.0, "entente": 1.0}
ATOP_VALUES: Final[Mapping[str, float]] = {"defense": 3.0, "offense": 3.0, "neutral": 2.0, "consul": 2.0, "nonagg": 1.0}
ALLIANCE_SPAN: Final = 3.0
_FOREVER: Final = datetime.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Portfolios:
    """The positions of two states in one year, item by item, on a scale of `span`; `lines` are the rows behind them.

    `weights` go with the items, None where all count the same. `weight_lines` are the rows of the weights.
    """

    year: int
    first: Floats
    second: Floats
    span: float
    lines: tuple[int, ...]
    weights: Floats | None = None
    weight_lines: tuple[int, ...] = field(default=())


def vote_portfolios(
    votes: ir.Table,
    dyad: tuple[str, str],
    *,
    years: tuple[int, int] | None = None,
    roll_call: str = "rcid",
    absences: str = "left out",
) -> list[Portfolios]:
    """Return the votes of two members on the same roll calls, by the calendar year of the vote.

    `absences` are "left out", or each counts as an "abstain". A table without a `date` is taken by its `year`, in which a
    session's votes of spring stand with those of the autumn before. Raises `measure-option`.
    """
    if absences not in ABSENCES:
        raise VerbaleError("measure-option", option="absences", value=repr(absences), allowed=" or ".join(ABSENCES))
    needs(votes, roll_call, "code", "year", "vote", "line")
    values = {**VOTES, **ABSENCES[absences]}
    cast = votes.filter(votes.code.isin(list(dyad)), votes.vote.isin(list(values)))
    if "date" in votes.columns:
        cast = cast.mutate(year=ibis.coalesce(cast.date.year().cast(cast.year.type()), cast.year))
    kept = cast if years is None else cast.filter(cast.year.between(*years))
    place = ibis.cases(*((kept.vote == vote, value) for vote, value in values.items()))
    told = kept.select("code", "year", "line", call=kept[roll_call], place=place)
    one, other = (
        told.filter(told.code == code).select("call", "year", **{f"place_{at}": "place", f"line_{at}": "line"})
        for at, code in enumerate(dyad)
    )
    rows = one.inner_join(other, ["call", "year"]).order_by("year", "call", "line_0", "line_1").to_pyarrow().to_pydict()
    year = np.array(rows["year"], dtype=np.int64)
    columns = {name: np.array(rows[name]) for name in ("place_0", "place_1", "line_0", "line_1")}
    found = []
    for one_year in np.unique(year):
        at = year == one_year
        lines = np.concatenate([columns["line_0"][at], columns["line_1"][at]])
        first, second = (columns[f"place_{side}"][at].astype(np.float64) for side in (0, 1))
        found.append(Portfolios(int(one_year), first, second, VOTE_SPAN, tuple(int(line) for line in sorted(lines))))
    return found


@dataclass(frozen=True, slots=True)
class StateSystem:
    """Which states a system has in each year, and what they weigh; keys are years, then states' codes.

    `lines` are the rows of the weights.
    """

    members: Mapping[int, frozenset[str]]
    weights: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    lines: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


def state_system(
    members: ir.Table, capabilities: ir.Table | None = None, *, among: Sequence[str] = (), weight: str = "cinc"
) -> StateSystem:
    """Return the states of each year from member-years, and their capabilities; only states of `among`, where it names some."""
    needs(members, "code", "year")
    years: dict[int, set[str]] = {}
    for code, year in _columns(members.filter(members.code.notnull()), "code", "year"):
        if not among or code in among:
            years.setdefault(year, set()).add(code)
    found = {year: frozenset(codes) for year, codes in years.items()}
    if capabilities is None:
        return StateSystem(found)
    needs(capabilities, "code", "year", weight, "line")
    weights: dict[int, dict[str, float]] = {}
    lines: dict[int, dict[str, int]] = {}
    known = capabilities.filter(capabilities[weight].notnull(), capabilities.code.notnull())
    for code, year, value, line in _columns(known, "code", "year", weight, "line"):
        # Where two of a dataset's states share one of our codes in a year, the heavier stands for both.
        if value >= weights.setdefault(year, {}).get(code, 0.0):
            weights[year][code] = value
            lines.setdefault(year, {})[code] = line
    return StateSystem(found, weights, lines)


def alliance_portfolios(
    members: ir.Table,
    dyad: tuple[str, str],
    system: StateSystem,
    *,
    years: tuple[int, int],
    number: str = "version4id",
    values: Mapping[str, float] = COW_VALUES,
    valued: bool = True,
    weighted: bool = False,
) -> list[Portfolios]:
    """Return what two states promised to each state of a system, by year: the highest promise in force on any day of it.

    A promise holds between members of one alliance on the same day; the promises of either count for both. Every state is
    bound to itself as much as can be. Without `valued`, any alliance counts 1. With `weighted`, states without a weight are
    left out. Years in which one of the two is not in the system are left out.
    """
    needs(members, number, "code", "start", "end", "line", *values)
    bound = members.filter(members.code.notnull())
    rows = [
        _Spell(group, code, start, end or _FOREVER, line, max((values[name] for name, held in promises if held), default=0.0))
        for group, code, start, end, line, *flags in _columns(bound, number, "code", "start", "end", "line", *values)
        for promises in [list(zip(values, flags, strict=True))]
    ]
    by_alliance: dict[int, list[_Spell]] = {}
    for spell in rows:
        by_alliance.setdefault(spell.alliance, []).append(spell)
    ties = {code: _ties(code, by_alliance.values()) for code in dyad}
    found = []
    for year in range(years[0], years[1] + 1):
        states = system.members.get(year, frozenset())
        if not set(dyad) <= states:
            continue
        weights = system.weights.get(year, {})
        items = [state for state in sorted(states) if not weighted or state in weights]
        if not items:
            continue
        sides, lines = list[Floats](), set[int]()
        for code in dyad:
            portfolio, behind = _portfolio(code, items, ties[code], year, valued=valued)
            sides.append(portfolio)
            lines |= behind
        found.append(
            Portfolios(
                year,
                sides[0],
                sides[1],
                ALLIANCE_SPAN if valued else 1.0,
                tuple(sorted(lines)),
                np.array([weights[state] for state in items]) if weighted else None,
                tuple(system.lines[year][state] for state in items) if weighted else (),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Spell:
    alliance: int
    code: str
    start: datetime.date
    end: datetime.date
    line: int
    value: float


@dataclass(frozen=True, slots=True)
class _Tie:
    """A promise between a state and another from `first` to `last`."""

    other: str
    first: datetime.date
    last: datetime.date
    value: float
    lines: tuple[int, int]


def _ties(code: str, alliances: Iterable[Sequence[_Spell]]) -> list[_Tie]:
    found = []
    for spells in alliances:
        for own in spells:
            if own.code != code:
                continue
            for other in spells:
                first, last = max(own.start, other.start), min(own.end, other.end)
                value = max(own.value, other.value)
                if other.code != code and first <= last and value > 0:
                    found.append(_Tie(other.code, first, last, value, (own.line, other.line)))
    return found


def _portfolio(code: str, items: Sequence[str], ties: Sequence[_Tie], year: int, *, valued: bool) -> tuple[Floats, set[int]]:
    held = {code: ALLIANCE_SPAN}
    lines = set[int]()
    for tie in ties:
        if tie.first.year <= year <= tie.last.year and tie.other in items:
            held[tie.other] = max(held.get(tie.other, 0.0), tie.value)
            lines |= set(tie.lines)
    positions = np.array([held.get(state, 0.0) for state in items])
    return positions if valued else (positions > 0).astype(np.float64), lines


def _columns(table: ir.Table, *names: str) -> Iterable[tuple[Any, ...]]:
    held = table.select(*names).to_pyarrow().to_pydict()
    return zip(*(held[name] for name in names), strict=True)


def ideal_points(
    points: ir.Table, dyad: tuple[str, str], *, years: tuple[int, int] | None = None, point: str = "IdealPointAll"
) -> list[tuple[int, float, tuple[int, ...]]]:
    """Return year, distance of two members' ideal points, and the lines behind it; years without both points are left out."""
    needs(points, "code", "year", point, "line")
    known = points.filter(points.code.isin(list(dyad)), points[point].notnull())
    held: dict[int, dict[str, tuple[float, int]]] = {}
    for code, year, value, line in _columns(known.order_by("year", "line"), "code", "year", point, "line"):
        held.setdefault(year, {})[code] = (value, line)
    return [
        (year, abs(sides[dyad[0]][0] - sides[dyad[1]][0]), (sides[dyad[0]][1], sides[dyad[1]][1]))
        for year, sides in sorted(held.items())
        if len(sides) == 2 and (years is None or years[0] <= year <= years[1])
    ]
