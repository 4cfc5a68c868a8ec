"""Numbers that are part of a name: "Resolution 1441", "cable 1204", "Text 1001 of 1999" are no years and no counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.review.words import load_words

# So far before a number the row of numbers may begin of which it is one: "Cables 1204, 1207 and 1311".
_REACH: Final = 80
_ROW: Final = r"(?:\d+(?:,|,?\s(?:and|or|to))?\s){0,12}"
# "Text 1001 of 1999", "Order 1204 of 12 May 1956": behind the number stands its year
_WITH_YEAR: Final = re.compile(r"\sof\s(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?(?:1\d{3}|20\d{2})\b")
_NOUN: Final = re.compile(r"[^\W\d_][\w-]*\s$")


@cache
def _nouns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = load_words()
    things, titled = (lists.alternatives(name) for name in ("numbered-things", "titled-by-year"))
    return (
        re.compile(rf"(?<![\w-]){things}s?\.?\s{_ROW}$", re.IGNORECASE),
        # "the Refugee Convention 1951", "(treaty 1648)" have their year behind them; "treaty 1001" has its number
        re.compile(rf"(?<![\w(-])(?<![A-Z]\w\s)(?P<before>[\w'-]+\s)?(?i:{titled})s?\s{_ROW}$"),
    )


def is_own_number(text: str, start: int, end: int) -> bool:
    """Tell whether a figure in a text is the number of the thing that stands before it."""
    before = text[max(0, start - _REACH) : start]
    things, titled = _nouns()
    if things.search(before):
        return True
    if _WITH_YEAR.match(text, end) and _NOUN.search(before) and not _preposed(before):
        return True
    match = titled.search(before)
    return match is not None and not (match["before"] or "")[:1].isupper()


def _preposed(before: str) -> bool:
    """Tell whether the word before a figure leads in a time: "in 1990 of"."""
    return re.search(rf"\b{load_words().alternatives('before-years')}\s$", before, re.IGNORECASE) is not None


@cache
def _instrument() -> re.Pattern[str]:
    lists = load_words()
    nouns = (*lists.lists["numbered-things"], *lists.lists["titled-by-year"])
    either = "|".join(re.escape(each) for each in sorted(nouns, key=lambda each: (-len(each), each)))
    return re.compile(rf"(?<![\w-])(?:{either})\.?\s(?:[Nn]o\.?\s)?(\d{{1,4}})(?![\w.,]\d)\b", re.IGNORECASE)


def own_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the things with numbers of their own in a stretch of text: where each ends, and its number."""
    for match in _instrument().finditer(text, start, len(text) if end is None else end):
        yield match.end(), match[1]
