"""Numbers whose sentence has a list behind a colon that is of something else, so that the list does not contradict them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.checks.count_items import NAME
from verbale.review.counting import either
from verbale.review.numbers import NUMBER_PATTERN, read_count
from verbale.review.trees import Tree

_BEHIND_COLON: Final = re.compile(r":\s(?P<list>[^.:;?!]{5,300})(?=[.;]|$)")
# So many letters may stand between two numbers whose things one list names together.
_NEAR: Final = 60
# A list of two may be of any pair that is told.
_ROW: Final = 3


def of_others(sentence: Sentence, text: str) -> list[int]:
    """Return the offsets in the document of the numbers that a list behind a colon does not count out."""
    others = [sentence.start + at for at in (*_with_the_others(text), *_beside_others(text))]
    match = _BEHIND_COLON.search(text)
    if match is None:
        return others
    parts = [part for part in re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", match["list"]) if part.strip()]
    lead = text[: match.start()]
    found = others + [sentence.start + at for at in (*_together(lead, len(parts)), *_beside_the_right_one(lead, len(parts)))]
    if sentence.tokens and len(parts) > 1 and not all(re.fullmatch(NAME, part.strip()) for part in parts):
        found += _of_the_object(Tree(sentence), sentence.start + match.start(), parts)
    return found


def _together(lead: str, count: int) -> list[int]:
    """Return the offsets of the numbers that make the list together: "two German and four foreign: " before six names."""
    numbers = [(each.start(), read_count(each[0])) for each in re.finditer(rf"\b{NUMBER_PATTERN}\b", lead, re.IGNORECASE)]
    for size in (2, 3):
        last = numbers[-size:]
        near = len(last) == size and last[-1][0] - last[0][0] <= _NEAR * (size - 1)
        if near and sum(number for _, number in last) == count and re.search(r"\sand\s", lead[last[0][0] :]):
            return [at for at, _ in last]
    return []


@cache
def _one_among() -> re.Pattern[str]:
    return re.compile(
        rf"\b{either('is one of')}\s(?:the\s|its\s|their\s)?(?P<number>{NUMBER_PATTERN})\s[^.:;]{{3,100}}?"
        r",\s(?:together\s|along\s)?with\s(?P<list>[^.:;()]{5,200})(?=[.;(]|$)",
        re.IGNORECASE,
    )


def _with_the_others(text: str) -> list[int]:
    """Return the offset of the number in "Norway was among the five founders, with Sweden, Denmark, Finland and Iceland"."""
    match = _one_among().search(text)
    if match is None:
        return []
    names = [part for part in re.split(r",\s(?:and\s)?|\sand\s", match["list"]) if part.strip()]
    return [match.start("number")] if len(names) + 1 == read_count(match["number"]) else []


@cache
def _besides() -> re.Pattern[str]:
    return re.compile(rf"\b{either('next to')}\s(?:the\s|its\s|their\s)?(?P<number>{NUMBER_PATTERN})\b", re.IGNORECASE)


def _beside_others(text: str) -> list[int]:
    """Return the offsets of the numbers of those who stand by: "five guarantors signed beside the two parties: A, B, ..."."""
    return [match.start("number") for match in _besides().finditer(text)]


def _beside_the_right_one(lead: str, count: int) -> list[int]:
    """Return the offsets of all other numbers where one makes the list: "five posts with men of both states: " before five."""
    found = list(re.finditer(rf"\b(?:{NUMBER_PATTERN}|both)\b", lead, re.IGNORECASE))
    if count < _ROW or not any(read_count(each[0]) == count for each in found):
        return []
    return [each.start() for each in found if read_count(each[0]) != count]


def _of_the_object(tree: Tree, colon: int, parts: list[str]) -> list[int]:
    """Return the numbers of those who act: of "the two courts agreed on the terms: silk, tea and a border" terms are listed.

    Points that a text makes are listed even where they act ("three causes moved the ministers: ...").
    """
    found = []
    determined = all(re.match(r"(?:the|his|its|their)\s", part) for part in parts)
    capital = any(re.search(r"\b[A-ZÀ-Þ]", part) for part in parts)
    for at, token in enumerate(tree.tokens):
        noun = tree.head(at)
        if token.end > colon or token.label != "nummod" or noun is None or tree.label(noun) != "nsubj":
            continue
        verb = tree.head(noun)
        if verb is None or tree.tokens[verb].pos != "VERB" or not noun < verb:
            continue
        word = tree.word(noun)
        if re.fullmatch(either("points"), word):
            continue
        objects = [
            each for each in tree.children(verb, "obj", "obl", "xcomp") if verb < each and tree.tokens[each].end <= colon
        ]
        plural = any(
            "Number=Plur" in tree.tokens[each].morph and not tree.children(each, "nummod") and tree.tokens[each].pos == "NOUN"
            for each in objects
        )
        acting = any(
            re.fullmatch(either(name), form) for name in ("persons", "who join", "side") for form in (word, tree.lemma(noun))
        )
        apiece = re.search(rf"\b{either('each one')}\b", parts[-1]) is not None
        if plural or (objects and acting and (apiece or not (capital or determined))):
            found.append(token.start)
    return found
