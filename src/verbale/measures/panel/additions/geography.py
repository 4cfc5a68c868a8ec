"""Where states are: distance of capitals, minimum distance of territories, and the ruggedness of the land."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from geographiclib.geodesic import Geodesic  # type: ignore[import-untyped]

from verbale.measures.panel.additions.values import chosen, first_of
from verbale.measures.panel.core import DYADIC, LEADER, NUMBERS, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import cut_spells, join_dyads, join_states, mirrored, system_of
from verbale.measures.panel.variables import PanelRecord, Variable

_CAPITAL: Final = (Variable("capdist", "distance of the capitals (of the nearest other capital, for one state)", "km"),)
_MINIMUM: Final = (
    Variable("mindist", "minimum distance of the territories (to the nearest state, for one) on 1 January", "km"),
)
_TERRAIN: Final = (
    Variable("rugged", "terrain ruggedness index", "100 m", note="of the borders about 2000, the same in all years"),
    Variable(
        "newlmtnest",
        "natural logarithm of the percentage of mountainous terrain",
        "log %",
        note="of the borders about 2000, the same in all years",
    ),
)
# Which capital counts in a year in which it moved; the names of days are those of peacesciencer.
WHICH: Final = {"first": "first", "jan1": "first", "last": "last", "dec31": "last"}


@functools.lru_cache(maxsize=65_536)  # some 240 places are or were capitals, which makes 28,680 pairs
def geodesic_km(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """Return the length of the shortest way between two places on the WGS84 ellipsoid, in kilometres.

    Karney's solution of the inverse problem, which Vincenty's formula approximates to half a millimetre where it converges.
    """
    return float(Geodesic.WGS84.Inverse(latitude1, longitude1, latitude2, longitude2, Geodesic.DISTANCE)["s12"]) / 1000


def _column_km(latitude1: Any, longitude1: Any, latitude2: Any, longitude2: Any) -> Any:
    """Return `geodesic_km` of Arrow columns."""
    places = zip(*(column.to_pylist() for column in (latitude1, longitude1, latitude2, longitude2)), strict=True)
    return pa.array([geodesic_km(*place) for place in places], pa.float64())


_geodesic: Any = ibis.udf.scalar.pyarrow(_column_km, signature=(("float64",) * 4, "float64"))


def _capitals(panel: Panel, record: PanelRecord, number: str, which: str) -> ir.Table:
    """Return the capital of each state and time: one row per number and year (or month, or day) with `place`, `lat`, `lng`."""
    spells = cut_spells(panel, record.table, start="stdate", end="enddate")
    order = [spells.stdate] if which == "first" else [ibis.desc(spells.stdate)]
    return first_of(spells, (number, *panel.times), order).select(number, *panel.times, "lat", "lng", place="line")


def _apart(pairs: ir.Table) -> ir.Table:
    """Add `capdist` to rows with two capitals; every two places are measured once."""
    ordered = pairs.mutate(near=ibis.least(pairs.place1, pairs.place2), far=ibis.greatest(pairs.place1, pairs.place2))
    turned = ordered.place1 > ordered.place2
    places = ordered.select(
        "near",
        "far",
        lat1=ibis.ifelse(turned, ordered.lat2, ordered.lat1),
        lng1=ibis.ifelse(turned, ordered.lng2, ordered.lng1),
        lat2=ibis.ifelse(turned, ordered.lat1, ordered.lat2),
        lng2=ibis.ifelse(turned, ordered.lng1, ordered.lng2),
    ).distinct()
    measured = places.select("near", "far", capdist=_geodesic(places.lat1, places.lng1, places.lat2, places.lng2))
    return ordered.join(measured, ["near", "far"])


def _side(capitals: ir.Table, number: str, side: str) -> ir.Table:
    return capitals.rename({f"{name}{side}": name for name in (number, "place", "lat", "lng")})


def _join_capitals(panel: Panel, record: PanelRecord, members: PanelRecord, *, which: str = "first") -> Panel:
    (which,) = chosen("capital-distance", "which", which, WHICH)
    system = system_of(panel, record.table, ("",))
    number, times = NUMBERS[system], panel.times
    numbers = panel.numbers(system)
    capitals = _capitals(panel, record, number, WHICH[which])
    first, second = _side(capitals, number, "1"), _side(capitals, number, "2")
    if panel.dyadic:
        rows = panel.table.select(*numbers, *times).distinct()
        pairs = rows.join(first, [numbers[0], *times]).join(second, [numbers[1], *times])
        return join_dyads(panel, record, _CAPITAL, table=_apart(pairs), system=system)
    rows = panel.table.select(*times, **{f"{number}1": numbers[0]}).distinct()
    living = _members(panel, members, number).rename({f"{number}2": number})
    both = rows.join(living, times).filter(ibis._[f"{number}1"] != ibis._[f"{number}2"])
    apart = _apart(both.join(first, [f"{number}1", *times]).join(second, [f"{number}2", *times]))
    nearest = apart.group_by(*times, **{number: f"{number}1"}).aggregate(capdist=apart.capdist.min())
    return join_states(panel, record, _CAPITAL, table=nearest, system=system, also=(members,))


def _members(panel: Panel, record: PanelRecord, number: str) -> ir.Table:
    """Return the members of each time; those of the list's last day go on, as in the panel."""
    spells = record.table
    open_end = ibis.ifelse(spells.ongoing, ibis.null("date"), spells.end)
    return cut_spells(panel, spells.mutate(end=open_end)).select(number, *panel.times).distinct()


