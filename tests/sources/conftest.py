"""Files of every format, built in code: what a reader is tested on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from verbale.core import Document, Rejection, Settings
from verbale.sources import read

ENGLISH = (
    "The government of the northern kingdom sent a note to its neighbour, in which it asked for the return of the two islands. "
    "The neighbour refused to answer, and its army moved to the border. In the spring of the next year the two states signed a "
    "treaty in the presence of the other powers."
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file into the test's folder and return its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write_file


def _one_document(path: Path, *, settings: Settings | None = None) -> Document:
    """Read a path that must give one document."""
    results = list(read(path, settings=settings))
    assert len(results) == 1, results
    assert isinstance(results[0], Document), results[0]
    return results[0]


def _one_rejection(path: Path, *, settings: Settings | None = None) -> Rejection:
    """Read a path that must give one rejection."""
    results = list(read(path, settings=settings))
    assert len(results) == 1, results
    assert isinstance(results[0], Rejection), results[0]
    return results[0]


def _shown(document: Document) -> list[tuple[str, str]]:
    """Return a document's blocks as kind and words."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def _pdf_bytes(pages: Sequence[Sequence[str]], *, info: str = "", trailer: str = "") -> bytes:
    """Write a PDF by hand: a page for each list of lines, set in Helvetica; `info` fills the information dictionary."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, lines in enumerate(pages):
        shown_lines = " T* ".join(f"({line.translate({40: None, 41: None, 92: None})}) Tj" for line in lines)
        content = f"BT /F1 11 Tf 72 760 Td 14 TL {shown_lines} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    out = "%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    )
    return out.encode("latin-1")


def _docx_bytes(build: Callable[[docx.document.Document], None]) -> bytes:
    """Build a DOCX file with python-docx."""
    word = docx.Document()
    build(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """Return a ZIP archive with one part replaced or added, or taken out where there is no content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def one() -> Callable[..., Document]:
    """Read a path that must give one document."""
    return _one_document


@pytest.fixture
def refused() -> Callable[..., Rejection]:
    """Read a path that must give one rejection."""
    return _one_rejection


@pytest.fixture
def shown() -> Callable[[Document], list[tuple[str, str]]]:
    """Return a document's blocks as kind and words."""
    return _shown


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Write a PDF by hand."""
    return _pdf_bytes


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Build a DOCX file."""
    return _docx_bytes


@pytest.fixture
def with_part() -> Callable[[bytes, str, bytes | None], bytes]:
    """Replace a part of a ZIP archive, or take it out (None)."""
    return _with_part


@pytest.fixture
def english() -> str:
    """A paragraph of English long enough for its language to be told."""
    return ENGLISH


@pytest.fixture
def shared() -> Path:
    """The folder of shared texts; a test that needs it is skipped where it is missing."""
    folder = Path(__file__).parents[3] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared with the texts to try on is not here")
    return folder
