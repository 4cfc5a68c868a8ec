"""Records beside the acts: bands of wars, disputes and alliances, a line of agreement, bars of transfers, each with its source.

Every band, point and bar has a row in a table, which names dataset, edition and the lines of the official file. Years that a
source does not cover are hatched: that nothing is drawn there does not mean that nothing happened.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from verbale.core import EventDate
from verbale.core.wording import count, listed
from verbale.report.data import DossierRecords, RecordLayer
from verbale.report.lines import Behind, Lines
from verbale.report.wording import date_words

KINDS: Final = {
    "wars": "Wars",
    "disputes": "Militarised disputes",
    "alliances": "Alliances",
    "agreement": "Agreement in the General Assembly",
    "transfers": "Transfers of arms",
}
_WHAT: Final = {
    "wars": "A band is a war in which both fought, pale where they fought on the same side.",
    "disputes": "A band is a dispute in which they stood on opposite sides, darker the more hostile it became.",
    "alliances": "A band is an alliance of which both were members.",
    "agreement": "The line is Lijphart's index of agreement: 1 where they always voted alike, 0 where always against each "
    "other; an abstention counts half. Years with fewer than five votes stand apart as pale points.",
    "transfers": "A bar is the value of the deliveries of a year in millions of SIPRI's trend-indicator value, which measures "
    "capability, not money; an order delivered over several years is spread evenly over them.",
}
_HOSTILITY: Final = {1: "no militarised action", 2: "threat of force", 3: "display of force", 4: "use of force", 5: "war"}
_PROMISES: Final = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "neutrality": "neutrality",
    "nonagg": "non-aggression",
    "nonaggression": "non-aggression",
    "consul": "consultation",
    "entente": "consultation",
}
_NOUNS: Final = {"wars": ("war", ""), "disputes": ("dispute", ""), "alliances": ("alliance", "")}
_EPOCH: Final = datetime.date(1970, 1, 1)
# The opacity of a band: a display of force shall be seen beside a war, and a war stand out.
_STRENGTH: Final = {1: 0.35, 2: 0.45, 3: 0.6, 4: 0.8, 5: 1.0}
_PALE: Final = 0.45
# A single vote moves the share of four by a quarter: in 1964, when the Assembly voted once, the index is 0 or 1.
FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a layer's table: its anchor, when, what, and the lines of the official file."""

    anchor: str
    when: str
    what: str
    behind: Behind | None


@dataclass(frozen=True, slots=True)
class Table:
    """A layer as the page tells it: heading, summary, where it comes from, what the marks mean, and its rows."""

    kind: str
    heading: str
    summary: str
    source: str
    meaning: str
    layer: RecordLayer
    lines: Sequence[Line]


def record_tables(
    records: DossierRecords | None, dyad: tuple[str, str] | None, names: Mapping[str, str], known: Lines
) -> list[Table]:
    """Return the tables below the chart, one for each layer; the lines that their rows rest on are noted in `known`."""
    if records is None or dyad is None:
        return []
    return [
        Table(
            layer.kind,
            KINDS[layer.kind],
            _summary(layer, records.years),
            source_words(layer),
            _WHAT[layer.kind],
            layer,
            [_line(layer, number, row, names, known) for number, row in enumerate(layer.rows)],
        )
        for layer in records.layers
    ]


