"""Datasets of votes, regimes, crises, agreements, conflicts and arms: the tidy steps, on small and on published files."""

from __future__ import annotations

import datetime
import gzip
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow.parquet as pq
import pytest
from tests.records.record_samples import SHARED, official_file, zip_file

from verbale.core import Settings, VerbaleError
from verbale.engine import connect_memory
from verbale.records import DATASETS, Installed, cite, install, installed, provenance, table, verify
from verbale.records.store import notes_path

DAY = datetime.date
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the published files in ../shared/records")


def rows_of(done: Installed) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(done.path).to_pylist()
    counts = done.provenance
    assert counts.rows_out == len(found)
    assert counts.rows_in == counts.rows_used + counts.rejected + sum(counts.left_out.values())
    return found


def take(
    name: str, tmp_path: Path, *rows: Mapping[str, object], file: str = "file.csv"
) -> tuple[Installed, list[dict[str, Any]]]:
    done = install(name, file=official_file(tmp_path, name, rows, file=file), folder=tmp_path / "data", partial=True)
    return done, rows_of(done)


def written(tmp_path: Path, text: str, name: str = "file.csv", *, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def reasons(done: Installed) -> list[str]:
    return [str(one.parts["reason"]) for one in done.rejections]


def test_votes_of_the_council(tmp_path: Path) -> None:
    row = {"undl_id": 1, "permanent_member": "True", "ms_vote": "Y", "date": "1950-07-07", "resolution": "S/RES/84(1950)",
           "total_yes": "7.0", "total_no": "0.0", "total_abstentions": "3.0", "modality": "VOTE"}  # fmt: skip
    done, found = take(
        "un-council-votes",
        tmp_path,
        {**row, "ms_code": "FRA", "ms_name": "FRANCE"},
        {**row, "ms_code": "RUS", "ms_name": "USSR", "ms_vote": "X"},
        {**row, "ms_code": "GER", "ms_name": "GERMANY, FEDERAL REPUBLIC OF", "permanent_member": "False", "undl_id": 2},
        {**row, "ms_code": "IRN", "ms_name": "IRAN", "ms_vote": "", "undl_id": 3},
        {**row, "ms_code": "IRQ", "ms_name": "IRAQ", "permanent_member": "maybe", "undl_id": 4},
        {**row, "ms_code": "IRQ", "ms_name": "IRAQ", "ms_vote": "Q", "undl_id": 5},
        file="2026_02_06_sc_voting.csv",
    )
    assert [(one["code"], one["vote"], one["permanent"]) for one in found] == [
        ("FRA", "yes", True),
        ("RUS", "absent", True),
        ("DEU", "yes", False),
    ]
    assert (found[0]["year"], found[0]["total_yes"], found[0]["total_abstentions"]) == (1950, 7, 3)
    assert done.provenance.left_out == {"adopted without a recorded vote": 1}
    assert reasons(done) == [
        "permanent_member is 'maybe'; allowed are True and False",
        "ms_vote is 'Q'; allowed are Y, N, A and X",
    ]
    assert (done.provenance.rows_in, done.provenance.rows_out, done.provenance.edition) == (6, 3, "2026_02_06")


@needs_shared
def test_the_published_header_of_council_votes_is_taken(tmp_path: Path) -> None:
    header = (SHARED / "headers_only" / "undl_sc_voting_header.csv").read_text(encoding="utf-8").strip()
    cells = {"undl_id": "1", "ms_code": "CHN", "permanent_member": "True", "ms_vote": "A", "date": "2011-03-17"}
    line = ",".join(cells.get(column, "") for column in header.split(","))
    done = install("un-council-votes", file=written(tmp_path, f"{header}\n{line}\n"), folder=tmp_path / "data")
    assert [(one["code"], one["vote"]) for one in rows_of(done)] == [("CHN", "abstain")]


@needs_shared
def test_the_published_rows_of_the_assembly_are_taken(tmp_path: Path) -> None:
    file = SHARED / "headers_only" / "undl_ga_voting_header_and_2_rows.csv"
    found = rows_of(install("un-votes-library", file=file, folder=tmp_path))
    assert [(one["code"], one["vote"], one["total_yes"], one["total_non_voting"]) for one in found] == [
        ("AFG", "yes", 120, 14),
        ("BEN", "absent", 120, 14),
    ]


def test_a_veto_of_two_members_is_two_rows(tmp_path: Path) -> None:
    row = {"id": 1, "draft_res#": "S/2011/612", "date": "2011-10-04", "record": "6627", "agenda": "Middle East", "#_of_pms": 2}
    done, found = take(
        "un-vetoes",
        tmp_path,
        {**row, "china": 1, "russian_federation_ussr": 1, "france": 0, "united_states": 0, "united_kingdom": 0},
        {**row, "id": 2, "united_states": "1", "#_of_pms": 1},
        {**row, "id": 3, "china": "0"},
        {**row, "id": 4, "china": "2"},
        {**row, "id": 1, "china": "1"},
    )
    assert [(one["id"], one["code"], one["vetoes"]) for one in found] == [(1, "CHN", 2), (1, "RUS", 2), (2, "USA", 1)]
    assert reasons(done) == [
        "it names no permanent member that cast a veto",
        "china is 2; allowed are 0 and 1",
        "a row with the same id stands in line 2",
    ]
    assert (done.provenance.rows_in, done.provenance.rows_used, done.provenance.rejected) == (5, 2, 3)


def test_columns_that_are_not_documented_are_passed_over(tmp_path: Path) -> None:
    text = "new,date,id,agenda,draft_res#,record,#_of_pms,united_states,china,france,united_kingdom,russian_federation_ussr\n"
    text += "x,1980-01-07,9,A,S/1,2190,1,0,0,0,0,1\nx,1980-01-08,10\n"
    done = install("un-vetoes", file=written(tmp_path, text), folder=tmp_path / "data")
    assert [(one["code"], one["date"]) for one in rows_of(done)] == [("RUS", DAY(1980, 1, 7))]
    assert reasons(done) == ["it has 3 fields; the header has 12"]
    with pytest.raises(VerbaleError, match="missing columns draft_res#, record"):
        install("un-vetoes", file=written(tmp_path, "id,date,agenda,#_of_pms,china\n"), folder=tmp_path / "data")


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        (',ccode,session,IdealPointAll,NVotesAll,"Q5%All",iso3c,Countryname,USAgree,ChinaAgree',
         "1,630,1,-0.5,40,-1,IRN,Iran,0.25,NA", (1, 1946, -0.5, None, 40, 0.25)),
        ("ccode,session,IdealPointFP,NVotesFP", "630,75,-1.5,60", (75, 2020, None, -1.5, None, None)),
        ("ccode\tyear\tidealpointall\tidealpointfp\tnvotesall", "630\t2024\t-1.5\t-1.25\t100",
         (None, 2024, -1.5, -1.25, 100, None)),
    ],
)  # fmt: skip
def test_ideal_points_of_all_and_of_final_votes(tmp_path: Path, header: str, line: str, expected: tuple[object, ...]) -> None:
    file = written(tmp_path, f"{header}\n{line}\n", "Idealpoints_Jun2024.csv")
    done = install("un-ideal-points", file=file, folder=tmp_path / "data")
    (one,) = rows_of(done)
    names = ("session", "year", "IdealPointAll", "IdealPointFP", "NVotesAll", "USAgree")
    assert tuple(one[name] for name in names) == expected
    assert (one["code"], one["ccode"], done.provenance.edition) == ("IRN", 630, "Jun2024")


