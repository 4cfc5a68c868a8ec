"""SIPRI trade register: orders and deliveries of major conventional arms since 1950.

The export has a preamble, is in Latin-1, never quotes a field, breaks a few records over two lines, names three columns with a
blank, and lists years of delivery in one field (2018; 2019).
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.layouts import clean
from verbale.records.names import code_of_name
from verbale.records.rows import Row

NAME: Final = "sipri-transfers"
CITATION: Final = """@misc{sipri_arms_transfers,
  author = {{Stockholm International Peace Research Institute}},
  title = {{SIPRI} Arms Transfers Database: Trade Register},
  year = {2025},
  url = {https://armstransfers.sipri.org/}
}"""
TOTALS_CITATION: Final = """@misc{sipri_arms_transfers_totals,
  author = {{Stockholm International Peace Research Institute}},
  title = {{SIPRI} Arms Transfers Database: Import and Export Values},
  url = {https://armstransfers.sipri.org/}
}"""
# The three columns called blank hold a question mark where the value before them is uncertain.
HEADER: Final = (
    *("Recipient", "Supplier", "Year of order", "Year of order?", "Number ordered", "Number ordered?"),
    *("Weapon designation", "Weapon description", "Number delivered", "Number delivered?", "Year(s) of delivery"),
    *("status", "Comments", "SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons"),
)
_GENERATED: Final = re.compile(r"Data generated: (\d{1,2} [A-Z][a-z]{2} \d{4})")
_YEARS: Final = re.compile(r"\d{4}(; \d{4})*")


class TradeRegister:
    """The layout of the export: lines without quotes after a preamble of any length."""

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the header line, the blank ones named after the column before them."""
        header = next((line for line in start.splitlines() if _is_header(line)), "")
        names: list[str] = []
        for name in clean(header.split(",")) if header else ():
            names.append(name or f"{names[-1] if names else ''}?")
        return tuple(names)

    def edition(self, start: str) -> str | None:
        """Return the date on which the export was generated, as its preamble tells it."""
        return generated(start)

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the records after the header; one that a newline in its comments has broken is put together again."""
        lines = io.TextIOWrapper(stream, encoding=encoding)
        width, pending, began = 0, "", 0
        for number, line in enumerate(lines, start=1):
            text = line.rstrip("\n")
            if not width:
                width = len(text.split(",")) if _is_header(text.removeprefix("\ufeff")) else 0
                continue
            if not text.strip():
                continue
            joined = f"{pending} {text}" if pending else text
            if pending and joined.count(",") >= width:  # too long: these were two records, the first of them damaged
                yield began, pending.split(",")
                pending, joined = "", text
            began = began if pending else number
            if joined.count(",") < width - 1:
                pending = joined
            else:
                yield began, joined.split(",")
                pending = ""
        if pending:
            yield began, pending.split(",")


def generated(start: str) -> str | None:
    """Return the date on which an export was generated, as its preamble tells it."""
    found = _GENERATED.search(start)
    try:
        return datetime.datetime.strptime(found[1], "%d %b %Y").date().isoformat() if found else None
    except ValueError:
        return None


def _is_header(line: str) -> bool:
    return line.lstrip().startswith("Recipient,")


def _kind(name: str) -> str:
    if name.endswith("**"):
        return "organisation"
    if name.endswith("*"):
        return "armed group"
    return "unknown" if name.startswith("unknown ") else "state"


def _party(name: str | None, year: int) -> tuple[str | None, str | None]:
    """Return our code and the kind of a party; armed groups and unknown parties have no code."""
    if name is None:
        return None, None
    kind = _kind(name)
    return (code_of_name(NAME, name, year) if kind in ("state", "organisation") else None), kind


def parties(row: Row, year: int) -> dict[str, str | None]:
    """Return supplier and recipient of a transfer as SIPRI names them, with our codes and kinds."""
    supplier, recipient = row.words("Supplier"), row.words("Recipient")
    source, source_kind = _party(supplier, year)
    target, target_kind = _party(recipient, year)
    return {
        "source": source,
        "source_kind": source_kind,
        "supplier": supplier,
        "target": target,
        "target_kind": target_kind,
        "recipient": recipient,
    }


def _uncertain(row: Row, column: str) -> bool:
    return row.text(f"{column}?") == "?"


def _order(row: Row) -> Iterator[dict[str, Any]]:
    year, delivered = row.needed("Year of order"), row.text("Year(s) of delivery")
    if delivered and not _YEARS.fullmatch(delivered):
        raise row.fail(f"Year(s) of delivery is {delivered!r}, not years divided by '; '")
    yield {
        **parties(row, year),
        "year": year,
        "year_uncertain": _uncertain(row, "Year of order"),
        "ordered": row.whole("Number ordered"),
        "ordered_uncertain": _uncertain(row, "Number ordered"),
        "weapon": row.words("Weapon designation"),
        "description": row.words("Weapon description"),
        "delivered": row.whole("Number delivered"),
        "delivered_uncertain": _uncertain(row, "Number delivered"),
        "delivery_years": [int(one) for one in delivered.split("; ")] if delivered else [],
        "status": row.words("status"),
        "comments": row.words("Comments"),
        "tiv_unit": row.number("SIPRI TIV per unit"),
        "tiv_order": row.number("SIPRI TIV for total order"),
        "tiv_delivered": row.number("SIPRI TIV of delivered weapons"),
    }


TRANSFERS: Final = Dataset(
    name=NAME,
    title="SIPRI Arms Transfers Database: trade register",
    # Deliveries are recorded from 1950 on; orders for them may be a few years older.
    editions={"*": Edition(1940, 2030)},
    home="https://armstransfers.sipri.org/",
    files=("trade-register.csv",),
    terms="(c) SIPRI; for your own use, do not pass on without asking",
    by_hand="the register is exported from an interactive page",
    citation=CITATION,
    header=HEADER,
    renamed={"Deliveries in the Year Range": "Number delivered", "Deliveries in the Year Range?": "Number delivered?"},
    columns=(
        Column("source", pa.string(), "our code of the supplier"),
        Column("source_kind", pa.string(), "state, organisation, armed group or unknown"),
        Column("supplier", pa.string(), "the supplier as printed"),
        Column("target", pa.string(), "our code of the recipient"),
        Column("target_kind", pa.string(), "state, organisation, armed group or unknown"),
        Column("recipient", pa.string(), "the recipient as printed"),
        Column("year", pa.int16(), "year of the order"),
        Column("year_uncertain", pa.bool_(), "the year is uncertain"),
        Column("ordered", pa.int32(), "number ordered; empty where not yet known"),
        Column("ordered_uncertain", pa.bool_(), "the number ordered is uncertain"),
        Column("weapon", pa.string(), "designation of the weapon"),
        Column("description", pa.string(), "kind of weapon"),
        Column("delivered", pa.int32(), "number delivered"),
        Column("delivered_uncertain", pa.bool_(), "the number delivered is uncertain"),
        Column("delivery_years", pa.list_(pa.int16()), "years with deliveries; empty where none is known"),
        Column("status", pa.string(), "new, second hand, or second hand but modernised"),
        Column("comments", pa.string(), "SIPRI's comment"),
        Column("tiv_unit", pa.float64(), "trend-indicator value of one, in millions"),
        Column("tiv_order", pa.float64(), "trend-indicator value of the order, in millions"),
        Column("tiv_delivered", pa.float64(), "trend-indicator value of the deliveries, in millions"),
    ),
    tidy=_order,
    key=(),  # the register numbers no orders, and two orders can be told in the same words
    layout=TradeRegister(),
    encodings=("utf-8", "latin-1"),
    uncoded=(("source", "supplier"), ("target", "recipient")),
    note="The trend-indicator value measures military capability, not money. Exports since 2026 count deliveries in the years "
    "that you asked for: ask for all.",
)
DATASETS: Final = (TRANSFERS,)
