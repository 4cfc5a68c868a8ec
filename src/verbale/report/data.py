"""What a dossier is made from: documents, events, and the measures' tables as plain lists; no live objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verbale.core import Amendment, Document, Event, Rejection, Run


@dataclass(frozen=True, slots=True)
class DossierDocument:
    """A document of a dossier, with the character spans of its sentences and which of them were worth coding.

    `sentences` are (start, end) offsets in the document's text, end exclusive. `screened` are indices into `sentences` of those
    that passed the coder's screen (they seem to tell an act between actors); None where this is not known.
    """

    document: Document
    sentences: Sequence[tuple[int, int]] = ()
    screened: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class DossierData:
    """Everything that a dossier shows.

    `balance` and `directed` are rows of `verbale.measures.balance` and `directed_counts` over the actual ones among `events`;
    `period` names the period of `balance` (month, year, decade, century). `names` gives actors' codes a name. `made` is the day
    on which the page was made, as it shall be printed; it is passed in, so that the same data give the same page. `amendments`
    are the corrections by hand that the events carry, by event id, oldest first; `withdrawn` counts events of these documents
    that were withdrawn by hand.
    """

    title: str
    documents: Sequence[DossierDocument]
    events: Sequence[Event]
    dyad: tuple[str, str] | None = None
    years: tuple[int, int] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    period: str = "year"
    balance: Sequence[Mapping[str, Any]] = ()
    directed: Sequence[Mapping[str, Any]] = ()
    rejections: Sequence[Rejection] = ()
    runs: Sequence[Run] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    made: str = ""
    amendments: Mapping[str, Sequence[Amendment]] = field(default_factory=dict)
    withdrawn: int = 0
