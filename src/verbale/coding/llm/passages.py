"""Cuts a document to passages for a language model: whole sentences, paragraphs together where they fit, dates beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from verbale.coding.dates import DateTimeline, date_document
from verbale.coding.document_coder import CODED_BLOCKS

if TYPE_CHECKING:
    from verbale.core import Document, EventDate, Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that one request asks about: its sentences, and the dates that our own rules find there.

    `start` and `end` are offsets in the document's text. `dates` are the dates of its sentences, `story` the one that the
    story had reached before it, `document` the document's own.
    """

    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]
    dates: tuple[tuple[EventDate, ...], ...]
    story: EventDate | None
    document: EventDate | None

    def coded_spans(self) -> list[tuple[int, int]]:
        """Return where acts are coded, as offsets in the passage: its paragraphs and list items, not headings and tables."""
        return [
            (sentence.start - self.start, sentence.end - self.start)
            for sentence in self.sentences
            if sentence.kind in CODED_BLOCKS
        ]

    def halves(self) -> tuple[Passage, ...]:
        """Return the passage in two parts of whole sentences; nothing for a passage of one sentence."""
        middle = self.start + len(self.text) // 2
        cut = next((at for at, sentence in enumerate(self.sentences) if sentence.start >= middle), len(self.sentences) - 1)
        cut = max(cut, 1)
        if cut >= len(self.sentences):
            return ()
        story = next((dates[-1] for dates in reversed(self.dates[:cut]) if dates), self.story)
        return tuple(part for part in (self._part(0, cut), replace(self._part(cut, None), story=story)) if part.coded_spans())

    def _part(self, first: int, stop: int | None) -> Passage:
        sentences = self.sentences[first:stop]
        start, end = sentences[0].start, sentences[-1].end
        text = self.text[start - self.start : end - self.start]
        return replace(self, start=start, end=end, text=text, sentences=sentences, dates=self.dates[first:stop])


def cut_passages(document: Document, sentences: Sequence[Sentence], size: int) -> list[Passage]:
    """Return the passages of a document in order, each at most `size` characters unless one sentence is longer.

    Paragraphs are kept whole where they fit, and a heading goes with what follows it. A passage without a paragraph or list
    item is left out, because nothing is coded from it.
    """
    timeline = date_document(document, sentences)
    passages = []
    for first, stop in _packed(list(_units(sentences, size)), sentences, size):
        passage = _passage(document, sentences, timeline, first, stop)
        if passage.coded_spans():
            passages.append(passage)
    return passages


def _units(sentences: Sequence[Sentence], size: int) -> Iterator[tuple[int, int]]:
    """Yield what is best kept together, as positions: a block with the headings before it; single sentences of a long block."""
    waiting: int | None = None
    at = 0
    for _, group in groupby(sentences, key=lambda sentence: sentence.block):
        block = list(group)
        first, stop = at if waiting is None else waiting, at + len(block)
        at = stop
        if block[0].kind == "heading":
            waiting = first
            continue
        waiting = None
        if sentences[stop - 1].end - sentences[first].start <= size:
            yield first, stop
        else:
            yield from ((number, number + 1) for number in range(first, stop))
    if waiting is not None:
        yield waiting, at


def _packed(units: Sequence[tuple[int, int]], sentences: Sequence[Sentence], size: int) -> Iterator[tuple[int, int]]:
    """Join units to passages as long as they fit."""
    begun: int | None = None
    end = 0
    for first, stop in units:
        if begun is not None and sentences[stop - 1].end - sentences[begun].start > size:
            yield begun, end
            begun = None
        begun = first if begun is None else begun
        end = stop
    if begun is not None:
        yield begun, end


def _passage(document: Document, sentences: Sequence[Sentence], timeline: DateTimeline, first: int, stop: int) -> Passage:
    start, end = sentences[first].start, sentences[stop - 1].end
    before = timeline.inherited(first)
    dates = tuple(tuple(mention.date for mention in timeline[place] if mention.date) for place in range(first, stop))
    return Passage(
        start,
        end,
        document.text[start:end],
        tuple(sentences[first:stop]),
        dates,
        before.date if before else None,
        timeline.document_date,
    )
