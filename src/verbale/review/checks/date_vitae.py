"""Finds the lives that a text itself gives: "Anna Velasco (1811-1869)", "(b. 1902)", "born in 1899", and who acts as a child.

What stands in brackets behind a name becomes a telling of birth or death, so that whatever holds acts against the deaths and
births of a text (`date_persons`) knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.review.check import Slip
from verbale.review.chronicle import Chronicle, Telling, told
from verbale.review.dates import WrittenDate, find_dates, find_spans
from verbale.review.happening_words import Kind, load_happening_words
from verbale.review.order_words import either, order_words
from verbale.review.referents import NAME, Referent
from verbale.review.trees import Tree

# Nobody is known to a text who lived shorter or longer; a shorter span behind a title is that of an office.
_SHORTEST, _LONGEST, _OFFICE = 18, 110, 36
# Nobody signs, commands or is elected before this age; crowned children are not said to do so.
_ADULT: Final = 14
# So many letters behind a bracket is the name that it belongs to.
_NAME_AT: Final = 2


_SPAN: Final = re.compile(r"(?<=\d)-(?=\d{4})|(?<=\d)-(?=\d{3}\b)")


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(
        rf"\s\((?:(?P<born>{either('of life born')})|(?P<died>{either('of life died')}))?\s?(?P<said>[^()]{{4,60}})\)",
    )


def told_lives(chronicle: Chronicle) -> Iterator[Telling]:
    """Yield births and deaths that brackets behind the names of persons tell, in the order of the text."""
    kinds = {kind.name: kind for kind in chronicle.words.kinds}
    trees = list(chronicle.trees.values())
    for match in _bracket().finditer(chronicle.text):
        dates = find_dates(_SPAN.sub("–", match["said"]))  # a hyphen between two years reads as a number
        if not dates or (not match["said"].strip()[-1:].isdigit() and "BC" not in match["said"]):
            continue
        place = _named(chronicle, trees, match.start())
        if place is None:
            continue
        tree, at, referent = place
        start = match.start("said")
        for name, date in _read(tree, at, match, dates):
            yield _telling(tree, at, kinds[name], date, (start + date.start, start + date.end), referent)


def told_times(chronicle: Chronicle) -> Iterator[Telling]:
    """Yield the founding and the end of what "existed from 1960 to 1963"."""
    kinds = {kind.name: kind for kind in chronicle.words.kinds}
    for tree in chronicle.trees.values():
        text = chronicle.text[tree.sentence.start : tree.sentence.end]
        for span in find_spans(text):
            words = tree.within(tree.sentence.start + span.start, tree.sentence.start + span.end)
            verb = tree.head(tree.top(words) or 0) if words else None
            referent = chronicle.referents.of(tree, tree.subject(verb)) if verb is not None else None
            if verb is None or referent is None or referent.plural or tree.lemma(verb) not in chronicle.words.lists["existing"]:
                continue
            if told(tree, verb, chronicle.words):
                for name, date in (("founding", span.first), ("dissolution", span.last)):
                    spot = tree.sentence.start + span.start, tree.sentence.start + span.end
                    yield _telling(tree, verb, kinds[name], date, spot, referent)


def _named(chronicle: Chronicle, trees: list[Tree], end: int) -> tuple[Tree, int, Referent] | None:
    """Return the person whose name ends before a bracket, with the word that bears it."""
    tree = next((each for each in trees if each.sentence.start < end <= each.sentence.end), None)
    if tree is None:
        return None
    at = next((each for each in range(len(tree.tokens)) if tree.tokens[each].end == end), None)
    if at is None or tree.tokens[at].pos != "PROPN":
        return None
    word: int | None = at
    for _ in range(_NAME_AT + 1):
        referent = chronicle.referents.of(tree, word)
        if referent is not None:
            return (tree, at, referent) if referent.person and referent.group == NAME and not referent.plural else None
        word = tree.head(word) if word is not None else None
    return None


def _read(tree: Tree, at: int, match: re.Match[str], dates: tuple[WrittenDate, ...]) -> Iterator[tuple[str, WrittenDate]]:
    if match["born"] and len(dates) == 1:
        yield "birth", dates[0]
    elif match["died"] and len(dates) == 1:
        yield "death", dates[0]
    elif len(dates) == 2:
        joint = match["said"][dates[0].end : dates[1].start]
        span = dates[1].year - dates[0].year
        if not re.search(r"[-–—]", joint) or not _SHORTEST <= span <= _LONGEST:
            return
        lead = match["said"][: dates[0].start].strip()
        if lead and not lead[0].isupper() and not lead[0].isdigit() and not match["born"]:
            return  # "(reigned 1815-1848)", "(in office 1871-1890)"; "(Lyon, 1811 - Paris, 1869)" is a life
        if span < _OFFICE and _titled(tree, at):
            return
        yield "birth", dates[0]
        yield "death", dates[1]


def _titled(tree: Tree, at: int) -> bool:
    """Tell whether an office stands before a name, or a number behind it: then the years may be those of the office."""
    before = {tree.word(each) for each in range(max(0, at - 4), at)}
    return bool(re.fullmatch(r"[IVX]+", tree.tokens[at].text)) or any(each in _offices() for each in before)


@cache
def _offices() -> frozenset[str]:
    return load_happening_words().lists["offices"]


def _telling(tree: Tree, at: int, kind: Kind, date: WrittenDate, spot: tuple[int, int], of: Referent) -> Telling:
    start = tree.tokens[at].start
    return Telling(tree.sentence, at, kind, kind.name, date, spot, start, spot[1], of, None, False)


def too_young(chronicle: Chronicle, tree: Tree, begins: dict[int, Telling]) -> Iterator[Slip]:
    """Find who signs, commands or is appointed as a child: "born in 1921 ... in 1929 she was appointed consul"."""
    adult = order_words()["adult acts"]
    for at, date in _verbs(chronicle, tree):
        if tree.lemma(at) not in adult or not told(tree, at, chronicle.words):
            continue
        who = tree.object(at) if tree.passive(at) else tree.subject(at)
        referent = chronicle.referents.of(tree, who)
        born = begins.get(id(referent)) if referent is not None else None
        if who is None or born is None or referent is None or not referent.person or born.inferred:
            continue
        if born.kind is not None and born.kind.name == "birth" and date.year < born.date.year + _ADULT and born.at != at:
            when = chronicle.text[slice(*born.date_at)]
            message = f"{referent.label} would do this in {date.year}, but was born in {when}."
            start, end = tree.span([who, at, *tree.within(tree.sentence.start + date.start, tree.sentence.start + date.end)])
            yield Slip(start, end, message, (born.date_at,))
            return


def _verbs(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, WrittenDate]]:
    """Yield the verbs of a sentence that a date with its year hangs on."""
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    whole = {date.start for date in find_dates(text)}
    for top, date in chronicle.dates[tree.sentence.index].items():
        head = tree.head(top)
        turned = set(tree.case(top).split()) & chronicle.words.lists["turning"]
        if head is not None and tree.is_verb(head) and date.start in whole and not turned:
            yield head, date
