"""Holds what a sentence says was signed at a place and time against the treaty of that place: "signed at Trianon in June 1920".

Many treaties are known by where they were made. The sentence need not name the treaty; the place, the time and a party do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from verbale.review.claims.framing import is_wished
from verbale.review.claims.moments import Moment
from verbale.review.claims.parties import parties_of
from verbale.review.claims.signatures import OWN
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE
from verbale.review.claims.told.named_treaty import fits_day, in_words, is_place_of, may_deny, places_told
from verbale.review.claims.told.parts import Part, together
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument

BY_PLACE: Final = "by the place and time of the signing"
# A treaty of one place is dated wrongly by a year or two, or by a month; what lies farther off is another one.
YEARS_OFF: Final = 2
_SHARP: Final = ("day", "month")
_MONTH, _FULL = 7, 10


def judge_placed_treaty(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list has of the treaty that was made at the place of a sentence; None where it has none of that time."""
    text = telling.text
    if not holdings.own or vocabulary.instruments.find(text) or is_wished(text) or len(telling.moments) != 1:
        return None
    (moment,) = telling.moments
    if moment.exact == "span" or load_patterns(TABLE)["in-force"].search(text):
        return None
    codes = {one.code for one in telling.parties if one.kind not in ("leader", "capital", "reference")} & telling.states
    found = [row for row in _of_place(text, vocabulary) if _is_meant(row, codes, moment)]
    fitting = [row for row in found if fits_day(moment, row)]
    if fitting:
        return together(list(_parts(fitting, codes, vocabulary)), holdings, BY_PLACE)
    near = [row for row in found if abs(row.years[0] - moment.years[0]) <= YEARS_OFF and _fits_but_for_year(moment, row)]
    if len(near) == 1 and moment.told and (codes or places_told(text)):
        return together([Part(False, in_words(near[0]), OWN, near=True)], holdings, BY_PLACE)
    return None


def _of_place(text: str, vocabulary: Vocabulary) -> list[Instrument]:
    """Return the treaties of the place of a sentence: where something was signed, or by which a treaty is called."""
    signed, words = places_told(text), load_patterns(TABLE)["where"]
    called = {f"Treaty of {match['place']}" for match in words.finditer(text)}
    treaties = (row for row in vocabulary.instruments.all if row.kind == "treaty")
    return [row for row in treaties if row.name in called or any(is_place_of(place, row) for place in signed)]


def _fits_but_for_year(moment: Moment, row: Instrument) -> bool:
    """Tell whether day or month are those of a treaty of another year: what was made there in another season is not it."""
    if moment.exact not in _SHARP or len(row.start) < _MONTH or int(row.start[5:7]) != moment.first.month:
        return False
    return moment.exact == "month" or len(row.start) < _FULL or int(row.start[8:10]) == moment.first.day


def _is_meant(row: Instrument, codes: set[str], moment: Moment) -> bool:
    """Tell whether a treaty of the place may be meant: one of its parties is named, or its day or month is told."""
    members = set(parties_of(row))
    return bool(codes & members) if codes and members else moment.exact in _SHARP


def _parts(rows: list[Instrument], codes: set[str], vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield the treaty of the place and time, and whether those who are named with it are its parties."""
    best = max(rows, key=lambda row: len(codes & set(parties_of(row))))
    yield Part(True, in_words(best), OWN, firm=True)
    members = set(parties_of(best))
    if members and len(codes) > 1 and any(code not in members and may_deny(code, best, vocabulary) for code in codes):
        yield Part(False, in_words(best), OWN, firm=True)
