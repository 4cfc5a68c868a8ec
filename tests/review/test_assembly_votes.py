"""Votes in the General Assembly that a text tells by number: who voted how, and how many, against the roll calls."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.review.test_claim_questions import claims, needs_model

DAY = datetime.date(1999, 12, 1)


def votes(**cast: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "resolution": "R/54/901", "vote": vote, "date": DAY, "line": number}
        for number, (code, vote) in enumerate(cast.items(), start=3)
    ]


ROWS = {"un-votes": votes(RUS="yes", PER="abstain", USA="no", CHN="absent", FRA="yes", ISR="no")}


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict", "line"),
    [
        ("Russia voted for resolution A/RES/54/901 in 1999.", "supported", 3),
        ("Russia voted in favour of General Assembly resolution 54/901.", "supported", 3),
        ("Russia voted against resolution A/RES/54/901 in 1999.", "contradicted", 3),
        ("Peru abstained on General Assembly resolution 54/901.", "supported", 4),
        ("Russia abstained on General Assembly resolution 54/901.", "contradicted", 3),
        ("The United States voted for General Assembly resolution 54/901.", "contradicted", 5),
        ("The United States voted against resolution A/RES/54/901 of December 1999.", "supported", 5),
        ("China did not take part in the vote on General Assembly resolution 54/901.", "supported", 6),
    ],
)
def test_how_a_state_voted_is_in_its_row(text: str, verdict: str, line: int) -> None:
    (finding,) = claims(text, **ROWS)
    assert finding.verdict == verdict
    assert [(one.dataset, one.line) for one in finding.grounds] == [("un-votes", line)]


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Russia voted for resolution A/RES/54/902 in 1999.",  # no roll call of it
        "Chile voted for resolution A/RES/54/901 in 1999.",  # it has no row
    ],
)
def test_without_a_row_of_the_vote_nothing_is_told(text: str) -> None:
    (finding,) = claims(text, **ROWS)
    assert finding.verdict == "not covered"
    assert not finding.grounds


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The General Assembly adopted resolution 54/901 by 2 votes to 2, with 1 abstention.", "supported"),
        ("The General Assembly adopted resolution 54/901 by 123 votes to 4.", "contradicted"),
    ],
)
def test_the_count_is_that_of_the_roll_call(text: str, verdict: str) -> None:
    (finding,) = claims(text, **ROWS)
    assert finding.verdict == verdict
