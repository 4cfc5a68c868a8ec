"""Reads the text of an answer as JSON: bounded, strict about what JSON is, forgiving about what models write around it."""

from __future__ import annotations

import json
import re
from typing import Any, Final

# An answer to a passage of some thousand characters has some ten thousand; a hundred times that is no answer.
LONGEST_ANSWER: Final = 1_000_000
# A page of dense chronicle tells some forty acts; a model that repeats itself writes hundreds.
MOST_EVENTS: Final = 200

_FENCED: Final = re.compile(r"```(?:json)?[ \t]*\n(.*?)\n?[ \t]*```", re.DOTALL | re.IGNORECASE)


def read_answer(content: str) -> list[Any] | None:
    """Return the items of an answer's list of events, unchecked; None where the text is no such JSON.

    A fence of Markdown around the object, words before and after it, and a model's thoughts before it are passed over. NaN and
    Infinity are no JSON, nor is nesting deeper than Python reads.
    """
    if len(content) > LONGEST_ANSWER:
        return None
    for candidate in _candidates(content):
        found = _load(candidate)
        if isinstance(found, dict) and isinstance(found.get("events"), list):
            return list(found["events"])
        if isinstance(found, list) and all(isinstance(item, dict) for item in found):
            return found
    return None


def _candidates(content: str) -> list[str]:
    """Return the stretches that may be the answer, the likeliest first."""
    after_thoughts = content.rpartition("</think>")[2].strip()
    fenced = [match[1] for match in _FENCED.finditer(after_thoughts)]
    first, last = after_thoughts.find("{"), after_thoughts.rfind("}")
    braced = [after_thoughts[first : last + 1]] if 0 <= first < last else []
    return [after_thoughts, *fenced[-1:], *braced]


def _load(text: str) -> Any:
    try:
        # not strict: a model that copies a quote across a line break writes the break as it is
        return json.loads(text, parse_constant=_refuse, strict=False)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
