"""Dates of other calendars, where the text marks them: Old Style, solar Hijri and lunar Hijri.

The record keeps the Gregorian date and the calendar that the text named. A text that gives a day in both styles counts as
Julian too, dated by its New Style day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.coding.dates.atoms import Atom
from verbale.coding.dates.calendars import from_hijri, from_julian, gregorian
from verbale.core import EventDate
from verbale.core.events import Calendar

SOLAR_MONTHS: Final[dict[str, int]] = {
    "farvardin": 1, "ordibehesht": 2, "khordad": 3, "tir": 4, "mordad": 5, "amordad": 5, "shahrivar": 6, "mehr": 7, "aban": 8,
    "azar": 9, "dey": 10, "bahman": 11, "esfand": 12,
}  # fmt: skip
# Folded spellings: letters only, lower case, see _fold.
LUNAR_MONTHS: Final[dict[str, int]] = {
    "muharram": 1, "moharram": 1, "safar": 2, "rabialawwal": 3, "rabialaval": 3, "rabii": 3, "rabiulawwal": 3, "rabialthani": 4,
    "rabialakhir": 4, "rabiii": 4, "rabiulthani": 4, "rabiathani": 4, "rabiaththani": 4, "jumadaalawwal": 5, "jumadaalula": 5,
    "jumadai": 5, "jumadaaloula": 5, "jumadaalthani": 6, "jumadaalakhira": 6, "jumadaii": 6, "jumadaalthaniya": 6, "rajab": 7,
    "shaban": 8, "shabaan": 8, "ramadan": 9, "ramazan": 9, "shawwal": 10, "shavval": 10, "dhualqadah": 11, "dhualqada": 11,
    "dhulqadah": 11, "dhulqada": 11, "dhualhijjah": 12, "dhualhijja": 12, "dhulhijjah": 12, "dhulhijja": 12, "zilhajja": 12,
}  # fmt: skip
_Q = r"['’‘ʿʾ`]?"
_LUNAR = (
    rf"Muharram|Moharram|Safar|Rabi{_Q}[\s-](?:al|ul|ath|ath-)?[\s-]?(?:[Aa]wwal|[Aa]val|[Tt]hani|[Aa]khir)|Rabi{_Q}\sI{{1,2}}"
    rf"|Jumada[\s-](?:al|ul)[\s-](?:[Aa]wwal|[Uu]la|[Oo]ula|[Tt]haniya|[Tt]hani|[Aa]khira)|Jumada\sI{{1,2}}|Rajab|Sha{_Q}b(?:aa|a)n"
    rf"|Ramadan|Ramazan|Shawwal|Shavval|(?:Dhu|Zi){_Q}[\s-]?(?:al|l){_Q}[\s-]?{_Q}(?:[Qq]a{_Q}dah?|[Hh]ijjah?|[Hh]ajja)"
)
_SOLAR = "|".join(name.capitalize() for name in SOLAR_MONTHS)
_ERA = r"(?:A\.?\s?H\.?|S\.?H\.?|A\.?P\.?|[Ss]olar\s[Hh]ijri|[Ll]unar\s[Hh]ijri|[Hh]ijri|Q\.?|L\.?H\.?)"
_HIJRI_YEAR = r"1[0-4][0-9]{2}(?![0-9])"
_MARK = r"A\.H\.|AH\b|S\.H\.|SH\b|A\.P\.|AP\b|L\.H\.|(?:[Ss]olar|[Ll]unar)\s[Hh]ijri\b|[Hh]ijri\b"
_HIJRI_MONTH = re.compile(
    rf"(?<!\w)(?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?)?(?:(?P<solar>{_SOLAR})|(?P<lunar>{_LUNAR}))"
    rf"(?:\s(?P<late_day>[0-3]?[0-9])(?:st|nd|rd|th)?(?=,\s))?,?\s(?P<year>{_HIJRI_YEAR})(?:\s?(?:{_MARK}))?"
)
_HIJRI_MARKED = re.compile(
    rf"(?<![\w.,-])(?:(?P<year>{_HIJRI_YEAR})\s?(?P<mark>{_MARK})|(?P<first>A\.H\.|AH|A\.P\.|AP|SH)\s(?P<late_year>{_HIJRI_YEAR}))"
)
HIJRI_HINT = re.compile(
    rf"{_SOLAR}|Muharram|Moharram|Safar|Rabi|Jumada|Rajab|Sha.?b|Rama[dz]an|Shaw?v|Dhu|Zi|A\.?H|S\.?H|A\.?P|L\.H|ijri"
)
_SAME_DAY = re.compile(r"\s?[(\[/]\s?(?:i\.e\.\s)?$|\s?/\s?$")

OLD_HINT = re.compile(r"O\.?\s?S\b|N\.?\s?S\b|[Ss]tyle|Julian")
_OLD = r"(?:O\.\s?S\.|OS\b|[Oo]ld\s[Ss]tyle|(?:in\sthe\s)?Julian(?:\s[Cc]alendar)?)"
_NEW = r"(?:N\.\s?S\.|NS\b|[Nn]ew\s[Ss]tyle|(?:in\sthe\s)?Gregorian(?:\s[Cc]alendar)?)"
_AFTER_MARK = re.compile(rf"(?:,?\s?[(\[](?:(?P<old>{_OLD})|(?P<new>{_NEW}))[)\]]|,?\s(?:(?P<old2>{_OLD})|(?P<new2>{_NEW})))")
_BEFORE_MARK = re.compile(rf"(?:(?P<old>{_OLD})|(?P<new>{_NEW}))[,:]?\s$")
_YEAR = re.compile(r",?\s(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9])")


def _fold(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())


def hijri_atoms(text: str) -> Iterator[Atom]:
    """Yield solar and lunar Hijri dates that a month's name or a mark shows to be such."""
    for match in _HIJRI_MONTH.finditer(text):
        day = match["day"] or match["late_day"]
        kind: Calendar = "solar_hijri" if match["solar"] else "lunar_hijri"
        folded = _fold(match["solar"] or match["lunar"])
        month = SOLAR_MONTHS.get(folded) if match["solar"] else LUNAR_MONTHS.get(folded)
        date = from_hijri(kind, int(match["year"]), month, int(day) if day else None) if month else None
        if date:
            yield Atom(match.start(), match.end(), date=date)
    for match in _HIJRI_MARKED.finditer(text):
        mark = match["mark"] or match["first"]
        kind = "solar_hijri" if mark[0] in "Ss" or mark.startswith(("AP", "A.P")) else "lunar_hijri"
        date = from_hijri(kind, int(match["year"] or match["late_year"]))
        if date:
            yield Atom(match.start(), match.end(), date=date)


