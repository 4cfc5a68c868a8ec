"""A published opinion article: what its own pages show to be slips must be found, whatever else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from verbale.app import flows
from verbale.core import Finding
from verbale.parse.parser import OWN_MODEL

ARTICLE = Path(__file__).parents[3] / "shared" / "articles" / "iran-russia-part1.txt"

pytestmark = [
    pytest.mark.skipif(not ARTICLE.exists(), reason="the shared articles are not here"),
    pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)"),
]


@pytest.fixture(scope="module")
def findings() -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in flows.review(ARTICLE, format="json", skip=["claim"]).findings:
        found.setdefault(finding.check, []).append(finding)
    return found


def test_the_paragraph_of_an_assistant(findings: dict[str, list[Finding]]) -> None:
    (finding,) = findings["assistant-residue"]
    assert finding.evidence.quote.startswith("If you want, I can")
    assert finding.evidence.quote.endswith("compile it?")


def test_the_missing_section(findings: dict[str, list[Finding]]) -> None:
    (finding,) = findings["section-numbering"]
    assert "After 2 comes 4: 3 is missing." in finding.message


def test_the_delay_that_is_shorter_than_it_says(findings: dict[str, list[Finding]]) -> None:
    (finding,) = findings["duration-arithmetic"]
    assert finding.message.endswith("from 2007 to 2016 it is nine years.")
    assert [each.quote for each in finding.rests_on] == ["2007", "2016"]


def test_nothing_is_sourced(findings: dict[str, list[Finding]]) -> None:
    assert len(findings["unsourced-claim"]) >= 12
    assert "names no source at all" in findings["unsourced-claim"][0].message
    assert not {"missing-reference", "uncited-reference"} & findings.keys()


def test_who_is_left_unnamed(findings: dict[str, list[Finding]]) -> None:
    quotes = " | ".join(finding.evidence.quote for finding in findings["vague-attribution"])
    for words in ("According to some", "Some reports", "elites have portrayed", "analysts and diplomats"):
        assert words in quotes


def test_judging_words(findings: dict[str, list[Finding]]) -> None:
    quotes = {finding.evidence.quote.lower() for finding in findings["loaded-language"]}
    assert {"betrayals", "humiliating", "brazen", "criminal", "self-serving", "blatant", "so-called"} <= quotes


def test_acronyms(findings: dict[str, list[Finding]]) -> None:
    assert {finding.evidence.quote for finding in findings["undefined-acronym"]} == {"UAE", "IRGC", "UNSC", "JCPOA"}


def test_there_is_nothing_else(findings: dict[str, list[Finding]]) -> None:
    expected = {"assistant-residue", "section-numbering", "duration-arithmetic", "unsourced-claim", "vague-attribution"}
    assert findings.keys() == expected | {"loaded-language", "undefined-acronym"}
