"""Finds the dead among those present: "with him presiding", "X for Tanzania" in a row of signatures, a telegram from him.

`date_persons` and `date_outlived` read who acts as a subject or is acted on. Here are the parts that only somebody alive can
have and that no verb of his own tells. All times of the sentence, or those that its paragraph has told before, must lie after
the death; what is only read out, printed or remembered then may be his from before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_outlived import Deed, looks_back
from verbale.review.chronicle import Chronicle
from verbale.review.dates import year_words
from verbale.review.moments import Moment, of_date
from verbale.review.retellings import Retellings
from verbale.review.trees import Tree

# So many words behind a letter "from him" may say when it was sent.
_SENT_NEAR: Final = 8
# A row of those who sign for somebody has at least so many.
_ROW: Final = 2
_FOR: Final = re.compile(r"\b[A-Z][\w'-]+\sfor\s(?:the\s)?[A-Z]")
_THEM: Final = frozenset({"the", "them", "those"})
_OWNED: Final = frozenset({"'s", "’s", "'", "’"})


def find_present(chronicle: Chronicle, retellings: Retellings, deaths: Mapping[int, Deed]) -> Iterator[Slip]:
    """Yield a slip for each person who takes part in what the text dates after that death."""
    if not deaths:
        return
    times: dict[int, list[tuple[int, Moment]]] = {}
    for each in retellings.found:
        times.setdefault(each.sentence.index, []).append((each.sentence.start + each.moment.start, each.moment))
    for index, tree in sorted(chronicle.trees.items()):
        for at, token in enumerate(tree.tokens):
            who = chronicle.referents.of(tree, at) if token.pos == "PROPN" else None
            ended = None if who is None else deaths.get(id(who))
            if who is None or ended is None or ended.tree is tree or not (who.person and who.called) or who.plural:
                continue
            part = _part(chronicle, tree, at)
            if part is None:
                continue
            since = times.get(index) or _written(chronicle, tree) or _told_before(chronicle, tree, times, ended.place[0])
            if since and all(_after(chronicle, moment, ended.moment) for _, moment in since):
                when = chronicle.text[slice(*ended.place)]
                year = since[-1][1].year
                message = (
                    f"{who.label} takes part in this in {year_words(year)}, but had died by then, as the text tells ({when})."
                )
                yield Slip(*tree.span([*tree.name(at), part]), message, (ended.place,))
                break


def _after(chronicle: Chronicle, moment: Moment, end: Moment) -> bool:
    """Tell whether a time lies after a death; years without their letters count down before our era, and tell nothing."""
    if chronicle.down and min(moment.year, end.year) > 0:
        return False
    return moment.sure > 0 and moment.first > end.last


def _written(chronicle: Chronicle, tree: Tree) -> list[tuple[int, Moment]]:
    """Return the dates of a sentence that no verb has: "July 1932: the conference, with X in the chair"."""
    return [(tree.sentence.start + date.start, of_date(date)) for date in chronicle.dates[tree.sentence.index].values()]


def _told_before(
    chronicle: Chronicle, tree: Tree, times: Mapping[int, list[tuple[int, Moment]]], death: int
) -> list[tuple[int, Moment]]:
    """Return the times that the paragraph of a sentence without any has told before it, without that of a death."""
    if {tree.word(at) for at in range(len(tree.tokens))} & chronicle.words.lists["another time"]:
        return []
    before = (index for index in chronicle.in_block.get(tree.sentence.block, ()) if index < tree.sentence.index)
    return [each for index in before for each in times.get(index, []) if each[0] != death]


def _part(chronicle: Chronicle, tree: Tree, at: int) -> int | None:
    """Return the word that says what part somebody has who must be alive for it."""
    name = tree.name(at)
    first, last = min(name), max(name)
    before, behind = (tree.word(first - 1) if first else ""), (tree.word(last + 1) if last + 1 < len(tree.tokens) else "")
    if _remembered(chronicle, tree):
        return None
    if before == "with":
        return _with(chronicle, tree, last)
    if behind == "among" and before == "," and tree.word(min(last + 2, len(tree.tokens) - 1)) in _THEM:
        return last + 1
    if before == "from" and first > 1 and tree.lemma(first - 2) in chronicle.words.lists["messages"]:
        near = range(last + 1, min(last + 1 + _SENT_NEAR, len(tree.tokens)))
        return next((each for each in near if tree.lemma(each) in chronicle.words.lists["sending"]), None)
    if behind == "for" and len(_FOR.findall(tree.sentence.text)) > _ROW and _signed(tree):
        return last + 1
    if behind in _OWNED:
        return _own_deed(chronicle, tree, at)
    return None


def _with(chronicle: Chronicle, tree: Tree, last: int) -> int | None:
    """Return what somebody does of whom it is said that it was "with" him doing so, or in the chair."""
    each = last + 1
    if each + 1 >= len(tree.tokens):
        return None
    if tree.tokens[each].tag == "VBG" and tree.lemma(each) not in chronicle.words.lists["lasting"]:
        return each
    if (
        tree.word(each) in ("in", "at")
        and tree.lemma(min(each + 2, len(tree.tokens) - 1)) in chronicle.words.lists["presiding"]
    ):
        return each + 2
    return each if tree.word(each) == "present" else None


def _own_deed(chronicle: Chronicle, tree: Tree, at: int) -> int | None:
    """Return the noun of somebody's own speech, answer or vote that does something, or is one of so many."""
    noun = tree.head(at)
    if noun is None or tree.tokens[at].label != "nmod:poss" or tree.lemma(noun) not in chronicle.words.lists["deeds"]:
        return None
    verb = tree.head(noun)
    told = tree.tokens[noun].label in ("nsubj", "nsubj:pass", "conj") and verb is not None and not looks_back(tree, verb)
    return noun if told else None


def _signed(tree: Tree) -> bool:
    """Tell whether a sentence is about a signature."""
    return any(tree.lemma(each) in ("sign", "signature", "initial", "signatory") for each in range(len(tree.tokens)))


def _remembered(chronicle: Chronicle, tree: Tree) -> bool:
    """Tell whether a sentence speaks of what outlives somebody: it was read out, printed, found, recalled."""
    return any(tree.lemma(each) in chronicle.words.lists["posthumous"] for each in range(len(tree.tokens)))
