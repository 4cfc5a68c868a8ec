"""The page in Chromium, opened from disk with the network off: what a reader sees, clicks, filters and prints."""

from __future__ import annotations

import base64
import dataclasses
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from verbale.core import Rejection
from verbale.report import DossierData, JoinedEvent, dossier

Generator = Callable[..., DossierData]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, make_data: Generator) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "small.html").write_text(dossier(make_data(40, 3)), encoding="utf-8")
    (folder / "large.html").write_text(dossier(make_data(3000, 150)), encoding="utf-8")
    (folder / "many.html").write_text(dossier(make_data(300, 10, dyad=None, years=(1900, 1960))), encoding="utf-8")
    return folder


def rows(browser: Any, where: str = "#chronology") -> int:
    found: int = browser.run(f"document.querySelectorAll('{where} tr.event').length")
    return found


@pytest.mark.parametrize(("name", "dark"), [("small", False), ("small", True), ("large", False), ("many", False)])
def test_it_opens_from_disk_without_network_or_errors(browser: Any, pages: Path, name: str, dark: bool) -> None:
    browser.open(pages / f"{name}.html", dark=dark)
    assert browser.errors == []
    assert [url for url in browser.requests if not url.startswith(("file:", "about:"))] == []
    assert browser.run("document.querySelectorAll('#timeline-chart svg path').length") > 20
    assert browser.run("document.querySelectorAll('#balance-chart svg path').length") > 10


