"""Additions: values of each side, what stands beyond a source's years, and what is refused."""

from __future__ import annotations

from typing import Any

import ibis
import pytest
from tests.measures.panel.panel_samples import build, frame, members, record, rows

from verbale.core import VerbaleError
from verbale.measures.panel import ADDITIONS, Panel

CONTIGUITY = ("ccode1", "ccode2", "conttype", "start", "end")
VALUES = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")


def capabilities(last: int = 1902, name: str = "cow-capabilities") -> Any:
    table = rows(
        ("ccode", "year", *VALUES),
        *((number, year, *(float(number) for _ in VALUES)) for number in (365, 630) for year in (1900, 1902, 1903)),
    )
    return record(name, table, 1816, last)


def irn_rus(*more: Any, years: tuple[int, int] = (1900, 1902), **options: Any) -> Panel:
    return build(*more, dyads=["RUS-IRN"], years=years, **options)


def test_each_side_gets_its_value() -> None:
    made = irn_rus(capabilities(), directed=True).add("nmc", keep=["cinc"])
    assert made.columns == ("ccode1", "ccode2", "code1", "code2", "year", "cinc1", "cinc2")
    assert frame(made, "ccode1", "year", "cinc1", "cinc2") == [
        (365, 1900, 365.0, 630.0),
        (365, 1901, None, None),
        (365, 1902, 365.0, 630.0),
        (630, 1900, 630.0, 365.0),
        (630, 1901, None, None),
        (630, 1902, 630.0, 365.0),
    ]


def test_a_state_panel_gets_the_plain_name() -> None:
    made = build(capabilities(), unit="state-year", states=["RUS"], years=(1900, 1900)).add("nmc", keep=["cinc", "milper"])
    assert frame(made, "milper", "cinc") == [(365.0, 365.0)]
    days = build(capabilities(), unit="state-day", states=["RUS"], years=(1900, 1900)).add("nmc", keep=["cinc"])
    assert len(frame(days)) == 365
    assert {row[0] for row in frame(days, "cinc")} == {365.0}


def test_the_first_installed_dataset_is_taken_unless_one_is_named() -> None:
    both = irn_rus(capabilities(), capabilities(name="ps-cow-capabilities"))
    assert both.add("nmc").used()[-1].name == "cow-capabilities"
    assert both.add("nmc", dataset="ps-cow-capabilities").used()[-1].name == "ps-cow-capabilities"
    assert irn_rus(capabilities(name="ps-cow-capabilities")).add("nmc").used()[-1].name == "ps-cow-capabilities"


def test_contiguity_is_none_within_its_years_and_unknown_beyond() -> None:
    spells = rows(CONTIGUITY, (365, 630, 1, "1900-03-01", "1901-06-30"), (365, 630, 4, "1901-07-01", "1901-12-31"))
    panel = irn_rus(record("cow-contiguity", spells, 1816, 1903), years=(1899, 1904), directed=True)
    first, last = panel.add("contiguity"), panel.add("contiguity", slice="last")
    expected = [0, 1, 1, 0, 0, None]
    assert [row[0] for row in frame(first, "conttype")] == expected * 2  # the same from both sides
    assert [row[0] for row in frame(last, "conttype")] == [0, 1, 4, 0, 0, None] * 2
    with pytest.raises(VerbaleError, match=r"contiguity has no option slice='middle'; its options: first or last"):
        panel.add("contiguity", slice="middle")


def test_neighbours_of_a_state_are_counted() -> None:
    spells = rows(CONTIGUITY, (365, 630, 1, "1900-03-01", "1901-06-30"), (345, 365, 4, "1900-01-01", "1901-12-31"),
                  (2, 365, 5, "1901-01-01", "1901-12-31"))  # fmt: skip
    made = build(record("cow-contiguity", spells, 1816, 1902), unit="state-year", states=["RUS"], years=(1899, 1903))
    assert frame(made.add("contiguity"), "land", "sea") == [(0, 0), (1, 1), (1, 2), (0, 0), (None, None)]


