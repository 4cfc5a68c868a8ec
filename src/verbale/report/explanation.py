"""An explanation of an event as plain text: what was read, by which row, who and when, and which pairs of actors lost."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from verbale.core import SECTORS, EventType
from verbale.core.explanations import (
    Cue,
    ExplainedAct,
    ExplainedActor,
    ExplainedDate,
    ExplainedWord,
    Explanation,
    LexiconRow,
    Telling,
    WeighedPair,
)
from verbale.core.wording import count
from verbale.report.wording import STATUS_WORDS, TYPE_WORDS

# Losing pairs that are shown in full; more would hide the reason in numbers.
MOST_LOST: Final = 3
# Cues on each side of a pair that lost: what decided stands at the top.
MOST_CUES_OF_LOST: Final = 3
# Deeper than this, a parse is indented no further: a line has no room for both the word and its place.
DEEPEST: Final = 12
# The column of words is never narrower than this.
LEAST_WORD: Final = 16
# Objects that a row of the lexicon asks for: some rows list dozens.
MOST_OBJECTS: Final = 4
OUTCOMES: Final = {
    "kept": "another event of this act",
    "below the floor": "not likely enough",
    "other direction": "the same two, less likely in this direction",
    "told again": "told already by another word, or another reading of this one",
}
STATUS_TOLD: Final = STATUS_WORDS | {"actual": "done"}


class _Page:
    """Lines of at most a width, with headings and hanging indents."""

    def __init__(self, width: int) -> None:
        self.width = max(width, 40)
        self.lines: list[str] = []

    def heading(self, text: str) -> None:
        self.lines += ["", text] if self.lines else [text]

    def line(self, text: str, *, indent: int = 2, hang: int = 2) -> None:
        first = " " * indent
        self.lines += textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=first + " " * hang,
            break_on_hyphens=False,
        )


def explanation_lines(explanation: Explanation, *, width: int = 100) -> list[str]:
    """Return an explanation as lines of at most a width, for a reader who knows the field and not the program."""
    page = _Page(width)
    page.heading("Why this was coded")
    for remark in explanation.remarks:
        page.line(f"Note: {remark.text}.")
    page.heading(f"The sentence, number {explanation.number} of the document")
    page.line(explanation.sentence, hang=0)
    if explanation.words:
        page.heading("Its parse (what hangs on a word stands below it, further in)")
        page.lines += _tree(explanation.words, page.width)
    if explanation.act is not None:
        _act(page, explanation.act, "The act", counts_as=explanation.event.type)
        _confidence(page, explanation)
        told = [explanation.act]
    else:
        told = [act for act in explanation.acts if _within(act, explanation)] or list(explanation.acts)
        for act in told:
            _act(page, act, f'The act "{act.words}", as the coder reads it now')
        if explanation.words and not explanation.acts:
            page.heading("No act")
            page.line("No word of the sentence names an act by a row of the action lexicon that fits it.")
    others = [act for act in explanation.acts if act not in told]
    if others:
        page.heading("Other acts of the sentence")
        for act in others:
            page.line(_in_short(act))
    return page.lines


def _within(act: ExplainedAct, explanation: Explanation) -> bool:
    word, evidence = explanation.words[act.at], explanation.event.evidence
    return evidence.start <= word.start < evidence.end


# the parse


def _tree(words: Sequence[ExplainedWord], width: int) -> list[str]:
    """Return the words as an indented tree, each with its place in the sentence, part of speech and relation to its head."""
    rows = [
        (str(word.at + 1), "  " * min(depth, DEEPEST) + word.text, word.part_of_speech, f"{word.relation} ({word.label})")
        for word, depth in _down(words)
    ]
    number, text, kind, relation = (max(len(row[column]) for row in rows) for column in range(4))
    text = min(text, max(LEAST_WORD, width - number - kind - relation - 8))
    lines = (f"  {row[0].rjust(number)}  {_cut(row[1], text).ljust(text)}  {row[2].ljust(kind)}  {row[3]}" for row in rows)
    return [_cut(line.rstrip(), width) for line in lines]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _down(words: Sequence[ExplainedWord]) -> Iterator[tuple[ExplainedWord, int]]:
    """Yield the words from the root down, each with its depth; a deep tree is no deep recursion."""
    children: dict[int, list[ExplainedWord]] = {}
    for word in words:
        if word.head != word.at:
            children.setdefault(word.head, []).append(word)
    waiting = [(word, 0) for word in reversed(words) if word.head == word.at]
    while waiting:
        word, depth = waiting.pop()
        yield word, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(word.at, []))]


# the act


def _act(page: _Page, act: ExplainedAct, heading: str, *, counts_as: EventType | None = None) -> None:
    page.heading(heading)
    _entry(page, act)
    if act.tried:
        page.line("Rows that were tried and lost:")
        for tried in act.tried:
            whose = f" (a row of yours, {tried.row.origin})" if tried.row.origin else ""
            page.line(f"{frame_words(tried.row)}{whose}: {tried.reason}", indent=4)
        if act.tried_in_all > len(act.tried):
            page.line(f"and {count(act.tried_in_all - len(act.tried), 'row')} more of the same word", indent=4)
    page.heading("How it is told")
    page.line(_telling(act.telling, act.type))
    if counts_as not in (None, act.telling.type):
        page.line(f"Done by whom it is, it counts as {_type(counts_as)}.")
    page.heading("Who")
    for actor in act.actors:
        _actor(page, actor)
    if not act.actors:
        page.line("No two actors could be found for it.")
    page.line(f"The rules of grammar: {act.rule}.")
    page.heading("When")
    _date(page, act.date)
    _pairs(page, act)


def _entry(page: _Page, act: ExplainedAct) -> None:
    """Say what made an act of a word: a row of the lexicon, the parser's model, or both."""
    row = act.entry
    sure = (
        ""
        if act.estimate is None
        else f" The parser's model gives {act.estimate:.2f} for an act of type {act.type} at this word."
    )
    if act.seen_by == "model" and act.type == row.type:
        page.line(f'"{act.words}" ({act.shape}) has no fitting row in the action lexicon.{sure}')
        page.line(f"Its parties are looked for as {_roles(row)}.")
        return
    whose = f"row of yours ({row.origin})" if row.origin else "row of the action lexicon"
    page.line(f'"{act.words}" ({act.shape}) is read by this {whose}:')
    page.line(frame_words(row), indent=4)
    page.line(_roles(row), indent=4)
    if row.note:
        page.line(f"note of the row: {row.note}", indent=4)
    if act.type != row.type:
        instead = (
            "The parser's model sees another act in it"
            if act.seen_by == "model"
            else "The verb that carries it ends such an act"
        )
        page.line(f"{instead}, which makes it {_type(act.type)}.")
    if sure:
        page.line(sure.strip())


