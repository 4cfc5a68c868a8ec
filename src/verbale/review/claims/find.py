"""Finds the claims of a manuscript: sentence by sentence, from its words and from the events coded in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Event, Sentence
from verbale.review.checks.assistant_residue import find as find_residue
from verbale.review.citations import without_citations
from verbale.review.claims.arms import Arms
from verbale.review.claims.ballots import Ballots
from verbale.review.claims.clauses import clauses, compares
from verbale.review.claims.deals import Deals, deal_statement
from verbale.review.claims.framing import is_only_after, is_other_act
from verbale.review.claims.kinds import unranked
from verbale.review.claims.pacts import Pacts
from verbale.review.claims.questions import Questions
from verbale.review.claims.ranking import Rankings
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Deal, Statement
from verbale.review.claims.telling import Tellings
from verbale.review.claims.told.measures import load_measures
from verbale.review.claims.trips import Trips
from verbale.review.claims.wars import Wars
from verbale.review.dates import find_dates
from verbale.review.manuscript import Manuscript
from verbale.review.patterns import load_patterns
from verbale.review.references import is_town
from verbale.vocab.instruments import InstrumentMention

_WORDS: Final = load_patterns("claim_find.csv")

# Below this the coder's reading is more likely wrong than right (as for unsourced-claim).
MIN_CONFIDENCE: Final = 0.3
# A claim is read within a sentence; what is longer is a table or a list without full stops, whose words do not belong together.
LONGEST: Final = 2_000
# A date further from a treaty's name than this is that of something else.
CLOSE: Final = 70
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)$")


def find_statements(manuscript: Manuscript, *, designations: frozenset[str] = frozenset()) -> list[Statement]:
    """Return the claims of a text in its order; a sentence may hold several, each with the words that it is about.

    `designations` are names of arms that have no number (Kfir, Gepard), as an installed register calls them.
    """
    reader = Reader(manuscript)
    finders = Finders(
        reader,
        Ballots(reader),
        Arms(reader, designations),
        Questions(reader),
        Deals(reader, designations),
        Trips(reader),
        Wars(reader),
        Pacts(reader),
        Rankings(reader),
    )
    tellings = Tellings(reader)
    found: list[Statement] = []
    block = -1
    apart = _Apart(manuscript)
    for sentence in manuscript.told:
        text = without_citations(manuscript, sentence)  # the year of a book is none of what it tells
        if len(text) > LONGEST or text.endswith("?") or apart.holds(sentence, text):
            continue
        events = [
            event for event in manuscript.events_by_sentence.get(sentence.index, ()) if event.confidence >= MIN_CONFIDENCE
        ]
        if sentence.block != block:
            reader.references.begin_paragraph()
            block = sentence.block
        if sentence.kind == "heading":
            found += finders.arms.heading(sentence, text)
        else:
            for start, end in clauses(text):
                part, of_part = _part(sentence, text, start, end), text[start:end]
                telling = tellings.read(of_part)
                own = [one for one in events if part.start <= one.evidence.start < part.end]
                found += [replace(one, telling=telling) for one in _in_all_readings(finders, part, of_part, own)]
                reader.remember(of_part)
            continue
        reader.remember(text)
    return finders.arms.complete(found)


class _Apart:
    """What stands on a page and is none of its text: what an assistant said to its user, captions, imprints."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Look for it once."""
        self._manuscript = manuscript
        self._said = [(slip.start, slip.end) for slip in find_residue(manuscript)]
        self._caption = load_patterns("claim_page.csv")["caption"]

    def holds(self, sentence: Sentence, text: str) -> bool:
        """Tell whether a sentence is such."""
        if any(start <= sentence.start < end for start, end in self._said):
            return True
        if sentence.kind == "heading":
            return False
        block = self._manuscript.document.blocks[sentence.block]
        caption = self._caption.fullmatch(self._manuscript.block_text(block)) is not None
        return caption or is_of_the_page(text)


def is_of_the_page(text: str) -> bool:
    """Tell whether a sentence is a footer, an imprint or an editor's note: the page's own words, which state nothing."""
    return any(pattern.fullmatch(text) for pattern in load_patterns("claim_page.csv").values())


def _part(sentence: Sentence, text: str, start: int, end: int) -> Sentence:
    """Return a clause of a sentence as one of its own."""
    if (start, end) == (0, len(text)):
        return sentence
    return replace(sentence, start=sentence.start + start, end=sentence.start + end, text=text[start:end], tokens=())


