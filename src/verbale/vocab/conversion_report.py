"""What a conversion of many codes came to: how many converted, which did not and why, and where a rule chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from verbale.core import VerbaleError
from verbale.vocab.conversion import Converted

# More lines than this scroll a screen away; `problems` and `chosen` hold all.
MAX_LINES: Final = 40


@dataclass(frozen=True, slots=True)
class Unconverted:
    """A code that did not convert: the years (None: no year was given), the number of rows, and the reason.

    `kind` is the code of the error: `code-unknown`, `code-not-then`, `code-no-state`, `code-not-covered`,
    `code-no-counterpart`, `code-ambiguous` or `code-year`.
    """

    value: Any
    years: tuple[int, ...]
    rows: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A code that converted by a rule among several: years, number of rows, the code chosen, and what else it could be."""

    value: Any
    years: tuple[int, ...]
    rows: int
    code: Any
    note: str

    def __str__(self) -> str:
        """Say what was chosen, and among what."""
        years = f" in {in_words(self.years)}" if self.years else ""
        return f"{rows_in_words(self.rows)}: {self.value}{years} is {self.code} ({self.note})"


@dataclass(frozen=True, slots=True)
class ConversionReport:
    """The account of a conversion: every row is counted as converted, missing (no code was there) or not converted."""

    from_: str
    to: str
    rows: int
    converted: int
    missing: int
    problems: tuple[Unconverted, ...]
    chosen: tuple[Chosen, ...]

    @property
    def unconverted(self) -> int:
        """How many rows hold a code that did not convert."""
        return sum(problem.rows for problem in self.problems)

    def lines(self) -> list[str]:
        """Return the report in words, the problems with the most rows first."""
        counts = f"{self.from_} to {self.to}: {self.converted:,} of {self.rows:,} converted, {self.unconverted:,} did not"
        lines = [f"{counts}, {self.missing:,} were missing" if self.missing else counts]
        lines += [f"  {rows_in_words(one.rows)}: {one.reason}" for one in self.problems[:MAX_LINES]]
        if len(self.problems) > MAX_LINES:
            lines.append(f"  and {len(self.problems) - MAX_LINES:,} more")
        if self.chosen:
            lines.append("chosen by rule (docs/country-codes.md):")
            lines += [f"  {one}" for one in self.chosen[:MAX_LINES]]
            if len(self.chosen) > MAX_LINES:
                lines.append(f"  and {len(self.chosen) - MAX_LINES:,} more")
        return lines

    def __str__(self) -> str:
        """Return the report in words."""
        return "\n".join(self.lines())


def report(from_: str, to: str, found: Iterable[tuple[Any, int | None, int, Converted]]) -> ConversionReport:
    """Return the report of codes, years, numbers of rows, and what became of each."""
    rows = converted = missing = 0
    problems: dict[tuple[Any, str, Any], list[tuple[int | None, int, VerbaleError]]] = {}
    chosen: dict[tuple[Any, Any, str], list[tuple[int | None, int]]] = {}
    for value, year, count, one in found:
        rows += count
        if one.problem is not None:
            key = (value, one.problem.code, str({**one.problem.parts, "years": ""}))
            problems.setdefault(key, []).append((year, count, one.problem))
        elif one.code is None:
            missing += count
        else:
            converted += count
            if one.note:
                chosen.setdefault((value, one.code, one.note), []).append((year, count))
    unconverted = [_unconverted(value, kind, held) for (value, kind, _), held in problems.items()]
    by_rule = [
        Chosen(value, _years(held), sum(one[1] for one in held), code, note) for (value, code, note), held in chosen.items()
    ]
    return ConversionReport(
        from_,
        to,
        rows,
        converted,
        missing,
        tuple(sorted(unconverted, key=lambda one: -one.rows)),
        tuple(sorted(by_rule, key=lambda one: -one.rows)),
    )


def _unconverted(value: Any, kind: str, held: list[tuple[int | None, int, VerbaleError]]) -> Unconverted:
    years = _years([(year, count) for year, count, _ in held])
    parts = dict(held[0][2].parts)
    if years and "years" in parts:
        parts["years"] = in_words(years)
    return Unconverted(
        value, years, sum(count for _, count, _ in held), kind, VerbaleError(kind, **parts).problem.message.format(**parts)
    )


def _years(held: Iterable[tuple[int | None, int]]) -> tuple[int, ...]:
    return tuple(sorted({year for year, _ in held if year is not None}))


def in_words(years: tuple[int, ...]) -> str:
    """Return years as `1946-1949, 1951`."""
    shown: list[str] = []
    first = last = years[0]
    for year in (*years[1:], None):
        if year is not None and year == last + 1:
            last = year
            continue
        shown.append(str(first) if first == last else f"{first}-{last}")
        first = last = year if year is not None else last
    return ", ".join(shown)


def rows_in_words(rows: int) -> str:
    """Return `1 row` or `12 rows`."""
    return f"{rows:,} row{'' if rows == 1 else 's'}"
