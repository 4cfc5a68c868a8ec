"""The dossier: one self-contained HTML page in which every figure leads to the words that it rests on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from verbale.core import Document, Event, VerbaleError
from verbale.core.wording import count, listed
from verbale.report import payload, tables
from verbale.report.charts import chart_specs, vega_bundle
from verbale.report.data import DossierData, DossierDocument
from verbale.report.joined import disagreement_words, followers
from verbale.report.lines import gathered
from verbale.report.measures import measure_charts, measure_views
from verbale.report.pages import policy, template, template_file
from verbale.report.payload import Offsets, document_payload, event_payload, in_order, safe_json
from verbale.report.records import missing_words, record_tables, records_payload
from verbale.report.wording import (
    COLLECTIVE,
    QUADRANT_ORDER,
    STATUS_WORDS,
    TYPE_WORDS,
    actor_words,
    arrow,
    date_words,
    with_article,
)

# Pairs that get a row of their own on the timeline of many states; further rows would not fit on a screen.
MAX_PAIRS: Final = 7
# Lines of the chronology that is shown when scripts are off; each is about 300 bytes that other readers load in vain.
MAX_PLAIN: Final = 1_500
# The lowest choice of the page's filter by confidence: an act below it is as likely misread as not. The page says how many
# acts lie below, and one click leaves them out.
UNSURE: Final = 0.5
# Sentences of a measure that stand open; the coverage of a dozen documents has six each, and nobody reads on after two.
MAX_TOLD: Final = 12
# Characters of context on each side of a quotation whose document's text is not embedded.
EXCERPT: Final = 300


@dataclass(frozen=True, slots=True)
class _Held:
    """The data once put in order: events by time, those of third parties, positions by id in both together, how many are left
    out because of the page's size, and the mentions that stand under another mention of the same event.
    """

    data: DossierData
    events: list[Event]
    others: list[Event]
    positions: dict[str, int]
    documents: dict[str, int]
    names: dict[str, str]
    left_out: int
    followers: dict[str, str]

    def is_listed(self, event: Event) -> bool:
        """Tell whether an event has a row of its own, and does not stand under another mention of the same."""
        return event.event_id not in self.followers

    @property
    def every(self) -> list[Event]:
        """Return all events of the page, in the order of their positions."""
        return [*self.events, *self.others]

    @property
    def further(self) -> int:
        """Return how many mentions of the page's own events stand under another one."""
        return sum(event.event_id in self.followers for event in self.events)


def dossier(data: DossierData) -> str:
    """Return the page as HTML text; the same data give the same page.

    Raises `dossier-document` if an event points at a document that was not passed.
    """
    held = _hold(data)
    actual = [event for event in held.events if event.status == "actual" and held.is_listed(event)]
    rows, row_of = _timeline_rows(held, actual)
    texts = _texts_that_fit(held)
    scripts = {"vega": vega_bundle(), "charts": template_file("charts.js"), "page": template_file("dossier.js")}
    scripts["measures"] = template_file("measures.js")
    scripts["lines"] = template_file("lines.js")
    layers = data.records.layers if data.records and data.dyad else ()
    known = gathered([*(one for each in data.measures for one in each.lines), *(each.read for each in layers if each.read)])
    page = template("dossier.html.j2")
    html = page.render(
        data=data,
        style=Markup(template_file("dossier.css")),  # noqa: S704 - our own file
        scripts={name: Markup(script) for name, script in scripts.items()},  # noqa: S704 - our own files and Vega's
        policy=policy(scripts.values(), evaluates=True),
        payload=Markup(safe_json(_payload(held, texts, rows, row_of))),  # noqa: S704 - escaped by safe_json
        **_header(held, actual),
        **_figures(held, actual, rows, row_of),
        records=record_tables(data.records, data.dyad, held.names, known),
        missing=missing_words(data.records),
        **_lists(held, actual),
        measures=measure_views(data.measures, held.positions, known),
        lines=known,
        max_told=MAX_TOLD,
        documents=_documents(held, texts),
        # A sentence without a mark may well tell of other states or years.
        narrowed=" for this pair" if data.dyad else " for these years" if data.years else "",
        cuts=_cuts(held, texts),
        runs=[{"run": run, "options": _options(run.options)} for run in data.runs],
    )
    # A lone surrogate of a broken text cannot be written as UTF-8; the payload has them escaped, the rest shows a mark.
    return html.encode("utf-8", "replace").decode("utf-8")


