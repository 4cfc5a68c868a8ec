"""Trains the network that the package's parser runs on: a pretrained encoder with fresh heads, on the treebanks and more.

    python training/train_parser.py --pretrained FOLDER

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2. Every epoch sees the treebanks' training parts once, and a
share of the copies with other names (`augment.py`) and of our own treebank (`templates.py`). The epoch that scores best on the
treebanks' development parts is kept in `--out`. Needs PyTorch and safetensors, which the package itself does not.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import time
from collections import defaultdict
from pathlib import Path
from typing import Final

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from augment import augment
from examples import NONE, Labels, Numberer, Numbers, Words, align, collect
from network import Network, Sizes, load_encoder
from templates import generate
from treebank import CURLY_SHARE, Sentence, read_sentences
from verbale.parse.pieces import WordPieces

HERE: Final = Path(__file__).parent
TREEBANKS: Final = HERE.parent.parent / "shared" / "treebanks"
# Three copies show every surname of the vocabulary about once, every state and nationality some ten times.
COPIES: Final = 3
# Enough for each verb frame of the grammar to come some fifty times.
OWN_SENTENCES: Final = 4_500
# What an epoch sees of each set: one copy in four (the trees are the same), two template sentences in five.
SHARES: Final = {"treebanks": 1.0, "renamed": 1 / 4, "own": 0.4}
EPOCHS: Final = 8
BATCH_PIECES: Final = 1_600
STEP: Final = 8
# The encoder was pretrained and is only bent; the heads start from nothing.
RATES: Final = {"encoder": 1.5e-4, "heads": 1.5e-3}
WARMUP: Final = 0.08
LOSS_WEIGHTS: Final = {"arc": 1.0, "label": 1.0, "tag": 0.5, "kind": 0.5}

Pairs = list[tuple[Numbers, Numbers]]


def sentences_of(treebanks: Path) -> dict[str, list[Sentence]]:
    """Return the training and development sentences by set; own ones with unknown labels are left out."""
    files = {part: [treebanks / f"{bank}-{part}.conllu" for bank in ("ewt", "gum")] for part in ("train", "dev")}
    plain = [sentence for path in files["train"] for sentence in read_sentences(path)]
    known = {(row[3], row[5]) for _, rows in plain for row in rows}
    own = [pair for pair in generate(OWN_SENTENCES, seed=7) if all((row[3], row[5]) in known for row in pair[1])]
    renamed = list(augment(files["train"], copies=COPIES, seed=7))
    dev = [sentence for path in files["dev"] for sentence in read_sentences(path)]
    return {"treebanks": plain, "renamed": renamed, "own": own, "dev": dev}


def prepare(treebanks: Path, vocabulary: Path, out: Path) -> tuple[dict[str, Pairs], Labels]:
    """Return the sentences as numbers, each with straight and with typographic marks, and the labels behind them."""
    pipeline = spacy.blank("en")
    words: dict[str, list[tuple[Words, Words]]] = {}
    for name, sentences in sentences_of(treebanks).items():
        words[name] = [tuple(align(pipeline, pair, curly=curly) for curly in (False, True)) for pair in sentences]  # type: ignore[misc]
        print(f"{name}: {len(sentences)} sentences", flush=True)
    labels = collect(straight for name in ("treebanks", "own") for straight, _ in words[name])
    numberer = Numberer(labels, WordPieces(vocabulary.read_text(encoding="utf-8")))
    numbers = {name: [(numberer.numbers(a), numberer.numbers(b)) for a, b in pairs] for name, pairs in words.items()}
    usable = {name: [pair for pair in pairs if None not in pair] for name, pairs in numbers.items()}
    labels.write(out / "labels.json")
    return usable, labels  # type: ignore[return-value]


def rounded(length: int) -> int:
    """Return the length to which a sentence is padded: few shapes make fast products."""
    return STEP * math.ceil(length / STEP)


def batches(examples: list[Numbers], size: int, generator: random.Random) -> list[list[Numbers]]:
    """Return batches of so many pieces, sentences of like length together, in random order."""
    alike: dict[int, list[Numbers]] = defaultdict(list)
    for example in examples:
        alike[rounded(len(example.pieces.pieces))].append(example)
    found = []
    for length, group in sorted(alike.items()):
        generator.shuffle(group)
        most = max(1, size // length)
        found += [group[at : at + most] for at in range(0, len(group), most)]
    generator.shuffle(found)
    return found


def padded(rows: list[NDArray[np.int64]], value: int) -> Tensor:
    """Lay rows of different lengths into one matrix."""
    matrix = np.full((len(rows), rounded(max(map(len, rows)))), value, dtype=np.int64)
    for at, row in enumerate(rows):
        matrix[at, : len(row)] = row
    return torch.from_numpy(matrix)


class Batch:
    """Sentences as matrices, with masks where they are shorter than the longest."""

    def __init__(self, examples: list[Numbers]) -> None:
        """Lay the sentences together."""
        pieces = [example.pieces for example in examples]
        self.pieces = padded([one.pieces for one in pieces], 0)
        self.writings = padded([one.writings for one in pieces], 0)
        self.first = padded([one.first for one in pieces], 0)
        self.last = padded([one.last for one in pieces], 0)
        lengths = torch.tensor([len(one.pieces) for one in pieces])
        words = torch.tensor([len(one.first) for one in pieces])
        length = self.first.shape[1]
        self.mask = torch.where(torch.arange(self.pieces.shape[1]) < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        self.head_mask = torch.where(torch.arange(length) < words[:, None], 0.0, -1e4)[:, None, :]
        # The root has no head: one column fewer than words.
        rows = [np.pad(example.gold, ((0, 0), (0, 1)), constant_values=NONE) for example in examples]
        self.gold = [padded([row[at] for row in rows], NONE)[:, : length - 1] for at in range(4)]

    def scores(self, network: Network) -> tuple[Tensor, Tensor]:
        """Return the words' vectors and the scores of their heads."""
        x = network.words(self.pieces, self.writings, self.first, self.last, self.mask)
        return x, network.arcs(x).float() + self.head_mask

    def at_heads(self, network: Network, x: Tensor, heads: Tensor) -> Tensor:
        """Return the label scores of each word under the head that is given."""
        vectors = network.label_head(x)
        chosen = vectors.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, vectors.shape[-1]))
        return network.labels_of(network.label_dependent(x[:, 1:]), chosen)

    def others(self, network: Network, x: Tensor) -> dict[str, Tensor]:
        """Return the scores of tags and kinds."""
        tagging = network.tagger(x[:, 1:])
        return {"tag": network.tag(tagging), "kind": network.kind(tagging)}


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Return the weighted sum of the heads' losses."""
    x, arcs = batch.scores(network)
    parts = {"arc": arcs, "label": batch.at_heads(network, x, batch.gold[0]), **batch.others(network, x)}
    losses = [
        LOSS_WEIGHTS[name] * functional.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=NONE)
        for (name, scores), gold in zip(parts.items(), batch.gold, strict=True)
    ]
    return torch.stack(losses).sum()


