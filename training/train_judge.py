"""Trains the judge: the weights of cues by which the coder tells who did an act to whom (`src/verbale/models/judge`).

    python training/train_judge.py training/stories/narratives training/stories/sentences

Each folder is a hand-coded set in the layout of `training/heldout` (texts/ and gold.jsonl). Every pair of actors that the coder
proposes for an act is an example: right where gold has an event of that pair and quadrant on overlapping words. The model is a
logistic regression on the cues, so that every weight can be read; `calibrate_judge.py` then makes its scores probabilities.
Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import csv
import pickle
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from act_examples import Text, read_texts
from verbale.app.flows.evaluation import GoldEvent
from verbale.coding.document_coder import CODED_BLOCKS, read_through
from verbale.coding.judge import RIVALS, START, WEIGHTS, Judge
from verbale.coding.proposals import Proposal
from verbale.coding.rivals import LEAST, rival_facts
from verbale.coding.sentence_coder import quote_span, sentence_proposals
from verbale.coding.trees import FACTS, Node, Trees, laid
from verbale.core import QUADRANTS, Estimates, Sentence
from verbale.vocab import load_vocabulary

HERE: Final = Path(__file__).parent
# A cue in fewer examples says more of them than of language.
RAREST: Final = 4
# Inverse strength of the penalty on weights: of 0.02, 0.05 and 0.15 the first gave the best F1 on sets not learnt from.
STRENGTH: Final = 0.02
# An actor that stands at several words counts at the most telling one, which the weights decide: a second round is enough.
ROUNDS: Final = 2
# Weights smaller than this change no probability by more than a thousandth.
SMALLEST: Final = 0.01
# One text in so many is learnt a second time without estimates, for sentences that come without.
UNSEEN: Final = 4
# Single sentences are few beside the narratives; so much does each count that both kinds are learnt.
SHARE_OF_SENTENCES: Final = 4.0
# The texts are divided into so many parts, each looked at by a judge of the others: the trees see what a new text gives.
FOLDS: Final = 3
# Trees of this size gave the best F1 on sets not learnt from; twice as many or as large ones no more (docs/quality.md).
TREES: Final[dict[str, Any]] = {
    "max_iter": 200,
    "max_leaf_nodes": 16,
    "max_depth": 7,
    "learning_rate": 0.05,
    "l2_regularization": 5,
    "min_samples_leaf": 60,
}


@dataclass(frozen=True)
class Example:
    """The cues of one proposal, what stands beside it, and whether it is right; `done` is an act that is told as done."""

    cues: tuple[str, ...]
    facts: Any
    done: bool
    right: bool
    weight: float = 1.0


def with_estimates(texts: Iterable[Text], folder: Path) -> list[Text]:
    """Return the texts with the estimates of networks that were not trained on them, in place of the package's own."""
    found: dict[tuple[str, int], Any] = {}
    for path in sorted(folder.glob("fold*.pickle")):
        found |= pickle.loads(path.read_bytes())  # noqa: S301
    return [replace(text, sentences=[_estimated(text, one, found) for one in text.sentences]) for text in texts]


def unseen(text: Text) -> Text:
    """Return a text without estimates."""
    return replace(text, sentences=[replace(sentence, estimates=None) for sentence in text.sentences])


def _estimated(text: Text, sentence: Sentence, found: dict[tuple[str, int], Any]) -> Sentence:
    matrices = found.get((f"{text.folder}/{text.document.name}", sentence.start))
    estimates = Estimates(*(matrix.astype(np.float32) for matrix in matrices)) if matrices else None
    return replace(sentence, estimates=estimates)


def examples(text: Text, judge: Judge) -> list[Example]:
    """Return an example for every proposal of a document; those that gold leaves open are left out."""
    vocabulary = load_vocabulary()
    found: list[tuple[Proposal, Any, bool, list[Match]]] = []
    for reading in read_through(text.document, text.sentences, vocabulary):
        if reading.sentence.kind not in CODED_BLOCKS:
            continue
        acts = list(sentence_proposals(reading.tree, reading.phrases, vocabulary, judge=judge))
        facts = iter(rival_facts(acts, reading.phrases, judge))
        for act, proposals in acts:
            start, end = quote_span(reading.tree, act.trigger.anchor, act.trigger)
            at = reading.tree.tokens[act.trigger.at].start
            near = [
                (number, event)
                for number, event in enumerate(text.gold)
                if event.start < end and start < event.end and QUADRANTS[event.type] == QUADRANTS[act.reading.type]
            ]
            for proposal in proposals:
                codes = [standing.candidate.code for standing in (proposal.source, proposal.target)]
                matches = _matches(near, [text.code(code) for code in codes], at, mutual=act.mutual)
                found.append((proposal, next(facts), act.reading.status == "actual", matches))
                if any(match.inside and not match.optional for match in matches):
                    reading.memory.note_told(codes[0], codes[1], act.reading.type)
    told = {match.key for *_, matches in found for match in matches if match.inside}
    weight = SHARE_OF_SENTENCES if len(text.sentences) == 1 else 1.0
    verdicts = ((*one, _verdict(matches, told)) for *one, matches in found)
    return [
        Example(proposal.cues, beside, done, verdict, weight)
        for proposal, beside, done, verdict in verdicts
        if verdict is not None
    ]


@dataclass(frozen=True)
class Match:
    """A gold event and pair that a proposal agrees with; `inside` where the act's own word stands in the gold quote."""

    key: tuple[int, frozenset[str]]
    inside: bool
    optional: bool


