"""Holds what a sentence tells of the dead of a war against the battle deaths of the record: how many, and whose were more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from verbale.review.claims.quantity import bound
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part
from verbale.review.claims.told.war_record import COW, War
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_told_more.csv")

# Counts of the dead are rounded, and told of by others by a fifth more or less.
RATIO_OFF: Final = 0.2
# Of one state's dead, what is told as a number may be rounded by so much; sources differ by more.
DEATHS_OFF: Final = 0.2
# "Slightly more" is at most a quarter more.
SLIGHTLY: Final = 0.25
# Smaller numbers beside the dead are those of days or states.
LEAST: Final = 50
# How a war ended for one of its two sides, by the record's own numbers.
WON, LOST = 1, 2
_SIDES: Final = (WON, LOST)
_TIMES: Final = {"twice": 2.0, "double": 2.0, "treble": 3.0, "half": 0.5}

Dead = Mapping[str, int]


def dead_of(telling: Telling, war: War) -> Iterator[Part]:
    """Yield what a sentence tells of the dead of a war: a number, a ratio, whose were most, whose were more."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    if not patterns["war-dead"].search(text):
        return
    dead = {one.code: one.dead for one in war.fighters if one.dead is not None}
    codes = [code for code in telling.codes if code in dead]
    told = f"{war.name}, battle deaths: " + ", ".join(
        f"{code} {number:,}" for code, number in sorted(dead.items(), key=lambda each: -each[1])[:8]
    )
    of_roles = _by_roles(telling, war, dead)
    if of_roles is not None:
        yield Part(of_roles, told, COW, war.line, firm=True)
        return
    for judge in (_number, _times, _most, _more):
        fits = judge(telling, dead, codes)
        if fits is not None:
            yield Part(fits, told, COW, war.line, firm=True)
            return


def _number(telling: Telling, dead: Dead, codes: Sequence[str]) -> bool | None:
    """Tell whether numbers are those of the states before them, or of all where none is named."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    found = [one for one in patterns["battle-count"].finditer(text) if (count := _count(one)) and count > LEAST]
    if not found or patterns["times-dead"].search(text[: found[0].start()]):
        return None
    fits = []
    last = 0
    for match in found:
        named = [code for code in telling.named(last, match.start()) if code in dead]
        if len(named) > 1 and _WORDS["war-dead-same-subject"].search(text[last : match.start()]):
            named = named[:1]  # "it fought Paraguay and lost more than 50,000 men"
        last = match.end()
        number, how = _count(match) or 0, (match["how"] or "").lower()
        if named:
            fits.append(_is_number(dead[named[-1]], number, how))
        elif not fits:
            whole = [sum(dead.values())] if not codes or _WORDS["war-dead-in-all"].search(text) else []
            fits.append(any(_is_number(one, number, how) for one in [*whole, *(dead[code] for code in codes[:1])]))
    return all(fits)


def _is_number(held: int, number: int, how: str) -> bool:
    way = bound(how)
    if way in ("more", "least"):
        return held >= number * 0.95
    if way == "less":
        return held <= number * 1.05
    return abs(held - number) <= DEATHS_OFF * max(number, held)


def _count(match: re.Match[str]) -> int | None:
    words = match["number"].lower().replace(",", "")
    factor = {"thousand": 1_000, "million": 1_000_000}.get((match["big"] or "").strip().lower(), 1)
    if words.endswith(" hundred"):
        words, factor = words.removesuffix(" hundred"), factor * 100
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        number = float(words)
    else:
        try:
            number = value(words)
        except KeyError:
            return None
    year = 1000 <= number <= 2100 and factor == 1 and "," not in match["number"] and match["how"] is None
    return None if year else round(number * factor)


def _times(telling: Telling, dead: Dead, codes: Sequence[str]) -> bool | None:
    times = load_patterns("claim_told.csv")["times-dead"].search(telling.text)
    if not times or len(codes) < 2 or not (times["number"] or times["number2"]):
        return None
    words = (times["number"] or times["number2"]).lower()
    factor = _TIMES.get(words) or float(value(words))
    behind = [code for code in telling.named(times.start()) if code in dead and code != codes[0]]
    return _is_times(dead[codes[0]], dead[behind[0] if behind else codes[1]], factor, times["how"] or times["how2"] or "")


def _is_times(one: int, other: int, factor: float, how: str) -> bool:
    if other <= 0:
        return False
    ratio = one / other
    way = bound(how)
    if way in ("more", "least"):
        return ratio >= factor * 0.95
    if way == "less":
        return ratio <= factor * 1.05
    return abs(ratio - factor) <= RATIO_OFF * factor + 0.05


def _most(telling: Telling, dead: Dead, codes: Sequence[str]) -> bool | None:
    patterns = load_patterns("claim_told.csv")
    fewest = patterns["fewest-dead"].search(telling.text)
    if not codes or not (patterns["most-dead"].search(telling.text) or fewest):
        return None
    ranked = sorted(dead.values(), reverse=not fewest)
    return dead[codes[0]] == ranked[0] and ranked.count(ranked[0]) == 1


def _more(telling: Telling, dead: Dead, codes: Sequence[str]) -> bool | None:
    text = telling.text
    more = load_patterns("claim_told.csv")["more-dead"].search(text)
    if more and len(codes) == 1 and len(dead) == 2 and _WORDS["war-dead-the-other"].search(text[more.start() :]):
        other = next(code for code in dead if code != codes[0])
        return (dead[codes[0]] < dead[other]) if more["fewer"] else (dead[codes[0]] > dead[other])
    if not more or len(codes) < 2:
        return None
    at = more.end() if more["more2"] is None else more.end("more2")
    behind = [code for code in telling.named(more.start()) if code in dead]
    before = [code for code in telling.named(0, at) if code in dead and code not in behind]
    subject = before[-1] if before else codes[0]
    others = [code for code in behind if code != subject] or [code for code in codes if code != subject]
    if not others:
        return None
    whole = _WORDS["war-dead-together"].search(text)
    numbers = [dead[code] for code in others]
    wanted = sum(numbers) if whole else max(numbers)
    fits = dead[subject] < (wanted if whole else min(numbers)) if more["fewer"] is not None else dead[subject] > wanted
    slightly = _WORDS["war-dead-slightly"].search(text)
    if slightly and fits and abs(dead[subject] - wanted) > SLIGHTLY * max(dead[subject], wanted):
        return False
    return fits


def _by_roles(telling: Telling, war: War, dead: Dead) -> bool | None:
    """Tell whether the victor lost more than the vanquished, or fewer, where a sentence calls two belligerents that."""
    text, roles = telling.text, []
    for name, outcome in (("war-dead-winner", WON), ("war-dead-loser", LOST)):
        codes = [one.code for one in war.fighters if one.outcome == outcome and one.code in dead]
        roles += [(match.start(), codes[0]) for match in _WORDS[name].finditer(text) if len(codes) == 1]
    more = load_patterns("claim_told.csv")["more-dead"].search(text)
    if more is None or len(dead) != len(_SIDES) or len({code for _, code in roles}) != len(_SIDES):
        return None
    before = [code for at, code in sorted(roles) if at < more.end("more" if more["more"] else "fewer" if more["fewer"] else 0)]
    if not before:
        return None
    subject = before[-1]
    other = next(code for code in dead if code != subject)
    return dead[subject] < dead[other] if more["fewer"] else dead[subject] > dead[other]
