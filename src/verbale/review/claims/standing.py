"""Tells whether the states of a claim stood in its years: a record of states cannot deny what one did that was none then.

Serbia was part of Yugoslavia, Prague's government of 1943 sat in London: what such parties signed or fought stands in the
records under another state's name, or nowhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from verbale.core.wording import with_article
from verbale.review.claims.statement import Holdings, Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.bearing import of_sides
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

STATES: Final = "cow-states"
# The list of states begins in 1816 with those that there were, and knows nothing of the years before.
BEGINS: Final = 1816
# Records and histories differ by a year on when a state began or ended.
YEARS_OFF: Final = 1


def denied_in_standing(statement: Statement, found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement; one that denies what a state did in years in which it was none is `not covered`, and says why."""
    if found.verdict != "contradicted" or of_sides(found):  # who took part in a war was there to take part
        return found
    of_the_list = any(one.dataset == STATES for one in found.grounds)
    for code, year in _of_claim(statement, vocabulary):
        if of_the_list and not _between(code, year, vocabulary):
            continue  # that it was no state yet, or no more, is what the list denies
        if not stood(code, year, holdings, vocabulary):
            entity = vocabulary.states.entity(code, year)
            name = with_article(entity) or code
            told = f"{name} was no state of its own in {year}; records have its acts under another name, or not"
            return replace(found, verdict="not covered", reason=f"{told}. {found.reason}", grounds=(), confidence=0.5)
    return found


def of_no_state(statement: Statement, found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement; a record bears out in part only what one is said to have done that was no state then, nor a party.

    A land that was no state yet had its wars and treaties made by another, whom the record then has in its place.
    """
    telling = statement.telling
    if found.verdict != "supported" or telling is None or not found.grounds or statement.negated:
        return found
    event = statement.event
    acting = set() if event is None else {event.source.code, *([event.target.code] if event.mutual else [])}
    named = _subjects(telling, vocabulary)
    told = " ".join(word for one in found.grounds for word in (one.text, *one.agrees))
    if statement.instrument is not None and statement.act == "war":
        acting |= named
    for code, year in _of_claim(statement, vocabulary):
        if code in acting & named and code not in told and not stood(code, year, holdings, vocabulary):
            entity = vocabulary.states.entity(code, year) or code
            return replace(found, verdict="partly", reason=f"{found.reason} But {entity} was no state of its own in {year}.")
    return found


def _subjects(telling: Telling, vocabulary: Vocabulary) -> set[str]:
    """Return the states that a sentence names as those who act: none in the name of a treaty or war, nor behind "in"."""
    names = [(one.start, one.end) for one in vocabulary.instruments.find(telling.text)]
    aside = load_patterns("claim_particulars.csv")["aside"]
    return {
        one.code
        for one in telling.parties
        if one.kind == "name"
        and not any(start <= one.start < end for start, end in names)
        and not aside.search(telling.text[: one.start])
    }


def stands(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> bool:
    """Tell whether all parties of a reading of a claim were states in the years of its sentence."""
    return all(stood(code, year, holdings, vocabulary) for code, year in _of_claim(statement, vocabulary))


def _of_claim(statement: Statement, vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield each party of a claim by its reading, or named in its sentence, with the first and the last year that it tells."""
    telling = statement.telling
    named = (one for one in telling.parties if one.kind not in ("reference", "leader")) if telling is not None else ()
    moments = telling.moments if telling is not None else ()
    years = {year for one in moments for year in one.years} | set(statement.years or ())
    # the first two act; those behind them are whom the text may mean beside them
    codes = dict.fromkeys((*statement.actors[:2], *(one.code for one in named)))
    for code in codes:
        for year in sorted(years):
            if code in vocabulary.states.codes and year >= BEGINS:
                yield code, year


def _between(code: str, year: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a year lies in a gap of a state's life: before it there was one, and after it again."""
    its = [one for one in vocabulary.states.all if one.code == code]
    before = any(one.end is not None and one.end <= year + YEARS_OFF for one in its)
    after = any(one.start is not None and one.start >= year - YEARS_OFF for one in its)
    return before and after and not any(one.existed(year) for one in its)


def stood(code: str, year: int, holdings: Holdings, vocabulary: Vocabulary) -> bool:
    """Tell whether there was a state of that code in a year, by the program's list and by the list of states if installed.

    The list of states gives one number to a state under all its names (Serbia, Yugoslavia): its spells are taken together.
    """
    if not vocabulary.states.existed(code, year, tolerance=YEARS_OFF):
        return False
    rows = holdings.tables.get(STATES, ())
    numbers = {row["ccode"] for row in rows if row["code"] == code}
    spells = [(row["start"], row["end"]) for row in rows if row["ccode"] in numbers and row["start"]]
    last = max((row["end"] for row in rows if row["end"]), default=None)
    first_day, last_day = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return not spells or any(start <= last_day and (end is None or end >= first_day or end == last) for start, end in spells)