def test_an_ideal_point_without_a_session_is_rejected(tmp_path: Path) -> None:
    text = "ccode,session,IdealPointAll\n630,,1\n630,2,x\n365,2,1.5\n713,2,1\n1,2,1\n"
    done = install("un-ideal-points", file=written(tmp_path, text), folder=tmp_path / "data")
    assert [(one["code"], one["IdealPointAll"]) for one in rows_of(done)] == [("RUS", 1.5), ("CHN", 1.0)]
    assert reasons(done) == [
        "session and year are missing",
        "IdealPointAll is 'x', not a number",
        "1 is no number of a state",
    ]
    with pytest.raises(VerbaleError, match="missing columns IdealPointAll or IdealPointFP"):
        install("un-ideal-points", file=written(tmp_path, "ccode,session\n630,1\n"), folder=tmp_path / "data")


@pytest.mark.parametrize("series", ["All", "FP"])
def test_agreement_of_pairs(tmp_path: Path, series: str) -> None:
    header = "session.x,ccode1,ccode2,agree,year,IdealPoint{0}.x,NVotes{0}.x,IdealPoint{0}.y,NVotes{0}.y,IdealPointDistance"
    lines = ["1,365,630,0.5,1946,-2,40,0,41,2", "1,365,630,0.5,1946,-2,40,0,41,2", "1,365,630,1.5,1947,-2,40,0,41,2"]
    text = '"",' + header.format(series) + "\n" + "".join(f'"{n}",{line}\n' for n, line in enumerate(lines))
    done = install("un-agreement", file=written(tmp_path, text), folder=tmp_path / "data")
    (one,) = rows_of(done)
    assert (one["code1"], one["code2"], one["year"], one["session"], one["agree"]) == ("RUS", "IRN", 1946, 1, 0.5)
    assert (one["series"], one["ideal1"], one["nvotes2"], one["distance"]) == (series, -2.0, 41, 2.0)
    assert [reason.partition(",")[0] for reason in reasons(done)] == [
        "a row with the same ccode1",
        "agree is 1.5",
    ]


