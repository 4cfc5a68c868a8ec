"""Three short documents, and what a good model answers about them."""

from __future__ import annotations

from typing import Any

from tests.app.llm.chat_server import Body, Reply, answer, passage

TEXTS = {
    "crimea": "France and Britain attacked Russia in 1854. Russia signed a treaty with France in 1856.",
    "suez": "Britain invaded Egypt on 31 October 1956. The United States criticised Britain on 2 November 1956.",
    "winter": "In 1939 the Soviet Union attacked Finland. Sweden helped Finland.",
}


def act(quote: str, source: str, target: str, event_type: str = "ASSAULT", **changes: Any) -> dict[str, Any]:
    """Return an event as a model writes it."""
    empty = dict.fromkeys(("mode", "source_code", "target_code", "date", "date_text", "said_by", "place", "object"), "")
    told = {"quote": quote, "type": event_type, "status": "actual", "source": source, "target": target, "mutual": False}
    return empty | told | changes


ACTS = {
    TEXTS["crimea"]: [
        act("France and Britain attacked Russia in 1854", "France", "Russia", date="1854"),
        act("France and Britain attacked Russia in 1854", "Britain", "Russia", date="1854"),
        act("Russia signed a treaty with France in 1856", "Russia", "France", "AGREE", mutual=True, date="1856"),
    ],
    TEXTS["suez"]: [act("Britain invaded Egypt on 31 October 1956", "Britain", "Egypt", date="1956-10-31")],
    TEXTS["winter"]: [act("the Soviet Union attacked Finland", "the Soviet Union", "Finland", date="1939")],
}


def good(body: Body) -> Reply:
    """Answer as a good model does."""
    return answer(*ACTS.get(passage(body), []))
