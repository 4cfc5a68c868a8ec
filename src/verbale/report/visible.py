"""Characters that nobody sees and that turn or hide others: made visible for a reader, escaped for a program."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What shows nothing by itself: controls, marks of direction, joiners, fillers, tags and selectors of variants.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Joiners shape the letters of many scripts and emoji, where they belong to the word; selectors choose how a sign looks.
_SHAPING: Final = frozenset("\u200c\u200d\ufe0e\ufe0f")


def visible(text: str) -> str:
    r"""Return a text in which every character that is not seen stands as its code, so that no word reads as another.

    >>> visible("a\u202ebc")
    'a[U+202E]bc'
    """
    return _HIDDEN.sub(lambda match: match[0] if _belongs(text, match.start()) else f"[U+{ord(match[0]):04X}]", text)


def escaped_json(text: str) -> str:
    """Return a JSON text that holds the same values, with such characters as escapes: they stand only inside its strings."""
    return _HIDDEN.sub(lambda match: _units(match[0]), text)


def _units(character: str) -> str:
    """Return a character as JSON escapes it, which are two units of UTF-16 for one beyond the first 65,536."""
    data = character.encode("utf-16-be")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))


def _belongs(text: str, at: int) -> bool:
    """Tell whether a joiner or selector stands behind a letter or sign beyond the Latin ones, which it shapes."""
    if text[at] not in _SHAPING or not at:
        return False
    before = text[at - 1]
    return before > "\u02ff" and unicodedata.category(before)[0] in "LMS"
