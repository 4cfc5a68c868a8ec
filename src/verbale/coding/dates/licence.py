"""What shows that a number is a year and a word a month: the words around it. Without such a licence neither is a date.

"1,800 troops", "Resolution 1929", "he may go" and "in 2000 men" hold no date; "in 1929", "the 1936 treaty", "(1804-1813)" and
"in May" do.
"""

from __future__ import annotations

import re
from typing import Final

from verbale.coding.dates.atoms import Atom
from verbale.coding.dates.words import COUNTED

# How far before a date its preposition can stand: "not until the beginning of the month of" is the longest that we read.
BEFORE: Final = 48

_WORDS_BEFORE = (
    "in|of|since|from|by|until|till|through|throughout|during|after|before|between|circa|late|early|mid|years?|as|around|"
    "following|beyond|spring|summer|autumn|winter|fall|christmas|easter"
)
_YEAR_LICENCE = re.compile(rf"(?:\b(?:{_WORDS_BEFORE})[\s-](?:the\s)?(?:years?\s)?|\bA\.?D\.?\s)$", re.IGNORECASE)
_MONTH_LICENCE = re.compile(
    rf"\b(?:{_WORDS_BEFORE}|to|and|last|next|this|that|end|beginning|start|middle)[\s-]$", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\b(?:total|force|army|number|strength|garrison|contingent|altitude|height|distance|sum|crowd|population|nearly|over|some)\s(?:of\s)?$"
)
_COUNTED_NEXT = re.compile(rf"[\s-](?:(?:armed|more|other|additional|metric|enemy)\s)?(?:{COUNTED})\b")
_WHEN = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Uu]ntil)\s$")
_DETERMINER = re.compile(
    r"(?:(?<!\bon\s)(?:\b(?:the|this|that|its|their|his|her|our|a|an|under|no|any|failed|abortive)|['’]s|s['’])\s)$",
    re.IGNORECASE,
)
_NOUN_NEXT = re.compile(
    r"\s(?!(?:to|and|or|in|on|at|by|of|with|as|was|were|is|had|has|when|while|but|for|from|that|which|who|the|a|an|until|through)\b)[A-Za-z]"
)
_SAW = re.compile(r"\s(?:saw|was|marked|brought|witnessed|began|proved)\b")
_OPENING = re.compile(r"(?:^|[.!?:;\n]\s?)$")
_BRACKET: Final = {"(": ")", "[": "]"}
_LIST_GAP = re.compile(r"\s?(?:,\s?(?:and\s|or\s)?|\s(?:and|or|&)\s)$")
_SPAN_GAP = re.compile(
    r"(?:\s?[-–—]{1,2}\s?|\s(?P<word>to|into|through|thru|until|till|up\sto|and)\s(?:(?:the|about|as\slate\sas|at\sleast)\s)?"
    r"(?:(?:early|late|mid|the\send\sof|the\sbeginning\sof)[\s-])?)$"
)
OF_YEAR: Final = re.compile(
    r",?\s(?:of\s|in\s)?(?P<which>that|the\ssame|the\sfollowing|the\snext|the\sprevious|the\spreceding|last|this|next)(?:\ssame)?\syear\b",
    re.IGNORECASE,
)
# The longest gap that a list or span of dates can have: " through as late as the beginning of ".
_GAP = 40


def license_atoms(text: str, atoms: list[Atom]) -> set[int]:
    """Mark the years and months that their neighbours show to be dates; return the places of those that belong to a noun."""
    attributive: set[int] = set()
    for place, atom in enumerate(atoms):
        before = text[max(0, atom.start - BEFORE) : atom.start]
        if _bracketed(text, atom) or (_can_stand_before_noun(atom) and _before_noun(text, atoms, place, before)):
            atom.licensed = True
            attributive.add(place)
        elif atom.bare_year and not atom.licensed:
            atom.licensed = _year_is_date(text, atoms, place, before)
        elif atom.month is not None and atom.day is None and atom.year is None and atom.date is None:
            atom.licensed = _month_is_date(text, atoms, place, before)
    for place in range(1, len(atoms)):
        # "the 2024 and 2025 wars": the noun comes after the last.
        if (
            place - 1 in attributive
            and listed(text, atoms[place - 1], atoms[place])
            and _NOUN_NEXT.match(text, atoms[place].end)
        ):
            atoms[place].licensed = True
            attributive.add(place)
    return attributive


