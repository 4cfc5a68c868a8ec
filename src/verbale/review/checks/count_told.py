"""Announced numbers of things against the sentences that take them up: "four committees. The first ... The last ...".

A count of points that leaves a number out ("First ..., Second ..., Fourth") is found here as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.count_enumerated import Counted, _counted
from verbale.review.checks.count_items import VERBS
from verbale.review.counting import count_words, either
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import ORDINAL_PATTERN, ORDINALS, ordinal, read_count, words
from verbale.review.reckoning import listed
from verbale.review.trees import Tree

# So many sentences may take up what was announced.
_REACH: Final = 12
_MOST: Final = 12
_SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer")
# An object so near the head of its sentence may take up what was announced.
_OPENING: Final = 5
_LAST: Final = 99
# "One is ... The other is ...": there are two.
_OTHER: Final = 98
_CLOSING: Final = frozenset({_LAST, _OTHER})


def find_told(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each announced number that the things told after it, one by one, do not reach or exceed."""
    yield from _gaps(manuscript)
    for sentences in manuscript.by_block.values():
        trees = [Tree(each) for each in sentences]
        for at, tree in enumerate(trees):
            announced = [each for found in _counted(tree) if (each := _things(tree, found)) is not None]
            if not announced or ":" in tree.sentence.text:
                continue
            for each in announced[-1:]:
                slip = _follow(manuscript, tree, each, trees[at + 1 : at + 1 + _REACH])
                slip = slip or _alike(manuscript, tree, each, trees[at + 1 :])
                if slip is not None:
                    yield slip


def _things(tree: Tree, counted: Counted) -> Counted | None:
    """Return a count with the noun of its things: "five committees", "five of its committees"."""
    if counted.number > _MOST:
        return None
    if counted.noun != counted.at:
        return counted
    of = next((each for each in tree.children(counted.at, "nmod") if tree.case(each) == "of"), None)
    return None if of is None or tree.tokens[of].pos != "NOUN" else Counted(counted.at, counted.number, of)


def _follow(manuscript: Manuscript, tree: Tree, announced: Counted, following: list[Tree]) -> Slip | None:
    noun = tree.lemma(announced.noun)
    found: list[int] = []
    gap, closed, last = False, False, 0
    for at, other in enumerate(following):
        steps = _steps(other, noun, found)
        if any(each.noun != each.at and other.lemma(each.noun) == noun for each in _counted(other)):
            break
        if not steps:
            gap = gap or bool(found)
            if not found:
                return None
            continue
        if gap and not (set(steps) & {*_CLOSING, max(found, default=0) + 1}):
            break
        found += steps
        last = at
        # "the third about the skippers, and the fourth about the diplomats.": a row that its sentence closes
        whole_row = len(steps) > 2 and steps == found and steps[-1] <= len(ORDINALS)
        if _CLOSING & set(steps) or (whole_row and f"and the {ORDINALS[steps[-1] - 1]}" in other.sentence.text):
            closed = True
            break
    beyond = [each for each in found if announced.number < each < _OTHER]
    opened = following and re.match(r"\w+,", following[0].sentence.text.strip())
    if beyond and announced.number not in found and found == [*range(1, announced.number), max(beyond)]:
        place = _place(following, max(beyond))
        if place is not None:
            return Slip(*place, f"Of {words(announced.number)}, this is the {ORDINALS[announced.number - 1]}.")
    if any(listed("at another time", each.sentence.text) for each in following if set(beyond) & set(_steps(each, noun, []))):
        return None  # "a fifth was never made"
    if beyond and found[0] == 1 and not opened and max(beyond) == announced.number + 1:
        start, end = tree.tokens[announced.at].start, tree.tokens[announced.noun].end
        return Slip(start, end, f"The text says “{manuscript.plain[start:end]}”, but tells of {words(max(beyond))}.")
    if not found or found[0] != 1 or len(found) < 2 or len(set(found)) != len(found):
        return None
    count = len(found)
    if found == [1, _LAST]:
        return None  # the two ends of a row, of which nothing else is told
    ranks = [each for each in found if each not in _CLOSING]
    if _OTHER in found and ranks != [1]:
        return None
    if ranks != list(range(1, len(ranks) + 1)) or count == announced.number:
        return None
    if count < announced.number and any(_picks(each.sentence.text, count) for each in following):
        return None
    if count < announced.number and any(listed("left untold", each.sentence.text) for each in following[: last + 2]):
        return None
    if count < announced.number and not closed and not _ends(manuscript, tree, ranks[-1]):
        return None
    start, end = tree.tokens[announced.at].start, tree.tokens[announced.noun].end
    return Slip(start, end, f"The text says “{manuscript.plain[start:end]}”, but tells of {words(count)}.")


