"""Measures beyond the pair: what the registry calls, with the installed records that they read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from verbale import measures, records
from verbale.app.flows.dossier_records import FIRST_DELIVERIES, SOURCES
from verbale.app.flows.measured.base import MeasureInput
from verbale.app.flows.measured.spans import periods_of, unit_of
from verbale.core import VerbaleError
from verbale.engine import connect_memory
from verbale.measures.accounts import RECORDS, Recorded
from verbale.measures.portfolios import ATOP_VALUES
from verbale.measures.result import MeasureResult
from verbale.measures.similarity import Source

# The first of each that is installed is taken.
VOTES: Final = {"un-votes": {}, "un-votes-library": {"roll_call": "undl_id"}}
ALLIANCES: Final = {"cow-alliances": {}, "atop-members": {"number": "atopid", "values": ATOP_VALUES}}
SYSTEM: Final = "cow-system"
CAPABILITIES: Final = ("cow-capabilities", "ps-cow-capabilities")
POINTS: Final = "un-ideal-points"


def third_parties(
    inputs: MeasureInput, *, third: Sequence[str], period: str, window: int, level: float, seed: int
) -> MeasureResult:
    """Return how each of the pair acts on the other before and after third states do."""
    # A decade is no season; where the years are many and the dates allow it, years are the longest useful period.
    unit = unit_of(inputs, period)
    return measures.third_parties(
        inputs.events,
        dyad=inputs.pair(),
        thirds=[code.strip().upper() for code in third],
        period="year" if period == "auto" and unit == "decade" else unit,
        window=window or None,
        level=level,
        seed=seed,
    )


def network(
    inputs: MeasureInput,
    *,
    period: str,
    span: Sequence[str],
    state: Sequence[str],
    min_events: int,
    replicates: int,
    level: float,
    seed: int,
) -> MeasureResult:
    """Return who stands with whom in each period."""
    chosen = periods_of(inputs, period, span)
    return measures.signed_network(
        inputs.events,
        dyad=inputs.dyad,
        states=[code.strip().upper() for code in state],
        period=chosen.period,
        spans=chosen.spans,
        min_events=min_events,
        replicates=replicates,
        level=level,
        seed=seed,
    )


def coverage(inputs: MeasureInput, *, document: Sequence[str], largest: int, level: float, records: bool) -> MeasureResult:
    """Return what documents tell of the pair beside what other documents and installed records hold."""
    return measures.account(
        inputs.events,
        dyad=inputs.pair(),
        documents=[_document_id(inputs, name) for name in document],
        records=recorded(inputs.pair(), folder=inputs.records_folder) if records else (),
        years=inputs.years,
        largest=largest,
        level=level,
        names=_names(inputs),
    )


def _names(inputs: MeasureInput) -> dict[str, str]:
    """Return what documents are called, by id: their titles, names where several have one; none for events of a file."""
    if inputs.ledger is None:
        return {}
    held = inputs.ledger.documents().select("document_id", "name", "title").to_pyarrow().to_pylist()
    titles = Counter(row["title"] for row in held)
    called = {row["document_id"]: (titles[row["title"]] == 1 and row["title"]) or row["name"] for row in held}
    return {one: name for one, name in called.items() if name}


def _document_id(inputs: MeasureInput, name: str) -> str:
    found = inputs.ledger.document_named(name) if inputs.ledger is not None else None
    return found or name


def recorded(dyad: tuple[str, str], *, folder: str | Path | None = None, only: Sequence[str] | None = None) -> list[Recorded]:
    """Return what the installed datasets that a dossier shows hold of the pair; agreement in votes is no act of either.

    `only` names the datasets that may be used.
    """
    connection = connect_memory()
    present = {name for name in records.installed(folder=folder) if only is None or name in only}
    found = []
    for kind in RECORDS:
        source = next((one for one in SOURCES[kind] if one.dataset in present), None)
        if source is None:
            continue
        table = records.table(source.dataset, connection, folder=folder)
        held = records.provenance(source.dataset, folder=folder)
        first = max(held.first_year, FIRST_DELIVERIES) if kind == "transfers" else held.first_year
        found.append(Recorded(kind, source.dataset, source.measure(table, dyad), table, first, held.last_year))
    return found


def similarity(
    inputs: MeasureInput,
    *,
    coefficient: Sequence[str],
    distance: str,
    binary: bool,
    weighted: bool,
    absences: str,
    alliances: str,
    among: Sequence[str],
) -> MeasureResult:
    """Return the similarity of the pair's votes and alliances, and the distance of ideal points, from what is installed."""
    folder, connection = inputs.records_folder, connect_memory()
    present = set(records.installed(folder=folder))
    if alliances not in ("auto", *ALLIANCES):
        allowed = ", ".join(("auto", *ALLIANCES))
        raise VerbaleError("measure-option", option="alliances", value=repr(alliances), allowed=allowed)

    def source(name: str, options: dict[str, object] | None = None) -> Source:
        return Source(records.table(name, connection, folder=folder), name, options or {})

    def first(names: Sequence[str]) -> str | None:
        return next((name for name in names if name in present), None)

    chosen = alliances if alliances != "auto" else first(tuple(ALLIANCES))
    votes, weights = first(tuple(VOTES)), first(CAPABILITIES) if weighted else None
    if votes is None and POINTS not in present and (chosen is None or SYSTEM not in present):
        raise VerbaleError(
            "measure-evidence",
            measure="similarity",
            needed=f"an installed dataset: {' or '.join(VOTES)}, {POINTS}, or {SYSTEM} with {' or '.join(ALLIANCES)}",
            found="none of them",
        )
    with_alliances = chosen is not None and (SYSTEM in present or alliances != "auto")
    return measures.policy_similarity(
        inputs.pair(),
        votes=source(votes, {**VOTES[votes], "absences": absences}) if votes else None,
        alliances=source(chosen, dict(ALLIANCES[chosen])) if chosen and with_alliances else None,
        system=source(SYSTEM) if with_alliances else None,
        capabilities=source(weights or CAPABILITIES[0]) if weighted else None,
        points=source(POINTS) if POINTS in present else None,
        years=inputs.years,
        distance=distance,
        valued=not binary,
        weighted=weighted,
        among=[code.strip().upper() for code in among],
        **({"coefficients": coefficient} if coefficient else {}),
    )
