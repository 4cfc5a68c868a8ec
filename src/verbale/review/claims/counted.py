"""Judges what a claim asks of records: counts the rows of its whole set, and knows how far each dataset reaches."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Ground, Verdict
from verbale.core.wording import count as count_of
from verbale.review.claims.held import OPEN, Held, held, knows_kind
from verbale.review.claims.instruments import fought_each_other
from verbale.review.claims.quantity import Quantity
from verbale.review.claims.statement import Holdings, Judgement, Question, Statement, TableRow, Years, coverage, span
from verbale.review.claims.topics import Source, load_topics
from verbale.vocab import Vocabulary

OWN: Final = "verbale-instruments"
# A row found by both states, kind and year is what the claim says, unless another of the same kind and year is meant.
FOUND: Final = 0.85
# A whole set depends on what a dataset takes for one thing, and on its having looked everywhere.
WHOLE_SET: Final = 0.8
# Without years in the text, the set is all that the record has, which may be another set than the text means.
UNDATED: Final = 0.65
# Silence of a complete dataset: what it leaves out by its definitions (small arms, short stays) may still have been.
SILENCE: Final = 0.7
# Of two datasets on one topic that disagree, the first is taken, with less confidence.
DISPUTED: Final = 0.2
# A spell's first and last day are counted in full years: a text may round either way.
YEARS_OFF: Final = 1
# A text that says without a date that two fought or were rivals may mean an earlier age, or less than a record counts.
UNDATED_SILENCE: Final = frozenset({"border"})
_SHOWN: Final = 12
_LONG: Final = 90


@dataclass(frozen=True, slots=True)
class _Set:
    """What one dataset holds of a claim: its spells of the kind, the years that it covers, and whether it is complete."""

    name: str
    edition: str
    spells: tuple[Held, ...]
    domain: Years
    exhaustive: bool


def judge_question(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim against every installed dataset of its topic, the best first; None where none is installed or tells."""
    if statement.question is None:
        return None
    if statement.question.than:
        return _compare(statement, statement.question, holdings, vocabulary)
    answers: list[tuple[_Set, Judgement]] = []
    beyond: list[Judgement] = []
    for one in _sets(statement, statement.question, holdings, vocabulary):
        answer = _answer(statement, statement.question, one)
        if answer is None:
            continue
        if answer.verdict == "not covered":
            beyond.append(answer)
        else:
            answers.append((one, answer))
    if not answers:
        return beyond[0] if beyond else None
    best, first = answers[0]
    others = [
        f"by {one.name} it is {answer.verdict}"
        for one, answer in answers[1:]
        if answer.verdict != first.verdict and one.exhaustive >= best.exhaustive
    ]
    if not others:
        return first
    return replace(
        first, reason=f"{first.reason} Other records disagree ({'; '.join(others)}).", confidence=first.confidence - DISPUTED
    )


