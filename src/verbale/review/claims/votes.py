"""Judges claims about votes and resolutions of the United Nations: how members voted, on one or on all of a kind."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from verbale.core import Ground, Verdict
from verbale.core.wording import count as count_of
from verbale.core.wording import listed
from verbale.review.claims.acts import LIFTS
from verbale.review.claims.assembly import ROLL_CALLS, by_description
from verbale.review.claims.moments import is_no_day, when
from verbale.review.claims.quantity import Quantity
from verbale.review.claims.statement import Ballot, Holdings, Judgement, Statement, TableRow, span
from verbale.review.claims.wording import DOES, cast_words, phrases, resolution_words
from verbale.review.dates import find_dates
from verbale.review.patterns import load_patterns
from verbale.vocab import DATA
from verbale.vocab.sanctions import COLUMNS, SanctionsResolution, sanctions
from verbale.vocab.tables import read_rows

OWN: Final = "verbale-sanctions"
# A resolution's number names it beyond doubt; what remains is that the voter may have been misread.
BY_NUMBER: Final = 0.95
# The list holds the resolutions of which we are certain, not all: a set taken from it may lack one.
BY_SET: Final = 0.85
# Whom a reason names of those who voted alike.
MOST_NAMED: Final = 8
OTHERWISE: Final = "otherwise"
# Members correct their votes after the roll call: totals of tables differ from the announced ones by one or two.
VOTES_OFF: Final = 2
_IMPOSING: Final = frozenset({"impose", "tighten", "extend"})
_LIFTING: Final = frozenset({"ease", "suspend", "end"})
# Codes of one state by its names of different times.
_ONE_STATE: Final = (frozenset({"SRB", "YUG", "MNE"}), frozenset({"ZWE", "RHO"}))
_WORDS: Final = {"yes": "for", "no": "against", "abstained": "abstained", "absent": "did not vote", "abstain": "abstained"}
_PLACES: Final = ("yes", "no", "abstained")


def judge_ballot(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a claim about votes against the roll calls; None where no record has any of the resolutions."""
    ballot = statement.ballot
    if ballot is None:
        return None
    if ballot.subject and not ballot.assembly:
        council = _judge_council(statement, ballot, holdings) if ballot.targets else None
        if council is not None:
            return council
        rows = holdings.tables.get(ROLL_CALLS, ())
        meant = by_description(ballot.subject, ballot.years, ballot.month, rows) if ballot.years and rows else ()
        if not meant:
            return None
        ballot = replace(ballot, assembly=meant)
    if ballot.cast == "adopted":
        return _judge_adopted(statement, ballot, holdings)
    if ballot.assembly:
        return _judge_assembly(statement, ballot, holdings)
    return _judge_council(statement, ballot, holdings)


def _judge_council(statement: Statement, ballot: Ballot, holdings: Holdings) -> Judgement | None:
    meant = _meant(ballot, holdings)
    told: dict[int, list[Ground]] = {}
    for one in meant:
        told[one.number] = [ground for voter in ballot.voters if (ground := _vote_ground(one, voter, statement, ballot))]
    for number in ballot.numbers:
        if not told.get(number):
            told[number] = [one for voter in ballot.voters for one in _council_rows(number, voter, ballot, holdings)]
    grounds = [ground for found in told.values() for ground in found]
    missing = sorted(number for number in ballot.numbers if not told[number])
    if not grounds:
        return None
    fitting = sum(not ground.differs for ground in grounds)
    grounds, otherwise = _on_their_day(grounds, meant, statement)
    matched = "by the numbers of the resolutions" if ballot.numbers else "by the target and the years"
    if ballot.universal or ballot.count:
        matched += f"; the whole set was looked at: {count_of(len(told), 'resolution')}"
    confidence = BY_SET if (ballot.universal or ballot.count) and not ballot.numbers else BY_NUMBER
    if ballot.count is not None:
        verdict: Verdict = "supported" if ballot.count.fits(fitting) else "contradicted"
    elif otherwise and fitting:
        verdict = "partly"
    else:
        verdict = _verdict(grounds, whole=ballot.universal or ballot.negated)
        verdict = "partly" if verdict == "supported" and missing else verdict
    counts = {one.number: one.votes[:3] for one in meant if one.votes}
    reason = cast_words(ballot.voters, grounds, fitting, counts)
    if otherwise:
        reason += f" The text dates it otherwise: {'; '.join(otherwise)}."
    if missing:
        reason += f" No record has the vote on {listed(list(map(str, missing)))}."
    return Judgement(verdict, reason, tuple(grounds), matched, confidence)


