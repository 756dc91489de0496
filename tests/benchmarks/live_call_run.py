"""A long live call in a process of its own, so that its memory is the program's alone. Run by the benchmark.

    python live_call_run.py DATA_FOLDER REPLY_WAV RECOGNISER MINUTES

The sound server's variables must be set. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from simulator.app.bootstrap import Program
from simulator.domain.scenario import Difficulty
from simulator.ports import Block, InputStream, Microphone
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    Floor,
    FloorChanged,
    LineFinished,
    LineStarted,
    Message,
    TurnAppraised,
)
from simulator.practice.settings import CallSetup, Settings

HEADSET = "Sound server: Headset"
LOUD_RMS = 0.004
LAST_TURN = 6


class Watched:
    """The microphone, with the time of the last block that was not silent."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self.last_loud_s = 0.0

    def open(
        self, device: str | None, on_block: Callable[[Block], None], on_lost: Callable[[str], None]
    ) -> InputStream:
        def watch(block: Block) -> None:
            if float(np.sqrt(np.mean(np.square(block.samples)))) > LOUD_RMS:
                self.last_loud_s = time.monotonic()
            on_block(block)

        return self._microphone.open(device, watch, on_lost)


class Run:
    def __init__(self, folder: Path, reply: Path, recogniser: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.program = Program(folder)
        self.services = self.program.services()
        self.program.microphone = self.microphone = Watched(self.program.microphone)
        self.settings = Settings(input_device=HEADSET, output_device=HEADSET, recogniser=recogniser)
        self.reply = reply
        self.news: queue.Queue[tuple[float, Message]] = queue.Queue()
        self.decided_s = 0.0
        self.feedback_s: list[float] = []
        self.working_s: list[float] = []
        self.next_line_s: list[float] = []
        self.words = 0

    def wait_for(self, kind: type[Message]) -> tuple[float, Message]:
        while True:
            at_s, message = self.news.get(timeout=90)
            if isinstance(message, FloorChanged) and message.floor is Floor.NOBODY:
                self.decided_s = at_s
            if isinstance(message, kind):
                return at_s, message

    def call(self, minutes: float) -> dict[str, object]:
        setup = CallSetup(self.services.scenarios.find("en-late-delivery"), "guest", Difficulty.STANDARD)
        call = self.services.live_call(setup, self.settings, lambda m: self.news.put((time.monotonic(), m)))
        call.start()
        _, connected = self.wait_for(CallConnected)
        began_s = time.monotonic()
        asked_s = 0.0
        while True:
            line_s, _ = self.wait_for(LineStarted)
            if asked_s:
                self.next_line_s.append(line_s - asked_s)
            self.wait_for(LineFinished)
            subprocess.run(["paplay", "--device=mic_feed", str(self.reply)], check=True, timeout=90)
            shown_s, message = self.wait_for(TurnAppraised)
            self.feedback_s.append(shown_s - self.microphone.last_loud_s - self.settings.end_of_turn_silence_s)
            self.working_s.append(shown_s - self.decided_s)
            self.words += len(message.result.reply.utterance.words) if message.result.reply.utterance else 0
            if time.monotonic() - began_s > 60 * minutes:
                break
            asked_s = time.monotonic()
            over = message.result.outcome is not None or message.result.number >= LAST_TURN
            call.redo_turn() if over else call.next_turn()
        lasted_s = time.monotonic() - began_s
        call.end()
        self.wait_for(CallEnded)
        call.close()
        events = self.services.store.events(connected.session_id)
        recorded = next(event for event in events if event.kind == "recorded")
        return {
            "minutes": lasted_s / 60,
            "turns": len(self.feedback_s),
            "words": self.words,
            "recogniser": connected.recogniser_label,
            "dropped_blocks": recorded.data["dropped_blocks"],
            "feedback_s": self.feedback_s,
            "working_s": self.working_s,
            "next_line_s": self.next_line_s,
            **memory_mb(),
        }


def memory_mb() -> dict[str, float]:
    """What this process holds and has held at most (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kib = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return {"rss_mb": kib["VmRSS"] / 1024, "peak_mb": kib["VmHWM"] / 1024}


def main() -> None:
    folder, reply, recogniser, minutes = sys.argv[1:]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    run = Run(Path(folder), Path(reply), recogniser)
    sys.stdout.write(json.dumps(run.call(float(minutes))) + "\n")
    run.program.close()


if __name__ == "__main__":
    main()