@dataclass(frozen=True, slots=True)
class Finders:
    """The finders of one manuscript, each with what it remembers of the sentences before."""

    reader: Reader
    ballots: Ballots
    arms: Arms
    questions: Questions
    deals: Deals
    trips: Trips
    wars: Wars
    pacts: Pacts
    rankings: Rankings


def _in_all_readings(finders: Finders, sentence: Sentence, text: str, events: list[Event]) -> list[Statement]:
    """Return the claims of a sentence by the likeliest reading of its references, each with the same claim by the others."""
    reader = finders.reader
    readings: list[list[Statement]] = []
    for number in reversed(range(reader.readings(text))):  # the likeliest last, so that it is the one that is remembered
        reader.read(text, number)
        readings.insert(0, _of_sentence(finders, sentence, text, events))
    first, *others = readings
    # a vote is one of two ways: another state's would bear out half of all slips
    plain = not reader.references.contrasted
    return [one if one.ballot and plain else replace(one, others=(*one.others, *_same(one, others))) for one in first]


def _same(one: Statement, readings: list[list[Statement]]) -> Iterator[Statement]:
    """Yield a claim as other readings have it: the same act in the same words with other parties."""
    for reading in readings:
        for other in reading:
            same = (other.kind, other.act, other.evidence) == (one.kind, one.act, one.evidence)
            if same and other != one:
                yield other


def _of_sentence(finders: Finders, sentence: Sentence, text: str, events: list[Event]) -> list[Statement]:
    reader, arms, questions, deals = finders.reader, finders.arms, finders.questions, finders.deals
    if _WORDS["to-reader"].match(text) and not find_dates(text):
        return []
    votes = finders.ballots.find(sentence, text)
    if votes:
        return votes
    ranked = finders.rankings.find(sentence, text)
    if ranked:
        return [ranked]
    if _is_predicted(text):
        return [_plain(reader, sentence, text, "prediction")]
    trip = finders.trips.find(sentence, text)
    if trip is not None:
        return [trip]
    war = finders.wars.find(sentence, text)
    if war is not None:
        return [war]
    pact = finders.pacts.find(sentence, text)
    asked = questions.find(sentence, text, events)
    transfers = _with_deal(reader, deals.find(text), sentence, text, arms.find(sentence, text, events))
    named, used = _named(reader, sentence, text, events)
    if asked and (transfers or any(one.instrument and set(one.actors) >= set(asked.actors) for one in named)):
        asked = None
    if pact is not None and not named:
        if asked and asked.question and asked.question.topic.name == "alliance":
            actors = tuple(dict.fromkeys((*asked.actors, *pact.actors)))
            pact = replace(pact, question=asked.question, actors=actors)
        return [pact]
    rest = [event for event in events if event not in used] if not transfers else []
    if asked and asked.question and asked.question.quantity.how == "some" and _WORDS["outstanding"].search(unranked(text)):
        asked = replace(asked, kind="superlative")
    if asked:
        # the question takes in the acts between its parties: they would ask the same in fewer words
        rest = [event for event in rest if {event.source.code, event.target.code} != set(asked.actors)]
    rest = list(_opposed(rest))
    acts = [_event(reader, sentence, text, event) for event in rest if event.source.code != event.target.code]
    found = [*transfers, *named, *([asked] if asked else []), *acts]
    return found or list(_marked(reader, sentence, text))


def _opposed(events: list[Event]) -> Iterator[Event]:
    """Yield acts without those between two that did the same to a third: they stood on one side."""
    did = {(event.source.code, event.target.code, event.type) for event in events}
    for event in events:
        first, second = event.source.code, event.target.code
        third = {code for source, code, kind in did if source == first and kind == event.type}
        if event.type != "ASSAULT" or not any((second, code, event.type) in did for code in third - {second}):
            yield event


def _with_deal(reader: Reader, deal: Deal | None, sentence: Sentence, text: str, transfers: list[Statement]) -> list[Statement]:
    """Give the orders and deliveries of a sentence the order that it tells of, or make it a claim where none was read."""
    if deal is None or any(one.act not in ("order", "deliver") for one in transfers):
        return transfers
    made = deal_statement(reader, sentence, text, deal)
    if not transfers or deal.kind or deal.waited is not None:
        return [made]
    actors = tuple(dict.fromkeys((*transfers[0].actors, *made.actors)))
    return [replace(one, deal=deal, actors=one.actors if len(one.actors) > 1 else actors) for one in transfers]


