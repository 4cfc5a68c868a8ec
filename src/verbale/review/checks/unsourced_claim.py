"""Finds paragraphs that state facts and name no source, in a text that has sources or owes them.

The rule, as docs/review.md states it: the text cites (notes, numbers, authors and years, a list) or presents itself as
research; the paragraph states an act between actors or a dated fact in the past; and nothing in it shows a source, whether a
citation, a link, the mark of an archive or a series, an author of the list who is said to say something, or a document that
speaks for itself. In a text that cites sentence by sentence, a figure without a source of its own is one as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from verbale.core import Block, CheckInfo, Event, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references
from verbale.review.dates import MONTH_PATTERN, find_dates
from verbale.review.manuscript import Manuscript
from verbale.review.marking import COUNT, mark
from verbale.review.moments import tells_early_years
from verbale.review.numbers import words
from verbale.review.trees import Tree
from verbale.review.words import Words, alternatives

# Below this the coder's reading is more likely wrong than right, so the sentence may state no act at all.
MIN_CONFIDENCE: Final = 0.3
# One sign of scholarship may be chance ("Journal of" in a byline of a news page); two are a text that owes its sources.
MIN_SIGNS: Final = 2
# Smaller numbers are told without a count ("three envoys").
MIN_FIGURE: Final = 20
# A text cites sentence by sentence where so large a share of its sentences of fact, and no fewer than so many, have a citation
# of their own. With 0.85 half as many again were flagged in 490 manuscripts of others, none of them planted.
MIN_FACTS, CITED_SHARE = 8, 0.9
# A citation may stand so many letters behind the stop of its sentence.
_CLOSING: Final = 2
# Shorter sentences are transitions.
MIN_LETTERS: Final = 25
_DAY: Final = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH_PATTERN}|{MONTH_PATTERN}\s\d{{1,2}}(?!\d))\b", re.IGNORECASE
)
# Lines before the first that ends as a sentence does belong to the title: its author, the venue, the date.
_ENDED: Final = re.compile(r"[.!?:][\"')\]\d\s]*$")
_UNTOLD: Final = re.compile(r"\b(?:is|are|be|being)\s(?:not\s|now\s|\w+ly\s)?[a-z]{2,}ed\b")
# What a document says of itself needs no other source: the reader looks into it.
_OWN_WORDS: Final = re.compile(
    r"\b(?:[Aa]rt(?:icle|\.)s?|[Ss]ections?|[Cc]lauses?|[Pp]aragraphs?|[Aa]nnex(?:es)?|[Cc]hapters?)\s(?:\d|[IVXL]+\b)"
    r"|\bits\s(?:\w+\s)?(?:article|section|clause|paragraph|annex|chapter|preamble)s?\b"
    r"|^(?:Table|Figure|Map|Chart|Graph)\s(?:\d|[IVXL]+\b)"
)


def owes_sources(manuscript: Manuscript) -> bool:
    """Tell whether a text names sources throughout, or shows that it is scholarly and should.

    A link or two are no apparatus: an opinion or a news page that links does not owe a source for each paragraph. Nor can a
    list that nothing cites tell which paragraph lacks one; `uncited-reference` says that once.
    """
    references = find_references(manuscript)
    if references.citations and (references.has_list or len(references.citations) > 1):
        return True  # one bracket without a list may be a picture's maker and year
    if references.entries:
        return False
    text = manuscript.plain.lower()
    signs = sum(re.search(rf"\b{re.escape(sign.lower())}", text) is not None for sign in manuscript.words.lists["scholarly"])
    numbered = sum(re.match(r"\d+\.\s", manuscript.block_text(block)) is not None for _, block in manuscript.headings())
    return signs + (numbered > 1) >= MIN_SIGNS


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each paragraph that states facts and shows no source: from its first such sentence to its last."""
    if not owes_sources(manuscript):
        return
    references = find_references(manuscript)
    authors = _authors(manuscript, references)
    # said once, where it is first seen
    silent = "" if references.any else " The whole text names no source at all."
    owing = list(_owing(manuscript))
    for index in owing:
        block = manuscript.document.blocks[index]
        around = (block, *_items(manuscript, index), *_leading(manuscript, index))
        if any(_shows_source(manuscript, references, authors, each) for each in around):
            continue
        claims = _claims(manuscript, manuscript.by_block.get(index, []))
        if claims:
            facts = "This states a fact" if len(claims) == 1 else f"These {words(len(claims))} sentences state facts"
            yield Slip(claims[0].start, claims[-1].end, f"{facts}, and the paragraph names no source.{silent}")
            silent = ""
    yield from _bare_figures(manuscript, references, owing)


