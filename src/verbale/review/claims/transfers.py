"""Judges claims about arms: orders, cancellations, deliveries, delays, and how the model delivered compares to the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.core import Ground, Verdict
from verbale.core.wording import count
from verbale.review.claims.register import DATASET, OF_ORDER, Fact, facts, ground, mark, names, rows_of, value
from verbale.review.claims.statement import Holdings, Judgement, Statement, span
from verbale.review.claims.wording import phrases, runs
from verbale.vocab import Vocabulary

# The register tells years, and a row is found by both states and the designation: what remains is another deal of the same.
EXACT = 0.9
# A year that the register marks as uncertain, or an undated claim, leaves more open.
LOOSE = 0.65
# That a row has another year than the text may also mean a deal that the register lacks.
OTHER_YEAR = 0.6
# The register aims at all transfers of major arms since 1950; what it does not know of may still have been.
SILENCE: Final = 0.65
PAIR: Final = 2
# Half of the register's orders are first delivered after a year, nine in ten within four (median 1, ninth decile 4, of 29,515
# orders in the edition of March 2025): what takes longer was late.
USUAL_YEARS = 4


def judge_transfer(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim about arms against the register; None where the register has no row that could tell."""
    rows = rows_of(holdings, statement.actors[:2], statement.weapons)
    found = facts(rows)
    if not found:
        if statement.negated:
            return _nothing(statement, holdings) if statement.act == "deliver" else None
        return _of_another(statement, holdings, vocabulary)
    if statement.act in ("lower", "higher"):
        return _model(statement, found, holdings)
    if statement.act == "delay":
        return _delay(statement, found, holdings)
    if statement.act == "refuse":
        return None
    if statement.negated:
        return _not_delivered(statement, found, holdings)
    return _dated(statement, found, holdings, vocabulary)


