"""What is left of a whole when some of it is gone: "three of the fifteen left, and thirteen remained"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_parts import counts_of, noun_behind
from verbale.review.counting import either, show, slip_in
from verbale.review.marking import COUNT, Marked
from verbale.review.quantities import like_a_year

_GONE: Final = re.compile(rf"\b{either('parted')}\b", re.IGNORECASE)
_KEPT: Final = re.compile(rf"\b{either('kept on')}\b", re.IGNORECASE)


# "so that the twelve became nine"
_BECAME: Final = re.compile(rf"\b{either('becomes')}\s(?:only\s)?{COUNT}", re.IGNORECASE)
# "after five had been shut, it had nine"
_HAD: Final = re.compile(r"\b(?:it|they)\shad\s(?:only\s)?$|\bthere\swere\s(?:only\s)?$", re.IGNORECASE)


def find_remaining(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check "three of the fifteen left, and thirteen remained": one of three numbers is the difference of the others."""
    if re.search(rf"{COUNT}\s(?:[a-z]+\s)?out\sof\s{COUNT}", marked.marks):
        return  # "five judges used it for one segment out of three"
    figures = [
        each for each in marked.quantities if each.kind == "count" and not like_a_year(marked.text[each.start : each.end])
    ]
    # a year of antiquity without its era
    figures = [
        each
        for each in figures
        if not re.search(r"\b[Ii]n\s$", marked.text[: each.start]) or re.match(r"\s[a-z]", marked.text[each.end :])
    ]
    if len(figures) == 2 and before is not None:
        # the whole may stand in the sentence before
        wholes = counts_of(before, 0, len(before.text))
        if len(wholes) != 1 or wholes[0] <= max(each.value for each in figures):
            return
        numbers = [wholes[0], *(each.value for each in figures)]
    elif len(figures) == 3:
        numbers = [each.value for each in figures]
    else:
        return
    kept = _KEPT.search(marked.text) or _BECAME.search(marked.marks) or _HAD.search(marked.text[: figures[-1].start])
    if kept is None or not _GONE.search(_KEPT.sub(" ", marked.text)) or min(numbers) < 1:
        return
    nouns = {noun_behind(marked, each.end) for each in figures if re.match(r"\s[a-z]", marked.text[each.end :])}
    large, middle, small = sorted(numbers, reverse=True)
    if middle + small != large and 0.5 * large <= middle + small <= 1.5 * large and len(nouns) <= 2:
        total = f"{show(large)} less {show(small)} is {show(large - small)}, not {show(middle)}."
        yield slip_in(sentence, figures[0].start, figures[-1].end, total)
