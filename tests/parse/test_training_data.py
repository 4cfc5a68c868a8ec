"""What the training scripts make: trees from the bracket notation, sentences from the grammar, copies with other names."""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

from verbale.parse.lemmas import Lemmas, apply_rule
from verbale.parse.network import LEMMAS
from verbale.parse.parser import OWN_MODEL

TRAINING = Path(__file__).parents[2] / "training"
MODULES = ("inflection", "trees", "treebank", "names", "templates", "augment", "lemma_table", "examples")


@pytest.fixture(scope="module")
def training() -> Iterator[dict[str, Any]]:
    """The modules of the training folder, which is no package: its scripts are run from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TRAINING))
        yield {name: importlib.import_module(name) for name in MODULES}


def tree_of(training: dict[str, Any], text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The sentence's text, and for each word its form, the form of its head, and its label."""
    written, rows = training["trees"].to_rows(training["trees"].parse_tree(text))
    heads = ["ROOT", *(row[1] for row in rows)]
    return written, [(row[1], heads[int(row[6])], row[7]) for row in rows]


def test_brackets_become_an_inflected_tree(training: dict[str, Any]) -> None:
    text, words = tree_of(training, "[nsubj:pass a accord.NN ] was sign.VBN [obl:agent by Iran.NNP* [conj and Oman.NNP ] ] .")
    assert text == "An accord was signed by Iran and Oman."
    assert words == [
        ("An", "accord", "det"),
        ("accord", "signed", "nsubj:pass"),
        ("was", "signed", "aux:pass"),
        ("signed", "ROOT", "root"),
        ("by", "Iran", "case"),
        ("Iran", "signed", "obl:agent"),
        ("and", "Oman", "cc"),
        ("Oman", "Iran", "conj"),
        (".", "signed", "punct"),
    ]