def _matches(near: Sequence[tuple[int, GoldEvent]], codes: Sequence[str], at: int, *, mutual: bool) -> list[Match]:
    pair = (codes[0], codes[1])
    found = []
    for number, event in near:
        named = _pairs(event)
        if pair in named or ((mutual or event.mutual) and pair[::-1] in named):
            found.append(Match((number, frozenset(pair)), event.start <= at < event.end, event.optional))
    return found


def _verdict(matches: Sequence[Match], told: set[tuple[int, frozenset[str]]]) -> bool | None:
    """Tell whether a proposal is right; None where gold calls it optional, or another word tells the event better."""
    if any(match.inside and not match.optional for match in matches):
        return True
    if any(match.optional or match.key in told for match in matches):
        return None
    return bool(matches)


def _pairs(event: GoldEvent) -> set[tuple[str, str]]:
    if event.mutual:
        parties = {*event.source, *event.target}
        return {(a, b) for a in parties for b in parties if a != b}
    return {(a, b) for a in event.source for b in event.target}


def fit(texts: Sequence[Text], *, rounds: int = ROUNDS, strength: float = STRENGTH, leaving_out: tuple[str, ...] = ()) -> Judge:
    """Return a judge of uncalibrated weights; cues that begin as in `leaving_out` get none."""
    judge = first_guess()
    for _ in range(rounds):
        found = [example for text in (*texts, *map(unseen, texts[::UNSEEN])) for example in examples(text, judge)]
        left_out = (*leaving_out, "\0")
        counts = Counter(cue for one in found for cue in set(one.cues) if not cue.startswith(left_out))
        columns = {cue: place for place, cue in enumerate(sorted(cue for cue, count in counts.items() if count >= RAREST))}
        model = LogisticRegression(C=strength, max_iter=500)
        weights = [example.weight for example in found]
        model.fit(_matrix(found, columns), [example.right for example in found], sample_weight=weights)
        learnt = {cue: float(model.coef_[0, place]) for cue, place in columns.items()}
        judge = Judge({**learnt, START: float(model.intercept_[0])})
    return judge


def fit_rivals(texts: Sequence[Text]) -> Trees:
    """Return the trees of the second look, learnt from what a judge says at first sight of texts that it did not learn from."""
    found: list[Example] = []
    for fold in range(FOLDS):
        judge = fit([text for at, text in enumerate(texts) if at % FOLDS != fold])
        own = texts[fold::FOLDS]
        found += [example for text in (*own, *map(unseen, own[::UNSEEN])) for example in examples(text, judge)]
    found = [one for one in found if one.done and one.facts[FACTS.index("chance")] >= LEAST]
    model = HistGradientBoostingClassifier(**TREES, random_state=1)
    model.fit([one.facts for one in found], [one.right for one in found], sample_weight=[one.weight for one in found])
    grown = [[_node(at, node) for at, node in enumerate(step[0].nodes)] for step in model._predictors]
    return laid(dict(enumerate(dict(enumerate(tree)) for tree in grown)), float(model._baseline_prediction.item()))


def _node(at: int, node: Any) -> Node:
    if node["is_leaf"]:
        return Node(0, 0.0, at, at, float(node["value"]))
    return Node(int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"]), 0.0)


def first_guess() -> Judge:
    """Return a judge that only trusts the rules, to begin with."""
    return Judge({f"{role} rule True": 2.0 for role in "st"} | {f"{role} declared 0": 1.0 for role in "st"} | {START: -4.0})


def _matrix(found: Sequence[Example], columns: dict[str, int]) -> Any:
    indices: list[int] = []
    starts = [0]
    for example in found:
        indices += sorted({columns[cue] for cue in example.cues if cue in columns})
        starts.append(len(indices))
    return csr_matrix((np.ones(len(indices), dtype=np.float32), indices, starts), shape=(len(found), len(columns)))


def write(judge: Judge, path: Path) -> None:
    """Write the weights as a table, the cues in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["cue", "weight"])
        for cue, weight in sorted(judge.weights.items()):
            if cue.startswith("(") or abs(weight) >= SMALLEST:
                rows.writerow([cue, f"{weight:.3f}"])


def write_rivals(trees: Trees, path: Path) -> None:
    """Write the trees as a table, a row a node; numbers as short as they can be without leading elsewhere."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["tree", "node", "fact", "bound", "low", "high", "value"])
        rows.writerow([-1, 0, "", "", "", "", f"{trees.start:.5g}"])
        for tree, nodes in enumerate(trees.nodes):
            for at, node in sorted(nodes.items()):
                if node.low == at:
                    rows.writerow([tree, at, "", "", "", "", f"{node.value:.4g}"])
                else:
                    rows.writerow([tree, at, FACTS[node.fact], f"{node.bound:.6g}", node.low, node.high, ""])


def main() -> None:
    """Train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--estimates", type=Path, default=HERE / "build" / "estimates", help="made by train_estimates.py")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    texts = with_estimates((text for folder in args.folders for text in read_texts(folder, estimates=False)), args.estimates)
    print(f"{len(texts)} texts, {sum(len(text.gold) for text in texts)} events", flush=True)
    judge = fit(texts)
    write(judge, args.out)
    write_rivals(fit_rivals(texts), args.out.with_name(RIVALS))
    print(f"{len(judge.weights)} weights; now calibrate them with calibrate_judge.py")


if __name__ == "__main__":
    main()
