"""Finds quotations for which the text names neither a citation nor a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript

# Shorter words between quotation marks are a term, a title or a word held at arm's length, not somebody's sentence.
MIN_WORDS: Final = 5
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_SPEAKER: Final = re.compile(
    r"(?:\b[A-Z][\w'’.-]+|\b[Hh]e|\b[Ss]he|\b[Tt]hey|\bI|\b[Ww]e|\b[Ii]t|\bwho|\b(?:[Tt]he|[Ii]ts|"
    r"[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Tt]his|[Tt]hat|[Oo]ur|[Mm]y|[Oo]ne) (?:\w+ ){0,3}\w+)"
)
_SAYS: Final = re.compile(
    r"\b(?:said|says|saying|say|told|tells|telling|wrote|writes|writing|declared?s?|declaring|stated?s?|stating|announced?s?|announcing|"
    r"replied|replies|replying|answered|asked|asks|asking|added|adding|warned|warns|warning|argued|argues|arguing|claimed|claims|insisted|"
    r"insists|noted|notes|noting|remarked|observed|explained|explains|proclaimed|promised|called|calling|calls|read|reads|reading|ran|runs|"
    r"stipulated|stipulates|provided|provides|providing|demanded|demanding|described|describes|describing|denounced|concluded|recalled|protested|complained|"
    r"recorded|cabled|telegraphed|according to|in the words of|quoted|quoting|quotes|affirmed|"
    r"affirms|affirming|pledged|spoke of|speaks of|"
    r"termed|labelled|labeled|dubbed|urged|urging|assured|confided|cried|exclaimed|admitted|conceded|acknowledged|reported|testified|summarised|summarized|characterised|characterized|recounted|predicted|threatened|suggested|suggesting|asserted|asserting|stressed|stressing|message|remarks|advised|instructed|ordered|commented|boasted|lamented|mused|vowed|swore|taught|responded|"
    r"titled|entitled|named|known as|under the (?:title|slogan|motto)|slogan|motto|put it|words of|"
    r"whispered|shouted|joked|begins|began|opened|opens|states|"
    r"committed|obliged|declares|declaring|requires|required|expressed|expressing|expresses|condemned|hailed|dismissed|referred|refers|statement|letter|speech|telegram|note|recognised|recognized)\b",
    re.IGNORECASE,
)


# "was called" says not by whom, unless "by" follows.
_PASSIVE: Final = re.compile(
    r"\b(?:was|were|been|being|is|are|be)\s(?:\w+ly\s|also\s|often\s|then\s|once\s)?(?:called|"
    r"described|termed|labelled|labeled|dubbed|known as|said|quoted|reported|hailed|denounced|"
    r"condemned|named|entitled|titled|told|asked|warned|informed|reminded|assured|advised)\b(?![^.]{0,80}\bby\b)",
    re.IGNORECASE,
)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each quotation of five words or more without citation after it and without a speaker.

    In a text that cites its sources, a speaker alone is not enough: the reader must find the words.
    """
    references = find_references(manuscript)
    cites = bool(references.citations)
    for index in manuscript.body:
        sentences = manuscript.by_block.get(index)
        if not sentences:
            continue
        block = manuscript.document.blocks[index]
        for start, end in manuscript.quotations:
            if not block.start <= start < block.end or _is_title(manuscript.text[start + 1 : end - 1]):
                continue
            if _is_residue(manuscript, sentences, start):
                continue
            if references.within(start, _closing(manuscript, sentences, end, block.end)):
                continue
            speaker = _has_speaker(manuscript, sentences, start, end)
            if cites and not _cited_before(references, sentences, start):
                told = "" if speaker else " and does not say whose words they are"
                yield Slip(start, end, f"The text cites no source for this quotation{told}.")
            elif not cites and not speaker:
                yield Slip(start, end, "The text does not say whose words these are, and cites no source for them.")


