"""Documents as the ledger keeps them, their blocks and sentences, and the rejection of what could not be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from verbale.core.errors import VerbaleError

BlockKind = Literal["paragraph", "heading", "list_item", "dateline", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that is one paragraph, heading or list item: character offsets, end exclusive."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Document:
    """One article, record or essay: its text as the ledger keeps it, its blocks in order, and what is known of its origin.

    `name` is what a person would call it: a file's stem, a corpus row's id, or `stem#id` for one of many in a file.
    `date` is the document's own date as ISO `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; all offsets everywhere refer to `text`.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    date: str | None = None
    source: str | None = None
    place: str | None = None
    path: str | None = None
    format: str = "text"
    language: str = "en"
    # Kept once it was asked for: every event asks, and hashing a book a thousand times takes longer than coding it.
    _document_id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def document_id(self) -> str:
        """The stable id: 16 hexadecimal digits of the hash of name, date and text."""
        if not self._document_id:
            content = "\x1f".join((self.name, self.date or "", self.text))
            object.__setattr__(self, "_document_id", hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16])
        return self._document_id


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its Universal Dependencies analysis: offsets in the document, `head` the index of its head in the sentence.

    The root's head is its own index and its `label` is `root`.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """What the model makes of a sentence's words at a glance, as probabilities.

    `acts` (words x types, in the order of `EVENT_TYPES`): the word tells an act of the type. `parts` (words x words + 1 x 2):
    of the act that the first word tells, the second word's actor is the source, or the target; the second words count from
    1, and 0 stands for an actor that the sentence does not name. `leads` (words x leads x 2): the same for the actors that the
    sentence's context offers, in its order.
    """

    acts: NDArray[np.float32]
    parts: NDArray[np.float32]
    leads: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lead:
    """An actor that a document names often: its code, and how the document names it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names an actor: offsets in the text, end exclusive, and its place among the leads from 1, or 0."""

    start: int
    end: int
    lead: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader knows of a sentence besides its words: whom its document names most, the sentence `before` it, and whom
    both name.
    """

    leads: tuple[Lead, ...] = ()
    named: tuple[Named, ...] = ()
    before: str = ""
    before_named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: offsets, the block it stands in, and its tokens (empty until it is parsed).

    `estimates` are there where our own model parsed it; they and the `context` take no part in comparisons.
    """

    document_id: str
    index: int
    block: int
    kind: BlockKind
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...] = ()
    estimates: Estimates | None = field(default=None, compare=False, repr=False)
    context: Context = field(default=Context(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that could not be used, with the catalogue code of the reason and the reason as a person reads it."""

    path: str
    code: str
    reason: str
    parts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, error: VerbaleError) -> Rejection:
        """Make the rejection that an error of the catalogue amounts to."""
        return cls(path, error.code, str(error), {key: str(value) for key, value in error.parts.items()})
