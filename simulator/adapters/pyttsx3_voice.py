"""The customer's voice through pyttsx3, which speaks in a child process that can be ended."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import soundfile

from simulator.acoustics.harshness import harden, set_level, shift_pitch
from simulator.adapters.caption_timing import starts_from_events, starts_from_sound
from simulator.adapters.model_download import fetch_text
from simulator.adapters.voice_files import Delivery, VoiceFile, VoiceFiles
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import Clip, Samples, VoiceInfo

LONGEST_TEXT = 1000
LONGEST_CLIP_S = 60.0
START_DEADLINE_S = 15.0
SPEAK_DEADLINE_S = 10.0
_FADE_S = 0.05
_SEMITONES_AT_FULL_PITCH = 12.0
_MOST_SEMITONES = 4.0

# Markup and marks that an engine would read out ("asterisk") or obey (SAPI's XML, macOS's [[rate 300]]).
_UNSPEAKABLE = str.maketrans(dict.fromkeys("<>[]{}*_~^|\\`#=\xad\u200b\u2060\ufeff", " "))

_INSTALL = {
    "linux": "Install eSpeak NG (apt install libespeak-ng1), or the Python package espeakng-loader.",
    "win32": "Add a voice under Settings, Time & language, Speech.",
    "darwin": "Add a voice under System Settings, Accessibility, Spoken Content.",
}


def child_command() -> tuple[str, ...]:
    """How to start the child: this Python, or the frozen program with `--voice-child`."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--voice-child")
    return (sys.executable, "-m", "simulator.adapters.pyttsx3_child")


class Pyttsx3Voice:
    """`ports.Voice` and `ports.VoiceCatalogue`. May be used from any thread; one utterance is rendered at a time.

    The child starts with the first utterance. One that hangs or crashes is killed, and the utterance is tried once
    more with a new child. SAPI5 and NSSpeech hang on second utterances on some systems, so they get a child each time.
    """

    def __init__(
        self,
        files: VoiceFiles,
        command: Sequence[str] = (),
        start_deadline_s: float = START_DEADLINE_S,
        speak_deadline_s: float = SPEAK_DEADLINE_S,
    ) -> None:
        self._files = files
        self._command = tuple(command) or child_command()
        self._start_deadline_s = start_deadline_s
        self._speak_deadline_s = speak_deadline_s
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def render(self, voice: str, text: str, temper: float) -> Clip:
        """See `ports.Voice.render`. The clip peaks at 0.95 at most and is cut (faded) after 60 s."""
        written = self._files.find(voice)
        spoken = speakable(text)
        if not spoken.strip():
            raise BadInputError("There are no words to speak in this line.")
        if len(text) > LONGEST_TEXT:
            raise BadInputError(f"A line of {len(text)} characters is too long.", f"Keep it under {LONGEST_TEXT}.")
        delivery = written.delivery(temper)
        with self._lock:
            said = self._say(written, spoken, delivery)
        return _finish(said, text, delivery)

    def available(self) -> tuple[VoiceInfo, ...]:
        """The written voices, each with whether this computer's synthesiser can speak it; starts the child."""
        with self._lock:
            try:
                child = self._running_child()
            except SimulatorError as error:
                return tuple(_described(voice, None, error) for voice in self._files.voices())
            return tuple(_described(voice, child, None) for voice in self._files.voices())

    def install(self, language: str, source: str) -> VoiceInfo:
        """See `ports.VoiceCatalogue.install`."""
        if urlsplit(source).scheme in ("http", "https"):
            text, name = fetch_text(source), urlsplit(source).path.rsplit("/", 1)[-1]
        else:
            path = Path(source).expanduser()
            try:
                text, name = path.read_text(encoding="utf-8-sig"), path.name
            except (OSError, UnicodeDecodeError):
                raise BadInputError(f"{source}: cannot be read as a text file.") from None
        if text is None:
            raise SimulatorError(f"{source}: there is no such file on the server.", "Check the address.")
        installed = self._files.install(language, name, text)
        return next(info for info in self.available() if info.id == installed.id)

    def close(self) -> None:
        """End the child; the next `render` would start a new one."""
        with self._lock:
            self._end_child()

    def _say(self, voice: VoiceFile, text: str, delivery: Delivery) -> _Said:
        for attempt in (1, 2):
            child = self._running_child()
            try:
                said = child.speak(voice, text, delivery, self._speak_deadline_s)
            except _ChildFailedError as failure:
                self._end_child()
                if attempt == 2:
                    raise SimulatorError(
                        f"The voice did not answer ({failure}).",
                        "Try again; if it happens again, restart the program or choose another voice.",
                    ) from None
                continue
            except SimulatorError:
                self._end_child()
                raise
            if child.engine != "espeak":
                self._end_child()
            return said
        raise AssertionError("unreachable: the second attempt returns or raises")

    def _running_child(self) -> _Child:
        if self._child is None or not self._child.alive:
            self._end_child()
            self._child = _Child(self._command, self._start_deadline_s)
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


@dataclass(frozen=True, slots=True)
class _Said:
    samples: Samples
    rate_hz: int
    words: tuple[tuple[int, float], ...]
    semitones: float


class _ChildFailedError(Exception):
    """The child hung, crashed or sent rubbish: worth one more try with a new one."""


