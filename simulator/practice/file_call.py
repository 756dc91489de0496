"""A call whose replies come from audio files or the keyboard, on a simulated time line: no device, no waiting.

The customer's lines last as long as their rendered clips do; a reply from a file begins 0.3 s after the line unless
it says when. So overlap, gaps and pauses are as exact as in a call over a headset.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from simulator.acoustics.measure import VoiceMeter, calibrate, turn_taking
from simulator.acoustics.word_syllables import syllables_in
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.measures import Baseline, VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.scenario import Outcome
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance, Word, WordSource
from simulator.ports import CAPTURE_RATE_HZ, Clip, Recogniser, Recordings, RecordingSink, Samples, Voice
from simulator.practice.assess_turn import not_heard
from simulator.practice.clip_timing import clip_timing
from simulator.practice.expected_phrases import expected_phrases
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.turn_result import CallSummary, LineToSpeak, TurnResult

REPLY_AFTER_S = 0.3
READING_SYLLABLES_PER_S = 4.5
BLOCK = CAPTURE_RATE_HZ
TRACKS = ("trainee", "customer")


@dataclass(frozen=True, slots=True)
class SpokenReply:
    """`start_s` counts from the start of the customer's line; None: 0.3 s after its end."""

    audio: Path
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class TypedReply:
    text: str


@dataclass(frozen=True, slots=True)
class NotHeard:
    """`reason` is "silence", "unclear" or "empty"; the same line waits for another reply."""

    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallParts:
    """What a call on files needs. `read_audio` gives 16 kHz mono float32; `tell` takes notices for people."""

    voice: Voice
    recogniser: Recogniser
    read_audio: Callable[[Path], Samples]
    tell: Callable[[str], None]
    recordings: Recordings | None = None


