"""The network that is trained: a small pretrained encoder of word pieces, and what scores heads, labels and tags.

The encoder is BERT's (Devlin et al. 2019) in the size of MiniLM; arcs and labels are scored as by Dozat and Manning (2017).
Needs PyTorch, which the package itself does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from verbale.parse.pieces import WRITINGS

LAYERS: Final = 6
WIDTH: Final = 384
ATTENTION_HEADS: Final = 12
INNER: Final = 1536
PLACES: Final = 512
ARC_WIDTH: Final = 384
LABEL_WIDTH: Final = 128
TAG_WIDTH: Final = 256


@dataclass(frozen=True)
class Sizes:
    """How many labels each head tells apart."""

    labels: int
    tags: int
    kinds: int


class Dropout(nn.Module):  # type: ignore[misc]
    """Dropout that leaves out the same parts of every vector of a sentence; it needs few random numbers."""

    def __init__(self, share: float) -> None:
        """Keep the share that is left out."""
        super().__init__()
        self.kept = 1.0 - share

    def forward(self, x: Tensor) -> Tensor:
        """Return the vectors with parts set to nought while training."""
        if not self.training:
            return x
        return x * torch.empty(x.shape[0], 1, x.shape[-1], dtype=x.dtype).bernoulli_(self.kept).div_(self.kept)


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of the encoder: attention of every piece to every piece, then two products with a bend between."""

    def __init__(self, dropout: float) -> None:
        """Make the layer with weights that are overwritten by the pretrained ones."""
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the pieces' new vectors; `mask` is added to the scores (None for one sentence without padding)."""
        batch, length, _ = x.shape
        parts = self.attention(x).view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // ATTENTION_HEADS)
        if mask is not None:
            scores = scores + mask
        seen = scores.softmax(-1) @ value
        x = self.norm1(x + self.dropout(self.output(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):  # type: ignore[misc]
    """Word pieces to vectors, all layers mixed by learnt weights."""

    def __init__(self, pieces: int, dropout: float = 0.1, writings: int = WRITINGS) -> None:
        """Make the encoder for so many pieces and ways of writing."""
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.writings = nn.Embedding(writings, WIDTH)
        nn.init.zeros_(self.writings.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.dropout = Dropout(dropout)

    def forward(self, pieces: Tensor, writings: Tensor, mask: Tensor | None) -> Tensor:
        """Return one vector a piece."""
        place = torch.arange(pieces.shape[1])
        x = self.pieces(pieces) + self.places(place) + self.segment + self.writings(writings)
        x = self.dropout(self.norm(x))
        weights, mixed = self.mix.softmax(0), torch.zeros(())
        for at, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = mixed + weights[at] * x
        return mixed


class Head(nn.Module):  # type: ignore[misc]
    """A layer that turns word vectors into what one decision needs."""

    def __init__(self, width: int, dropout: float, encoded: int = WIDTH) -> None:
        """Make the layer, for an encoder whose vectors are so wide."""
        super().__init__()
        self.linear = nn.Linear(2 * encoded, width)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's vectors."""
        return self.dropout(functional.gelu(self.linear(x)))


class Network(nn.Module):  # type: ignore[misc]
    """Encoder and heads. A word is its first and its last piece; the mark at the start stands for the root."""

    def __init__(self, pieces: int, sizes: Sizes, dropout: float = 0.33) -> None:
        """Make the network with fresh heads."""
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(pieces)
        self.word_dropout = Dropout(dropout / 2)
        self.arc_dependent, self.arc_head = Head(ARC_WIDTH, dropout), Head(ARC_WIDTH, dropout)
        self.label_dependent, self.label_head = Head(LABEL_WIDTH, dropout), Head(LABEL_WIDTH, dropout)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.arc_prior = nn.Linear(ARC_WIDTH, 1, bias=False)
        self.label = nn.Linear(LABEL_WIDTH, sizes.labels * LABEL_WIDTH, bias=False)
        self.label_prior_dependent = nn.Linear(LABEL_WIDTH, sizes.labels)
        self.label_prior_head = nn.Linear(LABEL_WIDTH, sizes.labels, bias=False)
        self.tagger = Head(TAG_WIDTH, dropout)
        self.tag = nn.Linear(TAG_WIDTH, sizes.tags)
        self.kind = nn.Linear(TAG_WIDTH, sizes.kinds)
        for linear in (self.arc, self.label):
            nn.init.normal_(linear.weight, std=0.02)

    def words(self, pieces: Tensor, writings: Tensor, first: Tensor, last: Tensor, mask: Tensor | None) -> Tensor:
        """Return a vector a word (batch, words with the root, 2 x width)."""
        x = self.encoder(pieces, writings, mask)
        ends = [x.gather(1, at.unsqueeze(-1).expand(-1, -1, WIDTH)) for at in (first, last)]
        return self.word_dropout(torch.cat(ends, -1))

    def arcs(self, x: Tensor) -> Tensor:
        """Return the score of every head (last axis, root first) for every word."""
        heads = self.arc_head(x)
        return self.arc(self.arc_dependent(x[:, 1:])) @ heads.transpose(1, 2) + self.arc_prior(heads).transpose(1, 2)

    def labels_of(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return the label scores of pairs, both of shape (..., label width)."""
        shape = (*dependents.shape[:-1], self.sizes.labels, LABEL_WIDTH)
        pairs = (self.label(dependents).view(shape) @ heads.unsqueeze(-1)).squeeze(-1)
        return pairs + self.label_prior_dependent(dependents) + self.label_prior_head(heads)


def load_encoder(encoder: Encoder, path: Path) -> None:
    """Take an encoder's weights from a BERT checkpoint in safetensors."""
    saved = load_file(path)
    with torch.no_grad():
        encoder.pieces.weight.copy_(saved["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(saved["embeddings.position_embeddings.weight"])
        encoder.segment.copy_(saved["embeddings.token_type_embeddings.weight"][0])
        _copy(encoder.norm, saved, "embeddings.LayerNorm")
        for at, layer in enumerate(encoder.layers):
            here = f"encoder.layer.{at}."
            for kind in ("weight", "bias"):
                parts = [saved[f"{here}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.attention, kind).copy_(torch.cat(parts))
            _copy(layer.output, saved, here + "attention.output.dense")
            _copy(layer.norm1, saved, here + "attention.output.LayerNorm")
            _copy(layer.inner, saved, here + "intermediate.dense")
            _copy(layer.outer, saved, here + "output.dense")
            _copy(layer.norm2, saved, here + "output.LayerNorm")


def _copy(module: nn.Module, saved: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(saved[name + ".weight"])
    module.bias.copy_(saved[name + ".bias"])
