"""Joins statements to commitments: one promise of one good, treaty or site between two actors, and all that was told of it.

Every order of the register is a commitment; an earlier order that it replaced belongs to it. What documents tell of the same
good between the same two joins the order whose years are nearest, within `SLACK`; what joins none makes commitments of its
own, a new one where a promise follows a delivery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from verbale.measures.commitments.clauses import Due
from verbale.measures.commitments.days import When, coarser, days_between, of_text
from verbale.measures.commitments.designations import Identity
from verbale.measures.commitments.register import Order
from verbale.measures.commitments.statements import Statement
from verbale.measures.commitments.words import STATES

# Years that a text's date and a register's year of the same deal may lie apart: a deal is announced, signed and paid in
# different years, and nine of ten orders of the register have their first delivery within three years of the order.
SLACK: Final = 3
# What ends a commitment; after it, nothing more is open.
_ENDS: Final = frozenset({"delivered", "cancelled"})


@dataclass(slots=True)
class Commitment:
    """What was promised by whom to whom, and all statements about it; `near` counts the orders that a document's act could
    mean.
    """

    identity: Identity
    parties: tuple[str, str]
    statements: list[Statement] = field(default_factory=list)
    due: tuple[Due, ...] = ()
    line: int | None = None
    near: int = 1

    @property
    def supplier(self) -> str:
        """Return who owes, as most statements tell it; empty where none does."""
        told = [one.supplier for one in self.statements if one.supplier]
        return max(sorted(set(told)), key=told.count, default="")

    @property
    def recipient(self) -> str:
        """Return the other one of the two, empty where it is not told who owes."""
        return next((one for one in self.parties if one != self.supplier), "") if self.supplier else ""

    @property
    def standing(self) -> str:
        """Return the state that the latest date tells for the whole of it; of undated ones, the farthest."""
        whole = [one for one in self.statements if not one.rest] or self.statements
        dated = [one for one in whole if one.when]
        latest = max((one.when.last for one in dated if one.when), default=None)
        last = [one.state for one in dated if one.when and one.when.last == latest] or [one.state for one in whole]
        return max(last, key=STATES.index)

    def dated(self, *states: str) -> list[When]:
        """Return the dates of some states of the whole, in order."""
        return sorted(one.when for one in self.statements if one.when and one.state in states and not one.rest)

    @property
    def open(self) -> list[str]:
        """Return what the sources leave open."""
        found = []
        promised = self.dated("promised")
        if not promised:
            found.append("date of the promise")
        elif promised[0].precision in ("decade", "century"):
            found.append("year of the promise")
        states = {one.state for one in self.statements}
        if not states & _ENDS or self.standing not in _ENDS | {"partly delivered"}:
            found.append("fulfilment" if self.identity.kind == "treaty" else "delivery")
        elif self.standing == "partly delivered":
            found.append("delivery of the rest")
        elif self.standing == "delivered" and not self.dated("delivered"):
            found.append("date of delivery")
        return found

    def waited(self) -> tuple[int, int | None, str] | None:
        """Return the least and most days from the first promise to the whole delivery, and the coarsest precision.

        Where it is not delivered, the least days until the last date at which it was still open, and no most. None where dates
        are missing.
        """
        promised = self.dated("promised")
        return _days(promised[0], self) if promised else None

    def delayed(self) -> tuple[int, int | None, str] | None:
        """Return the same from the date at which delivery was due, as a source tells it; None where none does."""
        if not self.due:
            return None
        return _days(min(one.when for one in self.due), self)


def _days(start: When, commitment: Commitment) -> tuple[int, int | None, str] | None:
    delivered = commitment.dated("delivered")
    if delivered:
        least, most = days_between(start, delivered[-1])
        return least, most, coarser(start.precision, delivered[-1].precision)
    still = commitment.dated("pending", "delayed", "suspended", "partly delivered")
    if not still:
        return None
    # Open at the end of what is told: of a span "until 2010", the beginning of its last year at least is certain.
    last = max(one.last for one in still)
    least = (last - start.last).days
    return (least, None, coarser(start.precision, still[-1].precision)) if least > 0 else None


def join(orders: Sequence[Order], told: Iterable[Statement]) -> list[Commitment]:
    """Return the commitments of some orders and of what documents tell: first what documents tell of, then by date."""
    found = [_of_order(order) for order in orders]
    by_good: dict[tuple[object, ...], list[Commitment]] = {}
    for commitment in found:
        by_good.setdefault((commitment.parties, commitment.identity.key), []).append(commitment)
    rest: dict[tuple[object, ...], list[Statement]] = {}
    for statement in told:
        key = (statement.parties, statement.identity.key)
        chosen = _nearest(by_good.get(key, []), statement)
        if chosen is not None:
            chosen.statements.append(statement)
        else:
            rest.setdefault(key, []).append(statement)
    found += [commitment for statements in rest.values() for commitment in _of_documents(statements)]
    for commitment in found:
        commitment.statements = [one for one in commitment.statements if not _is_of_the_other_side(one, commitment)]
    found = [commitment for commitment in found if commitment.statements]
    return sorted(found, key=_order_of)


def _is_of_the_other_side(one: Statement, commitment: Commitment) -> bool:
    """Tell whether somebody did its part who is not known to owe the good: one who pays delivers nothing.

    Both sides of a treaty fulfil it.
    """
    return bool(one.done_by) and commitment.identity.kind != "treaty" and one.done_by != commitment.supplier


def _order_of(commitment: Commitment) -> tuple[object, ...]:
    documented = any(one.event_id for one in commitment.statements)
    promised = commitment.dated("promised") or commitment.dated(*STATES)
    year = promised[0].first.toordinal() if promised else 0
    return not documented, year, commitment.identity.key, commitment.line or 0


def _of_order(order: Order) -> Commitment:
    first = order.statements[0]
    return Commitment(first.identity, first.parties, list(order.statements), order.due, order.row["line"])


def _nearest(candidates: Sequence[Commitment], statement: Statement) -> Commitment | None:
    """Return the order that a document's statement is about; of several as near, the one ordered nearest to its date."""
    if statement.when is None:
        return candidates[0] if len(candidates) == 1 else None
    ranked = sorted(
        ((_apart(one, statement.when), _from_start(one, statement.when), one.line or 0), at)
        for at, one in enumerate(candidates)
    )
    reached = [at for (apart, *_), at in ranked if apart <= SLACK]
    if not reached:
        return None
    chosen = candidates[reached[0]]
    chosen.near = max(chosen.near, len(reached))
    return chosen