def _hold(data: DossierData) -> _Held:
    texts = [*(held.document for held in data.documents), *data.other_documents]
    documents = {document.document_id: index for index, document in enumerate(texts)}
    for event in [*data.events, *data.others]:
        if event.evidence.document_id not in documents:
            raise VerbaleError("dossier-document", event=event.event_id, document=event.evidence.document_id)
    events = in_order(data.events, documents)
    shown = events[: payload.MAX_EVENTS]
    own = {event.event_id for event in shown}
    others = [event for event in in_order(data.others, documents) if event.event_id not in own]
    positions = {event.event_id: index for index, event in enumerate([*shown, *others])}
    left_out = len(events) - len(shown)
    return _Held(data, shown, others, positions, documents, _names(data), left_out, followers(data.joined, positions))


def _names(data: DossierData) -> dict[str, str]:
    """Return a name for every actor's code: the given one, or the entity or words that the texts use most."""
    uses: dict[str, Counter[str]] = {}
    for event in [*data.events, *data.others]:
        for actor in (event.source, event.target):
            uses.setdefault(actor.code, Counter())[actor.entity or actor.text or actor.code] += 1
    found = {code: min(words, key=lambda word: (-words[word], word)) for code, words in uses.items()}
    if len(uses.get(COLLECTIVE, ())) > 1:
        found[COLLECTIVE] = "Other organisations"
    return {**found, **data.names}


def _timeline_rows(held: _Held, actual: Sequence[Event]) -> tuple[list[str], dict[str, int]]:
    """Return the timeline's row labels and the row of each actual event: directions of a dyad, or the most active pairs."""
    names = held.names
    if held.data.dyad:
        first, second = (names.get(code, code) for code in held.data.dyad)
        labels = [f"{first} → {second}", f"{first} ↔ {second}", f"{second} → {first}"]
        return labels, {
            event.event_id: 1 if event.mutual else 0 if event.source.code == held.data.dyad[0] else 2 for event in actual
        }
    pairs = Counter(_pair(event) for event in actual)
    top = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    kept = top if len(top) <= MAX_PAIRS + 1 else top[:MAX_PAIRS]
    labels = [" – ".join(names.get(code, code) for code in dict.fromkeys(pair)) for pair in kept]
    if len(kept) < len(top):
        labels.append(f"{len(top) - len(kept)} other pairs")
    return labels, {event.event_id: kept.index(_pair(event)) if _pair(event) in kept else len(kept) for event in actual}


def _pair(event: Event) -> tuple[str, str]:
    return min(event.source.code, event.target.code), max(event.source.code, event.target.code)


def _texts_that_fit(held: _Held) -> set[int]:
    """Return the documents whose text is embedded: those with events first, until the page would be too large."""
    used = {held.documents[event.evidence.document_id] for event in held.events}
    room, chosen = payload.MAX_TEXT, set()
    for index in sorted(range(len(held.data.documents)), key=lambda index: (index not in used, index)):
        size = len(held.data.documents[index].document.text)
        if size <= room:
            chosen.add(index)
            room -= size
    return chosen


