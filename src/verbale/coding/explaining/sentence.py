"""One event's sentence explained: the document is read up to it as the coder reads it, and every step is asked once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.coding.cues import Act
from verbale.coding.document_coder import CODED_BLOCKS, Reading, code_reading, read_through
from verbale.coding.explaining.actors import ActorReader, Said, said
from verbale.coding.explaining.acts import act_words, estimate, is_in_lexicon, lexicon_row, telling, tried_entries
from verbale.coding.explaining.dates import explained_date
from verbale.coding.explaining.pairs import codes_of, weighed_pairs
from verbale.coding.explaining.terms import Terms, load_terms
from verbale.coding.judge import Judge, load_judge
from verbale.coding.parties import Party
from verbale.coding.proposals import FLOOR, Proposal, choose
from verbale.coding.sentence_coder import Draft, weighed_proposals
from verbale.core import Document, Event, Sentence
from verbale.core.explanations import ExplainedAct, ExplainedActor, ExplainedWord, Explanation, Remark

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the parts of one explanation are looked up in."""

    document: Document
    sentences: Sequence[Sentence]
    vocabulary: Vocabulary
    reading: Reading
    actors: ActorReader
    judge: Judge
    terms: Terms


def sentence_of(event: Event, sentences: Sequence[Sentence]) -> int:
    """Return the place of the sentence that an event rests on: the one that most of its quote lies in.

    The quotes of our coder lie in one sentence each; those of others may reach over several.
    """
    evidence = event.evidence
    return max(
        range(len(sentences)),
        key=lambda place: min(evidence.end, sentences[place].end) - max(evidence.start, sentences[place].start),
    )


def explain(
    event: Event, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary, *, judge: Judge | None = None
) -> Explanation:
    """Return why an event was coded; `sentences` are all of its document's, as for `code_document`.

    Those behind the event's own need no parse. Where the present coder does not find the event again, the explanation says what
    it makes of the sentence, with a remark `not-derived`; `not-read` where the sentence has no parse.
    """
    place = sentence_of(event, sentences)
    sentence = sentences[place]
    judge, terms = judge or load_judge(), load_terms()
    before: list[Said] = []
    latest: Reading | None = None
    for reading in read_through(document, sentences, vocabulary):
        if latest is not None:
            before.append(said(latest))
        if reading.sentence.index == sentence.index:
            asked = _Asked(document, sentences, vocabulary, reading, ActorReader(reading, before, terms), judge, terms)
            return _explanation(event, place, asked)
        for _ in code_reading(reading, document, vocabulary):
            pass  # what was told before is a cue for what is told now
        latest = reading
    remark = Remark("not-read", "the parser gave no words for this sentence, so there is nothing to explain")
    return Explanation(event, False, place + 1, sentence.text, (), (), None, FLOOR, (remark,))


def _explanation(event: Event, place: int, asked: _Asked) -> Explanation:
    reading = asked.reading
    proposed = weighed_proposals(reading.tree, reading.phrases, asked.vocabulary, judge=asked.judge)
    told = list(code_reading(reading, asked.document, asked.vocabulary))
    found = next(((draft, coded) for draft, coded in told if coded.event_id == event.event_id), None)
    acts = tuple(_act(asked, act, proposals, told, found) for act, proposals in proposed)
    remarks = []
    if reading.sentence.kind not in CODED_BLOCKS:
        remarks.append(Remark("not-coded-block", f"the sentence stands in a {reading.sentence.kind}, which is not coded"))
    if found is None:
        remarks.append(
            Remark(
                "not-derived",
                "the coder installed here does not find this very event again; below is what it makes of the sentence",
            )
        )
    return Explanation(
        event,
        found is not None,
        place + 1,
        reading.sentence.text,
        _words(asked),
        acts,
        found[1].confidence if found else None,
        FLOOR,
        tuple(remarks),
    )


def _words(asked: _Asked) -> tuple[ExplainedWord, ...]:
    terms = asked.terms
    return tuple(
        ExplainedWord(
            at,
            token.start,
            token.end,
            token.text,
            token.lemma,
            token.pos,
            token.head,
            token.label,
            terms.of("pos", token.pos),
            terms.of("label", token.label),
        )
        for at, token in enumerate(asked.reading.tree.tokens)
    )


def _act(
    asked: _Asked,
    act: Act,
    proposals: Sequence[Proposal],
    told: Sequence[tuple[Draft, Event]],
    found: tuple[Draft, Event] | None,
) -> ExplainedAct:
    tree, phrases, trigger = asked.reading.tree, asked.reading.phrases, act.trigger
    own = [(draft, event) for draft, event in told if draft.trigger == trigger]
    asked_for = found if found is not None and found[0].trigger == trigger else None
    event_codes = (asked_for[0].source.code, asked_for[0].target.code) if asked_for else None
    pairs = weighed_pairs(
        act,
        proposals,
        asked.judge,
        asked.terms,
        told=frozenset((draft.source.code, draft.target.code) for draft, _ in own),
        event=event_codes,
    )
    dating = asked.reading.calendar.dating(tree, trigger, phrases.instruments)
    return ExplainedAct(
        trigger.at,
        act_words(tree, trigger),
        asked.terms.of("shape", act.shape),
        "lexicon" if is_in_lexicon(tree, trigger, asked.vocabulary.actions, phrases.name_words()) else "model",
        estimate(tree, trigger),
        lexicon_row(trigger.entry),
        *tried_entries(tree, trigger, asked.vocabulary.actions),
        telling(tree, act.reading, asked.terms),
        trigger.type,
        act.mutual,
        asked.terms.of("how", act.rule.how),
        _actors(asked, act, proposals, asked_for or (own[0] if own else None)),
        explained_date(asked.document, asked.sentences, dating),
        pairs,
        len(proposals),
    )


def _actors(
    asked: _Asked, act: Act, proposals: Sequence[Proposal], told: tuple[Draft, Event] | None
) -> tuple[ExplainedActor, ...]:
    """Return who source and target are: those of the event, else of the likeliest pair."""
    if told is not None:
        draft, event = told
        parties, actors = (draft.source, draft.target), (event.source, event.target)
    elif proposals:
        best = max(proposals, key=lambda proposal: proposal.weighed)
        choice = next((c for c in choose(act, proposals, asked.judge) if codes_of(c) == codes_of(best)), None)
        parties = (choice.source, choice.target) if choice else (best.source.candidate.party, best.target.candidate.party)
        actors = (parties[0].actor, parties[1].actor)
    else:
        return ()
    source, target = (_standing(party, role, proposals) for party, role in zip(parties, ("source", "target"), strict=True))
    return (asked.actors.explain("source", source, actors[0]), asked.actors.explain("target", target, actors[1]))


def _standing(party: Party, role: str, proposals: Sequence[Proposal]) -> Party:
    """Return a party as it stands in the sentence: one that the rules took from the story may stand there all the same."""
    if party.head >= 0:
        return party
    standings = (proposal.source if role == "source" else proposal.target for proposal in proposals)
    named = (standing.candidate.party for standing in standings if standing.candidate.code == party.code)
    return next((other for other in named if other.head >= 0), party)
