"""The parts of a manuscript: which of its blocks are the list of references, which are notes, and which are its text.

A list is known by its shape and not by its heading alone: a part called "Sources" or "Notes" that holds paragraphs is text, and
text that goes on below a list is text again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from verbale.core import Block
from verbale.review.words import Words

# An entry of a list of works is no longer than this; what is longer is prose.
MAX_ENTRY: Final = 500
# A longer line names no part of a text.
MAX_HEADING: Final = 60
_NOTE: Final = re.compile(r"\[\^?\d{1,3}\]:?\s")
_FOOTNOTE: Final = re.compile(r"\[\^[\w-]{1,20}\]:\s")
_NUMBERED: Final = re.compile(r"(?:\(?\d{1,3}[.)]?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?(?=\D)")
_ENTRY_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d[a-z]?(?!\d)|\bforthcoming\b|\bn\.d\.")
# "Smith, John", "[4] Decree of", "UNESCO. 1990.", "- World Bank (1987)"
_ENTRY_HEAD: Final = re.compile(
    r"\s*(?:[-*•]\s*)?(?:\[\^?\d{1,3}\]:?\s|\^?\d{1,3}[.)]\s"
    r"|[*_\"]{0,2}(?:[a-z]{1,3}[ '-])?[^\W\d_a-z][\w'’-]*(?:[ -][^\W\d_a-z][\w'’-]*)?,\s[^\W\d_a-z]"
    r"|[^\W\d_a-z][^.;:()\d]{1,60}(?:[.,]\s(?:1[4-9]|20)\d\d[a-z]?[.:]|[.,]?\s\((?:1[4-9]|20)\d\d[a-z]?\)[.,:]?))"
)
# "Berg, A.", "World Bank (1987).": a head that no sentence has
_SURE_HEAD: Final = re.compile(
    r"\s*(?:[-*•]\s*)?[*_\"]{0,2}(?:[a-z]{1,3}[ '-])?[^\W\d_a-z][\w'’-]*(?:[ -][^\W\d_a-z][\w'’-]*)?,\s[^\W\d_a-z]\."
    r"|[^\W\d_a-z][^.;:()\d]{1,60}(?:[.,]\s(?:1[4-9]|20)\d\d[a-z]?[.:]|[.,]?\s\((?:1[4-9]|20)\d\d[a-z]?\)[.,:])"
)
# So many paragraphs of prose in a row end a list without another entry; one may stand between entries that it describes.
_TELLING: Final = 2


class Parts:
    """The blocks of a manuscript as parts: its list of references, its notes, its text."""

    def __init__(
        self, blocks: Sequence[Block], plain: str, words: Words, *, tells: Callable[[int], bool], name: Callable[[Block], str]
    ) -> None:
        """Take the blocks with their simple text; `tells` says of a block whether most of it are sentences with a verb."""
        self._blocks, self._plain, self._words, self._tells, self._name = blocks, plain, words, tells, name
        self._note_names = {each.lower() for each in words.lists["note-headings"]}
        self._reading_names = {each.lower() for each in words.lists["reading-headings"]}
        self._list_names = {each.lower() for each in words.lists["reference-headings"]}

    def _text(self, index: int) -> str:
        return self._plain[self._blocks[index].start : self._blocks[index].end]

    def _short(self, index: int) -> bool:
        return self._blocks[index].end - self._blocks[index].start < MAX_HEADING

    @cached_property
    def named(self) -> tuple[int, ...]:
        """The blocks that are called like a list of references, whether or not one follows."""
        return tuple(
            at for at in range(len(self._blocks) - 1) if self._short(at) and self._name(self._blocks[at]) in self._list_names
        )

    @cached_property
    def list_block(self) -> int:
        """The index of the block that heads the list of references, or the number of blocks where there is none.

        The last heading with such a name over a list; a list for further reading only where the text has no other. A last
        short line with entries below it and nothing else is such a heading whatever it is called.
        """
        blocks = self._blocks
        reading = [at for at in range(len(blocks) - 1) if self._short(at) and self._name(blocks[at]) in self._reading_names]
        for names in (self.named, reading):
            found = [at for at in names if self._heads_list(at)]
            if found:
                return self._first_of_lists(found)
        for at in range(len(blocks) - 3, len(blocks) // 2, -1):
            if not self.is_entry(at):
                short = blocks[at].kind == "heading" or not re.search(r"[.!?]$", self._text(at).rstrip())
                called = re.search(rf"\b{self._words.alternatives('listed')}\b", self._name(blocks[at]))
                return at if called and short and self._short(at) else len(blocks)
        return len(blocks)

    def _section(self, at: int) -> range:
        """Return the blocks below a heading, to the next heading that is no entry of a list."""
        last = at + 1
        while last < len(self._blocks) and (self._blocks[last].kind != "heading" or re.search(r"\d", self._text(last))):
            last += 1
        return range(at + 1, last)

    def _heads_list(self, at: int) -> bool:
        """Tell whether what stands below a heading has the shape of a list, one paragraph that leads it in aside."""
        section = self._section(at)
        if not section:
            return self._blocks[at + 1].kind == "heading" and self._heads_list(at + 1) if at + 2 < len(self._blocks) else True
        notes = self._name(self._blocks[at]) in self._note_names
        told = [index for index in section if self.is_prose(index, notes=notes)]
        if not told:
            return True
        if section[0] not in told:
            return len(told) < len(section) and self._listed(section[0], notes=notes)
        own = [index for index in section if not _FOOTNOTE.match(self._text(index))]
        return len(own) > 1 and all(self._listed(index, notes=notes) for index in own[1:3])

    def _listed(self, index: int, *, notes: bool) -> bool:
        numbered = _NOTE.match(self._text(index)) is not None or (notes and _NUMBERED.match(self._text(index)) is not None)
        return numbered or self.is_entry(index) or (self._blocks[index].kind == "list_item" and not self._tells(index))

    def _first_of_lists(self, found: list[int]) -> int:
        """Return the heading of the last list, or of the first of several in a row (primary sources, literature)."""
        first = found[-1]
        for at in reversed(found[:-1]):
            between = [each for each in range(at + 1, first) if self._blocks[each].kind != "heading"]
            if not between or not all(self.is_entry(each) for each in between):
                break
            if any(re.match(r"\s*\[?\^?\d", self._text(each)) for each in between):
                break
            first = at
        return first

    def is_entry(self, index: int) -> bool:
        """Tell whether a block looks like an entry of a list of works: short, with a year, begun by a number or an author."""
        text = self._text(index)
        headed = len(text) < MAX_ENTRY and _ENTRY_YEAR.search(text) is not None and _ENTRY_HEAD.match(text) is not None
        return headed and not self.is_prose(index, notes=True)

    def is_prose(self, index: int, *, notes: bool = False) -> bool:
        """Tell whether a block is a paragraph of text: sentences with verbs, begun by no number and by no author of a work.

        Among notes, items of a list may tell as well.
        """
        text, kind = self._text(index), self._blocks[index].kind
        if kind != "paragraph" and (kind != "list_item" or notes):
            return False
        if _NOTE.match(text) or _FOOTNOTE.match(text) or _NUMBERED.match(text) or _SURE_HEAD.match(text):
            return False
        return self._tells(index)

    @cached_property
    def list_end(self) -> int:
        """The index of the first block after the list of references: a heading there begins something else (an appendix).

        A heading inside the list ("Secondary literature") has entries below it. Paragraphs behind the last entry are text.
        """
        first = self.list_block + 1
        end = self._headed_end(first)
        told = 0
        for index in range(first, end):
            told = told + 1 if self._blocks[index].kind == "paragraph" and self.is_prose(index) else 0
            if told and index > first and (told >= _TELLING or index == end - 1):
                return max(first, index - told + 1)
        return end

    def _headed_end(self, first: int) -> int:
        blocks = self._blocks
        noted = first < len(blocks) and _NOTE.match(self._text(first)) is not None
        for index in range(first, len(blocks)):
            if not noted and _FOOTNOTE.match(self._text(index)):
                return index  # the notes of a Word file stand behind all else
            if blocks[index].kind != "heading":
                continue
            if re.search(r"\d", self._text(index)):  # an entry without a full stop, or "Appendix 2"
                if index + 1 < len(blocks) and not self.is_entry(index) and self.is_prose(index + 1):
                    return index
                continue
            inside = index + 1 < len(blocks) and self.is_entry(index + 1)
            if not inside or self._name(blocks[index]) in self._reading_names:
                return index
        return len(blocks)

    @cached_property
    def body(self) -> tuple[int, ...]:
        """The indexes of the blocks that are not the list of references."""
        return tuple(index for index in range(len(self._blocks)) if not self.list_block <= index < self.list_end)

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The blocks of the body that are notes: "[^1]: See ...", "[4] Smith ...", what is numbered under "Notes"."""
        found, under = [], False
        for index in self.body:
            block = self._blocks[index]
            if block.kind == "heading" or (self._short(index) and self._name(block) in self._note_names):
                under = self._name(block) in self._note_names
            elif (
                _NOTE.match(self._text(index))
                or _FOOTNOTE.match(self._text(index))
                or (under and (block.kind == "list_item" or _NUMBERED.match(self._text(index))))
            ):
                found.append(index)
        return tuple(found)
