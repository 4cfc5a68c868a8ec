"""Fits the line that makes the judge's scores probabilities, on hand-coded sets that the weights were not learnt from.

    python training/calibrate_judge.py ../shared/gold/narratives-dev ../shared/gold/gsr-dev

What is fitted are the events that are told in the end, not all pairs that were weighed: of the readings of one word, and of
the words that tell one act, the likeliest is kept, and it is right more often than its score says. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest import mock

from sklearn.linear_model import LogisticRegression

from act_examples import Text, read_texts
from train_judge import write
from verbale.app.flows.evaluation import score
from verbale.coding import code_document, proposals, sentence_coder
from verbale.coding.judge import SHIFT, SLOPE, WEIGHTS, Judge, load_judge
from verbale.ledger import score_records
from verbale.vocab import load_vocabulary

# Lower than any floor that is used, so that the line is fitted around the floor too.
LEAST: Final = 0.2
# A mild penalty: some hundred single sentences must not decide how all of their kind are judged.
PENALTY: Final = 0.05


def told(text: Text, judge: Judge) -> Iterator[tuple[float, bool]]:
    """Yield the score of each event that is told of a text, and whether it is right; what gold calls optional is left out."""
    load = mock.patch.object(sentence_coder, "load_judge", return_value=judge)
    with load, mock.patch.object(proposals, "FLOOR", LEAST):
        events = code_document(text.document, text.sentences, load_vocabulary())
    for event in events:
        found = score(text.gold, {text.document.name: score_records(text.document.name, [event], igo=text.igo)}).levels["quad"]
        if found.predicted:
            yield math.log(event.confidence / (1 - event.confidence)), found.matched > 0


def main() -> None:
    """Fit the line and write it into the table of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    loaded = load_judge(args.weights)
    judge = replace(loaded, weights={cue: weight for cue, weight in loaded.weights.items() if cue not in (SLOPE, SHIFT)})
    texts = [text for folder in args.folders for text in read_texts(folder)]
    scored = [one for text in texts for one in told(text, judge)]
    line = LogisticRegression(C=PENALTY).fit([[score] for score, _ in scored], [right for _, right in scored])
    slope, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
    write(Judge({**judge.weights, SLOPE: slope, SHIFT: shift}), args.weights)
    print(f"{len(scored)} events, {sum(right for _, right in scored)} right: slope {slope:.3f}, shift {shift:.3f}")


if __name__ == "__main__":
    main()
