"""Times that close what was told: "It reported in 1916 after nine years", ", a delay of nine years", "Construction took seven".

Such a time measures what lies between the date that its sentence has just reached and the one told last before it, or between
the two dates told last. Any two dates of its paragraph that bear it out acquit it; so do dates of what has the same subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, bears, borne_out, of_the_same, plausible, tell, told_last
from verbale.review.chronicle import Chronicle
from verbale.review.duration_words import duration_words, either, ensuing, one_of
from verbale.review.durations import Duration
from verbale.review.marking import DATE, Marked
from verbale.review.trees import SUBJECTS, Tree

# So many times as long or as short as the stretch may a time be: where a noun says that it lies between two things (a delay),
# where it is said of what took so long, where only its place says so. Slips of own sentences lie within 3.1, 2.4 and 1.9.
_BETWEEN, _TOOK, _LOOSE = 4.0, 3.0, 2.0
# What may stand behind "after sixteen months of", and how many words of it.
_FILLING: Final = frozenset({"NOUN", "VERB", "ADJ", "CCONJ", "ADP", "DET"})
_MOST_FILLING: Final = 5
_KNOWN: Final = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "this", "that", "which", "who"})
_CLOSES: Final = re.compile(r"\s*(?:[.;:,)]|$)")
_AFTER: Final = re.compile(r"\bafter\s(?:all\sof\s|only\s|just\s|fully\s)?(?:the\s)?$", re.IGNORECASE)
_THE: Final = re.compile(r"\b(?:the|those|these|his|her|their|its)\s$", re.IGNORECASE)
_WHERE: Final = re.compile(r"\s(?:in|at|on|as|abroad|away|there|of)\s(?!between\b|which\b|whom\b)")
# Behind ", a delay of nine years" its clause ends or tells more of it: "that", "of", "in which".
_GOES_ON: Final = re.compile(
    r"\s*(?:[.;:,)–—]|$|(?:that|which|of|for|in|on|at|during|without|with|between|from|and|was|is|were)\s)"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a time closes what was told: how far off it may be, and whether its stretch ends at a date of its sentence."""

    factor: float
    reached: bool = False
    ahead: bool = False


@cache
def _apposed() -> re.Pattern[str]:
    """Return ", a delay of", behind which the time stands."""
    return re.compile(
        rf"(?:[,:;–—(]|\bor)\s?(?:thus\s|in\sall\s)?an?\s(?:[a-z]+\s)?{either('intervals')}\s(?:of|lasting)\s$", re.IGNORECASE
    )


@cache
def _apposed_to() -> re.Pattern[str]:
    """Return "delay" behind "a nine-year"."""
    return re.compile(rf"[\s-](?:[a-z]+\s)?{either('intervals')}\b", re.IGNORECASE)


@cache
def _stay() -> re.Pattern[str]:
    """Return " in force" behind a time: the state that had gone on so long."""
    return re.compile(rf"\s(?:in|of|at|on)\s(?:[a-z]+\s)?{either('continuing')}\b\s*(?:[.;:,]|$)", re.IGNORECASE)


@cache
def _opening_stay() -> re.Pattern[str]:
    """Return " in exile" behind a time that opens its sentence."""
    return re.compile(rf"\s(?:in|of|at|on)\s(?:[a-z]+\s)?{either('continuing')}\b", re.IGNORECASE)


@cache
def _leaving() -> re.Pattern[str]:
    """Return ", leaving only in 1921" behind "he would stay for eighteen years"."""
    until = r"(?:[a-z]+ing|until|till|and\s(?:[a-z]+\s){0,2}(?:only|finally))"
    return re.compile(rf"\s?[^.;:,]{{0,40}},?\s(?:(?:only|finally)\s)?{until}\s[^.;:,]{{0,40}}?{DATE}")


