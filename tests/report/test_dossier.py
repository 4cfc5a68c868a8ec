"""The page as text: what it says, how it is built, and that nothing of a document becomes markup."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import re
from collections.abc import Callable
from importlib import resources

import pytest
from lxml import html as lxml_html

from verbale.core import Actor, Block, Document, Event, EventDate, Evidence, Rejection, VerbaleError
from verbale.report import Beside, DossierData, DossierDocument, JoinedEvent, MeasureSection, dossier

Measured = Callable[[DossierData], DossierData]
Generator = Callable[..., DossierData]

TEXT = "In 1907 the Russian Empire and the United Kingdom signed a convention. Nobody attacked."
BLOCKS = (Block(0, len(TEXT)),)


def small(measured: Measured, **changes: object) -> DossierData:
    document = Document("entente", TEXT, BLOCKS, title="The convention", source="https://example.org/1907")
    event = Event(
        Evidence(document.document_id, 8, 69, TEXT[8:69]),
        Actor("RUS", "", "the Russian Empire", "Russian Empire"),
        Actor("GBR", "", "the United Kingdom", "United Kingdom"),
        "AGREE",
        mutual=True,
        intensity=6.0,
        date=EventDate(datetime.date(1907, 1, 1), None, "year", "1907"),
        object="convention",
    )
    data = DossierData(
        "Russia and Britain", [DossierDocument(document, [(0, 70), (71, len(TEXT))], [0, 1])], [event], dyad=("GBR", "RUS")
    )
    return measured(dataclasses.replace(data, **changes))  # type: ignore[arg-type]


def text_of(page: str, path: str) -> str:
    return " ".join("".join(lxml_html.fromstring(page).xpath(path)).split())


def test_the_header_tells_dyad_period_and_counts(measured: Measured) -> None:
    page = dossier(small(measured))
    assert text_of(page, "//h1//text()") == "Russia and Britain 1907"
    lede = text_of(page, "//p[@class='lede']/text()")
    assert lede == (
        "1 act between the United Kingdom and the Russian Empire, 1907, found in 1 document: "
        "1 of cooperation and 0 of conflict."
    )


def test_without_scripts_the_chronology_reads_as_sentences(measured: Measured) -> None:
    line = text_of(dossier(small(measured)), "//noscript//li//text()")
    assert line == f"1907 · Russian Empire ↔ United Kingdom · agreement · «{TEXT[8:69]}» The convention"


def test_the_same_data_give_the_same_page(make_data: Generator) -> None:
    assert dossier(make_data(30, 3)) == dossier(make_data(30, 3))


def test_no_event_is_no_failure(measured: Measured) -> None:
    page = dossier(small(measured, events=[]))
    assert "No act between GBR and RUS was found in 1 document." in page
    assert dossier(DossierData("Nothing", [], []))


def test_an_event_of_an_unknown_document_is_refused(measured: Measured) -> None:
    with pytest.raises(VerbaleError, match=r"points at document [0-9a-f]{16}, which was not passed; pass every document"):
        dossier(small(measured, documents=[]))


def test_how_it_was_made_tells_versions_options_counts_and_rejections(make_data: Generator) -> None:
    page = text_of(dossier(make_data(30, 3)), "//section[@id='method']//text()")
    for words in (
        "1 March 2026",
        "verbale-ud",
        "5f0c9e",
        "min_confidence",
        "in/broken.pdf",
        "holds no text",
        "1 input not usable",
    ):
        assert words in page


def test_headings_landmarks_and_labels(make_data: Generator) -> None:
    tree = lxml_html.fromstring(dossier(make_data(60, 5)))
    levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [len(tree.findall(f".//{tag}")) for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    ids = [each.get("id") for each in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href")[1:] in ids for link in tree.xpath("//nav/a"))
    assert all(each.get("aria-label") for each in tree.xpath("//*[@role='img' or @role='region' or @role='search']"))
    assert all(each.getparent().tag == "label" for each in tree.iter("input", "select"))
    assert len(tree.xpath("//details[@class='table']//table")) == 2, "each chart has its table"


def test_numbers_lead_to_the_events_that_they_count(make_data: Generator) -> None:
    tree = lxml_html.fromstring(dossier(make_data(80, 5)))
    numbers = tree.xpath("//button[@data-ids][not(contains(@data-label, 'sum of intensity'))]")
    assert len(numbers) > 30
    for number in numbers:
        ids = number.get("data-ids").split(",") if number.get("data-ids") else []
        if number.get("data-none") is None:
            assert len(ids) == int(number.text.split()[0].replace(",", ""))
        else:
            # Nothing stands behind a zero: it says so, and lists what there is of other kinds in the same place.
            assert number.text == "0"
            assert "no event of this kind is held" in number.get("data-none")
            assert not ids or f"Listed: {len(ids)} other act" in number.get("data-none")
    assert any(number.get("data-none") for number in numbers)


def test_no_count_of_the_header_and_no_cell_of_a_table_stands_without_its_acts(measured: Measured) -> None:
    acts = [small(measured).events[0].event_id]
    values = [{"label": "1907", "value": 3, "year": 1907, "event_ids": acts}, {"label": "1908", "value": 0, "year": 1908}]
    section = MeasureSection(
        "counts",
        "Counts",
        sentences=["1907: 3 of them.", "Of all 1 is known."],
        told=[{"event_ids": acts}, {}],
        columns=["label", "value", "year"],
        rows=[{"event_ids": [], **row} for row in values],
        keys={"event_ids": "events"},
    )
    page = lxml_html.fromstring(dossier(small(measured, measures=[section])))
    for path in ("//ul[@class='legend']//b", "//section[@id='balance']//td", "//table[@class='types']//td"):
        for cell in page.xpath(path):
            assert cell.xpath("./button[@data-ids]") or "".join(cell.itertext()).strip() == "+0.0"
    told, untold = page.xpath("//section[@id='measure-counts']//li")
    assert told.xpath("./button/@data-ids") == ["0"]
    assert not untold.xpath("./button")
    first, second = page.xpath("//section[@id='measure-counts']//tbody/tr")
    assert [cell.text_content() for cell in first] == ["1907", "3", "1907"]
    assert len(first.xpath(".//button[@data-ids='0']")) == 1
    assert not second.xpath(".//button")
    # With rows left out, sentences and the section's number tell all the same; rows keep the numbers that marks name.
    cut = dataclasses.replace(section, rows=section.rows[1:], numbers=[1], left_out=1, event_ids=acts)
    page = lxml_html.fromstring(dossier(small(measured, measures=[cut])))
    assert page.xpath("//section[@id='measure-counts']//li/button/@data-ids") == ["0"]
    assert page.xpath("//section[@id='measure-counts']/p/button/@data-ids") == ["0"]
    assert page.xpath("//section[@id='measure-counts']//tbody/tr/@id") == ["measure-counts-1"]


def test_zeros_warnings_and_refusals_of_a_measure_open_what_they_counted(measured: Measured) -> None:
    acts = [small(measured).events[0].event_id]
    rows = [{"label": "1908", "value": 0, "event_ids": []}, {"label": "1909", "value": 0, "event_ids": []}]
    section = MeasureSection(
        "counts",
        "Counts",
        warnings=["1 of 2 is few.", "No number."],
        warned=[{"event_ids": acts}, {}],
        columns=["label", "value"],
        rows=rows,
        keys={"event_ids": "events"},
        beside=[Beside("of the same period", acts), Beside("", [])],
    )
    refused = MeasureSection(
        "other", "Other", refusal="it needs 20 acts, but has 1", refused={"event_ids": acts}, keys={"event_ids": "events"}
    )
    page = lxml_html.fromstring(dossier(small(measured, measures=[section, refused])))
    (first,) = page.xpath("//section[@id='measure-counts']//tbody//button")
    (second,) = page.xpath("//section[@id='measure-counts']//tbody//a")
    assert (first.text, first.get("data-ids")) == ("0", "0")
    assert first.get("data-none").endswith("no event of this kind is held. Listed: 1 other act of the same period.")
    assert (second.text, second.get("href")) == ("0", "#method-counts")
    assert second.get("title") == "Nothing is behind “Counts, 1909”: no event of this kind is held."
    assert page.xpath("//details[@class='method']/dl/@id") == ["method-counts"]
    assert page.xpath("//section[@id='measure-counts']//ul[@class='notice']/li/button/@data-ids") == ["0"]
    assert text_of(dossier(small(measured, measures=[refused])), "//section[@id='measure-other']//p//text()") == (
        "Not computed: it needs 20 acts, but has 1. 1 act"
    )


def test_many_states_get_a_matrix_of_the_most_active(make_data: Generator) -> None:
    tree = lxml_html.fromstring(dossier(make_data(200, 5, dyad=None)))
    assert len(tree.xpath("//table[@class='matrix']/tbody/tr")) == 7
    assert not tree.xpath("//table[@class='types']")


def test_nothing_is_fetched(make_data: Generator) -> None:
    page = dossier(make_data(20, 2))
    tree = lxml_html.fromstring(page)
    assert not tree.xpath("//*[@src] | //link | //img | //iframe | //object | //embed | //form[@action]")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "@import" not in page
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", tree.xpath("string(//style)"))


HOSTILE = "</script><script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'> \u202egnirts \u2028 {{ 7 * 7 }} &amp;"


def hostile_measure(event_id: str) -> MeasureSection:
    label = HOSTILE + "\ud800"
    encoding = {"x": {"field": "label", "type": "nominal"}, "y": {"field": "value", "type": "quantitative"}}
    return MeasureSection(
        "hurt",
        HOSTILE,
        sentences=[HOSTILE],
        warnings=[HOSTILE],
        columns=["label", HOSTILE],
        rows=[{"label": label, HOSTILE: 1234, "event_ids": [event_id, "gone"], "lines": list(range(15))}],
        left_out=3,
        keys={"event_ids": "events", "lines": HOSTILE},
        method=[(HOSTILE, HOSTILE)],
        chart={"data": {"values": [{"label": label, "value": 1, "row": 0}]}, "mark": "bar", "encoding": encoding},
    )


def hostile(measured: Measured) -> DossierData:
    """Every field that a document or a coder can fill holds markup."""
    document = Document(
        HOSTILE,
        HOSTILE + "\x00\ud800",
        (Block(0, len(HOSTILE)),),
        title=HOSTILE,
        author=HOSTILE,
        date=HOSTILE,
        source="javascript:alert(1)",
        path=HOSTILE,
    )
    event = Event(
        Evidence(document.document_id, 0, len(HOSTILE), HOSTILE),
        Actor(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        Actor("B", "", HOSTILE, HOSTILE),
        "ASSAULT",
        mode=HOSTILE,
        contexts=(HOSTILE,),
        said_by=HOSTILE,
        object=HOSTILE,
        trigger=HOSTILE,
        date=EventDate(datetime.date(1907, 1, 1), None, "year", HOSTILE),
    )
    data = DossierData(
        HOSTILE,
        [DossierDocument(document, [(0, len(HOSTILE))], [0])],
        [event, dataclasses.replace(event, status="denied"), dataclasses.replace(event, date=None)],
        names={"B": HOSTILE},
        rejections=[Rejection(HOSTILE, "file-empty", HOSTILE)],
        measures=[hostile_measure(event.event_id), MeasureSection("other", HOSTILE, refusal=HOSTILE)],
        options={HOSTILE: HOSTILE},
        version=HOSTILE,
        made=HOSTILE,
    )
    return measured(data)


def test_markup_in_documents_stays_text(measured: Measured) -> None:
    page = dossier(hostile(measured))
    page.encode("utf-8")
    tree = lxml_html.fromstring(page)
    assert len(tree.xpath("//script")) == 6, "the payload and five of ours"
    assert not tree.xpath("//img | //*[@onerror] | //a[starts-with(@href, 'javascript')]")
    assert "{{ 7 * 7 }}" in page
    assert "49" not in text_of(page, "//h1//text()")


def test_a_measure_shows_numbers_that_lead_to_acts_its_method_and_what_it_leaves_out(measured: Measured) -> None:
    page = dossier(hostile(measured))
    section = lxml_html.fromstring(page).xpath("//section[@id='measure-hurt']")[0]
    number = section.xpath(".//tbody//button")[0]
    assert (number.text, number.get("data-ids")) == ("1,234", "0")
    [link] = set(section.xpath(".//a[starts-with(@href, '#behind-')]/@href"))
    [behind] = lxml_html.fromstring(page).xpath(f"//li[@id='{link[1:]}']")
    assert behind.text_content().strip().endswith("0–14"), "lines that the page does not hold are named all the same"
    assert "3 more rows are in the file" in " ".join(section.text_content().split())
    assert "Not computed: " in text_of(page, "//section[@id='measure-other']//p//text()")


@pytest.mark.parametrize("dyad", [("A", "B"), None])
def test_hostile_names_in_both_kinds_of_dossier(measured: Measured, dyad: tuple[str, str] | None) -> None:
    tree = lxml_html.fromstring(dossier(dataclasses.replace(hostile(measured), dyad=dyad)))
    assert not tree.xpath("//img")


def test_scripts_never_set_markup() -> None:
    for name in ("dossier.js", "charts.js", "measures.js", "lines.js"):
        script = resources.files("verbale.report").joinpath("templates", name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(|XMLHttpRequest", script)


def joined_pair(measured: Measured) -> tuple[DossierData, Event, Event]:
    """Return data of one act that two documents tell with different dates, joined under the first mention."""
    first = small(measured)
    [event] = first.events
    other = Document("memoirs", TEXT, BLOCKS, title="Memoirs")
    again = dataclasses.replace(
        event,
        evidence=Evidence(other.document_id, 8, 69, TEXT[8:69]),
        date=EventDate(datetime.date(1908, 1, 1), None, "year", "1908"),
    )
    both = JoinedEvent((event.event_id, again.event_id), ("date",))
    data = dataclasses.replace(
        first,
        documents=[*first.documents, DossierDocument(other, [(0, 70)], [0])],
        events=[event, again],
        joined={event.event_id: both},
    )
    return data, event, again


def test_an_act_that_two_texts_tell_is_listed_once_with_both_mentions(measured: Measured) -> None:
    data, event, again = joined_pair(measured)
    page = dossier(data)
    tree = lxml_html.fromstring(page)
    assert text_of(page, "//p[@class='lede']/text()").startswith("1 act between")
    assert "1 further mention of the same acts is listed with them." in page
    told = {one["id"]: one for one in json.loads(tree.xpath("//script[@id='payload']/text()")[0])["events"]}
    assert told[event.event_id]["mentions"] == [1]
    assert told[event.event_id]["disagree"] == ["date: 1907 (1 mention) and 1908 (1 mention)"]
    assert told[again.event_id]["of"] == 0
    assert told[again.event_id]["row"] == -1
    [line] = tree.xpath("//noscript/ol/li")
    assert "also 1908" in line.text_content()
    assert "1 event on this page, 1 of them counted; with 1 further mention" in text_of(page, "//section[@id='method']//text()")


def test_a_mention_whose_act_is_not_on_the_page_stands_alone(measured: Measured) -> None:
    data, event, again = joined_pair(measured)
    alone = dossier(dataclasses.replace(data, events=[again], joined={event.event_id: data.joined[event.event_id]}))
    assert '"of":' not in alone
    assert "1 act between" in alone
