"""The lines of a dictionary in PETRARCH's format: decoded, without comments, with the numbers that an editor shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.vocab.own_rows import Reading, numbered_lines

# `;` is TABARI's sign for a comment, `#` PETRARCH's, `<!-- -->` stands in both and may reach over lines.
_COMMENT: Final = re.compile(r"[#;]|<!--|<!")
_END: Final = "-->"


@dataclass(frozen=True, slots=True)
class DictionaryLine:
    """A line that holds something beside comments and blanks."""

    number: int
    text: str


def decode(content: bytes) -> str:
    """Return a dictionary's text: UTF-8, and latin-1 where it is not, as older files are."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def dictionary_lines(reading: Reading, content: bytes, max_lines: int) -> Iterator[DictionaryLine]:
    """Yield the lines that hold something; a comment that is never closed is rejected at its first line."""
    opened = 0
    for number, line in numbered_lines(reading, decode(content), max_lines):
        rest = line
        if opened:
            _, end, rest = line.partition(_END)
            if not end:
                continue
            opened = 0
        kept, opened = _without_comments(rest, number)
        if kept.strip():
            yield DictionaryLine(number, kept.strip())
    if opened:
        reading.skip(opened, "the comment <!-- that begins here is never closed, so nothing after it was read")


def _without_comments(line: str, number: int) -> tuple[str, int]:
    """Return a line without its comments, and its number where it leaves a comment open, otherwise 0."""
    kept = []
    while found := _COMMENT.search(line):
        kept.append(line[: found.start()])
        if found[0] != "<!--":
            return "".join(kept), 0
        _, end, line = line[found.end() :].partition(_END)
        if not end:
            return "".join(kept), number
    return "".join([*kept, line]), 0
