"""Plain text and Markdown: offsets, blocks, hard-wrapped lines, headings, datelines, encodings."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.core import Block, Document, Settings
from verbale.sources import iso_date, read
from verbale.sources.assembly import About, Piece, compose
from verbale.sources.dates import find_dateline
from verbale.sources.encoding import normalise
from verbale.sources.intake import Intake
from verbale.sources.plain import find_blocks, plain_document, unwrap

Write = Callable[[str, str | bytes], Path]
One = Callable[..., Document]
Shown = Callable[[Document], list[tuple[str, str]]]

PARAGRAPHS = [
    "The two governments met in the old capital in the spring of that year, and after nine weeks of talks they agreed on a "
    "line that would part their troops until a commission of three neutral powers had drawn the border.",
    "The commission never met. One of its members had died on the voyage, and his government named no other in his place "
    "before the fighting began again in the hills above the river.",
]


def assert_blocks_hold(text: str, blocks: tuple[Block, ...]) -> None:
    end = 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
        end = block.end
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())


def test_text_without_wrapped_lines_is_kept_character_for_character(write: Write, one: One) -> None:
    text = "A title\n\n" + "\n\n".join(PARAGRAPHS) + "\n\n   indented,\twith a tab \u00a0 and spaces  \n"
    assert one(write("note.txt", text)).text == text


def test_gold_texts_are_kept_character_for_character(shared: Path) -> None:
    files = sorted((shared / "gold").glob("*/texts/*.txt"))
    documents = [result for result in read(files) if isinstance(result, Document)]
    assert len(documents) == len(files) > 100
    for document, file in zip(documents, files, strict=True):
        assert document.text == file.read_bytes().decode("utf-8")
        assert document.name == file.stem
        assert_blocks_hold(document.text, document.blocks)


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100])
def test_wrapped_lines_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert unwrap(wrapped) == "\n\n".join(PARAGRAPHS)


def test_wrapped_lines_keep_titles_lists_and_indented_paragraphs_apart(write: Write, one: One, shown: Shown) -> None:
    body = [textwrap.fill(paragraph, 70) for paragraph in PARAGRAPHS]
    indented = textwrap.fill(PARAGRAPHS[0], 70, initial_indent="    ")
    points = "- the first point of the agreed minutes\n- the second point of them"
    text = f"THE TALKS\n{body[0]}\n{indented}\n\n{points}\n\n{body[1]}\n"
    assert shown(one(write("talks.txt", text))) == [
        ("heading", "THE TALKS"),
        ("paragraph", PARAGRAPHS[0]),
        ("paragraph", PARAGRAPHS[0]),
        ("list_item", "- the first point of the agreed minutes"),
        ("list_item", "- the second point of them"),
        ("paragraph", PARAGRAPHS[1]),
    ]


def test_word_cut_by_a_hyphen_is_mended_and_a_compound_kept() -> None:
    text = (
        "The well armed and known army of the northern king and his govern-\n"
        "ment crossed the river by night, and on the third day the well-\n"
        "known general of the other side asked for terms, which the kings\n"
        "refused to give him before the army had laid down its arms there."
    )
    joined = unwrap(text)
    assert "government crossed" in joined
    assert "well-known general" in joined


def test_a_note_of_three_wrapped_lines_is_joined() -> None:
    lines = ("The king recalled his envoy from the southern court and", "ordered the army to the border, where it", "waited.")
    note = "\n".join(lines)
    assert unwrap(note) == note.replace("\n", " ")


def test_entries_of_a_list_of_works_are_not_joined_whatever_their_lengths() -> None:
    entries = (
        "Clerk, A. M. (ed.) 1911. The Log of the Embassy. London: Dent and Sons, of Bedford Street.\n"
        "Ortiz, P. 1934. The Passes and the Rains. Lima: Imprenta del Sur.\n"
        "van der Meer, H. 1969. Tolls on the Sound. The Hague: Nijhoff, in two volumes and an atlas.\n"
        "Zelaya, R. 2001. Notes on a Frontier. Managua: Editorial Lago."
    )
    assert unwrap(entries) == entries
    wrapped = textwrap.fill(PARAGRAPHS[0], 72)
    assert unwrap(f"{wrapped}\n\n{entries}") == f"{PARAGRAPHS[0]}\n\n{entries}"


def test_short_lines_are_not_joined() -> None:
    verse = "The king went up the hill\nwith all his men\nand came down again\nin the rain\nand said no more"
    assert unwrap(verse) == verse


def test_title_over_its_paragraph_and_labels_are_headings(write: Write, one: One, shown: Shown) -> None:
    text = (
        f"CASE 12\n\nTHE RIVER CRISIS\n\nSummary:\n\n{PARAGRAPHS[0]}\n\nThe road to the talks\n{PARAGRAPHS[1]}\n\n"
        f"2. What came of it\n\n{PARAGRAPHS[0]}\n\n1. a first demand\n2. a second demand\n\nIt ended so"
    )
    document = one(write("case.txt", text))
    assert [kind for kind, _ in shown(document)] == [
        "heading", "heading", "heading", "paragraph", "heading", "paragraph", "heading", "paragraph", "list_item", "list_item",
        "paragraph",
    ]  # fmt: skip
    assert document.title == "THE RIVER CRISIS"


def test_a_numbered_heading_stands_over_points_with_letters(write: Write, one: One, shown: Shown) -> None:
    text = "4. Proposals\n\na) The line should be marked.\nb) The prisoners should go home.\n\n5. Outlook\n\nNobody knows.\n"
    document = one(write("points.txt", text))
    assert [kind for kind, _ in shown(document)] == ["heading", "list_item", "list_item", "heading", "paragraph"]


def test_points_under_a_point_leave_it_in_its_list(write: Write, one: One, shown: Shown) -> None:
    text = "The sides agreed:\n\n1. on prisoners\na) the sick\nb) the old\n2. on mines\n\nThey shook hands.\n"
    document = one(write("nested.txt", text))
    assert [kind for kind, _ in shown(document)][1:5] == ["list_item"] * 4


def test_chapter_with_a_full_stop_is_a_heading(write: Write, one: One, shown: Shown) -> None:
    assert shown(one(write("book.txt", "CHAPTER IV.\n\nThe king left."))) == [
        ("heading", "CHAPTER IV."),
        ("paragraph", "The king left."),
    ]


def test_single_sentence_without_full_stop_is_a_paragraph(write: Write, one: One, shown: Shown) -> None:
    assert shown(one(write("line.txt", "The king recalled his envoy"))) == [("paragraph", "The king recalled his envoy")]


def test_table_rows_are_blocks(write: Write, one: One, shown: Shown) -> None:
    document = one(write("table.txt", "Ships sent.\n\nstate\tships\tmen\nnorth\t12\t900\n\nThey came late."))
    assert [kind for kind, _ in shown(document)] == ["paragraph", "table", "table", "paragraph"]


@pytest.mark.parametrize(
    ("line", "place", "date", "rest"),
    [
        ("LONDON, 3 March 1939 (Reuters) - The cabinet met.", "LONDON", "1939-03-03", "The cabinet met."),
        ("MOSCOW, Sept. 17, 1939 — The envoy left.", "MOSCOW", "1939-09-17", "The envoy left."),
        ("NEW DELHI, India, May 2 (AP) -- Troops moved.", "NEW DELHI, India", None, "Troops moved."),
        ("TEHRAN (IRNA) – The talks ended.", "TEHRAN", None, "The talks ended."),
    ],
)
def test_dateline_is_cut_from_its_paragraph(
    line: str, place: str, date: str | None, rest: str, write: Write, one: One, shown: Shown
) -> None:
    document = one(write("wire.txt", f"Cabinet meets\n\n{line}\n\nNothing more was said.\n"))
    assert (document.place, document.date) == (place, date)
    assert [kind for kind, _ in shown(document)] == ["heading", "dateline", "paragraph", "paragraph"]
    assert shown(document)[2][1] == rest


def test_dateline_on_its_own_line(write: Write, one: One, shown: Shown) -> None:
    document = one(write("note.txt", f"Note\n\nWashington, January 20, 1969.\n\n{PARAGRAPHS[0]}\n"))
    assert (document.place, document.date) == ("Washington", "1969-01-20")
    assert shown(document)[1] == ("dateline", "Washington, January 20, 1969.")


@pytest.mark.parametrize(
    "sentence",
    [
        "On 3 March 1939 the king died - alone.",
        "NATO - the alliance - grew.",
        "Paris fell on June 14, 1940, and - so they said - all wept.",
    ],
)
def test_sentence_with_place_and_date_is_no_dateline(sentence: str) -> None:
    assert find_dateline(sentence, alone=True) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1939", "1939"), ("1939-3", "1939-03"), ("1939-03-03", "1939-03-03"), ("1939-02-30", None), ("1939-00", None),
        ("2014-03-05T12:00:00Z", "2014-03-05"), ("1969-01-20T00:00:00-05:00", "1969-01-20"), ("20140305", "2014-03-05"),
        (20140305, "2014-03-05"), (1939, "1939"), ("3 March 1939", "1939-03-03"), ("March 3, 1939", "1939-03-03"),
        ("5/6/1939", None), ("", None), (None, None), (True, None), ("yesterday", None), ("20141305", None),
    ],
)  # fmt: skip
def test_iso_dates(value: object, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told(codec: str, write: Write, one: One) -> None:
    text = "The Shah’s envoy — “the old fox” — met Señor Peña in Zürich.\n" * 3
    assert one(write("note.txt", text.encode(codec))).text == text


def test_line_ends_soft_hyphens_and_control_characters(write: Write, one: One) -> None:
    document = one(write("old.txt", "First\u00adly the\x07 king.\r\nThen the queen.\rThen none."))
    assert document.text == "Firstly the king.\nThen the queen.\nThen none."
    assert len(document.blocks) == 3


def test_tags_in_plain_text_stay(write: Write, one: One) -> None:
    text = "The page said <script>alert(1)</script> to all."
    assert one(write("note.txt", text)).text == text


def test_markdown(write: Write, one: One, shown: Shown) -> None:
    text = (
        '---\ntitle: "The river"\ndate: 1939-03-03\nauthor: A. Writer\ntags: [x]\n---\n'
        "# The **river** crisis\n\nThe king [sent](http://x.test/a) a\n*note* to `them`.\n\n"
        "- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n"
        "> They <b>refused</b> it. <!-- not this -->\n"
    )
    document = one(write("note.md", text))
    assert (document.title, document.date, document.author, document.format) == (
        "The river",
        "1939-03-03",
        "A. Writer",
        "markdown",
    )
    assert shown(document) == [
        ("heading", "The river crisis"), ("paragraph", "The king sent a note to them."), ("list_item", "one"),
        ("list_item", "two"), ("table", "a"), ("table", "b"), ("table", "c"), ("table", "d"), ("paragraph", "They refused it."),
    ]  # fmt: skip


def test_article_of_the_shared_folder(shared: Path, one: One, shown: Shown) -> None:
    document = one(shared / "articles" / "iran-russia-part1.txt")
    blocks = shown(document)
    assert ("heading", "Support for Sanctions Against Iran") in blocks
    assert ("heading", "Introduction") in blocks
    assert all(len(words) > 120 for kind, words in blocks[4:-1] if kind == "paragraph")


TEXT = st.text(st.sampled_from("aAé1 .:-\n\t|•“,\u00a0") | st.characters(codec="utf-8"), max_size=300)


@given(TEXT)
def test_blocks_of_any_text_lie_in_order_and_cover_it(raw: str) -> None:
    text = normalise(raw)
    assert_blocks_hold(text, find_blocks(text))
    assert "\n\n" not in text or "\n\n" in unwrap(text)


@given(TEXT)
def test_documents_of_any_text_hold(raw: str) -> None:
    made = plain_document(Intake("x.txt", "x", ".txt", Settings()), normalise(raw), About(), form="text")
    if isinstance(made, Document):
        assert_blocks_hold(made.text, made.blocks)
        made.document_id.encode("ascii")
    else:
        assert made.code in {"file-empty", "file-no-text", "language-not-coded"}


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "list_item", "table"]), TEXT), max_size=8))
def test_composed_pieces_lie_in_order(pieces: list[tuple[str, str]]) -> None:
    text, blocks = compose(Piece(kind, words) for kind, words in pieces)  # type: ignore[arg-type]
    end = 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        assert "\n" not in text[block.start : block.end]
        end = block.end
    assert end == len(text)
