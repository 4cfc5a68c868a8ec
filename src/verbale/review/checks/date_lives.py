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
from verbale.vocab import Mention

# Years by which a text may stretch the life of a state: proclaimed before it was founded, named after it was gone.
TOLERANCE: Final = 1
# The years of an organisation are those of its statutes, which are prepared in the year before.
_BODY: Final = 1
# The last year of what still exists.
OPEN: Final = 9999
# So many years before or after somebody's office the name is that of somebody else: Charles III of Spain is not he of England.
NAMESAKE: Final = 30
_SMALL: Final = frozenset({"of", "the", "for", "and", "in"})
_TITLE: Final = re.compile(
    r"\b(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Tsar|Czar|Shah|Sultan|"
    r"General Secretary|Secretary of State|"
    r"Foreign Minister|Foreign Secretary|Kaiser|Empress)\s?(?:[A-Z][\w'-]+\s)?$|^(?:President|Prime Minister|"
    r"Chancellor|King|Queen|Emperor|Tsar|Kaiser)\s"
)
_ANY_VERB: Final = (
    r"(?:\s(?:had|also|then|again|formally|officially|openly|quickly|publicly|still|once|himself))*\s(?:was\s(?:still\s)?(?:present|there|among|one\sof|in\sthe\schair)|turned|"
    r"(?!(?:collapsed|dissolved|ended|ceased|disappeared|existed|used|called|named|based|related|dominated|died|remained|needed|lasted|followed)\b)[a-z]{2,}ed)\b(?!\sby\b)"
)
# With whom somebody agreed or met is an actor as well.
_PARTNER: Final = re.compile(
    r"\b(?:signed|concluded|negotiated|agreed|exchanged|met|joined|admitted|voted|sold|delivered|handed)\b[^.;,]{0,60}?\b(?:with|by|to|joined|between)\s(?:the\s)?$"
)
_TO_BE: Final = re.compile(r"\b(?:become|becoming|became|be)\s(?:the\s)?$")
# What is named by where it lies does nothing itself.
_LAND: Final = re.compile(r"\b(?:in|from|to|at|near|off|between)\s(?:the\s)?(?:[\w-]+\sand\s)?$")
_FORMER_VERB: Final = (
    r"(?:\s(?:had|also|then|again|formally|officially|openly|quickly|publicly))*\s(?:signed|invaded|"
    r"attacked|occupied|annexed|recognised|recognized|declared|refused|offered|sent|sold|withdrew|"
    r"voted|agreed|joined|ratified|concluded|imposed|demanded|protested|condemned|supported|opened|"
    r"closed|met|sat|adopted|admitted|condemned|called|appealed|received|visited|told|wrote|warned|ordered|"
    r"appointed|took|led|accused|assured|asked|telegraphed|addressed|travelled|gave way|passed|supplied|"
    r"delivered|concluded|announced|proposed|rejected|accepted|established|broke|"
    r"launched|bought|ceded|acquired|deployed|threatened|blockaded|mobilised|mobilized|negotiated|"
    r"vetoed|granted|lent|gave|seized)\b"
)


