"""When a reply begins to take the floor, and when it has ended. Pure decisions over what was heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from simulator.workers.events import Heard

YIELD_TO_INTERRUPTION_S = 1.1
YIELD_AT_PAUSE_S = 0.3
SET_ASIDE_AFTER_S = 1.0
NOBODY_SPOKE_S = 10.0


class Decision(Enum):
    NOTHING = auto()
    CUSTOMER_YIELDS = auto()
    SET_ASIDE = auto()
    """What was said was a listening signal during the customer's line: keep it, and go on waiting for the reply."""
    REPLY_ENDED = auto()
    NOBODY_SPOKE = auto()


@dataclass(slots=True)
class TurnWatcher:
    """Watches one turn. `customer_at_pause` is told by whoever plays the line; all times are session seconds.

    The customer gives way after 1.1 s of being talked over (which counts as an interruption), or after 0.3 s where
    the trainee came in at a pause of the line. Someone who says "mm-hm" meanwhile has not answered yet.
    """

    end_of_turn_silence_s: float
    hands_free: bool
    customer_speaking: bool = False
    customer_sounds: bool = False
    """The line can be heard by now: only then is anybody talked over."""
    listening_since_s: float = 0.0
    _line_end_s: float = 0.0
    _overlap_from_s: float | None = None
    _came_in_at_pause: bool = False

    def line_began(self, now_s: float) -> None:
        self.customer_speaking = True
        self.customer_sounds = False
        self._overlap_from_s = None
        self.listening_since_s = now_s

    def line_ended(self, now_s: float) -> None:
        self.customer_speaking = False
        self._line_end_s = now_s
        self.listening_since_s = now_s

    def heard(self, heard: Heard, customer_at_pause: bool) -> Decision:
        if self.customer_speaking:
            return self._during_line(heard, customer_at_pause)
        if heard.started_s is None:
            return self.waiting(heard.now_s)
        if heard.speaking:
            self.listening_since_s = heard.now_s
            return Decision.NOTHING
        if not self.hands_free or heard.silence_s < self.end_of_turn_silence_s:
            return Decision.NOTHING
        only_during_line = heard.now_s - heard.silence_s <= self._line_end_s
        return Decision.SET_ASIDE if only_during_line else Decision.REPLY_ENDED

    def _during_line(self, heard: Heard, customer_at_pause: bool) -> Decision:
        if heard.speaking and not self.customer_sounds:
            return Decision.NOTHING
        if heard.speaking:
            if self._overlap_from_s is None:
                self._overlap_from_s = heard.now_s
                self._came_in_at_pause = customer_at_pause
            patience_s = YIELD_AT_PAUSE_S if self._came_in_at_pause else YIELD_TO_INTERRUPTION_S
            yields = heard.now_s - self._overlap_from_s >= patience_s
            return Decision.CUSTOMER_YIELDS if yields else Decision.NOTHING
        self._overlap_from_s = None
        said_something = self.hands_free and heard.started_s is not None
        return Decision.SET_ASIDE if said_something and heard.silence_s >= SET_ASIDE_AFTER_S else Decision.NOTHING

    def waiting(self, now_s: float) -> Decision:
        """Nobody has spoken up to now (with push-to-talk: no key is down)."""
        if self.customer_speaking or now_s - self.listening_since_s < NOBODY_SPOKE_S:
            return Decision.NOTHING
        self.listening_since_s = now_s
        return Decision.NOBODY_SPOKE
