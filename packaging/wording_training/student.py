"""The network that the program runs: two layers over whole words, small enough for a reply in two milliseconds.

It learns from the large network (`network.py`) and from the labels; `simulator.wording.learned` runs it with numpy.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from simulator.wording.encoder import FARTHEST, HEAD_SIZE
from simulator.wording.learned import FLAGS, LANGUAGES, MOST_PIECES_A_WORD, STEMS
from wording_training.network import Network
from wording_training.replies import LEARNED

WIDTH, INNER, LAYERS = 256, 512, 2
TEACHER_WIDTH = 384
DROPPED = 0.1
# How far the numbers of the pieces scatter at the start; other values were not tried.
BEGINNING_SCATTER = 0.25


class Layer(nn.Module):
    """Attention that knows how far away a word stands (a learnt bias a head and distance; Raffel et al. 2020)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.attended = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.far = nn.Parameter(torch.zeros(WIDTH // HEAD_SIZE, 2 * FARTHEST + 1))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, hidden: Tensor, unreal: Tensor) -> Tensor:
        replies, words, width = hidden.shape
        parts = self.qkv(hidden).view(replies, words, 3, width // HEAD_SIZE, HEAD_SIZE).permute(2, 0, 3, 1, 4)
        at = torch.arange(words)
        distances = (at[None, :] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        bias = self.far[:, distances].unsqueeze(0) + unreal[:, None, None, :]
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=bias.to(hidden.dtype))
        mixed = mixed.transpose(1, 2).reshape(replies, words, width)
        hidden = self.norm1(hidden + self.drop(self.attended(mixed)))
        return self.norm2(hidden + self.drop(self.narrow(self.drop(functional.relu(self.wide(hidden))))))


class Student(nn.Module):
    """A word is the mean of its pieces, each weighed by its place in the word, and of what else is known of it."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.pieces, self.norm = nn.Embedding(vocabulary, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.gains = nn.Parameter(torch.ones(MOST_PIECES_A_WORD, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(DROPPED)
        self.flags, self.languages = nn.Embedding(FLAGS, WIDTH), nn.Embedding(len(LANGUAGES), WIDTH)
        self.rules = nn.EmbeddingBag(len(LEARNED) + 1, WIDTH, mode="sum", padding_idx=0)
        self.stems = nn.Embedding(STEMS, WIDTH, padding_idx=0)
        for added in (self.flags, self.languages, self.rules, self.stems):
            nn.init.normal_(added.weight, std=0.01)
        self.like_teacher = nn.ModuleList(nn.Linear(WIDTH, TEACHER_WIDTH) for _ in range(LAYERS))
        self.out = nn.Linear(WIDTH, len(LEARNED))
        nn.init.constant_(self.out.bias, -4.0)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Log-odds, shape (replies, words, techniques)."""
        return self.read(batch)[0]

    def read(self, batch: dict[str, Tensor]) -> tuple[Tensor, list[Tensor]]:
        """Log-odds, and what the teacher's words should look like after each layer, (replies, words, its width)."""
        flags, of_word = batch["flags"], batch["of_word"]
        replies, words = flags.shape
        pieces = self.pieces(batch["pieces"]) * self.gains[batch["place"]]
        at_word = of_word.unsqueeze(-1).expand(-1, -1, WIDTH)
        summed = torch.zeros(replies, words + 1, WIDTH, dtype=pieces.dtype).scatter_add_(1, at_word, pieces)
        vectors = summed[:, :words] / batch["piece_count"].unsqueeze(-1)
        vectors = vectors + self.flags(flags) + self.stems(batch["stems"])
        vectors = vectors + self.rules(batch["rules"].flatten(0, 1)).view(replies, words, -1)
        hidden = self.drop(self.norm(vectors + self.languages(batch["language"]).unsqueeze(1)))
        unreal = (batch["said"] == 0) * -1e4
        seen = []
        for layer, like in zip(self.layers, self.like_teacher, strict=True):
            hidden = layer(hidden, unreal)
            seen.append(like(hidden))
        return self.out(self.drop(hidden)).float(), seen


def begin_from(teacher: Network, student: Student) -> None:
    """The teacher's vectors of pieces and stems, along the directions in which the pieces differ most."""
    with torch.no_grad():
        whole = teacher.pieces.weight
        centre = whole.mean(0)
        _, _, directions = torch.linalg.svd(whole - centre, full_matrices=False)
        chosen = directions[:WIDTH].T
        scale = BEGINNING_SCATTER / float(((whole - centre) @ chosen).std())
        student.pieces.weight.copy_((whole - centre) @ chosen * scale)
        for mine, theirs in ((student.flags, teacher.flags), (student.rules, teacher.rules)):
            mine.weight.copy_(theirs.weight @ chosen * scale)
        student.stems.weight.copy_(teacher.stems.weight @ chosen * scale)
        student.languages.weight.copy_(teacher.languages.weight @ chosen * scale)


def arrays_of(student: Student) -> dict[str, NDArray[np.generic]]:
    """The arrays that `simulator.wording.learned` reads; matrices as int8 with a scale for each of their outputs."""
    state = {name: tensor.detach().float().numpy() for name, tensor in student.state_dict().items()}
    arrays: dict[str, NDArray[np.generic]] = {}
    for name in ("pieces", "stems"):
        arrays[name], arrays[f"{name}.scale"] = _as_int8(state[f"{name}.weight"], 1)
    arrays["gains"] = state["gains"]
    arrays["embedding_norm"] = np.stack([state["norm.weight"], state["norm.bias"]])
    for number in range(LAYERS):
        for name in ("qkv", "attended", "wide", "narrow"):
            weights, scale = _as_int8(state[f"layers.{number}.{name}.weight"].T, 0)
            arrays |= {f"{number}.{name}": weights, f"{number}.{name}.scale": scale}
            arrays[f"{number}.{name}.bias"] = state[f"layers.{number}.{name}.bias"]
        for name in ("norm1", "norm2"):
            both = [state[f"layers.{number}.{name}.{end}"] for end in ("weight", "bias")]
            arrays[f"{number}.{name}"] = np.stack(both)
        arrays[f"{number}.far"] = state[f"layers.{number}.far"]
    for name in ("flags", "languages"):
        arrays[name] = state[f"{name}.weight"]
    arrays["rules"] = state["rules.weight"][1:]
    arrays["out"], arrays["out.bias"] = state["out.weight"].T.copy(), state["out.bias"]
    return arrays


def _as_int8(matrix: NDArray[np.float32], along: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(matrix).max(axis=along) / 127 + 1e-12
    spread = scale[:, None] if along else scale
    return np.round(matrix / spread).astype(np.int8), scale.astype(np.float32)
