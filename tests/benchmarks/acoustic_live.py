"""The live detectors of speech, the cost of the whole chain, and sounds unlike calm speech."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from simulator.acoustics.live_activity import LiveActivity
from simulator.acoustics.measure import VoiceMeter, measure
from simulator.adapters.silero_activity import SileroActivity
from tests.acoustics.odd_sounds import odd_sounds
from tests.acoustics.synthetic import in_noise
from tests.benchmarks import acoustic_peers as peers
from tests.benchmarks.acoustic_material import RATE, REAL_SYLLABLES, Rows, Sound, real_speech, with_room


def live_rows(real: dict[str, Sound]) -> Rows:
    """Onset, end and processor time of the two live detectors."""
    speech = real["librivox-austen-0920.wav"][int(0.22 * RATE) : int(5.85 * RATE)]
    rest = np.zeros(2 * RATE, dtype=np.float32)
    plain = with_room(np.concatenate([rest, speech, rest]))
    odd = {o.name: o.samples for o in odd_sounds()}

    def fitted(sound: Sound) -> Sound:
        return np.resize(sound, len(plain))

    cases = {
        "speech from 2.0 to 7.6 s of 9.6": plain,
        "the same, babble 10 dB below": in_noise(plain, 10.0, fitted(odd["babble"])),
        "the same, pink noise 10 dB below": in_noise(plain, 10.0),
        "the same while typing": (plain + fitted(odd["typing"])).astype(np.float32),
        "a whisper, room known": np.concatenate([with_room(rest), with_room(odd["whispered"])]),
        "typing alone": odd["typing"],
        "coughs alone": odd["cough-like"],
        "babble alone": odd["babble"],
    }
    rows: Rows = []
    for name, sound in cases.items():
        cells = []
        for make in (LiveActivity, SileroActivity):
            activity, took = peers.timed(lambda m=make, s=sound: _listened(m(), s))
            start = activity.speech_started_s
            begun = (
                "no turn" if start is None else f"begins {start:.2f} s, {activity.silence_s:.2f} s silence at the end"
            )
            cells.append(f"{begun} ({1000 * took / (len(sound) / RATE):.1f} ms/s)")
        rows.append((name, *cells))
    return rows


def _listened(activity: LiveActivity | SileroActivity, sound: Sound) -> LiveActivity | SileroActivity:
    for at in range(0, len(sound), 320):
        activity.feed(sound[at : at + 320])
    return activity


def cost_rows(real: dict[str, Sound]) -> Rows:
    read = np.concatenate([real[name] for name in REAL_SYLLABLES])
    sound = np.tile(read, 3)[: 60 * RATE]
    _, chain_s = peers.timed(lambda: _streamed(sound))
    _, neural_s = peers.timed(lambda: _listened(SileroActivity(), sound))
    _, live_s = peers.timed(lambda: _listened(LiveActivity(), sound))
    _, praat_s = peers.timed(lambda: peers.praat_pitch(sound))
    seconds = len(sound) / RATE
    reply = VoiceMeter("en")
    reply.feed(sound[: 20 * RATE])
    _, finish_s = peers.timed(reply.finish, times=1)
    short, long = (_hour(minutes) for minutes in (10, 60))
    return [
        (
            "the whole chain, processor time per second of sound",
            "<= 4 ms",
            f"{1000 * chain_s / seconds:.2f} ms; with live activity {1000 * (chain_s + live_s) / seconds:.2f} ms",
            f"Praat's pitch alone {1000 * praat_s / seconds:.2f} ms",
        ),
        ("the same with neural activity detection", "<= 11 ms", f"{1000 * (chain_s + neural_s) / seconds:.2f} ms", ""),
        ("what is left to do at the end of a 20 s reply", "reported", f"{1000 * finish_s:.1f} ms", ""),
        (
            "an hour of sound: memory of the whole process",
            "<= 100 MB",
            f"{long[1]:.0f} MB (10 minutes: {short[1]:.0f} MB)",
            "",
        ),
        (
            "an hour of sound: processor time per second",
            "as for 10 minutes",
            f"{long[0]:.2f} ms (10 minutes: {short[0]:.2f} ms)",
            "",
        ),
    ]


def _streamed(sound: Sound) -> object:
    meter = VoiceMeter("en")
    for at in range(0, len(sound), 320):
        meter.feed(sound[at : at + 320])
    return meter.finish()


HOUR = """
import sys, time
from pathlib import Path
import numpy as np
from simulator.acoustics.measure import VoiceMeter
minutes = int(sys.argv[1])
second = np.load(sys.argv[2])
meter = VoiceMeter("en")
start = time.process_time()
for index in range(60 * minutes):
    at = 16000 * (index % (len(second) // 16000))
    meter.feed(second[at : at + 16000])
meter.finish()
took = time.process_time() - start
status = Path("/proc/self/status").read_text().splitlines()
most_kb = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(1000 * took / (60 * minutes), most_kb / 1024)
"""


def _hour(minutes: int) -> tuple[float, float]:
    """Milliseconds per second of sound, and the most memory of a process of its own, in MB (Linux)."""
    read = np.concatenate([s for name, s in real_speech().items() if name in REAL_SYLLABLES])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "read.npy"
        np.save(path, read)
        done = subprocess.run(
            [sys.executable, "-c", HOUR, str(minutes), str(path)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
    cost, memory = done.stdout.split()
    return float(cost), float(memory)


def odd_rows() -> Rows:
    rows: Rows = []
    for odd in odd_sounds():
        found = measure(odd.samples, "en")
        hz = f"{odd.f0_hz:.0f} Hz" if odd.f0_hz else "no pitch"
        wanted = "no speech" if odd.rate is None else f"{odd.rate} syl/s, {hz}, 3 pauses"
        if not found.heard_speech:
            rows.append((odd.name, wanted, "no measurable speech", "", "", ""))
            continue
        pace, pitch, level = found.pace, found.pitch, found.level
        rate = "none" if pace.articulation_rate_syl_per_s is None else f"{pace.articulation_rate_syl_per_s:.1f} syl/s"
        hz = "none" if pitch.median_hz is None else f"{pitch.median_hz:.0f} Hz"
        clipped = ", clipped" if level.clipped else ""
        rows.append(
            (
                odd.name,
                wanted,
                f"{rate} ({pace.confidence})",
                f"{hz} ({pitch.confidence})",
                f"{level.confidence}{clipped}",
                len(found.pauses),
            )
        )
    return rows
