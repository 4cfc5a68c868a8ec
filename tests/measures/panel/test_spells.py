"""Spells against a loop in plain Python: the time since the last event, with blanks and gaps."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.panel.panel_samples import build, frame

from verbale.core import VerbaleError
from verbale.measures.panel import Panel, Variable, spells

# A state's history: whether a row is there for a year, and its event.
HISTORY = st.lists(st.tuples(st.booleans(), st.sampled_from([0, 0, 0, 1, None])), min_size=1, max_size=25)


def panel_of(histories: list[list[tuple[bool, int | None]]]) -> Panel:
    there = [
        {"ccode": number, "year": 1900 + at, "event": event}
        for number, history in enumerate(histories)
        for at, (held, event) in enumerate(history)
        if held
    ]
    schema = pa.schema([("ccode", pa.int16()), ("year", pa.int16()), ("event", pa.int32())])
    table = ibis.memtable(pa.Table.from_pylist(there, schema=schema))
    known = tuple(Variable(name, name) for name in table.columns)
    return Panel(table=table, unit="state-year", system="cow", directed=None, years=(1900, 1930), variables=known)


def by_hand(history: list[tuple[bool, int | None]], *, gaps: bool) -> list[int | None]:
    found: list[int | None] = []
    since: int | None = None  # None: counting begins with the next row
    missed = 0
    for held, event in history:
        if not held:
            missed += 1
            continue
        if event is None:
            found.append(None)
            since = None
        else:
            since = 0 if since is None else since + (missed if gaps else 0)
            found.append(since)
            since = 0 if event else since + 1
        missed = 0
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(HISTORY, min_size=1, max_size=4), st.booleans())
def test_spells_are_what_a_loop_counts(histories: list[list[tuple[bool, int | None]]], gaps: bool) -> None:
    made = spells(panel_of(histories), event="event", gaps=gaps)
    expected = [value for history in histories for value in by_hand(history, gaps=gaps)]
    assert [row[0] for row in frame(made, "event_spell")] == expected


def test_the_years_without_a_row_count_only_if_asked_for() -> None:
    history: list[tuple[bool, int | None]] = [(True, 1), (True, 0), (False, None), (False, None), (True, 0)]
    assert [row[0] for row in frame(spells(panel_of([history]), event="event"), "event_spell")] == [0, 0, 1]
    assert [row[0] for row in frame(spells(panel_of([history]), event="event", gaps=True), "event_spell")] == [0, 0, 3]


def test_every_ongoing_event_is_counted_if_none_is_named() -> None:
    made = build(dyads=["RUS-IRN"], years=(1900, 1902)).mutate(warongoing=ibis._.year == 1900, peaceongoing=0)
    made = made.mutate(warongoing=ibis._.warongoing.cast("int8")).add("spells")
    assert frame(made, "warspell", "peacespell") == [(0, 0), (0, 1), (1, 2)]
    assert {one.name: one.note for one in made.variables}["warspell"] == "computed from warongoing"


def test_a_spell_of_a_column_that_is_not_there() -> None:
    made = build(dyads=["RUS-IRN"], years=(1900, 1902))
    with pytest.raises(VerbaleError, match=r"'war' is no column of numbers to count from; the panel has ccode1, ccode2"):
        made.add("spells", event="war")
    with pytest.raises(VerbaleError, match=r"'...ongoing' is no column"):
        made.add("spells")
    with pytest.raises(VerbaleError, match=r"'code1' is no column of numbers"):
        made.add("spells", event="code1")