@torch.no_grad()  # type: ignore[untyped-decorator]
def evaluate(network: Network, examples: list[Numbers], punctuation: int) -> dict[str, float]:
    """Return the shares of right heads, labels, tags and kinds; each word takes its best head."""
    network.eval()
    right = dict.fromkeys(("uas", "las", "tag", "kind"), 0)
    words = all_words = 0
    for group in batches(examples, 4_000, random.Random(0)):  # noqa: S311
        batch = Batch(group)
        x, arcs = batch.scores(network)
        heads, labels, *rest = batch.gold
        counted = (heads != NONE) & (labels != NONE) & (labels != punctuation)
        chosen = arcs.argmax(-1)
        attached = (chosen == heads) & counted
        named = batch.at_heads(network, x, chosen).argmax(-1) == labels
        words += int(counted.sum())
        right["uas"] += int(attached.sum())
        right["las"] += int((attached & named).sum())
        all_words += int((rest[0] != NONE).sum())
        for (name, scores), gold in zip(batch.others(network, x).items(), rest, strict=True):
            right[name] += int(((scores.argmax(-1) == gold) & (gold != NONE)).sum())
    network.train()
    return {name: 100 * count / (words if name in ("uas", "las") else all_words) for name, count in right.items()}


def epoch_examples(data: dict[str, Pairs], generator: random.Random) -> list[Numbers]:
    """Draw what one epoch sees, a third of it with typographic marks."""
    drawn = [pair for name, share in SHARES.items() for pair in generator.sample(data[name], int(share * len(data[name])))]
    return [pair[generator.random() < CURLY_SHARE] for pair in drawn]


