"""Whole columns of country codes: lists, numpy, pandas, polars, Arrow, Ibis tables, and the lookup table for other joins."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Final, Literal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from verbale.core import VerbaleError
from verbale.vocab.code_systems import CodeSystem, system
from verbale.vocab.conversion import Converted, convert_code, shown_year
from verbale.vocab.conversion_report import ConversionReport, report

OnProblems = Literal["warn", "raise", "ignore"]
# Added to the name of a converted column for the column that says why a row has no code.
PROBLEM_SUFFIX: Final = "_problem"


class ConversionWarning(UserWarning):
    """Some codes did not convert; the text is the report."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Converted codes in the kind of column that was given, missing where a code did not convert, and the report."""

    values: Any
    report: ConversionReport


def convert(
    codes: Any,
    *,
    from_: str,
    to: str,
    year: Any = None,
    members_only: bool = True,
    strict: bool = False,
    problems: OnProblems = "warn",
) -> Any:
    """Convert one country code, or a column of them, from one system to another.

    A column (list, tuple, numpy array, pandas or polars Series, Arrow array) gives a column of the same kind and length.
    `year` is one year for all or a column of years; without a year a code converts if the answer is the same in all years.

    A single code that does not convert raises its VerbaleError: `code-unknown`, `code-not-then` (it stood for no state in that
    year), `code-no-state`, `code-not-covered`, `code-no-counterpart`, `code-ambiguous`, `code-year`; a missing code gives None.
    In a column such a code becomes a missing value, and the report of all of them is given as a ConversionWarning, or raised
    as VerbaleError `codes-unconverted` (`problems="raise"`), or left to you (`"ignore"`; use `conversion` for the report).
    With `members_only=False` a year outside of what a code covers gives the nearest years; with `strict` nothing is chosen by
    rule. Raises `code-system` for a system that is not known, `codes-length` for years that do not fit.

    >>> from verbale.vocab.conversion_columns import convert
    >>> convert(345, from_="cown", to="iso3", year=1975), convert(345, from_="cown", to="gwn", year=2010)
    ('YUG', 340)
    >>> convert([260, 255, 265], from_="cown", to="iso3", year=[1980, 1995, 1980])
    ['DEU', 'DEU', 'DDR']
    """
    if _is_scalar(codes):
        one = convert_code(codes, from_=from_, to=to, year=year, members_only=members_only, strict=strict)
        if one.problem is not None:
            raise one.problem
        return one.code
    done = conversion(codes, from_=from_, to=to, year=year, members_only=members_only, strict=strict)
    if done.report.problems and problems == "raise":
        raise VerbaleError(
            "codes-unconverted",
            count=done.report.unconverted,
            total=done.report.rows,
            report="; ".join(line.strip() for line in done.report.lines()[1:]),
        )
    if done.report.problems and problems == "warn":
        warnings.warn(str(done.report), ConversionWarning, stacklevel=2)
    return done.values


def conversion(
    codes: Any, *, from_: str, to: str, year: Any = None, members_only: bool = True, strict: bool = False
) -> Conversion:
    """Convert a column of country codes and return it with the report of what did not convert and why; see `convert`."""
    source, target = system(from_), system(to)
    scalar = _is_scalar(codes)
    at, values = _factorised([codes] if scalar else codes)
    if _is_scalar(year):
        year_at, years = np.zeros(len(at), dtype=np.int64), [year]
    else:
        year_at, years = _factorised(year)
        if len(year_at) != len(at):
            raise VerbaleError("codes-length", codes=len(at), years=len(year_at))
    pairs, where, counts = np.unique(at * max(len(years), 1) + year_at, return_inverse=True, return_counts=True)
    found: list[tuple[Any, int | None, int, Converted]] = []
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        value, when = values[pair // len(years)], years[pair % len(years)]
        one = convert_code(value, from_=source.name, to=target.name, year=when, members_only=members_only, strict=strict)
        found.append((value, shown_year(when), count, one))
    told = report(source.name, target.name, found)
    answers = pa.array([one.code for *_, one in found], _type(target)).take(pa.array(where.reshape(-1)))
    return Conversion(answers[0].as_py() if scalar else _like(codes, answers), told)


def _type(target: CodeSystem) -> pa.DataType:
    return pa.int64() if target.numbers else pa.string()


def _is_scalar(codes: Any) -> bool:
    return isinstance(codes, (str, bytes)) or not hasattr(codes, "__len__")


def _library(codes: Any) -> str:
    return type(codes).__module__.partition(".")[0]


def _factorised(codes: Any) -> tuple[np.ndarray[Any, np.dtype[np.int64]], list[Any]]:
    """Return for every row the place of its value among the distinct values, and these."""
    if _library(codes) == "ibis":
        raise VerbaleError("codes-kind", kind=type(codes).__name__)
    try:
        array = codes.to_arrow() if _library(codes) == "polars" else pa.array(codes, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, TypeError):  # numbers and texts in one column
        distinct: dict[Any, int] = {}
        places = [distinct.setdefault((type(value).__name__, str(value)), len(distinct)) for value in codes]
        firsts: dict[int, Any] = {}
        for place, value in zip(places, codes, strict=True):
            firsts.setdefault(place, value)
        return np.asarray(places, dtype=np.int64), [firsts[place] for place in range(len(firsts))]
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode(null_encoding="encode")
    # A dictionary that came from outside (a categorical) may hold nulls among its rows, not among its values.
    values = [*array.dictionary.to_pylist(), None]
    places = array.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)
    return places.astype(np.int64), values


