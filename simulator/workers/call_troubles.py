"""What can go wrong in a call that a person can mend: the headset, the disk, a part of the program."""

from __future__ import annotations

from simulator.workers.call_pausing import CallPausing
from simulator.workers.events import CallEvent, EchoHeard, MicrophoneLost, RecordingFailed, SpeakerLost, WorkerBroke
from simulator.workers.ongoing_call import OngoingCall


class CallTroubles:
    """Lets the call wait for what it cannot go on without, and says the rest in passing."""

    def __init__(self, call: OngoingCall, pausing: CallPausing) -> None:
        self._call = call
        self._pausing = pausing
        self._microphone_lost = False
        self._recording_failed = False

    def on_event(self, event: CallEvent) -> None:
        """What tells of no trouble is passed over."""
        match event:
            case MicrophoneLost(reason):
                self._microphone_lost = True
                self._call.sound.capture.close()
                self._pausing.halt(reason)
            case SpeakerLost(reason):
                self._pausing.halt(reason)
            case EchoHeard():
                self._on_echo(event)
            case RecordingFailed(reason):
                self._on_recording_failed(reason)
            case WorkerBroke(name):
                self._pausing.halt(
                    f"A part of the program failed ({name}). End the call: it is kept as far as it went."
                )
            case _:
                pass

    def mend(self) -> str | None:
        """Try again what failed; says what still keeps the call from going on, or None."""
        if self._microphone_lost:
            trouble = self._call.sound.open_microphone()
            if trouble is not None:
                return trouble
            self._microphone_lost = False
        self._call.sound.try_recording_again()
        return None

    def _on_echo(self, echo: EchoHeard) -> None:
        if echo.own_output:
            self._microphone_lost = True
            self._pausing.halt("The microphone gives what the headphones play. Choose your headset's microphone again.")
        else:
            self._call.notes.notice("Your microphone hears the customer. Put a headset on, for overlaps to be true.")

    def _on_recording_failed(self, reason: str) -> None:
        """The first time there may be something to mend; a second time the call goes on without a recording."""
        if self._recording_failed:
            self._call.notes.notice(f"{reason} The rest of this call is not recorded.")
        else:
            self._recording_failed = True
            self._pausing.halt(reason)
