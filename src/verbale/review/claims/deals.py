"""Reads what a sentence tells of an order of arms: who from whom, what and how many, ordered when, and when it came.

A sentence is read by its verbs: each year belongs to the verb of ordering or of delivery that stands nearest, each state to
the side
that its preposition or its place before the verb gives it. What it leaves out
("all six", "the tanks", "that type") is the deal before.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.designations import designations_in
from verbale.review.claims.reading import Reader
from verbale.review.claims.register import DATASET
from verbale.review.claims.statement import Deal, Statement, Years
from verbale.review.claims.topics import ARMS, load_topics
from verbale.review.dates import WrittenDate, find_dates, find_spans
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_deals.csv")
# "Its tanks", "its Exocet missiles".
_PLURAL: Final = re.compile(r"[\w/.-]+s\b|[\w/.-]+ (?!(?:is|was|has|as|its|this|plus)\b)[\w-]+s\b")
_ASIDE: Final = load_patterns("claim_questions.csv")["aside"]
_BESIDE: Final = load_patterns("claim_beside.csv")

# Whom a text named in the sentences before, latest first: a pair and whom it is compared with.
RECENT: Final = 4


@functools.cache
def kinds() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return the kinds of arms: name, words of a text, descriptions of the register."""
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
    designations: frozenset[str] = frozenset()
    last: Deal | None = None
    _age: int = 0

    def find(self, text: str) -> Deal | None:
        """Return what a sentence tells of an order; None where it names no arms, no order and no delivery."""
        reader = self.reader
        if _WORDS["otherwise"].search(text) or _WORDS["ranks"].search(text):
            return None
        verbs = list(_WORDS["verbs"].finditer(text))
        if not verbs:
            return None
        text = _without_asides(text, verbs)
        weapons = designations_in(reader, text, self.designations)
        # the first that the sentence names, in full: "air-defence missiles and tanks" begins with missiles of air defence
        named = [(match.start(), -match.end(), name) for name, words, _ in kinds() if (match := words.search(text))]
        kind = (min(named)[2], min(named)[0]) if named else None
        back = _WORDS["back"].search(text)
        self._age += 1
        if not weapons and kind is None and not (back and self.last is not None and self._age <= RECENT - 1):
            return None
        if not weapons and kind is None and _WORDS["no-arms"].search(text):
            return None
        deal = self._read(text, verbs, weapons, kind)
        if deal is None or not (deal.supplier or deal.buyer or deal.ordered or deal.window or deal.either or deal.count):
            return None
        if _WORDS["compared"].search(text) or (
            not (deal.ordered or deal.window or deal.either or deal.count) and _WORDS["motive"].search(text)
        ):
            return None
        waited = _WORDS["after-order"].search(text)
        if waited:
            deal = replace(deal, waited=1 if waited["number"].lower() == "a" else reader.number(waited["number"]))
        if deal.weapons or deal.kind or (self.last is not None and (self.last.weapons or self.last.kind)):
            self.last, self._age = deal, 0
            return deal
        return None

    def _read(
        self, text: str, verbs: Sequence[re.Match[str]], weapons: Sequence[tuple[int, str]], kind: tuple[str, int] | None
    ) -> Deal | None:
        reader = self.reader
        supplier, buyer = self._sides(text, verbs)
        ordered, window, either = self._years(text, verbs, weapons)
        places = [at for at, _ in weapons] or ([kind[1]] if kind else [])
        if not weapons and not kind:
            places = [match.start() for match in _WORDS["generic"].finditer(text)]
        count, rough = self._count(text, places)
        before = self.last
        back = _WORDS["back"].search(text)
        same = bool(back) and before is not None and not weapons and (kind is None or self._again(text, kind, before, supplier))
        named = tuple(dict.fromkeys(name for _, name in weapons))
        which = kind[0] if kind and not weapons else ""
        if same and before is not None:
            named, which = before.weapons, before.kind
            buyer = buyer or (before.buyer if not supplier or supplier == before.supplier else "")
            if not buyer and not supplier:
                supplier = before.supplier
            if ordered is None and window is not None and before.ordered and not _WORDS["further"].search(text):
                ordered = before.ordered
            if back and back["number"]:
                count = reader.number(back["number"])
        later = _WORDS["later"].search(text)
        base = ordered or either or (before.ordered if same and before else None)
        if later and window is None and base:
            window = self._after(later, base)
        of_them = _WORDS["of-them"].search(text)
        if count is None and of_them:
            count, rough = reader.number(of_them["number"]), False
        none, arrived = self._arrived(text, window)
        if arrived is not None and (count is None or count == arrived):
            count = None
        ended = window is not None and _WORDS["ended"].search(text) is not None
        return Deal(
            named,
            which,
            supplier,
            buyer,
            reader.references.implied(supplier, buyer)[:RECENT],
            ordered,
            window,
            either,
            count,
            rough,
            none=none,
            whole=bool(_WORDS["all"].search(text)) and not none and not ended,
            arrived=arrived,
            ended=ended,
            begun=window is not None and _WORDS["begun"].search(text) is not None,
            each=self._each(text, weapons),
            guessed=bool(buyer) and buyer not in {one.code for one in reader.states(text)},
            again=before is not None
            and bool(buyer)
            and buyer == before.buyer
            and (same or (bool(which) and which == before.kind)),
        )

    def _after(self, later: re.Match[str], base: Years) -> Years:
        """Return the years that lie so far behind others: "two years later", "the next year", "later that year"."""
        if not (later["number"] or later["next"]):
            return base
        add = 1 if later["next"] or later["number"].lower() == "a" else self.reader.number(later["number"])
        return (base[0] + add, base[1] + add)

    def _arrived(self, text: str, window: Years | None) -> tuple[bool, int | None]:
        """Return whether nothing had come, and how many had, where a sentence says so."""
        limited, by_then = _WORDS["limit"].search(text), _WORDS["by-then"].search(text)
        number = (limited["number"] or limited["some"]).lower() if limited and window is not None else ""
        number = "" if re.fullmatch(r"1[89]\d\d|20\d\d", number) else number  # "the order of 2001 had arrived"
        none = bool(_WORDS["none"].search(text)) or number == "none"
        if none or window is None or not (number or by_then):
            return none, None
        return False, self.reader.number(number or (by_then["number"] if by_then else ""))

    def _again(self, text: str, kind: tuple[str, int], before: Deal, supplier: str) -> bool:
        """Tell whether arms of a kind are those of the deal before: "of that type", or "the tanks" without anything new."""
        if before.kind and before.kind != kind[0]:
            return False
        pointing = _WORDS["that-kind"].search(text)
        definite = _WORDS["definite"].search(text[: kind[1]])
        new = supplier or _WORDS["new"].search(text)
        return bool(pointing) or bool(definite and not new)

    def _sides(self, text: str, verbs: Sequence[re.Match[str]]) -> tuple[str, str]:
        """Return supplier and buyer as the sentence gives them; empty where it leaves one out."""
        reader = self.reader
        supplier = buyer = owner = ""
        plain: list[tuple[int, int, str]] = []
        own = {(one.start, one.end): one.kind for one in reader.named(text)}
        partner = ""
        for start, end, code in reader.actors(text):
            before = text[:start]
            if _WORDS["order-with"].search(before):
                partner = code
                continue
            if _BESIDE["from-by-or-of"].search(before) and not _WORDS["ordered-by"].search(before):
                if _BESIDE["of"].search(before):
                    continue
                supplier = supplier or code
            elif _BESIDE["to-or-for"].search(before) or _BESIDE["by"].search(before):
                buyer = buyer or code
            elif (
                own.get((start, end)) == "adjective" and _WORDS["predicate"].search(before) and re.match(r"[.,;]|$", text[end:])
            ):
                supplier = supplier or code
            elif own.get((start, end)) == "adjective" and _WORDS["its-forces"].match(text[end:]):
                owner = owner or code
            elif own.get((start, end)) == "adjective" and not _WORDS["its-arms"].match(text[end:]):
                supplier = supplier or (
                    code if re.match(r" (?:[\w-]+ ){0,2}[A-Z\d]", text[end:]) or re.match(r" \w+", text[end:]) else ""
                )
            elif own.get((start, end)) != "adjective" or _WORDS["its-service"].match(text[end:]):
                plain.append((start, end, code))
        supplier, buyer = _by_verbs(text, verbs, plain, (supplier, buyer))
        if plain and not buyer and plain[0][2] != supplier and re.match(r"(?:'s|'s?) (?:\w+ ){0,4}", text[plain[0][1] :]):
            buyer = plain[0][2]
        if partner and partner != buyer:
            first = plain[0][2] if plain and plain[0][2] != partner else ""
            supplier, buyer = supplier or (partner if first or buyer else ""), buyer or first
        if owner and not (supplier and buyer):
            buyer, supplier = (owner, supplier) if supplier or not _WORDS["gives"].search(text) else (buyer, owner)
        if plain and not (supplier or buyer):
            gives = any(
                _WORDS["gives"].fullmatch(match[0]) and not _WORDS["passive"].search(text[: match.start()])
                for match in verbs[:1]
            )
            supplier, buyer = (plain[0][2], "") if gives else ("", plain[0][2])
        return supplier, buyer if buyer != supplier else ""

    def _years(
        self, text: str, verbs: Sequence[re.Match[str]], weapons: Sequence[tuple[int, str]]
    ) -> tuple[Years | None, Years | None, Years | None]:
        """Return the years of the order, of the deliveries (0 where only the last is told), and those that may be of either."""
        found: dict[str, list[Years]] = {"order": [], "came": [], "either": []}
        spans = find_spans(text)
        inside: set[WrittenDate] = set()
        for one in spans:
            inside |= {one.first, one.last}
            found[self._verb_at(text, one.start, one.end, verbs)].append((one.first.year, one.last.year))
        for date in find_dates(text):
            before = text[: date.start]
            if date in inside or any(at <= date.start < at + len(name) for at, name in weapons) or _is_model(text, date):
                continue
            kind = self._verb_at(text, date.start, date.end, verbs)
            if _WORDS["not-until"].search(before):
                found["came" if kind == "either" else kind].append((date.year, date.year))
            elif _WORDS["year-by"].search(before):
                found["came"].append((0, date.year))
            elif _WORDS["since"].search(before) and kind == "came":
                found["came"].append((date.year, self.reader.manuscript.today.year))
            else:
                found[kind].append((date.year, date.year))
        joined = {
            kind: (min(one[0] for one in years), max(one[1] for one in years)) if years else None
            for kind, years in found.items()
        }
        return joined["order"], joined["came"], joined["either"]

    def _verb_at(self, text: str, start: int, end: int, verbs: Sequence[re.Match[str]]) -> str:
        """Return to which kind of verb a year belongs: the noun beside it, else the nearest before it, else after it."""
        beside = _WORDS["year-of-order"].search(text[:start])
        if beside or _WORDS["order-behind"].match(text[end:]):
            return "order"
        clause = max(text.rfind(", ", 0, start), text.rfind("; ", 0, start), 0)
        ahead = [one for one in verbs if one.end() <= start and one.end() >= clause]
        behind = [one for one in verbs if one.start() >= end]
        near = ahead[-1] if ahead else behind[0] if behind and text.find(",", end, behind[0].start()) in (-1, end) else None
        near = near or next((one for one in reversed(verbs) if one.end() <= start), verbs[0])
        return next(kind for kind in ("order", "came", "either") if near[kind])

    def _each(self, text: str, weapons: Sequence[tuple[int, str]]) -> tuple[tuple[str, int], ...]:
        """Return the number of each model where a sentence counts several models, each with a number of its own."""
        found = []
        for at, name in weapons:
            counted = _WORDS["counted-of"].search(text[max(0, at - 40) : at])
            if counted and not re.fullmatch(r"1[89]\d\d|20\d\d", counted["number"]):
                found.append((name, self.reader.number(counted["number"])))
        return tuple(found) if len(found) > 1 else ()

    def _count(self, text: str, places: Sequence[int]) -> tuple[int | None, bool]:
        for at in sorted(places):
            counted = _WORDS["counted"].search(text[max(0, at - 60) : at])
            if counted and not re.fullmatch(r"1[89]\d\d|20\d\d", counted["number"]):
                return self.reader.number(counted["number"]), bool(counted["rough"])
            if _WORDS["article"].search(text[max(0, at - 30) : at]) and not _PLURAL.match(text, at):
                return 1, False
        return None, False


