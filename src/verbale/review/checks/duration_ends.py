"""Durations between two things that the text dates anywhere: "from the ultimatum to the war eleven days went by"."""

from __future__ import annotations

import re
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, joined_since, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.dates import WrittenDate
from verbale.review.duration_words import duration_words
from verbale.review.durations import YEAR, Duration, elapsed
from verbale.review.marking import Marked
from verbale.review.numbers import ORDINALS
from verbale.review.recalling import ENOUGH, Recall
from verbale.review.trees import Tree

# As for what was just told, but both ends are named: the number may be far off.
_FACTOR: Final = 9.0
Near = list[tuple[Sentence, Marked]]
_STEM: Final = 5
_THREE: Final = re.compile(r"[1-9]\d\d")
_TAKING: Final = frozenset({"take", "need", "require"})
_COUNTING: Final = frozenset({"count", "reckon", "measure", "calculate"})


def find_between(
    recall: Recall, sentence: Sentence, marked: Marked, duration: Duration, near: Near
) -> tuple[Slip | None, bool]:
    """Return the slip of a duration between two named happenings, and whether both were found with a date."""
    chronicle = recall.chronicle
    tree = chronicle.trees.get(sentence.index)
    if tree is None:
        return None, False
    ends = _ends(tree, duration)
    if ends is not None:
        firsts, lasts = (_in_order(chronicle, tree, at, resolve(chronicle, tree, at)) for at in ends)
    else:
        begun = _begun(tree, duration)
        firsts = [] if begun is None else resolve(chronicle, tree, begun)
        lasts = [] if begun is None else told_last(chronicle, tree)[:1]
    pairs = [(first, last) for first in firsts for last in lasts]
    if not pairs:
        pairs = _both_told(tree, sentence, marked, duration, near)
    if not pairs and ends is not None and bool(firsts) != bool(lasts) and not marked.dates and names_ends(tree, duration):
        firsts, lasts = firsts or _recalled(recall, tree, ends[0]), lasts or _recalled(recall, tree, ends[1])
        pairs = [(first, last) for first in firsts for last in lasts]
    pairs = [(first, last) for first, last in pairs if elapsed(first[1], last[1])[1] > 0]
    if (
        not pairs and ends is not None and tree.is_verb(ends[1])
    ):  # an end told before its beginning is that of another thing of its kind
        words = _by_words(chronicle, tree, ends[1], set(tree.subtree(ends[1])))
        pairs = [(first, last) for first in firsts for last in words if elapsed(first[1], last[1])[1] > 0]
    if not pairs:
        return None, False
    if any(duration.fits(first[1], last[1]) or duration.fits(first[1], last[1], inclusive=True) for first, last in pairs):
        return None, True
    elsewhere = all(sentence.start not in (first[0], last[0]) for first, last in pairs)
    if ends is not None and elsewhere and _told_beside(sentence, marked, duration, near, lasts):
        return None, True
    others = [] if ends is None else _of_the_same(chronicle, tree, ends[1])
    if any(duration.fits(first[1], each) for first in firsts for each in others):
        return None, True
    first, last = pairs[0]
    low, high = elapsed(first[1], last[1])
    exact = duration.days >= YEAR / 2 or (first[1].month and last[1].month)
    close = duration.days / _FACTOR <= max(high, 1) and low <= duration.days * _FACTOR
    return (tell(sentence, marked.text, duration, first, last) if exact and close else None), True


def _recalled(recall: Recall, tree: Tree, at: int) -> list[Placed]:
    """Return the date of the clause that a noun recalls by its words: "the flight" of one who "flew"."""
    if tree.is_verb(at):
        return []
    found = recall.recalled(recall.phrase(tree, at), tree, set(tree.subtree(at)))
    return [each.placed for score, each in found[:1] if score >= ENOUGH]


def _told_beside(sentence: Sentence, marked: Marked, duration: Duration, near: Near, lasts: list[Placed]) -> bool:
    """Tell whether a date of the paragraph and one of the sentence, or the end itself, bear a time out.

    One end may be named, the other dated; and what it began with may have another name where it was told.
    """
    told = [date for each, other in near if each.block == sentence.block for date in other.dates]
    ends = [*marked.dates, *(date for _, date in lasts)]
    pairs = [sorted((one, other), key=lambda date: date.order) for one in ends for other in told]
    return any(bears(duration, first, last, inclusive=False) for first, last in pairs)


