"""What a sentence tells, read once for every record: who, when, which persons, and what the sentences before told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from verbale.review.claims.moments import Moment, read_moments
from verbale.review.claims.reading import Reader
from verbale.review.references import Named, is_town

# How many sentences back "that war" and "it" may reach.
REMEMBERED: Final = 6
# How many states the text may be about where a sentence leaves one out.
ABOUT: Final = 3
# Most texts on travels name the land of the traveller more often than any other.
_HOST: Final = "USA"
# Names of houses that many states have.
_NO_STATE: Final = frozenset({"Senate", "Congress", "Parliament", "House"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence as every record can be asked about it.

    `parties` are the states that it names or refers to, in order, organisations too; `people` the leaders; `moments` the times;
    `about` those whom the text is about, the likeliest first; `home` the state of "we"; `main` the state that the whole text
    names most, without the United States; `duo` the two
    that it names most; `before` the sentences before it in the
    text, the nearest first; `between` are the two of the act that is judged, where one was coded.
    """

    text: str
    parties: tuple[Named, ...]
    people: tuple[Named, ...]
    moments: tuple[Moment, ...]
    about: tuple[str, ...]
    home: str
    main: str
    states: frozenset[str]
    duo: tuple[str, ...] = ()
    before: tuple[Telling, ...] = ()
    between: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the states in order, each once, without persons."""
        return self.named()

    @property
    def acting(self) -> tuple[Named, ...]:
        """Return where the states stand, without persons and without capitals that only tell where ("in Rome")."""
        return tuple(one for one in self._named() if not is_town(one, self.text))

    def named(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """Return the states of a stretch."""
        last = len(self.text) if end is None else end
        return tuple(dict.fromkeys(one.code for one in self._named() if start <= one.start and one.end <= last))

    def _named(self) -> Iterator[Named]:
        return (one for one in self.parties if one.code in self.states and one.kind != "leader")


@dataclass(slots=True)
class Tellings:
    """Reads the sentences of a text in order, and keeps the times and the states that they told."""

    reader: Reader
    _before: tuple[Telling, ...] = ()
    _moment: Moment | None = None

    def read(self, text: str) -> Telling:
        """Return what a sentence tells, and keep it for the next ones."""
        reader = self.reader
        reader.read(text, 0)
        own = {(one.start, one.end): one for one in reader.named(text)}
        parties = tuple(
            own.get((start, end)) or Named(start, end, code, "reference", text[start:end])
            for start, end, code in reader.actors(text)
            if not (text[start:end] in _NO_STATE and own.get((start, end)))
        )
        people = reader.people(text)
        if not people and reader.references.persons:
            found = [one for one in reader.references.find(text, reader.states(text)) if one.means == "person"]
            name, code = reader.references.persons[-1]
            people = tuple(Named(one.start, one.end, code, "reference", name) for one in found)
        codes = [one.code for one in parties]
        home = (reader.home,) if reader.home else ()
        about = tuple(dict.fromkeys((*home, *reader.references.implied(*codes))))
        moments = read_moments(text, self._moment)
        telling = Telling(
            text,
            parties,
            people,
            moments,
            tuple(code for code in about if code not in codes)[:ABOUT],
            reader.home,
            next((code for code in (*home, *reader.references.main) if code != _HOST and reader.is_state(code)), ""),
            frozenset(code for code in (*codes, *about, *reader.references.main) if reader.is_state(code)),
            tuple(code for code in reader.references.main if reader.is_state(code))[:2],
            self._before,
        )
        self._moment = moments[-1] if moments else self._moment
        self._before = (replace(telling, before=()), *self._before)[:REMEMBERED]
        return telling
