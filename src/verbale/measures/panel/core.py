"""The class `Panel`: an Ibis table whose every column knows where it came from, and the additions that widen it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.measures.panel.variables import PanelRecord, Source, Variable

# The name that a system's numbers have in records and panels.
NUMBERS: Final = {"cow": "ccode", "gw": "gwcode"}
SYSTEMS: Final = tuple(NUMBERS)
DYADIC: Final = ("dyad-year", "dyad-month")
STATE: Final = ("state-year", "state-month", "state-day")
# Panels of leaders have a leader's `obsid` in place of a state's number, and the number beside it.
LEADER: Final = ("leader-year", "leader-day", "leader-dyad-year")
UNITS: Final = (*DYADIC, *STATE, *LEADER)
# The name under which a flow hands over the events of a ledger beside the installed datasets.
LEDGER: Final = "ledger"
_TIMES: Final = {"month": ("year", "month"), "day": ("date",), "year": ("year",)}
_SOURCES: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("column", "label", "unit", "dataset", "title", "edition")),
        ("first_year", pa.int16()),
        ("last_year", pa.int16()),
        *((name, pa.string()) for name in ("note", "citation")),
    ]
)


def times_of(unit: str) -> tuple[str, ...]:
    """Return the key columns that place a unit's rows in time; a day has its `year` beside it."""
    return _TIMES[unit.rpartition("-")[2]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A way to widen a panel: ONE function that joins one record (or the few that belong together).

    `needs` gives by system of numbers ("cow", "gw") the datasets that are accepted: for each record that the function gets, in
    its order, the names in order of preference; the first one that is installed is taken. A panel takes the entry of its own
    system if there is one, else the other's, for which it needs that system's numbers as columns (the addition `codes`).
    `variables` are the columns of a state-year or, where the addition is for dyads alone, of the dyad; `sides` says that a
    dyad gets each of them twice, for state 1 and state 2. `join(panel, *records, **options)` returns the wider panel.
    """

    name: str
    title: str
    units: tuple[str, ...]
    needs: Mapping[str, tuple[tuple[str, ...], ...]]
    variables: tuple[Variable, ...]
    join: Callable[..., Panel]
    options: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def datasets(self, system: str) -> tuple[tuple[str, ...], ...]:
        """Return the accepted datasets for a panel of a system."""
        return self.needs[system] if system in self.needs else next(iter(self.needs.values()), ())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """A table of observations: one row per state or pair of states and year, month or day.

    `table` is an Ibis table that runs when it is asked for its rows. `system` names whose numbers count states ("cow" for
    Correlates of War, "gw" for Gleditsch and Ward), `directed` is None where there are no pairs. Panels do not change: every
    step returns a new one.
    """

    table: ir.Table
    unit: str
    system: str
    directed: bool | None
    years: tuple[int, int]
    variables: tuple[Variable, ...]
    records: Mapping[str, PanelRecord] = field(default_factory=dict)
    additions: Mapping[str, Addition] = field(default_factory=dict)

    @property
    def dyadic(self) -> bool:
        """Tell whether a row is a pair."""
        return "dyad" in self.unit

    @property
    def sides(self) -> tuple[str, ...]:
        """The endings of columns that stand for one state: "1" and "2" in a dyad, none otherwise."""
        return ("1", "2") if self.dyadic else ("",)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.table.columns)

    @property
    def times(self) -> tuple[str, ...]:
        """The key columns that place a row in time."""
        return times_of(self.unit)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell the rows apart; a leader whose state changes its number in a year has a row for each."""
        who = ("obsid", NUMBERS[self.system]) if self.unit.startswith("leader") else (NUMBERS[self.system],)
        return (*(f"{name}{side}" for name in who for side in self.sides), *self.times)

    def numbers(self, system: str | None = None) -> tuple[str, ...]:
        """Return the columns with a system's numbers (the panel's own, if none is named). Raises `panel-numbers`."""
        wanted = system or self.system
        names = tuple(f"{NUMBERS[wanted]}{side}" for side in self.sides)
        if not set(names) <= set(self.columns):
            raise VerbaleError("panel-numbers", columns=" and ".join(names), system=self.system)
        return names

    def add(self, name: str, /, *, dataset: str | None = None, prefix: str = "", **options: Any) -> Panel:
        """Return the panel with the columns of an addition, such as `add("nmc", keep=["cinc"])`.

        `dataset` names which of the accepted datasets is to be used; without it, the first that is installed is. `prefix` is
        put before the new columns' names, for two additions with columns of the same name.

        Raises VerbaleError `panel-addition`, `panel-unit`, `panel-record`, `panel-numbers`, `panel-keep`, `panel-option`,
        `panel-dataset` or `panel-column-twice`.
        """
        one = self.additions.get(name)
        if one is None:
            raise VerbaleError("panel-addition", name=name, allowed=", ".join(sorted(self.additions)))
        if self.unit not in one.units:
            raise VerbaleError("panel-unit", name=name, unit=self.unit, allowed=", ".join(one.units))
        unknown = sorted(set(options) - set(one.options))
        if unknown:
            raise VerbaleError("panel-option", name=name, option=", ".join(unknown), allowed=", ".join(one.options) or "none")
        wanted = one.datasets(self.system)
        if dataset is not None and not any(dataset in names for names in wanted):
            allowed = ", ".join(name for names in wanted for name in names)
            raise VerbaleError("panel-dataset", name=name, dataset=dataset, allowed=allowed or "none")
        chosen = [(dataset,) if dataset is not None and dataset in names else names for names in wanted]
        records = [self._record(one, names) for names in chosen]
        return self._prefixed(one, records, prefix, options) if prefix else one.join(self, *records, **options)

    def _prefixed(self, one: Addition, records: Sequence[PanelRecord], prefix: str, options: Mapping[str, Any]) -> Panel:
        """Make an addition while the panel's other columns have names that it cannot have, and give those back after."""
        numbers = {f"{number}{side}" for number in NUMBERS.values() for side in self.sides}
        fixed = {*self.keys, *self.times, "year", *numbers, *(f"code{side}" for side in self.sides)}
        hidden = {f"hidden {name}": name for name in self.columns if name not in fixed}
        before = self.rename(**hidden)
        wide = one.join(before, *records, **options)
        added = [name for name in wide.columns if name not in before.columns]
        twice = [f"{prefix}{name}" for name in added if f"{prefix}{name}" in self.columns]
        if twice:
            raise VerbaleError("panel-column-twice", columns=", ".join(twice))
        return wide.rename(**{f"{prefix}{name}": name for name in added}, **{name: old for old, name in hidden.items()})

    def _record(self, one: Addition, names: tuple[str, ...]) -> PanelRecord:
        found = next((self.records[name] for name in names if name in self.records), None)
        if found is None:
            datasets = [name for name in names if name != LEDGER]
            told = " or ".join((*datasets, *("a ledger (ledger=, --ledger)" for name in names if name == LEDGER)))
            raise VerbaleError("panel-record", name=one.name, datasets=told, first=(*datasets, LEDGER)[0])
        return found

    def sources(self) -> ir.Table:
        """Return what is known of every column, as an Ibis table: one row per column and dataset that it comes from.

        Columns `column`, `label`, `unit`, `dataset`, `title`, `edition`, `first_year`, `last_year`, `note`, `citation`; a
        column that was computed from the panel alone has no dataset.
        """
        rows = [
            {
                "column": one.name,
                "label": one.label,
                "unit": one.unit or None,
                "dataset": source.name if source else None,
                "title": source.title if source else None,
                "edition": source.edition if source else None,
                "first_year": source.first_year if source else None,
                "last_year": source.last_year if source else None,
                "note": one.note or None,
                "citation": source.citation if source else None,
            }
            for one in self.variables
            for source in one.sources or (None,)
        ]
        return ibis.memtable(pa.Table.from_pylist(rows, schema=_SOURCES))

    def used(self) -> tuple[Source, ...]:
        """Return the records that the columns come from, each once, in the order of the columns."""
        return tuple(dict.fromkeys(source for one in self.variables for source in one.sources))

    def widened(self, table: ir.Table, variables: Sequence[Variable]) -> Panel:
        """Return the panel with a table that has new columns, which the variables describe. Raises `panel-column-twice`."""
        self.check_new(variables)
        names = (*self.columns, *(one.name for one in variables))
        ordered = table if tuple(table.columns) == names else table.select(*names)
        return replace(self, table=ordered, variables=(*self.variables, *variables))

    def check_new(self, variables: Sequence[Variable]) -> None:
        """Raise VerbaleError `panel-column-twice` if the panel has columns of these names."""
        twice = [one.name for one in variables if one.name in self.columns]
        if twice:
            raise VerbaleError("panel-column-twice", columns=", ".join(twice))

    def with_table(self, table: ir.Table) -> Panel:
        """Return the panel with a table made from its own: rows left out, columns computed, renamed or dropped.

        What is known of a column stays with its name; a new one is told to be the user's.
        """
        known = {one.name: one for one in self.variables}
        own = tuple(known.get(name) or Variable(name, name, note="computed by the user") for name in table.columns)
        return replace(self, table=table, variables=own)

    def filter(self, *predicates: Any) -> Panel:
        """Return the panel with the rows for which Ibis predicates hold: `panel.filter(ibis._.year > 1945)`."""
        return replace(self, table=self.table.filter(*predicates))

    def mutate(self, **columns: Any) -> Panel:
        """Return the panel with columns computed by Ibis expressions: `panel.mutate(land=ibis._.conttype == 1)`.

        A computed column has the records of those that it was computed from.
        """
        made, known = self.with_table(self.table.mutate(**columns)), {one.name: one for one in self.variables}
        found: dict[str, Variable] = {}
        for name, expression in columns.items():
            bound = self.table.bind(expression)[0]
            names = {field.name for field in bound.op().find(ops.Field) if field.rel == self.table.op()}
            used = [one for one in known if one in names]
            sources = dict.fromkeys(source for one in used for source in known[one].sources)
            note = f"computed by the user from {', '.join(used)}" if used else "computed by the user"
            found[name] = Variable(name, name, "", tuple(sources), note)
        return replace(made, variables=tuple(found.get(one.name, one) for one in made.variables))

    def rename(self, **names: str) -> Panel:
        """Return the panel with columns under new names: `panel.rename(capability1="cinc1")`; what is known goes with them."""
        older = {old: new for new, old in names.items()}
        own = tuple(replace(one, name=older.get(one.name, one.name)) for one in self.variables)
        return replace(self, table=self.table.rename(names), variables=own)

    def select(self, *columns: str) -> Panel:
        """Return the panel with the keys and some of the other columns. Raises VerbaleError `panel-keep`."""
        unknown = [name for name in columns if name not in self.columns]
        if unknown:
            raise VerbaleError("panel-keep", name="the panel", columns=", ".join(unknown), allowed=", ".join(self.columns))
        return self.with_table(self.table.select([name for name in self.columns if name in {*self.keys, *columns}]))

    def to_pandas(self) -> Any:
        """Return the rows as a pandas frame, in the order of the keys."""
        return self.table.order_by(*self.keys).to_pandas()

    def to_polars(self) -> Any:
        """Return the rows as a polars frame (polars is installed with `pip install verbale[polars]`)."""
        return self.table.order_by(*self.keys).to_polars()


def kept(name: str, variables: Sequence[Variable], keep: Sequence[str] | None) -> tuple[Variable, ...]:
    """Return the variables that were asked for, all if none were named. Raises VerbaleError `panel-keep`."""
    if keep is None:
        return tuple(variables)
    unknown = [one for one in keep if one not in {variable.name for variable in variables}]
    if unknown:
        allowed = ", ".join(variable.name for variable in variables)
        raise VerbaleError("panel-keep", name=name, columns=", ".join(unknown), allowed=allowed)
    return tuple(variable for variable in variables if variable.name in keep)
