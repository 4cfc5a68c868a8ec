"""The page of a review in Chromium, opened from disk with the network off."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from verbale.core import Block, CheckInfo, Document, Evidence, Finding
from verbale.report import ReviewData, review_page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paragraphs = [f"Paragraph {number} tells of <b>clerks</b> and a brazen harbour " * 4 for number in range(12)]
    text, blocks, findings = "", [], []
    for number, words in enumerate(paragraphs):
        start = len(text)
        text += words.strip() + "\n\n"
        blocks.append(Block(start, len(text) - 2))
        judged = "warning" if number % 3 == 0 else "note"
        for check, severity, at, length in (("words", judged, text.index("brazen", start), 6), ("sum", "error", start + 4, 60)):
            if check == "words" or number % 4 == 0:
                evidence = Evidence("id", at, at + length, text[at : at + length])
                findings.append(Finding(check, severity, evidence, "About this.", (evidence,)))  # type: ignore[arg-type]
    findings.sort(key=lambda each: each.evidence.start)
    infos = (
        CheckInfo("sum", "error", "Sums", "They should add up."),
        CheckInfo("words", "note", "Words", "They should be plain."),
    )
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(review_page(ReviewData(Document("a", text, tuple(blocks)), tuple(findings), infos)), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (360, False)])
def test_it_opens_without_errors_and_fits_the_screen(browser: Any, page: Path, width: int, dark: bool) -> None:
    browser.open(page, width=width, dark=dark)
    assert browser.errors == []
    assert [url for url in browser.requests if not url.startswith(("file:", "about:"))] == []
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("document.querySelectorAll('main b:not(.what b)').length") == 0


def shown(browser: Any) -> int:
    found: int = browser.run("[...document.querySelectorAll('.note-of')].filter((note) => note.offsetParent !== null).length")
    return found


def test_the_filter_shows_the_notes_of_the_chosen_checks(browser: Any, page: Path) -> None:
    browser.open(page)
    assert shown(browser) == 15
    browser.run("document.querySelector('button[data-severity=error]').click()")
    assert shown(browser) == 3
    assert browser.run("document.querySelector('.state').textContent") == "3 of 15 findings are shown."
    assert browser.run("[...document.querySelectorAll('mark:not(.off)')].length") > 0
    assert browser.run("[...document.querySelectorAll('mark.note.off')].length") > 0
    browser.run("document.querySelector('button[data-all]').click()")
    assert shown(browser) == 15


@pytest.mark.parametrize(("severity", "number"), [("error", 3), ("warning", 4), ("note", 8)])
def test_a_severity_shows_as_many_findings_as_its_button_says(browser: Any, page: Path, severity: str, number: int) -> None:
    # some words are told as warnings, though their check is one of notes
    browser.open(page)
    button = f"document.querySelector('button[data-severity={severity}]')"
    assert browser.run(f"{button}.querySelector('b').textContent") == str(number)
    browser.run(f"{button}.click()")
    assert shown(browser) == number
    assert browser.run(f"[...document.querySelectorAll('.note-of:not([hidden]):not([data-severity={severity}])')].length") == 0


def test_without_scripts_everything_is_there(browser: Any, page: Path) -> None:
    browser.open(page, scripts=False)
    html = page.read_text(encoding="utf-8")
    assert html.count('class="note-of') == 15


def test_notes_stand_beside_their_words(browser: Any, page: Path) -> None:
    browser.open(page, width=1280)
    expression = (
        "(() => { const note = document.querySelector('#n2').getBoundingClientRect();"
        " const words = document.querySelector('mark[data-findings~=\"2\"]').closest('.words').getBoundingClientRect();"
        " return note.left >= words.right && note.top < words.bottom + 200; })()"
    )
    assert browser.run(expression) is True


PLACES = (
    "[...document.querySelectorAll('.note-of')].filter((note) => note.offsetParent !== null)"
    ".map((note) => { const box = note.getBoundingClientRect(); return [box.top, box.bottom, box.left, box.right]; })"
)


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve short paragraphs of which the third has more notes than lines, each of many words; two begin at the same word."""
    text, blocks, findings = "", [], []
    for number in range(12):
        start = len(text)
        text += f"Paragraph {number} tells of clerks and a harbour and of the ships that came to it in the year of the flood."
        blocks.append(Block(start, len(text)))
        for at in [start, *range(start, start + 60, 4)] if number == 2 else [start]:
            evidence = Evidence("id", at, at + 9, text[at : at + 9])
            findings.append(Finding("words", "note", evidence, "Many words about this. " * 8, (evidence,)))
        text += "\n\n"
    infos = (CheckInfo("words", "note", "Words", "They should be plain."),)
    path = tmp_path_factory.mktemp("review") / "crowded.html"
    path.write_text(review_page(ReviewData(Document("a", text, tuple(blocks)), tuple(findings), infos)), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [900, 1280, 1920])
