"""Finds words that judge where the text would tell; words inside quotation marks are somebody else's."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.manuscript import Manuscript
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
    """Yield a slip for each judging word of the text and its headings, except where it is a plain term or part of a name."""
    pattern, by_form = _pattern(manuscript.words)
    for sentence in manuscript.all_prose:
        text = manuscript.sentence_text(sentence)
        for match in pattern.finditer(text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            word = by_form[match[0].lower()]
            heading = sentence.kind == "heading"
            if manuscript.quoted(start, end) or _plain(text, match, word) or (not heading and _in_name(text, match)):
                continue
            yield Slip(start, end, f"“{match[0]}” {_KINDS[word.kind]}. Say what happened, or whose judgement this is.")


def _plain(text: str, match: re.Match[str], word: LoadedWord) -> bool:
    around = text[max(0, match.start() - _REACH) : match.end() + _REACH].lower()
    return any(phrase in around for phrase in word.plain_in)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word with a capital stands inside a sentence, as in the name of a ship, a book or an order."""
    return match[0][0].isupper() and match.start() > 0 and not text[: match.start()].rstrip().endswith((".", ":", "!", "?"))


@functools.lru_cache(maxsize=4)
def _built(words: tuple[LoadedWord, ...]) -> tuple[re.Pattern[str], dict[str, LoadedWord]]:
    by_form = {form: word for word in words for form in word.forms}
    forms = sorted(by_form, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE), by_form


def _pattern(words: Words) -> tuple[re.Pattern[str], dict[str, LoadedWord]]:
    return _built(words.loaded)


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
