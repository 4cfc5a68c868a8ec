"""Dates that only context can tell: "two days later", "the following month", "last Tuesday", "that summer", "today"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from verbale.coding.dates.mention import Anchor, DateMention, Need, Unit
from verbale.coding.dates.words import MONTH_NAMES, MONTHS, NUMBERS, SEASONS, WEEKDAYS

# A text that has none of these words holds no relative date: the test that spares most sentences the patterns below.
TRIGGERS: Final = frozenset(
    [
        "later",
        "earlier",
        "before",
        "after",
        "afterward",
        "afterwards",
        "previously",
        "ago",
        "thereafter",
        "hence",
        "following",
        "next",
        "subsequent",
        "previous",
        "preceding",
        "prior",
        "same",
        "that",
        "this",
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "overnight",
        "last",
        "past",
        "end",
        "beginning",
        "start",
        "middle",
        "close",
        "late",
        "early",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ]
) | frozenset(WEEKDAYS)

_UNITS: Final[dict[str, tuple[Unit, int]]] = {
    "day": ("day", 1), "morning": ("day", 1), "afternoon": ("day", 1), "evening": ("day", 1), "night": ("day", 1),
    "dawn": ("day", 1), "week": ("week", 1), "weekend": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1),
    "year": ("year", 1), "decade": ("decade", 1),
}  # fmt: skip
_NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|[0-9]{{1,3}}|several|some|a\sfew|a\scouple\sof|few)"
_UNIT = "day|morning|afternoon|evening|night|dawn|week|weekend|fortnight|month|year|decade"
_MONTH = "|".join(MONTH_NAMES)
_WEEKDAY = "|".join(WEEKDAYS)
_SEASON = "|".join(SEASONS)
_NAMED = rf"(?P<unit>{_UNIT})|(?P<weekday>{_WEEKDAY})|(?P<season>{_SEASON})|(?P<month>{_MONTH})"
_PART = r"(?:(?:early|late|later|earlier|mid)[\s-](?:in\s|on\s)?)?"
# "the summer offensive" names an operation and "the fall of the city" an act, not a time.
_NO_NOUN = r"(?!\s(?:of|offensive|campaign|war|olympics|games|palace|break|conference|session|meeting|term|harvest|school)\b)"

_SHIFT = re.compile(
    rf"(?<![\w-])(?P<number>{_NUMBER})[\s-](?P<unit>hour|day|week|fortnight|month|year|decade)s?['’]?\s"
    r"(?P<way>later|earlier|beforehand|before|after|afterwards?|previously|prior|ago|thereafter|hence)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w-])after\s(?P<number>{_NUMBER})\s(?P<unit>day|week|month|year)s\b(?!\s(?:of|in)\b)", re.IGNORECASE
)
_THE = re.compile(
    rf"(?<![\w-]){_PART}(?:the\s)?(?:very\s)?(?P<which>following|subsequent|previous|preceding|prior|same|(?<=the\s)next|(?<=very\s)next)\s(?:{_NAMED})\b"
    rf"|(?<![\w-])the\s(?P<beside>day|night|week|month|year)\s(?P<way>after|before|following)\b"
    rf"|^next\s(?P<next>day|morning)\b|(?<=[.;:]\s)next\s(?P<next_too>day|morning)\b",
    re.IGNORECASE,
)
_THAT = re.compile(
    rf"(?<![\w-]){_PART}(?:(?P<that>that)(?:\ssame|\svery)?\s(?P<unit>{_UNIT})"
    rf"|that\s(?P<season>{_SEASON})"
    rf"|(?:(?:the\s(?:end|beginning|start|middle|close|rest)\sof|late\sin|early\sin|later\sin)\sthe|in\sthe\ssame)\s(?P<same>day|week|month|year|decade))\b"
    rf"(?!\s(?:of|[0-9]))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?<![\w-])(?:(?P<day>today|tonight|yesterday|tomorrow|overnight)"
    rf"|(?P<part>(?:early|late|later|earlier)\s)?(?P<which>last|next|this)\s(?:{_NAMED}))\b(?!\s(?:of|that|which)\b)",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"(?<![\w-])(?:on\s)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?!,?\s(?:[0-9]|the\s[0-9]|(?:"
    + _MONTH
    + r")\s[0-9]))(?!\s(?:of|Times|Herald|Mail|Telegraph|massacre|Agreement|Accord)\b)"
)
_SEASONS = re.compile(
    rf"\b(?i:in|by|during|since|until|before|after|over)\s(?P<words>(?:the\s)?(?:early\s|late\s|mid-)?(?:following\s|next\s)?(?P<season>{_SEASON})"
    rf"(?:(?:\sof)?\s(?P<that>that\syear|the\ssame\syear))?)\b{_NO_NOUN}(?!,?\s(?:of\s)?[0-9])"
)
_SHIFT_WORDS: Final = frozenset(
    (
        "later",
        "earlier",
        "beforehand",
        "before",
        "after",
        "afterward",
        "afterwards",
        "previously",
        "prior",
        "ago",
        "thereafter",
        "hence",
    )
)
_THE_WORDS: Final = frozenset(("following", "subsequent", "previous", "preceding", "prior", "same", "next", "after", "before"))
_THAT_WORDS: Final = frozenset(
    ("that", "same", "end", "beginning", "start", "middle", "close", "rest", "late", "early", "later")
)
_SPOKEN_WORDS: Final = frozenset(("today", "tonight", "yesterday", "tomorrow", "overnight", "last", "next", "this"))
# "over the next month" is how long something took, not when it was.
_STRETCH = re.compile(r"\b(?:over|for|within|throughout)\s$", re.IGNORECASE)
_DEICTIC_DAYS: Final = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0}
_BACK: Final = frozenset(("earlier", "beforehand", "before", "previously", "prior", "ago", "previous", "preceding", "last"))


def relative_dates(text: str, words: Set[str]) -> Iterator[DateMention]:
    """Yield the relative dates of a text, unresolved, pattern by pattern; `words` are its words in lower case.

    A pattern runs only where one of the words that it needs is there.
    """
    if not words.isdisjoint(_SHIFT_WORDS):
        for match in _SHIFT.finditer(text):
            yield _shift(match)
    for match in _AFTER.finditer(text) if "after" in words else ():
        unit, factor = _UNITS[match["unit"].lower()]
        amount = _number(match["number"])
        yield _relative(match, Need(unit, amount=None if amount is None else amount * factor))
    for match in _THE.finditer(text) if not words.isdisjoint(_THE_WORDS) else ():
        if not _STRETCH.search(text[max(0, match.start() - 12) : match.start()]):
            yield _the(match)
    for match in _THAT.finditer(text) if not words.isdisjoint(_THAT_WORDS) else ():
        if match["season"]:
            yield _relative(match, Need("season", season=match["season"].lower(), year_shift=0))
        elif not _subordinate(match, text):
            yield _relative(match, Need(_UNITS[(match["unit"] or match["same"]).lower()][0], whole=True))
    for match in _SPOKEN.finditer(text) if not words.isdisjoint(_SPOKEN_WORDS) else ():
        mention = _spoken(match, text)
        if mention:
            yield mention
    for match in _WEEKDAYS.finditer(text) if not words.isdisjoint(WEEKDAYS) else ():
        weekday = WEEKDAYS[match["weekday"].lower()]
        yield DateMention(
            match.start("weekday"), match.end(), None, "relative", need=Need("weekday", "document", weekday=weekday)
        )
    for match in _SEASONS.finditer(text) if not words.isdisjoint(SEASONS) else ():
        following = "next " in match["words"] or "following" in match["words"]
        shift = 0 if match["that"] else None
        need = Need("season", season=match["season"].lower(), amount=int(following), year_shift=shift)
        yield DateMention(match.start("words"), match.end("words"), None, "partial", need=need)


def _relative(match: re.Match[str], need: Need) -> DateMention:
    return DateMention(match.start(), match.end(), None, "relative", need=need)


def _number(word: str) -> int | None:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 2 if word.startswith("a couple") else NUMBERS.get(word)


def _shift(match: re.Match[str]) -> DateMention:
    way = match["way"].lower()
    amount = _number(match["number"])
    if match["unit"].lower() == "hour":
        # Twenty-four hours are a day; fewer stay within it.
        unit, factor, amount = _UNITS["day"][0], 1, None if amount is None else amount // 24
        amount = amount or 0
    else:
        unit, factor = _UNITS[match["unit"].lower()]
    sign = -1 if way in _BACK else 1
    anchor: Anchor = "document" if way in ("ago", "hence") else "narrative"
    return _relative(match, Need(unit, anchor, None if amount is None else sign * factor * amount))


def _the(match: re.Match[str]) -> DateMention:
    if match["beside"]:
        return _relative(
            match, Need(_UNITS[match["beside"].lower()][0], whole=True, amount=-1 if match["way"].lower() == "before" else 1)
        )
    if match["next"] or match["next_too"]:
        return _relative(match, Need("day", amount=1))
    which = match["which"].lower()
    return _relative(match, _named(match, "narrative", 0 if which == "same" else -1 if which in (*_BACK, "prior") else 1))


def _named(match: re.Match[str], anchor: Anchor, amount: int) -> Need:
    if match["unit"]:
        unit, factor = _UNITS[match["unit"].lower()]
        return Need(unit, anchor, amount * factor, whole=True)
    if match["weekday"]:
        return Need("weekday", anchor, amount, weekday=WEEKDAYS[match["weekday"].lower()])
    if match["season"]:
        return Need("season", anchor, amount, season=match["season"].lower())
    return Need("month", anchor, amount, month=MONTHS[match["month"].lower()])


def _subordinate(match: re.Match[str], text: str) -> bool:
    """Whether "that day" is a conjunction with a plural or compound ("that day labourers ..."), which is no date."""
    return bool(match["that"]) and text[match.end() : match.end() + 2].strip() in ("-", "s")


def _spoken(match: re.Match[str], text: str) -> DateMention | None:
    if match["day"]:
        return _relative(match, Need("day", "document", _DEICTIC_DAYS[match["day"].lower()]))
    which = match["which"].lower()
    # "the last week", "the next month", "for the last year" are stretches of time, not dates.
    if which != "this" and text[max(0, match.start() - 4) : match.start()].lower().endswith("the "):
        return None
    amount = {"last": -1, "next": 1, "this": 0}[which]
    need = _named(match, "document", amount)
    if match["unit"] and match["unit"].lower() == "night" and which == "last":
        need = Need("day", "document", -1)
    if match["month"] and match["month"][0].islower():
        return None
    return _relative(match, need)
