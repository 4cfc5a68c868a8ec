"""Columns of country codes: every kind gives its own kind back, with years beside it, and nothing is lost without a word."""

from __future__ import annotations

import warnings
from typing import Any

import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from verbale.core import VerbaleError
from verbale.vocab.conversion_columns import (
    ConversionWarning,
    conversion,
    conversion_lookup,
    convert,
    convert_table,
)
from verbale.vocab.conversion_report import in_words

CODES = [260, 255, 345, 345]
YEARS = [1975, 1995, 1975, 2010]
GW = [260, 260, 345, 340]
ISO3 = ["DEU", "DEU", "YUG", "SRB"]


@pytest.mark.parametrize(
    ("column", "years", "kind"),
    [
        (CODES, YEARS, list),
        (tuple(CODES), YEARS, tuple),
        (np.array(CODES), np.array(YEARS), np.ndarray),
        (pd.Series(CODES), pd.Series(YEARS), pd.Series),
        (pd.Series(CODES, dtype="Int64"), pd.Series(YEARS, dtype="float64"), pd.Series),
        (pd.Series(map(str, CODES), dtype="category"), YEARS, pd.Series),
        (pl.Series("ccode", CODES), pl.Series(YEARS), pl.Series),
        (pa.array(CODES), pa.array(YEARS), pa.Array),
        (pa.chunked_array([CODES[:1], CODES[1:]]), YEARS, pa.Array),
        (["260", 255, 345.0, "345"], YEARS, list),
    ],
)
def test_every_kind_of_column_gives_its_own_kind(column: Any, years: Any, kind: type) -> None:
    numbers = convert(column, from_="cown", to="gwn", year=years)
    letters = convert(column, from_="cown", to="iso3", year=years)
    assert issubclass(type(numbers), kind)
    assert issubclass(type(letters), kind)
    plain = [one.as_py() if isinstance(one, pa.Scalar) else one for one in numbers]
    assert plain == GW
    assert [one.as_py() if isinstance(one, pa.Scalar) else one for one in letters] == ISO3


def test_a_series_keeps_its_index_and_name_and_a_missing_code_stays_missing() -> None:
    series = pd.Series([365, None, 260], index=["a", "b", "c"], name="ccode")
    done = convert(series, from_="cown", to="gwn", year=1975)
    assert list(done.index) == ["a", "b", "c"]
    assert done.name == "ccode"
    assert str(done.dtype) == "Int64"
    assert done.isna().tolist() == [False, True, False]
    named = convert(pl.Series("who", ["RUS", None]), from_="iso3", to="cown", year=1975)
    assert (named.name, named.to_list()) == ("who", [365, None])


def test_a_column_that_does_not_convert_whole_warns_with_the_report() -> None:
    with pytest.warns(ConversionWarning) as caught:
        done = convert([260, 999, None, 999, 255], from_="cown", to="iso3", year=1975)
    assert done == ["DEU", None, None, None, None]
    assert str(caught[0].message).splitlines() == [
        "cown to iso3: 1 of 5 converted, 3 did not, 1 were missing",
        "  2 rows: 999 is no code of cown",
        "  1 row: 255 of cown stands for no state in 1975; it stood for German Empire in 1816-1945, Germany in 1990 on",
    ]
    with pytest.raises(VerbaleError) as raised:
        convert([260, 999], from_="cown", to="iso3", year=1975, problems="raise")
    assert "1 of 2 codes did not convert: 1 row: 999 is no code of cown" in str(raised.value)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert convert([260, 999], from_="cown", to="iso3", year=1975, problems="ignore") == ["DEU", None]
        assert convert([260, None], from_="cown", to="iso3", year=1975) == ["DEU", None]


def test_one_code_that_does_not_convert_raises_its_error() -> None:
    with pytest.raises(VerbaleError) as caught:
        convert(255, from_="cown", to="iso3", year=1975)
    assert caught.value.code == "code-not-then"
    assert convert(None, from_="cown", to="iso3", year=1975) is None
    assert convert(260, from_="cown", to="iso3", year=1975) == "DEU"


