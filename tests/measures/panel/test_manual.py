"""The manual on panels: its tables name what there is, its examples run, and Bremer's table comes out as it is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from verbale.measures.panel import ADDITIONS, MEMBERS, ORDER

DOCS = Path(__file__).parents[3] / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def run_examples(page: str, monkeypatch: pytest.MonkeyPatch, records: Path, folder: Path) -> dict[str, Any]:
    """Run the Python of a page from top to bottom, as a reader would who copies it."""
    monkeypatch.setenv("VERBALE_DATA", str(records))
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        exec(compile(block, "manual", "exec"), names)  # noqa: S102 - our own page
    return names


def test_the_additions_of_the_table_are_there_with_their_columns_and_datasets() -> None:
    section = read("panels.md").partition("## Additions")[2].partition("### ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    assert len(rows) >= 12
    for name, columns, datasets in rows:
        one = ADDITIONS[name]
        known = {variable.name for variable in one.variables}
        sided = known | {f"{column}{side}" for column in known for side in (1, 2)}
        if known:
            named = {column for column in re.findall(r"`(\w+)`", columns) if column not in ("sd_", "m_")}
            assert named <= sided | {"land", "sea"}, name
        accepted = {dataset for needed in one.needs.values() for names in needed for dataset in names}
        # a list of members, which every panel needs, is not named again
        accepted -= {dataset for names in MEMBERS.values() for dataset in names}
        if name not in ("prd", "events"):
            assert set(re.findall(r"`([a-z0-9-]+)`", datasets)) == accepted, name


def test_the_rules_of_whittling_are_listed_in_their_order() -> None:
    rows = re.findall(r"^\| (\d) \| `(\w+)` \|", read("panels.md"), re.MULTILINE)
    assert rows == [(str(place), name) for place, name in enumerate(ORDER, start=1)]


def test_the_examples_run(
    shared_records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = read("panels.md")
    run_examples(page, monkeypatch, shared_records, tmp_path)
    printed = capsys.readouterr().out
    assert "85  1940" in printed
    (rows, columns) = re.findall(r"iran-russia.dta: (\d+) rows, (\d+) columns", page)[0]
    codebook = (tmp_path / "iran-russia.codebook.md").read_text(encoding="utf-8")
    assert f"{rows} rows, {columns} columns" in codebook
    assert (tmp_path / "iran-russia.dta").stat().st_size > 10_000


def test_the_table_of_bremer(
    shared_records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = read("bremer.md")
    names = run_examples(page, monkeypatch, shared_records, tmp_path)
    model, data = names["model"], names["data"]
    assert (len(data), data.gmlmidonset.sum(), model.nobs) == (111_991, 2_638, 106_031)
    order = ("land", "balance", "major", "atop_defense", "democracy", "wealth", "soldiers", "gmlmidspell",
             "I(gmlmidspell ** 2)", "I(gmlmidspell ** 3)", "Intercept")  # fmt: skip
    expected = "1.055 1.055 0.113 -0.130 -0.286 -0.000 29.82 -0.146 0.0025 -0.00001 -3.558"
    table = re.findall(r"^\| [^|]+ \| (-?[\d.]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    assert " ".join(row[0] for row in table) == expected
    for name, row in zip(order, table, strict=True):
        for text, value in zip(row, (model.params[name], model.bse[name]), strict=True):
            assert f"{value:.{len(text.partition('.')[2])}f}" == text, name
