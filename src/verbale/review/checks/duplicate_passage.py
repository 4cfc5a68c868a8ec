"""Finds sentences and paragraphs that stand twice, word for word, nearly so, or in other words (`duplicate_retold`)."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.duplicate_retold import find_retold
from verbale.review.manuscript import Manuscript
from verbale.review.words import load_words

# A sentence of fewer words may be a formula ("The talks failed again."); eight equal words in a row hardly ever are.
MIN_WORDS: Final = 8
# Where a name stands for a pronoun or a pronoun for a name, so many words besides are the same.
MIN_OTHER: Final = 6
# Of two short sentences that are repeated together, each has so many words at least.
MIN_SHORT: Final = 3
# Near-repetitions: so many of the runs of four words of the shorter sentence stand in the longer one, which must be long
# enough to tell.
SHINGLE: Final = 3
MIN_NEAR_WORDS: Final = 10
# Near-repetitions with words changed all over: so many words of the shorter one in the same order, of sentences of like length.
MIN_ALIKE: Final = 0.8
MIN_SHORTER: Final = 0.6
MIN_SHARED: Final = 0.7
# Runs that stand in more sentences than this are formulas of the text, and comparing them all would take too long.
MAX_HOLDERS: Final = 20
# So many words in the same order are no formula, whatever the sentences around them; unless most of them are names (the full
# title of a treaty, a list of states).
MIN_RUN: Final = 12
MAX_NAMES: Final = 0.5
# Where so many words of two like sentences are others, a number among them, they are about two things.
MIN_CHANGED: Final = 3
# More of a sentence than this in quotation marks is a quotation.
MAX_QUOTED: Final = 0.5
_WORD: Final = re.compile(r"\w+")
_NAMED: Final = re.compile(r"(?:the\s)?\b[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)*(?:'s?)?")


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each repeated passage, at its later place; sentences repeated in a row are one passage."""
    reported: list[Slip] = []
    for slip in _sentences(manuscript):
        reported.append(slip)
        yield slip
    for slip in _runs(manuscript):
        if not any(slip.start < other.end and other.start < slip.end for other in reported):
            reported.append(slip)
            yield slip
    for slip in find_retold(manuscript):
        if not any(slip.start < other.end and other.start < slip.end for other in reported):
            yield slip


