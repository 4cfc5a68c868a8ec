"""Tells what a sentence only frames its claim with: a war as the setting, a treaty that was wished for, what people say.

A record that has the war or the treaty does not bear out what else the sentence tells.
"""

from __future__ import annotations

from typing import Final

from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_framing.csv")


def without_settings(text: str) -> str:
    """Return a sentence with the wars that are only its setting blanked out, every other character in its place."""
    return _WORDS["war-setting"].sub(lambda match: " " * len(match[0]), text)


def is_wished(text: str) -> bool:
    """Tell whether the treaty or alliance of a sentence was offered, wished for, weighed or refused, and not made."""
    return _WORDS["wished"].search(text) is not None


def is_binding(text: str) -> bool:
    """Tell whether a sentence says what a treaty obliged its parties to."""
    return _WORDS["binding"].search(text) is not None


def is_of_its_fame(text: str, at: int) -> bool:
    """Tell whether the date at a place is that on which a treaty became known."""
    return _WORDS["became-known"].search(text[:at]) is not None


def is_only_after(text: str, at: int) -> bool:
    """Tell whether the treaty whose name begins at a place is only what came before the act of its sentence."""
    return _WORDS["treaty-after"].search(text[:at]) is not None


def is_small(text: str) -> bool:
    """Tell whether a sentence calls its war short, small or one of the border."""
    return _WORDS["small-war"].search(text) is not None


def is_setting(text: str, at: int) -> bool:
    """Tell whether the treaty whose name begins at a place is only the time of something else.

    >>> is_setting("Spain did not recognize it until the 1783 Treaty of Paris.", 42)
    True
    """
    return _WORDS["treaty-setting"].search(text[:at]) is not None


def is_of_others(text: str) -> bool:
    """Tell whether the war of a sentence is one that others fought, whom it does not name: "the nations at war with Japan"."""
    return _WORDS["war-of-others"].search(text) is not None


def is_hearsay(text: str) -> bool:
    """Tell whether the first clause of a sentence tells what people say, where no list or record says it.

    Of "he came in 1959, and is said to have wept" the first half is told as a fact.
    """
    said = _WORDS["hearsay"].search(text)
    if said is None or load_patterns("claim_told.csv")["records"].search(text):
        return False
    return _WORDS["next-clause"].search(text, 0, said.start()) is None


def is_other_act(text: str, at: int) -> bool:
    """Tell whether the date that stands at a place is that of something else than the making of a treaty: that it was ratified.

    The word nearest before the date says what it dates; where none stands before it, the first behind it does.

    >>> [is_other_act("Signed in 1921, it was ratified in 1923.", at) for at in (10, 35)]
    [False, True]
    """
    acts = sorted((one.start(), one.end(), name) for name in ("signing", "other-act") for one in _WORDS[name].finditer(text))
    before = [name for _, end, name in acts if end <= at]
    behind = [name for start, _, name in acts if start >= at]
    return (before[-1:] or behind[:1]) == ["other-act"]


def is_spoken_of(text: str, at: int) -> bool:
    """Tell whether the treaty whose name begins at a place is what somebody ratified, endorsed or heard of.

    >>> is_spoken_of("They endorsed the Atlantic Charter in Washington.", 18)
    True
    """
    lead = load_patterns("claim_chains.csv")["treaty-lead"]
    return any(lead.fullmatch(text, one.end(), at) for one in _WORDS["other-act"].finditer(text, 0, at))
