"""Reads what a sentence tells of one order of arms (number, kind or model, year, when it came) and finds that order's rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.reading import NUMBERS, Reader
from verbale.review.claims.register import DATASET, ground, names, plain
from verbale.review.claims.statement import Deal, Holdings, Judgement, Statement, TableRow, Years, span
from verbale.review.claims.topics import ARMS, load_topics

# Year of the order, the arms and the state all fit, and what else the text tells of it too.
ONE_ORDER: Final = 0.9
# What contradicts may be another order of the same arms in the same year, which the register lacks.
OTHER: Final = 0.65
_ORDERED: Final = r"(?:ordered|orders?|bought|purchased?|chose|chosen|contract(?:ed)?|selected)"
_CAME: Final = (
    r"(?:delivered|delivery|deliveries|supplied|received|arrived|came|come|handed over|shipped|transferred|entered service)"
)
_YEAR: Final = r"(?P<{}>(?:19|20)\d\d)"
_MONTH: Final = r"(?:(?:early|late|mid)[ -]|[A-Z][a-z]+ )?"
_ORDER_YEAR: Final = re.compile(
    rf"\b{_ORDERED}\b(?:(?!\b{_CAME}\b)[^.;:]){{0,70}}?\b(?:in|of) {_MONTH}{_YEAR.format('year')}\b"
)
_LED: Final = re.compile(rf"(?:^|[;,] )[Ii]n {_MONTH}{_YEAR.format('year')},? (?:(?!\b{_CAME}\b)[^.;:]){{0,60}}?\b{_ORDERED}\b")
_WINDOW: Final = re.compile(
    rf"\b{_CAME}\b(?:(?!\b{_ORDERED}\b)[^.;:]){{0,50}}?\b(?:(?:between|from|in) {_YEAR.format('first')}"
    rf"(?: (?:and|to) |[-–]){_YEAR.format('last')}|(?P<by>by|before)(?: the)?(?: end of| close of)? {_YEAR.format('limit')}"
    rf"|in {_MONTH}{_YEAR.format('only')}|(?P<later>(?:{NUMBERS}|a) years? later|the (?:following|next) year))\b"
)
_LIMIT: Final = re.compile(
    rf"\bhad (?P<number>{NUMBERS}|none)\b(?: of them)? by(?: the)?(?: end of)? {_YEAR.format('limit')}", re.IGNORECASE
)
_NONE: Final = re.compile(rf"\b(?:none|no|not one|not a single)\b[^.;:]{{0,70}}\b{_CAME}\b", re.IGNORECASE)
_ALL: Final = re.compile(r"\b(?:all(?! over)|every|the last of)\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(
    rf"(?:They|All(?: of them)?|All(?: the)? (?P<number>{NUMBERS})|None(?: of them)?)\b", re.IGNORECASE
)
_OTHERWISE: Final = re.compile(
    r"\b(?:cancel\w*|refus\w*|delay\w*|embargo\w*|withh\w+|suspend\w*|until|(?<!than )planned|will|would|may|might"
    r"|could|should)\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(rf"\b(?P<number>{NUMBERS})(?: (?!of\b|in\b|and\b)[\w/-]+){{0,3}} $", re.IGNORECASE)
# "F-22P version", "Indian designation Viraat": how comments tell by what name the buyer knows what came.
_CALLED: Final = re.compile(r"\b(?P<before>[\w/-]+) version\b|\bdesignation (?P<after>[\w/-]+)")
# Whom a text named in the sentences before, latest first: a pair and whom it is compared with.
RECENT: Final = 4
_FROM: Final = re.compile(r"\bfrom(?: the)? $")


@functools.cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    topics = load_topics()
    (source,) = [one for one in topics.readable(ARMS) if one.dataset == DATASET]
    found = []
    for topic in topics.all:
        if topic.name == ARMS and topic.only:
            (_, description), *_ = source.only[topic.only]
            found.append((topic.only, topic.words, re.compile(description.removeprefix("~"), re.IGNORECASE)))
    return tuple(found)


@dataclass(slots=True)
class Deals:
    """Reads deals in the order of the text: "all six were delivered" speaks of the one before."""

    reader: Reader
    _last: Deal | None = None
    _recent: tuple[str, ...] = ()

    def find(self, text: str, weapons: Sequence[tuple[int, str]]) -> Deal | None:
        """Return what a sentence tells of an order; None where it names no arms, or neither a year of order nor of delivery."""
        states = tuple(dict.fromkeys(code for _, _, code in self.reader.actors(text) if self.reader.is_state(code)))
        context = tuple(code for code in self._recent if code not in states)
        self._recent = (*states, *context)[:RECENT]
        if _OTHERWISE.search(text):
            return None
        kind = next(((name, match.start()) for name, words, _ in _kinds() if (match := words.search(text))), None)
        giver = [code for start, _, code in self.reader.actors(text) if _FROM.search(text[:start])]
        ordered, window, number = _order_year(text), *_delivery(text)
        pronoun = _PRONOUN.match(text)
        if ordered is None and window is None:
            return None
        if weapons or kind:
            places = [at for at, _ in weapons] + ([kind[1]] if kind else [])
            counted = next((found for at in places if (found := _COUNTED.search(text[max(0, at - 50) : at]))), None)
            deal = Deal(
                tuple(name for _, name in weapons),
                kind[0] if kind and not weapons else "",
                states,
                context,
                ordered,
                self.reader.number(counted["number"]) if counted else None,
                window,
                supplier=giver[0] if giver else "",
            )
        elif pronoun and self._last is not None:
            count = self.reader.number(pronoun["number"]) if pronoun["number"] else None
            deal = replace(self._last, window=window, count=count if count is not None else self._last.count)
        else:
            return None
        self._last = deal
        none = bool(_NONE.search(text)) or number == "none"
        arrived = self.reader.number(number) if number and not none else None
        return replace(deal, none=none, whole=bool(_ALL.search(text)) and not none, arrived=arrived)


def deal_statement(reader: Reader, sentence: Sentence, text: str, deal: Deal) -> Statement:
    """Return a deal as a claim of its own, for a sentence in which no act between two named states was read."""
    actors = tuple(dict.fromkeys((*deal.states, *deal.context)))
    years = deal.window or ((deal.ordered, deal.ordered) if deal.ordered else None)
    kind, act = ("delivery", "deliver") if deal.window else ("contract", "order")
    evidence = reader.manuscript.evidence(sentence.start, sentence.end)
    return Statement(kind, evidence, text, act, actors, years, years is not None, said_by=reader.said_by(text), deal=deal)


def _order_year(text: str) -> int | None:
    found = _ORDER_YEAR.search(text) or _LED.search(text)
    return int(found["year"]) if found else None


def _delivery(text: str) -> tuple[Years | None, str]:
    """Return the years in which arms came, from 0 where only the last is told, and how many had come by then."""
    limited = _LIMIT.search(text)
    if limited:
        return (0, int(limited["limit"])), limited["number"].lower()
    found = _WINDOW.search(text)
    if not found:
        return None, ""
    if found["later"]:
        return None, ""
    if found["limit"]:
        return (0, int(found["limit"])), ""
    first = int(found["first"] or found["only"])
    return (first, int(found["last"] or first)), ""


def judge_deal(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a deal against the register: supported by an order that fits in all that is told; None where it leaves that open.

    It contradicts only where the year of the order finds one order alone, or orders of another supplier alone.
    """
    deal = statement.deal
    if deal is None:
        return None
    rows = [row for row in holdings.tables.get(DATASET, ()) if _is_of(row, deal)]
    between = [row for row in rows if set(deal.states) <= {row["source"], row["target"]}]
    if statement.event is not None:  # the one who gives, where the coder read it
        between = [row for row in between if row["source"] == statement.event.source.code]
    if deal.ordered is not None:
        between = [row for row in between if _ordered_in(row, deal.ordered)]
    fitting = _counted([row for row in between if _came(row, deal)], deal)
    if fitting:
        told = "; ".join(dict.fromkeys(_told(row) for row in fitting))
        grounds = tuple(ground(row, holdings, (_told(row),)) for row in fitting)
        return Judgement("supported", f"The register has {told}.", grounds, _how(deal), ONE_ORDER)
    return _otherwise(deal, rows, between, holdings)


