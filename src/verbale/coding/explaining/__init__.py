"""Why an event was coded: re-reads its document with the coder's own functions and keeps what they say of one sentence."""

from verbale.coding.explaining.sentence import explain, sentence_of

__all__ = ["explain", "sentence_of"]
