"""What the catalogue knows of a dataset: origin, editions, terms, citation, the official columns, and the step to our keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, Protocol

import pyarrow as pa

from verbale.records.rows import Row

# The edition of a dataset whose files do not say which edition they are.
ANY_EDITION: Final = "*"


class Layout(Protocol):
    """How the official file is laid out: finds its columns, and reads its rows one by one."""

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns that the beginning of a file names; empty if it is no file of this layout."""
        ...

    def edition(self, start: str) -> str | None:
        """Return the edition that the beginning of a file tells, if this layout tells it there."""
        ...

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row after the header; line numbers start with 1."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the tidy table: name, Arrow type, and its meaning with unit."""

    name: str
    type: pa.DataType
    meaning: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition: its first and last year, and how many rows its file has (None where we have not counted one)."""

    first: int
    last: int
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A reference dataset: one official file that becomes one table.

    `header` names the columns of the official file, `optional` those that only some editions have, `renamed` other names of
    a column by edition. `tidy` gives the rows of our table for an official row. `key` tells official rows apart: a second row
    with the same key is rejected; without a key, identical rows are kept and counted. `leave_out` says why a row is no
    observation, or None. `uncoded` pairs a code column with the column that holds the name, so that an install can list the
    names for which we have no code.
    """

    name: str
    title: str
    editions: Mapping[str, Edition]
    home: str
    files: tuple[str, ...]
    terms: str
    citation: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    tidy: Callable[[Row], Iterable[dict[str, Any]]]
    key: tuple[str, ...]
    layout: Layout
    optional: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    version_column: str | None = None
    encodings: tuple[str, ...] = ("utf-8",)
    many_files: bool = False
    leave_out: Callable[[Row], str | None] = lambda _row: None
    uncoded: tuple[tuple[str, str], ...] = ()
    by_hand: str = "its host does not let programs fetch it"
    note: str = ""

    @property
    def years(self) -> tuple[int, int]:
        """The first and last year of all editions together."""
        return min(one.first for one in self.editions.values()), max(one.last for one in self.editions.values())

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the table, with each column's meaning as field metadata; `line` is the official file's line."""
        fields = [pa.field(column.name, column.type, metadata={"meaning": column.meaning}) for column in self.columns]
        return pa.schema([*fields, pa.field("line", pa.int32(), metadata={"meaning": "line in the official file"})])

    def edition(self, version: str) -> Edition | None:
        """Return the edition that a file's version names, None for one that is not known."""
        return self.editions.get(version) or self.editions.get(ANY_EDITION)

    def official(self, column: str) -> str:
        """Return the official name of a column that some editions call otherwise."""
        return self.renamed.get(column, column)
