"""What passes between finding claims, opening records and judging: statements, what the records hold, and judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from verbale.core import Claim, Event, Evidence, Ground, Verdict
from verbale.review.claims.quantity import Quantity
from verbale.review.claims.telling import Telling
from verbale.review.claims.topics import Topic
from verbale.vocab.instruments import Instrument

Years = tuple[int, int]
TableRow = Mapping[str, Any]
# The catalogue gives a record that goes on a last year to come; no claim is of one so late.
OPEN: Final = 2030
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What a claim asks of a record: rows of which topic, between whom, how many, in which years, of which kind.

    `since` tells that the years go on to the present; `length` is how many years a spell lasted by the text; `name`
    are the words by which the text calls the one who acts; `pieces` tells that the number is one of pieces, and not of
    orders; `than` are two others
    whose number is said to be smaller (or larger, for `fewer`).
    """

    topic: Topic
    quantity: Quantity
    only: str = ""
    since: bool = False
    length: Quantity | None = None
    name: str = ""
    pieces: bool = False
    than: tuple[str, ...] = ()
    fewer: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """What a text tells of one order of arms.

    `supplier` and `buyer` are empty where the sentence leaves them out, `context` are those whom the text is about; `kind` is
    the kind
    of arms where no model is named. `ordered` are the years of the order, `window` those in which they came (from 0
    where only the
    last is told), `either` those that may be of both; `whole` says that all had come, `none` that none had, `arrived` how many
    had; `waited` is how many years passed between order and delivery; `again` tells that the sentence goes on about the deal
    before; `begun` that the first came in the
    window, and not some, `ended` that the last did; `each` is the number of each of several models;
    `guessed` says that the buyer is read from a reference.
    """

    weapons: tuple[str, ...]
    kind: str
    supplier: str
    buyer: str
    context: tuple[str, ...]
    ordered: Years | None
    window: Years | None
    either: Years | None
    count: int | None
    rough: bool = False
    none: bool = False
    whole: bool = False
    arrived: int | None = None
    waited: int | None = None
    again: bool = False
    begun: bool = False
    ended: bool = False
    each: tuple[tuple[str, int], ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a text tells of votes: who voted how on what.

    `cast` is yes, no, abstained, absent or adopted; `numbers` are resolutions of the Council, `assembly` of the General
    Assembly; without
    both, those on the `targets` in the years (and the month) are meant, of which `lifting` takes those that end or
    ease. `figures` are
    counts of votes, `count` how many resolutions there were; `subject` are the words that tell on what it was, where no
    number and no list of the program does. `does` is what a resolution did to its targets (impose or
    lift), by which `measures`; `first` that it was the first that did.
    """

    voters: tuple[str, ...] = ()
    cast: str = ""
    numbers: tuple[int, ...] = ()
    assembly: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    years: Years | None = None
    month: int | None = None
    universal: bool = False
    negated: bool = False
    alone: bool = False
    lifting: bool = False
    unanimous: bool = False
    figures: tuple[tuple[str, int], ...] = ()
    count: Quantity | None = None
    subject: str = ""
    does: str = ""
    measures: tuple[str, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """What a text tells of travels: who (words of names, or a role), of which state, to which lands, when, how often.

    `month` narrows the years where they are one; `received` tells that the land is the United States; `more` compares two
    lands;
    `implied` tells that the sentence names no land, so that the one that the text is about is taken. `every` asks all of an
    office, from the first to the second of `who` or in the years, but those `without`.
    """

    who: tuple[str, ...]
    role: str
    origin: str
    lands: tuple[str, ...]
    years: Years | None
    month: int | None
    quantity: Quantity
    since: bool = False
    received: bool = False
    more: bool = False
    implied: bool = False
    every: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WarClaim:
    """What a text tells of a war: which one, and how long it was, how many died, how it ranks, who took part, or when it was.

    A war is told by `name`, `parties` and `years`, or by its `place` among those of the parties (first, last; `series`
    before one is
    chosen). `named` are the states of the sentence outside the name. `length` is how exactly, in days, and in which
    unit told; `most`
    is deadliest, longest or shortest, `scope` of whose wars (pair, state), `rank` in which place; `who` took part;
    `dated` says what
    the years `when` are: began, ended, fought, within, joined.
    """

    name: str
    parties: tuple[str, ...]
    years: Years | None
    named: Sequence[str]
    place: str = ""
    length: tuple[str, float, str] | None = None
    deaths: Quantity | None = None
    most: str = ""
    scope: str = "pair"
    rank: int = 1
    who: tuple[str, ...] = ()
    dated: str = ""
    when: Years | None = None
    month: int | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class PactClaim:
    """What a text tells of a treaty: of which kind, between whom, signed when and where, and how long it lasted.

    `kind` are words of its kind (defence, non-aggression, friendship, peace); `whole` are the parties that the
    sentence names, `implied`
    those that the text is about; `lasted` is a number of years, `until` the year of its end, `who` a state that is said to be
    a party.
    """

    kind: str
    whole: tuple[str, ...]
    implied: tuple[str, ...]
    years: Years | None
    month: int | None = None
    day: int | None = None
    place: str = ""
    lasted: Quantity | None = None
    until: int | None = None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its parts as values: what kind, which act, who (the one who acts first), when, and about what.

    `dated_here` tells whether the sentence itself names the years, else they come from the sentences before. `numbers` are
    numbers of resolutions; `count` is a number that the claim asserts, `unit` of what; `named` is
    the instrument's name as written; `alone` says that nobody else did so. `others` are the same claim by other readings of
    what
    it refers to.
    """

    kind: str
    evidence: Evidence
    sentence: str
    act: str
    actors: tuple[str, ...] = ()
    years: Years | None = None
    dated_here: bool = False
    weapons: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    count: int | None = None
    unit: str = ""
    universal: bool = False
    negated: bool = False
    said_by: str = ""
    event: Event | None = None
    instrument: Instrument | None = None
    named: str = ""
    question: Question | None = None
    alone: bool = False
    deal: Deal | None = None
    ballot: Ballot | None = None
    trip: Trip | None = None
    war: WarClaim | None = None
    pact: PactClaim | None = None
    telling: Telling | None = None
    others: tuple[Statement, ...] = ()

    def acting(self) -> tuple[str, ...]:
        """Return who acts by the claim: of a deal or a treaty those that it names, and of those whom the text is about one."""
        deal, pact = self.deal, self.pact
        named = (deal.supplier, deal.buyer) if deal else (*pact.whole, *pact.who) if pact else self.actors
        told = [code for code in self.actors if code in named]
        return tuple([*told, *(code for code in self.actors if code not in named)][: max(len(told), _PAIR)])

    def claim(self) -> Claim:
        """Return the claim as a review tells it, its parts as words."""
        years = "" if self.years is None else "-".join(str(year) for year in dict.fromkeys(self.years))
        parts = {
            "act": self.act,
            "actors": ", ".join(self.acting()),
            "years": years,
            "dated": "" if not years else "in the sentence" if self.dated_here else "from the sentences before",
            "arms": ", ".join(self.weapons),
            "resolutions": ", ".join(map(str, self.numbers)),
            "count": "" if self.count is None else f"{self.count} {self.unit}".strip(),
            "instrument": self.instrument.name if self.instrument else "",
            "voted on": "" if self.ballot is None else ", ".join(self.ballot.assembly),
            "asked": f"{self.question.quantity.words()} {self.question.topic.name}" if self.question else "",
            "alone": "yes" if self.alone else "",
            "universal": "yes" if self.universal else "",
            "negated": "yes" if self.negated else "",
            "said_by": self.said_by,
        }
        return Claim(self.kind, self.evidence, {name: text for name, text in parts.items() if text})


@dataclass(frozen=True, slots=True)
class KnownDataset:
    """A dataset of the catalogue that could be installed, and the years that it covers."""

    name: str
    title: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Passage:
    """An event of another document of the ledger, as a plain row: who, what, when, and the words."""

    document: str
    evidence: Evidence
    source: str
    target: str
    mutual: bool
    type: str
    status: str
    years: Years | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What claims are held against: rows of installed datasets by name, their editions, and passages of other documents.

    `domains` are the years that each installed edition covers. `known` are all datasets of the catalogue, so that a review can
    say which of them could tell. `own` tells whether the lists that come with the program (sanctions, treaties and wars) are
    used. `read` keeps what readers made of whole tables, which every sentence asks for.
    """

    tables: Mapping[str, Sequence[TableRow]] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, KnownDataset] = field(default_factory=dict)
    domains: Mapping[str, Years] = field(default_factory=dict)
    passages: Sequence[Passage] = ()
    own: bool = True
    read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason, its grounds, how the claim was matched, and the confidence in it."""

    verdict: Verdict
    reason: str
    grounds: tuple[Ground, ...] = ()
    matched: str = ""
    confidence: float = 0.0


def span(years: Years) -> str:
    """Return years as words: 2007, or 2006-2010."""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"


def coverage(years: Years) -> str:
    """Return the years of a record as words: 1816-2014, or from 1946 where it goes on."""
    return f"from {years[0]}" if years[1] >= OPEN else span(years)
