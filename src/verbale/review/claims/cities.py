"""Tells whether two names of places are one city, or so near each other that a text may give one for the other."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.words import DATA
from verbale.vocab.places import is_city, place_key
from verbale.vocab.tables import read_rows

FILE: Final = "claim_cities.csv"
_MONTH: Final = re.compile(MONTH_PATTERN, re.IGNORECASE)


@functools.cache
def load_cities(*, folder: Path = DATA) -> Mapping[str, frozenset[int]]:
    """Return the groups that each name is in, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    found: dict[str, set[int]] = {}
    for row in read_rows(folder / FILE, ("names",)):
        names = row.parts("names")
        if len(names) < 2:
            raise row.fail("names", "two names at least, separated by |")
        for name in names:
            found.setdefault(_plain(name), set()).add(row.line)
    return {name: frozenset(lines) for name, lines in found.items()}


def is_known(name: str) -> bool:
    """Tell whether a name is that of a city; "March" and "May" are also towns, and in a text months."""
    return _MONTH.fullmatch(name) is None and (_plain(name) in load_cities() or is_city(name))


def is_one(first: str, second: str) -> bool:
    """Tell whether two names may be of one place.

    >>> is_one("Peking", "Beijing"), is_one("Brussels", "Washington")
    (True, False)
    """
    one, other = _plain(first), _plain(second)
    cities = load_cities()
    return one == other or one in other or other in one or bool(cities.get(one, frozenset()) & cities.get(other, frozenset()))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", place_key(name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("ı", "i")
