"""A live call on the virtual headset: what is lost, how much memory it takes, how soon the feedback is there.

One minute by default; `UNRUFFLED_CALL_MINUTES=10` gives the long one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.journeys.conftest import headset, sound_server  # noqa: F401  fixtures
from tests.journeys.virtual_headset import VirtualHeadset

pytestmark = pytest.mark.needs_sound_server

RESULTS = Path(__file__).parent / "results"
MINUTES = float(os.environ.get("UNRUFFLED_CALL_MINUTES", "1"))
REPLY = (
    "I can hear how upset you are, and I would be too after waiting nine days for a parcel, so thank you for telling "
    "me what happened from the beginning, because it helps me to see where it went wrong, and while we are talking I "
    "am looking at your order on my screen, where I can see that it left our house on the second, that it went to the "
    "wrong town, and that nobody told you, which should never have happened, so let me tell you what I can do now"
)


@pytest.fixture
def reply(tmp_path: Path) -> Path:
    """About twenty seconds of flite, cut where the speech ends."""
    raw, wav = tmp_path / "raw.wav", tmp_path / "reply.wav"
    subprocess.run(["flite", "-voice", "slt", "-t", REPLY, "-o", str(raw)], check=True, timeout=60)
    sound, rate_hz = soundfile.read(raw, dtype="float32")
    soundfile.write(wav, sound[: np.flatnonzero(np.abs(sound) > 0.02)[-1]], rate_hz)
    assert 18 < soundfile.info(wav).duration < 26
    return wav


@pytest.mark.timeout(900)
@pytest.mark.benchmark(group="live")
@pytest.mark.parametrize("recogniser", ["pocketsphinx", "vosk"])
def test_live_call(
    benchmark,
    headset: VirtualHeadset,  # noqa: F811
    reply: Path,
    tmp_path: Path,
    recogniser: str,
    request: pytest.FixtureRequest,
) -> None:
    environment = {**os.environ}
    if recogniser == "vosk":
        models: Path = request.getfixturevalue("tiny_vosk_models")
        environment["VOSK_MODEL_PATH"] = str(models / "vosk-model-tiny-test")
    script = Path(__file__).with_name("live_call_run.py")
    command = [sys.executable, str(script), str(tmp_path / "data"), str(reply), recogniser, str(MINUTES)]

    def run() -> dict[str, object]:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60 * MINUTES + 240)
        assert done.returncode == 0, done.stderr[-2_000:]
        return json.loads(done.stdout.splitlines()[-1])

    measured = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update({key: value for key, value in measured.items() if not isinstance(value, list)})
    write_table(recogniser, measured)
    assert measured["turns"] >= 1


def write_table(recogniser: str, measured: dict) -> None:
    kept = RESULTS / "live-call.json"
    results = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    results[recogniser] = measured
    kept.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    rows = [row(figures) for _, figures in sorted(results.items())]
    (RESULTS / "live-call.md").write_text(
        f"{INTRODUCTION}\n{HEADER}\n" + "\n".join(rows) + f"\n{GOAL}\n", encoding="utf-8"
    )


INTRODUCTION = """# A live call on a virtual headset

PulseAudio, the program's own capture, playback, recording and recognition, espeak as customer, replies of 93 words
(23 s) by flite. "Feedback" is the delay from the last sound of the reply until the feedback is told, less the 0.7 s of
silence that end a turn; "of it work" is the part after the program knew that the turn was over. "Next line" is from
the wish to go on until the line plays. Memory is the resident set of the whole process, without a window.
"""
HEADER = (
    "| recogniser | call | turns | dropped blocks | feedback, median | p95 | of it work, p95 | next line, p95 "
    "| memory | peak |\n|---|---|---|---|---|---|---|---|---|---|"
)
GOAL = "| goal | 10 min | | 0 | | 200 ms | | 200 ms | 350 MB | |"


def row(m: dict) -> str:
    feedback, working = np.array(m["feedback_s"]) * 1_000, np.array(m["working_s"]) * 1_000
    following = np.array(m["next_line_s"] or [np.nan]) * 1_000
    return (
        f"| {m['recogniser']} | {m['minutes']:.1f} min | {m['turns']} | {m['dropped_blocks']} | "
        f"{np.median(feedback):.0f} ms | {np.percentile(feedback, 95):.0f} ms | {np.percentile(working, 95):.0f} ms | "
        f"{np.percentile(following, 95):.0f} ms | {m['rss_mb']:.0f} MB | {m['peak_mb']:.0f} MB |"
    )
