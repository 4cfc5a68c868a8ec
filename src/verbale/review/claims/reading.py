"""What the finders of claims read in a sentence: actors, years, numbers of resolutions, who says it, listed words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import Final

from verbale.review.claims.home import find_home, first_person
from verbale.review.claims.words import load_claim_words
from verbale.review.dates import find_dates, find_spans
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, value
from verbale.review.patterns import load_patterns
from verbale.review.references import Named, Reference, References, main_states
from verbale.vocab.states import ORGANISATION_CODES

_WORDS: Final = load_patterns("claim_reading.csv")

Years = tuple[int, int]
NUMBERS: Final = NUMBER_PATTERN
# A text that names a half once may mean another North.
_NAMED_OFTEN: Final = 2
_BESIDE: Final = re.compile(r",? ?\(?(?P<first>1[5-9]\d\d|20\d\d)\s?[-–—]\s?(?P<last>1[5-9]\d\d|20\d\d|\d\d)\)?")


class Reader:
    """A manuscript with what is read in its sentences."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Keep the manuscript and the words of claims."""
        self.manuscript = manuscript
        self.words = load_claim_words()
        self.references = References()
        self._readings: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self.home = ""
        self.half = _halves(manuscript)
        self.named = functools.lru_cache(maxsize=64)(self._named)
        self.home = find_home(manuscript, lambda text: [one for one in self.named(text) if self.is_state(one.code)])
        self.named.cache_clear()
        self.references.main = main_states(
            Counter(
                one.code
                for sentence in manuscript.all_prose
                for one in self.named(manuscript.sentence_text(sentence))
                if one.kind != "adjective"
            )
        )
        forms = {form for word in manuscript.words.loaded for form in word.forms}
        self._judging = re.compile(
            rf"\b(?:{'|'.join(sorted(map(re.escape, forms), key=lambda one: (-len(one), one)))})\b", re.IGNORECASE
        )

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """Return the first of a list's words in a text."""
        return self.words.patterns[name].search(text)

    def judging(self, text: str) -> bool:
        """Tell whether a text has a word that judges, and is no part of a name ("Evil Street")."""
        return any(
            match[0][0].islower() or not (match.start() or re.match(r"\s[A-Z][a-z]", text[match.end() :]))
            for match in self._judging.finditer(text)
        )

    def is_state(self, code: str) -> bool:
        """Tell whether a code is a state's, and no organisation's."""
        return code not in ORGANISATION_CODES

    def _named(self, text: str) -> tuple[Named, ...]:
        found = []
        actors, dates = self.manuscript.vocabulary.actors, find_dates(text)
        for mention in actors.find(text):
            # of several years the nearest tells which state it was: Belgrade is Yugoslavia's capital in 1920 and in 1921
            near = min(dates, key=lambda date: max(date.start - mention.end, mention.start - date.end), default=None)
            name = actors.resolve(mention, near.year if near else None, retrospective=True)
            if name is None and any(one.kind == "name" for one in mention.names):
                name = actors.resolve(mention, None)  # "Sri Lanka won its independence in 1948": by the name of today
            if name is not None:
                found.append(Named(mention.start, mention.end, name.code, name.kind, mention.text))
        taken = [(one.start, one.end) for one in found]
        more = first_person(text, self.home) if self.home else []
        for match in _WORDS["half"].finditer(text) if self.half else ():
            if code := self.half.get(match["half"]):
                more.append(Named(match.start(), match.end(), code, "name", match[0]))
        found += [one for one in more if not any(start < one.end and one.start < end for start, end in taken)]
        return tuple(sorted(found, key=lambda one: one.start))

    def people(self, text: str) -> tuple[Named, ...]:
        """Return the leaders whom a text names, in whichever year: a wrong year is no reason not to know them."""
        found = []
        for mention in self.manuscript.vocabulary.actors.find(text):
            leader = next((name for name in mention.names if name.kind == "leader"), None)
            if leader is not None and leader is mention.names[0]:
                found.append(Named(mention.start, mention.end, leader.code, "leader", mention.text))
        return tuple(found)

    def states(self, text: str) -> tuple[Named, ...]:
        """Return the states that a text names, without organisations."""
        return tuple(one for one in self.named(text) if self.is_state(one.code))

    def actors(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return where a text names actors, and what its references stand for in the reading that is tried."""
        read = self._readings.get(text)
        return read if read is not None else tuple((one.start, one.end, one.code) for one in self.named(text))

    def readings(self, text: str) -> int:
        """Return how many readings the references of a sentence leave, one at least."""
        return max([1, *(len(one.choices) for one in self.found(text))])

    def found(self, text: str) -> list[Reference]:
        """Return the references of a sentence; a person's name is known by its own words."""
        return [one for one in self.references.find(text, self.states(text)) if one.means != "person"]

    def read(self, text: str, number: int) -> None:
        """Take a reading of a sentence: `actors` then gives what its references stand for in it, too."""
        added = [
            (one.start, one.end, code) for one in self.found(text) for code in one.choices[min(number, len(one.choices) - 1)]
        ]
        own = [(one.start, one.end, one.code) for one in self.named(text)]
        self._readings = {text: tuple(sorted((*own, *added)))}

    def remember(self, text: str) -> None:
        """Keep what a sentence named, for a next one that only refers to it."""
        self.read(text, 0)
        taken = {(one.start, one.end) for one in self.named(text)}
        lands = {one.start for one in self.found(text) if one.means == "land"}
        meant = [
            Named(start, end, code, "reference")
            for start, end, code in self.actors(text)
            if (start, end) not in taken and start not in lands
        ]
        self._readings = {}
        known = {(one.start, one.end) for one in self.states(text)}
        people = [one for one in self.people(text) if (one.start, one.end) not in known]
        self.references.note(text, sorted((*self.states(text), *people, *meant), key=lambda one: one.start))

    def person(self, text: str, code: str) -> str:
        """Return the words by which a text names a leader of a state; empty where it names none."""
        for mention in self.manuscript.vocabulary.actors.find(text):
            if any(name.kind == "leader" and name.code == code for name in mention.names):
                return text[mention.start : mention.end]
        return ""

    def years(self, text: str) -> Years | None:
        """Return the years that a sentence names, from the first to the last; None where it names none, or several apart."""
        spans = find_spans(text)
        if len(spans) == 1:
            return spans[0].first.year, spans[0].last.year
        years = sorted({date.year for date in find_dates(text)})
        return (years[0], years[0]) if len(years) == 1 else None

    def year_near(self, text: str, at: int) -> Years | None:
        """Return the year that stands nearest to a place, those after it first."""
        dates = find_dates(text)
        if not dates:
            return None
        # a year after the verb belongs to it more often than one as far before it
        best = min(dates, key=lambda date: date.start - at if date.start >= at else 2 * (at - date.end))
        return best.year, best.year

    def beside(self, text: str, start: int, end: int) -> Years | None:
        """Return the span of years straight after a name: First War (1804-1813)."""
        del start
        found = _BESIDE.match(text, end)
        if not found:
            return None
        last = found["last"]
        return int(found["first"]), int(last if len(last) == 4 else found["first"][:2] + last)

    def resolutions(self, text: str) -> tuple[int, ...]:
        """Return the numbers of resolutions that a text names."""
        numbers = [
            int(number) for match in _WORDS["resolutions"].finditer(text) for number in re.findall(r"\d{2,4}", match["list"])
        ]
        return tuple(dict.fromkeys(numbers))

    def number(self, words: str) -> int:
        """Return the number that figures or words stand for."""
        return value(words)

    def said_by(self, text: str) -> str:
        """Return to whom a sentence lays what it says; empty where it says it itself."""
        match = _WORDS["said"].search(text)
        return (match["who"] or match["some"]) if match else ""


def _halves(manuscript: Manuscript) -> dict[str, str]:
    """Return which states "the North" and "the South" are; none in a text that names no such pair, or two of them."""
    counts = Counter(match["name"] for match in _WORDS["halves"].finditer(manuscript.plain))
    names = {name for name, count in counts.items() if count >= _NAMED_OFTEN} | {
        name for name, capitals in _CAPITALS.items() if all(word in manuscript.plain for word in capitals)
    }
    if len(names) != 1:
        return {}
    (name,) = names
    found = {}
    for side in ("North", "South"):
        mention = next(iter(manuscript.vocabulary.actors.find(f"{side} {name}")), None)
        if mention is not None:
            found[side] = mention.names[0].code
    return found


_CAPITALS: Final = {"Korea": ("Pyongyang", "Seoul"), "Vietnam": ("Hanoi", "Saigon"), "Yemen": ("Sanaa", "Aden")}
