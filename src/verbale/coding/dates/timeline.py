"""The dates of a document in reading order: every incomplete one completed, and what a sentence without a date inherits.

The narrative has a current date. It moves with every date that says when something happened; dates in brackets, before a noun
("the 1937 treaty"), mere limits ("since 1953", "until 2010"), glances back within a clause and dates of what was still to come
do not move it. A heading sets it. In news the document's own date is the anchor, and the narrative's date only within the same
paragraph. Where nothing precedes, the first date that follows gives the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from verbale.coding.dates.calendars import last_day, span
from verbale.coding.dates.eras import Eras
from verbale.coding.dates.find import find_dates
from verbale.coding.dates.mention import DateMention
from verbale.coding.dates.resolve import Anchor, complete, parse_iso
from verbale.core import Document, EventDate, Sentence

Origin = Literal["paragraph", "section", "heading", "title", "document"]

_FUTURE = re.compile(
    r"\b(?:will|shall|would|(?:is|are|was|were)\s(?:due|scheduled|expected|planned|supposed|set|to\sbe|to\stake|to\sexpire|to\smeet)"
    r"|(?:was|were)\sto\s[a-z]+|due\sto|scheduled|plans?\sto|planned|expires?|next|upcoming|forthcoming|deadline|tomorrow|postponed?"
    r"|projected|projecting)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\b(?:had|having|earlier|previously)\b", re.IGNORECASE)
_LABELLED = re.compile(r"(?:In|During|Throughout|After|Following)\s[^.;:()]+\($")
_WINDOW = 200  # characters to each side: longer than nearly all sentences' halves
_LABEL = 80  # characters: a name of six or eight words
_HAD_DONE = re.compile(r"\bhad\b")
_IN_ERA = re.compile(r"\b(?:in|during|throughout|after|following|amid)\s(?:the\s)?$", re.IGNORECASE)
# "By 3 June the army was ready" moves the narrative, "asked it to leave by 3 June" does not: its place tells.
_OPENS = 12
# In one paragraph and not opening its sentence, a date this many days back is background ("the borders of June 1967").
_BACK_DAYS = 300
_DEADLINE = re.compile(r"\s(?:as\sthe\s(?:date|deadline|day|target)|deadline|as\sa\s(?:date|deadline))")
_LASTED = re.compile(r"\b(?:lasted|continued|ran|went\son|dragged\son|ended)\b")
_DAY_FIRST = re.compile(r"(?<![0-9])[0-3]?[0-9](?:st|nd|rd|th)?\s(?:of\s)?[ADFJMNOS][a-z]{2,8}\.?,?\s(?:1[0-9]|20)[0-9]{2}")
_MONTH_FIRST = re.compile(r"\b[ADFJMNOS][a-z]{2,8}\.?\s[0-3]?[0-9](?:st|nd|rd|th)?,\s(?:1[0-9]|20)[0-9]{2}")
_SLASHED = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}(?![0-9/])")
# How far before a date a word such as "due" or "will" still speaks of it: about one clause.
_CLAUSE = 60
# Between a noun and the bracket or year that touches it: a space and a bracket.
_TOUCHES = 2
# An era longer than both world wars with the years between ("the Cold War") says too little of when an act was done.
_ERA_YEARS = 35
# A title or heading that spans more years than this names a whole age; a sentence in it is not dated by its first year.
_HEADING_YEARS = 10
# A document is news when most of its years are its own or the one before; histories and treatises name older ones.
_NEWS_YEARS = 1
# In news, a date in the paragraph further away than this (in days) is background, not the story's date.
_NEWS_DAYS = 60


@dataclass(frozen=True, slots=True)
class InheritedDate:
    """A date that a sentence takes over from what stands before it; it is always inherited, never stated.

    `origin` says from where: an earlier sentence of the paragraph, an earlier paragraph, the section's heading, the title, or
    the document's own date. `carried` counts the sentences between (0 for title and document).
    """

    date: EventDate
    origin: Origin
    carried: int = 0
    mention: DateMention | None = None


@dataclass(slots=True)
class DateTimeline:
    """The resolved dates of a document, sentence by sentence, and the dates to inherit."""

    mentions: list[list[DateMention]] = field(default_factory=list)
    document_date: EventDate | None = None
    news: bool = False
    _inherited: list[InheritedDate | None] = field(default_factory=list)

    def __getitem__(self, place: int) -> list[DateMention]:
        """Return the resolved mentions of the sentence at a place in the list that was dated."""
        return self.mentions[place]

    def __len__(self) -> int:
        """Return how many sentences were dated."""
        return len(self.mentions)

    def __iter__(self) -> Iterator[list[DateMention]]:
        """Go through the sentences' mentions in order."""
        return iter(self.mentions)

    def year(self, place: int) -> int | None:
        """Return the year that a sentence is most likely about: of its first date that moves the narrative, else inherited."""
        for mention in self.mentions[place]:
            if mention.date and mention.moves and not mention.of_noun:
                return mention.date.start.year
        before = self._inherited[place]
        return before.date.start.year if before else None

    def inherited(self, place: int) -> InheritedDate | None:
        """Return what the sentence at `place` inherits, whether or not it has dates of its own; None where nothing is known."""
        return self._inherited[place]


