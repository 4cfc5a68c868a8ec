"""Claims of a manuscript and their verdicts: `find_statements` finds them, a flow opens the records, `finding` judges."""

from verbale.review.claims.agreement import TABLE as AGREEMENT
from verbale.review.claims.assembly import ROLL_CALLS, by_description
from verbale.review.claims.find import find_statements
from verbale.review.claims.judge import INFO, finding
from verbale.review.claims.statement import Holdings, KnownDataset, Passage, Statement
from verbale.review.claims.told import DATASETS as TOLD
from verbale.review.claims.told import OF_STATES
from verbale.review.claims.topics import Source, load_topics

__all__ = [
    "AGREEMENT",
    "INFO",
    "OF_STATES",
    "ROLL_CALLS",
    "TOLD",
    "Holdings",
    "KnownDataset",
    "Passage",
    "Source",
    "Statement",
    "by_description",
    "find_statements",
    "finding",
    "load_topics",
]
