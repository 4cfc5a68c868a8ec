"""Puts a trained pipeline into the package: without the treebanks' words in its string store, with name, licence and scores.

Run `python training/ship.py --model training/build/two/model-best`. The model in the package is replaced by two
renames, so that no process finds half a model there. The slim model must parse the development files exactly as the full one
does, else nothing is replaced.
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
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.symbols import NAMES  # type: ignore[import-not-found]

from treebank import read_sentences

HERE = Path(__file__).parent
PACKAGE: Final = HERE.parent / "src" / "verbale" / "models" / "en_verbale"
TREEBANKS = HERE.parent.parent / "shared" / "treebanks"
KEPT_SCORES: Final = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
ATTRIBUTION: Final = (
    "Trained on UD English-EWT 2.16 (CC BY-SA 4.0; Silveira et al. 2014) and UD English-GUM 2.16 (annotations "
    "CC BY-SA 4.0; Zeldes 2017; genres academic, bio, court, essay, interview, letter, news, speech, textbook, voyage), "
    "with names from Verbale's vocabulary and its own template treebank added. See NOTICE."
)


def needed_strings(model: Path) -> list[str]:
    """Return the strings that components look up by their hash: labels, features, the pieces of the lemmatizer's rules."""
    pipeline = spacy.load(model)
    store = pipeline.vocab.strings
    needed: set[str] = set(NAMES) | {""}
    for name in pipeline.pipe_names:
        component = pipeline.get_pipe(name)
        for label in getattr(component, "labels", ()):
            needed.add(str(label))
            # A morphological label holds features and the part of speech, which are looked up one by one too.
            needed.update(str(label).split("|"))
            needed.update(part for feature in str(label).split("|") for part in feature.split("="))
            needed.update(action.partition("-")[2] for action in [str(label)])
    trees = srsly.msgpack_loads((model / "trainable_lemmatizer" / "trees").read_bytes())
    for tree in trees["trees"] if isinstance(trees, dict) else trees:
        needed.update(store[tree[part]] for part in ("orig", "subst") if part in tree)
    features = {feature for label in list(needed) if "=" in label for feature in (label, label.split("|POS=")[0])}
    return sorted(needed | features)


def slim(model: Path, out: Path) -> None:
    """Copy the model with a short string store and our meta data."""
    shutil.copytree(model, out)
    (out / "vocab" / "strings.json").write_text(json.dumps(needed_strings(model), ensure_ascii=False), encoding="utf-8")
    meta: dict[str, Any] = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    meta |= {
        "name": "verbale",
        "version": "0.1.0",
        "spacy_version": ">=3.8.0,<3.9.0",
        "description": "English tagger, morphologizer, lemmatizer and Universal Dependencies parser for texts about states.",
        "author": "The Verbale founders; see NOTICE for the authors of the treebanks",
        "license": "Weights: CC BY-SA 4.0 with attribution to the treebanks' authors",
        "notes": ATTRIBUTION,
        "sources": [
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
        "performance": {name: round(meta["performance"][name], 4) for name in KEPT_SCORES},
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False), encoding="utf-8")


def analyses(pipeline: Language, texts: list[str]) -> list[list[tuple[str, ...]]]:
    """Return everything that the pipeline writes into the tokens."""
    return [
        [(word.text, word.lemma_, word.pos_, word.tag_, str(word.morph), word.dep_, str(word.head.i)) for word in doc]
        for doc in pipeline.pipe(texts)
    ]


def swap(new: Path, place: Path) -> None:
    """Put the new folder at its place by renaming; the old one is removed afterwards."""
    old = place.with_name(place.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.rename(place, old)
    os.rename(new, place)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Slim the model, compare it with the full one, and put it into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=HERE / "build" / "two" / "model-best")
    parser.add_argument("--out", type=Path, default=PACKAGE)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as its place, so that the swap is a rename.
    with tempfile.TemporaryDirectory(dir=args.out.parent.parent) as folder:
        new = Path(folder) / args.out.name
        slim(args.model, new)
        texts = [text for bank in ("ewt", "gum") for text, _ in read_sentences(args.treebanks / f"{bank}-dev.conllu")]
        if analyses(spacy.load(args.model), texts) != analyses(spacy.load(new), texts):
            raise SystemExit(
                "the slim model parses the development files otherwise than the full one: a string is missing in it"
            )
        swap(new, args.out)
    size = sum(path.stat().st_size for path in args.out.rglob("*") if path.is_file())
    print(f"{args.out}: {size / 1e6:.1f} MB, {len(texts)} sentences parsed alike")


if __name__ == "__main__":
    main()
