"""Whittling: the one dispute that stands for a pair of states in a year in which they had several.

An ordered list of rules decides; each keeps the disputes that it prefers and leaves ties to the next. What all rules leave tied
is decided by the lowest dispute number, so that the same data give the same panel. The default order is that of peacesciencer:
from the 11,390 directed dispute-dyad-years of MID 5.0 it keeps the same 10,234.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError

# Deaths that are not known count between none (0) and one to twenty-five (1).
UNKNOWN_FATALITY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of whittling: what it prefers, and the value that is highest for what it prefers; a missing value comes last."""

    name: str
    prefers: str
    value: Callable[[ir.Table], ir.Value]


RULES: Final[dict[str, Rule]] = {
    rule.name: rule
    for rule in (
        Rule("onset", "a dispute that begins in the year to one that goes on", lambda table: table.onset),
        Rule(
            "fatality",
            "more deaths in all, in classes; unknown is between none and a few",
            lambda table: table.fatality.cast("float64").fill_null(UNKNOWN_FATALITY),
        ),
        Rule("hostility", "the higher level of hostility", lambda table: table.hostlev),
        Rule("mindur", "the longer shortest duration", lambda table: table.mindur),
        Rule("maxdur", "the longer longest duration", lambda table: table.maxdur),
        Rule("reciprocated", "a dispute in which side B answered", lambda table: table.recip.cast("int8")),
        Rule("month", "the dispute that began earlier in its year", lambda table: -table.stmon.cast("int16")),
    )
}
ORDER: Final = tuple(RULES)


def rules(chosen: Sequence[str | Rule] | None) -> tuple[Rule, ...]:
    """Return rules by their names or as they are, the default order if none are named. Raises `panel-rule`."""
    found = []
    for one in ORDER if chosen is None else chosen:
        if isinstance(one, str) and one not in RULES:
            raise VerbaleError("panel-rule", name=one, allowed=", ".join(RULES))
        found.append(RULES[one] if isinstance(one, str) else one)
    return tuple(found)


def whittle(disputes: ir.Table, keys: Sequence[str], chosen: Sequence[str | Rule] | None = None) -> ir.Table:
    """Keep one row for each value of the keys, as an ordered list of rules prefers.

    The table has `dispnum`, `onset` and whatever columns the rules read. To prefer one rule's highest, then among ties the
    next one's, is the same as to sort by all of them and to take the first row, which DuckDB does in one pass.
    """
    order = [ibis.desc(rule.value(disputes), nulls_first=False) for rule in rules(chosen)]
    place = ibis.row_number().over(ibis.window(group_by=list(keys), order_by=[*order, disputes.dispnum.asc()]))
    return disputes.mutate(place=place).filter(ibis._.place == 0).drop("place")
