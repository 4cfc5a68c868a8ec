"""From pieces of text to a `Document`: one text, blocks in order, and the checks that every format shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from verbale.core import Block, BlockKind, Document, Rejection, VerbaleError
from verbale.sources.dates import Dateline, find_dateline
from verbale.sources.encoding import normalise
from verbale.sources.intake import Intake
from verbale.sources.language import foreign_language

# A dispatch opens with its dateline; title, byline, number and a summary may stand before it. Deeper in a text a line with a
# place and a day is the text's own matter.
LEADING_BLOCKS = 6
_SPACES = re.compile(r"[ \t\n\r\f]+")
# The mark of a heading in a text file that was written as Markdown.
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")
_FILE_NUMBER = re.compile(r"\W*\w+\W+(?:no\.?\s*)?\d+\W*", re.IGNORECASE)


# What a reader sees raised is kept in raised figures where it is the mark of a note or a power: "the treaty¹", "30 km²".
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS: Final = re.compile(r"\s*\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s*")


def raise_figures(text: str) -> str:
    """Return text that stands raised, its figures as raised ones; what holds anything but numbers stays as it is."""
    return text.translate(_RAISED) if _MARKS.fullmatch(text) else text


class Piece(NamedTuple):
    """A paragraph, heading, list item, cell or dateline that a format's reader has found, before it has a place in a text.

    `cell` is the place of a cell where the format tells it: the numbers of its table, its row and its column.
    """

    kind: BlockKind
    text: str
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document beside its text; all dates are ISO."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    source: str | None = None
    place: str | None = None


def squeeze(text: str) -> str:
    """Return the text normalised, on one line, every run of spaces and line ends as one space (no-break spaces stay)."""
    return _SPACES.sub(" ", normalise(text)).strip(" ")


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Lay pieces out as one text, an empty line between them (list items and rows: a new line); empty ones are left out.

    Cells of a row are parted by a tab, empty ones kept by theirs.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    before: Piece | None = None
    for piece in pieces:
        text = squeeze(piece.text)
        if not text:
            continue
        if before is not None:
            gap = _gap(before, piece)
            parts.append(gap)
            length += len(gap)
        parts.append(text)
        blocks.append(Block(length, length + len(text), piece.kind))
        length += len(text)
        before = piece
    return "".join(parts), tuple(blocks)


def _gap(before: Piece, piece: Piece) -> str:
    """Return what parts a piece from the one before it."""
    empty = "\t" * (piece.cell[2] if piece.cell else 0)
    if piece.kind != before.kind or piece.kind not in ("list_item", "table"):
        return "\n\n" + empty
    if piece.cell is None or before.cell is None:
        return "\n"
    if piece.cell[:2] != before.cell[:2]:
        return ("\n\n" if piece.cell[0] != before.cell[0] else "\n") + empty
    return "\t" * (piece.cell[2] - before.cell[2]) or " "


def split_datelines(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], Dateline | None]:
    """Mark a dateline among the leading blocks as a block of its own, cut from the paragraph that it is run into.

    Returns the blocks, and what the dateline tells (None where there is none).
    """
    for index, block in enumerate(blocks[:LEADING_BLOCKS]):
        if block.kind not in ("paragraph", "heading", "dateline"):
            continue
        line = find_dateline(text[block.start : block.end], alone=True)
        if line is None:
            continue
        end = block.start + line.length
        made = [Block(block.start, end, "dateline")]
        start = end
        while start < block.end and text[start].isspace():
            start += 1
        if start < block.end:
            made.append(Block(start, block.end, "paragraph"))
        return (*blocks[:index], *made, *blocks[index + 1 :]), line
    return blocks, None


def leading_title(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the first heading among the leading blocks, passing over labels ("Summary:") and file numbers ("CASE 12")."""
    for block in blocks[:LEADING_BLOCKS]:
        words = text[block.start : block.end]
        if block.kind == "heading" and not words.endswith(":") and not _FILE_NUMBER.fullmatch(words):
            return _HEADING_MARK.sub("", words, count=1) if _HEADING_MARK.match(words) else words
    return None


def finish(
    intake: Intake,
    text: str,
    blocks: tuple[Block, ...],
    about: About,
    *,
    form: str,
    part: str | None = None,
    name: str | None = None,
) -> Document | Rejection:
    """Make the document, or the rejection that its text amounts to: no letters, too long, in another language.

    `part` names one document of many in a file (`stem#part`); `name` replaces the whole name; `form` is the file's format.
    """
    path = f"{intake.path}#{part}" if part else intake.path
    settings = intake.settings
    error: VerbaleError | None = None
    if not any(character.isalpha() for character in text):
        error = VerbaleError("file-no-text", path=path, reason="it has no letters") if text.strip() else None
        error = error or VerbaleError("file-empty", path=path)
    elif len(text) > settings.max_document_characters:
        error = VerbaleError(
            "document-too-long", path=path, size=f"{len(text):,}", allowed=f"{settings.max_document_characters:,}"
        )
    elif language := foreign_language(text):
        error = VerbaleError("language-not-coded", path=path, language=language)
    if error:
        return Rejection.of(path, error)
    about = replace(about, **{key: squeeze(value) or None for key in ("title", "author", "source", "place")
                              if (value := getattr(about, key))})  # fmt: skip
    return Document(
        name=name or (f"{intake.name}#{part}" if part else intake.name),
        text=text,
        blocks=blocks,
        title=about.title,
        author=about.author,
        date=about.date,
        source=about.source,
        place=about.place,
        path=intake.path,
        format=form,
    )
