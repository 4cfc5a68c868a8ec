"""Commitments and reliability: what the registry calls."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from verbale import records
from verbale.app.flows.measured.base import MeasureInput
from verbale.core import VerbaleError
from verbale.engine import connect_memory
from verbale.measures import commitments as ledger_of_promises
from verbale.measures.commitments.register import REGISTER
from verbale.measures.reliability import reliability as measured_reliability
from verbale.measures.result import MeasureResult


def commitments(inputs: MeasureInput, *, rows: str, about: Sequence[str]) -> MeasureResult:
    """Return the commitments of the pair; without the register, those of documents alone."""
    try:
        register = trade_register(inputs)
    except VerbaleError as error:
        if error.code != "record-not-installed":
            raise
        register = None
    return ledger_of_promises.commitments(
        inputs.events,
        dyad=_pair(inputs),
        vocabulary=inputs.vocabulary,
        register=register,
        years=inputs.years,
        rows=rows,
        about=about,
    )


def reliability(inputs: MeasureInput, *, supplier: str, level: float) -> MeasureResult:
    """Return how reliably one of the pair supplies the other."""
    if supplier not in ("first", "either"):
        raise VerbaleError("measure-option", option="supplier", value=repr(supplier), allowed="first or either")
    source, target = supplier_first(inputs) if supplier == "either" else _pair(inputs)
    register = trade_register(inputs)
    return measured_reliability(register, supplier=source, recipient=target, years=inputs.years, level=level)


def supplier_first(inputs: MeasureInput) -> tuple[str, str]:
    """Return the pair as given, or turned round where only the second supplied the first."""
    first, second = _pair(inputs)
    register = trade_register(inputs)
    turned = not _sold(register, first, second) and _sold(register, second, first)
    return (second, first) if turned else (first, second)


def most_supplied(inputs: MeasureInput, supplier: str, number: int) -> list[str]:
    """Return the states that ordered most often from a supplier, the most first."""
    register = trade_register(inputs)
    sold = register.filter(register.source == supplier, register.target.notnull(), register.target != supplier)
    ranked = sold.group_by("target").aggregate(orders=sold.count()).to_pyarrow().to_pylist()
    ranked.sort(key=lambda row: (-row["orders"], row["target"]))
    return [row["target"] for row in ranked[:number]]


def trade_register(inputs: MeasureInput) -> ir.Table:
    """Return the installed trade register as a table of its own connection. Raises `record-not-installed`."""
    return records.table(REGISTER, connect_memory(), folder=inputs.records_folder)


def _sold(register: ir.Table, supplier: str, recipient: str) -> int:
    return int(register.filter(register.source == supplier, register.target == recipient).count().to_pyarrow().as_py())


def _pair(inputs: MeasureInput) -> tuple[str, str]:
    if inputs.dyad is None:
        raise VerbaleError("measure-pair", measure="asked for")
    return inputs.dyad
