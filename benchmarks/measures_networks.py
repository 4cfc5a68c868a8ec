"""Third parties and networks on simulated acts: how often intervals hold the truth, and false alarms.

    python benchmarks/measures_networks.py

A third state acts at random, and each of its acts brings an act of the source with a known chance, one to three months
later, beside acts that come by themselves. Five states in two camps act on each other, each pair with a mean value of its
own. Prints a row of docs/measures.md for each case; 500 runs, seeded.
"""

from __future__ import annotations

import datetime
import itertools
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.measures.simulated import GOLDSTEIN, documents_of_events
from tests.measures.test_networks import triad

from verbale.measures.bootstrap import Atoms, replicate
from verbale.measures.networks import _Network, _pair_bounds
from verbale.measures.triads import _difference, _enough

RUNS = 500
WINDOW = 3
# Months, acts of the third state a month, and the chance that one of them brings an act of the source.
CASES = [(600, 0.15, 0.0), (600, 0.15, 0.3), (600, 0.15, 0.6), (600, 0.05, 0.0), (600, 0.05, 0.5)]


# Documents, events in each, and how alike documents are.
NETWORKS = [(8, 30.0, 40.0), (8, 12.0, 40.0), (40, 6.0, 40.0), (120, 1.0, None)]
STATES, CAMP = "ABCDE", "AABBB"


def networks() -> None:
    """Print how often intervals of the mean value of a pair hold the truth: of all pairs, and of those of 2 to 9 acts."""
    pairs = list(itertools.combinations(STATES, 2))
    friendly = np.array([0.85 if CAMP[STATES.index(a)] == CAMP[STATES.index(b)] else 0.2 for a, b in pairs])
    size = np.random.default_rng(3).dirichlet(np.ones(len(pairs)) * 3)
    shares = size[:, None] * np.stack([0.6 * friendly, 0.4 * friendly, 0.5 * (1 - friendly), 0.5 * (1 - friendly)], axis=1)
    truth = shares @ GOLDSTEIN / shares.sum(axis=1)
    for documents, events, alike in NETWORKS:
        held: list[tuple[int, bool]] = []
        for run in range(RUNS):
            random = np.random.default_rng(run)
            made = documents_of_events(random, documents=documents, events=events, shares=shares.ravel(), alike=alike)
            atoms = Atoms(made.document, made.cell // 4, made.intensity, made.number, len(pairs))
            drawn = replicate(atoms, replicates=400, seed=run)
            network = _Network(tuple(STATES), pairs, [("x", datetime.date(2000, 1, 1))], atoms, {})
            for cell in np.flatnonzero(drawn.events > 1):
                low, high = _pair_bounds(int(cell), float(drawn.intensity[cell] / drawn.events[cell]), network, drawn, 0.95)
                held.append((int(drawn.events[cell]), bool(low <= truth[cell] <= high)))
        few = [one for number, one in held if number < 10]
        print(f"| {documents} of {events:.0f} | {np.mean([one for _, one in held]):.1%} | {np.mean(few):.1%} ({len(few)}) |")


def main() -> None:
    """Run all cases."""
    networks()
    for length, rate, strength in CASES:
        random = np.random.default_rng(1815)
        rows = []
        for _ in range(RUNS):
            third, source = triad(random, strength=strength, length=length, window=WINDOW, rate=rate)
            if _enough(third, length, WINDOW):
                rows.append(_difference(third, source, length, WINDOW, random, 0.95))
        found = [row for row in rows if row is not None]
        held = np.mean([row["low"] <= strength <= row["high"] for row in found])
        alarms = np.mean([row["chance"] <= 0.05 for row in found])
        mean, acts = np.mean([row["estimate"] for row in found]), np.mean([row["acts"] for row in found])
        print(f"| {acts:.0f} | {strength:.1f} | {mean:.2f} | {held:.1%} | {alarms:.1%} | {len(found)} |")


if __name__ == "__main__":
    main()
