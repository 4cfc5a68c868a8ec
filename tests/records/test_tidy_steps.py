"""The tidy step of each dataset on small files built in code under the official headers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.records.record_samples import official_file

from verbale.records import DATASETS, Installed, install
from verbale.records.datasets.sipri_transfers import HEADER as SIPRI_HEADER
from verbale.records.names import code_of_name

DAY = datetime.date


def take(name: str, tmp_path: Path, *rows: Mapping[str, object], **change: object) -> tuple[Installed, list[dict[str, Any]]]:
    file = official_file(tmp_path, name, [{**row, **change} for row in rows])
    done = install(name, file=file, folder=tmp_path / "data", partial=True)
    return done, pq.read_table(done.path).to_pylist()


def test_every_dataset_is_described_and_takes_its_own_header(tmp_path: Path) -> None:
    for name, dataset in DATASETS.items():
        assert dataset.name == name
        for text in (dataset.title, dataset.home, dataset.terms, dataset.by_hand or dataset.addresses, *dataset.files):
            assert text, name
        assert dataset.home.startswith(("https://", "http://")) or dataset.bundled, name
        assert dataset.years[0] < dataset.years[1], name
        assert set(dataset.key) <= set(dataset.header), name
        assert all(column.meaning for column in dataset.columns), name
        assert len(set(dataset.schema.names)) == len(dataset.columns) + 1, name
        assert len(set(dataset.header)) == len(dataset.header), name


def test_no_two_datasets_take_the_same_columns() -> None:
    # the events of UCDP stand in two datasets on purpose: in their own columns, and in those of our events
    headers = [frozenset(dataset.header) for name, dataset in DATASETS.items() if name != "ged-events"]
    assert len(set(headers)) == len(headers)


@pytest.mark.parametrize(
    ("dates", "start", "end", "precision"),
    [
        ((7, 2, 1900, 9, 3, 1900), DAY(1900, 2, 7), DAY(1900, 3, 9), "day"),
        ((-9, 2, 1900, 9, 3, 1900), DAY(1900, 2, 1), DAY(1900, 3, 9), "month"),
        ((7, 2, 1904, -9, 2, 1904), DAY(1904, 2, 7), DAY(1904, 2, 29), "month"),
        ((-9, -9, 1904, -9, -9, 1905), DAY(1904, 1, 1), DAY(1905, 12, 31), "year"),
    ],
)
def test_unknown_days_widen_a_dispute(
    tmp_path: Path, dates: tuple[int, ...], start: datetime.date, end: datetime.date, precision: str
) -> None:
    names = ("stday", "stmon", "styear", "endday", "endmon", "endyear")
    row = {"dispnum": 1, "stabb": "YUG", "ccode": 345, "sidea": 1, "revstate": 1, "orig": 1, "fatality": -9, "version": 5}
    _, (one,) = take("cow-mid-participants", tmp_path, {**row, **dict(zip(names, dates, strict=True))})
    assert (one["start"], one["end"], one["precision"]) == (start, end, precision)
    assert (one["code"], one["ccode"], one["fatality"], one["sidea"]) == ("SRB", 345, None, True)


def test_a_membership_that_goes_on_is_told_by_its_last_day(tmp_path: Path) -> None:
    days = {"styear": 1990, "stmonth": 10, "stday": 3, "endmonth": 12, "endday": 31}
    rows = [
        {**days, "stateabb": "GMY", "ccode": 255, "statenme": "Germany", "endyear": 2024},
        {**days, "stateabb": "YPR", "ccode": 680, "statenme": "Yemen", "endyear": 2000},
    ]
    done, (germany, yemen) = take("cow-states", tmp_path, *rows, version=2024)
    assert (germany["ongoing"], germany["code"], yemen["ongoing"], yemen["code"]) == (True, "DEU", False, "YMD")
    assert (done.provenance.edition, done.provenance.last_year) == ("2024", 2024)


def test_a_second_spell_in_a_war_is_kept(tmp_path: Path) -> None:
    row = {"WarNum": 9, "WarName": " Made-up  War ", "WarType": 1, "ccode": 200, "StateName": "United Kingdom", "Side": 1,
           "StartMonth1": 3, "StartDay1": 1, "StartYear1": 1900, "EndMonth1": 4, "EndDay1": 2, "EndYear1": 1900,
           "StartMonth2": 6, "StartDay2": 1, "StartYear2": 1900, "EndMonth2": 7, "EndDay2": 2, "EndYear2": 1900,
           "TransFrom": "404, 410", "WhereFought": 2, "Initiator": 2, "Outcome": 1, "TransTo": -8, "BatDeath": -9,
           "Version": 4}  # fmt: skip
    done, (one,) = take("cow-wars", tmp_path, row)
    assert (one["warname"], one["start2"], one["end2"]) == ("Made-up War", DAY(1900, 6, 1), DAY(1900, 7, 2))
    assert (one["transfrom"], one["transto"], one["batdeath"], one["initiator"]) == ("404, 410", None, None, False)
    done, rows = take("cow-wars", tmp_path, row, {**row, "ccode": 220, "Initiator": 3})
    assert [one.parts["reason"] for one in done.rejections] == ["Initiator is 3; allowed are 1 and 2"]
    assert len(rows) == 1


def test_an_alliance_without_an_end_is_in_force(tmp_path: Path) -> None:
    row = {"version4id": 1, "ccode": 200, "state_name": "United Kingdom", "ss_type": "Type III: Entente", "version": 4.1,
           "mem_st_year": 1900, "mem_st_month": 1, "mem_st_day": 2, "left_censor": 0, "right_censor": 1,
           "defense": 0, "neutrality": 1, "nonaggression": "", "entente": 1}  # fmt: skip
    _, (one,) = take("cow-alliances", tmp_path, row)
    assert (one["start"], one["end"], one["precision"]) == (DAY(1900, 1, 2), None, "day")
    assert (one["defense"], one["neutrality"], one["nonaggression"]) == (False, True, None)


def test_months_of_contiguity(tmp_path: Path) -> None:
    row = {"dyad": 2020, "statelno": 2, "statehno": 20, "conttype": 1, "begin": 192001, "end": 201612, "version": 3.2}
    done, rows = take("cow-contiguity", tmp_path, row, {**row, "begin": 195013}, {**row, "begin": 195001, "conttype": 6})
    assert [(one["start"], one["end"], one["ongoing"]) for one in rows] == [(DAY(1920, 1, 1), DAY(2016, 12, 31), True)]
    assert [one.parts["reason"] for one in done.rejections] == [
        "begin is '195013', not a month YYYYMM",
        "conttype is 6; allowed are 1 to 5",
    ]


def test_capabilities_keep_a_missing_value_missing(tmp_path: Path) -> None:
    row = {"ccode": 365, "year": 1950, "milex": -9, "milper": 4300, "irst": 0, "pec": 1, "tpop": 2, "upop": 3, "cinc": ".18"}
    done, (one,) = take("cow-capabilities", tmp_path, row, version=2021)
    assert (one["code"], one["milex"], one["irst"], one["cinc"]) == ("RUS", None, 0.0, 0.18)
    done, _ = take("cow-capabilities", tmp_path, {**row, "year": 2015}, version=2099)  # an edition that is not known to us
    assert (done.provenance.edition, done.provenance.first_year, done.provenance.last_year) == ("2099", 2015, 2015)


def test_trade_keeps_a_missing_flow_missing(tmp_path: Path) -> None:
    row = {"ccode1": 2, "ccode2": 345, "year": 1920, "flow1": 1.5, "flow2": "-9.0", "smoothflow1": -9, "smoothflow2": 0}
    _, (one,) = take("cow-trade", tmp_path, row, version=4)
    assert (one["code1"], one["code2"]) == ("USA", "YUG")
    assert [one[name] for name in ("flow1", "flow2", "smoothflow1", "smoothflow2")] == [1.5, None, None, 0.0]


def test_missions_have_ranks(tmp_path: Path) -> None:
    row = {"ccode1": 2, "ccode2": 200, "year": 1900, "DR_at_1": 3, "DR_at_2": 9, "DE": 1, "version": "2006.0999755859375"}
    done, (one,) = take("cow-diplomacy", tmp_path, row, {**row, "year": 1905, "DR_at_1": 4})
    assert (one["DR_at_1"], one["DR_at_2"], one["DE"]) == (3, 9, True)
    assert [one.parts["reason"] for one in done.rejections] == ["DR_at_1 is 4; allowed are 0, 1, 2, 3 and 9"]


def test_several_indicators_stand_in_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "wb"
    folder.mkdir()
    for code, value in (("A.B", "1.5"), ("C.D", "x")):
        lines = ['"Data Source","World Development Indicators",', "", '"Last Updated Date","2026-01-28",', ""]
        lines += ['"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",']
        lines += [f'"Iran, Islamic Rep.","IRN","Of it","{code}","{value}","",', f'"World","WLD","Of it","{code}","9","9",']
        (folder / f"API_{code}_DS2.csv").write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "Metadata_Country.csv").write_text('"Country Code","Region",\n"IRN","Middle East",\n')
    done = install("world-bank", file=folder, folder=tmp_path / "data")
    rows = pq.read_table(done.path).to_pylist()
    assert [(row["code"], row["year"], row["indicator"], row["value"]) for row in rows] == [("IRN", 1960, "A.B", 1.5)]
    counts = done.provenance
    assert (counts.edition, counts.rows_in, counts.rejected) == ("2026-01-28", 8, 1)
    assert counts.left_out == {"a group of countries or a territory": 4, "no value": 2}
    assert done.rejections[0].parts["reason"] == "value is 'x', not a number"


def sipri_line(**fields: object) -> str:
    known = {"Recipient": "Iran", "Supplier": "Soviet Union", "Year of order": 1989, "Number ordered": 20,
             "Weapon designation": "MiG-29", "Weapon description": "fighter", "Number delivered": 20,
             "Year(s) of delivery": "1990; 1991", "status": "New", "SIPRI TIV per unit": 12.5,
             "SIPRI TIV of delivered weapons": 250}  # fmt: skip
    return ",".join(str({**known, **fields}.get(column, "")) for column in SIPRI_HEADER)


def register(
    tmp_path: Path, *lines: str, preamble: str = "Transfers\n\nData generated: 3 Feb 2026 10:02:49 AM\n", **rename: str
) -> Path:
    header = ",".join(" " if column.endswith("?") else rename.get(column.replace(" ", "_"), column) for column in SIPRI_HEADER)
    path = tmp_path / "trade-register.csv"
    path.write_bytes((preamble + header + "\n" + "\n".join(lines) + "\n").encode("latin-1"))
    return path


def test_a_register_with_broken_records(tmp_path: Path) -> None:
    whole, second = sipri_line(Comments='Ä; "quoted"'), sipri_line(**{"Year of order": 1990, "Comments": "one two"})
    lines = [
        whole,
        second.replace("one two", "one\ntwo"),
        sipri_line(**{"Recipient": "ANC (South Africa)*"}),
        "Iran,half",
        whole,
    ]
    done = install("sipri-transfers", file=register(tmp_path, *lines), folder=tmp_path / "data")
    rows = pq.read_table(done.path).to_pylist()
    counts = done.provenance
    assert (counts.edition, counts.rows_in, counts.rows_out, counts.rejected, counts.repeated) == ("2026-02-03", 5, 4, 1, 1)
    assert [row["line"] for row in rows] == [5, 6, 8, 10]
    assert "line 9: it has 2 fields; the header has 16" in done.rejections[0].reason
    assert [row["comments"] for row in rows[:2]] == ['Ä; "quoted"', "one two"]
    assert (rows[0]["source"], rows[0]["target"], rows[0]["delivery_years"]) == ("RUS", "IRN", [1990, 1991])
    assert (rows[2]["target"], rows[2]["target_kind"], counts.uncoded) == (None, "armed group", {"ANC (South Africa)*": 1})


def test_the_newer_export_calls_a_column_otherwise(tmp_path: Path) -> None:
    file = register(tmp_path, sipri_line(), preamble="", Number_delivered="Deliveries in the Year Range")
    done = install("sipri-transfers", file=file, folder=tmp_path / "data")
    assert pq.read_table(done.path).to_pylist()[0]["delivered"] == 20
    assert done.provenance.edition == "*"


def test_years_of_delivery_must_be_years(tmp_path: Path) -> None:
    lines = [sipri_line(), sipri_line(**{"Year(s) of delivery": "1990-91"})]
    done = install("sipri-transfers", file=register(tmp_path, *lines), folder=tmp_path / "data")
    assert [one.parts["reason"] for one in done.rejections] == ["Year(s) of delivery is '1990-91', not years divided by '; '"]


def test_votes_leave_out_states_that_were_no_members(tmp_path: Path) -> None:
    row = {"rcid": 3, "session": 1, "member": 1, "importantvote": 0, "date": "1/31/1946", "unres": "R/1/66", "me": 0, "nu": 0,
           "di": 0, "hr": 0, "co": 1, "ec": '0\\"', "year": "1946.0"}  # fmt: skip
    rows = [{**row, "ccode": ccode, "vote": vote} for ccode, vote in ((2, 1), (31, 9), (713, 3), (365, 8), (200, 2), (220, 7))]
    done, found = take("un-votes", tmp_path, *rows)
    assert [(one["code"], one["vote"]) for one in found] == [
        ("USA", "yes"),
        ("CHN", "no"),
        ("RUS", "absent"),
        ("GBR", "abstain"),
    ]
    assert done.provenance.left_out == {"not a member (vote 9)": 1}
    assert [one.parts["reason"] for one in done.rejections] == ["vote is 7; allowed are 1, 2, 3, 8 and 9"]
    assert (found[0]["date"], found[0]["ec"], found[0]["co"]) == (DAY(1946, 1, 31), False, True)
    done, found = take("un-votes", tmp_path, {**row, "ccode": 2, "vote": 1}, date="", importantvote="")
    assert (found[0]["date"], found[0]["important"]) == (None, None)


def test_votes_of_the_library(tmp_path: Path) -> None:
    row = {"undl_id": 1, "ms_name": "X", "ms_vote": "Y", "date": "1960-10-27", "session": "15", "total_yes": "120.0"}
    rows = [{**row, "ms_code": code} for code in ("IRN", "SUN", "YUG", "DDR", "QQQ")]
    done, found = take("un-votes-library", tmp_path, *rows, {**row, "ms_code": "FRA", "ms_vote": "?"})
    assert [one["code"] for one in found] == ["IRN", "RUS", "YUG", "DDR", None]
    assert (found[0]["year"], found[0]["vote"], found[0]["total_yes"], found[0]["total_no"]) == (1960, "yes", 120, None)
    assert done.provenance.uncoded == {"X": 1}
    assert "ms_vote is '?'" in done.rejections[0].reason


def test_the_libraries_older_edition_lacks_a_column(tmp_path: Path) -> None:
    header = [column for column in DATASETS["un-votes-library"].header if column != "vote_note"]
    file = tmp_path / "2025_03_31_ga_voting.csv"
    cells = {"undl_id": "1", "ms_code": "IRN", "ms_name": "IRAN", "ms_vote": "A", "date": "2023-10-27"}
    file.write_text(",".join(header) + "\n" + ",".join(cells.get(column, "") for column in header) + "\n")
    assert install("un-votes-library", file=file, folder=tmp_path / "data").provenance.rows_out == 1


def test_events_of_violence(tmp_path: Path) -> None:
    row = {"id": 1, "year": 1991, "type_of_violence": 1, "conflict_new_id": 5, "dyad_new_id": 6, "side_a": "Government of Iraq",
           "side_b": "Government of Kuwait", "gwnoa": 645, "gwnob": 690, "country": "Kuwait", "country_id": 690,
           "date_start": "1991-01-17 00:00:00.000", "date_end": "1991-01-18", "date_prec": 2, "latitude": "29.3",
           "longitude": 47.9, "where_prec": 1, "deaths_a": 1, "deaths_b": 2, "deaths_civilians": 0, "deaths_unknown": 0,
           "best": 3, "high": 4, "low": 3}  # fmt: skip
    rows = [row, {**row, "id": 2, "gwnob": ""}, {**row, "id": 3, "date_end": "1990-01-01"}, {**row, "id": 4, "gwnoa": "x"}]
    done, found = take("ucdp-events", tmp_path, *rows)
    assert [(one["side_a_code"], one["side_b_code"], one["country_code"]) for one in found] == [
        ("IRQ", "KWT", "KWT"),
        ("IRQ", None, "KWT"),
    ]
    assert (found[0]["start"], found[0]["end"], found[0]["latitude"], found[0]["best"]) == (
        DAY(1991, 1, 17),
        DAY(1991, 1, 18),
        29.3,
        3,
    )
    assert [one.parts["reason"] for one in done.rejections] == [
        "it ends (1990-01-01) before it begins (1991-01-17)",
        "gwnoa holds 'x', not a number",
    ]


def test_a_list_of_states_in_one_cell(tmp_path: Path) -> None:
    row = {"dyad_id": 1, "conflict_id": 2, "location": "A, B", "side_a": "Governments", "side_b": "A group", "year": 1948,
           "incompatibility": 1, "intensity_level": 1, "type_of_conflict": 2, "start_date": "1948-05-15", "start_prec": 1,
           "start_date2": "1948-05-15", "start_prec2": 1, "gwno_a": "651,  645,  260", "gwno_loc": "751", "region": "2, 3",
           "version": 25.1}  # fmt: skip
    _, (one,) = take("ucdp-dyadic", tmp_path, row)
    assert (one["side_a_codes"], one["side_b_codes"], one["location_codes"]) == (["EGY", "IRQ", "DEU"], [], ["IND"])


@pytest.mark.parametrize(
    ("dataset", "name", "year", "code"),
    [
        ("sipri-transfers", "Viet Nam", 1980, "VNM"),
        ("sipri-transfers", "Yugoslavia", 1985, "YUG"),
        ("sipri-transfers", "Yugoslavia", 2000, "SRB"),
        ("sipri-transfers", "Congo", 1965, "COG"),
        ("sipri-transfers", "DR Congo", 1965, "COD"),
        ("sipri-transfers", "Cote d'Ivoire", 1970, "CIV"),
        ("sipri-transfers", "Turkiye", 1970, "TUR"),
        ("sipri-transfers", "NATO**", 1990, "NATO"),
        ("sipri-transfers", "Contras (Nicaragua)*", 1985, None),
        ("us-visits", "holy-see", 1960, "VAT"),
        ("us-visits", "russia", 1950, "RUS"),
        ("us-visits", "antarctica", 2016, None),
        ("us-visits", "st-lucia", 1990, "LCA"),
        ("us-visits", "atlantis", 1990, None),
    ],
)
def test_names_have_codes_of_their_year(dataset: str, name: str, year: int, code: str | None) -> None:
    assert code_of_name(dataset, name, year) == code
