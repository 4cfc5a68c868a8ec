"""Dates of whole documents: narratives and news resolved in reading order, what is inherited, which date is a clause's."""

from __future__ import annotations

import pytest

from verbale.coding.dates import DateMention, DateTimeline, date_document, find_dates, inherited, nearest
from verbale.core import Block, BlockKind, Document, Sentence


def document(
    *paragraphs: list[str] | str, date: str | None = None, title: str | None = None
) -> tuple[Document, list[Sentence]]:
    """Build a document of paragraphs (lists of sentences) and headings (plain strings)."""
    text = ""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        kind: BlockKind = "heading" if isinstance(paragraph, str) else "paragraph"
        opened = len(text)
        for sentence in [paragraph] if isinstance(paragraph, str) else paragraph:
            start = len(text) if len(text) == opened else len(text) + 1
            text = text[:start].ljust(start) + sentence
            sentences.append(Sentence("d", len(sentences), number, kind, start, len(text), sentence))
        blocks.append(Block(opened, len(text), kind))
        text += "\n\n"
    return Document("d", text, tuple(blocks), date=date, title=title), sentences


def dated(
    *paragraphs: list[str] | str, date: str | None = None, title: str | None = None, news: bool | None = None
) -> DateTimeline:
    return date_document(*document(*paragraphs, date=date, title=title), news=news)


def iso(mention: DateMention) -> str | None:
    if mention.date is None:
        return None
    end = mention.date.iso_end()
    return mention.date.iso() + (f"/{end}" if end else "")


def last(*sentences: str, date: str | None = None, news: bool | None = None) -> str | None:
    """Return the last date of a paragraph, resolved."""
    timeline = dated(list(sentences), date=date, news=news)
    return iso(timeline.mentions[-1][-1])


@pytest.mark.parametrize(
    ("before", "sentence", "date"),
    [
        ("The crisis began on 4 May 1951.", "On the 17th they met.", "1951-05-17"),
        ("The crisis began on 30 May 1951.", "On the 2nd they met.", "1951-06-02"),
        ("The crisis began on 19 May 1951.", "On the 17th they met.", "1951-05-17"),
        ("The crisis began on 30 April 1951.", "On the 31st they met.", "1951-05-31"),
        ("The crisis began in May 1951.", "On the 17th they met.", "1951-05-17"),
        ("The crisis began in 1951.", "On the 17th they met.", "1951"),
        ("The crisis began on 4 May 1951.", "On 17 June they met.", "1951-06-17"),
        ("The crisis began on 4 May 1951.", "In March they had met.", "1951-03"),
        ("The crisis began on 4 December 1951.", "On 17 January they met.", "1952-01-17"),
        ("The crisis began in November 1951.", "In March they met.", "1952-03"),
        ("The crisis began on 4 January 1951.", "In November they had met.", "1950-11"),
        ("The crisis lasted from 12 June 1883 to 9 February 1884.", "On 3 January they met.", "1884-01-03"),
        ("It began on 8 November 1871 and lasted until 3 April 1873.", "On 8 June they met.", "1872-06-08"),
        ("The crisis began in 1951.", "In May they met.", "1951-05"),
        ("The crisis began in 1951.", "Between 22-25 October they met.", "1951-10-22/1951-10-25"),
        ("The crisis began in 1951.", "From 30 December to 2 January they met.", "1951-12-30/1952-01-02"),
        ("The crisis began on 30 May 1951.", "From the 3rd to the 7th they met.", "1951-06-03/1951-06-07"),
        ("The crisis began on 4 May 1951.", "Two days later they met.", "1951-05-06"),
        ("The crisis began on 4 May 1951.", "A week after, they met.", "1951-05-11"),
        ("The crisis began on 4 May 1951.", "Two days earlier they had met.", "1951-05-02"),
        ("The crisis began on 31 December 1951.", "The following day they met.", "1952-01-01"),
        ("The crisis began on 4 May 1951.", "The same day they met.", "1951-05-04"),
        ("The crisis began on 4 May 1951.", "Within hours, and 24 hours later again, they met.", "1951-05-05"),
        ("The crisis began in May 1951.", "Two days later they met.", "1951-05"),
        ("The crisis began on 4 May 1951.", "Some days later they met.", "1951-05"),
        ("The crisis began on 4 May 1951.", "Several weeks later they met.", "1951"),
        ("The crisis began on 4 May 1951.", "Several years later they met.", None),
        ("The crisis began on 31 October 1951.", "Four months later they met.", "1952-02"),
        ("The crisis began on 4 May 1951.", "The following month they met.", "1951-06"),
        ("The crisis began on 4 May 1951.", "By the end of the month they met.", "1951-05"),
        ("The crisis began on 4 May 1951.", "Later that year they met.", "1951"),
        ("The crisis began on 4 May 1951.", "Three years later they met.", "1954"),
        ("The crisis began on 4 May 1951.", "The following decade was calm.", "1960"),
        ("The crisis began on 4 May 1951.", "A decade later they met.", "1961"),
        ("The crisis began on 4 May 1951.", "The next spring they met.", "1952-03/1952-05"),
        ("The crisis began on 4 May 1951.", "In the summer they met.", "1951-06/1951-08"),
        ("The crisis began on 4 May 1951.", "The following March they met.", "1952-03"),
        ("The crisis began on 4 May 1951.", "The previous November they had met.", "1950-11"),
        ("The crisis began on 4 May 1951.", "In June of the following year they met.", "1952-06"),
        ("The crisis began on 4 May 1951.", "On Tuesday they met.", "1951-05-08"),
        ("The crisis began on 4 May 1951.", "Two days after 24 March 1946 they had met.", "1946-03-26"),
        ("The crisis began on 4 May 1951.", "The day after the 24th they met.", "1951-05-25"),
        ("The crisis began in the 1950s.", "In May they met.", None),
    ],
)
def test_narrative_dates_are_completed(before: str, sentence: str, date: str | None) -> None:
    assert last(before, sentence) == date


