"""Our own coder: a document through the rooms, split, screen, parse, code; here or in worker processes, in input order."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from verbale.app.flows.coder import Coded, Usage, coding_failed
from verbale.coding import CODER, CODER_VERSION, code_document, in_context, screen
from verbale.core import Document, Rejection, Sentence, VerbaleError
from verbale.parse import Parser, load_parser, split
from verbale.vocab import Project, Vocabulary, load_vocabulary

# Documents that wait for each worker: two keep it busy while the ledger writes, more would only hold memory.
WAITING_PER_WORKER = 2


def code_one(document: Document, parser: Parser, vocabulary: Vocabulary, *, min_confidence: float = 0.0) -> Coded:
    """Code one document; whatever goes wrong inside is raised."""
    return code_with_sentences(document, parser, vocabulary, min_confidence=min_confidence)[0]


def code_with_sentences(
    document: Document, parser: Parser, vocabulary: Vocabulary, *, min_confidence: float = 0.0
) -> tuple[Coded, list[Sentence]]:
    """Code one document, and return its sentences with it, those parsed that the screen let through."""
    sentences = in_context(document, split(document), vocabulary)
    wanted = [number for number, sentence in enumerate(sentences) if screen(sentence, vocabulary)]
    parsed = list(parser.parse(sentences[number] for number in wanted))
    for number, sentence in zip(wanted, parsed, strict=True):
        sentences[number] = sentence
    events = [event for event in code_document(document, sentences, vocabulary) if event.confidence >= min_confidence]
    coded = Coded(document, events, len(sentences), len(wanted), sum(bool(sentence.tokens) for sentence in parsed))
    return coded, sentences


def code_safely(document: Document, parser: Parser, vocabulary: Vocabulary, *, min_confidence: float) -> Coded | Rejection:
    """Code one document; a fault becomes a rejection with its last line, so that it costs no other document."""
    try:
        return code_one(document, parser, vocabulary, min_confidence=min_confidence)
    except Exception as error:  # one document's fault must not end the run
        return coding_failed(document, error)


class OwnCoder:
    """Our own coder, offline: rules over a parse, in this process or in several."""

    def __init__(self, *, model: str | None, min_confidence: float, workers: int, project: Project | None = None) -> None:
        """Load the model here, so that one that cannot be loaded is told before any document; `workers` are processes."""
        self.project = project
        self._model, self._min_confidence, self._workers = model, min_confidence, workers
        self.name, self.version = CODER, CODER_VERSION
        self.model, self.vocabulary = load_parser(model).name, load_vocabulary(project=project).digest
        self.options: dict[str, Any] = {
            "min_confidence": min_confidence,
            "model": self.model,
            "vocabulary": self.vocabulary,
        }

    def code_all(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        """Yield each document coded, and each rejection as it came, in the order of the input.

        With more than one worker, documents go to processes that each load model and vocabulary, the project's files included.
        Raises VerbaleError `worker-died` where the system ended such a process, and `project-changed` where a worker found
        other project files than the run began with.
        """
        model, project, min_confidence = self._model, self.project, self._min_confidence
        if self._workers <= 1:
            parser, vocabulary = load_parser(model), load_vocabulary(project=project)
            for item in items:
                if isinstance(item, Rejection):
                    yield item
                else:
                    yield code_safely(item, parser, vocabulary, min_confidence=min_confidence)
            return
        yield from _in_processes(items, model=model, min_confidence=min_confidence, workers=self._workers, project=project)

    def usage(self) -> Usage | None:
        """Return None: nothing leaves this machine."""
        return None


def _in_processes(
    items: Iterable[Document | Rejection],
    *,
    model: str | None,
    min_confidence: float,
    workers: int,
    project: Project | None,
) -> Iterator[Coded | Rejection]:
    # spawn: a fork would copy the ledger's open file and DuckDB's threads into the workers
    context = multiprocessing.get_context("spawn")
    source = iter(items)
    waiting: deque[Rejection | Future[Coded | Rejection]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            while True:
                for item in itertools.islice(source, workers * WAITING_PER_WORKER - len(waiting)):
                    waiting.append(
                        item
                        if isinstance(item, Rejection)
                        else pool.submit(_code_in_worker, item, model, min_confidence, project)
                    )
                if not waiting:
                    return
                first = waiting.popleft()
                yield first if isinstance(first, Rejection) else first.result()
        except BrokenProcessPool as error:
            raise VerbaleError("worker-died", workers=workers) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _code_in_worker(document: Document, model: str | None, min_confidence: float, project: Project | None) -> Coded | Rejection:
    return code_safely(document, load_parser(model), load_vocabulary(project=project), min_confidence=min_confidence)
