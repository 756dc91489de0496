"""Clean speech of known words for the recognisers' tests, made by flite (neither engine suits espeak's voice)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.ports import CAPTURE_RATE_HZ, RecognitionTurn, Samples

REPLIES = (
    "I am very sorry about this miss novak, I can hear how frustrating this has been.",
    "Let me check the order, and I will call you back before Friday.",
)


def say(text: str, voice: str, folder: Path) -> Samples:
    """16 kHz mono float32 of flite's `voice` ("slt", "rms"); skips where flite is not installed."""
    program = shutil.which("flite")
    if program is None:
        pytest.skip("flite is not installed (apt install flite)")
    path = folder / "said.wav"
    subprocess.run([program, "-voice", voice, "-t", text, "-o", str(path)], check=True, timeout=30)
    samples, rate_hz = soundfile.read(path, dtype="float32")
    assert rate_hz == CAPTURE_RATE_HZ
    return np.asarray(samples, dtype=np.float32)


def feed_in_blocks(turn: RecognitionTurn, samples: Samples, block: int = 1600) -> list[str]:
    """Feed it all; returns the partial words after each block."""
    return [turn.feed(samples[at : at + block]) for at in range(0, len(samples), block)]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def word_errors(said: str, heard: str) -> int:
    """Substitutions, deletions and insertions (Levenshtein over words)."""
    reference, hypothesis = words_of(said), words_of(heard)
    row = list(range(len(hypothesis) + 1))
    for n, word in enumerate(reference, 1):
        before, row = row, [n]
        for m, other in enumerate(hypothesis, 1):
            row.append(min(before[m] + 1, row[-1] + 1, before[m - 1] + (word != other)))
    return row[-1]
