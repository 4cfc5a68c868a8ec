"""Finds somebody who acts in a year in which there was no such state, organisation or office-holder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.citations import without_citations
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.manuscript import Manuscript

# Years by which a text may stretch the life of a state: proclaimed before it was founded, named after it was gone.
TOLERANCE: Final = 2
_FORMER_VERB: Final = (
    r"(?:\s(?:had|also|then|again|formally|officially|openly|quickly|publicly))*\s(?:signed|invaded|"
    r"attacked|occupied|annexed|recognised|recognized|declared|refused|offered|sent|sold|withdrew|"
    r"voted|agreed|joined|ratified|concluded|imposed|demanded|protested|condemned|supported|opened|"
    r"closed|supplied|delivered|concluded|announced|proposed|rejected|accepted|established|broke|"
    r"launched|bought|ceded|acquired|deployed|threatened|blockaded|mobilised|mobilized|negotiated|"
    r"vetoed|granted|lent|gave|seized)\b"
)


def find_out_of_life(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each actor of the prose that acts outside its years."""
    for sentence in manuscript.prose:
        yield from _out_of_life(manuscript, sentence, without_citations(manuscript, sentence))


def _out_of_life(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Find a state that acts in a year in which it did not exist: "In 1997 the Soviet Union signed ..."."""
    dates = find_dates(text)
    years = {date.year for date in dates}
    if len(years) != 1 or re.search(rf"\b{manuscript.words.alternatives('former')}(?!\w)", text, re.IGNORECASE):
        return
    date = dates[0]
    if not re.search(r"\b(?:[Ii]n|[Oo]n|[Oo]f|[Dd]uring)\s(?:early\s|late\s)?$", text[: date.start]):
        return
    for mention in manuscript.vocabulary.actors.find(text):
        names = [name for name in mention.names if name.kind == "name" and not name.sector]
        lives = [life for code in {name.code: None for name in names} for life in _lives(manuscript, code, mention.text)]
        # "Sweden and Norway" was one kingdom and is two states
        if not lives or " and " in mention.text or not re.match(_FORMER_VERB, text[mention.end :]):
            continue
        gap = min(max(start - date.year, date.year - end, 0) for start, end in lives)
        if gap > TOLERANCE:
            start, end = lives[0]
            place = sentence.start + mention.start
            lived = f"{start}–{end}" if start else f"until {end}"
            message = f"In {date.year} there was no {mention.text} (it existed {lived})."
            at = sentence.start + date.start
            yield Slip(place, sentence.start + mention.end, message, ((at, sentence.start + date.end),))


def _lives(manuscript: Manuscript, code: str, words: str) -> list[tuple[int, int]]:
    """Return the years of the states that bore a name and are all gone; none if the name lives on."""
    lives = []
    for state in manuscript.vocabulary.states.all:
        if state.code == code and words.lower() in (name.lower() for name in (state.entity, *state.names)):
            if state.end is None:
                return []
            lives.append((state.start or 0, state.end))
    # "Syria" was a kingdom's name once and is a state's today: where any state of the code is called so now, it never went.
    present = {
        name.lower() for state in manuscript.vocabulary.states.all if state.end is None for name in (state.entity, *state.names)
    }
    return [] if any(words.lower() in name for name in present) else lives
