"""Writes the trained estimates as the file that the package runs: weights in eight bits as ONNX.

    python training/export_estimates.py --network training/build/estimates --pretrained FOLDER

Needs PyTorch and onnx.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from export_network import write_onnx
from network import Encoder
from train_estimates import Estimator
from verbale.parse.estimates import FOLDER, MARKED_WRITINGS, WEIGHTS, facts
from verbale.parse.pieces import WordPieces

HERE: Final = Path(__file__).parent


class OneSentence(nn.Module):  # type: ignore[misc]
    """The network for one sentence without padding, from pieces to probabilities."""

    def __init__(self, network: Estimator) -> None:
        """Keep the network."""
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, writings: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Return the estimates of acts and parts."""
        acts, parts = self.network(pieces[None], writings[None], first[None], last[None], None)
        return acts[0].sigmoid(), parts[0].sigmoid()


def main() -> None:
    """Export the network that was trained on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, default=HERE / "build" / "estimates")
    parser.add_argument("--pretrained", type=Path, required=True, help="for its vocab.txt")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--bits", type=int, choices=(8, 32), default=8)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    size = WordPieces((args.pretrained / "vocab.txt").read_text(encoding="utf-8")).size
    network = Estimator(Encoder(size, writings=MARKED_WRITINGS))
    network.load_state_dict(torch.load(args.network / "estimates.pt", weights_only=True))
    network.eval()
    write_onnx(OneSentence(network), network.encoder, args.out / WEIGHTS, ["acts", "parts"], bits=args.bits, said=facts(size))
    print(f"{args.out / WEIGHTS}: {(args.out / WEIGHTS).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
