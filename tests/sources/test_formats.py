"""Web pages, PDF, Word and TEI: what is text and what is not, what is told of the document, and which reader a file gets."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.sources.word_notes import add_notes, refer

from verbale.core import Document, Rejection
from verbale.sources import read

Write = Callable[[str, str | bytes], Path]
One = Callable[..., Document]
Refused = Callable[..., Rejection]
Shown = Callable[[Document], list[tuple[str, str]]]

FRUS = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="vol1">
<teiHeader><fileDesc><titleStmt><title type="complete">Foreign Papers, 1969, Volume I</title>
<title type="short">I</title></titleStmt>
<publicationStmt><date when="2003">2003</date></publicationStmt></fileDesc></teiHeader>
<text><front><div type="section" xml:id="preface"><head>Preface</head><p>This volume is part of a series.</p></div></front>
<body><div type="chapter" xml:id="ch1"><head>The River</head>
<div type="document" xml:id="d1" n="1" frus:doc-dateTime-min="1969-01-20T00:00:00-05:00">
<head>1. Memorandum of Conversation<note n="1" type="source">Source: an archive.</note></head>
<opener><dateline><placeName>Northport</placeName>, <date when="1969-01-21">January 21, 1969</date>.</dateline></opener>
<list><head>PARTICIPANTS</head><item>The Minister</item><item>The Envoy</item></list>
<p>The Envoy said that his
   government<note n="2">Not printed.</note> would <hi>not</hi> withdraw.<pb n="2"/> The Minister regretted this.</p>
<closer><signed>The Envoy</signed></closer></div>
<div type="document" xml:id="d2" n="2" frus:doc-dateTime-min="1969-02-03T00:00:00-05:00"><head>2. Editorial Note</head>
<p>On February 3 the talks went on.</p><quote><dateline><date when="1950-01-01">1950</date></dateline></quote></div>
</div></body></text></TEI>"""

ESSAYS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Chapters</title></titleStmt></fileDesc></teiHeader>
<text><front><div xml:id="foreword"><head>Foreword</head><p>Of kings.</p></div></front>
<body><div xml:id="part"><head>Part</head><p>An introduction to the part.</p>
<div xml:id="one"><head>The <date from="1804">first</date> war</head><p>The king went to war.</p>
<figure><graphic url="x.jpg"/><head>The king on his horse</head></figure>
<p>He lost <figure><head>A map</head></figure>it.</p></div>
<div><head>The second war</head><p>He won it.</p></div></div>
<div xml:id="bare"><head>A head alone</head></div></body></text></TEI>"""


def page(english: str) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The river crisis | The Courier</title>
<meta name="author" content="Ann Writer"><meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2014-03-05T08:00:00Z"><script>var menu = "hidden";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<main><article><h1>The river crisis</h1><p>{english}</p><h2>What the envoy said</h2><p>{english.replace("north", "south")}</p>
<ul><li>First demand of the note</li><li>Second demand of the note</li></ul></article></main>
<aside><h3>Most read</h3><ul><li><a href="/x">France attacked Spain, a reader writes</a></li></ul></aside>
<footer><p>© 2021 The Courier. All rights reserved.</p></footer></body></html>"""


def test_web_page_without_its_frame(write: Write, one: One, shown: Shown, english: str) -> None:
    document = one(write("page.html", page(english)))
    assert (document.title, document.author, document.source, document.date, document.format) == (
        "The river crisis", "Ann Writer", "The Courier", "2014-03-05", "html",
    )  # fmt: skip
    assert shown(document) == [
        ("heading", "The river crisis"), ("paragraph", english), ("heading", "What the envoy said"),
        ("paragraph", english.replace("north", "south")), ("list_item", "First demand of the note"),
        ("list_item", "Second demand of the note"),
    ]  # fmt: skip


RAISED = [
    ("page.html", "<html><body><article><p>The treaty<sup>1</sup> of the 19<sup>th</sup> century gave away 30 km<sup>2</sup> "
     "of land.<sup><a href='#n2'>2,3</a></sup> The envoys then went home.</p></article></body></html>"),
    ("note.md", "The treaty^1^ of the 19<sup>th</sup> century gave away 30 km<sup>2</sup> of land.<sup>2,3</sup> The envoys "
     "then went home."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), RAISED)
