"""Trains the estimates: a small encoder that tells which words of a sentence tell an act, and whose part each actor has.

    python training/train_estimates.py --pretrained FOLDER training/stories/narratives training/stories/sentences

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2. The learning texts are those of the judge. The judge must
not learn from estimates of sentences that they were trained on: so the texts are divided into folds, each is estimated by a
network that was trained on the others, and those estimates are kept beside the weights for `train_judge.py`.

A larger encoder can teach the small one what nobody coded by hand: run first with `--teacher MPNET_FOLDER --uncoded TEXTS`,
which trains it on the learning texts and keeps its estimates of the uncoded ones; later runs learn from those too. Needs
PyTorch and safetensors, which the package itself does not.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from act_examples import UNNAMED, ActExample, Text, examples, read_texts
from network import Encoder, Head, load_encoder
from teacher import Teacher
from train_parser import padded
from verbale.core import EVENT_TYPES
from verbale.parse.estimates import MARKED_WRITINGS, in_context
from verbale.parse.pieces import Pieces, WordPieces

HERE: Final = Path(__file__).parent
EPOCHS: Final = 6
BATCH_PIECES: Final = 2_000
RATES: Final = {"encoder": 1e-4, "heads": 1e-3}
# The teacher's lowest layers know words; trained too, they take a third longer.
FROZEN_OF_TEACHER: Final = 4
RATES_OF_TEACHER: Final = {"encoder": 3e-5, "heads": 1e-3}
WARMUP: Final = 0.1
FOLDS: Final = 3
ACT_WIDTH: Final = 256
PART_WIDTH: Final = 128
PARTS: Final = 2
# A teacher's parts are learnt in words that it holds for an act with this probability: the others are many and say little.
LIKELY: Final = 0.1
TAUGHT: Final = "taught.pickle"
GO_ON: Final = "weights of an earlier training to go on from; for a fold, of one that did not see it"


class Estimator(nn.Module):  # type: ignore[misc]
    """Encoder and two heads: the acts of each word, and each word's part in each act. The first vector is no word's."""

    def __init__(self, encoder: Encoder | Teacher, dropout: float = 0.33) -> None:
        """Make the network with fresh heads."""
        super().__init__()
        self.encoder = encoder
        self.word_dropout = nn.Dropout(dropout / 2)
        width = encoder.norm.weight.shape[0]
        self.act_head, self.act = Head(ACT_WIDTH, dropout, width), nn.Linear(ACT_WIDTH, len(EVENT_TYPES))
        self.teller, self.party = Head(PART_WIDTH, dropout, width), Head(PART_WIDTH, dropout, width)
        self.part = nn.Linear(PART_WIDTH, PARTS * PART_WIDTH, bias=False)
        self.part_of_teller = nn.Linear(PART_WIDTH, PARTS)
        self.part_of_party = nn.Linear(PART_WIDTH, PARTS, bias=False)
        nn.init.normal_(self.part.weight, std=0.02)
        nn.init.constant_(self.act.bias, -4.0)  # most words tell no act

    def forward(
        self, pieces: Tensor, writings: Tensor, first: Tensor, last: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Return the scores of acts (batch, words, types) and of parts (batch, words, words with the unnamed one, 2)."""
        x = self.encoder(pieces, writings, mask)
        width = x.shape[-1]
        ends = [x.gather(1, at.unsqueeze(-1).expand(-1, -1, width)) for at in (first, last)]
        words = self.word_dropout(torch.cat(ends, -1))
        acts = self.act(self.act_head(words[:, 1:]))
        tellers, parties = self.teller(words[:, 1:]), self.party(words)
        turned = self.part(tellers).unflatten(-1, (PARTS, PART_WIDTH))
        pairs = torch.einsum("bnkr,bmr->bnmk", turned, parties)
        return acts, pairs + self.part_of_teller(tellers).unsqueeze(2) + self.part_of_party(parties).unsqueeze(1)


@dataclass
class Numbers:
    """An example with its pieces; with a teacher's acts and parts (as `Estimator` gives them) where nobody coded it."""

    example: ActExample
    pieces: Pieces
    taught: tuple[Tensor, Tensor] | None = None