def _in_order(chronicle: Chronicle, tree: Tree, at: int, found: list[Placed]) -> list[Placed]:
    """Return those dates of "the first round" that are not told of the second, or that of what its paragraph says was first."""
    place = next((tree.word(each) for each in tree.children(at, "amod") if tree.word(each) in ORDINALS), None)
    if place is None:
        return found
    said = {other.sentence.start: {token.text.lower() for token in other.tokens} for other in chronicle.trees.values()}
    kept = [each for each in found if place in said[each[0]] or not said[each[0]] & set(ORDINALS)]
    if kept:
        return kept
    told = [
        [(other.sentence.start, date) for date in chronicle.dates[index].values()]
        for index, other in chronicle.trees.items()
        if other is not tree and other.sentence.block == tree.sentence.block and place in said[other.sentence.start]
    ]
    return [each for dates in told if len(dates) == 1 for each in dates]


def _of_the_same(chronicle: Chronicle, tree: Tree, at: int) -> list[WrittenDate]:
    """Return all dates of the sentences that name what something is the end of: a war may have had more than one."""
    inner = next((each for each in tree.children(at, "nmod") if tree.case(each) == "of"), None)
    if inner is None or tree.lemma(at) not in duration_words()["bound first"] | duration_words()["bound last"]:
        return []
    told = [
        other
        for other in chronicle.trees.values()
        if other is not tree and any(other.lemma(word) == tree.lemma(inner) for word in range(len(other.tokens)))
    ]
    dates = [date for other in told for date in chronicle.dates[other.sentence.index].values()]
    # the second of "from 431 to 404", which has no word of time before it
    bare = [int(token.text) for other in told for token in other.tokens if _THREE.fullmatch(token.text)]
    return [*dates, *(WrittenDate(0, 0, -year) for year in bare if any(date.year < 0 for date in dates))]


def _both_told(tree: Tree, sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> list[tuple[Placed, Placed]]:
    """Return the only two dates of a paragraph, where a time "lies between" two things that it tells in other words.

    "The years that separate the first from the last" of a list in the sentence before lie between its first and last dates.
    """
    words = tree.within(sentence.start + duration.start, sentence.start + duration.end)
    top = tree.top(words)
    verb = None if top is None else tree.head(top) if tree.label(top) == "nsubj" else tree.child(top, "acl:relcl")
    if top is None or verb is None or tree.lemma(verb) not in duration_words()["parting"]:
        return []
    ends = {tree.word(at): tree.label(at) for at in tree.subtree(verb)}
    if not {"between", "last"} & set(ends) and not tree.children(verb, "obj"):
        return []
    follows = near and near[-1][0].index == sentence.index - 1
    if follows and ends.get("first") not in (None, "amod") and ends.get("last") not in (None, "amod"):
        listed = sorted(((near[-1][0].start, date) for date in near[-1][1].dates), key=lambda each: each[1].order)
        return [(listed[0], listed[-1])] if len(listed) > 1 else []
    told = [(each.start, date) for each, other in near if each.block == sentence.block for date in other.dates]
    told += [(sentence.start, date) for date in marked.dates]
    both = sorted({each[1].order: each for each in told}.values(), key=lambda each: each[1].order)
    return [(both[0], both[1])] if len(both) == 2 else []


def names_ends(tree: Tree, duration: Duration) -> bool:
    """Tell whether a sentence says between which two happenings a duration lies, whether or not the text dates them."""
    ends = _ends(tree, duration)
    return ends is not None and all(tree.tokens[at].pos == "NOUN" for at in ends)


def _ends(tree: Tree, duration: Duration) -> tuple[int, int] | None:
    """Return the nouns of "between X and Y" and "from X to Y" in the clause of a duration, which names neither."""
    own = set(tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end))
    parted = _parted(tree, own)
    if parted is not None:
        return parted
    for at, token in enumerate(tree.tokens):
        if token.pos not in ("NOUN", "PROPN", "NUM") or at in own:
            continue
        cases = {tree.word(each) for each in tree.children(at, "case")}
        if "between" in cases:
            # the parser now and then hangs the second noun elsewhere
            joined = [
                *tree.children(at, "conj"),
                *(each for each in range(at + 1, len(tree.tokens)) if tree.children(each, "cc")),
            ]
            # or takes the second for the subject of "lay"
            joined += [
                each
                for cc in tree.children(at, "cc")
                for each in range(cc + 1, len(tree.tokens))
                if tree.head(each) == tree.head(at)
            ]
            other = next((each for each in joined if tree.tokens[each].pos in ("NOUN", "PROPN", "NUM")), None)
        elif "from" in cases:
            beside = [*tree.children(at, "nmod", "obl"), *(tree.below[head] if (head := tree.head(at)) is not None else [])]
            other = next(
                (each for each in beside if each > at and {"to", "until", "till"} & set(tree.case(each).split())), None
            )
        else:
            continue
        names = other is not None and tree.tokens[at].pos == tree.tokens[other].pos == "PROPN"
        if other is not None and other not in own and not names and _one_clause(tree, at, other, duration):
            return at, other  # two names are those of parties: "the agreement between Britain and Japan"
    return None


