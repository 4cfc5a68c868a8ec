"""Gives each claim its verdict: opinions are not checked, the rest goes to the records of its kind, then to other documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from verbale.core import CheckInfo, Finding, Severity
from verbale.review.claims import (
    agreement,
    battles,
    counted,
    event_rows,
    instruments,
    orders,
    passages,
    ranking,
    signatures,
    standing,
    transfers,
    travels,
    votes,
)
from verbale.review.claims.could_tell import could_tell
from verbale.review.claims.framing import is_hearsay, is_of_others, is_small
from verbale.review.claims.kinds import kind_of
from verbale.review.claims.register import DATASET, rows_of
from verbale.review.claims.statement import Holdings, Judgement, Statement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told import (
    bearing,
    judge_attack,
    judge_closer,
    judge_dates,
    judge_in_war,
    judge_leaving,
    judge_of_treaty,
    judge_told,
    wars,
)
from verbale.review.claims.told.war_record import fought_together, used_force
from verbale.review.claims.told.wars import ALL_WARS
from verbale.review.claims.treaty_particulars import hold_treaty
from verbale.review.claims.war_particulars import hold_war
from verbale.review.claims.wording import worded
from verbale.review.claims.words import load_claim_words
from verbale.review.manuscript import Manuscript
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

INFO: Final = CheckInfo(
    "claim",
    "warning",
    "Claims against the record",
    "What a text states as fact can be held against what records and other documents hold of it.",
)
_SAID: Final = {"partly": "Partly supported"}
_SEVERITIES: Final[dict[str, Severity]] = {"contradicted": "warning", "partly": "warning"}
_UNCHECKED: Final = {
    "opinion": "This is an opinion or a judgement, which no record can bear out; it is marked and not checked.",
    "prediction": "This is a prediction, which no record can bear out yet; it is marked and not checked.",
}
_PAIR: Final = 2
# Of these two states have had many, each of its own years.
_OF_AN_AGE: Final = frozenset({"alliance", "war", "dispute"})
# What a reference stands for is a guess where several states were named before it.
OTHER_READING: Final = 0.15


def judge(statement: Statement, manuscript: Manuscript, holdings: Holdings) -> Judgement:
    """Return the verdict on a claim; of several readings of what it refers to, on the one that a record bears out.

    A reader takes a text at its best: that another state than the likeliest did what is told is no slip of the author's.
    """
    if statement.others and not standing.stands(statement, holdings, manuscript.vocabulary):
        # "it" is none that was no state then, where another may be meant
        statement = next((one for one in statement.others if standing.stands(one, holdings, manuscript.vocabulary)), statement)
    first = _judge_one(statement, manuscript, holdings)
    guessed = _guessed(statement, manuscript.vocabulary)
    if first.verdict in ("supported", "contradicted", "partly") and _far_off(statement):
        return _not_covered(statement, holdings)
    if guessed and (first.verdict == "contradicted" or (first.verdict == "supported" and not first.grounds)):
        first = _not_covered(statement, holdings)  # that nothing is found for a guessed party tells nothing
    if first.verdict == "supported" or not statement.others:
        return first
    for other in statement.others:
        found = _judge_one(other, manuscript, holdings)
        if found.verdict == "supported" and (found.grounds or not guessed):
            how = f"{found.matched}; the sentence was read as one about {', '.join(other.actors)}"
            return replace(found, matched=how, confidence=found.confidence - OTHER_READING)
    if first.verdict == "contradicted":
        return replace(first, confidence=first.confidence - OTHER_READING)
    return first


def _guessed(statement: Statement, vocabulary: Vocabulary) -> bool:
    """Tell whether the two that a record is asked for are a guess: not named in the sentence, which has several readings.

    A record that knows nothing of a pair that the text does not mean neither bears the text out nor denies it.
    """
    if statement.question is None or not any(set(other.actors) != set(statement.actors) for other in statement.others):
        return False
    written = {name.code for mention in vocabulary.actors.find(statement.sentence) for name in mention.names}
    return not set(statement.actors) & written


def _far_off(statement: Statement) -> bool:
    """Tell whether the pair that a record was asked for stands in neither the sentence nor the one before, which has others."""
    telling = statement.telling
    of_allies = statement.question is not None and statement.question.topic.name == "alliance"
    if telling is None or len(statement.actors) < _PAIR or not telling.before or not of_allies:
        return False
    here = {one.code for one in telling.parties if one.kind != "reference"}
    before = telling.before[0]
    there = {one.code for one in before.parties if one.kind != "reference" and one.code in before.states}
    pair = set(statement.actors[:2])
    return bool(there) and not pair & here and not pair & there


def _judge_one(statement: Statement, manuscript: Manuscript, holdings: Holdings) -> Judgement:
    found = _weighed(statement, manuscript, holdings)
    found = hold_war(statement, found, holdings, manuscript.vocabulary)
    found = hold_treaty(statement, found, manuscript.vocabulary)
    found = standing.of_no_state(statement, found, holdings, manuscript.vocabulary)
    found = _in_its_time(statement, found, holdings, manuscript.vocabulary)
    found = _of_one_side(statement, found, holdings, manuscript.vocabulary)
    if found.verdict in ("supported", "partly") and found.grounds and is_hearsay(statement.sentence) and not _by_text(found):
        return _not_covered(statement, holdings)  # that there was a war or a visit does not bear out what is said of it
    if found.verdict == "contradicted" and _turned_round(statement, holdings, manuscript.vocabulary):
        return _not_covered(statement, holdings)
    if found.verdict == "contradicted" and _allies_in_war(statement, holdings):
        return _not_covered(statement, holdings)
    if found.verdict == "contradicted" and _until_then(statement):
        return _not_covered(statement, holdings)
    if found.verdict == "contradicted" and not found.grounds and _is_small_war(statement, holdings):
        return _not_covered(statement, holdings)
    if found.verdict == "contradicted" and statement.act == "war" and is_of_others(statement.sentence):
        return _not_covered(statement, holdings)
    return standing.denied_in_standing(statement, found, holdings, manuscript.vocabulary)


def _turned_round(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> bool:
    """Tell whether a record that has nothing of what one gave another has what it was given by it: who gave was misread."""
    question = statement.question
    if question is None or question.topic.parties != "directed" or question.quantity.how != "some":
        return False
    turned = replace(statement, actors=statement.actors[1::-1])
    found = counted.judge_question(turned, holdings, vocabulary)
    return found is not None and found.verdict == "supported"


def _allies_in_war(statement: Statement, holdings: Holdings) -> bool:
    """Tell whether two who are called allies fought a war of those years on one side: no list of treaties has to have that."""
    question = statement.question
    if question is None or question.topic.name != "alliance" or question.only or statement.years is None:
        return False
    return question.quantity.how == "some" and fought_together(statement.actors[:2], statement.years, holdings)


def _until_then(statement: Statement) -> bool:
    """Tell whether a claim is that there had been none until a time that it does not tell: later ones deny nothing."""
    question = statement.question
    if question is None or question.quantity.how != "none" or statement.years is not None:
        return False
    return load_patterns("claim_told_more.csv")["had-been"].search(statement.sentence) is not None


def _is_small_war(statement: Statement, holdings: Holdings) -> bool:
    """Tell whether two fought a war in those years that the text calls small: lists of wars leave it out for its few dead."""
    question = statement.question
    if question is None or question.topic.name != "war" or question.quantity.how != "some" or statement.years is None:
        return False
    return is_small(statement.sentence) and used_force(statement.actors[:2], statement.years, holdings)


def _by_text(found: Judgement) -> bool:
    """Tell whether a judgement rests on passages of other documents, which may report what people say."""
    return all(one.dataset == "" for one in found.grounds)


def _in_its_time(statement: Statement, found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement; where a claim gives no year, spells of another age than its text tells of do not bear it out."""
    question, telling = statement.question, statement.telling
    if found.verdict != "supported" or question is None or telling is None or question.quantity.how != "some":
        return found
    if question.topic.name not in _OF_AN_AGE:
        return found
    if statement.years is not None:
        domain = holdings.domains.get(found.grounds[0].dataset) if found.grounds else None
        before = question.since and domain is not None and statement.years[0] < domain[0]
        return _not_covered(statement, holdings) if before else found  # what began before the record, and goes on
    years = next((years for one in (telling, *telling.before) if (years := _years_told(one, vocabulary)) is not None), None)
    if years is None:
        return found
    dated = counted.judge_question(replace(statement, years=years), holdings, vocabulary)
    return found if dated is not None and dated.verdict == "supported" else _not_covered(statement, holdings)


