"""PDF: paragraphs put together again from the lines of pages, without the headers and footers that repeat."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator

import pypdf
from pypdf.errors import DependencyError

from verbale.core import BlockKind, Document, Rejection, VerbaleError
from verbale.sources.assembly import About, Piece, compose, finish, leading_title, split_datelines
from verbale.sources.dates import iso_date
from verbale.sources.encoding import normalise
from verbale.sources.intake import Intake
from verbale.sources.plain import join_lines, word_counts

# Damaged files make pypdf talk; what matters of it becomes a rejection.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# Running heads and feet stand in the outermost lines of a page, at most two of them.
_EDGE_LINES = 2
# They repeat on most pages; books set the chapter on one side and the title on the other, hence less than half.
_MIN_REPEAT_SHARE = 0.4
_MIN_REPEATS = 2
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FINAL = re.compile(r"""[.!?:][)\]"'”’»]*\d{0,3}$""")
_BULLET = re.compile(r"(?:[-*•‣◦▪·–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
# The last line of a paragraph mostly ends before nine tenths of the column; justified lines end at its edge.
_SHORT_LINE = 0.9
_HEADING_LINE = 0.75
_OPEN_LINE = 0.6
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_MAX_HEADING_WORDS = 14
# Titles that programs write into the metadata by themselves.
_NO_TITLE = re.compile(r"^(?:untitled|microsoft word - .*|document\d*|.*\.(?:docx?|indd|pdf|tex|qxd))$", re.IGNORECASE)


def read_pdf(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a PDF as one document, with title, author and date of its metadata.

    Raises `file-protected`, `file-broken`, `file-too-large` (pages) or, for scanned pages, `file-no-text`.
    """
    reader = _open(intake)
    pages = [_lines(reader, number, intake) for number in range(len(reader.pages))]
    if not any(character.isalpha() for page in pages for line in page for character in line):
        raise VerbaleError("file-no-text", path=intake.path, reason="its pages are pictures, or empty")
    text, blocks = compose(paragraphs(without_running_lines(pages)))
    blocks, line = split_datelines(text, blocks)
    about = _about(reader)
    yield finish(
        intake,
        text,
        blocks,
        About(
            title=about.title or leading_title(text, blocks),
            author=about.author,
            date=line.date if line and line.date else about.date,
            place=line.place if line else None,
        ),
        form="pdf",
    )


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages' lines without page numbers and the heads and feet that repeat from page to page."""
    needed = max(_MIN_REPEATS, len(pages) * _MIN_REPEAT_SHARE)
    kept = [list(page) for page in pages]
    for edge in (0, -1):
        # From outside inwards: a second line is a running line only where the first was one.
        open_pages = [lines for lines in kept if lines]
        for _ in range(_EDGE_LINES):
            counts = Counter(_pattern(lines[edge]) for lines in open_pages)
            open_pages = [
                lines for lines in open_pages if counts[_pattern(lines[edge])] >= needed or _PAGE_NUMBER.fullmatch(lines[edge])
            ]
            for lines in open_pages:
                lines.pop(edge)
            open_pages = [lines for lines in open_pages if lines]
    return kept


def paragraphs(pages: list[list[str]]) -> Iterator[Piece]:
    """Yield paragraphs, headings and list items from pages of lines; a paragraph may run over the end of a page."""
    lines = [line for page in pages for line in page]
    width = _width(lines)
    counts = word_counts("\n".join(lines))
    current, kind, last = "", _line_kind(lines[0], width) if lines else "paragraph", ""
    for line in lines:
        found = _line_kind(line, width)
        if current and _continues(last, line, kind, found, width):
            current = join_lines(current, line, counts)
        else:
            if current:
                yield Piece(kind, current)
            current, kind = line, found
        last = line
    if current:
        # Nothing stands below the last line, so it heads nothing.
        yield Piece("paragraph" if kind == "heading" else kind, current)


def _continues(last: str, line: str, kind: BlockKind, found: BlockKind, width: int) -> bool:
    if found == "list_item":
        return False
    if kind == "heading":
        return found == "heading" and line[0].islower()
    if line[0].islower():
        return True
    if found == "heading":
        # A line that looks like a heading goes on with the sentence before it, if that has not come to an end.
        open_sentence = last[-1] in ",;" or (len(last) >= width * _OPEN_LINE and not _FINAL.search(last))
        return open_sentence and not _SECTION.match(line)
    ended = bool(_FINAL.search(last)) and len(last) < width * _SHORT_LINE
    return not ended


def _line_kind(line: str, width: int) -> BlockKind:
    text = line.lstrip("\"'“‘([")
    if _BULLET.match(text) and not (text[0].isdigit() and _looks_headed(text, width)):
        return "list_item"
    return "heading" if text and _looks_headed(text, width) else "paragraph"


def _looks_headed(text: str, width: int) -> bool:
    short = len(text) <= width * _HEADING_LINE and len(text.split()) <= _MAX_HEADING_WORDS
    if not short or text[0].islower() or text[-1] in ",;-" or not any(map(str.isalpha, text)):
        return False
    return not _FINAL.search(text) or (text.endswith("?") and _SECTION.match(text) is not None)


def _width(lines: list[str]) -> int:
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _pattern(line: str) -> str:
    return _DIGITS.sub("#", line.lower())


def _open(intake: Intake) -> pypdf.PdfReader:
    data = intake.read()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        # Many publishers lock editing with an empty password for reading; such a file is open to its readers.
        if reader.is_encrypted and not reader.decrypt(""):
            raise VerbaleError("file-protected", path=intake.path)
        count = len(reader.pages)
    except DependencyError as error:
        raise VerbaleError("file-protected", path=intake.path) from error
    except VerbaleError:
        raise
    except Exception as error:  # pypdf meets damage with errors of every type
        raise VerbaleError("file-broken", path=intake.path, kind="PDF", reason=_reason(error)) from error
    if count > intake.settings.max_pdf_pages:
        allowed = f"{intake.settings.max_pdf_pages:,} pages"
        raise VerbaleError("file-too-large", path=intake.path, size=f"{count:,} pages", allowed=allowed)
    if count == 0:
        raise VerbaleError("file-no-text", path=intake.path, reason="it has no pages")
    return reader


def _lines(reader: pypdf.PdfReader, number: int, intake: Intake) -> list[str]:
    try:
        text = reader.pages[number].extract_text()
    except Exception as error:  # as above; pypdf's own limits on unpacked streams end here too
        raise VerbaleError("file-broken", path=intake.path, kind="PDF", reason=_reason(error)) from error
    lines = (" ".join(line.split()) for line in normalise_soft(text).split("\n"))
    return [line for line in lines if line]


def normalise_soft(text: str) -> str:
    """Return normalised text in which a soft hyphen at the end of a line is a hyphen, so that the word can be mended."""
    return normalise(re.sub("\u00ad(?=\\s*\n)", "-", text))


def _about(reader: pypdf.PdfReader) -> About:
    try:
        data = reader.metadata
        title, author = (data.title, data.author) if data else (None, None)
        date = iso_date(data.creation_date) if data else None
    except Exception:  # metadata may be anything; the text is what counts
        return About()
    title = str(title).strip() if title else None
    return About(None if title is None or _NO_TITLE.match(title) else title, str(author) if author else None, date)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
