"""Finds statements that are laid to nobody in particular: "some analysts say", "it is widely believed"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.attribution import AttributionWords, load_attribution_words
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.manuscript import Manuscript
from verbale.review.unnamed import Span, Unnamed
from verbale.review.words import alternatives

# A note after a full stop closes its sentence, also where the two sentences were kept as one.
_NOTE_STOP: Final = re.compile(r"(?:^|[.!?]\"?)(?:\[\^?[\d,;\s–-]+\])+(?=\s)")


def _cited(references: References, sentence: Sentence, text: str, at: int) -> bool:
    """Tell whether the sentence around an offset has a citation of its own."""
    stops = [match.end() for match in _NOTE_STOP.finditer(text)]
    start = max((stop for stop in stops if stop <= at), default=0)
    end = min((stop for stop in stops if stop > at), default=len(text) + 1)
    return references.within(sentence.start + start, sentence.start + end)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each such phrase; a citation in the same sentence names who is meant."""
    references = find_references(manuscript)
    words = load_attribution_words()
    unnamed = Unnamed(words, manuscript.vocabulary)
    sentences = [each for each in manuscript.prose if _screen(words).search(manuscript.sentence_text(each))]
    for tree in manuscript.trees(sentences):
        sentence = tree.sentence
        text = manuscript.sentence_text(sentence)
        spans = [(start - sentence.start, end - sentence.start) for start, end in unnamed.find(tree)]
        spans += [match.span() for match in _phrases(words).finditer(text)]
        spans += [
            match.span("phrase")
            for pattern in manuscript.words.attributions
            for match in pattern.regex.finditer(text)
            if not _names_someone(text, match.end("phrase"))
        ]
        for start, end in _joined(spans):
            at = sentence.start
            if _cited(references, sentence, text, start) or manuscript.quoted(at + start, at + end):
                continue
            said = manuscript.text[at + start : at + end]
            yield Slip(at + start, at + end, f"Who is meant by “{said}”? Name the source, or say it on your own account.")


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans in order; those that overlap are one finding."""
    start = end = -1
    for first, last in sorted(spans):
        if first < end:
            end = max(end, last)
            continue
        if end > 0:
            yield start, end
        start, end = first, last
    if end > 0:
        yield start, end


@functools.cache
def _phrases(words: AttributionWords) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives(tuple(words.hedge | words.idiom))}(?![\w-])", re.IGNORECASE)


@functools.cache
def _screen(words: AttributionWords) -> re.Pattern[str]:
    """Return what a sentence must have to be looked at: nobody says anything without one of these words."""
    nouns = words.holder | words.role | words.circle | words.work | words.opinion | words.some | words.anybody | words.wide
    verbs = words.impersonal | words.raised
    endings = "|".join(sorted(words.holder_endings))
    return re.compile(
        rf"(?<![\w-])(?:{alternatives(tuple(nouns | words.hedge | words.idiom | verbs))}|\w+(?:{endings}))(?![\w-])",
        re.IGNORECASE,
    )


def _names_someone(text: str, end: int) -> bool:
    """Tell whether the phrase is followed by the names that it stands for ("some historians, such as ...")."""
    following = text[end : end + 60]
    return (
        re.match(
            r",?\s(?:\(?(?:such as|like|among them|including|notably|e\.g\.)|(?:by|of|from|at|in) (?:the )?(?=[A-Z]))",
            following,
        )
        is not None
    )


CHECK = Check(
    CheckInfo(
        "vague-attribution",
        "warning",
        "Said by nobody in particular",
        "A reader cannot weigh what unnamed people say; a statement needs a source with a name, or its author's own authority.",
    ),
    find,
)
