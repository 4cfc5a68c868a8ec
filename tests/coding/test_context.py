"""What the estimates are told of a sentence besides its words: the document's leads, the sentence before, whom both name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from verbale.coding import in_context
from verbale.coding.document_coder import read_through
from verbale.coding.judge import Judge
from verbale.coding.sentence_coder import sentence_proposals
from verbale.core import EVENT_TYPES, Block, Context, Document, Estimates, Lead, Sentence
from verbale.parse import split
from verbale.vocab import load_vocabulary

Builder = Callable[..., Sentence]

TEXT = "Chile accused Peru of raids. Peru protested to the United Nations.\n\nBolivia offered Chile and Peru its good offices."

REFUSED = """
    The DET 2 det
    offer NOUN 4 nsubj:pass
    was AUX 4 aux:pass
    refused VERB 0 root
    """


def context_of(text: str) -> list[Sentence]:
    """Return a text's sentences with their contexts."""
    blocks, start = [], 0
    for block in text.split("\n\n"):
        blocks.append(Block(start, start + len(block)))
        start += len(block) + 2
    document = Document("built", text, tuple(blocks))
    return in_context(document, split(document), load_vocabulary())


def test_leads_are_the_states_that_a_document_names_most_before_its_organisations() -> None:
    first, *_ = context_of(TEXT)
    assert first.context.leads == (
        Lead("PER", "Peru"),
        Lead("CHL", "Chile"),
        Lead("BOL", "Bolivia"),
        Lead("UNO", "United Nations"),
    )


def test_the_sentence_before_is_kept_across_paragraphs_with_whom_it_names() -> None:
    sentences = context_of(TEXT)
    assert sentences[0].context.before == ""
    assert sentences[2].context.before == "Peru protested to the United Nations."
    assert sentences[2].context.before_named == sentences[1].context.named


def test_namings_say_where_each_lead_stands() -> None:
    for sentence in context_of(TEXT):
        for naming in sentence.context.named:
            assert sentence.text[naming.start : naming.end] == sentence.context.leads[naming.lead - 1].words


def test_an_actor_that_is_no_lead_is_still_a_name() -> None:
    names = "France, Spain, Italy, Portugal and Greece met. France, Spain, Italy and Portugal left."
    first, _ = context_of(names)
    assert [naming.lead for naming in first.context.named] == [1, 2, 3, 4, 0]


def test_who_is_not_named_is_weighed_by_what_the_model_makes_of_each_lead(sentence: Builder) -> None:
    context = Context((Lead("PER", "Peru"), Lead("CHL", "Chile")))
    acts = np.zeros((4, len(EVENT_TYPES)), dtype=np.float32)
    acts[3, EVENT_TYPES.index("REJECT")] = 0.9
    leads = np.zeros((4, 2, 2), dtype=np.float32)
    leads[3] = [[0.1, 0.75], [0.85, 0.1]]  # Chile refused Peru's offer
    estimates = Estimates(acts, np.zeros((4, 5, 2), dtype=np.float32), leads)
    built = replace(sentence(REFUSED), context=context, estimates=estimates)
    before = "Peru made Chile an offer. "
    document = Document("built", before + built.text, (Block(0, len(before + built.text)),))
    story, _ = split(document)
    (reading,) = read_through(document, [story, built], load_vocabulary())
    cues = {
        (one.source.candidate.code, one.target.candidate.code): set(one.cues)
        for act, proposals in sentence_proposals(reading.tree, reading.phrases, load_vocabulary(), judge=Judge({}))
        for one in proposals
        if act.trigger.type == "REJECT"
    }
    assert {"s lead 0.8", "s lead best True implied", "t lead 0.7", "p seen 0.7"} <= cues["CHL", "PER"]
    assert not {"s lead 0.2", "t lead 0.2"} & cues["PER", "CHL"]
    assert "p seen turned 0.7" in cues["PER", "CHL"]
