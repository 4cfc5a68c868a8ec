"""Finds claims about arms: who ordered, cancelled, delivered, delayed or refused what, as the section tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from verbale.core import Event, Sentence
from verbale.review.claims.designations import designations_in
from verbale.review.claims.reading import NUMBERS, Reader
from verbale.review.claims.register import OF_ORDER
from verbale.review.claims.statement import Statement
from verbale.review.dates import find_spans
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_deals.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

_COUNTED: Final = re.compile(rf"\b(?P<number>{NUMBERS}) (?:[a-z-]+ ){{0,2}}$", re.IGNORECASE)
# The acts in the order in which one hides another: a contract that is cancelled is no order.
_ACTS: Final = ("refuse", "cancel", "delay", "deliver", "order")


@dataclass(slots=True)
class _Section:
    """What a section spoke of last: arms, and the two states."""

    weapons: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()


@dataclass(slots=True)
class Arms:
    """Reads claims about arms in the order of the text, because "the system" is the one that was named before."""

    reader: Reader
    designations: frozenset[str] = frozenset()
    _section: _Section = field(default_factory=_Section)
    _waiting: list[Statement] = field(default_factory=list)
    _pairs: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def heading(self, sentence: Sentence, text: str) -> list[Statement]:
        """Begin a section; a heading that names arms and a length of delay is a claim itself."""
        self._section = _Section(self._weapons(text))
        late = _WORDS["years-late"].search(text) or _WORDS["delayed-by"].search(text)
        if not late or not self._section.weapons:
            return []
        waiting = self._make(sentence, text, "delay", (), None)
        self._waiting = [replace(waiting, count=self.reader.number(late["number"]), unit="years")]
        return list(self._waiting)

    def find(self, sentence: Sentence, text: str, events: list[Event]) -> list[Statement]:
        """Return the claims about arms of a sentence."""
        named = self._weapons(text)
        section = self._section
        pair = self._pair(text, events)
        if len(pair) == 2 and (self.reader.search("deliver", text) or self.reader.search("order", text)):
            section.pair = pair
        if named:
            section.weapons = named
        elif not (section.weapons and self.reader.search("arms", text)):
            return []
        if len(pair) < 2:
            pair = section.pair if len(section.pair) == 2 and (not pair or pair[0] in section.pair) else pair
        received = self._received(sentence, text, named)
        if received:
            return received
        if len(pair) < 2:
            return []
        section.pair = pair
        for at, waiting in enumerate(self._waiting):
            self._pairs[waiting.evidence.start] = pair
            del self._waiting[at]
            break
        return list(self._acts(sentence, text, pair, events))

    def complete(self, found: list[Statement]) -> list[Statement]:
        """Give the claims of headings the states that their sections named, and leave out those that stay without."""
        done = []
        for statement in found:
            if statement.kind == "duration" and not statement.actors:
                pair = self._pairs.get(statement.evidence.start)
                if pair is None:
                    continue
                statement = replace(statement, actors=pair)  # noqa: PLW2901 - the same claim, now whole
            done.append(statement)
        return done

    def _acts(self, sentence: Sentence, text: str, pair: tuple[str, ...], events: list[Event]) -> Iterator[Statement]:
        reader = self.reader
        for degree in ("lower", "higher"):
            if reader.search(degree, text) and reader.search("contracted", text) and reader.search("delivered", text):
                yield self._make(sentence, text, degree, pair, None)
                return
        waited = _WORDS["years-after-order"].search(text)
        if waited and reader.search("deliver", text):
            delay = self._make(sentence, text, "delay", pair, None)
            yield replace(delay, kind="duration", count=reader.number(waited["number"]), unit="years")
        matches = {act: match for act in _ACTS if (match := reader.search(act, text))}
        if waited:
            matches.pop("order", None)
        if {"refuse", "cancel", "delay"} & matches.keys():
            matches = dict(list(matches.items())[:1])
        late = self._late(text)
        if late is not None and not matches.keys() & {"refuse", "cancel", "delay"}:
            made = self._make(sentence, text, "delay", pair, None)
            yield replace(made, kind="duration", count=late, unit="years")
        denied = any(event.status in ("denied", "omitted") for event in events)
        single = reader.years(text)
        for act, match in matches.items():
            near = text[max(0, match.start() - 45) : match.start()]
            negated = act == "deliver" and (denied or _WORDS["not-yet"].search(near) is not None)
            of_order = negated and "order" in matches
            if of_order:
                years = reader.year_near(text, matches["order"].start())
            elif negated:  # "not by the end of 2024" is no year without a delivery, a span of years is
                spans = find_spans(text)
                years = (spans[0].first.year, spans[0].last.year) if spans else None
            else:
                years = single if len(matches) == 1 or single else reader.year_near(text, match.start())
            if act == "order" and len(matches) > 1:
                years = reader.year_near(text, match.start())
            if act == "deliver" and _WORDS["by-distance"].search(text):
                years = None
            made = self._make(sentence, text, act, pair, years)
            giver = next((event for event in events if act == "deliver" and self._gives(event)), None)
            count, unit = (None, OF_ORDER if of_order else "") if negated else (self._count(text), "")
            if act == "delay":
                count, unit = late, "years" if late is not None else ""
            yield replace(made, negated=negated, count=count, unit=unit, event=giver)

    def _late(self, text: str) -> int | None:
        """Return how many years a sentence says that something was late, or waited for; None where it tells none, or about."""
        for name in ("years-late", "delayed-by", "years-waited"):
            match = _WORDS[name].search(text)
            if match:
                rough = _WORDS["about-years"].search(text[: match.start("number")])
                return None if rough else self.reader.number(match["number"])
        return None

    def _gives(self, event: Event) -> bool:
        """Tell whether the source of an event is the one who delivers (and not the one who receives)."""
        trigger = event.trigger.lower()
        return not event.mutual and not trigger.startswith("rec") and self.reader.search("deliver", trigger) is not None

    def _make(self, sentence: Sentence, text: str, act: str, pair: tuple[str, ...], years: tuple[int, int] | None) -> Statement:
        kind = {"lower": "comparison", "higher": "comparison", "delay": "delay"}.get(
            act, "delivery" if act == "deliver" else "contract"
        )
        if sentence.kind == "heading":
            kind = "duration"
        evidence = self.reader.manuscript.evidence(sentence.start, sentence.end)
        said_by = self.reader.said_by(text)
        return Statement(kind, evidence, text, act, pair, years, years is not None, self._section.weapons, said_by=said_by)

    def _received(self, sentence: Sentence, text: str, named: tuple[str, ...]) -> list[Statement]:
        """Return the claim that several states received arms: the supplier is whose dealings they are, or the section's."""
        reader = self.reader
        dealings = _WORDS["dealings"].search(text)
        actors = [(end, code) for _, end, code in reader.actors(text) if reader.is_state(code)]
        before = [code for end, code in actors if dealings and end <= dealings.start() + 1]
        starts = [(start, code) for start, _, code in reader.actors(text) if reader.is_state(code)]
        giving = [code for start, code in starts if _BESIDE["from-or-by"].search(text[:start])]
        supplier = (before or giving or [""])[-1]
        others = tuple(dict.fromkeys(code for _, code in actors if code != supplier))
        if not (named and supplier and len(others) > 1 and reader.search("deliver", text)):
            return []
        statement = self._make(sentence, text, "received", (supplier, *others), None)
        return [replace(statement, kind="comparison")]

    def _pair(self, text: str, events: list[Event]) -> tuple[str, ...]:
        """Return the two states of a sentence: of an event between them, the one who acts first, else of the names."""
        reader = self.reader
        directed = sorted(events, key=lambda event: (event.mutual, event.evidence.start))
        for event in directed:
            codes = (event.source.code, event.target.code)
            if codes[0] != codes[1] and all(reader.is_state(code) for code in codes):
                return codes
        return tuple(dict.fromkeys(code for _, _, code in reader.actors(text) if reader.is_state(code)))[:2]

    def places(self, text: str) -> list[tuple[int, str]]:
        """Return the designations of a text with where each begins."""
        return designations_in(self.reader, text, self.designations)

    def _weapons(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for _, name in self.places(text)))

    def _count(self, text: str) -> int | None:
        """Return the number that stands before a designation, as in 24 Su-35."""
        for start, _ in self.places(text):
            counted = _COUNTED.search(text[max(0, start - 40) : start])
            if counted:
                return self.reader.number(counted["number"])
        return None
