"""Runs a spaCy pipeline with Universal Dependencies labels over sentences that are already split."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import spacy
from spacy.tokens import Doc

from verbale.core import Estimates, Sentence, Token, VerbaleError
from verbale.parse.estimates import FOLDER, Estimator
from verbale.parse.network import PIECES, BrokenNetworkError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token as SpacyToken

OWN_MODEL: Final = Path(__file__).parent.parent / "models" / "en_verbale"

# Labels that every Universal Dependencies parser of English has and no other scheme has all of.
UD_LABELS: Final = frozenset({"nsubj", "obj", "obl", "case", "nmod"})

# Sentences are parsed in batches; 256 of them keep the matrix products busy and need some tens of megabytes.
BATCH_SENTENCES: Final = 256

# spaCy keeps 0.8 kB of every word that it meets, for good unless told otherwise: 40 MB until they are given back. To give them
# back after every document cost the parser 5 % of its time, because the next one has most of the same words.
MOST_NEW_WORDS: Final = 50_000


class Parser:
    """A loaded pipeline; `name` says which model and version the parses come from."""

    def __init__(self, pipeline: Language, name: str, estimator: Estimator | None = None) -> None:
        """Keep the pipeline; use `load_parser`, which checks it. Without an estimator the sentences get no estimates."""
        self._pipeline = pipeline
        self._estimator = estimator
        self._zone: ExitStack | None = None
        self._words = 0
        self.name = name

    def parse(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        """Yield the sentences in order with their tokens; each is one tree, whatever the model thinks of its full stops.

        Tokens are plain values, so that nothing of spaCy's outlives a batch.
        """
        waiting = iter(sentences)
        while batch := list(itertools.islice(waiting, BATCH_SENTENCES)):
            self._forget_words()
            yield from self._parse_batch(batch)

    def _forget_words(self) -> None:
        """Give back what spaCy keeps of every word that it meets, once these are many; its count of them only ever grows."""
        if self._zone is not None and len(self._pipeline.vocab) - self._words < MOST_NEW_WORDS:
            return
        if self._zone is not None:
            self._zone.close()
        self._words = len(self._pipeline.vocab)
        self._zone = ExitStack()
        self._zone.enter_context(self._pipeline.memory_zone())

    def _parse_batch(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        pairs = ((self._doc(sentence.text), sentence) for sentence in sentences)
        found = []
        for doc, sentence in self._pipeline.pipe(pairs, as_tuples=True, batch_size=BATCH_SENTENCES):
            tokens = _tokens(doc, sentence.start)
            found.append(replace(sentence, tokens=tokens, estimates=self._estimates(tokens, sentence)))
        return found

    def _estimates(self, tokens: Sequence[Token], sentence: Sentence) -> Estimates | None:
        if self._estimator is None or not tokens:
            return None
        return self._estimator.estimate(tokens, sentence.start, sentence.context)

    def _doc(self, text: str) -> Doc:
        doc = self._pipeline.make_doc(text)
        for token in doc[1:]:
            token.is_sent_start = False
        return doc


@functools.lru_cache(maxsize=2)
def load_parser(model: str | None = None, *, estimates: bool = True) -> Parser:
    """Load our own model, or any installed spaCy pipeline by name or path; without `estimates` for those who train these.

    Raises `VerbaleError` where the model is not installed or does not label Universal Dependencies.
    """
    source = str(OWN_MODEL) if model is None else model
    if model is None and not OWN_MODEL.is_dir():
        raise VerbaleError("model-missing", model="the model of the package", path=OWN_MODEL)
    try:
        pipeline = spacy.load(source, exclude=["ner", "senter", "textcat"])
    except BrokenNetworkError as error:
        raise VerbaleError("model-broken", model=repr(source), reason=str(error)) from error
    except (OSError, ImportError, ValueError) as error:
        raise VerbaleError("model-missing", model=repr(source), path=str(error).splitlines()[0][:200]) from error
    labels = set(pipeline.get_pipe("parser").labels) if pipeline.has_pipe("parser") else set()  # type: ignore[attr-defined]
    if not labels >= UD_LABELS:
        shown = ", ".join(sorted(labels)[:12]) or "none, it has no parser"
        raise VerbaleError("model-labels", model=repr(source), labels=shown)
    meta = pipeline.meta
    name = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return Parser(pipeline, name, load_estimator() if estimates else None)


@functools.cache
def load_estimator() -> Estimator:
    """Load the estimates' network, which serves any parser. Raises `VerbaleError` where it is missing or damaged."""
    try:
        return Estimator(FOLDER, OWN_MODEL / "parser" / PIECES)
    except BrokenNetworkError as error:
        raise VerbaleError("model-broken", model="the model of the estimates", reason=str(error)) from error


def _tokens(doc: Doc, offset: int) -> tuple[Token, ...]:
    """Return the words of a parsed sentence; white space tokens are dropped and the heads renumbered."""
    words = [token for token in doc if not token.is_space]
    position = {token.i: at for at, token in enumerate(words)}
    return tuple(_token(token, at, position, offset) for at, token in enumerate(words))


def _token(token: SpacyToken, at: int, position: dict[int, int], offset: int) -> Token:
    head = token.head
    while head.i not in position and head.head.i != head.i:
        head = head.head
    is_root = token.head.i == token.i or head.i not in position
    return Token(
        text=token.text,
        start=offset + token.idx,
        end=offset + token.idx + len(token.text),
        lemma=token.lemma_,
        pos=token.pos_,
        tag=token.tag_,
        morph=str(token.morph),
        head=at if is_root else position[head.i],
        label="root" if is_root else token.dep_,
    )
