"""What a slip about a duration says: the words, the two dates, and how long it is between them."""

from __future__ import annotations

from verbale.core import Sentence
from verbale.review.check import Slip, Span
from verbale.review.dates import WrittenDate
from verbale.review.durations import Duration, elapsed
from verbale.review.numbers import words

# A date with the offset of its sentence.
Placed = tuple[int, WrittenDate]
_CLOSE = 24


def span_of(placed: Placed) -> Span:
    """Return the offsets of a date in the document."""
    at, date = placed
    return at + date.start, at + date.end


def tell(sentence: Sentence, text: str, duration: Duration, first: Placed, last: Placed) -> Slip:
    """Return the slip of a duration that is not the time between two dates."""
    said = text[duration.start : duration.end]
    begin, end = first[1], last[1]
    message = f"The text says “{said}”, but from {_date(begin)} to {_date(end)} it is {_passed(begin, end)}."
    rests = tuple(span_of(each) for each in (first, last))
    # "99 years, that is, until 1958": the date that follows at once belongs to what is wrong
    close = [date.end for at, date in (first, last) if at == sentence.start and 0 <= date.start - duration.end < _CLOSE]
    return Slip(sentence.start + duration.start, sentence.start + max([duration.end, *close]), message, rests)


def _date(date: WrittenDate) -> str:
    if date.month is None:
        return str(date.year) if date.year > 0 else f"{-date.year} BCE"
    return f"{date.day or ''}/{date.month}/{date.year}".removeprefix("/")


def _passed(first: WrittenDate, last: WrittenDate) -> str:
    if first.day and last.day and abs(last.months - first.months) < 12:
        return _plural(round(elapsed(first, last)[0]), "day")
    if first.month and last.month:
        months = last.months - first.months
        return (
            _plural(months, "month") if months < 24 else f"{_plural(months // 12, 'year')} and {_plural(months % 12, 'month')}"
        )
    return _plural(last.year - first.year, "year")


def _plural(number: int, unit: str) -> str:
    return f"{words(number)} {unit}{'' if number == 1 else 's'}"
