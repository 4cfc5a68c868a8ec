"""Scores a pipeline on the treebanks' test files and on our held-out sentences, and prints the table of `docs/model.md`.

Two settings: passages of ten sentences that the parser cuts itself, and sentences given one by one, as the coder asks for them.
With `--speed` it also times the parser, beside the tokenizer alone in the same run: the ratio holds on other machines too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score  # type: ignore[import-not-found]
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.pipeline.morphologizer import morphologizer_score  # type: ignore[import-not-found]
from spacy.pipeline.tagger import tagger_score  # type: ignore[import-not-found]
from spacy.training import Example

import verbale.parse  # noqa: F401  (its component is in the pipeline)
from treebank import read_sentences, sentences_to_doc

HERE = Path(__file__).parent
TREEBANKS = HERE.parent.parent / "shared" / "treebanks"
MODEL = HERE.parent / "src" / "verbale" / "models" / "en_verbale"
HELD_OUT = HERE / "own_treebank" / "heldout.conllu"
FIGURES = {
    "UPOS": "pos_acc",
    "XPOS": "tag_acc",
    "lemma": "lemma_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "sentences": "sents_f",
}


def score(pipeline: Language, files: list[Path], *, passage: int) -> dict[str, Any]:
    """Return spaCy's scores on the files, cut into passages of so many sentences."""
    examples = []
    for path in files:
        sentences = list(read_sentences(path))
        for at in range(0, len(sentences), passage):
            gold = sentences_to_doc(pipeline.vocab, sentences[at : at + passage], curly=False)
            predicted = pipeline.make_doc(gold.text)
            if passage == 1:
                for token in predicted[1:]:
                    token.is_sent_start = False
            examples.append(Example(predicted, gold))
    for example, doc in zip(examples, pipeline.pipe([example.predicted for example in examples]), strict=True):
        example.predicted = doc
    scores: dict[str, Any] = {}
    for scorer in (tagger_score, morphologizer_score, lemmatizer_score, parser_score):
        scores |= scorer(examples)
    return scores


def seconds(run: Callable[[], Iterable[object]]) -> float:
    """Return the processor seconds that a run takes, once it is warm."""
    start = time.process_time()
    for _ in run():
        pass
    return time.process_time() - start


def print_speed(pipeline: Language, texts: list[str]) -> None:
    """Print sentences a processor second for parsing (sentences given) and for cutting into words alone, and their ratio."""
    with pipeline.select_pipes(disable=[name for name in ("senter",) if name in pipeline.pipe_names]):
        list(pipeline.pipe(texts[:200]))
        tokenizing = seconds(lambda: (pipeline.make_doc(text) for text in texts))
        parsing = seconds(lambda: pipeline.pipe(texts, batch_size=256))
    print(f"\n{len(texts)} sentences: {len(texts) / parsing:.0f} a second parsed, {len(texts) / tokenizing:.0f} cut into words")
    print(f"one parse costs as much as cutting {parsing / tokenizing:.0f} sentences into words")


def main() -> None:
    """Print the scores of a model on the test files, apart and together, and on the held-out sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--only", choices=("EWT", "GUM", "both", "held-out"), default=None)
    parser.add_argument("--speed", action="store_true")
    args = parser.parse_args()
    pipeline = spacy.load(args.model)
    ewt, gum = (args.treebanks / f"{bank}-test.conllu" for bank in ("ewt", "gum"))
    print("| test file | sentences | " + " | ".join(FIGURES) + " |")
    print("|---|---|" + "---|" * len(FIGURES))
    for name, files in (("EWT", [ewt]), ("GUM", [gum]), ("both", [ewt, gum]), ("held-out", [HELD_OUT])):
        if args.only not in (None, name):
            continue
        for passage, how in ((10, "cut by the model"), (1, "given")):
            scores = score(pipeline, files, passage=passage)
            row = " | ".join(f"{100 * (scores.get(key) or 0):.1f}" for key in FIGURES.values())
            print(f"| {name} | {how} | {row} |")
    if args.speed:
        print_speed(pipeline, [text for path in (ewt, gum) for text, _ in read_sentences(path)])


if __name__ == "__main__":
    main()