def find_closing(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration) -> Slip | None:
    """Return the slip of a time that closes what was told and is not the stretch that it closes."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or duration.indefinite or duration.about == "part":
        return None
    reading = _reading(tree, marked, duration)
    pair = None if reading is None else _pair(chronicle, tree, marked, duration, reading)
    if reading is None or pair is None or not plausible(duration, pair[0][1], pair[1][1], factor=reading.factor):
        return None
    if borne_out(duration, (*chronicle.dates_of(sentence.block), *marked.dates)):
        return None
    root = next(iter(tree.roots), None)
    same = [] if root is None else of_the_same(chronicle, tree, root)
    if any(bears(duration, date, pair[1][1]) for _, date in same):
        return None
    return tell(sentence, marked.text, duration, *pair)


def _reading(tree: Tree, marked: Marked, duration: Duration) -> _Reading | None:
    """Return how a time closes what was told; None where nothing says that it does."""
    said, rest = marked.text[: duration.start], marked.text[duration.end :]
    article = re.search(r"[,:;–—]\s$", said) and re.match(r"an?\s", marked.text[duration.start :])
    if (_apposed().search(said) and _GOES_ON.match(rest)) or (article and _apposed_to().match(rest)):
        return _Reading(_BETWEEN, reached=True)
    words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
    top = tree.top([at for at in words if tree.tokens[at].pos != "DET"] or words)
    verb = None if top is None else _verb(tree, top)
    if top is None or verb is None:
        return None
    if _AFTER.search(said):
        opens = said.strip().lower() == "after" and _opening_stay().match(rest)
        closes = opens or _CLOSES.match(rest) or _stay().match(rest) or _of_what(tree, words[-1:])
        return _Reading(_LOOSE, reached=True) if closes and _past(tree, verb) and _goes_on(tree, verb) else None
    if one_of(tree, verb, "taking") and tree.label(top) in ("obj", "obl:unmarked", "obl") and _process(tree, verb):
        return _Reading(_TOOK)
    if one_of(tree, verb, "lasting") and _would(tree, verb) and _leaving().match(marked.marks[duration.end :]):
        return _Reading(_TOOK, reached=True, ahead=True)
    if one_of(tree, verb, "lasting") and re.match(r":\s", rest) and _past(tree, verb):
        return _Reading(_TOOK, ahead=True)
    known = _THE.search(said) and _WHERE.match(rest) and tree.label(top) in ("nsubj", "nsubj:pass", "obj")
    return _Reading(_LOOSE) if known else None


def _of_what(tree: Tree, last: list[int]) -> bool:
    """Tell whether a time ends its clause with what filled it ("of waiting", "of questions and answers"), begun when told."""
    at = last[0] + 1 if last else len(tree.tokens)
    if at >= len(tree.tokens) or tree.word(at) != "of":
        return False
    stop = next((each for each in range(at, len(tree.tokens)) if tree.tokens[each].pos == "PUNCT"), len(tree.tokens))
    filled = range(at + 1, stop)
    plain = all(tree.tokens[each].pos in _FILLING for each in filled)
    return plain and 0 < len(filled) <= _MOST_FILLING and not any(tree.lemma(each) in _efforts() for each in filled)


@cache
def _efforts() -> frozenset[str]:
    return frozenset(duration_words()["efforts"])


def _verb(tree: Tree, at: int) -> int | None:
    """Return the verb in whose clause a word stands."""
    verb = tree.head(at)
    while verb is not None and not tree.is_verb(verb):
        verb = tree.head(verb)
    return verb


def _past(tree: Tree, verb: int) -> bool:
    words = [verb, *tree.children(verb, "aux", "aux:pass", "cop")]
    denied = any(tree.word(each) in ("not", "never", "no") for each in tree.below[verb])
    return not denied and any("Tense=Past" in tree.tokens[at].morph and "VerbForm=Fin" in tree.tokens[at].morph for at in words)


def _would(tree: Tree, verb: int) -> bool:
    return any(tree.word(each) == "would" for each in tree.children(verb, "aux"))


def _goes_on(tree: Tree, verb: int) -> bool:
    """Tell whether the subject of a verb is what the account speaks of: a pronoun, one with an owner, a noun told as known."""
    at = tree.subject(verb)
    if at is None or tree.word(at) in _PRONOUNS or tree.tokens[at].pos == "PROPN":
        return True
    if ensuing(tree, at):
        return False
    return tree.child(at, "nmod:poss") is not None or any(tree.word(each) in _KNOWN for each in tree.children(at, "det"))


def _process(tree: Tree, verb: int) -> bool:
    """Tell whether the subject of "took" is the making of what was told: "construction took", "it took ... to build"."""
    at = tree.child(verb, *SUBJECTS)
    if at is None or not _past(tree, verb):
        return False
    if tree.word(at) == "it":
        return any(
            "VerbForm=Inf" in tree.tokens[each].morph for each in tree.children(verb, "advcl", "xcomp", "ccomp", "csubj")
        )
    new = any(tree.word(each) in ("a", "an", "another", "each", "every") for each in tree.children(at, "det"))
    return tree.lemma(at) in duration_words()["processes"] and not new and not ensuing(tree, at)


def _looked_back(chronicle: Chronicle, tree: Tree, last: Placed) -> list[Placed]:
    """Return the one date to which the next sentence looks back: "after fourteen years ... He had been expelled in 1964"."""
    other = chronicle.trees.get(tree.sentence.index + 1)
    if other is None or other.sentence.block != tree.sentence.block:
        return []
    dates = list(chronicle.dates[other.sentence.index].values())
    had = any(other.word(at) == "had" and other.tokens[at].pos == "AUX" for at in range(len(other.tokens)))
    return [(other.sentence.start, dates[0])] if had and len(dates) == 1 and dates[0].order < last[1].order else []


def _pair(
    chronicle: Chronicle, tree: Tree, marked: Marked, duration: Duration, reading: _Reading
) -> tuple[Placed, Placed] | None:
    """Return the two dates whose stretch a time closes, in order."""
    start = tree.sentence.start
    before: list[Placed] = [(start, date) for date in marked.dates if date.end <= duration.start]
    after: list[Placed] = [(start, date) for date in marked.dates if date.start >= duration.end]
    told = told_last(chronicle, tree)
    if reading.reached and not reading.ahead and len(before) + len(after) == 1:
        told = [*_looked_back(chronicle, tree, (before or after)[0]), *told]
    if reading.ahead and not reading.reached:
        found = after if len(after) == 2 and not before else []
    elif reading.ahead:
        found = [*(before or told[:1]), after[0]] if len(after) == 1 and len(before) < 2 else []
    elif after:
        opens = reading.reached and not before and len(after) == 1 and not marked.text[: duration.start].rstrip().count(" ")
        found = [*told[:1], after[0]] if opens else []
    elif len(before) == 1 and reading.reached:
        found = [*told[:1], before[0]]
    elif before or reading.reached:
        found = before
    else:
        last = [each for each in reversed(told) if each[0] == told[0][0]]
        rest = [each for each in told if each[0] != told[0][0]] if told else []
        found = last if len(last) == 2 or len(rest) != 1 else [*rest, *last]
    if len(found) != 2 or found[0][1].order >= found[1][1].order:
        return None
    return found[0], found[1]
