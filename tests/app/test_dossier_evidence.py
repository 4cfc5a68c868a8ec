"""A walk over a dossier of a pair in which others act as well: every number, sentence and mark leads to its acts."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import html as lxml_html
from tests.measures.simulated import GOLDSTEIN, TYPES, write_ledger, yearly_events

from verbale.app.flows import dossier, dossier_events, measuring
from verbale.app.flows.measured.catalogue import MEASURES
from verbale.core import Actor, Block, Document, Event, EventDate, Evidence

FIRST, YEARS = 1980, 30
# Who acts on whom each year beside the pair, and how; the code OTH is that of many organisations.
OTHERS = [
    *(("USA", "IRN", 3), ("USA", "RUS", 2), ("TUR", "IRN", 0), ("USA", "TUR", 1), ("RUS", "TUR", 1), ("IRN", "TUR", 0)),
    ("OTH", "IRN", 3),
]


def others() -> list[tuple[Document, list[Event]]]:
    text, events = "", list[Any]()
    for year in (*range(FIRST - 5, FIRST + YEARS), FIRST + YEARS + 20):
        for source, target, kind in OTHERS:
            words = f"{source} did {TYPES[kind].lower()} toward {target} in May {year}"
            events.append((len(text), words, source, target, kind, datetime.date(year, 5, 1)))
            text += f"{words}. "
    document = Document("elsewhere", text, (Block(0, len(text)),), title="Elsewhere")
    return [
        (
            document,
            [
                Event(
                    Evidence(document.document_id, start, start + len(words), words),
                    Actor(source),
                    Actor(target),
                    TYPES[kind],
                    date=EventDate(day, None, "month", ""),
                    intensity=float(GOLDSTEIN[kind]),
                    confidence=0.9,
                    coder="simulated",
                    coder_version="1",
                )
                for start, words, source, target, kind, day in events
            ],
        )
    ]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    counts = np.random.default_rng(5).poisson([[3.0, 2.0]] * YEARS).astype(np.float64)
    counts[[0, -1]] = 2  # so that the pair's years are known
    return write_ledger(tmp_path_factory.mktemp("walk") / "L.duckdb", [*yearly_events(counts, first_year=FIRST), *others()])


@pytest.fixture(scope="module")
def page(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("page")
    for name in ("one.html", "two.html"):
        dossier(ledger=ledger, dyad="RUS-IRN", output=folder / name, made="1 March 2026")
    assert (folder / "one.html").read_bytes() == (folder / "two.html").read_bytes()
    tree = lxml_html.fromstring((folder / "one.html").read_text(encoding="utf-8"))
    return tree, json.loads(tree.xpath("string(//script[@id='payload'])"))


def marks(part: Any) -> Iterator[dict[str, Any]]:
    """Yield the data of a compiled chart that stand for acts: all but those of helping lines and legends."""
    if isinstance(part, dict):
        for value in part.get("values", ()) if isinstance(part.get("values"), list) else ():
            if isinstance(value, dict) and set(value) - {"x"}:
                yield value
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from marks(value)


def test_a_dossier_has_a_section_for_each_measure_whose_numbers_lead_to_events(page: Any) -> None:
    tree, payload = page
    for name in ("balance", "reciprocity", "turning-points"):
        section = tree.xpath(f"//section[@id='measure-{name}']")[0]
        assert section.xpath(".//details[@class='method']//dt[text()='Formula']")
        buttons = section.xpath(".//button/@data-ids")
        assert buttons
        assert all(int(at) < len(payload["events"]) for ids in buttons for at in ids.split(","))
    shown = {"Balance with intervals", "Reciprocity", "Turning points"}
    assert shown <= {one["title"] for one in payload["measures"]}
    charts = [one["chart"] for one in payload["measures"]]
    assert all(chart and chart["marks"] for chart in charts if chart is not None)
    assert "#b2380b" not in json.dumps(charts), "the figures take the page's colours"


def test_third_parties_networks_and_comparisons_have_figures_method_and_acts_of_others(page: Any) -> None:
    tree, payload = page
    held = {one["name"]: one for one in payload["measures"]}
    for name in ("third-parties", "network", "comparison-first", "comparison-second"):
        section = tree.xpath(f"//section[@id='measure-{name}']")[0]
        assert not section.xpath("./p[contains(., 'Not computed')]"), name
        assert section.xpath(".//details[@class='method']//dt[text()='Formula']")
        assert list(marks(held[name]["chart"])), name
        ids = {int(at) for one in section.xpath(".//button/@data-ids") for at in one.split(",")}
        assert any(payload["events"][at].get("other") for at in ids), name
    assert "USA United States" in tree.xpath("string(//section[@id='measure-network'])")
    looked_at = tree.xpath("string(//section[@id='measure-third-parties']//li[1])")
    assert "2 other actors act on RUS or IRN, in 90 acts; looked at: USA 60, TUR 30" in looked_at, "many share the code OTH"


def test_every_number_and_sentence_of_a_measure_opens_its_acts(page: Any) -> None:
    tree, payload = page
    walked = 0
    for section in tree.xpath("//section[@class='measure'][not(p[contains(., 'Not computed')])]"):
        for row in section.xpath(".//details[@class='table']//tbody/tr"):
            heads = section.xpath(".//details[@class='table']//thead//th/text()")
            cells = dict(zip(heads, row.xpath("./td"), strict=False))
            numbers = [cell for cell in cells.values() if not cell.get("class") and cell.text_content().strip()]
            # What was never seen rests on nothing: a zero, with the interval of a zero, and says so.
            if row.xpath(".//button[@data-none]"):
                assert cells["value"].text_content() in ("0", "")
            assert all(cell.xpath("./button[@data-ids] | ./a") for cell in numbers)
            walked += len(numbers)
        for line in section.xpath("./ul[@class='told']/li | ./details/ul[@class='told']/li"):
            text = line.text_content()
            if not line.xpath("./button[@data-ids] | ./a"):
                assert "reference" in text or "nothing of the pair in" in text, text
        for button in section.xpath(".//li/button | ./p/button"):
            told = re.search(r"([\d,]+) acts?", button.text_content())
            assert told
            assert int(told[1].replace(",", "")) == len(set(button.get("data-ids").split(",")))
    assert walked > 500
    ids = {int(at) for one in tree.xpath("//@data-ids") for at in one.split(",")}
    assert max(ids) < len(payload["events"])


def test_every_mark_of_a_measure_opens_its_acts_or_its_row(page: Any) -> None:
    tree, payload = page
    seen = 0
    anchors = set(tree.xpath("//tr/@id"))
    for held in payload["measures"]:
        for mark in marks(held["chart"]):
            if "acts" in mark:
                assert mark["acts"]
                continue
            row = held["rows"][str(int(mark["row"]))]
            assert f"measure-{held['name']}-{int(mark['row'])}" in anchors, held["name"]
            assert row["ids"] or mark.get("value") in (0, -0.0) or mark.get("events") == 0, (held["name"], mark)
            seen += 1
    assert seen > 60


def test_acts_of_others_have_their_words_and_are_counted_nowhere_else(page: Any) -> None:
    tree, payload = page
    others = [one for one in payload["events"] if one.get("other")]
    # Six kinds of act in thirty years; those before and after the pair's own, and those of many organisations, are not.
    assert len(others) == 6 * YEARS
    assert all(one["quote"] in one["excerpt"] and one["row"] == -1 for one in others)
    own = [one for one in payload["events"] if not one.get("other")]
    lede = tree.xpath("string(//p[@class='lede'])")
    assert lede.startswith(f"{len(own)} acts between Russia and Iran")
    assert f"{len(others)} acts that one of the pair does to others" in tree.xpath("string(//section[@id='others'])")
    assert not {one["document"] for one in others} & {one["document"] for one in own}
    assert "text" not in payload["documents"][others[0]["document"]]
    assert "Elsewhere" not in tree.xpath("string(//section[@id='documents'])")


def test_where_not_all_fit_each_number_has_its_first_acts_and_says_so(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_events, "MAX_OTHERS", 40)
    monkeypatch.setattr(measuring, "MEASURES", {"third-parties": MEASURES["third-parties"]})
    dossier(ledger=ledger, dyad="RUS-IRN", output=tmp_path / "d.html")
    tree = lxml_html.fromstring((tmp_path / "d.html").read_text(encoding="utf-8"))
    payload = json.loads(tree.xpath("string(//script[@id='payload'])"))
    held = sum(bool(one.get("other")) for one in payload["events"])
    assert 20 < held <= 40
    assert f"{3 * YEARS - held} acts of third parties would make the page too large" in tree.xpath("string(//header)")
    [first] = tree.xpath("//section[@id='measure-third-parties']//li[1]/button")
    assert first.text == "90 acts"
    assert re.search(r"\(a part: the first \d+ of 90\)$", first.get("data-label"))
    assert len(first.get("data-ids").split(",")) < 90
