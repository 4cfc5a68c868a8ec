"""Coverage: what a document tells of two states beside what other documents and reference data hold of the same time.

A document is never evidence against itself: everything it is compared with comes from elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import ibis.expr.types as ir
import pyarrow as pa
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

from verbale.core.errors import VerbaleError
from verbale.core.wording import count, listed
from verbale.measures.figures import INK, SIDE_COLOURS, finished
from verbale.measures.result import Basis, EvidenceError, MeasureResult, Method, Told, parted, told, versions
from verbale.measures.selection import actual, needs, restrict

COOPERATION: Final = "cooperation"
CONFLICT: Final = "conflict"
SIDES: Final = (COOPERATION, CONFLICT)
# The holdings that a document is compared with, beside other documents: kinds of record, the side that each is of, the column
# that tells how large a row is, and what that is measured in. Each is ranked by its own scale; scales are not mixed.
RECORDS: Final = {
    "wars": (CONFLICT, None, "war"),
    "disputes": (CONFLICT, "hostlev", "hostility level, 1 to 5"),
    "alliances": (COOPERATION, None, "alliance"),
    "transfers": (COOPERATION, "tiv", "trend-indicator value, millions"),
}
OTHERS: Final = "other documents"
# Documents that a page lists; with more, each has a row in nobody's eyes.
MOST_DOCUMENTS: Final = 12
# Below this many acts the share of cooperation is known to within half its scale.
MIN_ACTS: Final = 10
_DAYS: Final = {"month": 30, "year": 364, "decade": 3_651, "century": 36_523}
SOURCES: Final = (
    "Earl, Jennifer, et al. 2004. The Use of Newspaper Data in the Study of Collective Action. Annual Review of Sociology 30: "
    "65-80 (selection of events by sources).",
    "Wilson, Edwin B. 1927. Probable Inference, the Law of Succession, and Statistical Inference. Journal of the American "
    "Statistical Association 22: 209-212 (interval of a share).",
    "Goldstein, Joshua S. 1992. A Conflict-Cooperation Scale for WEIS Events Data. Journal of Conflict Resolution 36: 369-385.",
)
_FORMULA: Final = (
    "For each document, in the years that it tells of: actual acts of cooperation and of conflict between the two, and the "
    "same in other documents and in installed records; share: cooperation of both. Its interval (Wilson) takes acts as "
    "independent, which those of one document are not; it is too narrow rather than too wide. Silent years: years with an act "
    "in the other holding and none in the document. Omitted: acts of other holdings on the side that the document tells less "
    "of (both sides where it tells as much of each) such that the document has no act of that side which could be of the same "
    "time, by the precision of the dates; the largest first, each holding by its own scale (events: Goldstein value)."
)
_SCHEMA: Final = (
    ("kind", pa.string()),
    ("document_id", pa.string()),
    ("document", pa.string()),
    ("holding", pa.string()),
    ("cooperation", pa.int64()),
    ("conflict", pa.int64()),
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("years", pa.int64()),
    ("silent_years", pa.int64()),
    ("first_year", pa.int64()),
    ("last_year", pa.int64()),
    ("side", pa.string()),
    ("what", pa.string()),
    ("start", pa.date32()),
    ("end", pa.date32()),
    ("size", pa.float64()),
    ("scale", pa.string()),
    ("event_ids", pa.list_(pa.string())),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a reference dataset holds of the pair: `rows` as the measure of this `kind` in `relations` gives them.

    `table` is the whole dataset, whose `line` the rows' `lines` name; `first_year` and `last_year` are what its edition covers.
    """

    kind: str
    dataset: str
    rows: ir.Table
    table: ir.Table
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class _Act:
    """An act or spell of a side; it lies in the days from first to last, which are None for one without a date.

    `vague` is a date that leaves the year open, as "in the 1990s" does.
    """

    side: str
    first: datetime.date | None
    last: datetime.date | None
    size: float
    scale: str
    what: str
    event_id: str = ""
    lines: tuple[int, ...] = ()
    vague: bool = False

    def touches(self, years: tuple[int, int]) -> bool:
        """Tell whether it can lie in the years; one without a date cannot be told to."""
        return self.first is not None and self.last is not None and self.first.year <= years[1] and self.last.year >= years[0]

    def years(self, within: tuple[int, int]) -> set[int]:
        """Return the years that it lies in; none where its date leaves the year open."""
        if self.first is None or self.last is None or self.vague:
            return set()
        return set(range(max(self.first.year, within[0]), min(self.last.year, within[1]) + 1))


