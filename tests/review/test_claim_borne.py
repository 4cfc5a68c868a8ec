"""What a record does not bear out is not `supported`: single sentences, each false one beside a true one that looks like it."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pytest
from tests.review.test_claim_floors import FILES, RAW, pytestmark

from verbale import records
from verbale.app import flows

__all__ = ["pytestmark"]

FOLDER = Path(__file__).parent / "claims_borne"
NEEDS = ("cow-mid-participants", "cow-wars", "cow-alliances", "sipri-transfers")
TODAY = datetime.date(2026, 6, 1)
# As measured (70 of 77 true sentences are supported, 104 of 122 false ones contradicted or so in part; before the closer look
# 38 of the false ones were supported): what falls below was made worse.
BORNE_OUT, DENIED = 0.85, 0.80


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, set[str]]]:
    """Return each sentence with its mark and the verdicts that its words were given."""
    folder = tmp_path_factory.mktemp("borne")
    for name in NEEDS:
        path = RAW / FILES[name]
        if path.suffix == ".gz":
            path = folder / path.stem
            path.write_bytes(gzip.decompress((RAW / FILES[name]).read_bytes()))
        records.install(name, file=path, folder=folder / "data")
    found = []
    for source in sorted(FOLDER.glob("*.txt")):
        rows = [
            line.split(" ", maxsplit=1) for line in source.read_text("utf-8").splitlines() if line[:2] in ("+ ", "- ", "~ ")
        ]
        manuscript = folder / source.name
        manuscript.write_text("\n\n".join(("A short account.", *(sentence for _, sentence in rows))) + "\n", "utf-8")
        report = flows.review(manuscript, format="json", only=["claim"], records_folder=folder / "data", today=TODAY)
        text = report.document.text
        for mark, sentence in rows:
            start = text.index(sentence)
            about = [one for one in report.findings if one.evidence.start < start + len(sentence) and start < one.evidence.end]
            found.append((mark, sentence, {str(one.verdict) for one in about}))
    return found


def test_nothing_false_is_borne_out(told: list[tuple[str, str, set[str]]]) -> None:
    borne = [sentence for mark, sentence, verdicts in told if mark == "-" and "supported" in verdicts]
    # of two claims in one sentence one may be true, where the other is denied
    alone = [sentence for mark, sentence, verdicts in told if sentence in borne and not verdicts & {"contradicted", "partly"}]
    assert not alone


def test_nothing_true_is_denied(told: list[tuple[str, str, set[str]]]) -> None:
    denied = [sentence for mark, sentence, verdicts in told if mark in "+~" and verdicts & {"contradicted", "partly"}]
    assert not denied


def test_most_are_told(told: list[tuple[str, str, set[str]]]) -> None:
    true = ["supported" in verdicts for mark, _, verdicts in told if mark == "+"]
    false = [bool(verdicts & {"contradicted", "partly"}) for mark, _, verdicts in told if mark == "-"]
    assert sum(true) / len(true) >= BORNE_OUT
    assert sum(false) / len(false) >= DENIED
