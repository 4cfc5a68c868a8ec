"""Plain text: which lines belong to one paragraph, and which are headings, list items, table rows or a dateline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from verbale.core import Block, BlockKind, Document, Rejection
from verbale.sources.assembly import About, finish, leading_title, split_datelines
from verbale.sources.encoding import decode, normalise
from verbale.sources.intake import Intake

# Typewriters and mail programs break lines at 60 to 80 characters, a few at up to 120. Lines that are all shorter than 45 are
# lists, verse and signatures, and longer ones are whole paragraphs.
_WRAP_WIDTHS = range(45, 121)
# So many lines, and this share of them, must be so full that the next word did not fit, before a text counts as hard-wrapped.
_MIN_FULL_LINES = 3
_MIN_FULL_SHARE = 0.5
# Inside wrapped paragraphs one line in twenty-five ends with a full stop (the shared essays, at 72 letters),
# so three that stand together and all do are entries of a list.
_MIN_ENTRIES = 3
# A heading is shorter than one and a half typewritten lines; what is longer is a paragraph that lost its full stop.
_MAX_HEADING = 120
_MAX_HEADING_WORDS = 20
_MAX_LABEL_WORDS = 3  # "Summary:"; a longer line that ends with a colon leads in what follows

_FINAL = re.compile(r"""[.!?;,…][)\]"'”’»]*$""")
_STOP = re.compile(r"""[.!?][)\]"'”’»]*$""")
_BULLET = re.compile(r"(?:[-*•‣◦▪·–—]\s+)\S")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,5}\))\s+\S")
_CELLS = re.compile(r"\S\t+ *\S.*\t+ *\S|^\|.*\|$|\S +\| +\S.* +\| +\S")
_CHAPTER = re.compile(r"(?:CHAPTER|PART|SECTION|BOOK|ARTICLE|Chapter|Part|Section|Book|Article)\s+(?:\d{1,3}|[IVXLC]{1,7})\.?")
# "## The peace": Markdown that was saved as plain text; the mark is no word of the heading.
_MARKED = re.compile(r"#{1,6}[ \t]+(?=\S)")
_OPENING = "\"'“‘«(["
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010]$")
# First parts that are hyphened in English, and that begin no longer word.
_COMPOUNDING = frozenset(
    {"self", "well", "vice", "half", "two", "three", "four", "five", "six", "nine", "twelve", "anglo", "sino"}
)
_CUT_WORD = re.compile(r"[^\W\d_]+[-\u2010]\s*\n\s*[^\W\d_]+")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


class Line(NamedTuple):
    """A line that is not blank: where its first and last visible characters stand, and whether blank lines surround it."""

    start: int
    end: int
    text: str
    after_blank: bool
    before_blank: bool


