"""What the General Assembly voted on: the roll calls of Voeten and others, as the R package unvotes has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets import un_votes
from verbale.records.layouts import Separated
from verbale.records.rows import Row

CITATION: Final = (
    un_votes.CITATION
    + """

@manual{unvotes,
  author = {Robinson, David and Goguen-Compagnoni, Nicholas},
  title = {unvotes: United Nations General Assembly Voting Data},
  note = {R package},
  url = {https://github.com/dgrtwo/unvotes}
}"""
)


def _roll_call(row: Row) -> Iterator[dict[str, Any]]:
    day = row.day("date")
    yield {
        "rcid": row.needed("rcid"),
        "session": row.needed("session"),
        "year": day.year,
        "date": day,
        "resolution": row.words("unres"),
        "important": row.flag("importantvote"),
        "amend": row.flag("amend"),
        "para": row.flag("para"),
        "short": row.words("short"),
        "descr": row.words("descr"),
    }


ROLL_CALLS: Final = Dataset(
    name="unvotes-roll-calls",
    title="United Nations General Assembly roll calls (R package unvotes)",
    editions={"*": Edition(1946, 2030)},
    home="https://github.com/dgrtwo/unvotes",
    files=("unvotes_un_roll_calls.csv", "un_roll_calls.csv"),
    terms="data of Voeten and others (CC0 as catalogued); cite their article and the package",
    by_hand="it is part of an R package; write.csv(unvotes::un_roll_calls, 'un_roll_calls.csv', row.names = FALSE, na = '')",
    citation=CITATION,
    header=("rcid", "session", "importantvote", "date", "unres", "amend", "para", "short", "descr"),
    columns=(
        Column("rcid", pa.int32(), "roll-call number, as in un-votes"),
        Column("session", pa.int16(), "session of the Assembly"),
        Column("year", pa.int16(), "calendar year"),
        Column("date", pa.date32(), "day of the vote"),
        Column("resolution", pa.string(), "number of the resolution"),
        Column("important", pa.bool_(), "called important by the United States Department of State"),
        Column("amend", pa.bool_(), "a vote on an amendment"),
        Column("para", pa.bool_(), "a vote on a paragraph"),
        Column("short", pa.string(), "subject in short"),
        Column("descr", pa.string(), "what was voted on"),
    ),
    tidy=_roll_call,
    key=("rcid",),
    layout=Separated(),
)
DATASETS: Final = (ROLL_CALLS,)
