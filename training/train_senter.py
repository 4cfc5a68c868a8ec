"""Trains the small component that cuts a passage into sentences where none are given: `python training/train_senter.py`.

The coder never asks for it (Verbale cuts sentences by rules before it parses); it is there for whoever loads the pipeline with
spaCy alone. It learns from passages of one to ten sentences of the treebanks by `config.cfg`, in about five minutes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import spacy
from spacy.cli.train import train

from treebank import convert

HERE: Final = Path(__file__).parent
TREEBANKS: Final = HERE.parent.parent / "shared" / "treebanks"


def main() -> None:
    """Write the passages and train; the best model by the development parts is left in `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--out", type=Path, default=HERE / "build" / "senter")
    args = parser.parse_args()
    vocab = spacy.blank("en").vocab
    paths: dict[str, object] = {}
    for part in ("train", "dev"):
        out = args.out / f"{part}.spacy"
        files = [args.treebanks / f"{bank}-{part}.conllu" for bank in ("ewt", "gum")]
        print(f"{part}: {convert(files, out, vocab, longest=10, seed=7, curly=part == 'train')} passages")
        paths[f"paths.{part}"] = str(out)
    train(HERE / "config.cfg", args.out, overrides=paths)


if __name__ == "__main__":
    main()
