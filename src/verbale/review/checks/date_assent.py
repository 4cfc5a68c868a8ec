"""Finds an assent to a treaty dated before its signature: "signed in April 1951. Parliament had approved it in January 1951".

Who assents is told in many ways ("gave its consent", "completed its ratification", "the voters approved it"), mostly without a
name for the treaty. It is the one that the paragraph tells of: all signatures told there must lie after the assent. Drafts,
mandates and loans are no treaties, and a second or new treaty is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_acts import times_of
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, told
from verbale.review.dates import WrittenDate
from verbale.review.trees import SUBJECTS, Tree

# An assent so many years before the signature is that to another treaty.
_MOST_YEARS: Final = 5
# So many sentences back the treaty was signed.
_REACH: Final = 5
_TREATY: Final = "instrument"
_IT: Final = frozenset({"it", "them", "this", "both", "these"})


@dataclass(frozen=True, slots=True)
class _Step:
    """A dated step of a treaty: its sentence, its verb, the date and where it stands, and what it was done to, if named."""

    tree: Tree
    at: int
    date: WrittenDate
    date_at: tuple[int, int]
    thing: int | None


def find_assent(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each dated assent that lies before every signature told just before it or in its sentence."""
    signed: list[_Step] = []
    for _, tree in sorted(chronicle.trees.items()):
        timed = list(_timed(chronicle, tree))
        signed += [_Step(tree, at, date, spot, tree.object(at)) for at, date, spot in timed if _signs(chronicle, tree, at)]
        for at, date, spot in timed:
            step = _assent(chronicle, tree, at, date, spot)
            if step is None:
                continue
            near = [each for each in signed if _near(each, step) and not _other(chronicle, each, step)]
            if near and all(later(each.date, date) for each in near) and near[-1].date.year - date.year <= _MOST_YEARS:
                start, end = tree.span([at, *tree.within(*spot)])
                said, elsewhere = chronicle.text[slice(*spot)], chronicle.text[slice(*near[-1].date_at)]
                message = f"The assent ({said}) would lie before the signature ({elsewhere})."
                yield Slip(min(start, spot[0]), max(end, spot[1]), message, (near[-1].date_at,))


def _timed(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, WrittenDate, tuple[int, int]]]:
    """Yield the dated verbs of a sentence, with those of "in July 2024, when the last of them had ratified it"."""
    for at, (date, spot) in times_of(chronicle, tree):
        yield at, date, spot
        for word in (at, *tree.within(*spot)):
            for each in tree.hanging(word, "advcl", "acl"):
                if tree.is_verb(each) and any(tree.word(mark) == "when" for mark in tree.below[each]):
                    yield each, date, spot


def _signs(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    kind = chronicle.words.verb_kind(tree, at)
    opened = tree.lemma(at) == "open" and any(tree.lemma(each) == "signature" for each in tree.children(at, "obl"))
    return (opened or (kind is not None and kind.name == "signing")) and told(tree, at, chronicle.words)


def _assent(chronicle: Chronicle, tree: Tree, at: int, date: WrittenDate, spot: tuple[int, int]) -> _Step | None:
    """Return the step where a verb tells an assent to a treaty: it is named, pointed at, or left out."""
    words = chronicle.words
    if not told(tree, at, words):
        return None
    lemma, done = tree.lemma(at), tree.object(at)
    if lemma in words.lists["assenting"]:
        beside = [each for each in tree.children(at, "obl") if tree.case(each) == "to"]
        thing = beside[0] if beside else done
        mine = lemma not in words.lists["approving"] or _of_parliament(chronicle, tree, at)
    elif lemma in words.lists["giving assent"] and done is not None and tree.lemma(done) in words.lists["assents"]:
        beside = [each for each in (*tree.children(done, "nmod"), *tree.children(at, "obl")) if tree.case(each) in ("to", "of")]
        thing = next((each for each in beside if tree.lemma(each) not in words.lists["assents"]), None)
        mine = tree.lemma(done) == "ratification" or lemma == "deposit" or _of_parliament(chronicle, tree, at)
    else:
        return None
    named = thing is None or tree.word(thing) in _IT or words.group_of.get(tree.lemma(thing)) == _TREATY
    return _Step(tree, at, date, spot, thing) if mine and named else None


def _of_parliament(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    """Tell whether those who assent are asked after the signature: a parliament, voters; governments approve texts before."""
    who = tree.child(at, *SUBJECTS) if not tree.passive(at) else None
    agents = [each for each in tree.children(at, "obl", "obl:agent") if tree.case(each) == "by"]
    return any(tree.lemma(each) in chronicle.words.lists["parliaments"] for each in ([who] if who is not None else agents))


def _near(signature: _Step, assent: _Step) -> bool:
    one, other = signature.tree.sentence, assent.tree.sentence
    return one.block == other.block and 0 <= other.index - one.index <= _REACH


def _other(chronicle: Chronicle, signature: _Step, assent: _Step) -> bool:
    """Tell whether the words say that the treaty signed and that assented to are two: a second, a new one, another name."""
    things = [(step.tree, step.thing) for step in (signature, assent) if step.thing is not None]
    apart = any(tree.words_of(thing) & chronicle.words.lists["another treaty"] for tree, thing in things)
    names = [{tree.lemma(each) for each in tree.name(thing)} for tree, thing in things if tree.tokens[thing].pos == "PROPN"]
    return apart or (len(names) == len(things) == 2 and not names[0] & names[1])
