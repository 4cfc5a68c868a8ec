"""Looks closer at a war that a sentence names or tells by its states and time: who stood where, who won, from when to when.

That two were at war in a year bears out neither that one of them won nor that a third stood with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.framing import without_settings
from verbale.review.claims.moments import Moment, ends_of
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.war_record import COW, War, read_wars
from verbale.review.claims.told.war_sides import foes, is_won, leads, outcome_told, relations_told, sides_told
from verbale.review.claims.told.wars import BY_SIDES, DAYS_OFF, listed, named_wars, wars_between
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

# A neighbouring year is a slip of one, and may be another way to count: it differs in part. What lies farther off is wrong.
YEARS_OFF: Final = 1
# A slip of a decade is likelier than a war of the same two, as long and so near in time, that the record does not have.
SLIP_YEARS: Final = 12
# With and against whom: so many relations tell a war by themselves, without its word.
_BOTH: Final = 2


def judge_stands(telling: Telling, acting: Sequence[str], holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record has of sides, outcome and span of the war of a sentence; None where it tells none of them.

    `acting` are the two of the act that is judged: a war in which neither or only one of them took part is another thing.
    """
    wars = read_wars(holdings)
    if not wars:
        return None
    # a name within a setting ("after the war of 1897") still says which war is meant, if nothing else does
    found = named_wars(telling, wars, vocabulary) or _fought(telling, wars, vocabulary)
    if len(found) == 1:
        war = found[0]
        told = {code for one in relations_told(telling, vocabulary) for code in (*one.one, *one.other)}
        if not set(acting) <= war.codes | told or not leads(telling, vocabulary):
            return None
        parts = [
            *sides_told(telling, war, vocabulary),
            *outcome_told(telling, war, vocabulary),
            *_span(telling, war, vocabulary),
        ]
        return together(parts, holdings, BY_SIDES.format(war=war.name))
    if found:
        return None
    parts = [*_allies(telling, wars, vocabulary)] or [*_slip(telling, wars, vocabulary)]
    return together(parts, holdings, "by the two states and the years")


def _fought(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> list[War]:
    """Return the wars between states of a sentence in its time; who won is enough to tell that there was one.

    "Defeated in 1848" may be the year of the peace: by the program's list the war goes on until then.
    """
    won = is_won(telling, vocabulary)
    found = wars_between(telling, wars, strict=False, told=won)
    if found or not won:
        return found
    both = [war for war in wars if len(set(telling.codes) & war.codes) >= _BOTH]
    rows = [(war, row) for war in both if (row := listed(war, vocabulary)) is not None]
    times = [moment.years for moment in telling.moments]
    return [war for war, row in rows if any(row.years[0] <= first and last <= row.years[1] for first, last in times)]


def _span(telling: Telling, war: War, vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield whether a war began and ended in the years from and to which a sentence says that it was fought.

    The list and the record may end it in different years, with the fighting or with the peace: either will do.
    """
    pairs = foes(telling, vocabulary)
    if not pairs and not load_patterns(TABLE)["war-went"].search(telling.text):
        return
    fighters = [one for one in war.fighters if one.code in telling.codes] or list(war.fighters)
    row = listed(war, vocabulary)
    by_list = row.years if row is not None else (war.first.year, war.last.year)
    starts = {war.first.year, by_list[0], *(one.first.year for one in fighters)}
    ends = {war.last.year, by_list[1], *(one.last.year for one in fighters)}
    if len(pairs) == 1 and len(war.fighters) > _BOTH:  # of many, when these two fought each other
        spans = war.together(pairs[0])
        starts = {first.year for first, _ in spans} or starts
        ends = {last.year for _, last in spans} or ends
    told = f"{war.name}: {war.first} to {war.last}"
    for first, last in _ends(telling):
        fits = _within(first, starts, 0) and _within(last, ends, 0)
        near = _within(first, starts, YEARS_OFF) and _within(last, ends, YEARS_OFF)
        yield Part(fits, told, COW, war.line, firm=not near, near=near)


def _within(moment: Moment, years: set[int], off: int) -> bool:
    return any(moment.first.year - off <= year <= moment.last.year + off for year in years)


def _ends(telling: Telling) -> list[tuple[Moment, Moment]]:
    return [ends for moment in telling.moments if (ends := ends_of(telling.text, moment)) is not None]


def _allies(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield the war in which states stood with and against each other as a sentence tells without the word for it."""
    relations = relations_told(telling, vocabulary)
    if len(relations) < _BOTH or len({one.together for one in relations}) < _BOTH:
        return
    for war in wars:
        if any(moment.touches(war.first - DAYS_OFF, war.last + DAYS_OFF) for moment in telling.moments):
            parts = list(sides_told(telling, war, vocabulary))
            if len(parts) >= _BOTH and all(one.fits for one in parts):
                yield from parts
                return


def _slip(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield the war of which a span of years is a slip: of the two who fought each other, as long, and near in time."""
    pairs, spans = foes(telling, vocabulary), _ends(telling)
    if len(pairs) != 1 or len(spans) != 1 or load_patterns(TABLE)["several"].search(without_settings(telling.text)):
        return
    (pair,), ((first, last),) = pairs, spans
    mine = [war for war in wars if len({one.side for one in war.fighters if one.code in pair}) > 1 and set(pair) <= war.codes]
    near = [war for war in mine if abs(war.first.year - first.first.year) <= SLIP_YEARS]
    length = last.first.year - first.first.year
    near = [war for war in near if war.last.year - war.first.year == length]
    rows = [
        row
        for row in vocabulary.instruments.all
        if row.kind == "war" and set(pair) <= set(row.parties) and row.distance(first.first.year) <= YEARS_OFF
    ]
    if len(near) == 1 and not rows:
        (war,) = near
        yield Part(False, f"{war.name}: {war.first} to {war.last}", COW, war.line, near=True)
