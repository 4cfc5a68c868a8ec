"""Votes in the General Assembly that a text tells by subject and year."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, VerbaleError
from verbale.parse.parser import OWN_MODEL
from verbale.review import Holdings, find_statements, review
from verbale.review.claims.assembly import COLUMNS, by_subject, load_subjects


@pytest.mark.parametrize(
    ("text", "year", "resolution"),
    [
        ("the resolution on Afghanistan", 1983, "38/29"),
        ("the resolution on Afghanistan", 1999, ""),
        ("the resolution on human rights in Afghanistan", 1986, ""),
        ("Kampuchea and Afghanistan", 1983, ""),  # two of that year
        ("the comprehensive test-ban treaty", 1996, "50/245"),
        ("the invasion of Grenada", 1983, "38/7"),
    ],
)
def test_one_resolution_is_told_or_none(text: str, year: int, resolution: str) -> None:
    assert by_subject(text, year) == resolution


def test_a_slip_in_the_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "claim_assembly.csv").write_text(f"{','.join(COLUMNS)}\n38/7,1983,(Grenada,x\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match="a regular expression"):
        load_subjects(folder=tmp_path)


@pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 1983 Peru voted for the resolution on the invasion of Grenada.", "supported"),
        ("In 1983 Peru voted against the resolution on the invasion of Grenada.", "contradicted"),
    ],
)
def test_the_vote_is_held_against_the_roll_call(text: str, verdict: str) -> None:
    row = {"code": "PER", "resolution": "R/38/7", "vote": "yes", "date": datetime.date(1983, 11, 2), "line": 5}
    manuscript = prepare(Document("note", text, (Block(0, len(text), "paragraph"),)), today=datetime.date(2026, 6, 1))
    holdings = Holdings({"un-votes": [row]}, {"un-votes": "2025"})
    (found,) = review(manuscript, only=["claim"], statements=find_statements(manuscript), holdings=holdings)
    assert found.verdict == verdict
    assert "text tells of" in found.matched
