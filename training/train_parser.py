"""Trains the English pipeline that ships in the package: on the treebanks, then with names and diplomatic English added.

Run `python training/train_parser.py` (about an hour and a half on one core): the first stage trains by `config.cfg` on the
treebanks of `../shared/treebanks`; the second goes on from its best model with copies of the sentences that name states
(`augment.py`) and with our own treebank (`templates.py`) added, while the learning rate falls to nothing. `score_parser.py`
measures the result, `ship.py` puts it into the package. `--stage two` starts from the model of an earlier first stage.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.util import load_config, registry

from augment import augment
from templates import generate, write_conllu
from treebank import convert, read_sentences

HERE = Path(__file__).parent
TREEBANKS = HERE.parent.parent / "shared" / "treebanks"

# Three copies show every surname of the vocabulary about once, every state and nationality some ten times.
COPIES = 3
# Enough for each verb frame of the grammar to come some fifty times; one word in nine of the training data.
OWN_SENTENCES = 4_500
# Steps of up to a thousand words: the first stage's dev scores are flat from here, the second sees its data about three times.
STEPS = {"one": 6_000, "two": 1_900}


@registry.callbacks("verbale.restore_lemmatizer.v1")  # type: ignore[untyped-decorator]
def restore_lemmatizer() -> Callable[[Language], None]:
    """Return the step that makes a loaded lemmatizer fit to be trained on.

    spaCy 3.8 does not keep the table from edit trees to labels with the weights; without it all lemmas count as one label.
    """

    def restore(pipeline: Language) -> None:
        lemmatizer = pipeline.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label.update({tree: label for label, tree in enumerate(lemmatizer.labels)})  # type: ignore[attr-defined]

    return restore


def prepare(treebanks: Path, build: Path, *, added: bool) -> dict[str, str]:
    """Write the training and development corpora and return their paths for the configuration."""
    vocab = spacy.blank("en").vocab
    files = {part: [treebanks / f"{bank}-{part}.conllu" for bank in ("ewt", "gum")] for part in ("train", "dev")}
    if added:
        known = {(row[3], row[5]) for path in files["train"] for _, rows in read_sentences(path) for row in rows}
        own = [pair for pair in generate(OWN_SENTENCES, seed=7) if all((row[3], row[5]) in known for row in pair[1])]
        renamed = list(augment(files["train"], copies=COPIES, seed=7))
        print(f"own sentences: {len(own)}, copies with other names: {len(renamed)}")
        for name, sentences in (("own", own), ("renamed", renamed)):
            write_conllu(build / f"{name}.conllu", sentences)
            files["train"].append(build / f"{name}.conllu")
    paths = {}
    for part, sources in files.items():
        out = build / f"{part}{'-added' if added else ''}.spacy"
        count = convert(sources, out, vocab, longest=10, seed=7, curly=part == "train")
        print(f"{part}: {count} documents")
        paths[f"paths.{part}"] = str(out)
    return paths


def continuation(first: Path, config: Path) -> Path:
    """Write the configuration of the second stage: all weights from the first, a learning rate that falls to nothing."""
    settings = load_config(HERE / "config.cfg")
    settings["components"] = {name: {"source": str(first)} for name in settings["nlp"]["pipeline"]}
    # The optimizer starts without its history, so the rate climbs for a hundred steps, to what the first stage ended with.
    settings["training"]["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1",
        "warmup_steps": 100,
        "total_steps": STEPS["two"],
        "initial_rate": 0.0008,
    }
    settings["training"]["batcher"]["size"] = 800
    settings["training"]["eval_frequency"] = 475
    settings["initialize"]["after_init"] = {"@callbacks": "verbale.restore_lemmatizer.v1"}
    settings["training"]["patience"] = STEPS["two"]
    settings.to_disk(config)
    return config


def main() -> None:
    """Run one stage or both and leave the best model of the last one in `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--out", type=Path, default=HERE / "build")
    parser.add_argument("--stage", choices=("one", "two", "both"), default="both")
    parser.add_argument("--max-steps", type=int, default=None, help="for a trial: so many steps a stage")
    args = parser.parse_args()
    for stage in ("one", "two") if args.stage == "both" else (args.stage,):
        overrides: dict[str, object] = dict(prepare(args.treebanks, args.out, added=stage == "two"))
        overrides["training.max_steps"] = args.max_steps or STEPS[stage]
        first = args.out / "one"
        config = HERE / "config.cfg" if stage == "one" else continuation(first / "model-best", args.out / "two.cfg")
        train(config, args.out / stage, overrides=overrides)


if __name__ == "__main__":
    main()
