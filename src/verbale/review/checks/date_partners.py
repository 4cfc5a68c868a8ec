"""Finds a state or an organisation that has part in a dated act otherwise than as who acts, in a year in which there was none.

The dispute that "was brought before the United Nations in 1937", the treaty "with Czechoslovakia" of 1905, "an OAU mission" of
1957: whoever is asked, paid, signed with or sends people must be there. A land is there before and after its state, so that a
state counts only where somebody deals with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_acts import times_of
from verbale.review.checks.date_lives import existed, is_whole_name, lives_of, tolerance
from verbale.review.chronicle import Chronicle, governor, told
from verbale.review.dates import WrittenDate
from verbale.review.manuscript import Manuscript
from verbale.review.trees import Tree
from verbale.vocab.names import Mention

# So many letters before a name stand the words that tell of another time: "later the ...", "the future ...".
_BEFORE: Final = 35
# A state is there where somebody deals with it; a land is there before and after.
_DEALING: Final = ("with", "between", "by", "against")


def find_partners(manuscript: Manuscript, chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each partner of a dated act that did not exist in the year that is written."""
    for tree in chronicle.trees.values():
        text = chronicle.text[tree.sentence.start : tree.sentence.end]
        found = manuscript.vocabulary.actors.find(text)
        mentions = [each for each in found if " and " not in each.text and is_whole_name(each)]
        for verb, (date, spot) in (*times_of(chronicle, tree), *_times_of_people(chronicle, tree)):
            if date.year < 0 or str(date.year) not in chronicle.text[slice(*spot)]:
                continue
            if tree.is_verb(verb) and not told(tree, verb, chronicle.words):
                continue
            for at in _partners(chronicle, tree, verb):
                slip = _judge(manuscript, chronicle, (tree, at, verb), mentions, date, spot)
                if slip is not None:
                    yield slip
                    break


def _times_of_people(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, tuple[WrittenDate, tuple[int, int]]]]:
    """Yield the nouns of those whom somebody sends that have a date of their own: "a UN mission of 1971"."""
    text, start = tree.sentence.text, tree.sentence.start
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is not None and place[1] and _sent(chronicle, tree, place[0]):
            yield place[0], (date, (start + date.start, start + date.end))


def _sent(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    """Tell whether a noun is one of people that act for those whose name stands before it."""
    return bool({tree.lemma(at), tree.word(at)} & chronicle.words.lists["servants"])


def _partners(chronicle: Chronicle, tree: Tree, verb: int) -> Iterator[int]:
    """Yield the names of those with whom, to whom or by whose people something is done."""
    words = chronicle.words
    dealing = words.lists["dealing with"]
    kind = words.verb_kind(tree, verb)
    if kind is not None and kind.course == "body":
        return  # what is founded or dissolved, or joined by somebody
    makes = kind is not None and kind.course == "treaty"
    if not tree.is_verb(verb):
        yield from (each for each in tree.children(verb, "compound") if tree.tokens[each].pos == "PROPN")
        return
    for each in tree.children(verb, "obj", "iobj", "obl", "obl:agent", "nsubj:pass", "nsubj"):
        label = tree.label(each)
        if tree.tokens[each].pos == "PROPN":
            if label in ("nsubj", "obj", "iobj", "obl:agent") or (label == "obl" and set(tree.case(each).split()) & dealing):
                yield each
            continue
        if label in ("nsubj", "nsubj:pass") and _sent(chronicle, tree, each):
            yield from (one for one in tree.children(each, "compound") if tree.tokens[one].pos == "PROPN")
        if label in ("obj", "obl") or makes:
            for one in tree.children(each, "nmod"):
                if tree.tokens[one].pos == "PROPN" and set(tree.case(one).split()) & words.lists["side by side"]:
                    yield one


def _judge(
    manuscript: Manuscript,
    chronicle: Chronicle,
    place: tuple[Tree, int, int],
    mentions: list[Mention],
    date: WrittenDate,
    spot: tuple[int, int],
) -> Slip | None:
    tree, at, verb = place
    mention = _mention(manuscript, chronicle, tree, at, mentions)
    if mention is None or any(name.kind == "leader" for name in mention.names):
        return None
    organisation = all(name.kind == "organisation" for name in mention.names)
    by_state = tree.case(at) in _DEALING or tree.label(at) in ("obl:agent", "compound")
    if not (organisation or by_state) or _of_another_time(manuscript, chronicle, (tree, at, verb)):
        return None
    lives = lives_of(manuscript, mention, tree.sentence.text)
    gap = min((max(first - date.year, date.year - last, 0) for first, last in lives), default=0)
    if gap <= tolerance(mention):
        return None
    span = tree.span([*tree.name(at), *tree.within(*spot)])
    return Slip(*span, f"In {date.year} there was no {mention.text} (it existed {existed(lives[0])}).", (spot,))


def _mention(manuscript: Manuscript, chronicle: Chronicle, tree: Tree, at: int, mentions: list[Mention]) -> Mention | None:
    """Return the actor that a name means, also where it is short: "the League" of a text that names the League of Nations."""
    token, start = tree.tokens[at], tree.sentence.start
    whole = next((each for each in mentions if each.start <= token.start - start and token.end - start <= each.end), None)
    if whole is not None:
        return whole if tree.label(at) != "nsubj" else None  # who acts is judged by the acts
    known = chronicle.referents.of(tree, at)
    if known is None or known.label == token.text:
        return None
    return next((each for each in manuscript.vocabulary.actors.find(known.label) if each.text == known.label), None)


def _of_another_time(manuscript: Manuscript, chronicle: Chronicle, place: tuple[Tree, int, int]) -> bool:
    """Tell whether the words at a name speak of what was or would be ("later the ..."), or of one of many ("a bloc")."""
    tree, at, verb = place
    if any(tree.lemma(each) == "a" for each in tree.children(at, "det")):
        return True
    near = {tree.lemma(each) for each in tree.children(at, "amod", "compound", "nmod", "advmod")} | {tree.lemma(verb)}
    end = tree.tokens[min(tree.name(at))].start
    before = set(re.findall(r"[\w-]+", chronicle.text[max(tree.sentence.start, end - _BEFORE) : end].lower()))
    return bool(near & set(manuscript.words.lists["former"]) or before & chronicle.words.lists["another time"])
