"""From coded acts to statements: which acts tell a state of a commitment, and which commitment they mean.

Texts name a good once and then say "the contract", "the system", "delivery". Such an act takes its object from an act of the
same pair in the same document: one whose words overlap its own, one that follows at once (signed a contract to purchase ...),
or, unless it brings something new ("a contract"), the last one named before within a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import ibis.expr.types as ir

from verbale.measures.commitments.clauses import read_quote
from verbale.measures.commitments.days import When, of_event
from verbale.measures.commitments.designations import Identity, designations, identify, near
from verbale.measures.commitments.statements import Statement
from verbale.measures.commitments.words import CommitmentWord, CommitmentWords
from verbale.measures.selection import needs
from verbale.vocab import Vocabulary

COLUMNS: Final = (
    *("event_id", "document_id", "start", "end", "quote", "source", "target", "mutual", "type", "status"),
    *("date_start", "date_end", "date_precision", "object", "trigger"),
)
# Between "signed a contract with Russia" and "to purchase ..." stand a word or two; the next sentence begins farther on.
_AT_ONCE: Final = 12
# How far back a "the contract" reaches, in characters: nine in ten of 1,143 paragraphs in the State Department's essays on the
# history of foreign relations are shorter (90th percentile 1,229).
PARAGRAPH: Final = 1_230
_NEW: Final = re.compile(r"\b(an?|any|some|new|several|many|major|other|another|more|few|no)\s+(\w+\s+)?$", re.IGNORECASE)
# What stands after "of" in an object that refers back: "delivery of the system", not "transfer of foreign equipment".
_BARE_COMPLEMENT: Final = re.compile(r"\bof (?!(?:the|this|that|these|those|its|their|such)\b)", re.IGNORECASE)
_CONFLICT: Final = frozenset({"REJECT", "SANCTION", "REQUEST", "ACCUSE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class _Act:
    """An act with what its own words name, and the row of its trigger."""

    row: dict[str, Any]
    identity: Identity | None
    word: CommitmentWord | None


def statements(events: ir.Table, dyad: tuple[str, str], vocabulary: Vocabulary, words: CommitmentWords) -> list[Statement]:
    """Return what the acts between two actors tell of their commitments, in order of document and place."""
    needs(events, *COLUMNS)
    between = events.filter(events.source.isin(dyad), events.target.isin(dyad), events.source != events.target)
    # Acts without words (event datasets have none) tell no object.
    chosen = between.filter(between.object.notnull() | between.quote.notnull()).select(*COLUMNS)
    rows = chosen.order_by("document_id", "start", "end", "event_id").to_pyarrow().to_pylist()
    by_document: dict[str, list[_Act]] = {}
    for row in rows:
        by_document.setdefault(row["document_id"], []).append(_act(row, vocabulary, words))
    return [statement for acts in by_document.values() for statement in _of_document(acts, words)]


def _act(row: dict[str, Any], vocabulary: Vocabulary, words: CommitmentWords) -> _Act:
    named, year = row["object"] or "", row["date_start"].year if row["date_start"] else None
    begins = (row["quote"] or "").startswith(named)
    identity = identify(named, year, vocabulary, words, begins=begins) if named else None
    if identity is None:
        # A quote that names one good means it; of several, which one stays open.
        in_quote = designations(row["quote"] or "")
        identity = in_quote[0] if len(in_quote) == 1 else None
    return _Act(row, identity, words.of_trigger(row["trigger"] or "", row["type"]))


def _of_document(acts: list[_Act], words: CommitmentWords) -> Iterable[Statement]:
    for at, act in enumerate(acts):
        state = _state(act)
        if not state:
            continue
        identity = act.identity or _referred(acts, at, words)
        if identity is not None:
            yield _statement(act, identity, state, words)
            yield from _in_passing(act, identity, words)


def _state(act: _Act) -> str:
    """Return the state that an act tells, empty for none: what was not done, or was refused, is pending."""
    if act.word is None:
        return ""
    status, state = act.row["status"], act.word.state
    if state == "delivered" and (status in ("denied", "omitted") or (status == "actual" and act.row["type"] in _CONFLICT)):
        return "pending"
    return state if status == "actual" else ""


def _referred(acts: list[_Act], at: int, words: CommitmentWords) -> Identity | None:
    """Return what an act without a name of its own is about, from the acts around it; None where nothing is near."""
    row = acts[at].row
    if row["object"] and not words.has(row["object"], "thing"):
        return None
    others = [act for act in acts if act.row is not row and _is_promised(act, words)]
    for other in others:
        if other.row["start"] < row["end"] and row["start"] < other.row["end"]:
            return other.identity
    for other in others:
        if 0 <= other.row["start"] - row["end"] <= _AT_ONCE:
            return other.identity
    if row["object"] and _is_new(row["quote"] or "", row["object"]):
        return None
    before = [other for other in others if other.row["end"] <= row["start"]]
    if before and row["start"] - before[-1].row["end"] <= PARAGRAPH:
        return before[-1].identity
    return None


def _is_promised(act: _Act, words: CommitmentWords) -> bool:
    """Tell whether what an act names can be what another act refers to: not the place of a meeting or the war that it ended."""
    if act.identity is None or act.identity.kind != "site":
        return act.identity is not None
    return act.word is not None or words.has(act.row["object"] or "", "thing")


def _is_new(quote: str, named: str) -> bool:
    """Tell whether a quote brings its object as something new: "a contract", "any aircraft", not "the contract"."""
    at = quote.find(named)
    if _BARE_COMPLEMENT.search(named):
        return True
    return at >= 0 and bool(_NEW.search(quote[:at]) or _NEW.match(f"{named.split(maxsplit=1)[0]} "))


def _statement(act: _Act, identity: Identity, state: str, words: CommitmentWords) -> Statement:
    row = act.row
    when = of_event(row["date_start"], row["date_end"], row["date_precision"])
    if identity.kind == "treaty" and state == "promised" and when and not near(identity.date, when.first.year):
        when = None  # a treaty of 1813 is not signed in 2024: the date is that of a later mention
    side = _owing_side(act, words)
    supplier = row[side] if side else ""
    recipient = (row["target"] if side == "source" else row["source"]) if side else ""
    return Statement(
        identity=identity,
        parties=_parties(row),
        supplier=supplier,
        recipient=recipient,
        state=state,
        when=when,
        told_by="documents",
        words=row["quote"] or "",
        event_id=row["event_id"],
        document_id=row["document_id"],
        text=row["object"] or "",
        done_by=row["source"] if act.word is not None and act.word.supplier == "either" and not row["mutual"] else "",
    )


def _owing_side(act: _Act, words: CommitmentWords) -> str:
    """Return which side of an act owes the good: as the act's word tells, else the thing that is delayed or cancelled."""
    if act.row["mutual"] or act.word is None:
        return ""
    things = words.find(act.row["object"] or "", "thing")
    if act.word.supplier == "either":
        return ""
    return act.word.supplier or (things[0].word.supplier if things else "")


def _in_passing(act: _Act, identity: Identity, words: CommitmentWords) -> Iterable[Statement]:
    """Yield the promises that a quote tells beside its act, with a year of their own."""
    row = act.row
    own: When | None = of_event(row["date_start"], row["date_end"], row["date_precision"])
    for told in read_quote(row["quote"] or "", identity.key, words):
        if told.state != "promised" or (own is not None and told.when is not None and told.when.first.year == own.first.year):
            continue
        yield Statement(
            identity=identity,
            parties=_parties(row),
            supplier="",
            recipient="",
            state=told.state,
            when=told.when,
            told_by="documents",
            words=told.words,
            event_id=row["event_id"],
            document_id=row["document_id"],
            text=identity.text,
        )


def _parties(row: dict[str, Any]) -> tuple[str, str]:
    first, second = sorted((row["source"], row["target"]))
    return first, second
