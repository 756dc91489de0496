"""What the program needs from outside, as protocols. Adapters fulfil them; tests fake only these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.curves import Curves
from simulator.domain.located import Located
from simulator.domain.measures import Baseline, VoiceMeasures
from simulator.domain.scenario import Gender, Scenario
from simulator.domain.session import SessionEvent, SessionSummary
from simulator.domain.technique import Detection
from simulator.domain.utterance import Utterance, Word
from simulator.wording.learned import Learned

Samples = NDArray[np.float32]

CAPTURE_RATE_HZ = 16_000
# So long to wait for a microphone's first sound: an idle sound server takes 2 s, and may have to be asked twice.
FIRST_SOUND_WITHIN_S = 6.0


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound ready to play: mono float32 in [-1, 1], shape (n,). `word_starts_s` is when each word of the text
    begins, empty where it is not known."""

    samples: Samples
    rate_hz: int
    text: str = ""
    word_starts_s: tuple[float, ...] = ()

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class AudioDevice:
    """A device as people know it: never by index, which changes when a headset is plugged in."""

    name: str
    host_api: str
    inputs: int
    outputs: int
    is_default_input: bool = False
    is_default_output: bool = False

    @property
    def key(self) -> str:
        return f"{self.host_api}: {self.name}"


@dataclass(frozen=True, slots=True)
class Block:
    """Captured sound: mono float32 at 16 kHz, shape (n,), and the number of its first sample since capture began."""

    samples: Samples
    first_sample: int


class InputStream(Protocol):
    """An open microphone. `dropped_blocks` counts what could not be taken; `close` may be called twice."""

    @property
    def dropped_blocks(self) -> int: ...
    @property
    def latency_s(self) -> float: ...
    def close(self) -> None: ...


class Playback(Protocol):
    """A clip being played. `heard_s` is how much of it has left the headphones (latency taken off)."""

    @property
    def heard_s(self) -> float: ...
    @property
    def finished(self) -> bool: ...
    def set_volume(self, volume: float) -> None:
        """Louder or softer from now on (0 to 1), behind the same limiter."""
        ...

    def stop(self) -> None: ...


class Microphone(Protocol):
    def open(
        self,
        device: str | None,
        on_block: Callable[[Block], None],
        on_lost: Callable[[str], None],
    ) -> InputStream:
        """Open by `AudioDevice.key` (None: the system's default). `on_block` is called from the audio thread and
        must return at once; `on_lost` is called once with the reason when the stream has died.

        Raises SimulatorError where there is no such device or it cannot be opened.
        """
        ...


class Speaker(Protocol):
    def play(
        self,
        clip: Clip,
        device: str | None,
        volume: float,
        on_lost: Callable[[str], None],
    ) -> Playback:
        """Play at `volume` (0 to 1) behind a limiter that protects hearing. Raises as `Microphone.open` does."""
        ...


class AudioDevices(Protocol):
    def list(self) -> Sequence[AudioDevice]: ...
    def refresh(self) -> None:
        """Look again for devices; what is open ends as if it were unplugged. Raises SimulatorError."""
        ...


class RecognitionTurn(Protocol):
    """One reply being recognised. Used by one thread."""

    def feed(self, samples: Samples) -> str:
        """Take 16 kHz mono float32 samples of any length; return the words so far (partial, may change)."""
        ...

    def finish(self) -> Utterance:
        """The words with times in seconds from the first sample fed. May be called once."""
        ...


class Recogniser(Protocol):
    @property
    def name(self) -> str:
        """ "vosk", "pocketsphinx", "scripted" or "none"."""
        ...

    @property
    def label(self) -> str:
        """What people see: "vosk-model-small-en-us-0.15", "basic recognition"."""
        ...

    def begin_turn(self, phrases: Sequence[str] = ()) -> RecognitionTurn:
        """A fresh turn; `phrases` are names and sentences to listen for with more care, where that is possible."""
        ...