@dataclass(frozen=True, slots=True)
class _Holdings:
    """All that is held of the pair: the acts that each document tells, and those of each kind of record."""

    told: dict[str, list[_Act]]
    recorded: dict[str, list[_Act]]

    def chosen(self, documents: Sequence[str]) -> list[str]:
        """Return the documents to compare: those asked for, else those with most acts; refuse one that tells none."""
        chosen = list(documents) or sorted(self.told, key=lambda name: (-len(self.told[name]), name))[:MOST_DOCUMENTS]
        unknown = [name for name in chosen if name not in self.told]
        if unknown:
            raise EvidenceError(measure="coverage", needed=f"acts of the pair in {', '.join(unknown)}", found="none")
        return chosen

    def beside(self, name: str) -> dict[str, list[_Act]]:
        """Return what a document is compared with: every other document together, and each kind of record."""
        others = [act for other, acts in self.told.items() if other != name for act in acts]
        return {OTHERS: others, **self.recorded}


def account(
    events: ir.Table,
    *,
    dyad: tuple[str, str],
    documents: Sequence[str] = (),
    records: Sequence[Recorded] = (),
    years: tuple[int, int] | None = None,
    largest: int = 10,
    level: float = 0.95,
    names: Mapping[str, str] | None = None,
) -> MeasureResult:
    """Return what documents tell of a dyad beside what other documents and records hold of it in the same years.

    Rows by `kind`: holding (`holding` is "document", "other documents" or a kind of record; `cooperation`, `conflict`, `share`
    with interval, `years` with an act, `silent_years`), and omitted (`side`, `what`, `start`, `end`, `size` on `scale`; at most
    `largest` of each holding). `event_ids`, and for each record `<kind>_lines`, name what is behind a row. Without `documents`,
    those with most acts of the dyad; `names` are what documents are called, by id. Raises `measure-evidence` where there is
    nothing to compare, `measure-option`, `measure-dyad`.
    """
    if largest < 0:
        raise VerbaleError("measure-option", option="largest", value=largest, allowed="a number from 0")
    held = _Holdings(_told(events, dyad), {one.kind: _of_record(one) for one in records})
    chosen = held.chosen(documents)
    rows, warned_of = list[dict[str, Any]](), list[Told]()
    for name in chosen:
        called = (names or {}).get(name, name)
        span = years or _span(held.told[name])
        if span is None:
            told_there = {"event_ids": sorted(act.event_id for act in held.told[name])}
            warned_of.append((f"{called} dates no act of the pair, and is compared with nothing.", told_there))
            continue
        compared = _compared(name, held.told[name], held.beside(name), span, largest, level)
        rows += ({**row, "document": called} for row in compared)
        warned_of += ((text, {}) for text in _outside(records, span))
    _refuse_nothing(rows, held)
    columns = [(f"{kind}_lines", pa.list_(pa.int64())) for kind in held.recorded]
    options = {
        "dyad": "-".join(dyad),
        "documents": chosen,
        "years": None if years is None else f"{years[0]}-{years[1]}",
        "records": [one.dataset for one in records] or None,
        "largest": largest,
        "level": level,
    }
    sentences, behind = parted(_sentences(rows, [column for column, _ in columns]))
    warnings, warned = parted({text: (text, keys) for text, keys in [*warned_of, *_few(rows)]}.values())
    return MeasureResult(
        "coverage",
        "Coverage",
        pa.Table.from_pylist(rows, schema=pa.schema([*_SCHEMA, *columns])),
        Method(_FORMULA, SOURCES, options, versions("statsmodels", "ibis-framework")),
        sentences,
        (Basis(actual(events)), *(Basis(one.table, one.dataset, "line", f"{one.kind}_lines") for one in records)),
        _draw,
        warnings,
        behind,
        warned,
    )


_SELF: Final = "document"


def _refuse_nothing(rows: Sequence[dict[str, Any]], held: _Holdings) -> None:
    if any(row["kind"] == "holding" and row["holding"] != _SELF and row["cooperation"] + row["conflict"] for row in rows):
        return
    raise EvidenceError(
        measure="coverage",
        needed="acts of the pair from another document or an installed record in the same years",
        found=f"{count(len(held.told), 'document')} and {count(len(held.recorded), 'record')}",
        behind={"event_ids": sorted(act.event_id for acts in held.told.values() for act in acts)},
    )


