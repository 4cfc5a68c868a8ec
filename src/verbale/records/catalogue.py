"""What the catalogue knows of a dataset: origin, editions, terms, citation, the official columns, and the step to our keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from verbale.core import VerbaleError
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


def keep_all(_row: Row) -> str | None:
    """Leave out no row."""
    return None


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition: its first and last year, how many rows its file has, and the file's SHA-256.

    Rows are None where we have not counted a file. The hash is None where no copy is known that surely has the published line
    ends: programs that keep files in versions change them.
    """

    first: int
    last: int
    rows: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a program can fetch a published file: the address, the edition there, and the file's SHA-256 where it is known."""

    url: str
    edition: str
    sha256: str | None = None

    @property
    def file(self) -> str:
        """The name of the file, as the address ends."""
        return PurePosixPath(unquote(urlsplit(self.url).path)).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A reference dataset: one official file that becomes one table.

    `header` names the columns of the official file, `optional` those that only some editions have, `renamed` other names of
    a column by edition. `tidy` gives the rows of our table for an official row. `key` tells official rows apart: a second row
    with the same key is rejected; without a key, identical rows are kept and counted. `leave_out` says why a row is no
    observation, or None. `uncoded` pairs a code column with the column that holds the name, so that an install can list the
    names for which we have no code. `unlisted` allows columns that `header` does not name, where no complete list of them is
    published: they are left out, and the provenance names them. `one_of` are groups of optional columns of which a file must
    have one. `unpacked_bytes` is the size of the official file where it exceeds what an archive may unpack to.

    `addresses` are given where terms and host allow a program to fetch the file, the newest edition first; several of one
    edition belong together. `by_hand` says why a person has to, or what may go wrong when a program tries. `named_edition`
    finds the edition in a file's name, for files that tell it nowhere else; `choose` makes the dataset that takes other columns
    of the official file; `bundled` is the file of a dataset that is our own.
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
    one_of: tuple[frozenset[str], ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    version_column: str | None = None
    encodings: tuple[str, ...] = ("utf-8",)
    many_files: bool = False
    leave_out: Callable[[Row], str | None] = keep_all
    uncoded: tuple[tuple[str, str], ...] = ()
    unlisted: bool = False
    unpacked_bytes: int = 0
    addresses: tuple[Address, ...] = ()
    by_hand: str = ""
    note: str = ""
    named_edition: str = ""
    choose: Callable[[tuple[str, ...]], Dataset] | None = None
    bundled: Path | None = None

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

    def edition_in_name(self, file: str) -> str | None:
        """Return the edition that a file's name tells, as `15` in V-Dem-CY-Core-v15.csv."""
        found = re.search(self.named_edition, file) if self.named_edition else None
        return found[1] if found else None

    def taking(self, columns: Sequence[str]) -> Dataset:
        """Return the dataset that takes these columns of the official file; without any, itself."""
        if not columns:
            return self
        if self.choose is None:
            raise VerbaleError("record-no-choice", name=self.name, columns=", ".join(columns))
        return self.choose(tuple(columns))

    @property
    def only_edition(self) -> str | None:
        """The edition of every file where one edition only was published, and no column tells it."""
        known = [edition for edition in self.editions if edition != ANY_EDITION]
        return known[0] if len(known) == len(self.editions) == 1 and self.version_column is None else None

    def official(self, column: str) -> str:
        """Return the official name of a column that some editions call otherwise."""
        return self.renamed.get(column, column)