def test_verbs_take_the_number_of_their_subject(training: dict[str, Any]) -> None:
    assert (
        tree_of(training, "[nsubj:pass Iran.NNP* [conj and Oman.NNP ] ] was attack.VBN .")[0] == "Iran and Oman were attacked."
    )
    assert tree_of(training, "[nsubj envoy.NNS ] say.VBZ so.RB .")[0] == "Envoys say so."
    assert tree_of(training, "[nsubj the United.JJ States.NNPS ]~ was a ally.NN .")[0] == "The United States was an ally."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nsubj Iran.NNP attack.VBD", "a bracket is not closed"),
        ("Iran.NNP ] attack.VBD", "a bracket too many"),
        ("[nsubj Iran ] attack.VBD", "'Iran' has no tag and is no function word"),
        ("[nsubj , ] attack.VBD", "'nsubj' has no head"),
    ],
)
def test_a_tree_that_cannot_be_read_names_the_place(training: dict[str, Any], text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        training["trees"].parse_tree(text)


def test_sentences_of_the_grammar_are_trees_that_the_tokenizer_and_the_model_know(training: dict[str, Any]) -> None:
    sentences = training["templates"].generate(150, seed=3)
    tokenizer = spacy.blank("en")
    labels = set(spacy.load(OWN_MODEL).get_pipe("parser").labels)  # type: ignore[attr-defined]
    for text, rows in sentences:
        assert [token.text for token in tokenizer(text)] == [row[1] for row in rows]
        assert [row[7] for row in rows].count("root") == 1
        assert {row[7] for row in rows} - {"root"} <= labels
        for row in rows:
            seen, at = set(), row
            while at[6] != "0":
                assert at[0] not in seen, f"a ring of heads in {text}"
                seen.add(at[0])
                at = rows[int(at[6]) - 1]
    assert len({text for text, _ in sentences}) == 150
    assert training["templates"].generate(150, seed=3) == sentences


def test_a_line_that_is_no_rule_is_named(training: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "grammar.txt").write_text("SENTENCE = {PLAIN}\nPLAIN -> Iran.NNP\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"grammar\.txt, line 2: a rule is NAME = template"):
        training["templates"].Grammar(tmp_path / "grammar.txt", [], 1)


def test_copies_hold_other_names_of_the_same_kind_and_the_same_tree(training: dict[str, Any]) -> None:
    augment = training["augment"]
    names = augment.load_names(spacy.blank("en"), random.Random(1))  # noqa: S311
    sentence = [
        ["1", "An", "a", "DET", "DT", "_", "3", "det", "_", "_"],
        ["2", "Iraqi", "Iraqi", "ADJ", "JJ", "_", "3", "amod", "_", "_"],
        ["3", "envoy", "envoy", "NOUN", "NN", "_", "4", "nsubj", "_", "_"],
        ["4", "left", "leave", "VERB", "VBD", "_", "0", "root", "_", "_"],
        ["5", "Peru", "Peru", "PROPN", "NNP", "_", "4", "obj", "_", "SpaceAfter=No"],
        ["6", ".", ".", "PUNCT", ".", "_", "4", "punct", "_", "_"],
    ]
    for _ in range(40):
        copy = augment.with_other_names("An Iraqi envoy left Peru.", sentence, names)
        assert copy is not None
        text, rows = copy
        assert rows[1][1] in names["adjective"].words
        assert rows[4][1] in names["state"].words
        assert [row[3:] for row in rows] == [row[3:] for row in sentence]
        assert text == f"{rows[0][1]} {rows[1][1]} envoy left {rows[4][1]}."
        assert rows[0][1].lower() == (
            "an" if rows[1][1][0] in "AEIO" or rows[1][1][:3] in ("Ump", "Ulu") else rows[0][1].lower()
        )
    assert augment.with_other_names("It left.", [["1", "It", "it", "PRON", "PRP", "_", "2", "nsubj", "_", "_"]], names) is None


def test_annotations_are_laid_on_the_words_that_the_tokenizer_cuts(training: dict[str, Any]) -> None:
    rows = [
        ["1", "AK", "AK", "PROPN", "NNP", "Number=Sing", "3", "compound", "_", "SpaceAfter=No"],
        ["2", "-", "-", "PUNCT", "HYPH", "_", "1", "punct", "_", "SpaceAfter=No"],
        ["3", "47s", "47", "NOUN", "NNS", "Number=Plur", "4", "nsubj", "_", "_"],
        ["4", "fired", "fire", "VERB", "VBD", "Tense=Past", "0", "root", "_", "SpaceAfter=No"],
        ["5", "!", "!", "PUNCT", ".", "_", "4", "punct", "_", "_"],
    ]
    words = training["examples"].align(spacy.blank("en"), ("AK-47s fired!", rows), curly=False)
    assert (words.texts, words.spaced) == (["AK-47s", "fired", "!"], [True, True, False])
    # What the tokenizer does not cut has no annotation; nothing is guessed.
    assert (words.heads, words.labels) == ([None, 0, 2], [None, "root", "punct"])
    assert words.tags == [None, "VBD", "."]
    assert words.kinds == [None, "VERB|Tense=Past", "PUNCT|_"]


def test_base_forms_are_learnt_as_the_shortest_endings_that_tell_them(training: dict[str, Any]) -> None:
    pairs = [("ceded", "-1+"), ("faded", "-1+"), ("signed", "-2+"), ("joined", "-2+"), ("annexed", "-2+"), ("went", "=go")]
    table = training["lemma_table"].learn(("VERB VBD", form, rule) for form, rule in pairs)
    # "ded" is told from "ed"; "went" is learnt as a whole word, not as an ending.
    assert table == {"VERB VBD": {"": "-2+", "ded": "-1+", "^went": "=go"}}


def test_the_shipped_table_knows_the_forms_of_the_lexicon(training: dict[str, Any]) -> None:
    lemmas = load_parser_lemmas()
    wrong = {
        form: lemmas.lemma(form, pos=kind.split()[0], tag=kind.split()[1], first=False)
        for kind, form, rule in training["lemma_table"].of_vocabulary()
        if lemmas.lemma(form, pos=kind.split()[0], tag=kind.split()[1], first=False) != apply_rule(rule, form)
    }
    # What is left are words of two base forms: "bases" of "base" and "basis".
    assert len(wrong) <= 6, wrong


def load_parser_lemmas() -> Lemmas:
    """The tables of base forms that ship with the package."""
    return Lemmas(**json.loads((OWN_MODEL / "parser" / LEMMAS).read_text(encoding="utf-8")))


def test_the_model_reads_the_held_out_sentences(training: dict[str, Any]) -> None:
    sentences = list(training["treebank"].read_sentences(TRAINING / "own_treebank" / "heldout.conllu"))
    pipeline = spacy.load(OWN_MODEL)
    right = total = 0
    for text, rows in sentences:
        doc = pipeline.make_doc(text)
        assert [token.text for token in doc] == [row[1] for row in rows]
        for token in doc[1:]:
            token.is_sent_start = False
        for _, component in pipeline.pipeline:
            doc = component(doc)
        for token, row in zip(doc, rows, strict=True):
            if row[3] == "PUNCT":
                continue
            head = token.i if row[6] == "0" else int(row[6]) - 1
            label = "ROOT" if row[6] == "0" else row[7]
            total += 1
            right += token.head.i == head and token.dep_ == label
    assert len(sentences) == 100
    # One point under what the shipped model reaches (docs/model.md): a worse model must not slip in.
    assert right / total >= 0.958
