"""Holds what a sentence tells of travels of leaders against the lists of travels from and to the United States."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.travels import beyond
from verbale.review.claims.trips import named_in
from verbale.review.patterns import load_patterns
from verbale.review.references import Named
from verbale.vocab import Vocabulary

_WORDS: Final = load_patterns("claim_told_more.csv")

TRAVELS, VISITS = "us-travels", "us-visits"
HOST: Final = "USA"
# Before, neither list has more than a few.
EARLIEST: Final = 1900
_ELECT: Final = "President-elect"


def judge_visits(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the lists have of the travels of a sentence; None where they do not tell."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    if not patterns["travel"].search(text) or not patterns["journey"].search(text):
        return None
    if any(one.first.year < EARLIEST for one in telling.moments) or _WORDS["visits-not-first"].search(text):
        return None
    parts = [*_to(telling, holdings)] or [*_from(telling, holdings, vocabulary)]
    return together(parts, holdings, "by the traveller, the land and the time")


def _from(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield the travels abroad of American presidents and secretaries whom the sentence names."""
    rows = holdings.tables.get(TRAVELS, ())
    people = [one for one in telling.people if one.code == HOST]
    if not rows or not people:
        return
    text, patterns = telling.text, load_patterns("claim_told.csv")
    lands, sure = _lands(telling, vocabulary)
    if not lands:
        return
    sitting = [row for row in rows if row["target"] in lands and _ELECT not in (row["remarks"] or "") and row["start"]]
    for at, one in enumerate(people):
        office = [row for row in rows if _is(one, text, row)]
        if not office:
            continue
        role = "president" if any(row["role"] == "president" for row in office) and "ecretar" not in text else "secretary"
        there = [row for row in sitting if _is(one, text, row) and row["role"] == role]
        last = people[at + 1].start if at + 1 < len(people) else len(text)
        own = [each for each in telling.moments if one.end <= each.start < last]
        own = own or ([each for each in telling.moments if each.end <= one.start] if at == 0 else [])
        near = text[max(0, one.start - 70) : last]
        place = patterns["first-travel"].search(near)
        denied = patterns["no-travel"].search(text[one.start : last]) is not None and not own
        all_there = [row for row in sitting if row["role"] == role]
        if denied and not _told_land(telling, lands[0]):
            continue  # that somebody never came to a land that is guessed, no record tells
        if denied:
            yield Part(
                not there, _told(there, f"{one.text} never in {lands[0]}"), TRAVELS, _line(there), firm=bool(there) or sure
            )
        elif place and place["place"].lower() in ("first", "last", "latest") and all_there:
            ranked = sorted(all_there, key=_start, reverse=place["place"].lower() != "first")
            yield Part(_is(one, text, ranked[0]), _told(ranked[:1], ""), TRAVELS, ranked[0]["line"], firm=sure)
            if own:
                yield from _dated(one, there, own, sure=sure)
        elif own:
            years = [_start(row).year for row in office]
            in_office = [each for each in own if not beyond(each.years, (min(years), max(years)))]
            if any(each.code in lands and each.kind in ("name", "capital") for each in telling.parties):
                in_office = [each for each in in_office if not _is_elsewhere(text, each.start, lands, vocabulary)]
            yield from _dated(one, there, in_office, sure=sure)