def _otherwise(deal: Deal, rows: list[TableRow], between: list[TableRow], holdings: Holdings) -> Judgement | None:
    if deal.ordered is None:
        return None
    if len(between) == 1 and (deal.whole or deal.none or deal.arrived is not None) and not between[0]["delivered_uncertain"]:
        told = _told(between[0])
        return Judgement(
            "contradicted", f"The register has {told}.", (ground(between[0], holdings, (), (told,)),), _how(deal), OTHER
        )
    if between or not deal.supplier or deal.count is None or not deal.weapons:
        return None
    buyers = {*deal.states, *deal.context} - {deal.supplier}
    elsewhere = [
        row for row in rows if row["target"] in buyers and row["year"] == deal.ordered and row["ordered"] == deal.count
    ]
    if not elsewhere:
        return None
    grounds = tuple(ground(row, holdings, (), (f"supplier: {row['supplier']}",)) for row in elsewhere)
    suppliers = ", ".join(dict.fromkeys(row["supplier"] for row in elsewhere))
    return Judgement("contradicted", f"The register has that order from {suppliers}.", grounds, _how(deal), OTHER)


def _is_of(row: TableRow, deal: Deal) -> bool:
    """Tell whether a row is of the deal's arms and of a buyer that the text names or goes on about."""
    buyers = {*deal.states, *deal.context} - {deal.supplier}
    if row["target"] not in buyers:
        return False
    if deal.weapons:
        called = {plain(found["before"] or found["after"]) for found in _CALLED.finditer(row["comments"] or "")}
        return any(names(weapon, row["weapon"] or "") or plain(weapon) in called for weapon in deal.weapons)
    description = next(pattern for name, _, pattern in _kinds() if name == deal.kind)
    return bool(deal.states or deal.ordered) and description.search(row["description"] or "") is not None