def merge_hijri(text: str, atoms: list[Atom]) -> list[Atom]:
    """Let a Gregorian date that stands beside a Hijri one ("1357 SH (1978)", "22 Bahman 1357/11 February 1979") settle it."""
    merged: list[Atom] = []
    for atom in atoms:
        before = merged[-1] if merged else None
        if (
            before
            and before.date
            and before.date.calendar.endswith("hijri")
            and atom.year
            and 0 <= atom.start - before.end <= 6
        ):
            gap = text[before.end : atom.start]
            date = atom.date or gregorian(atom.year, atom.month, atom.day)
            if _SAME_DAY.match(gap) and date and abs(date.start.year - before.date.start.year) <= 1:
                end = atom.end + (text[atom.end : atom.end + 1] in (")", "]") and gap.strip()[:1] in ("(", "["))
                before.date = EventDate(date.start, date.end, date.precision, "", before.date.calendar)
                before.end = end
                continue
        merged.append(atom)
    return merged


def old_style(text: str, atoms: list[Atom]) -> list[Atom]:
    """Convert the days that the text marks as Old Style, and fold a second date in brackets into the one that it explains."""
    kept: list[Atom] = []
    for atom in atoms:
        if atom.day is None or atom.month is None:
            kept.append(atom)
            continue
        style = _style(text, atom)
        before = kept[-1] if kept else None
        if style and before and before.day is not None and before.month is not None and _opens(text, before.end, atom.start):
            _fold_into(text, before, atom, style)
            continue
        if style == "old" and atom.year is not None:
            atom.date = from_julian(atom.year, atom.month, atom.day)
        kept.append(atom)
    return [atom for index, atom in enumerate(kept) if not index or atom.start >= kept[index - 1].end]


def _style(text: str, atom: Atom) -> str:
    """Return "old", "new" or nothing for a day; take the mark, and a year after it, into the atom."""
    before = _BEFORE_MARK.search(text[max(0, atom.start - 24) : atom.start])
    if before:
        return "old" if before["old"] else "new"
    after = _AFTER_MARK.match(text, atom.end)
    if not after:
        return ""
    atom.end = after.end()
    _take_year(text, atom)
    return "old" if after["old"] or after["old2"] else "new"


def _take_year(text: str, atom: Atom) -> None:
    year = _YEAR.match(text, atom.end)
    if atom.year is None and year:
        atom.year, atom.end = int(year["year"]), year.end()


def _opens(text: str, end: int, start: int) -> bool:
    gap = text[end:start].lstrip()
    return gap[:1] in ("(", "[") and len(gap) <= 24


def _fold_into(text: str, first: Atom, second: Atom, style: str) -> None:
    """Make one date of "24 October (12 October O.S.) 1813" or "12 October (24 October N.S.) 1813": the New Style day."""
    end = second.end
    if text[end : end + 1] in (")", "]"):
        end += 1
    first.end = end
    _take_year(text, first)
    year = first.year or second.year
    if year is None:
        return
    first.year = year
    new = first if style == "old" else second
    if style == "old" and first.date and first.date.calendar == "julian":
        return
    new_date = gregorian(new.year or year, new.month, new.day)
    if new_date:
        first.date = EventDate(new_date.start, None, "day", "", "julian")
