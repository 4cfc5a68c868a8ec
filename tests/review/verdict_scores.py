"""Verdicts on manuscripts of strangers: `python -m tests.review.verdict_scores DATA [FOLDER]`.

FOLDER holds NAME.txt with NAME.tsv beside it: a sentence as it stands in the text, the verdicts that are right (separated by
commas; one that is false never has `supported`), and what is wrong in it. A sentence counts by its gravest verdict.
"""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from pathlib import Path

from verbale.app import flows

MANUSCRIPTS = Path(__file__).parent / "claims_unread"
TODAY = datetime.date(2026, 11, 1)
GRAVEST = ("contradicted", "partly", "supported", "not covered", "uncheckable")


def score(data: Path, folder: Path = MANUSCRIPTS) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Return how true, false and open sentences were judged ("right", or the verdict), and the sentences judged wrongly."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for path in sorted(folder.glob("*.txt")):
        report = flows.review(path, format="json", only=["claim"], records_folder=data, today=TODAY)
        text = report.document.text
        for line in path.with_suffix(".tsv").read_text("utf-8").splitlines():
            sentence, labels, why = (*line.split("\t"), "", "")[:3]
            right = {label.strip() for label in labels.split(",")}
            start = text.index(sentence)
            end = start + len(sentence)
            verdicts = {one.verdict for one in report.findings if one.evidence.start < end and start < one.evidence.end}
            told = next((one for one in GRAVEST if one in verdicts), "none")
            kind = "true" if "supported" in right else "false" if "contradicted" in right else "open"
            fits = told in right or (kind == "open" and told == "none")
            counts[kind, "right" if fits else told] += 1
            if not fits:
                wrong.append(f"{path.stem}: {sentence!r} ({labels}; {why}): {told}")
    return counts, wrong


def main(arguments: list[str]) -> None:
    """Print the counts, and every sentence that was judged wrongly."""
    counts, wrong = score(Path(arguments[0]), *(Path(one) for one in arguments[1:2]))
    for (kind, told), number in sorted(counts.items()):
        print(f"{kind:6} {told:13} {number}")
    print("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
