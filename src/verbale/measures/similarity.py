"""Similarity of policy of two states, year by year: from their votes and alliances, and the distance of ideal points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count
from verbale.measures.agreement import DISTANCES, PUBLISHED, coefficient
from verbale.measures.figures import INK, finished, frame
from verbale.measures.portfolios import (
    COW_VALUES,
    Portfolios,
    StateSystem,
    alliance_portfolios,
    ideal_points,
    state_system,
    vote_portfolios,
)
from verbale.measures.result import Basis, MeasureResult, Method, Told, parted, told, versions

COEFFICIENTS: Final = tuple(PUBLISHED)
# Of fewer items than this, a coefficient corrected for chance moves by a tenth of its scale with one vote.
MIN_ITEMS: Final = 10
SOURCES: Final = (
    "Signorino, Curtis S., and Jeffrey M. Ritter. 1999. Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy "
    "Positions. International Studies Quarterly 43: 115-144 (S).",
    "Häge, Frank M. 2011. Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement. "
    "Political Analysis 19: 287-305 (pi and kappa of portfolios, squared distances).",
    "Scott, William A. 1955. Reliability of Content Analysis: The Case of Nominal Scale Coding. Public Opinion Quarterly 19: "
    "321-325 (pi).",
    "Cohen, Jacob. 1960. A Coefficient of Agreement for Nominal Scales. Educational and Psychological Measurement 20: 37-46; "
    "1968. Weighted Kappa. Psychological Bulletin 70: 213-220 (kappa).",
    "Bueno de Mesquita, Bruce. 1975. Measuring Systemic Polarity. Journal of Conflict Resolution 19: 187-216 (tau-b).",
    "Bailey, Michael A., Anton Strezhnev, and Erik Voeten. 2017. Estimating Dynamic State Preferences from United Nations "
    "Voting Data. Journal of Conflict Resolution 61: 430-456 (ideal points).",
)
_FORMULA: Final = (
    "S = 1 - 2 sum(w d) / sum(w d_max); pi and kappa = 1 - observed / expected mean distance, expected from the mean "
    "distribution of the two (pi) or from each one's own (kappa). Distance d of positions: absolute (S as published), squared "
    "(pi and kappa as in Häge 2011), or nominal (Scott 1955, Cohen 1960). Votes: yes 1, abstain 2, no 3, absences left out "
    "or 2 (Häge), by calendar year. "
    "Alliances: highest promise to each state of the system on any day of the year (defence 3, neutrality or non-aggression 2, "
    "entente 1; of ATOP defence or offence 3, neutrality or consultation 2, non-aggression 1; binary: any 1), to itself the "
    "highest. Weights, of S only: share of capabilities. Ideal points: absolute difference. No interval: votes and alliances "
    "are complete counts, not samples."
)
_SCHEMA: Final = (
    ("dyad", pa.string()),
    ("year", pa.int64()),
    ("basis", pa.string()),
    ("coefficient", pa.string()),
    ("distance", pa.string()),
    ("weighted", pa.bool_()),
    ("value", pa.float64()),
    ("items", pa.int64()),
    ("few", pa.bool_()),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A table of reference data and the name of its dataset; `options` tell how to read it (see `vote_portfolios`, ...)."""

    table: ir.Table
    dataset: str
    options: Mapping[str, Any] = field(default_factory=dict)


