"""The room's parts: choosing checks, the checking loader of its words, dates and citations, and hostile text that ends."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from verbale.core import Block, Document, VerbaleError
from verbale.parse import load_parser, split
from verbale.review import CHECKS, Manuscript, choose_checks, review
from verbale.review.citations import find_references
from verbale.review.dates import find_dates, find_spans
from verbale.review.words import DATA, load_words

TODAY = datetime.date(2026, 6, 1)


def manuscript(*paragraphs: str) -> Manuscript:
    """Return paragraphs as a manuscript; one that starts with # is a heading."""
    text, blocks = "", []
    for paragraph in paragraphs:
        words = paragraph.removeprefix("# ")
        blocks.append(Block(len(text), len(text) + len(words), "heading" if words != paragraph else "paragraph"))
        text += words + "\n\n"
    document = Document("test", text, tuple(blocks))
    return Manuscript(document, split(document), today=TODAY, parse=load_parser().parse)


def checks_of(*paragraphs: str) -> list[str]:
    return [finding.check for finding in review(manuscript(*paragraphs))]


def test_checks_have_ids_severities_and_reasons_of_their_own() -> None:
    infos = [check.info for check in CHECKS]
    assert len(infos) == 15
    for part in ("check", "title", "reason"):
        assert len({getattr(info, part) for info in infos}) == len(infos)
    assert {info.severity for info in infos} == {"error", "warning", "note"}


def test_checks_are_chosen_by_id() -> None:
    assert [check.info.check for check in choose_checks(only=["loaded-language", "date-conflict"])] == [
        "date-conflict",
        "loaded-language",
    ]
    assert len(choose_checks(skip=["loaded-language"])) == len(CHECKS) - 1
    with pytest.raises(VerbaleError, match=r"no check is called 'loaded-langauge'; choose among assistant-residue, "):
        choose_checks(skip=["loaded-langauge"])


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("lists.csv", "agnets,analysts", r"lists.csv, line \d+, field list: 'agnets' is not allowed"),
        ("lists.csv", "agents,Analysts", r"lists.csv, line \d+, field words: 'Analysts' stands already in line \d+"),
        (
            "assistant.csv",
            "(unclosed,an offer",
            r"assistant.csv, line \d+, field pattern: '\(unclosed' is not allowed; allowed is",
        ),
        (
            "loaded.csv",
            "mean,malice,,",
            r"loaded.csv, line \d+, field kind: 'malice' is not allowed; allowed is blame, contempt",
        ),
        ("loaded.csv", "brazen,blame,,", r"loaded.csv, line \d+, field forms: 'brazen' stands already in line"),
        ("acronyms.csv", "XX", r"acronyms.csv, line \d+: 1 fields, where 2 belong"),
    ],
)
def test_a_slip_in_a_word_list_is_named_by_file_line_and_field(tmp_path: Path, file: str, line: str, message: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(VerbaleError, match=message):
        load_words(folder=folder)


def test_a_list_that_is_empty_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    rows = (folder / "lists.csv").read_text(encoding="utf-8").splitlines()
    (folder / "lists.csv").write_text("\n".join(row for row in rows if not row.startswith("shares,")), encoding="utf-8")
    with pytest.raises(VerbaleError, match="at least one row for shares"):
        load_words(folder=folder)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Resolutions 1737, 1747, 1803, and 1929 followed.", []),
        ("It lost some 1500 men and 1200 horses in 1812.", [1812]),
        ("In the 1990s and on 3 May 1998 and in March 2001.", [1998, 2001]),
        ("The war of 1914–18 ended.", [1914, 1918]),
        ("It cost $1900 and weighed 1,800 tons.", []),
    ],
)
def test_years_are_told_from_other_numbers(text: str, years: list[int]) -> None:
    assert [date.year for date in find_dates(text)] == years


@pytest.mark.parametrize(
    "text", ["from 1980 to 1988", "between 1980 and 1988", "1980–1988", "1980-88", "from May 1980 until June 1988"]
)
def test_spans(text: str) -> None:
    (span,) = find_spans(text)
    assert (span.first.year, span.last.year) == (1980, 1988)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Shown before (Miller 2010, 4; Ott & Lund, 2012a).", ["Miller 2010", "Ott & Lund 2012a"]),
        ("As Miller et al. (2010) show, it failed.", ["Miller et al. 2010"]),
        ("The Final Act (Helsinki, 1975) and the treaty (Treaty of Paris, 1856) and he (March 1917) did.", []),
        ("In brackets [2, 4–6] and [^7].", ["2", "4", "5", "6", "7"]),
        ("The Second War (1826–1828) and the area of 5 km² are no citations.", []),
    ],
)
def test_citations_are_told_from_other_brackets(text: str, keys: list[str]) -> None:
    assert [citation.key for citation in find_references(manuscript(text)).citations] == keys


def test_a_quoted_assistant_is_no_residue() -> None:
    assert checks_of("The chief clerk asked the envoy: “Would you like me to send the note again?”") == []


def test_a_heading_over_its_section_is_checked_by_the_years_below() -> None:
    found = review(manuscript("# The Eight-Year Blockade", "Sweden closed the port in 1801. It was opened again in 1807."))
    assert [(each.check, each.evidence.quote) for each in found] == [("duration-arithmetic", "Eight-Year")]
    assert checks_of("# The Six-Year Blockade", "Sweden closed the port in 1801. It was opened again in 1807.") == []


def test_sections_may_count_anew_in_each_part_and_contents_are_no_sections() -> None:
    body = "The clerks wrote it down."
    assert (
        checks_of("# Part I", "# 1. Ports", body, "# 2. Roads", body, "# Part II", "# 1. Mines", body, "# 2. Mills", body) == []
    )
    assert (
        checks_of(
            "# 1. Ports",
            "# 2. Roads",
            "# 3. Mines",
            "# Preface",
            body,
            "# 1. Ports",
            body,
            "# 2. Roads",
            body,
            "# 3. Mines",
            body,
        )
        == []
    )
    assert checks_of("# I. Ports", body, "# III. Roads", body) == ["section-numbering"]


def test_a_present_state_and_a_state_looked_back_at_are_no_conflict() -> None:
    assert checks_of("In 1994 Russia signed the paper.") == []
    assert checks_of("In 1999 former Soviet Union officers signed the paper.") == []
    assert checks_of("In 1999 Czechoslovakia signed the paper.") == ["date-conflict"]


@pytest.mark.parametrize(
    "text",
    ["A" * 200_000, "Abc " * 12_000, "(a" * 15_000, '"' * 60_000, "[1," * 15_000, "1-" * 20_000, "some " * 12_000,
     "a" + " " * 60_000 + "b",     "analysts and " * 6_000, "three wars: " + "a, " * 12_000, "“" * 60_000, "1999 " * 12_000],
)  # fmt: skip
def test_broken_or_hostile_text_ends(text: str) -> None:
    assert isinstance(review(manuscript(text)), list)


def test_an_empty_manuscript_has_no_findings() -> None:
    assert review(manuscript()) == []
