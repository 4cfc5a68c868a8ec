"""Finds a happening that the text dates a second time otherwise, in whatever words it tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.manuscript import Manuscript
from verbale.review.pairs import Pair, retold_otherwise
from verbale.review.retellings import Happening

# On manuscripts of writers that the weights were not learnt from, more than nine of ten pairs at least so likely were of one
# happening, and one of twenty essays of historians had a false one (docs/quality.md).
LEAST: Final = 0.35


def find_retold(manuscript: Manuscript, pairs: Iterable[Pair]) -> Iterator[Slip]:
    """Yield a slip for each telling whose date an earlier telling of the same happening gainsays."""
    for pair in retold_otherwise(pairs, least=LEAST):
        earlier, later = pair.earlier, pair.later
        said, told = date_words(manuscript, later), date_words(manuscript, earlier)
        what = manuscript.plain[slice(*earlier.tree.span([earlier.at]))]
        message = f"This seems to be what was told before (“{what}”), dated {said} here and {told} there."
        yield Slip(later.start, later.end, message, (date_place(earlier),))


def date_place(happening: Happening) -> tuple[int, int]:
    """Return the offsets of a happening's date in the document."""
    start = happening.sentence.start
    return start + happening.moment.start, start + happening.moment.end


def date_words(manuscript: Manuscript, happening: Happening) -> str:
    """Return a happening's date as written."""
    return " ".join(manuscript.plain[slice(*date_place(happening))].split())
