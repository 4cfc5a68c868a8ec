"""The words and names of which citations by author and year are made (citing.csv), as pieces of regular expressions."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.dates import MONTH_PATTERN
from verbale.review.words import DATA, alternatives, read_lists

_CITING: Final = frozenset(
    {
        "others", "no-year", "between", "joins", "page-marks", "part-marks", "page-ends", "sections", "leads", "leads-in",
        "who", "helpers", "times", "again", "editing", "parts-of-books",
    }
)  # fmt: skip
_LISTS: Final = read_lists(DATA / "citing.csv", _CITING)


def cited(name: str) -> str:
    """Return a list of citing.csv as a group of a regular expression."""
    return alternatives(_LISTS[name])


# Letters that may begin a name, in every Latin alphabet.
UPPER: Final = "".join(each for each in map(chr, (*range(0x41, 0x370), *range(0x1E00, 0x1F00))) if each.isupper())
# Small words that begin surnames; they are grammar of names, not vocabulary.
PARTICLES: Final = (
    "(?:d|de|der|den|van|von|vom|zu|zum|la|le|les|du|da|das|do|dos|di|del|della|al|el|ad|ar|as|at|ash|ibn|bin|ben|abu|ten|ter|af"
    "|av|y|e|ap|st|’t)"
)
# bounded, so that a line of a million letters costs no more than many short ones
NAME: Final = rf"(?:(?:(?<!\w){PARTICLES}[ '-]){{0,2}}(?<![^\W\d_])[{UPPER}][\w'’.&ʻʿ-]{{0,40}}(?<=[\w.]))"
NAMES: Final = (
    rf"{NAME}(?:\s(?:(?:{cited('between')}|{PARTICLES})\s){{0,2}}{NAME}"
    rf"|,\s{NAME}(?=,?\s(?:{cited('joins')}|{NAME},))){{0,7}}"
    rf"(?:,?\s{cited('others')})?"
)
YEARS: Final = rf"(?:(?:\[1[5-9]\d\d\]\s)?(?:1[5-9]\d\d|20\d\d)(?:\s\[1[5-9]\d\d\])?|{cited('no-year')})[a-z]?"
# "2004a, 2004b", "2004a, b", "1998 and 2003"
MORE_YEARS: Final = rf"(?:(?:,\s?|\sand\s|/){YEARS}|,\s?[b-e]\b)*"
PAGES: Final = (
    rf"(?:(?:,|:)?\s?(?:{cited('page-marks')}\.?\s?)?(?<![\w.])[\dxivl]+(?:[.:]\d+)*(?:\s?[-–]\s?[\dxivl]+)?"
    rf"(?:\s?ff?\b|\s?n\d*\b|[rv]\b)?\.?)*(?:,?\s(?:and\s)?{cited('page-ends')})?"
)
PART: Final = rf"(?:,?\s{cited('part-marks')}\.?\s?[\divxl]+(?:\s?[-–]\s?[\divxl]+)?f{{0,2}})?"
# "de Vries 1976" stands in a list as "Vries, Jan de" as often as with its particle first
PARTICLE: Final = re.compile(rf"^(?:{PARTICLES}[ '-])+")
SURNAME: Final = re.compile(rf"(?:\b{PARTICLES}[ '-]){{0,2}}[{UPPER}][\w'’-]+")
GROUP: Final = re.compile(rf"(?:(?i:{cited('leads')})\s)*(?P<names>{NAMES}),?\s\(?(?P<years>{YEARS}{MORE_YEARS})\)?{PAGES}")
# inside a bracket that says more: "(letter of 3 May, in Plaut 2016, 47)", "(so Romanin 1858, and after him Kretschmayr 1934)"
INSIDE: Final = re.compile(rf"(?P<names>{NAMES}),?\s(?P<years>{YEARS}{MORE_YEARS})(?P<pages>{PAGES})(?=$|[\s,;:.)\]])")
LEADS_IN: Final = re.compile(rf"(?:^|[;,(]\s?|\s){cited('leads-in')}\s$", re.IGNORECASE)
IN_PROSE: Final = re.compile(
    rf"(?P<names>{NAME}(?:\s{cited('joins')}\s{NAME}|\s{cited('others')})?)(?:'s?)?\s"
    rf"\((?P<years>{YEARS}{MORE_YEARS})(?P<pages>{PAGES})\)"
)
ENTRY_YEAR: Final = re.compile(rf"(?<![\d-])({YEARS})(?![\w-])")
NOT_AN_AUTHOR: Final = re.compile(rf"\b(?:{MONTH_PATTERN}|{cited('times')})\b", re.IGNORECASE)
CITES_NAMED: Final = re.compile(rf"\b{cited('again')}\.", re.IGNORECASE)
# The last of the authors, where they are not named.
OTHERS: Final = re.compile(rf",?\s{cited('others')}$")