def _like(codes: Any, answers: pa.Array) -> Any:
    """Return the answers as a column of the kind that was given."""
    library = _library(codes)
    if library == "pandas":
        return _pandas(codes, answers)
    if library == "polars":
        return type(codes)(codes.name, answers)
    if library == "pyarrow":
        return answers
    if library == "numpy":
        whole = pa.types.is_integer(answers.type) and not answers.null_count
        return answers.to_numpy(zero_copy_only=False) if whole else np.array(answers.to_pylist(), dtype=object)
    return tuple(answers.to_pylist()) if isinstance(codes, tuple) else answers.to_pylist()


def _pandas(codes: Any, answers: pa.Array) -> Any:
    index = codes.index if isinstance(codes, pd.Series) else None
    if pa.types.is_integer(answers.type):
        mask = answers.is_null().to_numpy(zero_copy_only=False)
        numbers = pd.arrays.IntegerArray(answers.fill_null(0).to_numpy(zero_copy_only=False).copy(), mask)
        return pd.Series(numbers, index=index, name=codes.name)
    return pd.Series(answers.to_pandas().array, index=index, name=codes.name)


def conversion_lookup(
    *, from_: str, to: str, years: tuple[int, int], members_only: bool = True, strict: bool = False
) -> pa.Table:
    """Return an Arrow table for joins: every code of a system in every year, its counterpart or NULL, and the reason.

    Columns: the source system's name, `year`, the target system's name, and that name with `_problem`. Names are those that
    the project writes; for a column of names as you have them use `convert_table`, which reads all that it knows.
    """
    source, target = system(from_), system(to)
    codes = sorted({one.code for one in source.held}, key=str)
    rows = [(code, year) for code in codes for year in range(years[0], years[1] + 1)]
    found = [
        convert_code(code, from_=source.name, to=target.name, year=year, members_only=members_only, strict=strict)
        for code, year in rows
    ]
    other = target.name if target.name != source.name else f"{target.name}_to"
    return pa.table(
        {
            source.name: pa.array([code for code, _ in rows], _type(source)),
            "year": pa.array([year for _, year in rows], pa.int32()),
            other: pa.array([one.code for one in found], _type(target)),
            f"{other}{PROBLEM_SUFFIX}": pa.array([one.reason or None for one in found], pa.string()),
        }
    )


def convert_table(
    table: Any,
    *,
    column: str,
    from_: str,
    to: str,
    year: str | int | None = None,
    name: str | None = None,
    members_only: bool = True,
    strict: bool = False,
) -> tuple[Any, ConversionReport]:
    """Return an Ibis table with the converted column added, and one that gives the reason where it is NULL; and the report.

    `year` is the name of the table's column of years, or one year. `name` names the new column, by default `column_to`. Only
    the distinct codes and years leave the engine, which joins their counterparts to the rows. Raises `codes-column`.
    """
    source, target = system(from_), system(to)
    new = name or f"{column}_{target.name}"
    by = [column, year] if isinstance(year, str) else [column]
    for each in by:
        if each not in table.columns:
            raise VerbaleError("codes-column", path="the table", column=each, columns=", ".join(table.columns))
    pairs = table.group_by(by).aggregate(rows_of_pair=lambda rows: rows.count()).to_pyarrow().to_pylist()
    found, answers = [], []
    for pair in pairs:
        when = pair[year] if isinstance(year, str) else year
        one = convert_code(pair[column], from_=source.name, to=target.name, year=when, members_only=members_only, strict=strict)
        found.append((pair[column], shown_year(when), pair["rows_of_pair"], one))
        answers.append({**{each: pair[each] for each in by}, new: one.code, f"{new}{PROBLEM_SUFFIX}": one.reason or None})
    schema = table.select(*by).schema()
    lookup = ibis.memtable(
        pa.Table.from_pylist(
            answers,
            pa.schema([*schema.to_pyarrow(), pa.field(new, _type(target)), pa.field(f"{new}{PROBLEM_SUFFIX}", pa.string())]),
        )
    ).rename({f"{each}_key": each for each in by})
    same = [table[each].identical_to(lookup[f"{each}_key"]) for each in by]
    joined = table.left_join(lookup, same)
    return joined.drop(*(f"{each}_key" for each in by)), report(source.name, target.name, found)
