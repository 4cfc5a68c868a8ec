"""Times and numbers in right and wrong sentences: how many slips are found, and that what is right is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.review.test_arithmetic import parsed

from verbale.review import review

FOLDER = Path(__file__).parent / "spans"
_PAIR = re.compile(r"\[\[(.*?)\|\|(.*?)\]\]")
FLOORS = {"durations": 595, "counts": 972, "dates": 500}
CHECKS = {"durations": "duration-arithmetic", "counts": "count-arithmetic", "dates": "date-conflict"}


def sentences(name: str) -> tuple[list[str], list[str]]:
    """Return the right and the wrong sentences of a file."""
    lines = [
        line.replace(" ¶ ", "\n\n")
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    right = [_PAIR.sub(r"\1", line) for line in lines]
    return right, [_PAIR.sub(r"\2", line) for line in lines if _PAIR.search(line)]


@pytest.mark.parametrize("name", FLOORS)
def test_right_sentences_are_left_alone(name: str) -> None:
    assert [text for text in sentences(name)[0] if review(parsed(text), only=list(CHECKS.values()))] == []


@pytest.mark.parametrize("name", FLOORS)
def test_as_many_wrong_sentences_are_found_as_ever(name: str) -> None:
    found = [text for text in sentences(name)[1] if review(parsed(text), only=[CHECKS[name]])]
    assert len(found) >= FLOORS[name]
