"""Manuscripts that differ in their build: lists of works, notes, tables, hidden characters; all findings, and no others.

The slips are marked in place in `tests/review/structure`; whatever else an editorial check finds there is a false alarm.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.review.marked import compare, load

from verbale.app.flows.reviewing import prepare
from verbale.parse.parser import OWN_MODEL
from verbale.review import review

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
