"""What the claims of a manuscript are held against: rows of installed datasets, and acts in the ledger's other documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from verbale import measures, records
from verbale.app.flows.common import LedgerLike, opened
from verbale.core import Document, Evidence, VerbaleError
from verbale.engine import connect_memory
from verbale.records import DATASETS
from verbale.review import (
    AGREEMENT,
    OF_STATES,
    ROLL_CALLS,
    TOLD,
    Holdings,
    KnownDataset,
    Passage,
    Source,
    Statement,
    by_description,
    load_topics,
)

# The lists that come with the program, which a caller may name beside the datasets.
OWN: Final = "verbale"
# What is read for claims of single kinds; the table of topics names the others.
_OF_KINDS: Final = ("sipri-transfers", "un-council-votes", ROLL_CALLS, "un-votes", "cow-wars")
_TOPICS: Final = load_topics()
# The datasets that a review reads; of the others it says only that they could tell.
READ: Final = tuple(
    dict.fromkeys(
        (*_OF_KINDS, *TOLD, *OF_STATES, *(one.dataset for found in _TOPICS.sources.values() for one in found if one.form))
    )
)
# The tables of roll calls, the better one first, with the column that tells votes apart.
_VOTES: Final[Mapping[str, Mapping[str, str]]] = {"un-votes": {}, "un-votes-library": {"roll_call": "undl_id"}}
# Small tables that are read whole: a sentence may tell of others than those whom it names.
WHOLE: Final = frozenset(TOLD)
# Words of designations that prose uses for other things.
_COMMON: Final = frozenset(
    {
        *(
            "Type",
            "Project",
            "Model",
            "Mark",
            "Block",
            "Light",
            "Class",
            "General",
            "President",
            "King",
            "Prince",
            "Queen",
            "Standard",
        ),
        *(
            "Global",
            "Universal",
            "Commander",
            "Express",
            "Admiral",
            "Captain",
            "Island",
            "River",
            "Bay",
            "Lake",
            "City",
            "Minister",
        ),
        *(
            "Protector",
            "Guardian",
            "Defender",
            "Ranger",
            "Challenger",
            "Freedom",
            "Independence",
            "Victory",
            "Unity",
            "Liberty",
        ),
        *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"),
        *("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "North", "South", "East", "West"),
    }
)
ALL: Final = "all"
NONE: Final = "none"


def parse_review_records(wanted: str | Sequence[str] | bool) -> tuple[str, ...] | None:
    """Return the names asked for, an empty tuple for none, None for all that are installed. Raises `review-records`."""
    if wanted in (True, ALL):
        return None
    if wanted in (False, NONE):
        return ()
    names = [name.strip() for name in (wanted.split(",") if isinstance(wanted, str) else wanted or ()) if name.strip()]  # type: ignore[union-attr]
    for name in names:
        if name not in (OWN, *READ):
            raise VerbaleError("review-records", name=name, allowed=", ".join((ALL, NONE, OWN, *READ)))
    return tuple(names)


def holdings_for(
    statements: Sequence[Statement],
    document: Document,
    *,
    wanted: tuple[str, ...] | None,
    ledger: LedgerLike | None,
    folder: str | Path | None = None,
) -> Holdings:
    """Return the rows and passages that the claims of a document may rest on.

    A dataset that is damaged is left out where all were asked for. Raises `record-not-installed` or `record-damaged` for one
    that was asked for by name, and the ledger's errors.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    editions: dict[str, str] = {}
    domains: dict[str, tuple[int, int]] = {}
    present = records.installed(folder=folder)
    for name in READ if wanted is None else [name for name in wanted if name != OWN]:
        if wanted is None and name not in present:
            continue
        try:
            held = records.provenance(name, folder=folder)
            tables[name] = _rows(name, statements, folder, tables.get(ROLL_CALLS, ()))
        except VerbaleError:
            if wanted is not None:
                raise
            continue
        editions[name] = "" if held.edition == "*" else held.edition
        domains[name] = held.first_year, held.last_year
    if agreement := _agreement(statements, tuple(tables), folder):
        tables[AGREEMENT] = agreement
    known = {name: KnownDataset(name, one.title, *one.years) for name, one in DATASETS.items()}
    passages = () if ledger is None else _passages(ledger, statements, document)
    return Holdings(tables, editions, known, domains, passages, own=wanted is None or OWN in wanted)


