"""Why an event was coded, on trees built by hand: the row that won and those that lost, actors, date, pairs, what differs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from tests.coding.conftest import RULES_ALONE, build_sentence, document_of

import verbale.coding.status
from verbale.coding import code_document
from verbale.coding.explaining import explain
from verbale.coding.explaining.terms import COLUMNS, load_terms
from verbale.coding.judge import Judge
from verbale.coding.proposals import FLOOR
from verbale.coding.roles import How
from verbale.core import (
    EVENT_TYPES,
    Actor,
    Document,
    Estimates,
    Event,
    EventType,
    Evidence,
    Explanation,
    Sentence,
    VerbaleError,
)
from verbale.vocab import load_vocabulary

Story = tuple[Document, list[Sentence], list[Event]]

FIRST = """
In ADP 2 case
1879 NUM 4 obl
Chile PROPN 4 nsubj
attacked VERB 0 root
Peru PROPN 4 obj
. PUNCT 4 punct
"""
PRONOUN = """
It PRON 2 nsubj
launched VERB 0 root
an DET 4 det
attack NOUN 2 obj
on ADP 6 case
Bolivia PROPN 4 nmod
. PUNCT 2 punct
"""
AGENT = """
Peruvian ADJ 2 amod
troops NOUN 5 nsubj NNS
did AUX 5 aux
not PART 5 advmod
attack VERB 0 root VB
Chile PROPN 5 obj
. PUNCT 5 punct
"""
GROUP = """
The DET 3 det
two NUM 3 nummod
countries NOUN 4 nsubj NNS
signed VERB 0 root
a DET 6 det
treaty NOUN 4 obj
. PUNCT 4 punct
"""


def story(*parses: str, date: str | None = None) -> Story:
    sentences: list[Sentence] = []
    for number, lines in enumerate(parses):
        offset = sentences[-1].end + 1 if sentences else 0
        sentences.append(build_sentence(lines, offset=offset, index=number))
    document = document_of(sentences, date=date)
    return document, sentences, code_document(document, sentences, load_vocabulary())


def why(told: Story, event: Event) -> Explanation:
    return explain(event, told[0], told[1], load_vocabulary())


def the(told: Story, **fields: str) -> Event:
    """The one event of a story whose type, source and target are these."""
    found = [
        event
        for event in told[2]
        if fields.items() <= {"type": event.type, "source": event.source.code, "target": event.target.code}.items()
    ]
    assert len(found) == 1, [(event.type, event.source.code, event.target.code) for event in told[2]]
    return found[0]


@pytest.fixture
def war(rules_alone: None) -> Story:
    return story(FIRST, PRONOUN, AGENT, GROUP)


def test_every_event_is_found_again_with_its_confidence(war: Story) -> None:
    assert len(war[2]) >= 4
    for event in war[2]:
        explanation = why(war, event)
        assert explanation.derived
        assert explanation.remarks == ()
        assert explanation.confidence == event.confidence
        act = explanation.act
        assert act is not None
        (pair,) = [pair for pair in act.pairs if pair.is_event]
        assert (pair.source, pair.target, pair.outcome) == (event.source.code, event.target.code, "kept")
        assert pair.probability == event.confidence
        assert [actor.code for actor in act.actors] == [event.source.code, event.target.code]
        assert [actor.entity for actor in act.actors] == [event.source.entity, event.target.entity]
        assert act.entry.lemma == event.trigger
        assert (act.date.start, act.date.text) == ((event.date.start, event.date.text) if event.date else (None, ""))


def test_an_explanation_is_the_same_twice_and_plain_data(war: Story) -> None:
    event = war[2][0]
    assert why(war, event) == why(war, event)
    assert json.loads(json.dumps(asdict(why(war, event)), default=str))["derived"] is True


def test_the_parse_is_told_in_words(war: Story) -> None:
    words = why(war, the(war, type="ASSAULT", source="CHL", target="PER")).words
    assert [(word.text, word.head, word.part_of_speech, word.relation) for word in words[2:5]] == [
        ("Chile", 3, "name", "subject"),
        ("attacked", 3, "verb", "head of the sentence"),
        ("Peru", 3, "name", "object"),
    ]
    assert all(war[0].text[word.start : word.end] == word.text for word in words)


def test_the_winning_row_and_those_that_lost_with_their_reasons(war: Story) -> None:
    act = why(war, the(war, type="ASSAULT", source="CHL", target="PER")).act
    assert act is not None
    assert (act.words, act.shape, act.entry.kind, act.entry.lemma, act.entry.type) == (
        "attacked",
        "a verb",
        "verb",
        "attack",
        "ASSAULT",
    )
    entries = load_vocabulary().actions.verbs["attack"]
    assert act.tried_in_all == len(entries) - 1
    assert act.entry not in [tried.row for tried in act.tried]
    lost = [tried for tried in act.tried if tried.score is None]
    assert lost
    assert all(tried.reason.startswith("it asks for ") or tried.reason.startswith("no particle") for tried in lost)


def test_a_verb_that_carries_a_noun_names_both() -> None:
    told = story(
        PRONOUN.replace("It PRON", "Chile PROPN").replace("launched", "conducted").replace("attack NOUN", "blockade NOUN")
    )
    act = why(told, the(told, target="BOL")).act
    assert act is not None
    assert (act.words, act.shape, act.entry.kind, act.entry.lemma) == (
        "conducted ... blockade",
        "a noun that a verb carries",
        "noun",
        "blockade",
    )


def test_a_pronoun_leads_back_to_the_sentence_that_names_its_state(war: Story) -> None:
    act = why(war, the(war, target="BOL")).act
    assert act is not None
    source = act.actors[0]
    assert (source.way, source.text, source.name) == ("reference", "It", None)
    assert source.earlier is not None
    assert (source.earlier.number, source.earlier.text) == (1, war[1][0].text)
    assert source.meaning == '"It" takes up CHL, last spoken of in sentence 1'


def test_a_name_has_its_row_and_an_agent_its_noun(war: Story) -> None:
    act = why(war, the(war, source="PER", target="CHL", type="ASSAULT")).act
    assert act is not None
    source, target = act.actors
    assert (source.way, source.sector, source.agent) == ("agent", "MIL", "troops (armed forces)")
    assert source.name is not None
    assert (source.name.kind, source.name.code) == ("adjective", "PER")
    assert '"Peruvian troops" acts for PER' in source.meaning
    assert (target.way, target.text, target.at) == ("name", "Chile", 5)
    assert target.name is not None
    assert target.name.kind == "name"
    assert target.meaning.startswith('"Chile" is a name of CHL')


def test_a_denial_says_why(war: Story) -> None:
    act = why(war, the(war, source="PER", target="CHL", type="ASSAULT")).act
    assert act is not None
    assert (act.telling.status, act.telling.why, act.telling.meaning) == ("denied", "negated", "it is negated")


def test_a_date_stands_in_the_clause_or_is_carried_over(war: Story) -> None:
    own = why(war, the(war, type="ASSAULT", source="CHL", target="PER")).act
    later = why(war, the(war, target="BOL")).act
    assert own is not None
    assert later is not None
    assert (own.date.origin, own.date.text, own.date.meaning) == (
        "own clause",
        "1879",
        "it stands in the clause of the act",
    )
    assert later.date.origin == "story"
    assert later.date.earlier is not None
    assert (later.date.earlier.number, later.date.earlier.text) == (1, "1879")
    assert "the story has come to this one" in later.date.meaning


def test_the_document_dates_news_and_nothing_dates_a_story_without_a_year() -> None:
    undated = FIRST.replace("1879 NUM", "Lima PROPN")
    news = story(undated, date="1990-05-02")
    act = why(news, news[2][0]).act
    assert act is not None
    assert "in news, the date of the document counts" in act.date.meaning
    bare = story(undated)
    act = why(bare, bare[2][0]).act
    assert act is not None
    assert (act.date.start, act.date.origin) == (None, "none")


def test_pairs_come_best_first_and_the_losers_say_why(war: Story) -> None:
    act = why(war, the(war, type="ASSAULT", source="CHL", target="PER")).act
    assert act is not None
    probabilities = [pair.probability for pair in act.pairs]
    assert probabilities == sorted(probabilities, reverse=True)
    assert act.weighed >= len(act.pairs)
    won = act.pairs[0]
    assert {cue.name for cue in (*won.speaks_for, *won.speaks_against)} <= RULES_ALONE.weights.keys()
    assert all(cue.weight > 0 for cue in won.speaks_for)
    assert all(cue.weight < 0 for cue in won.speaks_against)
    lost = [pair for pair in act.pairs if pair.outcome != "kept"]
    assert lost
    for pair in lost:
        assert (pair.outcome == "below the floor") == (pair.probability < FLOOR)
        assert not {cue.name for cue in pair.speaks_for} & {cue.name for cue in won.speaks_for}


def test_an_event_that_is_not_found_again_gets_what_the_coder_makes_of_the_sentence(war: Story) -> None:
    other = replace(war[2][0], target=replace(war[2][0].target, code="ECU"), coder="llm")
    explanation = why(war, other)
    assert (explanation.derived, explanation.act, explanation.confidence) == (False, None, None)
    assert [remark.code for remark in explanation.remarks] == ["not-derived"]
    assert [act.words for act in explanation.acts] == ["attacked"]
    assert not any(pair.is_event for pair in explanation.acts[0].pairs)


def test_a_sentence_without_a_parse_is_said_to_have_none() -> None:
    told = story(FIRST, GROUP)
    unparsed = [told[1][0], replace(told[1][1], tokens=())]
    explanation = explain(the(told, type="AGREE"), told[0], unparsed, load_vocabulary())
    assert [remark.code for remark in explanation.remarks] == ["not-read"]
    assert explanation.words == ()


def test_a_party_that_only_the_story_offers_is_told_as_such() -> None:
    told = story(FIRST, FIRST, "Chile PROPN 2 nsubj\nprotested VERB 0 root\n. PUNCT 2 punct")
    act = why(told, the(told, type="ACCUSE")).act
    assert act is not None
    assert (act.actors[1].way, act.actors[1].at) == ("implied", None)
    assert "the sentence does not name it; the story offers PER: " in act.actors[1].meaning
    assert "named 2 times in the document" in act.actors[1].meaning


def test_steps_of_one_estimate_are_one_cue_and_a_denied_act_is_weighed_as_if_done() -> None:
    told = story(AGENT)
    judge = Judge({"act own 0.1": 0.5, "act own 0.3": 0.25, "act told negated": -9.0, "act": 1.0})
    sentence = replace(told[1][0], estimates=estimates_of(told[1][0], at=4, event_type="ASSAULT", probability=0.35))
    explanation = explain(told[2][0], told[0], [sentence], load_vocabulary(), judge=judge)
    pair = explanation.acts[0].pairs[0]
    assert [(cue.name, cue.weight) for cue in pair.speaks_for] == [("act", 1.0), ("act own 0.3", 0.75)]
    assert pair.speaks_against == ()
    assert pair.probability == round(1 / (1 + math.exp(-1.75)), 4)


def test_an_act_that_only_the_model_sees_is_told_as_such() -> None:
    parse = "Chile PROPN 2 nsubj\nzapped VERB 0 root\nPeru PROPN 2 obj\n. PUNCT 2 punct"
    document, (sentence,), coded = story(parse)
    assert coded == []
    seen = replace(sentence, estimates=estimates_of(sentence, at=1, event_type="ASSAULT", probability=0.9))
    event = Event(Evidence(document.document_id, 0, 17, "Chile zapped Peru"), Actor("CHL"), Actor("PER"), "ASSAULT")
    (act,) = explain(event, document, [seen], load_vocabulary()).acts
    assert (act.words, act.seen_by, act.estimate, act.type) == ("zapped", "model", 0.9, "ASSAULT")
    assert (act.entry.object, act.entry.source) == ("", "subject > possessor > by > of")


def test_another_type_that_the_model_sees_in_a_known_word_is_told_apart_from_the_lexicons() -> None:
    document, (sentence, *_), coded = story(FIRST)
    seen = replace(sentence, estimates=estimates_of(sentence, at=3, event_type="ACCUSE", probability=0.9))
    acts = explain(coded[0], document, [seen], load_vocabulary()).acts
    assert [(act.seen_by, act.type, act.entry.type, act.estimate) for act in acts] == [
        ("lexicon", "ASSAULT", "ASSAULT", 0.0),
        ("model", "ACCUSE", "ASSAULT", 0.9),
    ]


def estimates_of(sentence: Sentence, *, at: int, event_type: EventType, probability: float) -> Estimates:
    """Estimates of nothing but one act at one word."""
    words = len(sentence.tokens)
    acts = np.zeros((words, len(EVENT_TYPES)), dtype=np.float32)
    acts[at, EVENT_TYPES.index(event_type)] = probability
    return Estimates(acts, np.zeros((words, words + 1, 2), dtype=np.float32), np.zeros((words, 0, 2), dtype=np.float32))


# the words


def test_every_reason_and_way_of_the_coder_has_a_meaning() -> None:
    source = Path(verbale.coding.status.__file__).read_text(encoding="utf-8")
    reasons = {*re.findall(r'why="([^"]+)"', source), verbale.coding.status.MADE_TO_AGREE}
    terms = load_terms()
    assert len(reasons) > 10
    assert [reason for reason in sorted(reasons) if ("why", reason) not in terms.meanings] == []
    assert [how for how in get_args(How) if ("how", how) not in terms.meanings] == []


@pytest.mark.parametrize(
    ("cue", "meaning"),
    [
        ("act ASSAULT", "the act is of type ASSAULT"),
        ("s rank 0", "the source is the state that the document names most"),
        ("t rank 9", "the target is no state that the document names much"),
        ("t verb way ^xcomp obl:in favour of", 'from a verb to the target: out of the clause that shares its subject, the '
         'phrase with "in favour of"'),
        ("s declared 1", "the entry looks for the source where the actor stands (second place)"),
        ("act strength 0.9", "the lexicon entry is sure"),
        ("a cue that nobody has described", "a cue that nobody has described"),
    ],
)  # fmt: skip
def test_a_cue_is_put_in_words_or_stands_as_it_is(cue: str, meaning: str) -> None:
    assert load_terms().cue(cue) == meaning


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("colour,red,a colour", "field kind: 'colour' is not allowed; allowed is cue, how, label"),
        ("cue,s <what>,something", "field name: 's <what>' is not allowed; allowed is <role>"),
        ("cue,s <shape>,told by {number}", "field meaning: 'told by {number}' is not allowed; allowed is text with {shape}"),
        ("pos,X,", "field meaning: '' is not allowed"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, row: str, words: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match=re.escape(words)) as error:
        load_terms(path)
    assert "terms.csv, line 2" in str(error.value)


def test_explaining_leaves_the_coding_as_it_is(war: Story, code: Callable[..., list[Event]]) -> None:
    why(war, war[2][-1])
    assert code(FIRST, PRONOUN, AGENT, GROUP) == war[2]
