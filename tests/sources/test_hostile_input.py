"""Input that is missing, broken or meant to harm: each ends in a rejection that says why, and the rest is read all the same."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NoReturn

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.word_notes import RELATION, W, add_notes, refer

from verbale.core import Document, Rejection, Settings, VerbaleError
from verbale.sources import READERS, find_files, read, reader
from verbale.sources.intake import Intake

Write = Callable[[str, str | bytes], Path]
One = Callable[..., Document]
Refused = Callable[..., Rejection]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
ENTITIES = '<!DOCTYPE TEI [<!ENTITY a "war"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.txt", b"", "file-empty", "holds no text; remove it"),
        ("blank.md", b" \n\n\t", "file-empty", "holds no text"),
        ("digits.txt", b"1 2 3", "file-no-text", "it has no letters"),
        ("picture.png", PNG, "file-type", "is a picture (PNG), which is not read; save it as text"),
        ("picture.txt", PNG, "file-type", "is a picture (PNG)"),
        ("program.exe", b"MZ\x90\x00" + b"\x00" * 60, "file-type", "is a program (Windows)"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60, "file-type", "is an old Office file"),
        ("note.rtf", b"{\\rtf1 The king attacked.}", "file-type", "is RTF"),
        ("data.json", b'{"a":\n 1}', "file-type", "is JSON, but not JSON lines"),
        ("nul.txt", b"The king attacked\x00\x00 the port.", "file-binary", "it has NUL bytes"),
        ("nul.html", b"<html><body><p>The king\x00 attacked.</p></body></html>", "file-binary", "it has NUL bytes"),
        ("control.txt", b"\x01\x02\x03\x04 king \x05\x06", "file-binary", "full of control characters"),
        ("fake.docx", b"PK\x03\x04" + b"\x01" * 60, "file-broken", "is damaged or no valid DOCX"),
        ("fake.parquet", b"PAR1" + b"\x01" * 60, "file-broken", "is damaged or no valid Parquet"),
        ("fake.pdf", b"\x00\x01\x02\x03" * 30, "file-broken", "is damaged or no valid PDF"),
        ("broken.xml", b"<?xml version='1.0'?><TEI><p>War</TEI>", "file-broken", "is damaged or no valid XML"),
        ("feed.xml", b"<?xml version='1.0'?><rss><p>War</p></rss>", "xml-not-tei", "not TEI (its root is rss); convert it"),
        ("bomb.xml", f"<?xml version='1.0'?>{ENTITIES}<TEI><p>&b;</p></TEI>".encode(), "xml-declarations", "declares entities"),
        (
            "bomb16.xml",
            f"<?xml version='1.0'?>{ENTITIES}<TEI><p>&b;</p></TEI>".encode("utf-16"),
            "xml-declarations",
            "entities",
        ),
        (
            "theft.xml",
            b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><p>&x;</p></TEI>',
            "xml-declarations",
            "resolve the entities and save it as plain XML",
        ),
        (
            "loose.xml",
            b'<?xml version="1.0"?><!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd"><TEI><p>War &mdash; peace.</p></TEI>',
            "xml-declarations",
            "a reference to an entity that the file does not hold",
        ),
        ("deep.xml", b"<TEI>" + b"<div>" * 5000 + b"war" + b"</div>" * 5000 + b"</TEI>", "markup-too-deep", "save its text as"),
        ("deep.html", b"<html><body>" + b"<div>" * 9000 + b"war", "markup-too-deep", "allowed are 200 levels"),
        ("tag.html", b"<html><body><p " + b"a " * 200_000 + b">war</p>", "markup-too-deep", "attributes in one tag"),
        ("wide.html", b"<html><body>" + b"<p>war</p>" * 50_001, "markup-too-deep", "over 50,000 elements"),
        ("nothing.html", b"<html><head><title>War</title></head><body></body></html>", "file-no-text", "no main text"),
        (
            "cut.txt.gz",
            gzip.compress(b"The king attacked.", mtime=0)[:-9],
            "file-broken",
            "no valid gzip",
        ),  # no time in the name of the test
    ],
)
def test_refused_with_its_reason(name: str, content: bytes, code: str, said: str, write: Write, refused: Refused) -> None:
    rejection = refused(write(name, content))
    assert rejection.code == code, rejection.reason
    assert said in rejection.reason
    assert name in rejection.reason


def test_dtd_that_is_only_named_is_not_loaded(write: Write, one: One) -> None:
    stolen = write("secret.dtd", '<!ENTITY secret "stolen">')
    text = f'<?xml version="1.0"?><!DOCTYPE TEI SYSTEM "{stolen}"><TEI><text><p>The king attacked.</p></text></TEI>'
    assert one(write("named.xml", text)).text == "The king attacked."


def test_ids_that_occur_twice_lose_no_text(write: Write) -> None:
    divisions = "".join(f'<div xml:id="a"><head>War {number}</head><p>It came.</p></div>' for number in (1, 2))
    names = [
        result.name
        for result in read(write("twice.xml", f"<TEI><text>{divisions}</text></TEI>"))
        if isinstance(result, Document)
    ]
    assert names == ["twice#a", "twice#a-2"]


def zip_of(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_other_archives_are_no_word_files(write: Write, refused: Refused) -> None:
    assert "is a ZIP archive or another Office file" in refused(write("texts.zip", zip_of(a=b"war"))).reason


def test_archive_that_declares_too_much(write: Write, refused: Refused) -> None:
    bomb = zip_of(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"0" * 3_000_000})
    rejection = refused(write("bomb.docx", bomb), settings=Settings(max_unpacked_bytes=1_000_000))
    assert rejection.code == "archive-too-large"
    assert "unpacks to more than the limit (2.9 MB in 2 parts; allowed are 1,000,000 bytes)" in rejection.reason


def test_archive_that_lies_about_its_size(write: Write, refused: Refused) -> None:
    bomb = bytearray(zip_of(**{"word/document.xml": b"0" * 3_000_000}))
    struct.pack_into("<I", bomb, bomb.rfind(b"PK\x01\x02") + 24, 1000)
    rejection = refused(write("liar.docx", bytes(bomb)), settings=Settings(max_unpacked_bytes=1_000_000))
    assert rejection.code in {"file-broken", "archive-too-large"}


def test_word_with_entities_or_deep_nesting(
    write: Write, refused: Refused, word: Callable[..., bytes], with_part: Callable[[bytes, str, bytes], bytes]
) -> None:
    plain = word(lambda made: made.add_paragraph("The king attacked."))
    entities = with_part(plain, "word/document.xml", b'<!DOCTYPE w [<!ENTITY a "war">]><w>&a;</w>')
    assert refused(write("entities.docx", entities)).code == "xml-declarations"
    deep = with_part(plain, "word/document.xml", b"<w>" * 5000 + b"</w>" * 5000)
    assert refused(write("deep.docx", deep)).code == "markup-too-deep"


def noted(made: Any, kind: str) -> None:
    """Write one sentence and the note to which its mark leads."""
    refer(made.add_paragraph("The king attacked."), 1, kind=kind)
    add_notes(made, {1: "A letter of the consul."}, kind=kind)


def notes_part(kind: str, content: str, *, prolog: str = "") -> bytes:
    """Return the part of a Word file that holds its notes, with this content."""
    return f'{prolog}<w:{kind}s xmlns:w="{W}">{content}</w:{kind}s>'.encode()


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(
    ("prolog", "content", "code", "said"),
    [
        (
            '<!DOCTYPE w [<!ENTITY a "war"><!ENTITY b "&a;&a;&a;&a;">]>',
            '<w:{kind} w:id="1"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:{kind}>',
            "xml-declarations",
            "its DOCTYPE declares entities",
        ),
        (
            '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<w:{kind} w:id="1"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:{kind}>',
            "xml-declarations",
            "resolve the entities and save it as plain XML",
        ),
        ("", "<w:{kind}>", "file-broken", "is damaged or no valid XML"),
        ("", "<w:p>" * 5000 + "</w:p>" * 5000, "markup-too-deep", "allowed are 200 levels"),
    ],
    ids=["entities", "theft", "cut", "deep"],
)
def test_word_with_hostile_notes(
    kind: str, prolog: str, content: str, code: str, said: str, write: Write, refused: Refused,
    word: Callable[..., bytes], with_part: Callable[[bytes, str, bytes], bytes],
) -> None:  # fmt: skip
    part = notes_part(kind, content.replace("{kind}", kind), prolog=prolog)
    rejection = refused(write("noted.docx", with_part(word(lambda made: noted(made, kind)), f"word/{kind}s.xml", part)))
    assert rejection.code == code, rejection.reason
    assert said in rejection.reason


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_word_whose_part_of_notes_is_empty_or_gone(
    kind: str, write: Write, refused: Refused, word: Callable[..., bytes],
    with_part: Callable[[bytes, str, bytes | None], bytes],
) -> None:  # fmt: skip
    whole = word(lambda made: noted(made, kind))
    for content in (b"", None):
        rejection = refused(write("noted.docx", with_part(whole, f"word/{kind}s.xml", content)))
        assert rejection.code == "file-broken", rejection.reason
        assert "is damaged or no valid DOCX" in rejection.reason


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(
    "content",
    ["", '<w:{kind} w:id="9"><w:p><w:r><w:t>Diary.</w:t></w:r></w:p></w:{kind}>', '<w:{kind} w:id="1"><w:p/></w:{kind}>'],
    ids=["no notes", "another note", "an empty note"],
)
def test_word_mark_whose_note_is_gone_keeps_its_text(
    kind: str, content: str, write: Write, one: One, word: Callable[..., bytes], with_part: Callable[[bytes, str, bytes], bytes]
) -> None:
    part = notes_part(kind, content.replace("{kind}", kind))
    document = one(write("noted.docx", with_part(word(lambda made: noted(made, kind)), f"word/{kind}s.xml", part)))
    assert document.text == "The king attacked.[^1]"


def test_word_notes_of_another_name_resolve_no_entities(write: Write, one: One, word: Callable[..., bytes]) -> None:
    secret = write("secret.txt", "stolen")
    content = '<w:footnote w:id="1"><w:p><w:r><w:t>Seen: &a;.</w:t></w:r></w:p></w:footnote>'
    part = notes_part("footnote", content, prolog=f'<!DOCTYPE w [<!ENTITY a SYSTEM "file://{secret}">]>')

    def build(made: Any) -> None:
        refer(made.add_paragraph("The king attacked."), 1)
        hidden = Part(PackURI("/word/notes.bin"), "application/octet-stream", part, made.part.package)
        made.part.relate_to(hidden, f"{RELATION}/footnotes")

    assert "stolen" not in one(write("hidden.docx", word(build))).text


def test_file_beyond_the_limit_is_not_read(write: Write, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("long.txt", b"war " * 1000)
    with path.open("r+b") as file:
        file.truncate(200 * 1024 * 1024)  # a sparse file: one line of 200 MB

    taken: list[int] = []

    def take(_: Intake, stream: IO[bytes], size: int) -> bytes:
        taken.append(size)
        return stream.read(min(size, 4096))

    monkeypatch.setattr(Intake, "_take", take)
    rejection = refused(path)
    assert rejection.code == "file-too-large"
    assert "is larger than the limit (200.0 MB; allowed are 100.0 MB); divide it" in rejection.reason
    assert max(taken) <= 4096


def test_unpacked_text_beyond_the_limit(write: Write, refused: Refused) -> None:
    rejection = refused(write("bomb.txt.gz", gzip.compress(b"war " * 100_000)), settings=Settings(max_file_bytes=10_000))
    assert rejection.code == "archive-too-large"


def test_document_beyond_the_limit(write: Write, refused: Refused) -> None:
    rejection = refused(write("long.txt", "The king attacked. " * 100), settings=Settings(max_document_characters=1000))
    assert "has 1,900 characters of text; allowed are 1,000; divide it" in rejection.reason


def test_pages_beyond_the_limit(write: Write, refused: Refused, pdf: Callable[..., bytes]) -> None:
    rejection = refused(write("long.pdf", pdf([["War"]] * 3)), settings=Settings(max_pdf_pages=2))
    assert "(3 pages; allowed are 2 pages)" in rejection.reason


def test_missing_files_and_patterns(tmp_path: Path) -> None:
    results = list(read([tmp_path / "none.txt", str(tmp_path / "*.pdf"), "a\x00b"]))
    assert [result.code for result in results if isinstance(result, Rejection)] == ["file-missing"] * 3
    assert "there is no file or folder at" in str(results[0])


def test_folders_are_read_in_order_without_hidden_files(write: Write, tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", ".hidden/no.txt", "b/.no.txt", "c.txt"):
        write(name, "The king attacked.")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    results = list(read(tmp_path))
    assert [result.name for result in results if isinstance(result, Document)] == ["one", "two", "c"] == [
        Path(str(result.path)).stem for result in results
    ]  # fmt: skip


def test_file_named_twice_is_read_once(write: Write, tmp_path: Path) -> None:
    path = write("a/one.txt", "The king attacked.")
    (tmp_path / "a" / "link.txt").symlink_to(path)
    assert len(list(read([tmp_path, path, str(tmp_path / "**" / "*.txt"), str(tmp_path / "a*")]))) == 1


def test_empty_folder(tmp_path: Path) -> None:
    (only,) = find_files([tmp_path])
    assert isinstance(only, Rejection)
    assert "holds no files" in only.reason


def test_links_to_nothing_and_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert [result.code for result in read(tmp_path) if isinstance(result, Rejection)] == ["file-missing"] * 2


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    results = list(read([tmp_path / "pipe.txt", "/dev/zero"]))
    assert [result.reason.split(" is ")[1][:12] for result in results if isinstance(result, Rejection)] == [
        "a named pipe",
        "a device, no",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(write: Write, refused: Refused) -> None:
    path = write("closed.txt", "The king attacked.")
    path.chmod(0)
    assert refused(path).code == "file-permission"


def test_permission_error_is_told(write: Write, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "denied")

    path = write("closed.txt", "The king attacked.")
    monkeypatch.setattr(Path, "open", deny)
    assert "may not be read by you; change its permissions" in refused(path).reason


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    raw = os.path.join(os.fsencode(tmp_path), b"\xff\xfe.txt")
    with open(raw, "wb") as file:
        file.write(b"The king attacked.")
    (document,) = read(tmp_path)
    assert isinstance(document, Document)
    assert document.name == "\\xff\\xfe"
    str(document.path).encode("utf-8")


def test_fault_of_a_library_ends_as_a_rejection(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(intake: Any) -> NoReturn:
        raise RecursionError("too deep for me")

    first, second = write("a.md", "The king attacked."), write("b.txt", "The king attacked.")
    monkeypatch.setitem(READERS, "markdown", fail)
    results = list(read([first, second]))
    assert isinstance(results[0], Rejection)
    assert "could not be read (RecursionError: too deep for me); save it in another format" in results[0].reason
    assert isinstance(results[1], Document)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def feed(data: bytes) -> list[Document | Rejection]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return list(read("-", settings=Settings(max_file_bytes=100)))

    (plain,) = feed(b"The king attacked.")
    assert isinstance(plain, Document)
    assert (plain.name, plain.path) == ("stdin", "-")
    assert [type(result) for result in feed(b'{"text": "War."}\n{"text": "Peace."}\n')] == [Document, Document]
    (rejection,) = feed(b"war " * 100)
    assert isinstance(rejection, Rejection)
    assert rejection.code == "file-too-large"


def test_format_can_be_said(write: Write) -> None:
    path = write("rows", "id,text\n7,The king attacked.\n")
    assert [result.name for result in read(path, format="csv") if isinstance(result, Document)] == ["7"]
    with pytest.raises(VerbaleError, match="no format is called 'word'; choose one of text, markdown"):
        read(path, format="word")


def test_nothing_is_fetched(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, english: str) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    link = '<link rel="canonical" href="http://x.test/"><link rel="stylesheet" href="http://x.test/a.css">'
    write(
        "page.html",
        f'<html><head>{link}</head><body><article><p>{english}<img src="http://x.test/a.png"></p></article></body></html>',
    )
    write(
        "a.xml",
        '<?xml version="1.0"?><!DOCTYPE TEI SYSTEM "http://x.test/t.dtd"><TEI><text><p>The king attacked.</p></text></TEI>',
    )
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://x.test/b.xml"/>'
    write("b.xml", f"<TEI><text><p>The king attacked.</p>{include}</text></TEI>")
    write("c.md", "![map](http://x.test/map.png) The king attacked.")
    assert [type(result) for result in read(tmp_path)] == [Document] * 4


@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ".xml", ".jsonl", ".csv", ".parquet", ""]),
)
def test_any_bytes_end_in_documents_or_rejections(data: bytes, suffix: str) -> None:
    results = list(reader._read_one(Intake("x" + suffix, "x", suffix, Settings(), data=data), None))
    assert results
    for result in results:
        assert isinstance(result, (Document, Rejection))
        json.dumps(result.reason if isinstance(result, Rejection) else result.text).encode("utf-8")


def test_what_verbale_itself_wrote_is_no_document(write: Write, refused: Refused, tmp_path: Path, english: str) -> None:
    page = (
        f'<!doctype html><html><head><meta name="generator" content="Verbale 0.1.0"></head><body><p>{english}</p></body></html>'
    )
    assert "is a page that Verbale wrote" in refused(write("old.html", page)).reason
    database = b"12345678DUCK" + bytes(100)
    assert "is a DuckDB database, which is not read" in refused(write("old.duckdb", database)).reason
    kept = write("note.txt", english)
    left_out = [tmp_path / "old.html", tmp_path / "old.duckdb"]
    results = list(read(tmp_path, leave_out=left_out))
    assert [getattr(result, "path", None) for result in results] == [str(kept)]
