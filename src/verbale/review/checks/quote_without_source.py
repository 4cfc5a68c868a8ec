"""Finds quotations for which the text names neither a source nor a speaker.

A quotation that is part of a sentence belongs to whoever the sentence says; one that stands by itself belongs to somebody only
where the sentence before introduces it, or the one after says whose words they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.dates import MONTH_PATTERN, find_dates
from verbale.review.manuscript import Manuscript
from verbale.review.quoting import Quoting, load_quoting

# Shorter words between quotation marks are a term, a title or a word held at arm's length, not somebody's sentence.
MIN_WORDS: Final = 5
# Fewer are somebody's as well where the sentence says that something was described so.
MIN_DESCRIBING: Final = 3
# After so many words of its own a sentence with a verb of saying has told what was said, and introduces nothing.
MAX_LEAD: Final = 8
# After a noun for what is said so few words may follow before the quotation ("his reply was short").
MAX_TAIL: Final = 2
# Longer descriptions of a speaker hold other persons and other acts.
MAX_DESCRIPTION: Final = 20
# An epigraph's author stands on a short line of its own.
MAX_BYLINE: Final = 120
# A review cites the book that it is of by pages in brackets; one or two stand in other texts as well.
MIN_PAGES: Final = 3
# What somebody without a name said so many years ago no writer of today has heard; a working life.
MIN_PAST: Final = 40
# The year of which a paragraph tells may stand in one of so many before it.
PAST_BLOCKS: Final = 2
# Shorter words behind "the words" are a term ("without prejudice to").
MIN_LOOSE: Final = 7
# The title stands in the first blocks.
TITLE_BLOCKS: Final = 2
_PAGE: Final = re.compile(r"\(pp?\.\s?\d")
# "a Saxon sergeant", "an old Genoese pilot": of what people, and no name
_NATION: Final = re.compile(r"\s[A-ZÀ-Þ][\w'-]+(?=\s[a-z])")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_BYLINE: Final = re.compile(r"\s*(?:[–—]|--?\s|\(\s*[–—]?)\s*[A-ZÀ-Þ]")
_LABEL: Final = re.compile(r"\W*(?:\w+\s){0,2}\w+\s?:\s*")
_MONTH: Final = re.compile(MONTH_PATTERN, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation with the sentences that it stands in, the one before, the one after, and what follows its block."""

    start: int
    end: int
    own: tuple[Sentence, ...]
    lead: Sentence | None
    following: Sentence | None
    below: str


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each quotation of five words or more that has neither a source nor a speaker.

    In a text that cites its sources, a speaker without a name is not enough: the reader must find the words.
    """
    references = find_references(manuscript)
    cites = bool(references.citations) or len(_PAGE.findall(manuscript.plain)) >= MIN_PAGES
    words = load_quoting()
    blocks = manuscript.document.blocks
    for index in manuscript.body:
        sentences = manuscript.by_block.get(index)
        if not sentences:
            continue
        block = blocks[index]
        below = manuscript.block_text(blocks[index + 1]) if index + 1 < len(blocks) else ""
        for start, end in manuscript.quotations:
            if not block.start <= start < block.end:
                continue
            place = _place(manuscript, sentences, start, end, below)
            if _is_title(manuscript.text[start + 1 : end - 1], least=_least(manuscript, place, words)):
                continue
            stray = _is_stray(manuscript, place, words)
            if _is_residue(manuscript, place) or (not stray and _is_term(manuscript, place, words)):
                continue
            if _is_question(manuscript, index, place):
                continue
            if _sourced(manuscript, references, place, min(_closing(manuscript, place) + 2, block.end)):
                continue
            outside = _outside(manuscript, place)
            speaker = not stray and _speaks(manuscript, place, outside, words)
            if speaker and (who := _unnamed(manuscript, place, outside, words, cites=cites)):
                yield Slip(start, end, f"The text does not name whom it quotes here (“{who}”), and cites no source.")
                continue
            named = speaker and _named(manuscript, place, outside, words)
            if cites and not named:
                told = "" if speaker else " and does not say whose words they are"
                yield Slip(start, end, f"The text cites no source for this quotation{told}.")
            elif not speaker:
                yield Slip(start, end, "The text does not say whose words these are, and cites no source for them.")


def _place(manuscript: Manuscript, sentences: list[Sentence], start: int, end: int, below: str) -> _Place:
    near = [at for at, each in enumerate(sentences) if each.start < end and start < each.end] or [len(sentences) - 1]
    lead = sentences[near[0] - 1] if near[0] else None
    following = sentences[near[-1] + 1] if near[-1] + 1 < len(sentences) else None
    if lead is None:
        at = next((at for at, each in enumerate(manuscript.prose) if each is sentences[near[0]]), 0)
        before = manuscript.prose[at - 1] if at else None
        if before is not None and manuscript.sentence_text(before).rstrip().endswith((":", ",")):
            lead = before
    return _Place(start, end, tuple(sentences[at] for at in near), lead, following, "" if following else below)


def _sourced(manuscript: Manuscript, references: References, place: _Place, close: int) -> bool:
    """Tell whether a citation or another mark of a source stands in the sentence of a quotation, or right behind it."""
    first = place.own[0].start
    if references.within(first, close):
        return True
    text = manuscript.plain[first:close] + (" " + place.below[:MAX_BYLINE] if len(place.below) <= MAX_BYLINE else "")
    # "a pamphlet printed in Antwerp" names no pamphlet
    marks = (match for pattern in manuscript.words.sources for match in pattern.regex.finditer(text))
    return any(not load_quoting().anonymous.search(text[: match.start()]) for match in marks)


def _closing(manuscript: Manuscript, place: _Place) -> int:
    """Return where a citation of a quotation ends at the latest: with its sentence, or in brackets right after it.

    A sentence that only comments on the words ("This was ...") may carry their citation as well.
    """
    close = max(place.own[-1].end, place.end)
    if place.following is not None:
        text = manuscript.sentence_text(place.following)
        if re.match(r"\s*[\[(]", text) or load_quoting().anaphor.match(text):
            close = place.following.end
    return close


def _is_residue(manuscript: Manuscript, place: _Place) -> bool:
    """Tell whether the words around a quotation are what a chat assistant said: they go as a whole (assistant-residue)."""
    around = [manuscript.sentence_text(each) for each in place.own]
    return any(pattern.regex.search(text) for pattern in manuscript.words.assistant for text in around)


def _least(manuscript: Manuscript, place: _Place, words: Quoting) -> int:
    """Return how many words a quotation needs to be somebody's."""
    outside = _outside(manuscript, place)
    about = words.described.search(outside) or words.stray.search(_clause(outside))
    return MIN_DESCRIBING if about else MIN_WORDS