def deal_statement(reader: Reader, sentence: Sentence, text: str, deal: Deal) -> Statement:
    """Return a deal as a claim: a delivery where it tells when the arms came, else an order."""
    actors = tuple(dict.fromkeys(code for code in (deal.supplier, deal.buyer, *deal.context) if code))
    years = deal.window or deal.either or deal.ordered
    came = deal.window or (deal.ordered is None and deal.either is None) or _WORDS["came"].search(text)
    kind, act = ("delivery", "deliver") if came else ("contract", "order")
    evidence = reader.manuscript.evidence(sentence.start, sentence.end)
    if years and years[0] == 0:
        years = (years[1], years[1])
    return Statement(
        "duration" if deal.waited is not None else kind,
        evidence,
        text,
        act,
        actors,
        years,
        years is not None,
        negated=deal.none,
        said_by=reader.said_by(text),
        count=deal.count,
        deal=deal,
    )


def _without_asides(text: str, verbs: Sequence[re.Match[str]]) -> str:
    """Return a sentence with the relative clauses blanked that tell of no deal ("Peru, which lost the war of 1995, bought")."""

    def blank(aside: re.Match[str]) -> str:
        tells = any(aside.start() <= verb.start() < aside.end() for verb in verbs)
        return aside[0] if tells else " " * len(aside[0])

    return _ASIDE.sub(blank, text)


