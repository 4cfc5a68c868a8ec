"""Judges treaties that a text does not name by day, parties and kind: the program's list, alliances and peace agreements."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.cities import is_known, is_one
from verbale.review.claims.pacts import KINDS
from verbale.review.claims.statement import Holdings, Judgement, PactClaim, Statement, TableRow
from verbale.review.claims.wording import phrase
from verbale.vocab import Vocabulary

_KNOWN: Final = "treaties of all records"
OWN: Final = "verbale-instruments"
ALLIANCES: Final = "cow-alliances"
PEACE: Final = "pax-agreements"
# Day and both parties fit; month and parties; the day alone, with parties that the text is about.
BY_DAY, BY_MONTH, BY_YEAR = 0.9, 0.8, 0.65
# A slip of a year in a date is likelier than another treaty of the same two in the same month of a year so near.
NEAR_YEARS: Final = 5
# More parties than these are told one by one as they came in.
MANY: Final = 2
_FLAGS: Final = {"defence": "defense", "non-aggression": "nonaggression", "neutrality": "neutrality"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A treaty of a record: when, who, of which kinds, in words, and where the row stands."""

    dataset: str
    name: str
    start: str
    end: datetime.date | None
    parties: frozenset[str]
    kinds: frozenset[str]
    place: str
    line: int | None
    last: datetime.date | None = None