def _owing(manuscript: Manuscript) -> Iterator[int]:
    """Yield the blocks of the body that owe a source: no title, note or summary, nothing below a heading that closes."""
    skipping, titled = False, True
    for index in manuscript.body:
        block = manuscript.document.blocks[index]
        if block.kind == "heading":
            skipping = _is_closed(manuscript, block)
            continue
        titled = titled and not _ENDED.search(manuscript.block_text(block))
        if not (skipping or titled or index in manuscript.notes or _sums_up(manuscript, block)):
            yield index


def _bare_figures(manuscript: Manuscript, references: References, owing: Iterable[int]) -> Iterator[Slip]:
    """Yield a slip for each figure without a citation in a text in which nearly every sentence of fact has its own."""
    told: list[tuple[Sentence, bool, bool]] = []
    for index in owing:
        sentences = manuscript.by_block.get(index, [])
        cited = [references.within(each.start, each.end + _CLOSING) for each in sentences]
        told += [(each, own, any(cited)) for each, own in zip(sentences, cited, strict=True)]
    facts = [own for each, own, _ in told if own or _is_claim(manuscript, each, undated=True)]
    if len(facts) < MIN_FACTS or sum(facts) < CITED_SHARE * len(facts):
        return
    early = tells_early_years(manuscript.plain)  # "in 425" may be a year there
    for sentence, own, beside in told:
        if beside and not own and _states_figure(manuscript, sentence, early=early):
            yield Slip(sentence.start, sentence.end, "The text cites sentence by sentence, and this figure has no source.")


def _states_figure(manuscript: Manuscript, sentence: Sentence, *, early: bool) -> bool:
    """Tell whether a sentence states a figure or a share that somebody counted, and that is not reckoned from the text."""
    text = manuscript.sentence_text(sentence)
    words = manuscript.words
    if len(text) < MIN_LETTERS or re.search(rf"\b{words.alternatives('reckoned')}\b", text, re.IGNORECASE):
        return False
    if re.search(rf"\b{words.alternatives('proportions')}\b", text, re.IGNORECASE):
        return _tenses(words)[1].search(text) is not None
    # days of this year keep days without a year from being counts
    figures = mark(text, manuscript.today.year).quantities
    large = any(each.kind != "count" or each.value >= MIN_FIGURE for each in figures)
    return large and not early and _is_claim(manuscript, sentence, undated=True) and _counts(manuscript, sentence, text)


def _items(manuscript: Manuscript, index: int) -> Iterator[Block]:
    """Yield the items of a list that a paragraph leads in ("four proposals:"): its source may stand behind the last."""
    blocks = manuscript.document.blocks
    if not manuscript.block_text(blocks[index]).rstrip().endswith(":"):
        return
    for block in blocks[index + 1 :]:
        if block.kind != "list_item":
            return
        yield block


def _leading(manuscript: Manuscript, index: int) -> Iterator[Block]:
    """Yield the paragraph that leads in the list in which an item stands: its source is that of the items."""
    blocks = manuscript.document.blocks
    at = index
    while at and blocks[at].kind == "list_item":
        at -= 1
    if at < index and manuscript.block_text(blocks[at]).rstrip().endswith(":"):
        yield blocks[at]


def _is_closed(manuscript: Manuscript, heading: Block) -> bool:
    """Tell whether a heading opens a part that sums up or gives advice, and repeats what was sourced elsewhere."""
    name = manuscript.heading_name(heading)
    closed = tuple(each.lower() for each in manuscript.words.lists["closed-headings"])
    return name in closed or name.startswith(
        tuple(f"{each}{mark}" for each in closed for mark in (":", " and ", " –", " -", ",", " for "))
    )