def _ordered_in(row: TableRow, year: int) -> bool:
    return abs(int(row["year"]) - year) <= bool(row["year_uncertain"])


def _came(row: TableRow, deal: Deal) -> bool:
    years = row["delivery_years"] or []
    if deal.none:
        return deal.ordered is not None and (not years or (deal.window is not None and min(years) > deal.window[1]))
    if deal.window is None:
        return True
    inside = bool(years) and all(deal.window[0] <= year <= deal.window[1] for year in years)
    return inside and not (deal.whole and (row["delivered"] or 0) < (row["ordered"] or 0))


def _counted(rows: list[TableRow], deal: Deal) -> list[TableRow]:
    """Return the rows whose numbers are those of the text: one of them, or for a named model all of them together."""
    if deal.arrived is not None:
        return [row for row in rows if row["delivered"] == deal.arrived and deal.count in (None, row["ordered"])]
    if deal.count is None:
        # without a number, a kind of arms and a year of delivery alone fit too much
        return rows if deal.weapons or (deal.ordered is not None and len(rows) == 1) else []
    alone = [row for row in rows if deal.count in (row["ordered"], row["delivered"])]
    together = [sum(int(row[column] or 0) for row in rows) for column in ("ordered", "delivered")]
    return alone or (rows if deal.weapons and deal.count in together else [])


def _told(row: TableRow) -> str:
    years = ", ".join(map(str, row["delivery_years"]))
    came = f"{row['delivered']} delivered {years}" if row["delivered"] else "none delivered"
    return f"{row['ordered'] or 'an unknown number of'} {row['weapon']} ordered {row['year']} from {row['supplier']}, {came}"


def _how(deal: Deal) -> str:
    what = ", ".join(deal.weapons) or deal.kind
    when = [f"ordered {deal.ordered}"] if deal.ordered else []
    when += [f"came {span(deal.window) if deal.window[0] else f'by {deal.window[1]}'}"] if deal.window else []
    return f"by the state, the arms ({what}) and the years ({', '.join(when)})"
