"""Pace from sound: slope on stretched speech, a real change of pace, and its noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulator.acoustics.heard import heard_in
from simulator.acoustics.measure import calibrate, measure
from simulator.acoustics.syllables import SoundPace, pace_of_sound
from simulator.acoustics.tracks import TrackMaker
from tests.benchmarks import acoustic_peers as peers
from tests.benchmarks.acoustic_material import RATE, REAL_SYLLABLES, Rows, Sound, Utterance, stretched, with_room

TEMPOS = (0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5)


def own_pace(sound: Sound) -> tuple[SoundPace, float]:
    """The pace by sound alone, however short the sound, and the seconds of speech it stands on."""
    maker = TrackMaker()
    maker.feed(sound.astype(np.float32))
    tracks = maker.finish()
    heard = heard_in(tracks)
    assert heard is not None
    found = pace_of_sound(tracks.nucleus_db, heard.within)
    assert found is not None
    return found, heard.speech_s


def own_rate(sound: Sound) -> float:
    return own_pace(sound)[0].rate_syl_per_s


RATES: dict[str, Callable[[Sound], float]] = {
    "own": own_rate,
    "Praat's syllable nuclei": lambda sound: peers.praat_syllable_nuclei(sound)[1],
    "librosa onsets": peers.librosa_onset_rate,
}


def slope_of(rate: Callable[[Sound], float], sound: Sound) -> float:
    rates = [rate(stretched(sound, tempo)) for tempo in TEMPOS]
    return float(np.polyfit(np.log(TEMPOS), np.log(rates), 1)[0])


def pace_rows(real: dict[str, Sound], spoken: Sequence[Utterance]) -> Rows:
    both = real["fast-then-slow-en.wav"]
    fast, slow = both[RATE : int(7.6 * RATE)], both[8 * RATE : int(25.3 * RATE)]
    read = np.concatenate([real[name] for name in REAL_SYLLABLES])
    people = (real["jfk.flac"], read, fast, slow)
    slopes = {
        name: (
            np.mean([slope_of(rate, sound) for sound in people]),
            np.mean([slope_of(rate, voice.samples) for voice in spoken]),
        )
        for name, rate in RATES.items()
    }
    ratios = {name: rate(slow) / rate(fast) for name, rate in RATES.items()}
    calm = calibrate(fast)
    through_calibration = measure(slow, "en", calm).pace.relative_to_calm
    assert through_calibration is not None

    def others(values: dict[str, str]) -> str:
        return "; ".join(f"{name} {value}" for name, value in values.items() if name != "own")

    def listed(column: int) -> dict[str, str]:
        return {name: f"{pair[column]:.2f}" for name, pair in slopes.items()}

    off = {name: f"{value:.3f} ({100 * (value / 0.567 - 1):+.1f} %)" for name, value in ratios.items()}
    return [
        (
            "pace from sound, slope, real speech stretched 0.7-1.5 (4 stretches of 3 people)",
            ">= 0.90",
            listed(0)["own"],
            others(listed(0)),
        ),
        (f"the same, {len(spoken)} synthetic voices in 4 languages", ">= 0.90", listed(1)["own"], others(listed(1))),
        (
            "fast-then-slow: ratio, true 0.567",
            "within 6 %",
            f"{through_calibration:.3f} ({100 * (through_calibration / 0.567 - 1):+.1f} %)",
            others(off),
        ),
        *_pace_noise(real, spoken),
    ]


def _pace_noise(real: dict[str, Sound], spoken: Sequence[Utterance]) -> Rows:
    """Scatter of single sentences around their speaker's mean error, scaled to 1 s of speech."""
    groups = [
        [(with_room(np.pad(clip, 5000)), count) for clip, count in zip(v.sentences, v.sentence_syllables, strict=True)]
        for v in spoken
    ]
    groups.append([(real[name], count) for name, count in REAL_SYLLABLES.items()])
    scaled: dict[str, list[float]] = {"own": [], "Praat's syllable nuclei": []}
    biases: list[float] = []
    for group in groups:
        errors: dict[str, list[float]] = {name: [] for name in scaled}
        lengths = []
        for sound, count in group:
            found, speech_s = own_pace(sound)
            lengths.append(speech_s)
            errors["own"].append(np.log(found.rate_syl_per_s * speech_s / count))
            errors["Praat's syllable nuclei"].append(np.log(peers.praat_syllable_nuclei(sound)[0] / count))
        biases.append(float(np.mean(errors["own"])))
        for name, values in errors.items():
            spread = (np.array(values) - np.mean(values)) * np.sqrt(len(values) / (len(values) - 1))
            scaled[name] += list(spread * np.sqrt(lengths))
    own, other = (100 * float(np.std(values)) for values in scaled.values())
    bias = f"{100 * np.mean(biases):+.0f} % (between voices {100 * np.std(biases):.0f} %)"
    return [
        (
            "pace from sound, noise of one reply (1 s; falls with the root of its length)",
            "reported",
            f"{own:.0f} %",
            f"Praat's syllable nuclei {other:.0f} %",
        ),
        ("pace from sound, mean error of the absolute rate", "reported", bias, ""),
    ]