@needs_shared
def test_roll_calls_are_those_of_the_votes(tmp_path: Path) -> None:
    done = install("unvotes-roll-calls", file=SHARED / "un" / "unvotes_un_roll_calls.csv.gz", folder=tmp_path)
    found = rows_of(done)
    with gzip.open(SHARED / "un" / "unvotes_un_roll_calls.csv.gz", "rt", encoding="utf-8") as stream:
        first = stream.readlines(400)[1]
    assert (done.provenance.rows_in, done.provenance.rejected, len(found)) == (6_203, 0, 6_203)
    assert first.startswith(f"{found[0]['rcid']},{float(found[0]['session'])}")
    assert found[0]["descr"].startswith("TO ADOPT A CUBAN AMENDMENT")


VDEM = "country_name,country_text_id,country_id,year,historical_date,COWcode,v2x_polyarchy,v2x_libdem,v2x_gender,v2x_regime"


def vdem_text(*lines: str) -> str:
    wide = 5_000  # further columns, as the published file has
    header = VDEM + "".join(f",v2unused_{number}" for number in range(wide))
    return "\n".join([header, *(line + ",1" * wide for line in lines)]) + "\n"


def test_v_dem_takes_its_columns_out_of_thousands(tmp_path: Path) -> None:
    lines = [
        '"Iran",IRN,79,1950,1950-12-31,630,0.25,0.1,,0',
        '"Zanzibar",ZZB,236,1950,1950-12-31,,0.2,NA,0.5,',
        '"Yugoslavia",SRB,198,1950,1950-12-31,345,0.2,0.1,0.5,0',
        '"Iran",IRN,79,1951,1951-12-31,630,many,0.1,,0',
    ]
    file = written(tmp_path, vdem_text(*lines), "V-Dem-CY-Full+Others-v15.csv")
    done = install("v-dem", file=file, folder=tmp_path / "data")
    found = rows_of(done)
    assert [(one["code"], one["ccode"], one["v2x_polyarchy"], one["v2x_libdem"], one["v2x_regime"]) for one in found] == [
        ("IRN", 630, 0.25, 0.1, 0.0),
        (None, None, 0.2, None, None),
        ("YUG", 345, 0.2, 0.1, 0.0),
    ]
    assert "v2unused_7" not in found[0]
    assert found[0]["v2x_corr"] is None
    assert (done.provenance.edition, done.provenance.uncoded) == ("15", {"Zanzibar": 1})
    assert reasons(done) == ["v2x_polyarchy is 'many', not a number"]


