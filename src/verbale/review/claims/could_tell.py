"""Says which datasets of the catalogue could tell whether a claim is so that no installed record can tell of."""

from __future__ import annotations

from typing import Final

from verbale.review.claims.kinds import kind_of
from verbale.review.claims.statement import Holdings, KnownDataset, Statement, Years, coverage
from verbale.review.claims.topics import load_topics
from verbale.review.claims.wording import dated, not_told
from verbale.review.patterns import load_patterns

_SHOWN: Final = 4
_PAIR: Final = 2
# What is recorded of one state alone, and by whom two must be named for a row to be asked for.
_OF_ONE: Final = {"us-travels": "USA", "us-visits": "USA"}
_EVENTS: Final = "event"
# Kinds of claim by what the table of datasets calls them, where it has another name.
_ABOUT: Final = {"delivery": "transfer", "delay": "transfer", "contract": "transfer", "resolution": "vote"}
# Kinds that say which datasets have such things, whatever the coded act is.
_TELLING: Final = frozenset({"vote", "treaty", "transfer"})


def could_tell(statement: Statement, holdings: Holdings) -> str:
    """Return a sentence that names the datasets, those of the claim's kind first, with their years and if installed."""
    sources = load_topics().sources
    abouts = _abouts(statement)
    if abouts == (_EVENTS,) and len(_parties(statement)) < _PAIR:
        abouts = ()  # event data tell who did what to whom
    names = dict.fromkeys(
        one.dataset
        for about in abouts
        for one in sources.get(about, ())
        if _OF_ONE.get(one.dataset, "") in ("", *_parties(statement))
    )
    years = _years_of(statement)
    told = {name: words for name in names if (words := _told(name, years, holdings))}
    searched = [words for name, words in told.items() if name in holdings.editions]
    others = [words for name, words in told.items() if name not in holdings.editions]
    return not_told(searched[:_SHOWN], others[:_SHOWN])


def _abouts(statement: Statement) -> tuple[str, ...]:
    """Return by which names the table of datasets has what a claim is about, the most special first."""
    sources = load_topics().sources
    kind = kind_of(statement)
    kind = _ABOUT.get(kind, kind)
    if statement.ballot is not None or kind == "vote":
        return (_body(statement),)
    if statement.weapons or statement.deal or statement.act.startswith("largest "):
        return ("transfer",)
    special = (kind,) if kind in _TELLING else ()
    found = (*special, *(one for one in (statement.act,) if one in sources))
    return found or (next((one for one in (kind, statement.kind) if one in sources), _EVENTS),)


def _parties(statement: Statement) -> set[str]:
    return {*statement.actors, *(statement.telling.codes if statement.telling is not None else ())}


def _years_of(statement: Statement) -> Years | None:
    """Return the years of a claim: its own, else those that its sentence tells, of which the finder may have read none."""
    if statement.years is not None or statement.telling is None:
        return statement.years
    years = [year for one in statement.telling.moments for year in one.years]
    return (min(years), max(years)) if years else None


def _body(statement: Statement) -> str:
    """Return where it was voted: in the Council, in the Assembly, or unknown."""
    ballot, words = statement.ballot, load_patterns("claim_ballots.csv")
    council = bool(ballot and ballot.numbers) or words["of-council"].search(statement.sentence) is not None
    assembly = bool(ballot and ballot.assembly) or words["of-assembly"].search(statement.sentence) is not None
    return "vote" if council == assembly else "council" if council else "assembly"


def _told(name: str, years: Years | None, holdings: Holdings) -> str:
    """Return a dataset with its years; nothing for one whose years are others than the claim's."""
    known = holdings.known.get(name)
    if known is None or (years and not _meets((known.first_year, known.last_year), years)):
        return ""
    held = holdings.domains.get(name)
    covered = _years(known) if held is None else coverage(held)
    return f"{name} (`{name}`, {dated(covered)})"


def _years(known: KnownDataset) -> str:
    return coverage((known.first_year, known.last_year))


def _meets(one: Years, other: Years) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
