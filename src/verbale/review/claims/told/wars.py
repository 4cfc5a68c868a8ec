"""Holds what a sentence tells of a war against those who took part: on which side, from when, how many died, who won."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.framing import without_settings
from verbale.review.claims.moments import Moment
from verbale.review.claims.quantity import UNIT_DAYS, bound
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.war_dead import dead_of
from verbale.review.claims.told.war_record import COW, War, read_wars
from verbale.review.claims.told.war_sides import outcome_told, sides_told
from verbale.review.claims.wars import words_of
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument

_WORDS: Final = load_patterns("claim_told_more.csv")

# So many sentences later "their losses" are still those of the war told before.
BACK: Final = 5
# Histories and the record begin or end a war a few days apart.
DAYS_OFF: Final = datetime.timedelta(days=10)
# The list may end a war with its peace, so many years after the fighting with which the record ends it.
PEACE_AFTER: Final = 2
# How a war is told to be the only one: a judgement that has looked at all of them.
ALL_WARS: Final = "by the two states, and all wars of the record"
# By what a judgement was made: who took part and when, or who stood where and won.
BY_WAR: Final = "by the war ({war}) and those who took part"
BY_SIDES: Final = "by the war ({war}) and who stood where in it"
# Words of these kinds tell of a war itself, where they are not only the setting of something else.
_TELLING: Final = ("war", "war-dead", "war-won", "war-lost", "war-other")


def judge_wars(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record has of the war of a sentence; None where it does not tell."""
    patterns, told = load_patterns("claim_told.csv"), without_settings(telling.text)
    wars = read_wars(holdings)
    if not wars or not any(patterns[name].search(told) for name in _TELLING):
        return None
    only = list(_only(telling, wars))
    if only:
        return together(only, holdings, ALL_WARS)
    war, sure = _meant(telling, wars, vocabulary)
    if war is None:
        return None
    of_battle = load_patterns("claim_chains.csv")["one-battle"].search(telling.text)  # whose dead are not those of the war
    parts = [*_apart(telling, war)] or ([] if of_battle else [*dead_of(telling, war)])
    stood = [] if parts else [*sides_told(telling, war, vocabulary)]
    ended = [] if parts else [*_drawn(telling, war)] or [*outcome_told(telling, war, vocabulary)]
    if not parts:
        parts = [
            *(stood or _sides(telling, war, vocabulary, sure=sure)),
            *_times(telling, war),
            *ended,
            *_initiator(telling, war, sure=sure),
            *_length(telling, war),
        ]
    how = BY_SIDES if stood or ended else BY_WAR
    return together(parts, holdings, how.format(war=war.name))


