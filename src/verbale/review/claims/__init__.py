"""Claims of a manuscript and their verdicts: `find_statements` finds them, a flow opens the records, `finding` judges."""

from verbale.review.claims.agreement import TABLE as AGREEMENT
from verbale.review.claims.find import find_statements
from verbale.review.claims.judge import INFO, finding
from verbale.review.claims.statement import Holdings, KnownDataset, Passage, Statement
from verbale.review.claims.topics import Source, load_topics

__all__ = [
    "AGREEMENT",
    "INFO",
    "Holdings",
    "KnownDataset",
    "Passage",
    "Source",
    "Statement",
    "find_statements",
    "finding",
    "load_topics",
]
