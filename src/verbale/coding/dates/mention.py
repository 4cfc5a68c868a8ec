"""What a date in a text is to us: where it stands, what it says, what it leaves open, and what it bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verbale.core import EventDate

Kind = Literal["absolute", "partial", "relative", "attributive", "era"]
Bound = Literal["", "until", "since", "by", "after", "before"]
Unit = Literal["day", "week", "month", "year", "decade", "weekday", "season"]
Anchor = Literal["narrative", "document"]


@dataclass(frozen=True, slots=True)
class Need:
    """What an incomplete date says, so that context can complete it.

    `unit` is the smallest unit that it names. `amount` shifts the anchor by that many units ("two days earlier": -2); with a
    named month, season or weekday it says which one: -1 the last before the anchor, 1 the next after it, 0 left to the rules.
    None is an unknown amount ("some weeks later"). `year_shift` is set by "of that year" (0) and "of the following year" (1).
    `whole` is a unit as the calendar has it ("last week", "the following decade"), not a distance ("a week later"). `to` is the
    end of an incomplete span. `fixed` is the anchor itself where the text names it ("two days after 24 March 1946"), `onto` the
    same where the named anchor is itself incomplete ("two days after the 24th").
    """

    unit: Unit
    anchor: Anchor = "narrative"
    amount: int | None = 0
    day: int | None = None
    month: int | None = None
    season: str = ""
    weekday: int | None = None
    year_shift: int | None = None
    whole: bool = False
    to: Need | None = None
    fixed: EventDate | None = None
    onto: Need | None = None

    @property
    def calendar_part(self) -> bool:
        """True for part of a calendar date (a day, month or season without its year), False for a shift from the anchor."""
        return self.day is not None or self.month is not None or bool(self.season)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: character offsets in the document's text, and the date, None while only context could tell it.

    `bound` says that the date is not when something happened but a limit of it ("until 2010", "since 1953"); empty for "in" and
    "on". `aside` is true inside brackets and, once resolved, for a glance back; `of_noun` after a noun's "of" ("the treaty of
    1936"). `need` is what the expression says where it is incomplete; it stays after resolution.
    """

    start: int
    end: int
    date: EventDate | None
    kind: Kind
    bound: Bound = ""
    aside: bool = False
    of_noun: bool = False
    need: Need | None = None

    @property
    def moves(self) -> bool:
        """Whether the narrative goes on from this date: not from one in brackets, before a noun, or a mere limit."""
        return self.kind not in ("attributive", "era") and not self.aside and self.bound not in ("until", "since", "before")
