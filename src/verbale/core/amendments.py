"""Corrections by hand: what a person says about an event that a coder wrote or missed, by whom, when and why."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from verbale.core.events import Event
from verbale.core.schema import flat_row, row_to_event

AmendmentKind = Literal["change", "withdraw", "add", "undo"]
AmendmentState = Literal["applied", "already so", "orphaned", "undone"]
AMENDMENT_KINDS: Final[tuple[AmendmentKind, ...]] = get_args(AmendmentKind)
AMENDMENT_STATES: Final[tuple[AmendmentState, ...]] = get_args(AmendmentState)

# What the field `coder` of an event says that a person added, and how it ends for one that a person changed.
BY_HAND: Final = "by hand"
AMENDED: Final = ", amended by hand"
# What a change may set. Document and words are not among them: other words are another event.
AMENDABLE: Final = (
    "source", "source_sector", "source_text", "source_entity", "target", "target_sector", "target_text", "target_entity",
    "mutual", "type", "mode", "contexts", "intensity", "status", "said_by", "date_start", "date_end", "date_precision",
    "date_text", "date_calendar", "place", "place_country", "object", "confidence",
)  # fmt: skip
# What follows from other fields: a change carries it along, but nobody means it when they change a type or an actor.
_FOLLOWS: Final = frozenset({"intensity", "confidence", "source_entity", "target_entity"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction, as it is kept: what is done to which event, by whom, when (UTC, without a zone) and why.

    `event_id` is the id of the event as the coder wrote it (of an added one: as it was added). `before` is that event, `after`
    the fields that a change sets, or the event that is added, as rows of the event record with dates as ISO text. `beside` are
    the other events that stood on the same words, which tells the successors of the event in a later coding from theirs.
    `undoes` is the amendment that an undo takes back.
    """

    kind: AmendmentKind
    event_id: str
    document_id: str
    author: str
    made: datetime.datetime
    reason: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    beside: tuple[Mapping[str, Any], ...] = ()
    undoes: str = ""
    given_id: str = field(default="", repr=False)

    @property
    def amendment_id(self) -> str:
        """The stable id: 16 hexadecimal digits of the hash of what is done, by whom, when and why, or the given id."""
        if self.given_id:
            return self.given_id
        after = json.dumps(self.after, sort_keys=True, ensure_ascii=False) if self.after is not None else ""
        words = (
            self.kind,
            self.event_id,
            self.document_id,
            after,
            self.author,
            self.made.isoformat(),
            self.reason,
            self.undoes,
        )
        return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def original(self) -> Event | None:
        """The event as the coder wrote it, or as it was added; None for an undo."""
        row = self.after if self.kind == "add" else self.before
        return row_to_event(dict(row)) if row is not None else None


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment and what has become of it; `now` is the id under which readers find the event, empty where there is none."""

    amendment: Amendment
    state: AmendmentState
    now: str = ""


def changed(event: Event, changes: Mapping[str, Any]) -> Event:
    """Return the event with fields set by a person, who is as sure as one can be unless they say otherwise."""
    coder = event.coder if event.coder.endswith((AMENDED, BY_HAND)) else f"{event.coder}{AMENDED}"
    return row_to_event({**flat_row(event), "confidence": 1.0, **changes, "coder": coder})


def says_already(event: Event, changes: Mapping[str, Any]) -> bool:
    """Say whether an event has the values that a change sets, those aside that follow from others."""
    row = flat_row(event)
    meant = [name for name in changes if name not in _FOLLOWS and (name != "mode" or changes[name])] or list(changes)
    return all((row[name] or None) == (changes[name] or None) for name in meant)