def _meant(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> tuple[War | None, bool]:
    """Return the war of a sentence, or of one before it, and whether it is named or told by its parties and year."""
    for back, one in enumerate((telling, *telling.before[:BACK])):
        if back and (not _goes_on(telling) or _WORDS["wars-another"].search(telling.text)):
            return None, False
        found = named_wars(one, wars, vocabulary) or wars_between(one, wars, strict=back > 0)
        if len(found) == 1:
            war = found[0]
            others = set(telling.codes) - war.codes
            if back and others:  # another war, of those who are named here
                return _beside(telling, war, wars), True
            return war, True
        if found or (back and _WORDS["wars-unknown"].search(one.text) and one.moments):
            return None, False  # several may be meant, or one that the record does not have by that name
    return None, False


def _only(telling: Telling, wars: Sequence[War]) -> Iterator[Part]:
    """Yield whether a war was the only one of two states, as a sentence says, and whether it was in the year told."""
    if not _WORDS["wars-only"].search(telling.text) or not telling.moments:
        return
    pair = telling.codes[:2] if len(telling.codes) > 1 else telling.duo
    mine = [war for war in wars if len(pair) == 2 and _opposed(war, set(pair))]
    if not mine or (len(telling.codes) == 1 and telling.codes[0] not in pair):
        return
    told = "; ".join(f"{war.name}: {war.first} to {war.last}" for war in mine[:4])
    yield Part(len(mine) == 1, told, COW, mine[0].line, firm=len(telling.codes) > 1)
    fits = any(moment.touches(war.first - DAYS_OFF, war.last + DAYS_OFF) for moment in telling.moments for war in mine)
    yield Part(fits, told, COW, mine[0].line, firm=len(telling.codes) > 1)


def _goes_on(telling: Telling) -> bool:
    """Tell whether a sentence speaks of a war told before: of its dead, its sides, its end, or of "the war"."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    return any(patterns[name].search(text) for name in ("war-dead", "war-part", "war-length", "war-won")) or (
        _WORDS["wars-the-war"].search(text) is not None
        or (patterns["war-lost"].search(text) is not None and _WORDS["wars-a-war"].search(text) is not None)
        or (patterns["war-other"].search(text) is not None and bool(telling.moments))
    )


def named_wars(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> list[War]:
    """Return the wars that a sentence names; of several by one name those of its states and its time."""
    for mention in vocabulary.instruments.find(telling.text):
        years = telling.moments[0].first.year if telling.moments else None
        row = vocabulary.instruments.resolve(mention, years) or vocabulary.instruments.resolve(mention, None)
        if row is not None and row.kind == "war":
            same = [war for war in wars if is_same(war, row)]
            whole = [war for war in same if (war.first.year, war.last.year) == row.years]
            if same:
                return whole or same
    found = []
    for match in _WORDS["wars-named"].finditer(telling.text):
        words = set(words_of(match["name"] or match["of"])) - {"world", "civil", "cold"}
        found += [war for war in wars if words and words <= set(words_of(war.name))]
    if not found:  # "in Vietnam, where they fought"
        for match in _WORDS["wars-land"].finditer(telling.text):
            stem = match["land"].lower()
            of_land = [
                war for war in wars if any(word.startswith(stem) and len(word) - len(stem) <= 2 for word in words_of(war.name))
            ]
            # a land has many wars: one of another time than the sentence tells is not meant
            times = telling.moments
            found += [war for war in of_land if not times or any(one.touches(war.first, war.last) for one in times)]
    found = list(dict.fromkeys(found))
    if len(found) > 1 and set(telling.codes):  # of two phases the one in which those named took part
        most = max(len(set(telling.codes) & war.codes) for war in found)
        found = [war for war in found if len(set(telling.codes) & war.codes) == most]
    if len(found) > 1 and telling.moments:
        dated = [war for war in found if any(one.touches(war.first, war.last) for one in telling.moments)]
        found = dated or found
    return found


def _beside(telling: Telling, before: War, wars: Sequence[War]) -> War | None:
    """Return the war of the states of a sentence at the time of the one before; None where there is none, or several."""
    codes = set(telling.codes)
    found = [
        war
        for war in wars
        if codes & war.codes
        and _opposed(war, codes | set(telling.about) | {telling.home})
        and war.first <= before.last
        and before.first <= war.last
        and war is not before
    ]
    return found[0] if len(found) == 1 else None


def is_same(war: War, row: Instrument) -> bool:
    """Tell whether a war of the program's list is one of the record: of the same years, between states of it."""
    years = row.years
    overlap = war.first.year <= years[1] and years[0] <= war.last.year
    shared = len(war.codes & set(row.parties)) >= 2
    return row.kind == "war" and overlap and shared and abs(war.first.year - years[0]) <= 1


def listed(war: War, vocabulary: Vocabulary) -> Instrument | None:
    """Return the war of the program's list that is one of the record, the nearest in its years; none that lasted on for years.

    The battle on the Khalkhin Gol began in the year of the World War, between states that fought it, and is not that war.
    """
    near = [(abs(war.first.year - row.years[0]) + abs(war.last.year - row.years[1]), row) for row in vocabulary.instruments.all
            if is_same(war, row) and abs(war.last.year - row.years[1]) <= PEACE_AFTER]  # fmt: skip
    return min(near, key=lambda one: one[0], default=(0, None))[1]


def wars_between(telling: Telling, wars: Sequence[War], *, strict: bool, told: bool = False) -> list[War]:
    """Return the wars between states of a sentence in its time; a war is `told`, or stands there by its word."""
    if not told and not load_patterns("claim_told.csv")["war"].search(telling.text):
        return []
    codes = set(telling.codes) or set(telling.duo)
    moments = [one for one in telling.moments if one.exact != "span" or one.last.year - one.first.year <= 12]
    if not moments:
        return []
    if strict and not _WORDS["wars-fought"].search(telling.text):
        return []
    found = [
        war
        for war in wars
        if any(one.touches(war.first - DAYS_OFF, war.last + DAYS_OFF) for one in moments)
        and (len(codes & war.codes) >= 2 or (codes & war.codes and set(telling.about) & war.codes))
        and _opposed(war, codes | set(telling.about))
    ]
    both = [war for war in found if len(codes & war.codes) >= 2 and _opposed(war, codes)]
    found = both or found
    if len(both) > 1:  # of two wars of many that in which those named stood against each other then
        found = [war for war in both if _met(war, codes, moments)] or both
    if len(found) > 1:  # the one that begins in the time told, or has more of those named
        begun = [war for war in found if any(one.touches(war.first, war.first) for one in moments)]
        most = max(len(codes & war.codes) for war in found)
        found = begun if len(begun) == 1 else [war for war in found if len(codes & war.codes) == most]
    return found


def _met(war: War, codes: set[str], moments: Sequence[Moment]) -> bool:
    """Tell whether two of those named fought on two sides of a war at one time, and in a time that is told."""
    pairs = (pair for pair in itertools.combinations(sorted(codes & war.codes), 2) if _opposed(war, set(pair)))
    return any(moment.touches(*span) for pair in pairs for span in war.together(pair) for moment in moments)


def _opposed(war: War, codes: set[str]) -> bool:
    return len({one.side for one in war.fighters if one.code in codes}) > 1


def _sides(telling: Telling, war: War, vocabulary: Vocabulary, *, sure: bool) -> Iterator[Part]:
    """Yield whether those who are named took part, on the side that is told."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    named = [(mention.start, mention.end) for mention in vocabulary.instruments.find(text)]
    named += [match.span() for match in _WORDS["wars-name"].finditer(text)]
    outside = [one for one in telling.acting if not any(start <= one.start and one.end <= end for start, end in named)]
    codes = list(dict.fromkeys(one.code for one in outside))
    part, other = patterns["war-part"].search(text), patterns["war-other"].search(text)
    if not codes or not (part or (other and telling.moments)):
        return
    sides = {code: {one.side for one in war.fighters if one.code == code} for code in codes}
    listed = " against ".join(", ".join(sorted(one.code for one in war.fighters if one.side == side)) for side in (1, 2))
    told = f"{war.name}: {listed}"
    inside = [code for code in codes if sides[code]]
    if part and _WORDS["wars-one-of"].search(part[0]) and len(codes) == 1:
        yield Part(bool(inside), told, COW, war.line, firm=sure)
        return
    if len(inside) == len(codes) and len(codes) >= 1 and (len(codes) > 1 or other or part):
        yield Part(True, told, COW, war.line)
    counted = _WORDS["wars-counted"].search(text)
    on_side = _WORDS["wars-side-of"].search(text)
    if counted and on_side and inside:
        number = _number(counted["number"])
        mine = next(iter(sides[inside[0]]))
        count = sum(one.side == mine for one in war.fighters)
        if number:
            yield Part(
                abs(count - number) <= (1 if counted["number"].lower() == "dozen" else 0),
                f"{war.name}: {count} on the side of {inside[0]}",
                COW,
                war.line,
            )


def _number(words: str) -> int | None:
    if words.lower() == "dozen":
        return 12
    try:
        return value(words)
    except KeyError:
        return None


def _times(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the days told are those on which the war, or one that took part, began or ended."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    moments = [one for one in telling.moments if one.exact in ("day", "month", "season") or (one.exact == "year" and one.told)]
    if _WORDS["wars-other-time"].search(text) and not telling.codes:
        moments = [one for one in moments if one.told]
    for moment in moments:
        codes = [code for code in telling.codes if code in war.codes]
        fighters = [one for one in war.fighters if one.code in codes] or list(war.fighters)
        starts = {war.first, *(one.first for one in fighters), *(start for one in fighters for start, _ in one.spans)}
        ends = {war.last, *(one.last for one in fighters)}
        around = text[max(0, moment.start - 60) : moment.end + 30]
        ending = patterns["war-ends"].search(around) is not None
        wide = Moment(moment.start, moment.end, moment.first - DAYS_OFF, moment.last + DAYS_OFF, moment.exact)
        days = sorted(starts | ends if ending else starts)
        inside = moment.exact == "year" and wide.touches(war.first, war.last)
        fits = any(wide.first <= day <= wide.last for day in days) or (inside and not ending)
        if fits:
            yield Part(True, f"{war.name}: {war.first} to {war.last}", COW, war.line)
        elif moment.told and ending and len(telling.moments) <= 2 and _WORDS["wars-lasted-until"].search(text):
            yield Part(False, f"{war.name}: {war.first} to {war.last}", COW, war.line, firm=True)


def _apart(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the one who is said to have stayed out of a war did."""
    match = load_patterns("claim_told.csv")["war-apart"].search(telling.text)
    subject = next(iter(telling.named(0, match.start())), "") if match else ""
    if subject:
        listed = ", ".join(sorted(war.codes))
        yield Part(war.of(subject) is None, f"{war.name}: {listed}", COW, war.line, firm=True)


def _before(telling: Telling, war: War, at: int) -> list[str]:
    """Return those who took part in a war and stand before a place, in the order of their mentions."""
    return [
        one.code
        for one in sorted(telling.parties, key=lambda one: one.start)
        if one.end <= at and one.kind != "leader" and war.of(one.code)
    ]


def _drawn(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the war that is said to have had no winner had none."""
    if load_patterns("claim_told.csv")["war-drawn"].search(telling.text):
        outcomes = {one.outcome for one in war.fighters if one.outcome is not None}
        how = "one side won" if outcomes <= {1, 2} else "no side won"
        yield Part(bool(outcomes & _UNDECIDED), f"{war.name}: {how}", COW, war.line, firm=True)


# How a war ended for a state, by the record's own numbers, where a sentence says that it was not decided.
_UNDECIDED: Final = frozenset({3, 6, 7})


def _initiator(telling: Telling, war: War, *, sure: bool) -> Iterator[Part]:
    """Yield whether the one who is said to have begun the war did."""
    match = load_patterns("claim_told.csv")["war-initiator"].search(telling.text)
    if match is None:
        return
    behind = _WORDS["wars-by-whom"].match(telling.text[match.end() :])
    after = next(
        (
            one.code
            for one in telling.parties
            if behind and one.start == match.end() + behind.end() and _WORDS["wars-links"].search(behind[0])
        ),
        "",
    )
    before = _before(telling, war, match.start())
    subject = after if war.of(after) else before[-1] if before else ""
    fighter = war.of(subject) if subject else None
    if fighter is None or fighter.initiator is None:
        return
    begun = ", ".join(sorted({one.code for one in war.fighters if one.initiator}))
    fits = any(one.initiator for one in war.fighters if one.code == subject)
    yield Part(fits, f"{war.name}: begun by {begun}", COW, fighter.line, firm=sure)


def _length(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the war lasted as long as the sentence tells."""
    match = load_patterns("claim_told.csv")["war-length"].search(telling.text)
    if match is None:
        return
    number = 1.0 if match["number"].lower() in ("a", "an") else float(value(match["number"]))
    number += 0.5 if match["half"] else 0.0
    unit = UNIT_DAYS[match["unit"].lower()]
    asked = number * unit
    if match["months"]:
        asked = number * 365.25 + value(match["months"]) * 30.44
        unit = 30.44
    pair = [one for one in war.fighters if one.code in telling.codes]
    spans = [(war.first, war.last), *((one.first, one.last) for one in pair)]
    days = [(last - first).days + 1 for first, last in spans]
    slack = max(unit * (1.0 if unit == 1.0 else 0.6), asked * 0.12)  # of days the last may be counted or not
    way = bound(match["how"])
    if way in ("more", "least"):
        fits = any(asked - unit * 0.2 <= one <= asked + max(unit, asked * 0.35) for one in days)
    elif way == "less":
        fits = any(asked - max(unit, asked * 0.35) <= one <= asked + unit * 0.2 for one in days)
    else:
        calendar = unit == UNIT_DAYS["year"] and war.last.year - war.first.year == round(number)
        fits = calendar or any(abs(one - asked) <= slack for one in days)
    yield Part(fits, f"{war.name}: {war.first} to {war.last}, {days[0]} days", COW, war.line, firm=True)