def designations(wanted: tuple[str, ...] | None, *, folder: str | Path | None = None) -> frozenset[str]:
    """Return the names of arms without a number that the installed register uses; none where it is not there or not wanted."""
    name = "sipri-transfers"
    if (wanted is not None and name not in wanted) or name not in records.installed(folder=folder):
        return frozenset()
    try:
        table = records.table(name, connect_memory(), folder=folder)
    except VerbaleError:
        return frozenset()
    models = table.filter(table.weapon.notnull()).select("weapon").distinct().to_pyarrow()["weapon"].to_pylist()
    words = {word for model in models for word in re.split(r"[\s/(),-]+", model)}
    named = {word for word in words if re.fullmatch(r"[A-Z][a-z]{3,}|[A-Z]{4,}", word)}
    # what the register itself uses to describe arms of any name (system, radar, fighter) tells none from another
    described = (
        table.filter(table.description.notnull()).select("description").distinct().to_pyarrow()["description"].to_pylist()
    )
    plain = {word.lower() for words_of in described for word in re.findall(r"[A-Za-z]+", words_of)}
    return frozenset(word for word in named if not {word.lower(), f"{word.lower()}s"} & plain) - _COMMON


def _rows(
    name: str, statements: Sequence[Statement], folder: str | Path | None, roll_calls: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rows of a dataset that the claims ask for: those of their states, and of votes those of their resolutions."""
    table = records.table(name, connect_memory(), folder=folder)
    if name in (*_VOTES, "un-council-votes"):
        return _votes(name, table, statements, roll_calls)
    if name in OF_STATES and any(one.telling for one in statements):
        told = sorted(_states_of(statements))
        columns = [table[column].isin(told) for column in OF_STATES[name]]
        chosen = columns[0] if len(columns) == 1 else columns[0] & columns[1]
        some: list[dict[str, Any]] = table.filter(chosen).order_by("line").to_pyarrow().to_pylist()
        return some
    sources = [one for found in _TOPICS.sources.values() for one in found if one.dataset == name and one.form]
    if any(source.form == "events" for source in sources):
        return _event_counts(table, statements)
    topics = {one.question.topic.name for one in statements if one.question}
    if name in ("us-travels", "us-visits") and any(one.trip for one in statements):
        topics.add("visit")
    if name in ("cow-alliances", "pax-agreements") and any(one.pact for one in statements):
        topics |= {"alliance", "peace-agreement"}
    asked = [source for topic in topics for source in _TOPICS.readable(topic) if source.dataset == name]
    of_kind = (name == "sipri-transfers") or name in WHOLE
    if not asked and not of_kind:
        return []
    states = sorted(_states_of(statements))
    if name in WHOLE:  # a war is told by all who took part, of whom the claims may name one
        every: list[dict[str, Any]] = table.order_by("line").to_pyarrow().to_pylist()
        return every
    source = (asked or sources)[0]
    rows: list[dict[str, Any]] = table.filter(_of_states(table, source, states)).order_by("line").to_pyarrow().to_pylist()
    return rows


def _states_of(statements: Sequence[Statement]) -> set[str]:
    """Return the states of the claims, those that they leave to the reader too."""
    told = {
        code for one in statements if one.telling for code in (*one.telling.codes, *one.telling.duo, one.telling.main) if code
    }
    return told | {code for each in statements for one in (each, *each.others) for code in one.actors}


def _of_states(table: Any, source: Source, states: Sequence[str]) -> Any:
    """Return the condition that a row is of one of the states, by the columns that the table of topics names."""
    if source.form == "lists":
        return (
            table[source.first].map(lambda code: code.isin(states)).anys()
            | table[source.second].map(lambda code: code.isin(states)).anys()
        )
    if source.form in ("sides", "members", "state"):
        return table[source.first].isin(states)
    return table[source.first].isin(states) | table[source.second].isin(states)


def _agreement(statements: Sequence[Statement], held: Collection[str], folder: str | Path | None) -> list[dict[str, Any]]:
    """Return how far the pairs agree that claims about voting together name, by the first table of votes that is held."""
    found = next(((name, how) for name, how in _VOTES.items() if name in held), None)
    pairs = {
        (one.actors[0], other)
        for one in statements
        if one.question and one.question.topic.name == "voting"
        for other in one.actors[1:]
    }
    if found is None or not pairs:
        return []
    name, how = found
    table = records.table(name, connect_memory(), folder=folder)
    rows: list[dict[str, Any]] = []
    for first, second in sorted(pairs):
        measured = measures.un_agreement(table, (first, second), **how).to_pyarrow().to_pylist()
        rows += [{**row, "first": first, "second": second, "dataset": name} for row in measured]
    return rows


def _votes(
    name: str, table: Any, statements: Sequence[Statement], roll_calls: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return all members' votes on the resolutions that the claims name."""
    ballots = [one.ballot for each in statements for one in (each, *each.others) if one.ballot]
    if name in _VOTES:
        named = {number for one in ballots for number in one.assembly}
        told = {(one.subject, one.years, one.month) for one in ballots if one.subject and one.years and roll_calls}
        named |= {number for subject, years, month in told for number in by_description(subject, years, month, roll_calls)}
        wanted = sorted(f"R/{number}" for number in named)
        chosen = table.resolution.isin(wanted)
    else:
        wanted = [f"S/RES/{number}(" for one in ballots for number in one.numbers]
        chosen = table.resolution.re_search("^(" + "|".join(word.replace("(", r"\(") for word in wanted) + ")")
    if not wanted:
        return []
    rows: list[dict[str, Any]] = table.filter(chosen).order_by("line").to_pyarrow().to_pylist()
    return rows


def _event_counts(table: Any, statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """Return how many events of each type a year has between the actors of the claims, with the line of the first."""
    events = [one.event for one in statements if one.event is not None]
    states = sorted({code for event in events for code in (event.source.code, event.target.code)})
    types = sorted({event.type for event in events})
    if not events:
        return []
    found = table.filter(table.source.isin(states) & table.target.isin(states) & table.type.isin(types))
    found = found.filter((found.status == "actual") & (found.source != found.target))
    counted = found.group_by("source", "target", "type", year=found.date_start.year()).aggregate(
        events=found.count(), line=found.line.min()
    )
    rows: list[dict[str, Any]] = counted.order_by("source", "target", "type", "year").to_pyarrow().to_pylist()
    return rows


def _passages(ledger: LedgerLike, statements: Sequence[Statement], document: Document) -> tuple[Passage, ...]:
    """Return the acts of other documents between the actors of the claims.

    The manuscript itself is none of them: neither under its id, nor under another name with the same words, nor where a
    document repeats a sentence of it.
    """
    states = sorted({code for one in statements if one.event is not None for code in one.actors})
    if not states:
        return ()
    with opened(ledger, read_only=True) as open_one:
        events = open_one.events()
        chosen = events.filter(events.source.isin(states) & events.target.isin(states))
        rows = chosen.filter(chosen.document_id != document.document_id).order_by("event_id").to_pyarrow().to_pylist()
        others = {
            identifier: kept_document(open_one, identifier) for identifier in sorted({row["document_id"] for row in rows})
        }
    own, words = content_hash(document.text), _bare(document.text)
    taken = {identifier for identifier, one in others.items() if one is not None and content_hash(one.text) == own}
    return tuple(
        _passage(row, others[row["document_id"]])
        for row in rows
        if row["document_id"] not in taken and row["date_start"] is not None and _bare(row["quote"]) not in words
    )


def kept_document(ledger: Any, identifier: str) -> Document | None:
    """Return a document of a ledger, None where the ledger has its events alone."""
    try:
        found: Document = ledger.document(identifier)
    except VerbaleError as error:
        if error.code != "document-unknown":
            raise
        return None
    return found


def content_hash(text: str) -> str:
    """Return a hash of the words of a text, whatever its name, spaces and letter case."""
    return hashlib.sha256(_bare(text).encode("utf-8", "replace")).hexdigest()


def _bare(text: str) -> str:
    return " ".join(text.lower().split())


def _passage(row: Mapping[str, Any], document: Document | None) -> Passage:
    start = row["date_start"]
    last = row["date_end"] or start
    wide = {"decade": 9, "century": 99}.get(row["date_precision"] or "", 0)
    evidence = Evidence(row["document_id"], row["start"], row["end"], row["quote"])
    return Passage(
        document.name if document is not None else row["document_id"],
        evidence,
        row["source"],
        row["target"],
        bool(row["mutual"]),
        row["type"],
        row["status"],
        (start.year, last.year + (wide if row["date_end"] is None else 0)),
    )