def read_plain(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a text file as one document; where no line is hard-wrapped its text is the file's, character for character."""
    text = normalise(decode(intake.read(), path=intake.path))
    yield plain_document(intake, text, About(), form="text")


def plain_document(
    intake: Intake, text: str, about: About, *, form: str, part: str | None = None, name: str | None = None
) -> Document | Rejection:
    """Make a document of normalised plain text; what `about` leaves open is taken from title line and dateline."""
    if len(text) > intake.settings.max_document_characters:
        return finish(intake, text, (), about, form=form, part=part, name=name)
    text = unwrap(text)
    blocks, line = split_datelines(text, find_blocks(text))
    if line:
        about = replace(about, date=about.date or line.date, place=about.place or line.place)
    about = replace(about, title=about.title or leading_title(text, blocks))
    return finish(intake, text, blocks, about, form=form, part=part, name=name)


def unwrap(text: str) -> str:
    """Return the text with the lines of hard-wrapped paragraphs joined by a space; any other text unchanged.

    A line is taken as wrapped where the next line's first word would not have fitted on it. A word that is cut by a hyphen is
    mended.
    """
    lines = text.split("\n")
    listed = _entries(lines)
    pairs = [
        (index, index + 1)
        for index in range(len(lines) - 1)
        if lines[index].strip() and lines[index + 1].strip() and index not in listed
    ]
    width = _wrap_width(lines, pairs)
    if width is None:
        return text
    counts: Counter[str] | None = None
    out = [lines[0]]
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if index in listed or not (before.strip() and line.strip() and _continues(before, line, width)):
            out.append(line)
            continue
        if counts is None:
            counts = word_counts(text)
        out[-1] = join_lines(out[-1], line, counts)
    return "\n".join(out)


def _entries(lines: list[str]) -> set[int]:
    """Return the lines of lists with an entry a line: of so many lines that stand together each ends with a full stop."""
    found: set[int] = set()
    group: list[int] = []
    for index, line in enumerate([*lines, ""]):
        if line.strip():
            group.append(index)
            continue
        if len(group) >= _MIN_ENTRIES and all(_STOP.search(lines[each].rstrip()) for each in group):
            found.update(group)
        group = []
    return found


def word_counts(text: str) -> Counter[str]:
    """Count the words of a text in small letters, hyphened ones as one, without the pieces of words cut at a line's end."""
    return Counter(word.lower() for word in _WORDS.findall(_CUT_WORD.sub(" ", text)))


def join_lines(before: str, after: str, counts: Counter[str]) -> str:
    """Join two lines of one paragraph; a hyphen at the break goes where it cut a word, and stays where it belongs to it.

    `counts` are the words of the whole text: they tell "govern-ment" from "well-known".
    """
    before, after = before.rstrip(), after.lstrip()
    cut, rest = _BROKEN_WORD.search(before), _FIRST_WORD.match(after)
    if not cut or not rest:
        return f"{before} {after}"
    first, second = cut[1].lower(), rest[0].lower()
    whole, hyphened = counts[first + second], counts[f"{first}-{second}"]
    compound = first in _COMPOUNDING or (counts[first] > 0 and counts[second] > 0)
    if not rest[0][0].islower() or hyphened > whole or (not whole and compound):
        return before + after
    return before[:-1] + after


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return a block for every line that is not blank, with its kind."""
    lines = list(_lines(text))
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        mark = _MARKED.match(line.text) if len(line.text) <= _MAX_HEADING else None
        start = line.start + (mark.end() if mark else 0)
        blocks.append(Block(start, line.end, "heading" if mark else _kind(lines, index, blocks)))
    return tuple(blocks)


def _wrap_width(lines: list[str], pairs: list[tuple[int, int]]) -> int | None:
    """Return the width at which a text is wrapped: the nine-tenths point of its lines' lengths, so that no outlier sets it."""
    if not pairs:
        return None
    lengths = sorted(len(lines[index].rstrip()) for index in {index for pair in pairs for index in pair})
    width = lengths[len(lengths) * 9 // 10]
    if width not in _WRAP_WIDTHS:
        return None
    full = sum(_is_full(lines[first], lines[second], width) for first, second in pairs)
    # In a note of two or three lines, sentences that go on over the line's end are the better witness.
    running = sum(_runs_on(lines[first], lines[second]) for first, second in pairs)
    enough = full >= _MIN_FULL_LINES or running >= _MIN_FULL_SHARE * len(pairs)
    return width if enough and max(full, running) >= _MIN_FULL_SHARE * len(pairs) else None


def _runs_on(line: str, following: str) -> bool:
    return following.lstrip()[0].islower() and not _FINAL.search(line.rstrip())


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def _continues(line: str, following: str, width: int) -> bool:
    stripped = following.lstrip()
    if _MARKED.match(line.lstrip()) or _MARKED.match(stripped):
        return False
    if _BULLET.match(stripped) or _NUMBERED.match(stripped) or _CELLS.search(line) or _CELLS.search(following):
        return False
    if _indent(following) >= _indent(line) + 2:  # the first line of a paragraph that is set off by its indent alone
        return bool(_BULLET.match(line.lstrip()) or _NUMBERED.match(line.lstrip())) and _is_full(line, following, width)
    if _is_full(line, following, width):
        return True
    return _runs_on(line, following) and len(line) > width // 2


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _lines(text: str) -> Iterator[Line]:
    offset = 0
    raw = text.split("\n")
    blank = [not line.strip() for line in raw]
    for index, line in enumerate(raw):
        if not blank[index]:
            start = offset + len(line) - len(line.lstrip())
            stripped = line.strip()
            after, before = index == 0 or blank[index - 1], index + 1 == len(raw) or blank[index + 1]
            yield Line(start, start + len(stripped), stripped, after, before)
        offset += len(line) + 1


def _kind(lines: list[Line], index: int, blocks: list[Block]) -> BlockKind:
    text = lines[index].text
    if _BULLET.match(text):
        return "list_item"
    if _CELLS.search(text):
        return "table"
    if _NUMBERED.match(text):
        near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
        in_list = any(_NUMBERED.match(other.text) and not _parted(lines[index], other) for other in near)
        return "heading" if not in_list and _is_heading(lines, index, blocks) else "list_item"
    return "heading" if _is_heading(lines, index, blocks) else "paragraph"


def _parted(line: Line, other: Line) -> bool:
    """Tell whether a blank line and another kind of number part two numbered lines: "5. Proposals" is over a) to d)."""
    blank = line.before_blank if other.start > line.start else line.after_blank
    return blank and line.text.lstrip("(")[0].isdigit() != other.text.lstrip("(")[0].isdigit()


def _is_heading(lines: list[Line], index: int, blocks: list[Block]) -> bool:
    line = lines[index]
    text = line.text.lstrip(_OPENING)
    if index + 1 == len(lines) or len(text) > _MAX_HEADING or not any(character.isalpha() for character in text):
        return False
    words = len(text.split())
    if _CHAPTER.fullmatch(text):
        return line.after_blank
    if _FINAL.search(text) or text[0].islower():
        return False
    if text.endswith(":"):
        return words <= _MAX_LABEL_WORDS
    following = lines[index + 1].text
    opens = line.after_blank or blocks[-1].kind == "heading" or bool(_FINAL.search(lines[index - 1].text))
    stands_over = line.before_blank or (len(following) > len(text) and bool(_FINAL.search(following)))
    return words <= _MAX_HEADING_WORDS and opens and stands_over