def _runs(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield each long run of the same words, also where its sentences were joined, cut or continued otherwise."""
    words = [
        (match[0].lower(), sentence.start + match.start(), sentence.start + match.end(), match[0][0].isupper())
        for sentence in manuscript.prose
        for match in _WORD.finditer(manuscript.sentence_text(sentence))
    ]
    first: dict[int, int] = {}
    at = 0
    while at + MIN_RUN <= len(words):
        key = hash(tuple(word for word, *_ in words[at : at + MIN_RUN]))
        earlier = first.setdefault(key, at)
        size = 0
        while earlier + size < at and at + size < len(words) and words[earlier + size][0] == words[at + size][0]:
            size += 1
        if size < MIN_RUN:
            at += 1
            continue
        start, end = words[at][1], words[at + size - 1][2]
        named = sum(capital for *_, capital in words[at : at + size])
        if named <= MAX_NAMES * size and not manuscript.quoted(start, end):
            rests = (words[earlier][1], words[earlier + size - 1][2])
            yield Slip(start, end, "The text has these words before, too.", (rests,))
        at += size


def _sentences(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield each repeated sentence; sentences repeated in a row are one passage."""
    repeated = list(_repeated(manuscript))
    at = 0
    while at < len(repeated):
        last = at
        while last + 1 < len(repeated) and _follows(repeated[last], repeated[last + 1]):
            last += 1
        first, later = repeated[at][0], repeated[at][1]
        start, end = later.start, repeated[last][1].end
        exact = all(pair[2] for pair in repeated[at : last + 1])
        yield Slip(start, end, f"The text has this passage before{'' if exact else ', almost word for word'}.",
                   ((first.start, repeated[last][0].end),))  # fmt: skip
        at = last + 1


def _follows(pair: tuple[Sentence, Sentence, bool], following: tuple[Sentence, Sentence, bool]) -> bool:
    return following[0].index == pair[0].index + 1 and following[1].index == pair[1].index + 1


def _repeated(manuscript: Manuscript) -> Iterator[tuple[Sentence, Sentence, bool]]:
    """Yield each sentence that repeats an earlier one, with that one and whether the words are the same."""
    seen: dict[tuple[str, ...], Sentence] = {}
    holders: dict[tuple[str, ...], list[int]] = {}
    known: list[tuple[Sentence, int, tuple[str, ...]]] = []
    of_somebody: dict[tuple[str, ...], list[tuple[Sentence, int]]] = {}
    short: dict[tuple[str, ...], Sentence] = {}
    before: tuple[str, ...] = ()
    block = -1
    for sentence in manuscript.prose:
        words = tuple(_WORD.findall(manuscript.sentence_text(sentence).lower()))
        last, before = before if sentence.block == block else (), words if len(words) < MIN_WORDS else ()
        block = sentence.block
        if len(words) < MIN_WORDS:
            # two short sentences in a row are as long as one that tells
            if last and len(last) + len(words) >= MIN_WORDS and min(len(last), len(words)) >= MIN_SHORT:
                if (pair := (*last, "|", *words)) in short:
                    yield short[pair], sentence, True
                short.setdefault(pair, sentence)
            continue
        if words in seen:
            yield seen[words], sentence, True
            continue
        seen[words] = sentence
        said, pronouns = _said_of(manuscript.sentence_text(sentence))
        if said and any(pronouns != others for _, others in of_somebody.get(said, ())):
            yield of_somebody[said][0][0], sentence, False
            continue
        of_somebody.setdefault(said, []).append((sentence, pronouns))
        runs = {words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1)}
        if len(words) >= MIN_NEAR_WORDS:
            shared = Counter(holder for run in runs for holder in holders.get(run, ()))
            best = min(shared, key=lambda holder: (-shared[holder], holder), default=None)
            near = best is not None and (
                shared[best] >= MIN_SHARED * max(len(runs), known[best][1]) or _alike(known[best][2], words)
            )
            if best is not None and near and not _parallel(known[best][2], words) and not _cites(manuscript, sentence):
                yield known[best][0], sentence, False
            for run in runs:
                if len(held := holders.setdefault(run, [])) < MAX_HOLDERS:
                    held.append(len(known))
            known.append((sentence, len(runs), words))


def _said_of(text: str) -> tuple[tuple[str, ...], int]:
    """Return the words of a sentence with one mark for each name and pronoun, and how many are pronouns.

    The first word has a capital anyway and stays itself unless it is a pronoun. Nothing where too few words are left.
    """
    pronoun = _pronoun()
    head = re.match(r"\W*\w+\s?", text)
    first = head.end() if head else 0
    opening = pronoun.sub("#", text[:first])
    rest = _NAMED.sub("#", pronoun.sub("#", text[first:]))
    words = tuple(re.findall(r"\w+|#", (opening + rest).lower()))
    if len(words) - words.count("#") < MIN_OTHER or "#" not in words:
        return (), 0
    return words, len(pronoun.findall(text))


@functools.cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(rf"\b{load_words().alternatives('pronouns')}\b", re.IGNORECASE)


def _parallel(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two sentences say the same of two things: another number, and other words in other places as well."""
    changed = [
        (one[first:last], other[start:end])
        for kind, first, last, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind == "replace" and last - first == end - start
    ]
    numbered = any(all(any(word.isdigit() for word in words) for words in pair) for pair in changed)
    return numbered and sum(len(words) for words, _ in changed) >= MIN_CHANGED


def _cites(manuscript: Manuscript, sentence: Sentence) -> bool:
    """Tell whether most of a sentence is a quotation, which a text may give twice."""
    inside = sum(
        max(0, min(end, sentence.end) - max(start, sentence.start))
        for start, end in manuscript.quotations
        if start < sentence.end and sentence.start < end
    )
    return inside > MAX_QUOTED * (sentence.end - sentence.start)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two sentences are one with some words changed: most words in the same order, the rest small ones."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < MIN_SHORTER * len(longer):
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= MIN_ALIKE * len(shorter)


CHECK = Check(
    CheckInfo(
        "duplicate-passage",
        "warning",
        "Passages that stand twice",
        "A repeated passage is usually a slip of cutting and pasting; readers take it for carelessness.",
    ),
    find,
)
