"""How far the measures of one calm voice scatter over short pieces of its speech; writes results/measure-noise.md.

    python -m tests.benchmarks.acoustic_noise

Whoever reads calmly still varies from sentence to sentence, and a short piece shows less of it. What scatters here is
no change of the voice, so nothing below it may be praised or blamed. Needs the bench extra, flite, espeak-ng and the
real speech in ../shared/speech.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from simulator.acoustics import pace, voice
from simulator.acoustics.measure import VoiceMeter, calibrate, measure
from simulator.domain.measures import Baseline, Confidence
from tests.benchmarks.acoustic_material import RATE, REAL_SYLLABLES, Sound, Utterance, real_speech, synthetic_speech
from tests.benchmarks.acoustic_table import RESULTS, machine_now, table

PIECES_S = (3.0, 6.0, 9.0)
LEAST_PIECES = 3
MEASURES = {
    "level, dB": voice.LEVEL_NOISE_AT_1_S,
    "pitch, semitones": voice.PITCH_NOISE_AT_1_S,
    "effort, its index": voice.EFFORT_NOISE_AT_1_S,
    "level less 3.5 dB x effort, dB": voice.GAIN_NOISE_AT_1_S,
    "pace from sound, share": pace.SOUND_NOISE_AT_1_S,
}
Piece = dict[str, float]


def measured(sound: Sound, calm: Baseline) -> tuple[float, Piece]:
    """Seconds of speech, and every measure that the program is sure of, against the own calm."""
    found = measure(sound, "en", calm)
    level = found.level.relative_to_calm_db if found.level.confidence is Confidence.HIGH else None
    effort = found.effort.index if found.effort.confidence is Confidence.HIGH else None
    pitch = found.pitch.relative_to_calm_semitones if found.pitch.confidence is Confidence.HIGH else None
    rate = found.pace.articulation_rate_syl_per_s if found.pace.confidence is Confidence.HIGH else None
    gain_seen = None if level is None or effort is None else level - voice.LEVEL_PER_EFFORT_DB * effort
    values = (level, pitch, effort, gain_seen, None if rate is None else float(np.log(rate)))
    known = {name: value for name, value in zip(MEASURES, values, strict=True) if value is not None}
    return found.speech_s or 0.0, known


def scatter_of_pieces(readings: Sequence[Sound], piece_s: float) -> dict[str, list[float]]:
    """Deviations of pieces (half overlapping) from their own speaker's mean, each scaled to 1 s of speech."""
    scaled: dict[str, list[float]] = {}
    for reading in readings:
        calm = calibrate(reading)
        length, step = round(piece_s * RATE), round(piece_s * RATE / 2)
        taken = [measured(reading[at : at + length], calm) for at in range(0, len(reading) - length + 1, step)]
        for name in sorted({name for _, piece in taken for name in piece}):
            known = [(seconds, piece[name]) for seconds, piece in taken if name in piece]
            if len(known) >= LEAST_PIECES:
                scaled.setdefault(name, []).extend(_deviations(known))
    return scaled


def _deviations(known: Sequence[tuple[float, float]]) -> list[float]:
    seconds, values = np.array(known).T
    unbiased = np.sqrt(len(values) / (len(values) - 1))
    return list((values - values.mean()) * unbiased * np.sqrt(seconds))


def scatter_of_words(groups: Sequence[Sequence[tuple[Sound, int]]]) -> list[float]:
    """The same of whole sentences whose syllables are known, in pace from words."""
    scaled = []
    for group in groups:
        known = []
        for sound, syllables in group:
            meter = VoiceMeter("en")
            meter.feed(np.pad(sound, 5000).astype(np.float32))
            speech_s = meter.finish().speech_s
            assert speech_s
            known.append((speech_s, float(np.log(syllables / speech_s))))
        scaled += _deviations(known)
    return scaled


def rows(real: dict[str, Sound], spoken: Sequence[Utterance]) -> list[Sequence[object]]:
    both = real["fast-then-slow-en.wav"]
    read = np.concatenate([real[name] for name in REAL_SYLLABLES])
    people = [real["jfk.flac"], read, both[RATE : int(7.6 * RATE)], both[8 * RATE : int(25.3 * RATE)]]
    voices = [utterance.samples for utterance in spoken]
    by_length = [[scatter_of_pieces(who, piece_s) for piece_s in PIECES_S] for who in (people, voices)]
    found = [
        (name, *(cell for scatters in by_length for cell in _cells([each.get(name, []) for each in scatters])), used)
        for name, used in MEASURES.items()
    ]
    words = (
        [[(real[name], count) for name, count in REAL_SYLLABLES.items()]],
        [list(zip(utterance.sentences, utterance.sentence_syllables, strict=True)) for utterance in spoken],
    )
    read_words, spoken_words = (_spread(scatter_of_words(groups)) for groups in words)
    blank = [""] * len(PIECES_S)
    sentences = (*blank, read_words, *blank, spoken_words, pace.WORDS_NOISE_AT_1_S)
    return [*found, ("pace from words, share (whole sentences)", *sentences)]


def _cells(by_length: Sequence[Sequence[float]]) -> list[str]:
    return [*(_spread(deviations) for deviations in by_length), _spread([each for some in by_length for each in some])]


def _spread(deviations: Sequence[float]) -> str:
    if len(deviations) < LEAST_PIECES:
        return "-"
    return f"{np.sqrt(np.mean(np.square(deviations))):.2f} ({len(deviations)})"


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    about = machine_now()
    head = (
        "one standard deviation at 1 s",
        *(
            f"{who}, {length}"
            for who in ("people", "synthetic")
            for length in (*(f"{p:.0f} s" for p in PIECES_S), "all")
        ),
        "in the program",
    )
    text = f"""# How far the measures of a calm voice scatter

{about}. Written by `python -m tests.benchmarks.acoustic_noise`.

Only what the program itself is sure of counts. Pieces of 3, 6 and 9 s, half overlapping, of readings without a change
of voice: three people in four readings (6.6 to 25 s; two of them of the same man at two paces) and 12 synthetic voices.
Every deviation from the own mean is multiplied by the root of the piece's seconds of speech, so that the columns agree
where the scatter falls with that root; how many pieces there were is in brackets. The program uses what people give.
No people were recorded for this, and four readings are few.

{table(head, rows(real_speech(), synthetic_speech()))}"""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "measure-noise.md").write_text(text, encoding="utf-8")
    logging.info("Wrote %s", RESULTS / "measure-noise.md")


if __name__ == "__main__":
    main()
