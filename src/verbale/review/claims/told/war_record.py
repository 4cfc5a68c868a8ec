"""The wars of the Correlates of War project with all who took part: what sentences about wars are held against."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.statement import Holdings, TableRow

DISPUTES: Final = "cow-mid-participants"
# By the record's own levels: force was used, or there was war.
FORCE: Final = 4
COW: Final = "cow-wars"
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Fighter:
    """A state in a war: side, spells, dead, how it ended for it (1 won, 2 lost), and whether it began the war."""

    code: str
    side: int
    spans: tuple[Span, ...]
    dead: int | None
    outcome: int | None
    line: int
    initiator: bool | None = None

    @property
    def first(self) -> datetime.date:
        """Return the day on which it came in."""
        return self.spans[0][0]

    @property
    def last(self) -> datetime.date:
        """Return its last day."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class War:
    """A war of the record with all who took part."""

    name: str
    fighters: tuple[Fighter, ...]

    def of(self, code: str) -> Fighter | None:
        """Return a state's part in it."""
        return next((one for one in self.fighters if one.code == code), None)

    def together(self, codes: Sequence[str]) -> list[Span]:
        """Return the spans in which all of some states took part, on whichever side; none where one of them did not."""
        spans = [[span for one in self.fighters if one.code == code for span in one.spans] for code in codes]
        shared = [
            (max(first for first, _ in each), min(last for _, last in each)) for each in itertools.product(*spans) if each
        ]
        return [(first, last) for first, last in shared if first <= last]

    @property
    def codes(self) -> frozenset[str]:
        """Return all who took part."""
        return frozenset(one.code for one in self.fighters)

    @property
    def first(self) -> datetime.date:
        """Return its first day."""
        return min(one.first for one in self.fighters)

    @property
    def last(self) -> datetime.date:
        """Return its last day."""
        return max(one.last for one in self.fighters)

    @property
    def line(self) -> int:
        """Return the line of its first row."""
        return self.fighters[0].line


def fought_together(pair: Sequence[str], years: tuple[int, int], holdings: Holdings) -> bool:
    """Tell whether two states stood on one side of a war in some years: allies whom no list of treaties need have."""
    for war in read_wars(holdings):
        parts = [war.of(code) for code in pair]
        fighters = [one for one in parts if one is not None and one.first.year <= years[1] and years[0] <= one.last.year]
        if len(fighters) == len(pair) and len({one.side for one in fighters}) == 1:
            return True
    return False


def used_force(pair: Sequence[str], years: tuple[int, int], holdings: Holdings) -> bool:
    """Tell whether the list of disputes has two on opposite sides of one in which force was used."""
    sides: dict[object, dict[str, set[object]]] = {}
    for row in holdings.tables.get(DISPUTES, ()):
        start, end = row["start"], row["end"]
        inside = start and end and start.year <= years[1] and years[0] <= end.year
        if inside and row["code"] in pair and (row["hostlev"] or 0) >= FORCE:
            sides.setdefault(row["dispnum"], {}).setdefault(row["code"], set()).add(row["sidea"])
    return any(len(of) == len(pair) and len(set().union(*of.values())) > 1 for of in sides.values())


def read_wars(holdings: Holdings) -> list[War]:
    """Return the wars of the record, read once."""
    if COW not in holdings.read:
        holdings.read[COW] = _read(holdings)
    found: list[War] = holdings.read[COW]
    return found


def _read(holdings: Holdings) -> list[War]:
    rows: dict[object, list[TableRow]] = {}
    numbers: dict[str, Counter[object]] = {}
    for row in holdings.tables.get(COW, ()):
        if row["start"] and row["code"]:
            rows.setdefault(row["warnum"], []).append(row)
            numbers.setdefault(row["code"], Counter())[row.get("ccode")] += 1
    main = {code: counts.most_common(1)[0][0] for code, counts in numbers.items()}
    return [War(of[0]["warname"], tuple(_fighters(list(_principal(of, main))))) for of in rows.values()]


def _principal(rows: Sequence[TableRow], main: Mapping[str, object]) -> Iterator[TableRow]:
    """Yield the rows of a war without the small states on the other side than the one that their code is known by.

    In 1866 Prussia stood against Bavaria and Hanover, all of them now Germany's code: what a text says of it is of Prussia.
    """
    sides = {row["code"]: row["side"] for row in rows if row.get("ccode") == main[row["code"]]}
    for row in rows:
        small = row.get("ccode") != main[row["code"]]
        if not small or sides.get(row["code"], row["side"]) == row["side"]:
            yield row


def _fighters(rows: Sequence[TableRow]) -> Iterator[Fighter]:
    by_code: dict[tuple[str, int], list[TableRow]] = {}
    for row in rows:
        by_code.setdefault((row["code"], row["side"]), []).append(row)
    for (code, side), of in by_code.items():
        spans = [(row["start"], row["end"] or row["start"]) for row in of]
        spans += [(row["start2"], row["end2"] or row["start2"]) for row in of if row["start2"]]
        dead = [row["batdeath"] for row in of if row["batdeath"] is not None and row["batdeath"] >= 0]
        began = [row["initiator"] for row in of if row.get("initiator") is not None]
        dead_of_all = sum(dead) if dead else None
        yield Fighter(
            code, side, tuple(sorted(spans)), dead_of_all, of[0]["outcome"], of[0]["line"], any(began) if began else None
        )
