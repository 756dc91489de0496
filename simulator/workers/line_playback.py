"""One line of the customer on its way to the ear: what was heard of it, and when on the session's time line."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from simulator.domain.turn import CustomerTurn, Span
from simulator.ports import Clip, Playback
from simulator.practice.clip_timing import clip_timing
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.session_timeline import SessionTimeline

SOUNDS_FROM_S = 0.12
STALL_S = 0.05


def word_starts(clip: Clip, text: str) -> tuple[float, ...]:
    """When each word of the line begins; where the voice does not tell, in proportion to the letters."""
    words = text.split()
    if len(clip.word_starts_s) == len(words):
        return clip.word_starts_s
    span = clip_timing(clip).sound
    lengths = [len(word) + 1 for word in words]
    before = np.cumsum([0, *lengths[:-1]]) / max(1, sum(lengths))
    return tuple((span.start_s + before * span.duration_s).tolist())


class LinePlayback:
    """Polled by the call while the line plays. When the line began is known better with every poll: the last counts."""

    def __init__(
        self,
        line: LineToSpeak,
        clip: Clip,
        play: Callable[[Clip], Playback],
        timeline: SessionTimeline,
        monotonic: Callable[[], float],
    ) -> None:
        self.line = line
        self.clip = clip
        self.word_starts_s = word_starts(clip, line.text)
        timing = clip_timing(clip)
        self._pauses, self._sound = timing.pauses, timing.sound
        self._timeline = timeline
        self._monotonic = monotonic
        self._start_s: float | None = None
        self._began_s: float | None = None
        self._began_clock_s = math.inf
        self._last_heard_s = 0.0
        self._stalled = False
        self._stopped_at_s: float | None = None
        self.playback = play(clip)

    @property
    def finished(self) -> bool:
        return self.playback.finished

    @property
    def sounds(self) -> bool:
        """Whether it can be heard. Headphones that wake up late take their first bufferful long before that."""
        return self.playback.heard_s >= SOUNDS_FROM_S

    @property
    def words_heard(self) -> int:
        heard_s = self.playback.heard_s
        return sum(1 for start in self.word_starts_s if heard_s > start) if self.sounds else 0

    @property
    def at_pause(self) -> bool:
        """Whether the customer draws breath just now; a breath taken less than 0.3 s ago still counts."""
        heard_s = self.playback.heard_s
        return any(pause.start_s <= heard_s < pause.end_s + 0.3 for pause in self._pauses)

    def poll(self) -> None:
        heard_s = self.playback.heard_s
        if 0 < heard_s < self.clip.duration_s and not self.playback.finished:
            now_s = self._monotonic()
            start_s = max(0.0, self._timeline.at_s(now_s) - heard_s)
            # By the machine's clock: on the session's time line the microphone's latency comes in when it is known.
            began_clock_s = now_s - heard_s
            self._stalled = self._stalled or began_clock_s - self._began_clock_s > STALL_S
            # Headphones that have run dry put the beginning off a little with every poll.
            moves_on, self._last_heard_s = heard_s > self._last_heard_s, heard_s
            if moves_on and heard_s >= SOUNDS_FROM_S and not self._stalled:
                self._began_s, self._began_clock_s = start_s, began_clock_s
            self._start_s = start_s

    def stop(self) -> None:
        """Cut the line short; what was heard up to now counts."""
        self.poll()
        self._stopped_at_s = min(self.playback.heard_s, self.clip.duration_s)
        self.playback.stop()

    @property
    def start_s(self) -> float:
        """The session time of the clip's first sample at the ear."""
        if self._start_s is not None:
            return self._start_s
        return max(0.0, self._timeline.now_s() - (self._heard_s or 0.0))

    def turn(self) -> CustomerTurn:
        """The line as it was heard, on the session's time line."""
        heard_s = self._heard_s
        cut_short = heard_s < self._sound.end_s - 0.05
        start_s = self.start_s
        sound = Span(min(self._sound.start_s, heard_s), min(self._sound.end_s, heard_s))
        pauses = tuple(pause.shifted(start_s) for pause in self._pauses if pause.end_s <= heard_s)
        span = sound.shifted(start_s)
        if self._stalled and self._began_s is not None:
            # The headphones ran dry on the way: the line lasted longer than its clip.
            span = Span(self._began_s + sound.start_s, span.end_s)
        return CustomerTurn(self.line.text, self.line.temper, span, pauses, cut_short)

    def heard_clip(self) -> Clip:
        """The part of the clip that was heard."""
        count = round(self._heard_s * self.clip.rate_hz)
        return Clip(self.clip.samples[:count], self.clip.rate_hz)

    @property
    def _heard_s(self) -> float:
        return self._stopped_at_s if self._stopped_at_s is not None else self.clip.duration_s
