"""Where requests are made: at once in this thread, or in threads that never hold the program back at its end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any

_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]


class Inline(Executor):
    """Does each job at once, so that an interruption is felt at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Do the job and return its outcome."""
        future: Future[Any] = Future()
        _do((future, fn, args))
        return future


class DaemonThreads(Executor):
    """So many threads that work off a queue.

    Those of the standard library's pool are waited for when the program ends; after Ctrl-C that would be until a server has
    answered, up to the whole timeout.
    """

    def __init__(self, workers: int) -> None:
        """Start the threads."""
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._workers = workers
        for _ in range(workers):
            threading.Thread(target=self._work, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Queue the job and return what its outcome will be in."""
        future: Future[Any] = Future()
        self._jobs.put((future, fn, args))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - nobody is waited for
        """Let the threads end after the jobs that are under way, or after all that are queued."""
        while cancel_futures:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is not None:
                job[0].cancel()
        for _ in range(self._workers):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            _do(job)


def _do(job: _Job) -> None:
    future, fn, args = job
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = fn(*args)
    except Exception as error:
        future.set_exception(error)
    else:
        future.set_result(result)
