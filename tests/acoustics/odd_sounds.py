"""Sounds unlike calm speech into a headset, made from numbers. No people were recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, speak

PLAIN = Talk(syllables=40, pauses_after=((9, 0.5), (19, 0.6), (29, 0.5)))


@dataclass(frozen=True, slots=True)
class Odd:
    """`rate` (syllables/s) and `f0_hz` are what a right answer would be near; None: there is no right answer."""

    name: str
    samples: Sound
    rate: float | None = None
    f0_hz: float | None = None


@cache
def odd_sounds() -> list[Odd]:
    """Everything that a headset may bring that is not calm speech."""
    plain = speak(PLAIN).samples
    rate, f0 = PLAIN.rate_syl_per_s, PLAIN.f0_hz

    def talk(name: str, **how: object) -> Odd:
        made = replace(PLAIN, **how)  # type: ignore[arg-type]
        return Odd(name, speak(made).samples, rate, None if made.whispered else made.f0_hz)

    return [
        Odd("plain", plain, rate, f0),
        talk("creaky", creak=0.75, f0_hz=72.0),
        talk("whispered", whispered=True),
        talk("very high", f0_hz=420.0),
        talk("very low", f0_hz=70.0),
        talk("child-like", f0_hz=330.0, formant_scale=1.35),
        Odd("laughter-like", _bursts(seconds=8.0, per_s=5.0, voiced=True)),
        Odd("cough-like", _bursts(seconds=8.0, per_s=0.8, voiced=False)),
        Odd("music", _music(10.0)),
        Odd("music with rests", _staccato(10.0)),
        Odd("typing", _typing(10.0)),
        Odd("babble", _babble(10.0)),
        Odd("hum alone", _hum(8.0)),
        Odd("steady noise", (0.05 * np.random.default_rng(1).standard_normal(8 * RATE)).astype(np.float32)),
        Odd("hum under speech", (plain + 0.3 * _hum(len(plain) / RATE)[: len(plain)]).astype(np.float32), rate, f0),
        Odd("DC offset", (plain + 0.2).astype(np.float32), rate, f0),
        Odd("telephone band", band_limited(plain, 300.0, 3400.0), rate, f0),
        Odd("8-bit", (np.round(plain * 127) / 127).astype(np.float32), rate, f0),
        Odd("clipped", np.clip(plain * 12, -0.5, 0.5).astype(np.float32), rate, f0),
        Odd("clipped at full scale", np.clip(plain * 20, -1, 1).astype(np.float32), rate, f0),
        Odd("speech in babble at 5 dB", in_noise(plain, 5.0, _babble(len(plain) / RATE)[: len(plain)]), rate, f0),
        Odd("speech while typing", (plain + _typing(len(plain) / RATE)[: len(plain)]).astype(np.float32), rate, f0),
        Odd("silence", np.zeros(5 * RATE, dtype=np.float32)),
    ]


def band_limited(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequency < low_hz) | (frequency > high_hz)] = 0.0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


def _bursts(seconds: float, per_s: float, voiced: bool) -> Sound:
    rng = np.random.default_rng(4)
    sound = np.zeros(round(seconds * RATE))
    at = 0.3
    while at < seconds - 0.6:
        length = round((0.11 if voiced else 0.3) * RATE)
        times = np.arange(length) / RATE
        if voiced:
            f0 = rng.uniform(230, 420)
            tone = sum(np.cos(2 * np.pi * k * f0 * times) / k for k in range(1, 9))
            burst = (tone + 0.4 * rng.standard_normal(length)) * np.hanning(length)
        else:
            burst = rng.standard_normal(length) * np.exp(-times / 0.07)
        start = round(at * RATE)
        sound[start : start + length] += burst
        at += rng.uniform(0.8, 1.2) / per_s
    return (0.2 * sound / np.abs(sound).max()).astype(np.float32)


def _music(seconds: float) -> Sound:
    """A melody over held chords, with drums."""
    rng = np.random.default_rng(6)
    sound = np.zeros(round(seconds * RATE))
    for start, length, scale in _notes(seconds, rng):
        times = np.arange(round(length * RATE)) / RATE
        fade = np.minimum(1.0, np.minimum(times, times[-1] - times) / 0.03)
        tone = sum(np.sin(2 * np.pi * k * scale * times) / k**1.5 for k in range(1, 7))
        at = round(start * RATE)
        part = (tone * fade)[: len(sound) - at]
        sound[at : at + len(part)] += part
    return (0.15 * sound / np.std(sound)).astype(np.float32).clip(-1, 1)


def _notes(seconds: float, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    scale = 220.0 * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    notes = [(float(start), 0.5, float(rng.choice(scale))) for start in np.arange(0.0, seconds - 0.5, 0.5)]
    for start in np.arange(0.0, seconds - 2.0, 2.0):
        notes += [(float(start), 2.0, 110.0), (float(start), 2.0, 138.6), (float(start), 2.0, 164.8)]
    return notes


def _staccato(seconds: float) -> Sound:
    """Short notes with rests between them, and every eighth one left out."""
    rng = np.random.default_rng(9)
    sound = np.zeros(round(seconds * RATE))
    for index, start in enumerate(np.arange(0.2, seconds - 0.5, 0.25)):
        if index % 8 != 7:
            times = np.arange(round(0.17 * RATE)) / RATE
            f0 = 220.0 * 2 ** (rng.integers(0, 13) / 12)
            tone = sum(np.sin(2 * np.pi * k * f0 * times) / k for k in range(1, 9)) * np.exp(-times / 0.08)
            at = round(start * RATE)
            sound[at : at + len(times)] += tone
    return (0.2 * sound / np.abs(sound).max()).astype(np.float32)


def _typing(seconds: float) -> Sound:
    rng = np.random.default_rng(7)
    sound = 0.0004 * rng.standard_normal(round(seconds * RATE))
    at = 0.2
    while at < seconds - 0.2:
        for offset, strength in ((0.0, 1.0), (rng.uniform(0.07, 0.11), 0.5)):
            length = round(0.02 * RATE)
            click = rng.standard_normal(length) * np.exp(-np.arange(length) / RATE / 0.004)
            start = round((at + offset) * RATE)
            sound[start : start + length] += 0.12 * strength * rng.uniform(0.5, 1.0) * click
        at += rng.uniform(0.09, 0.3)
    return sound.astype(np.float32)


def _babble(seconds: float) -> Sound:
    rng = np.random.default_rng(8)
    total: NDArray[np.float64] = np.zeros(round(seconds * RATE))
    for voice in range(8):
        talk = Talk(
            syllables=round(seconds * 5) + 20,
            rate_syl_per_s=float(rng.uniform(3.5, 5.5)),
            f0_hz=float(rng.uniform(90, 230)),
            seed=100 + voice,
            level_dbfs=-30.0,
        )
        sound = speak(talk).samples
        skip = int(rng.integers(RATE // 2, 2 * RATE))
        total += np.resize(sound[skip:], len(total))
    return total.astype(np.float32)


def _hum(seconds: float) -> Sound:
    times = np.arange(round(seconds * RATE)) / RATE
    return sum(a * np.sin(2 * np.pi * f * times) for f, a in ((50, 0.1), (100, 0.05), (150, 0.03))).astype(np.float32)