def judge_pact(statement: Statement, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Hold a treaty against the records; None where none has one of the parties in the year."""
    claim = statement.pact
    if claim is None:
        return None
    known = known_treaties(holdings, vocabulary)
    if statement.instrument is not None:
        named = [one for one in known if one.name == statement.instrument.name and one.start == statement.instrument.start]
        same = [
            one
            for one in known
            if named
            and one.dataset == ALLIANCES
            and one.start[:7] == named[0].start[:7]
            and len(one.parties & named[0].parties) > 1
        ]
        if claim.who and named and named[0].parties:
            return _party(claim, named[0], holdings)
        return _ended(claim, same, holdings) if same else None
    found = _of_year(claim, known)
    if claim.who:
        listed = [one for one in found if one.parties]
        return _party(claim, listed[0], holdings) if listed else None
    if claim.lasted is not None or claim.until is not None:
        listed = [one for one in found or _near_years(claim, known) if one.dataset == ALLIANCES]
        return _ended(claim, listed, holdings)
    if found:
        best = found[0]
        others = [code for code in claim.whole if best.parties and code not in best.parties]
        if len(claim.whole) > 2 and others:
            told = f"parties: {', '.join(sorted(best.parties))}"
            return _say("partly", best, told, holdings, BY_MONTH)
        if best.place and claim.place and is_known(claim.place) and not is_one(claim.place, best.place):
            return _say("partly", best, f"place: {best.place}", holdings, BY_MONTH)
        confidence = BY_DAY if len(best.start) == 10 and claim.day else BY_MONTH if claim.month else BY_YEAR
        return _say("supported", best, f"{best.start}", holdings, confidence)
    return _near(claim, known, holdings)


def known_treaties(holdings: Holdings, vocabulary: Vocabulary) -> list[Signed]:
    """Return the treaties of all records, each with its day, parties and kinds, read once."""
    if _KNOWN not in holdings.read:
        holdings.read[_KNOWN] = [*_own(holdings, vocabulary), *_alliances(holdings), *_peace(holdings)]
    found: list[Signed] = holdings.read[_KNOWN]
    return found


def kinds_told(text: str) -> frozenset[str]:
    """Return the kinds of treaty whose words stand in a sentence."""
    return frozenset(kind for kind, words in KINDS.items() if words.search(text))


def _of_year(claim: PactClaim, known: Sequence[Signed]) -> list[Signed]:
    """Return the treaties that fit day, month and parties, those of the kind told first."""
    if claim.years is None:
        return []
    found = []
    for one in known:
        if one.start[:4] != str(claim.years[0]) or not _in_month(one, claim):
            continue
        if not _has_parties(one, claim):
            continue
        found.append(one)
    strict = [one for one in found if claim.kind and claim.kind in one.kinds]
    # without a month, two parties and the kind must do
    if claim.month is None and claim.kind and not strict:
        found = [one for one in found if one.dataset == OWN]
    # of the states of one alliance in a year, as members came in, that with most of those told
    missing = {id(one): len(set(claim.whole) - one.parties) if len(claim.whole) > MANY else 0 for one in found}
    return sorted(found, key=lambda one: (one not in strict, missing[id(one)], one.dataset != OWN))


def _has_parties(one: Signed, claim: PactClaim) -> bool:
    if not one.parties:  # a treaty of many: its day and place tell it
        return bool(claim.day and claim.place and claim.place in one.name + one.place)
    told = [code for code in claim.whole if code in one.parties]
    if len(claim.whole) >= 2:
        return len(told) == len(claim.whole) or (len(told) >= 2 and len(claim.whole) > 2)
    about = [code for code in (*claim.whole, *claim.implied) if code in one.parties]
    return bool(claim.month) and len(told) == len(claim.whole) and len(about) >= 2


def _in_month(one: Signed, claim: PactClaim) -> bool:
    if claim.month is None or len(one.start) < 7:
        return True
    if int(one.start[5:7]) != claim.month:
        return False
    return claim.day is None or len(one.start) < 10 or abs(int(one.start[8:10]) - claim.day) <= 1


def _near(claim: PactClaim, known: Sequence[Signed], holdings: Holdings) -> Judgement | None:
    """Say that the treaty of the same two, kind and month is of another year."""
    if claim.years is None or claim.month is None:
        return None
    for one in known:
        if len(one.start) < 7 or not _has_parties(one, claim) or not claim.kind or claim.kind not in one.kinds:
            continue
        year, month = int(one.start[:4]), int(one.start[5:7])
        if month == claim.month and 0 < abs(year - claim.years[0]) <= NEAR_YEARS:
            return _say("partly", one, f"date: {one.start}", holdings, BY_YEAR)
    return None


def _near_years(claim: PactClaim, known: Sequence[Signed]) -> list[Signed]:
    """Return the treaties of the parties in the same month of a year near by: the text may have dated it wrongly."""
    if claim.years is None or claim.month is None:
        return []
    near = [one for one in known if len(one.start) > 4 and abs(int(one.start[:4]) - claim.years[0]) <= NEAR_YEARS]
    return [one for one in near if int(one.start[5:7]) == claim.month and _has_parties(one, claim)]


def _ended(claim: PactClaim, found: Sequence[Signed], holdings: Holdings) -> Judgement | None:
    """Judge how long a treaty was in force, where the record of alliances has its end."""
    for one in found:
        first = datetime.date.fromisoformat(one.start)
        last = one.end
        if last is None:
            continue
        years = (last - first).days / 365.25
        if claim.until is not None:
            fits = abs(last.year - claim.until) <= 1
        else:
            number = claim.lasted.number if claim.lasted and claim.lasted.number else 0
            fits = abs(years - number) <= max(1.0, 0.1 * number)
        return _say("supported" if fits else "contradicted", one, f"{first} to {last}, {years:.1f} years", holdings, BY_MONTH)
    return None


def _party(claim: PactClaim, one: Signed, holdings: Holdings) -> Judgement:
    fits = set(claim.who) <= one.parties
    return _say("supported" if fits else "contradicted", one, f"parties: {', '.join(sorted(one.parties))}", holdings, BY_MONTH)


def _say(verdict: Verdict, one: Signed, told: str, holdings: Holdings, confidence: float) -> Judgement:
    fits = verdict == "supported"
    words = f"{one.name}, {one.start}: {', '.join(sorted(one.parties)) or 'many parties'}"
    ground = Ground(
        words,
        dataset=one.dataset,
        edition=holdings.editions.get(one.dataset, ""),
        line=one.line,
        agrees=(told,) if fits else (),
        differs=() if fits else (told,),
    )
    reason = f"{one.dataset} has {one.name} ({phrase(told)})."
    return Judgement(verdict, reason, (ground,), "by the parties, the kind and the day or year", confidence)


def _own(holdings: Holdings, vocabulary: Vocabulary) -> Iterator[Signed]:
    for row in vocabulary.instruments.all if holdings.own else ():
        if row.kind == "treaty":
            words = " ".join((row.name, *row.aliases)).lower()
            kinds = {kind for kind in ("friendship", "peace", "neutrality", "non-aggression") if kind in words}
            if any(word in words for word in ("alliance", "defence", "defense", "assistance", "pact")):
                kinds.add("defence")
            yield Signed(OWN, row.name, row.start, None, frozenset(row.parties), frozenset(kinds), row.place, None)


def _alliances(holdings: Holdings) -> Iterator[Signed]:
    by_number: dict[object, list[TableRow]] = {}
    for row in holdings.tables.get(ALLIANCES, ()):
        by_number.setdefault(row["version4id"], []).append(row)
    for number, rows in by_number.items():
        starts = sorted({row["start"] for row in rows if row["start"]})
        kinds = {kind for kind, column in _FLAGS.items() if any(row[column] for row in rows)}
        kinds |= {"friendship"} if kinds else set()
        for start in starts:
            there = [
                row for row in rows if row["start"] and row["start"] <= start and (row["end"] is None or row["end"] >= start)
            ]
            ends = [row["end"] for row in there if row["end"]]
            joined = frozenset(row["code"] for row in there)
            if len(joined) > 1:
                end = min(ends) if ends else None
                yield Signed(
                    ALLIANCES,
                    f"alliance {number}",
                    start.isoformat(),
                    end,
                    joined,
                    frozenset(kinds),
                    "",
                    there[0]["line"],
                    max(row["end"] for row in rows) if all(row["end"] for row in rows) else None,
                )


def _peace(holdings: Holdings) -> Iterator[Signed]:
    for row in holdings.tables.get(PEACE, ()):
        codes = frozenset(code for code in (row["code1"], row["code2"]) if code)
        if codes and row["date"]:
            yield Signed(
                PEACE, str(row["Agt"])[:120], row["date"].isoformat(), None, codes, frozenset({"peace"}), "", row["line"]
            )
