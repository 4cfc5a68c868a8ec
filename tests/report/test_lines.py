"""Lines of datasets on the page: every number that rests on some leads to all of them, each once, and nothing is markup."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from verbale.report import DossierData, MeasureSection, RecordLines, dossier
from verbale.report import lines as report_lines
from verbale.report.lines import gathered

Generator = Callable[..., DossierData]
HOSTILE = "<img src=x onerror='window.hurt = 1'></td></script>"


def register(*lines: int, dataset: str = "register") -> RecordLines:
    rows = [(line, ["Norway", f"{HOSTILE} {line}", 1990, [1991, 1992], None]) for line in lines]
    return RecordLines(dataset, HOSTILE, "2025", "register.csv", ["supplier", "weapon", "year", "delivery_years", "x"], rows)


def section(rows: list[tuple[float | None, list[int]]], held: RecordLines) -> MeasureSection:
    return MeasureSection(
        "shares",
        "Shares",
        columns=["quantity", "value"],
        rows=[{"quantity": "share", "value": value, "register_lines": lines} for value, lines in rows],
        keys={"register_lines": "register"},
        lines=[held],
    )


@pytest.fixture
def data(make_data: Generator) -> DossierData:
    rows: list[tuple[float | None, list[int]]] = [(0.5, list(range(10, 41))), (0.25, [10, 12, 13]), (0.125, [])]
    shares = section(rows, register(*range(10, 41)))
    return dataclasses.replace(make_data(20, 2), measures=[shares, dataclasses.replace(shares, name="again", title="Again")])


def test_every_number_leads_to_all_of_its_lines_and_each_line_stands_once(data: DossierData) -> None:
    tree = lxml_html.fromstring(dossier(data))
    first, second, third = tree.xpath("//section[@id='measure-shares']//tbody/tr")
    for row, lines in ((first, ["10–40"]), (second, ["10", "12–13"])):
        links = set(row.xpath(".//a/@href"))
        assert len(links) == 1, "the number and the count of lines lead to the same"
        [place] = tree.xpath(f"//li[@id='{links.pop()[1:]}']")
        assert [each.text for each in place.xpath(".//a")] == lines
    assert not third.xpath(".//a"), "what rests on nothing leads nowhere"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(link[1:] in ids for link in tree.xpath("//a[starts-with(@href, '#line')]/@href"))
    assert [each for each in ids if each.startswith("line-0-")] == [f"line-0-{line}" for line in range(10, 41)]
    row = tree.xpath("//tr[@id='line-0-12']")[0]
    assert [each.text_content() for each in row] == ["12", "Norway", f"{HOSTILE} 12", "1990", "1991, 1992", ""]
    assert not tree.xpath("//img")


def test_lines_beyond_what_a_page_holds_are_named_and_counted(data: DossierData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_lines, "MAX_LINES", 20)
    tree = lxml_html.fromstring(dossier(data))
    assert "11 more lines would make the page too large" in tree.xpath("//section[@id='record-lines']")[0].text_content()
    place = tree.xpath("//li[@id='behind-0']")[0]
    assert " ".join(place.text_content().split()) == "Shares: register 10–29, 30–40"
    assert len(place.xpath(".//a")) == 1


def test_a_line_that_makes_several_rows_has_one_anchor() -> None:
    held = gathered([register(5, 5, 6), register(6, 7)])
    assert [(row.line, row.anchor) for row in held.tables[0].rows] == [
        (5, "line-0-5"), (5, ""), (6, "line-0-6"), (7, "line-0-7")
    ]  # fmt: skip
    assert held.behind("none", {"register": []}) is None


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_a_click_on_a_number_shows_its_lines_alone(
    browser: Any, data: DossierData, tmp_path: Path, width: int, dark: bool
) -> None:
    page = tmp_path / "lines.html"
    page.write_text(dossier(data), encoding="utf-8")
    browser.open(page, width=width, dark=dark)
    shown = "[...document.querySelectorAll('.line-rows tbody tr')].filter((row) => row.offsetParent).map((row) => row.id)"
    browser.run("document.querySelectorAll('#measure-shares tbody tr')[1].querySelector('a.number').click()")
    assert browser.run(shown) == ["line-0-10", "line-0-12", "line-0-13"]
    assert browser.run("document.getElementById('lines-state').innerText").startswith("3 lines behind “Shares, share”.")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.run("document.querySelector('#lines-state button').click()")
    assert len(browser.run(shown)) == 31
    browser.run("document.querySelector('#behind-1 a').click()")
    assert browser.run("document.activeElement.id") == "line-0-10"
    assert browser.errors == []
    browser.open(page, hash="#behind-1")
    assert len(browser.run(shown)) == 3, "an address leads to the lines as well"
