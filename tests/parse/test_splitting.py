"""Sentence boundaries in diplomatic prose: abbreviations, initials, quotes, blocks that never run together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.core import Block, Document
from verbale.parse import split
from verbale.parse.splitting import LONGEST_SENTENCE


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split(Document("d", text, (Block(0, len(text)),)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile signed. Peru did not.", ["Chile signed.", "Peru did not."]),
        ("Gen. Ibáñez met Mr. Barros in Lima. They agreed.", ["Gen. Ibáñez met Mr. Barros in Lima.", "They agreed."]),
        ("The U.S. Navy sailed. It waited.", ["The U.S. Navy sailed.", "It waited."]),
        ("Peru protested to the U.S. The note was sharp.", ["Peru protested to the U.S.", "The note was sharp."]),
        ("J. M. Balmaceda resigned. Chile waited.", ["J. M. Balmaceda resigned.", "Chile waited."]),
        ("On Sept. 4 it ended. No. 12 was sunk.", ["On Sept. 4 it ended.", "No. 12 was sunk."]),
        ('He said: "No." Then he left.', ['He said: "No."', "Then he left."]),
        ("Would Peru yield? It did! Talks began.", ["Would Peru yield?", "It did!", "Talks began."]),
        ("1. Historical background", ["1. Historical background"]),
        ("Loans rose to 4.5 million. Trade fell.", ["Loans rose to 4.5 million.", "Trade fell."]),
        ("«Nie.» Rząd odmówił.", ["«Nie.»", "Rząd odmówił."]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_blocks_never_run_together_and_keep_their_kind() -> None:
    text = "Background\nChile and Peru\nmet"
    blocks = (Block(0, 10, "heading"), Block(11, 25, "list_item"), Block(26, 29))
    found = split(Document("d", text, blocks))
    assert [(sentence.text, sentence.kind) for sentence in found] == [
        ("Background", "heading"),
        ("Chile and Peru", "list_item"),
        ("met", "paragraph"),
    ]


@given(st.text(alphabet="aB. \n!?\"'U.S;,1", max_size=300))
def test_every_word_is_in_one_sentence_and_offsets_hold(text: str) -> None:
    found = split(Document("d", text, (Block(0, len(text)),)))
    assert all(sentence.text == text[sentence.start : sentence.end] for sentence in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert "".join("".join(sentence.text.split()) for sentence in found) == "".join(text.split())


def test_a_text_without_any_full_stop_is_cut_into_bounded_pieces() -> None:
    text = "word, " * 5_000
    found = sentences(text)
    assert max(len(piece) for piece in found) <= LONGEST_SENTENCE
    assert sum(piece.count("word") for piece in found) == 5_000