def test_v_dem_with_the_columns_of_the_user(tmp_path: Path) -> None:
    zipped = zip_file(tmp_path / "v-dem.zip", {"V-Dem-CY-Core-v16.csv": vdem_text("Iran,IRN,79,1950,,630,1,1,0.5,0").encode()})
    folder = tmp_path / "data"
    done = install("v-dem", file=zipped, folder=folder, columns=["v2x_gender", "v2unused_4999"])
    (one,) = rows_of(done)
    assert set(one) == {*(name for name in ("code", "ccode", "country_id", "country_text_id", "country_name", "year", "line")),
                        "v2x_gender", "v2unused_4999"}  # fmt: skip
    assert (one["v2x_gender"], one["v2unused_4999"]) == (0.5, 1.0)
    assert verify(folder=folder) == {"v-dem": None}
    assert provenance("v-dem", folder=folder).columns == ("v2x_gender", "v2unused_4999")
    with pytest.raises(VerbaleError, match="missing columns v2x_made_up"):
        install("v-dem", file=zipped, folder=folder, columns=["v2x_made_up"])
    with pytest.raises(VerbaleError, match="cow-wars always has the same columns, so that BatDeath cannot be chosen"):
        install("cow-wars", file=zipped, folder=folder, columns=["BatDeath"])


def test_crises_are_read_in_latin_1_with_a_mark(tmp_path: Path) -> None:
    text = "icb1,crisno,crisname,yrtrig,motrig,datrig,yrterm,moterm,daterm,viol,forout,outesr,other\n"
    text += "1,1,RUSSIAN CIVIL WAR I,1918,5,,1920,4,1,4,9,2,x\n2,2,CÔTE,1918,13,1,1920,4,1,4,9,2,x\n"
    text += "3,3,LATE,1921,1,1,1920,1,1,1,1,1,x\n"
    file = tmp_path / "icb1v16.csv"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode("latin-1"))
    done = install("icb-crises", file=file, folder=tmp_path / "data", partial=True)
    (one,) = rows_of(done)
    assert (one["crisname"], one["start"], one["end"], one["precision"]) == (
        "RUSSIAN CIVIL WAR I",
        DAY(1918, 5, 1),
        DAY(1920, 4, 1),
        "month",
    )
    assert (one["viol"], one["forout"], one["outesr"], done.provenance.edition) == (4, 9, 2, "16")
    assert (done.provenance.first_year, done.provenance.last_year, done.provenance.rejected) == (1918, 2021, 2)


def test_states_in_crises_with_and_without_further_columns(tmp_path: Path) -> None:
    bare = written(tmp_path, "crisno,cracid\n489,652\n489,652\n", "icb2v16.csv")
    done = install("icb-actors", file=bare, folder=tmp_path / "data")
    assert [(one["crisno"], one["cracid"], one["code"], one["start"]) for one in rows_of(done)] == [(489, 652, None, None)]
    assert reasons(done) == ["a row with the same crisno, cracid stands in line 2"]
    full = "crisno,cracid,yrtrig,motrig,datrig,yrterm,moterm,daterm,gravty\n489,652,2018,4,7,2018,4,14,5\n"
    done = install("icb-actors", file=written(tmp_path, full, "icb2v16.csv"), folder=tmp_path / "data")
    assert [(one["code"], one["start"], one["gravty"]) for one in rows_of(done)] == [("SYR", DAY(2018, 4, 7), 5)]


def test_pairs_in_crises(tmp_path: Path) -> None:
    text = "crisno,statea,stateb,year,more\n489,2,652,2018,1\n489,2,652,2018,1\n489,2,1,2018,1\n"
    done = install("icb-dyads", file=written(tmp_path, text), folder=tmp_path / "data")
    assert [(one["code1"], one["code2"], one["year"]) for one in rows_of(done)] == [("USA", "SYR", 2018)]
    assert reasons(done) == [
        "a row with the same crisno, statea, stateb, year stands in line 2",
        "1 is no number of a state",
    ]