def _of_another(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Contradict an order or a delivery that one of the two had, in the same years, from somebody else; None where none is."""
    if statement.act not in ("order", "deliver") or statement.years is None:
        return None
    written = {name.code for mention in vocabulary.actors.find(statement.sentence) for name in mention.names}
    if not set(statement.actors[:2]) <= written:  # a party that is only taken from a sentence before may be the wrong one
        return None
    column = "year" if statement.act == "order" else "delivery_years"
    first, last = statement.years
    found = [
        row
        for row in holdings.tables.get(DATASET, ())
        if row["target"] in statement.actors[:2]
        and any(names(weapon, row["weapon"] or "") for weapon in statement.weapons)
        and any(first <= year <= last for year in (row[column] if isinstance(row[column], list) else (row[column],)) if year)
    ]
    if not found:
        return None
    grounds = tuple(ground(row, holdings, (), (f"supplier: {row['supplier']}",)) for row in found)
    suppliers = ", ".join(dict.fromkeys(row["supplier"] for row in found))
    told = f"SIPRI's register has no {', '.join(statement.weapons)} between the two, and one of them had it from {suppliers}."
    return Judgement("contradicted", told, grounds, _how(statement), OTHER_YEAR)


def _nothing(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Support that nothing was delivered where the register, which has major arms of all states, has no such order."""
    if len(statement.actors) < PAIR or not holdings.tables.get(DATASET):
        return None
    what = ", ".join(statement.weapons)
    told = f"SIPRI's register has no order of {what} between the two, up to its edition."
    return Judgement("supported", told, (), _how(statement), SILENCE)


def _dated(statement: Statement, found: Sequence[Fact], holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    same = [fact for fact in found if fact.act == statement.act]
    if not same:
        if statement.act != "deliver":
            return None
        none = tuple(ground(fact.row, holdings, differs=("delivered: none",)) for fact in found if fact.act == "order")
        return Judgement("contradicted", "SIPRI's register has the order, and no delivery.", none, _how(statement), OTHER_YEAR)
    fitting = [fact for fact in same if _fits(fact, statement)]
    chosen = fitting or same
    grounds: list[Ground] = []
    column = "delivered" if statement.act == "deliver" else "ordered"
    sums = {sum(fact.row[column] or 0 for fact in facts if not fact.comment) for facts in (fitting, same)}
    for fact in chosen:
        told = f"{statement.act}: {', '.join(map(str, fact.years))}{'?' if fact.uncertain else ''}, {fact.model}"
        agrees, differs = ([told], []) if fact in fitting else ([], [told])
        if fact.by:
            codes = {name.code for mention in vocabulary.actors.find(fact.by) for name in mention.names}
            (agrees if not statement.actors or statement.actors[0] in codes else differs).append(f"cancelled by: {fact.by}")
        giver = statement.event.source.code if statement.event else ""
        if giver:
            (agrees if fact.row["source"] == giver else differs).append(f"supplier: {fact.row['supplier']}")
        if statement.count is not None and not fact.comment:
            number = fact.row[column]
            fits = number == statement.count or statement.count in sums
            (agrees if fits else differs).append(f"number: {number}")
        if fact.comment:
            agrees.append("told in the register's comment")
        grounds.append(ground(fact.row, holdings, agrees, differs))
    verdict: Verdict = "contradicted"
    confidence = OTHER_YEAR
    if fitting:
        verdict = "supported" if any(not one.differs for one in grounds) else "partly"
        if all(any(text.startswith("supplier") for text in one.differs) for one in grounds):
            verdict = "contradicted"
        sure = statement.years is not None and any(not fact.uncertain for fact in fitting)
        confidence = EXACT if sure else LOOSE
    elif statement.act == "order":
        verdict = "partly"  # the register has rows for what was delivered; an order that came to nothing need not be there
    parts = [text for one in grounds for text in ((*one.differs, *one.agrees) if verdict == "supported" else one.differs)]
    return Judgement(verdict, f"In SIPRI's register: {phrases(parts)}.", tuple(grounds), _how(statement), confidence)


def _fits(fact: Fact, statement: Statement) -> bool:
    if statement.years is None:
        return True
    first, last = statement.years
    slack = 1 if fact.uncertain and fact.act == "order" else 0
    return any(first - slack <= year <= last + slack for year in fact.years)


def _model(statement: Statement, found: Sequence[Fact], holdings: Holdings) -> Judgement | None:
    """Compare the model delivered to the one ordered before, by the register's own value and by the mark of one series."""
    for delivered in (fact for fact in found if fact.act == "deliver"):
        for ordered in (fact for fact in found if fact.act == "order" and fact.comment and fact.row is delivered.row):
            if names(ordered.model, delivered.model) and names(delivered.model.split(" ")[0], ordered.model):
                continue
            higher, how = _compare(delivered.model, ordered.model, holdings)
            if higher is None:
                continue
            fits = higher == (statement.act == "higher")
            told = f"delivered: {delivered.model}; ordered {ordered.years[0]}: {ordered.model}; {how}"
            one = ground(delivered.row, holdings, (told,) if fits else (), () if fits else (told,))
            word = "higher" if higher else "lower"
            reason = (
                f"SIPRI's register has {delivered.model} delivered in place of {ordered.model}, ordered in {ordered.years[0]}: "
                f"the delivered model is the {word} one ({how})."
            )
            verdict: Verdict = "supported" if fits else "contradicted"
            return Judgement(verdict, reason, (one,), _how(statement), 0.85 if "value" in how else LOOSE)
    return None


def _compare(one: str, other: str, holdings: Holdings) -> tuple[bool | None, str]:
    """Return whether the first model is the higher one, and by what; None where nothing tells."""
    values = value(one.split(" ", maxsplit=1)[0], holdings), value(other, holdings)
    marks = mark(one), mark(other)
    if values[0] is not None and values[1] is not None and values[0] != values[1]:
        return values[0] > values[1], f"the register's trend-indicator value of one is {values[0]:g}, against {values[1]:g}"
    if marks[0] and marks[1] and marks[0][0] == marks[1][0] and marks[0][1] != marks[1][1]:
        return marks[0][1] > marks[1][1], "the later mark of the same series" if marks[0][1] > marks[1][
            1
        ] else "the earlier mark of the same series"
    return None, ""


def _delay(statement: Statement, found: Sequence[Fact], holdings: Holdings) -> Judgement | None:
    ordered = [fact for fact in found if fact.act == "order"]
    delivered = [fact for fact in found if fact.act == "deliver"]
    if not delivered or not ordered:
        return None
    first, last = min(fact.years[0] for fact in ordered), min(min(fact.years) for fact in delivered)
    took = last - first
    told = f"first ordered in {first}, first delivered in {last}: {count(took, 'year')}"
    fits = took > USUAL_YEARS if statement.count is None else took == statement.count
    grounds = [
        ground(fact.row, holdings, (told,) if fits else (), () if fits else (told,))
        for fact in found
        if (fact.act == "order" and fact.years[0] == first) or (fact.act == "deliver" and min(fact.years) == last)
    ]
    unique = tuple({one.line: one for one in grounds}.values())
    usual = f" (Of ten orders in the register, nine are first delivered within {USUAL_YEARS} years.)"
    reason = f"In SIPRI's register: {told}.{usual if statement.count is None else ''}"
    return Judgement("supported" if fits else "contradicted", reason, unique, _how(statement), 0.8)


def _not_delivered(statement: Statement, found: Sequence[Fact], holdings: Holdings) -> Judgement | None:
    if statement.unit == OF_ORDER and statement.years:
        first, last = statement.years
        found = [
            fact
            for fact in found
            if first - bool(fact.row["year_uncertain"]) <= fact.row["year"] <= last + bool(fact.row["year_uncertain"])
        ]
        if not found:
            return None
    delivered = [fact for fact in found if fact.act == "deliver"]
    if statement.unit != OF_ORDER:
        delivered = [fact for fact in delivered if _fits(fact, statement)]
    if delivered:
        grounds = tuple(
            ground(fact.row, holdings, differs=(f"delivered: {', '.join(map(str, fact.years))}",)) for fact in delivered
        )
        when = runs(year for fact in delivered for year in fact.years)
        return Judgement("contradicted", f"SIPRI's register has deliveries in {when}.", grounds, _how(statement), OTHER_YEAR)
    grounds = tuple(ground(fact.row, holdings, agrees=("delivered: none",)) for fact in found if not fact.comment)
    return Judgement(
        "supported",
        "SIPRI's register has the order, and no delivery as far as it goes.",
        grounds,
        _how(statement),
        EXACT,
    )


def judge_received(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold "A, B and C received X and Y from S" against the register: each recipient must have a delivery of one of them."""
    supplier, *recipients = statement.actors
    grounds: list[Ground] = []
    without = []
    for recipient in recipients:
        rows = [row for row in rows_of(holdings, (supplier, recipient), statement.weapons) if row["delivered"]]
        if not rows:
            without.append(recipient)
        for row in rows:
            years = ", ".join(map(str, row["delivery_years"]))
            grounds.append(ground(row, holdings, (f"{recipient}: {row['delivered']} {row['weapon']} delivered in {years}",)))
    if not grounds:
        return None
    with_them = [code for code in recipients if code not in without]
    reason = f"SIPRI's register has deliveries of {' or '.join(statement.weapons)} by {supplier} to {', '.join(with_them)}"
    reason += f", and none to {', '.join(without)}." if without else "."
    return Judgement("partly" if without else "supported", reason, tuple(grounds), _how(statement), 0.8)


def _how(statement: Statement) -> str:
    who, what = ", ".join(statement.actors[:2]), ", ".join(statement.weapons)
    when = span(statement.years) if statement.years else "the text gives none"
    return f"by the two states ({who}), the designation ({what}) and the year ({when})"
