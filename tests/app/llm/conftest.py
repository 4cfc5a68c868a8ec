"""What the tests of the second coder share: a cache of their own, documents, and a coder that does not really wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.app.llm.chat_samples import TEXTS

from verbale.app.flows.llm.coder import LlmCoder
from verbale.app.flows.llm.options import CACHE_VARIABLE, KEY_VARIABLE, LlmOptions
from verbale.vocab import Project


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "answers"))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_coder(clock: Clock) -> Callable[..., LlmCoder]:
    def make(
        endpoint: str, *, workers: int = 1, min_confidence: float = 0.0, project: Project | None = None, **options: Any
    ) -> LlmCoder:
        return LlmCoder(
            endpoint,
            "test-model",
            LlmOptions(**options),
            workers=workers,
            min_confidence=min_confidence,
            project=project,
            sleep=clock.sleep,
            clock=clock,
        )

    return make