class Voice(Protocol):
    def render(self, voice: str, text: str, temper: float) -> Clip:
        """Speak `text` as the customer voice `voice` (a file in voices/) at `temper` (0 to 10).

        Raises SimulatorError where no synthesiser is installed, it did not answer, or the voice is unknown.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A customer voice. `engine_voice` is the synthesiser's voice that speaks it on this computer, None where there
    is none; `why_not` then says in plain words why."""

    id: str
    name: str
    language: str
    gender: Gender
    engine_voice: str | None
    why_not: str = ""


class VoiceCatalogue(Protocol):
    def available(self) -> Sequence[VoiceInfo]:
        """All customer voices by id, each with whether it can be spoken here. Raises BadInputError (a broken file)."""
        ...

    def install(self, language: str, source: str) -> VoiceInfo:
        """Take the voice file (YAML) at `source`, a path or URL, into the data folder, so that scenarios can use it.

        Raises BadInputError (a mistake in it, or another language) or SimulatorError (no network, not writable).
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A speech model of the catalogue or on disk. `folder` None: not installed; `size_bytes` is that of the download
    (None: not known); `note` is what to know about it in one plain sentence."""

    name: str
    language: str
    folder: Path | None
    size_bytes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class InstallProgress:
    """How far an installation is: `step` is "downloading", "checking" or "unpacking"; `done` of `total` bytes (None:
    not known)."""

    step: str
    done: int
    total: int | None


class SpeechModels(Protocol):
    """The recognisers' models in the data folder."""

    def list(self) -> Sequence[ModelInfo]:
        """What is installed, and what could be."""
        ...

    def install(
        self,
        language: str,
        source: str | None,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
        sha256: str | None = None,
    ) -> ModelInfo:
        """Fetch (resuming what an earlier attempt left), check, unpack safely and put in place in one step.

        `source` is a file or URL (zip or tgz); None: the official model of the language. Raises SimulatorError (no
        network, disk full, wrong checksum, cancelled) or BadInputError (no such file, not a model); an installed
        model stays untouched then.
        """
        ...

    def verify(self) -> Sequence[tuple[ModelInfo, Sequence[str]]]:
        """Each installed model with its faults (missing or changed files); none: whole."""
        ...


class RecordingSink(Protocol):
    """One track of a session on disk, safe from the first block on."""

    def write(self, samples: Samples) -> None:
        """Append 16 kHz mono float32. Raises SimulatorError when the disk is full; what was written stays."""
        ...

    def write_at(self, clip: Clip, first_sample: int) -> int:
        """Append a clip of any rate at that sample of the session (16 kHz), with silence before it.

        Where the track is already longer, the clip goes to its end. Returns the track's new length in samples;
        raises as `write` does.
        """
        ...

    def finish(self, noted: Callable[[Path], None] | None = None) -> Path:
        """Make the lasting file (FLAC, verified) and return its path. `noted` may store where it is; only when it
        has returned does the working file go."""
        ...


class AudioFiles(Protocol):
    """Sound from files that people give: any rate, any number of channels."""

    def read(self, path: Path) -> Samples:
        """The file as 16 kHz mono float32, shape (n,). Raises BadInputError naming the file and the reason."""
        ...

    def open(self, path: Path, channel: int | None = None) -> AudioStream:
        """For files too long to hold: `channel` counts from 1, None mixes all. Raises as `read` does."""
        ...


class AudioStream(Protocol):
    """A file of sound, read as it is needed."""

    @property
    def source(self) -> str:
        """What was taken of the file, for people: "44100 Hz, 2 channels mixed"."""
        ...

    def blocks(self) -> Iterator[Samples]:
        """16 kHz mono float32 in blocks of at most some seconds. Raises BadInputError where the file breaks off."""
        ...


