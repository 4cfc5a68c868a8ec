"""Counts against the list that follows them, where the parse and the commas agree on how many members it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import bind, explains
from verbale.review.counting import either, measures
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, read_count, words
from verbale.review.trees import Tree

_MOST: Final = 20
# A row that is further from its number than this is of something else.
_NEAR: Final = 2
# "two treaties, those of 1921, 1935 and 1940"
_YEARS: Final = re.compile(
    rf"\b(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z-]+\s){{0,2}}[a-z][\w-]*s),?\s(?:namely\s)?(?:(?:those|the\sones)\s)?(?:of|in)\s(?P<years>[12]\d{{3}}(?:,\s[12]\d{{3}})*,?\sand\s[12]\d{{3}})\b"
)
# "the wars of 1965, 1971 and 1999, four conflicts in which ..."
_YEARS_FIRST: Final = re.compile(
    rf"\b(?:of|in)\s(?P<years>[12]\d{{3}}(?:,\s[12]\d{{3}})*,?\sand\s[12]\d{{3}}),\s(?:the\s|all\s|these\s)?(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z-]+\s)?[a-z][\w-]*s)\b",
)
_HEDGES: Final = frozenset(
    {"of", "than", "least", "over", "about", "nearly", "some", "other", "one", "no", "article", "chapter", "almost", "another"}
)


def find_members(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Yield a slip for each count that the members of the list after its colon contradict, and for each count of years."""
    for match in _YEARS.finditer(text):
        number = read_count(match["number"])
        years = len(re.findall(r"\d{4}", match["years"]))
        if (
            2 <= number <= _MOST
            and years != number
            and not measures(match["noun"].split()[-1])
            and not _hedged(text, match.start())
        ):
            message = f"The text says “{match['number']} {match['noun']}”, but names {words(years)} years."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)
    for match in _YEARS_FIRST.finditer(text):
        number, years = read_count(match["number"]), len(re.findall(r"\d{4}", match["years"]))
        if 2 <= number <= _MOST and years != number and not measures(match["noun"].split()[-1]):
            message = f"The text says “{match['number']} {match['noun']}”, but names {words(years)} years."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)
    yield from _apposed(manuscript, sentence, text)
    yield from _each_with_its_own(manuscript, sentence, text)
    if not sentence.tokens or ":" not in text:
        return
    yield from _after_colon(manuscript, Tree(sentence), text)


# "four chapters, on ports, on pilots, on lights and on wrecks": of places each may hold several, of themes each is one
_MEMBER: Final = r"[^,.;:()]{2,50}?"
_EACH_WITH: Final = re.compile(
    rf"\b(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z-]+\s){{0,2}}?[a-z][\w-]*s)(?:\s(?:against|with)\s(?-i:[A-ZÀ-Þ])\w+)?,\s(?P<list>(?P<by>on|against|with|about|from)\s{_MEMBER}"
    rf"(?:,\s(?P=by)\s{_MEMBER})*,?\sand\s(?P=by)\s{_MEMBER})(?=[.;]|,\s[a-z]|$)",
    re.IGNORECASE,
)