def _sums_up(manuscript: Manuscript, block: Block) -> bool:
    """Tell whether a paragraph says by its opening words that it sums up."""
    text = manuscript.block_text(block)
    opening = text[:60].lower().lstrip("*_ ")
    return opening.startswith(manuscript.words.openings)


def _shows_source(manuscript: Manuscript, references: References, authors: re.Pattern[str] | None, block: Block) -> bool:
    """Tell whether anything in a paragraph leads to a source; its last mark may stand behind the closing full stop."""
    if references.within(block.start, block.end):
        return True
    text = manuscript.block_text(block)
    if any(pattern.regex.search(text) for pattern in manuscript.words.sources):
        return True
    return authors is not None and authors.search(text) is not None


def _authors(manuscript: Manuscript, references: References) -> re.Pattern[str] | None:
    """Return the pattern of an author of the list who says something in the running text ("as Nish shows")."""
    names = {match[0] for entry in references.entries if (match := re.match(r"[A-Z][\w'-]{2,}", entry.authors))}
    if not names:
        return None
    lists = manuscript.words.lists
    verbs = alternatives((*lists["reporting-verbs"], *lists["citing-verbs"], *lists["author-verbs"]))
    named = "|".join(sorted(map(re.escape, names)))
    return re.compile(rf"\b(?:{named})(?:'s?\s\w+|\s(?:\w+ly\s|also\s|has\s|have\s|had\s)?{verbs})\b")