@pytest.mark.parametrize(("name", "width"), [("small", 360), ("small", 768), ("small", 1400), ("many", 360), ("large", 390)])
def test_nothing_is_wider_than_the_screen(browser: Any, pages: Path, name: str, width: int) -> None:
    browser.open(pages / f"{name}.html", width=width)
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    browser.run("document.querySelectorAll('#chronology .opener').forEach((each, index) => { if (index < 5) each.click(); })")
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_a_click_on_a_mark_shows_the_passage(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    browser.run("document.getElementById('timeline-chart').scrollIntoView({ block: 'center' })")
    # The first mark of the timeline, found as a reader finds it: by its place on the screen.
    place = browser.run(
        "(() => { const box = [...document.querySelectorAll('#timeline-chart .mark-symbol path')][0].getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.point(*place)
    assert "“" in browser.run("document.getElementById('tooltip').innerText")
    browser.click(*place)
    browser.wait("document.querySelector('#chronology tr.passage')")
    assert browser.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    quote = browser.run("document.querySelector('#chronology tr.event.open q').innerText").strip("“”")
    assert browser.run("document.querySelector('tr.passage .sentence mark').innerText") == quote
    sentence = browser.run("document.querySelector('tr.passage .sentence').innerText")
    assert sentence.startswith("In 1")
    assert sentence.endswith("confirmed.")
    top = browser.run("document.querySelector('tr.passage .inner').getBoundingClientRect().top")
    assert 0 <= top < 900


def test_every_row_shows_the_words_that_it_quotes(browser: Any, pages: Path) -> None:
    """Also in texts with characters outside the basic plane, where Python and JavaScript count differently."""
    browser.open(pages / "small.html")
    browser.run("document.querySelectorAll('#chronology .opener').forEach((each) => each.click())")
    wrong = browser.run(
        "[...document.querySelectorAll('#chronology tr.event')].filter((row) =>"
        " row.querySelector('q bdi').textContent !== row.nextElementSibling.querySelector('.sentence mark').textContent).length"
    )
    assert rows(browser) > 30
    assert wrong == 0


def test_filters_narrow_the_chronology_and_clear(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    before = rows(browser)
    fill = (
        "(() => { const field = document.querySelector('[name=%s]'); field.value = '%s';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    browser.run(fill % ("text", "ATTACKED port"))
    browser.wait(f"document.querySelectorAll('#chronology tr.event').length < {before}")
    assert rows(browser) > 0
    assert browser.run(
        "[...document.querySelectorAll('#chronology q')].every((q) => q.innerText.includes('attacked the port'))"
    )
    assert "found" in browser.run("document.getElementById('chronology-state').innerText")
    browser.run("document.querySelector('#filters [type=reset]').click()")
    browser.wait(f"document.querySelectorAll('#chronology tr.event').length === {before}")
    browser.run(fill % ("quad", "3"))
    browser.wait(f"document.querySelectorAll('#chronology tr.event').length < {before}")
    assert browser.run(
        "[...document.querySelectorAll('#chronology .swatch')].every((each) => each.title === 'material conflict')"
    )
    browser.run(fill % ("status", "denied"))
    browser.run(fill % ("quad", ""))
    browser.wait("[...document.querySelectorAll('#chronology .tag')].every((each) => each.innerText === 'denied')")


def test_confidence_narrows_and_the_timeline_fades(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    browser.run(
        "(() => { const field = document.querySelector('[name=confidence]'); field.value = '0.7';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    browser.wait("[...document.querySelectorAll('#chronology td.c-confidence')].every((each) => Number(each.innerText) >= 0.7)")
    assert 0 < rows(browser) < 30
    browser.wait("document.querySelector('#timeline-chart .mark-symbol path[opacity=\"0.1\"]')")


def test_columns_sort_both_ways(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    confidence = "[...document.querySelectorAll('#chronology td.c-confidence')].map((each) => Number(each.innerText))"
    browser.run("document.querySelector('#chronology th.c-confidence button').click()")
    down = browser.run(confidence)
    assert down == sorted(down, reverse=True)
    browser.run("document.querySelector('#chronology th.c-confidence button').click()")
    assert browser.run(confidence) == sorted(down)
    assert browser.run("document.querySelector('#chronology th.c-confidence').getAttribute('aria-sort')") == "descending"


@pytest.mark.parametrize(
    "selector", ["#actors td button.number:not(.none)", "#timeline button.number", "#balance p button.number"]
)
def test_a_number_lists_what_it_counts(browser: Any, pages: Path, selector: str) -> None:
    browser.open(pages / "small.html")
    number = int(browser.run(f"document.querySelector('{selector}').textContent").split()[0])
    browser.run(f"document.querySelector('{selector}').click()")
    browser.wait(f"document.querySelectorAll('#chronology tr.event').length === {number}")
    assert "behind" in browser.run("document.getElementById('chronology-state').innerText")


def test_a_zero_says_that_there_is_none_and_lists_what_stands_beside_it(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    ids = browser.run("document.querySelector('#actors button.none').dataset.ids").split(",")
    browser.run("document.querySelector('#actors button.none').click()")
    state = browser.run("document.getElementById('chronology-state').textContent")
    assert state.startswith("Nothing is behind “")
    assert f"no event of this kind is held. Listed: {len(ids)} other act" in state
    assert browser.run("document.querySelectorAll('#chronology-list tr.event').length") == len(ids)


def test_a_click_on_a_bar_lists_its_acts(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    browser.run("document.getElementById('balance-chart').scrollIntoView({ block: 'center' })")
    place = browser.run(
        "(() => { const bars = [...document.querySelectorAll('#balance-chart .mark-rect path')];"
        " const box = bars.map((each) => each.getBoundingClientRect())"
        ".find((each) => each.height > 5); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.click(*place)
    browser.wait("document.getElementById('chronology-state').innerText.includes('behind')")
    assert 0 < rows(browser) < 30


def test_the_bars_can_show_intensity(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    drawn = "[...document.querySelectorAll('#balance-chart .mark-rect path')].map((each) => each.getAttribute('d')).join()"
    before = browser.run(drawn)
    browser.run("document.querySelector('[value=intensity]').click()")
    browser.wait(f"document.querySelector('#balance-chart svg') && {drawn} !== {before!r} && {drawn}.length > 100")
    assert browser.errors == []


def test_full_texts_mark_what_was_coded_and_lead_there(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    assert browser.run("document.querySelector('details.fulltext .text').childNodes.length") == 0, "filled when it is opened"
    browser.run("document.querySelector('details.fulltext summary').click()")
    browser.wait("document.querySelector('details.fulltext a.coded')")
    assert browser.run("document.querySelectorAll('details.fulltext .uncoded').length") == 1
    quote = browser.run("document.querySelector('details.fulltext a.coded').textContent")
    browser.run("document.querySelector('details.fulltext a.coded').click()")
    browser.wait("document.querySelector('tr.passage mark')")
    assert browser.run("document.querySelector('tr.passage mark').textContent") == quote
    browser.run("document.querySelector('tr.passage dl a').click()")
    assert browser.run("document.activeElement.textContent") == quote


def test_a_link_to_an_event_opens_it(browser: Any, pages: Path) -> None:
    browser.open(pages / "large.html")
    last = browser.run(
        "JSON.parse(document.getElementById('payload').textContent).events"
        ".filter((each) => each.days && each.status === 'actual').pop().id"
    )
    assert rows(browser) <= 200, "a long chronology is built as the reader goes on"
    browser.open(pages / "large.html", hash=f"#event-{last}")
    browser.wait(f"document.getElementById('passage-{last}')")
    assert rows(browser) > 2000


def test_lists_apart_hold_the_undated_and_the_uncounted(browser: Any, pages: Path) -> None:
    browser.open(pages / "many.html")
    assert rows(browser, "#undated") == browser.run(
        "JSON.parse(document.getElementById('payload').textContent).events"
        ".filter((each) => !each.days && each.status === 'actual').length"
    )
    assert rows(browser, "#not-actual") > 0
    assert browser.run("[...document.querySelectorAll('#not-actual tr.event')].every((row) => row.querySelector('.tag'))")


def test_it_works_by_keyboard(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html")
    browser.run("document.querySelector('#chronology .opener').focus()")
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)
    browser.wait("document.querySelector('#chronology tr.passage')")
    assert browser.run("document.activeElement.getAttribute('aria-expanded')") == "true"


def test_dark_mode_changes_page_and_charts(browser: Any, pages: Path) -> None:
    colours = []
    for dark in (False, True):
        browser.open(pages / "small.html", dark=dark)
        colours.append(
            browser.run(
                "[getComputedStyle(document.body).backgroundColor, "
                " getComputedStyle(document.querySelector('#timeline-chart text')).fill,"
                " getComputedStyle(document.querySelector('#balance-chart .mark-rect path')).fill]"
            )
        )
    assert all(light != dark for light, dark in zip(*colours, strict=True))


def test_without_scripts_a_chronology_stands(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html", scripts=False)
    text = browser.call("Accessibility.getFullAXTree")["nodes"]
    words = " ".join(str(node.get("name", {}).get("value", "")) for node in text)
    assert "Scripts are off" in words
    assert "the port of" in words


def test_nothing_of_a_document_is_executed(browser: Any, tmp_path: Path, make_data: Generator) -> None:
    hostile = "</script><script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'><svg onload='window.hurt = 3'>"
    data = make_data(5, 1)
    document = dataclasses.replace(data.documents[0].document, title=hostile, source="javascript:window.hurt=4", author=hostile)
    events = [
        dataclasses.replace(
            event,
            evidence=dataclasses.replace(event.evidence, document_id=document.document_id),
            said_by=hostile,
            object=hostile,
            source=dataclasses.replace(event.source, entity=hostile),
        )
        for event in data.events
    ]
    held = dataclasses.replace(data.documents[0], document=document)
    page = tmp_path / "hostile.html"
    changed = dataclasses.replace(
        data,
        title=hostile,
        documents=[held],
        events=events,
        rejections=[Rejection(hostile, "file-empty", hostile)],
        names={"NOR": hostile},
    )
    page.write_text(dossier(changed), encoding="utf-8")
    browser.open(page)
    browser.run("document.querySelectorAll('.opener').forEach((each) => each.click())")
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    browser.wait("document.querySelector('.fulltext .text p')")
    assert browser.run("window.hurt") is None
    assert browser.run("document.querySelectorAll('img').length") == 0
    assert browser.errors == []
    assert hostile in browser.run("document.querySelector('h1').textContent")


def test_on_paper_everything_is_unfolded(browser: Any, pages: Path) -> None:
    browser.open(pages / "small.html", dark=True)
    printed = pypdf.PdfReader(io.BytesIO(base64.b64decode(browser.call("Page.printToPDF", printBackground=False)["data"])))
    # Some fonts print "fi" as one letter.
    text = unicodedata.normalize("NFKC", " ".join(" ".join(page.extract_text().split()) for page in printed.pages))
    assert text.count("as both sides later confirmed") >= 70, "each passage with its paragraph, and the full texts"
    assert "Sort by" not in text
    assert "Clear" not in text
    assert "sum of intensity" in text, "the tables of the charts"


def test_an_act_that_is_told_twice_has_one_row_and_opens_at_each_mention(
    browser: Any, tmp_path: Path, make_data: Generator
) -> None:
    data = make_data(20, 3)
    head, other = [event for event in data.events if event.status == "actual" and event.date][:2]
    joined = {head.event_id: JoinedEvent((head.event_id, other.event_id), ("date",))}
    (tmp_path / "joined.html").write_text(dossier(dataclasses.replace(data, joined=joined)), encoding="utf-8")
    browser.open(tmp_path / "joined.html")
    assert browser.run(f"document.getElementById('event-{head.event_id}').innerText.includes('2 mentions')")
    assert browser.run(f"document.getElementById('event-{other.event_id}')") is None
    browser.run(f"location.hash = '#event-{other.event_id}'")
    browser.wait(f"document.activeElement.id === 'event-{other.event_id}'")
    shown = browser.run("document.querySelector('.mention mark').innerText")
    assert shown == other.evidence.quote
    assert "Mentions disagree" in browser.run("document.querySelector('tr.passage').innerText")
    assert browser.errors == []


def test_no_address_is_doubled_when_the_chronology_lists_acts_of_other_lists(browser: Any, pages: Path) -> None:
    browser.open(pages / "large.html")
    ids = "[...document.querySelectorAll('[id]')].map((each) => each.id)"
    other = browser.run("document.querySelector('#not-actual-list tr.event').id")
    browser.run(
        "(() => { const field = document.querySelector('[name=status]'); field.value = 'denied';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    browser.wait("document.querySelector('#chronology-list [id^=listed-]')")
    browser.run("document.querySelector('#chronology-list [id^=listed-] .opener').click()")
    browser.run(f"document.querySelector('#{other} .opener').click()")
    assert browser.run(f"(() => {{ const all = {ids}; return all.length - new Set(all).size; }})()") == 0
    assert browser.run(f"document.getElementById('{other}').nextElementSibling.className") == "passage"
