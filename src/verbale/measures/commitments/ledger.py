"""The measure `commitments`: the ledger of promises between two actors, each state with its evidence."""

from __future__ import annotations

import collections
import datetime
from collections.abc import Sequence
from typing import Any, Final

import ibis.expr.types as ir
import pyarrow as pa

from verbale.core.errors import VerbaleError
from verbale.core.wording import count
from verbale.measures.commitments.days import When
from verbale.measures.commitments.designations import designations
from verbale.measures.commitments.documents import PARAGRAPH, statements
from verbale.measures.commitments.figure import draw_commitments, draw_states
from verbale.measures.commitments.joining import SLACK, Commitment, join
from verbale.measures.commitments.register import REGISTER, Order, last_year, orders
from verbale.measures.commitments.statements import Statement
from verbale.measures.commitments.words import STATES, CommitmentWords, load_words
from verbale.measures.result import Basis, EvidenceError, MeasureResult, Method, Told, parted, versions
from verbale.vocab import Vocabulary

ROWS: Final = ("state", "commitment")
# Commitments that a summary tells one by one: those of documents, as many as a page of text holds.
_TOLD: Final = 20
SOURCES: Final = (
    "Stockholm International Peace Research Institute. Arms Transfers Database: Sources and Methods.",
    "The words of data/words.csv in the package, which say what state an act or a comment tells.",
)
_FORMULA: Final = (
    "Acts and register lines that share the two actors and the good, treaty or site make a commitment. Goods are matched by "
    "the family of their designation (letters and first digits: S-300PMU2 is an S-300), treaties by the vocabulary's list, "
    "others and sites by proper name; an act that says only 'the contract' takes the name from the acts around it. Each "
    "source's state stands in a row of its own. An act joins the order of the register whose years are nearest, within the "
    "slack. Days are the least and the most that the precision of both dates allows; what is still open has a least only. "
    "The standing is the state with the latest date."
)
_STATE_SCHEMA: Final = pa.schema(
    [
        *(("commitment", pa.string()), ("kind", pa.string()), ("supplier", pa.string()), ("recipient", pa.string())),
        *(("standing", pa.string()), ("state", pa.string()), ("first_day", pa.date32()), ("last_day", pa.date32())),
        *(("precision", pa.string()), ("uncertain", pa.bool_()), ("part", pa.bool_()), ("number", pa.int64())),
        *(("told_by", pa.string()), ("words", pa.string())),
        *(("event_ids", pa.list_(pa.string())), ("register_lines", pa.list_(pa.int64()))),
    ]
)
_COMMITMENT_SCHEMA: Final = pa.schema(
    [
        *(("commitment", pa.string()), ("kind", pa.string()), ("supplier", pa.string()), ("recipient", pa.string())),
        *(("standing", pa.string()), ("states", pa.list_(pa.string())), ("told_by", pa.list_(pa.string()))),
        *(("promised_first_day", pa.date32()), ("promised_last_day", pa.date32())),
        *(("delivered_first_day", pa.date32()), ("delivered_last_day", pa.date32())),
        *(("waited_least_days", pa.int64()), ("waited_most_days", pa.int64()), ("waited_precision", pa.string())),
        *(("delay_least_days", pa.int64()), ("delay_most_days", pa.int64()), ("delay_precision", pa.string())),
        *(("open", pa.list_(pa.string())), ("orders_near", pa.int64())),
        *(("event_ids", pa.list_(pa.string())), ("register_lines", pa.list_(pa.int64()))),
    ]
)


def commitments(
    events: ir.Table,
    *,
    dyad: tuple[str, str],
    vocabulary: Vocabulary,
    register: ir.Table | None = None,
    years: tuple[int, int] | None = None,
    rows: str = "state",
    about: Sequence[str] = (),
    words: CommitmentWords | None = None,
) -> MeasureResult:
    """Return what two actors promised each other and what became of it, from acts and, if given, the trade register.

    With `rows` "state", a row for each state that a source tells: `commitment`, `kind` (good, treaty, site), `supplier` and
    `recipient` (empty where not told), `standing` (state with the latest date), `state`, `first_day` and `last_day` (between
    which it happened; of a delay or a part delivery, the span), `precision`, `uncertain`, `part` (only of a part of it),
    `number`, `told_by`, `words`, `event_ids`, `register_lines`. With "commitment", one row each: days from promise to
    delivery and from the date due (least and most; no most while open), `open` (what the sources leave open), `orders_near`
    (orders that a document's act could mean). `years` keeps orders placed or delivered in these years (events: `restrict`).
    `about` keeps those about some goods, by any designation or part of a name. Raises `measure-dyad`, `measure-option`,
    `measure-evidence`.
    """
    if len(dyad) != 2 or not all(dyad) or dyad[0] == dyad[1]:
        raise VerbaleError("measure-dyad", dyad="-".join(dyad))
    if rows not in ROWS:
        raise VerbaleError("measure-option", option="rows", value=repr(rows), allowed=" or ".join(ROWS))
    known = words or load_words()
    placed = _orders(register, dyad, years, known) if register is not None else []
    told = statements(events, dyad, vocabulary, known)
    found = [one for one in join(placed, told) if not about or any(_is_about(one, name) for name in about)]
    _refuse_nothing(found, dyad, about, register)
    labels = _labels(found)
    options = {
        "dyad": "-".join(dyad),
        "rows": rows,
        "years": None if years is None else f"{years[0]}-{years[1]}",
        "about": list(about) or None,
        "register": REGISTER if register is not None else "not installed",
        "slack_in_years": SLACK,
        "reach_of_the_contract_in_characters": PARAGRAPH,
    }
    sentences, behind = parted(_sentences(found, labels, dyad))
    warnings, warned = parted(_warnings(found, labels, register))
    return MeasureResult(
        "commitments",
        "Commitments: promises and what became of them",
        _state_rows(found, labels) if rows == "state" else _commitment_rows(found, labels),
        Method(_FORMULA, SOURCES, options, versions("ibis-framework", "pyarrow")),
        sentences,
        _bases(events, register, dyad),
        draw_states if rows == "state" else draw_commitments,
        warnings,
        behind,
        warned,
    )


