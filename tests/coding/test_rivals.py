"""The second look: trees read from a table, what they may ask of a pair, and what they do to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.coding.document_coder import Reading, read_through
from verbale.coding.judge import START, Judge, load_judge
from verbale.coding.rivals import Rivals, rival_facts, weighed_again
from verbale.coding.sentence_coder import sentence_proposals, weighed_proposals
from verbale.coding.trees import FACTS, Node, Trees, laid, load_trees
from verbale.core import Block, Document, Sentence, VerbaleError
from verbale.vocab import load_vocabulary

Builder = Callable[..., Sentence]

TWO_ACTS = """
    Chile PROPN 2 nsubj
    accused VERB 0 root
    Peru PROPN 2 obj
    and CCONJ 5 cc
    invaded VERB 2 conj
    Bolivia PROPN 5 obj
    """
HEADER = "tree,node,fact,bound,low,high,value\n"
STUMP = "-1,0,,,,,0.25\n0,0,chance,0.5,1,2,\n0,1,,,,,-1.5\n0,2,,,,,2\n"


def reading_of(sentence: Sentence) -> Reading:
    """Return a built sentence as the coder reads it."""
    document = Document("built", sentence.text, (Block(0, len(sentence.text)),))
    return next(iter(read_through(document, [sentence], load_vocabulary())))


def facts_of(**told: float) -> list[float]:
    """Return a row of facts; what is not told is 0."""
    return [told.get(name.replace(" ", "_"), 0.0) for name in FACTS]


def written(folder: Path, rows: str) -> Path:
    """Write a table of trees."""
    path = folder / "rivals.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_trees_add_up_what_their_leaves_say(tmp_path: Path) -> None:
    trees = load_trees(written(tmp_path, STUMP + "1,0,mutual,0,1,2,\n1,1,,,,,0\n1,2,,,,,10\n"))
    rows = [facts_of(chance=0.5), facts_of(chance=0.51), facts_of(chance=0.9, mutual=1)]
    assert trees.sum(np.array(rows)).tolist() == [-1.25, 2.25, 12.25]


def test_a_tree_may_be_a_single_leaf_beside_deep_ones(tmp_path: Path) -> None:
    deep = "1,0,chance,0.5,1,2,\n1,1,,,,,1\n1,2,rank,1,3,4,\n1,3,,,,,2\n1,4,,,,,3\n"
    trees = load_trees(written(tmp_path, "0,0,,,,,0.5\n" + deep))
    assert trees.depth == 2
    assert trees.sum(np.array([facts_of(chance=0.9, rank=2), facts_of(chance=0.1)])).tolist() == [3.5, 1.5]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("0,0,weather,0.5,1,2,\n", "line 2: 'weather' is no fact of a pair"),
        ("0,0,chance,0.5,0,2,\n", "does not lead on"),
        ("0,0,chance,0.5,1,2,\n0,1,,,,,1\n", "leads nowhere"),
        ("0,0,,,,,inf\n", "'inf' is not finite"),
        ("0,0,,,,,much\n", "much"),
        ("1,0,,,,,1\n", "not numbered from 0"),
        ("0,0,,,,,1\n0,2,,,,,1\n", "the nodes of tree 0"),
        ("", "not numbered from 0"),
    ],
)
def test_trees_that_cannot_be_used_are_refused(tmp_path: Path, rows: str, reason: str) -> None:
    with pytest.raises(VerbaleError, match="install Verbale again") as caught:
        load_trees(written(tmp_path, rows))
    assert caught.value.code == "weights-malformed"
    assert reason in str(caught.value)


def test_the_packages_trees_are_read_and_none_asks_more_than_it_may() -> None:
    trees = load_judge().rivals
    assert trees is not None
    assert trees.depth <= 7
    assert all(0 <= node.fact < len(FACTS) for tree in trees.nodes for node in tree.values())


chances = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), min_size=1, max_size=12)


@given(chances)
def test_the_best_of_the_others_is_the_highest_chance_beside_ones_own(pairs: Sequence[tuple[str, float]]) -> None:
    keys = [key for key, _ in pairs]
    rivals = Rivals([chance for _, chance in pairs])
    for at, best in enumerate(rivals.best_other(keys)):
        others = [chance for place, (key, chance) in enumerate(pairs) if key == keys[at] and place != at]
        assert best == max(others, default=0.0)


@given(chances)
def test_ranks_of_a_group_add_up_whatever_is_equally_likely(pairs: Sequence[tuple[str, float]]) -> None:
    keys = [key for key, _ in pairs]
    rivals = Rivals([chance for _, chance in pairs])
    ranks, counts = rivals.ranks(keys), rivals.counts(keys)
    for key in set(keys):
        own = [rank for rank, other in zip(ranks, keys, strict=True) if other == key]
        assert math.isclose(sum(own), len(own) * (len(own) + 1) / 2)
        assert counts[keys.index(key)] == len(own)


def test_a_pair_is_seen_beside_the_other_pairs_of_its_act_and_the_other_acts(sentence: Builder) -> None:
    reading = reading_of(sentence(TWO_ACTS))
    judge = load_judge()
    acts = list(sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=judge))
    facts = rival_facts(acts, reading.phrases, judge)
    pairs = [(act.trigger.type, one.source.candidate.code, one.target.candidate.code) for act, found in acts for one in found]
    by_pair = {pair: dict(zip(FACTS, row, strict=True)) for pair, row in zip(pairs, facts.tolist(), strict=True)}
    accused, turned = by_pair["ACCUSE", "CHL", "PER"], by_pair["ACCUSE", "PER", "CHL"]
    assert accused["rank"] == 1.0
    assert accused["turned"] == turned["chance"]
    assert turned["best other pair"] == accused["chance"]
    assert by_pair["ACCUSE", "CHL", "BOL"]["best other target"] == accused["chance"]
    assert by_pair["ACCUSE", "BOL", "PER"]["best other source"] == accused["chance"]
    # Who invaded Bolivia is no rival of who accused Peru, but Chile and Peru might have been meant by either verb.
    assert accused["best same actors"] == max(
        fact["chance"] for pair, fact in by_pair.items() if {*pair[1:]} == {"CHL", "PER"} and fact is not accused
    )
    assert math.isclose(accused["told in sentence"], sum(fact["chance"] for fact in by_pair.values()))
    assert {fact["pairs"] for fact in by_pair.values()} == {6.0}
    assert accused["named"] == 3.0
    assert accused["alone"] == 1.0


def test_trees_decide_and_a_judge_without_them_keeps_its_first_look(sentence: Builder) -> None:
    reading = reading_of(sentence(TWO_ACTS))
    first = replace(load_judge(), rivals=None)
    acts = list(sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=first))
    assert weighed_again(acts, reading.phrases, first) == acts
    second = Judge(first.weights, laid({0: {0: Node(0, 0.0, 0, 0, -3.0)}}, 1.0))
    again = weighed_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=second)
    likely = [one for _, found in again for one in found if one.weighed != one.score]
    assert likely
    assert {round(one.weighed + first.weights[START], 9) for one in likely} == {-2.0}


def test_a_sentence_without_an_act_has_nothing_to_weigh(sentence: Builder) -> None:
    reading = reading_of(sentence("Peru PROPN 2 nsubj\nslept VERB 0 root"))
    stump: Trees = laid({0: {0: Node(0, 0.0, 0, 0, 0.0)}}, 0.0)
    assert weighed_again([], reading.phrases, Judge({}, stump)) == []
