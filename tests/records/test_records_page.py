"""The manual's page on records names every dataset, and its examples say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from verbale.records import DATASETS
from verbale.vocab.cow import cow_numbers

PAGE = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")


def test_every_dataset_is_in_the_table_and_no_other() -> None:
    section = PAGE.partition("## The datasets")[2].partition("\n## ")[0]
    first_cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    assert {name for cell in first_cells for name in re.findall(r"`([a-z-]+)`", cell)} == set(DATASETS)


def test_the_examples_of_numbers_are_true() -> None:
    examples = re.findall(r"(cow_numbers\(\)\.\w+\(.+?\))\s+# (.+)", PAGE)
    assert len(examples) == 2
    first, second = (eval(code, {"cow_numbers": cow_numbers}) for code, _ in examples)  # noqa: S307 - our own page
    assert repr(first) == examples[0][1]
    assert second[:2] == (255, 267)
    assert examples[1][1].startswith("(255, 267, ")
