"""The pools in which requests are made: outcomes come back, the end is not held back."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Executor
from operator import truediv

import pytest

from verbale.app.flows.llm.pools import DaemonThreads, Inline


@pytest.mark.parametrize("make", [Inline, lambda: DaemonThreads(3)])
def test_results_and_errors_come_back(make: type[Executor]) -> None:
    pool = make()
    futures = [pool.submit(truediv, 6, divisor) for divisor in (1, 2, 0, 3)]
    assert [futures[at].result(10) for at in (0, 1, 3)] == [6, 3, 2]
    with pytest.raises(ZeroDivisionError):
        futures[2].result(10)
    pool.shutdown()


def test_what_is_queued_is_cancelled_and_nobody_waits_for_what_is_under_way() -> None:
    pool, begun, go = DaemonThreads(1), threading.Event(), threading.Event()

    def stuck() -> str:
        begun.set()
        return "done" if go.wait(30) else "late"

    first, second = pool.submit(stuck), pool.submit(stuck)
    assert begun.wait(30)
    pool.shutdown(wait=True, cancel_futures=True)
    with pytest.raises(CancelledError):
        second.result(10)
    go.set()
    assert first.result(30) == "done"
