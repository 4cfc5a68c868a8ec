"""Trains the English pipeline that ships in the package from the treebanks in `../shared/treebanks`.

Run `python training/train_parser.py` (20 minutes to an hour on two cores); `training/score_parser.py` measures the result.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import spacy
from spacy.cli.train import train

from treebank import convert

HERE = Path(__file__).parent
TREEBANKS = HERE.parent.parent / "shared" / "treebanks"


def main() -> None:
    """Convert the treebanks, train by `config.cfg`, and leave the best model in `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--out", type=Path, default=HERE / "build")
    parser.add_argument("--max-steps", type=int, default=None)
    args = parser.parse_args()
    vocab = spacy.blank("en").vocab
    with tempfile.TemporaryDirectory() as folder:
        corpora = {}
        for part in ("train", "dev"):
            corpora[part] = Path(folder) / f"{part}.spacy"
            files = [args.treebanks / f"{bank}-{part}.conllu" for bank in ("ewt", "gum")]
            documents = convert(files, corpora[part], vocab, longest=10, seed=7, curly=part == "train")
            print(f"{part}: {documents} documents")
        overrides: dict[str, object] = {"paths.train": str(corpora["train"]), "paths.dev": str(corpora["dev"])}
        if args.max_steps:
            overrides["training.max_steps"] = args.max_steps
        train(HERE / "config.cfg", args.out, overrides=overrides)


if __name__ == "__main__":
    main()
