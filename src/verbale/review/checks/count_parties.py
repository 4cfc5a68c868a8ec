"""Numbers of parties and members against those that the paragraph names as the ones who acted: "A, B and C signed. The two".

The first are told in one row, as those who did it or by whom it was done; others may come later, each in a sentence that says
that they joined or followed. A number is wrong only if neither all of them nor the row of any one sentence is as many, and no
other name of these sentences can be one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, bind, split_names
from verbale.review.counting import either, show, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, Marked, mark
from verbale.review.reckoning import figures, listed
from verbale.review.trees import Tree

# So many sentences back the first of them are told.
_BACK: Final = 4
# A number further from those named, or larger, is of others; one further than one from a single row is so, too.
_NEAR, _MOST = 2, 12
_SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer")
_AT_A_PLACE: Final = frozenset({"at", "in", "near", "on", "into", "off", "over"})


@dataclass(frozen=True, slots=True)
class _Row:
    """Who acted in a sentence: how many are told as its subject or its agents, and how many it may be with all other names."""

    size: int
    most: int


def find_parties(manuscript: Manuscript, sentence: Sentence, marked: Marked, told: Sequence[Marked]) -> Iterator[Slip]:
    """Yield a slip for each number of parties that those named before contradict; `told` is the text before the sentence."""
    yield from _these(manuscript, sentence, marked)
    match = _taken_up().search(marked.marks)
    if match is None or any(each.start < match.start("number") for each in figures(marked)):
        return
    number = marked.value(match.start("number"))
    if not 2 <= number <= _MOST or _known(match, marked, told):
        return
    rows = _rows(manuscript, sentence)
    sizes = [each.size for each in rows]
    total, most = sum(sizes), sum(each.most for each in rows)
    near = _NEAR if len(rows) > 1 else 1
    if total < 2 or number in sizes or total <= number <= most or abs(number - total) > near:
        return
    said = marked.text[match.start() : match.end()].strip()
    yield slip_in(sentence, match.start(), match.end(), f"The text says “{said}”, but names {show(total)}.")


# "Tordesillas, Madrid and El Pardo: these two agreements", "A, B and C would not sign; these two states"
_THESE: Final = re.compile(
    rf"(?P<names>{NAMES})(?::\s|[^.:;A-ZÀ-Þ]{{0,80}}[;,]\s(?:and\s|but\s)?)(?:these|those)\s(?P<word>[\w-]+)\s[a-z]"
)


def _these(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Yield a slip for "these four" right behind the row of names that they take up."""
    for match in _THESE.finditer(bind(manuscript, marked.text)):
        count = next((each for each in figures(marked) if each.start == match.start("word")), None)
        size = len(set(split_names(match["names"])))
        if count is None or count.value == size or abs(count.value - size) > 1:
            continue
        said = marked.text[match.start("word") : count.end]
        yield slip_in(sentence, match.start("word"), count.end, f"The text says “{said}”, but names {show(size)}.")


@cache
def _taken_up() -> re.Pattern[str]:
    nouns = "|".join(either(name) for name in ("who join", "named things", "partners"))
    return re.compile(
        rf"\b(?:the|these|all|all\sthe|its|their|none\sof\sthe|each\sof\sthe)\s(?P<number>{COUNT})\s(?:member\s)?(?P<noun>{nouns})\b"
        # a word or a name behind it may say which of them
        r"(?!\s(?:of|from|who|whom|that|which|whose|in|on|at|with|to|named|concerned|involved|most|[a-z]+ing)\b|,\s(?:the\s|both\s)?[A-ZÀ-Þ]|,\s(?:the|a|an|its|who|which|whose)\b|:|\s[–—(])",
        re.IGNORECASE,
    )


