"""Why something that a model answered did not get into the ledger: every reason by its code, with what it means."""

from __future__ import annotations

from typing import Final

# An event that was proposed, or a whole answer, and not kept.
DROPPED: Final[dict[str, str]] = {
    "answer-malformed": "the answer was no JSON of the form that was asked for",
    "answer-cut-off": "the answer ended before it was complete, also for half of the passage",
    "answer-refused": "the model or its filter declined to answer",
    "answer-too-large": "the answer was longer than any answer can be",
    "event-malformed": "a field was missing or of the wrong kind",
    "too-many-events": "the answer held more events than a passage can tell",
    "type-unknown": "the type is none of PLOVER's sixteen",
    "status-unknown": "the status is none of the five",
    "quote-not-found": "the quote does not stand in the passage",
    "quote-too-short": "the quote is a single word, which cannot say who did what",
    "quote-too-long": "the quote is longer than a sentence",
    "quote-in-heading": "the quote stands in a heading or table only",
    "actor-missing": "source or target is empty",
    "actor-not-in-passage": "the name of source or target does not stand in the passage",
    "actor-unknown": "source or target is no actor of the vocabulary in the year of the act",
    "actor-ambiguous": "the words for source or target name several actors",
    "actor-code-contradicted": "the code that was given is another actor's than the one that the name means",
    "same-actor": "source and target are the same",
    "duplicate": "the same event was there already",
    "below-confidence": "the event is less sure than was asked for",
}
# A part of an event that was not kept; the event was, without it.
LEFT_OUT: Final[dict[str, str]] = {
    "date-unreadable": "the date has no form that was asked for, or is no day of the calendar",
    "date-not-told": "neither the passage nor the story before it tells of that year",
    "date-coarsened": "month or day of the date are not told; the date was cut to what is",
    "mode-unknown": "the mode is none of the type's",
    "text-not-found": "the words for date, speaker, place or object do not stand in the passage",
}
