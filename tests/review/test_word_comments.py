"""Findings as Word comments: in the author's own file, whose words and formatting stay, and in a fresh one."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.word_notes import add_notes, refer

from verbale.app.flows.reviewing import review
from verbale.core import Block, CheckInfo, Document, Evidence, Finding, Ground, VerbaleError
from verbale.parse.parser import OWN_MODEL
from verbale.report import ReviewData, mark_word, review_word
from verbale.sources import open_word, read

CHECK = CheckInfo("loaded-language", "note", "Judging words", "A reason.")
needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")


def make_file(path: Path) -> Path:
    """A file as authors make them: a heading, runs cut anywhere, a link, an insertion, a deletion, a table, spaces, a tab."""
    word = docx.Document()
    word.add_heading("The  Harbour\u00ad Question", level=1)
    paragraph = word.add_paragraph("  The bra")
    paragraph.add_run("zen").bold = True
    paragraph.add_run("  note was\tsent").italic = True
    link = OxmlElement("w:hyperlink")
    link.append(paragraph.add_run(" back to Riga.")._r)
    paragraph._p.append(link)
    for tag, kind, text in (("w:ins", "w:t", " It came in 1931."), ("w:del", "w:delText", " It never came.")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(kind)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    word.add_table(1, 1).cell(0, 0).text = "A shameful table."
    word.add_paragraph("A second paragraph, which has a glorious end.")
    word.save(str(path))
    return path


def data_for(document: Document, *quotes: str) -> ReviewData:
    starts = [document.text.index(quote) for quote in quotes]
    findings = tuple(
        Finding("loaded-language", "note", Evidence("id", start, start + len(quote), quote), f"About {number}.")
        for number, (start, quote) in enumerate(zip(starts, quotes, strict=True))
    )
    return ReviewData(document, findings, (CHECK,))


def commented(content: bytes) -> dict[int, str]:
    """Return the words that each comment of a file marks, by the comment's number."""
    word = docx.Document(io.BytesIO(content))
    found = {comment.comment_id: "" for comment in word.comments}
    opened: set[int] = set()
    for element in word.element.body.iter():
        if element.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
            number = int(element.get(qn("w:id")))
            opened.symmetric_difference_update({number})
        elif element.tag in (qn("w:t"), qn("w:tab"), qn("w:br")):
            for number in opened:
                found[number] += element.text if element.tag == qn("w:t") else " "
    assert not opened
    return found


def read_one(path: Path) -> Document:
    (document,) = read(path)
    assert isinstance(document, Document)
    return document


def test_comments_mark_their_words_in_the_authors_file(tmp_path: Path) -> None:
    path = make_file(tmp_path / "harbour.docx")
    document = read_one(path)
    word, text, stretches = open_word(path)
    assert text == document.text
    quotes = (
        "Harbour",
        "Question",
        "The brazen note",
        "brazen",
        "zen note was sent",
        "Riga. It",
        "1931",
        "shameful",
        "glorious end",
    )
    marked = mark_word(data_for(document, *quotes), word, stretches)
    assert [" ".join(words.split()).replace("\u00ad", "") for words in commented(marked).values()] == list(quotes)
    # The file reads as it did, and what was bold or deleted still is.
    (tmp_path / "marked.docx").write_bytes(marked)
    assert read_one(tmp_path / "marked.docx").text == document.text
    after = docx.Document(io.BytesIO(marked))
    assert [run.text for run in after.paragraphs[1].runs if run.bold] == ["zen"]
    assert after.element.body.findall(f".//{qn('w:delText')}")[0].text == " It never came."


def noted_file(path: Path) -> Path:
    word = docx.Document()
    paragraph = word.add_paragraph("The envoy left Riga in 1931.")
    refer(paragraph, 1)
    paragraph.add_run(" The brazen note followed him.")
    refer(paragraph, 2)
    word.add_heading("References", level=1)
    word.add_paragraph("Kalnins, Janis. The Riga Notes. Riga: Osta, 1988.")
    add_notes(word, {1: "Kalnins, Riga Notes, 14.", 2: "A glorious end, thinks Kalnins, Riga Notes, 15."})
    word.save(str(path))
    return path


def test_a_comment_on_a_note_stands_at_its_mark(tmp_path: Path) -> None:
    path = noted_file(tmp_path / "noted.docx")
    document = read_one(path)
    word, text, stretches = open_word(path)
    assert text == document.text
    marked = mark_word(data_for(document, "1931.[^1]", "glorious", "him.[^2]", "[^2]: A"), word, stretches)
    assert list(commented(marked).values()) == ["1931.", "", "him.", ""]
    (tmp_path / "marked.docx").write_bytes(marked)
    assert read_one(tmp_path / "marked.docx").text == document.text
    for number in ("1", "3"):  # on the note's words: at the mark that leads to them
        body = docx.Document(io.BytesIO(marked)).element.body
        (start,) = (each for each in body.iter(qn("w:commentRangeStart")) if each.get(qn("w:id")) == number)
        run = next(each for each in start.itersiblings() if each.tag == qn("w:r"))
        assert run.find(qn("w:footnoteReference")).get(qn("w:id")) == "2"


