"""Looks once more at a treaty that bears a claim out: was it signed where the sentence says, and did it end the war it names?

That two states signed something in a year bears out neither the city that a sentence gives for it nor what it put an end to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from verbale.review.claims.instruments import row_of
from verbale.review.claims.parties import parties_of
from verbale.review.claims.statement import Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE as CHAINS
from verbale.review.claims.told.chains import chains
from verbale.review.claims.told.named_treaty import is_place_of, may_deny, places_told
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument

TABLE: Final = "claim_particulars.csv"
# A war may be closed by a treaty some years after its fighting (the Ottoman wars of 1911 to 1918 by Lausanne in 1923).
YEARS_AFTER: Final = 5
# So many letters may stand between those who signed and the word for it.
NEAR: Final = 40
_PAIR: Final = 2
# Beside the word for a signing: what is told of lands and of what it was about, and not of those who signed.
_MORE: Final = re.compile(r"\b(?:in|on|over|against|from|at|about|near|to|for|under|off)\b|[,;:]")


def hold_treaty(statement: Statement, found: Judgement, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement; a treaty bears a claim out only as far as its place, and the war that it ended, agree with it."""
    telling = statement.telling
    if found.verdict != "supported" or telling is None:
        return found
    rows = [row for one in found.grounds if (row := row_of(one)) and row.kind == "treaty"]
    text = telling.text
    told = _on_its_day(telling, vocabulary)
    if rows and not told:
        told = _elsewhere(text, rows, vocabulary) or _of_other_war(text, rows, vocabulary) or _of_others(text, rows)
    if rows and not told and _said_parties(telling, rows, vocabulary):
        if not all(parties_of(row) for row in rows):
            reason = f"the list has the {rows[0].name}, and not all who signed it"
            return Judgement("not covered", f"No installed record can tell: {reason}.", (), found.matched, found.confidence)
        told = _parties(rows)
    if not told:
        return found
    grounds = tuple(replace(one, differs=(*one.differs, told)) for one in found.grounds)
    return replace(found, verdict="partly", reason=f"{found.reason} But the list has {told}.", grounds=grounds)


def _on_its_day(telling: Telling, vocabulary: Vocabulary) -> str:
    """Return where the treaty of a day and of two states that a sentence names was signed, if it gives another city."""
    places = places_told(telling.text)
    days = [one.first.isoformat() for one in telling.moments if one.exact == "day"]
    if len(places) != 1 or len(days) != 1:
        return ""
    codes = {one.code for one in telling.parties if one.kind == "name"}
    rows = [row for row in vocabulary.instruments.all if row.kind == "treaty" and row.start == days[0]]
    rows = [row for row in rows if row.place and len(codes & set(parties_of(row))) >= _PAIR]
    if not rows or any(is_place_of(places[0], row) for row in rows):
        return ""
    return f"place: {rows[0].place} ({rows[0].name})"


def _said_parties(telling: Telling, rows: Sequence[Instrument], vocabulary: Vocabulary) -> list[str]:
    """Return the states that a sentence calls parties of a treaty and that are not on the list among them."""
    text, words = telling.text, load_patterns(TABLE)["said-party"]
    if load_patterns(CHAINS)["not-signed"].search(text):
        return []
    members = {code for row in rows for code in parties_of(row)}
    named = {one.code for one in telling.parties if one.kind == "name"}
    found: list[str] = []
    for match in words.finditer(text):
        for chain in chains(telling, vocabulary):
            gap = text[chain.end : match.start()] if chain.end <= match.start() else text[match.end() : chain.start]
            if len(gap) > NEAR or _MORE.search(gap) or load_patterns(CHAINS)["clause"].search(gap):
                continue
            codes = [code for code in chain.codes if code in named and code not in members]
            found += [code for code in codes if may_deny(code, rows[0], vocabulary)]
    return list(dict.fromkeys(found))


def _elsewhere(text: str, rows: Sequence[Instrument], vocabulary: Vocabulary) -> str:
    """Return where the treaties were signed if that is none of the cities in which a sentence has something signed."""
    names = [(one.start, one.end) for one in vocabulary.instruments.find(text)]
    places = places_told(text, names[0] if names else (0, 0))
    placed = [row for row in rows if row.place or row.name.count(" of ")]
    if not places or len(placed) < len(rows) or any(is_place_of(place, row) for place in places for row in rows):
        return ""
    return f"place: {'; '.join(dict.fromkeys(row.place or row.name for row in rows))}"


def _of_other_war(text: str, rows: Sequence[Instrument], vocabulary: Vocabulary) -> str:
    """Return the years of the war that a sentence has the treaty end, if it was not of that time; else nothing."""
    ending = load_patterns(TABLE)["puts-an-end"].search(text)
    if ending is None:
        return ""
    for mention in vocabulary.instruments.find(text):
        wars = [row for row in vocabulary.instruments.all if row.kind == "war" and mention.name in (row.name, *row.aliases)]
        if not wars or any(_closes(row, war) for row in rows for war in wars):
            continue
        nearest = min(wars, key=lambda war: abs(war.years[1] - rows[0].years[0]))
        return f"years: {nearest.name} {nearest.years[0]}-{nearest.years[1]}"
    return ""


def _of_others(text: str, rows: Sequence[Instrument]) -> str:
    """Return the parties of a treaty if they are not as many as a sentence says; nothing where the list does not name them."""
    match = load_patterns(TABLE)["so-many"].search(text)
    number = value(match["number"]) if match else None
    if number is None or any(not parties_of(row) or len(parties_of(row)) == number for row in rows):
        return ""
    return _parties(rows)


def _parties(rows: Sequence[Instrument]) -> str:
    return f"parties: {', '.join(parties_of(rows[0]))}"


def _closes(treaty: Instrument, war: Instrument) -> bool:
    return war.years[0] <= treaty.years[0] <= war.years[1] + YEARS_AFTER