def _on_their_day(
    grounds: Sequence[Ground], meant: Sequence[SanctionsResolution], statement: Statement
) -> tuple[list[Ground], list[str]]:
    """Return the grounds of one resolution with its day beside the one that the sentence tells, and how the days differ.

    A sentence with several resolutions or several times does not say in one place which is whose.
    """
    if len(meant) != 1:
        return list(grounds), []
    one = meant[0]
    told = _told_on(one, statement)
    if told is None:
        return list(grounds), []
    day = f"date: {one.date}"
    if not told:
        return [replace(ground, agrees=(*ground.agrees, day)) for ground in grounds], []
    differs = [replace(ground, differs=(*ground.differs, day)) for ground in grounds]
    return differs, [f"Resolution {one.number} is of {one.date}, not of {told}"]


def _told_on(one: SanctionsResolution, statement: Statement) -> str | None:
    """Return the time that a sentence tells of a resolution, empty if it is its own; None where it tells none, or several."""
    ballot, telling = statement.ballot, statement.telling
    if ballot is None or telling is None or len(ballot.numbers) != 1:
        return None
    if load_patterns("claim_particulars.csv")["elsewhere"].search(telling.text):
        return None
    times = [one for one in telling.moments if one.told]
    never = [one for one in find_dates(telling.text) if is_no_day(one)]
    if len(times) + len(never) != 1 or any(one.bound for one in times):
        return None
    if never:
        return telling.text[never[0].start : never[0].end]
    return "" if times[0].holds(one.date) else when(times[0])


def _verdict(grounds: Sequence[Ground], *, whole: bool) -> Verdict:
    """Return the verdict of grounds that agree or differ: of several some may differ, of a whole set none."""
    differing = [ground for ground in grounds if ground.differs]
    if not differing:
        return "supported"
    return "contradicted" if whole or len(differing) == len(grounds) else "partly"


def _judge_adopted(statement: Statement, ballot: Ballot, holdings: Holdings) -> Judgement | None:
    """Hold year, target and tally of resolutions, or how many there were, against the records; None where none has them."""
    if ballot.assembly:
        return _assembly_tally(ballot, holdings)
    if ballot.first:
        return _first(ballot) if holdings.own else None
    if ballot.does and not ballot.numbers and not ballot.negated:
        return _done(ballot) if holdings.own else None
    meant = _meant(ballot, holdings)
    if ballot.negated and ballot.count is not None:
        return _none(ballot, meant) if holdings.own else None
    if ballot.count is not None:
        return _counted(ballot, meant) if meant else None
    grounds = []
    for one in meant:
        agrees = [f"number: {one.number}"]
        differs: list[str] = []
        if ballot.years:
            fits = ballot.years[0] <= one.date.year <= ballot.years[1] and ballot.month in (None, one.date.month)
            fits = fits and not _told_on(one, statement)
            (agrees if fits else differs).append(f"date: {one.date}")
        for way, number in ballot.figures if one.votes else ():
            held = one.votes[_PLACES.index(way)] if one.votes else 0
            (agrees if number == held else differs).append(f"votes {_WORDS[way]}: {held}")
        if ballot.unanimous and one.votes:
            (agrees if one.unanimous else differs).append(f"for, against, abstained: {'-'.join(map(str, one.votes[:3]))}")
        agrees += [f"target: {code}" for code in ballot.targets if _aims(code, one)]
        differs += list(_otherwise(one, ballot))
        grounds.append(_ground(one, agrees, differs))
    if not grounds:
        return None
    bad = [ground for ground in grounds if ground.differs]
    verdict = _verdict(grounds, whole=ballot.universal)
    how = "by the target and the years, the whole set" if ballot.universal else "by the number"
    reason = resolution_words(bad or grounds, len(grounds))
    return Judgement(verdict, reason, tuple(grounds), how, BY_SET if ballot.universal else BY_NUMBER)


def _aims(code: str, one: SanctionsResolution) -> bool:
    """Tell whether a resolution aims at a state, by its name of that time or of today."""
    return code in one.targets or any(code in group and group & set(one.targets) for group in _ONE_STATE)


