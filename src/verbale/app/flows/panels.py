"""The flow `panel`: a panel from the installed records and, where one is named, a ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow.compute as pc

from verbale import records
from verbale.app.flows.common import LedgerLike, opened, parse_years
from verbale.app.flows.panel_files import PanelReport, write_panel
from verbale.app.flows.version import version
from verbale.core.schema import COUNTED_BY
from verbale.engine import connect_memory
from verbale.measures import panel as panels
from verbale.measures.panel import EVENT_TABLES, LEDGER, Panel, PanelRecord, Source
from verbale.records import Provenance

__all__ = [
    "AdditionListed",
    "InstalledRecords",
    "Panel",
    "PanelReport",
    "panel",
    "panel_additions",
    "with_additions",
    "without_rows",
    "write_panel",
]


class InstalledRecords(Mapping[str, PanelRecord]):
    """The installed datasets by name, each opened on one connection when it is first asked for."""

    def __init__(self, connection: Any, folder: str | Path | None = None, *, ledger: PanelRecord | None = None) -> None:
        """Look for datasets in a folder, the user's data folder if none is given."""
        self._connection, self._folder = connection, folder
        self._names = tuple(records.installed(folder=folder))
        self._opened: dict[str, PanelRecord] = {} if ledger is None else {LEDGER: ledger}

    def __getitem__(self, name: str) -> PanelRecord:
        """Open a dataset. Raises KeyError, or VerbaleError `record-damaged`."""
        if name not in self._opened:
            if name not in self._names:
                raise KeyError(name)
            source = source_of(records.provenance(name, folder=self._folder))
            # a panel sums events, and their counts by day are a small part of them
            read = records.event_counts if name in EVENT_TABLES else records.table
            self._opened[name] = PanelRecord(source, read(name, self._connection, folder=self._folder))
        return self._opened[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether a dataset is installed, without opening it."""
        return name in self._names or name in self._opened

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(dict.fromkeys((*self._opened, *self._names)))

    def __len__(self) -> int:
        """Count the installed datasets."""
        return len(set(self._opened) | set(self._names))


def source_of(provenance: Provenance) -> Source:
    """Return what a panel tells of an installed dataset."""
    return Source(
        name=provenance.name,
        title=provenance.title,
        edition=provenance.edition,
        first_year=provenance.first_year,
        last_year=provenance.last_year,
        citation=provenance.citation,
        terms=provenance.terms,
    )


@dataclass(frozen=True, slots=True)
class AdditionListed:
    """An addition as `verbale panel --list` tells of it: for each record it needs, the datasets by their being installed."""

    name: str
    title: str
    units: tuple[str, ...]
    needs: Mapping[str, tuple[Mapping[str, bool], ...]]
    columns: tuple[str, ...]
    options: Mapping[str, str]
    note: str


def panel(
    dyads: Iterable[str | tuple[str, str]] | None = None,
    *,
    years: str | tuple[int, int] | None = None,
    unit: str = "dyad-year",
    system: str = "cow",
    directed: bool | None = None,
    states: Iterable[str] | None = None,
    extend: bool = False,
    additions: Iterable[str] = (),
    ledger: LedgerLike | None = None,
    folder: str | Path | None = None,
) -> Panel:
    """Return a panel from the installed records, to widen with `add`; see `verbale.measures.panel.panel`.

    `years` may be text, `1816-2014`. `additions` are made in their order: `nmc`; `contiguity=cow-contiguity`, which names the
    dataset; `gml-mids:gml_`, which puts a prefix before the new columns' names. `ledger` is whose events the addition `events`
    counts. `folder` is where the records are installed. Raises the `panel-...` errors.
    """
    events = None if ledger is None else _ledger_record(ledger)
    made = panels.panel(
        system=system,
        records=InstalledRecords(connect_memory(), folder, ledger=events),
        unit=unit,
        directed=directed,
        dyads=dyads,
        states=states,
        years=parse_years(years),
        extend=extend,
    )
    return with_additions(made, additions)


def with_additions(panel: Panel, additions: Iterable[str]) -> Panel:
    """Return a panel widened by additions, each written `NAME`, `NAME=DATASET`, `NAME:PREFIX` or `NAME=DATASET:PREFIX`."""
    for one in additions:
        chosen, _, prefix = one.strip().partition(":")
        name, _, dataset = chosen.partition("=")
        panel = panel.add(name, dataset=dataset or None, prefix=prefix)
    return panel


def _ledger_record(ledger: LedgerLike) -> PanelRecord:
    """Return what an addition reads of a ledger's events, out of the ledger, which is closed again."""
    with opened(ledger, read_only=True) as open_one:
        rows = open_one.events().select(*COUNTED_BY, "intensity").to_pyarrow()
        name = str(ledger) if isinstance(ledger, (str, Path)) else "an open ledger"
    years = pc.min_max(pc.year(rows["date_start"])).as_py()
    source = Source(
        name=LEDGER,
        title=f"events coded in {Path(name).name}",
        edition=f"verbale {version()}",
        first_year=years["min"] or datetime.MINYEAR,
        last_year=years["max"] or datetime.MINYEAR,
        citation="",
    )
    return PanelRecord(source, ibis.memtable(rows))


def panel_additions(*, folder: str | Path | None = None) -> list[AdditionListed]:
    """Return the additions to panels, with the datasets that each accepts and whether they are installed."""
    installed = set(records.installed(folder=folder))
    return [
        AdditionListed(
            name=one.name,
            title=one.title,
            units=one.units,
            needs={
                system: tuple({name: name in installed for name in names} for names in needed)
                for system, needed in one.needs.items()
            },
            columns=tuple(variable.name for variable in one.variables),
            options=one.options,
            note=one.note,
        )
        for one in sorted(panels.ADDITIONS.values(), key=lambda one: one.name)
    ]


def without_rows(panel: Panel, dyads: Iterable[str | tuple[str, str]]) -> list[str]:
    """Return those of the chosen pairs that have no row in a panel: never members together in its years."""
    number = panels.NUMBERS[panel.system]
    sides = [f"code{side}" for side in "12"], [f"{number}{side}" for side in "12"]
    found = panel.table.select(*sides[0], *sides[1]).distinct().to_pyarrow().to_pylist()
    there = [{frozenset((str(row[f"code{side}"]), str(row[f"{number}{side}"]))) for side in "12"} for row in found]
    asked = [tuple(one.split("-")) if isinstance(one, str) else one for one in dyads]
    return ["-".join(map(str, pair)) for pair in asked if not any(_matches(pair, names) for names in there)]


def _matches(pair: Iterable[str], names: set[frozenset[str]]) -> bool:
    wanted = [str(one).strip().upper().lstrip("0") for one in pair]
    first, second = sorted(names, key=sorted) if len(names) == 2 else (next(iter(names)), next(iter(names)))
    return (wanted[0] in first and wanted[1] in second) or (wanted[0] in second and wanted[1] in first)
