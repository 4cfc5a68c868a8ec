"""Words that every room writes alike: a count with its noun, a sentence's first letter, a type of act, a name's article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.core.ontology import EventType

# The nouns stand between the actors and the quotation, in "1907 · Russian Empire ↔ United Kingdom · agreement · «...»".
TYPE_WORDS: Final[dict[EventType, str]] = {
    "AGREE": "agreement",
    "CONSULT": "consultation",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat or release",
    "REQUEST": "demand or request",
    "ACCUSE": "accusation",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "show of force",
    "COERCE": "coercion",
    "ASSAULT": "attack or war",
}
# Words that end a name which English gives an article: "the United States", "the Ottoman Empire", "the League of Nations".
_WITH_ARTICLE = (
    "States", "Kingdom", "Empire", "Union", "Federation", "Republic", "Netherlands", "Philippines", "Emirates",
    "Nations", "League", "Community", "Maldives", "Bahamas",
    "Islands", "Gambia", "Comoros", "Seychelles",
)  # fmt: skip


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun, in the plural unless it is one.

    >>> count(1, "act"), count(3_000, "act"), count(2, "balance of power", "balances of power")
    ('1 act', '3,000 acts', '2 balances of power')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def are(number: int) -> str:
    """Return a count after its verb, as in "there are 3".

    >>> are(1), are(3_000)
    ('is 1', 'are 3,000')
    """
    return f"{'is' if number == 1 else 'are'} {number:,}"


def sentence(text: str) -> str:
    """Return a text with a capital letter first; the rest stays, for codes and names are written as they are.

    >>> sentence("cooperation of RUS"), sentence("S of votes")
    ('Cooperation of RUS', 'S of votes')
    """
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Join words as English does.

    >>> listed(["Norway", "Sweden", "Denmark"])
    'Norway, Sweden and Denmark'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def with_article(name: str) -> str:
    """Put "the" before a name that needs it inside a sentence."""
    head = name.split(" of ", maxsplit=1)[0]
    return f"the {name}" if head.endswith(_WITH_ARTICLE) and not name.startswith("the ") else name
