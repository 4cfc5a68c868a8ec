"""Puts the trained networks into the package as one spaCy pipeline, with name, licence and scores.

Run `python training/ship.py` after `train_parser.py`, `export_network.py` and `train_senter.py`. The pipeline in the package is
replaced by two renames, so that no process finds half a model there. It must load and score on the development files before
anything is replaced.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from score_parser import score
from verbale.parse.component import FACTORY

HERE = Path(__file__).parent
PACKAGE: Final = HERE.parent / "src" / "verbale" / "models" / "en_verbale"
TREEBANKS = HERE.parent.parent / "shared" / "treebanks"
# The model's own number: another training is another version, as the ledger keeps it with every event.
VERSION: Final = "0.2.0"
KEPT_SCORES: Final = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las")
ATTRIBUTION: Final = (
    "The encoder is all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, Reimers and Gurevych 2019), trained further on UD "
    "English-EWT 2.16 (CC BY-SA 4.0; Silveira et al. 2014) and UD English-GUM 2.16 (annotations CC BY-SA 4.0; Zeldes 2017; "
    "genres academic, bio, court, essay, interview, letter, news, speech, textbook, voyage), with names from Verbale's "
    "vocabulary and its own template treebank added. See NOTICE."
)


def assemble(network: Path, senter: Path) -> Language:
    """Return the pipeline: tokenizer, sentence cutter, parser; its store of strings holds no word of the treebanks."""
    trained = spacy.load(senter)
    pipeline = spacy.blank("en")
    settings = {name: value for name, value in trained.get_pipe_config("senter").items() if name != "factory"}
    cutter = pipeline.add_pipe("senter", config=settings)
    cutter.from_disk(senter / "senter", exclude=["vocab"])  # type: ignore[attr-defined]
    parser = pipeline.add_pipe(FACTORY, name="parser")
    parser.from_disk(network)  # type: ignore[attr-defined]
    return pipeline


def describe(folder: Path, scores: dict[str, Any]) -> None:
    """Write name, licence, sources and scores into the pipeline's meta data."""
    path = folder / "meta.json"
    meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    meta |= {
        "name": "verbale",
        "version": VERSION,
        "spacy_version": ">=3.8.0,<3.9.0",
        "description": "English tags, base forms and Universal Dependencies trees for texts about states.",
        "author": "The Verbale founders; see NOTICE for the authors of the encoder and of the treebanks",
        "license": "Weights: CC BY-SA 4.0 with attribution to the treebanks' authors; the encoder's are Apache-2.0",
        "notes": ATTRIBUTION,
        "sources": [
            {
                "name": "all-MiniLM-L6-v2",
                "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
                "license": "Apache-2.0",
            },
            {
                "name": "UD English-EWT 2.16",
                "url": "https://github.com/UniversalDependencies/UD_English-EWT",
                "license": "CC BY-SA 4.0",
            },
            {
                "name": "UD English-GUM 2.16",
                "url": "https://github.com/UniversalDependencies/UD_English-GUM",
                "license": "CC BY-SA 4.0 (annotations)",
            },
        ],
        "performance": {name: round(scores[name], 4) for name in KEPT_SCORES},
    }
    path.write_text(json.dumps(meta, indent=1, ensure_ascii=False), encoding="utf-8")


def swap(new: Path, place: Path) -> None:
    """Put the new folder at its place by renaming; the old one is removed afterwards."""
    old = place.with_name(place.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.rename(place, old)
    os.rename(new, place)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Assemble the pipeline, load and score it from disk, and put it into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", type=Path, default=HERE / "build" / "exported")
    parser.add_argument("--senter", type=Path, default=HERE / "build" / "senter" / "model-best")
    parser.add_argument("--out", type=Path, default=PACKAGE)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as its place, so that the swap is a rename.
    with tempfile.TemporaryDirectory(dir=args.out.parent.parent) as folder:
        new = Path(folder) / args.out.name
        assemble(args.network, args.senter).to_disk(new)
        scores = score(spacy.load(new), [args.treebanks / f"{bank}-dev.conllu" for bank in ("ewt", "gum")], passage=1)
        describe(new, scores)
        swap(new, args.out)
    size = sum(path.stat().st_size for path in args.out.rglob("*") if path.is_file())
    print(f"{args.out}: {size / 1e6:.1f} MB, LAS {100 * scores['dep_las']:.1f} on the development files")


if __name__ == "__main__":
    main()
