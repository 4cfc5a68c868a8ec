"""The reference datasets, one small module for each source."""

from __future__ import annotations

import difflib
from typing import Final

from verbale.core import VerbaleError
from verbale.records.catalogue import Dataset
from verbale.records.datasets import (
    archigos,
    atop,
    cow_alliances,
    cow_capabilities,
    cow_contiguity,
    cow_diplomacy,
    cow_disputes,
    cow_dyadic_disputes,
    cow_organisations,
    cow_other_wars,
    cow_states,
    cow_trade,
    cow_wars,
    gdelt_events,
    ged_events,
    gleditsch_ward,
    icb,
    icews_events,
    instruments,
    isard_system,
    isard_values,
    pax_agreements,
    phoenix_events,
    polecat_events,
    ps_conflict,
    ps_disputes,
    ps_geography,
    ps_leaders,
    ps_society,
    sipri_totals,
    sipri_transfers,
    ucdp_conflicts,
    ucdp_dyadic,
    ucdp_events,
    un_council,
    un_positions,
    un_roll_calls,
    un_votes,
    us_visits,
    v_dem,
    world_bank,
)

DATASETS: Final[dict[str, Dataset]] = {
    one.name: one
    for one in (
        *cow_states.DATASETS,
        *cow_disputes.DATASETS,
        *cow_dyadic_disputes.DATASETS,
        *cow_wars.DATASETS,
        *cow_other_wars.DATASETS,
        *cow_alliances.DATASETS,
        *cow_capabilities.DATASETS,
        *cow_contiguity.DATASETS,
        *cow_trade.DATASETS,
        *cow_diplomacy.DATASETS,
        *isard_system.DATASETS,
        *isard_values.DATASETS,
        *ps_conflict.DATASETS,
        *ps_disputes.DATASETS,
        *ps_geography.DATASETS,
        *ps_leaders.DATASETS,
        *ps_society.DATASETS,
        *gdelt_events.DATASETS,
        *ged_events.DATASETS,
        *icews_events.DATASETS,
        *phoenix_events.DATASETS,
        *polecat_events.DATASETS,
        *cow_organisations.DATASETS,
        *gleditsch_ward.DATASETS,
        *atop.DATASETS,
        *archigos.DATASETS,
        *icb.DATASETS,
        *pax_agreements.DATASETS,
        *sipri_transfers.DATASETS,
        *sipri_totals.DATASETS,
        *ucdp_conflicts.DATASETS,
        *ucdp_dyadic.DATASETS,
        *ucdp_events.DATASETS,
        *un_votes.DATASETS,
        *un_roll_calls.DATASETS,
        *un_positions.DATASETS,
        *un_council.DATASETS,
        *us_visits.DATASETS,
        *v_dem.DATASETS,
        *instruments.DATASETS,
        *world_bank.DATASETS,
    )
}


def dataset(name: str) -> Dataset:
    """Return a dataset by name. Raises VerbaleError `record-unknown`."""
    if name not in DATASETS:
        near = difflib.get_close_matches(name, DATASETS, n=5)
        raise VerbaleError("record-unknown", name=name, allowed=", ".join(near or DATASETS))
    return DATASETS[name]