def records_payload(records: DossierRecords | None, dyad: tuple[str, str] | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the chart draws: the days it spans, and for each layer its marks in days or years; empty without layers."""
    if records is None or dyad is None or not records.layers:
        return {}
    first, last = records.years
    pair = [names.get(code, code) for code in dyad]
    return {
        "days": [_day(datetime.date(first, 1, 1)), _day(datetime.date(last, 12, 31))],
        "years": [first, last],
        "layers": [
            {
                "kind": layer.kind,
                "heading": KINDS[layer.kind],
                "source": f"{' '.join(filter(None, (layer.dataset, layer.edition)))}, {layer.first_year}–{layer.last_year}",
                "known": [_day(datetime.date(layer.first_year, 1, 1)), _day(datetime.date(layer.last_year, 12, 31))],
                "pair": pair,
                "marks": [_mark(layer, number, row, dyad, names) for number, row in enumerate(layer.rows)],
            }
            for layer in records.layers
        ],
    }


def missing_words(records: DossierRecords | None) -> str:
    """Say which records could be installed to be shown; empty where all are shown."""
    if records is None or not records.missing:
        return ""
    wanted = listed([f"{KINDS[kind].lower()} ({' or '.join(names)})" for kind, names in records.missing.items()])
    if records.layers:
        return f"Not installed, and so not shown: {wanted}."
    return f"Reference data could stand beside these acts, once installed with “verbale records install”: {wanted}."


def source_words(layer: RecordLayer) -> str:
    """Return the dataset, its edition and years, and the official file."""
    edition = f", edition {layer.edition}" if layer.edition else ""
    part = "; only a part of the file was installed" if layer.partial else ""
    return f"{layer.title}{edition}, {layer.first_year}–{layer.last_year} ({layer.dataset}, from {layer.file}{part})"


def _summary(layer: RecordLayer, years: tuple[int, int]) -> str:
    rows = layer.rows
    if layer.kind == "agreement":
        return count(len(rows), "year") + " with votes of both" if rows else "no vote of both"
    if layer.kind == "transfers":
        return count(len({row["year"] for row in rows}), "year") + " with deliveries" if rows else "no deliveries"
    # A spell that a state interrupted is told in two rows, and is one war, dispute or alliance.
    found = len({row[layer.number] for row in rows})
    covered = years[0] <= layer.last_year and years[1] >= layer.first_year
    return count(found, *_NOUNS[layer.kind]) if found or covered else "the source does not cover these years"


def _anchor(layer: RecordLayer, number: int) -> str:
    return f"record-{layer.kind}-{number}"


def _when(layer: RecordLayer, row: Mapping[str, Any]) -> str:
    if "year" in row:
        return str(row["year"])
    if row["end"] is None:
        return f"{date_words(EventDate(row['start'], None, 'day'))} – (in force at the end of {layer.last_year})"
    return date_words(EventDate(row["start"], row["end"], "day"))


def _what(layer: RecordLayer, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if layer.kind == "agreement":
        return f"{row['agreement']:.2f} in {count(row['votes'] or 0, 'vote')}"
    if layer.kind == "transfers":
        source, target = (names.get(row[side], row[side]) for side in ("source", "target"))
        return f"{source} → {target}: {row['tiv']:,.1f} million, {count(row['orders'], 'order')}"
    number = row[layer.number]
    if layer.kind == "wars":
        return f"{row['warname']} (war {number}), {'against each other' if row['opposed'] else 'on the same side'}"
    if layer.kind == "disputes":
        return f"dispute {number}: {_HOSTILITY.get(row['hostlev'], 'hostility unknown')}"
    promises = list(dict.fromkeys(words for name, words in _PROMISES.items() if row.get(name)))
    return f"alliance {number}: {listed(promises) if promises else 'promises not told'}"


def _line(layer: RecordLayer, number: int, row: Mapping[str, Any], names: Mapping[str, str], known: Lines) -> Line:
    when, what = _when(layer, row), _what(layer, row, names)
    behind = known.behind(f"{KINDS[layer.kind]}, {when}", {layer.dataset: row["lines"]})
    return Line(_anchor(layer, number), when, what, behind)


def _mark(
    layer: RecordLayer, number: int, row: Mapping[str, Any], dyad: tuple[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    mark: dict[str, Any] = {
        "row": _anchor(layer, number),
        "tip": [f"{_when(layer, row)} · {_what(layer, row, names)}", source_words(layer)],
    }
    if layer.kind == "agreement":
        return {**mark, "year": row["year"], "value": round(row["agreement"], 4), "few": (row["votes"] or 0) < FEW}
    if layer.kind == "transfers":
        return {**mark, "year": row["year"], "value": round(row["tiv"], 3), "back": row["source"] != dyad[0]}
    end = row["end"] or datetime.date(layer.last_year, 12, 31)
    return {
        **mark,
        "start": _day(row["start"]),
        "end": _day(end),
        "label": _label(layer, row),
        "strength": _strength(layer, row),
    }


def _label(layer: RecordLayer, row: Mapping[str, Any]) -> str:
    if layer.kind == "wars":
        return str(row["warname"])
    if layer.kind == "disputes":
        return str(row[layer.number])
    return ", ".join(dict.fromkeys(words for name, words in _PROMISES.items() if row.get(name)))


def _strength(layer: RecordLayer, row: Mapping[str, Any]) -> float:
    if layer.kind == "disputes":
        return _STRENGTH.get(row["hostlev"], _STRENGTH[1])
    return _PALE if layer.kind == "wars" and not row["opposed"] else 0.9


def _day(day: datetime.date) -> int:
    return (day - _EPOCH).days