def _otherwise(one: SanctionsResolution, ballot: Ballot) -> Iterator[str]:
    """Yield what a resolution that a text tells of did otherwise: to whom, what, and by which measures."""
    if not ballot.does:
        return
    if one.targets and not any(_aims(code, one) for code in ballot.targets):
        yield f"target: {', '.join(one.targets)}"
    if (one.action in _LIFTING) != (ballot.does == LIFTS):
        yield f"what it does: {one.action}"
    others = [measure for measure in ballot.measures if measure not in one.measures]
    if others:
        yield f"measures: {', '.join(one.measures)}"


def _none(ballot: Ballot, meant: Sequence[SanctionsResolution]) -> Judgement:
    """Return whether there were no such resolutions, as a text says."""
    numbers = "; ".join(tally(one) for one in meant[:MOST_NAMED]) or "no such resolution"
    grounds = tuple(_ground(one, (), (f"date: {one.date}",)) for one in meant)
    verdict: Verdict = "contradicted" if meant else "supported"
    when = f" until {ballot.years[1]}" if ballot.years else ""
    how = "by the target and the years, the whole set"
    reason = f"Of resolutions on {', '.join(ballot.targets)}{when}, {OWN} has {numbers}."
    return Judgement(verdict, reason, grounds, how, BY_SET)


def _acting(ballot: Ballot) -> list[SanctionsResolution]:
    """Return the resolutions that did to a target what a text tells, by the measures that it tells, in their order."""
    actions = _LIFTING if ballot.does == LIFTS else _IMPOSING
    found = [one for one in sanctions() if any(_aims(code, one) for code in ballot.targets) and one.action in actions]
    found = [one for one in found if not ballot.measures or set(ballot.measures) & set(one.measures)]
    return sorted(found, key=lambda one: one.date)


def _done(ballot: Ballot) -> Judgement | None:
    """Return whether the Council did in a year to a target what a text tells without the number of a resolution."""
    if ballot.years is None:
        return None
    first, last = ballot.years
    found = _acting(ballot)
    inside = [one for one in found if first <= one.date.year <= last]
    how = "by the target, the measures and the year"
    if inside:
        grounds = tuple(_ground(one, (f"date: {one.date}",), ()) for one in inside)
        return Judgement("supported", f"{OWN} has {'; '.join(map(tally, inside[:MOST_NAMED]))}.", grounds, how, BY_SET)
    near = sorted(found, key=lambda one: abs(one.date.year - first))[:1]
    if near:
        grounds = (_ground(near[0], (), (f"date: {near[0].date}",)),)
        return Judgement("partly", f"{OWN} has none in that year, but {tally(near[0])}.", grounds, how, BY_SET)
    return None


def _first(ballot: Ballot) -> Judgement | None:
    """Return whether the first resolution on a target was the one that a text tells, by number or by date."""
    found = _acting(ballot)
    if not found or not (ballot.numbers or ballot.years):
        return None
    first = found[0]
    agrees: list[str] = []
    differs: list[str] = []
    if ballot.numbers:
        (agrees if first.number in ballot.numbers else differs).append(f"number: {first.number}")
    if ballot.years:
        inside = ballot.years[0] <= first.date.year <= ballot.years[1] and ballot.month in (None, first.date.month)
        (agrees if inside else differs).append(f"date: {first.date}")
    verdict: Verdict = "supported" if not differs else "contradicted"
    told = f"Resolution {first.number}, of {first.date}"
    how = "by the target, the first of the whole set"
    return Judgement(verdict, f"The first in {OWN} is {told}.", (_ground(first, agrees, differs),), how, BY_SET)


def _counted(ballot: Ballot, meant: Sequence[SanctionsResolution]) -> Judgement:
    count = ballot.count or Quantity()
    verdict: Verdict = (
        "supported" if count.fits(len(meant)) else "contradicted" if count.fits(len(meant) + 1) is False else "partly"
    )
    numbers = listed([str(one.number) for one in meant])
    grounds = tuple(_ground(one, (f"number: {one.number}",), ()) for one in meant)
    how = "by the target and the years, the whole set"
    return Judgement(verdict, f"{OWN} has {count_of(len(meant), 'such resolution')}: {numbers}.", grounds, how, BY_SET)