def _years_told(telling: Telling, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Return the years that a sentence tells by a date, or by the name of a war or treaty."""
    if telling.moments:
        return telling.moments[0].years
    rows = (vocabulary.instruments.resolve(one, one.year) for one in vocabulary.instruments.find(telling.text))
    return next((row.years for row in rows if row is not None), None)


def _of_one_side(statement: Statement, found: Judgement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement:
    """Return a judgement that an alliance was not; one that the record has of that kind for one of the two is so in part."""
    question = statement.question
    if found.verdict != "contradicted" or question is None or question.topic.name != "alliance" or not question.only:
        return found
    if question.quantity.how != "some":
        return found
    strict = counted.judge_question(statement, holdings, vocabulary)
    whole = counted.judge_question(replace(statement, question=replace(question, only="")), holdings, vocabulary)
    if strict is None or strict.verdict != "contradicted" or whole is None or whole.verdict != "supported":
        return found
    rows = holdings.tables.get(signatures.ALLIANCES, ())
    lines = {one.line for one in whole.grounds if one.dataset == signatures.ALLIANCES}
    numbers = {row["version4id"] for row in rows if row["line"] in lines}
    of_kind = any(
        row[question.only] and row["version4id"] in numbers and row["code"] in statement.actors[:2]
        for row in rows
        if question.only in row
    )
    return (
        replace(whole, verdict="partly", reason=f"{whole.reason} It binds only one of the two to that.") if of_kind else found
    )


def _weighed(statement: Statement, manuscript: Manuscript, holdings: Holdings) -> Judgement:
    if statement.kind in _UNCHECKED:
        return Judgement("uncheckable", _UNCHECKED[statement.kind], matched="by its words", confidence=0.6)
    of_war = _of_war(statement) or statement.war is not None
    attack = judge_attack(statement, holdings, manuscript.vocabulary) if of_war else None
    if attack is not None:
        return attack
    if statement.war is not None and statement.war.dated == "ended":
        peace = judge_of_treaty(statement, holdings, manuscript.vocabulary)
        if peace is not None:
            return peace  # "the war ended with the treaty signed in May": the fighting may have ended before
    found = _by_records(statement, manuscript, holdings)
    in_war = judge_in_war(statement, holdings, manuscript.vocabulary) if _of_war(statement) else None
    if in_war is not None and (in_war.verdict != "supported" or found is None or found.verdict in ("not covered", "partly")):
        return in_war
    treaty = judge_of_treaty(statement, holdings, manuscript.vocabulary) if _of_war(statement) else None
    how = "" if found is None else found.verdict
    if treaty is not None and how != "contradicted" and (how, treaty.verdict) != ("supported", "supported"):
        return treaty
    told = judge_told(statement, holdings, manuscript.vocabulary) if found is None or found.verdict == "not covered" else None
    if told is not None:
        return told
    if found is not None and found.verdict == "supported" and statement.telling is not None and _tells_war(statement):
        more = wars.judge_wars(statement.telling, holdings, manuscript.vocabulary)  # it was fought; who won, and how many died?
        if more is not None and (more.verdict in ("partly", "contradicted") or more.matched == ALL_WARS):
            return more
    if found is not None and found.verdict == "partly" and statement.pact is not None:
        of_each = judge_dates(statement, holdings, manuscript.vocabulary)  # of several dates the finder reads one
        found = of_each if of_each is not None and of_each.verdict == "supported" else found
    if found is not None and found.verdict in ("supported", "contradicted"):
        found = judge_closer(statement, holdings, manuscript.vocabulary) or found
    if found is None or found.verdict == "not covered":
        found = passages.judge_by_passages(statement, holdings) or event_rows.judge_by_event_data(statement, holdings) or found
    if found is not None:
        return bearing.in_degree(statement, found)
    if (
        not statement.act
        and statement.years is None
        and not statement.actors
        and statement.kind not in ("attribution", "event")
    ):
        reason = "It names no act, no date and no number that could be looked up in a record."
        return Judgement("uncheckable", reason, matched="by its words", confidence=0.6)
    return _not_covered(statement, holdings)


def finding(statement: Statement, manuscript: Manuscript, holdings: Holdings) -> Finding:
    """Return a claim with its verdict as a finding of the check `claim`."""
    result = worded(judge(statement, manuscript, holdings), statement.years, manuscript.vocabulary, holdings)
    kind = kind_of(statement)
    evidence = statement.evidence
    return Finding(
        INFO.check,
        _SEVERITIES.get(result.verdict, "note"),
        manuscript.evidence(evidence.start, evidence.end),
        f"{_SAID.get(result.verdict, result.verdict.capitalize())} ({kind}). {result.reason}",
        claim=replace(statement.claim(), kind=kind),
        verdict=result.verdict,
        grounds=result.grounds,
        matched=result.matched,
        confidence=round(result.confidence, 2),
    )


def _by_records(statement: Statement, manuscript: Manuscript, holdings: Holdings) -> Judgement | None:
    vocabulary = manuscript.vocabulary
    if statement.act.startswith("largest "):
        return ranking.judge_ranking(statement, holdings)
    if statement.war is not None:
        return battles.judge_war_claim(statement, holdings, vocabulary)
    if statement.pact is not None:
        told = signatures.judge_pact(statement, holdings, vocabulary)
        return told or (counted.judge_question(statement, holdings, vocabulary) if statement.question else None)
    if statement.trip is not None:
        return travels.judge_trip(statement, holdings)
    if statement.question is not None and statement.question.topic.name == "voting":
        return agreement.judge_agreement(statement, holdings)
    if statement.question is not None:
        return counted.judge_question(statement, holdings, vocabulary) or instruments.judge_signing(
            statement, holdings, vocabulary
        )
    if statement.ballot is not None:
        return votes.judge_ballot(statement, holdings)
    if statement.act == "received":
        return transfers.judge_received(statement, holdings)
    if statement.weapons or statement.deal is not None:
        return _by_register(statement, holdings, vocabulary)
    if statement.instrument is not None:
        named = instruments.judge_named(statement, holdings, vocabulary)
        if named is not None and named.verdict == "contradicted" and statement.telling is not None:
            named = judge_leaving(statement.telling, named, holdings, vocabulary)
        return named or instruments.judge_war(statement, holdings, vocabulary)
    event = statement.event
    if event is not None and event.type == "ASSAULT" and not statement.negated and _is_war(event.trigger):
        return instruments.judge_war(statement, holdings, vocabulary)
    return instruments.judge_signing(statement, holdings, vocabulary)


def _by_register(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a claim about arms first against the order whose year it tells, else against all between the two."""
    told = orders.judge_deal(statement, holdings)
    if statement.deal is not None and statement.years is None:  # "in 2006 and 2007": the deal has read which years are which
        years = statement.deal.window if statement.act == "deliver" else statement.deal.ordered
        statement = replace(statement, years=years if years and years[0] else None)
    # when the first came, how many of each model and how many by then, only the deal asks
    deal = statement.deal
    more = deal is not None and (deal.begun or deal.ended or deal.each or deal.arrived is not None)
    # "bought in 1980": without the year of which the deal leaves open what it dates, any order would bear it out
    more = more or (deal is not None and deal.either is not None and statement.years is None)
    if told is not None and (told.verdict == "supported" or more):
        return told
    found = transfers.judge_transfer(statement, holdings, vocabulary) if statement.weapons else None
    if found is None or (told is not None and told.verdict == "contradicted" and found.verdict != "supported"):
        return told
    # the register's comments tell of orders that its rows replaced
    return found if told is None or found.verdict == "supported" else told


def _of_war(statement: Statement) -> bool:
    """Tell whether a claim may be one of a war or treaty: none of arms, votes or travels, nor one that is read whole."""
    told = statement.ballot or statement.trip or statement.deal or statement.weapons
    read = statement.war is not None and statement.war.dated not in ("joined", "fought")
    return not told and not read


def _tells_war(statement: Statement) -> bool:
    """Tell whether a claim is that two states were at war, by a finder of wars or by the act that was coded."""
    event = statement.event
    words = load_claim_words().lists["war-words"]
    return statement.act == "war" or (event is not None and event.type == "ASSAULT" and event.trigger.lower() in words)


def _is_war(trigger: str) -> bool:
    """Tell whether an act's word says that two states were at war: a massacre or a shelling may be one act without a war."""
    lists = load_claim_words().lists
    return trigger.lower() in {*lists["war-acts"], *lists["war-words"]}


def _not_covered(statement: Statement, holdings: Holdings) -> Judgement:
    """Say that nothing installed can tell, and which datasets of the years could."""
    near = ""
    if (
        statement.act == "refuse"
        and DATASET in holdings.tables
        and not rows_of(holdings, statement.actors[:2], statement.weapons)
    ):
        near = f" SIPRI's register has no order of {', '.join(statement.weapons)} between the two; it tells no refusals."
    return Judgement("not covered", f"{could_tell(statement, holdings)}{near}", matched="no row was found", confidence=0.5)
