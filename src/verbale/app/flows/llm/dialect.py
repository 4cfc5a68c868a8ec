"""The forms in which servers accept a request: not all know JSON schemas, and some name or refuse a parameter differently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from verbale.app.flows.llm.options import SEED, TEMPERATURE
from verbale.coding.llm import answer_schema

AnswerForm = Literal["json_schema", "json_object", ""]
_NEXT_FORM: dict[str, AnswerForm] = {"json_schema": "json_object", "json_object": ""}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the form of the answer is asked for, how its length is bounded, and whether sampling may be set."""

    answer_form: AnswerForm = "json_schema"
    limit_name: str = "max_tokens"
    sampling: bool = True

    def parameters(self, answer_tokens: int) -> dict[str, Any]:
        """Return the parameters of a request beside model and messages."""
        found: dict[str, Any] = {"stream": False, self.limit_name: answer_tokens}
        if self.sampling:
            found |= {"temperature": TEMPERATURE, "seed": SEED}
        if self.answer_form == "json_schema":
            schema = {"name": "events", "strict": True, "schema": answer_schema()}
            found["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.answer_form == "json_object":
            found["response_format"] = {"type": "json_object"}
        return found

    def without(self, complaint: str) -> Dialect | None:
        """Return the dialect to try after a complaint: what it names is changed, else less is asked; None at the end."""
        words = complaint.lower()
        if "max_completion_tokens" in words and self.limit_name == "max_tokens":
            return replace(self, limit_name="max_completion_tokens")
        if self.sampling and ("temperature" in words or "seed" in words):
            return replace(self, sampling=False)
        if self.answer_form:
            return replace(self, answer_form=_NEXT_FORM[self.answer_form])
        return None
