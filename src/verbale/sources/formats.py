"""Which reader a file needs: its content decides where that is plain to see, its ending where content alone is open."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from verbale.core import Document, Rejection, VerbaleError
from verbale.sources.corpora import read_json_lines, read_parquet, read_table
from verbale.sources.intake import Intake
from verbale.sources.markdown import read_markdown
from verbale.sources.pdf import read_pdf
from verbale.sources.plain import read_plain
from verbale.sources.tei import read_tei
from verbale.sources.webpage import read_webpage
from verbale.sources.word import read_word

Reader = Callable[[Intake], Iterator[Document | Rejection]]

READERS: Final[dict[str, Reader]] = {
    "text": read_plain,
    "markdown": read_markdown,
    "html": read_webpage,
    "pdf": read_pdf,
    "docx": read_word,
    "xml": read_tei,
    "jsonl": read_json_lines,
    "csv": read_table,
    "parquet": read_parquet,
}

_ENDINGS = {
    ".txt": "text", ".text": "text", "": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx", ".xml": "xml", ".tei": "xml",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
}  # fmt: skip
# Endings whose files are text to look at, but not to read.
_NOT_READ = {
    ".json": "JSON, but not JSON lines", ".py": "a program", ".js": "a program", ".css": "a style sheet", ".svg": "a picture",
    ".log": "a log", ".sql": "a database script", ".ini": "settings", ".yaml": "settings",
    ".yml": "settings", ".toml": "settings", ".rtf": "RTF",
    ".tex": "TeX", ".bib": "a bibliography", ".eml": "a mail", ".mbox": "a mailbox",
}  # fmt: skip
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a picture or recording (RIFF)"),
    (b"\x00\x00\x00", "a film or picture"),
    (b"ID3", "a recording (MP3)"),
    (b"OggS", "a recording (Ogg)"),
    (b"MZ", "a program (Windows)"),
    (b"\x7fELF", "a program (Linux)"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program (macOS)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt) or a protected one"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3", "a database (SQLite)"),
)
# Two letters may begin a text; a program or picture has NUL bytes soon after them.
_SHORT_SIGNATURE = 3
_PDF_WITHIN = 1024  # readers of PDF allow so many bytes before the mark
_LEADING = re.compile(r"\A\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<\?[^>]*\?>\s*)*", re.DOTALL)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XML_ROOT = re.compile(r"(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?(?:<!--.*?-->\s*)*<([\w:.-]+)[\s/>]", re.DOTALL)


def detect_format(intake: Intake) -> str:
    """Return the name of the reader (a key of `READERS`) for an input, from its first bytes and its ending.

    Raises `file-empty`, `file-type`, or `file-broken` where an ending promises a format that the content is not.
    """
    head = intake.head()
    if not head.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise VerbaleError("file-empty", path=intake.path)
    return _by_signature(head, intake) or _by_text(head, intake)


def _by_signature(head: bytes, intake: Intake) -> str | None:
    if head.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in head[:_PDF_WITHIN] and not _shows_markup(head):
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        if b"word/" in head or b"[Content_Types].xml" in head or intake.suffix == ".docx":
            return "docx"
        raise VerbaleError("file-type", path=intake.path, kind="a ZIP archive or another Office file")
    if head[8:12] == b"DUCK":  # after the checksum of its first block
        raise VerbaleError("file-type", path=intake.path, kind="a DuckDB database")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and not wide and (len(signature) >= _SHORT_SIGNATURE or b"\x00" in head):
            raise VerbaleError("file-type", path=intake.path, kind=kind)
    expected = _ENDINGS.get(intake.suffix)
    if expected in ("pdf", "docx", "parquet") and not _is_text(head):
        raise VerbaleError("file-broken", path=intake.path, kind=expected.upper(), reason="its first bytes are of another kind")
    return None


def _by_text(head: bytes, intake: Intake) -> str:
    text = _LEADING.sub("", _as_text(head))
    declared = "<?xml" in _as_text(head)[:100].lower()
    expected = _ENDINGS.get(intake.suffix)
    if expected in ("jsonl", "csv"):
        return expected
    if _HTML.match(text):
        return "html"
    if (root := _XML_ROOT.match(text)) and (declared or root[1].rpartition(":")[2] in ("TEI", "TEI.2", "teiCorpus")):
        return "html" if root[1].rpartition(":")[2].lower() == "html" else "xml"
    if text.startswith("<!DOCTYPE") and declared:
        return "xml"
    if _first_line_is_object(text):
        return "jsonl"
    if intake.suffix in _NOT_READ:
        raise VerbaleError("file-type", path=intake.path, kind=_NOT_READ[intake.suffix])
    if expected in ("pdf", "docx", "parquet"):  # a text with a wrong ending
        return "text"
    return expected or "text"


def _first_line_is_object(text: str) -> bool:
    line, _, rest = text.partition("\n")
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # The first row may be longer than the part that was looked at: then a key is all that can be seen of it.
        return not rest and re.match(r'\{\s*"[^"\n]{1,80}"\s*:', line) is not None


def _as_text(head: bytes) -> str:
    codec = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return head.decode(codec, "replace").lstrip("\ufeff")


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head


def _shows_markup(head: bytes) -> bool:
    return _HTML.match(_LEADING.sub("", _as_text(head))) is not None
