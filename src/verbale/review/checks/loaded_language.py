"""Finds words that judge where the text would tell; quoted words, and what somebody is said to think, are left alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.judging import Judged, load_judged
from verbale.review.manuscript import Manuscript
from verbale.review.trees import Tree
from verbale.review.words import LoadedWord, Words

_KINDS: Final = {
    "praise": "praises",
    "blame": "passes a moral judgement",
    "contempt": "belittles",
    "drama": "tells readers what to feel",
}
# The longest phrase in which a word is a plain term reaches no further than this on either side.
_REACH: Final = 40


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each judging word of the text and its headings, except where it is a plain term or part of a name.

    A word that judges only conduct counts where the grammar says that it is said of those who act or of what they do.
    """
    pattern, by_form = _built(manuscript.words.loaded)
    judged = load_judged()
    candidates = [
        each for each in manuscript.all_prose if _screen(manuscript.words, judged).search(manuscript.sentence_text(each))
    ]
    for tree in manuscript.trees(candidates):
        sentence = tree.sentence
        text = manuscript.bare_text(sentence)
        heading = sentence.kind == "heading"
        spans: dict[tuple[int, int], str] = {}
        for match in pattern.finditer(text):
            word = by_form[match[0].lower()]
            plain = _plain(text, match, word) or (not heading and _in_name(text, match)) or _names(manuscript, text, match)
            at = sentence.start + match.start()
            plain = plain or _begins_name(tree, at, text, match)
            office = judged.in_office(tree, at, manuscript.vocabulary)
            if plain or office or judged.of_work(tree, at) or judged.denied(tree, at):
                continue
            if (word.conduct or (heading and match[0][0].isupper())) and not judged.of_conduct(tree, at, manuscript.vocabulary):
                continue
            spans[match.span()] = word.kind
        for start, end in (*judged.compounds(text), *judged.beasts(tree, manuscript.vocabulary)):
            if not any(start < last and first < end for first, last in spans):
                spans[(start, end)] = "contempt"
        for start, end in sorted(spans):
            at = sentence.start
            if manuscript.quoted(at + start, at + end) or judged.told_by_others(tree, at + start):
                continue
            said = manuscript.text[at + start : at + end]
            yield Slip(
                at + start, at + end, f"“{said}” {_KINDS[spans[start, end]]}. Say what happened, or whose judgement this is."
            )


def _plain(text: str, match: re.Match[str], word: LoadedWord) -> bool:
    if match[0].endswith(" of") and re.match(r"\s\d", text[match.end() :]):
        return True  # an event by its year: "the plague of 1665"
    around = text[max(0, match.start() - _REACH) : match.end() + _REACH].lower()
    return any(phrase in around for phrase in word.plain_in)


def _names(manuscript: Manuscript, text: str, match: re.Match[str]) -> bool:
    """Tell whether "so-called" only gives a name: "the so-called Aroostook War", or a term of the text, of two words."""
    if match[0].lower() != "so-called":
        return False
    if re.match(r"\s[\"'“‘]?[A-Z]", text[match.end() :]):
        return True
    if re.match(rf"\s{manuscript.words.alternatives('naming-adjectives')}\s[a-z]", text[match.end() :]):
        return True
    term = re.match(r"\s[a-z][\w-]+\s[a-z][\w-]+", text[match.end() :])
    if term is None:
        return False
    return len(re.findall(rf"(?<!so-called){re.escape(term[0])}\b", manuscript.plain, re.IGNORECASE)) > 0


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word with a capital stands inside a sentence, as in the name of a ship, a book or an order."""
    return match[0][0].isupper() and match.start() > 0 and not text[: match.start()].rstrip().endswith((".", ":", "!", "?"))


def _begins_name(tree: Tree, at: int, text: str, match: re.Match[str]) -> bool:
    """Tell whether a word is the first of a name: "Evil Street was closed", "Savage Arms delivered them"."""
    if not match[0][0].isupper() or not re.match(r"\s[A-Z][a-z]", text[match.end() :]):
        return False
    words = tree.within(at, at + len(match[0]))
    return bool(words) and tree.tokens[words[0]].pos == "PROPN"


@functools.lru_cache(maxsize=4)
def _built(words: tuple[LoadedWord, ...]) -> tuple[re.Pattern[str], dict[str, LoadedWord]]:
    by_form = {form: word for word in words for form in word.forms}
    forms = sorted(by_form, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE), by_form


@functools.lru_cache(maxsize=4)
def _screen_of(words: tuple[LoadedWord, ...], judged: Judged) -> re.Pattern[str]:
    loaded = _built(words)[0].pattern
    beasts = "|".join(sorted(judged.beast | judged.herd | judged.likened))
    return re.compile(
        rf"{loaded}|{judged.compound.pattern}|(?<![\w-])(?:{beasts})(?![\w-])",
        re.IGNORECASE,
    )


def _screen(words: Words, judged: Judged) -> re.Pattern[str]:
    return _screen_of(words.loaded, judged)


CHECK = Check(
    CheckInfo(
        "loaded-language",
        "note",
        "Words that judge",
        "A judging word asks readers to take a side before they have seen the facts; told plainly, the "
        "facts persuade by themselves.",
    ),
    find,
)
