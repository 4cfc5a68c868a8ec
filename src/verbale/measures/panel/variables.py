"""What a panel knows of its columns: their meaning and unit, and the record that each value comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A record that a panel draws on: dataset, edition, first and last year that it covers, and its BibTeX entries."""

    name: str
    title: str
    edition: str
    first_year: int
    last_year: int
    citation: str
    terms: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PanelRecord:
    """A record as a panel gets it: its facts, and its rows as an Ibis table on the connection of all the others."""

    source: Source
    table: ir.Table


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a panel: name, label (a line), unit (empty where it has none), its records, and a note on how it was made."""

    name: str
    label: str
    unit: str = ""
    sources: tuple[Source, ...] = ()
    note: str = ""

    def of_side(self, side: int) -> Variable:
        """Return the variable for one of a dyad's two states: `cinc` becomes `cinc1`."""
        return replace(self, name=f"{self.name}{side}", label=f"{self.label}, state {side}")

    def drawn_from(self, *records: PanelRecord) -> Variable:
        """Return the variable with the records that its values come from."""
        return replace(self, sources=tuple(record.source for record in records))
