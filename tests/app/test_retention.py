"""A long run holds no more than a short one: nothing of a document outlives it, and what is kept of words has a bound."""

from __future__ import annotations

import gc
import json
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import verbale
from verbale.app.flows.coder import Coded
from verbale.coding.cues import Cues
from verbale.coding.tree import Tree
from verbale.core import Document, Event, Sentence, Token
from verbale.parse import load_parser, parser

OF_A_DOCUMENT: Final = (Document, Sentence, Token, Event, Tree, Cues, Coded)
DOCUMENTS: Final = 300


def alive() -> Counter[str]:
    """Count the objects that belong to one document and can still be reached."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if type(one) in OF_A_DOCUMENT)


def test_nothing_of_a_document_is_kept_after_it(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    rows = [
        {
            "id": f"note-{number}",
            "date": f"19{number % 90 + 10}-05-01",
            "text": f"France sent {number} notes to Spain. It rained.",
        }
        for number in range(DOCUMENTS)
    ]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    held: list[Counter[str]] = []

    def watch(progress: verbale.Progress) -> None:
        if progress.documents in {DOCUMENTS // 3, DOCUMENTS}:
            held.append(alive())

    before = alive()
    with verbale.open_ledger(tmp_path / "L.duckdb") as ledger:
        report = verbale.code(corpus, ledger=ledger, progress=watch)
        after = alive()
    assert report.documents == DOCUMENTS
    assert after == before
    early, late = held
    assert late - early == Counter(), "more is held of 300 documents than of 100"


def test_words_that_the_parser_met_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MOST_NEW_WORDS", 200)
    one, sizes = load_parser(), []
    for number in range(60):
        text = " ".join(f"zq{number}x{place}" for place in range(20)) + "."
        list(one.parse([Sentence("d", 0, 0, "paragraph", 0, len(text), text)]))
        sizes.append(len(one._pipeline.vocab.strings))
    assert max(sizes) - min(sizes) < 600  # 1,200 words were met, each with its shape and endings
