"""All that sounds in a call: its workers, started together and stopped in the one order that loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.acoustics.live_activity import LiveActivity
from simulator.domain.errors import SimulatorError
from simulator.ports import (
    FIRST_SOUND_WITHIN_S,
    Clip,
    Clock,
    Microphone,
    Playback,
    Recogniser,
    Recordings,
    Speaker,
    SpeechActivity,
    Voice,
)
from simulator.practice.expected_phrases import expected_phrases
from simulator.practice.settings import CallSetup, Settings
from simulator.workers.capture import Capture
from simulator.workers.events import CallEvent, MicrophoneLost, SpeakerLost
from simulator.workers.listening import ListeningWorker
from simulator.workers.recognition import RecognitionWorker
from simulator.workers.recording import LineHeard, RecordingWorker, TryAgain
from simulator.workers.rendering import LineRenderer
from simulator.workers.session_timeline import SessionTimeline

DRAIN_WITHIN_S = 5.0
FINALISE_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class CallParts:
    """What a call needs from outside. `recogniser` loads one, which may take a second; `activity` makes a detector of
    speech, from the room's noise in dB where it is known."""

    microphone: Microphone
    speaker: Speaker
    voice: Voice
    recordings: Recordings
    clock: Clock
    recogniser: Callable[[], Recogniser]
    activity: Callable[[float | None], SpeechActivity] = LiveActivity


class CallSound:
    """Microphone, listening, recognition, recording, rendering and playback of one call."""

    def __init__(
        self,
        parts: CallParts,
        setup: CallSetup,
        settings: Settings,
        session_id: str | None,
        recogniser: Recogniser,
        tell: Callable[[CallEvent], None],
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._tell = tell
        self._volume = settings.customer_volume
        self.speaker_lost = False
        """Known at once, before the call has been told."""
        self.timeline = SessionTimeline(parts.clock.monotonic_s)
        self.renderer = LineRenderer(parts.voice, setup.scenario.customer.voice, tell)
        self.recognition = RecognitionWorker(recogniser, expected_phrases(setup.scenario), tell)
        self.listening = ListeningWorker(
            setup.scenario.language,
            setup.baseline,
            settings.input_device or "",
            self.recognition.put,
            tell,
            parts.activity,
        )
        self.recording = RecordingWorker(parts.recordings, session_id, tell) if session_id is not None else None
        takers = [self.listening.offer] + ([self.recording.offer] if self.recording is not None else [])
        self.capture = Capture(parts.microphone, self.timeline, takers, lambda why: tell(MicrophoneLost(why)))

    def start(self) -> None:
        self.renderer.start()
        self.recognition.start()
        self.listening.start()
        if self.recording is not None:
            self.recording.start()

    def open_microphone(self) -> str | None:
        """None when it listens; otherwise why not, in one plain sentence."""
        if not self._settings.microphone_allowed:
            return "The microphone is switched off in the settings."
        try:
            if self.capture.open(self._settings.input_device, FIRST_SOUND_WITHIN_S):
                return None
        except SimulatorError as error:
            return str(error)
        return "The microphone gives no sound. Check that it is plugged in and not muted."

    def play(self, clip: Clip) -> Playback:
        """Raises SimulatorError where nothing can be played."""
        self.speaker_lost = False
        return self._parts.speaker.play(clip, self._settings.output_device, self._volume, self._lose_speaker)

    def _lose_speaker(self, why: str) -> None:
        self.speaker_lost = True
        self._tell(SpeakerLost(why))

    def set_volume(self, volume: float, playback: Playback | None) -> None:
        self._volume = min(1.0, max(0.0, volume))
        if playback is not None:
            playback.set_volume(self._volume)

    def keep_line(self, clip: Clip, start_s: float) -> None:
        """Put the customer's line into the recording, as far as it was heard."""
        if self.recording is not None and len(clip.samples):
            self.recording.put(LineHeard(clip, start_s))

    def try_recording_again(self) -> None:
        if self.recording is not None:
            self.recording.put(TryAgain())

    @property
    def dropped_blocks(self) -> int:
        """Sound that was lost anywhere between the device and the disk, in blocks."""
        lost = self.capture.dropped_blocks + self.listening.lost_items
        return lost + (self.recording.lost_items if self.recording is not None else 0)

    def stop(self) -> list[str]:
        """Capture, recognition, recording, in this order; returns what could not be stopped or kept, in words."""
        troubles = []
        self.capture.close()
        drained = self.listening.stop(DRAIN_WITHIN_S) and self.recognition.stop(DRAIN_WITHIN_S)
        if not drained:
            troubles.append("The speech recognition did not stop in time.")
        if self.recording is not None:
            if not self.recording.stop(FINALISE_WITHIN_S):
                troubles.append("The recording is still being written; it is completed at the next start.")
            elif self.recording.trouble is not None:
                troubles.append(self.recording.trouble)
        self.renderer.stop(DRAIN_WITHIN_S)
        return troubles
