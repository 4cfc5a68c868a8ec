"""The page of a review in Chromium, opened from disk with the network off."""

from __future__ import annotations

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
        for check, severity, at, length in (("words", "note", text.index("brazen", start), 6), ("sum", "error", start + 4, 60)):
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
