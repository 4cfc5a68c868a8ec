"""Looks once more at a war that bears a claim out: did those who are named fight in it, when did they come in, who won?

That two were at war in a year bears out neither that one of them declared it in that year, nor that it won, nor that a third,
which the sentence names beside them, fought in it too. What agrees stays agreed, and what does not is said.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Ground
from verbale.review.claims.framing import without_settings
from verbale.review.claims.instruments import OWN, fought_each_other, row_of
from verbale.review.claims.moments import Moment
from verbale.review.claims.quantity import UNIT_DAYS
from verbale.review.claims.statement import Holdings, Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import before, chains
from verbale.review.claims.told.war_record import COW, Span, War, read_wars
from verbale.review.claims.told.war_sides import is_won, sides_told
from verbale.review.claims.told.wars import listed
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument

TABLE: Final = "claim_particulars.csv"
_PAIR: Final = 2
# Declarations and first shots lie up to eight days apart (Britain's war on the Porte in 1914); ten would make Jordan, which
# came in on the tenth day of the war of 1973, one of those who began it.
DAYS_OFF: Final = datetime.timedelta(days=8)
# Fighting is rounded to the unit in which it is told, and some begin to count with the first incident.
_OFF: Final = 0.5
# Whose side is called so in the two wars that have such names.
_LEADERS: Final = {"allied": "GBR", "central": "DEU"}
_A_DAY: Final = datetime.timedelta(days=1)
_ISO: Final = 10
# The record of wars begins then: of a state that was older it does not know all wars.
RECORD_BEGINS: Final = 1816


@dataclass(frozen=True, slots=True)
class Fought:
    """The war by which a claim was judged: in the record of wars, in the program's list, or in both."""

    war: War | None
    row: Instrument | None

    @property
    def name(self) -> str:
        """Return its name."""
        return self.war.name if self.war is not None else self.row.name if self.row is not None else ""

    @property
    def codes(self) -> frozenset[str]:
        """Return all who took part."""
        listed = frozenset(self.row.parties) if self.row is not None else frozenset()
        return listed | (self.war.codes if self.war is not None else frozenset())

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the first and last day by each source; a list that has only years means whole ones."""
        found = [(self.war.first, self.war.last)] if self.war is not None else []
        if self.row is not None:
            first, last = self.row.start, self.row.end or self.row.start
            whole = datetime.date(self.row.years[0], 1, 1), datetime.date(self.row.years[1], 12, 31)
            days = [datetime.date.fromisoformat(one) if len(one) == _ISO else None for one in (first, last)]
            found.append((days[0] or whole[0], days[1] or whole[1]))
        return tuple(found)


def hold_war(statement: Statement, found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement; a war bears a claim out only as far as who is named, when and how it ended agree with it."""
    telling = statement.telling
    if found.verdict != "supported" or telling is None:
        return found
    if statement.negated or (statement.question is not None and statement.question.quantity.how == "none"):
        return _never(statement, found, vocabulary)
    wars = _fought(found, holdings, vocabulary)
    if len(wars) != 1:
        return found
    one = wars[0]
    strangers = [code for code in _acting(statement) if code not in one.codes]
    if strangers:
        return _untold(found, f"{' and '.join(strangers)} took no part in the war ({one.name}) by the record")
    told = _came_in(statement, telling, one, vocabulary) or _began(telling, one) or _lasted(telling, one)
    told = told or _of_side(telling, one, vocabulary) or _beside(telling, one, vocabulary)
    if told:
        return _differs(found, told)
    if (statement.universal or statement.kind == "universal") and load_patterns(TABLE)["group"].search(telling.text):
        return _untold(found, f"the record has the war ({one.name}), and not whether all of that group did so")
    if one.war is None and is_won(telling, vocabulary):
        return _untold(found, f"the list has the war ({one.name}) and its sides, and not who won it")
    return found


