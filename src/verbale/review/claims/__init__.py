"""Claims of a manuscript and their verdicts: `find_statements` finds, a flow opens the records, `claim_findings` judges."""

from verbale.review.claims.agreement import TABLE as AGREEMENT
from verbale.review.claims.assembly import ROLL_CALLS, by_description
from verbale.review.claims.find import find_statements
from verbale.review.claims.judge import INFO
from verbale.review.claims.listing import claim_findings
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
    "claim_findings",
    "find_statements",
    "load_topics",
]
