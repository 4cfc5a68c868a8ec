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
from verbale.review.claims.reading import NUMBERS, Reader
from verbale.review.claims.statement import Statement, Trip
from verbale.review.dates import MONTH_PATTERN, find_dates
from verbale.review.references import Named

HOME: Final = "USA"
# How many lands are tried where a sentence names none.
IMPLIED: Final = 4
# A longer sentence than this that names no land tells of something else.
SHORT: Final = 150
_TRAVEL: Final = re.compile(
    r"\b(?:visit(?:ed|s|ing|or|ors)?|trips?|travel(?:l?ed|s|l?ing)?|journey(?:ed|s)?|came|come|comes|coming|went|gone"
    r"|goes|going to|flew|flown"
    r"|(?:was|were|been|be|is) (?:(?:seen )?in|to|there|back in|received|hosted|welcomed|a guest|the guest)\b|set foot"
    r"|spen[dt]\b|stayed|stopped|landed"
    r"|arrived|toured?|tours|called (?:at|on)|return(?:ed|s)?|received|hosted|welcomed|guests?|met|meets|spoke"
    r"|addressed|attended|passed through"
    r"|did (?:the same|so)|followed|made (?:it|the (?:journey|trip))|stood|appeared|dined|negotiated|paid (?:a|his|her))\b",
    re.IGNORECASE,
)
_MET: Final = re.compile(r"\b(?:met|meets|meeting|spoke|negotiated|received|hosted|welcomed|followed)\b", re.IGNORECASE)
_AGAIN: Final = re.compile(
    r"\b(?:did (?:the same|so)|made (?:it|the (?:journey|trip))|came (?:too|back|again|next)|was next)\b"
)
_HOUSE: Final = re.compile(
    r"\b(?:Washington|White House|Camp David|Oval Office|Blair House)\b|\bto America\b|\bAmerican (?:capital|soil)\b"
)
_PRESIDENTS: Final = re.compile(
    r"\b(?:(?:American|US|U\.S\.|United States|sitting) (?:\w+ )?presidents?|presidents? of the United States"
    r"|(?<!vice[- ])(?<!\w )presidents (?:have|had|of)"
    r"|[Pp]residents (?=have|had|came|went))\b"
)
_SECRETARIES: Final = re.compile(r"\b[Ss]ecretar(?:y|ies) of [Ss]tate\b")
_LEADERS: Final = re.compile(
    r"\b(?:presidents?|prime ministers?|leaders?|heads? of (?:state|government)|kings?|emperors?|chancellors?"
    r"|premiers?|monarchs?|rulers?|sultans?|shahs?)\b",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    r"\b(?:President|Prime Minister|King|Queen|Emperor|Empress|Shah|Chancellor|Sultan|Emir|Amir|Premier|Marshal"
    r"|Crown Prince|Prince"
    r"|Chairman|General Secretary) (?P<name>[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|bin|al|ibn|de|von))*)"
)
_PRONOUN: Final = re.compile(r"\b(?:He|he|She|she)\b")
_NONE: Final = re.compile(
    r"\b(?:never|nobody|none of them)\b|\b[Nn]o (?:[\w.-]+ ){0,3}(?:president|secretary|leader|king|prime minister"
    r"|emperor|head of)\b"
    r"|\b(?:has|have|had|did|was|were) not(?: ever| yet)? (?:been|visit\w*|go|gone|come|travel\w*|set foot"
    r"|receive\w*)\b(?! (?:well|badly|smoothly|unnoticed|as|through))|\b[Nn]either (?:he|she|of)\b"
)
# What only a journey is, and what may be done at home as well.
_STRONG: Final = re.compile(
    r"\b(?:visit(?:ed|s|ing|or|ors)?|trips?|travel(?:l?ed|s|l?ing)|journey(?:ed|s)?|came to|come to|went to|gone to"
    r"|going to|go to|flew to|flown to|set foot|landed in|arrived in"
    r"|(?:was|were|been|is) (?:seen )?(?:in|to|there|back in)"
    r"|stayed in|stopped in|toured|returned to|spen[dt] .{1,30} in|there|guest)\b",
    re.IGNORECASE,
)
_CAME: Final = re.compile(
    r"\b(?:came|come|visited|visit|visits|returned|was there|been there|went there|did the same|followed)\b(?! (?:into"
    r"|out|under|from|to power|close|after|up|down|with|upon|on)\b)"
)
_FIRST: Final = re.compile(
    r"\b(?P<place>first|last|latest|most recent)(?! (?:met|came|went|visited|travel\w+|\w+ed|formally"
    r"|officially)\b)(?: (?:ever|sitting|serving|known|official|state))*"
    r"(?: (?P<who>(?:(?!one\b|the\b|of\b)[\w.-]+ ){0,3}?(?:presidents?|secretary|secretaries|leader|king|emperor"
    r"|chancellor|premier|monarch|ruler"
    r"|prime minister|head of (?:state|government)|one|guest|visitor|visit|trip|journey)\b))?"
    r"(?! (?:time since|half|world|lady|term|week|day|months?|years?))",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"\b(?:of|by) (?:an?|any|the) (?:[\w.-]+ ){0,2}(?:president|leader|king|emperor|secretary|minister|head|ruler)",
    re.IGNORECASE,
)
_ONLY: Final = re.compile(
    r"\b(?:the|its) (?:only|sole|one) (?:one|(?:[\w.-]+ ){0,3}(?:president|secretary|leader|guest|visitor))"
    r"|\bonly (?:one|a single)\b",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
_AFTER_THAT: Final = re.compile(r"(?:After|Since|From) (?:that|then|this|him|her|it)\b")
_MANY: Final = re.compile(
    rf"\b(?P<how>at least |only |about |some )?(?P<number>{NUMBERS}) (?:[\w.-]+ ){{0,2}}(?:presidents|secretaries of state)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\b(?:several|many|various|numerous) (?:[\w.-]+ ){0,2}(?:presidents|secretaries|of them)\b", re.IGNORECASE
)
_MORE: Final = re.compile(r"\bmore (?:often|frequently|times|visits|trips|presidents|presidential)\b", re.IGNORECASE)
_GOING: Final = re.compile(
    r"\b(?:to|in|at|into|via|visit(?:ed|s|ing)?|toured|both|and|or|reached|than to|than|through|on|of both|for|left"
    r"|from)(?: the| both)? $|, $"
)
_NAMED_PLACE: Final = re.compile(
    r"\b(?:in|at|to|near|into|visited|toured|reached) "
    rf"(?!(?:{MONTH_PATTERN})\b)(?P<place>(?:[A-Z][\w'-]+)(?: (?:de|del|la|el|[A-Z][\w'-]+)){0, 3})"
)
_UNREAL: Final = re.compile(
    r"\b(?:would|could|might|(?-i:may)|should|will|plans? to|planned|proposed|hoped|threatened|if|wanted|invited|cancelled)\b",
    re.IGNORECASE,
)
# "Since his visit in 2012": whoever made that visit dates what follows, and is not the one who travels in it.
_SINCE_VISIT: Final = re.compile(
    r"\b(?:since|after) (?P<whose>[^,;]{0,50}?\b)(?:visit|trip|journey|stay)\b[^,;]{0,25}?"
    r"(?:in|of) (?:[A-Z]\w+ )?(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_EVERY: Final = re.compile(
    r"\b(?:every|each|all)(?: the)? (?:[\w.]+ ){0,3}?(?:presidents?|secretar(?:y|ies) of state)\b"
    r"(?P<range> from [^,;]{2,60}? to )?",
    re.IGNORECASE,
)
_BUT: Final = re.compile(r"\b(?:but|except(?:ed|ing)?|save|apart from|bar|without|alone)\b", re.IGNORECASE)
_ELDER: Final = re.compile(
    r"\b(?P<which>elder|older|younger|first|second) (?:George )?Bush\b|\bBush (?P<after>senior|junior|the elder|the younger)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Trips:
    """Reads travels in the order of the text: "he" and "there" are the traveller and the land that were named before."""

    reader: Reader
    last: Trip | None = None

    def find(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim about a travel that a sentence makes; None where it makes none that a record of travels knows."""
        if (
            _UNREAL.search(text)
            or re.search(r"\bnot the (?:first|last|only)\b", text)
            or re.search(r"\b(?:war|troops|army|soldiers|fleet|arms|delivered|voted)\b", text)
        ):
            return None
        remains = self.last is not None and re.match(
            r"(?:He|She|It) (?:is|was|remains|remained) (?:still )?the (?:only|first|last)\b", text
        )
        if not _TRAVEL.search(text) and not remains and not (_FIRST.search(text) and _PRESIDENTS.search(text)):
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
        dated = _SINCE_VISIT.search(text)
        told_of = f"{text[: dated.start()]}{text[dated.end() :]}" if dated else text
        who, role = self._who(told_of, HOME), self._role(told_of)
        if dated and not role and self._who(dated["whose"], HOME) and re.search(r"\bpresidents?\b", told_of):
            role = "president"
        all_of = _EVERY.search(text)
        without: tuple[str, ...] = ()
        if all_of:
            people = [one for one in reader.people(text) if one.code == HOME]
            inside = [one for one in people if all_of["range"] and one.start >= all_of.start("range")][:2]
            without = tuple(one.text for one in people if one not in inside and _BUT.search(text))
            who = tuple(one.text for one in inside)
        going_on = self.last is not None and self.last.origin == HOME and not self.last.received and _AGAIN.search(text)
        if not who and not role and not going_on:
            return None
        quantity, ranked = self._quantity(text)
        lands, implied = self._lands(text), False
        period, month = self._when(text)
        if dated:
            period, month = Period((int(dated["year"]), reader.manuscript.today.year), since=True), None
        told = bool(period.years) or quantity.how != "some"
        if not lands and told and _CAME.search(text) and len(text) < SHORT and not _NAMED_PLACE.search(text):
            lands, implied = reader.references.implied(HOME)[:1], True
        if not lands:
            return None
        if ranked and not role:
            role = "president"
        more = _MORE.search(text) is not None and len(lands) > 1
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
        house = _HOUSE.search(text) or (re.search(r"\bthere\b", text) and self.last is not None and self.last.received)
        people = [one for one in reader.people(text) if one.code != HOME]
        titled = _TITLED.search(text)
        pronoun = _PRONOUN.search(text) and reader.references.persons
        us_land = house or any(
            one.code == HOME and one.kind == "name" and _GOING.search(text[: one.start]) for one in reader.states(text)
        )
        if not us_land:
            return None
        abroad = [
            one
            for one in reader.states(text)
            if one.code != HOME and one.kind in ("name", "capital") and _GOING.search(text[: one.start])
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
        elif not (_LEADERS.search(text) and origins):
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
        elder = _ELDER.search(text)
        if elder:
            which = (elder["which"] or elder["after"]).lower()
            return ("George W. Bush",) if which in ("younger", "junior", "the younger", "second") else ("George H.W. Bush",)
        named = [one.text for one in reader.people(text) if one.code == code]
        if named:
            return tuple(dict.fromkeys(named))
        if _PRONOUN.search(text) and reader.references.persons and reader.references.persons[-1][1] == code:
            return (reader.references.persons[-1][0],)
        return ()

    def _role(self, text: str) -> str:
        if _SECRETARIES.search(text):
            return "secretary"
        return "president" if _PRESIDENTS.search(text) or re.search(r"\bas president\b", text) else ""

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
            if named and named.kind in ("adjective", "demonym") and not re.match(r" (?:capital|capitals|soil)\b", text[end:]):
                continue
            (goals if named is None or _GOING.search(text[:start]) else loose).append(code)
        strong = _STRONG.search(text)
        if goals and strong:
            return tuple(dict.fromkeys(goals))[:3]
        places = [one for one in reader.states(text) if one.code != HOME and one.kind in ("name", "capital")]
        met = [
            one.code
            for one in places
            if re.search(r"\b(?:in|at)(?: the)? $", text[: one.start]) and not text[one.end :].startswith("'")
        ]
        if met and _MET.search(text):
            return (met[0],)
        if loose and strong:
            return tuple(dict.fromkeys(loose))[:3]
        years = reader.years(text)
        for match in _NAMED_PLACE.finditer(text):
            country = reader.manuscript.vocabulary.places.country(match["place"], year=years[0] if years else None)
            if country and country != HOME and not re.match(r", [A-Z]", text[match.end() :]):
                return (country,)
        if _AGAIN.search(text) and self.last is not None and not self.last.received:
            return self.last.lands
        return ()

    def _when(self, text: str) -> tuple[Period, int | None]:
        dates = find_dates(text)
        period = read_period(text, self.reader.manuscript.today.year)
        if len(dates) == 1 and period.years == (dates[0].year, dates[0].year):
            return period, dates[0].month
        if re.search(r"\bsince then\b", text, re.IGNORECASE) and self.last is not None and self.last.years:
            return Period((self.last.years[1] + 1, self.reader.manuscript.today.year), since=True), None
        return period, None

    def _quantity(self, text: str) -> tuple[Quantity, bool]:
        """Return how many travels or travellers there were, and whether the first or only one of an office is meant."""
        many = _MANY.search(text)
        if many:
            how = {"at least": "at least", "about": "about", "some": "about"}.get(
                (many["how"] or "").strip().lower(), "exactly"
            )
            return Quantity(how, self.reader.number(many["number"])), False  # type: ignore[arg-type]
        place = _FIRST.search(text)
        if place:
            what = (place["who"] or "").lower()
            office = bool(what) and not what.endswith(("visit", "trip", "journey"))
            how = "first" if place["place"].lower() == "first" else "last"
            return Quantity(how), office or _OFFICE.search(text) is not None  # type: ignore[arg-type]
        if _ONLY.search(text):
            return Quantity("only", 1), True
        if _SEVERAL.search(text):
            return Quantity("at least", 2), False
        if _NONE.search(text):
            until = _UNTIL.search(text)
            if until and self.reader.people(text[until.end() :]) and _AFTER_THAT.match(text):
                return Quantity(), False  # none after one before until that of the one who is named: that one was
            return Quantity("none"), False
        times = read_times(text)
        if times.how == "some":
            found = re.search(rf"\b(?P<number>{NUMBERS}) (?:\w+ )?(?:visits|trips|journeys)\b", text, re.IGNORECASE)
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