def _meant(ballot: Ballot, holdings: Holdings) -> list[SanctionsResolution]:
    """Return the resolutions that a claim is about: those named, else those on the targets in the years."""
    if not holdings.own:
        return []
    named = [one for one in sanctions() if one.number in ballot.numbers]
    whole = ballot.universal and ballot.years is not None and ballot.years[0] != ballot.years[1]
    if ballot.numbers and not whole:
        return named
    targets = set(ballot.targets) or {code for one in named for code in one.targets}
    if not targets or (ballot.years is None and not (ballot.universal or ballot.negated or ballot.alone)):
        return named
    first, last = ballot.years or (0, datetime.MAXYEAR)
    actions = _IMPOSING | _LIFTING if ballot.unanimous else _LIFTING if ballot.lifting or ballot.does == LIFTS else _IMPOSING
    found = [
        one for one in sanctions() if targets & set(one.targets) and one.action in actions and first <= one.date.year <= last
    ]
    in_month = [one for one in found if ballot.month == one.date.month]
    if ballot.month is not None and not ballot.universal:
        found = in_month
    return sorted({one.number: one for one in (*named, *found)}.values(), key=lambda one: one.number)


def _vote_ground(one: SanctionsResolution, voter: str, statement: Statement, ballot: Ballot) -> Ground | None:
    """Return how a voter voted on a resolution, as a ground; None where the list does not tell."""
    cast: str | None = "no" if voter in one.against_by else one.permanent_members.get(voter)
    wanted = ballot.cast
    if cast is None:
        cast = "abstained" if voter in one.abstained_by else "absent" if voter in one.absent_by else None
    if cast is None:  # a temporary member votes only while it sits in the Council, which the list does not tell
        if wanted == "yes" or one.votes is None:
            return None
        cast = OTHERWISE  # the list names all who voted against, abstained or were absent
    agrees = [f"number: {one.number}"]
    differs: list[str] = []
    fits = (cast == wanted) != ballot.negated
    (agrees if fits else differs).append(f"vote of {voter}: {_WORDS.get(cast, 'neither against nor abstained')}")
    alike = {"no": one.against_by, "abstained": one.abstained_by, "absent": one.absent_by}.get(wanted, ())
    if ballot.alone and fits and alike:
        only = set(alike) <= set(ballot.voters)
        (agrees if only else differs).append(f"{_WORDS[wanted]} in all: {', '.join(alike)}")
    if ballot.years and statement.dated_here and len(ballot.numbers) > 1:
        inside = ballot.years[0] <= one.date.year <= ballot.years[1]
        (agrees if inside else differs).append(f"date: {one.date}")
    return _ground(one, agrees, differs)


def _ground(one: SanctionsResolution, agrees: Sequence[str], differs: Sequence[str]) -> Ground:
    return Ground(
        f"{tally(one)} [{one.source}]",
        dataset=OWN,
        line=_lines().get(one.number),
        agrees=tuple(agrees),
        differs=tuple(differs),
    )


def tally(one: SanctionsResolution) -> str:
    """Return a resolution in words: number, day, what it does to whom, and the vote with those who did not vote for it."""
    who = "|".join(one.targets) or one.group
    does = f"{DOES.get(one.action, one.action)} sanctions"
    text = f"Resolution {one.number}, {one.date}, {does} ({', '.join(one.measures)}) on {who}"
    if one.votes is None:
        return f"{text}: vote not known"
    parts = [f"{one.votes[0]} for"]
    for number, word, codes in zip(
        one.votes[1:], ("against", "abstained", "did not vote"), (one.against_by, one.abstained_by, one.absent_by), strict=True
    ):
        parts.append(f"{number} {word}" + (f" ({', '.join(codes)})" if codes else ""))
    return f"{text}: {', '.join(parts[:3] if not one.votes[3] else parts)}"


@functools.cache
def _lines() -> dict[int, int]:
    return {int(row.required("number")): row.line for row in read_rows(DATA / "sanctions.csv", COLUMNS)}


def _council_rows(number: int, voter: str, ballot: Ballot, holdings: Holdings) -> Iterator[Ground]:
    """Yield the votes of a member on a resolution in the library's table of the Council, if that is installed."""
    name = "un-council-votes"
    for row in holdings.tables.get(name, ()):
        if row["code"] != voter or not str(row["resolution"]).startswith(f"S/RES/{number}("):
            continue
        cast = _cast(row)
        fits = (cast == ballot.cast) != ballot.negated
        told = (f"vote of {voter}: {_WORDS[cast]}",)
        yield Ground(
            f"Resolution {number}, {row['date']}: {voter} {_WORDS[cast]}; {row['total_yes']} for, {row['total_no']} against",
            dataset=name,
            edition=holdings.editions.get(name, ""),
            line=row["line"],
            agrees=told if fits else (),
            differs=() if fits else told,
        )


