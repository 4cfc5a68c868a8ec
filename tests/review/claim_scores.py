"""How well claims are found and judged: `python -m tests.review.claim_scores DATA [FOLDER [odd|even]]`.

DATA is a folder of installed records; FOLDER holds NAME.txt with NAME.jsonl beside it: a line for each claim with `quote` (its
words), `kind`, `verdict`, and perhaps `also` (other verdicts that a reader would accept). `odd` and `even` take half of them.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from verbale.app import flows
from verbale.core import Finding

MANUSCRIPTS = Path(__file__).parent / "claims"
TODAY = datetime.date(2026, 6, 1)
# A finding is about a labelled claim if it shares at least this part of the shorter of the two.
SHARED = 0.5


@dataclass(frozen=True)
class Labelled:
    """A claim as a reader labelled it: where it stands, its kind, and the verdicts that are right."""

    start: int
    end: int
    quote: str
    kind: str
    verdict: str
    also: tuple[str, ...] = ()


@dataclass
class ClaimScore:
    """Counts over manuscripts: labelled and found claims, right kinds and verdicts, and what was told for what."""

    labelled: int = 0
    detected: int = 0
    kinds: int = 0
    verdicts: int = 0
    checkable: int = 0
    checkable_right: int = 0
    findings: int = 0
    hitting: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.detected / max(1, self.labelled)

    @property
    def precision(self) -> float:
        return self.hitting / max(1, self.findings)

    @property
    def accuracy(self) -> float:
        return self.verdicts / max(1, self.labelled)


def load(path: Path, text: str) -> list[Labelled]:
    """Return the labelled claims of a manuscript, in order; each quote must stand in the text as kept."""
    found, at = [], 0
    for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        start = text.find(told["quote"], at)
        start = start if start >= 0 else text.find(told["quote"])
        assert start >= 0, f"{path.name} has no {told['quote']!r}"
        at = start
        end = start + len(told["quote"])
        found.append(Labelled(start, end, told["quote"], told["kind"], told["verdict"], tuple(told.get("also", ()))))
    return found


def score(labelled: Iterable[Labelled], findings: list[Finding], name: str, into: ClaimScore) -> None:
    """Add a manuscript to a score."""
    claims = list(labelled)
    into.findings += len(findings)
    into.hitting += sum(any(_shared(one, each) >= SHARED for one in claims) for each in findings)
    for one in claims:
        about = [each for each in findings if _shared(one, each) >= SHARED]
        into.labelled += 1
        best = max(
            about,
            key=lambda each: (each.claim is not None and _same(each.claim.kind, one.kind), _overlap(one, each)),
            default=None,
        )
        told = "not found" if best is None else best.verdict or ""
        right = told == one.verdict or told in one.also
        into.detected += best is not None
        into.kinds += best is not None and best.claim is not None and _same(best.claim.kind, one.kind)
        into.verdicts += right
        if one.verdict in ("supported", "contradicted", "partly"):
            into.checkable += 1
            into.checkable_right += right
        into.confusion[one.verdict, told if not right else one.verdict] += 1
        if not right:
            kind = best.claim.kind if best is not None and best.claim is not None else "-"
            why = best.message if best is not None else ""
            into.wrong.append(f"{name}: {one.quote!r} ({one.kind}, {one.verdict}): {told} ({kind}) {why[:200]}")


def score_all(data: Path, folder: Path = MANUSCRIPTS, half: str = "") -> ClaimScore:
    """Review every manuscript of a folder, or half of them, against the records in `data`."""
    into = ClaimScore()
    for path in sorted(folder.glob("*.txt")):
        if half and (int(path.name[:2]) % 2 == 1) != (half == "odd"):
            continue
        report = flows.review(path, format="json", only=["claim"], records_folder=data, today=TODAY)
        score(load(path, report.document.text), list(report.findings), path.stem, into)
    return into


def table(found: ClaimScore) -> list[str]:
    """Return a score as lines of Markdown."""
    lines = [
        f"{found.labelled} claims: detected {found.recall:.2f}, precision {found.precision:.2f}, "
        f"kind {found.kinds / max(1, found.detected):.2f} of those detected, verdict {found.accuracy:.2f}, "
        f"of those that a record can tell {found.checkable_right / max(1, found.checkable):.2f} ({found.checkable})",
        "",
    ]
    told = sorted({told for _, told in found.confusion})
    lines += ["| labelled | " + " | ".join(told) + " |", "|---|" + "---:|" * len(told)]
    for verdict in sorted({verdict for verdict, _ in found.confusion}):
        lines.append(f"| {verdict} | " + " | ".join(str(found.confusion[verdict, one]) for one in told) + " |")
    return lines


def _same(one: str, other: str) -> bool:
    """Tell whether two kinds are one: "a superlative or universal" is one kind, by whichever name a writer labels it."""
    return one == other or {one, other} == {"superlative", "universal"}


def _overlap(one: Labelled, finding: Finding) -> int:
    return max(0, min(one.end, finding.evidence.end) - max(one.start, finding.evidence.start))


def _shared(one: Labelled, finding: Finding) -> float:
    shorter = min(one.end - one.start, finding.evidence.end - finding.evidence.start)
    return _overlap(one, finding) / max(1, shorter)


def main(arguments: list[str]) -> None:
    """Print the figures, and every wrong verdict."""
    folder = Path(arguments[1]) if len(arguments) > 1 else MANUSCRIPTS
    found = score_all(Path(arguments[0]), folder, arguments[2] if len(arguments) > 2 else "")
    print("\n".join(table(found)))
    if "quiet" not in arguments:
        print("\n".join(found.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
