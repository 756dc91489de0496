"""What was measured in a voice: physical quantities with units, each None where it cannot be known.

Nothing here, and nothing derived from it, names an emotion of the trainee (EU AI Act, Article 5(1)(f)).
`noise_*` is one standard deviation of the measurement itself: a difference below it is neither praised nor blamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.turn import Span


class Confidence(StrEnum):
    HIGH = "high"
    LOW = "low"
    NONE = "none"


class PaceRoute(StrEnum):
    WORDS = "words"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Pace:
    """Articulation rate counts speech time only, speech rate the whole turn.

    `relative_to_calm` is a ratio (1.0: the own calm pace)."""

    syllables: int | None = None
    articulation_rate_syl_per_s: float | None = None
    speech_rate_syl_per_s: float | None = None
    words_per_minute: float | None = None
    route: PaceRoute | None = None
    confidence: Confidence = Confidence.NONE
    relative_to_calm: float | None = None
    noise_relative: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A-weighted level of the speech in dB relative to full scale; peaks and noise floor beside it."""

    speech_dba_fs: float | None = None
    relative_to_calm_db: float | None = None
    peak_dbfs: float | None = None
    clipped: bool = False
    noise_dbfs: float | None = None
    confidence: Confidence = Confidence.NONE
    noise_db: float | None = None


@dataclass(frozen=True, slots=True)
class Pitch:
    """Fundamental frequency over the voiced frames (10 ms each) whose pitch is sure."""

    median_hz: float | None = None
    range_semitones: float | None = None
    voiced_frames: int = 0
    relative_to_calm_semitones: float | None = None
    confidence: Confidence = Confidence.NONE
    noise_semitones: float | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """Vocal effort that a gain knob cannot change. `agrees_with_level` False: the gain moved, trust the effort."""

    index: float | None = None
    agrees_with_level: bool | None = None
    confidence: Confidence = Confidence.NONE
    noise_index: float | None = None


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Spread within one reply: of the level over 1 s windows (dB), of the pitch over voiced frames (semitones)."""

    level_spread_db: float | None = None
    pitch_spread_semitones: float | None = None
    confidence: Confidence = Confidence.NONE


@dataclass(frozen=True, slots=True)
class VoiceMeasures:
    """Everything measured in the sound of one reply or recording. Spans are in the time of that sound's own clock."""

    duration_s: float
    speech_s: float | None = None
    pace: Pace = Pace()
    level: Level = Level()
    pitch: Pitch = Pitch()
    effort: Effort = Effort()
    steadiness: Steadiness = Steadiness()
    speech: tuple[Span, ...] = ()
    pauses: tuple[Span, ...] = ()

    @property
    def heard_speech(self) -> bool:
        return bool(self.speech_s)


class OverlapKind(StrEnum):
    """Under 0.3 s or a listening signal is none; up to 1 s brief; longer an interruption."""

    NONE = "none"
    BRIEF = "brief"
    INTERRUPTION = "interruption"


@dataclass(frozen=True, slots=True)
class TurnTaking:
    """How the reply met the customer's line. `reply_gap_s` is negative where the trainee started first.

    `timely_entry`: the floor was taken at a pause inside the customer's line. `dead_air_s` is the longest
    silence of the trainee while it was their turn to speak.
    """

    reply_gap_s: float | None = None
    overlaps: tuple[Span, ...] = ()
    overlap_s: float | None = None
    overlap_kind: OverlapKind | None = None
    timely_entry: bool | None = None
    longest_monologue_s: float | None = None
    dead_air_s: float | None = None
    share_of_talk: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A person's calm voice over one headset, from 15 s of calm speech. What is scored is a difference from it.

    `device` names the headset (host API and name). `provisional`: not calibrated, taken from the first calm
    stretch of the session, and the screen says so. `measured_at` is the date and time as ISO 8601, for people to read.
    """

    level_dba_fs: float | None
    articulation_rate_syl_per_s: float | None
    pitch_median_hz: float | None
    alpha_db: float | None
    noise_dbfs: float | None
    speech_s: float
    device: str = ""
    provisional: bool = False
    sound_rate_syl_per_s: float | None = None
    pitch_spread_semitones: float | None = None
    level_spread_db: float | None = None
    measured_at: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationDrift:
    """What no longer holds of a baseline: by how many dB the microphone's gain moved, by how many the room is
    louder; None: it did not."""

    gain_db: float | None = None
    room_db: float | None = None

    @property
    def noticed(self) -> bool:
        return self.gain_db is not None or self.room_db is not None
