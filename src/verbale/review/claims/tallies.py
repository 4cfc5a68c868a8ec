"""Reads the tally of a vote of the Security Council in whatever words it is told: all fifteen, nobody against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from verbale.review.numbers import value
from verbale.review.patterns import load_patterns
from verbale.vocab.sanctions import MEMBERS

_WORDS: Final = load_patterns("claim_tallies.csv")
WAYS: Final = ("yes", "no", "abstained")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sentence tells of a vote as a whole: how many voted in which way, whether all for it, and who cast those told."""

    figures: Mapping[str, int] = field(default_factory=dict)
    unanimous: bool = False
    cast: str = ""
    voters: tuple[str, ...] = ()
    alone: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything of a tally is told."""
        return bool(self.figures or self.unanimous or self.voters)


def read_tally(text: str, states: Sequence[tuple[int, int, str]]) -> Tally:
    """Return the tally that a sentence tells; `states` are where it names states, end exclusive, with their codes.

    >>> dict(read_tally("It drew eleven votes in favour and four abstentions.", ()).figures)
    {'yes': 11, 'abstained': 4}
    """
    figures: dict[str, int] = {}
    whole = _WORDS["hyphened"].search(text)
    if whole and sum(int(whole[way]) for way in WAYS) <= MEMBERS:
        figures = {way: int(whole[way]) for way in WAYS}
    for way, name in (("yes", "for"), ("no", "against"), ("abstained", "abstained")):
        number = _number(name, text)
        if number is not None and number <= MEMBERS:
            figures.setdefault(way, number)
    if _WORDS["unopposed"].search(text):
        figures.setdefault("no", 0)
    cast, voters, alone = _cast(text, states)
    return Tally(figures, _WORDS["whole"].search(text) is not None, cast, voters, alone)


def _number(name: str, text: str) -> int | None:
    match = _WORDS[name].search(text)
    words = next((one for one in match.groupdict().values() if one), "") if match else ""
    try:
        return value(words) if words else None
    except KeyError:  # a word that the pattern takes for a number and that is none
        return None


def _cast(text: str, states: Sequence[tuple[int, int, str]]) -> tuple[str, tuple[str, ...], bool]:
    """Return in which way, and by whom, the votes were cast that a noun tells: "four abstentions, Russia's among them"."""
    for match in _WORDS["cast"].finditer(text):
        behind = [one for one in states if one[0] >= match.end()]
        if not behind or not _WORDS["of-whom"].fullmatch(text, match.end(), behind[0][0]):
            continue
        group = [behind[0]]
        for one in behind[1:]:
            if not _WORDS["joint"].fullmatch(text, group[-1][1], one[0]):
                break
            group.append(one)
        voters = tuple(dict.fromkeys(code for _, _, code in group))
        return "no" if match["no"] else "abstained", voters, _WORDS["sole"].search(text) is not None
    return "", (), False
