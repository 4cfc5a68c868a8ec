"""Small steps that several additions share: flags as 0 and 1, spells of years, and a choice among several rows of a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from verbale.core.errors import VerbaleError


def chosen(name: str, option: str, wanted: Sequence[str] | str | None, allowed: Iterable[str]) -> list[str]:
    """Return the values of an addition's option, all if none are named. Raises VerbaleError `panel-option`."""
    values = [wanted] if isinstance(wanted, str) else list(allowed if wanted is None else wanted)
    unknown = [value for value in values if value not in allowed]
    if unknown or not values:
        shown = ", ".join(repr(value) for value in unknown) or "nothing"
        raise VerbaleError("panel-option", name=name, option=f"{option}={shown}", allowed=", ".join(allowed))
    return values


def as_numbers(table: ir.Table, names: Iterable[str]) -> ir.Table:
    """Return a table with flags written as 0 and 1, which every statistics program reads."""
    return table.mutate(**{name: table[name].cast("int8") for name in names})


def years_of(table: ir.Table, start: str, end: str) -> ir.Table:
    """Return a row per `year` of spells that are told by their first and last year, both included."""
    first, last = table[start].cast("int32"), table[end].cast("int32") + 1
    return table.mutate(year=ibis.range(first, last).unnest().cast("int16"))


def first_of(table: ir.Table, keys: Sequence[str], order: Sequence[ir.Value]) -> ir.Table:
    """Return for each key the row that comes first in an order."""
    ranked = table.mutate(rank_of_row=ibis.row_number().over(group_by=list(keys), order_by=list(order)))
    return ranked.filter(ranked.rank_of_row == 0).drop("rank_of_row")
