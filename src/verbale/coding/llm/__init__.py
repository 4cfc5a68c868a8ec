"""The pure parts of the coder that asks a language model: passages, request, answers, and the checks before the ledger."""

from verbale.coding.llm.checking import UNMEASURED, Checked
from verbale.coding.llm.passages import Passage, cut_passages
from verbale.coding.llm.reading import LONGEST_ANSWER, read_answer
from verbale.coding.llm.reasons import DROPPED, LEFT_OUT
from verbale.coding.llm.request import answer_schema, codebook_digest, coder_version, messages

__all__ = [
    "DROPPED",
    "LEFT_OUT",
    "LONGEST_ANSWER",
    "UNMEASURED",
    "Checked",
    "Passage",
    "answer_schema",
    "codebook_digest",
    "coder_version",
    "cut_passages",
    "messages",
    "read_answer",
]