def _fought(found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> list[Fought]:
    """Return the wars on which a judgement rests, each once."""
    lines = {one.line for one in found.grounds if one.dataset == COW}
    wars = [war for war in read_wars(holdings) if lines & {one.line for one in war.fighters}] if lines else []
    rows = [row for one in found.grounds if (row := row_of(one)) and row.kind == "war"]
    found_wars = [Fought(war, listed(war, vocabulary)) for war in wars]
    for row in rows:
        if not any(one.row is row for one in found_wars):
            same = [war for war in read_wars(holdings) if listed(war, vocabulary) is row]
            found_wars.append(Fought(max(same, key=lambda war: len(war.codes), default=None), row))
    return found_wars


def _acting(statement: Statement) -> tuple[str, ...]:
    """Return the states whose act a claim is, where one was coded and the sentence names them."""
    event, telling = statement.event, statement.telling
    if event is None or telling is None:
        return ()
    named = {one.code for one in telling.parties if one.kind not in ("reference", "leader")} & telling.states
    return tuple(dict.fromkeys(code for code in (event.source.code, event.target.code) if code in named))


def _came_in(statement: Statement, telling: Telling, one: Fought, vocabulary: Vocabulary) -> str:
    """Return when those who went to war did by the record, where the sentence tells another time; else nothing."""
    words, text = load_patterns(TABLE), without_settings(telling.text)
    once = words["comes-in"].search(text)
    act = once or words["attacks"].search(text)
    times = _times(telling)
    if act is None or not times:
        return ""
    pair = _acting(statement)
    if len(pair) < _PAIR:
        chain = before(chains(telling, vocabulary), telling.text, act.start())
        pair = chain.codes[:1] if chain is not None else ()
    spans = _together(pair, one)
    if not spans or any(_holds(time, first) and not _of_others(time, first, one) for time in times for first, _ in spans):
        return ""
    if once is None and not _opened(pair, one, times, spans, vocabulary):
        return ""  # either side may attack later in the war
    return f"{one.name}: {' and '.join(pair)} from {' and '.join(sorted({str(first) for first, _ in spans}))}"


def _of_others(moment: Moment, first: datetime.date, one: Fought) -> bool:
    """Tell whether a day is that on which a war was begun by others than those who came in some days later."""
    begun = one.war.first if one.war is not None else first
    return moment.exact == "day" and first - begun > _A_DAY and abs(moment.first - begun) <= _A_DAY


def _opened(pair: Sequence[str], one: Fought, times: Sequence[Moment], spans: Sequence[Span], vocabulary: Vocabulary) -> bool:
    """Tell whether an attack can only be that by which the war began: one told outside it, or of who began it.

    An invasion in the midst of a war that the program's list dates by itself (Cambodia in 1978) is another one.
    """
    if not any(time.touches(first, last) for time in times for first, last in spans):
        return True
    begun = one.war is not None and any(side.initiator for side in one.war.fighters if side.code in pair[:1])
    listed = {row.years[0] for row in vocabulary.instruments.all if row.kind == "war" and set(pair) <= set(row.parties)}
    return begun and all(time.exact == "year" and time.first.year not in listed for time in times)


def _together(pair: Sequence[str], one: Fought) -> Sequence[Span]:
    """Return the spans in which a state, or both of a pair, took part; of two alone in a list those of their war."""
    if one.war is not None:
        return one.war.together(pair)
    return one.spans if one.row is not None and pair and len(one.row.parties) == _PAIR else ()


def _began(telling: Telling, one: Fought) -> str:
    """Return when a war began or ended, where the sentence tells another time; else nothing."""
    words, text, times = load_patterns(TABLE), without_settings(telling.text), _times(telling)
    begins, ends = words["begins"].search(text), words["ends"].search(text)
    if len(times) != 1 or bool(begins) == bool(ends):
        return ""
    days = [first if begins else last for first, last in one.spans]
    if one.war is not None:
        days += [side.first if begins else side.last for side in one.war.fighters if side.code in telling.codes]
    if any(_holds(times[0], day) for day in days) or (ends and any(day.year + 1 == times[0].first.year for day in days)):
        return ""  # the fighting ends before the treaty that ends the war
    return f"{one.name}: {'began' if begins else 'ended'} {' or '.join(sorted({str(day) for day in days}))}"


def _of_side(telling: Telling, one: Fought, vocabulary: Vocabulary) -> str:
    """Return on which side somebody fought, where the sentence names the other: the Allies, the Axis or the Central Powers."""
    for name, leader in _LEADERS.items():
        match = load_patterns(TABLE)[name].search(telling.text)
        chain = before(chains(telling, vocabulary), telling.text, match.start()) if match else None
        if match is None or chain is None or one.war is None or leader not in one.war.codes:
            continue
        sides = {side.side for side in one.war.fighters if side.code == leader}
        for code in chain.codes:
            own = {side.side for side in one.war.fighters if side.code == code}
            if own and not own & sides:
                with_it = sorted(side.code for side in one.war.fighters if side.side in own)
                return f"{one.name}: {code} on the side of {', '.join(with_it)}"
    return ""


def _beside(telling: Telling, one: Fought, vocabulary: Vocabulary) -> str:
    """Return who stood where in a war, where a sentence that tells of it has a third state on the other side."""
    parts = sides_told(telling, one.war, vocabulary) if one.war is not None else ()
    return next((part.told for part in parts if not part.fits and part.firm), "")


def _lasted(telling: Telling, one: Fought) -> str:
    """Return how long a war was, where the sentence tells another length of its fighting by more than half of it."""
    match = load_patterns(TABLE)["so-long"].search(telling.text)
    if match is None:
        return ""
    asked = value(match["number"]) * UNIT_DAYS[match["unit"].lower()]
    spans = list(one.spans) if one.war is None else [*one.spans, *((side.first, side.last) for side in one.war.fighters)]
    days = [(last - first).days + 1 for first, last in spans]
    if any(asked * (1 - _OFF) <= number <= asked * (1 + _OFF) for number in days):
        return ""
    return f"{one.name}: {days[0]} days"


def _times(telling: Telling) -> list[Moment]:
    """Return the times that a sentence writes out as a day, month, season or year: none that is a bound or a span."""
    return [one for one in telling.moments if one.told and one.exact != "span" and not one.bound]


def _holds(moment: Moment, day: datetime.date) -> bool:
    """Tell whether a day is that of a time: a year is that year, of days and months histories differ by a few days."""
    return moment.touches(day, day) if moment.exact == "year" else moment.touches(day - DAYS_OFF, day + DAYS_OFF)


def _never(statement: Statement, found: Judgement, vocabulary: Vocabulary) -> Judgement:
    """Return whether two who are older than the record never fought: before it the program's list may have a war of theirs."""
    question = statement.question
    if question is None or question.topic.name != "war" or statement.years is not None or len(statement.actors) < _PAIR:
        return found
    if load_patterns(TABLE)["sense"].search(statement.sentence):
        return found
    pair = statement.actors[:_PAIR]
    first, second = pair
    earlier = [
        row for row in vocabulary.instruments.all if row.years[0] < RECORD_BEGINS and fought_each_other(row, first, second)
    ]
    if earlier and not question.since:
        told = "; ".join(f"{row.name} ({row.years[0]}-{row.years[1]})" for row in earlier[:3])
        ground = Ground(told, dataset=OWN, differs=(told,))
        reason = f"The list has {told}: the record of wars begins in {RECORD_BEGINS}."
        return Judgement("contradicted", reason, (ground,), found.matched, found.confidence)
    if not question.since and all(vocabulary.states.existed(code, RECORD_BEGINS - 1) for code in pair):
        return replace(found, verdict="partly", reason=f"{found.reason} Of the time before it tells nothing.")
    return found


def _differs(found: Judgement, told: str) -> Judgement:
    grounds = tuple(replace(one, differs=(*one.differs, told)) for one in found.grounds)
    return replace(found, verdict="partly", reason=f"{found.reason} But it has {told}.", grounds=grounds)


def _untold(found: Judgement, told: str) -> Judgement:
    return Judgement("not covered", f"No installed record can tell: {told}.", (), found.matched, found.confidence)