def _payload(held: _Held, texts: set[int], rows: Sequence[str], row_of: Mapping[str, int]) -> dict[str, Any]:
    documents = [document_payload(each, with_text=index in texts) for index, each in enumerate(held.data.documents)]
    documents += [document_payload(DossierDocument(each), with_text=False) for each in held.data.other_documents]
    texts_of = [*(each.document for each in held.data.documents), *held.data.other_documents]
    units = [Offsets(each.text) for each in texts_of]
    own = len(held.events)
    events = []
    for position, event in enumerate(held.every):
        index = held.documents[event.evidence.document_id]
        head = held.followers.get(event.event_id)
        excerpt = None if index in texts else _excerpt(texts_of[index], event)
        events.append(
            event_payload(
                event,
                document=index,
                units=units[index],
                names=held.names,
                row=row_of.get(event.event_id, -1),
                excerpt=excerpt,
                amendments=held.data.amendments.get(event.event_id, ()),
            )
            | ({"of": held.positions[head]} if head else _mentions(held, event))
            | ({"other": True} if position >= own else {})
        )
    balance = [
        {"period": label, "cells": [[cell.events, round(cell.intensity, 1), sorted(cell.positions)] for cell in cells]}
        for label, cells in tables.balance_rows(held.data.balance, held.data.period, held.positions)
    ]
    return {
        "documents": documents,
        "events": events,
        "rows": list(rows),
        "balance": balance,
        "charts": chart_specs(),
        "measures": measure_charts(held.data.measures, held.positions),
        "records": records_payload(held.data.records, held.data.dyad, held.names),
        "quadrants": list(QUADRANT_ORDER),
        "statuses": STATUS_WORDS,
    }


def _mentions(held: _Held, event: Event) -> dict[str, Any]:
    """Return the other mentions of an event by their positions, and where they disagree; nothing for one told once."""
    joined = held.data.joined.get(event.event_id)
    others = [held.positions[one] for one in joined.mentions if held.followers.get(one) == event.event_id] if joined else []
    if joined is None or not others:
        return {}
    every = held.every
    told = [event, *(every[position] for position in sorted(others))]
    return {"mentions": sorted(others), "disagree": disagreement_words(joined.disagree, told, held.names)}


def _excerpt(document: Document, event: Event) -> str:
    start, end = max(0, event.evidence.start - EXCERPT), event.evidence.end + EXCERPT
    return document.text[start:end]


def _header(held: _Held, actual: Sequence[Event]) -> dict[str, Any]:
    """Return title, period and the sentence of counts."""
    data, names = held.data, held.names
    # "The 1960s" begins in 1960; that it reaches to 1969 is nothing that the text tells.
    years = [day.year for event in actual if event.date for day in (event.date.start, event.date.end or event.date.start)]
    covered = (f"{min(years)}" if min(years) == max(years) else f"{min(years)}–{max(years)}") if years else ""
    cooperation = sum(event.quad.endswith("cooperation") for event in actual)
    between = f" between {listed([with_article(names.get(code, code)) for code in data.dyad])}" if data.dyad else ""
    sources = len({event.evidence.document_id for event in held.events})
    read = count(len(data.documents), "document")
    lede = f"{count(len(actual), 'act')}{between}" + (f", {covered}," if covered else "")
    if actual:
        lede += f" found in {count(sources, 'document')}" + (f" of {read} read" if sources < len(data.documents) else "")
        lede += f": {cooperation:,} of cooperation and {len(actual) - cooperation:,} of conflict."
    else:
        lede = f"No act{between} was found in {read}."
    others = Counter(event.status for event in held.events if event.status != "actual" and held.is_listed(event))
    if held.further:
        are = "is" if held.further == 1 else "are"
        lede += f" {count(held.further, 'further mention')} of the same acts {are} listed with them."
    if others:
        told = listed([STATUS_WORDS[status] for status in STATUS_WORDS if status in others])
        lede += f" {others.total():,} more, told as {told}, {'is' if others.total() == 1 else 'are'} not counted."
    quads = [(quad, _cell_of([event for event in actual if event.quad == quad], held)) for quad in QUADRANT_ORDER]
    pair = [names.get(code, code) for code in data.dyad] if data.dyad else []
    return {"covered": covered, "lede": lede, "pair": pair, "quads": quads, "every": _cell_of(actual, held)}


