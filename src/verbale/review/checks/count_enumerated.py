"""Counts against the list that the parse hangs on what is counted: after a colon, in apposition, in brackets, as its predicate.

How many members a list has is read twice, from the tree and from its commas. Only a number that neither reading gives, and that
is not the sum of the members' own numbers ("nine men: a colonel, two captains and six guards"), is told as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import NAMES, bind, counted_again, explains, goes_on, split_names, unbracketed
from verbale.review.counting import count_words, either, measures
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, read_count, words
from verbale.review.trees import Tree

MAX_ITEMS: Final = 20
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PRON", "X"})
# A list longer than this many words is told in clauses, and its commas mean other things.
_MOST_WORDS: Final = 90
_DETERMINERS: Final = frozenset({"a", "an", "the", "his", "her", "its", "their", "that"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts: the words' indices, the value, and the noun's (or the number's own) index."""

    at: int
    number: int
    noun: int


def find_enumerated(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Yield a slip for each count that the list belonging to it contradicts."""
    yield from _of_parties(manuscript, sentence, text)
    if not sentence.tokens:
        return
    tree = Tree(sentence)
    counted = list(_counted(tree))
    for each in counted:
        for first, start, end in _lists(tree, each, counted, text):
            slip = _compare(manuscript, tree, text, each, first, (start, end))
            led = [other.number for other in counted if other.at < each.at and _within(tree, text, other, each)]
            if each.number < len(_members(tree, first)) and goes_on(bind(manuscript, text[start:end]), each.number):
                continue
            if slip is not None and len(_members(tree, first)) not in led:
                yield slip
                break


def _within(tree: Tree, text: str, counted: Counted, inner: Counted) -> bool:
    """Tell whether a count is where another one is told of: "three coups in two countries: Mali, Mali again, and Chad"."""
    start = tree.sentence.start
    between = text[tree.tokens[counted.noun].end - start : tree.tokens[inner.at].start - start]
    return re.fullmatch(rf"\s(?:[\w'’-]+\s){{0,2}}?{either('relates')}\s(?:the\s|those\s)?", between) is not None


def _of_parties(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "the Triple Alliance of A and B", "a tripartite commission of A, B, C and D"."""
    numbers = _multiples()
    pattern = rf"\b(?P<word>{'|'.join(numbers)})\s[\w-]+\s(?:of|between|among)\s(?P<list>{NAMES})(?=[\s.,;)])"
    for match in re.finditer(pattern, bind(manuscript, text)):
        count = len(split_names(match["list"]))
        if count != numbers[match["word"]]:
            message = f"The text says “{match['word']}”, but names {words(count)}."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def borne_out(sentence: Sentence, text: str) -> list[int]:
    """Return the offsets of the numbers that the parse of their list bears out, whatever its commas say."""
    if not sentence.tokens:
        return []
    tree = Tree(sentence)
    counted = list(_counted(tree))
    return [
        tree.tokens[each.at].start
        for each in counted
        if any(
            len(_members(tree, first)) == each.number and not _plain_names(text[start:end])
            for first, start, end in _lists(tree, each, counted, text)
        )
    ]


def _counted(tree: Tree) -> Iterator[Counted]:
    for at, token in enumerate(tree.tokens):
        word = tree.word(at)
        number = 2 if word == "both" and token.label in ("det", "det:predet") else read_count(word) if token.pos == "NUM" else 0
        if not 2 <= number <= MAX_ITEMS or _hedged(tree, at):
            continue
        head = tree.head(at)
        if token.label in ("nummod", "det", "det:predet") and head is not None:
            noun = tree.tokens[head]
            if noun.pos != "NOUN" or head < at or "Number=Plur" not in noun.morph or _measured(tree, head):
                continue
            if _part_of(tree, head):
                continue
            yield Counted(at, number, head)
        elif token.pos == "NUM" and token.label in ("nsubj", "nsubj:pass", "obj", "obl", "root", "conj"):
            if tree.children(at, "nmod:unmarked", "flat", "compound") or _date_like(tree, at):
                continue
            beside = [head, *tree.children(at, "conj")] if token.label == "conj" else tree.children(at, "conj")
            if any(each is not None and tree.tokens[each].pos == "NUM" for each in beside):
                continue  # "sixteen and sixteen: the old half and the new": the list is of both
            yield Counted(at, number, at)


def _measured(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is a unit; points that somebody raises are none, as are those by which nothing rises."""
    raised = re.fullmatch(either("points"), tree.word(noun)) is not None and not tree.case(noun)
    return measures(tree.word(noun)) and not raised


@cache
def _multiples() -> dict[str, int]:
    """Return the words for a thing of several parties (triple, quadripartite) with their number."""
    found: dict[str, int] = {}
    for number, name in enumerate(("twofold", "threefold", "fourfold", "fivefold"), 2):
        found |= {form: number for word in count_words()[name] for form in (word, word.title())}
    return found


def _part_of(tree: Tree, noun: int) -> bool:
    """Tell whether a count is the whole of another one: "three of his five ports"."""
    head = tree.head(noun)
    if tree.case(noun) != "of" or head is None:
        return False
    return tree.tokens[head].pos in ("NUM", "DET", "PRON") or tree.word(head) in count_words()["some of"]


def _date_like(tree: Tree, at: int) -> bool:
    text = tree.tokens[at].text
    return text.isdecimal() and (len(text) > 2 or bool(tree.children(at, "nmod", "flat")))


def _hedged(tree: Tree, at: int) -> bool:
    hedges = count_words()["hedges"]
    before = [tree.word(each) for each in range(max(0, at - 2), at)]
    return any(word in hedges for word in before[-1:]) or " ".join(before) in hedges


def _lists(tree: Tree, counted: Counted, others: list[Counted], text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the first member of each list that may belong to a count, with the offsets of the list in the sentence."""
    start = tree.sentence.start
    noun = counted.noun
    end = tree.tokens[noun].end - start
    for child in tree.children(noun, "appos", "nmod", "parataxis", "conj"):
        if tree.label(child) == "conj" and not (tree.tokens[child].pos == "PROPN" and tree.children(child, "conj")):
            continue  # the parser takes a row of names behind a noun for more of it now and then
        gap = text[end : tree.tokens[child].start - start] if child > noun else ""
        led = re.search(rf"(?:,|:|\(|\s[–—])\s?(?:{either('namely')},?\s)?(?:[a-z]+\s){{0,2}}$", gap)
        places = re.fullmatch(r",\s(?:in|at|from|of)\s", gap) and len(_members(tree, child)) > 2
        if led and (tree.label(child) != "nmod" or places or re.search(rf"{either('namely')}|[(:–—]", gap)):
            yield child, *_extent(tree, child, text)
    yield from _places(tree, noun, text)
    for mark, close in ((": ", r"[;.?!]"), (" – ", r"\s–|[;.]"), (" — ", r"\s—|[;.]"), (" (", r"\)")):
        at = text.find(mark, end)
        far = at - end > _REACH and not re.search(rf"\b{either('introduces')}$", text[:at], re.IGNORECASE)
        those = re.match(r"(?:those|the ones) (?:of|in|at|for) ", text[at + len(mark) :]) if at > 0 else None
        if at < 0 or (far and those is None) or re.search(r"[;:]", text[end:at]):
            continue
        between = [each for each in others if counted.at < each.at and tree.tokens[each.at].start - start < at]
        if between:
            continue
        stop = re.compile(close).search(text, at + len(mark))
        last = stop.start() if stop else len(text.rstrip(" ."))
        first = tree.top(tree.within(start + at + len(mark), start + last))
        if first is not None and those is not None:
            first = next((each for each in tree.children(first, "nmod")), first)
        if first is not None:
            yield first, at + len(mark), last
    predicate = tree.head(noun)
    if tree.label(noun) == "nsubj" and predicate is not None and tree.child(predicate, "cop") is not None and predicate > noun:
        if tree.tokens[noun].pos == "NUM" and _kinds(tree, predicate):
            return  # "twelve were artists and scholars": two kinds of them
        yield from _predicate(tree, predicate, text)


def _places(tree: Tree, noun: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the list of "the four juntas, in Bamako, Ouagadougou and Niamey, signed": one place for each."""
    start = tree.sentence.start
    end = tree.tokens[noun].end - start
    match = re.match(r"(?:\s[a-z]+)?,\s(?:in|at)\s(?=[A-Z])", text[end:])
    if match is None:
        return
    first = next((at for at, token in enumerate(tree.tokens) if token.start - start == end + match.end()), None)
    if first is not None and tree.tokens[first].pos == "PROPN" and len(_members(tree, first)) > 2:
        span = _extent(tree, first, text)
        if text[span[1] : span[1] + 1] in (",", "."):
            yield first, end + match.end(), span[1]


# So many letters may stand between a count and the colon of its list.
_REACH: Final = 90


def _kinds(tree: Tree, at: int) -> bool:
    """Tell whether a row is one of bare plurals, which name kinds and no members."""
    row = [at, *tree.children(at, "conj")]
    bare = not any(tree.children(each, "det", "nmod:poss", "nummod") for each in row)
    return bare and all(tree.tokens[each].pos == "NOUN" and "Number=Plur" in tree.tokens[each].morph for each in row)


def _predicate(tree: Tree, at: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the list of "the six were A, B and C" and of "the six were the taxes on A, B and C"."""
    if tree.tokens[at].pos not in ("NOUN", "PROPN") and tree.word(at) != "those":
        return
    if tree.case(at) or tree.children(at, "acl:relcl", "nummod"):
        return
    if any(tree.children(each, "nsubj") or tree.tokens[each].pos == "PART" for each in tree.children(at, "conj")):
        return  # "three were soldiers and two were diplomats", "and two were not": a clause of its own
    if tree.children(at, "conj"):
        yield at, *_extent(tree, at, text)
        return
    inner = [each for each in tree.children(at, "nmod") if tree.children(each, "conj")]
    if len(inner) == 1 and ("Number=Plur" in tree.tokens[at].morph or tree.word(at) == "those"):
        yield inner[0], *_extent(tree, inner[0], text)


def _members(tree: Tree, first: int) -> list[int]:
    found, waiting = [first], [first]
    while waiting:
        at = waiting.pop()
        numbers = [each for each in tree.children(at, "appos") if tree.tokens[each].pos == "NUM" == tree.tokens[at].pos]
        for each in (*tree.children(at, "conj"), *numbers):
            found.append(each)
            waiting.append(each)
    return sorted(found)


def _extent(tree: Tree, first: int, text: str) -> tuple[int, int]:
    members = _members(tree, first)
    inside = [word for word in tree.subtree(first) if tree.tokens[word].pos != "PUNCT" and word >= first - 4]
    start = min(tree.tokens[word].start for word in inside) - tree.sentence.start
    end = max(tree.tokens[word].end for word in [*inside, *members]) - tree.sentence.start
    return start, min(end, len(text))


def _compare(manuscript: Manuscript, tree: Tree, text: str, counted: Counted, first: int, span: tuple[int, int]) -> Slip | None:
    start, end = span
    listed = bind(manuscript, text[start:end]).strip()
    members = [each for each in _members(tree, first) if tree.tokens[each].start - tree.sentence.start < end]
    surface = _surface(listed)
    parts = [read_count(each.split()[0]) for each in re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed) if each.split()]
    if all(parts) and sum(parts) == counted.number:
        return None  # "14 votes: nine for, four against, and one spoilt"
    if len(members) < 2 and _alike(listed, text[:start]) and surface is not None and len(surface) == 1:
        return _by_commas(tree, text, counted, min(surface), span)
    goes_on = r",?\s(?:and|or)\s(?:that|those|the|an?)\b" if re.search(r"\b(?:and|or)\b", listed) else r",?\s(?:and|or)\s"
    if re.search(r"\b(?:and|or),\s", text[start : end + 8]) or re.match(goes_on, text[end:]):
        return None  # "Togo, Kenya and, after two ballots, Peru": the parse loses the last of them
    if len(members) < 2 or len(listed.split()) > _MOST_WORDS or surface is None or counted_again(text[end:]):
        return None
    noun_end = tree.tokens[counted.noun].end - tree.sentence.start
    row = re.match(
        rf"(?:\sof\s\w+)?(?:,|:|\s[–—]|\s\()\s(?P<list>{NAMES})(?=[,.;)])", unbracketed(bind(manuscript, text[noun_end:]))
    )
    if row is not None and len(split_names(row["list"])) == counted.number:
        return None  # the parse has made more, or less, of the row of names than there is
    if re.match(r"\s(?:being|having)\b", text[end:]):
        return None  # "six towns, Bern and Basel being the richest": of some of them
    if text[:start].endswith(": ") and explains(text[noun_end:start], listed, counted.number):
        return None
    if re.search(rf"\b{NUMBER_PATTERN}\sof\s(?:them|these|those|which|whom)\b", text[noun_end:end], re.IGNORECASE):
        return None  # "ten signatories, five of them on the Baltic (Estonia, ...)": the list is of those five
    if re.match(r"\s(?:each|apiece)\b", text[noun_end:]):
        return None  # "two treaties each, namely A, B and C": the list is of those who signed
    if _open(manuscript, text[noun_end:end]) or re.search(r"[\"“”]", listed):
        return None
    if tree.tokens[first].pos not in _NOMINAL and not _parallel(tree, members):
        return None
    if any(tree.tokens[each].pos == "NUM" for each in members):
        return _of_numbers(tree, text, counted, members, span) if len(members) in surface else None
    sums = sum(_own(tree, each) for each in members)
    likely = {len(members), *surface, sums, *_narrower(tree, members)}
    if all(tree.children(each, "nummod") for each in members):
        return _of_numbers(tree, text, counted, members, span) if len(members) in surface else None
    number = counted.number
    if number in likely or not (max(likely) < number or min(likely) > number):
        return None
    plain = not re.search(r"[:(–—]\s?$", text[max(0, start - 2) : start]) and tree.label(first) in (
        "appos",
        "nmod",
        "parataxis",
        "conj",
    )
    named = all(tree.tokens[each].pos == "PROPN" for each in members)
    if plain and not named and not re.search(either("namely"), text[noun_end:start]):
        return None  # "three ships, a fort and a mill" lists other things
    count = len(members)
    said = text[tree.tokens[counted.at].start - tree.sentence.start : tree.tokens[counted.noun].end - tree.sentence.start]
    begin = min(tree.tokens[counted.at].start, tree.sentence.start + start)
    message = f"The text says “{said}”, but names {words(count)}."
    return Slip(begin, max(tree.tokens[counted.noun].end, tree.sentence.start + end), message)


def _of_numbers(tree: Tree, text: str, counted: Counted, members: list[int], span: tuple[int, int]) -> Slip | None:
    """Compare a number with parts that each say how many they are: "seven incidents: two in May and three in June"."""
    start, end = span
    if not re.match(r"\s*(?:[.;)!?]|[–—]|$)", text[end:]):
        return None  # the list goes on
    values = [_own(tree, each) for each in members]
    total = sum(values)
    if re.search(rf"\b(?:{'|'.join(count_words()['each one'])})\b", text[start:end], re.IGNORECASE):
        return None
    if counted.number in (total, len(values)):
        return None
    message = f"The parts add up to {words(total)}, not {words(counted.number)}."
    if counted.number <= max(values) or not 0.5 <= total / counted.number <= 2:
        if len(values) < 3:
            return None
        # "three limits: four miles, twelve, fifty and two hundred": each number is a thing
        message = f"The text says {words(counted.number)}, but names {words(len(values))}."
    begin = min(tree.tokens[counted.at].start, tree.sentence.start + start)
    return Slip(begin, max(tree.tokens[counted.noun].end, tree.sentence.start + end), message)


def _plain_names(listed: str) -> bool:
    """Tell whether a list is a bare row of single names, of which the commas tell the number better than a parse."""
    parts = re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed.strip(" .,"))
    return len(parts) > 2 and all(re.fullmatch(r"(?:the\s)?[A-ZÀ-Þ][\w'’-]+", part) for part in parts)


def _alike(listed: str, before: str) -> bool:
    """Tell whether what follows a colon is a bare row of names, or of numbers, whatever the parse makes of it."""
    parts = [part for part in re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed.strip(" .")) if part]
    figures = [bool(re.match(rf"{NUMBER_PATTERN}\b", part, re.IGNORECASE)) for part in parts]
    named = all(
        re.fullmatch(r"(?:the\s)?[A-ZÀ-Þ][\w'’.-]+(?:\s(?:of\s|the\s|de\s)?[A-ZÀ-Þ][\w'’.-]*){0,3}", part) for part in parts
    )
    return re.search(r":\s$", before) is not None and len(parts) > 2 and (named or all(figures))


