"""The page of a review in Chromium, opened from disk with the network off."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from verbale.core import Block, CheckInfo, Claim, Document, Evidence, Finding, Ground
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
    assert browser.run("[...document.querySelectorAll('mark.style.off')].length") > 0
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
        "(() => { const note = document.querySelector('#finding-2').getBoundingClientRect();"
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
    height = "document.querySelector('#finding-6').offsetHeight"
    button = "document.querySelector('#finding-6 .more')"
    folded = browser.run(height)
    assert browser.run(f"{button}.getAttribute('aria-expanded')") == "false"
    browser.run(f"{button}.click()")
    assert browser.run(height) > folded
    assert browser.run(f"{button}.getAttribute('aria-expanded')") == "true"
    assert all(below[0] >= above[1] for above, below in itertools.pairwise(browser.run(PLACES)))
    browser.run(f"{button}.click()")
    assert browser.run(height) == folded
    browser.run("document.querySelector('#words-6').click()")
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
        cut = "[...document.querySelectorAll('.body')].filter((each) => each.scrollHeight > each.clientHeight + 2).length"
        assert browser.run(cut) == 0
        assert browser.run("getComputedStyle(document.querySelector('#finding-3')).position") == "static"
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


CLAIMS: tuple[tuple[str, str, str], ...] = (
    ("contradicted", "duration", "The siege lasted ten years."),
    ("not covered", "event", "A fleet came to the harbour <b>at night</b>."),
    ("uncheckable", "opinion", "It was a sorry affair."),
    ("supported", "war", "The two crowns were at war in 1704."),
    ("partly", "count", "Four ports were taken."),
    ("not covered", "event", "The clerks left on foot."),
)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sections of three paragraphs, a claim in each; a judging word inside a claim, and an error on a heading."""
    text, blocks, findings = "", [], []
    for number, (verdict, kind, words) in enumerate(CLAIMS):
        if number % 3 == 0:
            start = len(text)
            text += f"Section {number // 3 + 1}"
            blocks.append(Block(start, len(text), "heading"))
            if number:
                evidence = Evidence("id", start, len(text), text[start:])
                findings.append(Finding("sum", "error", evidence, "The <i>numbers</i> go back."))
            text += "\n\n"
        start = len(text)
        text += f"{words} This was long ago, and nobody minds it now."
        blocks.append(Block(start, len(text)))
        evidence = Evidence("id", start, start + len(words), words)
        severity: Any = "warning" if verdict in ("contradicted", "partly") else "note"
        row = Ground("a row <script>window.hacked = 1</script>", dataset="lists", agrees=("year: 1704",))
        message = f"{verdict.capitalize()} ({kind}). What the record says of it. " * (1 if number else 5)
        grounds = (row,) if verdict not in ("not covered", "uncheckable") else ()
        claim = Claim(kind, evidence)
        findings.append(
            Finding("claim", severity, evidence, message, (), claim, verdict, grounds, "by the year", 0.8)  # type: ignore[arg-type]
        )
        if number == 2:
            at = text.index("sorry")
            findings.append(Finding("words", "note", Evidence("id", at, at + 5, "sorry"), "“sorry” judges."))
        text += "\n\n"
    infos = (
        CheckInfo("claim", "warning", "Claims against the record", "They should be true."),
        CheckInfo("sum", "error", "Sums", "They should add up."),
        CheckInfo("words", "note", "Words that judge", "They should be plain."),
    )
    path = tmp_path_factory.mktemp("review") / "judged.html"
    document = Document("<img src=x onerror=alert(1)>", text, tuple(blocks))
    path.write_text(review_page(ReviewData(document, tuple(findings), infos)), encoding="utf-8")
    return path


def press(browser: Any, verdict: str) -> None:
    browser.run(f"document.querySelector('button[data-verdict=\"{verdict}\"]').click()")


def numbers_shown(browser: Any) -> list[str]:
    found: list[str] = browser.run(
        "[...document.querySelectorAll('.note-of:not([hidden])')].map((note) => note.dataset.number)"
    )
    return found