def test_the_copy_of_contiguity_ends_with_its_last_month() -> None:
    columns = ("ccode1", "ccode2", "conttype", "stdate", "enddate")
    spells = rows(columns, (365, 630, 1, "1900-01-01", "1900-12-01"), (630, 365, 1, "1900-01-01", "1900-12-01"))
    made = irn_rus(record("ps-cow-contiguity", spells), years=(1899, 1901)).add("contiguity")
    assert [row[0] for row in frame(made, "conttype")] == [0, 1, 0]


def test_major_powers_are_unknown_after_the_last_year() -> None:
    spells = rows(("ccode", "start", "end"), (365, "1899-06-01", "1901-01-15"))
    made = irn_rus(record("cow-majors", spells, 1816, 1902), years=(1898, 1903)).add("majors")
    assert frame(made, "cowmaj1", "cowmaj2") == [(0, 0), (1, 0), (1, 0), (1, 0), (0, 0), (None, None)]
    months = irn_rus(record("cow-majors", spells, 1816, 1902), years=(1901, 1901), unit="dyad-month").add("majors")
    assert [row[0] for row in frame(months, "cowmaj1")] == [1, *[0] * 11]


def test_relevant_pairs_are_contiguous_or_have_a_major_power() -> None:
    borders = record("cow-contiguity", rows(CONTIGUITY, (365, 630, 5, "1900-01-01", "1900-12-31")))
    majors = record("cow-majors", rows(("ccode", "start", "end"), (200, "1900-01-01", "1900-12-31")))
    made = build(borders, majors, years=(1900, 1900)).add("prd")
    assert frame(made, "ccode1", "ccode2") == [(2, 200), (200, 345), (200, 365), (200, 630), (365, 630)]
    assert made.columns[-3:] == ("conttype", "cowmaj1", "cowmaj2")
    with pytest.raises(VerbaleError, match=r"prd cannot be added to a panel of unit state-year"):
        build(borders, majors, unit="state-year", years=(1900, 1900)).add("prd")


def alliances() -> Any:
    names = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
    table = rows(("ccode1", "ccode2", "year", *names), (365, 630, 1900, 0, 0, 1, 0, 0), (630, 365, 1900, 1, 0, 0, 0, 0))
    return record("ps-atop", table, 1815, 1901)


def test_a_pair_without_direction_has_what_either_side_is_bound_to() -> None:
    columns = ("ccode1", "year", "atop_defense", "atop_neutral")
    either = irn_rus(alliances()).add("alliances")
    assert frame(either, *columns) == [(365, 1900, 1, 1), (365, 1901, 0, 0), (365, 1902, None, None)]
    own = irn_rus(alliances()).add("alliances", either_side=False)
    assert frame(own, *columns)[0] == (365, 1900, 0, 1)
    directed = irn_rus(alliances(), directed=True, years=(1900, 1900)).add("alliances")
    assert frame(directed, *columns) == [(365, 1900, 0, 1), (630, 1900, 1, 0)]


def test_the_official_file_of_alliances_gives_the_same() -> None:
    names = ("defense", "offense", "neutral", "nonagg", "consul")
    table = rows(("ccode1", "ccode2", "year", *names), (365, 630, 1900, False, False, True, False, False),
                 (630, 365, 1900, True, False, False, False, False))  # fmt: skip
    official = irn_rus(record("atop-directed-dyad-years", table, 1815, 1901)).add("alliances")
    assert frame(official) == frame(irn_rus(alliances()).add("alliances"))


def test_one_war_stands_for_a_year() -> None:
    columns = ("warnum", "ccode1", "ccode2", "year", "cowinterongoing", "cowinteronset", "sidea1", "sidea2", "initiator1",
               "initiator2", "outcome1", "outcome2", "batdeath1", "batdeath2", "resume")  # fmt: skip
    table = rows(
        columns,
        (7, 365, 630, 1900, 1, 0, 1, 2, 1, 0, 1, 2, 900, 900, 0),
        (8, 365, 630, 1900, 1, 1, 1, 2, 0, 1, 1, 2, 10, None, 0),
        (9, 365, 630, 1900, 1, 1, 1, 2, 0, 1, 1, 2, 5, 1, 0),
    )
    made = irn_rus(record("ps-cow-wars", table, 1816, 1901)).add("wars")
    assert frame(made, "cowinterongoing", "cowinteronset", "warnum", "warside1", "batdeath2") == [
        (1, 1, 8, 1, None),
        (0, 0, None, None, None),
        (None, None, None, None, None),
    ]


