"""Sanctions resolutions of the Security Council: known votes, what follows from them, and what the loader refuses."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest

from verbale.core import VerbaleError
from verbale.vocab.country_codes import states
from verbale.vocab.sanctions import COLUMNS, MEMBERS, PERMANENT, load_sanctions, sanctions

BY_NUMBER = {one.number: one for one in sanctions()}
# States that came under measures on others: the embargo on Yugoslavia, the lists of Al-Qaida.
NEVER_ALONE = {"HRV", "MKD", "SVN", "SYR"}


def test_the_table_is_large_and_every_target_existed() -> None:
    assert len(sanctions()) == 194
    assert (sanctions()[0].number, sanctions()[-1].number) == (221, 2799)
    for one in sanctions():
        for code in one.targets:
            assert states().existed(code, one.date.year, tolerance=1), one
    assert len({code for one in sanctions() for code in one.targets}) == 31


@pytest.mark.parametrize(
    ("number", "action", "votes", "against", "abstained"),
    [
        (232, "impose", (11, 0, 4, 0), (), ("BGR", "FRA", "MLI", "RUS")),
        (418, "impose", (15, 0, 0, 0), (), ()),
        (661, "impose", (13, 0, 2, 0), (), ("CUB", "YEM")),
        (687, "extend", (12, 1, 2, 0), ("CUB",), ("ECU", "YEM")),
        (748, "impose", (10, 0, 5, 0), (), ("CPV", "CHN", "IND", "MAR", "ZWE")),
        (943, "suspend", (11, 2, 2, 0), ("DJI", "PAK"), ("NGA", "RWA")),
        (1483, "end", (14, 0, 0, 1), (), ()),
        (1929, "tighten", (12, 2, 1, 0), ("BRA", "TUR"), ("LBN",)),
        (1973, "tighten", (10, 0, 5, 0), (), ("BRA", "CHN", "DEU", "IND", "RUS")),
    ],
)
def test_votes_that_are_well_known(
    number: int, action: str, votes: tuple[int, ...], against: tuple[str, ...], abstained: tuple[str, ...]
) -> None:
    one = BY_NUMBER[number]
    assert (one.action, one.votes, one.against_by, one.abstained_by) == (action, votes, against, abstained)
    assert one.dissenters == (*against, *abstained)


def test_the_votes_of_the_permanent_members_follow() -> None:
    assert dict(BY_NUMBER[1973].permanent_members) == {
        "CHN": "abstained",
        "FRA": "yes",
        "GBR": "yes",
        "RUS": "abstained",
        "USA": "yes",
    }
    assert "TWN" in BY_NUMBER[232].permanent_members  # the Republic of China's seat until 1971
    assert dict(BY_NUMBER[591].permanent_members) == {}
    assert BY_NUMBER[1483].absent_by == ("SYR",)
    assert BY_NUMBER[2397].unanimous is True
    assert BY_NUMBER[591].unanimous is None


def test_a_regime_begins_before_it_ends() -> None:
    first: dict[str, int] = {}
    for one in sanctions():
        for code in one.targets:
            first.setdefault(code, one.number)
            if one.action in {"end", "suspend", "ease"}:
                assert first[code] < one.number or code in NEVER_ALONE, one
    counts = collections.Counter(one.action for one in sanctions())
    assert counts["impose"] == 36


GOOD = "1929,2010-06-09,IRN,,tighten,arms,12,2,1,0,BRA|TUR,LBN,,S/RES/1929 (2010),"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (GOOD.replace("12,2,1", "13,2,1"), "field yes: '13' is not allowed; allowed is a tally of 15 votes"),
        (GOOD.replace("12,2,1,0,BRA|TUR", "8,2,5,0,BRA|TUR"), "at least 9 of them yes"),
        (GOOD.replace("BRA|TUR", "BRA"), "field against_by: 'BRA' is not allowed; allowed is 2 codes"),
        (GOOD.replace("BRA|TUR", "BRA|CHN"), "no permanent member, whose vote against would be a veto"),
        (GOOD.replace("BRA|TUR", "BRA|LBN"), "members that voted once"),
        (GOOD.replace("BRA|TUR", "BRA|XXX"), "codes of states.csv"),
        (GOOD.replace("12,2,1,0", ",,,"), "the tally, where members are named"),
        (GOOD.replace("12,2,1,0", "12,,1,0"), "field no: ''"),
        (GOOD.replace("2010-06-09", "2010-06"), "a day YYYY-MM-DD from 1966-01-01 on"),
        (GOOD.replace("1929,", "192x,", 1), "field number: '192x'"),
        (GOOD.replace("tighten", "punish"), "field action: 'punish' is not allowed; allowed is ease, end, extend, impose"),
        (GOOD.replace(",arms,", ",weapons,"), "field measures: 'weapons'"),
        (GOOD.replace("S/RES/1929", "S/RES/1928"), "field source: 'S/RES/1928 (2010)'"),
        (GOOD.replace("IRN", ""), "field target: '' is not allowed; allowed is a state's code, or a group"),
        (f"{GOOD}\n{GOOD}", "'1929' stands already in line 2"),
        (f"{GOOD}\n{GOOD.replace('1929', '1803')}", "a number and date after those of the row before, 1929 of 2010-06-09"),
    ],
)
def test_a_slip_in_a_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "sanctions.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(VerbaleError) as caught:
        load_sanctions(path, states())
    assert message in str(caught.value)


def test_tallies_adopt_and_no_permanent_member_is_against() -> None:
    for one in sanctions():
        if one.votes is not None:
            assert sum(one.votes) == MEMBERS
            assert set(one.permanent_members) - {"TWN"} <= set(PERMANENT)
            assert "no" not in one.permanent_members.values()
