"""Why an event was coded, as plain data: the parse, the lexicon rows, the actors, the date, and every pair that was weighed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from verbale.core.events import Event
from verbale.core.ontology import EventType, Status

Role = Literal["source", "target"]
# What became of a pair: an event, not likely enough, less likely than its other direction, told elsewhere in the sentence.
Outcome = Literal["kept", "below the floor", "other direction", "told again"]
# How a party was found: by its name, as someone who acts for it, as the owner of something, by a place, by words that take it
# up, or from the story alone.
Way = Literal["name", "agent", "owner", "place", "reference", "implied"]


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word of the parse, with its offsets in the document; `head` is the word it hangs on (for the root, the word itself).

    `part_of_speech` and `relation` are `pos` and `label` in words.
    """

    at: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    head: int
    label: str
    part_of_speech: str
    relation: str


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """A row of the action lexicon, with its columns as the file has them; `origin` is file and line of one of the user's."""

    kind: str
    lemma: str
    particle: str
    object: str
    preposition: str
    complement: str
    type: EventType
    mode: str
    source: str
    target: str
    mutual: bool
    strength: str
    note: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TriedEntry:
    """A lexicon row that was held against a word: how specifically it fits (None: not at all), and why it was not taken."""

    row: LexiconRow
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How an act is told: its status, the type that it amounts to, the reason in the coder's word and in ours, who says so."""

    status: Status
    type: EventType
    why: str
    meaning: str
    said_by: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row of the vocabulary's names: whose name it is, of what kind, and in which years (None: open).

    `origin` is file and line of a row of the user's own.
    """

    name: str
    kind: str
    code: str
    entity: str
    sector: str
    start: int | None
    end: int | None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """A sentence of the document that another one takes up, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ExplainedActor:
    """Who a source or target is and how that was found out; `at` is the word where it stands, None where it does not."""

    role: Role
    code: str
    sector: str
    entity: str
    text: str
    at: int | None
    way: Way
    meaning: str
    name: NameRow | None = None
    agent: str = ""
    earlier: EarlierWords | None = None


@dataclass(frozen=True, slots=True)
class ExplainedDate:
    """When an act was done and where that stands; `origin` is the coder's word for it, `meaning` ours; no `start`: undated."""

    start: datetime.date | None
    end: datetime.date | None
    precision: str
    text: str
    calendar: str
    origin: str
    meaning: str
    earlier: EarlierWords | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that speaks for a pair (weight above 0) or against it; weights add up to log-odds.

    The steps of one estimate are one cue, named by the last step that it reaches, with the sum of their weights.
    """

    name: str
    weight: float
    meaning: str


@dataclass(frozen=True, slots=True)
class WeighedPair:
    """Two actors that may have done an act to each other: how likely, what became of it, and its heaviest cues.

    The cues of a pair that lost are those that the event's pair does not have: what both have cannot be why it lost.
    """

    source: str
    source_text: str
    target: str
    target_text: str
    probability: float
    outcome: Outcome
    is_event: bool
    speaks_for: tuple[Cue, ...]
    speaks_against: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class ExplainedAct:
    """An act that a sentence names: its words, the entry that they were read by, and all that follows from it.

    `seen_by` tells whether a row of the lexicon gave the act, or the parser's model alone, which sees acts in words without a
    fitting row. `estimate` is how sure that model is of the type at this word (None: the parser does not estimate). `type` is
    the entry's, what ending such an act amounts to, or what the model sees. `tried` are other rows, `pairs` the pairs that
    were weighed, best first; of both at most as many as are worth reading, `tried_in_all` and `weighed` count them.
    """

    at: int
    words: str
    shape: str
    seen_by: Literal["lexicon", "model"]
    estimate: float | None
    entry: LexiconRow
    tried: tuple[TriedEntry, ...]
    tried_in_all: int
    telling: Telling
    type: EventType
    mutual: bool
    rule: str
    actors: tuple[ExplainedActor, ...]
    date: ExplainedDate
    pairs: tuple[WeighedPair, ...]
    weighed: int

    @property
    def is_event(self) -> bool:
        """Tell whether the event that is asked about comes from this act."""
        return any(pair.is_event for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader has to know about an explanation: a short name for programs, and the sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event was coded, re-read from its document.

    `derived` tells that the present coder finds the very event again; where it does not, `acts` are what it makes of the
    sentence. `number` counts the document's sentences from 1; `floor` is the probability below which a pair is not told.
    """

    event: Event
    derived: bool
    number: int
    sentence: str
    words: tuple[ExplainedWord, ...]
    acts: tuple[ExplainedAct, ...]
    confidence: float | None
    floor: float
    remarks: tuple[Remark, ...] = ()

    @property
    def act(self) -> ExplainedAct | None:
        """The act that the event comes from, None where the present coder does not find it again."""
        return next((act for act in self.acts if act.is_event), None)
