"""Finds statements that are laid to nobody in particular: "some analysts say", "it is widely believed"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.attribution import AttributionWords, load_attribution_words
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.manuscript import Manuscript
from verbale.review.quoting import load_quoting
from verbale.review.unnamed import Span, Unnamed
from verbale.review.words import Words, alternatives

# So many spaces in a quotation make it somebody's sentence, as quote-without-source counts; who reports it stands so near.
MIN_QUOTED: Final = 4
BESIDE: Final = 2
# A note after a full stop closes its sentence, also where the two sentences were kept as one.
_NOTE_STOP: Final = re.compile(r"(?:^|[.!?]\"?)(?:\[\^?[\d,;\s–-]+\])+(?=\s)")


# "the General Agreement was" names a treaty
_TITLE: Final = re.compile(
    r"(?:^|(?<=\s))[A-Z][a-z]+ (?:[A-Z][a-z]+ )*(?:Agreement|View|Opinion|Talk|Understanding|Claims|Consensus)\b"
)


def _cited(references: References, sentence: Sentence, text: str, at: int, words: Words) -> bool:
    """Tell whether the sentence around an offset, or its part up to a semicolon, has a citation of its own."""
    stops = [match.end() for match in _NOTE_STOP.finditer(text)]
    # where opinions are told to differ, those who hold them are named behind a semicolon
    if not re.search(rf"\b{words.alternatives('divided')}\b", text[at:], re.IGNORECASE):
        stops = sorted([*stops, *_semicolons(text)])
    # a mark before the first word is that of the sentence before: "... for weeks.⁴ It is generally agreed"
    first = next((place for place, each in enumerate(text) if each.isalpha()), 0)
    start = max((stop for stop in stops if stop <= at), default=first)
    end = min((stop for stop in stops if stop > at), default=len(text) + 1)
    return references.within(sentence.start + start, sentence.start + end)


def _quotes(manuscript: Manuscript, sentence: Sentence, before: str, said: str, end: int) -> bool:
    """Tell whether one person without a name is quoted: the quotation is what lacks its source (quote-without-source)."""
    single = alternatives(load_quoting().single)
    # "at another low point, a waiter is supposed to have been told: ...": who is told of stands before
    one = re.match(rf"{single}\b", said, re.IGNORECASE) or re.search(
        rf"(?:^|[,;:.]\s){single}\s[\w\s-]{{1,40}}$", before, re.IGNORECASE
    )
    last = sentence.end + 2  # a quotation that a colon leads to may be a sentence of its own
    return one is not None and any(end <= start <= last for start, _ in manuscript.quotations)


def _reports(manuscript: Manuscript, start: int, end: int) -> bool:
    """Tell whether the words lead a quotation in or out: "..., it has been said": the quotation lacks its source."""
    return any(
        0 <= start - last <= BESIDE or 0 <= first - end <= BESIDE
        for first, last in manuscript.quotations
        if manuscript.text[first + 1 : last].count(" ") >= MIN_QUOTED
    )


def _answered(manuscript: Manuscript, references: References, sentence: Sentence, said: str) -> bool:
    """Tell whether the next sentence says with a citation who holds one of the opinions, or refutes what is told."""
    following = next((each for each in manuscript.by_block.get(sentence.block, ()) if each.start >= sentence.end), None)
    if following is None:
        return False
    text = manuscript.sentence_text(following)
    if not re.match(r"[A-ZÀ-Þ][\w'-]+(?:\s|'s)", text):
        return False
    cited = references.within(following.start, following.end)
    if re.search(rf"\b{manuscript.words.alternatives('divided')}\b", said, re.IGNORECASE):
        return cited
    # "Legend has it that the house had four doors. Helen Ardagh does not believe in the doors (p. 9)."
    shown = cited or any(pattern.regex.search(text) for pattern in manuscript.words.sources)
    return shown and re.search(rf"\b{manuscript.words.alternatives('refuting')}\b", text) is not None


def _semicolons(text: str) -> Iterator[int]:
    """Yield the offset behind each semicolon that stands in no bracket."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == ";" and not depth:
            yield place + 1


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each such phrase; a citation in the same sentence names who is meant."""
    references = find_references(manuscript)
    words = load_attribution_words()
    # names of some of those who spoke, later in the sentence: "several of those present said afterwards, among them Ms Amprou"
    measured = re.compile(rf"\b{alternatives(tuple(words.measuring))}\s$", re.IGNORECASE)
    named = re.compile(rf"\b{manuscript.words.alternatives('examples')}\s(?:the\s|also\s)?(?:[a-z]+\s){{0,3}}[A-ZÀ-Þ]")
    unnamed = Unnamed(words, manuscript.vocabulary)
    sentences = [each for each in manuscript.prose if _screen(words).search(manuscript.sentence_text(each))]
    for tree in manuscript.trees(sentences):
        sentence = tree.sentence
        text = manuscript.sentence_text(sentence)
        spans = [(start - sentence.start, end - sentence.start) for start, end in unnamed.find(tree)]
        spans += [match.span() for match in _phrases(words).finditer(text)]
        spans += [
            match.span("phrase")
            for pattern in manuscript.words.attributions
            for match in pattern.regex.finditer(text)
            if not _names_someone(text, match.end("phrase"))
            and not _TITLE.search(match["phrase"])
            and not measured.search(text[: match.start("phrase")])
        ]
        for start, end in _joined(spans):
            at = sentence.start
            if _cited(references, sentence, text, start, manuscript.words) or manuscript.quoted(at + start, at + end):
                continue
            if re.match(r"\sin\s(?:[A-ZÀ-Þ][\w-]*\s){0,2}[A-ZÀ-Þ][\w-]*'s?\s", text[end:]):
                continue  # "the story goes in Kemal's own diary"
            passive = text[start:].lower().startswith(("it ", "as "))
            if _quotes(manuscript, sentence, text[:start], text[start:end], at + end) or (
                passive and _reports(manuscript, at + start, at + end)
            ):
                continue
            if _answered(manuscript, references, sentence, text[start:end]):
                continue
            # "according to informed circles the Club": the words themselves are no source, whatever name follows
            marks = (match for pattern in manuscript.words.sources for match in pattern.regex.finditer(text))
            shown = any(mark.start() != start for mark in marks)
            if shown or named.search(text[end:]) or re.match(r"\w+ of us\b", text[start:]):
                continue
            said = manuscript.text[at + start : at + end]
            yield Slip(at + start, at + end, f"Who is meant by “{said}”? Name the source, or say it on your own account.")


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans in order; those that overlap are one finding."""
    start = end = -1
    for first, last in sorted(spans):
        if first < end:
            end = max(end, last)
            continue
        if end > 0:
            yield start, end
        start, end = first, last
    if end > 0:
        yield start, end


