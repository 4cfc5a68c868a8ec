"""Fits the weights by which two mentions are judged one event, and writes them into measures/groups/data/weights.csv.

    python -m training.fit_mentions [--dry]

Logistic regression with a ridge on all pairs of the scenes for fitting that may be one event; a weight keeps the sign that
its row asks for, because five hundred pairs are too few to learn, say, that another name speaks for the same event.
"""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from tests.measures.mentions import Scenes, group_of, read_scenes, scores

from verbale.measures.groups.blocking import candidate_pairs
from verbale.measures.groups.features import compare, count_rivals, rivalry
from verbale.measures.groups.mentions import read_mentions
from verbale.measures.groups.weights import SIGNS, WEIGHTS, load_weights

# By leaving out one tenth of the scenes for fitting after another, pair F1 of groups is 0.89 at 0.1 and 0.3 and 0.87 at 1.
RIDGE: Final = 0.3


def examples(scenes: Scenes) -> tuple[list[str], Any, Any, Any]:
    """Return the features' names, a row of features for each pair that may be one event, whether it is, and its scene."""
    mentions = read_mentions(scenes.table())
    one, other = (np.concatenate(side) for side in zip(*candidate_pairs(mentions), strict=True))
    features = compare(mentions, one, other)
    features["rivals"] = rivalry(count_rivals(features, one, other, size=len(mentions)), one, other)
    told = [scenes.event_of[ids[0]] for ids in mentions.ids]
    same = np.array([told[left] == told[right] for left, right in zip(one, other, strict=True)])
    scene = np.array([int(told[left][:-1]) for left in one])
    kept = {name: values for name, values in features.items() if SIGNS[_rows()[name][2]] is not None}
    # What is fixed shifts the odds of its pairs; those pairs are left to it.
    fixed = [name for name in features if name not in kept]
    free = np.logical_and.reduce([(features[name] == 0) | (name == "within_longer") for name in fixed])
    return list(kept), np.column_stack(list(kept.values()))[free], same[free], scene[free]


def fit(table: Any, same: Any, bounds: list[tuple[float | None, float | None]], ridge: float = RIDGE) -> Any:
    """Return the weights that make the pairs most likely, with a ridge."""
    signs = np.where(same, 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = signs * (table @ weights)
        wrong = 1.0 / (1.0 + np.exp(margin))
        return float(np.logaddexp(0, -margin).sum() + ridge / 2 * weights @ weights), -table.T @ (
            signs * wrong
        ) + ridge * weights

    return minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


def _rows() -> dict[str, list[str]]:
    lines = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {line.split(",")[0]: line.split(",", 3) for line in lines[1:]}


def main() -> None:
    """Fit, say how well, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dry", action="store_true", help="write nothing")
    args = arguments.parse_args()
    scenes = read_scenes(held_out=False)
    names, table, same, scene = examples(scenes)
    rows = _rows()
    bounds = [SIGNS[rows[name][2]] or (None, None) for name in names]
    print(f"{len(scenes.rows)} mentions, {len(same)} pairs that may be one event, {same.sum()} of them are")
    for ridge in (0.1, 0.3, 1.0, 3.0, 10.0):
        right = found = 0
        for left_out in np.unique(scene):
            kept = scene != left_out
            guess = table[~kept] @ fit(table[kept], same[kept], bounds, ridge) >= 0
            right, found = right + int((guess & same[~kept]).sum()), found + int(guess.sum())
        print(f"ridge {ridge}: pair F1 by leaving out one scene after another {2 * right / (found + same.sum()):.3f}")
    weights = fit(table, same, bounds)
    for name, weight in zip(names, weights, strict=True):
        rows[name][1] = f"{weight + 0.0:.2f}"
        print(f"{name:18} {weight:6.2f}   in {int((table[:, names.index(name)] > 0).sum())} pairs")
    if args.dry:
        return
    head = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = [*head, "feature,weight,sign,note", *(",".join(row) for row in rows.values())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    print("fitted scenes, as grouped:", scores(scenes, group_of(scenes)))


if __name__ == "__main__":
    main()
