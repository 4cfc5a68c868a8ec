"""Judges an event claim by the other documents of the ledger: who tells the same act, and who denies it."""

from __future__ import annotations

from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement, Passage, Statement

# Another text is a witness, not a record: one is little, several that agree are more, and none makes certain.
ONE_WITNESS, MORE, MOST = 0.5, 0.1, 0.8
_DENYING: Final = frozenset({"denied", "omitted"})
_TELLING: Final = frozenset({"actual"})
_STATUS: Final = {"actual": "told as done", "denied": "denied", "omitted": "told as not done"}


def judge_by_passages(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a coded act against the same act in other documents; None where none tells or denies it in the claim's years."""
    event = statement.event
    if event is None or statement.years is None or not statement.dated_here:
        return None
    same = [passage for passage in holdings.passages if _same_act(statement, passage)]
    telling = [passage for passage in same if (passage.status in _DENYING) == statement.negated]
    denying = [passage for passage in same if (passage.status in _DENYING) != statement.negated]
    if not same:
        return None
    grounds = [_ground(passage, agrees=True) for passage in telling] + [_ground(passage, agrees=False) for passage in denying]
    verdict: Verdict = "supported" if not denying else "contradicted" if not telling else "partly"
    documents = {passage.document for passage in same}
    confidence = min(ONE_WITNESS + MORE * (len(documents) - 1), MOST)
    tell, deny = (len({one.document for one in each}) for each in (telling, denying))
    reason = f"{_others(tell)} of the ledger {'tells' if tell == 1 else 'tell'} it so"
    if not telling:
        reason = f"{_others(deny)} of the ledger {'tells' if deny == 1 else 'tell'} it otherwise"
    elif denying:
        reason += f", {_others(deny).lower()} otherwise"
    return Judgement(verdict, f"{reason}.", tuple(grounds), "by the actors, the type of act and the year", confidence)


def _others(number: int) -> str:
    return "One other document" if number == 1 else f"{number} other documents"


def _same_act(statement: Statement, passage: Passage) -> bool:
    event = statement.event
    if event is None or statement.years is None or passage.years is None or passage.status not in _DENYING | _TELLING:
        return False
    told, asked = (passage.source, passage.target), (event.source.code, event.target.code)
    parties = told == asked or ((event.mutual or passage.mutual) and told == asked[::-1])
    together = passage.years[0] <= statement.years[1] and statement.years[0] <= passage.years[1]
    return parties and together and passage.type == event.type


def _ground(passage: Passage, *, agrees: bool) -> Ground:
    told = f"{passage.source} towards {passage.target}: {passage.type}, {_STATUS.get(passage.status, passage.status)}"
    return Ground(
        passage.evidence.quote,
        document=passage.document,
        passage=passage.evidence,
        agrees=(told,) if agrees else (),
        differs=() if agrees else (told,),
    )
