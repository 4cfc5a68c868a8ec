"""Wars and eras that texts use as dates ("during the Crimean War"), read from a data file and found by one pattern."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from verbale.coding.dates.mention import DateMention
from verbale.core import EventDate


@dataclass(frozen=True, slots=True)
class Era:
    """A war or era with its first and last year; a name of several forms has one row for each."""

    name: str
    first: int
    last: int

    def date(self) -> EventDate:
        """Return its years as a date; a war within one year has no end of its own."""
        end = datetime.date(self.last, 12, 31) if self.last > self.first else None
        return EventDate(datetime.date(self.first, 1, 1), end, "year", self.name)


class Eras:
    """The eras of a data file, ready to be found in texts."""

    def __init__(self, eras: Iterable[Era]) -> None:
        """Compile the names to one pattern; longer names win over those that they contain."""
        self.by_name = {_key(era.name): era for era in eras}
        names = sorted(self.by_name, key=len, reverse=True)
        self.hints = frozenset(name.split()[-1] for name in names)
        pattern = "|".join(re.escape(name).replace(r"\ ", r"[\s-]").replace(r"\-", "[-–/]") for name in names)
        # Only names that begin small in the data may begin so in a text; the test of one letter spares the long alternatives.
        small = "".join(sorted({era.name[0] for era in self.by_name.values() if era.name[0].islower()}))
        self._pattern = re.compile(
            rf"(?<![\w/-])(?-i:(?=[A-Z{small}]))(?:{pattern or '(?!)'})(?![\w-]|\s(?:I{{1,3}}|One|Two)\b)", re.IGNORECASE
        )

    def find(self, text: str) -> Iterator[DateMention]:
        """Yield the eras that a text names, with their years."""
        for match in self._pattern.finditer(text):
            era = self.by_name[_key(match.group())]
            if match.group()[0].isupper() or era.name[0].islower():
                yield DateMention(match.start(), match.end(), era.date(), "era")


def _key(name: str) -> str:
    return re.sub(r"[\s–/-]", " ", name).lower()


def read_eras(lines: Iterable[str]) -> Eras:
    """Read eras from CSV lines (name, first, last; `#` starts a comment).

    Raises ValueError, which names the row, for years that are no numbers, run backwards or lie outside 1500 to 2100.
    """
    eras = []
    for row in csv.DictReader(line for line in lines if line.strip() and not line.startswith("#")):
        era = Era(row["name"].strip(), int(row["first"]), int(row["last"]))
        if not (era.name and 1500 <= era.first <= era.last <= 2100):
            raise ValueError(f"era {row!r}: needs a name and years with 1500 <= first <= last <= 2100")
        eras.append(era)
    return Eras(eras)


@lru_cache(maxsize=1)
def load_eras() -> Eras:
    """Return the eras that ship with the vocabulary."""
    return read_eras((resources.files("verbale.vocab") / "data" / "eras.csv").read_text(encoding="utf-8").splitlines())