class FileCall:
    """Drives a rehearsal: `begin`, then `answer` and `go_on` in turn, then `finish`."""

    def __init__(self, rehearsal: Rehearsal, parts: CallParts) -> None:
        self.rehearsal = rehearsal
        self._parts = parts
        self._baseline: Baseline | None = rehearsal.setup.baseline
        self._line = Span(0.0, 0.0)
        self._customer: CustomerTurn | None = None
        self._now_s = 0.0
        self._mute = False
        self._sinks = self._open_tracks()

    @property
    def customer(self) -> CustomerTurn:
        """The line that was said last."""
        assert self._customer is not None
        return self._customer

    def begin(self) -> LineToSpeak:
        return self._say(self.rehearsal.begin())

    def answer(self, reply: SpokenReply | TypedReply) -> TurnResult | NotHeard:
        """Take one reply. Raises BadInputError for a file that cannot be read; the call can go on after it."""
        taken = self._typed(reply) if isinstance(reply, TypedReply) else self._spoken(reply)
        reason = "empty" if isinstance(reply, TypedReply) and not reply.text.strip() else not_heard(taken)
        if reason is not None:
            self.rehearsal.note("nothing_heard", self._now_s, {"reason": reason})
            return NotHeard(len(self.rehearsal.turns) + 1, reason)
        if taken.span is not None:
            self._now_s = max(self._now_s, taken.span.end_s)
        return self.rehearsal.take_reply(taken)

    def go_on(self) -> LineToSpeak | None:
        """The customer's next line, said; None when there is none."""
        line = self.rehearsal.next_line()
        return None if line is None else self._say(line)

    def finish(self) -> CallSummary:
        """Close the session; a call that has not come to its end counts as abandoned."""
        files = {track: sink.finish().name for track, sink in self._sinks.items()}
        if files:
            self.rehearsal.note("recorded", self._now_s, {"tracks": files, "dropped_blocks": 0})
        return self.rehearsal.end(self.rehearsal.outcome or Outcome.ABANDONED, self._now_s)

    # --- the customer ------------------------------------------------------------------------------------------

    def _say(self, line: LineToSpeak) -> LineToSpeak:
        start_s = self._now_s
        clip = self._render(line)
        if clip is None:
            self._line = Span(start_s, start_s + self._reading_s(line.text))
            self._customer = CustomerTurn(line.text, line.temper, None)
        else:
            timing = clip_timing(clip)
            self._line = Span(start_s, start_s + timing.sound.end_s)
            pauses = tuple(pause.shifted(start_s) for pause in timing.pauses)
            self._customer = CustomerTurn(line.text, line.temper, timing.sound.shifted(start_s), pauses)
            self._keep("customer", clip, start_s)
        self._now_s = self._line.end_s
        self.rehearsal.customer_spoke(self._customer)
        return line

    def _render(self, line: LineToSpeak) -> Clip | None:
        if self._mute:
            return None
        try:
            return self._parts.voice.render(self.rehearsal.setup.scenario.customer.voice, line.text, line.temper)
        except SimulatorError as error:
            self._mute = True
            self._parts.tell(f"{error} The customer's lines are shown as text, and timing is not scored.")
            return None

    def _reading_s(self, text: str) -> float:
        """How long the line would about take to say: only the time line moves by it, nothing is measured with it."""
        language = self.rehearsal.setup.scenario.language
        syllables = sum(syllables_in(word, language) or 1 for word in text.split())
        return syllables / READING_SYLLABLES_PER_S

    # --- the trainee -------------------------------------------------------------------------------------------

    def _typed(self, reply: TypedReply) -> Reply:
        return Reply(None, Utterance((), "none", WordSource.TYPED, verbatim=reply.text.strip()), None, None)

    def _spoken(self, reply: SpokenReply) -> Reply:
        samples = self._parts.read_audio(reply.audio)
        start_s = self._line.end_s + REPLY_AFTER_S if reply.start_s is None else self._line.start_s + reply.start_s
        utterance = self._recognise(samples)
        voice = self._measure(samples, utterance)
        self._keep("trainee", Clip(samples, CAPTURE_RATE_HZ), start_s)
        self._calm_by(samples)
        return self._on_the_time_line(utterance, voice, start_s)

    def _recognise(self, samples: Samples) -> Utterance:
        turn = self._parts.recogniser.begin_turn(expected_phrases(self.rehearsal.setup.scenario))
        for block in _blocks(samples):
            turn.feed(block)
        return turn.finish()

    def _measure(self, samples: Samples, utterance: Utterance) -> VoiceMeasures:
        meter = VoiceMeter(self.rehearsal.setup.scenario.language, self._baseline)
        for block in _blocks(samples):
            meter.feed(block)
        return meter.finish(utterance.words)

    def _calm_by(self, samples: Samples) -> None:
        """Without a calibration the first stretch with enough speech serves from the next reply on."""
        if self._baseline is not None:
            return
        try:
            self._baseline = calibrate(samples, "file", provisional=True)
        except BadInputError:
            return
        self.rehearsal.note(
            "calibrated", self._now_s, {"provisional": True, "level_dba_fs": self._baseline.level_dba_fs}
        )
        self._parts.tell("No calm voice was given: this reply serves for comparison from now on.")

    def _on_the_time_line(self, utterance: Utterance, voice: VoiceMeasures, start_s: float) -> Reply:
        words = tuple(_later(word, start_s) for word in utterance.words)
        speech = tuple(span.shifted(start_s) for span in voice.speech)
        pauses = tuple(pause.shifted(start_s) for pause in voice.pauses)
        at = Span(start_s, start_s + voice.duration_s)
        heard = self._customer is not None and self._customer.span is not None
        return Reply(
            span=at,
            utterance=replace(utterance, words=words),
            voice=replace(voice, speech=speech, pauses=pauses),
            timing=turn_taking(speech, self.customer, speech[-1].end_s, words) if heard and speech else None,
        )

    # --- the recording -----------------------------------------------------------------------------------------

    def _open_tracks(self) -> dict[str, RecordingSink]:
        session, recordings = self.rehearsal.session_id, self._parts.recordings
        if session is None or recordings is None:
            return {}
        return {track: recordings.start(session, track) for track in TRACKS}

    def _keep(self, track: str, clip: Clip, start_s: float) -> None:
        if track in self._sinks:
            self._sinks[track].write_at(clip, round(start_s * CAPTURE_RATE_HZ))


def _blocks(samples: Samples) -> list[Samples]:
    return np.split(samples, range(BLOCK, len(samples), BLOCK)) if len(samples) else []


def _later(word: Word, by_s: float) -> Word:
    return word if word.span is None else replace(word, span=word.span.shifted(by_s))
