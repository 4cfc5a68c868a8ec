"""The parts of what a sentence tells, each held against rows of a record, and the verdict that they give together."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.core import Ground, Verdict
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling

# Parties and time fit, and no finder of its own read the sentence: what else it tells may have been missed.
READ_FREELY: Final = 0.7
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a sentence tells, and what a record has of it; `firm` says that a record that has it not denies it.

    `what` is the record's value of the one thing ("place: Berlin"), where `told` is its whole row.
    """

    fits: bool
    told: str
    dataset: str
    line: int | None = None
    firm: bool = False
    near: bool = False
    what: str = ""


def together(parts: Sequence[Part], holdings: Holdings, matched: str) -> Judgement | None:
    """Return the verdict of the parts: all fit, some fit, none does; None where what does not fit is no denial."""
    if not parts:
        return None
    good, bad = [one for one in parts if one.fits], [one for one in parts if not one.fits]
    verdict: Verdict
    if not bad:
        verdict = "supported"
    elif good:
        verdict = "partly"
    elif all(one.firm for one in bad):
        verdict = "contradicted"
    elif any(one.near for one in bad):
        verdict = "partly"
    else:
        return None
    shown = list(dict.fromkeys((*good, *bad)))[:_SHOWN]
    rows = dict.fromkeys((one.told, one.dataset, one.line) for one in shown)
    grounds = tuple(_ground(row, shown, holdings.editions.get(row[1], "")) for row in rows)
    told = {one.dataset: [each.told for each in shown[:4] if each.dataset == one.dataset] for one in shown[:4]}
    reason = " ".join(f"In {dataset}: {'; '.join(dict.fromkeys(words))}." for dataset, words in told.items())
    return Judgement(verdict, reason, grounds, matched, READ_FREELY if verdict != "contradicted" else 0.6)


def _ground(row: tuple[str, str, int | None], shown: Sequence[Part], edition: str) -> Ground:
    """Return a row as a ground, with what of it agrees and what differs."""
    told, dataset, line = row
    of_row = [one for one in shown if (one.told, one.dataset, one.line) == row]
    agrees, differs = (
        tuple(dict.fromkeys(one.what or one.told for one in of_row if one.fits == fits)) for fits in (True, False)
    )
    return Ground(told, dataset=dataset, edition=edition, line=line, agrees=agrees, differs=differs)


def day(value: object) -> datetime.date | None:
    """Return a value of a row as a day."""
    return value if isinstance(value, datetime.date) else None


def pairs_of(telling: Telling) -> tuple[list[tuple[str, str]], bool]:
    """Return the pairs that a sentence may be about, the likeliest first, and whether the first is named or without doubt.

    Named are both by name; "the two" are those of the sentence before, the text's two, or the one that is named with them.
    """
    named = tuple(
        dict.fromkeys(
            one.code for one in telling.parties if one.code in telling.states and one.kind not in ("leader", "reference")
        )
    )
    if len(named) >= 2:
        return [(named[0], named[1])], True
    meant = telling.codes
    found: list[tuple[str, str]] = []
    if len(meant) >= 2:
        found.append((meant[0], meant[1]))
    others = [*telling.duo, telling.home, telling.main, *(code for one in telling.before[:2] for code in one.codes)]
    if len(named) == 1:
        found += [(named[0], code) for code in others if code and code != named[0]]
    elif len(telling.duo) == 2:
        found.append((telling.duo[0], telling.duo[1]))
        found += [
            (telling.main, code) for one in telling.before[:2] for code in one.codes if code != telling.main and telling.main
        ]
    found = list(dict.fromkeys(found))[:4]
    sure = bool(found) and len(telling.duo) == 2 and set(found[0]) == set(telling.duo)
    return found, sure


def best_pair(telling: Telling, judge: Callable[[tuple[str, str]], list[Part]]) -> list[Part]:
    """Return the parts of the pair that a record bears out; of none, those of the first where no other can be meant."""
    pairs, sure = pairs_of(telling)
    answers = [judge(pair) for pair in pairs]
    for parts in answers:
        if parts and all(one.fits for one in parts):
            return parts
    return answers[0] if answers and sure else []
