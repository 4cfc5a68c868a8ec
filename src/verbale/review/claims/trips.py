"""Finds what a text says of travels of leaders to and from the United States: who went where, when, how often."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.periods import Period, read_period
from verbale.review.claims.quantity import Quantity, read_times
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Statement, Trip
from verbale.review.dates import find_dates
from verbale.review.patterns import load_patterns
from verbale.review.references import Named

_WORDS: Final = load_patterns("claim_trips.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

HOME: Final = "USA"
# How many lands are tried where a sentence names none.
IMPLIED: Final = 4
# A longer sentence than this that names no land tells of something else.
SHORT: Final = 150


@dataclass(slots=True)
class Trips:
    """Reads travels in the order of the text: "he" and "there" are the traveller and the land that were named before."""

    reader: Reader
    last: Trip | None = None

    def find(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim about a travel that a sentence makes; None where it makes none that a record of travels knows."""
        if _WORDS["unreal"].search(text) or _WORDS["not-first"].search(text) or _WORDS["other-matter"].search(text):
            return None
        remains = self.last is not None and _WORDS["remains"].match(text)
        if (
            not _WORDS["travel"].search(text)
            and not remains
            and not (_WORDS["first"].search(text) and _WORDS["presidents"].search(text))
        ):
            return None
        trip = self._guest(text) or self._traveller(text)
        if trip is None and remains and self.last is not None:
            trip = replace(self.last, quantity=self._quantity(text)[0])
        if trip is None:
            return None
        self.last = trip
        made = self._statement(sentence, text, trip)
        if not trip.implied:
            return made
        lands = self.reader.references.implied(HOME)[1:IMPLIED]
        return replace(made, others=tuple(self._statement(sentence, text, replace(trip, lands=(land,))) for land in lands))

    def _traveller(self, text: str) -> Trip | None:
        """Return a travel of an American president or secretary of state."""
        reader = self.reader
        dated = _WORDS["since-visit"].search(text)
        told_of = f"{text[: dated.start()]}{text[dated.end() :]}" if dated else text
        who, role = self._who(told_of, HOME), self._role(told_of)
        if dated and not role and self._who(dated["whose"], HOME) and _WORDS["some-president"].search(told_of):
            role = "president"
        all_of = _WORDS["every"].search(text)
        without: tuple[str, ...] = ()
        if all_of:
            people = [one for one in reader.people(text) if one.code == HOME]
            inside = [one for one in people if all_of["range"] and one.start >= all_of.start("range")][:2]
            without = tuple(one.text for one in people if one not in inside and _WORDS["but"].search(text))
            who = tuple(one.text for one in inside)
        going_on = (
            self.last is not None and self.last.origin == HOME and not self.last.received and _WORDS["again"].search(text)
        )
        if not who and not role and not going_on:
            return None
        quantity, ranked = self._quantity(text)
        lands, implied = self._lands(text), False
        period, month = self._when(text)
        if dated:
            period, month = Period((int(dated["year"]), reader.manuscript.today.year), since=True), None
        told = bool(period.years) or quantity.how != "some"
        if not lands and _WORDS["at-home"].search(text):
            return None
        if not lands and told and _WORDS["came"].search(text) and len(text) < SHORT and not _WORDS["named-place"].search(text):
            lands, implied = reader.references.implied(HOME)[:1], True
        if not lands:
            return None
        if ranked and not role:
            role = "president"
        more = _WORDS["more"].search(text) is not None and len(lands) > 1
        return Trip(
            who,
            role,
            HOME,
            lands,
            period.years,
            month,
            quantity,
            period.since,
            more=more,
            implied=implied,
            every=all_of is not None and bool(role),
            without=without,
        )

    def _guest(self, text: str) -> Trip | None:
        """Return a travel of another state's leader to the United States."""
        reader = self.reader
        house = _WORDS["house"].search(text) or (_WORDS["there"].search(text) and self.last is not None and self.last.received)
        people = [one for one in reader.people(text) if one.code != HOME]
        titled = _WORDS["titled"].search(text)
        pronoun = _WORDS["pronoun"].search(text) and reader.references.persons
        us_land = house or any(
            one.code == HOME and one.kind == "name" and _WORDS["going"].search(text[: one.start]) for one in reader.states(text)
        )
        if not us_land:
            return None
        abroad = [
            one
            for one in reader.states(text)
            if one.code != HOME and one.kind in ("name", "capital") and _WORDS["going"].search(text[: one.start])
        ]
        if abroad and not house:
            return None
        origins = [one.code for one in reader.states(text) if one.code != HOME]
        who: tuple[str, ...] = ()
        if people:
            who, origins = (people[0].text,), [people[0].code]
        elif titled and not any(
            one.code == HOME and one.start <= titled.end() and titled.start() <= one.end for one in reader.states(text)
        ):
            who = (titled["name"],)
        elif pronoun:
            name, code = reader.references.persons[-1]
            if code == HOME:
                return None
            who, origins = (name,), [code]
        elif not (_WORDS["leaders"].search(text) and origins):
            return None
        origin = origins[0] if origins else next(iter(reader.references.implied(HOME)), "")
        if not origin:
            return None
        period, month = self._when(text)
        quantity, ranked = self._quantity(text)
        if ranked and not who and self.last is not None and self.last.received and period.years is None:
            who, period, month = self.last.who, Period(self.last.years), self.last.month
        return Trip(who, "", origin, (HOME,), period.years, month, quantity, period.since, received=True)

    def _who(self, text: str, code: str) -> tuple[str, ...]:
        reader = self.reader
        elder = _WORDS["elder"].search(text)
        if elder:
            which = (elder["which"] or elder["after"]).lower()
            return ("George W. Bush",) if which in ("younger", "junior", "the younger", "second") else ("George H.W. Bush",)
        named = [one.text for one in reader.people(text) if one.code == code]
        if named:
            return tuple(dict.fromkeys(named))
        if _WORDS["pronoun"].search(text) and reader.references.persons and reader.references.persons[-1][1] == code:
            return (reader.references.persons[-1][0],)
        return ()

    def _role(self, text: str) -> str:
        if _WORDS["secretaries"].search(text):
            return "secretary"
        return "president" if _WORDS["presidents"].search(text) or _WORDS["as-president"].search(text) else ""

    def _lands(self, text: str) -> tuple[str, ...]:
        """Return the lands that a sentence names as the goal, those that it refers to, or those that the text is about."""
        reader = self.reader
        own = {(one.start, one.end): one for one in reader.named(text)}
        goals: list[str] = []
        loose: list[str] = []
        for start, end, code in reader.actors(text):
            named: Named | None = own.get((start, end))
            if code == HOME or not reader.is_state(code) or (named and named.kind == "leader"):
                continue
            if named and named.kind in ("adjective", "demonym") and not _WORDS["soil"].match(text[end:]):
                continue
            going = _WORDS["going"].search(text[:start]) and (goals or not _WORDS["listed"].search(text[:start]))
            (goals if named is None or going else loose).append(code)
        strong = _WORDS["strong"].search(text)
        if not goals and _WORDS["at-home"].search(text):
            return ()
        if goals and strong:
            return tuple(dict.fromkeys(goals))[:3]
        places = [one for one in reader.states(text) if one.code != HOME and one.kind in ("name", "capital")]
        met = [
            one.code for one in places if _BESIDE["in-or-at"].search(text[: one.start]) and not text[one.end :].startswith("'")
        ]
        if met and _WORDS["met"].search(text):
            return (met[0],)
        if loose and strong:
            return tuple(dict.fromkeys(loose))[:3]
        years = reader.years(text)
        for match in _WORDS["named-place"].finditer(text):
            country = reader.manuscript.vocabulary.places.country(match["place"], year=years[0] if years else None)
            if country and country != HOME and not re.match(r", [A-Z]", text[match.end() :]):
                return (country,)
        if _WORDS["again"].search(text) and self.last is not None and not self.last.received:
            return self.last.lands
        return ()

    def _when(self, text: str) -> tuple[Period, int | None]:
        dates = find_dates(text)
        period = read_period(text, self.reader.manuscript.today.year)
        if len(dates) == 1 and period.years == (dates[0].year, dates[0].year):
            return period, dates[0].month
        if _WORDS["since-then"].search(text) and self.last is not None and self.last.years:
            return Period((self.last.years[1] + 1, self.reader.manuscript.today.year), since=True), None
        return period, None

    def _quantity(self, text: str) -> tuple[Quantity, bool]:
        """Return how many travels or travellers there were, and whether the first or only one of an office is meant."""
        many = _WORDS["many"].search(text)
        if many:
            how = {"at least": "at least", "about": "about", "some": "about"}.get(
                (many["how"] or "").strip().lower(), "exactly"
            )
            return Quantity(how, self.reader.number(many["number"])), False  # type: ignore[arg-type]
        place = _WORDS["first"].search(text)
        if place and not _WORDS["own-first"].search(text) and (place["who"] or _WORDS["rank-alone"].match(text, place.end())):
            what = (place["who"] or "").lower()
            office = bool(what) and not what.endswith(("visit", "trip", "journey"))
            how = "first" if place["place"].lower() == "first" else "last"
            return Quantity(how), office or _WORDS["office"].search(text) is not None  # type: ignore[arg-type]
        if _WORDS["only"].search(text):
            return Quantity("only", 1), True
        if _WORDS["several"].search(text):
            return Quantity("at least", 2), False
        if _WORDS["none"].search(text):
            until = _WORDS["until"].search(text)
            if until and self.reader.people(text[until.end() :]) and _WORDS["after-that"].match(text):
                return Quantity(), False  # none after one before until that of the one who is named: that one was
            return Quantity("none"), False
        times = read_times(text)
        if times.how == "some":
            found = _WORDS["counted"].search(text)
            return (Quantity("exactly", self.reader.number(found["number"])) if found else times), False
        return times, False

    def _statement(self, sentence: Sentence, text: str, trip: Trip) -> Statement:
        how = trip.quantity.how
        kind = {"some": "event", "none": "absence", "first": "superlative", "last": "superlative", "only": "superlative"}.get(
            how, "count"
        )
        return Statement(
            "comparison" if trip.more else kind,
            self.reader.manuscript.evidence(sentence.start, sentence.end),
            text,
            "visit",
            (trip.origin, *trip.lands),
            trip.years,
            bool(find_dates(text)),
            negated=how == "none",
            said_by=self.reader.said_by(text),
            trip=trip,
        )


def named_in(who: Sequence[str], traveller: str) -> bool:
    """Tell whether a traveller of a record is the person whom a text names: the surname, and the first name where it tells."""
    return any(_same_person(one, traveller) for one in who)


def _same_person(one: str, traveller: str) -> bool:
    words, held = plain_words(one), plain_words(traveller)
    if not words or not held:
        return False
    if words[-1] not in held and not any(len(word) > 4 and word in held for word in words[1:] or words):
        return False
    # "Theodore" and "Franklin" tell two Roosevelts apart; "Bill" is no first name of the record, and tells nothing
    others = len(words) > 1 and words[0] != held[0] and words[0] in _FIRST_NAMES
    return not others


_FIRST_NAMES: Final = frozenset({"theodore", "franklin", "george", "woodrow", "john", "lyndon", "herbert", "andrew"})


def plain_words(name: str) -> list[str]:
    """Return the words of a name in small letters without accents and points."""
    return re.findall(r"[a-z]+", _fold(name))


def _fold(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(letter))
