"""Judges travels of leaders by the lists of travels of American presidents and secretaries of state, and of visits to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Ground, Verdict
from verbale.core.wording import count, listed
from verbale.review.claims.statement import Holdings, Judgement, Statement, TableRow, Trip, Years, coverage, span
from verbale.review.claims.trips import named_in

TRAVELS, VISITS = "us-travels", "us-visits"
# The lists are complete for the offices that they cover; a name may still be that of somebody else.
FOUND: Final = 0.9
# That a list has no such travel may mean a stop that it does not count.
SILENCE: Final = 0.7
# A travel so many years before the first or after the last of a person's is a slip; farther off it may be one out of office.
SLIP: Final = 1
_SHOWN: Final = 8
_ELECT: Final = "President-elect"


@dataclass(frozen=True, slots=True)
class _List:
    """A list of travels with the years that it covers, and the column that names the traveller."""

    name: str
    rows: Sequence[TableRow]
    years: tuple[int, int]
    who: str


def judge_trip(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a travel against the lists; None where they are not installed or do not reach the years."""
    trip = statement.trip
    if trip is None:
        return None
    name = VISITS if trip.received else TRAVELS
    domain = holdings.domains.get(name)
    if name not in holdings.tables or domain is None or (trip.years and not _touch(trip.years, domain)):
        return None
    whole = _List(name, holdings.tables[name], domain, "visitor" if trip.received else "traveller")
    if trip.more and len(trip.lands) > 1:
        return _more(trip, whole, holdings)
    found = [_of_land(trip, land, whole, holdings) for land in trip.lands]
    if trip.implied and found[0] is not None and (found[0].verdict == "contradicted" or not found[0].grounds):
        return None  # a land that the sentence does not name is a guess: a row may bear the text out, and nothing else
    if len(found) == 1 or any(one is None for one in found):
        return found[0]
    told = [one for one in found if one is not None]
    right = sum(one.verdict == "supported" for one in told)
    verdict: Verdict = "supported" if right == len(told) else "partly" if right else "contradicted"
    reason = " ".join(one.reason for one in told)
    grounds = tuple(ground for one in told for ground in one.grounds)[:_SHOWN]
    return Judgement(verdict, reason, grounds, told[0].matched, min(one.confidence for one in told))


def _of_land(trip: Trip, land: str, whole: _List, holdings: Holdings) -> Judgement | None:
    there = [row for row in whole.rows if row["source"] == trip.origin and row["target"] == land]
    if trip.received:
        of_office = there
    else:
        role = trip.role or (
            "president"
            if any(row["role"] == "president" and named_in(trip.who, row["traveller"]) for row in whole.rows)
            else ""
        )
        of_office = [row for row in there if (not role or row["role"] == role) and _ELECT not in (row["remarks"] or "")]
    if trip.every:
        return _every(trip, land, of_office, whole, holdings)
    mine = [row for row in of_office if not trip.who or named_in(trip.who, row[whole.who])]
    how = trip.quantity.how
    if how in ("first", "last"):
        return _ranked(trip, land, of_office, mine, whole, holdings)
    dated = [row for row in mine if _in_years(row, trip)]
    if how == "only" and trip.who and trip.quantity.number == 1:
        others = [row for row in of_office if not named_in(trip.who, row[whole.who])]
        verdict: Verdict = "contradicted" if others or not mine else "supported"
        return _judgement(trip, land, verdict, others or mine, whole, holdings, SILENCE)
    if how == "none":
        if trip.since and trip.years:  # "none since 2012" begins after that of 2012
            dated = [row for row in dated if _start(row).year > trip.years[0]]
        verdict = "contradicted" if dated else "supported"
        return _judgement(trip, land, verdict, dated, whole, holdings, FOUND if dated else SILENCE)
    if trip.quantity.number is not None:
        travellers = {row[whole.who] for row in dated}
        count = len(dated) if trip.who else len(travellers)
        fits = trip.quantity.fits(count) or (
            not trip.who and trip.quantity.how == "at least" and trip.quantity.fits(len(dated))
        )
        return _judgement(trip, land, "supported" if fits else "contradicted", dated, whole, holdings, FOUND)
    exact = [row for row in dated if _in_month(row, trip)]
    if exact or dated:
        verdict = "supported" if exact else "partly"
        return _judgement(trip, land, verdict, exact or dated, whole, holdings, FOUND)
    if not mine and trip.who and not any(named_in(trip.who, row[whole.who]) for row in whole.rows):
        return None  # the person is none whose travels the list has
    if trip.years is None or (trip.who and not trip.received and _out_of_office(trip, whole)):
        return None
    return _judgement(trip, land, "contradicted", mine[:_SHOWN], whole, holdings, SILENCE)


def beyond(told: Years, office: Years) -> bool:
    """Tell whether years lie farther from those in office than a slip of a year."""
    return told[1] < office[0] - SLIP or told[0] > office[1] + SLIP


def _out_of_office(trip: Trip, whole: _List) -> bool:
    """Tell whether a travel lies well before or after all that the list has of an American, all made in office."""
    years = [_start(row).year for row in whole.rows if named_in(trip.who, row[whole.who])]
    return trip.years is not None and bool(years) and beyond(trip.years, (min(years), max(years)))