def _compare(statement: Statement, question: Question, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Compare how many two states had with how many two others had, in the first dataset that has looked at both."""
    ours = replace(statement, actors=statement.actors[:2])
    theirs = replace(statement, actors=question.than)
    for one, other in zip(
        _sets(ours, question, holdings, vocabulary), _sets(theirs, question, holdings, vocabulary), strict=False
    ):
        if one.name != other.name or not one.exhaustive:
            continue
        counts = [
            [held for held in each.spells if _matches(held, question.topic.when, statement.years or each.domain, each)]
            for each in (one, other)
        ]
        fits = len(counts[0]) < len(counts[1]) if question.fewer else len(counts[0]) > len(counts[1])
        ours_told = f"{question.topic.counted(len(counts[0]))} of {', '.join(ours.actors)}"
        told = f"{one.name} has {ours_told}, against {len(counts[1])} of {', '.join(question.than)}"
        return _judgement(
            statement,
            one,
            "supported" if fits else "contradicted",
            told,
            [*counts[0][: _SHOWN // 2], *counts[1][: _SHOWN // 2]],
            WHOLE_SET,
        )
    return None


def _sets(statement: Statement, question: Question, holdings: Holdings, vocabulary: Vocabulary) -> Iterator[_Set]:
    for source in load_topics().readable(question.topic.name):
        rows = holdings.tables.get(source.dataset)
        if rows is None or not knows_kind(source, question.only):
            continue
        domain = holdings.domains.get(source.dataset)
        if domain is None or not _tells_of(source, rows, statement.actors):
            continue
        spells = held(source, rows, statement.actors, question.only)
        if question.topic.name == "visit" and question.name and question.quantity.how not in ("first", "last"):
            spells = [one for one in spells if _is_of(question.name, one)]
        first = max(domain[0], source.first_year or 0)
        edition = holdings.editions.get(source.dataset, "")
        yield _Set(source.dataset, edition, tuple(spells), (first, domain[1]), source.exhaustive)
    if question.topic.name == "war" and holdings.own and len(statement.actors) > 1:
        yield _Set(OWN, "", tuple(_own_wars(statement.actors, vocabulary)), (1800, datetime.date.max.year), exhaustive=False)


def _tells_of(source: Source, rows: Sequence[TableRow], parties: Sequence[str]) -> bool:
    """Tell whether a dataset of acts has both parties in their parts: visits to one state say nothing of visits to others."""
    return source.form != "directed" or all(
        any(row[column] == code for row in rows) for column, code in zip((source.first, source.second), parties, strict=False)
    )


def _own_wars(pair: Sequence[str], vocabulary: Vocabulary) -> Iterator[Held]:
    first, second = pair[:2]
    for row in vocabulary.instruments.all:
        if fought_each_other(row, first, second):
            years = row.years
            end = datetime.date(years[1], 12, 31) if row.end else OPEN
            yield Held(row.name, first, second, datetime.date(years[0], 1, 1), end, (), row.name)


def _answer(statement: Statement, question: Question, one: _Set) -> Judgement | None:
    """Return what one dataset says to a claim; None where it cannot tell."""
    years = statement.years or one.domain
    if not _touch(years, one.domain):
        return _beyond(statement, one)
    if question.quantity.how in ("first", "last"):
        return _place(statement, question, one)
    if question.length is not None:
        return _length(statement, question, one)
    matching = [held for held in one.spells if _matches(held, question.topic.when, years, one)]
    whole = one.domain[0] <= years[0] or years[0] < 1000
    whole = whole and (years[1] <= one.domain[1] or question.since)
    if question.quantity.how == "none" and question.since:
        # "none since 1984" begins after that of 1984
        matching = [held for held in matching if held.start.year > years[0]]
    if question.quantity.how in ("some", "none"):
        return _whether(statement, question, one, matching, whole=whole)
    return _counted(statement, question, one, matching, whole=whole)


def _whether(statement: Statement, question: Question, one: _Set, matching: Sequence[Held], *, whole: bool) -> Judgement | None:
    asked = question.quantity.how == "some"
    if matching:
        verdict: Verdict = "supported" if asked else "contradicted"
        confidence = FOUND if statement.years else UNDATED
        return _judgement(statement, one, verdict, f"{one.name} has {_listed(matching)}", matching, confidence)
    if not one.exhaustive:
        return None
    only = f" ({question.only})" if question.only else ""
    told = f"{one.name} has no {question.topic.many}{only} of {', '.join(statement.actors)}{_when(statement, one)}"
    if not whole:
        return _beyond(statement, one, told)
    if asked and statement.years is None and question.topic.name not in UNDATED_SILENCE:
        return None
    if asked and one.spells:
        near = sorted(one.spells, key=lambda held: _distance(held, statement.years))[:1]
        return _judgement(statement, one, "contradicted", f"{told}, but {_listed(near)}", near, SILENCE)
    confidence = SILENCE if statement.years else UNDATED
    return _judgement(statement, one, "contradicted" if asked else "supported", told, (), confidence)


def _counted(statement: Statement, question: Question, one: _Set, matching: Sequence[Held], *, whole: bool) -> Judgement | None:
    """Compare a number with the count of the set; of spells that reach into the years, those that begin in them count too."""
    years = statement.years or one.domain
    begun = [held for held in matching if years[0] <= held.start.year <= years[1]]
    quantity = question.quantity
    if question.pieces:
        return _pieces(statement, quantity, one, matching)
    chosen = begun if quantity.fits(len(begun)) and not quantity.fits(len(matching)) else matching
    count = len(chosen)
    told = f"{one.name} has {question.topic.counted(count)}{_when(statement, one)}"
    told += f": {_listed(chosen)}" if chosen else ""
    confidence = WHOLE_SET if statement.years else UNDATED
    if quantity.fits(count) and (whole or quantity.how == "at least"):
        return _judgement(statement, one, "supported", told, chosen, confidence)
    exceeded = quantity.how in ("exactly", "only", "at most") and count > (quantity.number or 0)
    if not one.exhaustive:
        return _judgement(statement, one, "partly", told, chosen, confidence - DISPUTED) if chosen else None
    if whole or exceeded:
        return _judgement(statement, one, "contradicted", told, chosen, confidence)
    return _beyond(statement, one, told)


def _pieces(statement: Statement, quantity: Quantity, one: _Set, matching: Sequence[Held]) -> Judgement | None:
    """Compare a number of pieces with the sum of the rows; one that reaches beyond the years may have given any part."""
    if not matching or statement.years is None:
        return None
    inside = [held for held in matching if statement.years[0] <= held.start.year and held.end.year <= statement.years[1]]
    most, least = sum(held.amount or 0 for held in matching), sum(held.amount or 0 for held in inside)
    alone = [held for held in matching if held.amount is not None and quantity.fits(held.amount)]
    number = quantity.number or 0
    fits = bool(alone) or quantity.fits(most) or quantity.fits(least) or least <= number <= most
    told = f"{one.name} has {most} delivered in {count_of(len(matching), 'order')}: {_listed(alone or matching)}"
    return _judgement(statement, one, "supported" if fits else "contradicted", told, alone or matching, WHOLE_SET)


def _place(statement: Statement, question: Question, one: _Set) -> Judgement | None:
    """Judge a first or a last by the whole set: none may lie before, or after, the one that is meant."""
    named = question.topic.name == "visit" and question.name
    if not one.spells or (statement.years is None and not named):
        return None
    first = question.quantity.how == "first"
    ranked = sorted(one.spells, key=lambda held: held.start, reverse=not first)
    years = statement.years or one.domain
    meant = [held for held in ranked if years[0] <= held.start.year <= years[1] and (not named or _is_of(question.name, held))]
    best = ranked[0]
    told = f"of {len(ranked)} in {one.name}, the {question.quantity.how} is {_listed([best])}"
    told = f"the only one in {one.name} is {_listed([best])}" if len(ranked) == 1 else told
    if meant and meant[0] is best:
        if not one.exhaustive:
            return _judgement(statement, one, "partly", f"{told}, but that list is not complete", [best], UNDATED)
        return _judgement(statement, one, "supported", told, [best], WHOLE_SET)
    if not meant and years[0] < one.domain[0]:
        return _beyond(statement, one, told)
    earlier = bool(meant) or (best.start.year < years[0] if first else best.start.year > years[1])
    if not earlier and not one.exhaustive:
        return None
    return _judgement(statement, one, "contradicted", told, [best, *meant[:1]], WHOLE_SET)


def _is_of(name: str, one: Held) -> bool:
    """Tell whether a row of a traveller is of the person whom a text names."""
    return name.rsplit(maxsplit=1)[-1] in re.split(r"[(:]", one.text)[0]


def _length(statement: Statement, question: Question, one: _Set) -> Judgement | None:
    wanted = question.length
    if wanted is None or wanted.number is None:
        return None
    touching = [held for held in one.spells if statement.years is None or _touch(held.years, statement.years)]
    ended = [held for held in touching if held.end != OPEN]
    lengths = {held.end.year - held.start.year: held for held in ended}
    if not lengths:
        return None
    near = min(lengths, key=lambda years: abs(years - wanted.number))  # type: ignore[operator]
    fits = abs(near - wanted.number) <= YEARS_OFF or wanted.fits(near)
    told = f"{one.name} has {_listed([lengths[near]])}, which is {count_of(near, 'year')}"
    return _judgement(statement, one, "supported" if fits else "contradicted", told, [lengths[near]], WHOLE_SET)


def _matches(one: Held, when: str, years: Years, data: _Set) -> bool:
    if when == "begins":
        first = one.start.year if one.before is None else one.before + 1
        return first <= years[1] and years[0] <= one.start.year
    if when == "ends":
        last = one.end.year if one.after is None else one.after
        return one.end.year < data.domain[1] and one.end.year <= years[1] and years[0] <= last
    return _touch(one.years, years)


def _beyond(statement: Statement, one: _Set, told: str = "") -> Judgement:
    """Say that a dataset does not reach the claim's years: its silence there is none of its own."""
    years = f" ({span(statement.years)})" if statement.years else ""
    reason = f"{one.name} covers {coverage(one.domain)}, which is not all of the years of the claim{years}."
    return Judgement("not covered", f"{reason} Within them, {told}." if told else reason, (), "beyond the record", 0.5)


def _judgement(
    statement: Statement, one: _Set, verdict: Verdict, told: str, spells: Sequence[Held], confidence: float
) -> Judgement:
    agrees = verdict in ("supported", "partly")
    grounds = tuple(
        Ground(
            f"{held.text}: {' and '.join(filter(None, (held.first, held.second)))}, {_dates(held)}",
            dataset=one.name,
            edition=one.edition,
            line=held.lines[0] if held.lines else None,
            agrees=(_dates(held),) if agrees else (),
            differs=() if agrees else (_dates(held),),
        )
        for held in spells[:_SHOWN]
    )
    when = span(statement.years) if statement.years else "the text gives none, so that all of the record count"
    matched = f"by the parties ({', '.join(statement.actors)}), the kind ({statement.act}) and the years ({when})"
    matched += f"; {len(spells)} counted in {one.name}, which covers {coverage(one.domain)}"
    return Judgement(verdict, f"{told[0].upper()}{told[1:]}.", grounds, matched, round(confidence, 2))


def _when(statement: Statement, one: _Set) -> str:
    if statement.years is None:
        years = coverage(one.domain)
        return f" {years}" if years.startswith("from") else f" in {years}"
    first, last = max(statement.years[0], one.domain[0]), min(statement.years[1], one.domain[1])
    return f" in {span((first, last))}"


def _listed(spells: Sequence[Held]) -> str:
    told = [f"{shortened(held.text)} ({_years(held)})" for held in spells[:4]]
    return "; ".join(told) + (f"; and {len(spells) - 4} more" if len(spells) > 4 else "")


def shortened(text: str) -> str:
    """Return a row's words, cut at a word where they are long."""
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(maxsplit=1)[0]} …"


def _years(one: Held) -> str:
    first, last = one.years
    return str(first) if first == last else f"since {first}" if one.end == OPEN else f"{first}-{last}"


def _dates(one: Held) -> str:
    return f"from {one.start}" if one.end == OPEN else f"{one.start} to {one.end}"


def _touch(one: Years, other: Years) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _distance(one: Held, years: Years | None) -> int:
    if years is None:
        return 0
    return max(one.start.year - years[1], years[0] - one.end.year, 0)
