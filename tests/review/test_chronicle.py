"""The account of a text: what its descriptions mean, which dates and lives contradict, and what must stay without a finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.review.marked import compare, load
from tests.review.test_review_room import TODAY

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, VerbaleError
from verbale.parse.parser import OWN_MODEL
from verbale.review import Manuscript, review
from verbale.review.chronicle import Chronicle
from verbale.review.counting import count_words
from verbale.review.happening_words import load_happening_words, related
from verbale.review.words import DATA

RETOLD = Path(__file__).parent / "retold"
CHECKED = ("duration-arithmetic", "count-arithmetic", "date-conflict")
needs_parser = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")


def read(*paragraphs: str) -> Manuscript:
    """Return paragraphs as a manuscript with its parse."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), "paragraph"))
        text += paragraph + "\n\n"
    return prepare(Document("note", text, tuple(blocks)), today=TODAY)


def found(*paragraphs: str) -> list[str]:
    """Return the messages of the three checks."""
    return [finding.message for finding in review(read(*paragraphs), only=CHECKED)]


@needs_parser
@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (
            (
                "Delegates signed a convention at Lima on 4 May 1903.",
                "The convention, signed at Lima in May 1901, has ten articles.",
            ),
            "The signing (convention) is dated May 1901 here and 4 May 1903 before.",
        ),
        (
            ("The charter was signed in April 2012. Mali, which ratified it in 2010, was the first."),
            "The ratification (2010) would lie before the signing (April 2012).",
        ),
        (
            ("Captain Orr died on 3 May 1874. He dined with the consul in June 1876."),
            "Captain Orr takes part in this in 1876, but had died by then, as the text tells (3 May 1874).",
        ),
        (
            ("In 1719 the Ming court sent a protest to the tsar."),
            "Ming court existed 1368–1662, and cannot have taken part in this in 1719.",
        ),
        (
            ("The wall was built in August 1961.", "The building of the wall, in the summer of 1962, is told by all."),
            "The building (wall) is dated 1962 here and August 1961 before.",
        ),
        (
            ("The first meeting took place in 1851, the second in 1859 and the third in 1856."),
            "The third (1856) would lie before the one that it follows (1859).",
        ),
        (
            ("The tribunal gave its award on 14 September 1872. It was paid on 9 September 1873, five months after the award."),
            "The text says “five months”, but from 14 September 1872 to 9 September 1873 it is twelve months.",
        ),
        (
            ("The council made nine demands, of which the duke met two, refused six and left three open."),
            "The parts add up to eleven, not nine.",
        ),
        (("It rested on two treaties, those of 1921, 1935 and 1940."), "The text says “two treaties”, but names three years."),
    ],
)
def test_what_the_text_tells_otherwise_elsewhere(paragraphs: tuple[str, ...] | str, message: str) -> None:
    assert message in found(*([paragraphs] if isinstance(paragraphs, str) else paragraphs))


@needs_parser
@pytest.mark.parametrize(
    "text",
    [
        "Captain Orr died on 3 May 1874. His widow received the consul in June 1876, and his son wrote memoirs in 1880.",
        "The treaty was signed in 1907. France signed it in 1909 and ratified it in 1910.",
        "The treaty of 1907 was signed at Lima. The treaty of 1911, signed at Quito, replaced it.",
        "The court ruled in 1971 that the mandate had ended. The court ruled in 1975 on another case.",
        "The station was closed in 1910 and opened again in 1904 under another name, before it was closed for good in 1912.",
        "They had one aim in 1907: it gave them the port, the railway and the mine.",
    ],
)
def test_what_may_well_be_is_no_conflict(text: str) -> None:
    assert found(text) == []


@needs_parser
def test_descriptions_and_pronouns_mean_the_thing_that_was_told() -> None:
    account = Chronicle(
        read("Miguel Grau commanded the ship. He signed an agreement at Arica in May 1880. In 1882 the agreement expired."),
        load_happening_words(),
    )
    signed, lapsed = account.tellings
    assert signed.kind is not None
    assert (signed.kind.name, signed.by and signed.by.label) == ("signing", "Miguel Grau")
    assert signed.of is lapsed.of is not None


def test_a_manuscript_that_was_not_parsed_has_no_account() -> None:
    manuscript = read.__globals__["Manuscript"](Document("note", "", ()), (), today=TODAY)
    assert Chronicle(manuscript, load_happening_words()).tellings == []


@pytest.mark.parametrize(
    ("noun", "verb", "made"),
    [("crossing", "cross", True), ("ostracism", "ostracise", True), ("invasion", "invade", True), ("treaty", "trial", False)],
)
def test_nouns_made_from_verbs(noun: str, verb: str, made: bool) -> None:
    assert related(noun, verb) is made


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        (
            "happenings.csv",
            "flight,war,first,no,object,fly,flight",
            r"happenings.csv, line \d+, field stage: 'first' is not allowed",
        ),
        (
            "happenings.csv",
            "flight,war,1,often,object,fly,flight",
            r"happenings.csv, line \d+, field once: 'often' is not allowed",
        ),
        ("lives.csv", "Nobody,person,about 1800,1850", r"lives.csv, line \d+, field start: 'about 1800' is not allowed"),
        (
            "lives.csv",
            "Metternich,person,1773,1859",
            r"lives.csv, line \d+, field names: 'Metternich' stands already in line \d+",
        ),
        ("chronicle.csv", "moods,gay", r"chronicle.csv, line \d+, field list: 'moods' is not allowed"),
    ],
)
def test_a_slip_in_the_words_is_named_by_file_line_and_field(tmp_path: Path, file: str, line: str, message: str) -> None:
    for each in ("happenings.csv", "lives.csv", "chronicle.csv", "referents.csv"):
        shutil.copy(DATA / each, tmp_path / each)
    with (tmp_path / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(VerbaleError, match=message):
        load_happening_words(folder=tmp_path)


def test_the_words_of_counts_are_there() -> None:
    assert all(count_words().values())


@needs_parser
def test_our_texts_of_retold_events(tmp_path: Path) -> None:
    """Fourteen texts of ours, eight written before the chronicle and six after it: what is found now, and nothing false."""
    missed = dict.fromkeys(CHECKED, 0)
    for path in sorted(RETOLD.glob("*.txt")):
        document, planted = load(path, tmp_path)
        findings = review(prepare(document, today=TODAY), only=CHECKED)
        lost, false = compare(findings, planted)
        assert not false, f"{path.name}: {[each.message for each in false]}"
        for each in lost:
            missed[each.check] += 1
    assert missed == {"duration-arithmetic": 2, "count-arithmetic": 0, "date-conflict": 7}
