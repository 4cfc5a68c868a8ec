"""The second coder: a language model behind a server, asked passage by passage, and believed where the passage bears it out."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from typing import Any, Final

from verbale.app.flows.coder import Coded, Usage, coding_failed
from verbale.app.flows.llm.answers import Answer, AnswerFolder
from verbale.app.flows.llm.faults import PassageError, TooLongError
from verbale.app.flows.llm.options import SEED, TEMPERATURE, LlmOptions, checked_endpoint
from verbale.app.flows.llm.pools import DaemonThreads, Inline
from verbale.app.flows.llm.server import ChatServer
from verbale.coding.llm import (
    UNMEASURED,
    Checked,
    Passage,
    codebook_digest,
    coder_version,
    cut_passages,
    messages,
    read_answer,
)
from verbale.core import Document, Rejection, VerbaleError
from verbale.parse import split
from verbale.vocab import Project, load_vocabulary

# Passages that wait for each worker: two keep the server busy while the ledger writes.
WAITING_PER_WORKER: Final = 2
# What is kept: what could be read, and that an answer was cut off, which it would be again. The rest is asked for again.
KEPT_FAULTS: Final = frozenset({"", "answer-cut-off"})


@dataclass(frozen=True, slots=True)
class _Reply:
    """The answer to a passage; `halved` says that its halves were asked about in its place."""

    passage: Passage
    answer: Answer
    cached: bool
    halved: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """A document whose passages are being asked about."""

    document: Document
    sentences: int
    asked: int
    replies: list[Future[list[_Reply]]]


@dataclass(slots=True)
class _Spent:
    """What a run has spent so far."""

    passages: int = 0
    answers: int = 0
    cached: int = 0
    uncounted: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def add(self, reply: _Reply) -> None:
        """Count a reply; what came from the cache costs nothing."""
        if reply.cached:
            self.cached += 1
            return
        self.answers += 1
        answer = reply.answer
        if answer.input_tokens is None or answer.output_tokens is None:
            self.uncounted += 1
        self.input_tokens += answer.input_tokens or 0
        self.output_tokens += answer.output_tokens or 0


@dataclass(slots=True)
class LlmCoder:
    """A model on a server as a coder; `sleep` and `clock` are those of the system unless a test gives its own."""

    endpoint: str
    model: str
    settings: LlmOptions = field(default_factory=LlmOptions)
    min_confidence: float = 0.0
    workers: int = 1
    project: Project | None = None
    sleep: Callable[[float], object] | None = None
    clock: Callable[[], float] = time.monotonic
    name: str = field(init=False)
    version: str = field(init=False)
    vocabulary: str = field(init=False)
    options: dict[str, Any] = field(init=False)
    _server: ChatServer = field(init=False)
    _answers: AnswerFolder = field(init=False)
    _spent: _Spent = field(init=False, default_factory=_Spent)
    _stopped: threading.Event = field(init=False, default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Check address and options, and make ready to connect; nothing is sent before the first passage."""
        self.settings.check()
        self.endpoint = checked_endpoint(self.endpoint)
        self.name, self.version = f"llm:{self.model}", coder_version()
        self.vocabulary = load_vocabulary(project=self.project).digest
        self.options = {
            "endpoint": self.endpoint,
            "model": self.model,
            "codebook": codebook_digest(),
            "passage_size": self.settings.passage_size,
            "answer_tokens": self.settings.answer_tokens,
            "temperature": TEMPERATURE,
            "seed": SEED,
            "min_confidence": self.min_confidence,
            "vocabulary": self.vocabulary,
        }
        self._answers = AnswerFolder(self.settings.folder())
        self._server = ChatServer(self.endpoint, self.model, self.settings, sleep=self._pause, clock=self.clock)

    def code_all(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        """Yield each document coded, and each rejection as it came, in the order of the input.

        With more than one worker that many requests are under way at a time. Raises VerbaleError as `ChatServer.ask` does.
        """
        source = iter(items)
        waiting: deque[_Job | Rejection] = deque()
        self._stopped.clear()
        pool: Executor = DaemonThreads(self.workers) if self.workers > 1 else Inline()
        try:
            while True:
                while not waiting or (self.workers > 1 and _asked(waiting) < self.workers * WAITING_PER_WORKER):
                    item = next(source, None)
                    if item is None:
                        break
                    waiting.append(item if isinstance(item, Rejection) else self._begin(item, pool))
                if not waiting:
                    return
                first = waiting.popleft()
                yield first if isinstance(first, Rejection) else self._finish(first)
        finally:
            self._stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            self._server.close()

    def usage(self) -> Usage | None:
        """Return what has been asked of the server so far."""
        spent, settings = self._spent, self.settings
        cost = None
        if settings.input_price is not None or settings.output_price is not None:
            whole = spent.input_tokens * (settings.input_price or 0) + spent.output_tokens * (settings.output_price or 0)
            cost = whole / 1_000_000
        return Usage(
            self.endpoint,
            spent.passages,
            self._server.requests,
            spent.answers,
            spent.cached,
            spent.uncounted,
            spent.input_tokens,
            spent.output_tokens,
            cost,
        )

    def _begin(self, document: Document, pool: Executor) -> _Job | Rejection:
        """Cut a document to passages and have them asked about."""
        try:
            sentences = split(document)
            passages = cut_passages(document, sentences, self.settings.passage_size)
        except Exception as error:  # one document's fault must not end the run
            return coding_failed(document, error)
        broken: list[str] = []
        replies = [pool.submit(self._replies, passage, broken) for passage in passages]
        return _Job(document, len(sentences), sum(len(passage.sentences) for passage in passages), replies)

    def _finish(self, job: _Job) -> Coded | Rejection:
        """Check the answers to a document's passages; one that cannot be had makes the document a rejection."""
        document = job.document
        checked = Checked(document, load_vocabulary(project=self.project), self.name)
        try:
            for future in job.replies:
                for reply in future.result():
                    self._take(reply, checked)
        except PassageError as error:
            problem = VerbaleError("llm-passage", document=document.name, reason=str(error))
            return Rejection.of(document.path or document.name, problem)
        except VerbaleError:
            raise
        except Exception as error:  # one document's fault must not end the run
            return coding_failed(document, error)
        self._spent.passages += len(job.replies)
        if self.min_confidence > UNMEASURED:
            checked.dropped["below-confidence"] += len(checked.events)
            checked.events.clear()
        dropped, left_out = dict(sorted(checked.dropped.items())), dict(sorted(checked.left_out.items()))
        return Coded(document, checked.events, job.sentences, job.asked, 0, dropped, left_out)

    def _take(self, reply: _Reply, checked: Checked) -> None:
        self._spent.add(reply)
        if reply.halved:
            return
        items = None if reply.answer.fault else read_answer(reply.answer.content)
        if items is None:
            checked.dropped[reply.answer.fault or "answer-malformed"] += 1
        else:
            checked.add(reply.passage, items)

    def _replies(self, passage: Passage, broken: list[str]) -> list[_Reply]:
        """Return the replies to a passage; once one of a document's has failed (`broken` says why), the others are let be."""
        if broken:
            raise PassageError(broken[0])
        try:
            return self._whole_or_halves(passage)
        except PassageError as error:
            broken.append(str(error))
            raise

    def _whole_or_halves(self, passage: Passage) -> list[_Reply]:
        """Return the answer to a passage, or to its halves where the whole was too much for the model."""
        halves = passage.halves()
        whole: list[_Reply] = []
        try:
            reply = self._reply(passage)
            if reply.answer.fault != "answer-cut-off" or not halves:
                return [reply]
            whole = [_Reply(passage, reply.answer, reply.cached, halved=True)]
        except TooLongError:
            if not halves:
                raise
        return [*whole, *map(self._reply, halves)]

    def _reply(self, passage: Passage) -> _Reply:
        """Return the answer to a passage from the cache, else from the server."""
        asked = messages(passage)
        # whatever an answer depends on, but not the dialect: what a server needs to be told is no part of the question
        question = {
            name: self.options[name] for name in ("endpoint", "model", "codebook", "answer_tokens", "temperature", "seed")
        }
        key = self._answers.key({**question, "messages": asked})
        kept = self._answers.get(key)
        if kept is not None:
            return _Reply(passage, kept, cached=True)
        answer = self._server.ask(asked)
        if answer.fault in KEPT_FAULTS and (answer.fault or read_answer(answer.content) is not None):
            self._answers.put(key, answer)
        return _Reply(passage, answer, cached=False)

    def _pause(self, seconds: float) -> None:
        """Wait, unless the run ends meanwhile."""
        if self.sleep is not None:
            self.sleep(seconds)
        elif self._stopped.wait(seconds):
            raise CancelledError


def _asked(waiting: Iterable[_Job | Rejection]) -> int:
    return sum(len(job.replies) for job in waiting if isinstance(job, _Job))
