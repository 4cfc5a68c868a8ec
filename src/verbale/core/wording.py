"""Words that every room writes alike: a count with its noun, and a sentence's first letter."""

from __future__ import annotations

from collections.abc import Sequence


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
