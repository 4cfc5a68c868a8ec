"""The additions on the shared files: their own domains, the summaries that the package made, and facts that are known."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.records.record_samples import SHARED

import verbale
from verbale.measures.panel import ADDITIONS
from verbale.records import install

DATA = SHARED.parent
FILES = {
    "isard-cow-system": "isard/cw_system.csv",
    "isard-gw-system": "isard/gw_system.csv",
    "ps-archigos": "peacesciencer/archigos.csv",
    "ps-archigos-years": "peacesciencer/archigossums.csv.gz",
    "ps-lead": "peacesciencer/LEAD.csv",
    "ps-cow-capitals": "peacesciencer/cow_capitals.csv",
    "ps-terrain": "peacesciencer/rugged.csv",
    "ps-cow-igos-national": "peacesciencer/cow_igo_sy.csv",
    "cow-trade-national": "raw/cow/National_COW_4.0.csv.gz",
    "ps-creg": "peacesciencer/creg.csv.gz",
    "ps-hief": "peacesciencer/hief.csv",
    "ps-rivalries-tss": "peacesciencer/tss_rivalries.csv",
    "ps-rivalries-td": "peacesciencer/td_rivalries.csv",
    "ps-arms-races": "peacesciencer/grh_arms_races.csv",
    "ps-territorial-threat": "peacesciencer/terrthreat.csv.gz",
    "ps-maoz-powers": "peacesciencer/maoz_powers.csv",
    "ps-ucdp-conflicts": "peacesciencer/ucdp_acd.csv",
    "ps-ucdp-onsets": "peacesciencer/ucdp_onsets.csv",
    "ps-cow-wars-intra": "peacesciencer/cow_war_intra.csv",
    "cow-intra-state-wars": "raw/cow/INTRA-STATE WARS v5.1 CSV.csv",
    "sipri-transfers": "raw/sipri/trade-register.csv.gz",
}
# Of the largest files, the rows that begin with the United States or Russia, and the first sessions of the Assembly.
PARTS = {
    "ps-cow-distances": "peacesciencer/cow_mindist.csv.gz",
    "ps-cow-igos": "peacesciencer/cow_igo_ndy.csv.gz",
    "un-votes": "raw/un/UNVotesPublished.csv.gz",
}
VOTES = 25_000
# Additions whose record has a value for every year of its domain, where nothing happened 0.
FILLED = {
    "rivalries": ("ongoingrivalry", 1816, 2020),
    "rivalries-td": ("tdrivalry", 1816, 2010),
    "arms-races": ("armsrace", 1816, 1993),
    "powers": ("globalpower1", 1816, 2019),
    "wars-within": ("cowintraongoing2", 1816, 2014),
    "transfers": ("arms_delivered12", 1950, 2024),
}


def _part(name: str) -> str:
    with gzip.open(DATA / PARTS[name], "rt", encoding="utf-8", newline="") as stream:
        if name == "un-votes":
            return "".join(line for _, line in zip(range(VOTES + 1), stream, strict=False))
        return "".join(line for number, line in enumerate(stream) if number == 0 or line.startswith(("2,", "365,")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [file for file in (*FILES.values(), *PARTS.values()) if not (DATA / file).is_file()]
    if missing:
        pytest.skip(f"needs ../shared/records/data: {', '.join(missing)}")
    where = tmp_path_factory.mktemp("field")
    for name, file in FILES.items():
        install(name, file=DATA / file, folder=where / "data")
    for name in PARTS:
        part = where / f"{name}.csv"
        part.write_text(_part(name), encoding="utf-8", newline="")
        install(name, file=part, folder=where / "data", partial=True)
    return where / "data"


@pytest.fixture(scope="module")
def pairs(folder: Path) -> Any:
    made = verbale.panel(["USA-RUS", "RUS-IRN"], years=(1816, 2024), directed=False, extend=True, folder=folder)
    return made.add("codes")


OURS = [
    *("leaders", "capital-distance", "minimum-distance", "terrain", "igos", "igos-national", "trade-national", "creg", "hief"),
    *("rivalries", "rivalries-national", "rivalries-td", "arms-races", "powers", "territorial-threat", "ucdp-conflicts"),
    *("ucdp-onsets", "wars-within", "un-agreement", "transfers"),
]


def test_real_values_stand_in_the_years_of_their_source_alone(pairs: Any) -> None:
    for name in OURS:
        after = pairs.add(name)
        found = after.to_pandas()
        assert len(found) == 209 + 170, name
        for one in after.variables[len(pairs.variables) :]:
            source = one.sources[0]
            inside = found.year.between(source.first_year, source.last_year)
            assert found.loc[~inside, one.name].isna().all(), (name, one.name)
            assert found.loc[inside, one.name].notna().any() or one.name in {"type3"}, (name, one.name)
        if name in FILLED:
            column, first, last = FILLED[name]
            assert (found[column].notna() == found.year.between(first, last)).all(), name


def test_facts_that_are_known(pairs: Any) -> None:
    found = (
        pairs.add("capital-distance")
        .add("rivalries")
        .add("powers")
        .add("transfers")
        .to_pandas()
        .set_index(["code1", "year"])
        .sort_index()
    )
    assert found.loc[("USA", 1985), "capdist"] == pytest.approx(7_830, abs=30)  # Washington to Moscow
    assert found.loc[("USA", 1985), "ongoingrivalry"] == 1
    assert found.loc[("USA", 1995), "ongoingrivalry"] == 0
    assert found.loc[("USA", slice(1922, 1990)), "globalpower2"].eq(1).all()
    assert found.loc[("RUS", 1991), "arms_delivered12"] > 100  # the fighters and submarines of the contracts of 1989 and after
    assert found.loc[("RUS", slice(1950, 2015)), "arms_delivered21"].eq(0).all()
    assert found.loc[("RUS", slice(2022, 2023)), "arms_delivered21"].gt(0).all()  # drones for the war on Ukraine


def test_minimum_distance_and_organisations_are_those_of_the_copies(pairs: Any) -> None:
    for name, addition, column in (("ps-cow-distances", "minimum-distance", "mindist"), ("ps-cow-igos", "igos", "dyadigos")):
        published = {
            (int(row["ccode1"]), int(row["ccode2"]), int(row["year"])): float(row[column])
            for row in csv.DictReader(io.StringIO(_part(name), newline=""))
        }
        found = pairs.add(addition).to_pandas()
        ours = {
            (one.ccode1, one.ccode2, one.year): getattr(one, column)
            for one in found.itertuples()
            if pd.notna(getattr(one, column))
        }
        assert ours == {key: value for key, value in published.items() if key in ours}
        assert len(ours) == sum(key[:2] in {(2, 365), (365, 630)} for key in published)


def test_spells_in_office_give_the_summary_of_the_package(folder: Path) -> None:
    panel = verbale.panel(unit="state-year", system="gw", years=(1870, 2015), folder=folder)
    ours, theirs = panel.add("leaders").to_pandas(), panel.add("leaders", dataset="ps-archigos-years").to_pandas()
    assert len(ours) == len(theirs) == 15_544
    same = ["gwcode", "year", "leadertransition", "n_leaders", "jan1obsid", "dec31obsid"]
    pd.testing.assert_frame_equal(ours[same], theirs[same])
    # the package counts a transition as irregular also where the newcomer left office irregularly in a later year
    assert not ((ours.irregular == 1) & (theirs.irregular == 0)).any()
    assert ((ours.irregular == 0) & (theirs.irregular == 1)).sum() == 205


def test_panels_of_leaders(folder: Path) -> None:
    years = verbale.panel(unit="leader-year", system="gw", folder=folder).add("lead", keep=["milservice"])
    found = years.to_pandas()
    assert not found.duplicated(["obsid", "gwcode", "year"]).any()
    carter = found[found.obsid == "USA-1977"]
    assert carter[["year", "leaderage", "yrinoffice"]].to_numpy().tolist() == [[1976 + n, 52 + n, n] for n in range(1, 6)]
    assert carter.milservice.eq(1).all()
    members = verbale.panel(unit="leader-year", system="cow", states=["DEU"], years=(1989, 1991), folder=folder).to_pandas()
    assert [(row.leader, row.ccode, row.year) for row in members.itertuples()] == [
        ("Kohl", 255, 1990),
        ("Kohl", 255, 1991),
        ("Kohl", 260, 1989),
        ("Kohl", 260, 1990),
    ]
    together = verbale.panel(
        ["USA-RUS"], unit="leader-dyad-year", directed=False, years=(1985, 1985), folder=folder
    ).to_pandas()
    assert [(row.leader1, row.leader2) for row in together.itertuples()] == [("Reagan", "Chernenko"), ("Reagan", "Gorbachev")]


def test_agreement_counted_by_hand(folder: Path, pairs: Any) -> None:
    calls: dict[str, dict[str, str]] = {"2": {}, "365": {}}
    years: dict[str, int] = {}
    for row in csv.DictReader(io.StringIO(_part("un-votes"), newline="")):
        if row["ccode"] in calls and row["vote"] in "123":
            calls[row["ccode"]][row["rcid"]] = row["vote"]
            years[row["rcid"]] = int(float(row["year"]))
    same: Counter[int] = Counter()
    half: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for call, vote in calls["2"].items():
        if other := calls["365"].get(call):
            total[years[call]] += 1
            same[years[call]] += vote == other
            half[years[call]] += vote != other and "2" in (vote, other)
    assert len(total) == 3
    found = pairs.add("un-agreement").to_pandas()
    found = found[(found.ccode1 == 2) & found.un_votes.notna()]
    assert dict(zip(found.year, found.un_votes, strict=True)) == total
    expected = [(same[year] + half[year] / 2) / total[year] for year in found.year]
    assert found.un_agreement.tolist() == pytest.approx(expected)


def test_no_transfer_is_lost(folder: Path) -> None:
    """What all pairs delivered is what the register tells of parties with codes and deliveries with years."""
    states = verbale.panel(unit="state-year", years=(1950, 2016), folder=folder).add("transfers-national").to_pandas()
    by_code = states.drop_duplicates(
        ["code", "year"]
    )  # two numbers share a code in the years of the two Yemens' and Germanies' union
    told = by_code.arms_delivered_out.sum()
    records = verbale.records.table("sipri-transfers", verbale.engine.connect_memory(), folder=folder).to_pandas()
    records = records[records.source.isin(set(by_code.code)) & records.target.notna() & (records.delivery_years.str.len() > 0)]
    years = records.explode("delivery_years")
    years["share"] = years.tiv_delivered / years.groupby(level=0).tiv_delivered.transform("size")
    members = set(zip(by_code.code, by_code.year, strict=True))
    inside = [(code, year) in members for code, year in zip(years.source, years.delivery_years, strict=True)]
    assert told == pytest.approx(years[inside].share.sum())
    assert told > 1_000_000


def test_every_addition_of_this_page_is_listed() -> None:
    assert set(OURS) <= set(ADDITIONS)
