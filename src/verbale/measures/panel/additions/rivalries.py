"""Strategic rivalries in two editions, arms races, latent territorial threat, and regional and global powers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from verbale.measures.panel.additions.values import as_numbers, years_of
from verbale.measures.panel.core import DYADIC, LEADER, STATE, Addition, Panel, kept
from verbale.measures.panel.joining import cut_spells, join_dyads, join_states, mirrored
from verbale.measures.panel.variables import PanelRecord, Variable

KINDS: Final = {
    "positional": "about standing",
    "spatial": "about territory",
    "ideological": "about ideology",
    "interventionary": "about interventions",
}
KEEP: Final = {"keep": "the columns that are wanted, all if none are named"}
# Both lists let Austria-Hungary's rivalry with Serbia go on for two years after 1918, when Austria had succeeded it.
AUSTRIA_HUNGARY, AUSTRIA, LAST_YEAR_TOGETHER = 300, 305, 1918
_CARRIED: Final = "the years of Austria-Hungary (300) after 1918 stand for Austria (305)"
_THOMPSON: Final = (
    Variable("ongoingrivalry", "1 in a year of strategic rivalry", note=_CARRIED),
    Variable("tssr_id", "number of the rivalry", note=_CARRIED),
    *(Variable(kind, f"1 in a year of rivalry {about}", note=_CARRIED) for kind, about in KINDS.items()),
)
_COUNTS: Final = (
    Variable("rivalries", "ongoing strategic rivalries", "rivalries", note=_CARRIED),
    *(Variable(f"{kind}_rivalries", f"ongoing rivalries {about}", "rivalries", note=_CARRIED) for kind, about in KINDS.items()),
)
_DREYER: Final = (
    Variable("tdrivalry", "1 in a year of strategic rivalry", note=_CARRIED),
    Variable("rivalryno", "number of the rivalry", note=_CARRIED),
    *(Variable(f"type{rank}", f"{which} kind of the rivalry", note=_CARRIED)
      for rank, which in ((1, "first"), (2, "second"), (3, "third"))),
)  # fmt: skip
_RACES: Final = (
    Variable("armsrace", "1 in a year of a conventional arms race", note="races of strategic rivals alone were looked for"),
    Variable("race_id", "number of the arms race"),
)
_POWERS: Final = (
    Variable("regionalpower", "1 if a regional power on some day of it"),
    Variable("globalpower", "1 if a global power on some day of it"),
)
_SCALE: Final = "standard deviations of the model's scale"
_THREAT: Final = tuple(
    Variable(f"{prefix}{name}", f"latent external territorial threat, weighted by {weight}{what}", _SCALE)
    for prefix, weight in (("", "distance of capitals"), ("m_", "minimum distance"))
    for name, what in (
        ("lterrthreat", ""),
        ("sd", ": standard deviation"),
        ("lwr", ": lower bound of 90 %"),
        ("upr", ": upper bound of 90 %"),
    )
)


def _years(table: ir.Table, start: str, end: str) -> ir.Table:
    """Return rivalry-years in both directions, with Austria in the place of Austria-Hungary after 1918."""
    both = mirrored(years_of(table, start, end))
    later = both.year > LAST_YEAR_TOGETHER
    numbers = {name: ibis.ifelse(later & (both[name] == AUSTRIA_HUNGARY), AUSTRIA, both[name]) for name in ("ccode1", "ccode2")}
    return both.mutate(**numbers)


def _join_thompson(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    years = _years(as_numbers(record.table, KINDS), "start", "end")
    kinds = {kind: years[kind].fill_null(0) for kind in KINDS}
    table = years.mutate(ongoingrivalry=ibis.literal(1, "int8"), **kinds)
    variables = kept("rivalries", _THOMPSON, keep)
    absent = {one.name: 0 for one in variables if one.name != "tssr_id"}
    return join_dyads(panel, record, variables, table=table, absent=absent)


def _join_counts(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    years = _years(as_numbers(record.table, KINDS), "start", "end")
    counts = {f"{kind}_rivalries": years[kind].fill_null(0).sum().cast("int32") for kind in KINDS}
    table = years.group_by(ccode="ccode1", year="year").aggregate(rivalries=years.count().cast("int32"), **counts)
    variables = kept("rivalries-national", _COUNTS, keep)
    return join_states(panel, record, variables, table=table, absent={one.name: 0 for one in variables})


def _join_dreyer(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    table = _years(record.table, "styear", "endyear").mutate(tdrivalry=ibis.literal(1, "int8"))
    variables = kept("rivalries-td", _DREYER, keep)
    absent = {one.name: 0 for one in variables if one.name == "tdrivalry"}
    return join_dyads(panel, record, variables, table=table, absent=absent)


def _join_races(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    table = mirrored(years_of(record.table, "styear", "endyear")).mutate(armsrace=ibis.literal(1, "int8"))
    variables = kept("arms-races", _RACES, keep)
    absent = {one.name: 0 for one in variables if one.name == "armsrace"}
    return join_dyads(panel, record, variables, table=table, absent=absent)


def _join_powers(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    def spells(start: str, end: str) -> ir.Table:
        given = record.table.filter(record.table[start].notnull())
        return cut_spells(panel, given, start=start, end=end).select("ccode", *panel.times)

    zero, one = ibis.literal(0, "int8"), ibis.literal(1, "int8")
    regional = spells("regstdate", "regenddate").mutate(regionalpower=one, globalpower=zero)
    worldwide = spells("globstdate", "globenddate").mutate(regionalpower=zero, globalpower=one)
    both = regional.union(worldwide, distinct=False)
    table = both.group_by("ccode", *panel.times).aggregate(
        regionalpower=both.regionalpower.max(), globalpower=both.globalpower.max()
    )
    variables = kept("powers", _POWERS, keep)
    return join_states(panel, record, variables, table=table, absent={variable.name: 0 for variable in variables})


def _join_threat(panel: Panel, record: PanelRecord, *, keep: Sequence[str] | None = None) -> Panel:
    return join_states(panel, record, kept("territorial-threat", _THREAT, keep))


RIVALRIES: Final = Addition(
    name="rivalries",
    title="strategic rivalries (Thompson, Sakuwa and Suhas)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("ps-rivalries-tss",),)},
    variables=_THOMPSON,
    join=_join_thompson,
    options=KEEP,
)
NATIONAL_RIVALRIES: Final = Addition(
    name="rivalries-national",
    title="number of a state's strategic rivalries (Thompson, Sakuwa and Suhas)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-rivalries-tss",),)},
    variables=_COUNTS,
    join=_join_counts,
    options=KEEP,
)
OLDER_RIVALRIES: Final = Addition(
    name="rivalries-td",
    title="strategic rivalries (Thompson and Dreyer)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("ps-rivalries-td",),)},
    variables=_DREYER,
    join=_join_dreyer,
    options=KEEP,
)
ARMS_RACES: Final = Addition(
    name="arms-races",
    title="conventional arms races of rivals (Gibler, Rider and Hutchison)",
    units=(*DYADIC, "leader-dyad-year"),
    needs={"cow": (("ps-arms-races",),)},
    variables=_RACES,
    join=_join_races,
    options=KEEP,
)
POWERS: Final = Addition(
    name="powers",
    title="regional and global powers (Maoz)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-maoz-powers",),)},
    variables=_POWERS,
    join=_join_powers,
    options=KEEP,
)
THREAT: Final = Addition(
    name="territorial-threat",
    title="latent external territorial threat (Miller)",
    units=(*DYADIC, *STATE, *LEADER),
    needs={"cow": (("ps-territorial-threat",),)},
    variables=_THREAT,
    join=_join_threat,
    options=KEEP,
)
ADDITIONS: Final = (RIVALRIES, NATIONAL_RIVALRIES, OLDER_RIVALRIES, ARMS_RACES, POWERS, THREAT)
