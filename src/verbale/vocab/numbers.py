"""English words for small numbers: for dates ("three days later") and for arithmetic on a manuscript ("a ten-year delay")."""

from __future__ import annotations

from typing import Final

# In order, so that a word's place is its number (tens: twenty is 2).
UNITS: Final = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS: Final = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
