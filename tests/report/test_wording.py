"""Dates, actors and counts in words."""

from __future__ import annotations

import datetime

import pytest

from verbale.core import EVENT_TYPES, QUADRANTS, STATUSES, Actor, EventDate
from verbale.core.wording import count, listed
from verbale.report.tables import Cell, balance_caption
from verbale.report.wording import (
    QUADRANT_ORDER,
    STATUS_WORDS,
    TYPE_WORDS,
    actor_words,
    date_bounds,
    date_words,
    with_article,
)

DAY = datetime.date


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (EventDate(DAY(1946, 3, 12)), "12 Mar 1946"),
        (EventDate(DAY(1946, 3, 1), None, "month"), "March 1946"),
        (EventDate(DAY(1946, 1, 1), None, "year"), "1946"),
        (EventDate(DAY(1990, 1, 1), None, "decade"), "1990s"),
        (EventDate(DAY(1800, 1, 1), None, "century"), "19th century"),
        (EventDate(DAY(2000, 1, 1), None, "century"), "21st century"),
        (EventDate(DAY(1804, 1, 1), DAY(1813, 12, 31), "year"), "1804–1813"),
        (EventDate(DAY(1904, 1, 1), DAY(1904, 12, 31), "year"), "1904"),
        (EventDate(DAY(1946, 3, 1), DAY(1946, 5, 31), "month"), "March–May 1946"),
        (EventDate(DAY(1945, 11, 1), DAY(1946, 5, 31), "month"), "November 1945 – May 1946"),
        (EventDate(DAY(1955, 7, 18), DAY(1955, 7, 23)), "18 Jul 1955 – 23 Jul 1955"),
        (None, "no date"),
    ],
)
def test_a_date_reads_as_precisely_as_it_is_known(date: EventDate | None, words: str) -> None:
    assert date_words(date) == words


@pytest.mark.parametrize(
    ("date", "bounds"),
    [
        (EventDate(DAY(1948, 2, 1), None, "month"), (DAY(1948, 2, 1), DAY(1948, 2, 29))),
        (EventDate(DAY(1990, 1, 1), None, "decade"), (DAY(1990, 1, 1), DAY(1999, 12, 31))),
        (EventDate(DAY(1804, 1, 1), DAY(1813, 1, 1), "year"), (DAY(1804, 1, 1), DAY(1813, 12, 31))),
        (EventDate(DAY(9950, 1, 1), None, "century"), (DAY(9950, 1, 1), DAY(9999, 12, 31))),
    ],
)
def test_bounds_hold_all_that_the_precision_leaves_open(date: EventDate, bounds: tuple[datetime.date, datetime.date]) -> None:
    assert date_bounds(date) == bounds


def test_an_actor_is_called_what_it_was_called_then() -> None:
    names = {"RUS": "Russia"}
    assert actor_words(Actor("RUS", entity="Soviet Union", text="Moscow"), names) == "Soviet Union"
    assert actor_words(Actor("RUS", "GOV", text="the Kremlin"), names) == "Russia"
    assert actor_words(Actor("RUS", "MIL"), names) == "Russia (armed forces)"
    assert actor_words(Actor("XYZ"), names) == "XYZ"


def test_counts_lists_and_articles() -> None:
    assert (count(1, "act"), count(0, "act"), count(3000, "act")) == ("1 act", "0 acts", "3,000 acts")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed([])) == ("a", "a and b", "a, b and c", "")
    assert with_article("United States") == "the United States"
    assert with_article("United States of America") == "the United States of America"
    assert with_article("Chile") == "Chile"


def test_every_type_quadrant_and_status_has_its_word() -> None:
    assert set(TYPE_WORDS) == set(EVENT_TYPES)
    assert len(set(TYPE_WORDS.values())) == len(EVENT_TYPES), "a filter by word must not mix two types"
    assert set(QUADRANT_ORDER) == set(QUADRANTS.values())
    assert set(STATUS_WORDS) == set(STATUSES)


def test_the_balance_in_words_compares_only_periods_with_enough_acts() -> None:
    def cells(together: int, against: int) -> list[Cell]:
        return [Cell(), Cell(together, cooperation=together), Cell(against), Cell()]

    table = [("1930s", cells(0, 1)), ("1940s", cells(5, 2)), ("1950s", cells(1, 4)), ("1960s", cells(2, 2))]
    assert balance_caption(table, "decade") == (
        "8 acts of cooperation stand against 9 of conflict. Conflict outweighs cooperation in the 1950s. "
        "Cooperation outweighs conflict in the 1940s. (Only decades with at least 3 acts are compared.)"
    )
    assert balance_caption([("1946", cells(1, 0))], "year") == "1 act of cooperation stands against 0 of conflict."


def test_organisations_that_share_a_code_are_called_by_the_words_of_the_text() -> None:
    names = {"OTH": "Other organisations", "FRA": "France"}
    assert actor_words(Actor("OTH", "", "the Allies"), names) == "the Allies"
    assert actor_words(Actor("OTH", "", "SEATO", "Southeast Asia Treaty Organization"), names).startswith("Southeast Asia")
    assert actor_words(Actor("FRA", "", "Paris"), names) == "France"
