"""Finds the dates of a text: single dates, what licenses them, what joins them to spans, and what bounds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from verbale.coding.dates.atoms import Atom, century_atoms, day_atoms, figure_atoms, name_atoms, season_atoms
from verbale.coding.dates.calendars import gregorian, last_day, span
from verbale.coding.dates.eras import Eras, load_eras
from verbale.coding.dates.licence import BEFORE, OF_YEAR, license_atoms, listed, span_word
from verbale.coding.dates.marked import HIJRI_HINT, OLD_HINT, hijri_atoms, merge_hijri, old_style
from verbale.coding.dates.mention import Bound, DateMention, Kind, Need
from verbale.coding.dates.relative import TRIGGERS, relative_dates
from verbale.coding.dates.words import HOLIDAYS, MONTHS, SEASONS
from verbale.core import EventDate

_WORDS = re.compile(r"[a-z]+")
_FIGURE = re.compile(r"[0-9]")
_FOUR = re.compile(r"(?<![0-9])(?:1[0-9]{3}|20[0-9]{2})")

_MODIFIER = re.compile(
    r"(?:(?:the\s)?(?:very\s)?\b(?:end|beginning|start|middle|close|opening|(?:first|second|latter)\s(?:half|part|days|week|weeks|months)"
    r"|(?:early|latter|later)\s(?:part|days|weeks|months)|month|year|night|morning|evening)\sof\s(?:the\s)?"
    r"|\b(?:early|late|mid)(?:\sin\s|[\s-])(?:the\s)?|\b(?:the|about)\s|\bA\.?D\.?\s"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:the\s)?)$",
    re.IGNORECASE,
)  # fmt: skip
_BOUND = re.compile(
    r"\b(?:(?P<event>(?:not|never|n['’]t)(?:\s[\w'’-]{1,20}){0,4}\s(?:un)?till?|only\safter|on\sor\sabout)|(?P<until>until(?:\s[\w'’-]{1,20}){1,4}(?=\s(?:in|on)\s)|until|till|up\sto|through|valid\sto|as\slate\sas)"
    r"|(?P<since>since|from|as\sfrom|beginning\sin|starting\sin)|(?P<by>by|within\s(?:[a-z]+\s)?(?:[a-z]+|[0-9]+)\s(?:day|week|month)s?\sof"
    r"|no\slater\sthan|not\slater\sthan)"
    r"|(?P<after>after|following|in\sthe\saftermath\sof|in\sthe\swake\sof|at\sthe\send\sof|beyond)"
    r"|(?P<before>before|prior\sto|ahead\sof|on\sthe\seve\sof))\s(?:in\s|on\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[()\[\]]")
# A closing bracket this near to the start is the "a)" of a list, not the end of a remark that began in an earlier sentence.
_ENUMERATION = 4
_OF = re.compile(r"(?<!\bas\s)(?<!weeks\s)(?<!days\s)(?<!months\s)\bof\s$", re.IGNORECASE)
_RANGE_OPEN = re.compile(
    r"\b(?P<word>between|from)\s(?:the\s)?(?:(?:early|late|mid|the\send\sof|the\sbeginning\sof)[\s-])?(?:the\s)?$",
    re.IGNORECASE,
)
_HOLIDAY = re.compile(
    rf"\b(?P<name>{'|'.join(name.title().replace(chr(39) + 'S', chr(39) + 's') for name in HOLIDAYS)})"
    rf"(?:,?\s(?:of\s)?(?P<year>1[0-9]{{3}}|20[0-9]{{2}})(?![0-9]))?"
)
_MONTH_HINTS: Final = frozenset(MONTHS)
_SEASON_HINTS: Final = frozenset(SEASONS)


def find_dates(text: str, *, offset: int = 0, month_first: bool = False, eras: Eras | None = None) -> list[DateMention]:
    """Find the dates of a text, in order and without overlap; those that only context can tell have no date yet.

    `offset` is where the text stands in its document. 1/9/1939 is the first of September, unless `month_first`. `eras` are
    the wars and ages that count as dates (by default those of the vocabulary). Nothing is raised: what is no date is not found.

    >>> [(m.date.iso(), m.date.iso_end()) for m in find_dates("It lasted from 3 to 7 May 1921.") if m.date]
    [('1921-05-03', '1921-05-07')]
    """
    lower = text.lower()
    words = set(_WORDS.findall(lower))
    figures = _FIGURE.search(text) is not None
    months = not words.isdisjoint(_MONTH_HINTS)
    found = _calendar_dates(text, words, figures=figures, months=months, month_first=month_first)
    if not words.isdisjoint(TRIGGERS):
        found += relative_dates(text, words)
        found = _anchored(text, _without_overlap(found))
    eras = eras if eras is not None else load_eras()
    if not words.isdisjoint(eras.hints):
        found += [replace(era, bound=_bound(text, era.start)) for era in eras.find(text)]
    mentions = _without_overlap(found)
    asides = _asides(text) if mentions and ("(" in text or "[" in text) else ()
    floors = [0, *(mention.end for mention in mentions)]
    return [_finish(text, mention, offset, floor, asides) for mention, floor in zip(mentions, floors, strict=False)]


def _calendar_dates(text: str, words: set[str], *, figures: bool, months: bool, month_first: bool) -> list[DateMention]:
    """Find every date that is made of figures, months, seasons with a year, centuries and holidays."""
    atoms: list[Atom] = []
    if figures:
        if HIJRI_HINT.search(text):
            atoms += hijri_atoms(text)
        if months or _FOUR.search(text) or "century" in words:
            atoms += figure_atoms(text, month_first=month_first)
        if "the" in words:
            atoms += day_atoms(text)
        if not words.isdisjoint(_SEASON_HINTS):
            atoms += season_atoms(text)
    if months:
        atoms += name_atoms(text)
    if "century" in words:
        atoms += century_atoms(text)
    if "day" in words or "eve" in words:
        atoms += [_holiday(match) for match in _HOLIDAY.finditer(text)]
    if not atoms:
        return []
    atoms = _separate(atoms)
    if figures and OLD_HINT.search(text):
        atoms = old_style(text, atoms)
    atoms = merge_hijri(text, atoms)
    attributive = license_atoms(text, atoms)
    return _mentions(text, atoms, attributive)


def _holiday(match: re.Match[str]) -> Atom:
    month, day = HOLIDAYS[match["name"].lower()]
    return Atom(match.start(), match.end(), int(match["year"]) if match["year"] else None, month, day)


def _separate(atoms: list[Atom]) -> list[Atom]:
    """Order atoms and drop those that overlap one that begins earlier or is longer, and days that do not exist."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start, -atom.end)):
        if kept and atom.start < kept[-1].end:
            continue
        kept.append(atom)
    return [atom for atom in kept if _exists(atom)]


