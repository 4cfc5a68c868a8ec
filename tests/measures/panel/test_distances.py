"""Distances of capitals and territories: known lengths, years in which a capital moved, and the nearest state."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.panel.panel_samples import build, frame, record, rows

from verbale.core import VerbaleError
from verbale.measures.panel.additions.geography import geodesic_km

LATITUDE, LONGITUDE = st.floats(-89, 89), st.floats(-180, 180)
CAPITALS = (
    (2, "1816-01-01", "2024-12-31", 38.895, -77.0365),
    (200, "1816-01-01", "2024-12-31", 51.5074, -0.1278),
    (365, "1816-01-01", "1918-03-11", 59.9343, 30.3351),
    (365, "1918-03-12", "2024-12-31", 55.7558, 37.6173),
    (630, "1816-01-01", "2024-12-31", 35.6892, 51.3890),
)


def capitals() -> Any:
    table = rows(("ccode", "stdate", "enddate", "lat", "lng", "line"), *((*one, line) for line, one in enumerate(CAPITALS, 2)))
    return record("ps-cow-capitals", table, 1816, 2014)


def test_lengths_that_are_known() -> None:
    # the flattening of the ellipsoid: a degree of the equator, and a quarter of a meridian, in kilometres
    assert geodesic_km(0, 0, 0, 1) == pytest.approx(111.319491, abs=1e-6)
    assert geodesic_km(0, 0, 90, 0) == pytest.approx(10_001.965729, abs=1e-6)
    # JFK to LHR, the worked example of GeographicLib's manual
    assert geodesic_km(40.6, -73.8, 51.6, -0.5) == pytest.approx(5551.759400, abs=1e-4)


@given(LATITUDE, LONGITUDE, LATITUDE, LONGITUDE)
def test_a_length_is_near_that_on_a_sphere(one: float, two: float, three: float, four: float) -> None:
    found = geodesic_km(one, two, three, four)
    assert found == pytest.approx(geodesic_km(three, four, one, two), abs=1e-6)
    a, b = math.radians(one), math.radians(three)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(four - two) / 2) ** 2
    sphere = 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))
    assert found == pytest.approx(sphere, rel=0.006, abs=0.001)


def test_the_capital_of_a_year_is_the_first_or_the_last() -> None:
    made = build(capitals(), dyads=["RUS-IRN"], years=(1917, 1919))
    petersburg, moscow = geodesic_km(59.9343, 30.3351, 35.6892, 51.3890), geodesic_km(55.7558, 37.6173, 35.6892, 51.3890)
    assert [row[0] for row in frame(made.add("capital-distance"), "capdist")] == [petersburg, petersburg, moscow]
    for which in ("last", "dec31"):
        assert [row[0] for row in frame(made.add("capital-distance", which=which), "capdist")] == [petersburg, moscow, moscow]
    months = build(capitals(), dyads=["RUS-IRN"], years=(1918, 1918), unit="dyad-month").add("capital-distance")
    assert [row[0] for row in frame(months, "capdist")] == [petersburg] * 3 + [moscow] * 9
    with pytest.raises(
        VerbaleError, match="capital-distance has no option which='noon'; its options: first, jan1, last, dec31"
    ):
        made.add("capital-distance", which="noon")


def test_both_directions_have_the_same_distance() -> None:
    made = build(capitals(), directed=True, years=(1950, 1950)).add("capital-distance")
    found = {(one, two): km for one, two, km in frame(made, "ccode1", "ccode2", "capdist")}
    assert found[(2, 200)] == found[(200, 2)] == geodesic_km(38.895, -77.0365, 51.5074, -0.1278)
    assert found[(345, 2)] is None  # a state without a capital in the record


def test_one_state_has_the_distance_of_the_nearest_other_member() -> None:
    made = build(capitals(), unit="state-year", states=["RUS"], years=(1853, 1855)).add("capital-distance")
    london, tehran = geodesic_km(59.9343, 30.3351, 51.5074, -0.1278), geodesic_km(59.9343, 30.3351, 35.6892, 51.3890)
    assert tehran > london
    assert [row[0] for row in frame(made, "capdist")] == [london] * 3
    made = build(capitals(), unit="state-year", states=["IRN"], years=(1917, 1919)).add("capital-distance")
    moscow = geodesic_km(55.7558, 37.6173, 35.6892, 51.3890)
    assert [row[0] for row in frame(made, "capdist")] == [tehran, tehran, moscow]


def test_the_minimum_distance_holds_from_both_sides_and_is_the_least_for_one_state() -> None:
    table = rows(("ccode1", "ccode2", "year", "mindist"), (200, 365, 1900, 700.5), (365, 630, 1900, 0.0), (200, 365, 1901, 1.0))
    distances = record("ps-cow-distances", table, 1900, 1900)
    made = build(distances, directed=True, years=(1899, 1901), dyads=["RUS-GBR", "RUS-IRN"]).add("minimum-distance")
    found = frame(made, "ccode1", "ccode2", "year", "mindist")
    assert [row for row in found if row[2] == 1900] == [
        (200, 365, 1900, 700.5),
        (365, 200, 1900, 700.5),
        (365, 630, 1900, 0.0),
        (630, 365, 1900, 0.0),
    ]
    states = build(distances, unit="state-year", states=["RUS", "GBR", "USA"], years=(1900, 1900)).add("minimum-distance")
    assert frame(states, "ccode", "mindist") == [(2, None), (200, 700.5), (365, 0.0)]