def test_crowded_notes_fold_and_leave_no_gap_in_the_text(browser: Any, crowded: Path, width: int) -> None:
    browser.open(crowded, width=width)
    places = browser.run(PLACES)
    assert len(places) == 27
    assert all(below[0] >= above[1] for above, below in itertools.pairwise(places))
    words = browser.run(
        "[...document.querySelectorAll('.words')].map((each) => { const box = each.getBoundingClientRect();"
        " return [box.top, box.bottom, box.right]; })"
    )
    # A paragraph follows the one above it after its own margin, however many notes stand beside them.
    assert all(below[0] - above[1] <= 20 for above, below in itertools.pairwise(words))
    assert all(place[2] > words[0][2] for place in places)
    assert browser.run("document.querySelector('.sheet').getBoundingClientRect().bottom") >= places[-1][1]
    assert browser.run("document.querySelectorAll('.threads path').length") > 0


def test_a_folded_note_opens_and_closes_by_its_button_and_by_its_number(browser: Any, crowded: Path) -> None:
    browser.open(crowded, width=1280)
    height = "document.querySelector('#n6').offsetHeight"
    button = "document.querySelector('#n6 .more')"
    folded = browser.run(height)
    assert browser.run(f"{button}.getAttribute('aria-expanded')") == "false"
    browser.run(f"{button}.click()")
    assert browser.run(height) > folded
    assert browser.run(f"{button}.getAttribute('aria-expanded')") == "true"
    assert all(below[0] >= above[1] for above, below in itertools.pairwise(browser.run(PLACES)))
    browser.run(f"{button}.click()")
    assert browser.run(height) == folded
    browser.run("document.querySelector('#w6').click()")
    browser.wait(f"{height} > {folded}")


def test_each_note_leads_to_its_words_and_each_name_stands_once(browser: Any, crowded: Path) -> None:
    browser.open(crowded)
    ids = browser.run("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    targets = browser.run("[...document.querySelectorAll('main a')].map((each) => each.getAttribute('href').slice(1))")
    assert set(targets) <= set(ids)
    assert len(targets) == 2 * 27


def test_on_paper_notes_follow_their_passage_whole(browser: Any, crowded: Path) -> None:
    browser.open(crowded)
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        cut = "[...document.querySelectorAll('.telling')].filter((each) => each.scrollHeight > each.clientHeight + 2).length"
        assert browser.run(cut) == 0
        assert browser.run("getComputedStyle(document.querySelector('#n3')).position") == "static"
        assert browser.run("document.querySelector('.more').offsetParent") is None
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")


def test_the_chosen_filter_is_told_to_those_who_do_not_see_it(browser: Any, page: Path) -> None:
    browser.open(page)
    pressed = "[...document.querySelectorAll('[aria-pressed=true]')].map((each) => each.textContent.trim())"
    assert browser.run(pressed) == ["Show all"]
    browser.run("document.querySelector('button[data-severity=error]').click()")
    assert browser.run(pressed) == ["Only errors 3"]
    browser.run("document.querySelector('input[data-check=words]').click()")
    assert browser.run(pressed) == ["Show all"]
