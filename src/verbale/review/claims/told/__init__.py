"""Judges what a sentence tells by records, where no finder of its own read it: one reading of who and when for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from verbale.review.claims.framing import is_wished
from verbale.review.claims.statement import Holdings, Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told import (
    alliances,
    arms,
    attacks,
    bearing,
    conflicts,
    disputes,
    leagues,
    measures,
    named_treaty,
    placed_treaty,
    rivalries,
    shared,
    stands,
    states,
    treaties,
    visits,
    wars,
)
from verbale.review.claims.told.spells import TABLE
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

__all__ = [
    "DATASETS",
    "OF_STATES",
    "judge_attack",
    "judge_closer",
    "judge_dates",
    "judge_in_war",
    "judge_leaving",
    "judge_of_treaty",
    "judge_told",
]

# The tables that are read whole, because a sentence may tell of others than it names.
DATASETS: Final = (
    *("cow-wars", "cow-mid-participants", "cow-alliances", "pax-agreements", "cow-contiguity", "us-travels", "us-visits"),
    *("unvotes-roll-calls", "ps-rivalries-tss", "ps-rivalries-td", "cow-states", "ucdp-dyadic"),
)
# Large tables of which the rows of the states of the text are read, with the columns that name them.
OF_STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "cow-capabilities": ("code",),
    "cow-trade-national": ("code",),
    "ps-cow-igos-national": ("code",),
    "ps-cow-igos": ("code1", "code2"),
}
_JUDGES: Final[Mapping[str, Callable[[Telling, Holdings, Vocabulary], Judgement | None]]] = {
    "leagues": leagues.judge_leagues,
    "rivalries": rivalries.judge_rivalries,
    "conflicts": conflicts.judge_conflicts,
    "measures": measures.judge_measures,
    "arms": arms.judge_arms,
    "visits": visits.judge_visits,
    "wars": wars.judge_wars,
    "treaties": treaties.judge_treaties,
    "placed-treaty": placed_treaty.judge_placed_treaty,
    "alliances": alliances.judge_alliances,
    "disputes": disputes.judge_disputes,
    "states": states.judge_states,
    "shared": shared.judge_shared,
}

# Topics whose question asks only whether a spell touches the years: when it began and ended, these tell.
_CLOSER: Final[Mapping[str, Callable[[Telling, Holdings, Vocabulary], Judgement | None]]] = {
    "alliance": alliances.judge_alliances,
    "rivalry": rivalries.judge_rivalries,
}

# What nobody can check, and what others say.
_UNTOLD: Final = frozenset({"opinion", "prediction", "attribution"})


def judge_attack(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record denies of an attack by which a war began; None where it denies nothing."""
    if statement.telling is None or statement.kind in _UNTOLD or statement.negated:
        return None
    return attacks.judge_attacks(statement.telling, holdings, vocabulary)


def judge_closer(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what is wrong with the begin or end of a spell that a question found, or that there was none since."""
    question, telling = statement.question, statement.telling
    if question is None or telling is None or question.quantity.how not in ("some", "none"):
        return None
    judge = _CLOSER.get(question.topic.name)
    found = judge(telling, holdings, vocabulary) if judge is not None else None
    wrong = found is not None and found.verdict in ("partly", "contradicted")
    return found if wrong or question.quantity.how == "none" else None


def judge_dates(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the records of treaties have of each date of a sentence that tells several; None for one that tells one."""
    telling = statement.telling
    return treaties.judge_treaties(telling, holdings, vocabulary) if telling is not None and len(telling.moments) > 1 else None


def judge_in_war(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record of wars has of sides, outcome and span of the war of a claim; None where none is told."""
    if statement.telling is None or statement.kind in _UNTOLD or not bearing.can_tell(bearing.SIDES, statement):
        return None
    return stands.judge_stands(statement.telling, _acting(statement), holdings, vocabulary)


def _acting(statement: Statement) -> tuple[str, ...]:
    event, telling = statement.event, statement.telling
    codes = () if event is None else (event.source.code, event.target.code)
    return tuple(code for code in codes if telling is not None and code in telling.states)


def judge_of_treaty(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list has of parties, day and place of the treaty that a claim names; None where none is told."""
    if statement.telling is None or statement.kind in _UNTOLD or not bearing.can_tell(bearing.NAMED_TREATY, statement):
        return None
    if is_wished(statement.telling.text):
        return None
    return named_treaty.judge_named_treaty(statement.telling, holdings, vocabulary)


def judge_leaving(telling: Telling, named: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return the judgement of a treaty's date, unless the date is that on which somebody joined or left it."""
    patterns = load_patterns(TABLE)
    moved = patterns["league-ends"].search(telling.text) or patterns["league-begins"].search(telling.text)
    if not moved or any(one.startswith("parties") for ground in named.grounds for one in ground.differs):
        return named
    return leagues.judge_leagues(telling, holdings, vocabulary)


def judge_told(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold what the sentence of a claim tells against each record in turn; None where none of them tells."""
    telling = statement.telling
    if telling is None or statement.kind in ("opinion", "prediction"):
        return None
    if statement.kind == "attribution" and not load_patterns("claim_told.csv")["records"].search(telling.text):
        return None  # what somebody says is told by no record, unless it is a record that says so
    telling = replace(telling, between=bearing.between(statement))
    for record, judge in _JUDGES.items():
        found = judge(telling, holdings, vocabulary)
        if found is not None and not bearing.can_bear(record, statement, found):
            continue  # what the sentence tells by the record's words is another thing than its act
        if found is not None:
            return found if bearing.looks_at_all(record) else bearing.in_degree(statement, found)
    return None
