"""Reads amounts, ratios and comparisons of amounts, and tells whether values of a record bear them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.quantity import bound
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns

TABLE: Final = "claim_amounts.csv"
# A figure in prose is rounded: to two places, or roughly where it says so ("about").
ROUNDED, ROUGH = 0.06, 0.15
# "Nearly twice" and "about three times" may be off by a fifth.
RATIO_OFF: Final = 0.2
_FACTORS: Final = {
    "twice": 2.0, "double": 2.0, "treble": 3.0, "triple": 3.0, "half": 0.5, "a third": 1 / 3, "a quarter": 0.25,
    "a fifth": 0.2, "a tenth": 0.1, "two thirds": 2 / 3, "three quarters": 0.75, "doubled": 2.0, "trebled": 3.0, "tripled": 3.0,
    "quadrupled": 4.0, "halved": 0.5,
}  # fmt: skip
_SIZES: Final = {"million": 1e6, "billion": 1e9, "milliard": 1e9, "per cent": 0.01, "percent": 0.01, "%": 0.01}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as told: where, how much, and how sure (more than, about, nearly)."""

    start: int
    end: int
    number: float
    how: str
    whole: bool

    def fits(self, held: float, *, exact: bool) -> bool:
        """Tell whether a value of a record is what is told; `exact` for counts that nobody rounds."""
        way = bound(self.how)
        if way in ("more", "least"):
            return held >= self.number * (1.0 if exact else 1 - ROUNDED / 2)
        if way == "less":
            return held <= self.number * (1.0 if exact else 1 + ROUNDED / 2)
        if way == "nearly":
            return self.number * (1 - ROUGH) <= held <= self.number * 1.02
        off = ROUGH if way == "about" else 0.0 if exact else ROUNDED
        return abs(held - self.number) <= off * max(held, self.number)

    def off(self, held: float) -> float:
        """Return by which part of the larger a value differs from what is told."""
        return abs(held - self.number) / max(abs(held), abs(self.number), 1e-12)


def read_amounts(text: str, moments: Sequence[Moment]) -> list[Amount]:
    """Return the amounts of a sentence in order, without its times and without small numbers that count something else."""
    found = []
    for match in load_patterns(TABLE)["amount"].finditer(text):
        start = match.start("number")
        if any(one.start < match.end() and start < one.end for one in moments):
            continue
        number = _number(match)
        if number is not None:
            size = (match["big"] or "").strip()
            found.append(Amount(start, match.end(), number, (match["how"] or "").lower(), size in _SIZES))
    return found


def _number(match: re.Match[str]) -> float | None:
    words, size = match["number"].lower().replace(",", ""), (match["big"] or "").strip().lower()
    many = bool(match["hundred"] or match["thousand"] or size)
    if words in ("a", "half a", "a quarter of a"):
        if not many:
            return None  # an article
        number = {"a": 1.0, "half a": 0.5, "a quarter of a": 0.25}[words]
    else:
        number = float(words) if re.fullmatch(r"\d+(?:\.\d+)?", words) else float(value(words))
    number += 0.5 if match["half"] else 0.0
    number *= (100 if match["hundred"] else 1) * (1000 if match["thousand"] else 1)
    return number * _SIZES.get(size, 1.0)


def read_ratio(text: str, *, change: bool = False) -> tuple[float, str, int] | None:
    """Return how many times one is another, how surely, and where it stands; with `change` that something doubled."""
    match = load_patterns(TABLE)["doubled" if change else "times"].search(text)
    if match is None:
        return None
    word = match["word" if change else "number"].lower()
    factor = _FACTORS.get(word) or (float(word) if "." in word else float(value(word)))
    factor += 0.5 if not change and match["half"] else 0.0
    return factor, (match["how"] or "").lower(), match.start()


def ratio_fits(ratio: float, factor: float, how: str) -> bool:
    """Tell whether a ratio of two values is the one told."""
    way = bound(how)
    if way in ("more", "least"):
        return ratio >= factor * 0.97
    if way == "less":
        return ratio <= factor * 1.03
    return abs(ratio - factor) <= RATIO_OFF * factor


def direction(text: str) -> int:
    """Return 1 where a sentence says that the first had more, -1 where it had less, 0 where it does not compare."""
    patterns = load_patterns(TABLE)
    return 1 if patterns["larger"].search(text) else -1 if patterns["smaller"].search(text) else 0


def spread(codes: Sequence[tuple[int, str]], amounts: Sequence[Amount]) -> Iterator[tuple[str, Amount]]:
    """Yield each state with the amount that stands behind its name, before the next: "Egypt 255,000, Libya 18,000"."""
    for at, (start, code) in enumerate(codes):
        last = codes[at + 1][0] if at + 1 < len(codes) else 10**9
        own = [one for one in amounts if start <= one.start < last]
        if len(own) == 1:
            yield code, own[0]
