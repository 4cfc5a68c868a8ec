"""Finds the claims of a manuscript: sentence by sentence, from its words and from the events coded in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from verbale.core import Event, Sentence
from verbale.review.claims.arms import Arms
from verbale.review.claims.assembly import by_subject
from verbale.review.claims.deals import Deals, deal_statement
from verbale.review.claims.questions import Questions
from verbale.review.claims.ranking import find_ranking
from verbale.review.claims.reading import NUMBERS, Reader
from verbale.review.claims.statement import Statement
from verbale.review.dates import find_dates
from verbale.review.manuscript import Manuscript

# Below this the coder's reading is more likely wrong than right (as for unsourced-claim).
MIN_CONFIDENCE: Final = 0.3
# A claim is read within a sentence; what is longer is a table or a list without full stops, whose words do not belong together.
LONGEST: Final = 2_000
_TALLY: Final = re.compile(r"\b(?:by|with) (\d{1,2}) (?:votes?|to|in favou?r)\b|\b(\d{1,2}) votes (?:to|in favou?r)\b")
_LENGTH: Final = re.compile(rf"\b(?P<number>{NUMBERS})[- ](?P<unit>day|year)s?[- ]", re.IGNORECASE)
# "No war was more pointless", "the most elegant settlement": a judgement on a scale that nobody measures.
_EVALUATES: Final = re.compile(
    r"^No .*\b(?:more|less|better|worse|so)\b(?! (?:arms|weapons|votes?|often|than))"
    r"|\bthe (?:most|least) [a-z]+(?:ful|ous|ive|ant|ent|ic|ish|ble|ing|ed)\b"
)
# Among several the one that stands out: a record that tells the act does not tell that.
_OUTSTANDING: Final = re.compile(
    r"\bthe (?!(?:west|east|rest|test|best-|interest|request|protest|forest|conquest|latest|guest|quest)\b)[a-z]{3,}est\b"
    r"|\bthe most \w+"
)
_PREDICTED: Final = re.compile(r"\b(?:will|shall|won't)\b(?! of\b)")
_LASTED: Final = re.compile(
    rf"\b(?:lasted|went on|dragged on|continued)(?: for)? (?P<number>{NUMBERS}) (?P<unit>day|year)s\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)$")
_ADOPTING: Final = re.compile(
    r"\bCouncil (?:\w+ )?(?:adopted|passed|approved|imposed)\b|\b\d{3,4} was (?:\w+ )?(?:adopted|passed)\b"
)
# A vote of a national assembly is none in the United Nations.
_ELSEWHERE: Final = re.compile(r"\b(?:Congress|Senate|House|[Pp]arliament|Duma|Bundestag|Knesset|Majlis|Commons|referendum)\b")
# "71 states abstained": the verb is not that of the state that the sentence names.
_COUNTED_VOTERS: Final = re.compile(r"\b(?:states|countries|members|delegations|others|governments)\s$", re.IGNORECASE)
# A vote on the resolution that was named before: "against it", "for that resolution", or nothing more than the vote.
_SAME_BALLOT: Final = re.compile(
    r"\b(?:on|for|against|supported|opposed|backed)(?: both)? (?:it|this|that resolution|the same resolution)\b"
    r"(?! (?:that|of|on))"
    r"|^\w+(?: (?:against|for|in favou?r|as well|too))*\.?$",
    re.IGNORECASE,
)
# The only vote, or votes of many years, were on another resolution more often than on the one named last.
_OTHER_BALLOT: Final = re.compile(r"\b(?:every|each|always|all|only|first|second|next|another|other)\b", re.IGNORECASE)
# A sentence whose subject is the state that the sentence before began with.
_REFERS: Final = re.compile(r"(?:In (?:[A-Z][a-z]+ )?\d{4},? )?(?:It|it|She|she|He|he|The country)\b")
_ALONE: Final = re.compile(r"\b(?:the only|the sole|alone|the lone)\b", re.IGNORECASE)
_ASSEMBLY: Final = re.compile(r"\b(?:resolution|A/RES/)\s?(\d{2}/\d{1,3})\b", re.IGNORECASE)


def find_statements(manuscript: Manuscript, *, designations: frozenset[str] = frozenset()) -> list[Statement]:
    """Return the claims of a text in its order; a sentence may hold several, each with the words that it is about.

    `designations` are names of arms that have no number (Kfir, Gepard), as an installed register calls them.
    """
    reader = Reader(manuscript)
    arms, questions, deals = Arms(reader, designations), Questions(reader), Deals(reader)
    found: list[Statement] = []
    for sentence in manuscript.all_prose:
        text = manuscript.sentence_text(sentence)
        if len(text) > LONGEST or text.endswith("?"):
            continue
        events = [
            event for event in manuscript.events_by_sentence.get(sentence.index, ()) if event.confidence >= MIN_CONFIDENCE
        ]
        if sentence.kind == "heading":
            found += arms.heading(sentence, text)
            continue
        found += _of_sentence(reader, arms, questions, deals, sentence, text, events)
        assembly = _ASSEMBLY.search(text)
        reader.remember(text, assembly[1] if assembly else "")
    return arms.complete(found)


def _of_sentence(
    reader: Reader, arms: Arms, questions: Questions, deals: Deals, sentence: Sentence, text: str, events: list[Event]
) -> list[Statement]:
    votes = list(_votes(reader, sentence, text))
    if votes:
        return votes
    ranked = find_ranking(reader, sentence, text)
    if ranked:
        return [ranked]
    if _PREDICTED.search(text) and not reader.years(text):
        return list(_marked(reader, sentence, text))
    asked = questions.find(sentence, text, events)
    transfers = _with_deal(reader, arms, deals, sentence, text, arms.find(sentence, text, events), asked)
    named, used = _named(reader, sentence, text, events)
    if asked and (transfers or any(one.instrument and set(one.actors) >= set(asked.actors) for one in named)):
        asked = None
    rest = [event for event in events if event not in used] if not transfers else []
    if asked and asked.question and asked.question.quantity.how == "some" and _OUTSTANDING.search(text):
        asked = replace(asked, kind="superlative")
    if asked:
        # the question takes in the acts between its parties: they would ask the same in fewer words
        rest = [event for event in rest if {event.source.code, event.target.code} != set(asked.actors)]
    acts = [_event(reader, sentence, text, event) for event in rest if event.source.code != event.target.code]
    resolutions = list(_resolutions(reader, sentence, text))
    found = [*transfers, *named, *resolutions, *([asked] if asked else []), *acts]
    return found or list(_marked(reader, sentence, text))


def _with_deal(
    reader: Reader, arms: Arms, deals: Deals, sentence: Sentence, text: str, transfers: list[Statement], asked: Statement | None
) -> list[Statement]:
    """Give the orders and deliveries of a sentence the order that it tells of, or make it a claim where none was read."""
    if any(one.act not in ("order", "deliver") for one in transfers):
        return transfers
    deal = deals.find(text, arms.places(text))
    if deal is None or (asked is not None and not transfers and deal.ordered is None):
        return transfers
    return [replace(one, deal=deal) for one in transfers] or [deal_statement(reader, sentence, text, deal)]


def _votes(reader: Reader, sentence: Sentence, text: str) -> Iterator[Statement]:
    """Yield a claim about a vote: the actor before the verb, which way, on what."""
    match = reader.search("vote", text)
    numbers = reader.resolutions(text)
    assembly = _ASSEMBLY.search(text)
    ballot = assembly[1] if assembly else ""
    again = match and _SAME_BALLOT.search(text[match.start() :]) and not _OTHER_BALLOT.search(text)
    if again and not numbers and not assembly and not find_dates(text):
        ballot = reader.ballot
    if match and not (numbers or ballot or _ELSEWHERE.search(text)):
        ballot = _told_by_subject(reader, text)
    if not match or not (numbers or ballot or (reader.search("sanctions", text) and not _ELSEWHERE.search(text))):
        return
    before = [(end, code) for _, end, code in reader.actors(text) if end <= match.start() and reader.is_state(code)]
    if _COUNTED_VOTERS.search(text[: match.start()]):
        return
    if not before and _REFERS.match(text) and reader.subject and not reader.contrasted:
        before = [(0, reader.subject)]
    if not before:
        return
    voter = before[-1][1]
    after = text[match.start() :]
    act = "abstained" if reader.search("vote-abstained", after) else "no" if reader.search("vote-no", _near(after)) else "yes"
    sanctions = reader.search("sanctions", after)
    targets = [
        code for start, _, code in reader.actors(after) if sanctions and start >= sanctions.end() and reader.is_state(code)
    ]
    targets = [code for code in targets if code != voter][:1]
    years = reader.years(text)
    if not (numbers or ballot or targets):
        return
    clause = text[before[-1][0] : match.end()]
    never = reader.search("never", clause)
    alone = _ALONE.search(text)
    others = [code for _, _, code in reader.actors(text) if alone and reader.is_state(code) and code not in (voter, *targets)]
    universal = bool(never or reader.search("all", clause) or reader.search("all", after))
    yield Statement(
        "superlative" if alone else "universal" if universal else "vote",
        reader.manuscript.evidence(sentence.start, sentence.end),
        text,
        f"vote {act}",
        (voter, *targets, *others),
        years,
        years is not None,
        numbers=numbers,
        universal=universal,
        negated=bool(never),
        unit=ballot if not numbers else "",
        alone=alone is not None,
        said_by=reader.said_by(text),
    )


def _told_by_subject(reader: Reader, text: str) -> str:
    """Return the resolution of the Assembly that a vote's subject and year tell; the voter's own name is no subject."""
    years = reader.years(text)
    if not years or years[0] != years[1] or "Council" in text:
        return ""
    named = [(start, end) for start, end, code in reader.actors(text) if reader.is_state(code)]
    match = reader.search("vote", text)
    voter = max(((start, end) for start, end in named if match and end <= match.start()), default=(0, 0))
    return by_subject(text[: voter[0]] + text[voter[1] :], years[0])


def _near(after: str) -> str:
    """Return the words straight after a verb of voting: what comes later may speak of sanctions against somebody."""
    return " ".join(after.split()[:2])


def _named(reader: Reader, sentence: Sentence, text: str, events: list[Event]) -> tuple[list[Statement], list[Event]]:
    """Return the claims about treaties and wars that are named, and the events that they took in."""
    found, used = [], []
    mentions = reader.manuscript.vocabulary.instruments.find(text)
    for mention in mentions:
        start, end = sentence.start + mention.start, sentence.start + mention.end
        about = [event for event in events if event.object and mention.name.lower() in event.object.lower().replace("’", "'")]
        if not about and len(mentions) == 1:  # the coder does not always give the act its object
            signing = reader.words.lists["signing"]
            about = [event for event in events if event.type == "AGREE" and event.trigger.lower() in signing]
        own = mention.year
        dated = next((event for event in about if event.date), None)
        asked = own if own is not None else (dated.date.start.year if dated and dated.date else None)
        row = reader.manuscript.vocabulary.instruments.resolve(mention, asked)
        if row is None:
            continue
        acting = [event for event in about if event.type in reader.words.lists["treaty-acts"] or event.type == "ASSAULT"]
        used += acting
        if own is None and (inside := _YEAR.search(mention.name)):
            own = int(inside[1])
        years = reader.beside(text, mention.start, mention.end) or ((own, own) if own is not None else None)
        if years is None and any(event.trigger.lower() in reader.words.lists["signing"] for event in acting):
            years = reader.years(text)
            # a span of years beside a treaty is that of a war or a reign: it can hold the treaty's year, and not deny it
            if years and years[0] != years[1] and not years[0] <= row.years[0] <= years[1]:
                years = None
        # the coder completes the parties from the list itself: only those that the sentence names are its claim
        written = {code for _, _, code in reader.actors(text)}
        codes = [
            code
            for event in acting
            for code in (event.source.code, event.target.code)
            if code in written and reader.is_state(code)
        ]
        length = _LENGTH.match(text, mention.start) or _LENGTH.search(text, max(0, mention.start - 14), mention.start)
        length = length or (_LASTED.search(text, mention.end) if row.kind == "war" and len(mentions) == 1 else None)
        count, unit = (reader.number(length["number"]), f"{length['unit'].lower()}s") if length else (None, "")
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
                tuple(dict.fromkeys(codes)),
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


def _resolutions(reader: Reader, sentence: Sentence, text: str) -> Iterator[Statement]:
    """Yield a claim for a resolution that the sentence dates or counts the votes of."""
    numbers = reader.resolutions(text)
    if not numbers:
        return
    beside = re.search(rf"\b{numbers[0]} (?:\((?:of )?|of )(?:\w+ )?(\d{{4}})\b", text)
    tally, adopted = _TALLY.search(text), _ADOPTING.search(text)
    years = (int(beside[1]), int(beside[1])) if beside else reader.years(text) if adopted and len(numbers) == 1 else None
    if years is None and not tally:
        return
    count = int(tally[1] or tally[2]) if tally else None
    codes = tuple(dict.fromkeys(code for _, _, code in reader.actors(text) if reader.is_state(code)))
    evidence = reader.manuscript.evidence(sentence.start, sentence.end)
    yield Statement(
        "resolution",
        evidence,
        text,
        "adopted",
        codes,
        years,
        years is not None,
        numbers=numbers,
        count=count,
        unit="votes in favour",
    )


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
    if reader.search("superlative", text[max(0, event.evidence.start - sentence.start - 30) :]) or _OUTSTANDING.search(text):
        kind = "superlative"
    if event.status in ("hypothetical", "intended") and reader.search("opinion", text):
        kind = "opinion"
    elif event.status == "hypothetical" or (event.status == "intended" and reader.search("prediction", text)):
        kind = "prediction"
    said_by = event.said_by or reader.said_by(text)
    length = _LENGTH.search(event.evidence.quote) if event.trigger.lower() in reader.words.lists["war-words"] else None
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
    """Yield a sentence without any act that can be coded as what it is: an opinion, a prediction, or a kind of claim."""
    if _EVALUATES.search(text) and not reader.years(text):
        yield _plain(reader, sentence, text, "opinion")
        return
    if not reader.actors(text):
        for kind, found in (
            ("prediction", _PREDICTED.search(text)),
            ("opinion", reader.judging(text)),
            ("attribution", reader.said_by(text) or reader.search("attribution", text)),
        ):
            if found:
                yield _plain(reader, sentence, text, kind)
                return
        return
    for kind in ("prediction", "opinion", "superlative", "comparison", "absence", "attribution"):
        if reader.search(kind, text) or (kind == "opinion" and reader.judging(text)):
            yield _plain(reader, sentence, text, kind)
            return
    if reader.search("all", text) or reader.search("never", text):
        yield _plain(reader, sentence, text, "universal")
    elif reader.years(text) and _LENGTH.search(text):
        yield _plain(reader, sentence, text, "duration")
    elif reader.years(text):
        yield _plain(reader, sentence, text, "event")


def _plain(reader: Reader, sentence: Sentence, text: str, kind: str) -> Statement:
    years = reader.years(text)
    codes = tuple(dict.fromkeys(code for _, _, code in reader.actors(text)))
    evidence = reader.manuscript.evidence(sentence.start, sentence.end)
    return Statement(kind, evidence, text, "", codes, years, years is not None, said_by=reader.said_by(text))
