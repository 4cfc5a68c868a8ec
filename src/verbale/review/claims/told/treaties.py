"""Holds what a sentence tells of treaties against alliances, peace agreements and the program's list, by day and parties."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.review.claims.framing import is_binding, is_other_act, is_setting, is_wished
from verbale.review.claims.moments import Moment
from verbale.review.claims.signatures import ALLIANCES, OWN, PEACE, Signed, kinds_told, known_treaties
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.told.spells import Spell, edges, lasted
from verbale.review.claims.told.spells import parts as spell_parts
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import InstrumentMention

_WORDS: Final = load_patterns("claim_told_more.csv")

# A slip of a date is likelier than another treaty of the same two so near in time.
NEAR_YEARS: Final = 12
# A date so near to a treaty's name is its own.
BESIDE: Final = 5
# A list of many members is one treaty; of two it is told by both.
MANY: Final = 3
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ'-]{5,}")


@dataclass(frozen=True, slots=True)
class _Asked:
    telling: Telling
    parties: tuple[str, ...]
    about: tuple[str, ...]
    kinds: frozenset[str]
    words: frozenset[str]
    names: frozenset[str] = frozenset()


def judge_treaties(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the records have of the treaties of a sentence; None where they do not tell."""
    patterns = load_patterns("claim_told.csv")
    text = telling.text
    if not patterns["treaty"].search(text) and not patterns["treaty-ends"].search(text):
        return None
    if is_wished(text) or is_binding(text):
        return None
    known = known_treaties(holdings, vocabulary)
    asked = replace(_asked(telling), names=_names(telling, vocabulary))
    settings = [one for one in vocabulary.instruments.find(text) if is_setting(text, one.start)]
    moments = [one for one in telling.moments if (one.exact != "span" or one.bound) and not _dates_setting(one, settings)]
    moments = [one for one in moments if not _WORDS["of-life"].search(text[: one.start])]
    parts: list[Part] = []
    ends = patterns["treaty-ends"].search(text) is not None
    for moment in moments if patterns["treaty"].search(text) else ():
        part = _part(asked, moment, known, ends=ends)
        if part is not None:
            parts.append(part[0])
            parts += _members(asked, part[1]) if part[0].fits and part[1] is not None else []
            parts += _ended(telling, part[1], known) if isinstance(part[1], Signed) else []
        else:
            parts += _slips(asked, moment, known)
    if not any(one.fits for one in parts):
        parts += _of_before(telling, known, moments)
    return together(list(dict.fromkeys(parts)), holdings, "by the parties and the day, month or year of the treaty")


def _dates_setting(moment: Moment, settings: Sequence[InstrumentMention]) -> bool:
    """Tell whether a time is that of a treaty which is itself only a time: "until the 1783 Treaty of Paris"."""
    return any(one.start - BESIDE <= moment.end and moment.start <= one.end + BESIDE for one in settings)


def _ended(telling: Telling, treaty: Signed, known: Sequence[Signed]) -> Iterator[Part]:
    """Yield whether an alliance ended when a sentence says, or was in force as long."""
    its = [one for one in known if one.name == treaty.name and one.dataset == treaty.dataset and (one.last or one.end)]
    if treaty.dataset != ALLIANCES or not its:
        return
    first = min(datetime.date.fromisoformat(one.start) for one in its)
    spells = [Spell(first, end, treaty.line, ALLIANCES) for end in dict.fromkeys(one.last or one.end for one in its)]
    ends = [one for one in edges(telling, "pact-begins", "pact-ends") if one.kind == "ends"]
    yield from spell_parts(ends, spells, treaty.name, firm=True, years_off=1)
    yield from lasted(telling, spells, treaty.name)


def _asked(telling: Telling) -> _Asked:
    text = telling.text
    words = frozenset(word.lower() for word in _WORD.findall(text))
    codes = tuple(dict.fromkeys(one.code for one in telling.acting))
    about = tuple(code for code in (*telling.about, *telling.codes) if code not in codes)
    return _Asked(telling, codes, about, kinds_told(text), words)


