"""Fits the weights by which two mentions are judged one event, and writes them into measures/groups/data/weights.csv.

    python -m training.fit_mentions [--dry] [--quick]

Logistic regression with a ridge on all pairs of the scenes for fitting that may be one event; a weight keeps the sign that
its row asks for, because five hundred pairs are too few to learn, say, that another name speaks for the same event. Fixed
weights stay as they are, and the others are fitted beside them.
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


def examples(scenes: Scenes) -> tuple[list[str], Any, Any, Any, Any]:
    """Return names of features, and for each possible pair: these, what fixed weights give, whether it is one, its scene."""
    mentions = read_mentions(scenes.table())
    one, other = (np.concatenate(side) for side in zip(*candidate_pairs(mentions), strict=True))
    features = compare(mentions, one, other)
    features["rivals"] = rivalry(count_rivals(features, one, other, size=len(mentions)), one, other)
    told = [scenes.event_of[ids[0]] for ids in mentions.ids]
    same = np.array([told[left] == told[right] for left, right in zip(one, other, strict=True)])
    scene = np.array([int(told[left][:-1]) for left in one])
    rows = _rows()
    kept = [name for name in features if SIGNS[rows[name][2]] is not None]
    fixed = np.asarray(sum(float(rows[name][1]) * values for name, values in features.items() if name not in kept))
    return kept, np.column_stack([features[name] for name in kept]), fixed, same, scene


def fit(table: Any, fixed: Any, same: Any, bounds: list[tuple[float | None, float | None]], ridge: float = RIDGE) -> Any:
    """Return the weights that make the pairs most likely, with a ridge."""
    signs = np.where(same, 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = signs * (table @ weights + fixed)
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
    arguments.add_argument("--quick", action="store_true", help="leave out the choice of the ridge")
    args = arguments.parse_args()
    scenes = read_scenes(held_out=False)
    names, table, fixed, same, scene = examples(scenes)
    rows = _rows()
    bounds = [SIGNS[rows[name][2]] or (None, None) for name in names]
    print(f"{len(scenes.rows)} mentions, {len(same)} pairs that may be one event, {same.sum()} of them are")
    for ridge in () if args.quick else (0.1, 0.3, 1.0, 3.0, 10.0):
        right = found = 0
        for left_out in np.unique(scene):
            kept = scene != left_out
            weights = fit(table[kept], fixed[kept], same[kept], bounds, ridge)
            guess = table[~kept] @ weights + fixed[~kept] >= 0
            right, found = right + int((guess & same[~kept]).sum()), found + int(guess.sum())
        print(f"ridge {ridge}: pair F1 by leaving out one scene after another {2 * right / (found + same.sum()):.3f}")
    weights = fit(table, fixed, same, bounds)
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