def policy_similarity(
    dyad: tuple[str, str],
    *,
    votes: Source | None = None,
    alliances: Source | None = None,
    system: Source | None = None,
    capabilities: Source | None = None,
    points: Source | None = None,
    years: tuple[int, int] | None = None,
    coefficients: Sequence[str] = ("S", "pi", "kappa"),
    distance: str = "published",
    valued: bool = True,
    weighted: bool = False,
    among: Sequence[str] = (),
) -> MeasureResult:
    """Return the similarity of two states' votes and alliances and the distance of their ideal points, by year.

    Rows: `dyad`, `year`, `basis` (votes, alliances, ideal points), `coefficient` (S, pi, kappa, tau-b, distance), `distance`,
    `weighted`, `value` (null where the coefficient is not defined), `items` (roll calls or states), `few` (below `MIN_ITEMS`),
    and the lines of each dataset behind it. Alliances need `system` (member-years) and, if `weighted`, `capabilities`; `among`
    narrows the system to some states. Raises `measure-option`, `measure-dyad`, and `measure-evidence` where nothing is left.
    """
    _check(dyad, coefficients, distance)
    _check_weights(weighted and alliances is not None and system is not None, capabilities)
    chosen = {name: PUBLISHED[name] if distance == "published" or name == "tau-b" else distance for name in coefficients}
    weights = capabilities if weighted else None
    rows = [
        *(row for one in _of_votes(dyad, votes, years) for row in _rows(dyad, "votes", one, chosen)),
        *(
            row
            for one in _of_alliances(dyad, alliances, system, weights, years=years, valued=valued, among=among)
            for row in _rows(dyad, "alliances", one, chosen)
        ),
        *_of_points(dyad, points, years),
    ]
    _refuse_nothing(rows)
    bases = _bases(votes, alliances, weights, points)
    (sentences, behind), (warnings, warned) = parted(_sentences(dyad, rows, bases)), parted(_warnings(rows, bases))
    options = {
        "dyad": "-".join(dyad),
        "years": None if years is None else f"{years[0]}-{years[1]}",
        "distance": chosen,
        "alliances": "valued" if valued else "binary",
        "weighted": weighted,
        "absences": votes.options.get("absences") if votes else None,
        "states": list(among) or None,
        "datasets": [basis.name for basis in bases] + ([system.dataset] if system else []),
    }
    return MeasureResult(
        "similarity",
        "Similarity of policy",
        pa.Table.from_pylist(rows, schema=pa.schema([*_SCHEMA, *((one.column, pa.list_(pa.int64())) for one in bases)])),
        Method(_FORMULA, SOURCES, options, versions("numpy", "scipy", "ibis-framework")),
        sentences,
        bases,
        _draw,
        warnings,
        behind,
        warned,
    )


