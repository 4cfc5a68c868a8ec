"""What the checks of durations share: which dates bear a time out, which can be meant, what was told last, what a slip says."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterable
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip, Span
from verbale.review.chronicle import Chronicle
from verbale.review.dates import UNTOLD, WrittenDate, year_words
from verbale.review.durations import YEAR, Duration, elapsed
from verbale.review.numbers import words
from verbale.review.trees import SUBJECTS, Tree

# A date with the offset of its sentence.
Placed = tuple[int, WrittenDate]
_BORN: Final = re.compile(r"\bborn\s[^,;.]*$", re.IGNORECASE)
_CLOSE: Final = 24
# So many sentences back "that incident", "it" and what the account has arrived at reach.
REACH: Final = 3
_EXACT: Final = frozenset({"day", "week", "fortnight"})


def span_of(placed: Placed) -> Span:
    """Return the offsets of a date in the document."""
    at, date = placed
    return at + date.start, at + date.end


def bears(duration: Duration, first: WrittenDate, last: WrittenDate, *, inclusive: bool = True) -> bool:
    """Tell whether two dates bear a time out, both ends counted as well if `inclusive`; years say nothing of weeks."""
    if duration.days < YEAR / 2 and not (first.month and last.month):
        return False
    if duration.about == "within" and first.order == last.order:
        return False  # "less than a year" from a date to itself says nothing
    return duration.fits(first, last) or (inclusive and duration.fits(first, last, inclusive=True))


def borne_out(duration: Duration, dates: Iterable[WrittenDate]) -> bool:
    """Tell whether any two of some dates bear a time out."""
    ordered = sorted(dates, key=lambda date: date.order)
    return any(bears(duration, one, other) for one, other in itertools.combinations(ordered, 2))


def plausible(duration: Duration, first: WrittenDate, last: WrittenDate, *, factor: float) -> bool:
    """Tell whether a time may be meant to lie between two dates: they are as exact as it, in order, and no `factor` off."""
    low, high = elapsed(first, last)
    if high <= 0 or (duration.unit in _EXACT and not (first.day and last.day)):
        return False
    if duration.days < YEAR / 2 and not (first.month and last.month):
        return False
    return duration.days / factor <= max(high, 1) and low <= duration.days * factor


def told_last(chronicle: Chronicle, tree: Tree) -> list[Placed]:
    """Return the dates of the sentences just before in a paragraph, the nearest first."""
    found: list[Placed] = []
    for index in range(tree.sentence.index - 1, max(-1, tree.sentence.index - 1 - REACH), -1):
        other = chronicle.trees.get(index)
        if other is None or other.sentence.block != tree.sentence.block:
            break
        dates = sorted(chronicle.dates[index].values(), key=lambda date: -date.start)
        found += [(other.sentence.start, date) for date in dates]
    return found


def of_the_same(chronicle: Chronicle, tree: Tree, verb: int) -> list[Placed]:
    """Return the dates of the whole text that stand in sentences with the noun or name that is the subject of a verb."""
    at = tree.subject(verb)
    if at is None or tree.tokens[at].pos not in ("NOUN", "PROPN"):
        return []
    word = re.compile(rf"\b{re.escape(tree.lemma(at))}", re.IGNORECASE)
    return [
        (other.sentence.start, date)
        for index, other in chronicle.trees.items()
        if word.search(other.sentence.text)
        for date in chronicle.dates[index].values()
    ]


def of_its_own(tree: Tree, at: int, before: str) -> bool:
    """Tell whether "it" is named here and not `before`: "Japan left, sixty-seven years after it had joined"."""
    verb = tree.head(at)
    host = None if verb is None or not tree.is_verb(verb) else tree.head(verb)
    whose = None if host is None else tree.child(host, *SUBJECTS)
    if whose is None or tree.tokens[whose].pos != "PROPN":
        return False
    return tree.tokens[whose].text not in before


def fixed(tree: Tree, sentence: Sentence, duration: Duration) -> bool:
    """Tell whether a time is that of a duty or a plan: "it was to pay 200 talents a year for fifty years"."""
    top = tree.top(tree.within(sentence.start + duration.start, sentence.start + duration.end))
    verb = None if top is None else tree.head(top)
    while verb is not None and not tree.is_verb(verb):
        verb = tree.head(verb)
    if verb is None or not any(tree.word(each) == "to" for each in tree.children(verb, "mark")):
        return False
    return any(tree.lemma(each) == "be" and each < verb for each in tree.children(verb, "aux", "cop"))


def joined_since(tree: Tree, verb: int | None, end: int) -> bool:
    """Tell whether a verb is joined behind a date (its `end`), which thus is not its own: "left in 1613 and came home"."""
    return verb is not None and tree.label(verb) == "conj" and tree.tokens[verb].start >= end


def birth(text: str, date: WrittenDate) -> bool:
    """Tell whether a date of a text is that of a birth, since which nobody serves or reigns."""
    return _BORN.search(text[: date.start]) is not None


# From so many years on a time is told in years and months.
_YEARS_TOLD: Final = 2


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
    year = "" if date.year == UNTOLD else year_words(date.year)
    month = "" if date.month is None else calendar.month_name[date.month]
    return " ".join(filter(None, (str(date.day or "") if month else "", month, year)))


def _passed(first: WrittenDate, last: WrittenDate) -> str:
    if first.day and last.day and abs(last.months - first.months) < 12:
        return _plural(round(elapsed(first, last)[0]), "day")
    if first.month and last.month:
        years, months = divmod(last.months - first.months, 12)
        if years < _YEARS_TOLD:
            return _plural(12 * years + months, "month")
        return " and ".join([_plural(years, "year"), *([_plural(months, "month")] if months else [])])
    return _plural(last.year - first.year, "year")


def _plural(number: int, unit: str) -> str:
    return f"{words(number)} {unit}{'' if number == 1 else 's'}"
