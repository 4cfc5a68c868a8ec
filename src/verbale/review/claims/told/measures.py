"""Holds amounts that a sentence tells of states (people, soldiers, spending, trade, memberships) against the records."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.claims.moments import Moment, ends_of
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told import amounts
from verbale.review.claims.told.amounts import Amount
from verbale.review.claims.told.parts import Part, together
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab import Vocabulary
from verbale.vocab.tables import read_rows

TRADE: Final = "cow-trade-national"
# The other of two must be larger by so much before "more" is denied: editions of the records differ by less.
LARGER: Final = 0.05
# Numbers below this are years, ordinals and counts of other things, and no amounts of people or money.
LEAST: Final = 1000.0
# A ratio is denied where it is off by a third of the larger, and one of counts by a sixth.
RATIO_DENIED: Final = 0.35


@dataclass(frozen=True, slots=True)
class Measure:
    """What a record counts of a state in a year: the words, the columns that add up, the unit, when a figure is denied."""

    name: str
    dataset: str
    columns: tuple[str, ...]
    unit: float
    doubt: float
    words: re.Pattern[str]
    without: re.Pattern[str]

    @property
    def counted(self) -> bool:
        """Tell whether it is a count that nobody rounds."""
        return self.unit == 1 and self.doubt < LARGER


@functools.cache
def load_measures(path: Path = DATA / "claim_measures.csv") -> tuple[Measure, ...]:
    """Return the measures. Raises a `vocabulary-...` error that names file, line and field."""
    found = []
    for row in read_rows(path, ("measure", "dataset", "columns", "unit", "doubt", "words", "without")):
        try:
            unit, doubt = float(row.required("unit")), float(row.required("doubt"))
            words = re.compile(row.required("words"), re.IGNORECASE)
            without = re.compile(row.required("without"))
        except (ValueError, re.error) as error:
            raise row.fail("unit", f"numbers in unit and doubt, a regular expression in words ({error})") from error
        columns = tuple(row.parts("columns"))
        found.append(Measure(row.required("measure"), row.required("dataset"), columns, unit, doubt, words, without))
    return tuple(found)


def judge_measures(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the records have of the amounts of a sentence; None where they do not tell."""
    del vocabulary
    if load_patterns(amounts.TABLE)["unreal"].search(telling.text):
        return None
    meant = [one for one in load_measures() if one.words.search(telling.text) and one.dataset in holdings.tables]
    if len(meant) == 2 and {one.dataset for one in meant} == {TRADE}:  # "it imported more than it exported"
        first, second = sorted(meant, key=lambda one: _at(one, telling.text))
        balance = list(_balance(telling, first, second, holdings))
        return together(balance, holdings, "by the state, the year and what is counted (imports and exports)")
    for measure in load_measures():
        match = measure.words.search(telling.text)
        if match is None or measure.without.search(telling.text) or measure.dataset not in holdings.tables:
            continue
        if measure.counted and load_patterns(amounts.TABLE)["shared"].search(telling.text):
            continue  # what two share is another count
        values = _values(measure, holdings.tables[measure.dataset])
        found = list(_parts(telling, measure, values))
        if found:
            return together(found, holdings, f"by the state, the year and what is counted ({measure.name})")
    return None


def _at(measure: Measure, text: str) -> int:
    match = measure.words.search(text)
    return match.start() if match else len(text)


def _balance(telling: Telling, first: Measure, second: Measure, holdings: Holdings) -> Iterator[Part]:
    """Yield whether a state imported more than it exported in a year, or less, as a sentence says."""
    years, own = _years(telling)
    code = telling.codes[0] if len(telling.codes) == 1 else telling.main if not telling.codes else ""
    direction = amounts.direction(telling.text)
    if not years or not code or not direction or any(one.without.search(telling.text) for one in (first, second)):
        return
    rows = holdings.tables[TRADE]
    one, other = (_values(each, rows).get((code, years[0])) for each in (first, second))
    if one is None or other is None:
        return
    fits = one[0] > other[0] if direction > 0 else one[0] < other[0]
    told = f"{_told(first, code, years[0], one[0])}, {_told(second, code, years[0], other[0])}"
    if fits or own:
        yield Part(fits, told, TRADE, one[1], firm=True)


Values = Mapping[tuple[str, int], tuple[float, int]]


def _values(measure: Measure, rows: Sequence[TableRow]) -> Values:
    found: dict[tuple[str, int], tuple[float, int]] = {}
    for row in rows:
        held = [row[column] for column in measure.columns]
        if all(one is not None for one in held):
            key = (row["code"], row["year"])
            amount = sum(held) * measure.unit
            if key not in found or amount > found[key][0]:  # of two states with one code the larger
                found[key] = (amount, row["line"])
    return found


