"""Claims that a state was the largest supplier or buyer of arms: found by their words, judged over all the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from verbale.core import Ground, Sentence, Verdict
from verbale.core.wording import count
from verbale.review.claims.periods import read_period
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Holdings, Judgement, Statement, Years, span
from verbale.review.claims.topics import REGISTER
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_ranking.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

_PLACES: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_GIVING: Final = ("supplier", "source", "provider", "exporter", "seller")
# The register's values are of production cost, spread over the years of delivery: close ranks may be the other way round.
RANKED: Final = 0.8
_SHOWN: Final = 5
# How far "its" may stand before what is ranked, and how long a sentence that only goes on may be.
SHORT: Final = 30
LONG: Final = 140


@dataclass(slots=True)
class Rankings:
    """Reads rankings in the order of the text: who "came second" did so where another was said to be the largest."""

    reader: Reader
    _role: str = ""
    _of_whom: str = ""
    _years: Years | None = None

    def find(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim that a state was the largest supplier of, or buyer from, another; None where a sentence has none."""
        match = _WORDS["ranked"].search(text)
        if _WORDS["other-goods"].search(text) or (match and _WORDS["vague"].search(text[: match.start()])):
            return None
        if not match:
            return self._going_on(sentence, text)
        actors = [(start, end, code) for start, end, code in self.reader.actors(text) if self.reader.is_state(code)]
        owners = [code for start, end, code in actors if end <= match.start() and self._owns(text, start, end, match.start())]
        behind = [
            code for start, _, code in actors if start >= match.end() and _BESIDE["to-of-for-or-from"].search(text[:start])
        ]
        of_whom = (owners or behind or [""])[0]
        if not of_whom:
            of_whom = next(iter(self.reader.references.implied(*(code for _, _, code in actors))), "")
        who = next((code for _, _, code in actors if code != of_whom), "")
        if not (who and of_whom):
            return None
        role = "supplier" if match["role"].lower().startswith(_GIVING) else "buyer"
        place = _PLACES.get((match["place"] or "").lower(), 1)
        return self._made(
            sentence, text, (who, of_whom), role, place, read_period(text, self.reader.manuscript.today.year).years
        )

    def _owns(self, text: str, start: int, end: int, at: int) -> bool:
        """Tell whether a state is the owner of what is ranked: Peru's supplier, its supplier."""
        return re.match(r"'s? ", text[end:]) is not None or (text[start:end].lower() in ("its", "their") and at - end < SHORT)

    def _going_on(self, sentence: Sentence, text: str) -> Statement | None:
        states = [one for one in self.reader.states(text) if one.kind != "leader"]
        years = read_period(text, self.reader.manuscript.today.year).years
        if _WORDS["more-than-any"].search(text) and len(states) >= 2:
            return self._made(sentence, text, (states[0].code, states[1].code), "supplier", 1, years)
        if not self._of_whom:
            return None
        for one in states:
            following = _WORDS["next"].match(text, one.end)
            if following and one.code != self._of_whom:
                pair = (one.code, self._of_whom)
                return self._made(sentence, text, pair, self._role, _PLACES[following["place"]], years or self._years)
            same = _WORDS["same"].search(text[: one.start]) or _WORDS["again"].match(text, one.end)
            if same and years and one.code != self._of_whom and len(text) < LONG:
                return self._made(sentence, text, (one.code, self._of_whom), self._role, 1, years)
        return None

    def _made(
        self, sentence: Sentence, text: str, pair: tuple[str, str], role: str, place: int, years: Years | None
    ) -> Statement:
        self._role, self._of_whom, self._years = role, pair[1], years
        return Statement(
            "superlative",
            self.reader.manuscript.evidence(sentence.start, sentence.end),
            text,
            f"largest {role}",
            pair,
            years,
            years is not None,
            count=place,
            unit="by rank",
            said_by=self.reader.said_by(text),
        )


def judge_ranking(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Rank all who gave to, or took from, the state by the register's values of what was delivered in the years."""
    who, of_whom = statement.actors[:2]
    supplier = statement.act == "largest supplier"
    sums: dict[str, float] = {}
    lines: dict[str, int] = {}
    for row in holdings.tables.get(REGISTER, ()):
        code, other = (row["source"], row["target"]) if supplier else (row["target"], row["source"])
        if other != of_whom or code is None or not row["tiv_delivered"] or not row["delivery_years"]:
            continue
        each = row["tiv_delivered"] / len(row["delivery_years"])
        years = [year for year in row["delivery_years"] if _inside(year, statement)]
        if years:
            sums[code] = sums.get(code, 0.0) + each * len(years)
            lines.setdefault(code, row["line"])
    domain = holdings.domains.get(REGISTER)
    if not sums or (domain and statement.years and not domain[0] <= statement.years[1]):
        return None
    ranked = sorted(sums, key=lambda code: (-sums[code], code))
    place = ranked.index(who) + 1 if who in ranked else None
    fits = place == statement.count
    verdict: Verdict = "supported" if fits else "contradicted"
    when = f" in {span(statement.years)}" if statement.years else ""
    told = ", ".join(f"{code} {sums[code]:,.0f}" for code in ranked[:_SHOWN])
    place_words = f"{who} is number {place} of {len(ranked)}" if place else f"{who} is not among them"
    reason = f"By the volume of deliveries{when} (SIPRI's trend-indicator value, in millions): {told}; {place_words}."
    return Judgement(
        verdict,
        reason,
        tuple(_grounds(ranked, sums, lines, who, holdings, fits=fits)),
        f"over all {count(len(ranked), 'supplier' if supplier else 'buyer')} in {REGISTER}",
        RANKED,
    )


def _inside(year: int, statement: Statement) -> bool:
    return statement.years is None or statement.years[0] <= year <= statement.years[1]


def _grounds(
    ranked: list[str], sums: dict[str, float], lines: dict[str, int], who: str, holdings: Holdings, *, fits: bool
) -> Iterable[Ground]:
    edition = holdings.editions.get(REGISTER, "")
    for code in dict.fromkeys((*ranked[:_SHOWN], *((who,) if who in sums else ()))):
        told = (f"rank {ranked.index(code) + 1}: {sums[code]:.0f}",)
        agrees, differs = (told, ()) if fits else ((), told)
        text = f"{code}: deliveries of trend-indicator value {sums[code]:.0f}, the first row at this line"
        yield Ground(text, dataset=REGISTER, edition=edition, line=lines[code], agrees=agrees, differs=differs)