def test_the_summary_says_what_to_mend_first_and_leads_there(browser: Any, judged: Path) -> None:
    browser.open(judged)
    assert browser.run("document.querySelector('.lede').textContent") == (
        "2 findings on the making of the text (1 error and 1 note) and 6 claims held against the record "
        "(1 contradicted, 1 partly, 1 supported, 2 not covered and 1 uncheckable)."
    )
    first = browser.run(
        "[...document.querySelectorAll('.first li')].map((each) => each.querySelector('a').getAttribute('href'))"
    )
    assert first == ["#finding-5", "#finding-1"]  # the error, then the claim that a record contradicts
    browser.run("document.querySelector('.first li:last-child a').click()")
    browser.wait("document.activeElement.id === 'finding-1'")
    assert browser.run("document.querySelector('#finding-1').getBoundingClientRect().bottom") <= 900


@pytest.mark.parametrize("verdict", ["contradicted", "partly", "supported", "not covered", "uncheckable"])
def test_each_verdict_is_one_click_away_and_shows_what_it_counts(browser: Any, judged: Path, verdict: str) -> None:
    browser.open(judged)
    number = browser.run(f"document.querySelector('button[data-verdict=\"{verdict}\"] b').textContent")
    press(browser, verdict)
    assert len(numbers_shown(browser)) == int(number)
    assert browser.run(
        f"[...document.querySelectorAll('.note-of:not([hidden])')].every((n) => n.dataset.verdict === '{verdict}')"
    )
    assert browser.run("document.querySelector('.state').textContent") == f"{number} of 8 findings are shown."


STYLE = (
    "(() => { const style = getComputedStyle(document.querySelector('mark[data-findings~=\"%s\"]'));"
    " return [style.backgroundColor === 'rgba(0, 0, 0, 0)', style.boxShadow === 'none', style.textDecorationStyle]; })()"
)


def test_what_no_record_can_tell_is_quiet_until_it_is_asked_for(browser: Any, judged: Path) -> None:
    browser.open(judged)
    assert browser.run(STYLE % 1)[:2] == [False, False]
    for quiet in (2, 3, 6):
        assert browser.run(STYLE % quiet) == [True, True, "dotted"]
    press(browser, "not covered")
    assert browser.run(STYLE % 2)[::2] == [False, "solid"]
    assert browser.run(STYLE % 1)[:2] == [True, True]
    # what lies under another finding is as quiet as its own
    assert browser.run("document.querySelector('mark[data-findings=\"3 4\"]').className") == "style off"
    press(browser, "uncheckable")
    assert browser.run("document.querySelector('mark[data-findings=\"3 4\"]').className") == "quiet"
    browser.run("document.querySelector('button[data-all]').click()")
    assert browser.run("document.querySelector('mark[data-findings=\"3 4\"]').className") == "style"
    place = browser.run(
        "(() => { const box = document.querySelector('mark.quiet').getClientRects()[0]; return [box.x, box.y]; })()"
    )
    browser.run("document.querySelector('mark.quiet').scrollIntoView({block: 'center'})")
    place = browser.run(
        "(() => { const box = document.querySelector('mark.quiet bdi').getClientRects()[0]; return [box.x, box.y]; })()"
    )
    browser.point(place[0] + 20, place[1] + 5)
    browser.wait("document.querySelector('mark.quiet').classList.contains('lit')")
    assert browser.run(STYLE % 2)[0] is False


def test_a_severity_button_counts_no_claims(browser: Any, judged: Path) -> None:
    browser.open(judged)
    browser.run("document.querySelector('button[data-severity=note]').click()")
    assert numbers_shown(browser) == ["4"]


@pytest.mark.parametrize("width", [390, 800, 900, 1400])
def test_no_tag_is_cut_and_no_button_covers_it(browser: Any, judged: Path, crowded: Path, width: int) -> None:
    cut = (
        "(() => { const box = (note, name) => note.querySelector(name).getBoundingClientRect();"
        " return [...document.querySelectorAll('.note-of')].filter((note) => {"
        " const [tag, what, more] = ['.tag', '.what', '.more'].map((name) => box(note, name));"
        " return tag.width === 0 || tag.right > what.right || tag.top < what.top || tag.bottom > what.bottom"
        " || (more.width && more.left < tag.right && more.top < tag.bottom); }).length; })()"
    )
    for path in (judged, crowded):
        browser.open(path, width=width)
        assert browser.run(cut) == 0
        assert browser.run("document.documentElement.scrollWidth") <= width


