"""A dyad's events counted by direction, period and quadrant, document by document: what balances and series start from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np

from verbale.core.errors import VerbaleError
from verbale.core.ontology import QUADRANTS
from verbale.measures.bootstrap import Atoms, Floats, Integers, Replicates
from verbale.measures.periods import Span, every_start, label_of, placed
from verbale.measures.selection import actual, event_ids, needs, restrict

QUADS: Final = tuple(dict.fromkeys(QUADRANTS.values()))
COOPERATION: Final = tuple(index for index, quad in enumerate(QUADS) if quad.endswith("cooperation"))
# Rows of days over many years would fill memory with replicates (200 MB at this limit) and no reader's patience.
MAX_PERIODS: Final = 2_000
_FLOWS: Final = 3  # from the first to the second, back, and together
# Which flows make up a direction.
_PARTS: Final = ((0, 2), (1, 2), (0, 1, 2))


def directions(dyad: tuple[str, str]) -> tuple[str, str, str]:
    """Return the names of a dyad's directions, in the order of their numbers.

    >>> directions(("RUS", "IRN"))
    ('RUS>IRN', 'IRN>RUS', 'both')
    """
    return f"{dyad[0]}>{dyad[1]}", f"{dyad[1]}>{dyad[0]}", "both"


@dataclass(frozen=True, slots=True)
class DyadCounts:
    """A dyad's events by flow, period and quadrant: the atoms of the bootstrap, and the ids behind each cell.

    `periods` are label and first day, in order of time; both None for events that belong to none.
    """

    dyad: tuple[str, str]
    periods: list[tuple[str | None, datetime.date | None]]
    atoms: Atoms
    ids: dict[int, list[str]]

    def ids_of(self, direction: int, at: int, quads: Sequence[str] = QUADS) -> list[str]:
        """Return the events of a direction in a period, by its number, of some quadrants, in order."""
        rows = (flow * len(self.periods) + at for flow in _PARTS[direction])
        cells = (row * len(QUADS) + QUADS.index(quad) for row in rows for quad in quads)
        return sorted(event for cell in cells for event in self.ids.get(cell, ()))


@dataclass(frozen=True, slots=True)
class DirectionCounts:
    """Counts by period and quadrant in one direction: as seen and in replicates, and of how many documents per period."""

    events: Floats
    intensity: Floats
    replicate_events: Floats
    replicate_intensity: Floats
    documents: Integers


def count_dyad(events: ir.Table, dyad: tuple[str, str], *, period: str, spans: Sequence[Span] | None) -> DyadCounts:
    """Count a dyad's events by document, flow, period, quadrant and intensity, and list their ids by cell."""
    needs(events, "event_id", "source", "target", "mutual", "quad", "status", "intensity")
    between = restrict(actual(events), dyad=dyad)
    held = placed(between.filter(between.quad.notnull()), period=period, spans=spans)
    # An event dataset may tell no report; then every event stands for itself.
    document = held.document_id.fill_null(held.event_id) if "document_id" in held.columns else held.event_id
    flow = ibis.cases((held.mutual, 2), (held.source == dyad[0], 0), else_=1)
    told = held.select(
        "event_id", "period", "period_start", "quad", intensity=held.intensity.fill_null(0.0), document=document, flow=flow
    )
    cells = told.group_by("flow", "period", "period_start", "quad").aggregate(ids=event_ids(told)).to_pyarrow().to_pylist()
    if not cells:
        raise VerbaleError(
            "measure-evidence", measure="a measure of a dyad", needed=f"events between {' and '.join(dyad)}", found="none"
        )
    atoms = told.group_by("document", "flow", "period", "quad", "intensity").aggregate(number=told.count())
    atoms = atoms.order_by("document", "flow", "period", "quad", "intensity").to_pyarrow().to_pydict()
    periods = _periods({(cell["period"], cell["period_start"]) for cell in cells}, period, spans)
    at = {label: index for index, (label, _) in enumerate(periods)}
    number = {name: index for index, name in enumerate(dict.fromkeys(atoms["document"]))}

    def cell_of(flow: int, label: str | None, quad: str) -> int:
        return (int(flow) * len(periods) + at[label]) * len(QUADS) + QUADS.index(quad)

    return DyadCounts(
        dyad,
        periods,
        Atoms(
            np.array([number[name] for name in atoms["document"]], dtype=np.int64),
            np.array(
                [cell_of(*one) for one in zip(atoms["flow"], atoms["period"], atoms["quad"], strict=True)], dtype=np.int64
            ),
            np.array(atoms["intensity"], dtype=np.float64),
            np.array(atoms["number"], dtype=np.int64),
            _FLOWS * len(periods) * len(QUADS),
        ),
        {cell_of(cell["flow"], cell["period"], cell["quad"]): cell["ids"] for cell in cells},
    )


def _periods(
    found: set[tuple[str | None, datetime.date | None]], period: str, spans: Sequence[Span] | None
) -> list[tuple[str | None, datetime.date | None]]:
    """Return all periods in order of time, those without events between others included; null last, where there is any."""
    starts = [start for _, start in found if start is not None]
    unplaced: list[tuple[str | None, datetime.date | None]] = [(None, None)] if (None, None) in found else []
    if spans is not None:
        return [*((span.name, span.first) for span in spans), *unplaced]
    every = every_start(min(starts), max(starts), period=period) if starts else []
    if len(every) > MAX_PERIODS:
        wide = f"{period}, of which the events span {len(every):,}"
        raise VerbaleError("measure-option", option="period", value=wide, allowed="a longer period, or fewer years")
    return [*((label_of(start, period=period), start) for start in every), *unplaced]


def cells_of(counted: DyadCounts, direction: int) -> Integers:
    """Return the numbers of a direction's cells: periods x flows x quadrants."""
    flow, at, quad = np.ogrid[:_FLOWS, : len(counted.periods), : len(QUADS)]
    found: Integers = ((flow * len(counted.periods) + at) * len(QUADS) + quad)[list(_PARTS[direction])].swapaxes(0, 1)
    return found


def in_direction(counted: DyadCounts, drawn: Replicates, direction: int) -> DirectionCounts:
    """Return counts and intensities of a direction by period and quadrant."""
    shape = (_FLOWS, len(counted.periods), len(QUADS))
    parts = list(_PARTS[direction])

    def of(values: Floats) -> Floats:
        summed: Floats = values.reshape(*values.shape[:-1], *shape)[..., parts, :, :].sum(axis=-3)
        return summed

    flow, rest = np.divmod(counted.atoms.cell, shape[1] * shape[2])
    wanted = np.isin(flow, parts)
    told = np.unique(np.stack([rest[wanted] // shape[2], counted.atoms.document[wanted]]), axis=1)[0]
    documents = np.bincount(told, minlength=shape[1])
    return DirectionCounts(
        of(drawn.events), of(drawn.intensity), of(drawn.replicate_events), of(drawn.replicate_intensity), documents
    )
