"""Finds statements that are laid to nobody in particular: "some analysts say", "it is widely believed"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.manuscript import Manuscript
from verbale.review.words import Words

# A note after a full stop closes its sentence, also where the two sentences were kept as one.
_NOTE_STOP: Final = re.compile(r"(?:^|[.!?]\"?)(?:\[\^?[\d,;\s–-]+\])+(?=\s)")


def _cited(references: References, sentence: Sentence, text: str, at: int) -> bool:
    """Tell whether the sentence around an offset has a citation of its own."""
    stops = [match.end() for match in _NOTE_STOP.finditer(text)]
    start = max((stop for stop in stops if stop <= at), default=0)
    end = min((stop for stop in stops if stop > at), default=len(text) + 1)
    return references.within(sentence.start + start, sentence.start + end)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each such phrase; a citation in the same sentence names who is meant."""
    references = find_references(manuscript)
    patterns = (*_patterns(manuscript.words), *(pattern.regex for pattern in manuscript.words.attributions))
    for sentence in manuscript.prose:
        text = manuscript.sentence_text(sentence)
        taken: list[tuple[int, int]] = []
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span("phrase")
                if any(start < last and first < end for first, last in taken):
                    continue
                taken.append((start, end))
                at = sentence.start
                if _cited(references, sentence, text, start):
                    continue
                if not manuscript.quoted(at + start, at + end) and not _names_someone(text, end):
                    words = manuscript.text[at + start : at + end]
                    yield Slip(
                        at + start, at + end, f"Who is meant by “{words}”? Name the source, or say it on your own account."
                    )


def _names_someone(text: str, end: int) -> bool:
    """Tell whether the phrase is followed by the names that it stands for ("some historians, such as ...")."""
    following = text[end : end + 60]
    return (
        re.match(
            r",?\s(?:\(?(?:such as|like|among them|including|notably|e\.g\.)|(?:by|of|from|at|in) (?:the )?(?=[A-Z]))",
            following,
        )
        is not None
    )


@functools.cache
def _regexes(
    quantifiers: str, bridges: str, agents: str, named: str, particles: str, verbs: str, phrases: str, hedges: str
) -> tuple[re.Pattern[str], ...]:
    # an adjective of nation, and no article or pronoun that says which analysts are meant
    nation = (
        r"(?:(?!(?:The|Its|His|Her|Their|This|That|These|Those|Our|My|Both|All|No|When|If|But|And|As|"
        r"Before|After)\b)(?-i:[A-Z])[a-z]+(?:-[A-Z][a-z]+)?\s)"
    )
    describing = rf"(?:(?:{bridges}\s(?:and\s)?)|{nation}){{0,3}}"
    bare = rf"{named}(?:\s(?:and|or)\s{describing}{agents})?"
    people = rf"{agents}(?:\s(?:and|or)\s{describing}{agents})?"
    between = rf"(?:(?:\s|,\s){particles}){{0,3}}"
    inside = r"(?:\s(?:in|of|inside|outside|within|from)\s(?:the\s)?[\w'-]+){0,2}"
    opening = r"(?:^\s*|\]\s|[,;:–—(]\s?|\b(?:but|and|that|as|while|although)\s)"
    sources = (
        rf"\b(?P<phrase>{phrases})(?=\W|$)",
        rf"\b(?P<phrase>(?:according to\s)?{quantifiers}\s{describing}{people}{inside}{between}\s{verbs})\b",
        rf"{opening}(?P<phrase>(?:many|some|most|several|others|few){between}\s{verbs}(?:\sthat)?)\b",
        # without a quantifier only at the start of a clause: "Analysts say", "..., observers note"
        rf"{opening}(?P<phrase>{describing}{bare}{between}\s{verbs})\b",
        rf"(?:\b|^)(?P<phrase>(?:according to\s){describing}{people})(?=[,;.]|\s(?:that|in|the)\b)",
        rf"\b(?P<phrase>{hedges})\b",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def _patterns(words: Words) -> tuple[re.Pattern[str], ...]:
    names = ("quantifiers", "bridges", "agents", "bare-agents", "particles", "reporting-verbs", "set-phrases", "hedges")
    return _regexes(*(words.alternatives(name) for name in names))


CHECK = Check(
    CheckInfo(
        "vague-attribution",
        "warning",
        "Said by nobody in particular",
        "A reader cannot weigh what unnamed people say; a statement needs a source with a name, or its author's own authority.",
    ),
    find,
)
