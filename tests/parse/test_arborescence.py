"""The best tree of a sentence, checked against all trees that there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from verbale.parse.arborescence import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and from every word a way to it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen, node = set[int](), word
        while node and node not in seen:
            seen.add(node)
            node = heads[node - 1]
        if node:
            return False
    return True


def total(scores: NDArray[np.float64], heads: tuple[int, ...]) -> float:
    return float(sum(scores[at, head] for at, head in enumerate(heads)))


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float64]:
    words = draw(st.integers(1, 5))
    # Whole numbers, so that ties are common.
    cells = draw(st.lists(st.integers(-9, 9), min_size=words * (words + 1), max_size=words * (words + 1)))
    return np.array(cells, dtype=np.float64).reshape(words, words + 1)


@given(matrices())
def test_no_tree_with_one_root_scores_higher(scores: NDArray[np.float64]) -> None:
    words = len(scores)
    found = tuple(int(head) for head in best_tree(scores))
    assert is_tree(found)
    trees = [heads for heads in itertools.product(range(words + 1), repeat=words) if is_tree(heads)]
    assert total(scores, found) == max(total(scores, heads) for heads in trees)


def test_two_words_that_both_want_the_root_get_one() -> None:
    # Columns: root, word 1, word 2. Both would rather be the root; the second loses less by giving way.
    assert best_tree(np.array([[9.0, 0.0, 0.0], [8.0, 7.0, 0.0]])).tolist() == [0, 1]


def test_a_ring_is_broken_where_it_costs_least() -> None:
    # Words 1 and 2 take each other, word 3 is the root; the ring is entered at word 2.
    scores = np.array([[0.0, 0.0, 9.0, 1.0], [0.0, 9.0, 0.0, 5.0], [9.0, 0.0, 0.0, 0.0]])
    assert best_tree(scores).tolist() == [2, 3, 0]


def test_a_ring_within_a_ring_is_resolved() -> None:
    # 1 and 2 form a ring; seen as one word it forms a ring with 3; only 4 is near the root.
    scores = np.array(
        [
            [0.0, 0.0, 9.0, 8.0, 1.0],
            [0.0, 9.0, 0.0, 3.0, 0.0],
            [0.0, 9.0, 2.0, 0.0, 2.0],
            [9.0, 0.0, 0.0, 0.0, 0.0],
        ]
    )
    assert best_tree(scores).tolist() == [3, 1, 4, 0]


@pytest.mark.parametrize("words", [1, 40, 300])
def test_long_sentences_get_a_tree_and_the_same_one_each_time(words: int) -> None:
    scores = np.random.default_rng(words).normal(size=(words, words + 1)).astype(np.float32)
    first = best_tree(scores)
    assert is_tree(tuple(first.tolist()))
    assert first.tolist() == best_tree(scores).tolist()
