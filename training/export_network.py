"""Writes a trained network as the files that the package runs: weights in eight bits as ONNX, labels, word pieces, base forms.

    python training/export_network.py --network training/build/network --out training/build/exported

Matrices are kept as whole numbers of eight bits with a scale a column (`--bits 32` keeps them as they are, to compare), the
vectors of the word pieces with a scale a piece. All that is said of a sentence comes from one run: the scores of all heads, and
for each word under each head the best label. Needs PyTorch and onnx.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import LABEL_WIDTH, Encoder, Network, Sizes
from verbale.parse.network import LABELS, LEMMAS, OUTPUTS, PIECES, WEIGHTS
from verbale.parse.pieces import WordPieces

HERE: Final = Path(__file__).parent
INPUTS: Final = ("pieces", "writings", "first", "last")
FAR: Final = 1e4  # beyond all scores


class SmallEmbedding(nn.Module):  # type: ignore[misc]
    """Vectors in eight bits with a scale each, in place of an `nn.Embedding`."""

    def __init__(self, weight: Tensor) -> None:
        """Round the vectors."""
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rounded", (weight / scale).round().to(torch.int8))

    def forward(self, at: Tensor) -> Tensor:
        """Return the vectors of these numbers."""
        return self.rounded[at].float() * self.scale[at]


class OneSentence(nn.Module):  # type: ignore[misc]
    """The network for one sentence without padding, from pieces to the choices of every head but the tree."""

    def __init__(self, network: Network, root: int) -> None:
        """Keep the network and the number of the label that only the root has."""
        super().__init__()
        self.network = network
        allowed = torch.zeros(network.sizes.labels)
        allowed[root] = FAR
        self.register_buffer("allowed", allowed[None, :, None])

    def forward(self, pieces: Tensor, writings: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return scores of heads, best labels under each head, best tag and best kind."""
        network = self.network
        x = network.words(pieces[None], writings[None], first[None], last[None], None)
        scores = network.arcs(x)[0].log_softmax(-1)
        dependents, heads = network.label_dependent(x[0, 1:]), network.label_head(x[0])
        pairs = network.label(dependents).reshape(-1, LABEL_WIDTH) @ heads.T
        pairs = pairs.reshape(dependents.shape[0], network.sizes.labels, -1)
        pairs = pairs + network.label_prior_dependent(dependents)[:, :, None] + network.label_prior_head(heads).T[None]
        # The label of the root stands where the head is the root, and nowhere else.
        labels = torch.cat([(pairs[:, :, :1] + self.allowed), (pairs[:, :, 1:] - self.allowed)], -1).argmax(1)
        tagging = network.tagger(x[0, 1:])
        return scores, labels, network.tag(tagging).argmax(-1), network.kind(tagging).argmax(-1)


def load(folder: Path) -> tuple[Network, dict[str, list[str]]]:
    """Return the trained network and its labels."""
    names: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    sizes = Sizes(*(len(names[name]) for name in OUTPUTS))
    network = Network(WordPieces((folder / "vocab.txt").read_text(encoding="utf-8")).size, sizes)
    network.load_state_dict(torch.load(folder / "best.pt", weights_only=True)["weights"])
    return network.eval(), names


def export(network: Network, names: dict[str, list[str]], out: Path, *, bits: int) -> None:
    """Write the weights as ONNX with the sizes of the label lists in its meta data."""
    sizes = {name: len(names[name]) for name in OUTPUTS} | {"pieces": network.encoder.pieces.weight.shape[0]}
    sentence = OneSentence(network, names["labels"].index("root"))
    write_onnx(sentence, network.encoder, out, ["scores", *OUTPUTS], bits=bits, said={k: str(v) for k, v in sizes.items()})


def write_onnx(module: nn.Module, encoder: Encoder, out: Path, outputs: list[str], *, bits: int, said: dict[str, str]) -> None:
    """Write a network for one sentence as ONNX; `said` are the facts by which its users know that it fits."""
    if bits == 8:
        encoder.pieces = SmallEmbedding(encoder.pieces.weight.detach())
        encoder.places = SmallEmbedding(encoder.places.weight.detach())
    example = (
        torch.tensor([101, 7592, 2088, 102]),
        torch.tensor([0, 5, 5, 0]),
        torch.tensor([0, 1, 2]),
        torch.tensor([0, 1, 2]),
    )
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            module,
            example,
            full,
            input_names=list(INPUTS),
            output_names=outputs,
            dynamic_axes={"pieces": {0: "pieces"}, "writings": {0: "pieces"}, "first": {0: "words"}, "last": {0: "words"}},
            opset_version=17,
            dynamo=False,
        )
        if bits == 8:
            # Seven of the eight bits: on processors without VNNI the products of eight bits overflow.
            quantize_dynamic(
                full,
                out,
                op_types_to_quantize=["MatMul", "Gemm"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
        else:
            shutil.copy(full, out)
    model = onnx.load(out)
    onnx.helper.set_model_props(model, said)
    onnx.save(model, out)


def main() -> None:
    """Export the best epoch of a training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, default=HERE / "build" / "network")
    parser.add_argument("--lemmas", type=Path, default=HERE / "build" / "lemmas.json")
    parser.add_argument("--out", type=Path, default=HERE / "build" / "exported")
    parser.add_argument("--bits", type=int, choices=(8, 32), default=8)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network, names = load(args.network)
    export(network, names, args.out / WEIGHTS, bits=args.bits)
    shutil.copy(args.network / "labels.json", args.out / LABELS)
    shutil.copy(args.network / "vocab.txt", args.out / PIECES)
    shutil.copy(args.lemmas, args.out / LEMMAS)
    for path in sorted(args.out.iterdir()):
        print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
