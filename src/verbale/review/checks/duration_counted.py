"""Durations that lead from one date to another: "three years later, in 1950", "five years after the armistice of 1918"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_told import Placed, tell
from verbale.review.dates import WrittenDate
from verbale.review.durations import YEAR, Duration, elapsed
from verbale.review.marking import DATE, Marked

_LATER: Final = re.compile(
    r"^,?\s(?P<how>later|afterwards?|on(?=[,;.)])|thereafter|subsequently|after(?=[,;.)]|\sin\s\W)|after\s(?:that|this)\b(?!\s[a-z])|"
    r"earlier|before(?=[,;.)]|\sin\s\W)|before\sthat\b|previously|beforehand|sooner)",
    re.IGNORECASE,
)
_EVENT: Final = re.compile(
    r"^,?\s(?:to\sthe\sday\s|to\sthe\smonth\s)?(?P<how>after|following|since|from|before|ahead\sof|prior\sto|short\sof|later\sthan|earlier\sthan)\s",
    re.IGNORECASE,
)
_BACK: Final = frozenset(
    {"earlier", "before", "before that", "previously", "beforehand", "ahead of", "prior to", "earlier than", "short of"}
)
# What a count may start from without a date of its own: "The following spring they allied themselves; two years later ..."
_UNDATED: Final = re.compile(
    r"\b(?:following|next|same|that|previous)\s(?:spring|summer|autumn|fall|winter|year|month|week|day|morning|night)\b",
    re.IGNORECASE,
)
# Between a duration with "later" and the date that it reaches; a comma may set it off.
_REACHES: Final = re.compile(
    rf"^,?\s?\(?(?:that\sis,?\s|i\.e\.,?\s|namely,?\s)?(?:only\s|finally\s|again\s)?(?:in|on|by)?\s?(?:the\s)?"
    rf"(?:(?:early|late|mid|spring|summer|autumn|winter|fall|end|of)[\s-]){{0,3}}{DATE}",
    re.IGNORECASE,
)
# "In 1950, three years later, ..." and "died in 1963, eight years after ..."
_REACHED: Final = re.compile(
    r"(?:\s?(?:BCE?|CE|AD))?,?\s+(?:\(|–\s?|—\s?|and\sso\s|that\sis,?\s|i\.e\.,?\s|fully\s|only\s|just\s|barely\s|scarcely\s|some\s|exactly\s|precisely\s|no\sless\sthan\s|a\sfull\s)*",
    re.IGNORECASE,
)
_MAIN_DATE: Final = re.compile(
    rf"(?:\b(?:in|on|by)\s(?:early\s|late\s|mid-)?|\(|\b(?:by|with|through|under)\s(?:the|a|an)\s(?:[\w’'-]+\s){{1,4}}of\s)({DATE})",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:.]\s|\sand\s|,\s(?:and|but|while|whereas|which|who)\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"[,;:.]\s|\s(?:but|while|whereas)\s", re.IGNORECASE)
# "25 years after the treaty."
_BARE: Final = re.compile(r"(?:the|that|this)\s[a-z]+(?=\s*(?:[.,;:)\[]|$))")
Near = list[tuple[Sentence, Marked]]


def find_counted(
    sentence: Sentence,
    marked: Marked,
    duration: Duration,
    near: Near,
    dated: Iterable[tuple[Sentence, Marked]],
    every: Iterable[WrittenDate],
    opening: Iterable[WrittenDate] = (),
) -> tuple[Slip | None, bool]:
    """Return the slip of a duration that leads from date to date, and whether it is one of these at all.

    `dated` are the sentences with dates so far; any of `every` date of the text acquits what is counted from a thing that the
    text names in other words only, any of its `opening` what is counted back from nothing that is named.
    """
    rest = marked.text[duration.end :]
    within = duration.about == "within" and re.match(rf",\s(?:on|in|by)\s{DATE}", marked.marks[duration.end :])
    if within:
        target, back = _target_after(marked, duration.end), False
        anchors = _anchors(sentence, marked, duration, target, near)
    elif (later := _LATER.match(marked.marks[duration.end :])) is not None:
        if _UNDATED.search(marked.text[: duration.start]):
            return None, True
        back = re.sub(r"\s+", " ", later["how"].lower()) in _BACK
        end = duration.end + later.end()
        target = _target_of_later(marked, duration, end)
        anchors = _anchors(sentence, marked, duration, target, near)
        if back and target is not None and any(duration.fits(target, date) for date in opening):
            return None, True  # counted back from what the whole text is about
    elif (event := _EVENT.match(rest)) is not None:
        how = re.sub(r"\s+", " ", event["how"].lower())
        if how in ("since", "from"):
            return None, False
        back = how in _BACK
        anchor = _event_date(marked, duration.end + event.end())
        target = _target_around(marked, duration, anchor)
        anchors = (
            [(sentence.start, anchor)] if anchor else _named_before(sentence, marked, duration.end + event.end(), near, dated)
        )
        if anchor is None and not back and _of_the_whole(duration, rest[event.end() :], target, opening):
            return None, True
        if not anchors and anchor is None and not back:
            anchors = _in_other_words(sentence, marked, duration.end + event.end(), near)
            # among many years one fits by chance, among months and days hardly
            exact = [date for date in every if duration.unit != "year" or (target and target.month and date.month)]
            if target is not None and any(duration.fits(date, target) for date in exact):
                return None, True
        if not anchors or (anchor is None and target is None):
            return None, True
        if target is None:
            placed = _only_date(near)
            return (None if placed is None else _judge(sentence, marked, duration, placed, anchors, back=back)), True
    else:
        return None, False
    if target is None or not anchors or _second_step(marked, duration, target, anchors):
        return None, True
    return _judge(sentence, marked, duration, (sentence.start, target), anchors, back=back), True


def _target_of_later(marked: Marked, duration: Duration, end: int) -> WrittenDate | None:
    """Return the date that "N years later", which ends at an offset, reaches."""
    return (
        _target_after(marked, end)
        or _target_before(marked, duration)
        or _target_main(marked, end)
        or _target_set_off(marked, duration, end)
    )


def _of_the_whole(duration: Duration, event: str, target: WrittenDate | None, opening: Iterable[WrittenDate]) -> bool:
    """Tell whether a bare "the treaty" so many years before is the one that the whole text is about."""
    if target is None or duration.days < YEAR or _BARE.match(event) is None:
        return False
    return any(duration.fits(date, target) for date in opening)


def _second_step(marked: Marked, duration: Duration, target: WrittenDate, anchors: list[Placed]) -> bool:
    """Tell whether a time begins at the end of one before it: "two years after the war of 1948 ...; four years later"."""
    steps = [each for each in marked.durations if each.end <= duration.start and each.unit == duration.unit]
    whole = [replace(duration, days=duration.days + each.days, number=duration.number + each.number) for each in steps]
    return any(each.fits(anchor[1], target) for each in whole for anchor in anchors)


def _judge(
    sentence: Sentence, marked: Marked, duration: Duration, target: Placed, anchors: list[Placed], *, back: bool
) -> Slip | None:
    if duration.unit in ("day", "week") and target[1].day:
        # "the war of 1995 began on 26 January and ended on 17 February, three weeks later": a year says nothing of weeks
        anchors = [anchor for anchor in anchors if anchor[1].day] or anchors
    pairs = [((target, anchor) if back else (anchor, target)) for anchor in anchors]
    if any(duration.fits(first[1], last[1]) for first, last in pairs):
        return None
    # an anchor after its target: the count starts from something else
    ordered = [
        (first, last) for first, last in pairs if (last[1].year, last[1].month or 12) >= (first[1].year, first[1].month or 1)
    ]
    if not ordered or _implausible(duration, ordered[-1]):
        return None
    return tell(sentence, marked.text, duration, *ordered[-1])


def _implausible(duration: Duration, pair: tuple[Placed, Placed]) -> bool:
    """Tell whether the dates cannot be meant: none passed between them, as far as they are written, or a date has no day."""
    first, last = pair[0][1], pair[1][1]
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return True
    low, high = elapsed(first, last)
    if high < 0 or not 0.2 * duration.days <= max(high, 1) or low > 5 * duration.days:
        return True  # an end before its beginning, or a time of another order
    if duration.unit == "day" and not (first.day and last.day):
        return True
    # a few days or weeks between dates that are years apart are counted from something that has no date here
    return duration.days < YEAR / 4 and not (first.month and last.month)


def _target_after(marked: Marked, end: int) -> WrittenDate | None:
    match = _REACHES.match(marked.marks[end:])
    return None if match is None else next((date for date in marked.dates if date.start >= end), None)


def _target_before(marked: Marked, duration: Duration) -> WrittenDate | None:
    earlier = [date for date in marked.dates if date.end <= duration.start]
    if earlier and _REACHED.fullmatch(marked.text[earlier[-1].end : duration.start]):
        return earlier[-1]
    return None


# "the peace, on 28 June 1919, came seven months later": the date of the clause is set off before its verb
_SET_OFF: Final = re.compile(
    rf",\s(?:in|on|of)\s(?:early\s|late\s)?({DATE}),\s(?:(?!and\b|but\b|then\b|who\b|which\b)[a-z]+\s){{1,3}}$"
)


def _target_set_off(marked: Marked, duration: Duration, end: int) -> WrittenDate | None:
    match = _SET_OFF.search(marked.marks[: duration.start])
    if match is None or not re.match(r"\s*(?:[.;:]|$)", marked.text[end:]):
        return None
    return next(date for date in marked.dates if date.start == match.start(1))


def _target_main(marked: Marked, end: int) -> WrittenDate | None:
    """Return the date of the clause that "N years later" begins: "Three years later the port was opened, in 1950"."""
    clause = _CLAUSE.search(marked.marks, end)
    match = _MAIN_DATE.search(marked.marks, end, clause.start() if clause else len(marked.marks))
    return None if match is None else next(date for date in marked.dates if date.start == match.start(1))


def _anchors(sentence: Sentence, marked: Marked, duration: Duration, target: WrittenDate | None, near: Near) -> list[Placed]:
    here = [(sentence.start, date) for date in marked.dates if date.end <= duration.start and date is not target]
    aside = [each for each in here if told_aside(marked, each[1], duration.start)]
    if len(here) > len(aside):
        return [*aside, *(each for each in here if each not in aside)]
    # the nearest sentences with dates: a writer counts from what was told last, now and then from the one before
    for each, other in near[-2:]:
        here += [(each.start, date) for date in other.dates]
        aside += [(each.start, date) for date in other.dates if told_aside(other, date, len(other.text))]
    return [*aside, *(each for each in here if each not in aside)] if len(here) > len(aside) else []


# "the minister, who had been an earl since 1876, came home": since when something was so is told aside, and not counted from
_ASIDE: Final = re.compile(rf",\s(?:who|which|whose|where)\s[^,;:.]*\bsince\s({DATE}),")


def told_aside(marked: Marked, date: WrittenDate, end: int) -> bool:
    """Tell whether a date says only since when somebody had been something: "who had been an earl since 1876"."""
    return any(match.start(1) == date.start for match in _ASIDE.finditer(marked.marks, 0, end))


def _event_date(marked: Marked, at: int) -> WrittenDate | None:
    """Return the date of the event that a count starts from, before the words turn to something else."""
    broken = _BREAK.search(marked.marks, at)
    end = broken.start() if broken else len(marked.marks)
    # "after the treaty (1815)," and "after the treaty, in 1815,": the date may be set off
    found = next((date for date in marked.dates if at <= date.start < end), None)
    if found is None and broken is not None:
        off = re.compile(rf",?\s(?:\(|in\s|of\s|signed\sin\s|on\s)?({DATE})").match(marked.marks, broken.start())
        found = next((date for date in marked.dates if off and date.start == off.start(1)), None)
        # "Five years after the armistice, in 1923, ...": the date is the one that is reached
        if found is not None and not any(date is not found for date in marked.dates):
            return None
    return found


def _named_before(
    sentence: Sentence, marked: Marked, at: int, near: Near, dated: Iterable[tuple[Sentence, Marked]]
) -> list[Placed]:
    """Return the dates of the last sentence before that names what a count starts from: "four years after Zambia"."""
    broken = _BREAK.search(marked.marks, at)
    phrase = marked.text[at : broken.start() if broken else len(marked.text)]
    named = set(re.findall(r"[A-Z][\w'-]{3,}", phrase))
    names = named or set(re.findall(r"[a-z]{5,}", phrase))
    if _POINTED.match(phrase) and not (near and near[-1][0].index == sentence.index - 1):
        return []
    if _ORDER.fullmatch(phrase.strip(" .;,)")):
        earlier = [date for date in marked.dates if date.end <= at]
        return [(sentence.start, date) for date in earlier[:-1]] if len(earlier) == 2 else []
    stems = {_stem(word) for word in re.findall(r"[A-Za-zÀ-ž][\w'-]{3,}", phrase)} - _EMPTY
    own = [date for date in marked.dates if date.end <= at]
    if not named and stems and len(own) > 1 and stems <= _stems(marked.text[: own[-1].start]):
        # "in 1996 they voted for it, and it was opened in 2004, eight years after the vote"
        return [(sentence.start, date) for date in own[:-1]]
    plain = any if named else all
    for each, other in reversed(near[-3:]):
        if names and plain(re.search(rf"\b{re.escape(name)}\b", other.text) for name in names) and len(other.dates) == 1:
            return [(each.start, other.dates[0])]
    if not stems:
        return []
    # the events of the text that are told in the same words: any of them may be meant
    return [(each.start, date) for each, other in dated if stems <= _stems(other.text) for date in other.dates]


def _in_other_words(sentence: Sentence, marked: Marked, at: int, near: Near) -> list[Placed]:
    """Return the one date told just before, of which "the decree" may be another name.

    Not before "eleven years before the opening session": what comes later need not be told.
    """
    broken = _BREAK.search(marked.marks, at)
    phrase = marked.text[at : broken.start() if broken else len(marked.text)]
    phrase = "" if re.search(r"[A-Z][\w'-]{3,}", phrase) else phrase.lower()
    if not re.search(r"[a-z]{4,}", phrase.partition(" ")[2]) or not phrase.startswith(("the ", "that ", "this ")):
        return []
    if _POINTED.match(phrase) or _ORDER.fullmatch(phrase.strip(" .;,)")):
        return []
    return [
        (each.start, other.dates[0])
        for each, other in near[-1:]
        if len(other.dates) == 1 and (each.block == sentence.block or phrase.startswith("that "))
    ]


# "after that afternoon": the one that was told just before, or none
_POINTED: Final = re.compile(
    r"(?:that|this)\s(?:afternoon|day|night|morning|evening|moment|hour|date|spring|summer|autumn|winter|month|year)\b",
    re.IGNORECASE,
)
# "fifteen years after the first": of two dates before it, the first
_ORDER: Final = re.compile(r"the\s(?:first|former|earlier|previous|other)(?:\sone)?", re.IGNORECASE)
# Words for one act, by their first letters; and words that name none.
_ALIKE: Final = {
    "conc": "sign",
    "init": "sign",
    "agre": "sign",
    "star": "begi",
    "outb": "begi",
    "brok": "begi",
    "crea": "foun",
    "esta": "foun",
    "inva": "atta",
    "kill": "deat",
    "died": "deat",
    "murd": "deat",
}
_EMPTY: Final = {
    "that",
    "this",
    "thes",
    "thos",
    "last",
    "firs",
    "same",
    "beco",
    "been",
    "were",
    "with",
    "from",
    "their",
    "thei",
    "have",
}


@lru_cache(maxsize=2_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"[A-Za-zÀ-ž][\w'-]{3,}", text))


def _stem(word: str) -> str:
    letters = word.lower()[:4]
    return _ALIKE.get(letters, letters)


def _target_around(marked: Marked, duration: Duration, anchor: WrittenDate | None) -> WrittenDate | None:
    others = [date for date in marked.dates if date is not anchor]
    before = [date for date in others if date.end <= duration.start]
    if before:
        gap = marked.marks[before[-1].end : duration.start]
        return before[-1] if not re.search(r"[;.]\s", gap) and not _DONE_SINCE.fullmatch(gap) else None
    behind = next((date for date in others if anchor is None or date.start >= anchor.end), None)
    if behind is not None and anchor is None and _ANOTHER.search(marked.marks[duration.end : behind.end]):
        return None  # "four years after Lima they met again, and on 3 May 1931 they signed"
    if behind is None or (anchor is not None and re.search(r"[;.]\s", marked.marks[anchor.end : behind.start])):
        return None  # "two years after the war of 1948 they were unmarked; four years later, in 1954, ..."
    return behind


# A date with which the next clause of a sentence begins is that clause's.
_ANOTHER: Final = re.compile(rf"[,;]\s(?:and|but|while|whereas|then)\s(?:in|on|by|from)\s{DATE}")

# "reached the city in 1615 and came home seven years after": what came then has no date here
_DONE_SINCE: Final = re.compile(r"\sand\s(?:[a-z]+\s){1,3}")


def _only_date(near: Near) -> Placed | None:
    """Return the one date of the sentence before, where it has one."""
    if not near or len(near[-1][1].dates) != 1:
        return None
    return near[-1][0].start, near[-1][1].dates[0]
