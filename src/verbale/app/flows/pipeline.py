"""One document through the rooms: split, screen, parse, code; here or in worker processes, in the order of the input."""

from __future__ import annotations

import itertools
import multiprocessing
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from verbale.coding import code_document, screen
from verbale.core import Document, Event, Rejection, VerbaleError
from verbale.parse import Parser, load_parser, split
from verbale.vocab import Vocabulary, load_vocabulary

# Documents that wait for each worker: two keep it busy while the ledger writes, more would only hold memory.
WAITING_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with its events; `screened` counts the sentences that passed the screen, `parsed` those that were parsed."""

    document: Document
    events: list[Event]
    sentences: int
    screened: int
    parsed: int


def code_one(document: Document, parser: Parser, vocabulary: Vocabulary, *, min_confidence: float = 0.0) -> Coded:
    """Code one document; whatever goes wrong inside is raised."""
    sentences = split(document)
    wanted = [number for number, sentence in enumerate(sentences) if screen(sentence, vocabulary)]
    parsed = list(parser.parse(sentences[number] for number in wanted))
    for number, sentence in zip(wanted, parsed, strict=True):
        sentences[number] = sentence
    events = [event for event in code_document(document, sentences, vocabulary) if event.confidence >= min_confidence]
    return Coded(document, events, len(sentences), len(wanted), sum(bool(sentence.tokens) for sentence in parsed))


def code_safely(document: Document, parser: Parser, vocabulary: Vocabulary, *, min_confidence: float) -> Coded | Rejection:
    """Code one document; a fault becomes a rejection with its last line, so that it costs no other document."""
    try:
        return code_one(document, parser, vocabulary, min_confidence=min_confidence)
    except Exception as error:  # one document's fault must not end the run
        return coding_failed(document, error)


def coding_failed(document: Document, error: Exception) -> Rejection:
    """Return the rejection of a document that could not be coded, with the last line of the traceback."""
    last = traceback.format_exception_only(error)[-1].strip()
    at = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({at[0].filename.rpartition('/')[2]}, line {at[0].lineno})" if at else ""
    problem = VerbaleError("coding-failed", document=document.name, reason=" ".join((last + where).split()))
    return Rejection.of(document.path or document.name, problem)


def code_all(
    items: Iterable[Document | Rejection], *, model: str | None, min_confidence: float, workers: int
) -> Iterator[Coded | Rejection]:
    """Yield each document coded, and each rejection as it came, in the order of the input.

    With more than one worker, documents go to processes that each load model and vocabulary. Raises VerbaleError
    `worker-died` where the system ended such a process.
    """
    if workers <= 1:
        parser, vocabulary = load_parser(model), load_vocabulary()
        for item in items:
            if isinstance(item, Rejection):
                yield item
            else:
                yield code_safely(item, parser, vocabulary, min_confidence=min_confidence)
        return
    yield from _in_processes(items, model=model, min_confidence=min_confidence, workers=workers)


def _in_processes(
    items: Iterable[Document | Rejection], *, model: str | None, min_confidence: float, workers: int
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
                        item if isinstance(item, Rejection) else pool.submit(_code_in_worker, item, model, min_confidence)
                    )
                if not waiting:
                    return
                first = waiting.popleft()
                yield first if isinstance(first, Rejection) else first.result()
        except BrokenProcessPool as error:
            raise VerbaleError("worker-died", workers=workers) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _code_in_worker(document: Document, model: str | None, min_confidence: float) -> Coded | Rejection:
    return code_safely(document, load_parser(model), load_vocabulary(), min_confidence=min_confidence)
