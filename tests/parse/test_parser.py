"""The pipeline that ships with the package, and what other models must be."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from verbale.core import Block, Document, VerbaleError
from verbale.parse import load_parser, split


def test_a_sentence_becomes_one_tree_with_offsets_in_the_document() -> None:
    text = "Notes.\nChile attacked Peru in 1879. The war lasted four years."
    document = Document("d", text, (Block(0, 6, "heading"), Block(7, len(text))))
    parsed = list(load_parser().parse(split(document)))
    assert [sentence.text for sentence in parsed] == ["Notes.", "Chile attacked Peru in 1879.", "The war lasted four years."]
    for sentence in parsed:
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
        assert sum(token.head == at for at, token in enumerate(sentence.tokens)) == 1
    attack = parsed[1].tokens[1]
    assert (attack.text, attack.lemma, attack.pos, attack.label) == ("attacked", "attack", "VERB", "root")
    assert [token.label for token in parsed[1].tokens if token.text in {"Chile", "Peru"}] == ["nsubj", "obj"]


def test_inner_white_space_leaves_whole_trees() -> None:
    text = "Chile  attacked \n Peru."
    (sentence,) = load_parser().parse(split(Document("d", text, (Block(0, len(text)),))))
    assert [token.text for token in sentence.tokens] == ["Chile", "attacked", "Peru", "."]
    assert all(0 <= token.head < len(sentence.tokens) for token in sentence.tokens)


def test_a_model_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(VerbaleError, match=r"no_such_model.*install it with pip.*\[model-missing\]"):
        load_parser("no_such_model")


def test_a_model_with_other_labels_is_refused_with_an_explanation(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    parser = pipeline.add_pipe("parser")
    parser.add_label("dobj")  # type: ignore[attr-defined]
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "other")
    with pytest.raises(VerbaleError, match=r"labels grammar in another scheme.*Universal Dependencies.*\[model-labels\]"):
        load_parser(str(tmp_path / "other"))
