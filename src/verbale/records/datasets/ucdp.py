"""What the UCDP files have in common: home, terms, and cells that list several Gleditsch-Ward numbers."""

from __future__ import annotations

from typing import Final

from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

HOME: Final = "https://ucdp.uu.se/downloads/"
TERMS: Final = "CC BY 4.0"
# Hyderabad (1947-1948), which the list of Gleditsch and Ward does not have.
_OWN_NUMBERS: Final = {751: "IND"}
LONGEST_NUMBER: Final = 3
BY_HAND: Final = "automatic download is not part of this version"


def codes(row: Row, field: str, year: int) -> list[str]:
    """Return our codes of the states that a cell lists by number, as in `651,  645`; empty for a cell that names none."""
    found: list[str] = []
    for text in filter(None, (part.strip() for part in row.text(field).split(","))):
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise row.fail(f"{field} holds {text!r}, not a number")
        found.append(_OWN_NUMBERS.get(int(text)) or row.state(int(text), year, system=gw_numbers()))
    return found
