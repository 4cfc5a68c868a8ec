"""Parses built by hand: one line a word, so that the rules are tested on trees that no model has guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from verbale.coding import code_document, sentence_coder
from verbale.coding.cues import TRUST_STEPS
from verbale.coding.explaining import sentence as explained_sentence
from verbale.coding.judge import START, Judge
from verbale.core import Block, Document, Event, Sentence, Token
from verbale.vocab import load_vocabulary

Builder = Callable[..., Sentence]

# Parts of speech whose fine tag the rules read; others do not matter to them.
TAGS = {"VERB": "VBD", "NOUN": "NN", "PROPN": "NNP", "PRON": "PRP", "AUX": "VBD", "ADJ": "JJ", "ADP": "IN", "DET": "DT"}


def lemma_of(form: str, pos: str, tag: list[str]) -> str:
    """Return a verb's lemma and a regular plural's singular, as a tagger would."""
    word = form.lower()
    if pos == "VERB":
        return load_vocabulary().actions.verb_lemma(word) or word
    if tag == ["NNS"]:
        return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return word


def build_sentence(lines: str, *, offset: int = 0, index: int = 0, document_id: str = "d") -> Sentence:
    """Make a sentence of lines `word POS head label [TAG]`; heads count from 1, 0 is the root."""
    tokens: list[Token] = []
    text = ""
    for line in lines.strip().splitlines():
        form, pos, head, label, *tag = line.split()
        if text and form not in {".", ",", "'s", "’s", ")"} and not text.endswith("("):
            text += " "
        start = offset + len(text)
        text += form
        position = len(tokens)
        tokens.append(
            Token(
                text=form,
                start=start,
                end=start + len(form),
                lemma=lemma_of(form, pos, tag),
                pos=pos,
                tag=tag[0] if tag else TAGS.get(pos, "X"),
                morph="",
                head=int(head) - 1 if int(head) else position,
                label=label,
            )
        )
    return Sentence(document_id, index, 0, "paragraph", offset, offset + len(text), text, tuple(tokens))


def document_of(sentences: Sequence[Sentence], *, date: str | None = None) -> Document:
    """Make the document of sentences that were built one after the other."""
    text = ""
    for sentence in sentences:
        text = text.ljust(sentence.start) + sentence.text
    return Document("built", text, (Block(0, len(text)),), date=date)


# What the rules choose is likely, the more the further they are trusted; what they do not choose is not. Tests of the rules are
# to fail when a rule changes, not when weights are learnt anew.
RULES_ALONE = Judge(
    {START: -6.0, "p trust 0.2": 6.2} | {f"p trust {step}": 0.25 for step in TRUST_STEPS if step > 0.2} | {"p trust 0.15": 0.0}
)


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules decide without what was learnt."""
    for module in (sentence_coder, explained_sentence):
        monkeypatch.setattr(module, "load_judge", lambda: RULES_ALONE)


@pytest.fixture
def sentence() -> Builder:
    """The builder of one sentence."""
    return build_sentence


@pytest.fixture
def code(rules_alone: None) -> Callable[..., list[Event]]:
    """Code hand-built sentences as one document: `code(lines, lines, date=...)`."""

    def run(*parses: str, date: str | None = None) -> list[Event]:
        sentences: list[Sentence] = []
        for number, lines in enumerate(parses):
            offset = sentences[-1].end + 1 if sentences else 0
            sentences.append(build_sentence(lines, offset=offset, index=number))
        return code_document(document_of(sentences, date=date), sentences, load_vocabulary())

    return run
