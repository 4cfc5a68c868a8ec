"""Passages and answers built in code for the tests of the coder that asks a model."""

from __future__ import annotations

from typing import Any

from verbale.coding.llm import Checked, Passage, cut_passages
from verbale.core import Block, Document, Event
from verbale.parse import split
from verbale.vocab import load_vocabulary

SUEZ = (
    "Britain invaded Egypt on 31 October 1956. The United States criticised “Britain” on 2 November, in New York.\n\n"
    "In 1957 Soviet troops left Egypt, according to the Foreign Ministry."
)


def make_document(text: str = SUEZ, *, name: str = "suez", date: str | None = None, headings: tuple[str, ...] = ()) -> Document:
    """Make a document with one block for each paragraph; those that are `headings` are such."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        start = text.index(part, at)
        at = start + len(part)
        blocks.append(Block(start, at, "heading" if part in headings else "paragraph"))
    return Document(name, text, tuple(blocks), date=date, path=f"{name}.txt")


def passages_of(document: Document, size: int = 4_000) -> list[Passage]:
    return cut_passages(document, split(document), size)


def item(**changes: Any) -> dict[str, Any]:
    """Return an event as a model writes it; a change to None takes the field away."""
    whole = {
        "quote": "Britain invaded Egypt on 31 October 1956",
        "type": "ASSAULT",
        "mode": "",
        "status": "actual",
        "source": "Britain",
        "source_code": "",
        "target": "Egypt",
        "target_code": "",
        "mutual": False,
        "date": "1956-10-31",
        "date_text": "on 31 October 1956",
        "said_by": "",
        "place": "",
        "object": "",
    } | changes
    return {name: value for name, value in whole.items() if value is not None}


def check(*items: Any, document: Document | None = None) -> Checked:
    """Hold items against the only passage of a document."""
    document = document or make_document()
    (passage,) = passages_of(document)
    checked = Checked(document, load_vocabulary(), "llm:test")
    checked.add(passage, items)
    return checked


def kept(*items: Any, document: Document | None = None) -> Event:
    """Return the only event of items of which nothing is dropped."""
    checked = check(*items, document=document)
    assert not checked.dropped
    (event,) = checked.events
    return event
