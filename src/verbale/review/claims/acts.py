"""Reads what a text says that the Security Council did: by which resolution it put whom under which measures, or freed whom."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from verbale.review.claims.quantity import Quantity
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Ballot
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab.sanctions import MEASURES
from verbale.vocab.tables import read_rows

TABLE: Final = "claim_acts.csv"
MEASURE_FILE: Final = "claim_sanctions.csv"
IMPOSES, LIFTS = "impose", "lift"
# A state farther behind the word for the measures is another party of the sentence.
CLOSE: Final = 60

Time = tuple[tuple[int, int] | None, int | None]


@functools.cache
def load_measures(*, folder: Path = DATA) -> Mapping[str, re.Pattern[str]]:
    """Return the words of each measure, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    found = {}
    for row in read_rows(folder / MEASURE_FILE, ("measure", "pattern")):
        try:
            found[row.one_of("measure", MEASURES)] = re.compile(row.required("pattern"), re.IGNORECASE)
        except re.error as error:
            raise row.fail("pattern", f"a regular expression ({error})") from error
    return found


@dataclass(frozen=True, slots=True)
class Acts:
    """Reads acts of the Council in the sentences of a manuscript."""

    reader: Reader

    def find(self, text: str, numbers: tuple[int, ...], time: Time) -> Ballot | None:
        """Return what the Council is said to have done to whom; None where a sentence tells no such act."""
        words = load_patterns(TABLE)
        if not (numbers or words["council"].search(text)) or words["unreal"].search(text) or words["votes"].search(text):
            return None
        whole = self._unanimous(text, time) if not numbers else None
        if whole is not None:
            return whole
        does = IMPOSES if words["imposes"].search(text) else LIFTS if words["lifts"].search(text) else ""
        target = self._target(text)
        if not does or not target:
            return None
        years, month = time
        measures = tuple(name for name, words_of in load_measures().items() if words_of.search(text))
        ballot = Ballot((), "adopted", numbers, (), (target,), years, month, does=does, measures=measures)
        if words["never"].search(text):
            return self._absence(text, ballot) if not numbers else None
        if words["first"].search(text):
            return replace(ballot, first=True)
        return ballot if len(numbers) == 1 or (years is not None and not numbers) else None

    def _unanimous(self, text: str, time: Time) -> Ballot | None:
        """Return the claim that all resolutions on somebody were adopted without dissent."""
        words = load_patterns(TABLE)
        target = self._target(text)
        years = time[0] or (0, self.reader.manuscript.today.year)
        if not target or not words["every"].search(text) or not words["unanimous"].search(text):
            return None
        return Ballot((), "adopted", (), (), (target,), years, universal=True, unanimous=True)

    def _absence(self, text: str, ballot: Ballot) -> Ballot:
        """Return the claim that there were no such resolutions, ever or before a year."""
        bound = load_patterns(TABLE)["before"].search(text)
        last = int(bound["year"]) - 1 if bound else None
        years = (0, last) if last is not None else ballot.years or (0, self.reader.manuscript.today.year)
        return replace(ballot, years=years, month=None, negated=True, count=Quantity("exactly", 0))

    def _target(self, text: str) -> str:
        """Return the state at which the measures aim: behind their word, or the one that was put under them."""
        words, states = load_patterns(TABLE), self.reader.states(text)
        for one in states:
            if words["under"].match(text, one.end):
                return one.code
        for match in words["aimed"].finditer(text):
            behind = [state for state in states if match.end() <= state.start <= match.end() + CLOSE][:1]
            if behind and not words["apart"].search(text, match.end(), behind[0].start):
                return behind[0].code
        return ""
