"""Numbers as English writes them: figures, words up to a hundred, and the ordinals with which a text counts its points."""

from __future__ import annotations

import re
from typing import Final

from verbale.vocab.numbers import TENS, UNITS

ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    "twenty-first",
)  # fmt: skip
_ORDINALS: Final = ORDINALS[:10]
_TIE: Final = tuple(ten.removesuffix("y") + "ieth" for ten in TENS[2:])
# The ordinals that are said of years and jubilees.
ORDINAL_YEARS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(ORDINALS[:19], 1)},
    **{word: 10 * number for number, word in enumerate(_TIE, 2)},
    **{f"{ten}-{word}": 10 * at + number for at, ten in enumerate(TENS[2:], 2) for number, word in enumerate(ORDINALS[:9], 1)},
    "hundredth": 100, "thousandth": 1000,
    **{f"{word} hundredth": 100 * number for number, word in enumerate(UNITS[:10]) if number},
    **{
        f"{many}hundred and {word}": 100 * max(number, 1) + more
        for number, many in enumerate(("", *(f"{unit} " for unit in UNITS[1:10])))
        for word, more in (*((word, 10 * at) for at, word in enumerate(_TIE, 2)), ("twenty-fifth", 25), ("seventy-fifth", 75))
    },
}  # fmt: skip

_WORDS: Final[dict[str, int]] = {word: number for number, word in enumerate(UNITS)}
_WORDS.update({word: 10 * number for number, word in enumerate(TENS) if number > 1})
_WORDS.update({f"{ten}-{unit}": _WORDS[ten] + number for ten in TENS[2:] for number, unit in enumerate(UNITS[:10]) if number})
_WORDS["hundred"] = 100

WORD_PATTERN: Final = "|".join(sorted(_WORDS, key=lambda word: (-len(word), word)))
# A whole number in figures, with or without separators of thousands, or in words.
NUMBER_PATTERN: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{WORD_PATTERN})"
ORDINAL_PATTERN: Final = rf"(?:{'|'.join(_ORDINALS)})"


def value(text: str) -> int:
    """Return the number that figures or words stand for. Raises KeyError for other words.

    >>> value("12"), value("Forty-five"), value("1,200")
    (12, 45, 1200)
    """
    figures = text.replace(",", "")
    return int(figures) if figures.isdecimal() else _WORDS[text.lower().replace(" ", "-")]


def ordinal(text: str) -> int:
    """Return the place that an ordinal word or its adverb (firstly) stands for. Raises ValueError for other words."""
    word = text.lower()
    if word not in _ORDINALS and word.endswith("ly"):
        word = word[:-2]
    return _ORDINALS.index(word) + 1


def words(number: int) -> str:
    """Return a small number as prose writes it: in words up to twelve, in figures above."""
    return UNITS[number] if 0 <= number <= 12 else f"{number:,}"


def is_number(text: str) -> bool:
    """Tell whether the whole text is a number in figures or words."""
    return re.fullmatch(NUMBER_PATTERN, text, re.IGNORECASE) is not None


def read_count(text: str) -> int:
    """Return the number that a text is, or 0 where it is none, or one too long to count things."""
    return value(text) if is_number(text) and len(text) < 12 else 0