def test_a_link_to_a_finding_that_the_filter_hides_shows_it(browser: Any, judged: Path) -> None:
    browser.open(judged)
    press(browser, "contradicted")
    assert numbers_shown(browser) == ["1"]
    browser.run("location.hash = '#finding-8'")
    browser.wait("document.activeElement.id === 'finding-8'")
    assert len(numbers_shown(browser)) == 8
    assert browser.run("document.querySelector('#finding-8 .body').offsetHeight") > 0
    assert browser.run("document.querySelector('.state').textContent").startswith("Finding 8 is not in what was chosen")
    # the same link once more, after the filter was set again
    press(browser, "contradicted")
    browser.run("document.querySelector('.verdicts a[href=\"#finding-8\"]').click()")
    browser.wait("document.querySelector('#finding-8').offsetParent !== null")
    browser.open(judged, hash="#words-7")
    assert len(numbers_shown(browser)) == 8
    browser.open(judged, hash="#finding-99")
    assert browser.errors == []


def test_the_steps_lead_through_what_is_shown(browser: Any, judged: Path) -> None:
    browser.open(judged)
    press(browser, "not covered")
    followed = []
    for step in (1, 1, 1, -1):
        browser.run(f"document.querySelector('button[data-step=\"{step}\"]').click()")
        browser.wait("document.activeElement.id === location.hash.slice(1)")
        followed.append(browser.run("location.hash"))
    assert followed == ["#finding-2", "#finding-8", "#finding-2", "#finding-8"]
    assert browser.run("document.querySelector('.state').textContent") == "Finding 2 of 2."


def test_a_printed_selection_has_its_passages_alone_and_says_so(browser: Any, judged: Path) -> None:
    browser.open(judged)
    press(browser, "partly")
    told = "[...document.querySelectorAll('.words, .note-of')].filter((each) => each.offsetParent !== null).length"
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        words = browser.run("[...document.querySelectorAll('.words')].filter((e) => e.offsetParent).map((e) => e.innerText)")
        assert words == ["Section 2", "7Four ports were taken. This was long ago, and nobody minds it now."]
        assert browser.run(told) == 3
        assert browser.run("document.querySelector('.selection').innerText") == (
            "A selection: 1 of 8 findings are shown (claims that are partly)."
        )
        assert browser.run("document.querySelector('.shown-bar').offsetParent") is None
        assert browser.run("document.querySelector('.first').offsetParent") is None
        browser.run("document.querySelector('[data-whole]').click()")
        assert browser.run(told) == 9
        browser.run("document.querySelector('button[data-all]').click()")
        assert browser.run(told) == 16
        assert browser.run("document.querySelector('.selection').offsetParent") is None
        assert browser.run("document.querySelector('.first').offsetParent") is not None
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")


def test_everything_that_can_be_pressed_has_a_name_and_can_be_reached(browser: Any, judged: Path) -> None:
    browser.open(judged)
    nameless = (
        "[...document.querySelectorAll('a, button, input, summary')].filter((each) => !(each.getAttribute('aria-label')"
        " || each.textContent.trim() || each.closest('label')?.textContent.trim())).length"
    )
    assert browser.run(nameless) == 0
    assert browser.run("[...document.querySelectorAll('a, button, input')].filter((each) => each.tabIndex < 0).length") == 0
    ids = browser.run("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    targets = browser.run(
        "[...document.querySelectorAll('a[href], [aria-controls]')].map((each) =>"
        " each.getAttribute('aria-controls') ?? each.getAttribute('href').slice(1))"
    )
    assert set(targets) <= set(ids)
    levels = browser.run(
        "[...document.querySelectorAll('h1, h2, h3, [role=heading]')].map((each) =>"
        " Number(each.getAttribute('aria-level') ?? each.tagName.slice(1)))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_word_of_a_manuscript_or_a_record_becomes_markup(browser: Any, judged: Path) -> None:
    browser.open(judged)
    assert browser.errors == []
    assert browser.run("window.hacked") is None
    assert browser.run("document.querySelectorAll('script').length") == 1
    assert browser.run("document.querySelectorAll('img, i, .words b').length") == 0
    assert browser.run("document.querySelector('h1').textContent") == "<img src=x onerror=alert(1)>"
