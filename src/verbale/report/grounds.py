"""What a verdict on a claim rests on, in words and as JSON."""

from __future__ import annotations

from typing import Any

from verbale.core import Ground


def ground_words(ground: Ground) -> str:
    """Return a ground in a line: where it stands, its words, and what agrees and differs."""
    if ground.dataset:
        edition = f" {ground.edition}" if ground.edition else ""
        where = f"{ground.dataset}{edition}" + (f", line {ground.line}" if ground.line is not None else "")
    else:
        where = ground.document
    if ground.shown:
        return f"{where}: {ground.shown}".removeprefix(": ")
    told = [f"{name}: {'; '.join(parts)}" for name, parts in (("Agrees", ground.agrees), ("Differs", ground.differs)) if parts]
    return ". ".join([f"{where}: {ground.text}".removeprefix(": ").rstrip("."), *told]) + "."


def ground_facts(ground: Ground) -> dict[str, Any]:
    """Return a ground as JSON holds it; a passage of another document has its offsets there."""
    facts: dict[str, Any] = {"text": ground.text}
    if ground.dataset:
        facts |= {"dataset": ground.dataset, "edition": ground.edition, "line": ground.line}
    if ground.document:
        facts["document"] = ground.document
    if (passage := ground.passage) is not None:
        facts |= {"document_id": passage.document_id, "start": passage.start, "end": passage.end, "quote": passage.quote}
    return facts | {"agrees": list(ground.agrees), "differs": list(ground.differs), "words": ground_words(ground)}