def test_raised_figures_are_kept_as_raised_ones(name: str, text: str, write: Write, one: One) -> None:
    kept = "The treaty¹ of the 19th century gave away 30 km² of land.²,³ The envoys then went home."
    assert one(write(name, text)).text == kept


def test_a_note_of_markdown_that_is_an_address_is_kept(write: Write, one: One) -> None:
    document = one(write("note.md", "The treaty was signed.[^1]\n\n[^1]: https://example.org/treaty\n"))
    assert document.text == "The treaty was signed.[^1]\n\n[^1]: https://example.org/treaty"


def test_short_web_page_keeps_its_blocks(write: Write, one: One, shown: Shown) -> None:
    html = "<html><body><h1>War</h1><p>The king attacked<br>\nwith all\nhis Guards.<br><br>Then peace came.</p></body></html>"
    assert shown(one(write("short.html", html)))[-2:] == [
        ("paragraph", "The king attacked with all his Guards."),
        ("paragraph", "Then peace came."),
    ]


def test_web_page_in_a_declared_encoding(write: Write, one: One, english: str) -> None:
    html = page(english.replace("envoy", "Señor Peña’s")).replace("utf-8", "windows-1252").encode("cp1252")
    assert one(write("page.htm", html)).text.count("\ufffd") == 0


def test_year_of_a_copyright_notice_is_no_date(write: Write, one: One, english: str) -> None:
    html = page(english).replace('<meta property="article:published_time" content="2014-03-05T08:00:00Z">', "")
    assert one(write("page.html", html)).date is None


def test_web_page_of_the_shared_folder(shared: Path, one: One, shown: Shown) -> None:
    document = one(shared / "articles" / "iran-russia-part1.html")
    for outside in ("Most read", "Archive", "Joomla", "All Rights Reserved", "1823", "Prev"):
        assert outside not in document.text
    assert "Mirkooshesh" in (document.author or "")
    assert document.date is None
    plain = one(shared / "articles" / "iran-russia-part1.txt")
    words = {words for _, words in shown(document)}
    assert sum(1 for block in shown(plain) if block[1] in words) >= len(plain.blocks) - 3


def test_pdf_paragraphs_headings_and_running_lines(write: Write, one: One, shown: Shown, pdf: Callable[..., bytes]) -> None:
    body = [
        "The two governments met in the old capital in the spring, and after nine weeks of",
        "talks they agreed on a line that would part their troops until a commission had",
        "drawn the border. The press called it a success, and so did both of the govern-",
        "ments that had signed.",
    ]
    other = [
        "The commission of the neutral powers never came. One of its three members died on",
        "the long voyage, and his own government named nobody in his place before the guns",
        "were heard again.",
    ]
    pages = [
        ["Annals of the River, vol. 3", "The Talks", *body, "12"],
        ["Annals of the River, vol. 3", *other[:2], "13"],
        ["Annals of the River, vol. 3", *other[2:], "What came of it", *other, "14"],
    ]
    second = " ".join(other)
    info = "/Title (The River) /Author (Ann Writer) /CreationDate (D:20140305120000Z)"
    document = one(write("paper.pdf", pdf(pages, info=info)))
    first = " ".join(body).replace("govern- ", "govern")
    assert shown(document) == [
        ("heading", "The Talks"), ("paragraph", first), ("paragraph", second), ("heading", "What came of it"),
        ("paragraph", second),
    ]  # fmt: skip
    assert (document.title, document.author, document.date, document.format) == ("The River", "Ann Writer", "2014-03-05", "pdf")


def test_pdf_is_told_by_its_content(write: Write, one: One, pdf: Callable[..., bytes]) -> None:
    assert one(write("paper.txt", pdf([["The king attacked the port."]]))).format == "pdf"


def test_pdf_with_a_password(write: Write, refused: Refused, pdf: Callable[..., bytes]) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The king attacked the port."]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    rejection = refused(write("locked.pdf", out.getvalue()))
    assert rejection.code == "file-protected"
    assert "is protected with a password; remove the protection" in rejection.reason


def test_pdf_that_only_forbids_editing_is_read(write: Write, one: One, pdf: Callable[..., bytes]) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The king attacked the port."]])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert one(write("open.pdf", out.getvalue())).text == "The king attacked the port."