def listed(text: str, first: Atom, second: Atom) -> bool:
    """Whether two atoms stand in one list: "1907, 1915 and 1921"."""
    return 0 <= second.start - first.end <= _GAP and bool(_LIST_GAP.match(text[first.end : second.start]))


def span_word(text: str, first: Atom, second: Atom) -> str | None:
    """Return the word that makes a span of two atoms, empty for a dash, None where nothing does."""
    if not 0 < second.start - first.end <= _GAP:
        return None
    match = _SPAN_GAP.match(text[first.end : second.start])
    return (match["word"] or "").lower() if match else None


def _can_stand_before_noun(atom: Atom) -> bool:
    """Whether the atom is a year, month or day with its month: "the 17th" and "the 1930s" are no names of anything."""
    if atom.date is not None:
        return atom.date.precision == "year"
    return atom.year is not None or atom.month is not None


def _before_noun(text: str, atoms: list[Atom], place: int, before: str) -> bool:
    atom = atoms[place]
    if not _DETERMINER.search(before) or (atom.bare_year and _counts(text, atom, before)):
        return False
    if _NOUN_NEXT.match(text, atom.end) and not OF_YEAR.match(text, atom.end):
        return True
    following = atoms[place + 1] if place + 1 < len(atoms) else None
    if following is None or not (following.bare_year and atom.bare_year) or not listed(text, atom, following):
        return False
    return bool(_NOUN_NEXT.match(text, following.end)) and not _COUNTED_NEXT.match(text, following.end)


def _counts(text: str, atom: Atom, before: str) -> bool:
    """Whether the number counts something. "In 1991 troops" begins a clause after a year; "in 2000 men" is a round number."""
    if _AMOUNT.search(before):
        return True
    if not _COUNTED_NEXT.match(text, atom.end):
        return False
    return atom.year is None or atom.year % 50 == 0 or not _WHEN.search(before)


def _year_is_date(text: str, atoms: list[Atom], place: int, before: str) -> bool:
    atom = atoms[place]
    if _counts(text, atom, before):
        return False
    if _YEAR_LICENCE.search(before):
        return True
    previous = atoms[place - 1] if place else None
    if previous and previous.licensed and previous.year is not None:
        if previous.bare_year and listed(text, previous, atom):
            return True
        if span_word(text, previous, atom) is not None:
            return True
    if _opens_span(text, atoms, place):
        return True
    return bool(_OPENING.search(before)) and bool(_SAW.match(text, atom.end) or not text[atom.end :].strip(" .:\n"))


def _opens_span(text: str, atoms: list[Atom], place: int) -> bool:
    """Whether this bare year opens a span "1804 to 1813"; the second year must be later and count nothing."""
    if place + 1 >= len(atoms):
        return False
    first, second = atoms[place], atoms[place + 1]
    word = span_word(text, first, second)
    if word is None or word == "and" or first.year is None or second.year is None or not second.bare_year:
        return False
    return first.year < second.year <= first.year + 200 and not _COUNTED_NEXT.match(text, second.end)


def _month_is_date(text: str, atoms: list[Atom], place: int, before: str) -> bool:
    atom = atoms[place]
    if _MONTH_LICENCE.search(before) or OF_YEAR.match(text, atom.end):
        return True
    if place + 1 < len(atoms) and atoms[place + 1].month is not None and span_word(text, atom, atoms[place + 1]) is not None:
        return True
    previous = atoms[place - 1] if place else None
    if not previous or not previous.licensed or previous.month is None:
        return False
    return listed(text, previous, atom) or span_word(text, previous, atom) is not None


def _bracketed(text: str, atom: Atom) -> bool:
    """Whether the date is all that a bracket holds: "the First War (1804-1813)"."""
    opening = text[atom.start - 1 : atom.start] if atom.start else ""
    return opening in _BRACKET and text[atom.end : atom.end + 1] == _BRACKET[opening]
