"""What all Correlates of War files have in common: home, terms, why they are fetched by hand, and common columns."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column

HOME: Final = "https://correlatesofwar.org/data-sets/"
# Where the files of all data sets lie, as the pages of the data sets link to them.
UPLOADS: Final = "https://correlatesofwar.org/wp-content/uploads/"
TERMS: Final = "free to download, no formal licence; cite the article of record"
BY_HAND: Final = "the host has been sending an incomplete certificate chain, so that verified downloads fail; a browser works"

CODE: Final = Column("code", pa.string(), "our code of the state")
NUMBER: Final = Column("ccode", pa.int16(), "Correlates of War number of the state")
# Two states in the order of the official file.
PAIR: Final = (
    Column("code1", pa.string(), "our code of the first state"),
    Column("code2", pa.string(), "our code of the second state"),
    Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
    Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
)
START: Final = Column("start", pa.date32(), "first day; an unknown day counts from the first of its month")
END: Final = Column("end", pa.date32(), "last day; an unknown day counts to the last of its month")
PRECISION: Final = Column("precision", pa.string(), "how precisely start and end are known: day, month or year")


def ints(**meanings: str) -> tuple[Column, ...]:
    """Return columns of whole numbers from their names and meanings."""
    return tuple(Column(name, pa.int32(), meaning) for name, meaning in meanings.items())


def at(edition: str, file: str) -> Address:
    """Return the address of an edition's file on the project's host."""
    return Address(UPLOADS + file, edition)