def _is_title(words: str, *, least: int) -> bool:
    """Tell whether quoted words are too few for a sentence, or a title (most words with capitals)."""
    found = _WORD.findall(words)
    if len(found) < least:
        return True
    long = [word for word in found if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _clause(outside: str) -> str:
    """Return the part of a sentence between semicolons in which a quotation stands."""
    before, after = outside.split("\0", maxsplit=1)
    return before.rsplit(";", maxsplit=1)[-1] + "\0" + after.split(";", maxsplit=1)[0]


def _is_stray(manuscript: Manuscript, place: _Place, words: Quoting) -> bool:
    """Tell whether a quotation is told to be about, or is only called words, and nobody near can have said them."""
    clause = _clause(_outside(manuscript, place))
    if words.stray.search(clause):
        return True
    if words.bearing.search(clause):
        return not (words.document.search(clause) or _names_a_person(manuscript, clause, words))
    long = len(_WORD.findall(manuscript.plain[place.start : place.end])) >= MIN_LOOSE
    bare = words.loose.sub("\0", clause)
    if not long or bare == clause or words.document.search(bare) or words.speaks.search(words.nobody.sub(" ", bare)):
        return False
    return not _names_a_person(manuscript, clause, words)


def _is_question(manuscript: Manuscript, index: int, place: _Place) -> bool:
    """Tell whether a quotation is the question over an essay: the whole of its first block."""
    block = manuscript.document.blocks[index]
    whole = manuscript.block_text(block).strip() == manuscript.plain[place.start : place.end].strip()
    return index < TITLE_BLOCKS and whole and manuscript.text[place.end - 2] == "?"


def _is_term(manuscript: Manuscript, place: _Place, words: Quoting) -> bool:
    """Tell whether the words right before a quotation say that it is a title or a formula ("the principle of “...”")."""
    lead = manuscript.plain[place.own[0].start : place.start]
    named = list(words.nobody.finditer(lead.rstrip(" :")))
    long = len(_WORD.findall(manuscript.plain[place.start : place.end])) >= MIN_LOOSE
    if long and manuscript.text[place.start + 1].islower() and named and named[-1].end() == len(lead.rstrip(" :")):
        return False  # "was called “the least bad of all the bad ones on the table”"
    if words.term.search(lead.rstrip(" :")) is not None and _LABEL.fullmatch(lead):
        return True  # "Essay 2: “Did the blockade end the war?”"
    return words.term.search(manuscript.plain[place.own[0].start : place.start].rstrip(" :")) is not None and (
        manuscript.text[place.end - 2] not in ".!?" or manuscript.text[place.start + 1].islower()
    )


def _outside(manuscript: Manuscript, place: _Place) -> str:
    """Return the sentences of a quotation with a mark in its place and without other quotations."""
    first, last = place.own[0].start, max(place.own[-1].end, place.end)
    text = manuscript.plain[first : place.start] + "\0" + manuscript.plain[place.end : last]
    for start, end in manuscript.quotations:
        if first <= start and end <= place.start:
            text = text[: start - first] + " " * (end - start) + text[end - first :]
        elif place.end <= start and end <= last:
            moved = place.start + 1 - place.end - first
            text = text[: start + moved] + " " * (end - start) + text[end + moved :]
    return text


def _speaks(manuscript: Manuscript, place: _Place, outside: str, words: Quoting) -> bool:
    """Tell whether the words around a quotation say who speaks."""
    if len(_WORD.findall(outside)) < 2:
        around = (_introduced, _told_after, _goes_on)
        return any(told(manuscript, place, words) for told in around)
    if words.owned.search(outside):
        return True
    told = words.nobody.sub(" ", outside)
    if words.speaks.search(told) and words.speaker.search(outside):
        return True
    if words.says.search(told) and (_names_a_person(manuscript, outside, words) or words.document.search(outside)):
        return True
    first = not outside.split("\0", maxsplit=1)[0].strip(" \"'([")
    if first and _introduced(manuscript, place, words):
        return True
    # a part of a sentence is its subject's words ("his goal was “to ...”"); a whole one needs a verb of saying, or a colon
    whole = manuscript.text[place.start + 1].isupper() and not re.search(r"\w\s\0", outside)
    if words.predicate.search(outside):
        return False  # "it was, “...”, and the Treasury knew it": who is named behind does something else
    if not whole and words.ground.search(outside):
        return True
    return (not whole or re.search(r"[:,]\s\0", outside) is not None) and _names_a_person(manuscript, outside, words)


def _introduced(manuscript: Manuscript, place: _Place, words: Quoting) -> bool:
    """Tell whether the sentence before leads to a quotation: by a colon, as the same speech, or by a verb that waits for it."""
    if place.lead is None:
        return False
    text = manuscript.sentence_text(place.lead).rstrip()
    if text.endswith(":") or words.aloud.search(text):
        return True
    speaks = words.speaker.search(text) is not None
    if any(place.lead.start <= start and end <= place.lead.end for start, end in manuscript.quotations):
        bare = re.sub(r"\"[^\"]*\"", " ", text)
        return not _WORD.search(bare) or (speaks and words.says.search(bare) is not None)
    text = words.nobody.sub(" ", text)
    for match in words.leads.finditer(text):
        rest = words.addressed.sub("", text[match.end() :], count=1) if words.noun.fullmatch(match[0]) else text[match.end() :]
        if words.passive.search(text[: match.start()]):
            continue
        if len(_WORD.findall(rest)) <= MAX_LEAD and not words.told.search(rest):
            if words.noun.fullmatch(match[0]) and len(_WORD.findall(rest)) > MAX_TAIL:
                continue  # "our title in September" is no introduction, "had one maxim" is
            if words.verb.fullmatch(match[0]) and words.object.match(rest):
                continue  # an act with an object: "recognised our title"
            noun = words.noun.fullmatch(match[0]) is not None
            office = not noun and not words.verb.fullmatch(match[0]) and words.office.search(text) is not None
            if noun and words.paper.search(text) is not None:
                return True
            if speaks and (office or _names_a_person(manuscript, text, words)):
                return True
    # "Berg says that the summers were worse. “I counted the boats.”": who speaks of himself goes on
    own = words.myself.search(manuscript.plain[place.start : place.end]) is not None
    return own and words.speaks.search(text) is not None and _has_name(manuscript, text, words)


def _goes_on(manuscript: Manuscript, place: _Place, words: Quoting) -> bool:
    """Tell whether a short sentence about a speaker parts two of the speaker's sentences ("He is seventy-four now.")."""
    if place.lead is None:
        return False
    text = manuscript.sentence_text(place.lead)
    if not words.person.match(text.lstrip()) or len(_WORD.findall(text)) > MAX_LEAD:
        return False
    before = [each for each in manuscript.by_block.get(place.lead.block, ()) if each.end <= place.lead.start][-1:]
    return any(
        each.start < end and start < each.end and words.says.search(manuscript.sentence_text(each))
        for each in before
        for start, end in manuscript.quotations
    )


def _told_after(manuscript: Manuscript, place: _Place, words: Quoting) -> bool:
    """Tell whether what follows says whose words they were: "So said ...", "The words are those of ...", a line with a name."""
    if place.following is None:
        return len(place.below) <= MAX_BYLINE and _BYLINE.match(place.below) is not None
    text = manuscript.sentence_text(place.following)
    if _BYLINE.match(text):
        return True
    asked = manuscript.text[place.end - 2] in "?!…" and words.speaking.match(text) is not None
    if asked or words.had_said.search(text):
        return _names_a_person(manuscript, text, words)
    looks_back = words.anaphor.match(text) is not None
    return looks_back and words.says.search(text) is not None and _names_a_person(manuscript, text, words)


def _named(manuscript: Manuscript, place: _Place, outside: str, words: Quoting) -> bool:
    """Tell whether the speaker has a name, is somebody named before (a pronoun), or is a document."""
    around = outside if place.lead is None else f"{manuscript.sentence_text(place.lead)} {outside}"
    after = "" if place.following is None else manuscript.sentence_text(place.following)
    told = outside if len(_WORD.findall(outside)) >= 2 else f"{around} {after}"
    return (
        _names_a_person(manuscript, told, words) or words.document.search(told) is not None or bool(_BYLINE.match(place.below))
    )


def _unnamed(manuscript: Manuscript, place: _Place, outside: str, words: Quoting, *, cites: bool) -> str:
    """Return the speaker of a quotation where only a description tells who it was ("one of the sailors"), or nothing.

    What somebody without an office said to the writer of a text that cites nothing is the writer's own witness; what was
    written is somewhere, and who speaks for a ministry has a name.
    """
    before, after = outside.split("\0", maxsplit=1)
    if not words.heard.search(outside) and (who := _anybody(manuscript, place, outside, words)):
        return who
    following = "" if place.following is None else manuscript.sentence_text(place.following)
    naming = words.naming.match(following)  # "Her name was Rosa Luz", but not "He was in Paris"
    if _has_name(manuscript, after, words) or (naming and _has_name(manuscript, following[naming.end() :], words)):
        return ""
    who = _described(before, words)
    if not who and (match := words.behind.search(outside)) is not None:
        who = next(each for each in match.groups() if each)
    witness = words.heard.search(outside) or not (
        cites or words.written.search(outside) or _long_ago(manuscript, place, before, after, words)
    )
    if witness and not words.office.search(who):
        return ""
    documents = words.document.search(who) and not words.prints.search(who)
    return "" if documents or _has_name(manuscript, _NATION.sub(" ", who), words) else who


def _anybody(manuscript: Manuscript, place: _Place, outside: str, words: Quoting) -> str:
    """Return who speaks where it is everybody or nobody ("people in the bazaar", "they" of a place), or nothing."""
    match = words.anybody.search(outside)
    if match is None or _has_name(manuscript, outside[: match.start()] + outside[match.end() :], words):
        return ""
    if match["who"]:
        return match["who"]
    # somebody named before, or told of in this sentence, may be meant; a place at its head has nobody in it
    lead = "" if place.lead is None else manuscript.sentence_text(place.lead)
    placed = re.match(r"\W*[A-Z][\w'-]*(?:\s[\w'-]+){1,5}\s$", outside[: match.start()])
    return match["there"] if placed and not _has_name(manuscript, lead, words) else ""


def _long_ago(manuscript: Manuscript, place: _Place, before: str, after: str, words: Quoting) -> bool:
    """Tell whether a quotation is told of a time long past, when the writer heard nobody: by the last year before it.

    A paragraph that gives no year before it may give one behind it.
    """
    if words.nowadays.search(before) or words.nowadays.search(after):
        return False
    verb = [*words.verb.finditer(before)][-1:] or [*words.verb.finditer(after)][:1]
    if not verb or verb[0][0].lower() in words.present:
        return False
    blocks = manuscript.document.blocks[max(0, place.own[0].block - PAST_BLOCKS) : place.own[0].block + 1]
    dates = list(find_dates(manuscript.plain[blocks[-1].start : place.start]))
    dates = dates or list(find_dates(manuscript.plain[blocks[0].start : place.start]))
    dates = dates or list(find_dates(manuscript.plain[place.end : blocks[-1].end]))
    return bool(dates) and max(each.year for each in dates) <= manuscript.today.year - MIN_PAST


def _described(before: str, words: Quoting) -> str:
    """Return the words from an indefinite subject to the last verb of saying before a quotation; nothing without both."""
    verbs = list(words.verb.finditer(before))
    if not verbs and before.rstrip().endswith(":"):
        verbs = list(words.voicing.finditer(before)) or list(words.idiom.finditer(before))
    starts = [each for each in words.started.finditer(before) if verbs and each.end() <= verbs[-1].start()]
    if not starts:
        return ""
    start = max(starts[-1].start(name) for name in ("who", "one", "single"))
    who = before[start : verbs[-1].start()].rstrip()
    if who.endswith(",") and before[:start].rstrip().endswith(","):
        return ""  # in apposition to a name: "a letter from Colonel Prins, a retired officer, speaks of ..."
    who = words.aside.sub("", who.rstrip(","))
    subjects = re.search(r"[.;:,(–—]", who) or words.subject.search(who)
    return "" if subjects or len(who.split()) > MAX_DESCRIPTION else who


def _names_a_person(manuscript: Manuscript, text: str, words: Quoting) -> bool:
    """Tell whether words name somebody, by a pronoun or by a name that is no state's, place's or month's."""
    return words.person.search(text) is not None or _has_name(manuscript, text, words)


def _has_name(manuscript: Manuscript, text: str, words: Quoting) -> bool:
    """Tell whether words hold a name that is no state's, place's or month's."""
    first = re.match(r"\s*([A-ZÀ-Þ][\w'-]+)\s", text)
    if first is not None and first[1] not in words.no_persons and words.verb.match(text[first.end() :]):
        return True
    mentions = manuscript.vocabulary.actors.find(text)
    if any(name.kind == "leader" for each in mentions for name in each.names):
        return True
    places = [
        each
        for each in mentions
        if not any(name.kind in ("leader", "organisation", "abbreviation", "seat") for name in each.names)
    ]
    for match in re.finditer(
        rf"{words.no_place}(?<=[\w,] )(?![A-Z]-[a-z])[A-ZÀ-Þ][\w'-]+"
        r"|^[A-ZÀ-Þ][\w'-]+(?= [A-ZÀ-Þ]| [a-z]+(?:ed|s)\b)",
        text,
    ):
        inside = any(each.start <= match.start() < each.end for each in places)
        if not inside and match[0] not in words.no_persons and not _MONTH.fullmatch(match[0]):
            return True
    return False


CHECK = Check(
    CheckInfo(
        "quote-without-source",
        "warning",
        "Quotations without a source",
        "Words between quotation marks are somebody's; a reader must learn whose, and where they stand.",
    ),
    find,
)
