"""What holds for every tree, however wrong: the coder ends, and each event has its parties, its words and a confidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.coding.conftest import build_sentence, document_of

from verbale import sources
from verbale.coding import code_document, screen
from verbale.coding.sentence_coder import LONGEST_QUOTE
from verbale.core import Document, Event, Sentence
from verbale.parse import load_parser, split
from verbale.vocab import load_vocabulary

GOLD: Final = Path(__file__).parents[3] / "shared" / "gold"
VOCABULARY: Final = load_vocabulary()

NAMES: Final = (
    "Chile",
    "Peru",
    "Bolivia",
    "Russia",
    "Soviet",
    "Chinese",
    "Germans",
    "NATO",
    "Council",
    "Moscow",
    "Stalin",
    "Basra",
)
WORDS: Final = {
    "PROPN": (*NAMES, "Treaty", "Golestan", "War", "March"),
    "NOUN": (
        *("troops", "government", "minister", "countries", "sides", "belligerents", "note", "number", "risk", "intention"),
        *sorted(form for form in VOCABULARY.actions.noun_lemmas if form.isalpha())[::40],
    ),
    "VERB": (
        *("attacked", "signed", "suffered", "voted", "refused", "said", "forced", "lifted", "willing", "met"),
        *sorted(form for form in VOCABULARY.actions.verb_lemmas if form.isalpha())[::60],
    ),
    "AUX": ("was", "will", "had", "must", "might", "did", "be"),
    "PRON": ("it", "its", "they", "their", "he", "which", "who", "that", "each", "other"),
    "ADP": ("of", "by", "against", "with", "between", "to", "from", "in", "on", "for", "according", "without"),
    "ADJ": ("Soviet", "ethnic", "latter", "former", "willing", "proposed", "two", "other"),
    "DET": ("the", "The", "both", "no", "these", "each"),
    "NUM": ("1813", "1946", "two", "17"),
    "PART": ("not", "to", "'s"),
    "SCONJ": ("if", "that", "from", "until"),
    "PUNCT": (".", ",", ";", "(", ")"),
}
TAGS: Final = ("VBD", "VBN", "VBG", "VB", "NN", "NNS", "NNP", "NNPS", "JJ", "IN", "RP", "MD", "WDT", "PRP")
LABELS: Final = (
    *("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "amod", "compound", "compound:prt"),
    *("appos", "flat", "conj", "cc", "acl", "acl:relcl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "mark", "case"),
    *("aux", "aux:pass", "cop", "det", "nummod", "advmod", "fixed", "punct", "dep"),
)


@st.composite
def tree_lines(draw: st.DrawFn) -> str:
    """Draw the lines of one sentence: any words of the vocabulary under any labels, in any tree."""
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(1, size + 1)))
    heads = {order[0]: 0} | {order[at]: order[draw(st.integers(0, at - 1))] for at in range(1, size)}
    lines = []
    for position in range(1, size + 1):
        pos = draw(st.sampled_from(sorted(WORDS)))
        label = "root" if heads[position] == 0 else draw(st.sampled_from(LABELS))
        tag = draw(st.sampled_from(TAGS))
        lines.append(f"{draw(st.sampled_from(WORDS[pos]))} {pos} {heads[position]} {label} {tag}")
    return "\n".join(lines)


def sentences_of(parses: Sequence[str], document_id: str = "d") -> list[Sentence]:
    """Return the sentences of a document, one behind the other."""
    found: list[Sentence] = []
    for number, lines in enumerate(parses):
        found.append(build_sentence(lines, offset=found[-1].end + 1 if found else 0, index=number, document_id=document_id))
    return found


def assert_sound(document: Document, events: Sequence[Event]) -> None:
    """Assert what every event owes its reader."""
    assert len({event.event_id for event in events}) == len(events)
    for event in events:
        evidence = event.evidence
        assert evidence.document_id == document.document_id
        assert 0 <= evidence.start < evidence.end <= len(document.text)
        assert evidence.quote == document.text[evidence.start : evidence.end]
        assert len(evidence.quote) <= LONGEST_QUOTE
        assert 0.0 <= event.confidence <= 1.0
        assert event.source.code
        assert event.target.code
        assert (event.source.code, event.source.sector) != (event.target.code, event.target.sector)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tree_lines(), min_size=1, max_size=4), st.sampled_from([None, "1946", "1813-10-24"]))
def test_any_tree_codes_and_every_event_is_sound(parses: list[str], date: str | None) -> None:
    sentences = sentences_of(parses)
    document = document_of(sentences, date=date)
    events = code_document(document, sentences, VOCABULARY)
    assert_sound(document, events)
    assert code_document(document, sentences, VOCABULARY) == events


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tree_lines(), min_size=1, max_size=3))
def test_a_sentence_that_was_not_parsed_gives_no_event(parses: list[str]) -> None:
    sentences = sentences_of(parses)
    document = document_of(sentences)
    unparsed = [Sentence("d", s.index, 0, s.kind, s.start, s.end, s.text) for s in sentences]
    assert code_document(document, unparsed, VOCABULARY) == []


@pytest.mark.parametrize("folder", ["narratives-dev", "gsr-dev"])
def test_the_screen_loses_no_event(folder: str) -> None:
    texts = GOLD / folder / "texts"
    if not texts.is_dir():
        pytest.skip("needs the hand-coded texts of ../shared/gold, which are not part of the project")
    parser = load_parser()
    documents = [item for item in sources.read([texts]) if isinstance(item, Document)]
    waiting = [(document, sentence) for document in documents for sentence in split(document)]
    parsed = zip((document for document, _ in waiting), parser.parse(sentence for _, sentence in waiting), strict=True)
    coded = 0
    for _, group in groupby(parsed, key=lambda pair: pair[0].document_id):
        pairs = list(group)
        document, sentences = pairs[0][0], [sentence for _, sentence in pairs]
        events = code_document(document, sentences, VOCABULARY)
        assert_sound(document, events)
        for event in events:
            told_in = next(s for s in sentences if s.start <= event.evidence.start < s.end)
            assert screen(told_in, VOCABULARY), told_in.text
        coded += len(events)
    assert coded > 0
