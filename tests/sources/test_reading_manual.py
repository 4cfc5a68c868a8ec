"""The manual page on reading names every limit, format and rejection that there is."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from verbale.core import CATALOGUE, Settings
from verbale.sources import READERS

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "reading.md").read_text("utf-8")


def codes_raised() -> set[str]:
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "src" / "verbale" / "sources").glob("*.py"))
    return {code for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', sources) if code in CATALOGUE}


def test_every_rejection_is_explained() -> None:
    errors_at_once = {"corpus-mapping", "format-unknown"}
    raised = codes_raised()
    assert len(raised) > 20
    assert [code for code in sorted(raised - errors_at_once) if f"`{code}`" not in MANUAL] == []


def test_every_limit_is_explained() -> None:
    limits = [field.name for field in dataclasses.fields(Settings) if field.name.startswith("max_")]
    assert [name for name in limits if f"`{name}`" not in MANUAL] == []


def test_every_ending_is_explained() -> None:
    endings = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".xml", ".tei"}
    endings |= {".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"}
    assert [ending for ending in sorted(endings) if f"`{ending}`" not in MANUAL] == []
    assert len(READERS) == 9
