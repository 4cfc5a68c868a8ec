"""Measures the whole path, from text files to a ledger, against the parser alone on the same text in the same run.

    python benchmarks/speed.py [PATH...] [--workers 1|2] [--rounds 3]

The texts are those under the paths (default: every third of `training/stories/narratives`), written out anew as files. They are
measured as they are, and with everyday sentences among them that make up 30 % of all and can hold no event. *Parser alone*
parses every sentence, in as many processes as the whole path has workers, and does the same work on each as the whole path:
splitting, and the context that the estimates read (who is named where, the sentence before), are made ready beforehand and not
counted there. The whole path is the flow `code`. Rounds of both are interleaved, and the medians compared: seconds differ
between machines and hours, ratios less. Processor time stands beside the clock's, for other programs count in
the latter. One worker has model and vocabulary loaded before; processes of two workers each load them, some seconds whatever
the size of the corpus, so that what two documents of a word each take is measured as well and taken off.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from everyday import everyday_sentences, mixed

from verbale import code, sources
from verbale.app.flows.common import new_run
from verbale.coding import CODER, CODER_VERSION, code_document, in_context, screen
from verbale.core import Document, Sentence
from verbale.ledger import Counts, open_ledger
from verbale.parse import load_parser, split
from verbale.vocab import load_vocabulary

STORIES = Path(__file__).parent.parent / "training" / "stories" / "narratives" / "texts"
SEED = 1815
EVENTLESS = 0.3
STAGES = ("read", "split", "screen", "parse", "code", "ledger")


@dataclass
class Corpus:
    """A folder of text files, the documents in it, and what measuring them gave: seconds by the clock and of the processor."""

    name: str
    folder: Path
    documents: list[Document]
    sentences: list[list[Sentence]]
    alone: list[tuple[float, float]] = field(default_factory=list)
    whole: list[tuple[float, float]] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)

    def measure(self, workers: int, folder: Path) -> None:
        """Add one round of the parser alone and of the whole path."""
        self.alone.append(timed(lambda: parse_alone(self, workers)))
        self.whole.append(timed(lambda: whole_path(self, workers, folder)))

    def medians(self) -> list[list[float]]:
        """Return the medians of clock and processor seconds, of the parser alone and of the whole path."""
        return [[statistics.median(one) for one in zip(*times, strict=True)] for times in (self.alone, self.whole)]


def corpora(paths: Sequence[str], folder: Path) -> list[Corpus]:
    """Write the two corpora and read them back: the texts as they are, and with everyday sentences among theirs."""
    given = [str(path) for path in sorted(STORIES.glob("*.txt"))[::3]]
    texts = [item for item in sources.read(paths or given) if isinstance(item, Document)]
    if not texts:
        raise SystemExit("no document could be read")
    chance, everyday = random.Random(SEED), everyday_sentences(SEED)  # noqa: S311
    found = []
    for name, share in (("as they are", 0.0), (f"{EVENTLESS:.0%} of the sentences cannot hold an event", EVENTLESS)):
        inside = folder / f"share{share}"
        inside.mkdir()
        for number, document in enumerate(texts):
            blocks: dict[int, list[str]] = {}
            for sentence in split(document):
                blocks.setdefault(sentence.block, []).append(sentence.text)
            lines = [" ".join(mixed(one, share=share, everyday=everyday, chance=chance)) for one in blocks.values()]
            (inside / f"{number:04}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        found.append(corpus(name, inside))
    return found


def corpus(name: str, folder: Path) -> Corpus:
    """Read a folder of texts, and make its sentences ready for the parser."""
    vocabulary = load_vocabulary()
    documents = [item for item in sources.read([folder]) if isinstance(item, Document)]
    return Corpus(name, folder, documents, [in_context(one, split(one), vocabulary) for one in documents])


def tiny(folder: Path) -> Corpus:
    """Write and read a corpus of two words, to measure what starting costs."""
    inside = folder / "tiny"
    inside.mkdir()
    for name in ("one", "two"):
        (inside / f"{name}.txt").write_text(f"{name.capitalize()}.", encoding="utf-8")
    return corpus("tiny", inside)


def parse_sentences(sentences: Sequence[Sentence]) -> int:
    """Parse every sentence of a document and return how many there are."""
    return sum(1 for _ in load_parser().parse(sentences))


def parse_alone(corpus: Corpus, workers: int) -> None:
    """Parse every sentence, here or in worker processes that each load the parser."""
    if workers == 1:
        for sentences in corpus.sentences:
            parse_sentences(sentences)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for _ in pool.map(parse_sentences, corpus.sentences):
            pass


def whole_path(corpus: Corpus, workers: int, folder: Path) -> None:
    """Code the files into a new ledger."""
    ledger = folder / f"{time.monotonic_ns()}.duckdb"
    report = code(corpus.folder, ledger=ledger, workers=workers)
    while multiprocessing.active_children():  # their processor time is known only after their end
        time.sleep(0.01)
    if report.rejections or report.documents != len(corpus.documents):
        raise SystemExit(f"{report.documents} of {len(corpus.documents)} documents were coded: {report.rejections[:1]}")
    ledger.unlink()


def in_stages(corpus: Corpus, folder: Path) -> dict[str, float]:
    """Go the path step by step and return each one's processor seconds, with counts of `sentences`, `parsed`, `events`."""
    parser, vocabulary = load_parser(), load_vocabulary()
    run = new_run(coder=CODER, coder_version=CODER_VERSION, model=parser.name, vocabulary=vocabulary.digest, options={})
    spent: dict[str, float] = dict.fromkeys((*STAGES, "sentences", "parsed", "events"), 0.0)
    path = folder / f"{time.monotonic_ns()}.duckdb"
    began = time.process_time()

    def note(stage: str) -> None:
        nonlocal began
        now = time.process_time()
        spent[stage] += now - began
        began = now

    with open_ledger(path) as ledger:
        note("ledger")
        for document in sources.read([corpus.folder]):
            note("read")
            if not isinstance(document, Document):
                continue
            sentences = in_context(document, split(document), vocabulary)
            note("split")
            kept = [sentence for sentence in sentences if screen(sentence, vocabulary)]
            note("screen")
            trees: dict[int, Sentence] = {sentence.index: sentence for sentence in parser.parse(kept)}
            note("parse")
            events = code_document(document, [trees.get(one.index, one) for one in sentences], vocabulary)
            note("code")
            ledger.append(document, events, run=run, counts=Counts(len(sentences), len(kept)))
            note("ledger")
            spent["sentences"] += len(sentences)
            spent["parsed"] += len(kept)
            spent["events"] += len(events)
    note("ledger")
    path.unlink()
    return spent