def date_document(
    document: Document, sentences: Sequence[Sentence], *, news: bool | None = None, eras: Eras | None = None
) -> DateTimeline:
    """Find and resolve the dates of a document's sentences in reading order.

    `news` says whether "on Tuesday", "in March" and sentences without a date go by the document's own date; None decides by
    whether the document is dated to the day and mostly names years near its own. Sentences need not be parsed. Mentions that
    nothing can complete keep `date` None.
    """
    month_first = writes_month_first(document.text)
    found = [find_dates(sentence.text, offset=sentence.start, month_first=month_first, eras=eras) for sentence in sentences]
    own = parse_iso(document.date) or _dateline(sentences, found)
    is_news = own is not None and (news if news is not None else _reads_as_news(own, found))
    reader = _Reader(document, own, is_news)
    reader.open_with_title(document.title, month_first=month_first, eras=eras)
    reader.following = next((m.date for mentions in found for m in mentions if m.date and m.moves and _short(m.date)), None)
    timeline = DateTimeline(document_date=own, news=is_news)
    for place, (sentence, mentions) in enumerate(zip(sentences, found, strict=True)):
        timeline._inherited.append(reader.inherited(place, sentence))
        timeline.mentions.append(reader.read(place, sentence, mentions))
    return timeline


def inherited(timeline: DateTimeline, place: int) -> InheritedDate | None:
    """Return what `timeline.inherited(place)` does, as a plain function."""
    return timeline.inherited(place)