def _is_model(text: str, date: WrittenDate) -> bool:
    """Tell whether a number is that of a model and no year, though no register knows it: "Mirage 2000 fighters"."""
    kind = any(words.match(text, date.end + 1) for _, words, _ in kinds())
    return kind and _WORDS["model"].search(text[: date.start]) is not None


def _by_verbs(
    text: str, verbs: Sequence[re.Match[str]], plain: Sequence[tuple[int, int, str]], known: tuple[str, str]
) -> tuple[str, str]:
    """Return supplier and buyer, as far as the subjects of verbs of giving and taking tell what is not known yet."""
    supplier, buyer = known
    passive = False
    for match in sorted(verbs, key=lambda one: one.start()):
        # "let Peru have ten": who receives stands within the verb
        buyer = buyer or next((code for start, end, code in plain if match.start() <= start and end <= match.end()), "")
        subject = next((code for _, end, code in reversed(plain) if end <= match.start()), "")
        joined = _WORDS["and-then"].search(text[: match.start()]) is not None and passive
        passive = (
            joined
            or _WORDS["passive"].search(text[: match.start()]) is not None
            or _WORDS["that-it-had"].search(text[: match.start()]) is not None
        )
        if not subject or (passive and not _WORDS["that-had-been"].search(text[: match.start()])):
            continue
        if _WORDS["gives"].fullmatch(match[0]) and subject != buyer:
            supplier = supplier or subject
            behind = next((code for start, _, code in plain if 0 <= start - match.end() <= 5 and code != subject), "")
            buyer = buyer or behind
        elif _WORDS["takes"].match(match[0]) and subject != supplier:
            buyer = buyer or subject
    return supplier, buyer
