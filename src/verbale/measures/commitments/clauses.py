"""Reads the words of a comment or a quote, clause by clause: what was ordered, delayed, cancelled, and in which year.

Registers comment in telegrams ("$1 b deal; replacing 2001 order cancelled 2004; delivery planned 2027-2028"), and a quote can
tell in passing what is no coded act of its own ("the purchase that was announced in 2022"). Each year of a clause belongs to
the state word nearest to it; between two as near, to the one before it, since English says when after what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verbale.measures.commitments.days import When
from verbale.measures.commitments.designations import designations
from verbale.measures.commitments.words import CommitmentWords, Found

_YEARS: Final = re.compile(r"(?<![\d$€£-])(1[89]\d\d|20\d\d)(?:\s?[-–/]\s?(\d{4}|\d{2})(?!\d))?(?![\d-])")
# "Probably more ordered; but cancelled later" is one clause: the second half is about what the first named.
_CLAUSE: Final = re.compile(r";(?!\s*(?:but|and|or)\b)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s]+")
# Words between a year and the state word that it dates, where a clause holds several of either. In the register's comments of
# March 2025, "cancelled after Iranian 1979 revolution" needs three; at more, the year is mostly that of another thing.
_REACH: Final = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A state that a clause tells: `when` is None where it gives no year.

    `rest` says that the clause is about part of an order, or about more than was ordered; `earlier` that it is about an earlier
    order, in whose place another one came. `names` are the families of goods named.
    """

    state: str
    when: When | None
    rest: bool
    earlier: bool
    names: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Due:
    """Years in which delivery was planned, as a clause tells."""

    when: When
    words: str


def read_comment(text: str, words: CommitmentWords) -> tuple[list[Told], list[Due]]:
    """Return the states and the planned dates that a comment tells of its own order, or of one that this replaced."""
    told, due = list[Told](), list[Due]()
    for clause in (part.strip() for part in _CLAUSE.split(text)):
        if not clause or words.has(clause, "elsewhere"):
            continue
        planned = words.find(clause, "planned")
        years = _years(clause)
        if planned and years:
            due.append(Due(years[0][1], clause))
        elif not planned:
            found = _read(clause, words)
            told += found
            due += [Due(When.year(one.when.first.year), clause) for one in found if one.state == "delayed" and one.when]
    return told, due


def read_quote(text: str, key: str, words: CommitmentWords) -> list[Told]:
    """Return the states with a year that the clauses of a quote tell of a good of this family, named in the clause itself."""
    clauses = (part.strip() for part in re.split(r"[,;:()—]|\bbut\b", text))
    found = [one for clause in clauses if clause for one in _read(clause, words)]
    return [one for one in found if one.when is not None and key in one.names]


def _read(clause: str, words: CommitmentWords) -> list[Told]:
    acts, years = words.find(clause, "act"), _years(clause)
    earlier = words.has(clause, "replacing")
    rest = words.has(clause, "rest")
    names = tuple(one.key for one in designations(clause))
    dated = _dated(clause, acts, years)
    if earlier and not any(act.word.state == "promised" for act in acts):
        return []  # "replacing losses": nothing that was ordered
    return [Told(act.word.state, dated.get(at), rest, earlier, names, clause) for at, act in enumerate(acts)]


def _years(clause: str) -> list[tuple[int, When]]:
    found = []
    for match in _YEARS.finditer(clause):
        first = int(match[1])
        last = int(match[2]) if match[2] and len(match[2]) == 4 else first // 100 * 100 + int(match[2]) if match[2] else first
        found.append((match.start(), When.year(first, last if last >= first else first)))
    return found


def _dated(clause: str, acts: list[Found], years: list[tuple[int, When]]) -> dict[int, When]:
    """Return for each act, by its position in the list, the years that belong to it, joined to one span."""
    starts = [match.start() for match in _WORD.finditer(clause)]

    def place(offset: int) -> int:
        return sum(start <= offset for start in starts)

    alone = len(acts) == 1 and len(years) == 1
    found: dict[int, When] = {}
    for offset, when in years:
        near = [(abs(place(offset) - place(act.start)), act.start > offset, at) for at, act in enumerate(acts)]
        if not near or (min(near)[0] > _REACH and not alone):
            continue
        at = min(near)[2]
        known = found.get(at)
        found[at] = When(min(known.first, when.first), max(known.last, when.last), "year") if known else when
    return found
