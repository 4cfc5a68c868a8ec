"""Holds comparisons of what states delivered against SIPRI's register: who most, how many times as much, and who nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.review.claims.deals import kinds
from verbale.review.claims.register import DATASET
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

_WORDS: Final = load_patterns("claim_told_more.csv")

# Values are spread over the years of delivery: a ratio told in round numbers may be off by so much.
RATIO_OFF: Final = 0.3
SEVERAL: Final = 2.5
HALF: Final = 0.5
_TIMES: Final = {"twice": 2.0, "double": 2.0, "half": 0.5, "several": SEVERAL, "many": 4.0}
_PLACES: Final = {"second": 2, "third": 3, "fourth": 4}


def judge_arms(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the register has of a comparison or an absence; None where it does not tell."""
    del vocabulary
    patterns, text = load_patterns("claim_told.csv"), telling.text
    rows = holdings.tables.get(DATASET, ())
    if not rows:
        return None
    compared = any(patterns[name].search(text) for name in ("arms-most", "arms-half", "arms-more", "arms-times"))
    talk = patterns["arms"].search(text) or any(patterns["arms"].search(one.text) for one in telling.before[:2])
    parts: list[Part] = []
    outdid = _WORDS["arms-outdid"].search(text) is not None
    if compared and (patterns["arms"].search(text) or (talk and outdid)):
        parts = [*_compared(telling, rows)]
    elif patterns["arms"].search(text) and patterns["arms-none"].search(text):
        parts = [*_nothing(telling, rows)]
    return together(parts, holdings, "by the register's deliveries of the years, all suppliers or buyers counted")


def _years(telling: Telling) -> tuple[int, int] | None:
    """Return the years of deliveries that a sentence is about; None for all."""
    moments = telling.moments
    if not moments:
        return None
    if moments[0].bound == "since" and len(moments) == 1:
        return moments[0].first.year, 9999
    return moments[0].first.year, max(one.last.year for one in moments)


def _sums(
    rows: Sequence[TableRow], of: str, years: tuple[int, int] | None, *, buyer: bool
) -> tuple[Counter[str], dict[str, int]]:
    """Return what each gave to a buyer, or took from a supplier, in the register's values, and the first line of each."""
    sums: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for row in rows:
        one, other = (row["target"], row["source"]) if buyer else (row["source"], row["target"])
        if one != of or other is None or not row["tiv_delivered"] or not row["delivery_years"]:
            continue
        inside = [year for year in row["delivery_years"] if years is None or years[0] <= year <= years[1]]
        if inside:
            sums[other] += row["tiv_delivered"] / len(row["delivery_years"]) * len(inside)
            lines.setdefault(other, row["line"])
    return sums, lines


def _compared(telling: Telling, rows: Sequence[TableRow]) -> Iterator[Part]:
    patterns, text = load_patterns("claim_told.csv"), telling.text
    years = _years(telling)
    if years is None and _WORDS["arms-time-told"].match(text):
        return  # a time that is told by what happened then
    codes = list(telling.codes)
    most, half, times = (patterns[name].search(text) for name in ("arms-most", "arms-half", "arms-times"))
    bought = _WORDS["arms-buying"].search(text) is not None and _WORDS["arms-from"].search(text) is not None
    buyer, givers = _roles(telling, codes, bought=bought)
    if not buyer or not givers:
        return
    sums, lines = _sums(rows, buyer, years, buyer=True)
    if not sums:
        return
    ranked = [code for code, _ in sums.most_common()]
    when = "" if years is None else f" in {years[0]}-{years[1]}"
    told = f"deliveries to {buyer}{when}, in millions of trend-indicator values: "
    told += ", ".join(f"{code} {sums[code]:,.0f}" for code in ranked[:5])
    line = lines.get(givers[0])
    if half:
        yield Part(sums[givers[0]] > HALF * sum(sums.values()), told, DATASET, line, firm=True)
    elif most:
        giver = givers[-1] if patterns["arms-most"].search(text) and _WORDS["arms-no-one"].match(most[0]) else givers[0]
        yield Part(ranked[0] == giver, told, DATASET, lines.get(giver), firm=True)
    elif times and len(givers) >= 2:
        word = times["number"].lower()
        factor = _TIMES.get(word) or float(value(word))
        ratio = sums[givers[0]] / sums[givers[1]] if sums[givers[1]] else 1e9
        fits = ratio >= factor * 0.8 if word in ("several", "many") else abs(ratio - factor) <= RATIO_OFF * factor
        yield Part(fits, told, DATASET, line, firm=True)
    elif len(givers) >= 2:
        yield Part(sums[givers[0]] > sums[givers[1]], told, DATASET, line, firm=True)
    for one in telling.parties:
        second = patterns["arms-second"].search(text, one.end, one.end + 40)
        if second and one.code in telling.states and (half or most):
            place = _PLACES[second["place"].lower()]
            yield Part(len(ranked) >= place and ranked[place - 1] == one.code, told, DATASET, lines.get(one.code), firm=True)


def _roles(telling: Telling, codes: Sequence[str], *, bought: bool) -> tuple[str, list[str]]:
    """Return the buyer and those who deliver, in the order of the sentence."""
    text = telling.text
    to = [one.code for one in telling.parties if one.code in codes and _WORDS["arms-given-to"].search(text[: one.start])]
    if telling.home in codes:
        buyer = telling.home
    elif to and len(codes) > 1:
        buyer = to[0]
    elif bought and len(codes) > 1:
        buyer = codes[0]
    else:
        buyer = telling.main
    if buyer in codes and len(codes) == 1:
        return "", []
    return buyer, [code for code in codes if code != buyer]


def _nothing(telling: Telling, rows: Sequence[TableRow]) -> Iterator[Part]:
    """Yield whether there was no order or delivery between two in some time, as a sentence says."""
    text = telling.text
    match = _WORDS["arms-denied"].search(text)
    moment = next(iter(telling.moments), None)
    codes = list(telling.codes)
    if match is None or not codes:
        return
    if moment is None:
        moment = next((each for one in telling.before for each in one.moments), None) if _WORDS["since"].search(text) else None
    if moment is None or not _WORDS["arms-when"].search(text):
        return
    taking = _WORDS["arms-ordered-from"].search(text)
    if len(codes) >= 2:
        pairs = [(codes[0], codes[1])] if taking or not _WORDS["arms-buying"].search(text) else [(codes[1], codes[0])]
    else:
        pairs = [(codes[0], telling.main)] if telling.main != codes[0] else []
    orders = _WORDS["arms-orders"].search(text) is not None
    kind = next((pattern for _, words, pattern in kinds() if words.search(text)), None)
    if _WORDS["arms-at-sea"].search(text):
        kind = _WORDS["arms-ships"]
    first = moment.first.year + (moment.bound == "since" or " since " in text)
    last = 9999 if "since" in text else moment.last.year
    for supplier, buyer in pairs:
        found = [
            row
            for row in rows
            if row["source"] == supplier
            and row["target"] == buyer
            and (kind is None or kind.search(row["description"] or ""))
            and any(first <= year <= last for year in ([row["year"]] if orders else row["delivery_years"] or []))
        ]
        told = (
            "; ".join(f"{row['weapon']} ordered {row['year']} from {row['supplier']}" for row in found[:3])
            or f"none of {supplier} for {buyer}"
        )
        between = any(row["source"] == supplier and row["target"] == buyer for row in rows)
        if found or between:
            yield Part(not found, told, DATASET, found[0]["line"] if found else None, firm=True)
