"""What the copies out of the R package isard have in common: its data frames, written as CSV with missing fields empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from verbale.records.catalogue import Column, Dataset, Edition, keep_all
from verbale.records.layouts import Copied
from verbale.records.plain import Plain, StateCode
from verbale.records.rows import Row

HOME: Final = "https://svmiller.com/isard/"
VERSION: Final = "0.2"
PACKAGE: Final = f"""@misc{{miller_isard,
  author = {{Miller, Steven V.}},
  title = {{{{isard}}: Overflow Data for Peace Science, version {VERSION}}},
  note = {{R package}},
  url = {{{HOME}}}
}}"""


def terms(owner: str) -> str:
    """Return the terms of a copy: the data are their owner's, the package only carries them."""
    return f"data of {owner}, whose terms hold; the copy is of the R package isard {VERSION} (GPL-2)"


def by_hand(frame: str) -> str:
    """Return why a copy is fetched by hand, and how."""
    return f"it is data of an R package; in R, write.csv(isard::{frame}, '{frame}.csv', row.names = FALSE, na = '')"


def copy(
    *,
    name: str,
    title: str,
    frame: str,
    owner: str,
    years: tuple[int, int],
    rows: int,
    citation: str,
    columns: tuple[Column, ...],
    states: tuple[StateCode, ...],
    key: tuple[str, ...],
    leave_out: Callable[[Row], str | None] = keep_all,
    note: str = "",
) -> Dataset:
    """Return the dataset of a data frame of state-years in the package, whose columns are all kept."""
    edition = f"isard {VERSION}"
    tidy = Plain(columns=columns, states=states, when="year", needed=frozenset(key))
    return Dataset(
        name=name,
        title=f"{title} (copy in isard)",
        editions={edition: Edition(*years, rows)},
        home=HOME,
        files=(f"{frame}.csv", f"{frame}.csv.gz"),
        terms=terms(owner),
        by_hand=by_hand(frame),
        citation=f"{citation}\n\n{PACKAGE}",
        header=tuple(column.name for column in columns),
        columns=tidy.all_columns,
        tidy=tidy,
        key=key,
        layout=Copied(told=edition),
        leave_out=leave_out,
        note=note,
    )
