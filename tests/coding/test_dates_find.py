"""Dates as found in raw text: every form, what is no date, bounds, calendars, eras, and hostile strings."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.coding.dates import DateMention, Eras, find_dates, load_eras, read_eras


def one(text: str) -> DateMention:
    mentions = find_dates(text)
    assert len(mentions) == 1, mentions
    return mentions[0]


def told(mention: DateMention) -> str:
    """Return start, end and precision in one word, so that tables stay readable."""
    assert mention.date is not None
    end = mention.date.iso_end()
    return mention.date.iso() + (f"/{end}" if end else "")


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("They met on 14 May 1948 in Jaffa.", "14 May 1948", "1948-05-14"),
        ("They met on the 14th of May 1948.", "the 14th of May 1948", "1948-05-14"),
        ("They met on 14th May, 1948.", "14th May, 1948", "1948-05-14"),
        ("They met on May 14, 1948, in Jaffa.", "May 14, 1948", "1948-05-14"),
        ("They met on May 14th 1948.", "May 14th 1948", "1948-05-14"),
        ("They met on Sept. 3, 1948.", "Sept. 3, 1948", "1948-09-03"),
        ("They met at 6 a.m. on 3 Sep. 1948.", "3 Sep. 1948", "1948-09-03"),
        ("They met on Friday, 14 May 1948.", "Friday, 14 May 1948", "1948-05-14"),
        ("They met on 1948-05-14.", "1948-05-14", "1948-05-14"),
        ("They met on 1/9/1939.", "1/9/1939", "1939-09-01"),
        ("They met on 9/13/1939.", "9/13/1939", "1939-09-13"),
        ("They met on 01.09.1939.", "01.09.1939", "1939-09-01"),
        ("They met in May 1948.", "May 1948", "1948-05"),
        ("They met in May, 1948.", "May, 1948", "1948-05"),
        ("They met in August of 1948.", "August of 1948", "1948-08"),
        ("They met in early May 1948.", "early May 1948", "1948-05"),
        ("They met at the end of May 1948.", "the end of May 1948", "1948-05"),
        ("They met in 1948.", "1948", "1948"),
        ("They met in early 1948.", "early 1948", "1948"),
        ("They met in mid-1948.", "mid-1948", "1948"),
        ("They met in the latter part of 1948.", "the latter part of 1948", "1948"),
        ("1948 saw a second war.", "1948", "1948"),
        ("They met in the 1930s.", "the 1930s", "1930"),
        ("They met in the mid-1930s.", "the mid-1930s", "1930"),
        ("They met in the late 19th century.", "the late 19th century", "1801"),
        ("They met during the nineteenth century.", "the nineteenth century", "1801"),
        ("They met in the spring of 1948.", "the spring of 1948", "1948-03/1948-05"),
        ("They met in summer 1948.", "summer 1948", "1948-06/1948-08"),
        ("They met in the winter of 1947-48.", "the winter of 1947-48", "1947-12/1948-02"),
        ("They met on Christmas Day 1948.", "Christmas Day 1948", "1948-12-25"),
    ],
)
def test_single_dates_in_every_form(text: str, words: str, date: str) -> None:
    mention = one(text)
    assert text[mention.start : mention.end] == words
    assert told(mention) == date
    assert mention.kind == "absolute"
    assert mention.bound == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The siege lasted from 3 to 7 May 1921.", "1921-05-03/1921-05-07"),
        ("The siege lasted from 28 October 1933 until 4 March 1934.", "1933-10-28/1934-03-04"),
        ("The siege lasted from 28 October to 4 March 1934.", "1933-10-28/1934-03-04"),
        ("The siege lasted from 28 October 1933 to 4 March.", "1933-10-28/1934-03-04"),
        ("The talks of 29 October-3 November 1933 failed.", "1933-10-29/1933-11-03"),
        ("The talks, held between 5 and 11 March 1974, failed.", "1974-03-05/1974-03-11"),
        ("The talks, held October 22–25, 1956, failed.", "1956-10-22/1956-10-25"),
        ("The talks, held October 29-November 3, 1956, failed.", "1956-10-29/1956-11-03"),
        ("It was planned in July-August 1923.", "1923-07/1923-08"),
        ("It voted four times between 2006 and 2010.", "2006/2010"),
        ("It was at war from 1804 to 1813.", "1804/1813"),
        ("It was at war in 1980-88.", "1980/1988"),
        ("It was at war in 1914–1918.", "1914/1918"),
        ("It bought arms in 1955/56.", "1955/1956"),
        ("It bought arms in 1999-00.", "1999/2000"),
        ("It lasted from May 1919 to 1922.", "1919-05/1922-12"),
    ],
)
def test_spans_take_missing_parts_from_each_other(text: str, date: str) -> None:
    assert told(one(text)) == date


def test_lists_are_several_dates() -> None:
    assert [told(mention) for mention in find_dates("They met in 1907, 1915 and 1921.")] == ["1907", "1915", "1921"]
    assert [told(mention) for mention in find_dates("They met on 4 and 10 January 1966.")] == ["1966-01-04", "1966-01-10"]
    assert [told(mention) for mention in find_dates("They met in June and July 1966.")] == ["1966-06", "1966-07"]


@pytest.mark.parametrize(
    "text",
    [
        "It sent 1,800 troops.",
        "It sent 1800 troops and 1950 tanks.",
        "It attacked in 2000 armed men's company.",
        "It voted for Resolution 1929.",
        "It voted for Resolutions 1737, 1747, 1803, and 1929.",
        "See page 1914 and UNSC 1737.",
        "It paid $1956 and £1800.",
        "It flew a Su-1935.",
        "The empire fell in 480 BC, and again in 1200 BC.",
        "A force of 1500 crossed the river.",
        "He may go, and they march on.",
        "On the 38th parallel the line held.",
        "On the 17th parallel the line held.",
        "On the 50th anniversary they met.",
        "On the 2nd and 3rd floors fire broke out.",
        "They met on 30 February 1950.",
        "They met on 45 March 1920.",
        "They met on 1939-13-41.",
        "They met on 31/31/1939.",
        "The fall of the city and the spring offensive followed.",
        "For the last week they had waited over the next month.",
        "",
        " ",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "date", "aside"),
    [
        ("In the First War (1804-1813) it lost.", "1804/1813", True),
        ("The Northern Alliance (1921) held.", "1921", True),
        ("It broke the 1936 treaty again.", "1936", False),
        ("It broke its 1975 accord again.", "1975", False),
        ("It recalled the 1907 Convention on the border.", "1907", False),
        ("It recalled Britain's 26 July 1956 note again.", "1956-07-26", False),
    ],
)
def test_dates_that_belong_to_a_noun(text: str, date: str, *, aside: bool) -> None:
    mention = one(text)
    assert (mention.kind, told(mention), mention.aside, mention.moves) == ("attributive", date, aside, False)


def test_a_noun_after_a_list_covers_the_whole_list() -> None:
    assert [mention.kind for mention in find_dates("After the 2024 and 2025 wars it was weak.")] == ["attributive"] * 2


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("It held the town since 1953.", "since"),
        ("It held the town from 1953.", "since"),
        ("It held the town until 2010.", "until"),
        ("It held the town until the end of May 1946.", "until"),
        ("It held the town until his death in 1834.", "until"),
        ("It should leave by June 1956.", "by"),
        ("It should leave no later than June 1956.", "by"),
        ("It left after 1945.", "after"),
        ("It left before May 1945.", "before"),
        ("It did not leave until 1945.", ""),
        ("It left as early as 1945.", ""),
        ("As of 2025 it had not left.", ""),
        ("It fought from 1941 to 1945.", ""),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert one(text).bound == bound


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("They met on the 17th in Paris.", "the 17th", "partial"),
        ("They met on 17 June in Paris.", "17 June", "partial"),
        ("They met on June 17 in Paris.", "June 17", "partial"),
        ("They met in March.", "March", "partial"),
        ("They met in May of that year.", "May of that year", "partial"),
        ("They met between 22-25 October.", "22-25 October", "partial"),
        ("They met from the 3rd to the 7th.", "the 3rd to the 7th", "partial"),
        ("They met in the spring.", "the spring", "partial"),
        ("Two days later they met.", "Two days later", "relative"),
        ("They met 24 hours later.", "24 hours later", "relative"),
        ("A week after, they met.", "A week after", "relative"),
        ("They had met three years earlier.", "three years earlier", "relative"),
        ("The following day they met.", "The following day", "relative"),
        ("They met the next spring.", "the next spring", "relative"),
        ("They met the previous March.", "the previous March", "relative"),
        ("They met the same day.", "the same day", "relative"),
        ("Later that year they met.", "Later that year", "relative"),
        ("They met by the end of the month.", "the end of the month", "relative"),
        ("They met on Tuesday.", "Tuesday", "relative"),
        ("They met last Tuesday.", "last Tuesday", "relative"),
        ("They met yesterday.", "yesterday", "relative"),
        ("They met two weeks ago.", "two weeks ago", "relative"),
        ("They met last month.", "last month", "relative"),
    ],
)
def test_incomplete_dates_wait_for_context(text: str, words: str, kind: str) -> None:
    mention = one(text)
    assert (text[mention.start : mention.end], mention.kind, mention.date) == (words, kind, None)
    assert mention.need is not None


def test_a_restated_day_is_one_mention() -> None:
    text = "It took effect the following day, 9 March 1874."
    mention = one(text)
    assert (text[mention.start : mention.end], told(mention)) == ("the following day, 9 March 1874", "1874-03-09")


@pytest.mark.parametrize(
    ("text", "words", "date", "calendar"),
    [
        ("Signed on 12/24 October 1813.", "12/24 October 1813", "1813-10-24", "julian"),
        ("Signed on 30 October/11 November 1813.", "30 October/11 November 1813", "1813-11-11", "julian"),
        ("Signed on 12 October 1813 (O.S.).", "12 October 1813 (O.S.)", "1813-10-24", "julian"),
        ("Signed on 12 October (O.S.) 1813.", "12 October (O.S.) 1813", "1813-10-24", "julian"),
        ("Signed on 12 October 1813, Old Style.", "12 October 1813, Old Style", "1813-10-24", "julian"),
        ("Signed on 24 October (12 October O.S.) 1813.", "24 October (12 October O.S.) 1813", "1813-10-24", "julian"),
        (
            "Signed on 24 October 1813 (12 October, Old Style).",
            "24 October 1813 (12 October, Old Style)",
            "1813-10-24",
            "julian",
        ),
        ("Signed on 24 October 1813 (N.S.).", "24 October 1813 (N.S.)", "1813-10-24", "gregorian"),
        ("It fell on 22 Bahman 1357.", "22 Bahman 1357", "1979-02-11", "solar_hijri"),
        ("It fell on 22 Bahman 1357 (11 February 1979).", "22 Bahman 1357 (11 February 1979)", "1979-02-11", "solar_hijri"),
        ("It fell in 1399 SH.", "1399 SH", "2020/2021", "solar_hijri"),
        ("It fell in Mehr 1320.", "Mehr 1320", "1941-09/1941-10", "solar_hijri"),
        ("It fell in 1266 A.H.", "1266 A.H.", "1849/1850", "lunar_hijri"),
        ("It fell on 12 Rabi al-awwal 1330.", "12 Rabi al-awwal 1330", "1912-03-01", "lunar_hijri"),
        ("It fell on 1 Muharram 1445.", "1 Muharram 1445", "2023-07-19", "lunar_hijri"),
    ],
)
def test_other_calendars_become_gregorian(text: str, words: str, date: str, calendar: str) -> None:
    mention = one(text)
    assert mention.date is not None
    assert (text[mention.start : mention.end], told(mention), mention.date.calendar) == (words, date, calendar)
    assert mention.date.text == words


@pytest.mark.parametrize(
    ("text", "date", "bound"),
    [
        ("In both World Wars it stayed neutral.", "1914/1945", ""),
        ("During the Crimean War it stayed neutral.", "1853/1856", ""),
        ("After World War II it withdrew.", "1945", "after"),
        ("Before the First World War it withdrew.", "1914", "before"),
        ("Until the Korean War it withdrew nothing.", "1953", "until"),
    ],
)
def test_eras_are_dates(text: str, date: str, bound: str) -> None:
    mention = one(text)
    assert (mention.kind, told(mention), mention.bound) == ("era", date, bound)


def test_a_numbered_war_is_not_its_unnumbered_namesake() -> None:
    assert find_dates("This began Gulf War I for both.") == []


def test_the_shipped_eras_are_many_and_their_names_are_found() -> None:
    eras = load_eras()
    assert len(eras.by_name) >= 80
    assert all(list(eras.find(f"In the {era.name}, it fought.")) for era in eras.by_name.values())


def test_eras_can_be_given() -> None:
    eras = read_eras(["# a comment", "name,first,last", "Salt War,1850,1852"])
    assert [told(mention) for mention in find_dates("In the Salt War it fought.", eras=eras)] == ["1850/1852"]
    assert find_dates("In the Crimean War it fought.", eras=Eras([])) == []


def test_a_wrong_era_is_named() -> None:
    with pytest.raises(ValueError, match=r"Backward War.*needs a name and years with 1500 <= first <= last <= 2100"):
        read_eras(["name,first,last", "Backward War,1852,1850"])


def test_month_first_texts_are_read_so() -> None:
    assert [told(mention) for mention in find_dates("On 1/9/1939 it fell.", month_first=True)] == ["1939-01-09"]


def test_offsets_are_the_documents() -> None:
    text = "On 14 May 1948 it began (see 1936)."
    plain, moved = find_dates(text), find_dates(text, offset=100)
    assert [(m.start + 100, m.end + 100, m.date) for m in plain] == [(m.start, m.end, m.date) for m in moved]
    assert [mention.date.text for mention in moved if mention.date] == ["14 May 1948"]


def test_brackets_are_asides() -> None:
    text = "In 1956 (they had met in 1954) it sank (and in 1958"
    assert [mention.aside for mention in find_dates(text)] == [False, True, True]


PIECES = re.split(
    " ",
    "on in the of to from and between until by 17th 3 22-25 1956 1955-56 1930s May March October Sept. , . ( ) – - / "
    "12/24 O.S. AH Bahman 1357 days later two following day same that year last Tuesday spring World War II 19th century BC "
    "troops a.m. 99",
)
FORMS = ("{d} {m} {y}", "{m} {d}, {y}", "{iso}", "the {d}th of {m}, {y}")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=200))
def test_mentions_match_the_text_in_order(text: str) -> None:
    mentions = find_dates(text)
    assert mentions == find_dates(text)
    last = 0
    for mention in mentions:
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        if mention.date:
            assert mention.date.text == text[mention.start : mention.end]
            assert mention.date.end is None or mention.date.start <= mention.date.end
        else:
            assert mention.need is not None


@settings(max_examples=200, deadline=None)
@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2050, 12, 31)), st.sampled_from(FORMS))
def test_every_day_is_read_back(day: datetime.date, form: str) -> None:
    month = day.strftime("%B")
    text = "They met on " + form.format(d=day.day, m=month, y=day.year, iso=day.isoformat()) + "."
    mention = one(text)
    assert mention.date is not None
    assert (mention.date.start, mention.date.precision) == (day, "day")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1 " * 50_000,
        "1956-" * 20_000,
        "1956, " * 5_000,
        "(1956) " * 5_000,
        "(" * 50_000 + "1956",
        "May " * 5_000,
        "on the 5th and " * 3_000,
        "5, " * 30_000 + "May 1956",
        "in " + " " * 100_000 + "1956",
        "early " * 10_000 + "1956",
        "the end of " * 5_000 + "1956",
        "two days after " * 3_000,
        "between 1956 and " * 3_000,
        "\x00" * 1000 + "in 1956",
        "12 Rabi " * 5_000,
    ],
)
def test_hostile_strings_end(text: str) -> None:
    mentions = find_dates(text)
    assert all(mention.date is None or mention.date.text == text[mention.start : mention.end] for mention in mentions)