def _named(reader: Reader, sentence: Sentence, text: str, events: list[Event]) -> tuple[list[Statement], list[Event]]:
    """Return the claims about treaties and wars that are named, and the events that they took in."""
    found, used = [], []
    mentions = reader.manuscript.vocabulary.instruments.find(text)
    for mention in mentions:
        start, end = sentence.start + mention.start, sentence.start + mention.end
        about = _acts_about(reader, text, mention, events, alone=len(mentions) == 1)
        own = mention.year
        dated = next((event for event in about if event.date), None)
        asked = own if own is not None else (dated.date.start.year if dated and dated.date else None)
        row = reader.manuscript.vocabulary.instruments.resolve(mention, asked)
        if row is None or _WORDS["no-treaty-yet"].search(text[: mention.start]):
            continue
        # a war that is the time or the cause of a treaty is not fought by signing it
        of_war = row.kind == "war"
        acting = [
            event for event in about if (event.type == "ASSAULT" if of_war else event.type in reader.words.lists["treaty-acts"])
        ]
        used += acting
        if own is None and (inside := _YEAR.search(mention.name)):
            own = int(inside[1])
        years = reader.beside(text, mention.start, mention.end) or ((own, own) if own is not None else None)
        if years is None and any(event.trigger.lower() in reader.words.lists["signing"] for event in acting):
            years = reader.years(text) if _dates_it(text, mention.start, mention.end) else None
            # a span of years beside a treaty is that of a war or a reign: it can hold the treaty's year, and not deny it
            if years and years[0] != years[1] and not years[0] <= row.years[0] <= years[1]:
                years = None
        codes = _parties_told(reader, text, mention, mentions, acting)
        alone = row.kind == "war" and len(mentions) == 1
        count, unit = _length_told(reader, text, (mention.start, mention.end), alone=alone)
        if not (years or codes or count is not None):
            continue
        whole = acting[0].evidence if acting else reader.manuscript.evidence(start, end)
        parts = "war" if row.kind == "war" else "signed" if acting else "named"
        found.append(
            Statement(
                row.kind,
                whole,
                text,
                parts,
                codes,
                years,
                years is not None,
                count=count,
                unit=unit,
                said_by=reader.said_by(text),
                event=acting[0] if acting else None,
                instrument=row,
                named=mention.name,
            )
        )
    return found, used


def _acts_about(reader: Reader, text: str, mention: InstrumentMention, events: Sequence[Event], *, alone: bool) -> list[Event]:
    """Return the acts that are about what is named; where it is named alone, those of signing: the coder may give no object."""
    name = mention.name.lower()
    about = [event for event in events if event.object and name in event.object.lower().replace("’", "'")]
    if about or not alone or is_only_after(text, mention.start):
        return about
    signing = reader.words.lists["signing"]
    return [event for event in events if event.type == "AGREE" and event.trigger.lower() in signing]


def _parties_told(
    reader: Reader, text: str, mention: InstrumentMention, mentions: Sequence[InstrumentMention], acting: Sequence[Event]
) -> tuple[str, ...]:
    """Return who acts by what is named: of the parties that the coder completes from the list those that the sentence names.

    Who stands behind another treaty's name ("the Pinckney Treaty with Spain") or before a semicolon belongs to that.
    """
    towns = {(one.start, one.end) for one in reader.named(text) if is_town(one, text)}
    behind = (_WORDS["with-party"].match(text, other.end) for other in mentions if other != mention)
    elsewhere = {one.end() for one in behind if one}
    cut = max(text.rfind(mark, 0, mention.start) for mark in ";:") if len(mentions) == 1 else -1
    written = {
        code for start, end, code in reader.actors(text) if (start, end) not in towns and start not in elsewhere and start > cut
    }
    parties = (code for event in acting for code in (event.source.code, event.target.code))
    return tuple(dict.fromkeys(code for code in parties if code in written and reader.is_state(code)))


def _length_told(reader: Reader, text: str, place: tuple[int, int], *, alone: bool) -> tuple[int | None, str]:
    """Return how long a war was, and the unit: in its name ("the Six-Day War"), before it, or behind it where it is alone."""
    start, end = place
    length = _WORDS["length"].match(text, start) or _WORDS["length"].search(text, max(0, start - 14), start)
    length = length or (_WORDS["lasted"].search(text, end) if alone else None)
    return (reader.number(length["number"]), f"{length['unit'].lower()}s") if length else (None, "")