def test_numbers_of_the_other_system_open_its_records() -> None:
    base = members((255, "1990-01-01", "2016-12-31", True), (260, "1990-01-01", "2016-12-31", True), system="gw")
    gw = build(capabilities(), base=base, system="gw", unit="state-year", states=["260"], years=(2000, 2000))
    with pytest.raises(VerbaleError, match=r"counts states by the gw system and has no ccode, .* add \"codes\" first"):
        gw.add("nmc")
    values = record("cow-capabilities", rows(("ccode", "year", *VALUES), (255, 2000, *(1.5 for _ in VALUES))))
    both = build(values, base=base, system="gw", unit="state-year", states=["260"], years=(2000, 2000)).add("codes")
    assert frame(both.add("nmc", keep=["cinc"]), "gwcode", "ccode", "cinc") == [(260, 255, 1.5)]


def test_a_prefix_keeps_two_additions_apart() -> None:
    made = irn_rus(capabilities(), capabilities(name="ps-cow-capabilities")).add("nmc", keep=["cinc"])
    with pytest.raises(VerbaleError, match=r"the panel has columns cinc1, cinc2 already; .* prefix"):
        made.add("nmc", keep=["cinc"])
    both = made.add("nmc", keep=["cinc"], dataset="ps-cow-capabilities", prefix="new_")
    assert both.columns[-4:] == ("cinc1", "cinc2", "new_cinc1", "new_cinc2")
    assert both.variables[-1].sources[0].name == "ps-cow-capabilities"
    assert frame(both, "cinc1", "new_cinc1")[0] == (365.0, 365.0)
    with pytest.raises(VerbaleError, match=r"new_cinc1, new_cinc2 already"):
        both.add("nmc", keep=["cinc"], prefix="new_")


def test_every_column_knows_its_source() -> None:
    made = irn_rus(capabilities()).add("nmc", keep=["cinc"]).mutate(ratio=ibis._.cinc1 / ibis._.cinc2).rename(power="cinc1")
    told = made.sources().to_pandas().set_index("column")
    assert list(told.index) == list(made.columns)
    assert told.loc["power", ["dataset", "edition", "first_year", "last_year"]].tolist() == [
        "cow-capabilities",
        "1",
        1816,
        1902,
    ]
    assert told.citation["cinc2"] == "@misc{cow-capabilities}"
    assert told.label["cinc2"] == "composite index of national capability, state 2"
    assert told.note["ratio"] == "computed by the user from cinc1, cinc2"
    assert told.dataset["ratio"] == "cow-capabilities"
    assert made.select("ratio").columns == ("ccode1", "ccode2", "year", "ratio")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("gnp", {}, r"no addition is called 'gnp'; choose among alliances, "),
        ("nmc", {"keep": ["gnp"]}, r"nmc has no columns gnp; keep some of milex, milper"),
        ("nmc", {"slice": "first"}, r"nmc has no option slice; its options: keep"),
        ("nmc", {"dataset": "cow-wars"}, r"nmc is not made from the dataset cow-wars; it accepts cow-capabilities, ps-cow-cap"),
        (
            "alliances",
            {},
            r"needs the dataset atop-directed-dyad-years or ps-atop, which is not installed; .*records install atop-dir",
        ),
    ],
)
def test_what_cannot_be_added_is_refused(name: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(VerbaleError, match=message):
        irn_rus(capabilities()).add(name, **options)


def test_additions_say_what_they_need_and_give() -> None:
    for name, one in ADDITIONS.items():
        assert one.name == name
        assert one.title
        assert one.units
        assert one.variables or name in ("prd", "spells")
        assert all(variable.label for variable in one.variables)
