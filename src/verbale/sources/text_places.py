"""Where the characters of a text as it is kept stand in the file that it was read from, for formats that editors open."""

from __future__ import annotations

import re
from array import array
from pathlib import Path
from typing import Final

from verbale.core import Document, Settings
from verbale.sources.encoding import decode
from verbale.sources.paths import file_intake

# Of the other formats nobody sees the file's own text.
_EDITED: Final = frozenset({"text", "markdown", "html", "tei"})
_SOFT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad]")
_CUT: Final = re.compile(r"[-\u2010]\s*\n\s*")
_WORD: Final = re.compile(r"\w+")
# Marks between two words of a text are few; a menu or a head before the first one may be long.
_NEAR: Final = 400
_FAR: Final = 24
_MARKS: Final = 40


def open_text(document: Document, *, settings: Settings | None = None) -> tuple[str, array[int]] | None:
    """Return the text of a document's file and where each character of the kept text stands in it, in their order.

    None for formats that no editor shows as text, for standard input, and for a file that is no longer there. A character
    that the file has not (a space between blocks, a decoded entity) has the place of the next one that it has. Raises what
    reading the file raises.
    """
    path = Path(document.path or "-")
    if document.format not in _EDITED or not path.is_file():
        return None
    intake = file_intake(path, settings or Settings())
    text = decode(intake.read(), path=intake.path)
    return text, find_places(document.text, text)


def find_places(kept: str, text: str) -> array[int]:
    """Return where each character of a kept text stands in the text that it was made from.

    >>> list(find_places("one two\\nthree", "one\\r\\ntwo\\r\\n*three*"))
    [0, 1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 14, 15]
    """
    places = array("q")
    at, index, last = 0, 0, max(len(text) - 1, 0)
    while index < len(kept):
        character = kept[index]
        here = text[at] if at < len(text) else ""
        if character == here:
            places.append(at)
            at += 1
        elif character.isspace():
            places.append(min(at, last))
            if here.isspace():
                at += 2 if text.startswith("\r\n", at) else 1
        elif here and (here.isspace() or _SOFT.match(here)):
            at += 1
            continue
        elif cut := _CUT.match(text, at):
            at = cut.end()
            continue
        else:
            found = _next(kept, index, text, at)
            if found is not None and found > at:
                at = found
                continue
            places.append(min(at, last))
        index += 1
    return places


def _next(kept: str, index: int, text: str, at: int) -> int | None:
    """Return where a text that went another way takes up the kept text: at its next two words, at its next, or far on."""
    if not kept[index].isalnum():
        marks = re.compile(rf"[^\w]{{0,{_MARKS}}}?{re.escape(kept[index])}").match(text, at)
        return marks.end() - 1 if marks else None
    words = _WORD.findall(kept, index, index + 200)[:2]
    begins = "" if index and kept[index - 1].isalnum() else r"(?<!\w)"
    for pattern in (r"\W{1,30}".join(map(re.escape, words)), re.escape(words[0]) + r"(?!\w)"):
        if found := re.compile(begins + pattern).search(text, at, at + _NEAR):
            return found.start()
    far = text.find(kept[index : index + _FAR].split("\n", 1)[0], at)
    return None if far < 0 else far
