"""Base panels: who is paired with whom and when, which states are chosen, and what is refused."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.measures.panel.panel_samples import MEMBERS, build, frame, members

from verbale.core import VerbaleError


def test_two_states_are_a_pair_in_a_year_with_a_common_day() -> None:
    # 100 ends the day before 101 begins; 102 begins on the last day of 100
    base = members((2, "1820-06-01", "1820-08-01", False), (20, "1820-08-02", "1822-12-31", False),
                   (40, "1820-08-01", "1821-02-01", False))  # fmt: skip
    made = build(base=base, years=(1820, 1822))
    assert frame(made, "ccode1", "ccode2", "year") == [(2, 40, 1820), (20, 40, 1820), (20, 40, 1821)]


def test_directed_gives_each_pair_twice() -> None:
    base = members((2, "1820-01-01", "1821-12-31", False), (20, "1821-01-01", "1821-12-31", False))
    assert frame(build(base=base, directed=True, years=(1820, 1821)), "ccode1", "ccode2", "year") == [
        (2, 20, 1821),
        (20, 2, 1821),
    ]


def test_two_spells_in_one_year_give_one_row() -> None:
    base = members((2, "1820-01-01", "1820-03-01", False), (2, "1820-05-01", "1820-12-31", False),
                   (20, "1820-01-01", "1820-12-31", False))  # fmt: skip
    assert frame(build(base=base, years=(1820, 1820)), "ccode1", "ccode2", "year") == [(2, 20, 1820)]
    assert frame(build(base=base, years=(1820, 1820), unit="state-year"), "ccode", "year") == [(2, 1820), (20, 1820)]


def test_our_codes_know_the_year() -> None:
    made = build(unit="state-year", states=["345"], years=(1917, 1920))
    assert frame(made, "ccode", "code", "year") == [
        (345, "SRB", 1917),
        (345, "SRB", 1918),
        (345, "YUG", 1919),
        (345, "YUG", 1920),
    ]


def test_pairs_are_chosen_by_code_or_number_in_either_order() -> None:
    for dyad in ("RUS-IRN", "IRN-RUS", "rus-630", "365-630", ("630", "365"), "RUS-630"):
        made = build(dyads=[dyad], years=(1854, 1856))
        assert frame(made, "ccode1", "ccode2", "code1", "code2", "year") == [
            (365, 630, "RUS", "IRN", 1855),
            (365, 630, "RUS", "IRN", 1856),
        ]


def test_a_code_covers_a_number_only_in_its_years() -> None:
    assert {row[0] for row in frame(build(dyads=["SRB-RUS"], years=(1900, 2016)), "year")} == {
        *range(1900, 1919),
        *range(1992, 2017),
    }
    assert len(frame(build(dyads=["345-RUS"], years=(1900, 2016)))) == 117 - 2  # no members in 1942 and 1943


def test_several_chosen_pairs_do_not_mix() -> None:
    made = build(dyads=["USA-GBR", "RUS-IRN"], years=(1900, 1900))
    assert frame(made, "code1", "code2") == [("USA", "GBR"), ("RUS", "IRN")]


def test_past_the_last_year_members_go_on_only_if_asked_for() -> None:
    with pytest.raises(VerbaleError, match=r"1816-2020 reach beyond cow-states, which covers 1816-2016; .*extend"):
        build(years=(1816, 2020))
    made = build(years=(2016, 2018), extend=True, dyads=["RUS-IRN"])
    assert [row[0] for row in frame(made, "year")] == [2016, 2017, 2018]
    told = made.sources().to_pandas().set_index("column")
    assert told.note["ccode1"] == "after 2016, the last year of the list, its members go on"
    with pytest.raises(VerbaleError, match=r"1800-2016 reach beyond"):
        build(years=(1800, 2016), extend=True)


def test_without_years_a_panel_has_those_of_the_list() -> None:
    made = build(unit="state-year")
    assert made.years == (1816, 2016)
    assert len(frame(made)) == 201 * 3 + (2016 - 1854) + (1941 - 1877) + (2016 - 1943)


def test_months_pair_states_by_a_common_day_of_the_month() -> None:
    base = members((2, "1820-01-15", "1820-02-10", False), (20, "1820-02-11", "1820-03-31", False),
                   (40, "1819-12-01", "1820-02-01", False))  # fmt: skip
    made = build(base=base, unit="dyad-month", years=(1820, 1820))
    assert frame(made, *made.keys) == [(2, 40, 1820, 1), (2, 40, 1820, 2)]
    states = build(base=base, unit="state-month", years=(1820, 1820))
    assert frame(states, *states.keys) == [
        (2, 1820, 1),
        (2, 1820, 2),
        (20, 1820, 2),
        (20, 1820, 3),
        (40, 1820, 1),
        (40, 1820, 2),
    ]


def test_days_of_a_state() -> None:
    base = members((2, "1820-12-30", "1821-01-02", False))
    made = build(base=base, unit="state-day", years=(1820, 1821))
    assert made.keys == ("ccode", "date")
    assert [(day.date(), year) for day, year in frame(made, "date", "year")] == [
        (datetime.date(1820, 12, 30), 1820),
        (datetime.date(1820, 12, 31), 1820),
        (datetime.date(1821, 1, 1), 1821),
        (datetime.date(1821, 1, 2), 1821),
    ]


def test_microstates_are_flagged() -> None:
    base = members((2, "1820-01-01", "1820-12-31", False), (31, "1820-01-01", "1820-12-31", False), system="gw",
                   micro={2: 0, 31: 1})  # fmt: skip
    made = build(base=base, system="gw", years=(1820, 1820))
    assert made.columns == ("gwcode1", "gwcode2", "code1", "code2", "year", "microstate1", "microstate2")
    assert frame(made, "gwcode1", "gwcode2", "microstate1", "microstate2") == [(2, 31, 0, 1)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"directed": None}, r"a dyad-year panel was asked for without its direction; say directed=True .* directed=False"),
        ({"system": "iso"}, r"the state system 'iso' is not known; choose cow or gw"),
        ({"unit": "dyad-week"}, r"a panel of 'dyad-week' is not known; choose one of dyad-year, "),
        ({"years": (1900, 1850)}, r"the years run from 1900 to 1850"),
        ({"dyads": ["RUS"]}, r"'RUS' is no pair of states"),
        ({"dyads": ["RUS-RUS"]}, r"'RUS-RUS' is no pair of states"),
        ({"dyads": ["RUS-XYZ"]}, r"'XYZ' names no member of the Correlates of War state system"),
        ({"dyads": ["365-999"]}, r"'999' names no member"),
        ({"states": ["Russia"]}, r"'Russia' names no member"),
    ],
)
def test_what_cannot_be_built_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(VerbaleError, match=message):
        build(**options)


def test_a_missing_list_of_members_is_named() -> None:
    with pytest.raises(VerbaleError, match=r"system gw needs the dataset gw-states or isard-gw-system, which is not installed"):
        build(system="gw")


def test_every_pair_of_the_sample_has_a_common_day_by_the_plain_rule() -> None:
    first, last = 1870, 1950
    spells = [(n, datetime.date.fromisoformat(a), datetime.date.fromisoformat(b)) for n, a, b, _ in MEMBERS]
    expected = {
        (one, two, year)
        for one, a, b in spells
        for two, c, d in spells
        for year in range(first, last + 1)
        if one < two and max(a, c, datetime.date(year, 1, 1)) <= min(b, d, datetime.date(year, 12, 31))
    }
    found = frame(build(years=(first, last)), "ccode1", "ccode2", "year")
    assert set(found) == expected
    assert len(found) == len(expected)