@needs_model
def test_a_note_that_two_marks_share_is_no_repeated_passage(tmp_path: Path) -> None:
    word = docx.Document()
    for text in ("The envoy left Riga in 1931.", "The note followed him in the spring."):
        refer(word.add_paragraph(text), 1)
    add_notes(word, {1: "Kalnins, Riga Notes, 14, who tells at length what the envoy wrote from his hotel."})
    word.save(str(tmp_path / "shared.docx"))
    assert not review(tmp_path / "shared.docx", format="json", only=("duplicate-passage",)).findings


@needs_model
def test_notes_of_a_word_file_are_its_sources(tmp_path: Path) -> None:
    path = noted_file(tmp_path / "noted.docx")
    found = review(path, format="json", output=tmp_path / "review.json", only=("unsourced-claim", "uncited-reference"))
    assert not found.findings


def test_a_comment_says_what_was_found_and_on_what_it_rests(tmp_path: Path) -> None:
    document = Document("note", "Iran bought tanks in 2007.", (Block(0, 26),))
    ground = Ground("Order of 2007", dataset="sipri", edition="2024", line=7, agrees=("year: 2007",), differs=("what: boats",))
    about, tanks = Evidence("id", 0, 4, "Iran"), Evidence("id", 12, 17, "tanks")
    finding = Finding("claim", "warning", about, "Not so.\x0b", (tanks,), verdict="partly", grounds=(ground,), confidence=0.5)
    (comment,) = docx.Document(io.BytesIO(review_word(ReviewData(document, (finding,), ())))).comments
    assert (comment.author, comment.initials) == ("Verbale", "V")
    assert comment.text.split("\n") == [
        "claim (warning)",
        "Not so.",
        "Verdict: partly, confidence 0.50",
        "sipri 2024, line 7: Order of 2007. Agrees: year: 2007. Differs: what: boats.",
        "Beside: “tanks”",
    ]


WORDS = st.text(st.sampled_from("ab \t\n\u00ad\u2028\u00a0é𝔸"), max_size=6)


# A Word file takes long to make on a busy machine, so that fewer examples than usual are tried, and none is timed.
@settings(deadline=None, max_examples=40)
@given(parts=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3), data=st.data())
def test_any_span_of_any_file_is_marked(parts: list[list[str]], data: Any) -> None:
    word = docx.Document()
    for runs in parts:
        paragraph = word.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    paragraph.add_run("end")
    file = io.BytesIO()
    word.save(file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.docx"
        path.write_bytes(file.getvalue())
        opened, text, stretches = open_word(path)
        spans = []
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(text) - 1))
            spans.append((start, data.draw(st.integers(start + 1, len(text)))))
        findings = tuple(Finding("x", "note", Evidence("id", a, b, text[a:b]), "m") for a, b in spans)
        marked = mark_word(ReviewData(Document("any", text, ()), findings, ()), opened, stretches)
        kept = ["".join(text[a:b].split()) for a, b in spans if text[a:b].strip("\n")]
        found = ["".join(words.replace("\u00ad", "").split()) for words in commented(marked).values()]
        assert found == kept
        path.write_bytes(marked)
        assert open_word(path)[1] == text


def test_a_text_becomes_a_fresh_file() -> None:
    text = "Title\n\nThe brazen note\nwent back.\n\n- one \ud800 thing"
    document = Document("note", text, (Block(0, 5, "heading"), Block(7, 33), Block(35, len(text), "list_item")))
    content = review_word(data_for(document, "brazen note\nwent", "thing"))
    assert list(commented(content).values()) == ["brazen note went", "thing"]
    word = docx.Document(io.BytesIO(content))
    assert [(each.style and each.style.name, each.text) for each in word.paragraphs] == [
        ("Heading 1", "Title"),
        ("Normal", "The brazen note\nwent back."),
        ("List Bullet", "- one ? thing"),
    ]
    assert commented(review_word(ReviewData(Document("e", "x", ()), (), ()))) == {}


@needs_model
def test_the_flow_writes_into_the_authors_file_and_never_over_it(tmp_path: Path) -> None:
    path = make_file(tmp_path / "harbour.docx")
    before = path.read_bytes()
    report = review(path, format="docx", output=tmp_path / "out.docx", only=["loaded-language"])
    assert path.read_bytes() == before
    assert report.text == ""
    assert (tmp_path / "out.docx").read_bytes() == report.content
    assert set(commented(report.content).values()) == {each.evidence.quote for each in report.findings} >= {"glorious"}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "out.docx") as new:
        assert old.read("word/styles.xml") == new.read("word/styles.xml")
    with pytest.raises(VerbaleError, match="is the manuscript itself, which is never changed; give another --output"):
        review(path, format="html", output=path)
