"""The checks let through what is right: the hand coding of our own texts, answered as a model would, nearly all gets in.

What is lost is lost for cause: a conference, three republics or an organisation that the passage does not name where it acts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

from verbale.app.flows.coder import Coded, Usage
from verbale.app.flows.evaluating import evaluate
from verbale.coding.llm import Checked, Passage, coder_version, cut_passages
from verbale.core import Document, Rejection
from verbale.parse import split
from verbale.vocab import load_vocabulary

GOLD = Path(__file__).parents[3] / "training" / "heldout" / "narratives"
# Measured on 26 November 2026: 440 of 467 pairs (0.942), all with the right year.
FLOOR = 0.94


class HandCoding:
    """A coder that answers with what people have coded, each party under the nearest name that the passage gives it."""

    name, version, model, vocabulary = "llm:people", coder_version(), "people", ""
    project = None
    options: Mapping[str, Any] = {}

    def __init__(self, gold: Path) -> None:
        self._gold = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        self._known = load_vocabulary()

    def code_all(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        for item in items:
            if isinstance(item, Rejection):
                yield item
                continue
            checked = Checked(item, self._known, self.name)
            for passage in cut_passages(item, split(item), 4_000):
                checked.add(passage, list(self._answers(item.name, passage)))
            yield Coded(item, checked.events, 0, 0, 0, checked.dropped, checked.left_out)

    def usage(self) -> Usage | None:
        return None

    def _answers(self, name: str, passage: Passage) -> Iterator[dict[str, Any]]:
        for event in self._gold:
            at = passage.text.find(event["quote"])
            if event["doc"] != name or at < 0:
                continue
            mutual = bool(event.get("mutual"))
            source, target = event["source"], event["target"]
            pairs = combinations(dict.fromkeys([*source, *target]), 2) if mutual else product(source, target)
            year = int(event["date"][:4]) if event.get("date") else None
            for pair in pairs:
                first, second = (self._name(code, passage.text, at, year) for code in pair)
                yield {"quote": event["quote"], "type": event["type"], "status": "actual", "mutual": mutual, "source": first,
                       "source_code": pair[0], "target": second, "target_code": pair[1],
                       "date": event.get("date") or ""}  # fmt: skip

    def _name(self, code: str, text: str, at: int, year: int | None) -> str:
        named = []
        for mention in self._known.actors.find(text):
            reading = self._known.actors.resolve(mention, year, retrospective=True)
            if reading is None and any(one.kind != "leader" for one in mention.names):
                reading = self._known.actors.resolve(mention, None)
            if reading is not None and reading.code == code:
                named.append((abs(mention.start - at), mention.text))
        return min(named)[1] if named else ""


def test_nearly_all_of_a_perfect_answer_gets_into_the_record() -> None:
    found = evaluate(GOLD, coder=HandCoding(GOLD / "gold.jsonl"))
    level = found.levels["type"]
    assert level.recall >= FLOOR
    assert level.precision == 1.0
    assert found.year == 1.0
    assert set(found.dropped) <= {"actor-missing", "actor-unknown"}