def pax_row(**change: object) -> dict[str, object]:
    row = {"Con": "Iran/Iraq", "AgtId": 1, "Ver": 1, "PP": 2, "Lgt": 3, "Dat": "1990-08-15", "Agt": "A\nletter",
           "Agtp": "Inter", "Stage": "Cea", "Part": "Iran; Iraq", "Loc1ISO": "IRN", "Loc2ISO": "IRQ", "Loc1GWNO": 630,
           "Loc2GWNO": 645, "UcdpCon": 324, "CowWar": "NA"}  # fmt: skip
    return {**row, **change}


def test_peace_agreements_from_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    header = [*DATASETS["pax-agreements"].header, "GCh", None]
    book.active.append(header)
    one_place = {"Loc1GWNO": 346, "Loc1ISO": "BIH", "Loc2GWNO": None, "Loc2ISO": None}
    rows = [pax_row(), pax_row(AgtId=2, Dat=datetime.datetime(1995, 9, 8), **one_place), pax_row(AgtId=3, Dat="spring")]
    for row in rows:
        book.active.append([row.get(column or "") for column in header])
    book.save(tmp_path / "pax_all_agreements_data.xlsx")
    done = install("pax-agreements", file=tmp_path / "pax_all_agreements_data.xlsx", folder=tmp_path / "data")
    found = rows_of(done)
    assert [(one["code1"], one["gwcode1"], one["code2"], one["gwcode2"], one["date"]) for one in found] == [
        ("IRN", 630, "IRQ", 645, DAY(1990, 8, 15)),
        ("BIH", 346, None, None, DAY(1995, 9, 8)),
    ]
    assert (found[0]["Agt"], found[0]["Part"], found[0]["Agtp"], found[0]["UcdpCon"], found[0]["CowWar"]) == (
        *("A letter", "Iran; Iraq", "Inter", "324"),
        None,
    )
    assert [one["line"] for one in found] == [2, 3]
    assert reasons(done) == ["Dat is 'spring', not a date YYYY-MM-DD"]


def test_peace_agreements_from_comma_separated_text(tmp_path: Path) -> None:
    done, found = take("pax-agreements", tmp_path, pax_row(), file="pax_data_2144_agreements_v9_10.csv")
    assert [(one["Agt"], one["code1"], done.provenance.edition) for one in found] == [("A letter", "IRN", "9")]


@needs_shared
def test_the_published_peace_agreements(tmp_path: Path) -> None:
    done = install("pax-agreements", file=SHARED / "pax" / "pax_all_agreements_data.xlsx", folder=tmp_path)
    found, counts = rows_of(done), done.provenance
    assert (counts.rows_in, counts.rows_out, counts.rejected, counts.uncoded) == (1_868, 1_868, 0, {})
    assert {kind: sum(one["Agtp"] == kind for one in found) for kind in ("Inter", "InterIntra", "Intra", "IntraLocal")} == {
        "Inter": 72,
        "InterIntra": 240,
        "Intra": 1_270,
        "IntraLocal": 286,
    }
    assert sum(one["gwcode2"] is not None for one in found) == 246
    assert all(one["code2"] for one in found if one["gwcode2"] is not None)