def _cell_of(events: Sequence[Event], held: _Held) -> tables.Cell:
    cell = tables.Cell()
    for event in events:
        cell.add({"events": 1, "quad": event.quad, "event_ids": [event.event_id]}, held.positions)
    return cell


def _figures(held: _Held, actual: Sequence[Event], rows: Sequence[str], row_of: Mapping[str, int]) -> dict[str, Any]:
    """Return the tables behind and beside the charts, and what each shows in words."""
    data = held.data
    balance = tables.balance_rows(data.balance, data.period, held.positions)
    timeline = [[tables.Cell() for _ in QUADRANT_ORDER] for _ in rows]
    for event in actual:
        if event.date is not None:
            row = {"events": 1, "quad": event.quad, "event_ids": [event.event_id], "intensity": event.intensity}
            timeline[row_of[event.event_id]][QUADRANT_ORDER.index(event.quad)].add(row, held.positions)
    actors, cells, more_actors = tables.matrix(data.directed, held.positions)
    return {
        "quadrants": QUADRANT_ORDER,
        "balance": balance,
        "balance_caption": tables.balance_caption(balance, data.period),
        "unplaced": tables.unplaced(data.balance, held.positions),
        "timeline": list(zip(rows, timeline, strict=True)),
        "timeline_caption": _busiest(actual),
        "busiest": _cell_of(_of_busiest(actual), held),
        "placed": tables.together([cell for _, cells in balance for cell in cells]),
        "types": tables.type_table(data.directed, data.dyad, held.positions) if data.dyad else [],
        "actors_caption": _directions(held, actual) if data.dyad else "",
        "actors": [(code, held.names.get(code, code)) for code in actors],
        "matrix": cells,
        "more_actors": more_actors,
    }


def _directions(held: _Held, actual: Sequence[Event]) -> str:
    """Say in one sentence how the acts of a dyad divide over its directions."""
    first, second = held.data.dyad or ("", "")
    name, other = held.names.get(first, first), held.names.get(second, second)
    mutual = sum(event.mutual for event in actual)
    ahead = sum(not event.mutual and event.source.code == first for event in actual)
    back = len(actual) - mutual - ahead
    if ahead == back:
        return f"Each side acts on the other in {count(ahead, 'act')}; both act together in {mutual:,}."
    (more, most), (less, least) = sorted([(name, ahead), (other, back)], key=lambda side: -side[1])
    begin = with_article(more)
    return (
        f"{begin[0].upper() + begin[1:]} acts on {with_article(less)} in {count(most, 'act')}, "
        f"the other way round it is {least:,}; both act together in {mutual:,}."
    )


def _of_busiest(actual: Sequence[Event]) -> list[Event]:
    """Return the acts of the year in which the most fall, where one stands out."""
    dated = [(event.date.start.year, event) for event in actual if event.date and event.date.precision in _WITHIN_A_YEAR]
    years = Counter(year for year, _ in dated)
    (busiest, most), (_, second) = [*years.most_common(2), (0, 0), (0, 0)][:2]
    return [event for year, event in dated if year == busiest] if most > max(1, second) else []


_WITHIN_A_YEAR: Final = ("day", "month", "year")


def _busiest(actual: Sequence[Event]) -> str:
    """Say in which year the most acts fall, where one stands out."""
    most = _of_busiest(actual)
    year = most[0].date.start.year if most and most[0].date else 0
    return f"The year with the most acts is {year}, with {len(most)}." if most else ""


