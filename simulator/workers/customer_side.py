"""The customer's half of a call: lines rendered, played, captioned and put into the recording."""

from __future__ import annotations

from simulator.domain.turn import CustomerTurn
from simulator.ports import Clip, Clock
from simulator.practice.messages import CaptionMoved, Listener
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.call_sound import CallSound
from simulator.workers.line_playback import LinePlayback
from simulator.workers.listening import CompareWithLine


class CustomerSide:
    """Plays one line at a time. Used by the call's thread alone."""

    def __init__(self, sound: CallSound, clock: Clock, publish: Listener) -> None:
        self._sound = sound
        self._clock = clock
        self._publish = publish
        self._playback: LinePlayback | None = None
        self._words_heard = 0

    @property
    def playing(self) -> bool:
        return self._playback is not None

    @property
    def sounds(self) -> bool:
        return self._playback is not None and self._playback.sounds

    @property
    def at_pause(self) -> bool:
        return self._playback is not None and self._playback.at_pause

    def play(self, line: LineToSpeak, clip: Clip) -> tuple[float, ...]:
        """Begin a line; returns when its words begin. Raises SimulatorError where nothing can be played."""
        self._words_heard = 0
        self._playback = LinePlayback(line, clip, self._sound.play, self._sound.timeline, self._clock.monotonic_s)
        return self._playback.word_starts_s

    def follow(self) -> bool:
        """Move the caption along; True once the line has been heard to its end."""
        playback = self._playback
        if playback is None:
            return False
        playback.poll()
        words = playback.words_heard
        if words > self._words_heard:
            self._words_heard = words
            self._publish(CaptionMoved(words))
        return playback.finished and not self._sound.speaker_lost

    def finish(self) -> CustomerTurn | None:
        """Take the line off the air, as far as it was heard, and into the recording; None where none plays."""
        playback, self._playback = self._playback, None
        if playback is None:
            return None
        playback.stop()
        self._sound.keep_line(playback.heard_clip(), playback.start_s)
        if self._sound.capture.is_open:
            self._sound.listening.put(CompareWithLine(playback.heard_clip(), playback.start_s))
        return playback.turn()

    def set_volume(self, volume: float) -> None:
        self._sound.set_volume(volume, self._playback.playback if self._playback is not None else None)