@functools.cache
def _phrases(words: AttributionWords) -> re.Pattern[str]:
    aside = alternatives(tuple(words.aside))
    return re.compile(
        rf"(?<![\w-]){alternatives(tuple(words.hedge | words.idiom))}(?![\w-])"
        rf"|(?:(?<=^)|(?<=[,;:(–—] )|(?<=, and )){aside}(?![\w-])|(?<![\w-]){aside}(?=,)",
        re.IGNORECASE,
    )


@functools.cache
def _screen(words: AttributionWords) -> re.Pattern[str]:
    """Return what a sentence must have to be looked at: nobody says anything without one of these words."""
    nouns = words.holder | words.role | words.circle | words.work | words.opinion | words.some | words.anybody | words.wide
    verbs = words.impersonal | words.raised
    endings = "|".join(sorted(words.holder_endings))
    phrases = words.hedge | words.idiom | words.aside
    return re.compile(
        rf"(?<![\w-])(?:{alternatives(tuple(nouns | phrases | verbs))}|\w+(?:{endings}))(?![\w-])",
        re.IGNORECASE,
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


CHECK = Check(
    CheckInfo(
        "vague-attribution",
        "warning",
        "Said by nobody in particular",
        "A reader cannot weigh what unnamed people say; a statement needs a source with a name, or its author's own authority.",
    ),
    find,
)
