"""How pairs of actors are weighed: cues with weights, candidates, estimates, and tables of weights that cannot be used."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.coding.candidates import Ways
from verbale.coding.document_coder import Reading, read_through
from verbale.coding.estimated import estimated_triggers, likeliest
from verbale.coding.judge import SHIFT, SLOPE, START, Judge, load_judge
from verbale.coding.proposals import FLOOR, choose
from verbale.coding.sentence_coder import sentence_proposals
from verbale.coding.tree import Tree
from verbale.coding.triggers import find_triggers
from verbale.core import EVENT_TYPES, Block, Document, Estimates, Sentence, VerbaleError
from verbale.vocab import load_vocabulary

Builder = Callable[..., Sentence]

ACCUSED = """
    Chile PROPN 2 nsubj
    accused VERB 0 root
    Peru PROPN 2 obj
    """
BLORTED = """
    Chile PROPN 2 nsubj
    blorted VERB 0 root
    Peru PROPN 2 obj
    """


def estimates(words: int, *, act: int, kind: str, probability: float) -> Estimates:
    """Return estimates that see one act and no parts."""
    acts = np.zeros((words, len(EVENT_TYPES)), dtype=np.float32)
    acts[act, EVENT_TYPES.index(kind)] = probability
    return Estimates(acts, np.zeros((words, words + 1, 2), dtype=np.float32), np.zeros((words, 0, 2), dtype=np.float32))


def reading_of(sentence: Sentence) -> Reading:
    """Return a built sentence as the coder reads it."""
    document = Document("built", sentence.text, (Block(0, len(sentence.text)),))
    return next(iter(read_through(document, [sentence], load_vocabulary())))


def test_cues_without_a_weight_say_nothing() -> None:
    judge = Judge({"a": 1.5, "b": -0.5})
    assert judge.sum(["a", "b", "c"]) == 1.0


@given(st.floats(-1e6, 1e6), st.floats(-50, 50))
def test_a_probability_lies_between_0_and_1_and_rises_with_the_sum(total: float, more: float) -> None:
    judge = Judge({START: -2.0, SLOPE: 0.9, SHIFT: 0.1})
    low, high = sorted((judge.probability(total), judge.probability(total + abs(more))))
    assert 0 < low <= high < 1


def test_a_sum_of_nought_is_what_every_judgement_starts_from() -> None:
    judge = Judge({START: -2.0})
    assert math.isclose(judge.probability(0.0), 1 / (1 + math.exp(2.0)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("cue,weight\nact,much\n", "line 2: 'much' is no number"),
        ("cue,weight\nact,nan\n", "line 2: 'nan' is not finite"),
        ("cue,weight\nact,1.0\nother\n", "line 3"),
        ("name,weight\nact,1.0\n", "the file"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "weights.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VerbaleError, match="install Verbale again") as caught:
        load_judge(path)
    assert caught.value.code == "weights-malformed"
    assert reason in str(caught.value)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match=r"the weights in .*none\.csv cannot be used"):
        load_judge(tmp_path / "none.csv")


def test_the_packages_weights_are_checked_and_hold_what_every_judgement_needs() -> None:
    assert {START, SLOPE, SHIFT} <= load_judge().weights.keys()


def test_every_pair_is_proposed_and_the_likelier_direction_is_kept(sentence: Builder) -> None:
    reading = reading_of(sentence(ACCUSED))
    judge = load_judge()
    ((act, proposals),) = sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=judge)
    assert {(one.source.candidate.code, one.target.candidate.code) for one in proposals} == {("CHL", "PER"), ("PER", "CHL")}
    (choice,) = choose(act, proposals, judge)
    assert (choice.source.code, choice.target.code) == ("CHL", "PER")
    assert choice.probability >= FLOOR


def test_a_judge_that_doubts_everything_keeps_nothing(sentence: Builder) -> None:
    reading = reading_of(sentence(ACCUSED))
    doubter = Judge({START: -9.0})
    ((act, proposals),) = sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=doubter)
    assert choose(act, proposals, doubter) == []


def test_a_word_without_an_entry_is_an_act_where_the_estimates_say_so(sentence: Builder) -> None:
    built = sentence(BLORTED)
    assert find_triggers(Tree(built), load_vocabulary().actions) == []
    seen = replace(built, estimates=estimates(3, act=1, kind="ACCUSE", probability=0.9))
    (trigger,) = estimated_triggers(Tree(seen), [], frozenset())
    assert (trigger.at, trigger.verb, trigger.type) == (1, 1, "ACCUSE")
    doubted = replace(built, estimates=estimates(3, act=1, kind="ACCUSE", probability=0.05))
    assert estimated_triggers(Tree(doubted), [], frozenset()) == []


def test_an_entry_gives_way_to_another_type_only_where_the_estimates_are_sure(sentence: Builder) -> None:
    built = sentence(ACCUSED)
    known = find_triggers(Tree(built), load_vocabulary().actions)
    sure = replace(built, estimates=estimates(3, act=1, kind="THREATEN", probability=0.8))
    assert [trigger.type for trigger in estimated_triggers(Tree(sure), known, frozenset())] == ["THREATEN"]
    unsure = replace(built, estimates=estimates(3, act=1, kind="THREATEN", probability=0.3))
    assert estimated_triggers(Tree(unsure), known, frozenset()) == []


def test_the_likeliest_type_of_a_word() -> None:
    assert likeliest(estimates(2, act=1, kind="AID", probability=0.75), 1) == ("AID", 0.75)


def test_an_act_that_was_told_before_is_a_cue(sentence: Builder) -> None:
    first = sentence("Chile PROPN 2 nsubj\ninvaded VERB 0 root\nPeru PROPN 2 obj")
    second = sentence(
        """
        The DET 2 det
        invasion NOUN 7 nsubj
        of ADP 4 case
        Peru PROPN 2 nmod
        by ADP 6 case
        Chile PROPN 2 nmod
        ended VERB 0 root
        """,
        offset=first.end + 1,
        index=1,
    )
    text = f"{first.text} {second.text}"
    document = Document("built", text, (Block(0, len(text)),))
    cues: list[set[str]] = []
    for reading in read_through(document, [first, second], load_vocabulary()):
        for act, proposals in sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=load_judge()):
            best = max(proposals, key=lambda proposal: proposal.score)
            cues.append(set(best.cues))
            reading.memory.note_told("CHL", "PER", act.reading.type)
    assert "p told before noun" not in cues[0]
    assert "p told before noun" in cues[1]


def test_ways_through_the_tree_name_prepositions_and_pass_over_coordination(sentence: Builder) -> None:
    tree = Tree(
        sentence(
            """
            Chile PROPN 2 nsubj
            protested VERB 0 root
            to ADP 4 case
            Peru PROPN 2 obl
            and CCONJ 6 cc
            Bolivia PROPN 4 conj
            """
        )
    )
    ways = Ways(tree)
    assert ways.way(1, 0) == "nsubj"
    assert ways.way(1, 3) == ways.way(1, 5) == "obl:to"
    assert ways.way(0, 3) == "^nsubj obl:to"
