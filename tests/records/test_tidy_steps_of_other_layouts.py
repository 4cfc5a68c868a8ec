"""The tidy steps of wide, nested, headerless and incompletely documented files, on small files built in code."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.records.record_samples import official_file, zip_file

from verbale.core import VerbaleError
from verbale.records import DATASETS, Installed, install

DAY = datetime.date


def take(name: str, file: Path, tmp_path: Path) -> tuple[Installed, list[dict[str, Any]]]:
    done = install(name, file=file, folder=tmp_path / "data", partial=True)
    return done, pq.read_table(done.path).to_pylist()


def rows_of(name: str, tmp_path: Path, *rows: Mapping[str, object]) -> tuple[Installed, list[dict[str, Any]]]:
    return take(name, official_file(tmp_path, name, rows), tmp_path)


def written(path: Path, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode(encoding))
    return path


DYAD = {"disno": 89, "dyindex": 89.001, "statea": 220, "stateb": 230, "strtday": -9, "strtmnth": 4, "strtyr": 1823,
        "endday": 30, "endmnth": 9, "endyear": 1823, "year": 1823, "outcome": 1, "hihost": 5, "fatlev": -9, "sideaa": 1,
        "sideab": 0, "hihosta": 4, "hihostb": 5, "rolea": 1, "dyad_roleb": 3}  # fmt: skip


def test_dyadic_disputes_are_found_by_the_names_of_their_columns(tmp_path: Path) -> None:
    header = [*reversed(DATASETS["cow-mid-dyads"].header), "abbreva", "newar"]
    cells = [DYAD.get(column, "") for column in header]
    file = written(tmp_path / "dyadic_mid_4.03.csv", ",".join(header), ",".join(map(str, cells)))
    done, (one,) = take("cow-mid-dyads", file, tmp_path)
    assert (one["dispnum"], one["code1"], one["code2"], one["year"], one["fatlev"]) == (89, "FRA", "ESP", 1823, None)
    assert (one["start"], one["end"], one["precision"]) == (DAY(1823, 4, 1), DAY(1823, 9, 30), "month")
    assert (one["hihosta"], one["hihostb"], one["dyad_roleb"], one["durindx"]) == (4, 5, 3, None)
    assert done.provenance.unlisted == ("abbreva", "newar")


def test_a_column_that_all_editions_have_may_not_be_missing(tmp_path: Path) -> None:
    header = [column for column in DATASETS["cow-mid-dyads"].header if column not in ("hihosta", "durindx")]
    file = written(tmp_path / "x.csv", ",".join(header))
    with pytest.raises(VerbaleError, match=r"missing columns hihosta; take") as caught:
        take("cow-mid-dyads", file, tmp_path)
    assert caught.value.code == "record-columns"


ALLIED = {"version4id": 1, "ccode1": 200, "state_name1": "United Kingdom", "ccode2": 235, "state_name2": "Portugal",
          "dyad_st_day": 1, "dyad_st_month": 1, "dyad_st_year": 1816, "left_censor": 1, "right_censor": 1, "defense": 1,
          "neutrality": 0, "nonaggression": 1, "entente": 0, "version": 4.1}  # fmt: skip


def test_alliances_by_pairs_keep_and_count_identical_rows(tmp_path: Path) -> None:
    for name in ("cow-alliances-dyads", "cow-alliances-dyad-years", "cow-alliances-directed", "cow-alliances-directed-years"):
        extra = {"year": 1900} if name.endswith("years") else {}
        extra |= {"asymmetric": 0} if "asymmetric" in DATASETS[name].header else {}
        done, found = rows_of(name, tmp_path, {**ALLIED, **extra}, {**ALLIED, **extra}, {**ALLIED, **extra, "ccode2": 220})
        assert (done.provenance.rows_out, done.provenance.repeated, done.provenance.rejected) == (3, 1, 0), name
        assert (found[0]["code1"], found[0]["code2"], found[0]["start"], found[0]["end"]) == (
            "GBR",
            "PRT",
            DAY(1816, 1, 1),
            None,
        )
        assert found[0].get("year", 1900) == 1900
        assert found[0].get("asymmetric", False) is False


def test_each_form_of_the_alliances_is_found_in_the_one_zip(tmp_path: Path) -> None:
    names = [name for name in DATASETS if name.startswith("cow-alliances")]
    members = {f"version4.1_csv/{DATASETS[name].files[0]}": ",".join(DATASETS[name].header).encode() for name in names}
    archive = zip_file(tmp_path / "version4.1_csv.zip", members)
    for name in names:
        with pytest.raises(VerbaleError, match="it holds no rows"):
            take(name, archive, tmp_path)
    with pytest.raises(VerbaleError, match="it has the columns of cow-alliances-dyads"):
        take("cow-alliances-directed", official_file(tmp_path, "cow-alliances-dyads", [ALLIED]), tmp_path)


def test_member_years_of_alliances(tmp_path: Path) -> None:
    row = {"version4id": 1, "ccode": 345, "mem_st_day": 1, "mem_st_month": 6, "mem_st_year": 1912, "mem_end_year": 1913,
           "left_censor": 0, "right_censor": 0, "defense": 1, "year": 1913, "version": 4.1}  # fmt: skip
    _, (one,) = rows_of("cow-alliances-member-years", tmp_path, row)
    assert (one["code"], one["year"], one["end"], one["precision"]) == ("SRB", 1913, DAY(1913, 12, 31), "year")


def test_capabilities_with_sources_lie_in_a_zip_within_a_zip(tmp_path: Path) -> None:
    row = {"statenme": "Iran", "stateabb": "IRN", "ccode": 630, "year": 2020, "milex": -9, "milexnote": "  Not  told é ",
           "pecqualitycode": "B", "upopgrowth": ".02", "cinc": 0.01, "version": 2022}  # fmt: skip
    full = official_file(tmp_path, "cow-capabilities-sources", [row]).read_text().encode("cp1252")
    short = ",".join(DATASETS["cow-capabilities"].header).encode() + b"\nIRN,630,2020,5,4,3,2,1,1,.01,2022\n"
    inner = {
        "NMCv7/NMC-v7-supplemental.zip": zip_file(tmp_path / "a.zip", {"NMC-70-wsupplementary.csv": full}).read_bytes(),
        "NMCv7/NMC-v7-abridged.zip": zip_file(tmp_path / "b.zip", {"NMC-70-abridged.csv": short}).read_bytes(),
        "NMCv7/NMC_Codebook.pdf": b"%PDF-1.7 \x00",
    }
    archive = zip_file(tmp_path / "NMCv7.zip", inner)
    done, (one,) = take("cow-capabilities-sources", archive, tmp_path)
    assert (one["code"], one["milex"], one["milexnote"], one["pecqualitycode"]) == ("IRN", None, "Not told é", "B")
    assert (one["upopgrowth"], one["upopgrowthsource"], done.provenance.members) == (0.02, None, ("NMC-70-wsupplementary.csv",))
    _, (one,) = take("cow-capabilities", archive, tmp_path)
    assert (one["milex"], one["cinc"]) == (5.0, 0.01)


IGO = "ccode,year,state,AAAID,AACB,ASEAN,EU"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_memberships_of_a_state(tmp_path: Path, end: str) -> None:
    lines = [IGO, "2,1950,usa,1,2,3,1", "20,1950,can,-1,0,-9,", "365,1950,rus,3,0,0,0"]
    done, found = take("cow-igo-states", written(tmp_path / "state_year_formatv3.csv", *lines, end=end), tmp_path)
    assert [(one["code"], one["full"], one["associate"], one["observer"]) for one in found] == [
        ("USA", ["AAAID", "EU"], ["AACB"], ["ASEAN"]),
        ("CAN", [], [], []),
        ("RUS", [], [], ["AAAID"]),
    ]
    assert [(one["sum_igo_full"], one["sum_igo_associate"], one["sum_igo_anytype"]) for one in found] == [
        (2, 1, 4),
        (0, 0, 0),
        (0, 0, 1),
    ]
    assert [one["line"] for one in found] == [2, 3, 4]
    assert (done.provenance.edition, done.provenance.first_year, done.provenance.last_year) == ("3.0", 1815, 2014)


def test_organisations_that_two_states_share(tmp_path: Path) -> None:
    header = "ccode1,ccode2,country1,country2,year,state,dyadid,AALCO,EU,NATO"
    lines = [
        header,
        "2,20,usa,can,1950,usa,1,1,1,1",
        '2,200,usa,"unk, the",1950,usa,2,1,-1,0',
        "2,255,usa,ger,1066,usa,3,1,1,1",
    ]
    done, found = take("cow-igo-dyads", written(tmp_path / "dyadic_formatv3.csv", *lines), tmp_path)
    assert [(one["code1"], one["code2"], one["year"], one["dyadigos"], one["line"]) for one in found] == [
        ("USA", "CAN", 1950, 3, 2),
        ("USA", "GBR", 1950, 1, 3),
    ]
    assert [one.parts["reason"] for one in done.rejections] == ["the year 1066 lies outside 1815-2014"]
    assert done.provenance.unlisted == ("dyadid",)


def test_broken_lines_of_a_wide_file_are_rejected_by_their_number(tmp_path: Path) -> None:
    lines = [IGO, "2,1950,usa,1,0,0,0", "2,1951,usa,1,0", "2,1952,usa,1,0,0,0,0,0", "2,1953,usa,1,0,0,0"]
    done, found = take("cow-igo-states", written(tmp_path / "x.csv", *lines), tmp_path)
    assert [(one["year"], one["line"]) for one in found] == [(1950, 2), (1953, 5)]
    assert [(one.parts["line"], one.parts["reason"]) for one in done.rejections] == [
        ("3", "it has 5 fields; the header has 7"),
        ("4", "it has 9 fields; the header has 7"),
    ]
    assert (done.provenance.rows_in, done.provenance.rows_used, done.provenance.rejected) == (4, 2, 2)


def test_a_membership_that_is_no_number_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "x.csv", IGO, "2,1950,usa,1,yes,0,0")
    with pytest.raises(VerbaleError, match="no valid comma-separated text") as caught:
        take("cow-igo-states", file, tmp_path)
    assert (caught.value.code, "'yes'" in str(caught.value)) == ("file-broken", True)


NEW = ("statenumber\tabb\tcountryname\tstart\tend", "2\tUSA\tUnited States of America\t1816-01-01\t2020-12-31",
       "271\tWRT\tWürttemberg\t1816-01-01\t1871-01-18")  # fmt: skip
OLD = ("2\tUSA\tUnited States of America\t01:01:1816\t31:12:2017", "271\tWRT\tWürttemberg\t01:01:1816\t18:01:1871")


@pytest.mark.parametrize(("lines", "edition"), [(NEW, "2020"), (OLD, "2017")])
def test_both_layouts_of_the_list_of_states(tmp_path: Path, lines: tuple[str, ...], edition: str) -> None:
    file = written(tmp_path / "list.txt", *lines, encoding="latin-1")
    done, (usa, wrt) = take("gw-states", file, tmp_path)
    assert (usa["code"], usa["gwcode"], usa["ongoing"], usa["microstate"]) == ("USA", 2, True, False)
    assert (wrt["code"], wrt["name"], wrt["end"], wrt["ongoing"]) == ("DEU", "Württemberg", DAY(1871, 1, 18), False)
    assert (done.provenance.edition, done.provenance.last_year) == (edition, int(edition))


def test_microstates_are_known_by_their_file(tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    written(folder / "ksgmdw.txt", *NEW, encoding="latin-1")
    written(
        folder / "microstates.txt", NEW[0], "54\tDMA\tDominica\t1978-11-03\t2020-12-31", "54\tDMA\tDominica\t1978-13-03\t2020"
    )
    done, found = take("gw-states", folder, tmp_path)
    assert [(one["code"], one["microstate"]) for one in found] == [("USA", False), ("DEU", False), ("DMA", True)]
    assert "start is '1978-13-03', not a date YYYY-MM-DD or DD:MM:YYYY" in done.rejections[0].reason


def test_distances_with_and_without_numbers(tmp_path: Path) -> None:
    file = written(tmp_path / "smallmdd.csv", "ida,idb,year,mindist", "USA,CAN,1950,0", "USA,QQQ,1950,12.5", "USA,CAN,1860,0")
    done, found = take("gw-minimum-distance", file, tmp_path)
    assert [(one["code1"], one["gwcode2"], one["code2"], one["id2"], one["mindist"]) for one in found] == [
        ("USA", 20, "CAN", "CAN", 0.0),
        ("USA", None, None, "QQQ", 12.5),
    ]
    assert (done.provenance.uncoded, done.provenance.rejected) == ({"QQQ": 1}, 1)
    file = written(tmp_path / "smallmdd.csv", "numa,ida,numb,idb,year,mindist", "2,USA,260,GFR,1980,7")
    assert take("gw-minimum-distance", file, tmp_path)[1][0]["code2"] == "DEU"


def test_treaty_obligations(tmp_path: Path) -> None:
    years = {"year": 1950, "atopally": 1, "defense": 1, "offense": 0, "neutral": 0, "nonagg": 1, "consul": 1, "asymm": 0}
    ids = {"atopid1": 3180, "atopid2": "", "atopid3": 3075}
    for name, first, second in (("atop-dyad-years", "mem1", "mem2"), ("atop-directed-dyad-years", "stateA", "stateB")):
        done, found = rows_of(name, tmp_path, {**years, **ids, first: 2, second: 20}, {**years, first: 2, second: 999})
        assert [(one["code1"], one["code2"], one["atopids"]) for one in found] == [
            ("USA", "CAN", [3180, 3075]),
            ("USA", None, []),
        ]
        assert (found[0]["defense"], found[0]["offense"], found[0]["asymm"], found[0]["number"]) == (True, False, 0, None)
        assert (done.provenance.uncoded, done.provenance.last_year) == ({"999": 1}, 2018)


def test_alliances_and_members_of_treaties(tmp_path: Path) -> None:
    promises = {"defense": 1, "offense": 0, "neutral": 0, "nonagg": 0, "consul": 1}
    row = {
        "atopid": 1005,
        "begyr": 1949,
        "begmo": 4,
        "begday": 0,
        "endyr": 0,
        "endmo": 0,
        "endday": 0,
        "ineffect": 1,
        "bilat": 0,
    }
    _, (one,) = rows_of("atop-alliances", tmp_path, {**row, **promises})
    assert (one["start"], one["end"], one["precision"], one["ineffect"]) == (DAY(1949, 4, 1), None, "month", True)
    row = {"atopid": 1005, "member": 2, "yrent": 1949, "moent": 4, "dayent": 4, "yrexit": 1966, "moexit": 7, "dayexit": 1}
    _, (one,) = rows_of("atop-members", tmp_path, {**row, **promises})
    assert (one["code"], one["start"], one["end"], one["consul"]) == ("USA", DAY(1949, 4, 4), DAY(1966, 7, 1), True)


def test_leaders(tmp_path: Path) -> None:
    header = "obsid\tleadid\tccode\tidacr\tleader\tstartdate\tenddate\tentry\texit\texitcode\tgender\tyrborn\tyrdied\tfties"
    lines = ["BRA-1840\tA\t140\tBRA\tPedro II é\t1840-07-23\t1889-11-15\tRegular\tIrregular\tX\tM\t1825\t1891\tNA",
             "USA-2009\tB\t2\tUSA\tObama\t2009-01-20\t2015-12-31\tRegular\tStill in Office\t-888\tM\t1961\t-777\t"]  # fmt: skip
    done, found = take("archigos-leaders", written(tmp_path / "a.txt", header, *lines, encoding="latin-1"), tmp_path)
    assert [(one["code"], one["leader"], one["exitcode"], one["yrborn"], one["yrdied"]) for one in found] == [
        ("BRA", "Pedro II é", "X", 1825, 1891),
        ("USA", "Obama", None, 1961, None),
    ]
    assert (done.provenance.edition, done.provenance.first_year, done.provenance.unlisted) == ("4.1", 1840, ("fties", "idacr"))
