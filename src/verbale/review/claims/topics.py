"""Loads what a sentence can ask of a record, and which dataset answers it by which of its columns."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from verbale.review.words import DATA
from verbale.vocab.tables import Once, Row, read_rows

WHEN: Final = frozenset({"is", "begins", "ends"})
PARTIES: Final = frozenset({"two", "directed", "one"})
FORMS: Final = frozenset({"", "pair", "directed", "sides", "members", "lists", "state", "events"})
COLUMNS: Final = (
    *("about", "dataset", "form", "first", "second", "number", "amount", "start", "end", "only"),
    *("silence", "first_year", "told"),
)


# The topic of deliveries, whose kinds stand in a file of their own, and the register that tells them.
ARMS: Final = "arms"
REGISTER: Final = "sipri-transfers"
_UNITS: Final = {
    ARMS: ("delivery", "deliveries"),
    "arms-order": ("order", "orders"),
    "mission": ("spell of missions", "spells of missions"),
    "rivalry": ("rivalry", "rivalries"),
    "crisis": ("crisis", "crises"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence may ask a record for: the words that tell it, how its years stand to a row's, and between whom.

    `parties` is `two`, `directed`, `one` (and an organisation), or `met` for a visit that is read from a meeting.
    """

    name: str
    words: re.Pattern[str]
    when: str
    only: str
    parties: str

    def counted(self, count: int) -> str:
        """Return a count of the topic's rows in words."""
        return f"{count} {self._units[0] if count == 1 else self.many}"

    @property
    def many(self) -> str:
        """What several of the topic's rows are called."""
        return self._units[1]

    @property
    def _units(self) -> tuple[str, str]:
        return _UNITS.get(self.name, (self.name.replace("-", " "), f"{self.name.replace('-', ' ')}s"))


@dataclass(frozen=True, slots=True)
class Source:
    """How a dataset answers a topic; `form` is empty for one that is only named as what could tell.

    `only` gives columns and values for each narrowing (~ before a regular expression, ! before what must not be there);
    `exhaustive` says that what it does not have, was not, in its years.
    """

    dataset: str
    form: str
    first: str
    second: str
    number: str
    amount: str
    start: str
    end: str
    only: Mapping[str, tuple[tuple[str, str], ...]]
    exhaustive: bool
    first_year: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics in the order in which they are tried, and for each topic, kind or event type its datasets, best first."""

    all: tuple[Topic, ...]
    sources: Mapping[str, tuple[Source, ...]]

    def readable(self, about: str) -> tuple[Source, ...]:
        """Return the datasets that are read for a topic."""
        return tuple(source for source in self.sources.get(about, ()) if source.form)


@functools.cache
def load_topics(*, folder: Path = DATA) -> Topics:
    """Return topics and sources, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    topics = tuple(_topic(row) for row in read_rows(folder / "claim_topics.csv", ("topic", "words", "when", "only", "parties")))
    arms = tuple(_arms(row) for row in read_rows(folder / "claim_arms.csv", ("kind", "words", "description")))
    # a kind is tried before arms at large, and every other topic before both
    of_kinds = tuple(Topic(ARMS, words, "is", kind, "directed") for kind, words, _ in arms)
    topics = tuple(
        sorted((*of_kinds, *topics), key=lambda topic: (topic.name == ARMS) + (topic.name == ARMS and not topic.only))
    )
    kinds = {kind: (("description", f"~{description}"),) for kind, _, description in arms}
    once = Once()
    sources: dict[str, list[Source]] = {}
    for row in read_rows(folder / "claim_records.csv", COLUMNS):
        row.required("about")
        source = _source(row)
        if source.dataset == REGISTER:
            source = replace(source, only={**source.only, **kinds})
        for about in row.parts("about"):
            once.check(row, "dataset", (about, source.dataset, source.form))
            sources.setdefault(about, []).append(source)
    return Topics(topics, {about: tuple(found) for about, found in sources.items()})


def _topic(row: Row) -> Topic:
    return Topic(
        row.required("topic"),
        _pattern(row, "words"),
        row.one_of("when", WHEN),
        row.text("only"),
        row.one_of("parties", PARTIES),
    )


def _arms(row: Row) -> tuple[str, re.Pattern[str], str]:
    return row.required("kind"), _pattern(row, "words"), _pattern(row, "description").pattern


def _pattern(row: Row, field: str) -> re.Pattern[str]:
    try:
        return re.compile(row.required(field), re.IGNORECASE)
    except re.error as error:
        raise row.fail(field, f"a regular expression ({error})") from error


def _source(row: Row) -> Source:
    form = row.one_of("form", FORMS)
    if form:
        for name in ("first", "start", "told"):
            row.required(name)
        row.one_of("silence", ("tells", "silent"))
    only = {}
    for part in row.parts("only"):
        name, separator, conditions = part.partition("=")
        if not separator:
            raise row.fail("only", "name=column or name=column:value, separated by |")
        only[name] = tuple((one.partition(":")[0], one.partition(":")[2]) for one in conditions.split("&"))
    return Source(
        dataset=row.required("dataset"),
        form=form,
        first=row.text("first"),
        second=row.text("second"),
        number=row.text("number"),
        amount=row.text("amount"),
        start=row.text("start"),
        end=row.text("end"),
        only=only,
        exhaustive=row.text("silence") == "tells",
        first_year=row.year("first_year"),
        told=row.text("told"),
    )
