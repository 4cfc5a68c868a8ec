"""Measures what each part of the coder gives: trains the judge without it and prints F1 on sets that are not learnt from.

    python training/ablate.py training/stories/narratives training/stories/sentences --sets ../shared/gold/narratives-dev ...
    python training/ablate.py training/stories/narratives --across 5

With `--across N` the learning texts themselves are scored, each by a judge (and by estimates) that saw neither it nor the other
texts of its fold. A set whose gold knows one code for organisations is scored as `verbale evaluate --igo` does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

from act_examples import Text, read_texts
from train_judge import HERE, fit, with_estimates
from verbale.app.flows.evaluation import Evaluation, score
from verbale.coding import code_document, sentence_coder
from verbale.coding.judge import Judge
from verbale.coding.memory import Memory
from verbale.ledger import score_records
from verbale.vocab import load_vocabulary

LEVELS: Final = ("pair", "quad", "type")
# What is taken away: the cues that begin so get no weight, or a function of the coder gives nothing.
WITHOUT: Final[dict[str, tuple[str, ...]]] = {
    "the rules' choice of parties": (
        *("p trust", "p rule", "s rule", "t rule", "s declared", "t declared", "act rule", "alone rule", "alone trust"),
    ),
    "the estimates of parts": ("s seen", "t seen", "s best", "t best", "s others", "t others", "s unnamed", "t unnamed"),
    "the estimates of leads": ("s lead", "t lead", "s no lead", "t no lead", "s other lead", "t other lead"),
    "the estimates of both parts at once": ("p seen", "p act seen"),
    "the estimates of acts": ("act own", "act quad", "act any", "act best", "act seen"),
    "the way through the tree": (
        *("s verb", "s noun", "s light", "s passive", "t verb", "t noun", "t light", "t passive", "p between"),
    ),
    "which state the story is about": ("s rank", "t rank", "p ranks", "s story rank", "t story rank"),
    "what was told before": ("p told before",),
    "the words of acts": ("act word",),
    "how the act is told": ("act told", "alone act told"),
    "that a text is one sentence": ("alone",),
}
FUNCTIONS: Final[dict[str, tuple[Any, str, Callable[..., Any]]]] = {
    "acts that only the model sees": (sentence_coder, "estimated_triggers", lambda *_: []),
    "actors that only the story offers": (Memory, "offered", lambda *_: []),
}


@contextmanager
def taken_away(name: str) -> Iterator[tuple[str, ...]]:
    """Take one part of the coder away, and give the beginnings of the cues that go with it."""
    with ExitStack() as stack:
        if name in FUNCTIONS:
            owner, attribute, nothing = FUNCTIONS[name]
            stack.enter_context(mock.patch.object(owner, attribute, nothing))
        yield WITHOUT.get(name, ())


def measured(texts: Sequence[Text], judge: Judge) -> Evaluation:
    """Return the figures of texts, coded with a judge."""
    vocabulary = load_vocabulary()
    predicted = {}
    with mock.patch.object(sentence_coder, "load_judge", return_value=judge):
        for text in texts:
            events = code_document(text.document, text.sentences, vocabulary)
            predicted[text.document.name] = score_records(text.document.name, events, igo=text.igo)
    return score([event for text in texts for event in text.gold], predicted)


def shown(found: Evaluation) -> str:
    """Return F1 at the three levels."""
    return " ".join(f"{found.levels[level].f1:.3f}" for level in LEVELS)


def across(texts: Sequence[Text], folds: int) -> None:
    """Print the figures of texts that were each coded by a judge trained on the others."""
    total: dict[str, list[int]] = {level: [0, 0, 0] for level in LEVELS}
    for fold in range(folds):
        judge = fit([text for place, text in enumerate(texts) if place % folds != fold])
        for text in texts[fold::folds]:
            if not text.gold:
                continue
            found = measured([text], judge)
            for level in LEVELS:
                one = found.levels[level]
                for at, number in enumerate((one.matched, one.predicted, one.gold)):
                    total[level][at] += number
            print(f"{text.document.name:30} {shown(found)}", flush=True)
    print("all: " + " ".join(f"{2 * matched / (predicted + gold):.3f}" for matched, predicted, gold in total.values()))


def main() -> None:
    """Print one line for each part that is taken away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sets", type=Path, nargs="*", default=[])
    parser.add_argument("--estimates", type=Path, default=HERE / "build" / "estimates")
    parser.add_argument("--across", type=int, default=0)
    args = parser.parse_args()
    learning = with_estimates((text for folder in args.folders for text in read_texts(folder, estimates=False)), args.estimates)
    if args.across:
        across(learning, args.across)
        return
    sets = [read_texts(folder) for folder in args.sets]
    for name in ("(nothing)", *WITHOUT, *FUNCTIONS):
        with taken_away(name) as starts:
            judge = fit(learning, rounds=1, leaving_out=starts)
            print(f"{name:36} " + " | ".join(shown(measured(texts, judge)) for texts in sets), flush=True)


if __name__ == "__main__":
    main()
