"""What makes a folder a Vosk model, told without loading libvosk (which takes its time, or is not there)."""

from __future__ import annotations

from pathlib import Path

_ACOUSTIC = ("am/final.mdl", "final.mdl")
_GRAPHS = ("graph/HCLG.fst", "graph/HCLr.fst", "HCLG.fst", "HCLr.fst")
_LOOK_AHEAD = (("graph/Gr.fst", "graph/HCLr.fst"), ("Gr.fst", "HCLr.fst"))


def is_vosk_model(folder: Path) -> bool:
    """Whether a folder holds the parts without which libvosk would refuse it."""
    has_acoustic_model = any((folder / part).is_file() for part in _ACOUSTIC)
    return has_acoustic_model and any((folder / graph).is_file() for graph in _GRAPHS)


def is_look_ahead(folder: Path) -> bool:
    """Whether its graph is put together while it runs: the only kind that takes a grammar."""
    return any(all((folder / name).is_file() for name in pair) for pair in _LOOK_AHEAD)
