"""Finds what a text says of treaties that it does not name: kind, parties, day, place, how long in force, who joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.quantity import Quantity
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import PactClaim, Statement
from verbale.review.dates import find_dates
from verbale.review.patterns import load_patterns
from verbale.vocab.instruments import Instrument

_WORDS: Final = load_patterns("claim_pacts.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

# The kinds of treaties by their words, in the order in which one is taken before another.
_ASIDE: Final = load_patterns("claim_questions.csv")["aside"]
KINDS: Final = load_patterns("claim_pact_kinds.csv")


@dataclass(slots=True)
class Pacts:
    """Reads treaties in the order of the text: "it" and "the treaty" are those that were named before."""

    reader: Reader
    last: PactClaim | None = None
    instrument: Instrument | None = None
    _after: int = 9

    def find(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim about a treaty without a name, or about the one before; None where there is none."""
        self._after += 1
        again = self._again(sentence, text)
        if again is not None:
            return again
        mention = next(iter(self.reader.manuscript.vocabulary.instruments.find(text)), None)
        if mention is not None:
            row = self.reader.manuscript.vocabulary.instruments.resolve(mention, None)
            if row is not None and row.kind == "treaty":
                self.instrument, self.last, self._after = row, None, 0
                return None
        noun, signed = _WORDS["noun"].search(text), _WORDS["signed"].search(text)
        dates = find_dates(text)
        if not noun or not signed or not dates or _WORDS["unreal"].search(text) or _WORDS["other"].search(text):
            return None
        reader = self.reader
        asides = [one for one in _ASIDE.finditer(text) if not one.start() <= noun.start() < one.end()]
        aside = {start for start, _, _ in reader.actors(text) if any(one.start() <= start < one.end() for one in asides)}
        whole = tuple(
            dict.fromkeys(code for start, _, code in reader.actors(text) if reader.is_state(code) and start not in aside)
        )
        date = next((one for one in dates if one.start >= signed.start()), dates[0])
        place = _WORDS["place"].search(text)
        capital = {one.code for one in reader.states(text) if one.kind == "capital"}
        named = {one.code for one in reader.states(text) if one.kind != "capital"}
        foes = {one.code for one in reader.states(text) if _BESIDE["against"].search(text[: one.start])}
        parties = tuple(code for code in whole if code not in (capital - named) | foes)
        content = _WORDS["content"].search(text, max(noun.end(), signed.end()))
        before = {one.code for one in reader.states(text) if content is None or one.start < content.start()}
        if len(before & set(parties)) > 1:  # those of whom a treaty tells need not have signed it
            parties = tuple(code for code in parties if code in before)
        breaks = [one.end() for one in _WORDS["clause-start"].finditer(text, 0, signed.start())]
        behind = {one.code for one in reader.states(text) if breaks and one.start >= breaks[-1]}
        if len(behind & set(parties)) > 1:  # "the French were still talking when Russia signed a pact with Finland"
            parties = tuple(code for code in parties if code in behind)
        claim = PactClaim(
            next((kind for kind, words in KINDS.items() if words.search(text)), ""),
            parties,
            reader.references.implied(*parties)[:3],
            (date.year, date.year),
            date.month,
            date.day,
            place["place"] if place else "",
        )
        self.last, self.instrument, self._after = claim, None, 0
        return self._statement(sentence, text, "treaty", claim)

    def _again(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim about the treaty that was named before: how long it lasted, when it ended, who else is a party."""
        if self._after > 2 or (self.last is None and self.instrument is None):
            return None
        party = _WORDS["party"].search(text)
        base = self.last or PactClaim(
            "", self.instrument.parties if self.instrument else (), (), self.instrument.years if self.instrument else None
        )
        who = tuple(dict.fromkeys(one.code for one in self.reader.states(text)))
        if party and who and not self.reader.manuscript.vocabulary.instruments.find(text):  # of a named treaty by its name
            return self._statement(
                sentence, text, "treaty", PactClaim(base.kind, base.whole, base.implied, base.years, base.month, who=who[:1])
            )
        if not _WORDS["subject"].match(text):
            return None
        lasted, until, end = _WORDS["lasted"].search(text), _WORDS["until"].search(text), _WORDS["until-end"].search(text)
        length: Quantity | None = None
        year: int | None = None
        if lasted:
            number = 1 if lasted["number"].lower() == "a" else self.reader.number(lasted["number"])
            length = (
                Quantity("about", number) if lasted["unit"].lower() == "year" else Quantity("about", max(1, round(number / 12)))
            )
        elif until:
            year = int(until["year"])
        elif end:
            code = next((one.code for one in self.reader.states(end["who"])), "")
            ends = [
                state.end
                for state in self.reader.manuscript.vocabulary.states.all
                if state.end and end["who"].lower().endswith(state.entity.lower())
            ]
            year = ends[0] if ends and code else None
        if length is None and year is None:
            return None
        claim = PactClaim(base.kind, base.whole, base.implied, base.years, base.month, base.day, base.place, length, year)
        return self._statement(sentence, text, "duration", claim)

    def _statement(self, sentence: Sentence, text: str, kind: str, claim: PactClaim) -> Statement:
        return Statement(
            kind,
            self.reader.manuscript.evidence(sentence.start, sentence.end),
            text,
            "AGREE",
            tuple(dict.fromkeys((*claim.whole, *claim.who, *claim.implied))),
            claim.years,
            bool(find_dates(text)),
            said_by=self.reader.said_by(text),
            pact=claim,
            instrument=self.instrument if claim.who or claim.lasted or claim.until else None,
        )