def _told(events: ir.Table, dyad: tuple[str, str]) -> dict[str, list[_Act]]:
    """Return the acts of the dyad by document, in order of time."""
    needs(events, "event_id", "document_id", "quad", "intensity", "type", "source", "target")
    between = restrict(actual(events), dyad=dyad)
    kept = between.filter(between.quad.notnull(), between.document_id.notnull())
    columns = ("event_id", "document_id", "quad", "intensity", "type", "source", "target")
    dates = ("date_start", "date_end", "date_precision")
    found: dict[str, list[_Act]] = {}
    for row in kept.select(*columns, *dates).order_by("date_start", "event_id").to_pyarrow().to_pylist():
        first = row["date_start"]
        last = row["date_end"] or (first and _last_day(first, row["date_precision"] or "day"))
        what = f"{row['type']} {row['source']}>{row['target']}"
        side = row["quad"].rpartition(" ")[2]
        size = abs(row["intensity"] or 0.0)
        vague = row["date_precision"] in ("decade", "century")
        act = _Act(side, first, last, size, "Goldstein value", what, row["event_id"], vague=vague)
        found.setdefault(row["document_id"], []).append(act)
    return found


def _last_day(first: datetime.date, precision: str) -> datetime.date:
    try:
        return first + datetime.timedelta(days=_DAYS.get(precision, 0))
    except OverflowError:
        return datetime.date.max


def _of_record(one: Recorded) -> list[_Act]:
    side, size, scale = RECORDS[one.kind]
    found = []
    for row in one.rows.to_pyarrow().to_pylist():
        if one.kind == "wars" and not row["opposed"]:
            continue
        if "year" in row:
            first, last = datetime.date(row["year"], 1, 1), datetime.date(row["year"], 12, 31)
            what = f"arms, {row['source']}>{row['target']}"
        else:
            first, last = row["start"], row["end"] or datetime.date(one.last_year, 12, 31)
            number = row.get("warname") or next(
                str(row[name]) for name in ("dispnum", "version4id", "atopid", "warnum") if name in row
            )
            what = f"{one.kind.removesuffix('s')} {number}"
        value = float(row[size] or 0.0) if size else 1.0
        found.append(_Act(side, first, last, value, scale, what, lines=tuple(row["lines"])))
    return found


def _span(acts: Iterable[_Act]) -> tuple[int, int] | None:
    years = [day.year for act in acts for day in (act.first, act.last) if day is not None]
    return (min(years), max(years)) if years else None


def _compared(
    name: str, own: Sequence[_Act], holdings: dict[str, list[_Act]], span: tuple[int, int], largest: int, level: float
) -> Iterator[dict[str, Any]]:
    inside = [act for act in own if act.touches(span)]
    own_years = set[int]().union(*(act.years(span) for act in inside))
    yield _holding(name, _SELF, inside, span, set(), level)
    counts = {side: sum(act.side == side for act in inside) for side in SIDES}
    # The side that the document tells less of; both, where it tells as much of each.
    missing = [side for side in SIDES if counts[side] <= min(counts.values())]
    for holding, acts in holdings.items():
        kept = [act for act in acts if act.touches(span)]
        years = set[int]().union(*(act.years(span) for act in kept))
        yield _holding(name, holding, kept, span, years - own_years, level)
        omitted = [act for act in kept if act.side in missing and not any(_can_be(act, one) for one in inside)]
        for act in sorted(omitted, key=lambda one: (-one.size, one.first or datetime.date.max, one.what))[:largest]:
            yield {
                "kind": "omitted",
                "document_id": name,
                "holding": holding,
                "side": act.side,
                "what": act.what,
                "start": act.first,
                "end": act.last if act.last != act.first else None,
                "size": act.size,
                "scale": act.scale,
                **_behind(holding, [act]),
            }


def _can_be(act: _Act, other: _Act) -> bool:
    """Tell whether two acts are of one side and can lie on the same day."""
    if act.side != other.side or act.first is None or act.last is None or other.first is None or other.last is None:
        return False
    return act.first <= other.last and other.first <= act.last


def _holding(
    name: str, holding: str, acts: Sequence[_Act], span: tuple[int, int], silent: set[int], level: float
) -> dict[str, Any]:
    friendly = sum(act.side == COOPERATION for act in acts)
    # A record is of one side by its nature; a share would tell of the dataset, not of the relation.
    shared = bool(acts) and holding in (_SELF, OTHERS)
    low, high = proportion_confint(friendly, len(acts), alpha=1 - level, method="wilson") if shared else (None, None)
    return {
        "kind": "holding",
        "document_id": name,
        "holding": holding,
        "cooperation": friendly,
        "conflict": len(acts) - friendly,
        "share": friendly / len(acts) if shared else None,
        "low": low,
        "high": high,
        "years": len(set[int]().union(*(act.years(span) for act in acts))),
        "silent_years": len(silent),
        "first_year": span[0],
        "last_year": span[1],
        **_behind(holding, acts),
    }


def _behind(holding: str, acts: Sequence[_Act]) -> dict[str, Any]:
    empty: dict[str, Any] = {f"{kind}_lines": [] for kind in RECORDS}
    ids = sorted(act.event_id for act in acts if act.event_id)
    lines = sorted({line for act in acts for line in act.lines})
    return {**empty, "event_ids": ids, **({f"{holding}_lines": lines} if holding in RECORDS else {})}


