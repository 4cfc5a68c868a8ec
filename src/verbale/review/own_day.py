"""The day on which a text was written, where it says so, and what is later than a day."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final

from verbale.review.dates import WrittenDate, find_dates
from verbale.review.manuscript import Manuscript

# The head of a text (title, authors, date) has no more blocks, and its lines no more letters.
HEAD_BLOCKS: Final = 6
MAX_HEAD: Final = 100
# A bare date in the head of a text is that of its writing where no larger part of the dates that it tells are later. In 19
# manuscripts with such a head it was 0.15 at most, and 0.9 after a picture's caption with the day of an event.
MAX_LATER: Final = 0.25


def written_on(manuscript: Manuscript) -> datetime.date | None:
    """Return the day that a text gives as that of its writing, in a dateline or a line of its head; of several the last.

    A month alone means its last day. A head that names the time of its subject ("The mutiny, March 1921") gives none: most of
    what such a text tells is later. A line that looks like a heading counts only before the first paragraph ("News feature.
    Newry, 24 June 2026"), with the day: below it, it heads a section.
    """
    led = re.compile(rf"(?:.*\W)?{manuscript.words.alternatives('written-on')}\b", re.IGNORECASE)
    said, perhaps = [], []
    begun = False
    for at, block in enumerate(manuscript.document.blocks):
        text = manuscript.block_text(block).strip("*_ \n")
        begun = begun or len(text) > MAX_HEAD
        dates = [each for each in find_dates(text) if each.month is not None and each.year > 0]
        if len(dates) != 1 or (day := last_day(dates[0])) is None:
            continue
        head = at < HEAD_BLOCKS and len(text) <= MAX_HEAD and not text.endswith((".", "!", "?"))
        if block.kind == "dateline" or (head and led.match(text)):
            said.append(day)
        elif (
            head
            and at
            and (block.kind != "heading" or (not begun and dates[0].day))
            and not re.search(r"\w", text[dates[0].end :])
        ):
            perhaps.append(day)
    if said or not perhaps:
        return max(said, default=None)
    told = [date for sentence in manuscript.prose for date in find_dates(manuscript.sentence_text(sentence))]
    return max(perhaps) if sum(is_later(each, max(perhaps)) for each in told) <= MAX_LATER * len(told) else None


def last_day(date: WrittenDate) -> datetime.date | None:
    """Return a date, or the last day of a month; None where the calendar has no such day."""
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    try:
        return datetime.date(date.year, month, day)
    except ValueError:
        return None


def is_later(date: WrittenDate, today: datetime.date) -> bool:
    """Tell whether a date lies after a day, as far as it is written."""
    if date.year != today.year or date.month is None:
        return date.year > today.year
    if date.month != today.month or date.day is None:
        return date.month > today.month
    return date.day > today.day
