"""The date of an act: the expression in its own clause, else the nearest in the sentence, else what the story has come to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from verbale.coding.dates import DateMention, InheritedDate, date_document, nearest
from verbale.coding.dates.resolve import parse_iso
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger
from verbale.core import Document, EventDate, Sentence
from verbale.vocab.instruments import Instrument

# A bound says when something ended or had ended, not when it was done.
# What stands between the dates of one series: 24 and 28 July, in March and again in June.
JOINING: Final = re.compile(r"\s*,?\s*(?:and|&|,)\s*(?:again|then|later)?\s*(?:on|in)?\s*(?:the\s*)?")
ENDS: Final = frozenset({"until"})
# Types of act that bring a treaty about, or are a war.
CONCLUDING: Final = frozenset({"AGREE", "CONCEDE", "COERCE", "ASSAULT"})

DateSource = Literal["none", "own words", "own clause", "sentence", "instrument", "story", "until"]


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of an act and where it was found: the expression in the sentence, or what was carried over from before it.

    `series` holds all expressions where the act is told of several days or months ("on 24 and 28 July"), the chosen one too.
    """

    date: EventDate | None
    source: DateSource
    mention: DateMention | None = None
    carried: InheritedDate | None = None
    series: tuple[DateMention, ...] = ()


class Calendar:
    """The dates of one document, asked clause by clause."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Resolve every date of the document in reading order."""
        self._timeline = date_document(document, sentences)
        self._place = {sentence.index: at for at, sentence in enumerate(sentences)}

    def year(self, sentence: Sentence) -> int | None:
        """Return the year that a sentence speaks of, for the names that mean different actors at different times."""
        place = self._place[sentence.index]
        stated = [mention.date for mention in self._timeline[place] if mention.date and not mention.aside]
        if stated:
            return stated[0].start.year
        carried = self._timeline.inherited(place)
        return carried.date.start.year if carried else None

    def date_of(self, tree: Tree, trigger: Trigger, instruments: Mapping[int, Instrument]) -> EventDate | None:
        """Return when an act was done; a date taken over from an earlier sentence has no `text`.

        A treaty that is known by name, or a war, dates its own conclusion where no date stands in the clause.
        """
        return self.dating(tree, trigger, instruments).date

    def dating(self, tree: Tree, trigger: Trigger, instruments: Mapping[int, Instrument]) -> Dating:
        """Return what `date_of` does, with where it was found."""
        place = self._place[tree.sentence.index]
        mentions = [mention for mention in self._timeline[place] if mention.date is not None]
        chosen = self._own(tree, trigger, mentions)
        known = _known_date(tree, trigger, instruments)
        if known is not None and (chosen is None or not _within_clause(chosen, tree, trigger)):
            return Dating(known, "instrument")
        carried = self._timeline.inherited(place)
        if chosen is None or chosen.date is None:
            return Dating(replace(carried.date, text="", end=None), "story", None, carried) if carried else Dating(None, "none")
        if chosen.bound in ENDS:
            start = self._start_before(chosen, mentions) or (carried.date if carried else None)
            if start is not None and start.start <= chosen.date.start:
                until = replace(start, end=chosen.date.end or chosen.date.start, text=chosen.date.text)
                return Dating(until, "until", chosen, carried)
        return Dating(chosen.date, _source(chosen, tree, trigger), chosen, series=_series(chosen, mentions, tree))

    @staticmethod
    def _own(tree: Tree, trigger: Trigger, mentions: list[DateMention]) -> DateMention | None:
        if not mentions:
            return None
        anchor = trigger.anchor
        tokens = tree.tokens
        below = tree.subtree(trigger.at)
        # A date that hangs on the act's own word, or stands in the phrase around it, dates it whatever else is near.
        for mention in mentions:
            inside = [at for at in below if mention.start <= tokens[at].start < mention.end]
            if inside and trigger.is_noun_alone and mention.bound not in ENDS:
                return mention
        for mention in mentions:
            heads = {tokens[at].head for at in range(len(tokens)) if mention.start <= tokens[at].start < mention.end}
            if anchor in heads and not mention.aside and mention.kind not in {"attributive", "era"}:
                return mention
        first, last = tree.clause_span(anchor)
        start, end = tokens[first].start, tokens[last].end
        return nearest(mentions, start, end)

    @staticmethod
    def _start_before(until: DateMention, mentions: list[DateMention]) -> EventDate | None:
        earlier = [
            mention.date for mention in mentions if mention is not until and mention.start < until.start and mention.date
        ]
        return earlier[-1] if earlier else None


def _known_date(tree: Tree, trigger: Trigger, instruments: Mapping[int, Instrument]) -> EventDate | None:
    """Return the date of a named treaty that an act concludes or imposes, or of the war that it names."""
    if trigger.type not in CONCLUDING:
        return None
    anchor = trigger.anchor
    first, last = tree.clause_span(anchor)
    for at, instrument in instruments.items():
        if at == trigger.at or (instrument.kind == "treaty" and first <= at <= last and trigger.verb is not None):
            start, end = parse_iso(instrument.start), parse_iso(instrument.end)
            if start is not None:
                return replace(start, end=end.start if end else None, text=instrument.name)
    return None


def _series(chosen: DateMention, mentions: Sequence[DateMention], tree: Tree) -> tuple[DateMention, ...]:
    """Return the dates that are coordinated with one, itself among them; none where it stands alone."""
    text, offset = tree.sentence.text, tree.sentence.start
    plain = [m for m in mentions if m.date and m.date.precision in {"day", "month"} and not m.bound and not m.aside]
    if chosen not in plain:
        return ()
    groups: list[list[DateMention]] = [[plain[0]]]
    for before, mention in pairwise(plain):
        if JOINING.fullmatch(text[before.end - offset : mention.start - offset]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    group = next(group for group in groups if chosen in group)
    return tuple(group) if len(group) > 1 else ()


def _source(mention: DateMention, tree: Tree, trigger: Trigger) -> DateSource:
    """Return where a date of the sentence stands, seen from the act."""
    covered = {at for at, token in enumerate(tree.tokens) if mention.start <= token.start < mention.end}
    if covered & set(tree.subtree(trigger.at)) and trigger.is_noun_alone:
        return "own words"
    return "own clause" if _within_clause(mention, tree, trigger) else "sentence"


def _within_clause(mention: DateMention, tree: Tree, trigger: Trigger) -> bool:
    first, last = tree.clause_span(trigger.anchor)
    return tree.tokens[first].start <= mention.start and mention.end <= tree.tokens[last].end
