"""Judges an act by event data: how often a machine-coded dataset tells the same act, by the same two, in the same years.

Event data tell what news told. That they have an act supports it a little; that they lack one says nothing.
"""

from __future__ import annotations

from verbale.core import Ground
from verbale.core.wording import are, listed
from verbale.review.claims.statement import Holdings, Judgement, Statement, span
from verbale.review.claims.topics import load_topics

# One coded event may be a slip of the coder; ten of a kind in a year seldom are.
FEW, MANY, MANY_EVENTS = 0.45, 0.6, 10


def judge_by_event_data(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a coded act against rows of the event datasets; None where none of them has it."""
    event = statement.event
    if event is None or statement.years is None or not statement.dated_here:
        return None
    asked = {(event.source.code, event.target.code)}
    if event.mutual:
        asked.add((event.target.code, event.source.code))
    grounds, total = [], 0
    for source in load_topics().readable("event"):
        for row in holdings.tables.get(source.dataset, ()):
            same = (row[source.first], row[source.second]) in asked and row["type"] == event.type
            if not (same and statement.years[0] <= row[source.start] <= statement.years[1]):
                continue
            told = f"{row['source']} towards {row['target']}: {source.told.format_map(row)} in {row['year']}"
            edition = holdings.editions.get(source.dataset, "")
            agrees, differs = ((), (told,)) if statement.negated else ((told,), ())
            grounds.append(
                Ground(told, dataset=source.dataset, edition=edition, line=row["line"], agrees=agrees, differs=differs)
            )
            total += row["events"]
    if not grounds:
        return None
    datasets = listed(list(dict.fromkeys(ground.dataset for ground in grounds)))
    return Judgement(
        "contradicted" if statement.negated else "supported",
        f"In {datasets} there {are(total)} such {'event' if total == 1 else 'events'} in {span(statement.years)}.",
        tuple(grounds),
        "by the actors, the type of act and the year in event data",
        MANY if total >= MANY_EVENTS else FEW,
    )