def _exists(atom: Atom) -> bool:
    """Whether the calendar has the day; 2000 is a leap year and stands for a year that is not known."""
    if atom.date is not None or atom.day is None or atom.month is None:
        return True
    return gregorian(atom.year or 2000, atom.month, atom.day) is not None


def _mentions(text: str, atoms: list[Atom], attributive: set[int]) -> list[DateMention]:
    """Turn licensed atoms to mentions, pairs of them to spans."""
    mentions: list[DateMention] = []
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        joined = _join(text, atom, atoms[place + 1]) if place + 1 < len(atoms) and place + 1 not in attributive else None
        if joined:
            mentions.append(joined)
            place += 2
            continue
        if atom.licensed:
            kind: Kind = "attributive" if place in attributive else "absolute"
            mention = _single(text, atom, kind, atoms[place + 1] if place + 1 < len(atoms) else None)
            if mention:
                mentions.append(mention)
        place += 1
    return mentions


def _join(text: str, first: Atom, second: Atom) -> DateMention | None:
    """Join two atoms to a span where the words between and before them say so; missing parts come from each other."""
    word = span_word(text, first, second)
    if word is None:
        return None
    opened = _RANGE_OPEN.search(text[max(0, first.start - BEFORE) : first.start])
    if word == "and" and not (opened and opened["word"].lower() == "between"):
        return None
    if word in ("until", "till") and not opened and first.day is None:
        return None
    if not second.licensed and not (first.licensed or opened) and first.month is None:
        return None
    # Two days of one month in a list such as "4-10 January" got the month already; a lone day takes it here.
    start_month = first.month if first.month is not None or first.day is None else second.month
    end_month = second.month if second.month is not None or second.day is None else first.month
    start = replace(first, month=start_month)
    end = replace(second, month=end_month)
    start_date, end_date = _pair(start, end)
    if start_date and end_date:
        date = span(start_date, end_date, text=text[first.start : second.end])
        if date:
            return DateMention(first.start, second.end, date, "absolute")
        return None
    if start_month and end_month and first.year is None and second.year is None:
        need = Need("day" if first.day else "month", day=first.day, month=start_month,
                    to=Need("day" if second.day else "month", day=second.day, month=end_month))  # fmt: skip
        return DateMention(first.start, second.end, None, "partial", need=need)
    if first.day and second.day and not start_month and not end_month:
        return DateMention(
            first.start, second.end, None, "partial", need=Need("day", day=first.day, to=Need("day", day=second.day))
        )
    return None