def test_the_report_counts_every_row_and_gathers_years() -> None:
    years = [*range(1940, 1950), 1951]
    done = conversion([290] * 11, from_="gwn", to="cown", year=years)
    told = done.report
    assert (told.rows, told.converted, told.unconverted, told.missing) == (11, 6, 5, 0)
    (problem,) = told.problems
    assert problem.years == (1940, 1941, 1942, 1943, 1944)
    assert (problem.kind, problem.rows) == ("code-not-covered", 5)
    assert "has no counterpart in cown in 1940-1944; it is 290 in 1918-1939, 290 in 1945 on" in str(told)
    (chosen,) = conversion(["DEU"], from_="iso3", to="cown", year=1990).report.chosen
    assert str(chosen) == "1 row: DEU in 1990 is 260 (also 255)"
    assert conversion(["DEU", "DEU"], from_="iso3", to="cown", year=1990, strict=True).report.unconverted == 2
    assert in_words((1946, 1947, 1949, 1951, 1952)) == "1946-1947, 1949, 1951-1952"


def test_an_empty_column_and_one_of_another_length() -> None:
    assert convert([], from_="cown", to="iso3", year=1975) == []
    assert convert([], from_="cown", to="iso3", year=[]) == []
    with pytest.raises(VerbaleError) as caught:
        convert([260, 255], from_="cown", to="iso3", year=[1975])
    assert "there are 2 codes and 1 years" in str(caught.value)
    with pytest.raises(VerbaleError) as caught:
        convert(ibis.memtable({"ccode": [2]}), from_="cown", to="iso3")
    assert "use convert_table for an Ibis table" in str(caught.value)


def test_a_year_without_a_value_counts_as_no_year() -> None:
    done = conversion([200, 345, 345], from_="cown", to="iso3", year=[None, None, "soon"])
    assert done.values == ["GBR", None, None]
    assert {problem.kind for problem in done.report.problems} == {"code-ambiguous", "code-year"}


def test_an_ibis_table_is_joined_in_its_engine_with_the_reason_beside() -> None:
    table = ibis.memtable(pd.DataFrame({"ccode": [260, 255, 255, None], "year": [1975, 1975, 1995, 1975], "x": [1, 2, 3, 4]}))
    joined, told = convert_table(table, column="ccode", year="year", from_="cown", to="iso3")
    found = joined.order_by("x").to_pandas()
    assert joined.columns == ("ccode", "year", "x", "ccode_iso3", "ccode_iso3_problem")
    assert found["ccode_iso3"].fillna("").tolist() == ["DEU", "", "DEU", ""]
    assert found["ccode_iso3_problem"].fillna("").str[:40].tolist() == ["", "255 of cown stands for no state in 1975;", "", ""]
    assert (told.rows, told.converted, told.unconverted, told.missing) == (4, 2, 1, 1)
    one_year, _ = convert_table(table.filter(table.x == 1), column="ccode", year=1980, from_="cown", to="gwn", name="gw")
    assert one_year.to_pandas()["gw"].tolist() == [260]
    with pytest.raises(VerbaleError) as caught:
        convert_table(table, column="cc", from_="cown", to="iso3")
    assert "the table has no column 'cc'; it has ccode, year, x" in str(caught.value)


def test_the_lookup_table_holds_every_code_in_every_year() -> None:
    lookup = conversion_lookup(from_="cown", to="gwn", years=(1970, 1975))
    assert lookup.column_names == ["cown", "year", "gwn", "gwn_problem"]
    assert lookup.num_rows == 217 * 6
    rows = {(row["cown"], row["year"]): row for row in lookup.to_pylist()}
    assert rows[260, 1975]["gwn"] == 260
    assert rows[255, 1975]["gwn"] is None
    assert "stands for no state" in rows[255, 1975]["gwn_problem"]
    assert all((row["gwn"] is None) == (row["gwn_problem"] is not None) for row in rows.values())
