"""Manuscripts that differ in their build: lists of works, notes, tables, hidden characters; all findings, and no others.

The slips are marked in place in `tests/review/structure`; whatever else an editorial check finds there is a false alarm.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.review.marked import compare, load

from verbale.app.flows.reviewing import prepare
from verbale.core import Document
from verbale.parse.parser import OWN_MODEL
from verbale.review import find_statements, review
from verbale.sources import read

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

FOLDER = Path(__file__).parent / "structure"
TODAY = datetime.date(2026, 6, 1)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_manuscripts_have_the_marked_slips_and_no_others(path: Path, tmp_path: Path) -> None:
    document, planted = load(path, tmp_path)
    found = review(prepare(document, today=TODAY), skip=["claim"])
    missed, false = [], []
    for check in sorted({each.check for each in planted} | {each.check for each in found}):
        lost, wrong = compare([x for x in found if x.check == check], [x for x in planted if x.check == check])
        missed += [(check, each.words) for each in lost]
        false += [(check, each.evidence.quote, each.message) for each in wrong]
    assert (missed, false) == ([], [])


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("As an AI language model, I cannot verify that Russia invaded Iran in 1804.", 0),
        ("Copyright 2020 by the Berg Institute.", 0),
        ("Figure 3: Russia and Iran signed a treaty in 1828.", 0),
        ("Table 2. Exports of Russia to Iran, 1990–2000.", 0),
        ("This report is licensed under a Creative Commons licence of 2013.", 0),
        ("Table 2 shows that Russia invaded Iran in 1804.", 1),
        ("In 1828 Russia and Iran signed a treaty.", 1),
        ("The office in Evil Street is small.", 0),
        ("[^1]: B. Holm, The Danish War (Aarhus, 1985), 12.", 0),
        ("[^1]: Russia invaded Iran in 1804; see B. Holm, The Danish War (Aarhus, 1985), 12.", 1),
        ("| Salt war | Russia invaded Iran in 1804, and the army won. |", 1),
    ],
)
def test_what_stands_apart_from_the_text_is_no_claim(text: str, claims: int, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"The war with Iran\n\nHe came home in the spring.\n\n{text}\n", encoding="utf-8")
    (document,) = read(path)
    assert isinstance(document, Document)
    found = find_statements(prepare(document, today=TODAY))
    assert bool([one for one in found if one.evidence.start > len("The war with Iran\n\nHe came")]) == bool(claims)


def test_characters_that_nobody_sees_hide_no_word(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(
        "The bra\u00adzen king sent four gi\u200bfts: a sword, a map and a be\u200cll, on 31 Ju\ufeffne 1755.", encoding="utf-8"
    )
    (document,) = read(path)
    assert isinstance(document, Document)
    found = review(prepare(document, today=TODAY), skip=["claim"])
    assert [each.evidence.quote for each in found] == ["brazen", "four gifts: a sword, a map and a bell", "31 June 1755"]
    assert all(document.text[each.evidence.start : each.evidence.end] == each.evidence.quote for each in found)
