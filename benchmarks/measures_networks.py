"""Third parties on simulated triads: how often intervals hold the truth, and false alarms.

    python benchmarks/measures_networks.py

A third state acts at random, and each of its acts brings an act of the source with a known chance, one to three months
later, beside acts that come by themselves. Prints a row of docs/measures.md for each case; 500 runs, seeded.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.measures.test_networks import triad

from verbale.measures.triads import _difference, _enough

RUNS = 500
WINDOW = 3
# Months, acts of the third state a month, and the chance that one of them brings an act of the source.
CASES = [(600, 0.15, 0.0), (600, 0.15, 0.3), (600, 0.15, 0.6), (600, 0.05, 0.0), (600, 0.05, 0.5)]


def main() -> None:
    """Run all cases."""
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