def test_a_workbook_that_is_none_or_too_large_is_refused(tmp_path: Path) -> None:
    false = zip_file(tmp_path / "pax.xlsx", {"xl/sheet.xml": b"<x/>"})
    with pytest.raises(VerbaleError, match="it is no workbook"):
        install("pax-agreements", file=false, folder=tmp_path / "data")
    book = openpyxl.Workbook()
    book.active.append(["x" * 1_000] * 50)
    book.save(tmp_path / "large.xlsx")
    with pytest.raises(VerbaleError, match="more than 0 MB"):
        install(
            "pax-agreements",
            file=tmp_path / "large.xlsx",
            folder=tmp_path / "data",
            settings=Settings(max_unpacked_bytes=40_000),
        )
    assert installed(folder=tmp_path / "data") == []


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Con"])
    book.save(tmp_path / "plain.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old:
        members = {name: old.read(name) for name in old.namelist()}
    file = zip_file(tmp_path / "bomb.xlsx", {**members, "xl/worksheets/sheet1.xml": bomb})
    with pytest.raises(VerbaleError, match="it is no workbook"):
        install("pax-agreements", file=file, folder=tmp_path / "data")


def test_state_conflicts(tmp_path: Path) -> None:
    row = {"conflict_id": 1, "location": "Iran, Iraq", "side_a": "Government of Iran", "side_b": "Government of Iraq",
           "year": 1980, "incompatibility": 1, "intensity_level": 2, "cumulative_intensity": 1, "type_of_conflict": 2,
           "start_date": "1980-09-22", "start_prec": 1, "start_date2": "1980-09-22", "start_prec2": 1, "ep_end": 0,
           "gwno_a": "630", "gwno_b": "645", "gwno_loc": "630, 645", "region": "2", "version": "25.1"}  # fmt: skip
    last = {**row, "year": 1988, "ep_end": 1, "ep_end_date": "1988-08-20"}
    done, found = take("ucdp-conflicts", tmp_path, row, last, row)
    assert [(one["side_a_codes"], one["side_b_codes"], one["location_codes"], one["ep_end"]) for one in found] == [
        (["IRN"], ["IRQ"], ["IRN", "IRQ"], False),
        (["IRN"], ["IRQ"], ["IRN", "IRQ"], True),
    ]
    assert (found[0]["ep_end_date"], found[1]["ep_end_date"]) == (None, DAY(1988, 8, 20))
    assert (done.provenance.edition, done.provenance.last_year) == ("25.1", 2024)
    assert reasons(done) == ["a row with the same conflict_id, year stands in line 2"]


def candidate(**change: object) -> dict[str, object]:
    row = {"id": 1, "year": 2026, "type_of_violence": 1, "conflict_new_id": 5, "dyad_new_id": 6, "side_a": "Government of Iran",
           "side_b": "Government of Iraq", "gwnoa": 630, "gwnob": 645, "country": "Iran", "country_id": 630,
           "date_start": "2026-01-17", "date_end": "2026-01-18", "date_prec": 2, "deaths_a": 1, "deaths_b": 2,
           "deaths_civilians": 0, "deaths_unknown": 0, "best": 3, "high": 4, "low": 3}  # fmt: skip
    return {**row, **change}


def test_a_candidate_file_without_a_header_is_read(tmp_path: Path) -> None:
    rows = [candidate(), candidate(id=2, best=7), candidate(id=1)]
    whole = official_file(tmp_path, "ucdp-events", rows, file="GEDEvent_v26_0_8.csv")
    with_header = install("ucdp-events", file=whole, folder=tmp_path / "a")
    whole.write_text("".join(whole.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    without = install("ucdp-events", file=whole, folder=tmp_path / "b")
    assert [one["best"] for one in rows_of(with_header)] == [one["best"] for one in rows_of(without)] == [3, 7]
    assert [one["line"] for one in rows_of(without)] == [1, 2]
    assert reasons(with_header) == ["a row with the same id stands in line 2"]
    assert reasons(without) == ["a row with the same id stands in line 1"]
    assert without.provenance.edition == "26_0_8"
    whole.write_text("1,2,3\n")
    with pytest.raises(VerbaleError, match="missing columns id, relid, year"):
        install("ucdp-events", file=whole, folder=tmp_path / "c")


TIV = """Volume of transfers of major arms
An empty field indicates that no deliveries have been identified.

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: 28 Sep 2026 9:10:08 AM

Supplier,2022,2023,2022-2023,Percentage,Sum total years,Percentage of total
Russia,430,0,430,63%,430,63%
Hamas (Palestine)*,,6,6,1.5%,6,1.5%
unknown supplier(s),1,x,38,1.5%,38,1.5%
Total exports to Iran,431,6,437,100%,437,
"""


def test_arms_totals_name_the_other_party_in_their_last_line(tmp_path: Path) -> None:
    done = install("sipri-totals", file=written(tmp_path, TIV, encoding="utf-8-sig"), folder=tmp_path / "data")
    assert [
        (one["source"], one["source_kind"], one["target"], one["year"], one["tiv"], one["line"]) for one in rows_of(done)
    ] == [
        ("RUS", "state", "IRN", 2022, 430.0, 8),
        ("RUS", "state", "IRN", 2023, 0.0, 8),
        (None, "armed group", "IRN", 2023, 6.0, 9),
        (None, "unknown", "IRN", 2022, 1.0, 10),
    ]
    assert done.provenance.left_out == {"no deliveries identified": 1}
    assert reasons(done) == ["tiv is 'x', not a number"]
    assert (done.provenance.edition, done.provenance.rows_in) == ("2026-09-28", 6)


def test_arms_totals_of_a_supplier_and_several_tables(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    written(folder, TIV, "a.csv")
    written(folder, "Recipient,2021,2022,Percentage\nIran,5,9,100%\nTotal exports from Russia,5,9,100%\n", "b.csv")
    done = install("sipri-totals", file=folder, folder=tmp_path / "data")
    assert [(one["source"], one["target"], one["tiv"]) for one in rows_of(done) if one["line"] == 2] == [("RUS", "IRN", 5.0)]
    assert len(done.rejections) == 2
    assert f"a row with the same Supplier, Recipient, year stands in {folder / 'a.csv'}, line 8" in reasons(done)


def test_the_register_of_september_2026_is_read(tmp_path: Path) -> None:
    names = [" " if column.endswith("?") else column for column in DATASETS["sipri-transfers"].header]
    names[names.index("Number delivered")] = "Deliveries in the Year Range"
    text = "Transfers of major conventional arms\n\nData generated: 28 Sep 2026 9:10:31 AM\n" + ",".join(names) + "\n"
    text += "African Union**,Israel,2017,,3,,Aerostar,drone,3,?,2018,New,For Somalia; financed by USA,0.1,0.3,0.3\n"
    text += "Hezbollah (Lebanon)*,Iran,2004,?,8,?,Fateh-110,missile,8,?,2004; 2005,New,,1.48,11.84,11.84\n"
    done = install("sipri-transfers", file=written(tmp_path, text), folder=tmp_path / "data")
    assert [(one["source"], one["target"], one["target_kind"], one["delivered"]) for one in rows_of(done)] == [
        ("ISR", "AFU", "organisation", 3),
        ("IRN", None, "armed group", 8),
    ]
    assert done.provenance.edition == "2026-09-28"


def test_our_own_instruments_are_there_without_an_install(tmp_path: Path) -> None:
    assert installed(folder=tmp_path) == []
    found = table("verbale-instruments", connect_memory(), folder=tmp_path).to_pyarrow().to_pylist()
    held = provenance("verbale-instruments", folder=tmp_path)
    assert (held.rows_in, held.rejected, held.rows_out) == (len(found), 0, len(found))
    assert {one["kind"] for one in found} == {"treaty", "war"}
    golestan = next(one for one in found if one["name"] == "Treaty of Golestan")
    assert (golestan["start"], golestan["precision"], golestan["parties"]) == (DAY(1813, 10, 24), "day", ["RUS", "IRN"])
    only_year = next(one for one in found if one["name"] == "Treaty of Zuhab")
    assert (only_year["start"], only_year["precision"]) == (DAY(1639, 1, 1), "year")
    assert all(bool(one["side1"]) == bool(one["side2"]) for one in found)
    source = DATASETS["verbale-instruments"].bundled
    assert source is not None
    lines = source.read_text(encoding="utf-8").splitlines()
    assert all(lines[one["line"] - 1].startswith((one["name"], f'"{one["name"]}')) for one in found)
    # another version of the list, as another version of the program brings along
    notes = notes_path("verbale-instruments", tmp_path).read_text(encoding="utf-8")
    assert held.source_sha256 in notes
    assert verify(folder=tmp_path) == {"verbale-instruments": None}
    assert "Named Treaties and Wars" in cite(["verbale-instruments"])
