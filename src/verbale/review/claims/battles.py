"""Judges what a text says of a war by the wars of the Correlates of War project and the list that comes with the program.

It answers a claim that `claims/wars.py` has read whole (which war, and one thing that is said of it), and may contradict it by
what that finder has understood. `told/wars.py` needs no such reading: it holds any sentence against those who took part, side
by side, and speaks where this room has no claim or after it. Its wars (`told/war_record.py`) are of one dataset and know each
state's spells, dead and outcome; those here are of two sources and know sides and sums alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement, Statement, TableRow, WarClaim
from verbale.review.claims.wars import words_of
from verbale.review.numbers import ORDINALS
from verbale.vocab import Vocabulary

COW: Final = "cow-wars"
OWN: Final = "verbale-instruments"
BY_PARTIES: Final = 0.75
# Histories round a war's length to the unit that they tell it in; both ends are told in whole years by some.
SLACK: Final = {"day": 2.0, "week": 5.0, "month": 20.0, "year": 275.0}
# Where a war is not named, a date a generation off is no slip: another war is meant.
ANOTHER: Final = 25
# Counts of battle deaths differ between sources by a third and more: only what is far off is another number.
DEATHS_OFF: Final = 0.35


@dataclass(frozen=True, slots=True)
class War:
    """A war of a record: name, who took part on which side from when to when, how many died, and its line."""

    dataset: str
    name: str
    sides: tuple[frozenset[str], frozenset[str]]
    spans: tuple[tuple[str, datetime.date, datetime.date], ...]
    deaths: int | None
    line: int | None

    @property
    def codes(self) -> frozenset[str]:
        """Return all who took part."""
        return self.sides[0] | self.sides[1]

    def span(self, pair: Sequence[str] = ()) -> tuple[datetime.date, datetime.date]:
        """Return the first and last day, of the time in which the two of a pair both took part where they are given."""
        mine = [one for one in self.spans if one[0] in pair] or list(self.spans)
        if len({code for code, _, _ in mine} & set(pair)) == len(pair) > 1:
            return max(one[1] for one in mine), min(one[2] for one in mine)
        return min(one[1] for one in self.spans), max(one[2] for one in self.spans)

    def days(self, pair: Sequence[str] = ()) -> int:
        """Return how many days it lasted."""
        first, last = self.span(pair)
        return (last - first).days + 1

    def opposed(self, pair: Sequence[str]) -> bool:
        """Tell whether two fought each other in it."""
        first, second = pair
        return (first in self.sides[0] and second in self.sides[1]) or (first in self.sides[1] and second in self.sides[0])


def judge_war_claim(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim about a war against the record; None where no record has the war that is meant, or two may be."""
    claim = statement.war
    if claim is None:
        return None
    wars = [*_cow(holdings), *_own(holdings, vocabulary)]
    meant = _meant(claim, wars)
    if meant is None:
        return None
    if claim.length is not None:
        return _length(claim, meant, holdings)
    if claim.deaths is not None:
        return _deaths(claim, meant, holdings)
    if claim.most:
        return _most(claim, meant, [war for war in wars if war.dataset == meant.dataset], holdings)
    if claim.who:
        return _joined(claim, meant, holdings)
    return _dated(claim, meant, holdings) if claim.dated else None


def _meant(claim: WarClaim, wars: Sequence[War]) -> War | None:
    """Return the war that a claim is about: by its name, its parties and year, or its place among theirs."""
    found = list(wars)
    if claim.name:
        words = set(words_of(claim.name))
        named = [war for war in wars if words and words <= set(_split(war.name))]
        if not named and len(claim.parties) > 1:
            named = [
                war
                for war in wars
                if war.dataset == COW and len(war.codes & set(claim.parties)) > 1 and _touches(war, claim.years)
            ]
        found = named
    elif claim.parties:
        pair = claim.parties[:2]
        found = [war for war in wars if (war.opposed(pair) if len(pair) > 1 else pair[0] in war.codes)]
    if claim.years is not None:
        pair = claim.parties[:2] if len(claim.parties) > 1 and not claim.name else ()
        found = [war for war in found if _touches(war, claim.years, pair)]
    elif claim.named and claim.name and len(found) > 1:
        found = [war for war in found if war.codes & set(claim.named)] or found
    found = [war for war in found if war.dataset == COW] or found
    if claim.place and claim.place != "series":
        ranked = sorted(found, key=lambda war: war.span()[0])
        if claim.place in ("last", "latest"):
            return ranked[-1] if ranked else None
        at = ORDINALS.index(claim.place)
        return ranked[at] if at < len(ranked) else None
    if claim.place == "series" and claim.years is None:
        return None
    return found[0] if len(found) == 1 else None


def _split(name: str) -> Sequence[str]:
    return words_of(name.replace("IfniWar", "Ifni War"))


def _touches(war: War, years: tuple[int, int] | None, pair: Sequence[str] = ()) -> bool:
    first, last = war.span(pair)
    return years is None or (first.year <= years[1] and years[0] <= last.year)


def _length(claim: WarClaim, war: War, holdings: Holdings) -> Judgement:
    how, asked, unit = claim.length or ("", 0.0, "day")
    pairs = [claim.parties[:2]] if len(claim.parties) > 1 else []
    days = [war.days(pair) for pair in pairs if set(pair) <= war.codes] + [war.days()]
    slack = SLACK[unit]
    first, last = war.span(pairs[0] if pairs and set(pairs[0]) <= war.codes else ())
    calendar = unit == "year" and last.year - first.year == round(asked / 365.25)
    if how == "at least":
        fits = max(days) >= asked - slack / 4
    elif how == "at most":
        fits = min(days) <= asked + slack / 4
    elif how == "few":
        fits = any(asked / 3 <= one <= asked * 3 for one in days)
    else:
        fits = calendar or any(abs(one - asked) <= max(slack, asked * 0.1) for one in days)
    return _say("supported" if fits else "contradicted", war, f"{first} to {last}, {days[0]} days", holdings)


