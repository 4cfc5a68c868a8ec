"""Holds who is said to have attacked whom against the record of who began the war that opened then.

That two were at war in a month does not bear out that this one attacked: in the month in which a war began, the record tells
who began it. Later in the war either side may attack, and no record of wars tells which.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE, after, before, chains, matches
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.war_record import COW, War, read_wars
from verbale.review.claims.told.wars import DAYS_OFF
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

BY_OPENING: Final = "by the war ({war}), who fought from its first days and who began it"
# A year may hold a later attack of the other side beside the one that opened the war.
_SHARP: Final = ("day", "month")


@dataclass(frozen=True, slots=True)
class Attack:
    """Who attacked whom by a sentence, and whether it says that this opened the war."""

    by: tuple[str, ...]
    on: tuple[str, ...]
    opening: bool


def judge_attacks(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record has of who began a war, where a sentence has one attack the other when it opened.

    A side of one state that did not begin the war did not attack; of several the record does not tell which of them did, nor
    does a year alone tell which attack is meant: the war bears neither out then. None where the record denies nothing.
    """
    attacks, moments = list(attacks_told(telling, vocabulary)), telling.moments
    if len(attacks) != 1 or len(moments) != 1:
        return None
    (attack,), (moment,) = attacks, moments
    wars = [war for war in read_wars(holdings) if _opens(war, attack, moment)]
    if len(wars) != 1 or any(one.initiator for one in wars[0].fighters if one.code in attack.by):
        return None
    (war,) = wars
    begun = [one for one in war.fighters if one.initiator]
    if not begun or {one.side for one in begun} != {one.side for one in war.fighters if one.code in attack.on}:
        return None
    told = f"{war.name}: begun by {', '.join(sorted({one.code for one in begun}))} on {war.first}"
    sides = {one.side for one in war.fighters if one.code in attack.by}
    alone = len({one.code for one in war.fighters if one.side in sides and _early(one.first, war)}) == len(set(attack.by))
    if attack.opening or (alone and moment.exact in _SHARP):
        return together([Part(False, told, COW, begun[0].line, firm=True)], holdings, BY_OPENING.format(war=war.name))
    return Judgement("not covered", f"In {COW} stands {told}; it does not tell of other attacks.", matched="by the war")


def attacks_told(telling: Telling, vocabulary: Vocabulary) -> Iterator[Attack]:
    """Yield who attacks whom in a sentence, both named as states: an attack of troops or aircraft may be a raid in a war."""
    text, patterns, found = telling.text, load_patterns(TABLE), chains(telling, vocabulary)
    plain = {(one.start, one.end) for one in telling.parties if one.kind in ("name", "reference", "home", "capital")}
    ends, starts = {end for _, end in plain}, {start for start, _ in plain}
    opening = patterns["opening"].search(text) is not None
    for name in ("attacks", "attacked-by"):
        for start, end in matches(name, text):
            first, second = before(found, text, start), after(found, text, end)
            if first is None or second is None or not patterns["to-verb"].fullmatch(text, first.end, start):
                continue
            if first.end in ends and second.start in starts and not patterns["of-state"].match(text, second.end):
                pair = (first.codes, second.codes)
                yield Attack(*(pair if name == "attacks" else pair[::-1]), opening)


def _opens(war: War, attack: Attack, moment: Moment) -> bool:
    """Tell whether a war began in a time, with these on two sides of it from its first days."""
    fighters = [war.of(code) for code in (*attack.by, *attack.on)]
    if not moment.touches(war.first - DAYS_OFF, war.first + DAYS_OFF):
        return False
    if any(one is None or not _early(one.first, war) for one in fighters):
        return False
    sides = [{one.side for one in war.fighters if one.code in codes} for codes in (attack.by, attack.on)]
    return all(len(side) == 1 for side in sides) and sides[0] != sides[1]


def _early(day: datetime.date, war: War) -> bool:
    return day <= war.first + DAYS_OFF