def _claims(manuscript: Manuscript, sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences of a paragraph that state facts.

    An act of somebody with a name is one without a date as well, except in a paragraph that tells what the text will argue.
    """
    argues = re.compile(rf"\b{manuscript.words.alternatives('of-argument')}\b", re.IGNORECASE)
    undated = not any(argues.search(manuscript.sentence_text(each)) for each in sentences)
    return [each for each in sentences if _is_claim(manuscript, each, undated=undated)]


def _is_claim(manuscript: Manuscript, sentence: Sentence, *, undated: bool) -> bool:
    """Tell whether a sentence states an act between actors, or a dated fact, on its own authority."""
    text = manuscript.sentence_text(sentence)
    if text.rstrip("\"')").endswith("?") or len(text) < MIN_LETTERS or _OWN_WORDS.search(text):
        return False
    if re.search(rf"\b{manuscript.words.alternatives('of-itself')}", text, re.IGNORECASE):
        return False
    if any(pattern.regex.search(text) for pattern in manuscript.words.assistant):
        return False  # it goes as a whole (assistant-residue)
    supposed = re.match(rf"\W*{manuscript.words.alternatives('suppositions')}\b", text, re.IGNORECASE)
    if supposed and _tenses(manuscript.words)[0].search(text):
        return False  # what would have been
    if _draws(manuscript, sentence, text) or _is_item(manuscript, sentence, text):
        return False
    if _counts(manuscript, sentence, text):
        return True
    modal, past = _tenses(manuscript.words)
    if not past.search(_UNTOLD.sub(" ", modal.sub(" ", text))):  # what would have been, what is announced, what always holds
        return False
    if not modal.search(text) and any(_is_stated(event) for event in manuscript.events_by_sentence.get(sentence.index, ())):
        return True
    dates = find_dates(text)
    if dates and all(date.year > manuscript.today.year for date in dates):
        return False
    if dates or _DAY.search(text):
        return True
    return undated and _acted(manuscript, sentence)


def _is_item(manuscript: Manuscript, sentence: Sentence, text: str) -> bool:
    """Tell whether a block is an item of a list that only names something: "a protocol limited to five years;"."""
    if not text[:1].islower() and not text.startswith(("•", "-", "–")):
        return False
    (tree,) = manuscript.trees([sentence])
    return all(
        (tree.tokens[root].pos in ("NOUN", "PROPN") and not tree.hanging(root, "nsubj", "cop"))
        # "the commission set up in May": what looks like a past is a participle, with nothing that it is done to
        or (tree.tokens[root].tag in ("VBD", "VBN") and not tree.hanging(root, "aux", "aux:pass", "obj", "ccomp", "xcomp"))
        for root in tree.roots
    )


def _draws(manuscript: Manuscript, sentence: Sentence, text: str) -> bool:
    """Tell whether a sentence is what its writer draws from facts: "the lesson of 1977 was that", "the question is whether"."""
    lessons = manuscript.words.alternatives("lessons")
    if not re.search(rf"\b{lessons}s?\b", text, re.IGNORECASE):
        return False
    (tree,) = manuscript.trees([sentence])
    for root in tree.roots:
        subjects = [
            each for each in tree.hanging(root, "nsubj") if re.fullmatch(rf"{lessons}", tree.lemma(each), re.IGNORECASE)
        ]
        owned = any(tree.hanging(each, "nmod:poss") for each in subjects)  # "their hope was that": somebody's, told as a fact
        if subjects and not owned and (tree.hanging(root, "cop") or tree.lemma(root) == "be"):
            return True
    return False


def _acted(manuscript: Manuscript, sentence: Sentence) -> bool:
    """Tell whether a sentence says what somebody with a name did: a past or a pluperfect whose subject is a name."""
    (tree,) = manuscript.trees([sentence])
    for index, token in enumerate(tree.tokens):
        verb = token.head
        if tree.label(index) not in ("nsubj", "nsubj:pass") or tree.label(verb) != "root":
            continue
        if token.pos != "PROPN" and not _office_acted(manuscript, tree, index, verb):
            continue
        past = tree.tokens[verb].tag == "VBD" or "had" in {tree.word(each) for each in tree.hanging(verb, "aux")}
        if past and tree.is_verb(verb) and not tree.hanging(verb, "cop"):
            return True
    return False


def _office_acted(manuscript: Manuscript, tree: Tree, subject: int, verb: int) -> bool:
    """Tell whether a definite office or body did something to somebody or to so many: "the chamber appointed an expert"."""
    definite = any(tree.word(each) in ("the", "both") for each in tree.hanging(subject, "det"))
    if tree.lemma(verb) == "have":
        return False  # "the mediator had no army" tells no act
    if not definite or not manuscript.vocabulary.agents.get(tree.lemma(subject)):
        return False
    agents = manuscript.vocabulary.agents
    told = any(agents.get(tree.lemma(each)) or tree.hanging(each, "nummod") for each in tree.hanging(verb, "obj"))
    return told or bool(tree.hanging(verb, "xcomp"))  # "the consul refused to pay"


def _tenses(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what might be ("should have been paid") and of what was ("paid", "signed")."""
    modal = re.compile(rf"\b{words.alternatives('modals')}\s(?:not\s)?(?:have\s)?(?:been\s|be\s)?[a-z]+")
    return modal, re.compile(rf"\b(?:[a-z]{{2,}}ed|{words.alternatives('past-verbs')})\b")


def _counts(manuscript: Manuscript, sentence: Sentence, text: str) -> bool:
    """Tell whether a sentence states a figure that somebody counted: a large number, a share, a sum, or some of so many."""
    if re.search(rf"\b{manuscript.words.alternatives('book-parts')}\b", text, re.IGNORECASE):
        return False  # the size of a book that is spoken of
    marked = mark(text)
    figures = [each for each in marked.quantities if each.kind != "count" or each.value >= MIN_FIGURE]
    if not figures and not re.search(rf"\bof the {COUNT}[^.;]*?,?\s{COUNT}", marked.marks, re.IGNORECASE):
        return False
    if _tenses(manuscript.words)[0].search(text) or (
        marked.dates and all(date.year > manuscript.today.year for date in marked.dates)
    ):
        return False
    (tree,) = manuscript.trees([sentence])
    told = {token.tag for token in tree.tokens}
    return "VBD" in told or (bool(figures) and bool(told & {"VBZ", "VBP", "VBN"}))


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