def _is_elsewhere(text: str, at: int, lands: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell whether the place named last before a time lies in another land: "at Casablanca in May and at Tehran in June"."""
    places = [match["place"] for match in _WORDS["visits-place"].finditer(text, 0, at)]
    country = vocabulary.places.country(places[-1]) if places else None
    return bool(country) and country not in lands


def _told_land(telling: Telling, land: str) -> bool:
    """Tell whether a sentence names a land, or speaks of the writer's own, or names none at all in a text about it."""
    named = {one.code for one in telling.parties if one.kind in ("name", "capital", "home")}
    return land in named or land == telling.home


def _is(one: Named, text: str, row: TableRow) -> bool:
    """Tell whether a row is of a person whom a text names; of father and son by "elder" and "younger"."""
    which = _WORDS["visits-elder"].search(text[: one.start])
    if which and "Bush" in one.text:
        return bool(row["traveller"] == ("George H.W. Bush" if which["elder"] else "George W. Bush"))
    return named_in((one.text,), row["traveller"])


def _dated(one: Named, there: Sequence[TableRow], moments: Sequence[Moment], *, sure: bool) -> Iterator[Part]:
    for moment in moments:
        if moment.exact == "span" and not moment.bound:
            continue
        fitting = [row for row in there if _touches(moment, row)]
        if fitting:
            yield Part(True, _told(fitting[:1], ""), TRAVELS, fitting[0]["line"])
        elif sure and moment.told:
            yield Part(False, _told(there, f"no travel of {one.text}"), TRAVELS, _line(there), firm=True)


def _touches(moment: Moment, row: TableRow) -> bool:
    return moment.touches(_start(row), row["end"] or row["start"])


def _lands(telling: Telling, vocabulary: Vocabulary) -> tuple[tuple[str, ...], bool]:
    """Return the land of the travels, and whether the sentence or one just before it names it."""
    text = telling.text
    there = [
        one
        for one in telling.parties
        if one.code != HOST and one.code in telling.states and one.kind in ("name", "capital", "reference", "home")
    ]
    goals = [one.code for one in there if _WORDS["visits-goal"].search(text[: one.start]) or one.kind == "reference"]
    named = [one.code for one in there if one.code in goals and one.kind != "reference"]
    if named:
        return (named[0],), _visits(text)
    if goals and telling.main in goals:
        return (telling.main,), True
    towns = [vocabulary.places.country(match["place"]) for match in _WORDS["visits-place"].finditer(text)]
    abroad = [country for country in towns if country and country != HOST]
    if abroad:
        return (abroad[0],), _visits(text)
    if HOST in towns or load_patterns("claim_trips.csv")["at-home"].search(text):
        return (), False  # "it was in Washington that he watched": who is at home is on no journey to the land of the text
    if telling.home and _WORDS["visits-here"].search(text):
        return (telling.home,), True
    for before in telling.before[:2]:  # "he did so again": where the one before went
        if load_patterns("claim_told.csv")["travel"].search(before.text):
            lands, sure = (
                _lands(before, vocabulary) if before.people or _WORDS["visits-president"].search(before.text) else ((), False)
            )
            if lands:
                return lands, sure
    if telling.main and (goals or not there):
        return (telling.main,), bool(goals)
    own = [one.code for one in there]
    return (tuple(own[:1]), True) if own else (telling.about[:1], False)


def _to(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    """Yield the visits of other leaders to the United States that a sentence tells."""
    rows = holdings.tables.get(VISITS, ())
    text, patterns = telling.text, load_patterns("claim_told.csv")
    received = _WORDS["visits-received"].search(text)
    if not rows or not (
        patterns["house"].search(text)
        or (received and any(one.code == HOST for one in telling.people))
        or _house_before(telling)
    ):
        return
    guests = [one for one in telling.people if one.code != HOST]
    titled = _WORDS["visits-title"].search(text)
    codes = [one.code for one in guests] or (
        [code for code in (_titled(telling, titled), telling.main) if code][:1] if titled else []
    )
    for at, code in enumerate(dict.fromkeys(codes)):
        of_state = [row for row in rows if row["source"] == code and row["start"]]
        name = guests[at].text if at < len(guests) else ""
        mine = [row for row in of_state if not name or named_in((name,), row["visitor"])]
        start = guests[at].start if at < len(guests) else 0
        last = guests[at + 1].start if at + 1 < len(guests) else len(text)
        moments = [one for one in telling.moments if start <= one.start < last] or list(telling.moments[:1])
        for moment in moments:
            fitting = [row for row in mine if _touches(moment, row)]
            if fitting:
                yield Part(True, _guest(fitting[:1]), VISITS, fitting[0]["line"])
            elif mine and name and _visits(text):
                # who came before he led his state is in no list of heads
                leading = moment.first.year >= min(_start(row).year for row in mine) - 1
                yield Part(False, _guest(mine), VISITS, _line(mine), firm=leading and moment.told)
            else:
                continue
        place = patterns["first-travel"].search(text[:start])
        if place and name and mine and place["place"].lower() == "first" and "state visit" in text:
            kind = [
                row for row in of_state if "state visit" in (row["description"] or "").lower() and _of_title(row, text[:start])
            ]
            if kind:
                best = min(kind, key=_start)
                yield Part(named_in((name,), best["visitor"]), _guest([best]), VISITS, best["line"], firm=True)


def _titled(telling: Telling, title: re.Match[str]) -> str:
    """Return the state whose name stands before a title: "the Iraqi president"."""
    return next((one.code for one in telling.parties if one.code != HOST and 0 <= title.start() - one.end <= 2), "")


def _visits(text: str) -> bool:
    """Tell whether a sentence speaks of a visit for sure, and not of a message, a meeting or a government."""
    return _WORDS["visits-sure"].search(text) is not None


def _of_title(row: TableRow, before: str) -> bool:
    titles = [title[0].lower() for title in _WORDS["visits-title"].finditer(before)]
    return not titles or titles[-1] in str(row["visitor"]).lower()


def _house_before(telling: Telling) -> bool:
    house = load_patterns("claim_told.csv")["house"]
    return any(house.search(one.text) and any(each.code != HOST for each in one.people) for one in telling.before[:2])


def _start(row: TableRow) -> datetime.date:
    start: datetime.date = row["start"]
    return start


def _line(rows: Sequence[TableRow]) -> int | None:
    return rows[0]["line"] if rows else None


def _told(rows: Sequence[TableRow], otherwise: str) -> str:
    if not rows:
        return otherwise
    row = min(rows, key=_start)
    return f"{row['traveller']}, {row['locale'] or row['country']}, {_start(row)}"


def _guest(rows: Sequence[TableRow]) -> str:
    return "; ".join(f"{row['visitor']}, {_start(row)}" for row in sorted(rows, key=_start)[:3])