def frame_words(row: LexiconRow) -> str:
    """Return a row of the lexicon as a reader may say it: "break + off + object @talks -> REJECT (refusal), likely"."""
    parts = [
        row.lemma,
        row.particle,
        "without object" if row.object == "-" else _objects(row.object),
        _prepositions(row.preposition),
        f"clause ({row.complement.replace('|', ' | ')})" if row.complement else "",
    ]
    mode = f", mode {row.mode}" if row.mode else ""
    kind = "noun " if row.kind == "noun" else ""
    return f"{kind}{' + '.join(part for part in parts if part)} -> {_type(row.type)}{mode}, {row.strength}"


def _prepositions(field: str) -> str:
    return "phrase with " + " | ".join(f'"{word}"' for word in field.split("|")) if field else ""


def _objects(field: str) -> str:
    """Return the objects that a row asks for, some of them; @ stands before the name of a class of nouns."""
    if not field:
        return ""
    names = [f"a noun of class {name[1:]}" if name.startswith("@") else name for name in field.split("|")]
    return f"object {' | '.join(names[:MOST_OBJECTS])}{' | ...' if len(names) > MOST_OBJECTS else ''}"


def _type(event_type: EventType) -> str:
    return f"{event_type} ({TYPE_WORDS[event_type]})"


def _roles(row: LexiconRow) -> str:
    both = "; both sides share the act" if row.mutual else ""
    return f"source: {row.source}; target: {row.target} (the first that is there){both}"


def _telling(telling: Telling, event_type: EventType) -> str:
    reason = f": {telling.meaning}" if telling.meaning else ""
    amounts = f" It amounts to {_type(telling.type)}." if telling.type != event_type else ""
    said = f' The text has it from "{telling.said_by}".' if telling.said_by else ""
    return f"As {STATUS_TOLD[telling.status]} (status {telling.status}){reason}.{amounts}{said}"