def test_scanned_and_broken_pdf(write: Write, refused: Refused, pdf: Callable[..., bytes]) -> None:
    scanned = refused(write("scan.pdf", pdf([[], []])))
    assert scanned.code == "file-no-text"
    assert "a scanned page needs text recognition first" in scanned.reason
    broken = refused(write("broken.pdf", b"%PDF-1.7\n" + b"\x93\x01 not a pdf " * 40))
    assert broken.code == "file-broken"
    assert "is damaged or no valid PDF" in broken.reason


def build_word(word: Any) -> None:
    word.core_properties.title, word.core_properties.author = "The River", "Ann Writer"
    word.add_heading("The talks", 1)
    word.add_paragraph("LONDON, 3 March 1939 (Wire) - The cabinet met.")
    paragraph = word.add_paragraph("The king ")
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.add_run("attacked")._r)
    paragraph._p.append(inserted)
    deleted = OxmlElement("w:del")
    gone = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = "did not attack"
    gone.append(words)
    deleted.append(gone)
    paragraph._p.append(deleted)
    paragraph.add_run(" the port.")
    word.add_paragraph("first demand", style="List Bullet")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "north", "The north sent ships."
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    moved = word.add_paragraph("Inside a control.")._p
    control.append(content)
    content.append(moved)
    word.element.body.insert(0, control)
    assert moved.tag == qn("w:p")


def test_word(write: Write, one: One, shown: Shown, word: Callable[..., bytes]) -> None:
    document = one(write("talks.docx", word(build_word)))
    assert shown(document) == [
        ("paragraph", "Inside a control."), ("heading", "The talks"), ("dateline", "LONDON, 3 March 1939 (Wire) -"),
        ("paragraph", "The cabinet met."), ("paragraph", "The king attacked the port."), ("list_item", "first demand"),
        ("table", "north"), ("table", "The north sent ships."),
    ]  # fmt: skip
    assert (document.title, document.author, document.date, document.place) == (
        "The River",
        "Ann Writer",
        "1939-03-03",
        "LONDON",
    )


def build_noted(word: Any) -> None:
    paragraph = word.add_paragraph("The king attacked.")
    refer(paragraph, 7)
    paragraph.add_run(" The port burned.")
    refer(paragraph, 2, kind="endnote")
    refer(word.add_paragraph("The queen fled."), 3)
    add_notes(word, {3: "Diary, 4 May.|It is lost.", 7: "Letter of the consul."})
    add_notes(word, {2: "Port book."}, kind="endnote")


def test_word_notes_stand_behind_the_text_in_the_order_of_their_marks(
    write: Write, one: One, shown: Shown, word: Callable[..., bytes]
) -> None:
    assert shown(one(write("noted.docx", word(build_noted)))) == [
        ("paragraph", "The king attacked.[^1] The port burned.[^2]"), ("paragraph", "The queen fled.[^3]"),
        ("paragraph", "[^1]: Letter of the consul."), ("paragraph", "[^2]: Port book."),
        ("paragraph", "[^3]: Diary, 4 May. It is lost."),
    ]  # fmt: skip


def build_shared(word: Any) -> None:
    paragraph = word.add_paragraph("The king attacked.")
    refer(paragraph, 4)
    paragraph.add_run(" The port burned.")
    refer(paragraph, 4, kind="endnote")
    again = word.add_paragraph("The queen fled.")
    refer(again, 4)
    refer(again, 5)
    add_notes(word, {4: "Letter of the consul.", 5: "Diary, 4 May."})
    add_notes(word, {4: "Port book."}, kind="endnote")


def test_word_marks_that_share_a_note_have_its_number_and_it_stands_once(
    write: Write, one: One, shown: Shown, word: Callable[..., bytes]
) -> None:
    assert shown(one(write("shared.docx", word(build_shared)))) == [
        ("paragraph", "The king attacked.[^1] The port burned.[^2]"), ("paragraph", "The queen fled.[^1][^3]"),
        ("paragraph", "[^1]: Letter of the consul."), ("paragraph", "[^2]: Port book."), ("paragraph", "[^3]: Diary, 4 May."),
    ]  # fmt: skip


def test_a_mark_whose_note_is_gone_is_kept(write: Write, one: One, shown: Shown, word: Callable[..., bytes]) -> None:
    document = one(write("lost.docx", word(lambda made: refer(made.add_paragraph("The king attacked the port."), 1))))
    assert shown(document) == [("paragraph", "The king attacked the port.[^1]")]


def test_word_without_its_ending(write: Write, one: One, word: Callable[..., bytes]) -> None:
    assert one(write("talks", word(lambda made: made.add_paragraph("The king attacked.")))).format == "docx"