def _names(telling: Telling, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the treaties that a sentence calls by name, as the list calls them."""
    years = {year for one in telling.moments for year in one.years}
    rows = [
        vocabulary.instruments.resolve(mention, year)
        for mention in vocabulary.instruments.find(telling.text)
        for year in (mention.year, *sorted(years))
    ]
    return frozenset(row.name for row in rows if row is not None and row.kind == "treaty")


def _fits(asked: _Asked, one: Signed) -> bool:
    """Tell whether a treaty is of the parties that are told or meant."""
    told = [code for code in asked.parties if code in one.parties]
    between = asked.telling.between
    if (
        one.parties
        and one.dataset != PEACE
        and any(code in asked.telling.states and code not in one.parties for code in between)
    ):
        return False  # of the two that the act is between, one is no party
    if len(told) >= 2:
        return True
    if one.dataset == PEACE and len(one.parties) == 1:  # within one state: its name or place must be told too
        named = {word.lower() for word in _WORD.findall(one.name)}
        return bool(one.parties & {*asked.parties, *asked.about}) and len(named & asked.words) >= 1
    if len(asked.parties) == 1 and told:
        return any(code in one.parties for code in asked.about)
    if not asked.parties:
        return sum(code in one.parties for code in asked.about) >= 2
    return bool(one.place) and one.place in asked.telling.text and bool(told)


def _start(one: Signed) -> datetime.date | None:
    return datetime.date.fromisoformat(one.start) if len(one.start) == 10 else None


def _in(moment: Moment, one: Signed) -> bool:
    start = _start(one)
    if start is not None:
        return moment.holds(start)
    year, month = int(one.start[:4]), int(one.start[5:7]) if len(one.start) >= 7 else None
    if month:
        return moment.first <= datetime.date(year, month, 28) and datetime.date(year, month, 1) <= moment.last
    return moment.exact == "year" and moment.first.year == year


def _part(asked: _Asked, moment: Moment, known: Sequence[Signed], *, ends: bool) -> tuple[Part, Signed | None] | None:
    """Return the treaty that fits a time, with its part; None where none does."""
    found = [one for one in known if _in(moment, one) and _fits(asked, one)]
    if asked.names:  # a treaty that the sentence calls by name is not another one of its year
        found = [one for one in found if one.dataset != OWN or one.name in asked.names]
    if moment.exact in ("year", "season") and found:
        # without a month the kind must do, and both must be named
        found = [
            one
            for one in found
            if (asked.kinds & one.kinds or moment.exact == "season" or _WORDS["treaties-signs"].search(asked.telling.text))
            and len(set(asked.parties) & one.parties) >= 2
        ]
    if found:
        best = max(
            found, key=lambda one: (len(asked.kinds & one.kinds), len(set(asked.parties) & one.parties), -len(one.parties))
        )
        wrong = asked.kinds - {"peace", "friendship"}
        differs = wrong and best.kinds and best.dataset != PEACE and not wrong <= best.kinds
        kinds = f", {' and '.join(sorted(best.kinds))}" if best.kinds else ""
        told = f"{best.name}, {best.start}: {', '.join(sorted(best.parties)) or 'many parties'}"
        if differs:
            return Part(True, told, best.dataset, best.line), _Other(best, f"its kinds are{kinds}")  # type: ignore[return-value]
        return Part(True, told, best.dataset, best.line), best
    if ends:
        ended = [
            one for one in known if one.end and moment.holds(one.end) and _fits(asked, one) and (asked.parties or asked.kinds)
        ]
        if ended and moment.exact != "year":
            best = ended[0]
            return Part(True, f"{best.name}, {best.start} to {best.end}", best.dataset, best.line), None
    return None


@dataclass(frozen=True, slots=True)
class _Other:
    """A treaty of the day that is of another kind than the one told."""

    treaty: Signed
    told: str


def _members(asked: _Asked, one: Signed | _Other) -> Iterator[Part]:
    """Yield what a sentence tells of the members beside the day: how many, who too, who not."""
    if isinstance(one, _Other):
        yield Part(False, one.told, one.treaty.dataset, one.treaty.line)
        one = one.treaty
    if not one.parties or one.dataset == PEACE:
        return
    patterns, text = load_patterns("claim_told.csv"), asked.telling.text
    listed = ", ".join(sorted(one.parties))
    counted = patterns["members"].search(text)
    if counted and len(one.parties) >= MANY and not _WORDS["the-two"].search(text[: counted.end("number")]):
        number = value(counted["number"])
        if number > 1:
            yield Part(number == len(one.parties), f"{len(one.parties)} members: {listed}", one.dataset, one.line)
    mentions = [each for each in asked.telling.parties if each.code in asked.telling.states and each.kind != "leader"]
    for at, each in enumerate(mentions):
        if each.code not in asked.parties:
            continue
        clause = text[max(text.rfind(mark, 0, each.start) for mark in (",", ";", ":", "(")) + 1 : each.start] if at else ""
        behind = text[each.end : each.end + 45]
        apart = patterns["apart"].search(clause) or (
            re.match(r"(?:'s)? (?:\w+ )?", behind) and patterns["apart"].match(behind.lstrip())
        )
        if apart:
            yield Part(each.code not in one.parties, f"members: {listed}", one.dataset, one.line)
        elif each.code not in one.parties:
            near = [other for other in mentions if other is not each and other.code in one.parties]
            joint = any(
                _WORDS["treaties-joint"].fullmatch(text[min(each.end, other.end) : max(each.start, other.start)])
                for other in near
            ) or patterns["joined"].match(behind.lstrip(" ,"))
            if joint:
                yield Part(False, f"members: {listed}", one.dataset, one.line)


def _of_before(telling: Telling, known: Sequence[Signed], moments: Sequence[Moment]) -> Iterator[Part]:
    """Yield what a sentence tells of the treaty of a sentence before: that it ended, was in force, or who joined it."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    treaty = None
    if not (_WORDS["treaties-goes-on"].match(text) or _WORDS["treaties-that-one"].search(text)):
        return
    for before in telling.before[:3]:
        asked = _asked(before)
        if not patterns["treaty"].search(before.text):
            continue
        for moment in before.moments:
            found = _part(asked, moment, known, ends=False)
            if found and isinstance(found[1], Signed):
                treaty = found[1]
        if treaty is not None:
            break
    if treaty is None:
        return
    its = [one for one in known if one.name == treaty.name and one.dataset == treaty.dataset] or [treaty]
    members = frozenset(code for one in its for code in one.parties)
    told = f"{treaty.name}, {treaty.start} to {treaty.last or treaty.end or 'the last year'}"
    if patterns["treaty-ends"].search(text) and _WORDS["treaties-speaks-of-it"].match(text):
        for moment in moments[-1:]:
            ends = {end for one in its for end in (one.end, one.last) if end}
            if not ends:
                continue
            fits = any(
                moment.holds(end) or (moment.exact == "year" and abs(moment.first.year - end.year) <= (not moment.told))
                for end in ends
            )
            yield Part(fits, told, treaty.dataset, treaty.line, firm=moment.told)
    elif patterns["joined"].search(text) and telling.codes and members:
        for code in telling.codes:
            yield Part(code in members, f"{treaty.name}: {', '.join(sorted(members))}", treaty.dataset, treaty.line)


def _slips(asked: _Asked, moment: Moment, known: Sequence[Signed]) -> Iterator[Part]:
    """Yield the treaty that a wrong date is a slip of: of the same parties and kind, in the same month of a year near by."""
    if moment.exact not in ("day", "month") or not moment.told or is_other_act(asked.telling.text, moment.start):
        return
    for one in known:
        both = (len(set(asked.parties) & one.parties) >= 2 and len(one.parties) < MANY) or (
            one.dataset == PEACE and len(one.parties) == 1
        )
        start = _start(one)
        if asked.names and one.dataset == OWN and one.name not in asked.names:
            continue  # a treaty that the sentence calls by name is not another one
        if start is None or not _fits(asked, one) or not (both or asked.kinds & one.kinds):
            continue
        years = abs(start.year - moment.first.year)
        same_month = start.month == moment.first.month
        same_day = moment.exact == "day" and same_month and abs(start.day - moment.first.day) <= 1
        if (same_day and 0 < years <= NEAR_YEARS) or (same_month and 0 < years <= 3 and both):
            yield Part(False, f"{one.name}, {one.start}", one.dataset, one.line, near=True)
            return
