"""A trainee's reply as it was taken down, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.measures import TurnTaking, VoiceMeasures
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance


@dataclass(frozen=True, slots=True)
class Reply:
    """A trainee's reply. `utterance` None: no recogniser ran; `voice` and `timing` None: typed.

    Times are session seconds. Word spans and measure spans are session seconds as well.
    """

    span: Span | None
    utterance: Utterance | None
    voice: VoiceMeasures | None
    timing: TurnTaking | None
    ticked: tuple[str, ...] = ()
