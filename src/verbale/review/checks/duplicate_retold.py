"""Finds paragraphs that tell again, in other words, what another paragraph has told: the same names, days and things.

Each word of content is worth the more the fewer paragraphs have it. A paragraph is told again where most of what it is worth
stands in an earlier one as well, or the other way round.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import Block
from verbale.review.check import Slip
from verbale.review.manuscript import Manuscript

# A share of the worth of the smaller paragraph, and so many words. In 540 manuscripts and 156 published essays no two of them
# that nobody repeated share more than 0.46; four that were written anew share 0.63 to 0.91, and 27 words or more.
MIN_SHARE, MIN_SHARED = 0.55, 20
# A paragraph of fewer words of content tells too little.
MIN_CONTENT: Final = 25
# What stands in more paragraphs than this tells none from another, and comparing them all would take too long.
MAX_HOLDERS: Final = 40
_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A paragraph with its words of content."""

    block: Block
    words: frozenset[str]


def find_retold(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each paragraph that is another one in other words."""
    told = list(_paragraphs(manuscript))
    holders: Counter[str] = Counter(word for each in told for word in each.words)
    worth = {word: math.log(len(told) / (count - 0.5)) for word, count in holders.items()}
    totals = [sum(worth[word] for word in each.words) for each in told]
    at: dict[str, list[int]] = {}
    for number, each in enumerate(told):
        telling = [word for word in each.words if holders[word] <= MAX_HOLDERS]
        for other in sorted({holder for word in telling for holder in at.get(word, ())}):
            earlier = told[other]
            both = each.words & earlier.words
            least = min(totals[number], totals[other])
            if len(both) >= MIN_SHARED and sum(worth[word] for word in both) >= MIN_SHARE * least:
                start, end = each.block.start, each.block.end
                message = "This paragraph tells in other words what the text has told already."
                yield Slip(start, end, message, ((earlier.block.start, earlier.block.end),))
                break
        for word in telling:
            at.setdefault(word, []).append(number)


def _paragraphs(manuscript: Manuscript) -> Iterator[_Told]:
    """Yield the paragraphs of the body that have enough words of content."""
    for index in manuscript.body:
        block = manuscript.document.blocks[index]
        if block.kind == "heading":
            continue
        tokens = [token for sentence in manuscript.by_block.get(index, ()) for token in sentence.tokens]
        words = [token.text if token.pos == "PROPN" else token.lemma.lower() for token in tokens if token.pos in _CONTENT]
        if len(words) >= MIN_CONTENT:
            yield _Told(block, frozenset(words))
