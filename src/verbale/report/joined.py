"""Events that several mentions tell: one row of the page for all of them, and in words where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from verbale.core import Event
from verbale.core.wording import listed
from verbale.report.data import JoinedEvent
from verbale.report.wording import STATUS_WORDS, TYPE_WORDS, actor_words, arrow, date_words

_FIELDS = {
    "date": "date",
    "direction": "who acts on whom",
    "type": "kind of act",
    "status": "whether it happened",
    "place": "place",
}


def followers(joined: Mapping[str, JoinedEvent], shown: Mapping[str, int]) -> dict[str, str]:
    """Return the mentions that are listed under another one, with the id of that one; both must be shown."""
    return {
        mention: head
        for head, one in joined.items()
        if head in shown
        for mention in one.mentions
        if mention != head and mention in shown
    }


def disagreement_words(fields: Sequence[str], mentions: Sequence[Event], names: dict[str, str]) -> list[str]:
    """Return a sentence for each field in which mentions differ: what each value is, and how many tell it."""
    return [f"{_FIELDS[field]}: {_values(field, mentions, names)}" for field in fields]


def _values(field: str, mentions: Sequence[Event], names: dict[str, str]) -> str:
    counts = Counter(word for event in mentions if (word := _value(field, event, names)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed([f"{word} ({number} {'mention' if number == 1 else 'mentions'})" for word, number in ordered])


def _value(field: str, event: Event, names: dict[str, str]) -> str:
    if field == "date":
        return date_words(event.date) if event.date else ""
    if field == "direction":
        return f"{actor_words(event.source, names)} {arrow(event)} {actor_words(event.target, names)}"
    if field == "type":
        return TYPE_WORDS[event.type]
    if field == "status":
        return STATUS_WORDS[event.status]
    place = event.place
    return "" if place is None else place.text or names.get(place.country, place.country)
