"""PA-X: peace agreements since 1990, with parties, type, stage and the states that the conflict concerns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from verbale.records.catalogue import Column, Dataset, Edition
from verbale.records.layouts import Named
from verbale.records.names import known_code
from verbale.records.rows import Row
from verbale.vocab.cow import gw_numbers

CITATION: Final = """@article{bell_badanjak_2019,
  author = {Bell, Christine and Badanjak, Sanja},
  title = {Introducing {PA-X}: A New Peace Agreement Database and Dataset},
  journal = {Journal of Peace Research},
  year = {2019},
  volume = {56},
  number = {3},
  pages = {452--466}
}"""
HEADER: Final = (
    *("Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Dat", "Status", "Lgt", "N_characters", "Agtp"),
    *("Stage", "StageSub", "Part", "ThrdPart", "OthAgr", "Loc1ISO", "Loc2ISO", "Loc1GWNO", "Loc2GWNO", "UcdpCon"),
    *("UcdpAgr", "PamAgr", "CowWar"),
)
_WORDS: Final = ("Con", "Contp", "PPName", "Reg", "Agt", "Status", "Agtp", "Stage", "StageSub", "Part", "ThrdPart")
_NUMBERS: Final = ("AgtId", "Ver", "PP", "Lgt")
# What the parties' own document leaves out is empty or NA; other numbers are lists in a few cells.
_NO_NUMBER: Final = frozenset({"", "NA"})


def _place(row: Row, number: int, year: int) -> dict[str, Any]:
    """Return the state of a location: by its Gleditsch-Ward number, else by its ISO letters where they are our code."""
    gwcode, letters = row.whole(f"Loc{number}GWNO", missing=_NO_NUMBER), row.text(f"Loc{number}ISO")
    code = gw_numbers().code(gwcode, year) if gwcode is not None else None
    return {
        f"code{number}": code or known_code(letters),
        f"gwcode{number}": gwcode,
        f"iso{number}": letters or None,
    }


def _agreement(row: Row) -> Iterator[dict[str, Any]]:
    day = row.day("Dat")
    yield {
        **{name: row.needed(name) for name in _NUMBERS},
        "date": day,
        "year": day.year,
        **{name: row.words(name) for name in _WORDS},
        **_place(row, 1, day.year),
        **_place(row, 2, day.year),
        "UcdpCon": None if row.text("UcdpCon") in _NO_NUMBER else row.words("UcdpCon"),
        "CowWar": None if row.text("CowWar") in _NO_NUMBER else row.words("CowWar"),
    }


def _location(number: int, which: str) -> tuple[Column, ...]:
    return (
        Column(f"code{number}", pa.string(), f"our code of the {which} state that the conflict concerns"),
        Column(f"gwcode{number}", pa.int16(), "its Gleditsch-Ward number"),
        Column(f"iso{number}", pa.string(), "its ISO letters as printed"),
    )


AGREEMENTS: Final = Dataset(
    name="pax-agreements",
    title="PA-X Peace Agreements Database",
    editions={"*": Edition(1990, 2030)},
    home="https://www.peaceagreements.org/search",
    files=("pax_all_agreements_data.xlsx", "pax_data_2144_agreements_v9_10.csv"),
    terms="PA-X terms of use; cite the article",
    by_hand="the data are exported from an interactive page",
    citation=CITATION,
    header=HEADER,
    columns=(
        Column("AgtId", pa.int32(), "agreement number"),
        Column("Ver", pa.int8(), "version of the coding"),
        Column("date", pa.date32(), "day on which it was signed or agreed"),
        Column("year", pa.int16(), "calendar year"),
        Column("Agt", pa.string(), "title"),
        Column("Con", pa.string(), "country or entity"),
        Column("Contp", pa.string(), "about government, territory, between groups"),
        Column("PP", pa.int32(), "number of the peace process"),
        Column("PPName", pa.string(), "name of the peace process"),
        Column("Reg", pa.string(), "region"),
        Column("Status", pa.string(), "signed or agreed by several, unilateral, unclear"),
        Column("Agtp", pa.string(), "Inter between states, InterIntra with a conflict inside one, Intra, IntraLocal"),
        Column("Stage", pa.string(), "Pre, SubPar, SubComp, Imp, Ren, Cea, Oth, as the codebook says"),
        Column("StageSub", pa.string(), "the stage in detail"),
        Column("Part", pa.string(), "the parties as printed"),
        Column("ThrdPart", pa.string(), "third parties as printed"),
        *_location(1, "first"),
        *_location(2, "second"),
        Column("UcdpCon", pa.string(), "conflict number of the UCDP, sometimes several"),
        Column("CowWar", pa.string(), "war number of the Correlates of War, sometimes several"),
        Column("Lgt", pa.int16(), "pages"),
    ),
    tidy=_agreement,
    key=("AgtId",),
    layout=Named(frozenset(HEADER)),
    encodings=("utf-8", "latin-1"),
    uncoded=(("code1", "iso1"), ("code2", "iso2")),
    named_edition=r"_v(\d+)[_.]",
    note="The issue codes are left out. Agreements between states have Agtp Inter; code1 and code2 are the states concerned.",
)
DATASETS: Final = (AGREEMENTS,)