def _ranked(
    trip: Trip, land: str, of_office: Sequence[TableRow], mine: Sequence[TableRow], whole: _List, holdings: Holdings
) -> Judgement | None:
    """Judge a first or last: of an office over all its travels to the land, of a person over the person's own."""
    if not of_office:
        return _judgement(trip, land, "contradicted", (), whole, holdings, SILENCE) if trip.who else None
    latest = trip.quantity.how == "last"
    ranked = sorted(of_office, key=_start, reverse=latest)
    best = ranked[0]
    meant = [row for row in mine if _in_years(row, trip)]
    fits = bool(meant) and (best in meant or any(_start(row) == _start(best) for row in meant))
    fits = fits or (bool(trip.who) and trip.years is None and named_in(trip.who, best[whole.who]))
    if not trip.who and trip.years is None:
        return None
    verdict: Verdict = "supported" if fits else "contradicted"
    if fits and trip.month and not _in_month(best, trip):
        verdict = "partly"
    shown = [best] if fits else [best, *meant[:1]]
    told = _judgement(trip, land, verdict, shown, whole, holdings, FOUND)
    place = f"Of {count(len(of_office), 'visit')} in {whole.name}, the {trip.quantity.how} is {_told(best, whole)}."
    if len(of_office) == 1:
        place = f"The only one in {whole.name} is {_told(best, whole)}."
    return replace(told, reason=place)


def _every(trip: Trip, land: str, there: Sequence[TableRow], whole: _List, holdings: Holdings) -> Judgement | None:
    """Judge that all of an office, from one to another or in some years, were in a land, but those who are excepted."""
    held: dict[str, list[TableRow]] = {}
    for row in sorted(whole.rows, key=_start):
        if row["role"] == trip.role and _ELECT not in (row["remarks"] or ""):
            held.setdefault(row[whole.who], []).append(row)
    order = list(held)
    bounds = [next((at for at, name in enumerate(order) if named_in((who,), name)), None) for who in trip.who[:2]]
    if len(bounds) == 2 and bounds[0] is not None and bounds[1] is not None:
        meant = order[bounds[0] : bounds[1] + 1]
    elif trip.years is not None and not trip.who:
        meant = [name for name, rows in held.items() if any(_in_years(row, trip) for row in rows)]
    else:
        return None
    were = {row[whole.who] for row in there}
    others = [name for name in meant if name not in were and not named_in(trip.without, name)]
    spared = [row for row in there if named_in(trip.without, row[whole.who])]
    if not meant or not others:
        verdict: Verdict = "partly" if spared else "supported"
        rows = [row for row in there if row[whole.who] in meant]
        return _judgement(trip, land, verdict, spared or rows, whole, holdings, SILENCE) if meant else None
    shown = [row for row in there if row[whole.who] in meant]
    told = _judgement(trip, land, "contradicted", shown, whole, holdings, SILENCE)
    return replace(told, reason=f"{whole.name} has no travel to {land} of {listed(others)}.")


def _more(trip: Trip, whole: _List, holdings: Holdings) -> Judgement:
    """Compare how often two lands were travelled to."""
    counts = []
    for land in trip.lands[:2]:
        rows = [row for row in whole.rows if row["target"] == land and _in_years(row, trip)]
        counts.append([row for row in rows if row["role"] == (trip.role or "president")])
    fits = len(counts[0]) > len(counts[1])
    told = ", ".join(f"{len(rows)} to {land}" for rows, land in zip(counts, trip.lands, strict=False))
    grounds = tuple(_ground(row, whole, holdings, agrees=fits) for rows in counts for row in rows[: _SHOWN // 2])
    verdict: Verdict = "supported" if fits else "contradicted"
    return Judgement(verdict, f"{whole.name} has {told}.", grounds, "by the lands and years, all travels counted", SILENCE)


def _judgement(
    trip: Trip, land: str, verdict: Verdict, rows: Sequence[TableRow], whole: _List, holdings: Holdings, confidence: float
) -> Judgement:
    ranked = sorted(rows, key=_start)
    listed = "; ".join(_told(row, whole) for row in ranked[:4]) + (f"; and {len(ranked) - 4} more" if len(ranked) > 4 else "")
    when = f" in {span(trip.years)}" if trip.years else ""
    who = ", ".join(trip.who) or trip.role or trip.origin
    many = count(len(ranked), "visit")
    if not listed:
        reason = f"{whole.name} has no travel of {who} to {land}{when}."
    elif verdict == "contradicted" and trip.quantity.how == "some" and trip.years:
        reason = f"{whole.name} has none{when}, but {listed}."
    else:
        reason = f"{whole.name} has {many}: {listed}."
    grounds = tuple(_ground(row, whole, holdings, agrees=verdict == "supported") for row in ranked[:_SHOWN])
    how = f"by the traveller ({who}), the land ({land}) and the years ({when.removeprefix(' in ') or 'the text gives none'})"
    matched = f"{how}; {whole.name} covers {coverage(whole.years)}"
    return Judgement(verdict, reason, grounds, matched, confidence)


def _ground(row: TableRow, whole: _List, holdings: Holdings, *, agrees: bool) -> Ground:
    told = _told(row, whole)
    edition = holdings.editions.get(whole.name, "")
    return Ground(
        told,
        dataset=whole.name,
        edition=edition,
        line=row["line"],
        agrees=(told,) if agrees else (),
        differs=() if agrees else (told,),
    )


def _told(row: TableRow, whole: _List) -> str:
    where = row.get("locale") or row["country"] if whole.name == TRAVELS else row["country"]
    return f"{row[whole.who]}, {where}, {_start(row)}"


def _start(row: TableRow) -> datetime.date:
    start: datetime.date = row["start"]
    return start


def _end(row: TableRow) -> datetime.date:
    end: datetime.date = row["end"] or row["start"]
    return end


def _in_years(row: TableRow, trip: Trip) -> bool:
    return trip.years is None or (_start(row).year <= trip.years[1] and trip.years[0] <= _end(row).year)


def _in_month(row: TableRow, trip: Trip) -> bool:
    if trip.month is None or trip.years is None:
        return True
    first, last = _start(row), _end(row)
    asked = trip.years[0] * 12 + trip.month
    return first.year * 12 + first.month <= asked <= last.year * 12 + last.month


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
