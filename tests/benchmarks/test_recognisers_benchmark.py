"""How well and how fast the recognisers hear: words wrong, processor seconds a second of sound, what is left to do
at the end of a 20 s reply, loading, and memory. Writes results/recognisers.md."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.adapters.audio_files import SoundFiles
from simulator.adapters.pocketsphinx_language import mixed_language_model
from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser
from simulator.adapters.vosk_recogniser import VoskRecogniser
from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenarios import YamlScenarios
from simulator.ports import CAPTURE_RATE_HZ, Recogniser, Samples
from simulator.practice.recognition_sentences import recognition_sentences
from tests.adapters.flite_speech import say, word_errors, words_of
from tests.conftest import PROJECT, SHARED

RESULTS = Path(__file__).parent / "results" / "recognisers.md"
GOAL_FINISH_S = 0.2
NAMES = ("Ms Novak", "Mr Kowalski")
# None of these is in a phrasebook or a scenario.
REPLIES = (
    "I am so sorry about all this trouble miss novak, I can hear how frustrating it has been.",
    "Let me check that order now, and I will call you back before Friday.",
    "Good morning mister kowalski, how can I help you today?",
    "You should have read the terms, it is not my fault.",
    "Would it be fair if we refund the second charge to your card?",
    "Thank you for your patience, I will send you an email with the next steps.",
)
AUSTEN = {
    "0870": "and mister john dashwood had then leisure to consider how much there might be prudently in his power "
    "to do for them",
    "0880": "he was not an ill disposed young man",
    "0890": "unless to be rather cold hearted and rather selfish is to be ill disposed",
    "0920": "had he married a more amiable woman he might have been made still more respectable than he was",
    "0930": "he might even have been made amiable himself",
}


@dataclass(frozen=True)
class Heard:
    words_wrong_percent: float
    cpu_s_per_s: float
    sure_of_right_percent: float
    sure_of_wrong_percent: float


@pytest.fixture(scope="module")
def makers(tmp_path_factory: pytest.TempPathFactory, tiny_vosk_models: Path) -> dict[str, Callable[[], Recogniser]]:
    scenarios = [each for each in YamlScenarios(PROJECT / "scenarios").scenarios() if each.language == "en"]
    sentences = recognition_sentences(scenarios, load_yaml(PROJECT / "assets" / "phrasebooks" / "en.yaml"))
    mixed = mixed_language_model(sentences, tmp_path_factory.mktemp("language"))
    return {
        "PocketSphinx, its own language model": PocketSphinxRecogniser,
        "PocketSphinx, mixed language model": lambda: PocketSphinxRecogniser(mixed),
        "Vosk, tiny test model (279 words)": lambda: VoskRecogniser(tiny_vosk_models / "vosk-model-tiny-test"),
    }


@pytest.fixture(scope="module")
def flite(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Samples]]:
    folder = tmp_path_factory.mktemp("flite")
    return [(text, say(text, voice, folder)) for voice in ("slt", "rms", "awb") for text in REPLIES]


@pytest.fixture(scope="module")
def read_aloud(shared_speech: Path) -> list[tuple[str, Samples]]:
    files = SoundFiles()
    return [(text, files.read(shared_speech / f"librivox-austen-{n}.wav")) for n, text in AUSTEN.items()]


def written_alike(text: str) -> str:
    return re.sub(r"\bmr\b", "mister", re.sub(r"\bms\b", "miss", text.lower()))


def listen(recogniser: Recogniser, clips: list[tuple[str, Samples]]) -> Heard:
    wrong = words = 0
    sound_s = cpu_s = 0.0
    sure: dict[bool, list[bool]] = {True: [], False: []}
    for text, samples in clips:
        began = time.process_time()
        turn = recogniser.begin_turn(NAMES)
        for at in range(0, len(samples), 1600):
            turn.feed(samples[at : at + 1600])
        heard = turn.finish()
        cpu_s += time.process_time() - began
        sound_s += len(samples) / CAPTURE_RATE_HZ
        wrong += word_errors(text, written_alike(heard.text))
        words += len(words_of(text))
        for word in heard.words:
            right = written_alike(word.text) in words_of(text)
            sure[right].append(word.confidence is not None and word.confidence >= 0.6)
    return Heard(
        100 * wrong / words,
        cpu_s / sound_s,
        100 * statistics.fmean(sure[True] or [False]),
        100 * statistics.fmean(sure[False] or [False]),
    )


def finish_s(recogniser: Recogniser, reply: Samples) -> float:
    """Wall-clock seconds of `finish` after a reply."""
    turn = recogniser.begin_turn(NAMES)
    for at in range(0, len(reply), 1600):
        turn.feed(reply[at : at + 1600])
    ended = time.perf_counter()
    turn.finish()
    return time.perf_counter() - ended


def twenty_seconds(clips: list[tuple[str, Samples]]) -> Samples:
    """The clips one after the other, cut at 20 s."""
    whole = np.concatenate([samples for _, samples in clips] * 3)
    return whole[: 20 * CAPTURE_RATE_HZ]


def loaded_megabytes(code: str) -> float:
    """Peak memory of a fresh process that makes the recogniser, less one that only imports numpy."""
    program = f"import numpy\n{code}\nprint(open('/proc/self/status').read())"
    status = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found.group(1)) / 1024


@pytest.mark.timeout(600)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_time_left_at_the_end_of_a_20_second_reply(
    benchmark: Any, makers: dict[str, Callable[[], Recogniser]], flite: list[tuple[str, Samples]], which: int
) -> None:
    recogniser = list(makers.values())[which]()
    reply = twenty_seconds(flite)

    def begun() -> tuple[tuple[Any, ...], dict[str, Any]]:
        turn = recogniser.begin_turn(NAMES)
        for at in range(0, len(reply), 1600):
            turn.feed(reply[at : at + 1600])
        return (turn,), {}

    benchmark.extra_info["goal_s"] = GOAL_FINISH_S
    heard = benchmark.pedantic(lambda turn: turn.finish(), setup=begun, rounds=3)
    assert len(heard.words) > 20


@pytest.mark.timeout(1200)
def test_the_table_is_written(
    benchmark: Any,
    makers: dict[str, Callable[[], Recogniser]],
    flite: list[tuple[str, Samples]],
    read_aloud: list[tuple[str, Samples]],
) -> None:
    def measure() -> list[str]:
        rows = []
        human = [("", SoundFiles().read(SHARED / "speech" / "fast-then-slow-en.wav"))]
        for name, make in makers.items():
            began = time.perf_counter()
            recogniser = make()
            load_s = time.perf_counter() - began
            calls, books = listen(recogniser, flite), listen(recogniser, read_aloud)
            clean = finish_s(recogniser, twenty_seconds(flite))
            hard = finish_s(recogniser, twenty_seconds(human))
            rows.append(
                f"| {name} | {calls.words_wrong_percent:.1f} % | {books.words_wrong_percent:.1f} % | "
                f"{calls.cpu_s_per_s:.2f} / {books.cpu_s_per_s:.2f} | {1000 * clean:.0f} / {1000 * hard:.0f} ms | "
                f"{books.sure_of_right_percent:.0f} % / {books.sure_of_wrong_percent:.0f} % | {load_s:.2f} s |"
            )
        return rows

    rows = benchmark.pedantic(measure, rounds=1)
    memory = (
        f"Memory of a process with PocketSphinx: {loaded_megabytes(_WITH_SPHINX):.0f} MB, "
        f"with only its imports: {loaded_megabytes(_IMPORTS):.0f} MB.\n"
    )
    RESULTS.write_text("\n".join([_HEAD, *rows, "", memory]), encoding="utf-8")
    assert len(rows) == 3


_HEAD = """\
# Recognisers

Calls: six replies that are in no phrasebook, by three flite voices. Book: five sentences of one LibriVox reader.
Cost: processor seconds a second of sound (calls / book). Left: `finish()` after 20 s (flite / one human speaker, fast
and hard to hear), wall clock; the goal is 200 ms. Sure: the share of right and of wrong words that have a confidence of
0.6 or more (book). The Vosk model is a test model of 279 words: no user gets it, and the book's words are not in it.

| recogniser | words wrong, calls | words wrong, book | cost | left | sure of right / wrong | load |
|---|---|---|---|---|---|---|"""
_IMPORTS = "import simulator.adapters.pocketsphinx_recogniser"
_WITH_SPHINX = (
    "from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser\nr=PocketSphinxRecogniser()"
)
