"""DOCX: headings, paragraphs, list items, tables and notes of a Word file, after its archive has been weighed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.oxml import parse_xml as parse_part

from verbale.core import BlockKind, Document, Rejection, Settings, VerbaleError
from verbale.sources.assembly import About, Piece, compose, finish, leading_title, raise_figures, split_datelines, squeeze
from verbale.sources.intake import Intake, megabytes
from verbale.sources.markup import check_prolog, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A Word file has some dozen parts, one with many pictures some hundred.
_MAX_PARTS = 10_000
_CHUNK = 1 << 20
# What was deleted or moved away under "track changes", field codes, and the second copy of every text box.
_UNREAD = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")} | {_ALTERNATE}
_REFERENCES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_NOTES = {"footnotes": f"{_W}footnote", "endnotes": f"{_W}endnote"}
_BREAKS = {f"{_W}{name}": text for name, text in (("tab", " "), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))}


def read_word(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a DOCX file as one document, a block for each paragraph, table cell and note; its properties give title and author.

    Where the text refers to a footnote or endnote it has "[^1]", and the note stands at its end as "[^1]: words".

    The date is the dateline's: the date in the properties is mostly that of the template or of the copy.

    Raises `archive-too-large`, `xml-declarations`, `markup-too-deep`, `file-protected` or `file-broken`.
    """
    data = intake.read()
    check_archive(data, path=intake.path, settings=intake.settings)
    try:
        word = docx.Document(io.BytesIO(data))
        pieces = [Piece(kind, "".join(text for _, text in found), cell) for kind, found, cell in passages(word)]
    except Exception as error:  # python-docx meets damage with errors of every type
        raise VerbaleError("file-broken", path=intake.path, kind="DOCX", reason=f"{type(error).__name__}: {error}") from error
    text, blocks = compose(pieces)
    blocks, line = split_datelines(text, blocks)
    about = _about(word)
    about = replace(about, title=about.title or leading_title(text, blocks))
    if line:
        about = replace(about, date=line.date, place=line.place)
    yield finish(intake, text, blocks, about, form="docx")


def check_archive(data: bytes, *, path: str, settings: Settings) -> None:
    """Unpack a DOCX archive once, counting, before any library trusts it; and look at its XML for entities and nesting.

    The sizes that the archive declares are checked first, then the bytes that truly come out.
    """
    allowed = settings.max_unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            if declared > allowed or len(parts) > _MAX_PARTS:
                size = f"{megabytes(declared)} in {len(parts):,} parts"
                raise VerbaleError("archive-too-large", path=path, size=size, allowed=megabytes(allowed))
            if any(part.flag_bits & 1 for part in parts):
                raise VerbaleError("file-protected", path=path)
            left = allowed
            for part in parts:
                left = _check_part(archive, part, left, path=path, settings=settings)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise VerbaleError("file-broken", path=path, kind="DOCX", reason=str(error)) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, *, path: str, settings: Settings) -> int:
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    kept = bytearray()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                allowed = megabytes(settings.max_unpacked_bytes)
                raise VerbaleError("archive-too-large", path=path, size=f"over {allowed}", allowed=allowed)
            if is_xml:
                kept += chunk
                if len(kept) > settings.max_file_bytes:
                    size, limit = megabytes(len(kept)), megabytes(settings.max_file_bytes)
                    raise VerbaleError("archive-too-large", path=path, size=f"over {size} of XML", allowed=limit)
    if is_xml and kept:
        check_prolog(bytes(kept), path=path)
        parse_xml(bytes(kept), path=path, settings=settings)
    return left


# A paragraph of a file: its kind, the elements with their text, and the place of its cell.
Passage = tuple[BlockKind, list[tuple[Any, str]], tuple[int, int, int] | None]


