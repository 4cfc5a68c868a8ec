"""Holds the number of organisations that two states share, as a sentence tells it for a year or two, against the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, best_pair, together
from verbale.review.numbers import NUMBER_PATTERN, value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

ORGANISATIONS: Final = "ps-cow-igos"


def judge_shared(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return how many organisations two states shared in the years of a sentence; None where the record does not tell."""
    del vocabulary
    return together(list(_organisations(telling, holdings)), holdings, "by the states and the years")


def _organisations(telling: Telling, holdings: Holdings) -> Iterator[Part]:
    rows = holdings.tables.get(ORGANISATIONS, ())
    if rows and load_patterns("claim_told.csv")["organisations"].search(telling.text):
        yield from best_pair(telling, lambda pair: list(_shared(telling, rows, pair)))


def _shared(telling: Telling, rows: Sequence[TableRow], pair: tuple[str, str]) -> Iterator[Part]:
    held = {row["year"]: row for row in rows if {row["code1"], row["code2"]} == set(pair) and row["dyadigos"] is not None}
    years = [one for one in telling.moments if one.exact == "year"]
    taken = [(one.start, one.end) for one in telling.moments]
    numbers = [
        (match.start(), value(match[0]))
        for match in re.finditer(rf"\b{NUMBER_PATTERN}\b", telling.text, re.IGNORECASE)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    numbers = [(at, number) for at, number in numbers if number > 2]
    for moment, (_, number) in zip(years, numbers, strict=False):
        row = held.get(moment.first.year)
        if row is not None:
            yield Part(
                row["dyadigos"] == number,
                f"{row['dyadigos']} shared organisations in {row['year']}",
                ORGANISATIONS,
                row["line"],
                firm=True,
            )