def _pair(first: Atom, second: Atom) -> tuple[EventDate | None, EventDate | None]:
    """Date both ends of a span; a year that one end lacks is the other's, or its neighbour where that would run backwards."""
    first_year, second_year = first.year, second.year
    backwards = (first.month or 1, first.day or 1) > (second.month or 12, second.day or 31)
    if first_year is None and second_year is not None and first.date is None:
        first_year = second_year - backwards
    elif second_year is None and first_year is not None and second.date is None:
        if second.month is None:
            return None, None
        second_year = first_year + backwards
    start = first.date or (gregorian(first_year, first.month, first.day) if first_year else None)
    end = second.date or (gregorian(second_year, second.month, second.day) if second_year else None)
    return start, end


def _single(text: str, atom: Atom, kind: Kind, following: Atom | None) -> DateMention | None:
    date = atom.date or (gregorian(atom.year, atom.month, atom.day) if atom.year is not None else None)
    if date:
        return DateMention(atom.start, atom.end, date, kind)
    if atom.year is not None:
        return None
    # "on 5 and 7 May 1921": a listed day takes the year that only the last one states.
    if following and following.year and following.month and following.date is None and listed(text, atom, following):
        year = following.year - ((atom.month or 0) > following.month)
        date = gregorian(year, atom.month or following.month, atom.day)
        return DateMention(atom.start, atom.end, date, kind) if date else None
    end, year_shift, amount = atom.end, None, 0
    of_year = OF_YEAR.match(text, atom.end) if atom.month is not None else None
    anchor = "narrative"
    if of_year:
        which = of_year["which"].lower()
        year_shift = (
            -1 if which in ("last", "the previous", "the preceding") else 1 if which.endswith(("next", "following")) else 0
        )
        anchor = "document" if which in ("last", "this", "next") else "narrative"
        end = of_year.end()
    need = Need("day" if atom.day else "month", "document" if anchor == "document" else "narrative", amount,
                day=atom.day, month=atom.month, year_shift=year_shift)  # fmt: skip
    return DateMention(atom.start, end, None, "attributive" if kind == "attributive" else "partial", need=need)