def passages(word: Any) -> Iterator[Passage]:
    """Yield every paragraph of an opened file with its kind and its text by elements; at the end the notes, in their order.

    The text of a note belongs to the first element that refers to it, since a comment on it can only stand there; marks that
    share a note have the same number.
    """
    references: dict[tuple[str, str], tuple[int, Any]] = {}
    for kind, paragraph, cell in _paragraphs(word):
        found = list(_atoms(paragraph))
        for at, (element, _) in enumerate(found):
            if element.tag in _REFERENCES:
                note = (_REFERENCES[element.tag], element.get(f"{_W}id", ""))
                number, _ = references.setdefault(note, (len(references) + 1, element))
                found[at] = (element, f"[^{number}]")
        yield kind, found, cell
    notes = {part: _notes(word, part) for part in _NOTES} if references else {}
    for (part, note_id), (number, element) in references.items():
        if text := notes[part].get(note_id, ""):
            yield "paragraph", [(element, f"[^{number}]: {text}")], None


def _notes(word: Any, name: str) -> dict[str, str]:
    """Return the text of each footnote or endnote of a file by its id, its paragraphs run together; none where it has none."""
    found: dict[str, str] = {}
    for relation in word.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{name}"):
            continue
        for note in parse_part(relation.target_part.blob).iter(_NOTES[name]):
            if note.get(f"{_W}type") is None:  # the lines that part notes from the text are notes of a type
                words = ("".join(text for _, text in _atoms(each)) for each in note.iter(f"{_W}p"))
                found[note.get(f"{_W}id", "")] = squeeze(" ".join(words))
    return found


def _paragraphs(word: Any) -> Iterator[tuple[BlockKind, Any, tuple[int, int, int] | None]]:
    """Yield every paragraph of an opened file, those of tables and content controls included, in order, with kind and cell.

    A table within a cell belongs to the cell.
    """
    styles = {style.style_id: str(style.name or "") for style in word.styles}
    waiting: list[tuple[Any, bool]] = [(child, False) for child in reversed(word.element.body)]
    table = row = column = -1
    width = 1
    while waiting:
        element, in_table = waiting.pop()
        if element.tag == f"{_W}p":
            yield ("table", element, (table, row, column)) if in_table else (_kind(element, styles), element, None)
        elif element.tag not in _UNREAD:
            if element.tag == f"{_W}tbl" and not in_table:
                table, row = table + 1, -1
            elif element.tag == f"{_W}tr" and _outermost(element):
                row, column, width = row + 1, -1, 1
            elif element.tag == f"{_W}tc" and _outermost(element):
                column += width
                span = element.find(f"{_W}tcPr/{_W}gridSpan")
                width = 1 if span is None else int(span.get(f"{_W}val", "1"))
            inner = in_table or element.tag == f"{_W}tbl"
            waiting.extend((child, inner) for child in reversed(element))


def _outermost(part: Any) -> bool:
    """Tell whether a row or a cell is one of a table that stands in no other."""
    return len([each for each in part.iterancestors() if each.tag == f"{_W}tbl"]) == 1


def _atoms(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Yield each element of a paragraph that is read as text, with its text.

    Links, insertions and content controls are in it, which python-docx's own `text` leaves out.
    """
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            raised = element.getparent().find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
            yield element, raise_figures(element.text or "") if raised else element.text or ""
        elif element.tag in _BREAKS:
            yield element, _BREAKS[element.tag]
        elif element.tag in _REFERENCES:
            yield element, ""
        elif element.tag not in _UNREAD:
            if element.tag == f"{_W}p":  # a paragraph of a text box
                yield element, " "
            waiting.extend(reversed(element))


def _kind(paragraph: Any, styles: dict[str, str]) -> BlockKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val", ""), "").lower() if style is not None else ""
    if name.startswith(("heading", "title", "subtitle")) or paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
        return "heading"
    if name.startswith("list") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return "list_item"
    return "paragraph"


def _about(word: Any) -> About:
    properties = word.core_properties
    # "python-docx" and "Word Document" are what programs fill in where the author gave nothing.
    author = properties.author if properties.author != "python-docx" else ""
    title = properties.title if properties.title != "Word Document" else ""
    return About(title or None, author or None)
