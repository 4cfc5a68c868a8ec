"""Commitments: what was promised, by whom, to whom, and what became of it, as documents and the trade register tell."""

from __future__ import annotations

from verbale.measures.commitments.ledger import commitments
from verbale.measures.commitments.words import CommitmentWords, load_words

__all__ = ["CommitmentWords", "commitments", "load_words"]