def _deaths(claim: WarClaim, war: War, holdings: Holdings) -> Judgement | None:
    wanted = claim.deaths
    if war.deaths is None or wanted is None or wanted.number is None:
        return None
    number = wanted.number
    if wanted.how == "at least":
        fits = war.deaths >= number * (1 - DEATHS_OFF / 3)
    elif wanted.how == "at most":
        fits = war.deaths <= number * (1 + DEATHS_OFF / 3)
    else:
        fits = abs(war.deaths - number) <= DEATHS_OFF * max(number, war.deaths)
    return _say("supported" if fits else "contradicted", war, f"{war.deaths:,} battle deaths", holdings)


def _most(claim: WarClaim, war: War, wars: Sequence[War], holdings: Holdings) -> Judgement | None:
    """Rank the war among those of the two, or of the state whose wars are meant."""
    if claim.scope == "state" and claim.named:
        whole = [one for one in wars if claim.named[0] in one.codes]
    elif len(claim.parties) > 1:
        whole = [one for one in wars if one.opposed(claim.parties[:2])]
    else:
        return None
    if len(whole) < 2 or war.dataset != COW:
        return None
    measure = [(one.deaths or 0) if claim.most == "deadliest" else one.days() for one in whole]
    ranked = sorted(zip(measure, [one.name for one in whole], strict=True), reverse=claim.most != "shortest")
    place = [name for _, name in ranked].index(war.name) + 1
    fits = place == claim.rank
    unit = "battle deaths" if claim.most == "deadliest" else "days"
    told = "; ".join(f"{name} {amount:,} {unit}" for amount, name in ranked[:4])
    return _say("supported" if fits else "contradicted", war, told, holdings)


def _joined(claim: WarClaim, war: War, holdings: Holdings) -> Judgement:
    inside = [code for code in claim.who if code in war.codes]
    fits = (not inside) if claim.negated else len(inside) == len(claim.who)
    told = f"{' and '.join(', '.join(sorted(side)) for side in war.sides if side)}"
    verdict: Verdict = (
        "supported" if fits else "partly" if inside and len(claim.who) > 1 and not claim.negated else "contradicted"
    )
    if verdict == "partly" and len(inside) > 0 and claim.who[0] not in war.codes:
        verdict = "contradicted"  # the one who is said to have joined did not
    if fits and claim.when and not claim.negated:
        first, last = war.span()
        if not (first.year <= claim.when[1] and claim.when[0] <= last.year):
            verdict, told = "contradicted", f"{first} to {last}"
    return _say(verdict, war, told, holdings)


def _dated(claim: WarClaim, war: War, holdings: Holdings) -> Judgement | None:
    if claim.when is None:
        return None
    first, last = war.span()
    asked = claim.when
    if claim.dated == "within":
        fits = first.year == last.year == asked[0]
    elif claim.dated == "ended":
        fits = asked[0] <= last.year <= asked[1] and claim.month in (None, last.month)
        if not fits and asked[0] == last.year + 1:
            return None  # the fighting ends before the treaty that ends the war
    elif claim.dated == "began":
        fits = asked[0] <= first.year <= asked[1] and claim.month in (None, first.month)
    else:
        fits = first.year <= asked[1] and asked[0] <= last.year
    if not fits and not claim.name and not (first.year - ANOTHER <= asked[0] <= last.year + ANOTHER):
        return None
    near = not fits and (first.year == asked[0] or last.year == asked[0])
    return _say("supported" if fits else "partly" if near else "contradicted", war, f"{first} to {last}", holdings)


def _say(verdict: Verdict, war: War, told: str, holdings: Holdings) -> Judgement:
    words = f"{war.name}: {told}"
    fits = verdict == "supported"
    ground = Ground(
        words,
        dataset=war.dataset,
        edition=holdings.editions.get(war.dataset, ""),
        line=war.line,
        agrees=(told,) if fits else (),
        differs=() if fits else (told,),
    )
    return Judgement(verdict, f"In {war.dataset}: {words}.", (ground,), "by the war's name, parties or year", BY_PARTIES)


def _cow(holdings: Holdings) -> Iterator[War]:
    by_number: dict[object, list[TableRow]] = {}
    for row in holdings.tables.get(COW, ()):
        by_number.setdefault(row["warnum"], []).append(row)
    for rows in by_number.values():
        dated = [row for row in rows if row["start"]]
        if not dated:
            continue
        sides = tuple(frozenset(row["code"] for row in rows if row["side"] == side) for side in (1, 2))
        spans = tuple((row["code"], row["start"], row.get("end2") or row["end"] or row["start"]) for row in dated)
        counts = [row.get("batdeath") for row in rows]
        deaths = sum(count for count in counts if count and count > 0) or None
        yield War(COW, rows[0]["warname"], (sides[0], sides[1]), spans, deaths, rows[0]["line"])


def _own(holdings: Holdings, vocabulary: Vocabulary) -> Iterator[War]:
    if not holdings.own:
        return
    for row in vocabulary.instruments.all:
        if row.kind != "war" or not row.end or len(row.sides) != 2:
            continue
        if len(row.start) < 10 or len(row.end) < 10:
            continue
        first, last = (datetime.date.fromisoformat(day) for day in (row.start, row.end))
        spans = tuple((code, first, last) for code in row.parties)
        yield War(OWN, row.name, (frozenset(row.sides[0]), frozenset(row.sides[1])), spans, None, None)
