"""What can go wrong with one request, sorted by what is done about it."""

from __future__ import annotations

from verbale.core import VerbaleError


class PassageError(Exception):
    """The passage cannot be asked about: its document becomes a rejection with this reason, and the others go on."""


class TooLongError(PassageError):
    """The passage does not fit the model's context; its halves may."""


class TemporaryError(PassageError):
    """The server may answer when it is asked again, after so many seconds where it said so."""

    def __init__(self, reason: str, *, after: float | None = None, unreachable: bool = False) -> None:
        """Keep the reason; `unreachable` says that no connection came about at all."""
        super().__init__(reason)
        self.after = after
        self.unreachable = unreachable


class RefusedError(PassageError):
    """The server refuses, this passage or any: `problem` is the error that ends the run where it is any."""

    def __init__(self, reason: str, problem: VerbaleError) -> None:
        """Keep the reason and the problem."""
        super().__init__(reason)
        self.problem = problem


class ComplaintError(Exception):
    """The server does not accept the form of the request; the message is what it says about it."""