def _parted(tree: Tree, own: set[int]) -> tuple[int, int] | None:
    """Return the nouns of "ten years separate the one note from the next", where the time is the subject."""
    top = tree.top(sorted(own))
    verb = None if top is None or tree.label(top) != "nsubj" else tree.head(top)
    first = None if verb is None or tree.lemma(verb) not in duration_words()["parting"] else tree.child(verb, "obj")
    if verb is None or first is None:
        return None
    beside = [*tree.children(verb, "obl"), *tree.children(first, "nmod")]
    last = next((each for each in beside if each > first and tree.case(each) == "from"), None)
    return None if last is None or tree.tokens[first].pos == tree.tokens[last].pos == "PROPN" else (first, last)


def _begun(tree: Tree, duration: Duration) -> int | None:
    """Return the noun of "from X it had been nine years", where the end is what was told last."""
    words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
    top = tree.top(words)
    for at in range(len(tree.tokens)):
        head = tree.head(at)
        if (
            tree.case(at) == "from"
            and head is not None
            and tree.lemma(head) in _COUNTING
            and not set(words) & set(tree.subtree(head))
        ):
            return at  # "counting from the signature, it had taken twenty years"
        if tree.case(at) == "from" and head is not None and tree.lemma(head) in _TAKING and top in tree.children(head, "obj"):
            return at  # "it had taken nine years from the first petition to get so far"
    if top is None or tree.child(top, "cop") is None:
        return None
    subject = tree.child(top, "nsubj", "expl")
    if subject is None or tree.word(subject) not in ("it", "that", "this"):
        return None
    return next((each for each in tree.children(top, "obl", "nmod") if tree.case(each) in ("from", "since")), None)


def _one_clause(tree: Tree, at: int, other: int, duration: Duration) -> bool:
    start, end = tree.sentence.start + duration.start, tree.sentence.start + duration.end
    first, last = min(tree.tokens[at].start, start), max(tree.tokens[other].end, end)
    between = tree.sentence.text[first - tree.sentence.start : last - tree.sentence.start]
    return re.search(r"[;:.]\s", between) is None and last - first < 200


def resolve(chronicle: Chronicle, tree: Tree, at: int) -> list[Placed]:
    """Return the dates that a noun names or that the text gives elsewhere to what it means, the likeliest first."""
    index = tree.sentence.index
    inside = set(tree.subtree(at))
    conjuncts = {word for each in tree.children(at, "conj") for word in tree.subtree(each)}
    later = {
        word
        for each in tree.children(at, "nmod", "obl")
        if tree.case(each) in ("to", "until", "till")
        for word in tree.subtree(each)
    }
    inside -= conjuncts | later
    pointed = any(tree.word(each) in ("that", "this") for each in tree.children(at, "det"))
    if pointed and tree.lemma(at) in chronicle.words.lists["times"]:
        return told_last(chronicle, tree)[:1]
    own = [date for top, date in chronicle.dates[index].items() if top in inside]
    if own:
        return [(tree.sentence.start, own[-1])]
    if tree.tokens[at].pos == "NUM":
        return []  # a year that is not read as one has no name by which the text could date it
    found = [
        (each.date_at[0] - each.date.start, each.date)
        for each in chronicle.dated(tree, at)
        if each.sentence is not tree.sentence or each.at not in inside
    ]
    return found or _by_words(chronicle, tree, at, inside)


