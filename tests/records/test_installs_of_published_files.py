"""The published files, whole: exact counts, keys, and what the tidy tables give back of results that are known."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.records.record_samples import SHARED

from verbale.records import DATASETS, Installed, install

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the published files in ../shared/records")

# dataset, file, edition, rows in, rows out, rejected
FILES = [
    ("cow-states", "cow/states2016.csv", "2016", 243, 243, 0),
    ("cow-system", "cow/system2016.csv", "2016", 15_951, 15_951, 0),
    ("cow-majors", "cow/majors2016.csv", "2016", 14, 14, 0),
    ("cow-majors", "cow/majors2024.csv", "2024", 14, 14, 0),
    ("cow-mid-disputes", "cow/MIDA 5.0.csv", "5", 2_436, 2_436, 0),
    ("cow-mid-participants", "cow/MIDB 5.0.csv", "5", 5_883, 5_883, 0),
    ("cow-mid-incidents", "cow/MIDI 5.0.csv", "5", 4_483, 4_483, 0),
    ("cow-mid-incident-participants", "cow/MIDIP 5.0.csv", "5", 9_619, 9_617, 2),
    ("cow-wars", "cow/Inter-StateWarData_v4.0.csv", "4", 337, 337, 0),
    ("cow-dyadic-wars", "cow/directed_dyadic_war.csv", "*", 1_364, 1_364, 0),
    ("cow-extra-state-wars", "cow/Extra-StateWarData_v4.0.csv", "4", 198, 198, 0),
    ("cow-non-state-wars", "cow/Non-StateWarData_v4.0.csv", "4", 62, 62, 0),
    ("cow-intra-state-wars", "cow/INTRA-STATE WARS v5.1 CSV.csv", "5.1", 420, 420, 0),
    ("cow-alliances", "cow/alliance_v4.1_by_member.csv", "4.1", 1_221, 1_221, 0),
    ("cow-capabilities", "cow/NMC-60-abridged.csv", "2021", 15_951, 15_951, 0),
    ("cow-capabilities", "cow/NMC_5_0.csv.gz", "2011", 15_171, 15_171, 0),
    ("cow-contiguity", "cow/contdir.csv", "3.2", 847, 847, 0),
    ("cow-contiguity-years", "cow/contdird.csv.gz", "3.2", 82_498, 82_498, 0),
    ("cow-trade-national", "cow/National_COW_4.0.csv.gz", "4", 14_410, 14_410, 0),
    ("cow-diplomacy", "headers_only/Diplomatic_Exchange_2006v1_first_rows.csv", "*", 39, 39, 0),
    ("world-bank", "wb", "2018-10-18", 15_312, 9_119, 0),
    ("sipri-transfers", "sipri/trade-register.csv.gz", "2025-03-13", 29_515, 29_515, 0),
    ("ucdp-dyadic", "ucdp/Dyadic_v24_1.csv", "24.1", 3_357, 3_357, 0),
    ("us-visits", "state-visits", "*", 3_264, 3_264, 0),
    ("us-travels", "state-visits", "*", 4_271, 4_271, 0),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of every dataset, installed once; of two editions the later in the list."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, file, edition, rows_in, rows_out, rejected in FILES:
        done = install(name, file=SHARED / file, folder=folder)
        counts = done.provenance
        assert (counts.edition, counts.rows_in, counts.rows_out, counts.rejected) == (edition, rows_in, rows_out, rejected), (
            name
        )
        assert len(done.rejections) == rejected
        known = DATASETS[name].edition(edition)
        assert counts.as_published is (True if known and known.sha256 else None), name
        assert counts.rows_in == counts.rows_used + counts.rejected + sum(counts.left_out.values())
        found[name] = pq.read_table(done.path).to_pylist()
        assert len(found[name]) == rows_out
    return found


def test_every_row_of_a_state_has_a_code(rows: dict[str, list[dict[str, Any]]]) -> None:
    for name, table in rows.items():
        for column in ("code", "code1", "code2"):
            if table and column in table[0]:
                # the other side of an extra- or intra-state war may be no state: then it has no number either
                number = column.replace("code", "ccode")
                assert all(row[column] or row.get(number, 0) is None for row in table), (name, column)


def test_lines_lead_back_to_the_official_file(rows: dict[str, list[dict[str, Any]]]) -> None:
    lines = (SHARED / "cow" / "MIDB 5.0.csv").read_text(encoding="ascii").splitlines()
    for row in rows["cow-mid-participants"][::500]:
        fields = next(csv.reader([lines[row["line"] - 1]]))
        assert (fields[0], fields[2]) == (str(row["dispnum"]), str(row["ccode"]))


def test_participants_give_the_published_dispute_dyad_years(rows: dict[str, list[dict[str, Any]]]) -> None:
    by_dispute = defaultdict(list)
    for row in rows["cow-mid-participants"]:
        by_dispute[row["dispnum"]].append(row)
    found: set[tuple[int, int, int, int]] = set()
    for dispute, states in by_dispute.items():
        for one in states:
            for other in states:
                first, last = max(one["start"], other["start"]), min(one["end"], other["end"])
                if one["sidea"] != other["sidea"] and first <= last:
                    years = range(first.year, last.year + 1)
                    found.update((dispute, one["ccode"], other["ccode"], year) for year in years)
    assert len(found) == 11_390


def test_missing_codes_are_null_not_numbers(rows: dict[str, list[dict[str, Any]]]) -> None:
    disputes, participants = rows["cow-mid-disputes"], rows["cow-mid-participants"]
    assert sum(row["fatality"] is None for row in disputes) == 268
    assert sum(row["fatality"] is None for row in participants) == 599
    assert sum(row["fatalpre"] is None for row in participants) == 1_430
    assert min(row["hiact"] for row in participants) == 0
    assert sum(row["milex"] is None for row in rows["cow-capabilities"]) > 0
    assert min(row["milex"] for row in rows["cow-capabilities"] if row["milex"] is not None) >= 0
    assert sum(row["precision"] == "month" for row in participants) >= 596


def test_the_rejected_incidents_end_before_they_begin(folder: Path) -> None:
    done = install("cow-mid-incident-participants", file=SHARED / "cow" / "MIDIP 5.0.csv", folder=folder)
    assert [one.parts["reason"] for one in done.rejections] == ["it ends (1997-10-03) before it begins (1997-10-10)"] * 2
    assert [one.parts["line"] for one in done.rejections] == ["3442", "3443"]


def test_wars(rows: dict[str, list[dict[str, Any]]]) -> None:
    wars = rows["cow-wars"]
    assert len({row["warnum"] for row in wars}) == 95
    assert sum(row["start2"] is not None for row in wars) == 19
    assert sum(row["batdeath"] is None for row in wars) == 1
    spanish = next(row for row in wars if row["warnum"] == 1 and row["code"] == "ESP")
    assert (spanish["start"], spanish["end"]) == (datetime.date(1823, 4, 7), datetime.date(1823, 11, 13))
    assert (spanish["warname"], spanish["side"], spanish["initiator"]) == ("Franco-Spanish War", 2, False)
    # the misprinted dates of 1918
    dyadic = [row for row in rows["cow-dyadic-wars"] if {row["code1"], row["code2"]} == {"USA", "AUH"}]
    assert {(row["warstart"], row["warend"]) for row in dyadic} == {(datetime.date(1918, 10, 24), datetime.date(1918, 11, 3))}
    assert max(row["warend"].year for row in rows["cow-dyadic-wars"]) == 2003


def test_wars_with_other_parties(rows: dict[str, list[dict[str, Any]]]) -> None:
    extra, non, intra = (rows[f"cow-{kind}-state-wars"] for kind in ("extra", "non", "intra"))
    assert (len({row["warnum"] for row in extra}), sum(row["code1"] is not None for row in extra)) == (163, 194)
    umbeyla = next(row for row in extra if row["warnum"] == 357)
    assert (umbeyla["code1"], umbeyla["code2"], umbeyla["sideb"]) == ("GBR", None, "Pathan tribe")
    assert [sum(row["precision"] == kind for row in extra) for kind in ("day", "month", "year")] == [136, 45, 17]
    maori = next(row for row in non if row["warnum"] == 1500)
    assert (maori["sidea"], maori["precision"]) == (["Te Rauparaha's Ngati Toa"], "year")
    assert maori["sideb"] == ["Taranaki", "Ngai Tahu", "Waikato", "Ngati Ira", "Rangitikei"]
    assert sum(row["deaths"] == 4_000 for row in non) == 3  # printed 4,000 in one of these rows
    assert (sum(row["start2"] is not None for row in intra), sum(row["start4"] is not None for row in intra)) == (31, 1)
    assert sum(row["end"] is None for row in intra) == 12
    assert sum(row["code"] is None for row in intra) == sum(row["ccode"] is None for row in intra) == 41
    assert {row["warnum"] for row in intra if row["warname"].startswith("Ali Pasha")} == {502.1}


def test_alliances_in_force_have_no_end(rows: dict[str, list[dict[str, Any]]]) -> None:
    members = rows["cow-alliances"]
    assert len({row["version4id"] for row in members}) == 414
    assert sum(row["end"] is None for row in members) == 359
    assert all(row["right_censor"] for row in members if row["end"] is None)


def test_contiguity_is_the_same_from_both_sides(rows: dict[str, list[dict[str, Any]]]) -> None:
    pairs = {(row["ccode1"], row["ccode2"], row["year"], row["conttype"]) for row in rows["cow-contiguity-years"]}
    assert len(pairs) == 82_498
    assert {(second, first, year, kind) for first, second, year, kind in pairs} == pairs
    from_spells = {
        (row["ccode1"], row["ccode2"], year, row["conttype"])
        for row in rows["cow-contiguity"]
        for year in range(row["start"].year, row["end"].year + 1)
    }
    assert from_spells == {pair for pair in pairs if pair[0] < pair[1]}


def test_values_of_the_world_bank_are_those_of_states(rows: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    values = {(row["code"], row["year"]): row["value"] for row in rows["world-bank"]}
    assert round(values["ZMB", 1960], 3) == 234.166
    assert not {"WLD", "ARB", "EUU", "ABW"} & {code for code, _ in values}
    assert {row["indicator"] for row in rows["world-bank"]} == {"NY.GDP.PCAP.CD"}
    done = install("world-bank", file=SHARED / "wb", folder=folder)
    assert done.provenance.left_out == {"a group of countries or a territory": 3_770, "no value": 2_423}
    assert (done.provenance.first_year, done.provenance.last_year) == (1960, 2017)


def test_the_trade_register_with_all_its_traps(rows: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    register = rows["sipri-transfers"]
    broken = [row for row in register if row["weapon"] in ("BTR-3", "Hermes-900") and row["target"] in ("THA", "UNO")]
    assert {
        (row["recipient"], row["supplier"], row["year"], row["tiv_delivered"], tuple(row["delivery_years"])) for row in broken
    } >= {
        ("Thailand", "Ukraine", 2008, 3.25, (2010, 2012)),
        ("United Nations**", "Israel", 2015, 9.0, (2016,)),
    }
    assert sum(len(row["delivery_years"]) > 1 for row in register) == 13_203
    assert sum(not row["delivery_years"] for row in register) == 1_166
    assert sum(row["ordered"] is None for row in register) == 280
    assert sum(row["year_uncertain"] for row in register) == 15_581
    assert {row["target_kind"] for row in register} == {"state", "organisation", "armed group", "unknown"}
    assert all(row["source"] for row in register if row["source_kind"] in ("state", "organisation"))
    assert all(row["target"] for row in register if row["target_kind"] in ("state", "organisation"))
    assert any("é" in (row["comments"] or "") + row["weapon"] for row in register)
    done = install("sipri-transfers", file=SHARED / "sipri" / "trade-register.csv.gz", folder=folder)
    assert done.provenance.repeated == 10
    assert (done.provenance.uncoded["unknown supplier(s)"], done.provenance.uncoded["Hezbollah (Lebanon)*"]) == (290, 19)
    assert (done.provenance.first_year, done.provenance.last_year) == (min(row["year"] for row in register), 2024)


def test_the_register_without_preamble_is_read_too(tmp_path: Path) -> None:
    file = SHARED / "sipri" / "trade-register_bom_noheaderlines_first300.csv"
    counts = install("sipri-transfers", file=file, folder=tmp_path).provenance
    assert (counts.rows_in, counts.rows_out, counts.rejected, counts.edition) == (300, 300, 0, "*")


def test_cells_that_list_several_states(rows: dict[str, list[dict[str, Any]]]) -> None:
    several = {tuple(row["side_a_codes"]) for row in rows["ucdp-dyadic"] if len(row["side_a_codes"]) > 1}
    assert several == {("EGY", "IRQ", "JOR", "LBN", "SYR"), ("AUS", "GBR", "USA")}
    assert sum(not row["side_b_codes"] for row in rows["ucdp-dyadic"]) == 3_214
    hyderabad = [row for row in rows["ucdp-dyadic"] if "Hyderabad" in row["side_b"] or "Hyderabad" in row["side_a"]]
    assert hyderabad


def test_visits_and_travels_have_codes_of_their_time(rows: dict[str, list[dict[str, Any]]]) -> None:
    assert [row["country"] for row in rows["us-visits"] if row["source"] is None] == []
    assert [row["country"] for row in rows["us-travels"] if row["target"] is None] == ["Antarctica"]
    moscow = next(row for row in rows["us-travels"] if row["traveller"].startswith("Henry A.") and row["locale"] == "Moscow")
    assert (moscow["target"], moscow["start"], moscow["country"]) == ("RUS", datetime.date(1973, 10, 20), "U.S.S.R.")
    yugoslavia = {(row["target"], row["year"] >= 1992) for row in rows["us-travels"] if row["country"] == "Yugoslavia"}
    assert yugoslavia <= {("YUG", False), ("SRB", True)}
    taiwan = {row["source"] for row in rows["us-visits"] if row["country"] in ("Republic of China", "China, Republic of")}
    assert taiwan == {"TWN", "CHN"}
    assert min(row["year"] for row in rows["us-visits"]) == 1874


def test_votes_of_the_first_sessions_are_all_there(tmp_path: Path) -> None:
    with gzip.open(SHARED / "un" / "UNVotesPublished.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        text = "".join(line for _, line in zip(range(60_001), stream, strict=False))
    file = tmp_path / "UNVotesPublished.csv"
    file.write_text(text, encoding="utf-8", newline="")
    published = list(csv.DictReader(io.StringIO(text, newline="")))
    members = [row for row in published if row["vote"] != "9"]
    done = install("un-votes", file=file, folder=tmp_path / "data")
    counts = done.provenance
    assert (counts.rows_in, counts.rows_out, counts.rejected) == (60_000, len(members), 0)
    assert counts.left_out == {"not a member (vote 9)": 60_000 - len(members)}
    table = pq.read_table(done.path).to_pylist()
    labels = {"1": "yes", "2": "abstain", "3": "no", "8": "absent"}
    assert [row["vote"] for row in table] == [labels[row["vote"]] for row in members]
    assert {row["code"] for row in table if row["ccode"] == 713 and row["year"] < 1950} == {"CHN"}
    assert {row["code"] for row in table if row["ccode"] == 713 and row["year"] > 1949} == {"TWN"}
    assert {row["code"] for row in table if row["ccode"] == 369} == {"UKR"}
    assert (counts.first_year, table[0]["date"]) == (1946, datetime.date(1946, 1, 1))


def test_the_same_file_gives_the_same_table(tmp_path: Path) -> None:
    def table(done: Installed) -> Any:
        return pq.read_table(done.path)

    one = install("cow-contiguity", file=SHARED / "cow" / "contdir.csv", folder=tmp_path / "a")
    other = install("cow-contiguity", file=SHARED / "cow" / "contdir.csv", folder=tmp_path / "b")
    assert table(one).equals(table(other))
    assert one.provenance.source_sha256 == other.provenance.source_sha256