def _dates_it(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence dates the signing of what it names: a word of signing and a date stand close to the name."""
    around = text[max(0, start - CLOSE) : end + CLOSE]
    preparing = _WORDS["preparing"].search(text[:start])
    dated = any(
        start - CLOSE < one.end
        and one.start < end + CLOSE
        and not is_other_act(text, one.start)
        and _WORDS["counted-from"].search(text[: one.start]) is None
        for one in find_dates(text)
    )
    return preparing is None and _WORDS["signed"].search(around) is not None and dated


def _event(reader: Reader, sentence: Sentence, text: str, event: Event) -> Statement:
    here = bool(event.date and event.date.text and event.date.text in text)
    years = None
    if event.date:
        first = event.date.start.year
        wide = {"decade": 9, "century": 99}.get(event.date.precision, 0)
        years = (first, event.date.end.year if event.date.end else first + wide)
    negated = event.status in ("denied", "omitted")
    kind = "absence" if negated else "event"
    universal = bool(reader.search("all", text) and reader.search("never", text))
    near = unranked(text[max(0, event.evidence.start - sentence.start - 30) :])
    if reader.search("superlative", near) or _WORDS["outstanding"].search(unranked(text)):
        kind = "superlative"
    if event.status in ("hypothetical", "intended") and reader.search("opinion", text):
        kind = "opinion"
    elif event.status == "hypothetical" or (event.status == "intended" and reader.search("prediction", text)):
        kind = "prediction"
    said_by = event.said_by or reader.said_by(text)
    if said_by and kind == "prediction":
        kind = "attribution"
    length = _WORDS["length"].search(event.evidence.quote) if event.trigger.lower() in reader.words.lists["war-words"] else None
    return Statement(
        "attribution" if said_by and kind == "event" else kind,
        event.evidence,
        text,
        event.type,
        (event.source.code, event.target.code),
        years,
        here,
        universal=universal,
        negated=negated,
        said_by=said_by,
        event=event,
        count=reader.number(length["number"]) if length else None,
        unit=f"{length['unit'].lower()}s" if length else "",
    )


def _marked(reader: Reader, sentence: Sentence, text: str) -> Iterator[Statement]:
    """Yield a sentence without an act as what it is: an opinion, a prediction, a report, or a plain statement."""
    kind = _kind_of(reader, text)
    if kind:
        yield _plain(reader, sentence, text, kind)


def _kind_of(reader: Reader, text: str) -> str:
    """Return what kind of claim a sentence without an act is; empty where it states nothing that could be asked."""
    years, actors = reader.years(text), reader.actors(text)
    patterns = load_patterns("claim_kinds.csv")
    said = reader.said_by(text) or reader.search("attribution", text) or _WORDS["reported"].search(text)
    if not years and patterns["opinion"].search(text):
        return "opinion"
    if said or patterns["attribution"].search(text):
        return "attribution"
    if _WORDS["about-itself"].search(text) and not find_dates(text) and len({code for _, _, code in actors}) < 2:
        return ""
    if not years and (_WORDS["evaluates"].search(text) or _WORDS["best"].search(text)):
        return "opinion"
    if _is_predicted(text):
        return "prediction"
    if not actors:
        judged = not years and (reader.judging(text) or reader.search("opinion", text) or _WORDS["describes"].match(text))
        return "opinion" if judged else "event" if _stated(text) else ""
    for kind in ("prediction", "opinion", "superlative", "comparison", "absence"):
        if reader.search(kind, unranked(text) if kind == "superlative" else text) or (
            kind == "opinion" and reader.judging(text)
        ):
            return kind
    if reader.search("all", text) or reader.search("never", text):
        return "universal"
    if years:
        return "duration" if _WORDS["length"].search(text) else "event"
    if compares(text) and any(measure.words.search(text) for measure in load_measures()):
        return "comparison"  # "it had the larger army of the two that year"
    return "opinion" if _WORDS["describes"].match(text) else "event" if _stated(text) else ""


def _is_predicted(text: str) -> bool:
    """Tell whether a sentence says what will be: the years that come after that are those of the prediction."""
    match = _WORDS["predicted"].search(text)
    dates = find_dates(text)
    return match is not None and (not dates or match.start() < dates[0].start)


def _stated(text: str) -> bool:
    """Tell whether a sentence states that something particular happened: a verb of the past, and a name or a number."""
    particular = re.search(r"(?<=[a-z,] )[A-Z][a-z]+|\d", text)
    return particular is not None and _WORDS["past"].search(text) is not None


def _plain(reader: Reader, sentence: Sentence, text: str, kind: str) -> Statement:
    years = reader.years(text)
    codes = tuple(dict.fromkeys(code for _, _, code in reader.actors(text)))
    evidence = reader.manuscript.evidence(sentence.start, sentence.end)
    return Statement(kind, evidence, text, "", codes, years, years is not None, said_by=reader.said_by(text))