class Batch:
    """Examples as matrices; `counted` and `asked` are 1 where gold says something."""

    def __init__(self, numbers: Sequence[Numbers]) -> None:
        """Lay the sentences together."""
        pieces = [one.pieces for one in numbers]
        self.pieces, self.writings = padded([one.pieces for one in pieces], 0), padded([one.writings for one in pieces], 0)
        self.first, self.last = padded([one.first for one in pieces], 0), padded([one.last for one in pieces], 0)
        lengths = torch.tensor([len(one.pieces) for one in pieces])
        self.mask = torch.where(torch.arange(self.pieces.shape[1]) < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        size, places = len(numbers), self.first.shape[1]
        words = places - 1
        self.acts, self.counted = torch.zeros(size, words, len(EVENT_TYPES)), torch.zeros(size, words)
        self.parts, self.asked = torch.zeros(size, words, places, PARTS), torch.zeros(size, words, places)
        self.of_leads = torch.zeros(size, 1, places)
        for row, one in enumerate(numbers):
            example, leads = one.example, len(one.example.context.leads)
            self.of_leads[row, 0, 1 : leads + 1] = 1
            self.counted[row, leads : leads + len(example.tokens)] = 1
            if one.taught is not None:
                self._take(row, one, *one.taught)
            for at in example.open:
                self.counted[row, leads + at] = 0
            for at, types in example.acts.items():
                self.acts[row, leads + at, sorted(types)] = 1
            for at, parts in example.parts.items():
                told = {place if place == UNNAMED else leads + place: part for place, part in parts.items()}
                told |= dict(enumerate(example.leads[at], start=1))
                for place, part in told.items():
                    self.asked[row, leads + at, place] = 1
                    self.parts[row, leads + at, place] = torch.tensor(part, dtype=torch.float32)

    def _take(self, row: int, one: Numbers, acts: Tensor, parts: Tensor) -> None:
        """Take a teacher's estimates: parts only in words that may tell an act, as far as they may."""
        leads, acts, parts = len(one.example.context.leads), acts.float(), parts.float()
        self.acts[row, : len(acts)] = acts
        likely = acts.max(-1).values
        places = [UNNAMED, *range(1, leads + 1), *(leads + place for place in one.example.named)]
        for at in (likely >= LIKELY).nonzero().flatten().tolist():
            self.asked[row, at, places] = likely[at]
            self.parts[row, at, places] = parts[at, places]

    def scores(self, network: Estimator) -> tuple[Tensor, Tensor]:
        """Return the network's scores."""
        acts, parts = network(self.pieces, self.writings, self.first, self.last, self.mask)
        return acts.float(), parts.float()

    def loss(self, network: Estimator) -> Tensor:
        """Return what acts, parts, and the parts of leads are off by, each by the number of things asked.

        Counted together, the many leads without a part would drown the parts of those whom the sentence names.
        """
        acts, parts = self.scores(network)
        of_acts = functional.binary_cross_entropy_with_logits(acts, self.acts, reduction="none").sum(-1) * self.counted
        of_parts = functional.binary_cross_entropy_with_logits(parts, self.parts, reduction="none").sum(-1) * self.asked
        total = of_acts.sum() / (self.acts.sum() + 3)
        for group in (self.of_leads, 1 - self.of_leads):
            total = total + (of_parts * group).sum() / ((self.asked * group).sum() + 3)
        return total


def numbered(found: Sequence[ActExample], pieces: WordPieces) -> list[Numbers]:
    """Return the examples with their pieces; a sentence that is too long for the encoder is left out."""
    numbers = []
    for example in found:
        laid = in_context(pieces, example.tokens, example.start, example.context)
        if example.tokens and len(laid.first) == 1 + len(example.context.leads) + len(example.tokens):
            numbers.append(Numbers(example, laid))
    return numbers


def batches(numbers: Sequence[Numbers], generator: random.Random) -> list[list[Numbers]]:
    """Return batches of so many pieces, sentences of like length together, in random order."""
    ordered = sorted(numbers, key=lambda one: len(one.pieces.pieces) + generator.random() * 6)
    found: list[list[Numbers]] = [[]]
    for one in ordered:
        if found[-1] and (len(found[-1]) + 1) * len(one.pieces.pieces) > BATCH_PIECES:
            found.append([])
        found[-1].append(one)
    generator.shuffle(found)
    return found


def fresh(args: argparse.Namespace, size: int) -> Estimator:
    """Return a network with a pretrained encoder, of which the embeddings and a teacher's lowest layers stay as they are."""
    if args.teacher:
        encoder: Encoder | Teacher = Teacher(args.teacher, args.pretrained / "vocab.txt", MARKED_WRITINGS)
    else:
        encoder = Encoder(size, writings=MARKED_WRITINGS)
        load_encoder(encoder, args.pretrained / "model.safetensors")
    frozen = list(encoder.layers)[: FROZEN_OF_TEACHER if args.teacher else 0]
    for module in (encoder.pieces, encoder.places, encoder.norm, *frozen):
        module.requires_grad_(False)
    network = Estimator(encoder)
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True))
    return network


