"""What the workers tell the call. Times are session seconds unless a name says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.measures import Baseline, VoiceMeasures
from simulator.domain.utterance import Utterance
from simulator.ports import Clip, Samples
from simulator.practice.turn_result import LineToSpeak


@dataclass(frozen=True, slots=True)
class SessionBlock:
    """Captured sound on the session's time line: mono float32, 16 kHz, shape (n,)."""

    samples: Samples
    first_sample: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What the microphone gave up to `now_s`. `started_s`: first speech of this take; None before any."""

    take: int
    now_s: float
    speaking: bool
    started_s: float | None
    silence_s: float
    level_db: float | None = None
    pace_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class WordsSoFar:
    take: int
    text: str


@dataclass(frozen=True, slots=True)
class WordsDone:
    """`utterance` None: no recogniser runs. Its times count from the first sample of the take."""

    take: int
    utterance: Utterance | None


@dataclass(frozen=True, slots=True)
class VoiceDone:
    """The measures of a take; `origin_s` is when its first sample was captured. None: nobody spoke in it."""

    take: int
    voice: VoiceMeasures | None
    origin_s: float


@dataclass(frozen=True, slots=True)
class BaselineFound:
    """The calm voice was taken from the call itself, for want of a calibration."""

    baseline: Baseline


@dataclass(frozen=True, slots=True)
class EchoHeard:
    """The microphone heard the customer's line. `own_output`: so exactly that it is no microphone at all."""

    likeness: float
    own_output: bool


@dataclass(frozen=True, slots=True)
class LineRendered:
    """`clip` None: there is no voice; `trouble` says why."""

    line: LineToSpeak
    clip: Clip | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class MicrophoneLost:
    reason: str


@dataclass(frozen=True, slots=True)
class SpeakerLost:
    reason: str


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    reason: str


@dataclass(frozen=True, slots=True)
class WorkerBroke:
    """A worker's thread ended by an error that is ours."""

    name: str


CallEvent = (
    Heard
    | WordsSoFar
    | WordsDone
    | VoiceDone
    | BaselineFound
    | EchoHeard
    | LineRendered
    | MicrophoneLost
    | SpeakerLost
    | RecordingFailed
    | WorkerBroke
)