def _actor(page: _Page, actor: ExplainedActor) -> None:
    sector = f", {SECTORS.get(actor.sector, actor.sector)}" if actor.sector else ""
    entity = f" ({actor.entity})" if actor.entity else ""
    page.line(f"{actor.role} {actor.code}{entity}{sector}: {actor.meaning}.")
    if actor.earlier is not None:
        page.line(f'sentence {actor.earlier.number}: "{actor.earlier.text}"', indent=4)


def _date(page: _Page, date: ExplainedDate) -> None:
    if date.start is None:
        page.line(f"No date: {date.meaning}.")
        return
    cut = {"day": 10, "month": 7}.get(date.precision, 4)
    end = f" to {date.end.isoformat()[:cut]}" if date.end else ""
    words = f', from "{date.text}"' if date.text else ""
    calendar = f", written in the {date.calendar.replace('_', ' ')} calendar" if date.calendar not in ("", "gregorian") else ""
    page.line(f"{date.start.isoformat()[:cut]}{end} (known to the {date.precision}){words}{calendar}: {date.meaning}.")
    if date.earlier is not None:
        page.line(f'sentence {date.earlier.number}: "{date.earlier.text}"', indent=4)


# the pairs


def _pairs(page: _Page, act: ExplainedAct) -> None:
    page.heading("Which pair of actors")
    if not act.pairs:
        page.line("No pair was there to weigh.")
        return
    page.line(
        f"{count(act.weighed, 'pair')} weighed. The numbers are weights learnt from hand-coded texts: +0.7 about doubles the "
        "odds that a pair is right, -0.7 halves them. They are learnt together, so that a single one may look odd."
    )
    best = next((pair for pair in act.pairs if pair.is_event), act.pairs[0])
    _pair(page, best, act, len(best.speaks_for))
    kept = [pair for pair in act.pairs if pair is not best and pair.outcome in ("kept", "told again")]
    for pair in kept:
        page.line(f"{_names(pair, act)}: probability {pair.probability:.2f}, {OUTCOMES[pair.outcome]}")
    lost = [pair for pair in act.pairs if pair is not best and pair not in kept]
    if lost:
        page.heading("Pairs that lost, with what sets them apart from it")
        for pair in lost[:MOST_LOST]:
            _pair(page, pair, act, MOST_CUES_OF_LOST)
        more = act.weighed - 1 - len(kept) - len(lost[:MOST_LOST])
        if more > 0:
            page.line(f"and {count(more, 'pair')} less likely still")


def _pair(page: _Page, pair: WeighedPair, act: ExplainedAct, most: int) -> None:
    fate = "this event" if pair.is_event else "kept" if pair.outcome == "kept" else OUTCOMES[pair.outcome]
    page.line(f"{_names(pair, act)}: probability {pair.probability:.2f}, {fate}")
    for heading, cues in (("speaks for it:", pair.speaks_for[:most]), ("speaks against it:", pair.speaks_against[:most])):
        if cues:
            page.line(heading, indent=4)
            for cue in cues:
                page.line(_cue(cue), indent=6, hang=7)


def _names(pair: WeighedPair, act: ExplainedAct) -> str:
    source, target = (
        f'{code} ("{text}")' if text else code
        for code, text in ((pair.source, pair.source_text), (pair.target, pair.target_text))
    )
    return f"{source} {'<->' if act.mutual else '->'} {target}"


def _cue(cue: Cue) -> str:
    return f"{cue.weight:+.2f}  {cue.meaning}"


def _confidence(page: _Page, explanation: Explanation) -> None:
    page.heading("Confidence")
    value = explanation.event.confidence
    page.line(
        f"{value:.2f}: of a hundred events with this figure, about {round(value * 100)} are right in their pair of actors "
        f"and in their quadrant (docs/quality.md). Pairs below {explanation.floor:g} are not told."
    )


def _in_short(act: ExplainedAct) -> str:
    kept = [pair for pair in act.pairs if pair.outcome == "kept"]
    if kept:
        told = "; ".join(f"{_names(pair, act)} ({pair.probability:.2f})" for pair in kept)
    elif any(pair.outcome == "told again" for pair in act.pairs):
        told = "told already by another word"
    else:
        best = f", the likeliest {_names(act.pairs[0], act)} ({act.pairs[0].probability:.2f})" if act.pairs else ""
        told = f"no pair likely enough{best}"
    return f'"{act.words}" -> {_type(act.telling.type)}, told as {STATUS_TOLD[act.telling.status]}: {told}'
