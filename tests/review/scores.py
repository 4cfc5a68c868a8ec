"""Recall and precision per editorial check on our manuscripts.

`python -m tests.review.scores [strange|later [SETS]] [FROM [TO]]`: with numbers, only the manuscripts that bear them count;
`strange` or `later` as the first word takes those that others wrote, all or those of the sets that letters after it name
(`strange eg`, `later k`). What was missed and what was found wrongly is listed below the table.
"""

from __future__ import annotations

import datetime
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.review.marked import MANUSCRIPTS, STRANGE, STRANGE_LATER, Planted, compare, load

from verbale.app.flows.reviewing import prepare
from verbale.core import Document, Finding
from verbale.review import CHECKS, review

TODAY = datetime.date(2026, 6, 1)
# The strange manuscripts of the fourth set and after were written later than the others, and tell of dates in between as past.
LATER, WRITTEN_EARLIER = datetime.date(2026, 11, 27), ("a-", "b-", "c-")

Reviewed = dict[str, tuple[Document, list[Planted], list[Finding]]]


@dataclass
class Score:
    """What a check found of what was planted for it: counts, and what is missing and false by manuscript."""

    planted: int = 0
    right: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / max(1, self.planted)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.false))


def review_all(folder: Path, *, source: Path = MANUSCRIPTS, sets: str = "") -> Reviewed:
    """Review every manuscript of a folder, or those of some sets; `folder` takes the texts without their marks."""
    found: Reviewed = {}
    for path in sorted((*source.glob("*.txt"), *source.glob("*.md"))):
        if sets and path.stem[0] not in sets:
            continue
        document, planted = load(path, folder)
        today = LATER if source != MANUSCRIPTS and not path.stem.startswith(WRITTEN_EARLIER) else TODAY
        found[path.stem] = (document, planted, review(prepare(document, today=today)))
    return found


def scores(reviewed: Reviewed, *, numbers: Iterable[int] | None = None) -> dict[str, Score]:
    """Return the score of each check, over all manuscripts or those of these numbers."""
    wanted = None if numbers is None else set(numbers)
    found = {check.info.check: Score() for check in CHECKS}
    for name, (_, planted, findings) in reviewed.items():
        if wanted is not None and int(name[:2]) not in wanted:
            continue
        for check, score in found.items():
            mine = [one for one in planted if one.check == check]
            told = [finding for finding in findings if finding.check == check]
            missed, false = compare(told, mine)
            score.planted += len(mine)
            score.right += len(told) - len(false)
            score.missed += [(name, one.words) for one in missed]
            score.false += [(name, finding.evidence.quote, finding.message) for finding in false]
    return found


def table(found: dict[str, Score]) -> list[str]:
    """Return the scores as lines of a Markdown table."""
    lines = ["| check | planted | recall | precision |", "|---|---:|---:|---:|"]
    for check, score in found.items():
        lines.append(f"| `{check}` | {score.planted} | {score.recall:.2f} | {score.precision:.2f} |")
    return lines


def main(arguments: list[str]) -> None:
    """Print the table, and what is behind it."""
    source = {"strange": STRANGE, "later": STRANGE_LATER}.get(arguments[0] if arguments else "", MANUSCRIPTS)
    strange = source != MANUSCRIPTS
    arguments = arguments[strange:]
    sets = arguments.pop(0) if strange and arguments and arguments[0].isalpha() else ""
    first, last = (int(arguments[at]) if len(arguments) > at else default for at, default in ((0, 1), (1, 99)))
    with tempfile.TemporaryDirectory() as folder:
        reviewed = review_all(Path(folder), source=source, sets=sets)
        found = scores(reviewed, numbers=None if strange else range(first, last + 1))
    print("\n".join(table(found)))
    for check, score in found.items():
        for name, words in score.missed:
            print(f"missed  {check} in {name}: {words}")
        for name, words, message in score.false:
            print(f"false   {check} in {name}: {words!r}: {message}")


if __name__ == "__main__":
    main(sys.argv[1:])
