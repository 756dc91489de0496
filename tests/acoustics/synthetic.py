"""Speech-like sounds made from numbers, whose pitch, syllables, pauses and level are known exactly.

No people were recorded for these: a voice is a sum of harmonics under moving formants, a whisper is noise under them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[np.float32]

_VOWELS = ((730, 1090, 2440), (530, 1840, 2480), (300, 2200, 2960), (570, 840, 2410), (300, 870, 2240))


@dataclass(frozen=True, slots=True)
class Talk:
    """How the synthetic speaker talks. `pauses_after` maps the index of a syllable to seconds of silence after it."""

    syllables: int = 24
    rate_syl_per_s: float = 4.5
    f0_hz: float = 120.0
    pauses_after: tuple[tuple[int, float], ...] = ()
    lead_in_s: float = 0.4
    effort: float = 0.0
    formant_scale: float = 1.0
    whispered: bool = False
    creak: float = 0.0
    level_dbfs: float = -22.0
    melody: float = 0.15
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Spoken:
    samples: Sound
    f0_hz: NDArray[np.float64]
    pauses: tuple[tuple[float, float], ...]
    syllables: int


def speak(talk: Talk) -> Spoken:
    """The sound, its true F0 per sample (0 where unvoiced), its true pauses and its number of syllables."""
    rng = np.random.default_rng(talk.seed)
    sounds: list[NDArray[np.float64]] = [np.zeros(round(talk.lead_in_s * RATE))]
    pitches = [np.zeros_like(sounds[0])]
    pauses: list[tuple[float, float]] = []
    silences = dict(talk.pauses_after)
    for index in range(talk.syllables):
        length = round(RATE / talk.rate_syl_per_s * rng.uniform(0.85, 1.15))
        sound, pitch = _syllable(talk, rng, length, index)
        sounds.append(sound)
        pitches.append(pitch)
        if index in silences:
            at = sum(len(s) for s in sounds) / RATE
            pauses.append((at, at + silences[index]))
            sounds.append(np.zeros(round(silences[index] * RATE)))
            pitches.append(np.zeros_like(sounds[-1]))
    sounds.append(np.zeros(round(talk.lead_in_s * RATE)))
    pitches.append(np.zeros_like(sounds[-1]))
    sound = np.concatenate(sounds)
    loud = np.abs(sound) > 0.02 * np.abs(sound).max()
    sound *= 10 ** (talk.level_dbfs / 20) / np.sqrt(np.mean(np.square(sound[loud])))
    return Spoken(sound.astype(np.float32), np.concatenate(pitches), tuple(pauses), talk.syllables)


def _syllable(
    talk: Talk, rng: np.random.Generator, length: int, index: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    onset = round(0.28 * length)
    core = length - onset
    formants = np.array(_VOWELS[rng.integers(len(_VOWELS))]) * talk.formant_scale
    consonant = _noise(rng, onset, (2500.0, 4500.0, 6000.0)) * 0.10 * np.hanning(onset + 2)[1:-1]
    shape = np.sin(np.pi * (np.arange(core) + 0.5) / core) ** 0.6
    if talk.whispered:
        return np.concatenate([consonant, 0.3 * _noise(rng, core, tuple(formants)) * shape]), np.zeros(length)
    bend = 1.0 + talk.melody * np.sin(2 * np.pi * (index / 7.0 + np.arange(core) / core / 7.0))
    f0 = talk.f0_hz * bend
    vowel = _harmonics(f0, formants, talk.effort) * shape
    if talk.creak > 0:
        vowel *= _creaking(rng, f0, talk.creak)
    return np.concatenate([consonant, vowel]), np.concatenate([np.zeros(onset), f0])


def _harmonics(f0: NDArray[np.float64], formants: NDArray[np.float64], effort: float) -> NDArray[np.float64]:
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    sound = np.zeros(len(f0))
    for k in range(1, int(7000 / f0.max()) + 1):
        sound += _gain(k * f0, formants) * k ** (-1.0 + 0.5 * effort) * np.cos(k * phase)
    return sound


def _gain(frequency: NDArray[np.float64], formants: NDArray[np.float64]) -> NDArray[np.float64]:
    widths = (90.0, 110.0, 160.0)
    gain = np.full_like(frequency, 0.02)
    for formant, width, strength in zip(formants, widths, (1.0, 0.6, 0.35), strict=True):
        gain += strength / (1.0 + np.square((frequency - formant) / width))
    return gain


def _creaking(rng: np.random.Generator, f0: NDArray[np.float64], depth: float) -> NDArray[np.float64]:
    """Every period another amplitude."""
    period = (np.cumsum(f0) / RATE).astype(int)
    return 1.0 - depth * rng.random(period[-1] + 1)[period]


def _noise(rng: np.random.Generator, length: int, formants: tuple[float, ...]) -> NDArray[np.float64]:
    if length == 0:
        return np.zeros(0)
    spectrum = np.fft.rfft(rng.standard_normal(length))
    frequency = np.fft.rfftfreq(length, 1 / RATE)
    shape = sum(1.0 / (1.0 + np.square((frequency - formant) / 500.0)) for formant in formants)
    sound = np.fft.irfft(spectrum * shape, length)
    return np.asarray(sound / (np.std(sound) + 1e-12))


def pink(samples: int, seed: int = 3) -> NDArray[np.float64]:
    """Pink noise of unit power."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(samples))
    frequency = np.fft.rfftfreq(samples, 1 / RATE)
    spectrum[1:] /= np.sqrt(frequency[1:])
    spectrum[0] = 0.0
    noise = np.fft.irfft(spectrum, samples)
    return np.asarray(noise / np.std(noise))


def in_noise(sound: Sound, snr_db: float, noise: NDArray[np.float64] | None = None) -> Sound:
    """`sound` with noise (pink unless given) so many dB below its loud parts' mean power."""
    added = pink(len(sound)) if noise is None else noise
    loud = sound[np.abs(sound) > 0.05 * np.abs(sound).max()]
    return (sound + added * np.sqrt(np.mean(np.square(loud))) * 10 ** (-snr_db / 20)).astype(np.float32)
