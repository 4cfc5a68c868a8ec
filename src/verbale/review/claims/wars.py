"""Finds what a text says of a war: its length, its dead, whether it was the worst, who took part, when it was.

It remembers the war told last, so that "it" and "the second of them" can be read; `battles.py` judges what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.quantity import UNIT_DAYS, Quantity, bound
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Statement, WarClaim
from verbale.review.dates import find_dates
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_wars.csv")

# A date of "the war" that is farther than this from it is no slip: another war is meant ("the war of the fathers").
YEARS_OFF: Final = 5


@dataclass(slots=True)
class Wars:
    """Reads wars in the order of the text: "it", "the war" and "the first of them" are those that were named before."""

    reader: Reader
    last: WarClaim | None = None
    _after: int = 0

    def find(self, sentence: Sentence, text: str) -> Statement | None:
        """Return the claim about a war that a sentence makes beside that it was fought; None where it makes none."""
        self._after += 1
        if (
            _WORDS["ended-by-treaty"].search(text)
            or _WORDS["unreal"].search(text)
            or (_WORDS["world"].search(text) and not _WORDS["fought"].search(text))
        ):
            return None
        war = self._war(text)
        if war is None:
            return None
        self._after = 0
        self.last = replace(war, length=None, deaths=None, most="", who=(), dated="", place="" if not war.place else war.place)
        claim = self._claim(text, war)
        if claim is None:
            return None
        return self._statement(sentence, text, claim)

    def _war(self, text: str) -> WarClaim | None:
        """Return which war a sentence speaks of: by its name, its year, its parties, or the one before."""
        reader = self.reader
        states = tuple(dict.fromkeys(code for _, _, code in reader.actors(text) if reader.is_state(code)))
        years = self._years(text)
        order = _WORDS["order"].search(text)
        instruments = reader.manuscript.vocabulary.instruments
        mention = next(iter(instruments.find(text)), None)
        row = instruments.resolve(mention, years[0] if years else None) if mention is not None else None
        if row is not None and row.kind == "war":
            inside = [code for code in states if not _within(text, mention, reader, code)] if mention else []
            return WarClaim(mention.name if mention else row.name, row.parties, row.years, inside)
        name = _WORDS["name"].search(text)
        words = _WORDS["article"].sub("", name["name"] or name["of"] or "") if name else ""
        if words and not _WORDS["world"].search(text) and not _WORDS["no-name"].fullmatch(words):
            return WarClaim(words, (), years if _WORDS["of-year"].search(text) else None, list(states))
        of_year = _WORDS["of-year"].search(text)
        if of_year:
            year = int(of_year["year"] or of_year["before"])
            parties = (
                states[:2]
                if len(states) > 1
                else self.last.parties
                if self.last
                else (reader.references.pairs[-1] if reader.references.pairs else ())
            )
            return WarClaim("", parties, (year, year), list(states))
        against = _WORDS["joined-against"].search(text)
        if against and len(states) >= 2:
            return WarClaim("", states[:2], years, [], dated="fought", when=years)
        if self.last is not None and self._after <= 3:
            if order and order["place"].lower() != "other":
                return replace(self.last, place=order["place"].lower(), years=None, name="", named=list(states))
            known = {*self.last.parties, *self.last.named}
            # "the war against X" is another one, as is that of 1870 of one of the two
            strange = not known & set(states) or (years is not None and not set(states[:2]) <= known)
            other = len(states) > 1 and bool(known) and strange
            again = _WORDS["the-war"].search(text) or (self._after <= 1 and _WORDS["it"].search(text))
            if again and not other and _near(years, self.last.years):
                return replace(self.last, named=list(states))
        if _WORDS["the-war"].search(text) and len(states) >= 2:
            return WarClaim("", states[:2], years, list(states))
        if _WORDS["war"].search(text) and (_WORDS["fought"].search(text) or _WORDS["war-with"].search(text)) and states:
            count = _WORDS["several"].search(text)
            self.last = WarClaim("", states[:2], years if not count else None, list(states), place="series" if count else "")
            self._after = 0
        elif (fought := _WORDS["fought"].search(text)) and len(states) >= 2:
            behind = [code for start, _, code in reader.actors(text) if start >= fought.end() and reader.is_state(code)]
            pair = (states[0], behind[0]) if behind and behind[0] != states[0] else states[:2]
            self.last = WarClaim("", pair, years, list(states))
            self._after = 0
        return None

    def _claim(self, text: str, war: WarClaim) -> WarClaim | None:
        lasted = _WORDS["lasted"].search(text)
        if lasted:
            return replace(war, length=self._length(lasted))
        deaths = _counted_dead(text)
        if deaths and _WORDS["died"].search(text):
            return replace(war, deaths=self._deaths(deaths))
        most = _WORDS["most"].search(text)
        if most:
            word = most["most"].lower()
            kind = "longest" if word == "longest" else "shortest" if word == "shortest" else "deadliest"
            scope = "state" if _WORDS["of-all"].search(text[most.end() :]) else "pair"
            place = 2 if (most["place"] or "").lower().startswith("second") else 3 if most["place"] else 1
            return replace(war, most=kind, scope=scope, rank=place)
        if _WORDS["within"].search(text) and find_dates(text):
            year = find_dates(text)[0].year
            return replace(war, dated="within", when=(year, year))
        joined = _WORDS["joined"].search(text)
        if joined and war.named:
            who = self._who(text, joined)
            if who:
                return replace(war, who=who, negated=bool(_WORDS["out"].search(text)), when=self._years(text), dated="joined")
        began = _WORDS["began"].search(text)
        # "(1968)" beside a name dates the war itself
        dates = [
            one
            for one in find_dates(text)
            if not _WORDS["dates-war"].search(text[max(0, one.start - 7) : one.start])
            and not re.match(r"\s?\)|[-–]\d+\)", text[one.end :])
        ]
        if began and dates:
            verb = began["verb"].lower()
            kind = "ended" if _WORDS["ended"].fullmatch(verb) else "fought" if verb == "was fought" else "began"
            after = next((one for one in dates if one.start >= began.start()), dates[0])
            return replace(war, dated=kind, when=(after.year, after.year), month=after.month)
        return war if war.dated else None

    def _length(self, lasted: re.Match[str]) -> tuple[str, float, str]:
        """Return how exactly a length is told, in days, and its unit."""
        number, unit = lasted["number"].lower(), lasted["unit"].lower()
        way = bound(lasted["how"])
        if number in ("a few", "several"):
            return "few", 3.0 * UNIT_DAYS[unit], unit
        amount = 1.0 if number in ("a", "an") else float(self.reader.number(number))
        amount += 0.5 if lasted["half"] else 0.0
        exactly = {"more": "at least", "least": "at least", "less": "at most", "": "exactly"}.get(way, "about")
        return exactly, amount * UNIT_DAYS[unit], unit

    def _deaths(self, match: re.Match[str]) -> Quantity:
        words = match["number"].lower()
        big = {"thousand": 1_000, "million": 1_000_000}
        for word, factor in big.items():
            if words.endswith(word):
                head = words.removesuffix(word).strip()
                amount = 1.0 if head == "a" else float(head) if "." in head else float(self.reader.number(head))
                return self._how(match["how"], round(amount * factor))
        return self._how(match["how"], int(words.replace(",", "")))

    def _how(self, how: str | None, number: int) -> Quantity:
        way = bound(how)
        if way in ("more", "least"):
            return Quantity("at least", number)
        if way == "less":
            return Quantity("at most", number)
        return Quantity("about", number)

    def _who(self, text: str, joined: re.Match[str]) -> tuple[str, ...]:
        """Return who took part by the sentence: those before the verb, and those whom they joined or faced."""
        reader = self.reader
        actors = [(start, end, code) for start, end, code in reader.actors(text) if reader.is_state(code)]
        names = [match.span() for match in _WORDS["name"].finditer(text)]
        free = [
            (start, end, code)
            for start, end, code in actors
            if not any(first <= start and end <= last for first, last in names)
        ]
        verb = (joined["verb"] or joined["faced"] or joined["also"] or joined["entered"]).lower()
        at = text.lower().find(verb, joined.start())
        before = [code for _, end, code in free if end <= at][-2:]
        after = [code for start, _, code in free if start >= at]
        if verb == "faced" or joined["also"]:
            return tuple(dict.fromkeys((*before, *after)))
        return tuple(dict.fromkeys(before or (() if joined["entered"] else after)))

    def _years(self, text: str) -> tuple[int, int] | None:
        dates = find_dates(text)
        return (min(one.year for one in dates), max(one.year for one in dates)) if dates else None

    def _statement(self, sentence: Sentence, text: str, claim: WarClaim) -> Statement:
        kind = "duration" if claim.length else "count" if claim.deaths else "superlative" if claim.most else "event"
        if claim.dated == "within":
            kind = "duration"
        if kind == "event" and claim.negated:
            kind = "absence"
        actors = tuple(dict.fromkeys((*claim.parties, *claim.named, *claim.who)))
        return Statement(
            kind,
            self.reader.manuscript.evidence(sentence.start, sentence.end),
            text,
            "war",
            actors,
            claim.when or claim.years,
            bool(find_dates(text)),
            negated=claim.negated,
            said_by=self.reader.said_by(text),
            war=claim,
        )


def _near(told: tuple[int, int] | None, war: tuple[int, int] | None) -> bool:
    """Tell whether the years that a sentence tells can be those of the war told before."""
    return told is None or war is None or (told[0] - YEARS_OFF <= war[1] and war[0] - YEARS_OFF <= told[1])


def _within(text: str, mention: object, reader: Reader, code: str) -> bool:
    """Tell whether a state stands in a sentence only inside a war's name."""
    start, end = getattr(mention, "start", 0), getattr(mention, "end", 0)
    return all(start <= one[0] and one[1] <= end for one in reader.actors(text) if one[2] == code)


def words_of(name: str) -> Sequence[str]:
    """Return the telling words of a war's name."""
    return [word for word in re.findall(r"[a-z]+", name.lower()) if not _WORDS["in-names"].fullmatch(word)]


def _counted_dead(text: str) -> re.Match[str] | None:
    """Return the number of the dead that a sentence tells, before its verb or after it; the year of a date is none."""
    years = [(one.start, one.end) for one in find_dates(text)]
    for name in ("deaths", "killed"):
        for match in _WORDS[name].finditer(text):
            at = match.start("number")
            if not any(start <= at < end for start, end in years):
                return match
    return None
