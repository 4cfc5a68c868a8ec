"""Amendments upon the events of a coding: to which event each belongs now, and what readers see in its place.

An amendment names the event that a coder wrote. A later coding may give that event another id, because its words or its date
changed. The amendment then goes to the event's successor: the partner that the comparison of codings gives it among the events
on the same words, where the events that stood beside it are served as well. The successor must have the actors and the type of
the original (for a withdrawal its status, too), save what the amendment itself sets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from verbale.core import Amended, Amendment, AmendmentState, Event
from verbale.core.amendments import AMENDED, BY_HAND, changed, says_already
from verbale.core.schema import event_to_row, flat_row, row_to_event
from verbale.ledger.comparing import Row, overlap, pair, parties, same_act, same_date
from verbale.ledger.tables import AMENDMENTS

# The columns that tell a row of the events from every other.
ROW_KEY = ("document_id", "coder", "coder_version", "run_id", "event_id")


@dataclass(slots=True)
class Resolution:
    """What amendments come to: rows of coders that readers do not see, rows in their place, and each amendment's state.

    `roots` gives, for the id of an event as readers see it, the id by which its amendments know it.
    """

    dropped: list[tuple[str, ...]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    states: list[Amended] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Effect:
    """All amendments of one event taken together; `original` is None where the addition that they rest on was undone."""

    root: str
    document_id: str
    original: Event | None = None
    added: bool = False
    withdrawn: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    beside: tuple[Mapping[str, Any], ...] = ()
    amendments: list[Amendment] = field(default_factory=list)


def resolve(
    amendments: Sequence[Amendment], rows: Iterable[dict[str, Any]], *, coded: set[tuple[str, str]], documents: set[str]
) -> Resolution:
    """Return what amendments, oldest first, come to upon a coding's rows of the documents that they speak of.

    `coded` says which document was coded by which coder, `documents` which documents the ledger holds.
    """
    found = Resolution()
    by_document: dict[str, _Document] = {}
    for row in rows:
        by_document.setdefault(row["document_id"], _Document(found)).rows.append(row)
    live, dead = _live(amendments)
    effects = _effects(live)
    for effect in effects:  # who finds their own event takes it before another event's amendment can
        if not effect.added:
            place = by_document.setdefault(effect.document_id, _Document(found))
            place.matches[effect.root] = place.take([row for row in place.rows if row["event_id"] == effect.root])
    for effect in effects:
        place = by_document.setdefault(effect.document_id, _Document(found))
        state: AmendmentState = "orphaned"
        now = ""
        if effect.original is not None and effect.added:
            state, now = place.add(effect, effect.original, known=effect.document_id in documents)
        elif effect.original is not None:
            state, now = place.correct(effect, effect.original, coded)
        found.states += [Amended(amendment, state, now) for amendment in effect.amendments]
    known = {amendment.amendment_id for amendment in amendments}
    found.states += [Amended(one, "applied" if one.undoes in known else "orphaned") for one in live if one.kind == "undo"] + [
        Amended(one, "undone") for one in dead
    ]
    order = {amendment.amendment_id: place for place, amendment in enumerate(amendments)}
    found.states.sort(key=lambda one: order[one.amendment.amendment_id])
    return found


def _live(amendments: Sequence[Amendment]) -> tuple[list[Amendment], list[Amendment]]:
    """Return the amendments that hold and those that were undone; an undo that was undone itself takes nothing back."""
    undone: set[str] = set()
    for amendment in reversed(amendments):
        if amendment.kind == "undo" and amendment.amendment_id not in undone:
            undone.add(amendment.undoes)
    live = [amendment for amendment in amendments if amendment.amendment_id not in undone]
    return live, [amendment for amendment in amendments if amendment.amendment_id in undone]


def _effects(live: Sequence[Amendment]) -> list[_Effect]:
    found: dict[tuple[str, str], _Effect] = {}
    # an addition comes before what is said of it, whatever the clocks of two computers say
    for amendment in sorted(live, key=lambda one: one.kind != "add"):
        if amendment.kind == "undo":
            continue
        key = (amendment.document_id, amendment.event_id)
        effect = found.setdefault(key, _Effect(amendment.event_id, amendment.document_id))
        effect.amendments.append(amendment)
        if effect.original is None:
            original = amendment.original
            effect.added = amendment.kind == "add" or (original is not None and original.coder.startswith(BY_HAND))
            if not effect.added or amendment.kind == "add":
                effect.original, effect.beside = original, amendment.beside
        if amendment.kind == "change":
            effect.changes.update(amendment.after or {})
        effect.withdrawn = effect.withdrawn or amendment.kind == "withdraw"
    return list(found.values())


class _Document:
    """One document's rows while amendments are laid upon them; what it decides goes into the resolution."""

    def __init__(self, found: Resolution) -> None:
        self.found = found
        self.rows: list[dict[str, Any]] = []
        self.matches: dict[str, list[dict[str, Any]]] = {}
        self._placed: list[dict[str, Any]] = []
        self._taken: set[int] = set()

    def take(self, wanted: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return those of the wanted rows that no amendment has taken yet; they are taken now."""
        matches = [row for row in wanted if id(row) not in self._taken]
        self._taken.update(map(id, matches))
        return matches

    def correct(self, effect: _Effect, original: Event, coded: set[tuple[str, str]]) -> tuple[AmendmentState, str]:
        """Lay changes and withdrawals upon a coder's event or its successor."""
        matches = self.matches[effect.root]
        if not any(row["coder"] == original.coder for row in matches):
            matches += self._successor(effect, original)
        if effect.withdrawn:
            for row in matches:
                self._drop(row, effect)
            if matches:
                return "applied", ""
            return ("already so" if (effect.document_id, original.coder) in coded else "orphaned"), ""
        if not matches:
            wanted = event_to_row(changed(original, effect.changes))
            same = next((row for row in self.rows if id(row) not in self._taken and same_act(row, wanted)), None)
            return ("already so", same["event_id"]) if same else ("orphaned", "")
        states = [self._change(row, effect) for row in matches]
        return next((found for found in states if found[0] == "applied"), states[0])

    def _change(self, row: dict[str, Any], effect: _Effect) -> tuple[AmendmentState, str]:
        event = row_to_event(row)
        if says_already(event, effect.changes):
            self.found.roots[event.event_id] = effect.root
            return "already so", event.event_id
        self._drop(row, effect)
        after = {**event_to_row(changed(event, effect.changes)), "run_id": row["run_id"]}
        same = self._same(after, {row["coder"], after["coder"]})
        if same is not None:
            return "already so", same["event_id"]
        self._place(after, effect)
        return "applied", after["event_id"]

    def add(self, effect: _Effect, original: Event, *, known: bool) -> tuple[AmendmentState, str]:
        """Put an added event among the rows, unless a coder has found it since."""
        event = changed(original, effect.changes) if effect.changes else original
        row = {**event_to_row(event), "run_id": BY_HAND}
        self.found.roots[original.event_id] = self.found.roots[event.event_id] = effect.root
        if effect.withdrawn:
            return "applied", ""
        if not known:
            return "orphaned", ""
        partner = self._partner(row, effect.beside, self.rows)
        if partner is not None and parties(partner) == parties(row) and _same(partner, row, "type", "status"):
            if row["date_start"] is None or same_date(partner, row):
                return "already so", partner["event_id"]
            self.take([partner])
            self._drop(partner, effect)  # the coder gives it another date; the person read the words
        same = self._same(row, None)
        if same is not None:
            return "already so", same["event_id"]
        self._place(row, effect)
        return "applied", row["event_id"]

    def _successor(self, effect: _Effect, original: Event) -> list[dict[str, Any]]:
        theirs = [row for row in self.rows if row["coder"] == original.coder]
        row = event_to_row(original)
        partner = self._partner(row, effect.beside, theirs)
        if partner is None:
            return []
        same_type = "type" in effect.changes or _same(partner, row, "type")
        fixed = [name for name in ("source", "target") if name not in effect.changes]
        same_actors = parties(partner) == parties(row) or _same(partner, row, *fixed)
        same_status = not effect.withdrawn or _same(partner, row, "status")
        return self.take([partner]) if same_type and same_actors and same_status else []

    def _partner(self, row: Row, beside: Sequence[Row], theirs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
        """Return the event of the present coding that is this one, when those that stood beside it have found theirs."""
        near = [other for other in theirs if overlap(row, other)]
        partners = dict(pair([row, *beside], near))
        partner = near[partners[0]] if 0 in partners else None
        return None if partner is None or id(partner) in self._taken else partner

    def _same(self, row: Row, coders: set[str] | None) -> dict[str, Any] | None:
        """Return a row that readers see and that tells the same act: of these coders or of a person."""
        seen = [other for other in self.rows if id(other) not in self._taken] + self._placed
        by_hand = (AMENDED, BY_HAND)
        return next(
            (
                other
                for other in seen
                if (coders is None or other["coder"] in coders or other["coder"].endswith(by_hand)) and same_act(other, row)
            ),
            None,
        )

    def _drop(self, row: dict[str, Any], effect: _Effect) -> None:
        self.found.dropped.append(tuple(row[name] for name in ROW_KEY))
        self.found.roots[row["event_id"]] = effect.root

    def _place(self, row: dict[str, Any], effect: _Effect) -> None:
        self.found.rows.append(row)
        self.found.roots[row["event_id"]] = effect.root
        self._placed.append(row)


def _same(one: Row, other: Row, *names: str) -> bool:
    return all(one[name] == other[name] for name in names)


def beside(event: Event, rows: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the other events of a coding that stand on the same words, as an amendment keeps them."""
    own = event_to_row(event)
    near = (row_to_event(row) for row in rows if overlap(own, row) and row["event_id"] != event.event_id)
    return tuple(flat_row(other) for other in near)


def amendment_row(amendment: Amendment) -> dict[str, Any]:
    """Return an amendment as a row of the ledger's table."""
    return {
        "amendment_id": amendment.amendment_id,
        "kind": amendment.kind,
        "event_id": amendment.event_id,
        "document_id": amendment.document_id,
        "before": _json(amendment.before),
        "after": _json(amendment.after),
        "beside": _json(amendment.beside),
        "author": amendment.author,
        "made": amendment.made,
        "reason": amendment.reason,
        "undoes": amendment.undoes,
    }


def amendment_table(amendments: Sequence[Amendment]) -> pa.Table:
    """Return amendments as Arrow rows of the ledger's table."""
    return pa.Table.from_pylist([amendment_row(amendment) for amendment in amendments], schema=AMENDMENTS)


def row_to_amendment(row: Mapping[str, Any]) -> Amendment:
    """Return the amendment of a row of the ledger's table."""
    return Amendment(
        kind=row["kind"],
        event_id=row["event_id"],
        document_id=row["document_id"],
        author=row["author"],
        made=row["made"],
        reason=row["reason"],
        before=json.loads(row["before"]) if row["before"] else None,
        after=json.loads(row["after"]) if row["after"] else None,
        beside=tuple(json.loads(row["beside"])) if row["beside"] else (),
        undoes=row["undoes"] or "",
        given_id=row["amendment_id"],
    )


def _json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None
