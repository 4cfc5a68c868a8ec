"""Where the date of an act comes from, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.coding.dates import DateMention, InheritedDate
from verbale.coding.when import Dating
from verbale.core import Document, Sentence
from verbale.core.explanations import EarlierWords, ExplainedDate

STANDS: Final = {
    "own words": "it stands in the phrase of the act itself",
    "own clause": "it stands in the clause of the act",
    "sentence": "no date stands in the clause of the act; this one is the nearest in the sentence",
    "until": "the sentence says when the act ended; it began with the date before",
    "instrument": "the sentence names a treaty or war whose date the vocabulary knows",
    "none": "neither the sentence nor what stands before it gives a date",
}
CARRIED: Final = {
    "paragraph": "the sentence gives no date; the story has come to this one in the same paragraph",
    "section": "the sentence gives no date; the story has come to this one in an earlier paragraph",
    "heading": "the sentence gives no date; the heading above it does",
    "title": "the sentence gives no date; the title of the document does",
    "document": "the sentence gives no date; in news, the date of the document counts",
}


def explained_date(document: Document, sentences: Sequence[Sentence], dating: Dating) -> ExplainedDate:
    """Return the date of an act with the words that it was read from and how it was completed."""
    date = dating.date
    if date is None:
        return ExplainedDate(None, None, "", "", "", dating.source, STANDS["none"])
    earlier = None
    if dating.source == "story" and dating.carried is not None:
        meaning = CARRIED[dating.carried.origin]
        earlier = _source_of(document, sentences, dating.carried)
    else:
        meaning = STANDS[dating.source]
    completed = _completion(dating.mention)
    if completed:
        meaning = f"{meaning}; {completed}"
    return ExplainedDate(date.start, date.end, date.precision, date.text, date.calendar, dating.source, meaning, earlier)


def _completion(mention: DateMention | None) -> str:
    """Say what an expression that is no full date left open, and what filled it."""
    if mention is None or mention.need is None:
        return ""
    by = "the document's own date" if mention.need.anchor == "document" else "what the story had come to"
    if mention.need.fixed is not None or mention.need.onto is not None:
        by = "the date that the expression counts from"
    return f"what it leaves open is filled in from {by}"


def _source_of(document: Document, sentences: Sequence[Sentence], carried: InheritedDate) -> EarlierWords | None:
    mention = carried.mention
    if mention is None:
        return None
    number = next((number for number, s in enumerate(sentences, start=1) if s.start <= mention.start < s.end), 0)
    return EarlierWords(number, document.text[mention.start : mention.end])