def _refuse_nothing(rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        needed = "years with votes or alliances of both"
        raise VerbaleError("measure-evidence", measure="similarity", needed=needed, found="none")


def _of_votes(dyad: tuple[str, str], votes: Source | None, years: tuple[int, int] | None) -> list[Portfolios]:
    return [] if votes is None else vote_portfolios(votes.table, dyad, years=years, **votes.options)


def _of_alliances(
    dyad: tuple[str, str],
    alliances: Source | None,
    system: Source | None,
    weights: Source | None,
    *,
    years: tuple[int, int] | None,
    valued: bool,
    among: Sequence[str],
) -> list[Portfolios]:
    """Return the promises of both to each state of the system, weighted by `weights` where there are some."""
    if alliances is None or system is None:
        return []
    held = state_system(system.table, weights.table if weights else None, among=among)
    given = {"values": COW_VALUES, **alliances.options}
    span = years or _years_of(held)
    return list(
        alliance_portfolios(alliances.table, dyad, held, years=span, valued=valued, weighted=weights is not None, **given)
    )


def _of_points(dyad: tuple[str, str], points: Source | None, years: tuple[int, int] | None) -> list[dict[str, Any]]:
    if points is None:
        return []
    found = ideal_points(points.table, dyad, years=years, **points.options)
    return [_row(dyad, year, "ideal points", "distance", "absolute", apart, 1, lines) for year, apart, lines in found]


def _check(dyad: tuple[str, str], coefficients: Sequence[str], distance: str) -> None:
    if len(dyad) != 2 or not all(dyad) or dyad[0] == dyad[1]:
        raise VerbaleError("measure-dyad", dyad="-".join(dyad))
    unknown = [one for one in coefficients if one not in COEFFICIENTS]
    if unknown or not coefficients:
        value = repr(unknown[0]) if unknown else "empty"
        raise VerbaleError("measure-option", option="coefficient", value=value, allowed=", ".join(COEFFICIENTS))
    if distance not in ("published", *DISTANCES):
        allowed = ", ".join(("published", *DISTANCES))
        raise VerbaleError("measure-option", option="distance", value=repr(distance), allowed=allowed)


def _check_weights(weighted: bool, capabilities: Source | None) -> None:
    if weighted and capabilities is None:
        raise VerbaleError("measure-option", option="weighted", value="on", allowed="it only with a table of capabilities")


_COLUMNS: Final = ("votes_lines", "alliances_lines", "capabilities_lines", "points_lines")


def _bases(*sources: Source | None) -> tuple[Basis, ...]:
    return tuple(
        Basis(source.table, source.dataset, "line", column)
        for source, column in zip(sources, _COLUMNS, strict=True)
        if source is not None
    )


def _years_of(system: StateSystem) -> tuple[int, int]:
    return (min(system.members), max(system.members)) if system.members else (0, -1)


def _rows(dyad: tuple[str, str], basis: str, one: Portfolios, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for name, distance in chosen.items():
        weights = one.weights if name == "S" else None
        value = coefficient(name, one.first, one.second, span=one.span, distance=distance, weights=weights)
        row = _row(dyad, one.year, basis, name, distance, value, len(one.first), one.lines)
        if weights is not None:
            row |= {"weighted": True, "capabilities_lines": list(one.weight_lines)}
        rows.append(row)
    return rows


def _row(
    dyad: tuple[str, str],
    year: int,
    basis: str,
    name: str,
    distance: str,
    value: float | None,
    items: int,
    lines: Sequence[int],
) -> dict[str, Any]:
    return {
        "dyad": "-".join(dyad),
        "year": year,
        "basis": basis,
        "coefficient": name,
        "distance": distance,
        "weighted": False,
        "value": value,
        "items": items,
        "few": basis != "ideal points" and items < MIN_ITEMS,
        **{column: [] for column in _COLUMNS},
        {"votes": "votes_lines", "alliances": "alliances_lines", "ideal points": "points_lines"}[basis]: list(lines),
    }


def _sentences(dyad: tuple[str, str], rows: Sequence[Mapping[str, Any]], bases: Sequence[Basis]) -> list[Told]:
    found, columns = list[Told](), [one.column for one in bases]
    for basis in ("votes", "alliances", "ideal points"):
        for name in dict.fromkeys(row["coefficient"] for row in rows if row["basis"] == basis):
            held = [row for row in rows if row["basis"] == basis and row["coefficient"] == name and row["value"] is not None]
            if not held:
                continue
            first, last = held[0], held[-1]
            least, most = min(held, key=lambda row: row["value"]), max(held, key=lambda row: row["value"])
            words = f"{first['distance']} distance" if name not in ("tau-b", "distance") else ""
            weighted = ", weighted by capabilities" if first["weighted"] else ""
            label = {"distance": "distance of ideal points"}.get(name, f"{name} of {basis}")
            about = f" ({words}{weighted})" if words and name != "distance" else ""
            text = f"{'-'.join(dyad)}, {label}{about}: {_told(first)}"
            if len(held) > 1:
                text += f", {_told(last)}; lowest {_told(least)}, highest {_told(most)}; {len(held)} years."
            found.append(told(text if text.endswith(".") else f"{text}.", held, *columns))
    return found


def _told(row: Mapping[str, Any]) -> str:
    return f"{row['value']:.3f} in {row['year']}".replace("-", "−")


def _warnings(rows: Sequence[Mapping[str, Any]], bases: Sequence[Basis]) -> list[Told]:
    found, columns = list[Told](), [one.column for one in bases]
    few = [row for row in rows if row["few"]]
    if few:
        years = count(len({row["year"] for row in few}), "year has", "years have")
        found.append(told(f"{years} fewer than {MIN_ITEMS} votes or states in common.", few, *columns))
    undefined = [row for row in rows if row["value"] is None]
    if undefined:
        years = count(len({row["year"] for row in undefined}), "year")
        text = f"In {years} a coefficient is not defined, for neither portfolio varies."
        found.append(told(text, undefined, *columns))
    return found


def _draw(rows: pa.Table) -> Any:
    """Draw each coefficient as a line through the years, votes above alliances above ideal points."""
    data = frame(rows, "year", "basis", "coefficient", "value", "items")
    data = data[data["value"].notna()]
    charts = []
    for basis in ("votes", "alliances", "ideal points"):
        own = data[data["basis"] == basis]
        if own.empty:
            continue
        base = alt.Chart(own).encode(
            x=alt.X("year:Q", axis=alt.Axis(format="d", title=None, grid=False)),
            y=alt.Y("value:Q", title=basis),
            color=alt.Color("coefficient:N", title=None, sort=None, scale=alt.Scale(range=_COLOURS)),
        )
        charts.append(finished(base.mark_line() + base.mark_point(filled=True, size=30, cursor="pointer"), height=150))
    return alt.vconcat(*charts) if len(charts) > 1 else charts[0] if charts else finished(alt.Chart(data).mark_point())


_COLOURS: Final = ("#0b4f8a", "#d58a00", "#b2380b", INK)