def _outside(records: Sequence[Recorded], span: tuple[int, int]) -> Iterator[str]:
    for one in records:
        if one.first_year > span[0] or one.last_year < span[1]:
            yield f"{one.dataset} covers {one.first_year}-{one.last_year}: beyond it nothing is known of {one.kind}."


def _few(rows: Sequence[dict[str, Any]]) -> Iterator[Told]:
    few = [row for row in rows if row["kind"] == "holding" and row["share"] is not None]
    few = [row for row in few if row["cooperation"] + row["conflict"] < MIN_ACTS]
    if few:
        rest = "share rests" if len(few) == 1 else "of the shares rest"
        yield told(f"{len(few)} {rest} on fewer than {count(MIN_ACTS, 'act')}.", few)


def _sentences(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> Iterator[Told]:
    """State each holding that has acts; what has none is told in one sentence of each document."""
    keys = ("event_ids", *columns)
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["kind"] == "holding":
            held.setdefault(row["document_id"], []).append(row)
    for own in held.values():
        for row in own:
            if row["holding"] == _SELF or row["cooperation"] + row["conflict"]:
                yield told(_sentence(row, rows), [row], *keys)
    empty: dict[tuple[str, ...], list[str]] = {}
    for own in held.values():
        if without := _without(own):
            empty.setdefault(without, []).append(f"{_short(own[0]['document'])} ({own[0]['first_year']}-{own[0]['last_year']})")
    for without, documents in empty.items():
        compared = f"any of the {len(held)} documents" if len(documents) == len(held) > 1 else listed(documents)
        own = [row for row in rows if row["kind"] == "holding" and row["holding"] == _SELF]
        alone = [row for row in own if without == _without(held[row["document_id"]])]
        yield told(f"In the same years as {compared}, nothing of the pair in {listed(without)}.", alone)


def _without(own: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Return the holdings that have no act beside a document's."""
    return tuple(row["holding"] for row in own if row["holding"] != _SELF and not row["cooperation"] + row["conflict"])


# A longer title fills a line before the sentence has said anything; the table has it whole.
_TITLE: Final = 60


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rpartition(' ')[0] or title[:_TITLE]} …"


def _sentence(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    of = "" if row["holding"] == _SELF else f", {row['holding']}"
    share = "" if row["share"] is None else f"; share of cooperation {row['share']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
    text = (
        f"{_short(row['document'])}{of}, {row['first_year']}-{row['last_year']}: cooperation {row['cooperation']:,}, conflict "
        f"{row['conflict']:,}{share}; acts in {count(row['years'], 'year')}"
    )
    if row["holding"] == _SELF:
        return f"{text}."
    if row["silent_years"]:
        text += f", in {row['silent_years']} of which the document has none"
    omitted = sum(
        one["kind"] == "omitted" and one["document_id"] == row["document_id"] and one["holding"] == row["holding"]
        for one in rows
    )
    return f"{text}; {count(omitted, 'omitted act')} listed." if omitted else f"{text}."


def _draw(rows: pa.Table) -> Any:
    """Draw cooperation and conflict of each document and of what it is compared with, as shares of the bar's length."""
    columns = [name for name in rows.column_names if not name.endswith(("_lines", "event_ids", "start", "end"))]
    listed = [{**row, "row": number} for number, row in enumerate(rows.select(columns).to_pylist())]
    several = len({row["document"] for row in listed if row["kind"] == "holding"}) > 1
    bars = [
        {
            # Of several documents, the label behind the bar names the document, and below it what stands beside it.
            "label": f"{row['document']}\n{row['holding']}" if several else row["holding"],
            "side": side,
            "acts": row[side],
            "row": row["row"],
        }
        for row in listed
        if row["kind"] == "holding" and any(row[side] for side in SIDES)
        for side in SIDES
    ]
    base = alt.Chart(alt.InlineData(values=bars)).mark_bar(cursor="pointer")
    labels = list(dict.fromkeys(bar["label"] for bar in bars))
    return finished(
        base.encode(
            x=alt.X("acts:Q", stack="normalize", axis=alt.Axis(title="share of acts", format="%")),
            y=alt.Y("label:N", sort=labels, axis=alt.Axis(title=None, labelLimit=320, labelColor=INK, labelExpr=_LABEL)),
            color=alt.Color(
                "side:N", title=None, scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values()))
            ),
            tooltip=["label:N", "side:N", "acts:Q"],
        ),
        height=24 * len(labels) + 10,
    )


_LABEL: Final = f"split(datum.label, '\\n')[1] == '{_SELF}' ? split(datum.label, '\\n')[0] : peek(split(datum.label, '\\n'))"