def _closing(manuscript: Manuscript, sentences: list[Sentence], end: int, last: int) -> int:
    """Return where a citation of a quotation ends at the latest: with its sentence, or in brackets right after it.

    A sentence that only comments on the words ("This was ...") may carry their citation as well.
    """
    at = next((index for index, each in enumerate(sentences) if each.end >= end), len(sentences) - 1)
    close = max(sentences[at].end, end)
    if at + 1 < len(sentences):
        following = manuscript.sentence_text(sentences[at + 1])
        if re.match(
            r"\s*[\[(]|(?:So|Thus|This|These|With these|The (?:words|phrase|statement|quotation|remark|speaker|writer))\b",
            following,
        ):
            close = sentences[at + 1].end
    # a mark of a note touches the sentence that it belongs to
    return min(close + 2, last)


def _is_residue(manuscript: Manuscript, sentences: list[Sentence], start: int) -> bool:
    """Tell whether the words around a quotation are what a chat assistant said: they go as a whole (assistant-residue)."""
    around = [manuscript.sentence_text(each) for each in sentences if each.start <= start < each.end]
    return any(pattern.regex.search(text) for pattern in manuscript.words.assistant for text in around)


def _is_title(words: str) -> bool:
    """Tell whether quoted words are too few for a sentence, or a title (most words with capitals)."""
    found = _WORD.findall(words)
    if len(found) < MIN_WORDS:
        return True
    long = [word for word in found if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _cited_before(references: References, sentences: list[Sentence], start: int) -> bool:
    """Tell whether the sentence in which a quotation begins cites its source ahead of it ("As Miller (2010) writes, ...")."""
    first = max((each.start for each in sentences if each.start <= start), default=start)
    return references.within(first, start)


def _has_speaker(manuscript: Manuscript, sentences: list[Sentence], start: int, end: int) -> bool:
    """Tell whether the words around a quotation say who speaks: in its own sentence, or at the end of the one before it."""
    near = [each for each in sentences if each.start < end and start < each.end]
    at = sentences.index(near[0]) if near else 0
    first = near[0].start if near else start
    before = manuscript.plain[first:start]
    after = manuscript.plain[end : (near[-1].end if near else end)]
    if at + len(near) < len(sentences) and len(after) < 3:
        following = sentences[at + len(near)]
        if re.match(
            r"(?:So |Thus |With these words|These words|This was|The (?:words|phrase|statement|quotation))",
            manuscript.sentence_text(following),
        ):
            return True
    if len(before.strip(" \"'([")) < 3 and at > 0:
        lead = manuscript.sentence_text(sentences[at - 1])
        # the sentence before introduces a quotation by a colon, or by somebody who speaks
        if lead.endswith(":") or (_SAYS.search(lead) and _names_a_person(manuscript, lead)):
            before = f"{lead} {before}"
    outside = f"{before} \0 {after}"
    spoken = _SAYS.search(_PASSIVE.sub(" ", outside)) is not None
    if spoken and _SPEAKER.search(outside):
        return True
    whole = manuscript.text[start + 1].isupper() and not re.search(r"\w\s$", before)
    # a part of a sentence is its subject's words ("his goal was “to ...”"); a whole one needs a verb of saying, or a colon
    return (not whole or re.search(r"[:,]\s$", before) is not None) and _names_a_person(manuscript, outside)


def _names_a_person(manuscript: Manuscript, text: str) -> bool:
    """Tell whether words name somebody, by a pronoun or by a name that is no state's, place's or month's."""
    if re.search(r"\b(?:he|she|his|her)\b", text, re.IGNORECASE):
        return True
    mentions = manuscript.vocabulary.actors.find(text)
    places = [
        each
        for each in mentions
        if not any(name.kind in ("leader", "organisation", "abbreviation", "seat") for name in each.names)
    ]
    for match in re.finditer(r"(?<=[\w,] )[A-Z][\w'-]+|^[A-Z][\w'-]+(?= [A-Z]| [a-z]+(?:ed|s)\b)", text):
        inside = any(each.start <= match.start() < each.end for each in places)
        if not inside and not re.fullmatch(
            rf"(?:{MONTH_PATTERN}|The|This|That|It|In|At|A|An|These|Those|War|World|Such)", match[0], re.IGNORECASE
        ):
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