class _Child:
    """One running child process."""

    def __init__(self, command: Sequence[str], deadline_s: float) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="voice-answers", daemon=True)
        self._reader.start()
        self._folder: Path | None = None
        try:
            hello = self._answer(deadline_s)
        except _ChildFailedError as failure:
            self.end()
            raise SimulatorError(f"The voice could not be started ({failure}).", _how_to_install()) from None
        if "error" in hello:
            self.end()
            raise SimulatorError(f"There is no speech synthesiser here ({hello['error']}).", _how_to_install())
        self.engine: str = hello["engine"]
        self.voices: list[dict[str, Any]] = hello["voices"]
        self._folder = Path(hello["folder"])

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def speak(self, voice: VoiceFile, text: str, delivery: Delivery, deadline_s: float) -> _Said:
        semitones = 0.0 if self.engine == "espeak" else semitones_of(delivery.pitch)
        request = {
            "text": text,
            "voices": engine_voice_ids(voice, self.engine, self.voices),
            # Shifting the pitch afterwards shortens the clip: say it slower by as much.
            "rate_wpm": delivery.rate_wpm / 2 ** (semitones / 12),
            "pitch": delivery.pitch,
            "pitch_range": delivery.pitch_range,
        }
        try:
            assert self._process.stdin is not None
            self._process.stdin.write((json.dumps(request) + "\n").encode())
            self._process.stdin.flush()
        except OSError:
            raise _ChildFailedError("it ended") from None
        answer = self._answer(deadline_s)
        if "error" in answer:
            raise SimulatorError(
                f"The voice '{voice.id}' cannot be spoken here: {answer['error']}.", "Choose another voice."
            )
        path = Path(answer["path"])
        try:
            samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        except (soundfile.LibsndfileError, OSError):
            raise _ChildFailedError("its sound cannot be read") from None
        finally:
            path.unlink(missing_ok=True)
        if len(samples) == 0:
            raise _ChildFailedError("it wrote no sound")
        words = tuple((int(character), float(at_s)) for character, at_s in answer["words"])
        return _Said(np.ascontiguousarray(samples[:, 0]), rate_hz, words, semitones)

    def end(self) -> None:
        """Kill it, wait for it (so that no zombie stays) and remove what it left."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(b"")

    def _answer(self, deadline_s: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=deadline_s)
        except queue.Empty:
            raise _ChildFailedError(f"no answer within {deadline_s:g} s") from None
        if not line:
            raise _ChildFailedError("it ended")
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise _ChildFailedError("it answered with rubbish")
        return answer


def speakable(text: str) -> str:
    """The text with markup and control characters as spaces: as long as before, so that word positions still hold."""
    return "".join(char if char.isprintable() else " " for char in text.translate(_UNSPEAKABLE))


def semitones_of(pitch: float) -> float:
    """For engines without pitch: eSpeak's 0 to 100 as a shift from the voice's own, at most 4 semitones."""
    shift = (pitch - 50) / 50 * _SEMITONES_AT_FULL_PITCH / 2
    return max(-_MOST_SEMITONES, min(_MOST_SEMITONES, shift))


def engine_voice_ids(voice: VoiceFile, engine: str, present: Sequence[dict[str, Any]]) -> list[str]:
    """The ids to try, best first. eSpeak's are written out; SAPI5 and NSSpeech voices are found by part of their name
    or id, and where none of those is installed by language."""
    wanted = voice.engine_voices.get(engine, ())
    if engine == "espeak":
        return list(wanted)
    named = [v["id"] for part in wanted for v in present if part.lower() in f"{v['name']} {v['id']}".lower()]
    same_language = [v["id"] for v in present if any(_speaks(tag, voice.language) for tag in v["languages"])]
    return list(dict.fromkeys([*named, *same_language]))


def _speaks(tag: str, language: str) -> bool:
    return tag.lower().replace("_", "-").split("-")[0] == language


def _described(voice: VoiceFile, child: _Child | None, trouble: SimulatorError | None) -> VoiceInfo:
    reason = str(trouble) if trouble else ""
    engine_voice = None
    if child is not None:
        ids = engine_voice_ids(voice, child.engine, child.voices)
        known = {str(v["id"]).lower() for v in child.voices}
        engine_voice = next((i for i in ids if i.lower().split("+")[0] in known), None)
        reason = "" if engine_voice else f"this computer has no {voice.language} voice for it"
    return VoiceInfo(voice.id, voice.name, voice.language, voice.gender, engine_voice, reason)


def _finish(said: _Said, text: str, delivery: Delivery) -> Clip:
    samples = shift_pitch(said.samples, said.semitones)[: int(LONGEST_CLIP_S * said.rate_hz)]
    if len(samples) < len(said.samples) and len(samples) == int(LONGEST_CLIP_S * said.rate_hz):
        fade = int(_FADE_S * said.rate_hz)
        samples[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    samples = set_level(harden(samples, said.rate_hz, delivery.roughness), said.rate_hz, delivery.level_dbfs)
    duration_s = len(samples) / said.rate_hz
    if said.words:
        starts = starts_from_events(text, said.words, duration_s)
    else:
        starts = starts_from_sound(text, samples, said.rate_hz)
    return Clip(samples, said.rate_hz, text, starts)


def _how_to_install() -> str:
    return _INSTALL.get(sys.platform, _INSTALL["linux"])
