"""A larger encoder (MPNet, Song et al. 2020) in the place of the small one, to teach it: too slow to be shipped.

`train_estimates.py --teacher` trains the estimates with it, and lets them estimate texts that nobody coded; the small network
then learns from those estimates beside the hand-coded texts. Needs PyTorch and safetensors.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from network import Dropout

LAYERS: Final = 12
WIDTH: Final = 768
ATTENTION_HEADS: Final = 12
INNER: Final = 3072
PLACES: Final = 514
# Places are counted from here: the ones before stood for padding.
FIRST_PLACE: Final = 2
BUCKETS: Final = 32
FARTHEST: Final = 128
# The marks of the small encoder's vocabulary and what MPNet has for them; all other pieces have the same names.
MARKS: Final = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>"}


class Layer(nn.Module):  # type: ignore[misc]
    """One layer: attention with a bias by distance, then two products with a bend between."""

    def __init__(self, dropout: float) -> None:
        """Make the layer with weights that are overwritten by the pretrained ones."""
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.output, self.norm1 = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-5)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the pieces' new vectors; `bias` (of distance and padding) is added to the scores."""
        batch, length, _ = x.shape
        parts = self.attention(x).view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=bias.to(parts.dtype))
        x = self.norm1(x + self.dropout(self.output(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Teacher(nn.Module):  # type: ignore[misc]
    """Word pieces, numbered as the small encoder's, to vectors; all layers mixed by learnt weights."""

    def __init__(self, folder: Path, small: Path, writings: int, dropout: float = 0.1) -> None:
        """Load MPNet from a folder; `small` is the small encoder's list of pieces."""
        super().__init__()
        names = {
            name: at for at, name in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n"))
        }
        pieces = small.read_text(encoding="utf-8").rstrip("\n").split("\n")
        self.register_buffer("number", torch.tensor([names[MARKS.get(piece, piece)] for piece in pieces]))
        self.pieces, self.places = nn.Embedding(len(names), WIDTH), nn.Embedding(PLACES, WIDTH)
        self.writings = nn.Embedding(writings, WIDTH)
        nn.init.zeros_(self.writings.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.distance = nn.Embedding(BUCKETS, ATTENTION_HEADS)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.dropout = Dropout(dropout)
        self._load(load_file(folder / "model.safetensors"))

    def forward(self, pieces: Tensor, writings: Tensor, mask: Tensor | None) -> Tensor:
        """Return one vector a piece."""
        length = pieces.shape[1]
        place = torch.arange(length)
        x = self.pieces(self.number[pieces]) + self.places(place + FIRST_PLACE) + self.writings(writings)
        x = self.dropout(self.norm(x))
        bias = self.distance(_buckets(place[None, :] - place[:, None])).permute(2, 0, 1).unsqueeze(0)
        bias = bias if mask is None else bias + mask
        weights, mixed = self.mix.softmax(0), torch.zeros(())
        for at, layer in enumerate(self.layers):
            x = layer(x, bias)
            mixed = mixed + weights[at] * x
        return mixed

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _load(self, saved: dict[str, Tensor]) -> None:
        self.pieces.weight.copy_(saved["embeddings.word_embeddings.weight"])
        self.places.weight.copy_(saved["embeddings.position_embeddings.weight"])
        self.distance.weight.copy_(saved["encoder.relative_attention_bias.weight"])
        names = {"output": "attention.attn.o", "norm1": "attention.LayerNorm", "inner": "intermediate.dense"}
        names |= {"outer": "output.dense", "norm2": "output.LayerNorm"}
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).copy_(saved[f"embeddings.LayerNorm.{kind}"])
            for at, layer in enumerate(self.layers):
                here = f"encoder.layer.{at}."
                parts = [saved[f"{here}attention.attn.{part}.{kind}"] for part in "qkv"]
                getattr(layer.attention, kind).copy_(torch.cat(parts))
                for own, name in names.items():
                    getattr(getattr(layer, own), kind).copy_(saved[f"{here}{name}.{kind}"])


def _buckets(distance: Tensor) -> Tensor:
    """Return the bucket of each distance, as T5 and MPNet count them: near ones each for itself, farther ones by logarithm."""
    half = BUCKETS // 2
    exact = half // 2
    apart = distance.abs()
    far = exact + (torch.log(apart.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return (distance > 0).long() * half + torch.where(apart < exact, apart, far.clamp(max=half - 1))
