"""Similarity of policy: coefficients and portfolios against published values, and what is refused."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.record_samples import official_file

from verbale import records
from verbale.app.flows.measuring import measure
from verbale.core import VerbaleError
from verbale.engine import connect_memory
from verbale.measures.agreement import cohen_kappa, kendall_tau_b, scott_pi, signorino_ritter_s
from verbale.measures.portfolios import vote_portfolios
from verbale.measures.similarity import Source, policy_similarity
from verbale.records import install

RAW = Path(__file__).parents[3] / "shared" / "records" / "data" / "raw"
needs_shared = pytest.mark.skipif(not RAW.is_dir(), reason="the shared official files are not here")

# Signorino and Ritter (1999), Table 6, p. 134: the European states of 1914, their share of capabilities, Germany, Russia.
GERMANY = np.array([3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 3] + [0] * 8, dtype=float)
RUSSIA = np.array([0, 3, 1, 3, 0, 1] + [0] * 14, dtype=float)
SHARES = np.array([0.25, 0.21, 0.2, 0.08, 0.08, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01] + [0.0] * 6)


def test_germany_and_russia_in_1914_as_published() -> None:
    # S: Signorino and Ritter (1999), Table 6: 0.40, weighted -0.45; from the shares as printed, in two digits, it is -0.46, as
    # the R package fpsim 0.2.0 (Miller 2026) gives it, whose manual prints the other values.
    assert signorino_ritter_s(GERMANY, RUSSIA, span=3) == pytest.approx(0.4)
    assert signorino_ritter_s(GERMANY, RUSSIA, span=3, weights=SHARES) == pytest.approx(-0.46)
    assert cohen_kappa(GERMANY, RUSSIA) == pytest.approx(-0.07758621, abs=5e-9)
    assert scott_pi(GERMANY, RUSSIA, distance="nominal") == pytest.approx(-0.04477612, abs=5e-9)
    assert kendall_tau_b(GERMANY, RUSSIA) == pytest.approx(0.03031695, abs=5e-9)


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([(0, 3), (1, 2), (2, 1), (3, 0)], -1 / 3),
        ([(1, 3), (2, 2), (2, 2), (3, 1)], 1 / 3),
        ([(2, 3)] * 2 + [(3, 2)] * 2, 1 / 3),
        ([(3, 3)] * 4, 1.0),
        ([(0, 0)] * 10 + [(0, 3), (3, 0)], 2 / 3),
        ([(0, 3), *[(1, 1)] * 10, (3, 0)], 2 / 3),
    ],
)
def test_s_of_the_configurations_of_signorino_and_ritter_table_5(pairs: list[tuple[int, int]], value: float) -> None:
    first, second = np.array(pairs, dtype=float).T
    assert signorino_ritter_s(first, second, span=3) == pytest.approx(value)


positions = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=40)


@given(positions, st.sampled_from(["absolute", "squared", "nominal"]))
def test_coefficients_are_symmetric_and_bounded(pairs: list[tuple[int, int]], distance: str) -> None:
    first, second = np.array(pairs, dtype=float).T
    s = signorino_ritter_s(first, second, span=2, distance=distance)
    assert s is not None
    assert -1 - 1e-12 <= s <= 1
    assert s == signorino_ritter_s(second, first, span=2, distance=distance)
    for corrected in (scott_pi, cohen_kappa):
        value = corrected(first, second, distance=distance)
        assert value is None or value <= 1 + 1e-12
        assert value == pytest.approx(corrected(second, first, distance=distance))
        same = corrected(first, first, distance=distance)
        assert same in (None, 1.0)


def part(folder: Path, path: Path, column: str, wanted: set[str], *, value: Callable[[str], str] = lambda text: text) -> Path:
    """Write the rows of an official file whose column has one of the wanted values."""
    target = folder / path.name.removesuffix(".gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace", newline="") as file, target.open("w", newline="") as out:
        reader = csv.reader(file)
        header = next(reader)
        at = header.index(column)
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(row for row in reader if value(row[at]) in wanted)
    return target


@needs_shared
def test_votes_of_the_united_states_and_mexico_in_1946_as_published(tmp_path: Path) -> None:
    # The R package fpsim 0.2.0, data `usamex46` (Voeten's votes of June 2024, 38 roll calls) and the values its manual prints.
    votes = part(tmp_path, RAW / "un" / "UNVotesPublished.csv.gz", "year", {"1946.0"})
    install("un-votes", file=votes, folder=tmp_path, partial=True)
    found = measure("similarity", dyad="USA-MEX", records_folder=tmp_path, coefficient=("kappa", "tau-b"))
    rows = {row["coefficient"]: row for row in found.table().to_pyarrow().to_pylist()}
    assert rows["kappa"]["items"] == 38
    assert rows["kappa"]["value"] == pytest.approx(-0.01222707, abs=5e-9)
    assert rows["tau-b"]["value"] == pytest.approx(0.01431261, abs=5e-9)
    nominal = measure("similarity", dyad="USA-MEX", records_folder=tmp_path, coefficient=("pi",), distance="nominal")
    assert nominal.table().to_pyarrow()["value"].to_pylist() == [pytest.approx(-0.02775801, abs=5e-9)]
    assert len(rows["kappa"]["votes_lines"]) == 76, "two votes of each of 38 roll calls"
    assert found.evidence().count().to_pyarrow().as_py() == 76


# Kappa of votes in the General Assembly with the United States and with the Soviet Union, as published in the dataset USFAHR of
# the R package stevedata (Miller; columns fpsusa and fpsrus, from Haege 2011, three decimals): year, member, two values.
PUBLISHED_KAPPAS = [
    *((1955, "CAN", 0.681, 0.045), (1955, "MEX", 0.275, 0.212), (1955, "IRN", 0.202, 0.272), (1955, "TUR", 0.745, -0.094)),
    *((1955, "EGY", -0.180, 0.697), (1955, "SAU", -0.209, 0.767), (1955, "IND", -0.334, 0.872), (1955, "FRA", 0.589, 0.048)),
    *((1955, "GBR", 0.620, 0.063), (1955, "ZAF", 0.331, -0.288), (1955, "ETH", -0.104, 0.337), (1955, "AFG", -0.200, 0.777)),
    *((1967, "CAN", 0.863, -0.186), (1967, "MEX", 0.488, -0.251), (1967, "IRN", 0.139, -0.096), (1967, "TUR", 0.324, -0.055)),
    *((1967, "EGY", -0.344, 0.589), (1967, "SAU", -0.323, 0.217), (1967, "IND", -0.238, 0.490), (1967, "FRA", 0.264, 0.211)),
    *((1967, "GBR", 0.900, -0.167), (1967, "ZAF", 0.408, -0.154), (1967, "ETH", -0.024, 0.225), (1967, "AFG", -0.279, 0.419)),
]


@needs_shared
def test_kappa_of_forty_eight_dyad_years_of_votes_as_published(tmp_path: Path) -> None:
    # Absences count as abstentions there: France 1955, South Africa and others were absent from some roll calls.
    every = RAW / "un" / "UNVotesPublished.csv.gz"
    votes = part(tmp_path, every, "date", {"1955", "1967"}, value=lambda text: text.rpartition("/")[2])
    install("un-votes", file=votes, folder=tmp_path, partial=True)
    table = records.table("un-votes", connect_memory(), folder=tmp_path).cache()
    for year, member, *values in PUBLISHED_KAPPAS:
        for power, value in zip(("USA", "RUS"), values, strict=True):
            (held,) = vote_portfolios(table, (power, member), years=(year, year), absences="abstain")
            assert len(held.first) == {1955: 37, 1967: 55}[year]
            assert round(cohen_kappa(held.first, held.second) or 0.0, 3) == pytest.approx(value, abs=5e-4), (year, member)
            # Pi as Haege's replication program has it: 1 - ssd / (ss1 + ss2 - (s1 + s2)^2 / 2n).
            squares = (held.first**2).sum() + (held.second**2).sum()
            most = squares - (held.first.sum() + held.second.sum()) ** 2 / (2 * len(held.first))
            apart = ((held.first - held.second) ** 2).sum()
            assert scott_pi(held.first, held.second) == pytest.approx(1 - apart / most)


@needs_shared
@pytest.mark.parametrize(("dyad", "value"), [("GBR-FRA", 0.99), ("GBR-RUS", 0.87), ("FRA-RUS", 0.88)])
def test_alliances_of_1947_as_published(alliances_of_1947: Path, dyad: str, value: float) -> None:
    # Signorino and Ritter (1999), Table 8 (alliances only, weighted by capabilities), as transcribed in the tests of the R
    # package strat (Arnold and Signorino 2008). Of the United States they print -0.59, -0.58 and -0.70, from capabilities of
    # an older edition; from edition 5.0 it is 0.05 to 0.06 less.
    europe = (
        *("USA", "GBR", "IRL", "NLD", "BEL", "LUX", "FRA", "CHE", "ESP", "PRT", "POL", "HUN", "CSK", "ITA", "ALB", "YUG"),
        *("GRC", "BGR", "ROU", "RUS", "FIN", "SWE", "NOR", "DNK", "ISL"),
    )
    found = measure(
        "similarity",
        dyad=dyad,
        years=(1947, 1947),
        records_folder=alliances_of_1947,
        coefficient=("S",),
        weighted=True,
        among=europe,
    )
    (row,) = found.table().to_pyarrow().to_pylist()
    assert row["items"] == 25
    assert round(row["value"], 2) == value
    assert row["capabilities_lines"]


@pytest.fixture(scope="module")
def alliances_of_1947(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    install("cow-alliances", file=RAW / "cow" / "alliance_v4.1_by_member.csv", folder=folder)
    for name, path in (("cow-system", "system2016.csv"), ("cow-capabilities", "NMC_5_0.csv.gz")):
        install(name, file=part(folder, RAW / "cow" / path, "year", {"1947"}), folder=folder, partial=True)
    return folder


MEMBER = {"version4id": 1, "ss_type": "Type I", "mem_st_year": 1921, "mem_st_month": 2, "mem_st_day": 26, "mem_end_year": 1941,
          "mem_end_month": 8, "mem_end_day": 25, "left_censor": 0, "right_censor": 0, "defense": 0, "neutrality": 1,
          "nonaggression": 0, "entente": 0, "version": 4.1}  # fmt: skip


def test_a_promise_counts_in_the_years_of_its_days_and_every_state_is_bound_to_itself(tmp_path: Path) -> None:
    rows = [{**MEMBER, "ccode": number, "state_name": name} for number, name in ((365, "Russia"), (630, "Iran"))]
    install("cow-alliances", file=official_file(tmp_path, "cow-alliances", rows), folder=tmp_path, partial=True)
    years = [
        {"stateabb": name, "ccode": number, "year": year, "version": 2016}
        for year in (1920, 1921, 1941, 1942)
        for name, number in (("RUS", 365), ("IRN", 630), ("TUR", 640))
    ]
    install("cow-system", file=official_file(tmp_path, "cow-system", years, file="s.csv"), folder=tmp_path, partial=True)
    found = measure("similarity", dyad="RUS-IRN", records_folder=tmp_path, coefficient=("S",))
    held = {row["year"]: row for row in found.table().to_pyarrow().to_pylist()}
    # Alone: (3, 0, 0) and (0, 3, 0); with a promise of neutrality: (3, 2, 0) and (2, 3, 0).
    apart, allied = pytest.approx(1 - 2 * 6 / 9), pytest.approx(1 - 2 * 2 / 9)
    assert {year: row["value"] for year, row in held.items()} == {1920: apart, 1921: allied, 1941: allied, 1942: apart}
    assert held[1921]["alliances_lines"] == [2, 3]
    assert held[1920]["alliances_lines"] == []
    assert found.warnings == ("4 years have fewer than 10 votes or states in common.",)
    binary = measure("similarity", dyad="RUS-IRN", records_folder=tmp_path, coefficient=("S", "kappa"), binary=True)
    values = {(row["year"], row["coefficient"]): row["value"] for row in binary.table().to_pyarrow().to_pylist()}
    assert values[1921, "S"] == 1.0
    assert values[1921, "kappa"] == 1.0


def test_ideal_points_stand_as_distances() -> None:
    points = ibis.memtable(
        {"code": ["RUS", "USA", "RUS"], "year": [1990, 1990, 1991], "IdealPointAll": [0.5, 2.0, 1.0], "line": [2, 3, 4]}
    )
    found = policy_similarity(("RUS", "USA"), points=Source(points, "un-ideal-points"))
    assert found.rows.select(["year", "value", "points_lines"]).to_pylist() == [
        {"year": 1990, "value": 1.5, "points_lines": [2, 3]}
    ]
    assert found.summary() == "RUS-USA, distance of ideal points: 1.500 in 1990."


def test_what_is_missing_or_unknown_is_said(tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match=r"similarity needs an installed dataset: un-votes or .*, but has none of them"):
        measure("similarity", dyad="USA-MEX", records_folder=tmp_path)
    empty: Any = Source(ibis.memtable({"code": ["X"], "year": [1990], "IdealPointAll": [0.1], "line": [2]}), "un-ideal-points")
    with pytest.raises(VerbaleError, match="similarity needs years with votes or alliances of both"):
        policy_similarity(("RUS", "USA"), points=empty)
    with pytest.raises(VerbaleError, match="coefficient is 'rho'; give S, pi, kappa, tau-b"):
        policy_similarity(("RUS", "USA"), points=empty, coefficients=("rho",))
    votes: Any = Source(
        ibis.memtable({"code": ["X"], "year": [1990], "rcid": [1], "vote": ["yes"], "line": [2]}),
        "un-votes",
        {"absences": "no"},
    )
    with pytest.raises(VerbaleError, match="absences is 'no'; give left out or abstain"):
        policy_similarity(("RUS", "USA"), votes=votes)
    with pytest.raises(VerbaleError, match="distance is 'cubic'; give published, absolute, squared, nominal"):
        policy_similarity(("RUS", "USA"), points=empty, distance="cubic")
