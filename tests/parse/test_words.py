"""What the network sees of a word, and how a base form is made from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.parse.lemmas import Lemmas, apply_rule, ending_rule
from verbale.parse.pieces import LONGEST_WORD, WordPieces, parts, writing

MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
VOCABULARY = "\n".join([*MARKS, "peru", "chile", "##an", "sao", "tome", "'", "s", "-", "non", "a", "##a"])


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("Peru", ["peru"]),
        ("Chilean", ["chile", "##an"]),
        ("São", ["sao"]),
        ("Tomé", ["tome"]),
        ("'s", ["'", "s"]),
        ("non-Peru", ["non", "-", "peru"]),
        ("Ghana", ["[UNK]"]),
        ("Peru-Ghana", ["peru", "-", "[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(pieces: WordPieces, word: str, cut: list[str]) -> None:
    names = VOCABULARY.split("\n")
    assert [names[piece] for piece in pieces.cut(word)] == cut


def test_a_smear_of_signs_takes_little_room(pieces: WordPieces) -> None:
    assert len(pieces.cut("a" * 100_000)) == LONGEST_WORD
    assert len(pieces.cut("-" * 100_000)) == LONGEST_WORD


def test_a_sentence_stands_between_its_marks(pieces: WordPieces) -> None:
    sentence = pieces.encode([pieces.cut("Chilean"), pieces.cut("'s")], [writing("Chilean", spaced=True), 3])
    assert sentence.pieces.tolist() == [2, 5, 6, 9, 10, 3]
    # The first word is the mark at the start, which stands for the root.
    assert sentence.first.tolist() == [0, 1, 3]
    assert sentence.last.tolist() == [0, 2, 4]
    assert sentence.writings.tolist() == [0, 12, 12, 3, 3, 0]


def test_a_vocabulary_without_marks_is_refused() -> None:
    with pytest.raises(KeyError, match="CLS"):
        WordPieces("peru\nchile")


def test_writings_tell_capitals_numbers_and_signs_apart() -> None:
    ways = ["Turkey", "turkey", "TURKEY", "McKinley", "A", "a", "1879", "F-16", "--"]
    numbers = [writing(word, spaced=False) for word in ways]
    assert numbers == [11, 5, 9, 13, 7, 5, 1, 1, 3]
    assert [writing(word, spaced=True) for word in ways] == [number + 1 for number in numbers]


@given(st.text(max_size=40))
def test_any_word_has_pieces_and_a_writing(word: str) -> None:
    cut = WordPieces(VOCABULARY).cut(word)
    assert 1 <= len(cut) <= LONGEST_WORD
    assert 1 <= writing(word, spaced=True) <= 14
    assert all(part and not any(sign.isspace() for sign in part) for part in parts(word))


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [("treaties", "treaty", "-3+y"), ("States", "State", "-1+"), ("Peru", "Peru", "-0+"), ("was", "be", "=be")],
)
def test_a_rule_cuts_and_adds_letters_or_takes_another_word(form: str, lemma: str, rule: str) -> None:
    assert ending_rule(form, lemma) == rule
    assert apply_rule(rule, form) == lemma


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_rule_makes_the_base_form_that_it_was_made_from(form: str, lemma: str) -> None:
    assert apply_rule(ending_rule(form, lemma), form) == lemma


def test_a_rule_that_would_leave_nothing_leaves_the_word() -> None:
    assert apply_rule("-3+", "is") == "is"
    assert apply_rule("-2+", "is") == "is"


LEMMAS = Lemmas(
    endings={
        "VERB VBD": {"": "-0+", "d": "-1+", "ed": "-2+", "ded": "-1+", "^went": "=go"},
        "NOUN NNS": {"s": "-1+", "ies": "-3+y"},
        "PRON PRP": {"^i": "=I"},
    },
    capitals={"ADJ JJ": {"": "lowered", "ian": "kept"}, "ADJ JJ first": {"": "lowered", "^iranian": "kept"}},
)


@pytest.mark.parametrize(
    ("word", "pos", "tag", "first", "lemma"),
    [
        ("annexed", "VERB", "VBD", False, "annex"),
        ("ceded", "VERB", "VBD", False, "cede"),
        ("went", "VERB", "VBD", False, "go"),
        ("underwent", "VERB", "VBD", False, "underwent"),
        ("TREATIES", "NOUN", "NNS", False, "treaty"),
        ("Siamese", "PROPN", "NNP", False, "Siamese"),
        ("Great", "ADJ", "JJ", True, "great"),
        ("Bolivian", "ADJ", "JJ", False, "Bolivian"),
        ("Iranian", "ADJ", "JJ", True, "Iranian"),
        ("i", "PRON", "PRP", False, "I"),
    ],
)
def test_the_longest_ending_decides(word: str, pos: str, tag: str, first: bool, lemma: str) -> None:
    assert LEMMAS.lemma(word, pos=pos, tag=tag, first=first) == lemma
