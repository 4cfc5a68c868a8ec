"""Trains the scorer that tells whether two dated happenings of a text are one (`src/verbale/review/data/retellings.csv`).

    python training/train_retellings.py tests/review/strange tests/review/manuscripts tests/review/retold \\
        --plain training/stories/narratives/texts --plain tests/review/claims

Positive examples are the pairs of `training/retellings.csv`, and pairs of the marked manuscripts that agree in their dates
and are told alike, with the later date made wrong. Negative ones are all other pairs with two dates, of these texts and of
those under `--plain` (texts, or TEI of which each innermost division is a text), which hold hardly a slip. First it prints
what is found in each set by weights learnt from the others. Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from defusedxml.ElementTree import parse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tests.review.marked import Planted, load

from verbale.core import Block, Document
from verbale.parse import load_parser, split
from verbale.review import Manuscript, plain, split_at_notes
from verbale.review.checks.date_retold import LEAST
from verbale.review.chronicle import Chronicle
from verbale.review.happening_words import load_happening_words
from verbale.review.pairs import RIVAL, Pair, find_pairs
from verbale.review.retelling_scorer import FACTS
from verbale.review.retellings import Happening, Retellings
from verbale.sources import read

HERE: Final = Path(__file__).parent
WEIGHTS: Final = HERE.parent / "src/verbale/review/data/retellings.csv"
TODAY: Final = datetime.date(2026, 11, 27)
# Pairs that agree count as one happening from this likeness on: of 0, 0.5, 1 and 1.5 it gave the best precision on sets not
# learnt from.
ALIKE: Final = 0.5
# Inverse strength of the penalty: of 0.01, 0.02, 0.05, 0.1 and 0.3.
STRENGTH: Final = 0.02
# Positive examples are so few that each counts as much as this.
WEIGHT: Final = 5
# By how many years a slip misses: as in the manuscripts of the first three sets.
MISSES: Final = (1, 1, 1, 2, 2, 3, 4, 10)
TEI: Final = "{http://www.tei-c.org/ns/1.0}"


@dataclass
class Text:
    """A text with its pairs; `same` are the numbers of the tellings that are known to be of one happening."""

    writer: str
    pairs: list[Pair]
    planted: list[Planted] = field(default_factory=list)
    same: set[tuple[int, int]] = field(default_factory=set)

    def slip(self, happening: Happening) -> bool:
        """Tell whether a telling is one of the planted slips."""
        return any(happening.start < each.end and each.start < happening.end for each in self.planted)


def read_pairs(document: Document, parser: Any) -> tuple[Manuscript, Retellings]:
    """Return a document with its dated happenings."""
    sentences = list(split_at_notes(split(document), plain(document.text)))
    wanted = [number for number, sentence in enumerate(sentences) if sentence.kind != "table"]
    for number, sentence in zip(wanted, parser.parse(sentences[number] for number in wanted), strict=True):
        sentences[number] = sentence
    manuscript = Manuscript(document, sentences, today=TODAY)
    return manuscript, Retellings(manuscript, Chronicle(manuscript, load_happening_words()))


def marked_texts(folders: Iterable[Path], parser: Any) -> Iterator[Text]:
    """Yield the marked manuscripts of some folders; those of `strange` are by writers whom the first letter tells apart."""
    rows = (line for line in (HERE / "retellings.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    known = list(csv.DictReader(rows))
    with tempfile.TemporaryDirectory() as copies:
        for folder in folders:
            for path in sorted((*folder.glob("*.txt"), *folder.glob("*.md"))):
                document, planted = load(path, Path(copies))
                manuscript, retellings = read_pairs(document, parser)
                text = Text(path.stem[0] if folder.name == "strange" else "own", find_pairs(retellings))
                text.planted = [each for each in planted if each.check == "date-conflict"]
                for row in known:
                    if row["manuscript"] == path.stem:
                        ends = [_told_at(manuscript, retellings, row[name]) for name in ("earlier", "later")]
                        text.same |= {(min(a, b), max(a, b)) for a in ends[0] for b in ends[1]}
                yield text


def _told_at(manuscript: Manuscript, retellings: Retellings, words: str) -> list[int]:
    start = manuscript.plain.index(plain(words))
    end = start + len(words)
    places = [
        (each.number, each.sentence.start + each.moment.start, each.sentence.start + each.moment.end)
        for each in retellings.found
    ]
    return [number for number, first, last in places if first < end and start < last]


def plain_texts(folders: Iterable[Path], parser: Any) -> Iterator[Text]:
    """Yield the texts of some folders, which hold hardly a slip."""
    for folder in folders:
        for path in sorted(each for each in folder.iterdir() if each.suffix in ("", ".txt")):
            (document,) = read(path)
            if isinstance(document, Document):
                yield Text("plain", find_pairs(read_pairs(document, parser)[1]))
        for path in sorted(folder.glob("*.xml")):
            for division in parse(path).getroot().iter(f"{TEI}div"):
                paragraphs = [re.sub(r"\s+", " ", "".join(each.itertext())).strip() for each in division.iter(f"{TEI}p")]
                if division.find(f".//{TEI}div") is None and len(paragraphs) > 2:
                    yield Text("plain", find_pairs(read_pairs(_document(path.stem, paragraphs), parser)[1]))


def _document(name: str, paragraphs: Sequence[str]) -> Document:
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), "paragraph"))
        text += paragraph + "\n\n"
    return Document(name, text, tuple(blocks))


def examples(text: Text, chance: np.random.Generator) -> Iterator[tuple[list[float], int]]:
    """Yield the facts of the pairs of a text that can be learnt from, with 1 for those of one happening."""
    for pair in text.pairs:
        slip = text.slip(pair.earlier) or text.slip(pair.later)
        if pair.apart:
            if (pair.earlier.number, pair.later.number) in text.same:
                yield _row(pair.facts), 1
            elif pair.comparable and not slip:
                yield _row(pair.facts), 0
        elif text.writer != "plain" and pair.comparable and not slip and pair.likeness >= ALIKE:
            exact = {pair.earlier.moment.exact, pair.later.moment.exact}
            if exact <= {"day", "month", "season", "year"}:
                yield _row(_spoilt(pair, chance)), 1


def _row(facts: dict[str, float]) -> list[float]:
    return [facts[fact] for fact in FACTS]


def _spoilt(pair: Pair, chance: np.random.Generator) -> dict[str, float]:
    """Return the facts of a pair whose dates agree as if the later date were wrong by some years, or by months."""
    facts = dict(pair.facts)
    if pair.later.moment.exact == "year" or chance.random() < 0.75:
        facts |= {"years": float(chance.choice(MISSES)), "one figure": 1.0}
        facts["same month"] *= float(chance.integers(0, 2))
    else:
        facts |= {"years": 0.0, "one figure": 0.0, "same month": 0.0}
        facts["same day"] *= float(chance.integers(0, 2))
    return facts


def fit(texts: Iterable[Text]) -> tuple[StandardScaler, LogisticRegression]:
    """Return the scale of the facts and their weights."""
    chance = np.random.default_rng(0)
    found = [each for text in texts for each in examples(text, chance)]
    rows, right = np.array([row for row, _ in found]), np.array([label for _, label in found])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(scaler.transform(rows), right, sample_weight=np.where(right == 1, WEIGHT, 1))
    return scaler, model


def flagged(text: Text, scaler: StandardScaler, model: LogisticRegression) -> list[Happening]:
    """Return the later tellings that the scorer would call slips."""
    pairs = [each for each in text.pairs if each.apart and each.comparable and each.facts["rival fit"] >= RIVAL]
    if not pairs:
        return []
    chances = model.predict_proba(scaler.transform(np.array([_row(each.facts) for each in pairs])))[:, 1]
    found = {pair.later.number: pair.later for pair, likely in zip(pairs, chances, strict=True) if likely >= LEAST}
    return [found[number] for number in sorted(found)]


def report(texts: Sequence[Text]) -> None:
    """Print what is found in the manuscripts of each writer by weights learnt from all others."""
    for writer in sorted({text.writer for text in texts} - {"plain"}):
        scaler, model = fit(text for text in texts if text.writer != writer)
        mine = [text for text in texts if text.writer == writer]
        told = [(text, each) for text in mine for each in flagged(text, scaler, model)]
        right = sum(text.slip(each) for text, each in told)
        print(f"{writer}: {right} of {sum(len(text.planted) for text in mine)} slips found, {len(told) - right} false")


def write(scaler: StandardScaler, model: LogisticRegression, path: Path) -> None:
    """Write the weights as a table, under the comment that the file has."""
    comment = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [
        f"{fact},{mean:.3f},{max(scale, 0.001):.3f},{weight:.3f}"
        for fact, mean, scale, weight in zip(FACTS, scaler.mean_, scaler.scale_, model.coef_[0], strict=True)
        if abs(weight) >= 0.005
    ]
    lines = [*comment, "fact,mean,scale,weight", f"start,0,1,{model.intercept_[0]:.3f}", *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read, report and write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("marked", nargs="+", type=Path)
    arguments.add_argument("--plain", action="append", type=Path, default=[])
    arguments.add_argument("--output", type=Path, default=WEIGHTS)
    chosen = arguments.parse_args()
    parser = load_parser(None, estimates=False)
    texts = [*marked_texts(chosen.marked, parser), *plain_texts(chosen.plain, parser)]
    report(texts)
    write(*fit(texts), chosen.output)


if __name__ == "__main__":
    main()
