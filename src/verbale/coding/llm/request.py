"""What a language model is asked: the codebook as the fixed system message, one passage as data, the schema of the answer."""

from __future__ import annotations

import functools
import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from verbale.core import EVENT_TYPES, STATUSES
from verbale.vocab.codes import load_codes

if TYPE_CHECKING:
    from verbale.coding.llm.passages import Passage

# Raised when the same answer may give other events than before; the codebook's own hash stands behind it.
RULES_VERSION: Final = "1"
# The fields of an event that are text, in the order in which a model writes them: first the words, then what they mean.
TEXT_FIELDS: Final = (
    "quote",
    "type",
    "mode",
    "status",
    "source",
    "source_code",
    "target",
    "target_code",
    "date",
    "date_text",
    "said_by",
    "place",
    "object",
)


@functools.cache
def system_message() -> str:
    """Return the codebook with the modes of each type: the same message for every passage of every document."""
    text = resources.files("verbale.coding.llm").joinpath("data", "codebook.md").read_text(encoding="utf-8")
    modes: dict[str, list[str]] = {}
    for (event_type, mode), (_, meaning) in load_codes().modes.items():
        modes.setdefault(event_type, []).append(f"{mode} ({meaning.removeprefix('(project) ')})")
    lines = [f"* {event_type}: {', '.join(modes[event_type])}" for event_type in EVENT_TYPES if event_type in modes]
    return "\n".join([text.rstrip(), "", "# Modes", "", "Types that are not listed have none.", "", *lines, ""])


@functools.cache
def answer_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, from the types of the event record; every field is required, as servers ask."""
    fields: dict[str, Any] = {name: {"type": "string"} for name in TEXT_FIELDS}
    fields["type"] = {"type": "string", "enum": list(EVENT_TYPES)}
    fields["status"] = {"type": "string", "enum": list(STATUSES)}
    fields["mode"] = {"type": "string", "enum": ["", *dict.fromkeys(mode for _, mode in load_codes().modes)]}
    fields["mutual"] = {"type": "boolean"}
    event = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    events = {"type": "array", "items": event}
    return {"type": "object", "properties": {"events": events}, "required": ["events"], "additionalProperties": False}


def messages(passage: Passage) -> list[dict[str, str]]:
    """Return the two messages of a request: the fixed one, and the passage as one JSON object, so that no text can end it."""
    data = {
        "document_date": passage.document.iso() if passage.document else "",
        "story_date": passage.story.iso() if passage.story else "",
        "passage": passage.text,
    }
    return [
        {"role": "system", "content": system_message()},
        {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
    ]


@functools.cache
def codebook_digest() -> str:
    """Return 8 hexadecimal digits of the hash of codebook and schema, so that a change of either shows in the events."""
    asked = system_message() + json.dumps(answer_schema(), sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:8]


def coder_version() -> str:
    """Return the version that events carry: that of our rules, and the codebook's hash behind a plus."""
    return f"{RULES_VERSION}+{codebook_digest()}"