def _by_commas(tree: Tree, text: str, counted: Counted, count: int, span: tuple[int, int]) -> Slip | None:
    if count == counted.number:
        return None
    start, end = tree.tokens[counted.at].start, tree.tokens[counted.noun].end
    said = text[start - tree.sentence.start : end - tree.sentence.start]
    return Slip(start, max(end, tree.sentence.start + span[1]), f"The text says “{said}”, but names {words(count)}.")


def _surface(listed: str) -> set[int] | None:
    """Return how many members the commas give, one number or two; None where they give none."""
    if ";" in listed:
        return {len([part for part in listed.split(";") if part.strip(" .")])}
    parts = [part for part in re.split(r",\s", listed) if part.strip(" .,")]
    ands = [len(re.findall(r"\b(?:and|or)\b", part)) for part in parts]
    if not parts or (len(parts) == 1 and ands[0] != 1):
        return None
    leading = bool(re.match(r"(?:and|or)\b", parts[-1]))
    inner = sum(ands[:-1])
    if leading:
        return {len(parts), len(parts) + inner, len(parts) + inner + ands[-1] - 1}
    least = len(parts) + min(ands[-1], 1)
    return {least, least + inner, len(parts) + inner + ands[-1]}


def _narrower(tree: Tree, members: list[int]) -> list[int]:
    """Return how many members a list has if it ends with its first "and", and if "a journal" after a name explains the name."""
    closing = next((number for number, each in enumerate(members, 1) if tree.children(each, "cc")), len(members))
    named = [each for each in members if tree.tokens[each].pos == "PROPN"]
    return [closing, len(named)] if 1 < len(named) < len(members) else [closing]


def _own(tree: Tree, at: int) -> int:
    """Return how many a member says that it is: "two captains", "the five coastal states", "a doctor"."""
    if tree.tokens[at].pos == "NUM":
        return read_count(tree.word(at)) or 1
    numbers = [read_count(tree.word(each)) for each in tree.children(at, "nummod") if each < at]
    return next((each for each in numbers if each), 1)


def _parallel(tree: Tree, members: list[int]) -> bool:
    """Tell whether clauses are built alike: each with "to", or each with a subject of its own."""
    infinitives = [any(tree.word(each) == "to" for each in tree.children(at, "mark")) for at in members]
    subjects = [tree.child(at, "nsubj", "nsubj:pass", "nsubj:outer", "expl") is not None for at in members]
    return all(infinitives) or all(subjects)


def _open(manuscript: Manuscript, text: str) -> bool:
    return re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", text, re.IGNORECASE) is not None
