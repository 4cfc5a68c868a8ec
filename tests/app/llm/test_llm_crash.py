"""A killed run: what was answered is not asked for again, what was finished is skipped, the record is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.app.llm.chat_samples import act
from tests.app.llm.chat_server import Body, Reply, answer, passage, serve

import verbale
from verbale.app.flows.llm.options import CACHE_VARIABLE

PARAGRAPH = "In {year} France attacked Spain. " + "It rained in Madrid and nobody was glad of it. " * 8
DOCUMENTS, PARAGRAPHS = 4, 5


def tells(body: Body) -> Reply:
    year = passage(body)[3:7]
    return answer(act(f"In {year} France attacked Spain", "France", "Spain", date=year))


def stored(path: Path) -> list[dict[str, Any]]:
    with verbale.open_ledger(path, read_only=True) as ledger:
        found: list[dict[str, Any]] = ledger.events().drop("run_id").order_by("event_id").to_pyarrow().to_pylist()
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with SIGKILL")
@pytest.mark.parametrize("workers", [1, 3])
def test_a_kill_in_between_costs_no_answered_passage_a_second_call(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    years = iter(range(1800, 1900))
    for number in range(DOCUMENTS):
        text = "\n\n".join(PARAGRAPH.format(year=next(years)).strip() for _ in range(PARAGRAPHS))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    cache = tmp_path / "answers"
    with serve(_stopping(at := threading.Event(), go := threading.Event(), after=8)) as server:
        arguments = ["code", str(folder), "--ledger", str(tmp_path / "L.duckdb"), "--coder", "llm", "--passage-size", "500",
                     "--endpoint", server.endpoint, "--model", "m", "--workers", str(workers)]  # fmt: skip
        command = [sys.executable, "-m", "verbale", *arguments]
        environment = os.environ | {CACHE_VARIABLE: str(cache)}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            assert at.wait(120)
            process.kill()
        go.set()
        kept = len(list(cache.rglob("*.json")))
        assert 0 < kept < DOCUMENTS * PARAGRAPHS
        server.requests.clear()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert len(server.requests) == DOCUMENTS * PARAGRAPHS - kept
        assert "coded:" in done.stdout
        whole = tmp_path / "whole.duckdb"
        verbale.code(
            folder, ledger=whole, coder="llm", endpoint=server.endpoint, model="m", llm=verbale.LlmOptions(passage_size=500)
        )
    assert len(stored(tmp_path / "L.duckdb")) == DOCUMENTS * PARAGRAPHS
    assert stored(tmp_path / "L.duckdb") == stored(whole)


def _stopping(at: threading.Event, go: threading.Event, *, after: int) -> Callable[[Body], Reply]:
    """Answer so many requests, then say so and hold the rest until the process has been killed."""
    count, lock = 0, threading.Lock()

    def script(body: Body) -> Reply:
        nonlocal count
        with lock:
            count += 1
            late = count > after
        if late and not go.is_set():
            at.set()
            go.wait(120)
        return tells(body)

    return script