def _cast(row: TableRow) -> str:
    return "abstained" if row["vote"] == "abstain" else str(row["vote"])


def _roll_calls(resolution: str, holdings: Holdings) -> list[TableRow]:
    return [row for row in holdings.tables.get("un-votes", ()) if row["resolution"] == f"R/{resolution}"]


def _judge_assembly(statement: Statement, ballot: Ballot, holdings: Holdings) -> Judgement | None:
    """Hold votes in the General Assembly against the roll calls; None where none of the installed tables has them."""
    grounds = []
    for resolution in ballot.assembly:
        rows = _roll_calls(resolution, holdings)
        by_voter = {row["code"]: row for row in rows}
        alike = sorted(code for code, row in by_voter.items() if _cast(row) == ballot.cast)
        for voter in ballot.voters:
            if voter in by_voter:
                row = by_voter[voter]
                grounds.append(_assembly_ground(resolution, row, ballot, alike, holdings))
    if not grounds:
        return None
    verdict = _verdict(grounds, whole=ballot.universal or ballot.negated)
    latest = holdings.domains.get("un-votes", (0, datetime.MAXYEAR))[1]
    if verdict == "supported" and ballot.universal and ballot.years and ballot.years[1] > latest:
        verdict = "partly"  # the record ends before the years of the claim do
    told = phrases(text for one in grounds[:MOST_NAMED] for text in (*one.differs, *one.agrees))
    when = f" ({span(ballot.years)})" if ballot.years else ""
    numbered = any(number in statement.sentence for number in ballot.assembly)
    how = "by the resolution's number" if numbered else "by the resolution that the text tells of"
    on = listed([f"A/RES/{number}" for number in ballot.assembly[:MOST_NAMED]])
    return Judgement(verdict, f"On {on}: {told}{when}.", tuple(grounds), how, BY_NUMBER)


def _assembly_ground(resolution: str, row: TableRow, ballot: Ballot, alike: Sequence[str], holdings: Holdings) -> Ground:
    voter, cast = row["code"], _cast(row)
    fits = (cast == ballot.cast) != ballot.negated
    agrees: list[str] = []
    differs: list[str] = []
    (agrees if fits else differs).append(f"vote of {voter}: {_WORDS[cast]}")
    if ballot.alone and fits:
        only = set(alike) <= set(ballot.voters)
        named = ", ".join(alike[:MOST_NAMED])
        (agrees if only else differs).append(f"{_WORDS[ballot.cast]} in all: {len(alike)} ({named})")
    return Ground(
        f"A/RES/{resolution}, {row['date']}: {voter} {_WORDS[cast]}",
        dataset="un-votes",
        edition=holdings.editions.get("un-votes", ""),
        line=row["line"],
        agrees=tuple(agrees),
        differs=tuple(differs),
    )


def _assembly_tally(ballot: Ballot, holdings: Holdings) -> Judgement | None:
    """Hold counts of votes and the year of a resolution of the Assembly against its roll call."""
    resolution = ballot.assembly[0]
    rows = _roll_calls(resolution, holdings)
    if not rows:
        return None
    agrees = [f"number: {resolution}"]
    differs: list[str] = []
    for way, number in ballot.figures:
        held = sum(_cast(row) == way for row in rows)
        (agrees if abs(held - number) <= VOTES_OFF else differs).append(f"{_WORDS[way]}: {held}")
    if ballot.unanimous:
        others = sum(_cast(row) in ("no", "abstained") for row in rows)
        (agrees if not others else differs).append(f"against or abstained: {others}")
    if ballot.years:
        inside = ballot.years[0] <= rows[0]["date"].year <= ballot.years[1]
        (agrees if inside else differs).append(f"date: {rows[0]['date'].year}")
    ground = Ground(
        f"A/RES/{resolution}, {rows[0]['date']}",
        dataset="un-votes",
        edition=holdings.editions.get("un-votes", ""),
        line=rows[0]["line"],
        agrees=tuple(agrees),
        differs=tuple(differs),
    )
    verdict: Verdict = "supported" if not differs else "contradicted"
    told = phrases(differs or agrees[1:]) or f"it is in the record, of {rows[0]['date']}"
    reason = f"The roll call on A/RES/{resolution}: {told}."
    return Judgement(verdict, reason, (ground,), "by the resolution", BY_NUMBER)
