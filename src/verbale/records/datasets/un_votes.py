"""Roll-call votes of the United Nations General Assembly, in the layout of Voeten and others and of the UN Digital Library."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.layouts import Separated
from verbale.records.names import known_code
from verbale.records.rows import Row

CITATION: Final = """@article{bailey_strezhnev_voeten_2017,
  author = {Bailey, Michael A. and Strezhnev, Anton and Voeten, Erik},
  title = {Estimating Dynamic State Preferences from {United Nations} Voting Data},
  journal = {Journal of Conflict Resolution},
  year = {2017},
  volume = {61},
  number = {2},
  pages = {430--456}
}

@misc{voeten_strezhnev_bailey_votes,
  author = {Voeten, Erik and Strezhnev, Anton and Bailey, Michael},
  title = {{United Nations} General Assembly Voting Data},
  publisher = {Harvard Dataverse},
  doi = {10.7910/DVN/LEJUQZ}
}"""
LIBRARY_CITATION: Final = """@misc{undl_ga_votes,
  author = {{United Nations, Dag Hammarskj\\"old Library}},
  title = {{UN} General Assembly Voting Data},
  url = {https://digitallibrary.un.org/record/4060887}
}"""
# The library's files begin with the day of their edition, as 2026_02_06_sc_voting.csv or 2025_7_21_sc_voting.csv.
FILE_DATE: Final = r"^(\d{4}_\d{1,2}_\d{1,2})_"
_VOTES: Final = {1: "yes", 2: "abstain", 3: "no", 8: "absent"}
NOT_MEMBER: Final = "9"
_FLAGS: Final = {"0": False, "1": True, '0\\"': False, '1\\"': True, "": None, "NA": None}
LETTERS: Final = {"Y": "yes", "A": "abstain", "N": "no", "X": "absent"}
_ISSUES: Final = {
    "me": "on the Palestinian conflict",
    "nu": "on nuclear weapons",
    "di": "on arms control",
    "hr": "on human rights",
    "co": "on colonialism",
    "ec": "on development",
}
# The Republic of China has 713 throughout in this dataset; until the end of 1949 it stood for China.
TAIWAN: Final = 713
LAST_YEAR_AS_CHINA: Final = 1949
# Codes of former states (ISO 3166-3, alpha-3; GER is the library's for the Federal Republic of 1973-1990) and ours for them.
_FORMER: Final = {
    "SUN": "RUS",
    "GER": "DEU",
    "BYS": "BLR",
    "SCG": "SRB",
    "ZAR": "COD",
    "BUR": "MMR",
    "DHY": "BEN",
    "HVO": "BFA",
    "TMP": "TLS",
}


def _absent(row: Row) -> str | None:
    return "not a member (vote 9)" if row.text("vote") == NOT_MEMBER else None


def _date(row: Row) -> datetime.date | None:
    """Return the day of a vote; 197 rows of the published file have none."""
    text = row.text("date")
    if text in ("", "NA"):
        return None
    return _american(text) or row.day("date")


@functools.lru_cache(maxsize=4_096)  # some two hundred members vote on one day
def _american(text: str) -> datetime.date | None:
    """Return a date written month/day/year, None for text that is no such date."""
    parts = text.split("/")
    try:
        return datetime.date(int(parts[2]), int(parts[0]), int(parts[1])) if len(parts) == 3 else None
    except (ValueError, OverflowError):
        return None


def _flag(row: Row, field: str) -> bool | None:
    """Return a flag; in some rows a quotation mark has stuck to it."""
    text = row.text(field)
    if text not in _FLAGS:
        raise row.fail(f"{field} is {text!r}; allowed are 0 and 1")
    return _FLAGS[text]


def member_code(row: Row, number: int, year: int) -> str:
    """Return our code of a member in the data of Voeten and others."""
    return "CHN" if number == TAIWAN and year <= LAST_YEAR_AS_CHINA else row.state(number, year)


def _vote(row: Row) -> Iterator[dict[str, Any]]:
    year, number, vote = row.needed("year"), row.needed("ccode"), row.needed("vote")
    if vote not in _VOTES:
        raise row.fail(f"vote is {vote}; allowed are 1, 2, 3, 8 and 9")
    yield {
        "rcid": row.needed("rcid"),
        "session": row.needed("session"),
        "year": year,
        "date": _date(row),
        "resolution": row.words("unres"),
        "code": member_code(row, number, year),
        "ccode": number,
        "vote": _VOTES[vote],
        "important": _flag(row, "importantvote"),
        **{issue: _flag(row, issue) for issue in _ISSUES},
    }


def library_code(text: str) -> str | None:
    """Return our code for the library's ISO code of a member, None for one that is not ours."""
    return known_code(_FORMER.get(text, text))


def _library_vote(row: Row) -> Iterator[dict[str, Any]]:
    letter, day = row.text("ms_vote"), row.day("date")
    if letter not in LETTERS:
        raise row.fail(f"ms_vote is {letter!r}; allowed are Y, N, A and X")
    yield {
        "undl_id": row.needed("undl_id"),
        "session": row.words("session"),
        "year": day.year,
        "date": day,
        "resolution": row.words("resolution"),
        "code": library_code(row.text("ms_code")),
        "member": row.words("ms_name"),
        "vote": LETTERS[letter],
        "title": row.words("title"),
        "subjects": row.words("subjects"),
        **{name: row.whole(name) for name in ("total_yes", "total_no", "total_abstentions", "total_non_voting")},
    }


_VOTE: Final = Column("vote", pa.string(), "yes, no, abstain or absent")
VOTES: Final = Dataset(
    name="un-votes",
    title="United Nations General Assembly votes (Voeten, Strezhnev, Bailey)",
    editions={"*": Edition(1946, 2030)},
    home="https://doi.org/10.7910/DVN/LEJUQZ",
    files=("UNVotesPublished.csv", "UNVotes.csv"),
    terms="CC0 as catalogued; cite the article",
    by_hand="it is published as RData; in R, write.csv(x, 'UNVotesPublished.csv', row.names = FALSE, na = '') makes the file",
    citation=CITATION,
    header=("rcid", "session", "vote", "ccode", "member", "importantvote", "date", "unres", *_ISSUES, "year"),
    columns=(
        Column("rcid", pa.int32(), "roll-call number"),
        Column("session", pa.int16(), "session of the Assembly"),
        Column("year", pa.int16(), "calendar year"),
        Column("date", pa.date32(), "day of the vote"),
        Column("resolution", pa.string(), "number of the resolution"),
        Column("code", pa.string(), "our code of the member"),
        Column("ccode", pa.int16(), "Correlates of War number of the member"),
        _VOTE,
        Column("important", pa.bool_(), "called important by the United States Department of State"),
        *(Column(name, pa.bool_(), meaning) for name, meaning in _ISSUES.items()),
    ),
    tidy=_vote,
    key=("rcid", "ccode"),
    layout=Separated(),
    leave_out=_absent,
    note="States that were no members at the time of a vote are left out. 713 is China until 1949, then Taiwan.",
)
LIBRARY: Final = Dataset(
    name="un-votes-library",
    title="United Nations General Assembly votes (UN Digital Library)",
    editions={"*": Edition(1946, 2030)},
    home="https://digitallibrary.un.org/record/4060887",
    files=("2026_02_06_ga_voting.csv", "2025_03_31_ga_voting.csv"),
    terms="(c) United Nations; non-commercial use with attribution",
    by_hand="the host turns programs away",
    citation=LIBRARY_CITATION,
    header=(
        *("undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft", "committee_report", "meeting"),
        *("title", "agenda_title", "subjects", "vote_note", "total_yes", "total_no", "total_abstentions"),
        *("total_non_voting", "total_ms", "undl_link"),
    ),
    optional=frozenset({"vote_note"}),
    columns=(
        Column("undl_id", pa.int64(), "record number in the library"),
        Column("session", pa.string(), "session of the Assembly"),
        Column("year", pa.int16(), "calendar year"),
        Column("date", pa.date32(), "day of the vote"),
        Column("resolution", pa.string(), "number of the resolution"),
        Column("code", pa.string(), "our code of the member"),
        Column("member", pa.string(), "the member as printed"),
        _VOTE,
        Column("title", pa.string(), "title of the resolution"),
        Column("subjects", pa.string(), "subjects that the library gives"),
        Column("total_yes", pa.int16(), "votes in favour"),
        Column("total_no", pa.int16(), "votes against"),
        Column("total_abstentions", pa.int16(), "abstentions"),
        Column("total_non_voting", pa.int16(), "members that did not vote"),
    ),
    tidy=_library_vote,
    key=("undl_id", "ms_code"),
    layout=Separated(),
    uncoded=(("code", "member"),),
    named_edition=FILE_DATE,
    note="Resolutions adopted by a recorded vote only. Editions before 2026 have no vote_note.",
)
DATASETS: Final = (VOTES, LIBRARY)
