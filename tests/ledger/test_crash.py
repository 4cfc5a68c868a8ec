"""A killed process: the ledger opens, no finished document is lost, none is half there, and the next run goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ledger.ledger_samples import make_document, make_events, make_run

from verbale.ledger import Counts, open_ledger

# Appends notes until it is killed and says after each flush how many are finished.
WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from tests.ledger.ledger_samples import make_document, make_events, make_run
from verbale.ledger import Counts, open_ledger
with open_ledger(sys.argv[1]) as ledger:
    for number in range(100_000):
        document = make_document(f"note-{number}")
        if not ledger.has(document.document_id, "verbale", "1.0", "o"):
            ledger.append(document, make_events(document), run=make_run(), counts=Counts(3, 1), options="o")
        if number % 10 == 9:
            ledger.flush()
            print(number + 1, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with SIGKILL")
def test_killing_the_writer_loses_no_finished_document(tmp_path: Path) -> None:
    path, finished = tmp_path / "ledger.duckdb", 0
    for pause in (0.0, 0.05, 0.2, 0.11):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parents[2])], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            said = writer.stdout.readline()  # the first ten are finished; the kill comes somewhere in what follows
            time.sleep(pause)
            writer.kill()
            said = (said + writer.stdout.read()).rpartition("\n")[0].splitlines()[-1]
        finished = max(finished, int(said))
        with open_ledger(path, read_only=True) as ledger:
            names = set(ledger.documents().to_pandas()["name"])
            assert {f"note-{number}" for number in range(finished)} <= names
            assert len(names) == ledger.info().documents
            per_document = ledger.events().group_by("document_id").aggregate(n=lambda table: table.count())
            assert set(per_document.to_pandas()["n"]) == {2}
            assert per_document.count().to_pyarrow().as_py() == len(names) == ledger.codings().count().to_pyarrow().as_py()
            assert ledger.passages().count().to_pyarrow().as_py() == 3 * len(names)
    with open_ledger(path) as ledger:
        document = make_document("after")
        ledger.append(document, make_events(document), run=make_run(), counts=Counts(3, 1), options="o")
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.info().documents == len(names) + 1


def test_an_error_in_the_middle_keeps_what_was_finished(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"

    def interrupted() -> None:
        with open_ledger(path) as ledger:
            document = make_document()
            ledger.append(document, make_events(document), run=make_run(), counts=Counts())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.info().events == 2
