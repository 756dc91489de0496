"""The trainee's turn: when a reply begins and ends, and whether anything could be heard of it."""

from __future__ import annotations

from simulator.practice.assess_turn import not_heard
from simulator.practice.messages import NothingHeard
from simulator.workers.events import Heard, VoiceDone
from simulator.workers.line_speaking import LineSpeaking
from simulator.workers.ongoing_call import OngoingCall, Phase
from simulator.workers.reply_appraising import ReplyAppraising
from simulator.workers.reply_taking import Take, typed_reply
from simulator.workers.turn_watcher import Decision


class ReplyHearing:
    """A reply by voice ends by itself, by a key or by a button; a typed one is whole at once."""

    def __init__(self, call: OngoingCall, speaking: LineSpeaking, appraising: ReplyAppraising) -> None:
        self._call = call
        self._speaking = speaking
        self._appraising = appraising

    def heard(self, heard: Heard) -> None:
        call = self._call
        if not call.talking or call.paused:
            return
        match call.trainee.heard(heard, call.customer.at_pause):
            case Decision.CUSTOMER_YIELDS:
                self._speaking.over()
            case Decision.SET_ASIDE:
                call.trainee.set_aside()
                call.trainee.listen()
            case Decision.REPLY_ENDED:
                self._end(asked_for=False)
            case Decision.NOBODY_SPOKE:
                self.nothing_heard("silence")
            case Decision.NOTHING:
                pass

    def press_to_talk(self, pressed: bool) -> None:
        call = self._call
        if call.hands_free or call.paused or not call.talking:
            return
        if pressed and not call.trainee.listening:
            call.trainee.listen(at_once=True)
        elif not pressed and call.phase is Phase.TRAINEE:
            self._end(asked_for=True)
        elif not pressed:
            call.trainee.set_aside()

    def finish(self) -> None:
        """The trainee says that the reply is over."""
        if self._call.phase is Phase.TRAINEE and not self._call.paused:
            self._end(asked_for=True)

    def typed(self, text: str) -> None:
        self._call.trainee.drop()
        self._call.sound.capture.hold()
        self._appraising.appraise(typed_reply(text))

    def voice_done(self, event: VoiceDone) -> None:
        take = self._call.trainee.voice_done(event.take, event.voice, event.origin_s)
        if take is not None:
            self._taken(take)

    def wait_again(self) -> None:
        """Wait for the reply once more: nothing could be made out, or the call stood still meanwhile."""
        call = self._call
        call.phase = Phase.TRAINEE
        if call.paused:
            return
        call.sound.capture.go_on()
        call.trainee.waits_again()
        if call.hands_free and not call.trainee.listening:
            call.trainee.listen()

    def nothing_heard(self, reason: str) -> None:
        self._call.notes.note("nothing_heard", {"reason": reason})
        self._call.publish(NothingHeard(self._call.turn, reason))

    def _end(self, asked_for: bool) -> None:
        if self._call.trainee.end(asked_for):
            self._call.phase = Phase.APPRAISING
            self._call.sound.capture.hold()

    def _taken(self, take: Take) -> None:
        reply = self._call.trainee.reply(take, self._call.said)
        reason = not_heard(reply)
        if reason is None:
            self._appraising.appraise(reply)
            return
        if reason == "silence" and take.was_long:
            reason = "unclear"
        if reason != "silence" or self._call.trainee.asked_for():
            self.nothing_heard(reason)
        self.wait_again()
