"""Comparison: any measure of the registry that gives intervals, over several dyads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import ibis

from verbale.app.flows.common import parse_dyad
from verbale.app.flows.measured.base import Measure, MeasureInput
from verbale.app.flows.measured.commitments import most_supplied, supplier_first
from verbale.app.flows.measured.declared_commitments import RELIABILITY
from verbale.app.flows.measured.declared_series import SERIES
from verbale.core import VerbaleError
from verbale.measures.balance_intervals import MIN_EVENTS
from verbale.measures.comparison import Compared, compare, joint_level
from verbale.measures.result import Basis, EvidenceError, MeasureResult
from verbale.measures.selection import actual, single

# Measures that can be compared: of a pair, with a level to choose.
COMPARABLE: Final[dict[str, Measure]] = {
    one.name: one for one in (RELIABILITY, *SERIES) if one.pair and any(option.name == "level" for option in one.options)
}
# How many others are compared if none is named: with the pair itself, as many as a figure of half a page shows in full.
_OTHERS: Final = 5
# In every pair the first actor is the one whose acts are compared.
_SAME_SIDE: Final = {"supplier": "first"}
# Errors with which a measure refuses one dyad, which then stands in the comparison without a value.
_REFUSED: Final = frozenset({"measure-evidence"})


def comparison(
    inputs: MeasureInput,
    *,
    of: str,
    quantity: str,
    other: Sequence[str],
    pair: Sequence[str],
    where: Sequence[str],
    setting: Sequence[str],
    level: float,
) -> MeasureResult:
    """Return a quantity of a measure for the pair and for others, as ranks and differences."""
    if of not in COMPARABLE:
        raise VerbaleError("measure-option", option="of", value=repr(of), allowed=f"one of {', '.join(COMPARABLE)}")
    if not 0 < level < 1:
        raise VerbaleError("measure-option", option="level", value=level, allowed="a share between 0 and 1, such as 0.95")
    measure = COMPARABLE[of]
    options = {option.name: option.default for option in measure.options}
    options |= {name: value for name, value in _SAME_SIDE.items() if name in options} | _settings(measure, setting)
    dyads = _dyads(inputs, of, other, pair)
    if len(dyads) < 2:
        raise VerbaleError(
            "measure-option", option="other", value="not given", allowed="one actor or pair at least to compare with"
        )
    together = joint_level(level, len(dyads))
    compared = [_compared(inputs, measure, dyad, options, level, together) for dyad in dyads]
    if not other and not pair and compared[0].result is None:
        raise EvidenceError(
            measure="comparison",
            needed=f"a value of {compared[0].dyad}",
            found=f"none: {compared[0].refusal}",
            behind=compared[0].behind,
            bases=compared[0].bases,
        )
    chosen = dict(_parts("where", one) for one in where)
    return compare(compared, measure=of, quantity=quantity, level=level, where=chosen)


def _dyads(inputs: MeasureInput, of: str, other: Sequence[str], pair: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pair and those to compare it with, each once, in the order given."""
    if inputs.dyad is None:
        raise VerbaleError("measure-pair", measure="comparison")
    own, others = inputs.dyad, list(other)
    if not others and not pair:
        own = supplier_first(inputs) if of == RELIABILITY.name else own
        others = most_supplied(inputs, own[0], _OTHERS) if of == RELIABILITY.name else _most_acted_on(inputs, own[0])
        if not set(others) - {own[1]}:
            needed = f"orders from {own[0]} by two states at least"
            if of != RELIABILITY.name:
                needed = f"another state toward which {MIN_EVENTS} acts of {own[0]} at least are told"
            raise EvidenceError(measure="comparison", needed=needed, found=f"{len(others)}" if others else "none")
    found = [own, *((own[0], code) for code in others), *(parse_dyad(one) for one in pair)]
    for one in found:
        if one is None or len(set(one)) < 2:
            raise VerbaleError("measure-dyad", dyad="-".join(one or ()))
    return list(dict.fromkeys(one for one in found if one is not None))


def _most_acted_on(inputs: MeasureInput, actor: str) -> list[str]:
    """Return the others that an actor does most to, alone or together with them, the most first; few acts make no share."""
    acts = actual(inputs.events).filter(inputs.events.quad.notnull())
    ahead = acts.filter(acts.source == actor).select(other="target")
    back = acts.filter(acts.target == actor, acts.mutual).select(other="source")
    found = ahead.union(back)
    found = found.filter(single(found.other), found.other != actor)
    ranked = found.group_by("other").aggregate(acts=found.count())
    ranked = ranked.filter(ranked.acts >= MIN_EVENTS).order_by(ibis.desc("acts"), "other")
    own = inputs.pair()
    others = [code for code in ranked.to_pyarrow()["other"].to_pylist() if code not in own]
    return others[:_OTHERS]


def _compared(
    inputs: MeasureInput, measure: Measure, dyad: tuple[str, str], options: dict[str, Any], level: float, together: float
) -> Compared:
    name, own = "-".join(dyad), replace(inputs, dyad=dyad)
    function = measure.function()
    try:
        result = function(own, **{**options, "level": level})
        joint = function(own, **{**options, "level": together})
    except VerbaleError as error:
        if error.code not in _REFUSED:
            raise
        return Compared(name, None, None, error.problem.message.format(**error.parts), *_counted(error, inputs))
    return Compared(name, result, joint)


def _counted(error: VerbaleError, inputs: MeasureInput) -> tuple[Mapping[str, Sequence[Any]], tuple[Basis, ...]]:
    """Return what a refusal counted, and the tables that it is in: where the measure names none, its events."""
    if not isinstance(error, EvidenceError):
        return {}, ()
    return error.behind, error.bases or (Basis(actual(inputs.events)),)


def _settings(measure: Measure, setting: Sequence[str]) -> dict[str, Any]:
    """Return the measure's options that are set by text, in their kinds; those that may be repeated are collected."""
    known = {option.name: option for option in measure.options if option.name != "level"}
    found: dict[str, Any] = {}
    for one in setting:
        name, value = _parts("setting", one)
        if name not in known:
            raise VerbaleError("measure-option", option="setting", value=repr(one), allowed=f"one of {', '.join(known)}")
        try:
            read = known[name].kind(value)
        except ValueError:
            raise VerbaleError("measure-option", option=name, value=repr(value), allowed=known[name].help) from None
        found[name] = (*found.get(name, ()), read) if known[name].many else read
    return found


def _parts(option: str, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise VerbaleError("measure-option", option=option, value=repr(text), allowed="NAME=VALUE")
    return name, value