def _lists(held: _Held, actual: Sequence[Event]) -> dict[str, Any]:
    """Return the chronology for readers without scripts, and the numbers of the lists apart."""
    listed_events = [event for event in held.events if held.is_listed(event)]
    others: dict[str, list[Event]] = {}
    for event in held.events:
        if not held.is_listed(event):
            others.setdefault(held.followers[event.event_id], []).append(event)
    plain = [
        {
            "id": event.event_id,
            "date": date_words(event.date),
            "source": actor_words(event.source, held.names),
            "arrow": arrow(event),
            "target": actor_words(event.target, held.names),
            "type": TYPE_WORDS[event.type],
            "status": "" if event.status == "actual" else STATUS_WORDS[event.status],
            "amended": event.event_id in held.data.amendments,
            "quote": event.evidence.quote,
            "document": held.data.documents[held.documents[event.evidence.document_id]].document,
            "others": [
                (other.event_id, date_words(other.date), other.evidence.quote) for other in others.get(event.event_id, ())
            ],
        }
        for event in listed_events[:MAX_PLAIN]
    ]
    codes = Counter(code for event in listed_events for code in {event.source.code, event.target.code})
    return {
        "plain": plain,
        "plain_left_out": len(listed_events) - len(plain),
        "unsure": sum(event.confidence < UNSURE for event in actual),
        "unsure_below": UNSURE,
        "undated": sum(event.date is None for event in actual),
        "not_actual": len(listed_events) - len(actual),
        "total": len(listed_events),
        "followers": held.further,
        "other_acts": sum(held.is_listed(event) for event in held.others),
        "other_mentions": sum(not held.is_listed(event) for event in held.others),
        "actual_total": len(actual),
        "type_words": [
            (quad, sorted({TYPE_WORDS[event.type] for event in held.events if event.quad == quad})) for quad in QUADRANT_ORDER
        ],
        "actor_choices": sorted(((held.names.get(code, code), code, number) for code, number in codes.items())),
        "status_words": [
            (status, words) for status, words in STATUS_WORDS.items() if any(e.status == status for e in listed_events)
        ],
    }


def _documents(held: _Held, texts: set[int]) -> list[dict[str, Any]]:
    """Return for each document what was coded in it and what was not."""
    by_document: dict[int, list[Event]] = {}
    for event in held.events:
        by_document.setdefault(held.documents[event.evidence.document_id], []).append(event)
    found = []
    for index, each in enumerate(held.data.documents):
        events = by_document.get(index, [])
        with_events = {
            number
            for event in events
            for number, (start, end) in enumerate(each.sentences)
            if start <= event.evidence.start < end
        }
        source = each.document.source or ""
        found.append(
            {
                "index": index,
                "document": each.document,
                "title": each.document.title or each.document.name,
                "link": source if source.startswith(("https://", "http://")) else "",
                "events": sum(event.status == "actual" for event in events),
                "others": sum(event.status != "actual" for event in events),
                "sentences": len(each.sentences),
                "coded": len(with_events),
                "silent": len(set(each.screened) - with_events) if each.screened is not None else None,
                "embedded": index in texts,
            }
        )
    return found


def _cuts(held: _Held, texts: set[int]) -> list[str]:
    """Say what is not on the page because it would be too large; nothing is cut silently."""
    found = []
    if held.left_out:
        shown = len(held.events)
        found.append(
            f"The page shows the first {shown:,} of {shown + held.left_out:,} events, in order of time; the figures count all. "
            "Choose a pair of states or a span of years for the rest, or export the ledger."
        )
    if held.data.others_left_out:
        found.append(
            f"{count(held.data.others_left_out, 'act')} of third parties would make the page too large: numbers that rest on "
            "many of them list the first in time, and say so. Choose a span of years for the rest, or export the ledger."
        )
    without = len(held.data.documents) - len(texts)
    if without:
        found.append(f"{count(without, 'document')} are listed without their full text, because the page would be too large.")
    return found


def _options(text: str) -> list[tuple[str, str]]:
    """Return a run's options as pairs; they are canonical JSON, but a ledger from elsewhere may hold anything."""
    try:
        options = json.loads(text or "{}")
    except ValueError:
        return [("options", text)]
    return [(key, str(value)) for key, value in options.items()] if isinstance(options, dict) else [("options", text)]
