"""The United Nations Security Council: votes on the resolutions that it adopted, and vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.datasets.un_votes import FILE_DATE, LETTERS, library_code
from verbale.records.layouts import Named, Separated
from verbale.records.rows import Row

VOTES_CITATION: Final = """@misc{undl_sc_votes,
  author = {{United Nations, Dag Hammarskj\\"old Library}},
  title = {{UN} Security Council Voting Data},
  url = {https://digitallibrary.un.org/record/4055387}
}"""
VETOES_CITATION: Final = """@misc{dppa_sc_vetoes,
  author = {{United Nations, Department of Political and Peacebuilding Affairs}},
  title = {Security Council Data: Vetoes since 1946},
  publisher = {UN Peace and Security Data Hub},
  url = {https://psdata.un.org/dataset/DPPA-SCVETOES}
}"""
_TRUTH: Final = {"True": True, "False": False, "": None}
_TOTALS: Final = ("total_yes", "total_no", "total_abstentions", "total_non_voting")
# The columns of the five permanent members and our codes; the Soviet Union and Russia share one of each.
PERMANENT: Final = {
    "china": "CHN",
    "france": "FRA",
    "russian_federation_ussr": "RUS",
    "united_kingdom": "GBR",
    "united_states": "USA",
}
_VETO_HEADER: Final = (
    *("id", "draft_res#", "date", "record", "agenda", "short_agenda", "#_of_pms", *PERMANENT),
    *("url_for_res#", "last_update"),
)


def _without_vote(row: Row) -> str | None:
    return None if row.text("ms_vote") else "adopted without a recorded vote"


def _vote(row: Row) -> Iterator[dict[str, Any]]:
    letter, permanent, day = row.text("ms_vote"), row.text("permanent_member"), row.day("date")
    if letter not in LETTERS:
        raise row.fail(f"ms_vote is {letter!r}; allowed are Y, N, A and X")
    if permanent not in _TRUTH:
        raise row.fail(f"permanent_member is {permanent!r}; allowed are True and False")
    yield {
        "undl_id": row.needed("undl_id"),
        "year": day.year,
        "date": day,
        "resolution": row.words("resolution"),
        "code": library_code(row.text("ms_code")),
        "member": row.words("ms_name"),
        "permanent": _TRUTH[permanent],
        "vote": LETTERS[letter],
        "meeting": row.words("meeting"),
        **{name: row.words(name) for name in ("description", "agenda", "subjects", "modality")},
        **{name: row.whole(name) for name in _TOTALS},
    }


def _vetoes(row: Row) -> Iterator[dict[str, Any]]:
    day = row.day("date")
    cast = [code for name, code in PERMANENT.items() if row.flag(name)]
    if not cast:
        raise row.fail("it names no permanent member that cast a veto")
    for code in cast:
        yield {
            "id": row.needed("id"),
            "year": day.year,
            "date": day,
            "code": code,
            "draft": row.words("draft_res#"),
            "record": row.words("record"),
            "agenda": row.words("agenda"),
            "short_agenda": row.words("short_agenda"),
            "vetoes": row.whole("#_of_pms"),
        }


_YEAR: Final = Column("year", pa.int16(), "calendar year")
VOTES: Final = Dataset(
    name="un-council-votes",
    title="United Nations Security Council votes (UN Digital Library)",
    editions={"*": Edition(1946, 2030)},
    home="https://digitallibrary.un.org/record/4055387",
    files=("2026_02_06_sc_voting.csv", "2025_7_21_sc_voting.csv"),
    terms="(c) United Nations; non-commercial use with attribution",
    by_hand="the host turns programs away",
    citation=VOTES_CITATION,
    header=(
        *("undl_id", "ms_code", "ms_name", "permanent_member", "ms_vote", "date", "resolution", "draft", "meeting"),
        *("description", "agenda", "subjects", "vote_note", *_TOTALS, "total_ms", "modality", "undl_link"),
    ),
    optional=frozenset({"vote_note"}),
    columns=(
        Column("undl_id", pa.int64(), "record number in the library"),
        _YEAR,
        Column("date", pa.date32(), "day of the vote"),
        Column("resolution", pa.string(), "number of the resolution"),
        Column("code", pa.string(), "our code of the member"),
        Column("member", pa.string(), "the member as printed"),
        Column("permanent", pa.bool_(), "the member is a permanent one"),
        Column("vote", pa.string(), "yes, no, abstain or absent (did not take part)"),
        Column("meeting", pa.string(), "number of the meeting"),
        Column("description", pa.string(), "what the resolution is about"),
        Column("agenda", pa.string(), "item of the agenda"),
        Column("subjects", pa.string(), "subjects that the library gives"),
        Column("modality", pa.string(), "how it was adopted"),
        Column("total_yes", pa.int16(), "votes in favour"),
        Column("total_no", pa.int16(), "votes against"),
        Column("total_abstentions", pa.int16(), "abstentions"),
        Column("total_non_voting", pa.int16(), "members that did not vote"),
    ),
    tidy=_vote,
    key=("undl_id", "ms_code"),
    layout=Separated(),
    leave_out=_without_vote,
    uncoded=(("code", "member"),),
    named_edition=FILE_DATE,
    note="Adopted resolutions only: what a veto stopped stands in un-vetoes.",
)
VETOES: Final = Dataset(
    name="un-vetoes",
    title="United Nations Security Council vetoes (DPPA)",
    editions={"*": Edition(1946, 2030)},
    home="https://psdata.un.org/dataset/DPPA-SCVETOES",
    files=("dppa-scvetoes.csv", "DPPA-SCVETOES.csv"),
    terms="(c) United Nations; use with attribution",
    by_hand="it is downloaded from a page",
    citation=VETOES_CITATION,
    header=_VETO_HEADER,
    optional=frozenset({"short_agenda", "url_for_res#", "last_update"}),
    columns=(
        Column("id", pa.int32(), "number of the draft in the dataset"),
        _YEAR,
        Column("date", pa.date32(), "day of the vote"),
        Column("code", pa.string(), "our code of the permanent member that cast the veto"),
        Column("draft", pa.string(), "number of the draft resolution"),
        Column("record", pa.string(), "number of the meeting's record"),
        Column("agenda", pa.string(), "item of the agenda"),
        Column("short_agenda", pa.string(), "the item in short"),
        Column("vetoes", pa.int8(), "how many permanent members voted against it, as printed"),
    ),
    tidy=_vetoes,
    key=("id",),
    layout=Named(frozenset(_VETO_HEADER)),
    note="A draft that several permanent members stopped has a row for each of them.",
)
DATASETS: Final = (VOTES, VETOES)
