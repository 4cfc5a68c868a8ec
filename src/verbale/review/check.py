"""What an editorial check is: an id, a severity, a reason that a person accepts, and a function from a manuscript to slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verbale.core import CheckInfo
from verbale.review.manuscript import Manuscript

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slip:
    """What a check saw: the words that it is about, what to say of them, and the other words that it rests on (offsets)."""

    start: int
    end: int
    message: str
    rests_on: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its description and the function that looks; the function yields slips in any order."""

    info: CheckInfo
    find: Callable[[Manuscript], Iterator[Slip]]
