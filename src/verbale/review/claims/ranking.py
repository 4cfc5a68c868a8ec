"""Claims that a state was the largest supplier or buyer of arms: found by their words, judged over all the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from verbale.core import Ground, Sentence, Verdict
from verbale.review.claims.periods import read_period
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Holdings, Judgement, Statement, span
from verbale.review.claims.topics import REGISTER

_PLACES: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_RANKED: Final = re.compile(
    r"\b(?P<place>second|third|fourth|fifth)?[- ]?(?:largest|biggest|main|principal|leading|foremost|chief|top|most important|"
    r"major) (?:(?:foreign|external|single|arms|weapons?|military) )*(?P<role>suppliers?|sources?|providers?|exporters?|"
    r"sellers?|buyers?|customers?|recipients?|importers?|clients?|markets?)\b",
    re.IGNORECASE,
)
# Without goods, a supplier in a text about the relations of states is one of arms.
_OTHER_GOODS: Final = re.compile(
    r"\b(?:oil|gas|energy|coal|food|grain|wheat|credits?|aid|trade|trading|goods|electricity|uranium|labou?r|capital|investors?|"
    r"donor|petroleum|crude)\b",
    re.IGNORECASE,
)
_GIVING: Final = ("supplier", "source", "provider", "exporter", "seller")
# The register's values are of production cost, spread over the years of delivery: close ranks may be the other way round.
RANKED: Final = 0.8
# "A major supplier" is none of one place; "the main" is the first.
_VAGUE: Final = re.compile(r"\b(?:a|an|one of the) (?:[\w-]+ )?$", re.IGNORECASE)
_SHOWN: Final = 5


def find_ranking(reader: Reader, sentence: Sentence, text: str) -> Statement | None:
    """Return the claim that a state was the largest supplier of, or buyer from, another; None where a sentence has none."""
    match = _RANKED.search(text)
    if not match or _OTHER_GOODS.search(text) or _VAGUE.search(text[: match.start()]):
        return None
    actors = [(start, end, code) for start, end, code in reader.actors(text) if reader.is_state(code)]
    owners = [code for _, end, code in actors if re.match(r"'s? ", text[end:]) and end <= match.start()]
    behind = [
        code
        for start, _, code in actors
        if start >= match.end() and re.search(r"\b(?:to|of|for|from)(?: the)? $", text[:start])
    ]
    of_whom = (owners or behind or [""])[0]
    who = next((code for _, _, code in actors if code != of_whom), "")
    if not (who and of_whom):
        return None
    period = read_period(text, reader.manuscript.today.year)
    role = "supplier" if match["role"].lower().startswith(_GIVING) else "buyer"
    return Statement(
        "superlative",
        reader.manuscript.evidence(sentence.start, sentence.end),
        text,
        f"largest {role}",
        (who, of_whom),
        period.years,
        period.years is not None,
        count=_PLACES.get((match["place"] or "").lower(), 1),
        unit="by rank",
        said_by=reader.said_by(text),
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
    told = ", ".join(f"{code} {sums[code]:.0f}" for code in ranked[:_SHOWN])
    place_words = f"{who} is number {place} of {len(ranked)}" if place else f"{who} is not among them"
    reason = f"By the register's trend-indicator value{when}: {told}; {place_words}."
    return Judgement(
        verdict,
        reason,
        tuple(_grounds(ranked, sums, lines, who, holdings, fits=fits)),
        f"over all {len(ranked)} {'suppliers' if supplier else 'buyers'} in {REGISTER}",
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