def _apart(commitment: Commitment, when: When) -> int:
    """Return how many years lie between a date and the years of an order, as its register tells them."""
    known = [one.when for one in commitment.statements if one.when and not one.event_id]
    first, last = min(one.first.year for one in known), max(one.last.year for one in known)
    return max(first - when.last.year, when.first.year - last, 0)


def _from_start(commitment: Commitment, when: When) -> int:
    return min((abs(one.first.year - when.first.year) for one in commitment.dated("promised")), default=0)


def _of_documents(statements: Sequence[Statement]) -> list[Commitment]:
    """Return commitments that only documents tell of: a promise that follows a delivery begins another one."""
    dated = sorted((one for one in statements if one.when), key=lambda one: (one.when or _NEVER, STATES.index(one.state)))
    found: list[Commitment] = []
    for statement in dated:
        current = found[-1] if found else None
        if current is None or (statement.state == "promised" and _after_delivery(current, statement)):
            current = Commitment(statement.identity, statement.parties)
            found.append(current)
        current.statements.append(statement)
    undated = [one for one in statements if one.when is None]
    if undated and not found:
        found.append(Commitment(undated[0].identity, undated[0].parties))
    for statement in undated:
        found[0].statements.append(statement)
    for commitment in found:
        commitment.statements += _signing(commitment)
    return found


_NEVER: Final = When.year(9999)


def _after_delivery(commitment: Commitment, statement: Statement) -> bool:
    delivered = commitment.dated("delivered")
    return bool(delivered and statement.when and statement.when.first > delivered[-1].last)


def _signing(commitment: Commitment) -> list[Statement]:
    """Return the signing of a treaty that the vocabulary's list of treaties dates, as a statement beside those of documents."""
    identity = commitment.identity
    if not identity.date or commitment.identity.kind != "treaty":
        return []
    when = of_text(identity.date)
    words = f"{identity.text}: {identity.date}"
    return [Statement(identity, commitment.parties, "", "", "promised", when, "treaties", words, text=identity.text)]