@pytest.mark.parametrize(
    ("aside", "date"),
    [
        ("It had broken the 1936 treaty.", "1951-05-17"),
        ("It had held the town since 1943.", "1951-05-17"),
        ("It would hold the town until 1960.", "1951-05-17"),
        ("The lease was due to expire in 1968.", "1951-05-17"),
        ("It asked them to leave by 2 March 1952.", "1951-05-17"),
        ("The other (see the crisis of June 1940) was long over.", "1951-05-17"),
        ("It took the town, which had been sacked in 1867.", "1951-05-17"),
        ("It offered to go back to the borders of 4 June 1937 at once.", "1951-05-17"),
        ("It offered to go back to June 4, 1937 borders at once.", "1951-05-17"),
        ("In 1937 the old king had promised it peace.", "1951-05-17"),
        ("The Proclamation of 1763 was an old song.", "1951-05-17"),
        ("A longer war was to break out in September 1960.", "1951-05-17"),
        ("In the Second World War it had been neutral.", "1951-05-17"),
        ("By 28 June 1952 it was ready.", "1952-07-17"),
    ],
)
def test_asides_do_not_move_the_narrative(aside: str, date: str) -> None:
    sentence = "On 17 July they met." if date.startswith("1952") else "On the 17th they met."
    assert last("The crisis began on 4 May 1951.", aside, sentence) == date


def test_a_narrative_goes_into_an_era() -> None:
    timeline = dated(["In 1847 it was at peace."], ["During the Crimean War it stayed neutral.", "It sold grain."])
    carried = timeline.inherited(2)
    assert carried is not None
    assert carried.date.iso() == "1853"


@pytest.mark.parametrize("sentence", ["In the Second War (1826-1828), it lost.", "The Second War (1826-1828): it lost."])
def test_a_label_in_brackets_dates_what_follows(sentence: str) -> None:
    carried = dated(["In 1813 they made peace.", sentence, "It paid dearly."]).inherited(2)
    assert carried is not None
    assert carried.date.iso() == "1826"


def test_a_glance_back_is_an_aside_once_resolved() -> None:
    timeline = dated(["In May 1951 it struck.", "It took the town, sacked in 1867, and went on."])
    assert [mention.aside for mention in timeline[1]] == [True]
    start = timeline[1][0].end + 2
    assert nearest(timeline[1], start, start + 11) is None


def test_a_narrative_runs_through_relative_dates() -> None:
    timeline = dated(
        ["The siege began on 27 September 1862.", "Two days later the fleet came.", "The following day it landed."],
        ["On the 5th a note was sent.", "The next day, 6 October, the guns fell silent.", "A month later all had gone."],
    )
    assert [[iso(mention) for mention in mentions] for mentions in timeline] == [
        ["1862-09-27"], ["1862-09-29"], ["1862-09-30"], ["1862-10-05"], ["1862-10-06"], ["1862-11"],
    ]  # fmt: skip


