"""A manuscript to findings: the editorial checks, each a small module with an id, a severity and a reason,
and the claims with their verdicts from tables that a flow opens."""

from verbale.review.check import Check, Slip
from verbale.review.claims import AGREEMENT, Holdings, KnownDataset, Passage, Source, Statement, find_statements, load_topics
from verbale.review.manuscript import Manuscript, plain, split_at_notes
from verbale.review.runner import CHECKS, check_infos, choose_checks, choose_infos, review

__all__ = [
    "AGREEMENT",
    "CHECKS",
    "Check",
    "Holdings",
    "KnownDataset",
    "Manuscript",
    "Passage",
    "Slip",
    "Source",
    "Statement",
    "check_infos",
    "choose_checks",
    "choose_infos",
    "find_statements",
    "load_topics",
    "plain",
    "review",
    "split_at_notes",
]
