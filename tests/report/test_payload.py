"""What the page carries: JSON that cannot leave its element, offsets in the units of the browser, and limits that are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.report import DossierData, dossier, payload
from verbale.report.payload import Offsets, safe_json


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_is_plain_ascii_without_markup_and_reads_back(value: Any) -> None:
    text = safe_json(value)
    assert text.isascii()
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_a_lone_surrogate_passes() -> None:
    assert safe_json("\ud800</script>") == '"\\ud800\\u003c/script\\u003e"'


@given(st.text(alphabet=st.characters(codec="utf-16")), st.integers(0, 20), st.integers(0, 20))
def test_offsets_cut_the_same_words_in_utf16(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    units, offsets = text.encode("utf-16-le"), Offsets(text)
    assert units[2 * offsets(start) : 2 * offsets(end)].decode("utf-16-le") == text[start:end]


def data_of(html: str) -> dict[str, Any]:
    start = html.index('id="payload">') + len('id="payload">')
    found: dict[str, Any] = json.loads(html[start : html.index("</script>", start)])
    return found


def test_every_text_and_event_is_embedded_once(make_data: Callable[..., DossierData]) -> None:
    data = make_data(40, 4)
    found = data_of(dossier(data))
    assert [each["text"] for each in found["documents"]] == [each.document.text for each in data.documents]
    assert sorted(each["id"] for each in found["events"]) == sorted(event.event_id for event in data.events)
    for event in found["events"]:
        text = found["documents"][event["document"]]["text"].encode("utf-16-le")
        assert text[2 * event["start"] : 2 * event["end"]].decode("utf-16-le") == event["quote"]


def test_events_are_in_order_of_time_and_undated_ones_last(make_data: Callable[..., DossierData]) -> None:
    events = data_of(dossier(make_data(120, 4)))["events"]
    days = [event.get("days") for event in events]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated
    assert 0 < len(dated) < len(events)


def test_what_does_not_fit_is_told(make_data: Callable[..., DossierData], monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_data(60, 6)
    monkeypatch.setattr(payload, "MAX_EVENTS", 50)
    monkeypatch.setattr(payload, "MAX_TEXT", 2 * max(len(each.document.text) for each in data.documents))
    html = dossier(data)
    found = data_of(html)
    assert len(found["events"]) == 50
    assert "shows the first 50 of 60 events" in html
    without = [each for each in found["documents"] if "text" not in each]
    assert without
    assert f"{len(without)} documents are listed without their full text" in html
    # The passage of an event is there even where its document's text is not.
    assert all(
        event["quote"] in event["excerpt"] for event in found["events"] if "text" not in found["documents"][event["document"]]
    )