def _by_words(chronicle: Chronicle, tree: Tree, at: int, inside: set[int]) -> list[Placed]:
    """Return the one date of the nearest sentences that name a thing by the same word: "the picture", "Al-Ula"."""
    words = [tree.word(each) for each in sorted(inside) if tree.tokens[each].pos == "PROPN"] or [tree.lemma(at)]
    stems = [re.escape(word[:-1] if len(word) > _STEM else word) for word in words if len(word) > 2]
    if not stems:
        return []
    found = []
    for index, other in sorted(chronicle.trees.items(), reverse=True):
        dates = chronicle.dates[index].values()
        if index == tree.sentence.index or len(dates) != 1:
            continue
        if all(re.search(rf"\b{stem}", other.sentence.text, re.IGNORECASE) for stem in stems):
            found += [(other.sentence.start, date) for date in dates]
    near = [each for each in found if each[0] < tree.sentence.start]
    return near or found


_CLOSE: Final = 60


def find_after(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Near) -> Slip | None:
    """Return the slip of "on 10 November 1975, thirty-one years after the memorandum", which the text dates anywhere."""
    tree = chronicle.trees.get(sentence.index)
    follows = re.match(r"\s(after|before)\s", marked.text[duration.end :])
    targets = [date for date in marked.dates if 0 < duration.start - date.end < _CLOSE]
    if tree is None or follows is None or not targets or ";" in marked.text[targets[-1].end : duration.start]:
        return None
    noun = _counted_from(tree, sentence.start + duration.end, follows[1])
    if noun is None or joined_since(tree, tree.head(noun), sentence.start + targets[-1].end):
        return None
    target, back = (sentence.start, targets[-1]), follows[1] == "before"
    lemma, words = tree.lemma(noun), chronicle.words
    named = tree.tokens[noun].pos == "PROPN" or lemma in words.by_noun or lemma in words.group_of
    anchors = resolve(chronicle, tree, noun) if named else []
    pairs = [((target, each) if back else (each, target)) for each in anchors]
    pairs = [(first, last) for first, last in pairs if elapsed(first[1], last[1])[0] > 0]
    if not pairs:
        return None
    stem = re.compile(rf"\b{re.escape(lemma[:6])}", re.IGNORECASE)
    others = [
        date
        for index, other in chronicle.trees.items()
        if stem.search(other.sentence.text)
        for date in chronicle.dates[index].values()
    ]
    others += [date for each, other in near if each.block == sentence.block for date in other.dates]
    spots = {place for place, _ in anchors}
    others += [
        date
        for index, other in chronicle.trees.items()
        if other.sentence.start in spots
        for date in chronicle.dates[index].values()
    ]
    if any(duration.fits(*((target[1], date) if back else (date, target[1]))) for date in others):
        return None
    first, last = pairs[0]
    low, high = elapsed(first[1], last[1])
    if duration.days < YEAR / 2 and not (first[1].month and last[1].month):
        return None
    # counted from a thing, the number is off by less than when two ends are named
    if not duration.days / 3 <= max(high, 1) or low > 3 * duration.days:
        return None
    return tell(sentence, marked.text, duration, first, last)


def _counted_from(tree: Tree, start: int, word: str) -> int | None:
    """Return the noun of "after the memorandum" that begins at an offset."""
    at = next((each for each, token in enumerate(tree.tokens) if token.start > start and tree.word(each) == word), None)
    noun = None if at is None else tree.head(at)
    if at is None or noun is None or noun < at or tree.tokens[noun].pos not in ("NOUN", "PROPN"):
        return None
    return noun
