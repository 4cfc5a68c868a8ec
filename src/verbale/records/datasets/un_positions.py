"""Positions of states in the General Assembly, estimated from its votes: ideal points, and the agreement of pairs of states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets.un_votes import CITATION, member_code
from verbale.records.layouts import Named
from verbale.records.rows import Row

HOME: Final = "https://doi.org/10.7910/DVN/LEJUQZ"
TERMS: Final = "CC0 as catalogued; cite the article"
# The first session met in 1946; the authors count the years of sessions like this themselves.
YEAR_OF_SESSION: Final = 1945
# Estimates from all votes, and from final votes on whole resolutions only ("final passage").
SERIES: Final = ("All", "FP")
_POINTS: Final = tuple(f"IdealPoint{series}" for series in SERIES)
_COUNTS: Final = tuple(f"NVotes{series}" for series in SERIES)
_AGREE: Final = ("USAgree", "ChinaAgree")
_POINT_HEADER: Final = ("ccode", "session", "year", *_POINTS, *_COUNTS, *_AGREE)
_LOWER: Final = {name.lower(): name for name in (*_POINTS, *_COUNTS)}
_SESSIONS: Final = frozenset({"session", "session.x", "year"})
_PAIR_POINTS: Final = tuple(f"{point}.{side}" for point in _POINTS for side in "xy")
_PAIR_COUNTS: Final = tuple(f"{counts}.{side}" for counts in _COUNTS for side in "xy")
_PAIR_HEADER: Final = (
    *("ccode1", "ccode2", "session.x", "session", "year", "agree", *_PAIR_POINTS, *_PAIR_COUNTS),
    "IdealPointDistance",
)


def _when(row: Row) -> dict[str, int | None]:
    session = row.whole("session.x")
    session = row.whole("session") if session is None else session
    year = row.whole("year")
    if year is None and session is None:
        raise row.fail("session and year are missing")
    return {"session": session, "year": year if year is not None else YEAR_OF_SESSION + (session or 0)}


def _point(row: Row) -> Iterator[dict[str, Any]]:
    when, number = _when(row), row.needed("ccode")
    yield {
        **when,
        "code": member_code(row, number, when["year"] or 0),
        "ccode": number,
        **{name: row.number(name) for name in (*_POINTS, *_AGREE)},
        **{name: row.whole(name) for name in _COUNTS},
    }


def _pair(row: Row) -> Iterator[dict[str, Any]]:
    when, first, second = _when(row), row.needed("ccode1"), row.needed("ccode2")
    agree = row.number("agree")
    if agree is not None and not 0 <= agree <= 1:
        raise row.fail(f"agree is {agree}, not a share between 0 and 1")
    series = next(one for one in SERIES if f"IdealPoint{one}.x" in row.values)
    yield {
        **when,
        "code1": member_code(row, first, when["year"] or 0),
        "code2": member_code(row, second, when["year"] or 0),
        "ccode1": first,
        "ccode2": second,
        "agree": agree,
        "series": series,
        "ideal1": row.number(f"IdealPoint{series}.x"),
        "ideal2": row.number(f"IdealPoint{series}.y"),
        "nvotes1": row.whole(f"NVotes{series}.x"),
        "nvotes2": row.whole(f"NVotes{series}.y"),
        "distance": row.number("IdealPointDistance"),
    }


_SESSION_COLUMNS: Final = (
    Column("session", pa.int16(), "session of the Assembly; empty in editions by calendar year"),
    Column("year", pa.int16(), "calendar year, or 1945 plus the session"),
)
POINTS: Final = Dataset(
    name="un-ideal-points",
    title="Ideal points of states in the General Assembly (Bailey, Strezhnev, Voeten)",
    editions={"*": Edition(1946, 2030)},
    home=HOME,
    files=("IdealpointestimatesAll_Jun2024.csv", "IdealpointestimatesFP_Jun2024.csv", "IdealPointsJuly2025.tab"),
    terms=TERMS,
    by_hand="its host asks for a click",
    citation=CITATION,
    header=_POINT_HEADER,
    optional=frozenset(_POINT_HEADER) - {"ccode"},
    renamed=_LOWER,
    columns=(
        *_SESSION_COLUMNS,
        Column("code", pa.string(), "our code of the member"),
        Column("ccode", pa.int16(), "Correlates of War number of the member"),
        Column("IdealPointAll", pa.float64(), "ideal point from all votes; higher is closer to the United States"),
        Column("IdealPointFP", pa.float64(), "ideal point from final votes on whole resolutions"),
        Column("USAgree", pa.float64(), "share of votes like those of the United States"),
        Column("ChinaAgree", pa.float64(), "share of votes like those of China"),
        Column("NVotesAll", pa.int32(), "votes that IdealPointAll rests on"),
        Column("NVotesFP", pa.int32(), "votes that IdealPointFP rests on"),
    ),
    tidy=_point,
    key=("ccode", "session", "year"),
    layout=Named(frozenset({*_POINT_HEADER, *_LOWER})),
    one_of=(frozenset({"session", "year"}), frozenset(_POINTS)),
    named_edition=r"_?([A-Z][a-z]{2,8}20\d\d)\.",
    note="Files of all votes and of final votes differ in their columns; what a file lacks is empty.",
)
AGREEMENT: Final = Dataset(
    name="un-agreement",
    title="Agreement of pairs of states in the General Assembly (Bailey, Strezhnev, Voeten)",
    editions={"*": Edition(1946, 2030)},
    home=HOME,
    files=("AgreementScoresAll_Jun2024.csv", "AgreementScoresFP_Jun2024.csv"),
    terms=TERMS,
    by_hand="its host asks for a click",
    citation=CITATION,
    header=_PAIR_HEADER,
    optional=frozenset(_PAIR_HEADER) - {"ccode1", "ccode2", "agree"},
    columns=(
        *_SESSION_COLUMNS,
        Column("code1", pa.string(), "our code of the first state"),
        Column("code2", pa.string(), "our code of the second state"),
        Column("ccode1", pa.int16(), "Correlates of War number of the first state"),
        Column("ccode2", pa.int16(), "Correlates of War number of the second state"),
        Column("agree", pa.float64(), "agreement between 0 and 1: equal votes count 1, one abstention half"),
        Column("series", pa.string(), "All: from all votes; FP: from final votes on whole resolutions"),
        Column("ideal1", pa.float64(), "ideal point of the first state"),
        Column("ideal2", pa.float64(), "ideal point of the second state"),
        Column("nvotes1", pa.int32(), "votes that the first state's point rests on"),
        Column("nvotes2", pa.int32(), "votes that the second state's point rests on"),
        Column("distance", pa.float64(), "distance of the two ideal points"),
    ),
    tidy=_pair,
    key=("ccode1", "ccode2", "session.x", "session", "year"),
    layout=Named(frozenset(_PAIR_HEADER)),
    one_of=(_SESSIONS, frozenset({"IdealPointAll.x", "IdealPointFP.x"})),
    named_edition=r"_([A-Z][a-z]{2,8}20\d\d)\.",
)
DATASETS: Final = (POINTS, AGREEMENT)
