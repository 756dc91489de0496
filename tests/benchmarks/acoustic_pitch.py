"""Pitch on real speech against Praat, and on synthetic speech in noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.acoustics.pcm import Batcher
from simulator.acoustics.pitch import CandidateFinder, PitchPath
from simulator.acoustics.spectrum import BATCH_LENGTH, LEAD_IN, FrameSpectrum
from simulator.acoustics.sure_pitch import sure_pitch
from tests.acoustics.synthetic import pink
from tests.benchmarks import acoustic_peers as peers
from tests.benchmarks.acoustic_material import RATE, Rows, Sound, Utterance

NOISES = range(1, 5)


def own_pitch(sound: Sound) -> np.ndarray:
    """The pitch tracker alone, F0 per 10 ms."""
    spectrum = FrameSpectrum()
    finder, path = CandidateFinder(spectrum.window), PitchPath()
    batches = Batcher(BATCH_LENGTH, 3200, LEAD_IN)
    for batch in batches.feed(sound):
        path.feed(finder.find(spectrum.analyse(batch).power))
    path.finish()
    return sure_pitch(path.settled)


def at_centres(times: np.ndarray, f0: np.ndarray, frames: int) -> np.ndarray:
    """Another tracker's F0 at our frames' centres, linear where both neighbours are voiced, 0 elsewhere."""
    centres = (np.arange(frames) + 0.5) * 0.01
    left = np.clip(np.floor((centres - times[0]) / 0.01).astype(int), 0, len(times) - 2)
    share = (centres - times[left]) / 0.01
    inside = (f0[left] > 0) & (f0[left + 1] > 0) & (share >= 0) & (share <= 1)
    return np.where(inside, f0[left] * (1 - share) + f0[left + 1] * share, 0.0)


def pitch_errors(found: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    both = (found > 0) & (truth > 0)
    ratio = found[both] / truth[both]
    return np.abs(1200 * np.log2(ratio)), np.abs(ratio - 1) > 0.2


def pitch_rows(real: dict[str, Sound]) -> Rows:
    cents, gross, librosa_cents, librosa_gross = [], [], [], []
    own_s = praat_s = librosa_s = seconds = 0.0
    for sound in real.values():
        seconds += len(sound) / RATE
        found, took = peers.timed(lambda s=sound: own_pitch(s))
        own_s += took
        (times, f0), took = peers.timed(lambda s=sound: peers.praat_pitch(s))
        praat_s += took
        truth = at_centres(times, f0, len(found))
        errors = pitch_errors(found, truth)
        cents.append(errors[0])
        gross.append(errors[1])
        other, took = peers.timed(lambda s=sound: peers.librosa_pitch(s), times=1)
        librosa_s += took
        shifted = np.nan_to_num(other)
        shifted = at_centres(np.arange(len(shifted)) * 0.01, shifted, len(found))
        errors = pitch_errors(shifted, truth)
        librosa_cents.append(errors[0])
        librosa_gross.append(errors[1])
    return [
        (
            "pitch against Praat on real speech, median",
            "<= 8 cents",
            f"{np.median(np.concatenate(cents)):.1f} cents",
            f"librosa pYIN {np.median(np.concatenate(librosa_cents)):.1f} cents",
        ),
        (
            "the same, gross errors (over 20 %)",
            "<= 0.8 %",
            _share(np.concatenate(gross)),
            f"librosa pYIN {_share(np.concatenate(librosa_gross))}",
        ),
        (
            "pitch, processor time per second of sound",
            "<= half of Praat's",
            f"{1000 * own_s / seconds:.2f} ms ({own_s / praat_s:.2f} of Praat's)",
            f"Praat {1000 * praat_s / seconds:.2f} ms, librosa pYIN {1000 * librosa_s / seconds:.0f} ms",
        ),
    ]


def noisy_pitch_rows(spoken: Sequence[Utterance]) -> Rows:
    """Truth: where Praat and we agree within 5 % on the clean sound."""
    rows: Rows = []
    clean = [np.concatenate(voice.sentences) for voice in spoken]
    truths = [_agreed(sound) for sound in clean]
    for snr_db, goal in ((10, "0 %"), (5, ""), (0, "<= 5 %")):
        gross: dict[str, list[np.ndarray]] = {"": [], "Praat ": []}
        for sound, truth in zip(clean, truths, strict=True):
            for seed in NOISES:
                noise = pink(len(sound), seed) * np.sqrt(np.mean(np.square(sound))) * 10 ** (-snr_db / 20)
                noisy = (sound + noise).astype(np.float32)
                gross[""].append(pitch_errors(own_pitch(noisy), truth)[1])
                gross["Praat "].append(pitch_errors(at_centres(*peers.praat_pitch(noisy), len(truth)), truth)[1])
        cells = [name + _share(np.concatenate(errors)) for name, errors in gross.items()]
        rows.append((f"pitch of synthetic speech in pink noise at {snr_db} dB, gross errors", goal, *cells))
    return rows


def _agreed(sound: Sound) -> np.ndarray:
    ours = own_pitch(sound)
    praat = at_centres(*peers.praat_pitch(sound), len(ours))
    return np.where((ours > 0) & (np.abs(ours / np.maximum(praat, 1.0) - 1) < 0.05), ours, 0.0)


def _share(errors: np.ndarray) -> str:
    return f"{100 * errors.mean():.3f} % ({errors.sum()} of {len(errors)} frames)"
