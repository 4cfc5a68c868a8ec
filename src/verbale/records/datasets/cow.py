"""What all Correlates of War files have in common: home, terms, why they are fetched by hand, and common columns."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Column

HOME: Final = "https://correlatesofwar.org/data-sets/"
TERMS: Final = "free to download, no formal licence; cite the article of record"
BY_HAND: Final = "the host sends an incomplete certificate chain, so that verified downloads fail; a browser works"

CODE: Final = Column("code", pa.string(), "our code of the state")
NUMBER: Final = Column("ccode", pa.int16(), "Correlates of War number of the state")
START: Final = Column("start", pa.date32(), "first day; an unknown day counts from the first of its month")
END: Final = Column("end", pa.date32(), "last day; an unknown day counts to the last of its month")
PRECISION: Final = Column("precision", pa.string(), "how precisely start and end are known: day, month or year")


def ints(**meanings: str) -> tuple[Column, ...]:
    """Return columns of whole numbers from their names and meanings."""
    return tuple(Column(name, pa.int32(), meaning) for name, meaning in meanings.items())
