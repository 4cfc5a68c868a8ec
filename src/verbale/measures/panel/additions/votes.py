"""Votes in the United Nations General Assembly: agreement of two states from its roll calls, and published positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.panel.additions.values import chosen
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import join_dyads, join_states, mirrored
from verbale.measures.panel.variables import PanelRecord, Variable

# The dataset gives the Republic of China 713 throughout; until the end of 1949 Correlates of War has China as 710.
CHINA, TAIWAN, LAST_YEAR_AS_CHINA = 710, 713, 1949
_KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
PLACES: Final = {"no": 0, "abstain": 1, "yes": 2}
# What two states that voted yes or no and abstained have in common, by the way of counting.
ABSTENTIONS: Final = {
    "half": "an abstention agrees by half with yes and with no (Lijphart 1963)",
    "same": "an abstention agrees with an abstention alone",
    "drop": "roll calls in which one of the two abstained are not counted",
}
_VARIABLES: Final = (
    Variable("un_votes", "roll calls in which both voted", "roll calls"),
    Variable("un_agreement", "agreement in the General Assembly", "share, 0 to 1"),
)


def _ballots(panel: Panel, record: PanelRecord, abstentions: str) -> ir.Table:
    """Return who voted how, for the states of the panel: `ccode`, `year`, `rcid`, `place` (0 no, 1 abstention, 2 yes)."""
    rows = record.table
    counted = ("yes", "no") if abstentions == "drop" else tuple(PLACES)
    rows = rows.filter(rows.vote.isin(counted))
    early = (rows.ccode == TAIWAN) & (rows.year <= LAST_YEAR_AS_CHINA)
    place = ibis.cases(*((rows.vote == name, place) for name, place in PLACES.items()))
    rows = rows.select("rcid", "year", ccode=ibis.ifelse(early, CHINA, rows.ccode), place=place)
    first, second = panel.numbers("cow")
    states = panel.table.select(ccode=first).union(panel.table.select(ccode=second), distinct=True)
    return rows.semi_join(states.mutate(ccode=states.ccode.cast("int16")), "ccode")


def _join(panel: Panel, record: PanelRecord, *, abstentions: str = "half") -> Panel:
    (abstentions,) = chosen("un-agreement", "abstentions", abstentions, ABSTENTIONS)
    votes = _ballots(panel, record, abstentions)
    other = votes.view()
    lower = votes.ccode < other.ccode
    both = votes.join(other, [votes.rcid == other.rcid, lower]).select(
        year=votes.year, ccode1=votes.ccode, ccode2=other.ccode, apart=(votes.place - other.place).abs()
    )
    alike = 1 - both.apart / 2 if abstentions == "half" else (both.apart == 0).cast("float64")
    once = both.group_by("ccode1", "ccode2", "year").aggregate(un_votes=both.count().cast("int32"), un_agreement=alike.mean())
    turned = once.select(ccode1="ccode2", ccode2="ccode1", year="year", un_votes="un_votes", un_agreement="un_agreement")
    described = [_VARIABLES[0], _described(abstentions)]
    return join_dyads(panel, record, described, table=once.union(turned, distinct=False))


def _described(abstentions: str) -> Variable:
    one = _VARIABLES[1]
    return Variable(one.name, one.label, one.unit, note=ABSTENTIONS[abstentions])


_POINTS: Final = (
    Variable("IdealPointAll", "ideal point in the General Assembly, from all votes", "standard deviations"),
    Variable("IdealPointFP", "ideal point in the General Assembly, from final votes", "standard deviations"),
)
_SCORES: Final = (
    Variable("agree", "published agreement in the General Assembly", "share, 0 to 1", note=ABSTENTIONS["half"]),
    Variable("idealdist", "distance of the ideal points in the General Assembly", "standard deviations"),
)


def _as_china(table: ir.Table, *numbers: str) -> ir.Table:
    """Return a table with China as 710 until 1949."""
    early = table.year <= LAST_YEAR_AS_CHINA
    return table.mutate(**{name: ibis.ifelse(early & (table[name] == TAIWAN), CHINA, table[name]) for name in numbers})


def _join_points(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("ideal-points", _POINTS, keep), table=_as_china(record.table, "ccode"))


def _join_scores(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    given = record.table.select("ccode1", "ccode2", "year", "agree", idealdist=record.table.distance)
    both = mirrored(_as_china(given, "ccode1", "ccode2"))
    # a file that has each pair from both sides says the same twice
    table = both.group_by("ccode1", "ccode2", "year").aggregate(agree=both.agree.max(), idealdist=both.idealdist.max())
    return join_dyads(panel, record, kept("un-scores", _SCORES, keep), table=table)


AGREEMENT: Final = Addition(
    name="un-agreement",
    title="agreement in the United Nations General Assembly",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("un-votes",),)},
    variables=_VARIABLES,
    join=_join,
    options={"abstentions": "; ".join(f"{name}: {what}" for name, what in ABSTENTIONS.items()) + "; half if not named"},
    note=(
        "Lijphart's index of agreement is (f + g/2) / t: of t roll calls in which both voted, f the same way, and g where one "
        "of them abstained (American Political Science Review 57(4), 1963, 902-917). Absence is no vote."
    ),
)
POINTS: Final = Addition(
    name="ideal-points",
    title="ideal points of states in the General Assembly (Bailey, Strezhnev and Voeten)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("un-ideal-points",),)},
    variables=_POINTS,
    join=_join_points,
    options=_KEEP,
)
SCORES: Final = Addition(
    name="un-scores",
    title="published agreement and distance of ideal points (Bailey, Strezhnev and Voeten)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("un-agreement",),)},
    variables=_SCORES,
    join=_join_scores,
    options=_KEEP,
)
ADDITIONS: Final = (AGREEMENT, POINTS, SCORES)