def train(network: Network, data: dict[str, Pairs], labels: Labels, args: argparse.Namespace) -> None:
    """Train for the epochs asked for and keep the best by the labelled score on the development parts."""
    generator = random.Random(args.seed)  # noqa: S311
    encoder, ids = list(network.encoder.parameters()), {id(one) for one in network.encoder.parameters()}
    groups = [
        {"params": encoder, "lr": RATES["encoder"]},
        {"params": [one for one in network.parameters() if id(one) not in ids], "lr": RATES["heads"]},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    epochs = [batches(epoch_examples(data, generator), BATCH_PIECES, generator) for _ in range(args.epochs)]
    steps = sum(map(len, epochs))
    dev = [straight for straight, _ in data["dev"]]
    best, start, done = 0.0, time.time(), 0

    def rate(step: int) -> float:
        """Return the share of the full rate: up, then down to nothing with the steps, or with the clock where it is faster."""
        passed = max(step / steps, (time.time() - start) / (60 * args.minutes) if args.minutes else 0.0)
        return min((step + 1) / (WARMUP * steps), max(0.0, (1 - passed) / (1 - WARMUP)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    for number, groups_of_epoch in enumerate(epochs, start=1):
        total = 0.0
        for at, group in enumerate(groups_of_epoch, start=1):
            batch = Batch(group)
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bfloat16):
                loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            done += 1
            out_of_time = rate(done) == 0.0 or done == args.max_steps
            if at % 50 == 0 or out_of_time:
                taken = (time.time() - start) / done
                print(f"  {number}: {at}/{len(groups_of_epoch)} loss {total / at:.3f}, {taken:.2f} s a step", flush=True)
            if out_of_time:
                break
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bfloat16):
            scores = evaluate(network, dev, labels.labels.index("punct"))
        shown = " ".join(f"{name} {score:.2f}" for name, score in scores.items())
        print(f"epoch {number}: {shown} ({time.time() - start:.0f} s)", flush=True)
        if scores["las"] > best:
            best = scores["las"]
            torch.save({"weights": network.state_dict(), "scores": scores, "epoch": number}, args.out / "best.new")
            (args.out / "best.new").rename(args.out / "best.pt")
        if out_of_time:
            return


def main() -> None:
    """Prepare the data, load the pretrained encoder and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--out", type=Path, default=HERE / "build" / "network")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="half as long on processors that have it")
    parser.add_argument("--minutes", type=float, default=0, help="on a busy machine: be done by then, whatever the epoch")
    parser.add_argument("--max-steps", type=int, default=0, help="for a trial: stop after so many steps")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    shutil.copy(args.pretrained / "vocab.txt", args.out / "vocab.txt")
    data, labels = prepare(args.treebanks, args.pretrained / "vocab.txt", args.out)
    print({name: len(pairs) for name, pairs in data.items()}, {name: len(found) for name, found in labels.__dict__.items()})
    sizes = Sizes(len(labels.labels), len(labels.tags), len(labels.kinds))
    network = Network(WordPieces((args.out / "vocab.txt").read_text(encoding="utf-8")).size, sizes)
    load_encoder(network.encoder, args.pretrained / "model.safetensors")
    train(network, data, labels, args)


if __name__ == "__main__":
    main()