def nearest(mentions: Sequence[DateMention], start: int, end: int) -> DateMention | None:
    """Return the mention that dates the clause or trigger at document offsets `start` to `end`, or None.

    A date inside comes first, then the closest one of the sentence, an explicit one before an era, one outside brackets before
    one inside. A date that belongs to a noun ("the 1937 treaty", "the First War (1804-1813)") counts only where it touches
    `start` or `end` or stands in brackets inside the clause.
    """
    ranked = [(rank, mention) for mention in mentions if (rank := _rank(mention, start, end)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(mention: DateMention, start: int, end: int) -> tuple[int, int, int] | None:
    """Return how well a mention fits a clause, smaller is better; None where it says nothing of it."""
    if mention.date is None:
        return None
    inside = start <= mention.start and mention.end <= end
    gap = 0 if inside else max(mention.start - end, start - mention.end, 0)
    level = _level(mention, mention.date, gap, inside=inside)
    return None if level is None else (level, gap, mention.start)


def _level(mention: DateMention, date: EventDate, gap: int, *, inside: bool) -> int | None:
    if mention.kind == "attributive":
        if not inside and gap <= _TOUCHES:
            return 0
        if mention.aside:
            # "In the Second War (1826-1828) it invaded": better than a date of another sentence.
            return 3 if inside else 7
        # "the 20 May 1935 meeting": a day is seldom that of a treaty long past.
        return (3 if inside else 7) if date.precision == "day" else None
    if mention.kind == "era":
        return None if last_day(date).year - date.start.year > _ERA_YEARS else 3 if inside else 6
    if mention.of_noun:
        return 0 if not inside and gap <= len(" of ") else 2 if inside else 5
    if mention.aside and not inside:
        return None
    if mention.bound in ("since", "before"):
        return 3 if inside and mention.bound == "since" else 5
    return 1 if inside else 4


def writes_month_first(text: str) -> bool:
    """Whether 1/9/1939 is January the ninth in this text: by a slashed date that settles it, else by its written-out dates."""
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first <= 12 < second:
            return True
        if second <= 12 < first:
            return False
    if not _SLASHED.search(text):
        return False
    return len(_MONTH_FIRST.findall(text)) > len(_DAY_FIRST.findall(text))


def _dateline(sentences: Sequence[Sentence], found: Sequence[Sequence[DateMention]]) -> EventDate | None:
    """Return the day that a dateline states, for a document whose date is not known otherwise."""
    for sentence, mentions in zip(sentences, found, strict=True):
        if sentence.kind == "dateline":
            for mention in mentions:
                if mention.date and mention.date.precision == "day":
                    return mention.date
    return None


def _reads_as_news(own: EventDate, found: Sequence[Sequence[DateMention]]) -> bool:
    if own.precision != "day":
        return False
    mentions = [mention for sentence in found for mention in sentence]
    years = [mention.date.start.year for mention in mentions if mention.date]
    near = sum(abs(year - own.start.year) <= _NEWS_YEARS for year in years)
    # "yesterday" and "on Tuesday" speak from the document's own day.
    near += sum(mention.need is not None and mention.need.anchor == "document" for mention in mentions)
    return near >= len(years) - near


@dataclass(slots=True)
class _Position:
    """Where the narrative's date was set."""

    date: EventDate
    mention: DateMention | None
    place: int
    block: int
    origin: Origin


class _Reader:
    """Reads sentences in order and keeps the narrative's current date."""

    def __init__(self, document: Document, own: EventDate | None, news: bool) -> None:
        self.text = document.text
        self.own = own
        self.news = news
        self.current: _Position | None = None
        self.precise: EventDate | None = None
        self.frame: EventDate | None = None
        self.following: EventDate | None = None

    def open_with_title(self, title: str | None, *, month_first: bool, eras: Eras | None) -> None:
        """Let a title that names a year or short span be the narrative's first date."""
        for mention in find_dates(title or "", month_first=month_first, eras=eras):
            if mention.date and _short(mention.date):
                self.current = _Position(mention.date, None, 0, -1, "title")

    def inherited(self, place: int, sentence: Sentence) -> InheritedDate | None:
        """Return what the sentence inherits from what was read so far."""
        position = self.current
        if self.news and self.own:
            near = position is not None and position.block == sentence.block and _close(position.date, self.own)
            if position is None or not near:
                return InheritedDate(self.own, "document")
        if position is None:
            return None
        if position.origin == "title":
            return InheritedDate(position.date, "title")
        origin: Origin = position.origin
        if origin != "heading":
            origin = "paragraph" if position.block == sentence.block else "section"
        return InheritedDate(position.date, origin, place - position.place, position.mention)

    def read(self, place: int, sentence: Sentence, mentions: list[DateMention]) -> list[DateMention]:
        """Resolve the sentence's mentions in order and move the narrative's date with them."""
        resolved = []
        for mention in mentions:
            dated = self._resolve(sentence, mention) if mention.date is None else mention
            self._frame_until(sentence, dated)
            if dated.date is not None:
                if self._moves(sentence, dated, alone=len(mentions) == 1):
                    self._move(place, sentence, dated, dated.date)
                elif dated.moves and self._looks_back(sentence, dated, dated.date):
                    dated = replace(dated, aside=True)
            resolved.append(dated)
        return resolved

    def _resolve(self, sentence: Sentence, mention: DateMention) -> DateMention:
        need = mention.need
        if need is None:
            return mention
        anchor = self._anchor(sentence, mention)
        if anchor is None and need.fixed is not None:
            anchor = Anchor(need.fixed)
        date = complete(need, anchor) if anchor else None
        if date is None:
            return mention
        words = self.text[mention.start : mention.end]
        return replace(mention, date=replace(date, text=words, calendar="gregorian"))

    def _anchor(self, sentence: Sentence, mention: DateMention) -> Anchor | None:
        """Choose what completes a mention: the document's date for "yesterday" and in news, else the narrative's."""
        need = mention.need
        current = self.current.date if self.current else None
        here = (
            current
            if self.current and self.current.block == sentence.block and self.current.date.precision in ("day", "month")
            else None
        )
        by_document = False
        if (
            need is not None
            and need.anchor == "document"
            and not (need.unit == "weekday" and not self.news and current is not None)
        ):
            date, by_document = self.own, True
        elif self.news:
            by_document = here is None or (need is not None and need.unit == "weekday")
            date = self.own if by_document else here
        else:
            date = current or self.own or self.following
            by_document = current is None and self.own is not None
        if date is None:
            return None
        return Anchor(
            date,
            precise=self.own if by_document else self.precise,
            frame=None if by_document else self.frame,
            limit=self.own,
            news=by_document,
            future=_speaks_of_future(sentence, mention),
            past_perfect=bool(_HAD.search(_around(sentence, mention))),
        )

    def _frame_until(self, sentence: Sentence, mention: DateMention) -> None:
        """Take "began on 8 November 1871 and lasted until 3 April 1873" as the narrative's frame."""
        current = self.current
        if mention.bound != "until" or mention.date is None or current is None or current.mention is None:
            return
        if (
            current.mention.start >= sentence.start
            and current.date.precision in ("day", "month")
            and _LASTED.search(_around(sentence, mention))
        ):
            frame = span(current.date, mention.date)
            if frame is not None and _short(frame):
                self.frame = frame

    def _moves(self, sentence: Sentence, mention: DateMention, *, alone: bool) -> bool:
        date = mention.date
        if date is None:
            return False
        if sentence.kind == "heading":
            return _short(date)
        if mention.kind == "era":
            return alone and self._enters(mention, date)
        if mention.kind == "attributive" and mention.aside:
            return _labels(sentence, mention)
        if not mention.moves or (mention.need and mention.need.anchor == "document" and not self.news):
            return False
        if self.current is None or self.current.origin == "title":
            return True
        now = self.current.date
        opens = mention.start - sentence.start <= _OPENS
        if date.start <= now.start:
            return not self._looks_back(sentence, mention, date)
        if date.start <= last_day(now):
            return True
        return not (_speaks_of_future(sentence, mention) or (mention.bound == "by" and not opens))

    def _enters(self, era: DateMention, date: EventDate) -> bool:
        """Whether the narrative goes into an era: "During the Crimean War it ...", unless it stands in or after it already."""
        if self.current is not None and date.start <= self.current.date.start:
            return False
        before = self.text[max(0, era.start - 16) : era.start]
        return not era.aside and era.bound in ("", "after") and bool(_IN_ERA.search(before))

    def _looks_back(self, sentence: Sentence, mention: DateMention, date: EventDate) -> bool:
        """Whether an earlier date is a glance back, from which the narrative returns.

        So is "the treaty of 1936" in a narrative of 1956, "which had been sacked in 1867" within a sentence, and "In 1946 it
        had promised" in the middle of a paragraph; and "the crisis of 1956" says less than is known.
        """
        here = self.current is not None and self.current.block == sentence.block
        far = self.current is not None and (self.current.date.start - date.start).days > _BACK_DAYS
        if mention.of_noun:
            return far or here
        if not (far and here):
            return False
        after = mention.end - sentence.start
        opens = mention.start - sentence.start <= _OPENS
        return not opens or bool(_HAD_DONE.search(sentence.text[after : after + _CLAUSE]))

    def _move(self, place: int, sentence: Sentence, mention: DateMention, date: EventDate) -> None:
        origin: Origin = "heading" if sentence.kind == "heading" else "paragraph"
        self.current = _Position(date, mention, place, sentence.block, origin)
        if date.precision in ("day", "month"):
            self.precise = date
            if date.end is not None and date.end.year != date.start.year and _short(date):
                self.frame = date


def _short(date: EventDate) -> bool:
    return last_day(date).year - date.start.year <= _HEADING_YEARS


def _labels(sentence: Sentence, mention: DateMention) -> bool:
    """Whether a date in brackets dates what follows: "In the Second War (1826-1828), it ...", "The oil deal (1950s): ..."."""
    at = mention.start - sentence.start
    if sentence.text.startswith("):", mention.end - sentence.start):
        return True
    return at <= _LABEL and bool(_LABELLED.match(sentence.text[: max(0, at)]))


def _around(sentence: Sentence, mention: DateMention) -> str:
    """Return the words around a mention; a window, so that a "sentence" of a million dates is still read in one pass."""
    at = mention.start - sentence.start
    return sentence.text[max(0, at - _WINDOW) : at + _WINDOW]


def _close(date: EventDate, own: EventDate) -> bool:
    return date.precision in ("day", "month") and abs((date.start - own.start).days) <= _NEWS_DAYS


def _speaks_of_future(sentence: Sentence, mention: DateMention) -> bool:
    at = mention.start - sentence.start
    if _DEADLINE.match(sentence.text, max(0, mention.end - sentence.start)):
        return True
    return bool(_FUTURE.search(sentence.text[max(0, at - _CLAUSE) : max(0, at)]))