def _refuse_nothing(
    found: Sequence[Commitment], dyad: tuple[str, str], about: Sequence[str], register: ir.Table | None
) -> None:
    if found:
        return
    wanted = f" about {', '.join(about)}" if about else ""
    missing = "" if register is not None else f", and {REGISTER} is not installed"
    raise EvidenceError(
        measure="commitments",
        needed=f"acts or register lines that tell of a promise between {'-'.join(dyad)}{wanted}",
        found=f"none{missing}",
    )


def _orders(register: ir.Table, dyad: tuple[str, str], years: tuple[int, int] | None, words: CommitmentWords) -> list[Order]:
    through = last_year(register)
    found = [
        order
        for supplier, recipient in (dyad, dyad[::-1])
        for order in orders(register, words, through=through, supplier=supplier, recipient=recipient)
    ]
    return [order for order in found if years is None or _touches(order, years)]


def _touches(order: Order, years: tuple[int, int]) -> bool:
    known = [order.row["year"], *(order.row["delivery_years"] or ())]
    return bool(min(known) <= years[1] and max(known) >= years[0])


def _bases(events: ir.Table, register: ir.Table | None, dyad: tuple[str, str]) -> tuple[Basis, ...]:
    bases = [Basis(events)]
    if register is not None:
        between = register.filter(register.source.isin(dyad), register.target.isin(dyad))
        bases.append(Basis(between.mutate(line=between.line.cast("int64")), REGISTER, "line", "register_lines"))
    return tuple(bases)


def _is_about(commitment: Commitment, name: str) -> bool:
    wanted = {one.key for one in designations(name)} or {name.upper()}
    texts = {one.identity.text.upper() for one in commitment.statements}
    return commitment.identity.key in wanted or any(name.upper() in text for text in texts)


def _labels(found: Sequence[Commitment]) -> list[str]:
    """Return a name for each commitment: what it is about, who owes whom, and the year; lines of the register tell twins
    apart.
    """
    plain = []
    for one in found:
        promised = one.dated("promised") or one.dated(*STATES)
        year = f" {promised[0].first.year}" + ("s" if promised[0].precision == "decade" else "") if promised else ""
        parties = f"{one.supplier} to {one.recipient}" if one.supplier else " and ".join(one.parties)
        plain.append(f"{one.identity.text}, {parties}{year}")
    repeated = {label for label, times in collections.Counter(plain).items() if times > 1}
    return [
        f"{label}, {at if one.line is None else f'line {one.line}'}" if label in repeated else label
        for at, (label, one) in enumerate(zip(plain, found, strict=True), start=1)
    ]


def _chronology(commitment: Commitment) -> list[list[Statement]]:
    """Return the statements of a commitment in order of time, those of one source, state and date together."""
    grouped: dict[tuple[object, ...], list[Statement]] = {}
    for one in commitment.statements:
        grouped.setdefault((one.state, one.when, one.told_by, one.rest, one.line, one.document_id), []).append(one)
    return sorted(grouped.values(), key=lambda group: _place(group[0]))


def _place(one: Statement) -> tuple[object, ...]:
    when = one.when or When(datetime.date.max, datetime.date.max, "day")
    # An order that replaces another is placed and replaces it in one year: first the promise.
    return one.when is None, when.first, when.last, STATES.index(one.state), one.told_by, one.event_id, one.line or 0


def _state_rows(found: Sequence[Commitment], labels: Sequence[str]) -> pa.Table:
    rows = []
    for label, commitment in zip(labels, found, strict=True):
        for group in _chronology(commitment):
            one = group[0]
            rows.append(
                {
                    **_heading(label, commitment),
                    "state": one.state,
                    "first_day": one.when.first if one.when else None,
                    "last_day": one.when.last if one.when else None,
                    "precision": one.when.precision if one.when else None,
                    "uncertain": one.uncertain,
                    "part": one.rest,
                    "number": one.number,
                    "told_by": one.told_by,
                    "words": " … ".join(dict.fromkeys(each.words for each in group)),
                    **_evidence(group),
                }
            )
    return pa.Table.from_pylist(rows, schema=_STATE_SCHEMA)


