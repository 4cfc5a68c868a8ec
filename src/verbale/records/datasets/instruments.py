"""Verbale's own list of named treaties and wars between states, which comes with the program."""

from __future__ import annotations

import calendar
import datetime
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.layouts import Separated
from verbale.records.rows import Row
from verbale.vocab import DATA

CITATION: Final = """@misc{verbale_instruments,
  author = {{Verbale}},
  title = {Named Treaties and Wars between States},
  note = {Compiled by the project; part of the program}
}"""
_PRECISIONS: Final = {1: "year", 2: "month", 3: "day"}


class Commented:
    """The layout of Verbale's own tables: comma-separated, with lines of comment that begin with a number sign."""

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the first line that is no comment."""
        return Separated().columns("\n".join(line for line in start.splitlines() if not line.startswith("#")))

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: the edition is the program's own, which the provenance holds."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row; comments count as lines."""
        header = False
        for number, line in enumerate(io.TextIOWrapper(stream, encoding=encoding), start=1):
            if not line.startswith("#") and line.strip():
                if header:
                    # No field of these tables holds a line break, so that a line is a row.
                    yield from ((number, fields) for _, fields in Separated().rows(io.BytesIO(b"-\n" + line.encode()), "utf-8"))
                header = True


def _days(row: Row, field: str, *, last: bool) -> tuple[datetime.date | None, str | None]:
    """Return the day that a date as precise as it is known begins or ends with, and how precise it is."""
    parts = row.text(field).split("-") if row.text(field) else []
    if not parts:
        return None, None
    try:
        year, month, day = (*map(int, parts), *(0, 0, 0)[len(parts) :])
        month = month or (12 if last else 1)
        return datetime.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1)), _PRECISIONS[len(parts)]
    except (ValueError, KeyError):
        raise row.fail(f"{field} is {row.text(field)!r}, not a date") from None


def _instrument(row: Row) -> Iterator[dict[str, Any]]:
    (start, precision), (end, _) = _days(row, "start", last=False), _days(row, "end", last=True)
    sides = [side.split("|") for side in row.text("parties").split("/") if side]
    yield {
        "name": row.words("name"),
        "kind": row.words("kind"),
        "start": start,
        "end": end,
        "precision": precision,
        "parties": [code for side in sides for code in side],
        "side1": sides[0] if len(sides) > 1 else [],
        "side2": sides[1] if len(sides) > 1 else [],
        "place": row.words("place"),
    }


INSTRUMENTS: Final = Dataset(
    name="verbale-instruments",
    title="Verbale's list of named treaties and wars",
    editions={"*": Edition(1, 2030)},
    home="part of the program",
    by_hand="it comes with the program",
    files=("instruments.csv",),
    terms="Apache 2.0, as the program",
    citation=CITATION,
    header=("name", "aliases", "kind", "start", "end", "parties", "place"),
    columns=(
        Column("name", pa.string(), "as usually written"),
        Column("kind", pa.string(), "treaty or war"),
        Column("start", pa.date32(), "day of signing, or first day of a war; the first possible one"),
        Column("end", pa.date32(), "last day of a war"),
        Column("precision", pa.string(), "how precisely start is known: day, month or year"),
        Column("parties", pa.list_(pa.string()), "our codes of the parties; empty for a treaty of more than eight"),
        Column("side1", pa.list_(pa.string()), "of a war: the first side"),
        Column("side2", pa.list_(pa.string()), "of a war: the second side"),
        Column("place", pa.string(), "where it was signed"),
    ),
    tidy=_instrument,
    key=("name", "start"),
    layout=Commented(),
    bundled=DATA / "instruments.csv",
    note="Installed by itself when it is first used. Compiled from general knowledge to read texts, not a census of treaties.",
)
DATASETS: Final = (INSTRUMENTS,)