def _alike(manuscript: Manuscript, tree: Tree, announced: Counted, following: list[Tree]) -> Slip | None:
    """Return the slip of a number whose things are told to the end of the paragraph in clauses built alike.

    "She had four conditions. The prisoners must be freed. The guns must leave. The market must be opened again."; "Three
    treaties ended it. The treaty of A gave up the south; the treaty of B left the north".
    """
    clauses = [part for each in following for part in re.split(r";\s", manuscript.sentence_text(each.sentence).strip()) if part]
    if not 2 <= len(clauses) <= _MOST or any(re.search(rf"\b{either('rest')}\b", each, re.IGNORECASE) for each in clauses):
        return None
    noun = re.escape(tree.lemma(announced.noun))
    named = rf"(?:and\s)?(?:the|that)\s{noun}\s(?:of|at|with|in)\s"
    frames = [
        named,
        rf"{_CONCEDED}[^.]*?\b(?:must|should|might|could|may)\b",
        r"(?:and\s)?there\s(?:was|were)\s",
        r"at\s(?-i:[A-ZÀ-Þ])",
    ]
    built = next((frame for frame in frames if all(re.match(frame, each, re.IGNORECASE) for each in clauses)), None)
    count = len(clauses)
    if built is None or (built != named and count < _ROW) or count == announced.number or abs(count - announced.number) > 1:
        return None
    start, end = tree.tokens[announced.at].start, tree.tokens[announced.noun].end
    span = ((following[0].sentence.start, following[-1].sentence.end),)
    return Slip(start, end, f"The text says “{manuscript.plain[start:end]}”, but tells of {words(count)}.", span)


# Clauses of a frame that any text may have are a row from so many on; a condition is told of things, in one clause each.
_ROW: Final = 3
_CONCEDED: Final = r"(?:and\s)?(?:the|its|his|her|their|no|all|every|each)\s"


def _picks(text: str, count: int) -> bool:
    """Tell whether a sentence says one thing of some of a row: "the first, the second and the third are about water"."""
    place = rf"(?:the\s)?(?:{'|'.join(ORDINALS)})"
    verb = rf"(?:{either('acted')}|{VERBS.pattern})"
    row = re.search(rf"\b{place}(?:,\s{place})*,?\sand\s{place}(?=\s{verb})", text, re.IGNORECASE)
    return row is not None and len(re.findall("|".join(ORDINALS), row[0], re.IGNORECASE)) == count


def _place(following: list[Tree], rank: int) -> tuple[int, int] | None:
    """Return the offsets of the first word for a place in the count, if it is the only one."""
    places = [token for tree in following for token in tree.tokens if token.text.lower() == ORDINALS[rank - 1]]
    return (places[0].start, places[0].end) if len(places) == 1 else None


def _ends(manuscript: Manuscript, tree: Tree, rank: int) -> bool:
    """Tell whether nothing after the paragraph goes on with the count."""
    after = [each for each in manuscript.prose if each.block > tree.sentence.block][:_REACH]
    more = "|".join((*count_words()["last of them"], *count_words()["another"], *ORDINALS[rank : rank + 2]))
    return not any(re.match(rf"(?:(?:the|a|and)\s)?(?:{more})\b", each.text.strip(), re.IGNORECASE) for each in after)


def _steps(tree: Tree, noun: str, before: list[int]) -> list[int]:
    """Return the places in the count that a sentence takes up, in order; "A and B sent one each" takes up two."""
    steps: list[int] = []
    for at, token in enumerate(tree.tokens):
        word = tree.word(at)
        word = word.removesuffix("ly") if word.removesuffix("ly") in ORDINALS[:12] else word
        rank = ORDINALS.index(word) + 1 if word in ORDINALS[:12] else int(word in count_words()["first of them"])
        last = word in count_words()["last of them"]
        next_ = max([each for each in [*before, *steps] if each not in _CLOSING], default=0) + 1
        another = word in count_words()["another"] and next_ > 1
        one = word == "one" and next_ == 1
        head = tree.head(at)
        if word == "one" and token.label == "obj" and head is not None and next_ > 1:
            subject = tree.child(head, *_SUBJECTS)
            if subject is not None and any(tree.word(each) in ("each", "apiece") for each in tree.below[head]):
                extra = _several(tree, subject)
                steps += range(next_, next_ + extra)
            continue
        if (
            word == "other"
            and next_ == 2
            and token.label in _SUBJECTS
            and any(tree.word(each) == "the" for each in tree.below[at])
        ):
            steps.append(_OTHER)
            continue
        numbered = tree.lemma(at) == noun and at + 1 < len(tree.tokens) and _figure(tree.word(at + 1)) == next_
        if numbered:
            steps.append(next_)  # "part one tells of the war, part two of the truce"
            continue
        if not (rank or last or one or another):
            continue
        row = ("conj", "orphan", "parataxis", *(("appos",) if rank == next_ else ()))
        subject_of = token.label in _SUBJECTS or (token.label in row and bool(steps))
        of_noun = head is not None and tree.lemma(head) == noun and token.label in ("amod", "nummod", "det")
        opening = bool(rank) and token.label == "advmod" and token.pos == "ADV"
        # the parser takes "A third confined trade" for a noun now and then
        noun_only = at == 0 and another and head is not None and tree.head(head) is None and tree.child(head, "cop") is None
        leads = noun_only or (
            at <= 1 and at + 1 < len(tree.tokens) and tree.tokens[at + 1].pos not in ("NOUN", "PROPN", "ADJ", "NUM")
        )
        # "the youngest took the veil" is parsed as part of what stands before it now and then
        follows = tree.tokens[at + 1].pos if at + 1 < len(tree.tokens) else "PUNCT"
        born = word.endswith("est") and at > 0 and tree.word(at - 1) == "the" and follows in ("VERB", "AUX", "PUNCT", "ADP")
        expected = rank == next_ and (_taken_as_object(tree, at) or (bool(steps) and _in_row(tree, at)))
        expected = expected or (last and bool(steps) and _in_row(tree, at))
        if not (subject_of or expected or of_noun or opening or leads or born or (another and token.label == "obj")):
            continue
        steps.append(_LAST if last else rank or next_)
        if (last or word in count_words()["first of them"]) and tree.children(
            head if of_noun and head is not None else at, "nummod"
        ):
            steps.append(steps[-1])  # "the two youngest": how many are left is told, and nothing is judged
    if len(set(steps)) > 1 and steps[0] == _LAST:
        steps.pop(0)  # "Finally, the fourth dealt with ..."
    return steps


