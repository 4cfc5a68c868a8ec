"""The reference datasets, one small module for each source."""

from __future__ import annotations

from typing import Final

from verbale.core import VerbaleError
from verbale.records.catalogue import Dataset
from verbale.records.datasets import (
    cow_alliances,
    cow_capabilities,
    cow_contiguity,
    cow_diplomacy,
    cow_disputes,
    cow_states,
    cow_trade,
    cow_wars,
    sipri_transfers,
    ucdp_dyadic,
    ucdp_events,
    un_votes,
    us_visits,
    world_bank,
)

DATASETS: Final[dict[str, Dataset]] = {
    one.name: one
    for one in (
        *cow_states.DATASETS,
        *cow_disputes.DATASETS,
        *cow_wars.DATASETS,
        *cow_alliances.DATASETS,
        *cow_capabilities.DATASETS,
        *cow_contiguity.DATASETS,
        *cow_trade.DATASETS,
        *cow_diplomacy.DATASETS,
        *sipri_transfers.DATASETS,
        *ucdp_dyadic.DATASETS,
        *ucdp_events.DATASETS,
        *un_votes.DATASETS,
        *us_visits.DATASETS,
        *world_bank.DATASETS,
    )
}


def dataset(name: str) -> Dataset:
    """Return a dataset by name. Raises VerbaleError `record-unknown`."""
    if name not in DATASETS:
        raise VerbaleError("record-unknown", name=name, allowed=", ".join(DATASETS))
    return DATASETS[name]
