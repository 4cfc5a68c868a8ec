"""What the UCDP files have in common: home, terms, and cells that list several Gleditsch-Ward numbers."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from verbale.records.catalogue import Address, Column
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

HOME: Final = "https://ucdp.uu.se/downloads/"
TERMS: Final = "CC BY 4.0"
# Hyderabad (1947-1948), which the list of Gleditsch and Ward does not have.
_OWN_NUMBERS: Final = {751: "IND"}
LONGEST_NUMBER: Final = 3


SIDES: Final = ("side_a", "side_a_2nd", "side_b", "side_b_2nd")
_SIDES_MEANING: Final = {
    "side_a": ("the state on side A", "side A"),
    "side_b": ("the state or armed group on side B", "side B"),
    "side_a_2nd": ("states that gave side A troops", "support of side A with troops"),
    "side_b_2nd": ("states that gave side B troops", "support of side B with troops"),
}
# The four cells that name parties, each with the list of our codes of the states in it.
SIDE_COLUMNS: Final = tuple(
    column
    for side, (meaning, where) in _SIDES_MEANING.items()
    for column in (
        Column(side, pa.string(), meaning),
        Column(f"{side}_codes", pa.list_(pa.string()), f"our codes of the states in {where}; empty for an armed group"),
    )
)


def codes(row: Row, field: str, year: int) -> list[str]:
    """Return our codes of the states that a cell lists by number, as in `651,  645`; empty for a cell that names none."""
    found: list[str] = []
    for text in filter(None, (part.strip() for part in row.text(field).split(","))):
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise row.fail(f"{field} holds {text!r}, not a number")
        found.append(_OWN_NUMBERS.get(int(text)) or row.state(int(text), year, system=gw_numbers()))
    return found


def at(edition: str, file: str) -> Address:
    """Return the address of an edition's file on the download page."""
    return Address(HOME + file, edition)
