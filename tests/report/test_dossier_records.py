"""The acts above the records: bands, line and bars with their sources, and a row with the official file's lines for each."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from verbale.report import DossierData, DossierRecords, RecordLayer, dossier

DAY = datetime.date
Generator = Callable[..., DossierData]


def layer(kind: str, dataset: str, years: tuple[int, int], rows: list[dict[str, Any]], **more: Any) -> RecordLayer:
    facts = {"title": f"Title of {dataset}", "edition": "4", "file": f"{dataset}.csv", "partial": False, "citation": "@book{x}"}
    return RecordLayer(kind=kind, dataset=dataset, first_year=years[0], last_year=years[1], rows=rows, **{**facts, **more})


def span(number: int, start: int, end: int | None, lines: list[int], **more: Any) -> dict[str, Any]:
    return {"number": number, "start": DAY(start, 3, 1), "end": DAY(end, 4, 1) if end else None, "lines": lines, **more}


def records(**change: Any) -> DossierRecords:
    layers = [
        layer(
            "wars",
            "cow-wars",
            (1816, 2007),
            [
                span(1, 1808, 1809, [5, 4], warname="Finnish <b>War</b>", opposed=True),
                span(2, 1914, 1918, [9, 10], warname="World War I", opposed=False),
            ],
            number="number",
        ),
        layer("disputes", "cow-mid-participants", (1816, 1950), [span(77, 1905, 1905, [40, 41], hostlev=4)], number="number"),
        layer(
            "alliances", "atop-members", (1815, 2018), [span(8, 1990, None, [1, 2], defense=True, consul=True)], number="number"
        ),
        layer(
            "agreement",
            "un-votes",
            (1946, 2015),
            [
                {"year": 1947, "agreement": 0.25, "votes": 40, "lines": list(range(100, 180, 2))},
                {"year": 1964, "agreement": 1.0, "votes": 1, "lines": [300, 301]},
            ],
            edition="",
        ),
        layer(
            "transfers",
            "sipri-transfers",
            (1950, 2024),
            [
                {"year": 1960, "source": "SWE", "target": "NOR", "tiv": 1234.5, "orders": 2, "lines": [7, 9]},
                {"year": 1961, "source": "NOR", "target": "SWE", "tiv": 100.0, "orders": 1, "lines": [8]},
            ],
        ),
    ]
    return dataclasses.replace(DossierRecords((1805, 1995), layers), **change)


@pytest.fixture(scope="module")
def data(make_data: Generator) -> DossierData:
    return dataclasses.replace(make_data(40, 3), records=records())


def cells(page: str, anchor: str) -> list[str]:
    (row,) = lxml_html.fromstring(page).xpath(f"//tr[@id='{anchor}']")
    return [" ".join("".join(cell.itertext()).split()) for cell in row]


def test_each_row_names_dataset_edition_and_lines(data: DossierData) -> None:
    page = dossier(data)
    assert cells(page, "record-wars-0")[:2] == ["1 Mar 1808 – 1 Apr 1809", "Finnish <b>War</b> (war 1), against each other"]
    assert cells(page, "record-wars-0")[2:] == ["cow-wars", "4", "4–5"]
    assert cells(page, "record-wars-1")[1] == "World War I (war 2), on the same side"
    assert cells(page, "record-disputes-0")[1] == "dispute 77: use of force"
    assert cells(page, "record-alliances-0")[0] == "1 Mar 1990 – (in force at the end of 2018)"
    assert cells(page, "record-alliances-0")[1] == "alliance 8: defence and consultation"
    assert cells(page, "record-agreement-0")[:4] == ["1947", "0.25 in 40 votes", "un-votes", "not told"]
    assert cells(page, "record-agreement-0")[4] == "40 lines"
    link = lxml_html.fromstring(page).xpath("//tr[@id='record-agreement-0']//a/@href")[0]
    listed = lxml_html.fromstring(page).xpath(f"//li[@id='{link[1:]}']")[0].text_content()
    assert "100, 102, 104" in listed
    assert listed.strip().endswith("176, 178")
    assert cells(page, "record-transfers-0")[1:] == [
        "Sweden → Norway: 1,234.5 million, 2 orders",
        "sipri-transfers",
        "4",
        "7, 9",
    ]
    assert "<b>War</b>" not in page


def test_the_chart_has_what_the_tables_have(data: DossierData) -> None:
    tree = lxml_html.fromstring(dossier(data))
    payload = json.loads(tree.xpath("//script[@id='payload']/text()")[0])["records"]
    assert [one["kind"] for one in payload["layers"]] == ["wars", "disputes", "alliances", "agreement", "transfers"]
    anchors = [mark["row"] for one in payload["layers"] for mark in one["marks"]]
    assert sorted(anchors) == sorted(tree.xpath("//tr[starts-with(@id, 'record-')]/@id"))
    wars, _, pacts, votes, arms = payload["layers"]
    assert wars["source"] == "cow-wars 4, 1816–2007"
    assert wars["known"] == [(DAY(1816, 1, 1) - DAY(1970, 1, 1)).days, (DAY(2007, 12, 31) - DAY(1970, 1, 1)).days]
    assert [mark["strength"] for mark in wars["marks"]] == [0.9, 0.45]
    assert pacts["marks"][0]["end"] == (DAY(2018, 12, 31) - DAY(1970, 1, 1)).days
    assert [mark["few"] for mark in votes["marks"]] == [False, True]
    assert [mark["back"] for mark in arms["marks"]] == [False, True]
    assert "Title of cow-wars, edition 4, 1816–2007 (cow-wars, from cow-wars.csv)" in "".join(
        tree.xpath("//section[@id='method']//text()")
    )
    assert tree.xpath("//nav/a[@href='#records']")


def test_what_is_not_installed_and_what_is_damaged_is_said(data: DossierData) -> None:
    some = records(
        layers=records().layers[:1], missing={"alliances": ("atop-members", "cow-alliances")}, problems=["x is damaged"]
    )
    page = " ".join("".join(lxml_html.fromstring(dossier(dataclasses.replace(data, records=some))).itertext()).split())
    assert "Not installed, and so not shown: alliances (atop-members or cow-alliances)." in page
    assert "x is damaged" in page
    none = dataclasses.replace(data, records=records(layers=(), missing={"wars": ("cow-wars",)}))
    tree = lxml_html.fromstring(dossier(none))
    assert "once installed with “verbale records install”: wars (cow-wars)." in "".join(tree.itertext())
    assert not tree.xpath("//*[@id='records' or @id='records-chart']")


def test_a_page_without_records_is_as_before(make_data: Generator) -> None:
    tree = lxml_html.fromstring(dossier(make_data(40, 3)))
    assert not tree.xpath("//*[@id='records' or @id='records-chart']")
    assert "verbale records" not in "".join(tree.xpath("//main//text()"))


def test_a_source_that_does_not_cover_the_years_says_so(data: DossierData) -> None:
    late = records(years=(1700, 1750), layers=[layer("wars", "cow-wars", (1816, 2007), [], partial=True)])
    page = "".join(lxml_html.fromstring(dossier(dataclasses.replace(data, records=late))).itertext())
    assert "Wars: the source does not cover these years" in page
    assert "only a part of the file was installed" in page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, data: DossierData) -> Path:
    path = tmp_path_factory.mktemp("records") / "page.html"
    path.write_text(dossier(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True), (360, False)])
def test_the_chart_is_drawn_without_errors_and_fits(browser: Any, page: Path, width: int, dark: bool) -> None:
    browser.open(page, width=width, dark=dark)
    assert browser.errors == []
    assert browser.run("document.querySelectorAll('#records-chart svg .mark-rect path').length") >= 10
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert browser.run("document.documentElement.scrollWidth") <= width
    words = browser.run("document.querySelector('#records-chart svg').textContent")
    for heading in ("Acts in the documents", "Wars", "Militarised disputes", "Alliances", "Agreement in the General Assembly"):
        assert heading in words
    assert "url(#unknown)" in browser.run("document.querySelector('#records-chart svg').outerHTML")


def test_a_click_on_a_band_leads_to_its_row(browser: Any, page: Path) -> None:
    browser.open(page)
    browser.run("document.getElementById('records-chart').scrollIntoView({ block: 'center' })")
    place = browser.run(
        "(() => { const box = [...document.querySelectorAll('#records-chart .mark-rect path')]"
        ".filter((each) => getComputedStyle(each).fill === 'rgb(59, 63, 70)')[1].getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.point(*place)
    assert "World War I (war 2), on the same side" in browser.run("document.getElementById('tooltip').innerText")
    assert "from cow-wars.csv" in browser.run("document.getElementById('tooltip').innerText")
    browser.click(*place)
    browser.wait("document.getElementById('record-wars').open")
    assert browser.run("document.activeElement.id") == "record-wars-1"
