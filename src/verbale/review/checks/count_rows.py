"""Counts against a row that ends their sentence, and against members that are told at length.

"Four small islands were in question, Picton, Lennox and Nueva"; "three congresses came of it, at Spa in 1920, Genoa in 1922 and
Lausanne in 1923, ..."; "three treaties: the first one, which ended in 1999, and the other, which has no end".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAME, RELATIVE, VERBS, bind, explains, is_office
from verbale.review.counting import either, measures, slip_in
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, DATE, Marked
from verbale.review.numbers import NUMBER_PATTERN, read_count, words
from verbale.review.reckoning import listed
from verbale.review.trees import SUBJECTS, Tree

_MOST: Final = 20
_NOUN: Final = r"(?P<noun>(?:[a-z'-]+\s){0,3}?(?:[a-z][\w-]*s|[a-z]*men|people))"
_LED: Final = r"(?:[A-ZÀ-Þ][^,;:()]{2,40},\s)?(?:(?:Only|All|The|These|Its|His|Her|Their|There\s(?:were|are))\s)?"
_ASKING: Final = re.compile(r"(?:(?:and|or)\s)?(?:who|which|what|whether|where|when|how|why)\b", re.IGNORECASE)


def find_rows(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for each count that the row at the end of its sentence, or the members told at length, contradict."""
    text = bind(manuscript, marked.text)
    # "the Estates of both realms", "who fired first" open nothing
    said = re.sub(r"\b(?:both|first)\b", "", text, flags=re.IGNORECASE)
    if re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", said, re.IGNORECASE):
        return
    yield from _at_end(sentence, text)
    yield from _places_and_dates(sentence, marked)
    yield from _at_length(sentence, text)
    yield from _in_all(sentence, text)


def _told(sentence: Sentence, match: re.Match[str], count: int, end: int) -> Slip:
    message = f"The text says “{match['number']} {match['noun']}”, but names {words(count)}."
    return slip_in(sentence, match.start("number"), end, message)


def _judged(match: re.Match[str]) -> bool:
    """Tell whether a number counts things of which a list has as many members."""
    noun = match["noun"].split()
    numbered = re.search(rf"\b{NUMBER_PATTERN}\b", match["noun"], re.IGNORECASE)
    return (
        2 <= read_count(match["number"]) <= _MOST and not numbered and not any(measures(word) for word in (noun[0], noun[-1]))
    )


@cache
def _ending() -> re.Pattern[str]:
    member = rf"(?:{either('some of')}\sof\s)?(?-i:{NAME})"
    return re.compile(
        rf"^{_LED}(?P<number>{NUMBER_PATTERN})\s{_NOUN}\s(?P<said>[^,:;()–—]{{3,80}}),\s(?:{either('namely')}\s)?"
        rf"(?P<list>{member}(?:,\s{member})*,?\sand\s{member})\s*\.?\s*$",
        re.IGNORECASE,
    )