def _taken_as_object(tree: Tree, at: int) -> bool:
    """Tell whether a place is the object at the head of a sentence: "It lost the first against the Burmese"."""
    return tree.label(at) == "obj" and at < _OPENING and any(tree.word(each) == "the" for each in tree.below[at])


def _in_row(tree: Tree, at: int) -> bool:
    """Tell whether a place stands in a row, whatever the parse makes of it: "the first showed maps, the second uniforms"."""
    return at > 1 and tree.word(at - 1) == "the" and tree.word(at - 2) in (",", "and", ";")


_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi")


def _figure(word: str) -> int:
    """Return the number behind "part", in words, figures or Roman ones; 0 for another word."""
    return _ROMAN.index(word) + 1 if word in _ROMAN else read_count(word)


def _several(tree: Tree, subject: int) -> int:
    """Return how many a subject names: "the French, the German and the Italian holders" are three."""
    conjuncts = [each for each in tree.subtree(subject) if tree.label(each) == "conj"]
    adjectives = [each for each in [subject, *conjuncts] if tree.tokens[each].pos in ("ADJ", "PROPN")]
    return len(adjectives) or len(conjuncts) + 1


# "first ..., second ... and fourth": what a text counts must not leave a number out.
_STEP: Final = re.compile(
    rf"(?:^|[;,:.]\s(?:and\s|but\s)?|\band\s)(?:the\s)?(?P<word>{ORDINAL_PATTERN}(?:ly)?)(?=,|\s(?:is|was|were|came|that|to|they|he|it|its|the|because|by)\b)",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"(?<!\w)\((?P<mark>[a-h]|\d|i{1,3}|iv|v|vi{0,3})\)\s(?=[a-zA-Z])")
_ROMANS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def _gaps(manuscript: Manuscript) -> Iterator[Slip]:
    """Check "First, the toll was raised. Second, ... Fourth, ..." and "(a) ..., (b) ... and (d) ...": a number is left out."""
    for sentences in manuscript.by_block.values():
        start = sentences[0].start
        text = manuscript.plain[start : sentences[-1].end]
        steps = [(ordinal(match["word"]), match) for match in _STEP.finditer(text)]
        marks = list(_MARKS.finditer(text))
        lettered = [(ord(match["mark"]) - 96, match) for match in marks if re.fullmatch("[a-h]", match["mark"])]
        figured = [(int(match["mark"]), match) for match in marks if match["mark"].isdigit()]
        roman = [(_ROMANS[match["mark"]], match) for match in marks if match["mark"] in _ROMANS]
        for counted in (steps, lettered, figured, roman if not lettered or lettered[0][0] != 1 else []):
            numbers = [number for number, _ in counted]
            if numbers[:2] != [1, 2] or sorted(set(numbers)) != numbers:
                continue
            gap = next((at for at, number in enumerate(numbers) if number != at + 1), None)
            if gap is not None and numbers[gap] - gap <= 3:
                match = counted[gap][1]
                group = "word" if "word" in match.groupdict() else "mark"
                message = f"The count goes from {words(gap)} to {words(numbers[gap])}; {words(gap + 1)} is missing."
                yield Slip(start + match.start(group), start + match.end(group), message)
