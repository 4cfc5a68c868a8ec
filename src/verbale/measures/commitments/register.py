"""From lines of the trade register to orders: what was promised, delivered and told in the comment, with its years."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Final

import ibis.expr.types as ir

from verbale.measures.commitments.clauses import Due, Told, read_comment
from verbale.measures.commitments.days import When
from verbale.measures.commitments.designations import good
from verbale.measures.commitments.statements import Statement
from verbale.measures.commitments.words import CommitmentWords
from verbale.measures.selection import needs

REGISTER: Final = "sipri-transfers"
COLUMNS: Final = (
    *("line", "source", "target", "year", "year_uncertain", "ordered", "ordered_uncertain", "weapon", "description"),
    *("delivered", "delivered_uncertain", "delivery_years", "comments", "tiv_order", "tiv_delivered"),
)


@dataclass(frozen=True, slots=True)
class Order:
    """A line of the register: its values, the statements that it makes, the years in which delivery was due, and the last
    known.

    `through` is the last year that the register covers: what is not delivered by then is pending.
    """

    row: dict[str, Any]
    through: int
    statements: tuple[Statement, ...]
    due: tuple[Due, ...] = field(default=())


def last_year(register: ir.Table) -> int:
    """Return the last year with a delivery anywhere in the register: up to its end, no delivery means none is known."""
    needs(register, "delivery_years")
    found = register.select(year=register.delivery_years.unnest()).year.max().as_scalar().to_pyarrow().as_py()
    return int(found) if found is not None else datetime.date.min.year


def orders(
    register: ir.Table, words: CommitmentWords, *, through: int, supplier: str, recipient: str | None = None
) -> list[Order]:
    """Return the orders from a supplier, of one recipient or of all with a code, in the register's order."""
    needs(register, *COLUMNS)
    chosen = register.filter(register.source == supplier, register.target.notnull(), register.target != supplier)
    if recipient is not None:
        chosen = chosen.filter(chosen.target == recipient)
    rows = chosen.select(*COLUMNS).order_by("line").to_pyarrow().to_pylist()
    return [_order(row, words, through) for row in rows]


def _order(row: dict[str, Any], words: CommitmentWords, through: int) -> Order:
    told, due = read_comment(row["comments"] or "", words)
    key = good(row["weapon"]).key
    own = [one for one in told if not one.names or key in one.names]
    found = [_made(row, one.state, one.when, one.words, rest=one.rest) for one in own if not _repeats(one)]
    if any(one.earlier for one in own):
        found.append(_made(row, "replaced", When.year(row["year"]), row["comments"]))
    ordered, delivered = row["ordered"], row["delivered"] or 0
    number = f" of {ordered}" if ordered is not None else ""
    promised = f"ordered: {'number not known' if ordered is None else ordered}"
    found.append(_made(row, "promised", When.year(row["year"]), promised, uncertain=row["year_uncertain"], number=ordered))
    years = row["delivery_years"] or []
    if delivered and years:
        whole = ordered is None or delivered >= ordered
        words_of = f"delivered: {delivered}{number} in {', '.join(map(str, years))}"
        doubt = row["delivered_uncertain"]
        if len(years) > 1 or not whole:
            when = When.year(years[0], years[-2] if whole else years[-1])
            found.append(_made(row, "partly delivered", when, words_of, uncertain=doubt, number=None if whole else delivered))
        if whole:
            found.append(_made(row, "delivered", When.year(years[-1]), words_of, uncertain=doubt, number=delivered))
    if (ordered is None and not delivered) or (ordered is not None and delivered < ordered):
        left = None if ordered is None else ordered - delivered
        words_of = f"not delivered by the end of {through}: {'all' if left is None else left}{number}"
        found.append(_made(row, "pending", When.year(through), words_of, number=left))
    return Order(row, through, tuple(found), tuple(due))


def _repeats(told: Told) -> bool:
    """Tell whether a comment says of this order what the columns say: placed, delivered, or not yet delivered."""
    return not told.earlier and told.state in ("promised", "delivered", "pending")


def _made(
    row: dict[str, Any],
    state: str,
    when: When | None,
    words: str,
    *,
    rest: bool = False,
    uncertain: bool = False,
    number: int | None = None,
) -> Statement:
    first, second = sorted((row["source"], row["target"]))
    return Statement(
        identity=good(row["weapon"]),
        parties=(first, second),
        supplier=row["source"],
        recipient=row["target"],
        state=state,
        when=when,
        told_by=REGISTER,
        words=words,
        line=row["line"],
        rest=rest,
        uncertain=uncertain,
        number=number,
        text=row["description"] or "",
    )
