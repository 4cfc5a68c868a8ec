"""What installed reference datasets hold of a dossier's pair of states: disputes, wars, alliances, votes, transfers of arms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from verbale import measures, records
from verbale.app.flows.record_lines import record_lines
from verbale.core import Event, VerbaleError
from verbale.engine import connect_memory
from verbale.records import Provenance
from verbale.report import DossierRecords, RecordLayer

Pair = tuple[str, str]
# Which records a caller wants: all that are installed, none, or the datasets of these names.
RecordsLike = bool | str | Sequence[str]
ALL: Final = "all"
NONE: Final = "none"
# The register covers deliveries from 1950 on; orders for them are older, and would make its domain begin too early.
FIRST_DELIVERIES: Final = 1950
_ATOP: Final = ("defense", "offense", "neutral", "nonagg", "consul")


@dataclass(frozen=True, slots=True)
class _Source:
    """A dataset that can show one kind of record: its measure, and the column that tells spells apart."""

    dataset: str
    measure: Callable[[Any, Pair], Any]
    number: str = ""


# For each kind the datasets that can show it, the better one first; the first that is installed is taken. ATOP stands before
# the alliances of the Correlates of War because its members' promises are coded for each member.
SOURCES: Final[Mapping[str, tuple[_Source, ...]]] = {
    "wars": (_Source("cow-wars", measures.wars, "warnum"),),
    "disputes": (_Source("cow-mid-participants", measures.disputes, "dispnum"),),
    "alliances": (
        _Source("atop-members", partial(measures.alliances, number="atopid", promises=_ATOP), "atopid"),
        _Source("cow-alliances", measures.alliances, "version4id"),
    ),
    "agreement": (
        _Source("un-votes", measures.un_agreement),
        _Source("un-votes-library", partial(measures.un_agreement, roll_call="undl_id")),
        _Source("un-agreement", measures.agreement_scores),
    ),
    "transfers": (_Source("sipri-transfers", measures.transfers),),
}


def parse_records(wanted: RecordsLike) -> tuple[str, ...] | None:
    """Return the datasets asked for, an empty tuple for none of them, None for all that are installed.

    Raises VerbaleError `dossier-records` for a name that no chart of a dossier can show.
    """
    if wanted is True or wanted == ALL:
        return None
    if wanted is False or wanted == NONE:
        return ()
    names = [name.strip() for name in (wanted.split(",") if isinstance(wanted, str) else wanted)]
    known = [source.dataset for sources in SOURCES.values() for source in sources]
    for name in names:
        if name not in known:
            raise VerbaleError("dossier-records", name=name, allowed=", ".join([ALL, NONE, *known]))
    return tuple(names)


def records_beside(
    wanted: tuple[str, ...] | None,
    dyad: Pair | None,
    years: tuple[int, int] | None,
    events: Sequence[Event],
    *,
    folder: str | Path | None = None,
) -> DossierRecords | None:
    """Return what the datasets hold of a pair in the years asked for, else those of its dated acts; None for no pair or years.

    A damaged dataset is named in `problems`. Raises VerbaleError `record-not-installed` for one that was asked for by name.
    """
    span = years or _years_of(events)
    if wanted == () or dyad is None or span is None:
        return None
    layers: list[RecordLayer] = []
    missing: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    connection, present = connect_memory(), set(records.installed(folder=folder))
    for kind, sources in SOURCES.items():
        chosen = [one for one in sources if (one.dataset in present if wanted is None else one.dataset in wanted)]
        try:
            layers += [_layer(kind, one, dyad, span, connection, folder) for one in chosen[:1] if chosen]
        except VerbaleError as error:
            if error.code == "record-not-installed":
                raise
            problems.append(str(error))
        if not chosen and wanted is None:
            missing[kind] = tuple(one.dataset for one in sources)
    return DossierRecords(span, layers, missing, problems)


def _layer(
    kind: str, source: _Source, dyad: Pair, years: tuple[int, int], connection: Any, folder: str | Path | None
) -> RecordLayer:
    table = records.table(source.dataset, connection, folder=folder)
    held = records.provenance(source.dataset, folder=folder)
    found = source.measure(table, dyad).to_pyarrow().to_pylist()
    rows = [row for row in found if _touches(row, years, held)]
    return RecordLayer(
        kind=kind,
        dataset=held.name,
        title=held.title,
        edition="" if held.edition == "*" else held.edition,
        first_year=max(held.first_year, FIRST_DELIVERIES) if kind == "transfers" else held.first_year,
        last_year=held.last_year,
        file=" and ".join(held.members),
        partial=held.partial,
        citation=held.citation,
        rows=rows,
        number=source.number,
        read=record_lines(source.dataset, table, (line for row in rows for line in row["lines"]), folder=folder),
    )


def _touches(row: Mapping[str, Any], years: tuple[int, int], held: Provenance) -> bool:
    """Tell whether a row lies in the years, or reaches into them."""
    if "year" in row:
        return bool(years[0] <= row["year"] <= years[1])
    last = row["end"].year if row["end"] else held.last_year
    return bool(row["start"].year <= years[1] and last >= years[0])


def _years_of(events: Sequence[Event]) -> tuple[int, int] | None:
    """Return the first and last year of the acts that happened, as far as the texts date them."""
    days = [day for event in events if event.status == "actual" and event.date for day in (event.date.start, event.date.end)]
    found = [day.year for day in days if day]
    return (min(found), max(found)) if found else None