def find_out_of_life(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each actor of the prose that acts outside its years."""
    for sentence in manuscript.prose:
        yield from _out_of_life(manuscript, sentence, without_citations(manuscript, sentence))


def _out_of_life(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Find who acts in a year in which there was none such: "In 1997 the Soviet Union signed ...", "NATO met in 1947"."""
    dates = find_dates(text)
    if not 1 <= len({date.year for date in dates}) <= 2 or not any(_told(text, date) for date in dates):
        return
    if re.search(rf"\b{manuscript.words.alternatives('former')}(?!\w)", text, re.IGNORECASE):
        return
    for mention in manuscript.vocabulary.actors.find(text):
        if " and " in mention.text or not (
            re.match(_ANY_VERB, text[mention.end :])
            or re.match(_FORMER_VERB, text[mention.end :])
            or _PARTNER.search(text[: mention.start])
        ):
            continue
        if _TO_BE.search(text[: mention.start]):
            continue  # what would become the European Union
        if _LAND.search(text[: mention.start]) and not _PARTNER.search(text[: mention.start]):
            continue  # "the cable between Valentia and Newfoundland carried": a land, which was there before its state
        lives = lives_of(manuscript, mention, text)
        if not lives:
            continue
        if not is_whole_name(mention):
            continue
        gaps = [min(max(start - date.year, date.year - end, 0) for start, end in lives) for date in dates]
        if any(name.kind == "leader" for name in mention.names) and min(gaps) > NAMESAKE:
            continue
        if min(gaps) > 0 and max(gaps) > tolerance(mention):
            lived = existed(lives[0])
            date = dates[0]
            message = f"In {date.year} there was no {mention.text} (it existed {lived})."
            if any(name.kind == "leader" for name in mention.names):
                message = f"{mention.text} did not hold this office in {date.year} ({lived})."
            at = sentence.start + date.start
            yield Slip(
                sentence.start + mention.start, sentence.start + mention.end, message, ((at, sentence.start + date.end),)
            )


def _told(text: str, date: WrittenDate) -> bool:
    """Tell whether a date is that of the sentence ("in 1997"), not part of a name or a quantity."""
    return (
        re.search(
            r"\b(?:[Ii]n|[Oo]n|[Oo]f|[Bb]y|[Dd]uring|[Ss]ince)\s(?:early\s|late\s|mid-|the\s\w+\sof\s)?$", text[: date.start]
        )
        is not None
    )


def is_whole_name(mention: Mention) -> bool:
    """Tell whether a mention is a name, all written with capitals: "European powers" are no actor of that name."""
    words = [word for word in mention.text.split() if word not in _SMALL]
    return not mention.text.islower() and all(word[:1].isupper() for word in words)


def existed(life: tuple[int, int]) -> str:
    """Return the years of an actor as a message writes them."""
    start, end = life
    return f"{start}–{end}" if start and end < OPEN else f"since {start}" if start else f"until {end}"


def tolerance(mention: Mention) -> int:
    """Return the years by which a text may stretch the life of who is named."""
    return _BODY if all(name.kind == "organisation" for name in mention.names) else TOLERANCE


def lives_of(manuscript: Manuscript, mention: Mention, text: str, *, office: bool = False) -> list[tuple[int, int]]:
    """Return the years in which there was somebody of this name; none where that is open to doubt.

    `office`: the text says elsewhere that a person acts in office.
    """
    if re.search(r"\b[Ff]uture\s(?:[A-Z]\w+\s){0,3}$", text[: mention.start]):
        return []
    names = mention.names
    if mention.text in manuscript.words.lists["loose-names"]:
        return []
    if any(name.kind == "capital" and name.end is None for name in names):
        return []  # a city stays, and speaks for its state, when a state of its name is gone
    if all(name.kind == "leader" for name in names):
        titled = (
            office
            or _TITLE.search(text[: mention.start])
            or _TITLE.match(mention.text)
            or re.search(r"\b[IVX]{1,4}$", mention.text)
        )
        # without a title somebody may act before and after the office; a single name may be another person's
        return [(name.start, name.end or OPEN) for name in names if name.start] if titled else []
    if any(name.kind == "organisation" for name in names):
        known = [name for name in names if name.kind == "organisation" and name.start]
        return [(name.start or 0, name.end or OPEN) for name in known] if len(known) == len(names) else []
    plain = [name for name in names if name.kind == "name" and not name.sector]
    lives = [life for code in {name.code: None for name in plain} for life in _lives(manuscript, code, mention.text)]
    if not lives and mention.text in manuscript.words.lists["coined-names"]:
        lives = [
            (state.start, state.end or OPEN)
            for state in manuscript.vocabulary.states.all
            if state.start and mention.text.lower() in (name.lower() for name in (state.entity, *state.names))
        ]
    return lives


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