def _parts(telling: Telling, measure: Measure, values: Values) -> Iterator[Part]:
    years, own = _years(telling)
    codes = list(telling.codes)
    if not years or (not codes and not telling.main):
        return
    mentions = [(one.start, one.code) for one in telling.parties if one.code in codes and one.kind != "leader"]
    told = [
        one
        for one in amounts.read_amounts(telling.text, telling.moments)
        if measure.counted or one.number >= LEAST or one.whole or measure.unit == 1
    ]
    told = [one for one in told if not (measure.counted and one.number < 3)]
    if len(years) == 2 and len(codes) <= 1:
        yield from _change(telling, measure, values, codes[0] if codes else telling.main, years, told)
        return
    year = years[0]
    ratio, direction = amounts.read_ratio(telling.text), amounts.direction(telling.text)
    if (ratio or direction) and not (told and len(codes) < 2):
        yield from _compared(telling, measure, values, year, own=own)
        return
    if len(codes) >= 2:
        for code, amount in amounts.spread(mentions, told):
            yield from _single(measure, values, code, year, amount, own=own)
    elif len(told) == 1 and len(years) == 1:
        yield from _single(measure, values, codes[0] if codes else telling.main, year, told[0], own=own and bool(codes))


def _years(telling: Telling) -> tuple[list[int], bool]:
    """Return the year of a sentence, or the two between which something rose, and whether the sentence tells it itself."""
    found: list[Moment] = []
    for one in telling.moments:
        found += ends_of(telling.text, one) or [one]
    years = list(dict.fromkeys(one.first.year for one in found if one.first.year == one.last.year))
    if years:
        return years[:2], True
    before = next((each for one in telling.before[:4] for each in one.moments if each.first.year == each.last.year), None)
    return ([before.first.year] if before else []), False


def _single(measure: Measure, values: Values, code: str, year: int, amount: Amount, *, own: bool) -> Iterator[Part]:
    held = values.get((code, year))
    if held is None:
        return
    fits = amount.fits(held[0], exact=measure.counted)
    if fits or (own and amount.off(held[0]) > measure.doubt):
        yield Part(fits, _told(measure, code, year, held[0]), measure.dataset, held[1], firm=True)


def _compared(telling: Telling, measure: Measure, values: Values, year: int, *, own: bool) -> Iterator[Part]:
    """Yield whether one of two had more than the other, or so many times as much."""
    codes = list(telling.codes)
    if len(codes) < 2:  # "the larger army of the two"
        others = [code for code in (*telling.duo, *telling.about) if code not in codes]
        codes = [*codes, *others][:2]
        own = own and len(telling.duo) == 2 and set(codes) == set(telling.duo) and bool(telling.codes)
    if len(codes) < 2:
        return
    first, second = codes[:2]
    one, other = values.get((first, year)), values.get((second, year))
    if one is None or other is None or other[0] <= 0 or one[0] <= 0:
        return
    told = f"{_told(measure, first, year, one[0])}, {_told(measure, second, year, other[0])}"
    ratio = amounts.read_ratio(telling.text)
    if ratio is not None:
        factor, how, _ = ratio
        fits = amounts.ratio_fits(one[0] / other[0], factor, how)
        off = abs(one[0] / other[0] - factor) / max(factor, one[0] / other[0])
        if fits or (own and off > RATIO_DENIED):
            yield Part(fits, told, measure.dataset, one[1], firm=True)
        return
    direction = amounts.direction(telling.text)
    fits = one[0] > other[0] if direction > 0 else one[0] < other[0]
    if fits or (own and abs(one[0] - other[0]) > LARGER * max(one[0], other[0])):
        yield Part(fits, told, measure.dataset, one[1], firm=True)


def _change(
    telling: Telling, measure: Measure, values: Values, code: str, years: Sequence[int], told: Sequence[Amount]
) -> Iterator[Part]:
    """Yield what a sentence tells of two years: both amounts, that it rose or fell, that it doubled."""
    held = [values.get((code, year)) for year in years]
    if held[0] is None or held[1] is None:
        return
    first, last = held[0], held[1]
    if len(told) == 2:
        for year, amount in zip(years, told, strict=True):
            yield from _single(measure, values, code, year, amount, own=True)
        return
    words = f"{_told(measure, code, years[0], first[0])}, {_told(measure, code, years[1], last[0])}"
    ratio = amounts.read_ratio(telling.text, change=True)
    patterns = load_patterns(amounts.TABLE)
    if ratio is not None and first[0] > 0:
        fits = amounts.ratio_fits(last[0] / first[0], ratio[0], ratio[1])
        off = abs(last[0] / first[0] - ratio[0]) / max(ratio[0], last[0] / first[0])
        if fits or off > (RATIO_DENIED / 2 if measure.counted else RATIO_DENIED):
            yield Part(fits, words, measure.dataset, last[1], firm=True)
    elif not told and (patterns["rose"].search(telling.text) or patterns["fell"].search(telling.text)):
        rose = patterns["rose"].search(telling.text) is not None
        yield Part(last[0] > first[0] if rose else last[0] < first[0], words, measure.dataset, last[1], firm=True)


def _told(measure: Measure, code: str, year: int, amount: float) -> str:
    number = f"{amount:.2%}" if measure.unit == 1 and not measure.counted else f"{amount:,.0f}"
    return f"{measure.name} of {code} in {year}: {number}"
