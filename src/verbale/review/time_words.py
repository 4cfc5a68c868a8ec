"""Loads the words of times beside figures (times.csv), and makes of them the patterns by which times are read."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.numbers import ORDINALS
from verbale.review.words import DATA, alternatives
from verbale.vocab.tables import Once, Row, read_rows

KINDS: Final = (
    "season", "feast", "part", "stretch", "same", "next", "last", "later", "later alone", "earlier", "earlier alone", "ahead",
    "behind", "unit", "at", "year",
)  # fmt: skip
# Words that stand in front of a noun or join it, and tell nothing of a time.
_THE: Final = r"(?:the\s|its\s)?(?:very\s)?"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of times.csv by kind, each with its range, and the patterns made of them.

    `before` is what may stand before a time and make it narrower, `leaning` a time that leans on the one told last, `feast` a
    feast without a year, `shift` what after a span reckons from the time told last, `offset` what between a span and a time
    reckons from that, `early` a year of three figures and `era` one that a text of such years names.
    """

    words: Mapping[str, Mapping[str, tuple[int, int]]]
    before: re.Pattern[str]
    leaning: re.Pattern[str]
    feast: re.Pattern[str]
    shift: re.Pattern[str]
    offset: re.Pattern[str]
    early: re.Pattern[str]
    era: re.Pattern[str]
    century: re.Pattern[str]

    def range_of(self, kind: str, word: str) -> tuple[int, int]:
        """Return the range of a word of a kind."""
        return self.words[kind][word.lower()]

    def is_a(self, kind: str, word: str) -> bool:
        """Tell whether a word is of a kind."""
        return word.lower() in self.words[kind]


@functools.cache
def load_time_words(*, folder: Path = DATA) -> TimeWords:
    """Return the words, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    words = _read(folder / "times.csv")
    either = {kind: alternatives(tuple(found)) for kind, found in words.items()}
    points = "|".join(either[kind] for kind in ("same", "next", "last"))
    return TimeWords(
        words,
        before=re.compile(
            rf"(?:(?:(?<=\s)|^){_THE}(?P<nth>{either['part']})\s(?:\w+\s)?(?P<unit>{either['stretch']})\s(?:of|in)\s(?:the\syear\s|the\s)?"
            rf"|(?<![\w-])(?P<part>{either['part']})(?:\s(?:in|of)\s(?:the\s)?(?:year\s)?|\s|-)(?:the\s)?"
            rf"|(?<![\w-])(?:the\s)?(?P<season>{either['season']})\s(?:of\s)?(?:the\syear\s)?"
            rf"|(?<![\w-])(?:the\s)?(?P<feast>{either['feast']})(?:\s(?:of|in)\s(?:the\syear\s)?|,?\s))$",
            re.IGNORECASE,
        ),
        leaning=re.compile(
            rf"(?<![\w-])(?P<point>{points})\s(?:(?P<season>{either['season']})|(?P<month>{MONTH_PATTERN})|(?P<unit>{either['unit']}))\b(?!\s(?:\d|of\b))"
            rf"|(?<![\w-])(?:the\s)?(?P<season_of>{either['season']})\sof\s(?P<point_of>{points})\syear\b"
            rf"|(?<![\w-])(?:in\s(?:the\s)?(?:(?P<part>{either['part']})\s)?)(?P<bare>{either['season']})\b(?!\s(?:of\b|\d))"
            rf"|(?<![\w-])the\s(?P<unit_side>{either['unit']})\s(?P<side>before|after|afterwards)(?=[\s,.;]*(?:$|[.,;]))",
            re.IGNORECASE,
        ),
        feast=re.compile(rf"(?<![\w-])(?:{either['at']})\s(?P<feast>{either['feast']})(?!\w|\s\d|\sof\b)", re.IGNORECASE),
        shift=re.compile(
            rf"\s(?:(?P<later>(?:{either['later']})\b|(?:{either['later alone']})(?=\s?(?:[.,;:)]|$)))"
            rf"|(?P<earlier>(?:{either['earlier']})\b|(?:{either['earlier alone']})(?=\s?(?:[.,;:)]|$))))"
        ),
        offset=re.compile(rf"\s(?:(?P<ahead>{either['ahead']})|(?P<behind>{either['behind']}))\s(?:the\s)?$"),
        early=re.compile(rf"\b(?i:{either['year']}|AD|CE)\s[1-9]\d{{2}}(?=[,.;:)\s])(?!\s(?:[a-z]+s\b|per|km))"),
        era=re.compile(
            rf"\b(?:{either['year']}|(?P<month>{MONTH_PATTERN}))\s(?P<year>[1-9]\d{{2}})(?:/(?P<next>\d{{1,3}}))?(?![\d,.]*\d|%|\s?(?!(?:was|has|is|as|its|this)\b)(?-i:[a-z]+s\b|per|km|ft|m\b))",
            re.IGNORECASE,
        ),
        century=re.compile(
            rf"\b(?P<century>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?:\s|-)century(?P<bce>\s(?:BCE?|B\.C\.))?",
            re.IGNORECASE,
        ),
    )


def _read(path: Path) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {kind: {} for kind in KINDS}
    once = Once()
    for row in read_rows(path, ("kind", "words", "first", "last")):
        kind = row.one_of("kind", KINDS)
        row.required("words")
        first, last = _number(row, "first"), _number(row, "last")
        for word in row.parts("words"):
            once.check(row, "words", (kind, word.lower()))
            found[kind][word.lower()] = (first, last)
    return found


def _number(row: Row, field: str) -> int:
    if not row.required(field).isdecimal():
        raise row.fail(field, "days as MMDD, or thousandths")
    return int(row.text(field))
