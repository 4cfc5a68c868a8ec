"""Finds what sentences ask of records: how many disputes, wars, visits or deliveries there were between whom and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from verbale.core import Event, Sentence
from verbale.review.claims.framing import is_wished
from verbale.review.claims.periods import read_period
from verbale.review.claims.quantity import Quantity, read_quantity, read_times
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Question, Statement
from verbale.review.claims.topics import ARMS, Topic, load_topics
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_questions.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

_HALVES: Final = (("North", "South"), ("East", "West"))


@dataclass(slots=True)
class Questions:
    """Reads sentences in the order of the text, because "the two states" are those that were named before."""

    reader: Reader
    _pair: tuple[str, ...] = ()
    _names: dict[str, str] = field(default_factory=dict)
    _last: Statement | None = None

    def find(self, sentence: Sentence, text: str, events: list[Event]) -> Statement | None:
        """Return what a sentence asks of a record; None where it asks nothing that a topic knows."""
        states = self._states(text)
        asked = self._compared(sentence, text)
        if asked is not None:
            return asked
        found = next(self._topics(text), None)
        if found and not _WORDS["unreal"].search(text):
            asked = self._ask(sentence, text, events, *found)
        if len(states) >= 2:
            self._pair = states[:2]
        if asked is not None:
            self._last = asked
        return asked

    def _compared(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim that two states had more of what was counted before than two others: "that is more than"."""
        match = _WORDS["that-is"].match(text)
        if not match or self._last is None or self._last.question is None:
            return None
        states = self._states(text)
        before = self._last.actors[:2]
        than = states[:2] if len(states) > 1 else tuple(code for code in before[:1] if code not in states) + states
        if len(than) < 2 or set(than) == set(before):
            return None
        question = replace(self._last.question, than=than, fewer=match["how"].lower() in ("fewer", "less"), quantity=Quantity())
        evidence = self.reader.manuscript.evidence(sentence.start, sentence.end)
        return replace(
            self._last,
            kind="comparison",
            evidence=evidence,
            sentence=text,
            question=question,
            actors=(*before, *than),
            count=None,
        )

    def _topics(self, text: str) -> Iterator[tuple[Topic, re.Match[str]]]:
        """Yield the topics whose words stand in a sentence; arms are asked for only where somebody orders or gives them."""
        ordered, given = self.reader.search("order", text), _WORDS["giving"].search(text) or self.reader.search("deliver", text)
        for topic in load_topics().all:
            match = topic.words.search(text)
            if not match or (topic.name == ARMS and not (ordered or given)):
                continue
            # who travelled is read by `trips`: a delegation's visit is none that lists of leaders have
            if topic.name == "visit" or (topic.name == "war" and _WORDS["no-war"].search(text)):
                continue
            if topic.name == "alliance" and (_WORDS["others-allied"].search(text[: match.end()]) or is_wished(text)):
                continue
            if topic.name == ARMS and _WORDS["no-deal"].match(text, match.start()):
                continue
            yield (replace(topic, name="arms-order") if topic.name == ARMS and not given else topic), match

    def _ask(self, sentence: Sentence, text: str, events: list[Event], topic: Topic, match: re.Match[str]) -> Statement | None:
        parties = self._parties(text, events, topic, match)
        quantity = self._quantity(text, match, topic)
        if len(parties) < 2 and not (
            topic.name == "war"
            and (quantity.number is not None or quantity.how == "none")
            and len(parties) == 1
            and "neighbo" not in text
        ):
            return None
        period = read_period(text, self.reader.manuscript.today.year)
        lasted = _WORDS["lasted"].search(text)
        length = None
        if lasted:
            length = Quantity("about" if lasted["rough"] else "exactly", self.reader.number(lasted["number"]))
        pieces = bool(topic.only) and topic.name in (ARMS, "arms-order") and quantity.number is not None
        only = topic.only
        question = Question(topic, quantity, only, period.since, length, self._name(text, parties[0]), pieces)
        kind = {"none": "absence", "first": "superlative", "last": "superlative", "only": "superlative", "some": "event"}.get(
            quantity.how, "count"
        )
        if length is not None:
            kind = "duration"
        return Statement(
            kind,
            self.reader.manuscript.evidence(sentence.start, sentence.end),
            text,
            topic.name,
            parties,
            period.years,
            period.years is not None,
            count=quantity.number,
            unit=""
            if quantity.number is None
            else question.only
            if pieces
            else topic.counted(quantity.number).split(" ", 1)[1],
            negated=quantity.how == "none",
            said_by=self.reader.said_by(text),
            event=next((event for event in events if {event.source.code, event.target.code} == set(parties)), None),
            question=question,
        )

    def _quantity(self, text: str, match: re.Match[str], topic: Topic) -> Quantity:
        # the words of a topic may hold the number themselves: "fought three wars"
        within = text[match.start() : match.end()]
        noun = max(within.rfind(" "), 0) + match.start() + (1 if " " in within else 0)
        quantity = read_quantity(text, noun, match.end())
        if quantity.how == "some":
            quantity = read_quantity(text, match.start(), match.end())
        listed = _WORDS["listed"].match(text, match.end())
        if quantity.how == "some" and listed and topic.parties == "two":
            rough = "about" if (listed["rough"] or "").strip() else "exactly"
            quantity = Quantity(rough, self.reader.number(listed["number"]))  # type: ignore[arg-type]
        if quantity.how == "some" and topic.parties == "directed":
            quantity = read_times(text)
        near = text[max(0, match.start() - 45) : match.end()]
        if topic.name == "border":  # a border is there or not; what is counted beside it is something else
            return Quantity("none" if _WORDS["no-border"].search(text) else "some")
        if quantity.how == "some" and (_denies(near) or _WORDS["no"].search(within) or text.startswith(("No ", "None "))):
            return Quantity("none")
        place = _WORDS["first"].search(text)
        if quantity.how == "some" and place and topic.when == "begins":
            return Quantity("first" if place["place"].lower() == "first" else "last")
        return quantity

    def _states(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for _, _, code in self.reader.actors(text) if self.reader.is_state(code)))

    def _name(self, text: str, code: str) -> str:
        found = self.reader.person(text, code)
        if found:
            self._names[code] = found
        return found or (self._names.get(code, "") if _WORDS["person"].search(text) else "")

    def _parties(self, text: str, events: list[Event], topic: Topic, match: re.Match[str]) -> tuple[str, ...]:
        twins = self._twins(text)
        if twins is not None and topic.parties == "two":
            return twins
        states = self._states(text)
        for event in events if _WORDS["person"].search(text) else ():  # whom the coder found behind he, it and the president
            codes = event.source.code, event.target.code
            if len(states) < 2 and codes[0] != codes[1] and all(map(self.reader.is_state, codes)) and set(states) <= set(codes):
                states = codes
        if topic.parties == "one":
            return self._member(text, match)
        if len(states) < 2:
            back = len(self._pair) == 2 and set(states) <= set(self._pair) and _WORDS["back"].search(text)
            return self._pair if back else states
        if topic.parties == "directed":
            return self._directed(_without_asides(text, match), events)
        if topic.name == "voting":
            return states[:3]
        against = _WORDS["war-with"].search(text) if topic.name == "war" else None
        foe = next((code for start, _, code in self.reader.actors(text) if against and start == against.end()), "")
        if foe and foe != states[0] and self.reader.is_state(foe):
            return states[0], foe
        if foe and foe == states[0]:
            return ()  # who went to war with it is no state: an alliance, or rebels
        named = _WORDS["between"].search(text)
        friend = _WORDS["ally-of"].search(text, match.start()) if topic.name == "alliance" else None
        other = next((code for start, _, code in self.reader.actors(text) if friend and start == friend.end()), "")
        if other and other != states[0] and self.reader.is_state(other) and not named:
            return states[0], other
        if topic.name == "alliance" and not named and (pair := self._pact_with(text, match)):
            return pair
        if named:
            after = tuple(
                dict.fromkeys(
                    code
                    for start, _, code in self.reader.actors(text)
                    if start >= named.end() - 1 and self.reader.is_state(code)
                )
            )
            if len(after) >= 2:
                return after[:2]
        return states[:2] if len(states) == 2 or topic.parties == "two" else ()

    def _pact_with(self, text: str, match: re.Match[str]) -> tuple[str, ...]:
        """Return who made a pact with whom, where a third state is named: the one named last before it, and its partner."""
        partner = _WORDS["pact-with"].match(text, match.end())
        actors = [(start, end, code) for start, end, code in self.reader.actors(text) if self.reader.is_state(code)]
        other = next((code for start, end, code in actors if partner and start <= partner.end() < end), "")
        before = next((code for _, end, code in reversed(actors) if end <= match.start() and code != other), "")
        return (before, other) if other and before else ()

    def _twins(self, text: str) -> tuple[str, ...] | None:
        """Return the two states that share the name that "the two" or "both" stands before; none where none is known."""
        match = _WORDS["twins"].search(text)
        if not match:
            return None
        for halves in _HALVES:
            for name in (match["name"], f"{match['name']}y"):
                both = [self.reader.states(f"{half} {name}") for half in halves]
                if all(both) and both[0][0].code != both[1][0].code:
                    return both[0][0].code, both[1][0].code
        return ()

    def _directed(self, text: str, events: list[Event]) -> tuple[str, ...]:
        """Return who acts on whom: by an act that was coded, else by from and to, else in the order of the names."""
        taking = _WORDS["taking"].search(text)
        for event in events:
            codes = event.source.code, event.target.code
            if not event.mutual and event.type != "ASSAULT" and codes[0] != codes[1] and all(map(self.reader.is_state, codes)):
                turned = taking is not None and event.trigger.lower() in taking[0].lower()
                return codes[::-1] if turned else codes
        actors = [(start, code) for start, _, code in self.reader.actors(text) if self.reader.is_state(code)]
        first = actors[0][1] if actors else ""
        if len({code for _, code in actors}) < 2:
            return self._pair
        for start, code in actors:
            other = next((one for _, one in actors if one != code), "")
            if _BESIDE["from"].search(text[:start]):
                return code, other
            if _BESIDE["to-or-of"].search(text[:start]) and code != first:
                return first, code
        second = next(code for _, code in actors if code != first)
        return (second, first) if taking else (first, second)

    def _member(self, text: str, match: re.Match[str]) -> tuple[str, ...]:
        """Return the state that stands before the words, and the organisation after them."""
        actors = self.reader.actors(text)
        before = [code for _, end, code in actors if end <= match.start() and self.reader.is_state(code)]
        after = [code for start, _, code in actors if start >= match.end() and not self.reader.is_state(code)]
        return (before[-1], after[0]) if before and after else ()


def _denies(text: str) -> bool:
    """Tell whether the words before a topic deny it, and not another act: of "it did not end the sales" there were sales.

    >>> _denies("it did not sell any arms"), _denies("it did not put an end to the sale of arms")
    (True, False)
    """
    denials = [one for one in _WORDS["never"].finditer(text) if not _WORDS["neither"].search(text[one.end() :])]
    return any(_WORDS["not-other"].match(text, one.end()) is None for one in denials)


def _without_asides(text: str, match: re.Match[str]) -> str:
    """Return a sentence with the relative clauses blanked out in which its topic does not stand, the rest in place."""

    def blank(aside: re.Match[str]) -> str:
        inside = aside.start() <= match.start() < aside.end()
        return aside[0] if inside else " " * len(aside[0])

    return _WORDS["aside"].sub(blank, text)