def timed(job: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds of a job by the clock, and of the processor in this process and those that it started."""
    clock, before = time.perf_counter(), os.times()
    job()
    after = os.times()
    return time.perf_counter() - clock, sum(after[:4]) - sum(before[:4])


def show(corpus: Corpus, start: Corpus, workers: int) -> None:
    """Print medians and ratios of one corpus, less what starting costs."""
    pairs = zip(corpus.medians(), start.medians(), strict=True)
    alone, whole = ([one - off for one, off in zip(times, less, strict=True)] for times, less in pairs)
    stages = {name: statistics.median(one[name] for one in corpus.stages) for name in corpus.stages[0]}
    outside = sum(stages[name] for name in STAGES if name != "parse")
    print(f"\n{corpus.name}: {len(corpus.documents)} documents, {stages['sentences']:.0f} sentences, "
          f"{stages['parsed'] / stages['sentences']:.1%} past the screen, {stages['events']:.0f} events")  # fmt: skip
    print(f"  {'':32}{'clock':>10}{'processor':>12}")
    print(f"  {'parser alone, all sentences':32}{alone[0]:8.2f} s{alone[1]:10.2f} s   on {workers}")
    print(f"  {'whole path, files to ledger':32}{whole[0]:8.2f} s{whole[1]:10.2f} s   on {workers}")
    print(f"  {'whole path / parser alone':32}{whole[0] / alone[0]:10.2f}{whole[1] / alone[1]:12.2f}")
    print(f"  outside the parser / parser {outside / stages['parse']:.1%} of processor time, on one core: "
          + ", ".join(f"{name} {stages[name] / stages['parse']:.1%}" for name in STAGES if name != "parse"))  # fmt: skip


def main() -> None:
    """Measure in rounds and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("paths", nargs="*")
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--rounds", type=int, default=3)
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = corpora(args.paths, folder)
        for sentences in found[0].sentences[:2]:
            parse_sentences(sentences)  # the first parse pays for caches that later ones use
        in_stages(found[0], folder)
        start = tiny(folder)
        for _ in range(args.rounds):
            start.measure(args.workers, folder)
            for corpus in found:
                corpus.measure(args.workers, folder)
                corpus.stages.append(in_stages(corpus, folder))
        for corpus in found:
            show(corpus, start, args.workers)
        less = ", ".join(f"{name} {clock:.1f} s ({processor:.1f} s)" for name, (clock, processor) in zip(
            ("parser alone", "whole path"), start.medians(), strict=True))  # fmt: skip
        print(f"\ntaken off for starting, by the clock (of the processor): {less}")


if __name__ == "__main__":
    main()