def _join_minimum(panel: Panel, record: PanelRecord) -> Panel:
    system = system_of(panel, record.table, ("1", "2"))
    both = mirrored(record.table, system=system)
    # a list that has each pair from both sides, or twice in a year, gives the least
    table = both.group_by(f"{NUMBERS[system]}1", f"{NUMBERS[system]}2", "year").aggregate(mindist=both.mindist.min())
    if panel.dyadic:
        return join_dyads(panel, record, _MINIMUM, table=table, system=system)
    number = NUMBERS[system]
    nearest = table.group_by(**{number: f"{number}1"}, year="year").aggregate(mindist=table.mindist.min())
    return join_states(panel, record, _MINIMUM, table=nearest, system=system)


def _join_terrain(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    system = system_of(panel, record.table, ("",))
    number = NUMBERS[system]
    years: Any = ibis.range(record.source.first_year, record.source.last_year + 1).unnest().cast("int16")
    table = record.table.filter(record.table[number].notnull()).mutate(year=years)
    return join_states(panel, record, kept("terrain", _TERRAIN, keep), table=table)


CAPITAL_DISTANCE: Final = Addition(
    name="capital-distance",
    title="distance of capitals",
    units=(*DYADIC, *STATE, *LEADER),
    needs={
        "cow": (("ps-cow-capitals",), ("cow-states", "isard-cow-system")),
        "gw": (("ps-gw-capitals",), ("gw-states", "isard-gw-system")),
    },
    variables=_CAPITAL,
    join=_join_capitals,
    options={"which": "the capital in a year in which it moved: first (or jan1), or last (or dec31); first if not named"},
    note="The shortest way on the WGS84 ellipsoid. For one state: to the nearest capital of the other members of the year.",
)
MINIMUM_DISTANCE: Final = Addition(
    name="minimum-distance",
    title="minimum distance of territories (CShapes)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-cow-distances",),), "gw": (("ps-gw-distances", "gw-minimum-distance"),)},
    variables=_MINIMUM,
    join=_join_minimum,
    note="The list of Gleditsch and Ward has pairs within 950 km alone; in that of CShapes all pairs have a distance.",
)
TERRAIN: Final = Addition(
    name="terrain",
    title="rugged and mountainous terrain",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-terrain",),)},
    variables=_TERRAIN,
    join=_join_terrain,
    options={"keep": "the columns that are wanted, all if none are named"},
)
ADDITIONS: Final = (CAPITAL_DISTANCE, MINIMUM_DISTANCE, TERRAIN)
