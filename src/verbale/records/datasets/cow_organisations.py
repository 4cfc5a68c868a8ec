"""Correlates of War intergovernmental organisations 3.0, 1816-2014: memberships of states, and those that two states share.

The official files have a column for each of more than 500 organisations, and the one of pairs has 900,000 lines. They are read
in blocks by Arrow, and what stands in the columns is counted there, before a row becomes one of ours.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import cow
from verbale.records.layouts import Separated, Unreadable
from verbale.records.rows import Row

PAGE: Final = cow.HOME + "igos/"
CITATION: Final = """@article{pevehouse_etal_2020,
  author = {Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and Jamison, Anne Spencer},
  title = {Tracking Organizations in the World: The {Correlates of War} {IGO} Version 3.0 Datasets},
  journal = {Journal of Peace Research},
  year = {2020},
  volume = {57},
  number = {3},
  pages = {492--503}
}"""
# A line of the file of pairs has some 1,300 characters: a block is about 12,000 lines and 6 MB of memberships.
BLOCK_BYTES: Final = 16 << 20
FULL, ASSOCIATE, OBSERVER = 1, 2, 3
# Divides the names of organisations in one field; names are abbreviations without blanks.
BLANK: Final = " "
_TEXT: Final = {"full": "a full member", "associate": "an associate member", "observer": "an observer"}
_KINDS: Final = tuple(_TEXT)
_Codes = np.ndarray[Any, np.dtype[np.int8]]


@dataclass(frozen=True, slots=True)
class Wide:
    """The layout: columns about state and year, then from `first` on one for each organisation, with a code of membership.

    To the catalogue it shows the columns before `first`, `first` itself, which stays empty, and what `summary` makes of all
    memberships of a line.
    """

    first: str
    made: tuple[str, ...]
    summary: Callable[[list[str], _Codes], list[list[str]]]

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns about state and year, `first`, and those that the summary makes."""
        names = Separated().columns(start)
        return (*names[: names.index(self.first) + 1], *self.made) if self.first in names else names

    def edition(self, start: str) -> str | None:
        """Return None: the files do not tell their edition."""
        return Separated().edition(start)

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every line, the memberships summed up. Raises csv.Error for a code that is none."""
        lines = io.BufferedReader(cast(io.RawIOBase, stream), BLOCK_BYTES)
        names = _header(lines, encoding)
        split = names.index(self.first)
        broken: dict[int, int] = {}
        line = 1
        try:
            for batch in _batches(lines, names, split, encoding, broken):
                told = [batch.column(index).to_pylist() for index in range(split)]
                codes = np.stack([_codes(batch.column(index)) for index in range(split, len(names))], axis=1)
                for place, made in enumerate(self.summary(names[split:], codes)):
                    line += 1
                    while line in broken:
                        line += 1
                    yield line, [*(column[place] for column in told), "", *made]
        except pa.ArrowInvalid as error:
            raise csv.Error(" ".join(str(error).split())) from error
        for number, width in broken.items():
            yield number, Unreadable(f"it has {width} fields; the header has {len(names)}")


def _header(lines: io.BufferedReader[Any], encoding: str) -> list[str]:
    """Read the first line, which may end with LF, CR LF or CR."""
    taken = bytearray()
    while (byte := lines.read(1)) not in (b"", b"\n", b"\r"):
        taken += byte
    if byte == b"\r" and lines.peek(1)[:1] == b"\n":
        lines.read(1)
    return [name.strip() for name in next(csv.reader([taken.decode(encoding)]))]


def _batches(
    lines: io.BufferedReader[Any], names: list[str], split: int, encoding: str, broken: dict[int, int]
) -> Iterator[pa.RecordBatch]:
    """Yield the lines in blocks; of one with too few or too many fields, `broken` gets line number and count."""

    def skip(row: arrow_csv.InvalidRow) -> str:
        broken[row.number + 1] = row.actual_columns
        return "skip"

    kinds = dict.fromkeys(names[:split], pa.string()) | dict.fromkeys(names[split:], pa.int8())
    yield from arrow_csv.open_csv(
        lines,
        # one thread, so that line numbers are known
        read_options=arrow_csv.ReadOptions(
            block_size=BLOCK_BYTES, use_threads=False, column_names=names, encoding=encoding.removesuffix("-sig")
        ),
        parse_options=arrow_csv.ParseOptions(invalid_row_handler=skip),
        convert_options=arrow_csv.ConvertOptions(column_types=kinds),
    )


def _codes(column: pa.Array) -> _Codes:
    return cast(_Codes, column.fill_null(0).to_numpy(zero_copy_only=False))


def _joint(_organisations: list[str], codes: _Codes) -> list[list[str]]:
    """Return for each line the number of organisations in which both states are full members."""
    return [[str(count)] for count in (codes == FULL).sum(axis=1).tolist()]


def _named(organisations: list[str], codes: _Codes) -> list[list[str]]:
    """Return for each line the names of the organisations by kind of membership, divided by blanks."""
    found: list[list[list[str]]] = [[[], [], []] for _ in range(len(codes))]
    for kind in (FULL, ASSOCIATE, OBSERVER):
        lines, columns = np.nonzero(codes == kind)
        for line, column in zip(lines.tolist(), columns.tolist(), strict=True):
            found[line][kind - 1].append(organisations[column])
    return [[BLANK.join(names) for names in kinds] for kinds in found]


def _state_year(row: Row) -> Iterator[dict[str, Any]]:
    number, year = row.needed("ccode"), row.needed("year")
    memberships = {kind: row.text(kind).split(BLANK) if row.text(kind) else [] for kind in _KINDS}
    yield {
        "code": row.state(number, year),
        "ccode": number,
        "year": year,
        **memberships,
        **{f"sum_igo_{kind}": len(names) for kind, names in memberships.items()},
        "sum_igo_anytype": sum(len(names) for names in memberships.values()),
    }


def _pair_year(row: Row) -> Iterator[dict[str, Any]]:
    first, second, year = row.needed("ccode1"), row.needed("ccode2"), row.needed("year")
    yield {
        "code1": row.state(first, year),
        "code2": row.state(second, year),
        "ccode1": first,
        "ccode2": second,
        "year": year,
        "dyadigos": row.needed("dyadigos"),
    }


_YEAR: Final = Column("year", pa.int16(), "calendar year")
STATES: Final = Dataset(
    name="cow-igo-states",
    title="COW Intergovernmental Organisations 3.0: memberships of state-years",
    editions={"3.0": Edition(1815, 2014, 15_557)},
    home=PAGE,
    files=("state_year_formatv3.csv", "state_year_formatv3.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("3.0", "state_year_formatv3.zip"),),
    citation=CITATION,
    header=("ccode", "year", "state", "AAAID", *_KINDS),
    optional=frozenset({"state"}),
    unlisted=True,
    columns=(
        cow.CODE,
        cow.NUMBER,
        _YEAR,
        *(
            Column(kind, pa.list_(pa.string()), f"the organisations of which the state is {text}")
            for kind, text in _TEXT.items()
        ),
        *(
            Column(f"sum_igo_{kind}", pa.int16(), f"number of organisations of which it is {text}")
            for kind, text in _TEXT.items()
        ),
        Column("sum_igo_anytype", pa.int16(), "number of organisations with any of the three memberships"),
    ),
    tidy=_state_year,
    key=("ccode", "year"),
    layout=Wide("AAAID", _KINDS, _named),
    encodings=("utf-8", "latin-1"),
    note="Organisations have the abbreviations of the official columns; unnest a list to have a row for each membership.",
)
DYADS: Final = Dataset(
    name="cow-igo-dyads",
    title="COW Intergovernmental Organisations 3.0: memberships that two states share",
    editions={"3.0": Edition(1815, 2014, 917_695)},
    home=PAGE,
    files=("dyadic_formatv3.csv", "dyadic_formatv3.zip"),
    terms=cow.TERMS,
    by_hand=cow.BY_HAND,
    addresses=(cow.at("3.0", "dyadic_formatv3.zip"),),
    citation=CITATION,
    header=("ccode1", "ccode2", "country1", "country2", "year", "state", "AALCO", "dyadigos"),
    optional=frozenset({"country1", "country2", "state"}),
    unlisted=True,
    unpacked_bytes=3 << 30,  # 917,695 lines with more than 500 codes of one or two characters
    columns=(*cow.PAIR, _YEAR, Column("dyadigos", pa.int16(), "number of organisations of which both are full members")),
    tidy=_pair_year,
    key=("ccode1", "ccode2", "year"),
    layout=Wide("AALCO", ("dyadigos",), _joint),
    encodings=("utf-8", "latin-1"),
    note="Each pair stands once in a year, the lower number first. The official file has more than a gigabyte.",
)
DATASETS: Final = (STATES, DYADS)
