"""Sanctions resolutions of the United Nations Security Council: whom they aim at, what they do, and who voted how."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from verbale.vocab.country_codes import states
from verbale.vocab.states import States
from verbale.vocab.tables import Once, Row, read_rows
from verbale.vocab.vocabulary import DATA

COLUMNS: Final = (
    *("number", "date", "target", "group", "action", "measures", "yes", "no", "abstained", "absent"),
    *("against_by", "abstained_by", "absent_by", "source", "note"),
)
ACTIONS: Final = frozenset({"impose", "tighten", "extend", "ease", "suspend", "end"})
MEASURES: Final = frozenset(
    {
        *("arms", "assets", "aviation", "charcoal", "diamonds", "diplomacy", "finance", "labour", "luxury"),
        *("minerals", "missiles", "nuclear", "oil", "timber", "trade", "transport", "travel"),
    }
)
# The Council has fifteen members since 1966; nine votes and no veto adopt a resolution (Charter, Article 27).
MEMBERS: Final = 15
NEEDED: Final = 9
FIRST_DATE: Final = datetime.date(1966, 1, 1)
PERMANENT: Final = ("CHN", "FRA", "GBR", "RUS", "USA")
# China's seat was the Republic of China's until 25 October 1971.
CHANGE_OF_CHINA: Final = datetime.date(1971, 10, 25)
Vote = Literal["yes", "abstained", "absent"]


@dataclass(frozen=True, slots=True)
class SanctionsResolution:
    """A resolution: targets in our codes, the group aimed at, what it does, the tally, and who did not vote for it.

    `votes` counts yes, no, abstained and absent; it is None where there was no vote or we are not certain of it.
    """

    number: int
    date: datetime.date
    targets: tuple[str, ...]
    group: str
    action: str
    measures: tuple[str, ...]
    votes: tuple[int, int, int, int] | None
    against_by: tuple[str, ...]
    abstained_by: tuple[str, ...]
    absent_by: tuple[str, ...]
    source: str
    note: str

    @property
    def dissenters(self) -> tuple[str, ...]:
        """Return who voted against or abstained, in our codes."""
        return (*self.against_by, *self.abstained_by)

    @property
    def unanimous(self) -> bool | None:
        """Tell whether all fifteen members voted for it; None where the vote is not known."""
        return None if self.votes is None else self.votes[0] == MEMBERS

    @property
    def permanent_members(self) -> Mapping[str, Vote]:
        """Return how the five permanent members voted (none can have voted against); empty where the vote is not known."""
        if self.votes is None:
            return MappingProxyType({})
        china = "TWN" if self.date < CHANGE_OF_CHINA else "CHN"
        return MappingProxyType({code: self._vote(code) for code in (china, *PERMANENT[1:])})

    def _vote(self, code: str) -> Vote:
        return "abstained" if code in self.abstained_by else "absent" if code in self.absent_by else "yes"


def load_sanctions(path: Path, known: States) -> tuple[SanctionsResolution, ...]:
    """Return the resolutions of a file, checked: codes, dates in order, and tallies that add up and adopt."""
    once = Once()
    rows: list[SanctionsResolution] = []
    for row in read_rows(path, COLUMNS):
        number = _count(row, "number", 99_999)
        once.check(row, "number", number)
        day = _date(row)
        if rows and (number < rows[-1].number or day < rows[-1].date):
            raise row.fail("date", f"a number and date after those of the row before, {rows[-1].number} of {rows[-1].date}")
        one = SanctionsResolution(
            number,
            day,
            _codes(row, "target", known),
            row.text("group"),
            row.one_of("action", ACTIONS),
            _measures(row),
            _votes(row),
            _codes(row, "against_by", known),
            _codes(row, "abstained_by", known),
            _codes(row, "absent_by", known),
            row.one_of("source", {f"S/RES/{number} ({day.year})"}),
            row.text("note"),
        )
        _check_votes(row, one)
        if not one.targets and not one.group:
            raise row.fail("target", "a state's code, or a group in the field beside it")
        rows.append(one)
    return tuple(rows)


def _check_votes(row: Row, one: SanctionsResolution) -> None:
    """Refuse a tally that does not add up, that could not adopt, or that its lists of members do not bear out."""
    listed = (one.against_by, one.abstained_by, one.absent_by)
    if one.votes is None:
        if any(listed):
            raise row.fail("yes", "the tally, where members are named who did not vote for it")
        return
    if sum(one.votes) != MEMBERS or one.votes[0] < NEEDED:
        raise row.fail("yes", f"a tally of {MEMBERS} votes, at least {NEEDED} of them yes")
    for field, count, members in zip(("against_by", "abstained_by", "absent_by"), one.votes[1:], listed, strict=True):
        if len(members) != count:
            raise row.fail(field, f"{count} codes, as many as the tally has")
    if set(one.against_by) & set(PERMANENT):
        raise row.fail("against_by", "no permanent member, whose vote against would be a veto")
    names = [*one.against_by, *one.abstained_by, *one.absent_by]
    if len(set(names)) < len(names):
        raise row.fail("abstained_by", "members that voted once")


def _votes(row: Row) -> tuple[int, int, int, int] | None:
    fields = ("yes", "no", "abstained", "absent")
    if not any(row.text(field) for field in fields):
        return None
    yes, no, abstained, absent = (_count(row, field, MEMBERS) for field in fields)
    return yes, no, abstained, absent


def _count(row: Row, field: str, most: int) -> int:
    text = row.required(field)
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise row.fail(field, f"a whole number up to {most}")
    return int(text)


def _date(row: Row) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(row.required("date"))
    except ValueError:
        day = datetime.date.min
    if day < FIRST_DATE:
        raise row.fail("date", f"a day YYYY-MM-DD from {FIRST_DATE} on")
    return day


def _codes(row: Row, field: str, known: States) -> tuple[str, ...]:
    codes = row.parts(field)
    if not set(codes) <= known.codes:
        raise row.fail(field, "codes of states.csv, separated by |")
    return codes


def _measures(row: Row) -> tuple[str, ...]:
    measures = row.parts("measures")
    if not measures or not set(measures) <= MEASURES:
        raise row.fail("measures", ", ".join(sorted(MEASURES)))
    return measures


@functools.cache
def sanctions() -> tuple[SanctionsResolution, ...]:
    """Return the sanctions resolutions of the package, loaded once.

    >>> from verbale.vocab.sanctions import sanctions
    >>> [(one.number, one.action, one.dissenters) for one in sanctions() if "IRN" in one.targets][3]
    (1929, 'tighten', ('BRA', 'TUR', 'LBN'))
    """
    return load_sanctions(DATA / "sanctions.csv", states())
