"""The child process that speaks: `python -m simulator.adapters.pyttsx3_child`. One JSON line in, one JSON line out.

pyttsx3's drivers hang, keep state between utterances and abort the process when used from two threads; here they do
so where the parent can end them. The first line out says which engine answered and which voices it has. A request is
`{"text", "voices", "rate_wpm", "pitch", "pitch_range"}` (the first voice that the engine has is used); the answer
`{"path", "voice", "words": [[character, seconds], ...]}` or `{"error"}`. The child ends when its input ends, so it
does not outlive the parent, even in the middle of a hang.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from simulator.adapters.espeak_library import load_espeak

ENGINES = {"win32": "sapi5", "darwin": "nsss"}
_ESPEAK_RANGE = 4


class SpeakingEngine:
    """One pyttsx3 engine, used by one thread, one utterance at a time."""

    def __init__(self, driver: str) -> None:
        self.driver = driver
        self._errors: list[str] = []
        self._word_events: list[tuple[int, float]] = []
        if driver == "espeak":
            _make_espeak_synchronous()
        self._engine = importlib.import_module("pyttsx3").init(driver)
        self._engine.connect("error", lambda name, exception: self._errors.append(str(exception)))  # noqa: ARG005
        # Settings wait in a queue until a first run of the loop; after it they act at once and can be read back.
        self._engine.runAndWait()
        if driver == "espeak":
            self._listen_to_espeak_words()

    def voices(self) -> list[dict[str, Any]]:
        return [
            {"id": str(voice.id), "name": str(voice.name), "languages": [str(tag) for tag in voice.languages or []]}
            for voice in self._engine.getProperty("voices")
        ]

    def speak(self, request: dict[str, Any], path: Path) -> dict[str, Any]:
        """Render one utterance to `path`; raises RuntimeError with the reason where the engine would not."""
        self._errors.clear()
        self._word_events.clear()
        voice = self._choose_voice(request["voices"])
        self._engine.setProperty("rate", int(request["rate_wpm"]))
        if self.driver == "espeak":
            self._engine.setProperty("pitch", int(request["pitch"]))
            self._set_espeak_range(int(request["pitch_range"]))
        self._engine.setProperty("volume", 1.0)
        self._engine.save_to_file(request["text"], str(path))
        self._engine.runAndWait()
        self._forget_utterance()
        if self._errors:
            raise RuntimeError("; ".join(self._errors))
        if not path.is_file() or path.stat().st_size == 0:
            raise RuntimeError("the synthesiser wrote no sound")
        return {"path": str(path), "voice": voice, "words": list(self._word_events)}

    def _choose_voice(self, wanted: list[str]) -> str:
        for voice in wanted:
            self._engine.setProperty("voice", voice)
            got = str(self._engine.getProperty("voice"))
            if got.lower() == voice.lower():
                self._errors.clear()
                return got
        raise RuntimeError(f"unknown voice: {', '.join(wanted)}")

    def _set_espeak_range(self, value: int) -> None:
        importlib.import_module("pyttsx3.drivers._espeak").SetParameter(_ESPEAK_RANGE, value, 0)

    def _forget_utterance(self) -> None:
        """pyttsx3 never clears these, and its next loop would speak the old text over the old file."""
        driver = self._engine.proxy._driver
        if self.driver == "espeak":
            driver._text_to_say = None
            driver._save_file = None

    def _listen_to_espeak_words(self) -> None:
        """pyttsx3's own started-word event has no audio position, so the callback is wrapped to keep it."""
        library = importlib.import_module("pyttsx3.drivers._espeak")
        hear: Callable[[Any, int, Any], int] = self._engine.proxy._driver._onSynth

        def on_synth(samples: Any, count: int, events: Any) -> int:
            at = 0
            while events[at].type != library.EVENT_LIST_TERMINATED:
                if events[at].type == library.EVENT_WORD:
                    self._word_events.append((events[at].text_position - 1, events[at].audio_position / 1000))
                at += 1
            if samples:
                return hear(samples, count, events)
            # Synchronous eSpeak ends with an empty call and no event; pyttsx3 waits for one.
            ended = (library.EVENT * 2)()
            ended[0].type = library.EVENT_MSG_TERMINATED
            return hear(samples, 0, ended)

        library.SetSynthCallback(on_synth)


def _make_espeak_synchronous() -> None:
    """pyttsx3 has eSpeak speak on a thread of its own, where a setting may come too late for the utterance after it and
    an utterance's end may stop the next one (both seen under load); synchronous, everything happens in order."""
    library: Any = importlib.import_module("pyttsx3.drivers._espeak")
    library.AUDIO_OUTPUT_RETRIEVAL = library.AUDIO_OUTPUT_SYNCHRONOUS


def main(search: tuple[str, ...] = ("system", "bundled")) -> int:
    answers = _take_standard_output()
    folder = Path(tempfile.mkdtemp(prefix="unruffled-voice-"))
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read_requests, args=(requests, folder), daemon=True).start()
    driver = ENGINES.get(sys.platform, "espeak")
    if driver == "espeak" and load_espeak(search) is None:
        return _answer(answers, {"error": "no espeak-ng library was found"}, 1)
    try:
        engine = SpeakingEngine(driver)
        voices = engine.voices()
    except Exception as error:  # noqa: BLE001  drivers raise anything: OSError, COM errors, RuntimeError, KeyError
        return _answer(answers, {"error": str(error) or type(error).__name__}, 1)
    _answer(answers, {"engine": driver, "voices": voices, "folder": str(folder)})
    count = 0
    while True:
        request = json.loads(requests.get())
        count += 1
        try:
            reply = engine.speak(request, folder / f"{count}{'.aiff' if driver == 'nsss' else '.wav'}")
        except Exception as error:  # noqa: BLE001  as above
            reply = {"error": str(error) or type(error).__name__}
        _answer(answers, reply)


def _take_standard_output() -> IO[str]:
    """The real standard output for our answers only: drivers print to theirs."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _answer(answers: IO[str], message: dict[str, Any], code: int = 0) -> int:
    answers.write(json.dumps(message) + "\n")
    answers.flush()
    return code


def _read_requests(requests: queue.Queue[str], folder: Path) -> None:
    for line in sys.stdin.buffer:
        requests.put(line.decode("utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
