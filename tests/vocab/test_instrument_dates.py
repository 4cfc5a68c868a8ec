"""The days of wars and the fields of treaties: held against the list of the Correlates of War; what differs is named."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from verbale.vocab import DATA
from verbale.vocab.cow import cow_numbers
from verbale.vocab.instruments import Instrument, load_instruments
from verbale.vocab.states import load_states

INSTRUMENTS = load_instruments(DATA / "instruments.csv", load_states(DATA / "states.csv"))
COW_WARS = Path(__file__).parents[3] / "shared" / "records" / "data" / "raw" / "cow" / "Inter-StateWarData_v4.0.csv"
# Sources date a war by its first shots or its declaration, by a truce or its peace; a month apart is the same war.
NEAR = datetime.timedelta(days=31)
# War of the list, start or end: why our day is another. A name that is nearest to the war on the list can be a part of it.
OTHER_DAYS = {
    (100, "end"): "they end with the truce of April 1913, ours with the Treaty of London",
    (109, "end"): "they end with the armistice of October 1920, ours with the Peace of Riga",
    (121, "start"): "they count from the march on Manchuria, the nearest name is the fighting at Shanghai",
    (130, "end"): "they end it on the eve of Pearl Harbor, where their Second World War goes on; ours ends in 1945",
    (148, "end"): "they end with the last fighting, ours with the armistice with Syria",
    (163, "start"): "the nearest name of that year is the incident of 1964; ours has the Vietnam War from 1955",
    (163, "end"): "as above",
    (170, "end"): "the nearest name is the Vietnam War",
    (189, "start"): "they count the border war from 1977, ours the invasion of December 1978",
    (205, "start"): "they count from the air raids of April 1982, ours from the invasion of June",
    (208, "start"): "another clash of the two states in that year",
    (208, "end"): "as above",
    (211, "end"): "they end with the formal cease-fire, ours with the end of fighting",
    (215, "end"): "theirs is the part between states, to May 1992",
    (219, "end"): "they end with the Algiers Agreement, ours with the cease-fire of June 2000",
    (225, "end"): "theirs is the part between states, to December 2001",
    (227, "end"): "theirs is the part between states, to May 2003",
}
# Wars of Central America and of Italian unity go by no distinctive name; over Kosovo, NATO stands for its members.
NOT_HERE = {34, 37, 60, 70, 88, 91, 221}


@dataclass
class ListedWar:
    """A war of the list: the days on which states came in and went out, and our codes of its two sides."""

    starts: list[datetime.date] = field(default_factory=list)
    ends: list[datetime.date] = field(default_factory=list)
    sides: dict[str, set[str | None]] = field(default_factory=lambda: {"1": set(), "2": set()})


def listed_wars() -> dict[int, ListedWar]:
    text = COW_WARS.read_bytes().decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    wars: dict[int, ListedWar] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["WarNum"]:
            war = wars.setdefault(int(row["WarNum"]), ListedWar())
            war.starts.append(day(row, "Start", "1"))
            second = int(row["EndYear2"]) > 0
            war.ends += [day(row, "End", "2" if second else "1")] if int(row["EndYear1"]) > 0 else []
            war.sides[row["Side"]].add(cow_numbers().code(int(row["ccode"]), int(row["StartYear1"])))
    return wars


def day(row: dict[str, str], which: str, spell: str) -> datetime.date:
    return datetime.date(*(max(1, int(row[f"{which}{unit}{spell}"])) for unit in ("Year", "Month", "Day")))


def first_day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def same_sides(war: Instrument, listed: ListedWar) -> bool:
    one, other = (set(side) for side in war.sides)
    return bool(
        (one & listed.sides["1"] and other & listed.sides["2"]) or (one & listed.sides["2"] and other & listed.sides["1"])
    )


@pytest.mark.skipif(not COW_WARS.exists(), reason="the reference records of ../shared are not there")
def test_the_days_of_wars_agree_with_the_correlates_of_war_or_the_reason_is_named() -> None:
    ours = [one for one in INSTRUMENTS.all if one.kind == "war" and len(one.sides) == 2]
    missing, other = set(), set()
    for number, listed in listed_wars().items():
        start, end = min(listed.starts), max(listed.ends, default=None)
        same = [war for war in ours if war.distance(start.year) <= 1 and same_sides(war, listed)]
        if not same:
            missing.add(number)
            continue
        war = min(same, key=lambda one: abs(first_day(one.start) - start))
        if len(war.start) == 10 and abs(first_day(war.start) - start) > NEAR:
            other.add((number, "start"))
        if end and len(war.end) == 10 and abs(first_day(war.end) - end) > NEAR:
            other.add((number, "end"))
    assert missing == NOT_HERE
    assert other == set(OTHER_DAYS)


def test_many_treaties_have_day_place_and_parties_and_many_wars_days_and_sides() -> None:
    treaties = [one for one in INSTRUMENTS.all if one.kind == "treaty" and one.start >= "1648"]
    assert len([one for one in treaties if len(one.start) == 10 and one.place and len(one.parties) > 1]) >= 500
    wars = [one for one in INSTRUMENTS.all if one.kind == "war" and one.start >= "1800"]
    assert len([one for one in wars if len(one.sides) == 2 and all(one.sides)]) >= 290
    assert len([one for one in wars if len(one.start) == 10 and len(one.end) == 10 and len(one.sides) == 2]) >= 60
