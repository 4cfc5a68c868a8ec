"""Acts of third parties on a page: their own list, behind the numbers that rest on them, and in no figure of the pair."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verbale.report import DossierData, MeasureSection, dossier

Generator = Callable[..., DossierData]


@pytest.fixture(scope="module")
def data(make_data: Generator) -> DossierData:
    """A pair's dossier with a measure whose only mark rests on an act of the pair and on three of others."""
    pair, beside = make_data(20, 2), make_data(12, 1, seed=9, dyad=("SWE", "DNK"))
    texts = [dataclasses.replace(held.document, name=f"other-{at}") for at, held in enumerate(beside.documents)]
    moved = {held.document.document_id: text.document_id for held, text in zip(beside.documents, texts, strict=True)}
    others = [
        dataclasses.replace(event, evidence=dataclasses.replace(event.evidence, document_id=moved[event.evidence.document_id]))
        for event in beside.events
        if event.status == "actual" and event.date
    ][:3]
    own = next(event for event in pair.events if event.status == "actual" and event.date)
    ids = [own.event_id, *(event.event_id for event in others)]
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"at": 1, "up": 3, "row": 7}, {"at": 2, "up": 3, "event_ids": ids[1:3], "period": "1950s"}]},
        "mark": {"type": "bar", "size": 40},
        "encoding": {"x": {"field": "at", "type": "quantitative"}, "y": {"field": "up", "type": "quantitative"}},
    }
    section = MeasureSection(
        "near",
        "Near",
        sentences=["1950s: 4 acts."],
        told=[{"event_ids": ids}],
        columns=["period", "value"],
        rows=[{"period": "1950s", "value": 4, "event_ids": ids}],
        numbers=[7],
        keys={"event_ids": "events"},
        chart=chart,
        event_ids=ids,
    )
    return dataclasses.replace(pair, measures=[section], others=others, other_documents=texts)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_numbers_and_marks_list_acts_of_others_and_an_address_opens_them(
    browser: Any, data: DossierData, tmp_path: Path, width: int, dark: bool
) -> None:
    path = tmp_path / "page.html"
    path.write_text(dossier(data), encoding="utf-8")
    browser.open(path, width=width, dark=dark)
    assert browser.errors == []
    listed = "document.querySelectorAll('#chronology tr.event').length"
    own = browser.run(listed)
    browser.run("document.querySelector('#measure-near li button').click()")
    browser.wait(f"{listed} === 4")
    browser.run("document.querySelectorAll('#chronology .opener').forEach((each) => each.click())")
    assert browser.run("document.querySelectorAll('#chronology tr.passage mark').length") == 4
    browser.run("document.querySelector('#chronology-state button').click()")
    browser.wait(f"{listed} === {own}")
    browser.wait("document.querySelectorAll('.measure-chart .mark-rect path').length === 2")
    for at, wanted in ((0, 4), (1, 2)):
        browser.run("document.querySelector('.measure-chart').scrollIntoView({ block: 'center' })")
        place = browser.run(
            f"(() => {{ const box = document.querySelectorAll('.measure-chart .mark-rect path')[{at}].getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        browser.click(*place)
        browser.wait(f"{listed} === {wanted}")
    assert "behind “1950s”" in browser.run("document.getElementById('chronology-state').innerText")
    assert browser.run("document.documentElement.scrollWidth") <= width
    other = data.others[1].event_id
    browser.open(path, width=width, hash=f"#event-{other}")
    browser.wait(f"document.getElementById('passage-{other}')")
    assert browser.run("document.querySelector('#others details').open")
    assert browser.run(f"document.getElementById('passage-{other}').innerText.includes('…')"), "the words around it"
    assert browser.run(listed) == own
    assert browser.errors == []