def train(numbers: Sequence[Numbers], args: argparse.Namespace, size: int) -> Estimator:
    """Return a network trained on the examples."""
    torch.manual_seed(args.seed)
    generator = random.Random(args.seed)  # noqa: S311
    network = fresh(args, size)
    encoder = network.encoder
    rates = RATES_OF_TEACHER if args.teacher else RATES
    # Whom a word names is new to the encoder, and has to be learnt as fast as the heads.
    inside = {id(one) for one in encoder.parameters()} - {id(encoder.writings.weight)}
    groups = [
        {"params": [one for one in encoder.parameters() if one.requires_grad and id(one) in inside], "lr": rates["encoder"]},
        {"params": [one for one in network.parameters() if id(one) not in inside], "lr": rates["heads"]},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    plan = [group for _ in range(args.epochs) for group in batches(numbers, generator)]
    warmup = WARMUP * len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.0, (len(plan) - step) / (len(plan) - warmup)))
    )
    start = time.time()
    for step, group in enumerate(plan, start=1):
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bfloat16):
            loss = Batch(group).loss(network)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(
                f"  {step}/{len(plan)} loss {float(loss.detach()):.3f}, {(time.time() - start) / step:.2f} s a step", flush=True
            )
    network.eval()
    return network


@torch.no_grad()  # type: ignore[untyped-decorator]
def estimate(network: Estimator, numbers: Sequence[Numbers]) -> dict[tuple[str, int], tuple[Any, Any, Any]]:
    """Return acts, parts and the leads' parts as probabilities, by document and start of the sentence."""
    found = {}
    for one in numbers:
        leads = len(one.example.context.leads)
        acts, parts = Batch([one]).scores(network)
        told, roles = acts[0, leads:].sigmoid().numpy(), parts[0, leads:].sigmoid().numpy()
        own = np.concatenate([roles[:, :1], roles[:, leads + 1 :]], axis=1)
        named = roles[:, 1 : leads + 1]
        found[one.example.key] = (told.astype(np.float16), own.astype(np.float16), named.astype(np.float16))
    return found


@torch.no_grad()  # type: ignore[untyped-decorator]
def taught(network: Estimator, numbers: Sequence[Numbers], args: argparse.Namespace) -> list[Numbers]:
    """Return the examples with a teacher's estimates, in half precision."""
    found = []
    for group in batches(numbers, random.Random(args.seed)):  # noqa: S311
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bfloat16):
            acts, parts = (told.sigmoid().half() for told in Batch(group).scores(network))
        for row, one in enumerate(group):
            words = len(one.pieces.first) - 1
            found.append(replace(one, taught=(acts[row, :words].clone(), parts[row, :words, : words + 1].clone())))
    return found


