"""Keeps requests apart, so that a server's limit per minute is never reached."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Pace:
    """A clock of turns that threads share: each caller waits for its own, evenly spaced.

    Even spacing is stricter than a count per minute, needs no window to be remembered, and a limit of tokens per minute holds
    with it as well.
    """

    def __init__(self, per_minute: float | None, *, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        """Space turns for so many a minute; None for no limit."""
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        if not self._interval:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            self._sleep(turn - now)
