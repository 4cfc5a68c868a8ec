"""Judges what a sentence tells by records, where no finder of its own read it: one reading of who and when for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from verbale.review.claims.patterns import load_patterns
from verbale.review.claims.statement import Holdings, Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told import arms, disputes, means, treaties, visits, wars
from verbale.vocab import Vocabulary

__all__ = ["DATASETS", "OF_STATES", "judge_told"]

# The tables that are read whole, because a sentence may tell of others than it names.
DATASETS: Final = (
    *("cow-wars", "cow-mid-participants", "cow-alliances", "pax-agreements", "cow-contiguity", "us-travels", "us-visits"),
    *("unvotes-roll-calls", "ps-rivalries-tss", "ps-rivalries-td", "cow-states", "ucdp-dyadic"),
)
# Large tables of which the rows of the states of the text are read, with the columns that name them.
OF_STATES: Final[Mapping[str, tuple[str, ...]]] = {"cow-capabilities": ("code",), "ps-cow-igos": ("code1", "code2")}
_JUDGES: Final[tuple[Callable[[Telling, Holdings, Vocabulary], Judgement | None], ...]] = (
    arms.judge_arms,
    visits.judge_visits,
    wars.judge_wars,
    treaties.judge_treaties,
    disputes.judge_disputes,
    means.judge_means,
)


def judge_told(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold what the sentence of a claim tells against each record in turn; None where none of them tells."""
    telling = statement.telling
    if telling is None or statement.kind in ("opinion", "prediction"):
        return None
    if statement.kind == "attribution" and not load_patterns("claim_told.csv")["records"].search(telling.text):
        return None  # what somebody says is told by no record, unless it is a record that says so
    for judge in _JUDGES:
        found = judge(telling, holdings, vocabulary)
        if found is not None:
            return found
    return None