def _known(match: re.Match[str], marked: Marked, told: Sequence[Marked]) -> bool:
    """Tell whether the text spoke of as many before, or of some of them: "the two governments", "both"."""
    number, noun = marked.value(match.start("number")), match["noun"].lower()
    again = re.compile(rf"(?P<number>{COUNT})\s(?:[a-z-]+\s){{0,2}}?(?P<noun>[a-z]+)", re.IGNORECASE)
    for text in told:
        for each in again.finditer(text.marks):
            if text.value(each.start("number")) == number and each["noun"].lower() == noun:
                return True
    return number == 2 and any(re.search(r"\bboth\b", each.text, re.IGNORECASE) for each in told[-_BACK:])


def _rows(manuscript: Manuscript, sentence: Sentence) -> list[_Row]:
    """Return who acted in the sentences of the paragraph before one, from the first row of them on; none where it is open."""
    before = [each for each in manuscript.by_block[sentence.block] if each.start < sentence.start][-_BACK:]
    rows: list[_Row] = []
    for each in before:
        text = manuscript.sentence_text(each)
        tree = Tree(each)
        size = len(_actors(tree))
        if _open(manuscript, text):
            return []
        if not rows:
            rows = [_Row(size, _names(tree, size))] if size > 1 else []
        elif size and listed("comes after", text):
            rows.append(_Row(size, _names(tree, size)))
        elif size > 1:
            return []  # another row: which of them is meant is open
    return rows


def _open(manuscript: Manuscript, text: str) -> bool:
    """Tell whether a sentence tells a number of its own, somebody who left or did not come, or not everybody."""
    counted = [each for each in figures(mark(text, 1900)) if each.stems]
    opens = re.search(
        rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", re.sub(r"\bthe\sfirst\b", "", text), re.IGNORECASE
    )
    away = ("leaves it", "denied", "as well", "beyond")
    return bool(counted) or opens is not None or any(listed(name, text) for name in away)


def _actors(tree: Tree) -> list[int]:
    """Return those whom a sentence names as acting: its subjects, their members, or the agents of a passive."""
    root = next((at for at in range(len(tree.tokens)) if tree.head(at) is None), None)
    if root is None:
        return []
    agents = [each for each in tree.children(root, "obl", "obl:agent") if tree.case(each) == "by"]
    head = next(iter(agents), None)
    if head is None:
        head = tree.child(root, *_SUBJECTS)
    if head is None:
        return []
    # "envoys of Song, Liao and Xia"
    of = next((each for each in tree.children(head, "nmod") if tree.case(each) in ("of", "from")), None)
    if tree.tokens[head].pos == "NOUN" and "Number=Plur" in tree.tokens[head].morph:
        row = _members(tree, head) if of is None else [of, *_members(tree, of)[1:], *_members(tree, head)[1:]]
    else:
        row = _members(tree, head)
    return row if all(_definite(tree, each) for each in row) else []


def _members(tree: Tree, head: int) -> list[int]:
    found, waiting = [head], [head]
    while waiting:
        for each in tree.children(waiting.pop(), "conj"):
            found.append(each)
            waiting.append(each)
    return found


def _definite(tree: Tree, at: int) -> bool:
    """Tell whether a word is a name, or one thing with its article: "the bishop"."""
    token = tree.tokens[at]
    if token.pos == "PROPN":
        return True
    article = any(tree.word(each) == "the" for each in tree.children(at, "det"))
    return token.pos == "NOUN" and "Number=Plur" not in token.morph and article


def _names(tree: Tree, size: int) -> int:
    """Return how many may be meant at most: those who act, and every other name that is no place where something was."""
    names = 0
    root = next((at for at in range(len(tree.tokens)) if tree.head(at) is None), 0)
    agents = any(tree.case(each) == "by" for each in tree.children(root, "obl", "obl:agent"))
    for at, token in enumerate(tree.tokens):
        if agents and at < root:
            continue  # what was founded, or signed
        head = tree.head(at)
        inner = token.label in ("flat", "compound", "amod") and head is not None and tree.tokens[head].pos == "PROPN"
        if token.pos == "PROPN" and not inner and not set(tree.case(at).split()) & _AT_A_PLACE and not token.text.isdigit():
            names += 1
    return max(size, names)
