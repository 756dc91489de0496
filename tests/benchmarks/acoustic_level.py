"""Level, effort and pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from simulator.acoustics.measure import calibrate, measure
from tests.acoustics.synthetic import in_noise, pink
from tests.benchmarks import acoustic_peers as peers
from tests.benchmarks.acoustic_material import RATE, REAL_SYLLABLES, Rows, Sound, Utterance


def level_rows(real: dict[str, Sound], spoken: Sequence[Utterance]) -> Rows:
    sounds = [0.3 * s for s in real.values()] + [v.samples for v in spoken]
    room = np.zeros(20 * RATE, dtype=np.float32)

    def moved(change: Callable[[Sound], Sound], level: Callable[[Sound], float], expected: float = 0.0) -> str:
        moves = [abs(level(change(s)) - level(s) - expected) for s in sounds]
        return f"at most {max(moves):.2f} dB, median {np.median(moves):.2f}"

    def own(sound: Sound) -> float:
        level = measure(sound.astype(np.float32), "en").level.speech_dba_fs
        assert level is not None
        return level

    cases = [
        ("level: gain of +6 dB, difference from 6 dB", "0.1 dB", lambda s: s * np.float32(10 ** (6 / 20)), 6.0),
        ("level: gain of -12 dB, difference from -12 dB", "0.1 dB", lambda s: s * np.float32(10 ** (-12 / 20)), -12.0),
        ("level: 20 s of silence before and after", "0.1 dB", lambda s: np.concatenate([room, s, room]), 0.0),
        ("level: pink noise 20 dB below", "0.2 dB", lambda s: in_noise(s, 20.0), 0.0),
    ]
    rows: Rows = []
    for name, goal, change, expected in cases:
        rows.append(
            (
                name,
                f"<= {goal}",
                moved(change, own, expected),
                f"pyloudnorm {moved(change, peers.loudness_lufs, expected)}",
            )
        )
    return [*rows, _effort_row(spoken)]


def _effort_row(spoken: Sequence[Utterance]) -> Sequence[object]:
    moves = []
    for voice in spoken:
        quiet = voice.samples * np.float32(0.25)
        calm = calibrate(quiet)
        indices = [measure((quiet * 10 ** (g / 20)).astype(np.float32), "en", calm).effort.index for g in (-12, 0, 12)]
        moves += [abs(index - indices[1]) for index in indices]
    return ("effort: gain of -12 and +12 dB", "<= 0.2", f"at most {max(moves):.3f}", "none has it")


def _with_known_gaps(clips: Sequence[Sound], snr_db: float, seed: int) -> tuple[Sound, list[tuple[float, float]]]:
    rng = np.random.default_rng(seed)
    parts: list[np.ndarray] = []
    speech: list[tuple[float, float]] = []
    at = 0
    for clip in clips:
        power = np.convolve(np.square(clip), np.ones(160) / 160, "same")
        loud = np.flatnonzero(power > power.max() * 10**-3.8)
        trimmed = clip[loud[0] : loud[-1] + 1]
        gap = np.zeros(round(rng.uniform(0.25, 1.5) * RATE))
        parts += [gap, trimmed]
        speech.append(((at + len(gap)) / RATE, (at + len(gap) + len(trimmed)) / RATE))
        at += len(gap) + len(trimmed)
    sound = np.concatenate([*parts, np.zeros(RATE // 2)])
    rms = np.sqrt(np.mean(np.square(np.concatenate(parts[1::2]))))
    noise = pink(len(sound), seed) * rms * 10 ** (-snr_db / 20)
    return (sound + noise).astype(np.float32), speech


def pause_rows(real: dict[str, Sound], spoken: Sequence[Utterance]) -> Rows:
    clips = [clip for voice in spoken for clip in voice.sentences] + [real[name] for name in REAL_SYLLABLES]
    rng = np.random.default_rng(1)
    rows: Rows = []
    for snr_db in (20, 30, 40):
        errors: dict[str, list[float]] = {"own": [], "WebRTC": [], "Silero": []}
        frames: dict[str, list[float]] = {"own": [], "WebRTC": [], "Silero": []}
        for seed in range(12):
            chosen = [clips[i] for i in rng.permutation(len(clips))[:6]]
            sound, speech = _with_known_gaps(chosen, snr_db, seed)
            masks = {
                "own": _own_frames(sound),
                "WebRTC": peers.webrtc_frames(sound),
                "Silero": peers.silero_frames(sound),
            }
            for name, mask in masks.items():
                _compare_pauses(mask, speech, errors[name], frames[name])
        own, *others = (
            f"{name + ' ' if name != 'own' else ''}{1000 * np.median(e):.0f} ms, {100 * np.mean(f):.1f} % of frames"
            for (name, e), f in zip(errors.items(), frames.values(), strict=True)
        )
        rows.append((f"pauses: median error at {snr_db} dB, frames wrong", "<= 30 ms", own, "; ".join(others)))
    return rows


def _own_frames(sound: Sound) -> np.ndarray:
    mask = np.zeros(len(sound) // 160, dtype=bool)
    for span in measure(sound, "en").speech:
        mask[round(span.start_s * 100) : round(span.end_s * 100)] = True
    return mask


def _compare_pauses(
    mask: np.ndarray, speech: Sequence[tuple[float, float]], errors: list[float], wrong: list[float]
) -> None:
    truth = np.zeros(len(mask), dtype=bool)
    for start, end in speech:
        truth[round(start * 100) : round(end * 100)] = True
    wrong.append(float((mask != truth).mean()))
    for (_, end), (start, _) in pairwise(speech):
        middle = round((start + end) * 50)
        if mask[middle]:
            errors.append(start - end)
            continue
        before = np.flatnonzero(mask[:middle])
        after = np.flatnonzero(mask[middle:])
        if len(before) and len(after):
            errors.append(abs((middle + after[0] - before[-1] - 1) / 100 - (start - end)))
