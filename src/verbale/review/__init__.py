"""A manuscript to findings: the editorial checks, each a small module with an id, a severity and a reason,
and the claims with their verdicts from tables that a flow opens."""

from verbale.review.cells import with_cells_told
from verbale.review.check import Check, Slip
from verbale.review.claims import (
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
    find_statements,
    load_topics,
)
from verbale.review.manuscript import Manuscript, plain, split_at_notes
from verbale.review.runner import CHECKS, check_infos, choose_checks, choose_infos, review

__all__ = [
    "AGREEMENT",
    "CHECKS",
    "OF_STATES",
    "ROLL_CALLS",
    "TOLD",
    "Check",
    "Holdings",
    "KnownDataset",
    "Manuscript",
    "Passage",
    "Slip",
    "Source",
    "Statement",
    "by_description",
    "check_infos",
    "choose_checks",
    "choose_infos",
    "find_statements",
    "load_topics",
    "plain",
    "review",
    "split_at_notes",
    "with_cells_told",
]
