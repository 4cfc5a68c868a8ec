"""What a dossier is made from: documents, events, and the measures' tables as plain lists; no live objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verbale.core import Amendment, Document, Event, Rejection, Run


@dataclass(frozen=True, slots=True)
class DossierDocument:
    """A document of a dossier, with the character spans of its sentences and which of them were worth coding.

    `sentences` are (start, end) offsets in the document's text, end exclusive. `screened` are indices into `sentences` of those
    that passed the coder's screen (they seem to tell an act between actors); None where this is not known.
    """

    document: Document
    sentences: Sequence[tuple[int, int]] = ()
    screened: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class JoinedEvent:
    """An event that several mentions tell: their ids, and the fields in which they differ (see `measures.groups`)."""

    mentions: Sequence[str]
    disagree: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RecordLines:
    """Lines of a dataset's official `file` that numbers of a page rest on, with the columns that tell a reader what they say.

    `rows` are pairs of the line's number and its values, one for each of `columns`; each line stands once or, where a line
    makes several rows of the table, as often as that.
    """

    dataset: str
    title: str
    edition: str
    file: str
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page lists for a number that nothing stands behind: events of other kinds, and where they are told, in words."""

    words: str
    event_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class MeasureSection:
    """A measure as a page shows it: what `verbale.measures` computed, as plain data, or why it could not.

    `rows` hold `columns` and, for each of `keys`, a list of keys: event ids where the value is "events", else lines of the
    dataset that the value names; `numbers` are the rows' numbers in the whole table, by default from 0 on; `left_out` counts
    rows that are not shown. `told` has for each of `sentences` the same lists of keys. `chart` is a Vega-Lite specification
    with its data, whose marks carry `row`, the number of a row, or `event_ids`. `lines` hold what those lines of datasets say.
    `event_ids` are the events behind all rows, also those left out. `codes` names actors that stand there by their codes.
    `measure` is the measure's name on the command line, where the section has another. `warned` has the keys of each of
    `warnings`, `beside` for each of `rows` that rests on nothing what there is beside it; both may be left out. `refusal` says
    why there are no numbers; then only `refused` is given, the keys of what it counted, with `keys`, `lines` and `event_ids`.
    """

    name: str
    title: str
    sentences: Sequence[str] = ()
    told: Sequence[Mapping[str, Sequence[Any]]] = ()
    warnings: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    numbers: Sequence[int] = ()
    left_out: int = 0
    keys: Mapping[str, str] = field(default_factory=dict)
    method: Sequence[tuple[str, str]] = ()
    chart: Mapping[str, Any] | None = None
    refusal: str = ""
    lines: Sequence[RecordLines] = ()
    event_ids: Sequence[str] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    measure: str = ""
    warned: Sequence[Mapping[str, Sequence[Any]]] = ()
    beside: Sequence[Beside | None] = ()
    refused: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordLayer:
    """What one reference dataset holds of the dossier's pair in its years: plain rows of a measure, and where they come from.

    `kind` is wars, disputes, alliances, agreement or transfers. `rows` are those of the measure of that name in
    `verbale.measures`, each with `lines`, the lines of the official `file`; `number` names the column that tells wars, disputes
    or alliances apart. `first_year` and `last_year` are what the edition covers: beyond it nothing is known. `read` holds what
    the lines say.
    """

    kind: str
    dataset: str
    title: str
    edition: str
    first_year: int
    last_year: int
    file: str
    partial: bool
    citation: str
    rows: Sequence[Mapping[str, Any]]
    number: str = ""
    read: RecordLines | None = None


@dataclass(frozen=True, slots=True)
class DossierRecords:
    """The records that stand beside the acts of a pair of states, in the years from first to last.

    `missing` names for each kind that is not shown the datasets that would show it; `problems` are errors of damaged ones.
    """

    years: tuple[int, int]
    layers: Sequence[RecordLayer] = ()
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DossierData:
    """Everything that a dossier shows.

    `balance` and `directed` are rows of `verbale.measures.balance` and `directed_counts` over the actual ones among `events`;
    `period` names the period of `balance` (month, year, decade, century). `names` gives actors' codes a name. `made` is the day
    on which the page was made, as it shall be printed; it is passed in, so that the same data give the same page. `amendments`
    are the corrections by hand that the events carry, by event id, oldest first; `withdrawn` counts events of these documents
    that were withdrawn by hand. `measures` are sections of measures, in the order in which they are shown.
    `records` are what reference data hold of the pair; None where they are not wanted, or for more than a pair.
    `joined` holds the events that several of `events` tell, by the id of the mention under which all are listed; `balance`,
    `directed` and `measures` count such an event once, with the ids of all its mentions.
    `others` are events of third parties that `measures` rest on beside those of the pair: they are shown in a list of their
    own and counted nowhere else; `other_documents` are those of their documents that are not among `documents`, shown without
    their text. `others_left_out` counts acts that `measures` rest on and the page would be too large for.
    """

    title: str
    documents: Sequence[DossierDocument]
    events: Sequence[Event]
    dyad: tuple[str, str] | None = None
    years: tuple[int, int] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    period: str = "year"
    balance: Sequence[Mapping[str, Any]] = ()
    directed: Sequence[Mapping[str, Any]] = ()
    rejections: Sequence[Rejection] = ()
    runs: Sequence[Run] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    made: str = ""
    amendments: Mapping[str, Sequence[Amendment]] = field(default_factory=dict)
    withdrawn: int = 0
    measures: Sequence[MeasureSection] = ()
    records: DossierRecords | None = None
    joined: Mapping[str, JoinedEvent] = field(default_factory=dict)
    others: Sequence[Event] = ()
    other_documents: Sequence[Document] = ()
    others_left_out: int = 0
