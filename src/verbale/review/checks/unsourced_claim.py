"""Finds paragraphs that state facts and name no source, in a text that has sources or owes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Event, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import find_references
from verbale.review.dates import find_dates, find_moments
from verbale.review.manuscript import Manuscript

# Below this the coder's reading is more likely wrong than right, so the sentence may state no act at all.
MIN_CONFIDENCE: Final = 0.3
# One sign of scholarship may be chance ("Journal of" in a byline of a news page); two are a text that owes its sources.
MIN_SIGNS: Final = 2
_FIGURE: Final = re.compile(r"(?<![\w.-])\d[\d,.]*(?:\s?(?:per\scent|percent|%|million|billion|thousand))?(?![\w-])")
_NAMED_SOURCE: Final = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s reported by|[Aa]s (?:documented|recorded|shown|published|quoted) "
    r"(?:by|in)|[Ii]n (?:his|her|its|their) (?:memoirs?|diary|report|"
    r"autobiography|dispatch|telegram)|[Dd]ata (?:from|of)|[Ff]igures (?:from|of)) (?:the |a |its |"
    r"his |her )?(?:\w+ ){0,3}?[A-Z]"
)


_PAST: Final = re.compile(
    r"\b(?:[a-z]{2,}ed|found|went|came|told|wrote|spoke|saw|was|were|had|fell|won|lost|met|gave|took|made|sent|sold|broke|fought|held|left|withdrew|began|became|paid|built)\b"
)


def owes_sources(manuscript: Manuscript) -> bool:
    """Tell whether a text names sources, or shows that it is scholarly and should."""
    if find_references(manuscript).any or manuscript.list_block < len(manuscript.document.blocks):
        return True
    text = manuscript.plain.lower()
    signs = sum(re.search(rf"\b{re.escape(sign.lower())}", text) is not None for sign in manuscript.words.lists["scholarly"])
    numbered = sum(re.match(r"\d+\.\s", manuscript.block_text(block)) is not None for _, block in manuscript.headings())
    return signs + (numbered > 1) >= MIN_SIGNS


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip at the first factual sentence of each paragraph without any source."""
    if not owes_sources(manuscript):
        return
    references = find_references(manuscript)
    closed = {name.lower() for name in manuscript.words.lists["closed-headings"]}
    skipping = False
    # said once, where it is first seen
    silent = "" if references.any else " The whole text names no source at all."
    for index in manuscript.body:
        block = manuscript.document.blocks[index]
        if block.kind == "heading":
            name = manuscript.heading_name(block)
            skipping = name in closed
            continue
        opening = manuscript.block_text(block)[:40].lower().lstrip("*_ ")
        if skipping or opening.startswith(("abstract", "keywords", "summary:", "©", "copyright")):
            continue
        if references.within(block.start, block.end):
            continue
        if re.match(r"\[\^?\d{1,3}\]:?\s", manuscript.block_text(block)):
            continue  # a note, or several that were kept as one block
        claims = [sentence for sentence in manuscript.by_block.get(index, ()) if _is_claim(manuscript, sentence)]
        if claims:
            more = f" ({len(claims)} such sentences in this paragraph)" if len(claims) > 1 else ""
            message = f"This states a fact, and its paragraph names no source{more}.{silent}"
            silent = ""
            # the sentence that states most stands for its paragraph
            first = max(claims, key=lambda each: (_weight(manuscript, each), -each.start))
            yield Slip(first.start, first.end, message, tuple((each.start, each.end) for each in claims if each is not first))


def _weight(manuscript: Manuscript, sentence: Sentence) -> int:
    """Return how much a sentence states: whether an act of actors is among it, and whether it is dated."""
    text = manuscript.sentence_text(sentence)
    stated = sum(_is_stated(event) for event in manuscript.events_by_sentence.get(sentence.index, ()))
    return 2 * bool(stated) + len(find_moments(text, 1)) + stated


def _is_claim(manuscript: Manuscript, sentence: Sentence) -> bool:
    """Tell whether a sentence states an act between actors, or a dated figure, on its own authority."""
    text = manuscript.sentence_text(sentence)
    if text.endswith("?") or _NAMED_SOURCE.search(text) or len(text) < 25:
        return False
    modal = re.search(r"\b(?:can|could|should|may|might|must|would|will|shall)\s(?:be\s)?[a-z]+", text) is not None
    if not modal and any(_is_stated(event) for event in manuscript.events_by_sentence.get(sentence.index, ())):
        return True
    dates = find_dates(text)
    if not dates:
        return False
    named = manuscript.vocabulary.actors.find(text) or re.search(r"(?<=[\w,] )[A-Z][a-z]+|^[A-Z][a-z]+ [A-Z][a-z]+", text)
    if named and _PAST.search(text):
        return True
    outside = "".join("\0" if any(date.start <= at < date.end for date in dates) else letter for at, letter in enumerate(text))
    return _FIGURE.search(outside) is not None or len({date.year for date in dates}) > 1 or any(date.day for date in dates)


def _is_stated(event: Event) -> bool:
    return (
        event.status in ("actual", "denied", "omitted")
        and event.confidence >= MIN_CONFIDENCE
        and event.source.code != event.target.code
    )


CHECK = Check(
    CheckInfo(
        "unsourced-claim",
        "warning",
        "Facts without a source",
        "In a text that cites, or that presents itself as research, a reader must be able to check every statement of fact.",
    ),
    find,
)