def _each_with_its_own(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "four chapters, on ports, on pilots, on lights and on wrecks"."""
    for match in _EACH_WITH.finditer(text):
        number, count = read_count(match["number"]), len(re.findall(rf"\b{match['by']}\s", match["list"]))
        if not 2 <= number <= _MOST or number == count or abs(number - count) > _NEAR or _hedged(text, match.start()):
            continue
        inner = len(re.findall(r"\sand\s", match["list"])) > 1 or match["by"] in match["noun"].split()
        if (
            inner
            or measures(match["noun"].split()[-1])
            or re.search(rf"\b(?:{NUMBER_PATTERN}|{either('rest')})\b", match["list"])
        ):
            continue
        if re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", match[0], re.IGNORECASE):
            continue
        message = f"The text says “{match['number']} {match['noun']}”, but names {words(count)}."
        yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


@cache
def _told_of() -> re.Pattern[str]:
    thing = r"the\s(?:(?!\s(?:and|or)\s)[^,.;:()]){3,60}"
    return re.compile(
        rf"\b(?:{either('tells of')}|{either('gives')})\s(?:(?:only|just|as\smany\sas|no\sfewer\sthan)\s)?"
        rf"(?P<number>{NUMBER_PATTERN})\s(?:[a-z-]+\s){{0,2}}?"
        rf"(?P<noun>{either('points')}|{either('dated things')}|{either('persons')})"
        rf"(?:\s(?:of|in|for|behind|from|between)\s[^,.;:]{{2,40}})?,\s"
        rf"(?:namely,?\s)?(?P<list>{thing}(?:,\s{thing})*(?:,?\s(?:and|or)\s{thing})+)(?=[.;]|,\s(?:and|but|which|of)\s|$)",
        re.IGNORECASE,
    )


def _apposed(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "names three causes, the quarrel over the harbour and the tribute of the islands": each member has its article.

    "And the" may join two members or what one of them is of, so that a list has from its commas to all of them as members.
    """
    for match in _told_of().finditer(bind(manuscript, text)):
        number, listed = read_count(match["number"]), match["list"]
        least = listed.count(", the ") + 2
        most = len(re.findall(r"(?:^|,\s|\s(?:and|or)\s)(?=the\s)", listed))
        if _opens(manuscript, text[match.start("list") : match.end() + 30]) or not 2 <= number <= _MOST:
            continue
        if not re.search(rf"\s{either('relates')}\s", listed) or re.search(rf"\b{either('told apart')}\b", listed):
            continue  # "three letters, the map and the diary" may be so many things beside each other
        if re.search(rf"\b{NUMBER_PATTERN}\b", listed, re.IGNORECASE) or least <= number <= most or number > most + 2:
            continue
        said = f"{match['number']} {match['noun']}"
        message = f"The text says “{said}”, but names {words(most if number > most else least)}."
        yield Slip(sentence.start + match.start("number"), sentence.start + match.end("list"), message)


def _after_colon(manuscript: Manuscript, tree: Tree, text: str) -> Iterator[Slip]:
    start = tree.sentence.start
    text = re.sub(r"\([^()]*\d[^()]*\)", lambda match: " " * len(match[0]), text)
    colon = text.find(": ")
    end = next((at for at in (text.find(stop, colon + 1) for stop in (". ", "; ", "? ")) if at > 0), len(text.rstrip()))
    listed = bind(manuscript, text[colon + 2 : end]).rstrip(" .")
    end = colon + 2 + len(listed)
    counted = [
        at
        for at, token in enumerate(tree.tokens)
        if token.pos == "NUM"
        and token.end <= start + colon
        and 2 <= read_count(token.text) <= _MOST
        and token.label == "nummod"
    ]
    parts = [each for each in tree.within(start + colon + 2, start + end) if tree.tokens[each].pos == "NUM"]
    if len(counted) != 1 or parts or re.search(r"\d|[\"()]", listed) or _opens(manuscript, listed):
        return
    number_at = counted[0]
    noun = tree.head(number_at)
    if noun is None or "Number=Plur" not in tree.tokens[noun].morph or measures(tree.tokens[noun].text.lower()):
        return
    if _hedged(text, tree.tokens[number_at].start - start):
        return
    after = text[tree.tokens[noun].end - start : colon]
    # five sons and one daughter; nine abstained, and three voted against
    if re.match(r"\sand\san?\s", after) or re.search(rf"\b(?:and|but|while)\s{NUMBER_PATTERN}\b", after, re.IGNORECASE):
        return
    if explains(after, listed, read_count(tree.tokens[number_at].text)):
        return
    surface = _by_commas(listed)
    top = tree.top(tree.within(start + colon + 2, start + end))
    if top is not None and tree.tokens[top].pos == "VERB" and not _parallel(listed):
        return  # what follows the colon explains
    parsed = surface if _parallel(listed) else _by_tree(tree, start + colon + 2, start + end)
    number = read_count(tree.tokens[number_at].text)
    if surface == parsed and surface > 1 and surface != number:
        first, last = tree.tokens[number_at].start, start + colon + 2 + len(listed)
        said = f"{tree.tokens[number_at].text} {tree.tokens[noun].text}"
        yield Slip(first, last, f"The text says “{said}”, but lists {words(surface)}.", ((start + colon + 2, last),))


def _by_commas(listed: str) -> int:
    parts = [part for part in re.split(r",\s", listed) if part.strip()]
    if len(parts) < 2 and " and " not in listed:
        return 0
    last = re.sub(r"^(?:and|or)\s", "", parts[-1])
    oxford = last != parts[-1]
    inner = 0 if oxford else len(re.findall(r"\s(?:and|or)\s", last))
    if inner > 1 or any(re.search(r"\s(?:and|or)\s", part) for part in parts[:-1]):
        return 0
    if oxford and re.search(r"\s(?:and|or)\s", last):
        return 0
    return len(parts) + inner


def _parallel(listed: str) -> bool:
    """Tell whether all members begin with the same two words: "it could admit ..., it could charge ..."."""
    heads = {" ".join(re.sub(r"^(?:and|or)\s", "", part).split()[:2]).lower() for part in re.split(r",\s", listed)}
    named = all(part[:1].isupper() for part in re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed))
    return (len(heads) == 1 or named) and listed.count(",") > 0


def _by_tree(tree: Tree, start: int, end: int) -> int:
    """Return how many members hang together as a list between two offsets."""
    inside = tree.within(start, end)
    first = tree.top(inside)
    if first is None:
        return 0
    members, waiting = {first}, [first]
    while waiting:
        for each in tree.children(waiting.pop(), "conj", "parataxis"):
            if each in inside and each not in members:
                members.add(each)
                waiting.append(each)
    # some parsers hang the members side by side on what was counted
    beside = [
        at
        for at in inside
        if tree.head(at) == tree.head(first) and tree.tokens[at].label == tree.tokens[first].label and at > first
    ]
    return len(members | set(beside))


def _opens(manuscript: Manuscript, listed: str) -> bool:
    return re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", listed, re.IGNORECASE) is not None


def _hedged(text: str, at: int) -> bool:
    before = re.findall(r"[A-Za-z]+", text[max(0, at - 20) : at].lower())
    return bool(before) and (before[-1] in _HEDGES or (len(before) > 1 and before[-1] == "the" and before[-2] == "of"))
