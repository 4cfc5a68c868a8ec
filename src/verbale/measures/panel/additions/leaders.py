"""Leaders: transitions in a state and year, and, in panels of leaders, lives before office and willingness to use force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import ibis.expr.types as ir

from verbale.measures.panel.additions.values import as_numbers
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import join_states
from verbale.measures.panel.leader_base import LEADERS as SPELLS
from verbale.measures.panel.leader_base import leader_spells
from verbale.measures.panel.variables import PanelRecord, Variable

_KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
_LEFT: Final = "a leader of the year left office irregularly in it"
_LEFT_EVER: Final = "a leader of the year left office irregularly, in it or in a later one, as peacesciencer counts"
_VARIABLES: Final = (
    Variable("leadertransition", "1 if the leader of the last day of the year is not that of the first"),
    Variable("irregular", "1 if there was an irregular transition"),
    Variable("n_leaders", "number of leaders in the year", "leaders"),
    Variable("jan1obsid", "leader on the first day with a leader (Archigos)"),
    Variable("dec31obsid", "leader on the last day with a leader (Archigos)"),
)
_LEAD: Final = (
    Variable("leveledu", "level of education", "0 primary, 1 secondary, 2 university, 3 graduate"),
    Variable("milservice", "1 if served in the armed forces"),
    Variable("combat", "1 if fought in combat as a soldier"),
    Variable("rebel", "1 if belonged to a rebel group"),
    Variable("warwin", "1 if fought on the winning side of a war"),
    Variable("warloss", "1 if fought on the losing side of a war"),
    Variable("rebelwin", "1 if belonged to rebels who won"),
    Variable("rebelloss", "1 if belonged to rebels who lost"),
    Variable("yrsexper", "years in politics before the first office as leader", "years"),
    Variable("physhealth", "1 if had problems of physical health"),
    Variable("mentalhealth", "1 if had problems of mental health"),
)
_FLAGS: Final = tuple(one.name for one in _LEAD if one.name not in ("leveledu", "yrsexper"))
_SCALE: Final = "standard deviations of the model's scale"
_THETAS: Final = tuple(
    Variable(f"theta{model}_{name}", f"willingness to use force, model {model}: {what}", _SCALE)
    for model in (1, 2, 3, 4)
    for name, what in (("mean", "mean"), ("sd", "standard deviation"))
)
_IDENTIFIERS: Final = (
    Variable("leadid", "the leader in Archigos 4.1"),
    Variable("leadid29", "the leader in Archigos 2.9"),
    Variable("leaderid", "the leader in LEAD"),
)


def _join(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    told = "n_leaders" in record.table.columns
    table = as_numbers(record.table, ("leadertransition", "irregular")) if told else _summary(record)
    noted = [replace(one, note=_LEFT_EVER if told else _LEFT) if one.name == "irregular" else one for one in _VARIABLES]
    return join_states(panel, record, kept("leaders", noted, keep), table=table)


def _summary(record: PanelRecord) -> ir.Table:
    """Sum up spells in office by state and year."""
    long = leader_spells(record, ("year",))
    gone = (long.exit == "Irregular") & (long.ended.year() == long.year)
    years = long.group_by("gwcode", "year").aggregate(
        n_leaders=long.leadid.nunique().cast("int32"),
        jan1obsid=long.obsid.first(order_by=[long["first"], long.line]),
        dec31obsid=long.obsid.last(order_by=[long["last"], long.began, long.line]),
        gone=gone.max(),
    )
    changed = years.jan1obsid != years.dec31obsid
    return years.mutate(leadertransition=changed.cast("int8"), irregular=(changed & years.gone).cast("int8"))


def _by_leader(panel: Panel, record: PanelRecord, table: ir.Table, variables: Sequence[Variable]) -> Panel:
    """Join what is told of leaders; each side of a pair has its own."""
    wide, described = panel.table, []
    for side in panel.sides:
        names = {f"{one.name}{side}": one.name for one in variables}
        found = table.select(obsid_found="obsid", **names)
        wide = wide.left_join(found, wide[f"obsid{side}"] == found.obsid_found).drop("obsid_found")
        described += [(one.of_side(int(side)) if side else one).drawn_from(record) for one in variables]
    return panel.widened(wide, described)


def _join_lead(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return _by_leader(panel, record, as_numbers(record.table, _FLAGS), kept("lead", _LEAD, keep))


def _join_willingness(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return _by_leader(panel, record, record.table, kept("lwuf", _THETAS, keep))


def _join_identifiers(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return _by_leader(panel, record, record.table, kept("leader-codes", _IDENTIFIERS, keep))


def _of_leaders(name: str, title: str, dataset: str, variables: tuple[Variable, ...], join: Callable[..., Panel]) -> Addition:
    needs = dict.fromkeys(("cow", "gw"), ((dataset,),))
    return Addition(name=name, title=title, units=LEADER, needs=needs, variables=variables, join=join, options=_KEEP)


LEADERS: Final = Addition(
    name="leaders",
    title="leaders of states and their transitions (Archigos)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"gw": ((*SPELLS, "ps-archigos-years"),)},
    variables=_VARIABLES,
    join=_join,
    options=_KEEP,
    note="Summed up from the leaders' spells in office; the summary of peacesciencer counts `irregular` otherwise.",
)
LIVES: Final = _of_leaders("lead", "lives of leaders before office (LEAD)", "ps-lead", _LEAD, _join_lead)
WILLINGNESS: Final = _of_leaders("lwuf", "leaders' willingness to use force", "ps-lwuf", _THETAS, _join_willingness)
IDENTIFIERS: Final = _of_leaders("leader-codes", "codes of leaders", "ps-leader-codes", _IDENTIFIERS, _join_identifiers)
ADDITIONS: Final = (LEADERS, LIVES, WILLINGNESS, IDENTIFIERS)