def _anchored(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Tie "two days after" and "the day before" to the date that follows at once."""
    merged: list[DateMention] = []
    for mention in mentions:
        before = merged[-1] if merged else None
        if before and before.kind == "relative" and before.need and before.need.amount and _ties(text, before, mention):
            need = replace(before.need, fixed=mention.date, onto=mention.need)
            merged[-1] = DateMention(before.start, mention.end, None, "relative", need=need)
            continue
        if before and before.kind == "relative" and _restates(text, before, mention):
            merged[-1] = replace(mention, start=before.start)
            continue
        merged.append(mention)
    return merged


def _ties(text: str, relative: DateMention, date: DateMention) -> bool:
    gap = text[relative.end : date.start]
    return text[relative.start : relative.end].lower().endswith(("after", "before", "following")) and gap in (" ", " the ")


def _restates(text: str, relative: DateMention, date: DateMention) -> bool:
    """Whether a date says again what the relative one says: "the following day, 9 March", "on Tuesday (5 May)"."""
    names_day = relative.need is not None and relative.need.unit in ("day", "weekday")
    states_day = (date.date.precision == "day") if date.date else date.need is not None and date.need.day is not None
    return (
        date.kind in ("absolute", "partial")
        and names_day
        and states_day
        and text[relative.end : date.start] in (", ", " (", ", the ")
    )


def _without_overlap(mentions: Iterable[DateMention]) -> list[DateMention]:
    """Keep the longest of overlapping mentions, an explicit date before a relative one of the same length; in order."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.date is None))
    kept: list[DateMention] = []
    for mention in ordered:
        if kept and mention.start < kept[-1].end:
            longer = mention.end - mention.start > kept[-1].end - kept[-1].start
            if longer:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def _bound(text: str, start: int) -> Bound:
    match = _BOUND.search(text[max(0, start - BEFORE) : start])
    name = match.lastgroup if match else None
    return cast(Bound, name) if name and name != "event" else ""


def _asides(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches inside brackets; one that never closes runs to the end, one that never opened from the start."""
    spans, opened = [], []
    for match in _BRACKETS.finditer(text):
        if match.group() in "([":
            opened.append(match.start())
        elif opened:
            spans.append((opened.pop(), match.start()))
        elif match.start() > _ENUMERATION:
            spans.append((-1, match.start()))
    spans += [(start, len(text)) for start in opened]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not merged or start > merged[-1][1]:
            merged.append((start, end))
        elif end > merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
    return tuple(merged)


def _finish(text: str, mention: DateMention, offset: int, floor: int, asides: tuple[tuple[int, int], ...]) -> DateMention:
    """Take the words that shade a date into it (not back beyond `floor`), read its bound, move it to the document's offsets."""
    start = mention.start
    if mention.kind in ("absolute", "partial"):
        for _ in range(2):
            shade = _MODIFIER.search(text[max(floor, start - BEFORE) : start])
            if not shade:
                break
            start -= len(shade.group())
    bound = mention.bound
    spanned = mention.date is not None and mention.date.end is not None and mention.date.precision == "day"
    if mention.kind != "attributive" and not bound:
        bound = _bound(text, start)
        if bound == "since" and (spanned or _is_span(mention)):
            bound = ""
    date = mention.date
    if date:
        date = _dated(date, text[start : mention.end], bound, era=mention.kind == "era")
    bracket = bisect_left(asides, (start, 0)) - 1
    aside = bracket >= 0 and start < asides[bracket][1]
    of_noun = mention.kind in ("absolute", "partial") and bool(_OF.search(text[max(0, start - BEFORE) : start]))
    return replace(
        mention, start=start + offset, end=mention.end + offset, date=date, bound=bound, aside=aside, of_noun=of_noun
    )


def _is_span(mention: DateMention) -> bool:
    if mention.need is not None:
        return mention.need.to is not None
    return mention.kind == "absolute" and mention.date is not None and mention.date.end is not None


def _dated(date: EventDate, words: str, bound: Bound, *, era: bool) -> EventDate:
    """Write the words into the date; after an era is when it ended, before it when it began."""
    if era and bound in ("after", "since", "until"):
        return EventDate(last_day(date).replace(month=1, day=1), None, "year", words)
    if era and bound in ("before", "by"):
        return EventDate(date.start, None, "year", words)
    return replace(date, text=words)
