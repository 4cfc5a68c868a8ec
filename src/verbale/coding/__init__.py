"""From `Sentence`s to `Event`s: who did what to whom, when; pure top-level functions that a cluster can ship."""

from verbale.coding.document_coder import CODER, CODER_VERSION, code_document, in_context
from verbale.coding.screen import screen

__all__ = ["CODER", "CODER_VERSION", "code_document", "in_context", "screen"]
