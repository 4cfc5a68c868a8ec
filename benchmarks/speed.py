"""Measures the whole path from raw text to events against the parser alone on the same text, in one run, as a ratio.

Run `python benchmarks/speed.py PATH...` (default: the articles of `examples/`, repeated). Seconds differ between machines and
hours; the ratio is what to compare.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from verbale import sources
from verbale.coding import code_document, screen
from verbale.core import Document, Sentence
from verbale.parse import Parser, load_parser, split
from verbale.vocab import Vocabulary, load_vocabulary

EXAMPLES = Path(__file__).parent.parent / "examples"


def documents_of(paths: Sequence[str], *, least: int) -> list[Document]:
    """Return the documents under the paths, repeated under other names until there are at least so many."""
    found = [item for item in sources.read(paths) if isinstance(item, Document)]
    if not found:
        raise SystemExit("no document could be read")
    rounds = -(-least // len(found))
    return [replace(document, name=f"{document.name}-{number}") for number in range(rounds) for document in found]


def parse_only(documents: Sequence[Document], parser: Parser) -> float:
    """Return the seconds that parsing every sentence takes."""
    sentences = [sentence for document in documents for sentence in split(document)]
    start = time.perf_counter()
    for _ in parser.parse(sentences):
        pass
    return time.perf_counter() - start


def whole_path(documents: Sequence[Document], parser: Parser, vocabulary: Vocabulary) -> tuple[float, int, int]:
    """Return the seconds of splitting, screening, parsing what passes, and coding; the sentences parsed; the events found."""
    start = time.perf_counter()
    parsed = events = 0
    for document in documents:
        sentences = split(document)
        kept = [sentence for sentence in sentences if screen(sentence, vocabulary)]
        trees: dict[int, Sentence] = {sentence.index: sentence for sentence in parser.parse(kept)}
        parsed += len(kept)
        events += len(code_document(document, [trees.get(sentence.index, sentence) for sentence in sentences], vocabulary))
    return time.perf_counter() - start, parsed, events


def main() -> None:
    """Print both times, their ratio, and what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="*", default=[str(EXAMPLES)])
    arguments.add_argument("--documents", type=int, default=60)
    args = arguments.parse_args()
    parser, vocabulary = load_parser(), load_vocabulary()
    documents = documents_of(args.paths, least=args.documents)
    parse_only(documents[:2], parser)  # the first parse pays for caches that later ones use
    alone = parse_only(documents, parser)
    whole, parsed, events = whole_path(documents, parser, vocabulary)
    total = sum(len(split(document)) for document in documents)
    print(f"documents {len(documents)}, sentences {total}, past the screen {parsed}, events {events}")
    print(f"parser alone, all sentences  {alone:8.2f} s   {total / alone:8.0f} sentences/s")
    print(f"whole path                   {whole:8.2f} s   {total / whole:8.0f} sentences/s")
    print(f"whole path / parser alone    {whole / alone:8.2f}")


if __name__ == "__main__":
    main()
