"""The network that estimates acts and parts: its shapes, that it is the same every time, and files that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verbale.core import EVENT_TYPES, Context, Lead, Named, Sentence, Token
from verbale.parse import load_parser
from verbale.parse.estimates import FOLDER, WEIGHTS, Estimator
from verbale.parse.network import PIECES, BrokenNetworkError
from verbale.parse.parser import OWN_MODEL, load_estimator

VOCABULARY = OWN_MODEL / "parser" / PIECES
TEXTS = ("Portugal accused Spain of raids.", "The weather was fine.", "Spain, on 5 May 1820, withdrew its envoy from Lisbon.")


def sentences(*texts: str) -> list[Sentence]:
    """Return texts as sentences of one document."""
    return [Sentence("d", at, 0, "paragraph", 0, len(text), text) for at, text in enumerate(texts)]


def test_estimates_have_a_row_a_word_and_lie_between_0_and_1() -> None:
    for parsed in load_parser().parse(sentences(*TEXTS)):
        assert parsed.estimates is not None
        words = len(parsed.tokens)
        assert parsed.estimates.acts.shape == (words, len(EVENT_TYPES))
        assert parsed.estimates.parts.shape == (words, words + 1, 2)
        for matrix in (parsed.estimates.acts, parsed.estimates.parts):
            assert float(matrix.min()) >= 0
            assert float(matrix.max()) <= 1


def test_a_sentences_estimates_do_not_depend_on_those_beside_it() -> None:
    together = list(load_parser().parse(sentences(*TEXTS)))
    for at, text in enumerate(TEXTS):
        (alone,) = load_parser().parse(sentences(text))
        assert alone.estimates is not None
        beside = together[at].estimates
        assert beside is not None
        assert np.array_equal(alone.estimates.acts, beside.acts)
        assert np.array_equal(alone.estimates.parts, beside.parts)


def test_an_act_that_every_reader_sees_is_seen() -> None:
    (parsed,) = load_parser().parse(sentences(TEXTS[0]))
    assert parsed.estimates is not None
    acts = parsed.estimates.acts
    assert EVENT_TYPES[int(acts[1].argmax())] == "ACCUSE"
    assert acts[1].max() > 0.5 > acts[5].max()


def test_the_context_offers_its_leads_as_parties() -> None:
    leads = (Lead("ITA", "Italy"), Lead("GRC", "Greece"))
    context = Context(leads, (), "Italy demanded an apology from Greece.", (Named(0, 5, 1), Named(31, 37, 2)))
    (sentence,) = sentences("The demand was rejected.")
    alone, told = load_parser().parse([sentence, replace(sentence, context=context)])
    assert alone.estimates is not None
    assert told.estimates is not None
    assert alone.estimates.leads.shape == (5, 0, 2)
    assert told.estimates.leads.shape == (5, 2, 2)
    source, target = told.estimates.leads[3].T
    assert source[1] > source[0]
    assert target[0] > target[1]


def test_a_sentence_that_is_too_long_has_no_estimates_at_its_end() -> None:
    tokens = [
        Token("word", 5 * at, 5 * at + 4, lemma="word", pos="NOUN", tag="NN", morph="", head=at, label="root")
        for at in range(700)
    ]
    found = load_estimator().estimate(tokens, 0, Context())
    assert found.acts.shape == (700, len(EVENT_TYPES))
    assert found.acts[:400].any()
    assert not found.acts[500:].any()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenNetworkError, match=f"{WEIGHTS} is missing"):
        Estimator(tmp_path, VOCABULARY)


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes((FOLDER / WEIGHTS).read_bytes()[:1000])
    with pytest.raises(BrokenNetworkError, match=f"{WEIGHTS} is damaged"):
        Estimator(tmp_path, VOCABULARY)


def test_another_vocabulary_of_pieces_is_refused(tmp_path: Path) -> None:
    short = tmp_path / PIECES
    short.write_text("[CLS]\n[SEP]\n[UNK]\nword\n", encoding="utf-8")
    with pytest.raises(BrokenNetworkError, match="does not fit the event types or the word pieces"):
        Estimator(FOLDER, short)
