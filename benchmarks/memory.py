"""Codes a corpus of many small documents in one file and prints the memory that the process and its workers hold on the way.

    python benchmarks/memory.py [--documents 100000] [--workers 1] [--minutes 20]

The documents are made up from a seed: everyday sentences, which the screen leaves unparsed, and in every tenth document one in
which a state does something to another, with its own date and number, so that names, dates and events differ from document to
document. Memory is what the system calls resident. After the given minutes the run ends and says how far it came.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from everyday import everyday_sentences

from verbale import code
from verbale.vocab import load_vocabulary

SEED = 1648
SAMPLED_EVERY = 5_000
TELLING_EVERY = 10
ACTS = ("recalled its ambassador from", "signed a trade agreement with", "protested to", "imposed sanctions on",
        "sent {number} tonnes of grain to", "opened talks with", "expelled {number} diplomats of", "threatened")  # fmt: skip


class EnoughError(Exception):
    """The minutes are over."""


def documents(count: int) -> Iterator[dict[str, str]]:
    """Yield the rows of the corpus: a date, an id and a text of four to eight sentences."""
    chance, everyday = random.Random(SEED), everyday_sentences(SEED)  # noqa: S311
    names = sorted({state.names[0] for state in load_vocabulary().states.all if state.end is None})
    for number in range(count):
        sentences = [next(everyday) for _ in range(chance.randint(4, 8))]
        if number % TELLING_EVERY == 0:
            one, other = chance.sample(names, 2)
            act = chance.choice(ACTS).format(number=chance.randint(2, 9_999))
            told = f"On {chance.randint(1, 28)} May {chance.randint(1950, 2020)} {one} {act} {other}."
            sentences.insert(chance.randrange(len(sentences)), told)
        date = f"{chance.randint(1950, 2020)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield {"id": f"note-{number:06}", "date": date, "text": " ".join(sentences)}


def resident() -> dict[int, float]:
    """Return the resident megabytes of this process and of those it started, by process id (Linux)."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return {pid: _megabytes(pid) for pid in (os.getpid(), *map(int, children))}


def _megabytes(pid: int) -> float:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:  # it has ended
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def main() -> None:
    """Code the corpus and print the samples."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--minutes", type=float, default=20)
    args = arguments.parse_args()
    started = time.monotonic()

    def watch(progress: Any) -> None:
        if progress.documents % SAMPLED_EVERY == 0 or progress.documents == 500:
            held = " + ".join(f"{one:.0f}" for one in resident().values() if one)
            seconds = time.monotonic() - started
            print(f"{progress.documents:8} documents {progress.events:7} events {seconds:7.0f} s   {held} MB", flush=True)
        if time.monotonic() - started > args.minutes * 60:
            raise EnoughError

    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name, "corpus.jsonl")
        with corpus.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in documents(args.documents))
        print(f"corpus of {args.documents} documents, {corpus.stat().st_size / 1e6:.0f} MB", flush=True)
        ledger = Path(name, "ledger.duckdb")
        try:
            report = code(corpus, ledger=ledger, workers=args.workers, progress=watch)
        except EnoughError:
            print(f"ended after {args.minutes:g} minutes")
        else:
            print(f"{report.documents} documents, {report.sentences} sentences, {report.screened} past the screen, "
                  f"{report.events} events, {len(report.rejections)} rejections, {report.seconds:.0f} s")  # fmt: skip
        print(f"ledger file {ledger.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
