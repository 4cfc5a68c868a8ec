"""A manuscript as the checks look at it: its text, blocks and sentences, its references, quotations and coded events.

`plain` is the text with typographic quotes and spaces made simple, character for character, so that patterns need one form and
all offsets stay those of the document.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from verbale.core import Block, Document, Event, Evidence, Sentence
from verbale.review.cells import alone, by_cell
from verbale.review.parts import Parts
from verbale.review.trees import Tree
from verbale.review.words import Words, load_words
from verbale.vocab import Vocabulary, load_vocabulary

_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " ",
     "\u2009": " ", "\u2011": "-", "\u2010": "-", "\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " "}
)  # fmt: skip
# Quotation marks as written: what opens, and what closes it. A single mark opens only before a letter and closes only after
# one and before none, because it is an apostrophe as well. No quotation is longer than a page.
_QUOTATION: Final = re.compile(
    r"“[^”“]{1,3000}”|«[^»«]{1,3000}»|„[^“”]{1,3000}[“”]|(?<![\w\"])\"(?=\S)[^\"]{1,3000}(?<=\S)\"(?!\w)"
    r"|(?<!\w)‘(?=\w)[^‘]{1,1500}?[\w.,!?]’(?!\w)"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


# Nobody writes longer sentences than this many letters; what is longer has no full stops (a table, a file that is no prose).
MAX_SENTENCE: Final = 2_000
# A block is prose where sentences with a subject and a verb have so many words and so large a part of all: titles of works that
# are sentences ("Why nations fail") are shorter, and stand beside names and years.
MIN_TOLD: Final = 6
MOSTLY: Final = 0.6
# "… no veto.[^3] Experts agree", "… no veto.³ Experts agree": a note after a full stop hides the end of the sentence from the
# splitter, and so does the mark that begins the next note where several are joined in one paragraph ("… parts 2 and 3. [^5]:
# Schroeder, …"). A note that stands in its place ("… no veto.^[Berg, 4.] Experts") is a sentence of its own.
_NOTE_STOP: Final = re.compile(
    r"[.!?][\")]*(?:(?:\[\^?\d[\d,;\s–-]*\]|\[\^[\w-]{1,20}\])+|[⁰¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹,]*)\s+(?=[A-ZÀ-Þ\"])"
    r"|(?<=\S)\s+(?=\[\^[\w-]{1,20}\]:\s)|(?<=[.!?\")])(?=\^\[)|(?<=[.!?]\])\s+(?=[A-ZÀ-Þ\"])"
)


# Words inside of what leads to a page, a mailbox or a file, or is code, are no words of the text.
ADDRESS: Final = re.compile(
    r"(?:https?|ftp)://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:doi:\s?)?10\.\d{4,9}/\S+|\bdoi:\s?\S+|`[^`\n]{1,200}`"
    r"|(?<![\w.])(?:[\w-]+\.)+(?:org|com|net|edu|gov|int|info|html?|pdf|docx?|csv|txt)\b(?:/\S*)?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text with simple quotation marks and spaces, as long as it was."""
    return text.translate(_PLAIN)


def split_at_notes(sentences: Iterable[Sentence], plain: str) -> Iterator[Sentence]:
    """Yield the sentences in order, each cut where a note closes one inside it."""
    number = 0
    for sentence in sentences:
        cuts = list(_NOTE_STOP.finditer(plain, sentence.start, sentence.end))
        starts = [sentence.start, *(match.end() for match in cuts)]
        ends = [*(len(plain[: match.end()].rstrip()) for match in cuts), sentence.end]
        for start, end in zip(starts, ends, strict=True):
            text = sentence.text if not cuts else sentence.text[start - sentence.start : end - sentence.start]
            yield replace(sentence, index=number, start=start, end=end, text=text, tokens=() if cuts else sentence.tokens)
            number += 1