class SpeechActivity(Protocol):
    """Speech or not, as 16 kHz mono float32 arrives in blocks of any size: where a turn begins and ends."""

    def feed(self, samples: Samples) -> None: ...
    @property
    def speaking(self) -> bool: ...
    @property
    def speech_started_s(self) -> float | None:
        """When the first speech began, in seconds from the first sample fed; None before any."""
        ...

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken, up to the last sample fed."""
        ...


class MeasurePlot(Protocol):
    def draw(self, title: str, curves: Curves, measures: VoiceMeasures, words: Sequence[Word], to: Path) -> None:
        """A picture of waveform, level, pitch, syllables, pauses and words. Raises SimulatorError (unwritable)."""
        ...


class Recordings(Protocol):
    def start(self, session_id: str, track: str) -> RecordingSink:
        """`track` is "trainee" or "customer"."""
        ...

    def path(self, session_id: str, track: str) -> Path | None: ...
    def read(self, session_id: str, track: str, start_s: float, end_s: float) -> Clip:
        """A stretch of a track to hear again. Raises SimulatorError where it is missing or broken."""
        ...

    def repair_orphans(self) -> Sequence[str]:
        """Finish what a killed program left behind; returns the ids of the sessions mended."""
        ...

    def delete(self, session_id: str) -> None: ...


class SessionStore(Protocol):
    """Sessions as append-only events."""

    def append(self, session_id: str, events: Iterable[SessionEvent]) -> None:
        """Commit these events, durably, before returning. Raises SimulatorError (disk full, not writable)."""
        ...

    def events(self, session_id: str) -> Sequence[SessionEvent]: ...
    def sessions(self, trainee_id: str | None = None) -> Sequence[SessionSummary]:
        """Newest first; of one trainee, or of all."""
        ...

    def delete(self, session_id: str) -> None: ...
    def trainees(self) -> Sequence[Trainee]: ...
    def add_trainee(self, name: str) -> Trainee: ...
    def rename_trainee(self, trainee_id: str, name: str) -> None: ...
    def baseline(self, trainee_id: str, device: str) -> Baseline | None: ...
    def save_baseline(self, trainee_id: str, device: str, baseline: Baseline) -> None: ...


@dataclass(frozen=True, slots=True)
class Trainee:
    """Who is sitting here. The guest has the id "guest"."""

    id: str
    name: str


class ScenarioLibrary(Protocol):
    def scenarios(self) -> Sequence[Scenario]: ...
    def find(self, id_or_path: str) -> Scenario:
        """By id or by path of a file. Raises BadInputError naming file, line and key."""
        ...


class ScenarioDesk(Protocol):
    """What authors of scenarios need."""

    def template(self, scenario_id: str) -> str:
        """A commented scenario file of that id, which is valid as it stands."""
        ...

    def draw(self, scenario: Scenario, to: Path) -> None:
        """Draw the beats and the ways between them into a picture (.png, .svg) or a graph description (.dot).

        Raises BadInputError for another ending, SimulatorError where the file cannot be written.
        """
        ...


class TechniqueDetector(Protocol):
    """Finds the techniques in the words of a reply, in one language."""

    def detect(self, text: str, scenario: Scenario, context: str) -> Sequence[Detection]:
        """`context` is the customer's line the reply answers; evidence has character offsets into `text`."""
        ...


class Clock(Protocol):
    def now_iso(self) -> str:
        """The date and time as ISO 8601 with offset, to say when a session took place; never to decide anything."""
        ...

    def monotonic_s(self) -> float: ...


class Phrasebooks(Protocol):
    """The languages whose replies can be understood."""

    def languages(self) -> Sequence[str]:
        """Codes ("en", "pl"), sorted."""
        ...

    def load(self, language: str) -> Located:
        """The phrasebook as it was written. Raises BadInputError where there is none or it is not YAML."""
        ...

    def learned(self, language: str) -> Learned | None:
        """What was learnt from training replies, as the language needs it; None where nothing was for it."""
        ...