def test_foreign_relations_volume(write: Write, shown: Shown) -> None:
    first, second = list(read(write("vol1.xml", FRUS)))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.date, first.place, first.title, first.source) == (
        "vol1#d1", "1969-01-21", "Northport", "1. Memorandum of Conversation", "Foreign Papers, 1969, Volume I",
    )  # fmt: skip
    assert shown(first) == [
        ("heading", "1. Memorandum of Conversation"), ("paragraph", "Source: an archive."),
        ("dateline", "Northport, January 21, 1969."), ("heading", "PARTICIPANTS"), ("list_item", "The Minister"),
        ("list_item", "The Envoy"),
        ("paragraph", "The Envoy said that his government would not withdraw. The Minister regretted this."),
        ("paragraph", "Not printed."), ("paragraph", "The Envoy"),
    ]  # fmt: skip
    assert (second.name, second.date) == ("vol1#d2", "1969-02-03")


def test_essays_of_other_tei(write: Write, shown: Shown) -> None:
    documents = [result for result in read(write("book.xml", ESSAYS)) if isinstance(result, Document)]
    assert [document.name for document in documents] == ["book#foreword", "book#part", "book#one", "book#4"]
    assert documents[1].text == "Part\n\nAn introduction to the part."
    assert shown(documents[2]) == [
        ("heading", "The first war"), ("paragraph", "The king went to war."), ("paragraph", "The king on his horse"),
        ("paragraph", "He lost it."), ("paragraph", "A map"),
    ]  # fmt: skip
    assert [document.date for document in documents] == [None] * 4


def test_tei_without_divisions_is_one_document(write: Write, one: One) -> None:
    document = one(write("letter.xml", "<TEI><text><body><p>Sir,</p><p>The port has fallen.</p></body></text></TEI>"))
    assert (document.name, document.text) == ("letter", "Sir,\n\nThe port has fallen.")


def test_every_essay_of_the_shared_folder_once(shared: Path) -> None:
    folder = shared / "articles" / "milestones"
    results = list(read(folder))
    documents = [result for result in results if isinstance(result, Document)]
    assert len(results) == len(documents) == 156
    assert len({document.document_id for document in documents}) == len({document.name for document in documents}) == 156
    assert len({document.path for document in documents}) == 14
    assert all(document.title and any(block.kind == "paragraph" for block in document.blocks) for document in documents)
    words = sum(len(document.text.split()) for document in documents)
    source = sum(
        len(re.sub(r"<[^>]+>", "", file.read_text("utf-8").split("</teiHeader>")[1]).split()) for file in folder.glob("*.xml")
    )
    assert 0.995 < words / source < 1.005


@pytest.mark.parametrize("name", ["page.txt", "page", "page.pdf", "page.xml"])
def test_web_page_is_told_by_its_content(name: str, write: Write, one: One, english: str) -> None:
    assert one(write(name, page(english))).format == "html"


def test_text_with_a_wrong_ending(write: Write, one: One) -> None:
    assert one(write("note.pdf", "The king attacked the port.")).format == "text"


def test_english_full_of_foreign_names_is_english(write: Write, one: One) -> None:
    text = (
        "Lavrov met Zarif and Araghchi in Dushanbe, and the Kazakh president Nazarbayev received Aliyev, Pashinyan and "
        "Berdimuhamedow at Astana. Velayati told the Majlis that Rouhani had refused the offer of Medvedev on "
        "Nagorno-Karabakh, and Wang Yi asked Khyber Pakhtunkhwa and Gilgit-Baltistan to open the road to Kashgar and Urumqi."
    )
    assert one(write("names.txt", text)).language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Le gouvernement a signé à Moscou un traité avec le gouvernement soviétique, et le ministre a quitté la ville. "
            * 3,
            "French",
        ),
        (
            "Die Regierung hat in Moskau einen Vertrag mit der sowjetischen Regierung geschlossen, der den Handel regelt. " * 3,
            "German",
        ),
        ("Правительство подписало договор о мире.", "one in another script"),
    ],
)
def test_other_languages_are_refused(text: str, language: str, write: Write, refused: Refused) -> None:
    rejection = refused(write("foreign.txt", text))
    assert rejection.code == "language-not-coded"
    assert f"(it seems to be {language}); translate it into English" in rejection.reason
