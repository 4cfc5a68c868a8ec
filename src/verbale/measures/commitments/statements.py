"""A statement: one source says that a commitment was in a state at a time."""

from __future__ import annotations

from dataclasses import dataclass

from verbale.measures.commitments.days import When
from verbale.measures.commitments.designations import Identity


@dataclass(frozen=True, slots=True)
class Statement:
    """What one act or one line of a register says of a commitment.

    `parties` are the two codes in alphabetical order; `supplier` and `recipient` are empty where the source does not tell who
    owes. `told_by` is "documents", a register's name, or "treaties"; `event_id` or `line` is its evidence. `rest` says that
    the state is one of a part. `done_by` is a party that did its part of it, which may be paying. `uncertain` says that the
    source doubts it. `words` are the words that tell.
    """

    identity: Identity
    parties: tuple[str, str]
    supplier: str
    recipient: str
    state: str
    when: When | None
    told_by: str
    words: str
    event_id: str = ""
    document_id: str = ""
    line: int | None = None
    rest: bool = False
    uncertain: bool = False
    number: int | None = None
    # Under which name the object was told: the contract, the system.
    text: str = ""
    done_by: str = ""
