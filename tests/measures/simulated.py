"""Simulated ledgers with known parameters: rates, documents that differ, responses, change points; seeded."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from verbale.core import QUADRANTS, Actor, Block, Document, Event, EventDate, EventType, Evidence, Run
from verbale.core.schema import EVENT_SCHEMA
from verbale.ledger import Counts, open_ledger
from verbale.measures.bootstrap import Atoms

# One type of each quadrant, in the order of `relation_balance.QUADS`, with a value on the Goldstein scale.
TYPES: tuple[EventType, ...] = ("AGREE", "COOPERATE", "ACCUSE", "ASSAULT")
QUADS = tuple(QUADRANTS[kind] for kind in TYPES)
GOLDSTEIN = np.array([3.0, 7.0, -3.0, -9.0])


def documents_of_events(
    random: np.random.Generator,
    *,
    documents: int,
    events: float,
    shares: np.ndarray[Any, Any],
    alike: float | None,
    arriving: bool = False,
) -> Atoms:
    """Return documents, each with a Poisson number of events (one each where `events` is 1) that fall into cells by `shares`.

    `alike` is the concentration of the Dirichlet distribution by which a document's own shares differ from `shares` (None: not
    at all). `arriving` makes the number of documents Poisson as well. A cell's expected count is documents x events x share.
    """
    total = int(random.poisson(documents)) if arriving else documents
    found: list[tuple[int, int, int]] = []
    for document in range(total):
        own = shares if alike is None else random.dirichlet(shares * alike)
        counts = random.multinomial(int(random.poisson(events)) if events > 1 else 1, own)
        found += [(document, int(cell), int(counts[cell])) for cell in np.flatnonzero(counts)]
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Atoms(columns[0], columns[1], GOLDSTEIN[columns[1] % len(TYPES)], columns[2], len(shares))


def table_of(rows: Sequence[dict[str, Any]]) -> ir.Table:
    """Return an event table from rows with source, target, type, date, and whatever else is given."""
    whole = []
    for number, row in enumerate(rows):
        kind = row.get("type", "AGREE")
        filled = {
            "event_id": f"{number:06d}",
            "document_id": "d0",
            "start": number,
            "end": number + 1,
            "quote": "words",
            "mutual": False,
            "type": kind,
            "quad": QUADRANTS[kind],
            "intensity": float(GOLDSTEIN[TYPES.index(kind)]) if kind in TYPES else 0.0,
            "status": "actual",
            "date_precision": "day",
            "confidence": 1.0,
            "coder": "simulated",
            "coder_version": "1",
            **row,
        }
        whole.append({field.name: filled.get(field.name) for field in EVENT_SCHEMA})
    return ibis.memtable(pa.Table.from_pylist(whole, schema=EVENT_SCHEMA))


def table_of_atoms(atoms: Atoms, *, first_year: int = 1950, dyad: tuple[str, str] = ("RUS", "IRN")) -> ir.Table:
    """Return the event table of documents whose cells are years (four quadrants each), all acts of the first on the second."""
    rows = []
    for document, cell, number in zip(atoms.document, atoms.cell, atoms.number, strict=True):
        year, quad = divmod(int(cell), len(TYPES))
        date = datetime.date(first_year + year, 7, 1)
        row = {"document_id": f"d{document}", "source": dyad[0], "target": dyad[1], "type": TYPES[quad], "date_start": date}
        rows += [dict(row) for _ in range(int(number))]
    return table_of(rows)


def changing_counts(
    random: np.random.Generator, means: Sequence[tuple[float, float]], lengths: Sequence[int], *, dispersion: float = 1.0
) -> np.ndarray[Any, Any]:
    """Return periods x (cooperation, conflict): stretches of constant means one after the other.

    Counts are Poisson, or negative binomial with a variance of `dispersion` times the mean.
    """
    level = np.repeat(np.array(means, dtype=np.float64), lengths, axis=0)
    if dispersion == 1.0:
        return random.poisson(level).astype(np.float64)
    return random.negative_binomial(level / (dispersion - 1), 1 / dispersion).astype(np.float64)


def drifting_counts(
    random: np.random.Generator, mean: float, length: int, *, dispersion: float, related: float
) -> np.ndarray[Any, Any]:
    """Return counts of one side whose log mean drifts about (a first-order autoregression with coefficient `related`)."""
    variance = np.log(1 + (dispersion - 1) / mean)
    drift = np.zeros(length + 100)
    steps = random.normal(size=length + 100) * np.sqrt(1 - related**2)
    for at in range(1, length + 100):
        drift[at] = related * drift[at - 1] + steps[at]
    level = mean * np.exp(drift[100:] * np.sqrt(variance) - variance / 2)
    return np.asarray(random.poisson(level), dtype=np.float64)


def answered_acts(
    random: np.random.Generator, *, length: int, rate: float, background: float, strength: float, window: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the periods of acts and of answers: each act brings one with chance `strength` within `window` periods.

    Besides, answers come of themselves at the rate `background` a period.
    """
    acts = np.flatnonzero(random.random(length) < rate)
    own = np.flatnonzero(random.random(length) < background)
    brought = acts[random.random(len(acts)) < strength]
    brought = brought + random.integers(1, window + 1, len(brought))
    return acts, np.sort(np.concatenate([own, brought[brought < length]]))


def yearly_events(
    counts: np.ndarray[Any, Any], *, first_year: int = 1950, documents: int = 6, seed: int = 1815
) -> list[tuple[Document, list[Event]]]:
    """Return documents whose events make up yearly counts (cooperation, conflict), half of them in each direction."""
    random = np.random.default_rng(seed)
    texts, held = ["" for _ in range(documents)], [list[Any]() for _ in range(documents)]
    for year, row in enumerate(counts.astype(int)):
        for side, number in enumerate(row):
            for _ in range(number):
                at = int(random.integers(documents))
                day = datetime.date(first_year + year, int(random.integers(1, 13)), int(random.integers(1, 29)))
                pair = ("RUS", "IRN") if random.random() < 0.5 else ("IRN", "RUS")
                kind = TYPES[side * 2 + int(random.integers(2))]
                words = f"{pair[0]} did {kind.lower()} toward {pair[1]} on {day.isoformat()}"
                held[at].append((len(texts[at]), words, pair, kind, day))
                texts[at] += f"{words}. "
    found = []
    for number, (text, told) in enumerate(zip(texts, held, strict=True)):
        document = Document(f"history-{number}", text, (Block(0, len(text)),))
        found.append((document, [_event(document, *one) for one in told]))
    return found


def _event(document: Document, start: int, words: str, pair: tuple[str, str], kind: EventType, day: datetime.date) -> Event:
    evidence = Evidence(document.document_id, start, start + len(words), words)
    intensity = float(GOLDSTEIN[TYPES.index(kind)])
    date = EventDate(day, None, "day", day.isoformat())
    source, target = (Actor(code, "", code) for code in pair)
    return Event(
        evidence, source, target, kind, date=date, intensity=intensity, confidence=0.9, coder="simulated", coder_version="1"
    )


def write_ledger(path: Path, documents: Sequence[tuple[Document, list[Event]]]) -> Path:
    """Write documents and their events into a new ledger."""
    run = Run("r1", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "1", "simulated", "1", "none", "none", "{}")
    with open_ledger(path) as ledger:
        for document, events in documents:
            ledger.append(document, events, run=run, counts=Counts())
    return path
