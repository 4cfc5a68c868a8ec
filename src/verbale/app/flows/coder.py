"""What every coder is to the flows: a name and version for the ledger, and a way from documents to events."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from verbale.core import Document, Event, Rejection, VerbaleError
from verbale.vocab import Project


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with its events; `screened` counts the sentences that passed the screen, `parsed` those that were parsed.

    `dropped` counts events that a coder proposed and that were not kept, `left_out` parts of events that were, by reason.
    """

    document: Document
    events: list[Event]
    sentences: int
    screened: int
    parsed: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run asked of a server: requests made (repeated ones too), answers that came and answers that the cache had.

    Tokens are those that the server counted; `uncounted` answers came without. `cost` is None without prices.
    """

    server: str
    passages: int
    requests: int
    answers: int
    cached: int
    uncounted: int
    input_tokens: int
    output_tokens: int
    cost: float | None


class Coder(Protocol):
    """A coder: ours, or a language model behind a server.

    `name`, `version` and `options` are the key under which the ledger keeps what it has finished.
    """

    @property
    def name(self) -> str:
        """The name that events carry in `coder`."""

    @property
    def version(self) -> str:
        """The version that events carry in `coder_version`."""

    @property
    def model(self) -> str:
        """The parser, or the model on the server."""

    @property
    def vocabulary(self) -> str:
        """The hash of the vocabulary files, those of the project included."""

    @property
    def project(self) -> Project | None:
        """The project whose vocabulary it uses beside the package's; None without one."""

    @property
    def options(self) -> Mapping[str, Any]:
        """Everything else that events depend on."""

    def code_all(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        """Yield each document coded, and each rejection as it came, in the order of the input.

        A document that fails is a rejection and costs no other. Raises VerbaleError for what stops them all.
        """

    def usage(self) -> Usage | None:
        """Return what has been asked of a server so far; None for a coder that asks none."""


def coding_failed(document: Document, error: Exception) -> Rejection:
    """Return the rejection of a document that could not be coded, with the last line of the traceback."""
    last = traceback.format_exception_only(error)[-1].strip()
    at = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({at[0].filename.rpartition('/')[2]}, line {at[0].lineno})" if at else ""
    problem = VerbaleError("coding-failed", document=document.name, reason=" ".join((last + where).split()))
    return Rejection.of(document.path or document.name, problem)