def test_without_anything_before_the_first_date_after_tells_the_year() -> None:
    timeline = dated(["The siege began on 9 June and ended on 17 November 1907."])
    assert [iso(mention) for mention in timeline[0]] == ["1907-06-09", "1907-11-17"]


def test_without_any_date_nothing_is_invented() -> None:
    timeline = dated(["On the 17th they met.", "On Tuesday they met again.", "Two days later it rained."])
    assert [mention.date for mentions in timeline for mention in mentions] == [None] * 3
    assert [timeline.inherited(place) for place in range(3)] == [None] * 3
    assert timeline.year(0) is None


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("It was signed today.", "2003-03-14"),
        ("It was signed yesterday.", "2003-03-13"),
        ("It was signed on Tuesday.", "2003-03-11"),
        ("It was signed on Friday.", "2003-03-14"),
        ("It was signed last Friday.", "2003-03-07"),
        ("It will be signed on Tuesday.", "2003-03-18"),
        ("It will be signed next Tuesday.", "2003-03-18"),
        ("It was signed last week.", "2003-03-03/2003-03-09"),
        ("It was signed last month.", "2003-02"),
        ("It was signed last year.", "2002"),
        ("It was signed this year.", "2003"),
        ("It was signed two weeks ago.", "2003-02-28"),
        ("It was signed two years ago.", "2001"),
        ("It was signed on the 5th.", "2003-03-05"),
        ("It was signed on the 20th.", "2003-02-20"),
        ("It was signed on 5 March.", "2003-03-05"),
        ("It was signed on 20 March.", "2002-03-20"),
        ("It will be signed on 20 March.", "2003-03-20"),
        ("It was signed in December.", "2002-12"),
        ("It was signed last December.", "2002-12"),
        ("It was signed last summer.", "2002-06/2002-08"),
    ],
)
def test_news_goes_by_its_own_date(sentence: str, date: str) -> None:
    assert last(sentence, date="2003-03-14") == date


def test_news_is_told_from_history() -> None:
    assert dated(["The two met on Monday.", "A bomb fell in 1988."], date="2003-03-14").news
    assert not dated(["In 1951 they met.", "In 1952 they parted."], date="2003-03-14").news
    assert not dated(["The two met on Monday."], date="2003").news
    assert not dated(["The two met on Monday."]).news
    assert not dated(["The two met on Monday."], date="2003-03-14", news=False).news


def test_a_history_is_not_later_than_itself() -> None:
    assert (
        last("The talks began in 2002.", "In 2003 they went on.", "In May they ended.", date="2003-03-14", news=False)
        == "2002-05"
    )


def test_news_inherits_its_own_date_unless_the_paragraph_tells_one_near() -> None:
    timeline = dated(
        ["Talks resumed.", "They began on Tuesday.", "Both sides signed."],
        ["A bomb fell in 1988.", "The two met again yesterday and on Monday."],
        date="2003-03-14",
    )
    facts = [timeline.inherited(place) for place in range(5)]
    assert [(fact.date.iso(), fact.origin, fact.carried) for fact in facts if fact] == [
        ("2003-03-14", "document", 0), ("2003-03-14", "document", 0), ("2003-03-11", "paragraph", 1),
        ("2003-03-14", "document", 0), ("2003-03-14", "document", 0),
    ]  # fmt: skip


def test_inheritance_says_how_far_it_was_carried() -> None:
    timeline = dated(
        "The Crisis of 1946",
        ["The army stayed.", "On 4 March it moved.", "A note was sent.", "It was returned."],
        ["Another note followed."],
        "Summary",
        ["It ended well."],
    )
    facts = [inherited(timeline, place) for place in range(1, 8)]
    assert [(fact.date.iso(), fact.origin, fact.carried) for fact in facts if fact] == [
        ("1946", "heading", 1), ("1946", "heading", 2), ("1946-03-04", "paragraph", 1), ("1946-03-04", "paragraph", 2),
        ("1946-03-04", "section", 3), ("1946-03-04", "section", 4), ("1946-03-04", "section", 5),
    ]  # fmt: skip
    assert timeline.inherited(0) is None