def report(estimates: dict[tuple[str, int], tuple[Any, Any, Any]], numbers: Sequence[Numbers]) -> str:
    """Return how well acts and parts are told: F1 of acts at the best threshold, and how often the likeliest part is right."""
    acts: list[tuple[float, bool]] = []
    asked, right_parts, right_leads = 0, [], []
    for one in numbers:
        scores, parts, leads = estimates[one.example.key]
        asked += len(one.example.acts)
        for at, row in enumerate(scores):
            if at not in one.example.open:
                acts.append((float(row.max()), int(row.argmax()) in one.example.acts.get(at, ())))
        for at, places in one.example.parts.items():
            for part in range(PARTS):
                if any(said[part] for said in places.values()) and len(places) > 1:
                    likeliest = max(places, key=lambda place: float(parts[at, place, part]))
                    right_parts.append(places[likeliest][part])
        for at, told in one.example.leads.items():
            missing = one.example.parts[at][UNNAMED]
            for part in range(PARTS):
                if missing[part] and any(lead[part] for lead in told):
                    right_leads.append(told[int(leads[at, :, part].argmax())][part])
    best = (0.0, 0.0)
    for threshold in (0.2, 0.3, 0.4, 0.5):
        taken = [right for score, right in acts if score >= threshold]
        best = max(best, (2 * sum(taken) / max(1, len(taken) + asked), threshold))
    named, unnamed = (f"{np.mean(right):.3f} of {len(right)}" for right in (right_parts, right_leads))
    return f"acts F1 {best[0]:.3f} at {best[1]}, parts right {named}, of unnamed actors {unnamed}"


def _read(folder: Path) -> list[Text]:
    return read_texts(folder, everything=True, estimates=False)


def main() -> None:
    """Train one network a fold and one on everything; write the last one's weights and all estimates out of fold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "build" / "estimates")
    parser.add_argument("--check", type=Path, nargs="*", default=[], help="hand-coded sets to report on, not to learn from")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="faster on processors that have it")
    parser.add_argument("--teacher", type=Path, help="folder of MPNet, to train it in the place of the small encoder")
    parser.add_argument("--uncoded", type=Path, nargs="*", default=[], help="documents whose acts the teacher estimates")
    parser.add_argument("--only", type=int, default=None, help="train only this fold, or -1 for the network on everything")
    parser.add_argument("--start", type=Path, help=GO_ON)
    args = parser.parse_args()
    if args.start and not args.teacher and args.only is None:
        parser.error("--start goes with --teacher or --only: weights that saw everything must not begin the folds")
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces((args.pretrained / "vocab.txt").read_text(encoding="utf-8"))
    learning, checking = (
        numbered([one for folder in folders for text in _read(folder) for one in examples(text)], pieces)
        for folders in (args.folders, args.check)
    )
    acts = sum(len(types) for one in learning for types in one.example.acts.values())
    print(f"{len(learning)} sentences, {acts} acts", flush=True)
    if args.teacher:
        network = train(learning, args, pieces.size)
        torch.save(network.state_dict(), args.out / "teacher.pt")
        print(f"teacher: {report(estimate(network, checking), checking)}", flush=True)
        uncoded = numbered([one for path in args.uncoded for text in _read(path) for one in examples(text)], pieces)
        (args.out / TAUGHT).write_bytes(pickle.dumps(taught(network, uncoded, args)))
        return
    lessons: list[Numbers] = []
    if (args.out / TAUGHT).is_file():
        lessons = pickle.loads((args.out / TAUGHT).read_bytes())  # noqa: S301
        print(f"{len(lessons)} sentences with a teacher's estimates", flush=True)
    documents = sorted({one.example.document for one in learning})
    fold_of = {name: place % FOLDS for place, name in enumerate(documents)}
    for fold in range(FOLDS) if args.only is None else [args.only] if args.only >= 0 else []:
        network = train([*(one for one in learning if fold_of[one.example.document] != fold), *lessons], args, pieces.size)
        held_out = [one for one in learning if fold_of[one.example.document] == fold]
        found = estimate(network, held_out)
        (args.out / f"fold{fold}.pickle").write_bytes(pickle.dumps(found))
        print(f"fold {fold}: {report(found, held_out)}", flush=True)
    if args.only in (None, -1):
        network = train([*learning, *lessons], args, pieces.size)
        torch.save(network.state_dict(), args.out / "estimates.pt")
        found = estimate(network, checking)
        (args.out / "checked.pickle").write_bytes(pickle.dumps(found))
        if checking:
            print(f"all: {report(found, checking)}", flush=True)


if __name__ == "__main__":
    main()