def _at_end(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "Four small islands were in question, Picton, Lennox and Nueva.", where nothing else can be meant."""
    match = _ending().match(text)
    if match is None or not sentence.tokens or not _judged(match):
        return
    tree, start = Tree(sentence), sentence.start
    number = next((at for at, each in enumerate(tree.tokens) if each.start - start == match.start("number")), None)
    noun = None if number is None else tree.head(number)
    if noun is None or tree.label(noun) not in SUBJECTS:
        return
    own = set(tree.subtree(noun))
    first, last = start + match.end("number"), start + match.end("said")
    between = [at for at in tree.within(first, last) if at != noun]
    plural = [at for at in between if "Number=Plur" in tree.tokens[at].morph and at not in own]
    if any(tree.tokens[at].pos in ("NOUN", "PROPN", "PRON") for at in plural) or _named(tree, between[-1]):
        return  # "two envoys saw the ports, Hakodate, Shimoda and Nagasaki": the list may be of those
    if any(tree.tokens[at].pos == "NUM" for at in between) or listed("made of", match["said"]):
        return
    parts = [each for each in re.split(r",\s(?:and\s)?|\sand\s", match["list"]) if each.strip()]
    count = len([part for at, part in enumerate(parts) if at == 0 or not is_office(part)])
    if count == 2 and tree.tokens[between[-1]].pos == "NOUN" and tree.children(between[-1], "det", "nmod:poss"):
        return  # "six envoys stood before the emperor, Charles of Habsburg and Lorraine"
    if count != read_count(match["number"]):
        yield _told(sentence, match, count, match.end("list"))


def _named(tree: Tree, at: int) -> bool:
    """Tell whether a row of names begins before its comma already; a month begins none."""
    return tree.tokens[at].pos == "PROPN" and re.fullmatch(MONTH_PATTERN, tree.tokens[at].text, re.IGNORECASE) is None


@cache
def _dated() -> re.Pattern[str]:
    member = rf"(?:(?:at|in|on|between)\s)?(?-i:{NAME})\s(?:in|on)\s(?:(?:early|late|mid)\s)?(?:{DATE}|(?:{MONTH_PATTERN})\b)"
    return re.compile(
        rf"^{_LED}(?P<number>{COUNT})\s{_NOUN}(?:\s(?P<said>[^,:;()–—]{{3,80}}))?,\s"
        rf"(?P<list>{member}(?:,\s{member})*,?\sand\s{member})(?=\s*(?:[.;]|$))",
        re.IGNORECASE,
    )


@cache
def _dates() -> re.Pattern[str]:
    member = rf"\s(?:in|on)\s{DATE}"
    return re.compile(
        rf"^{_LED}(?P<number>{COUNT})\s(?P<noun>(?:[a-z'-]+\s){{0,3}}?{either('dated things')})\s(?P<said>[^,:;()–—]{{3,80}}),"
        rf"(?P<list>{member}(?:,{member})*,?\sand{member})(?=\s*(?:[.;]|$))",
        re.IGNORECASE,
    )


def _places_and_dates(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "Three congresses came of the promise, at Aix in 1818, Troppau in 1820, Laibach in 1821 and Verona in 1822"."""
    match = _dated().match(marked.marks) or _dates().match(marked.marks)
    if match is None or re.search(COUNT, (match["said"] or "") + match["noun"]) or measures(match["noun"].split()[-1]):
        return
    number = marked.value(match.start("number"))
    count = len(re.findall(rf"\s(?:in|on)\s(?:(?:early|late|mid)\s)?(?:{DATE}|(?:{MONTH_PATTERN})\b)", match["list"]))
    if 2 <= number <= _MOST and number != count:
        said = marked.text[match.start("number") : match.end("noun")]
        yield slip_in(sentence, match.start("number"), match.end("list"), f"The text says “{said}”, but names {words(count)}.")


@cache
def _colon() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,$-])(?P<number>{NUMBER_PATTERN})\s{_NOUN}(?P<said>[^:;(){{}}]{{0,40}}?)(?::|\s[–—])\s(?P<list>[^:()?!–—\"]{{5,400}}?)\s*\.?\s*$",
        re.IGNORECASE,
    )


def _at_length(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "three treaties: the Canal Treaty, which was to end in 1999, and the Neutrality Treaty, which has no end"."""
    match = _colon().search(text)
    while match is not None and re.search(rf"\b{NUMBER_PATTERN}\b", match["noun"] + match["said"], re.IGNORECASE):
        match = _colon().search(text, match.end("number"))  # "of 1953 bears six signatures: ...": of what was counted last
    if match is None or not _judged(match):
        return
    made_of = rf"\b(?:is|are|was|were|be|{either('made of')})\s(?:up\s)?of\s$"
    lead = re.sub(made_of, "", text[max(0, match.start() - 30) : match.start()], flags=re.IGNORECASE)
    if re.search(
        rf"\b(?:{either('roughly')}|{either('of some')}|at\sleast|other|first|last)\s(?:the\s)?$", lead, re.IGNORECASE
    ):
        return
    number = read_count(match["number"])
    found = _questions(match["list"]) or _those(match["list"]) or _members(match["list"])
    if found is None or explains(match["said"], match["list"], number):
        return
    if number not in range(found[0], found[1] + 1) and 1 < found[0] <= 2 * number:
        yield _told(sentence, match, found[0] if number < found[0] else found[1], match.end("list"))


def _parts(text: str) -> list[str]:
    return [part.strip(" .") for part in re.split(r"[,;]\s", text) if part.strip(" .")]


def _questions(text: str) -> tuple[int, int] | None:
    """Return how many questions a list has, at least and at most: "who was to command, and where the troops were to be"."""
    parts = _parts(text)
    asking = [part for part in parts if _ASKING.match(part)]
    if len(asking) < 2 or not _ASKING.match(parts[0]):
        return None
    inner = sum(len(re.findall(r"\b(?:and|or)\s", part)) for part in parts) - sum(
        part.startswith(("and ", "or ")) for part in parts
    )
    return len(asking), len(parts) + inner


_THOSE: Final = r"(?:(?:and|or)\s)?those\sof\s"


def _those(text: str) -> tuple[int, int] | None:
    """Return how many names stand in groups: "those of A and B, who ..., and those of C, D and E, who ..."."""
    parts = [part for part in _parts(text) if not re.match(RELATIVE, part)]
    if len([part for part in parts if re.match(_THOSE, part)]) < 2 or not re.match(_THOSE, parts[0]):
        return None
    names = [name for part in parts for name in re.split(r"\sand\s", re.sub(rf"^(?:{_THOSE}|and\s)", "", part))]
    return (len(names), len(names)) if all(re.fullmatch(NAME, name) for name in names) else None


# With which a member begins that has a clause of its own.
_HEADS: Final = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉ", "the ", "a ", "an ")


def _members(text: str) -> tuple[int, int] | None:
    """Return how many members a list with relative clauses has, at least and at most; None where it has none, or is none.

    What stands behind a clause may go on with it ("who led the party, the army and the youth"), unless it has a clause of its
    own, or "and" leads to it as the last.
    """
    parts = _parts(text)
    clause = [re.match(RELATIVE, part) is not None for part in parts]
    own = [at for at, each in enumerate(clause) if not each]
    if not any(clause) or clause[0] or len(own) < 2:
        return None
    heads = [re.sub(r"^(?:and|or)\s", "", parts[at]) for at in own]
    led = [at for at in own if parts[at].startswith(("and ", "or "))]
    if any(VERBS.search(head) or len(head.split()) > 12 for head in heads) or len(led) > 1 or (led and led != own[-1:]):
        return None
    if not (all(re.match(r"(?:the|an?)\s", head) for head in heads) or all(re.match(NAME, head) for head in heads)):
        return None
    last = len(re.findall(r"\sand\s", heads[-1]))
    if not led and (last != 1 or any(" and " in head for head in heads[:-1])):
        return None
    sure = [
        at
        for at in own
        if at == 0
        or at in led
        or not any(clause[:at])
        or (at + 1 < len(clause) and clause[at + 1] and parts[at].startswith(_HEADS))
    ]
    more = 0 if led else last
    inner = sum(len(re.findall(r"\sand\s", head)) for head in heads) if led else last
    return len(sure) + (more if own[-1] in sure else 0), len(own) + inner


_IN_ALL: Final = re.compile(
    rf"^(?P<told>[^:;]{{10,200}})(?::|;|\s[–—])\s(?P<number>{NUMBER_PATTERN})\s(?P<noun>[a-z]+s)\s(?:in\sall|altogether|all\stold)\s*\.?\s*$"
)


def _in_all(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "On one side stood France, Bavaria and Spain, on the other Austria and Britain: six powers in all"."""
    match = _IN_ALL.match(text)
    if match is None or not sentence.tokens or not _judged(match):
        return
    if re.search(rf"\b{NUMBER_PATTERN}\b(?!\s(?:side|hand)\b)", match["told"], re.IGNORECASE):
        return
    names = [
        tok.start - sentence.start
        for tok in sentence.tokens
        if tok.pos == "PROPN" and tok.end - sentence.start <= match.end("told")
    ]
    rows = re.findall(rf"{NAME}(?:,\s{NAME})*,?\sand\s{NAME}", match["told"])
    listed_names = [part for row in rows for part in re.split(r",\s(?:and\s)?|\sand\s", row)]
    count = len(listed_names)
    single = all(" " not in name.removeprefix("the ") for name in listed_names)
    if len(rows) > 1 and single and len(names) == count and count != read_count(match["number"]):
        yield _told(sentence, match, count, match.end("noun"))