def test_a_title_is_the_first_date_and_an_age_is_none() -> None:
    timeline = dated(["The fleet came.", "In March it left."], title="The Straits Question, 1946–1947")
    first = timeline.inherited(0)
    assert first is not None
    assert (first.date.iso(), first.origin) == ("1946", "title")
    assert dated(["The fleet came."], title="Persia and its neighbours, 1800-1946").inherited(0) is None


def test_the_year_of_a_sentence() -> None:
    timeline = dated(["In 1951 it broke the 1936 treaty.", "It broke the 1936 treaty.", "A note was sent."])
    assert [timeline.year(place) for place in range(3)] == [1951] * 3


def test_slashed_dates_follow_the_documents_habit() -> None:
    assert last("On 13/9/1939 it began.", "On 1/9/1939 it had been quiet.") == "1939-09-01"
    assert last("On 9/13/1939 it began.", "On 1/9/1939 it had been quiet.") == "1939-01-09"
    assert last("On September 1, 1939, it began.", "On 2/9/1939 it had been quiet.") == "1939-02-09"


def test_a_dateline_dates_a_document() -> None:
    made, sentences = document(["Tehran, March 24, 1946."], ["The army left yesterday."])
    sentences[0] = Sentence("d", 0, 0, "dateline", sentences[0].start, sentences[0].end, sentences[0].text)
    timeline = date_document(made, sentences)
    assert timeline.document_date is not None
    assert [iso(mention) for mention in timeline[1]] == ["1946-03-23"]


@pytest.mark.parametrize("date", ["", "soon", "2003-02-30", "0000", "20030314", "2003-03-14T10:00:00Z"])
def test_a_strange_document_date_breaks_nothing(date: str) -> None:
    timeline = dated(["It was signed yesterday."], date=date)
    assert [iso(mention) for mention in timeline[0]] == ["2003-03-13" if "T" in date else None]


@pytest.mark.parametrize(
    ("text", "clause", "date"),
    [
        ("On 4 May 1951 it attacked, and on 9 May 1951 it withdrew.", "it attacked", "1951-05-04"),
        ("On 4 May 1951 it attacked, and on 9 May 1951 it withdrew.", "it withdrew", "1951-05-09"),
        ("It lost the First War (1804-1813) and the Second War (1826-1828).", "First War", "1804"),
        ("It lost the First War (1804-1813) and the Second War (1826-1828).", "Second War", "1826"),
        ("On 4 May 1951 it denounced the 1936 treaty.", "denounced the 1936 treaty", "1951-05-04"),
        ("It denounced the 1936 treaty.", "denounced", None),
        ("The 1936 treaty was signed in London.", "treaty", "1936"),
        ("It recalled the Crisis of 1946 in 1951.", "Crisis", "1946"),
        ("It recalled the Crisis of 1946 in 1951.", "recalled", "1951"),
        ("In 1951 it was neutral as in the Korean War.", "was neutral", "1951"),
        ("It was neutral in the Korean War.", "was neutral", "1950"),
        ("It was neutral in the Cold War.", "was neutral", None),
        ("It rejected the offer of 24 May 1951 on 3 June 1951.", "the offer of 24 May 1951", "1951-05-24"),
        ("The mission, there since 1949, was enlarged on 3 June 1951.", "was enlarged", "1951-06-03"),
        ("The mission has been there since 1949.", "has been there", "1949"),
        ("In the Salt War (1826-1828), it invaded the north.", "it invaded", "1826"),
        ("It returned (they had met in 1949).", "It returned", None),
        ("In 1951 it returned (they had met in 1949).", "it returned", "1951"),
    ],
)
def test_the_nearest_date_of_a_clause(text: str, clause: str, date: str | None) -> None:
    start = text.index(clause)
    mention = nearest(find_dates(text), start, start + len(clause))
    assert (mention.date.iso() if mention and mention.date else None) == date


def test_sentences_far_into_a_document_keep_their_offsets() -> None:
    made, sentences = document(["The fleet came."], ["On 4 May 1951 it left.", "Two days later it was back."])
    for mentions in date_document(made, sentences):
        for mention in mentions:
            assert mention.date is not None
            assert made.text[mention.start : mention.end] == mention.date.text


@pytest.mark.parametrize(
    "piece", ["on 4 May until 1956, ", "in May 1956 (1955): ", "two days later ", "on the 5th and ", "on Tuesday "]
)
def test_a_sentence_without_end_is_read_in_one_pass(piece: str) -> None:
    timeline = dated(["It began on 4 May 1951.", piece * 2_000])
    assert len(timeline[1]) >= 1_999