def _commitment_rows(found: Sequence[Commitment], labels: Sequence[str]) -> pa.Table:
    rows = []
    for label, one in zip(labels, found, strict=True):
        promised, delivered = one.dated("promised"), one.dated("delivered")
        rows.append(
            {
                **_heading(label, one),
                "states": list(dict.fromkeys(group[0].state for group in _chronology(one))),
                "told_by": sorted({each.told_by for each in one.statements}),
                "promised_first_day": promised[0].first if promised else None,
                "promised_last_day": promised[0].last if promised else None,
                "delivered_first_day": delivered[-1].first if delivered else None,
                "delivered_last_day": delivered[-1].last if delivered else None,
                **_days("waited", one.waited()),
                **_days("delay", one.delayed()),
                "open": one.open,
                "orders_near": one.near,
                **_evidence(one.statements),
            }
        )
    return pa.Table.from_pylist(rows, schema=_COMMITMENT_SCHEMA)


def _heading(label: str, commitment: Commitment) -> dict[str, Any]:
    return {
        "commitment": label,
        "kind": commitment.identity.kind,
        "supplier": commitment.supplier or None,
        "recipient": commitment.recipient or None,
        "standing": commitment.standing,
    }


def _days(name: str, found: tuple[int, int | None, str] | None) -> dict[str, Any]:
    least, most, precision = found or (None, None, None)
    return {f"{name}_least_days": least, f"{name}_most_days": most, f"{name}_precision": precision}


def _evidence(group: Sequence[Statement]) -> dict[str, Any]:
    return {
        "event_ids": sorted({one.event_id for one in group if one.event_id}),
        "register_lines": sorted({one.line for one in group if one.line is not None}),
    }


def _sentences(found: Sequence[Commitment], labels: Sequence[str], dyad: tuple[str, str]) -> list[Told]:
    standing = collections.Counter(one.standing for one in found)
    counts = ", ".join(f"{state} {standing[state]}" for state in STATES if standing[state])
    every = [statement for one in found for statement in one.statements]
    lines: list[Told] = [(f"{'-'.join(dyad)}: {count(len(found), 'commitment')}; standing: {counts}.", _evidence(every))]
    told = [(one, label) for one, label in zip(found, labels, strict=True) if any(each.event_id for each in one.statements)]
    for one, label in told[:_TOLD] or list(zip(found, labels, strict=True))[:_TOLD]:
        lines.append((f"{label}: {'; '.join(_told(one))}.{_waiting(one)}", _evidence(one.statements)))
    return lines


def _told(commitment: Commitment) -> list[str]:
    """Return the states in words, sources that agree on a state and its years together."""
    joined: dict[tuple[str, str, bool], set[str]] = {}
    for group in _chronology(commitment):
        one = group[0]
        key = (one.state, _years(one.when), one.rest)
        joined.setdefault(key, set()).add(one.told_by + (" (uncertain)" if one.uncertain else ""))
    return [
        f"{state}{' (part)' if part else ''} {years} [{', '.join(sorted(sources))}]"
        for (state, years, part), sources in joined.items()
    ]


def _years(when: When | None) -> str:
    if when is None:
        return "without a date"
    if when.precision in ("day", "month") and when.first.year == when.last.year:
        return when.first.isoformat() if when.precision == "day" and when.first == when.last else when.first.isoformat()[:7]
    first, last = when.first.year, when.last.year
    return str(first) if first == last else f"{first}-{last}"


def _waiting(commitment: Commitment) -> str:
    parts = []
    for name, found in (("from the first promise", commitment.waited()), ("from the date due", commitment.delayed())):
        if found is not None:
            least, most, precision = found
            still = f"at least {count(least, 'day')}, still open"
            days = still if most is None else f"{least:,} to {count(most, 'day')} to delivery"
            parts.append(f"{name} {days} (dates to the {precision})")
    if commitment.open:
        parts.append(f"open: {', '.join(commitment.open)}")
    text = "; ".join(parts)
    return f" {text[0].upper()}{text[1:]}." if text else ""


def _warnings(found: Sequence[Commitment], labels: Sequence[str], register: ir.Table | None) -> list[Told]:
    lines = list[Told]()
    if register is None:
        lines.append((f"The dataset {REGISTER} is not installed: commitments are those of documents alone.", {}))
    several = [(label, one) for one, label in zip(found, labels, strict=True) if one.near > 1]
    if several:
        named = "; ".join(label for label, _ in several)
        text = f"Documents could mean one of several orders of the same good; the nearest in time was taken: {named}."
        lines.append((text, _evidence([each for _, one in several for each in one.statements])))
    return lines


__all__ = ["REGISTER", "ROWS", "commitments"]
