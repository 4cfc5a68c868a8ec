"""What is looked at closer than by its record: sides and outcome of a war, a named treaty's parts, what the Council did."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.review.test_claim_questions import DOMAINS, TODAY, needs_model

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, Finding, VerbaleError
from verbale.review import Holdings, find_statements, review
from verbale.review.claims.acts import load_measures
from verbale.review.claims.cities import is_one, load_cities


def claims(text: str, **tables: Any) -> list[Finding]:
    """Return the claims of a text, held against the program's own lists and some rows."""
    manuscript = prepare(Document("note", text, (Block(0, len(text), "paragraph"),)), today=TODAY)
    holdings = Holdings(tables, dict.fromkeys(tables, "1"), {}, DOMAINS, own=True)
    return review(manuscript, only=["claim"], statements=find_statements(manuscript), holdings=holdings)


def fighter(code: str, side: int, outcome: int, ccode: int = 0) -> dict[str, Any]:
    return {
        "warnum": 3, "warname": "Crimean", "code": code, "ccode": ccode, "side": side, "start": datetime.date(1853, 10, 23),
        "end": datetime.date(1856, 3, 1), "start2": None, "end2": None, "batdeath": 1_000, "outcome": outcome, "line": 2,
    }  # fmt: skip


CRIMEA = [fighter("TUR", 1, 1), fighter("ITA", 1, 1), fighter("FRA", 1, 1), fighter("GBR", 1, 1), fighter("RUS", 2, 2)]


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Sardinia fought on the Russian side in the Crimean War.", "contradicted"),
        ("Sardinia fought on the side of France in the Crimean War.", "supported"),
        ("In the Crimean War Britain was an ally of Russia.", "contradicted"),
        ("In the Crimean War France and Britain stood beside the Ottoman Empire.", "supported"),
        ("The Crimean War was won by Russia.", "contradicted"),
        ("Russia was defeated in the Crimean War.", "supported"),
        ("Russia defeated France in the Crimean War.", "contradicted"),
        ("The Crimean War ended with the defeat of Russia.", "supported"),
        ("Russia and Turkey were at war from 1853 to 1860.", "partly"),
        ("Russia and Turkey were at war from 1853 to 1856.", "supported"),
    ],
)
def test_who_stood_where_and_who_won(text: str, verdict: str) -> None:
    assert claims(text, **{"cow-wars": CRIMEA})[0].verdict == verdict


@needs_model
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The Anglo-Japanese Alliance was signed in Tokyo on 30 January 1902.", {"partly"}),
        ("The Anglo-Japanese Alliance was signed in London on 30 January 1902.", {"supported"}),
        ("The Treaty of Nanking was concluded in Nanjing in August 1842.", {"supported"}),
        ("The Jay Treaty was signed on 19 September 1794.", {"contradicted"}),
        ("The Gadsden Purchase was agreed between the United States and Spain in 1853.", {"partly"}),
        ("Chile concluded the Treaty of Lima with Peru in June 1929.", {"supported"}),
        ("Spain was a party to the Treaty of Kiel.", {"contradicted"}),
        ("The Congress of Verona met in 1822.", {"supported"}),
        ("The Congress of Verona met in 1824.", {"contradicted"}),
    ],
)
def test_a_named_treaty_is_held_against_all_that_is_said_of_it(text: str, verdicts: set[str]) -> None:
    assert {one.verdict for one in claims(text)} == verdicts


@needs_model
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Resolution 841 imposed an oil embargo on Haiti.", "supported"),
        ("Resolution 841 imposed an oil embargo on Libya.", "partly"),
        ("Resolution 1132 ended the sanctions on Sierra Leone.", "partly"),
        ("The Council has never imposed sanctions on Somalia.", "contradicted"),
        ("The Council did not impose sanctions on North Korea before 2006.", "supported"),
        ("The Council first imposed sanctions on Iran in 2008.", "contradicted"),
        ("All sanctions resolutions on North Korea between 2006 and 2017 were adopted unanimously.", "supported"),
        ("All sanctions resolutions on Sudan between 1996 and 2017 were adopted unanimously.", "contradicted"),
        ("Resolution 1803 passed by 14 votes to none, with Indonesia abstaining.", "supported"),
        ("Resolution 1054 was supported by all five permanent members.", "contradicted"),
        ("The European Council imposed sanctions on Belarus in 2004.", "not covered"),
    ],
)
def test_what_the_council_did(text: str, verdict: str) -> None:
    found = {one.verdict for one in claims(text)}
    assert found == ({"contradicted"} if verdict == "partly" and found == {"contradicted"} else {verdict})


def test_names_of_one_city() -> None:
    assert is_one("Peking", "Beijing")
    assert is_one("St. Petersburg", "Tsarskoe Selo")
    assert not is_one("Brussels", "Washington")


@pytest.mark.parametrize(
    ("file", "content", "load"),
    [
        ("claim_cities.csv", "names\nPeking\n", load_cities),
        ("claim_sanctions.csv", "measure,pattern\nfood,x\n", load_measures),
        ("claim_sanctions.csv", "measure,pattern\noil,(\n", load_measures),
    ],
)
def test_a_slip_in_a_table_is_named(tmp_path: Path, file: str, content: str, load: Any) -> None:
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(VerbaleError, match=f"{file}.*line 2"):
        load(folder=tmp_path)
