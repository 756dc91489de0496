"""The network that is trained, in torch: MiniLM's encoder and what `simulator.wording.learned` adds to it.

It starts from all-MiniLM-L6-v2 (Apache 2.0; Wang et al. 2020), a small language model for English.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from simulator.wording.learned import FLAGS, LANGUAGES, STEMS
from wording_training.replies import LEARNED

HEAD_SIZE = 32
DROPPED = 0.1


class Layer(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.qkv, self.attended = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, hidden: Tensor, real: Tensor) -> Tensor:
        batch, count, width = hidden.shape
        parts = self.qkv(hidden).view(batch, count, 3, width // HEAD_SIZE, HEAD_SIZE).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=real[:, None, None, :])
        mixed = mixed.transpose(1, 2).reshape(batch, count, width)
        hidden = self.norm1(hidden + self.drop(self.attended(mixed)))
        return self.norm2(hidden + self.drop(self.narrow(functional.gelu(self.wide(hidden), approximate="tanh"))))


class Network(nn.Module):
    def __init__(
        self, vocabulary: int, width: int = 384, inner: int = 1536, layers: int = 6, longest: int = 256
    ) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(vocabulary, width), nn.Embedding(longest, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner) for _ in range(layers))
        self.drop = nn.Dropout(DROPPED)
        self.flags, self.languages = nn.Embedding(FLAGS, width), nn.Embedding(len(LANGUAGES), width)
        self.rules = nn.EmbeddingBag(len(LEARNED) + 1, width, mode="sum", padding_idx=0)
        self.stems = nn.Embedding(STEMS, width, padding_idx=0)
        for added in (self.flags, self.languages, self.rules, self.stems):
            nn.init.zeros_(added.weight)
        self.out = nn.Linear(width, len(LEARNED))
        nn.init.constant_(self.out.bias, -4.0)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Log-odds, shape (replies, words, techniques)."""
        return self.read(batch)[0]

    def read(self, batch: dict[str, Tensor]) -> tuple[Tensor, list[Tensor]]:
        """Log-odds, and how the words are seen halfway and at the end, each (replies, words, width)."""
        flags, numbers, of_word = batch["flags"], batch["pieces"], batch["of_word"]
        replies, words = flags.shape
        known = (
            self.flags(flags)
            + self.stems(batch["stems"])
            + self.rules(batch["rules"].flatten(0, 1)).view(replies, words, -1)
        )
        known = torch.cat([known, torch.zeros_like(known[:, :1])], 1)
        at_word = of_word.unsqueeze(-1).expand(-1, -1, known.shape[-1])
        vectors = self.pieces(numbers) + self.languages(batch["language"]).unsqueeze(1) + known.gather(1, at_word)
        places = self.places.weight[: numbers.shape[1]]
        hidden = self.drop(self.norm(vectors + places))
        seen = []
        for number, layer in enumerate(self.layers, 1):
            hidden = layer(hidden, batch["real"])
            if number in (len(self.layers) // 2, len(self.layers)):
                empty = torch.zeros(replies, words + 1, hidden.shape[-1], dtype=hidden.dtype)
                summed = empty.scatter_add_(1, at_word, hidden)[:, :words]
                seen.append(summed / batch["piece_count"].unsqueeze(-1))
        return self.out(self.drop(seen[-1])).float(), seen


def start_from(folder: Path, network: Network) -> None:
    """Takes over the weights of a BERT-like model saved as `model.safetensors`."""
    saved = {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    taken: dict[str, Tensor] = {"pieces.weight": saved["embeddings.word_embeddings.weight"]}
    kind = saved["embeddings.token_type_embeddings.weight"][0]
    taken["places.weight"] = saved["embeddings.position_embeddings.weight"][: network.places.num_embeddings] + kind
    names = {"norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm", "attended": "attention.output.dense"}
    names |= {"wide": "intermediate.dense", "narrow": "output.dense"}
    for end in ("weight", "bias"):
        taken[f"norm.{end}"] = saved[f"embeddings.LayerNorm.{end}"]
        for number in range(len(network.layers)):
            whole = f"encoder.layer.{number}"
            three = [saved[f"{whole}.attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            taken[f"layers.{number}.qkv.{end}"] = torch.cat(three)
            taken |= {f"layers.{number}.{own}.{end}": saved[f"{whole}.{theirs}.{end}"] for own, theirs in names.items()}
    missing = network.load_state_dict(taken, strict=False)
    assert not missing.unexpected_keys