class Manuscript:
    """A document with its sentences and events, and what several checks need of it, each found once."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        events: Iterable[Event] = (),
        *,
        today: datetime.date,
        vocabulary: Vocabulary | None = None,
        words: Words | None = None,
        parse: Callable[[Iterable[Sentence]], Iterator[Sentence]] | None = None,
    ) -> None:
        """Take what was read and coded; `today` is the day after which every date is in the future.

        `parse` reads sentences that come without tokens; checks that look at the grammar find nothing in those without it.
        """
        self.document = document
        self.text = document.text
        self.plain = plain(document.text)
        self.sentences = tuple(split_at_notes(sentences, self.plain))
        self.events = tuple(events)
        self.today = today
        self.vocabulary = vocabulary or load_vocabulary()
        self.words = words or load_words()
        self._parse = parse

    def trees(self, sentences: Sequence[Sentence]) -> Iterator[Tree]:
        """Yield sentences as trees, in order; those without tokens are parsed now, all together."""
        bare = [each for each in sentences if not each.tokens and each.end - each.start <= MAX_SENTENCE]
        parsed = {each.index: each for each in self._parse(bare)} if self._parse and bare else {}
        for sentence in sentences:
            yield Tree(parsed.get(sentence.index, sentence))

    @cached_property
    def parts(self) -> Parts:
        """The list of references, the notes and the text."""
        blocks = self.document.blocks
        return Parts(blocks, self.plain, self.words, tells=self._tells, name=self.heading_name)

    @cached_property
    def _by_block(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    def _tells(self, index: int) -> bool:
        """Tell whether most words of a block stand in sentences that say something of a subject."""
        told = words = 0
        for tree in self.trees(self._by_block.get(index, ())):
            size = len(self.sentence_text(tree.sentence).split())
            words += size
            told += size if tree.states() else 0
        return told >= MIN_TOLD and told >= MOSTLY * words

    @property
    def list_block(self) -> int:
        """The index of the block that heads the list of references, or the number of blocks where there is none."""
        return self.parts.list_block

    @property
    def list_end(self) -> int:
        """The index of the first block after the list of references."""
        return self.parts.list_end

    @property
    def body(self) -> tuple[int, ...]:
        """The indexes of the blocks that are not the list of references."""
        return self.parts.body

    @property
    def notes(self) -> tuple[int, ...]:
        """The blocks of the body that are notes."""
        return self.parts.notes

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences of paragraphs and list items of the body, in order."""
        return tuple(each for each in self.all_prose if each.kind in ("paragraph", "list_item"))

    @cached_property
    def all_prose(self) -> tuple[Sentence, ...]:
        """The sentences of the body with its headings, in order."""
        return tuple(each for each in self._read if not self._in_table(each))

    @cached_property
    def _read(self) -> tuple[Sentence, ...]:
        body = set(self.body)
        return tuple(each for each in self.sentences if each.block in body and each.kind != "table")

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """The sentences of the body that may state something, in order: those of cells too, but no titles of works in notes."""
        notes = set(self.notes)

        def apart(each: Sentence) -> bool:
            return self._in_table(each) or each.block in notes or self.plain.startswith("^[", each.start)

        return tuple(each for each in self._read if not apart(each) or self._states(each))

    def _in_table(self, sentence: Sentence) -> bool:
        return self.document.blocks[sentence.block].kind == "table"

    def _states(self, sentence: Sentence) -> bool:
        return any(tree.states() for tree in self.trees([sentence]))

    @cached_property
    def cells(self) -> tuple[tuple[int, Manuscript], ...]:
        """Each cell that holds sentences as a manuscript of its own, with the offset at which it stands."""
        found = []
        for cell in by_cell((each for each in self.told if self._in_table(each)), self.text):
            document, sentences = alone(self.document, cell)
            own = Manuscript(
                document, sentences, today=self.today, vocabulary=self.vocabulary, words=self.words, parse=self._parse
            )
            found.append((cell[0].start, own))
        return tuple(found)

    @cached_property
    def by_block(self) -> dict[int, list[Sentence]]:
        """The sentences of the prose by the index of their block."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.prose:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    @cached_property
    def events_by_sentence(self) -> dict[int, list[Event]]:
        """The coded events by the index of the sentence in which their evidence starts."""
        starts = [sentence.start for sentence in self.sentences]
        found: dict[int, list[Event]] = {}
        for event in self.events:
            at = bisect_right(starts, event.evidence.start) - 1
            if at >= 0:
                found.setdefault(self.sentences[at].index, []).append(event)
        return found

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The spans between quotation marks, marks included; none crosses a block."""
        found = []
        for block in self.document.blocks:
            for match in _QUOTATION.finditer(self.text, block.start, block.end):
                found.append((match.start(), match.end()))
        return tuple(found)

    def quoted(self, start: int, end: int) -> bool:
        """Tell whether a span stands inside quotation marks."""
        at = bisect_right(self.quotations, (start, len(self.text) + 1)) - 1
        return at >= 0 and self.quotations[at][0] <= start and end <= self.quotations[at][1]

    def block_text(self, block: Block) -> str:
        """Return the simple text of a block."""
        return self.plain[block.start : block.end]

    def sentence_text(self, sentence: Sentence) -> str:
        """Return the simple text of a sentence."""
        return self.plain[sentence.start : sentence.end]

    def bare_text(self, sentence: Sentence) -> str:
        """Return the simple text of a sentence, the words of its addresses and code blanked."""
        return ADDRESS.sub(lambda match: " " * len(match[0]), self.sentence_text(sentence))

    def heading_name(self, block: Block) -> str:
        """Return what a heading says without its number and punctuation, in small letters."""
        return (
            re.sub(
                r"^[*#_\s]*(?:(?:§{1,2}|part|section|chapter)\s?)?(?:\d+(?:\.\d+)*|[ivxl]+|[a-h](?=[.)]))[.):]?\s+(?:[–—-]\s+)?",
                "",
                self.block_text(block).strip(),
                flags=re.IGNORECASE,
            )
            .strip(" :.#*")
            .lower()
        )

    def headings(self) -> Iterator[tuple[int, Block]]:
        """Yield index and block of every heading of the body."""
        for index in self.body:
            block = self.document.blocks[index]
            if block.kind == "heading":
                yield index, block

    def evidence(self, start: int, end: int) -> Evidence:
        """Return a span of the manuscript as evidence, with its words (a lone surrogate becomes a mark)."""
        return Evidence(self.document.document_id, start, end, _SURROGATES.sub("\ufffd", self.text[start:end]))
