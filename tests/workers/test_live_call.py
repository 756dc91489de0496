"""A call over stand-ins for the devices: the rehearsal, the acoustics and every thread are the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from simulator.adapters.scripted import NoRecogniser, ScriptedRecogniser
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import OverlapKind
from simulator.domain.scenario import Outcome
from simulator.ports import CAPTURE_RATE_HZ, Clip, Recogniser
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    CaptionMoved,
    Floor,
    FloorChanged,
    LineFinished,
    LineStarted,
    MeterMoved,
    Move,
    NothingHeard,
    Noticed,
    Paused,
    ReplyEnded,
    Resumed,
    TurnAppraised,
    WordsHeard,
)
from simulator.practice.settings import Settings
from simulator.practice.turn_result import TurnResult
from tests.workers.call_fakes import CallStage, ToneVoice, hush, talk

REPLIES = ("i hear how long you waited", "you get a refund today", "third", "fourth", "fifth")
StageMaker = Callable[..., CallStage]


@pytest.fixture
def make_stage() -> Iterator[StageMaker]:
    stages: list[CallStage] = []

    def make(recogniser: Recogniser | None = None, settings: Settings | None = None, **more: object) -> CallStage:
        stages.append(CallStage(recogniser or ScriptedRecogniser(REPLIES), settings, **more))  # type: ignore[arg-type]
        return stages[-1]

    yield make
    for stage in stages:
        stage.call.close()


@pytest.fixture
def stage(make_stage: StageMaker) -> CallStage:
    return make_stage()


def to_the_reply(stage: CallStage) -> LineStarted:
    """Start the call and let the customer finish the line."""
    stage.call.start()
    line = stage.wait_for(LineStarted)
    stage.push_until(LineFinished, hush(0.25))
    return line


def reply(stage: CallStage, duration_s: float = 2.5, level: float = 0.2) -> TurnResult:
    stage.push(hush(0.3))
    stage.push(talk(duration_s, level=level))
    stage.push_until(ReplyEnded, hush(0.25))
    return stage.wait_for(TurnAppraised).result


def kinds(stage: CallStage) -> Sequence[type]:
    return [type(message) for message in stage.said]


# The turn


def test_a_turn_goes_from_the_line_over_the_reply_to_its_appraisal(stage: CallStage) -> None:
    stage.call.start()
    assert stage.wait_for(CallConnected).session_id == "s-1"
    line = stage.wait_for(LineStarted)
    assert line.spoken
    assert len(line.word_starts_s) == len(line.line.text.split())
    stage.push_until(LineFinished, hush(0.25))
    result = reply(stage)
    assert result.reply.utterance is not None
    assert result.reply.utterance.text == REPLIES[0]
    assert result.reply.voice is not None
    assert result.reply.voice.speech_s == pytest.approx(2.5, abs=0.3)
    assert result.customer.span is not None
    assert result.customer.span.duration_s == pytest.approx(2.0, abs=0.05)
    assert result.temper_after < result.temper_before


def test_all_times_of_a_reply_are_session_seconds(stage: CallStage) -> None:
    to_the_reply(stage)
    begins_s = stage.microphone.pushed_s
    result = reply(stage)
    assert result.reply.span is not None
    assert result.reply.span.start_s == pytest.approx(begins_s + 0.3, abs=0.15)
    assert result.reply.span.duration_s == pytest.approx(2.5, abs=0.3)
    assert result.reply.utterance is not None
    spans = [word.span for word in result.reply.utterance.words if word.span is not None]
    assert spans[0].start_s > begins_s - 0.5
    assert result.customer.span is not None
    assert result.reply.timing is not None
    gap_s = result.reply.span.start_s - result.customer.span.end_s
    assert result.reply.timing.reply_gap_s == pytest.approx(gap_s, abs=0.1)


def test_the_caption_follows_the_voice_to_its_last_word(stage: CallStage) -> None:
    line = to_the_reply(stage)
    heard = [message.words_heard for message in stage.said if isinstance(message, CaptionMoved)]
    assert heard == sorted(set(heard))
    assert heard[-1] == len(line.line.text.split())


def test_the_floor_goes_from_the_customer_to_the_trainee_and_back_to_nobody(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    floors = [message.floor for message in stage.said if isinstance(message, FloorChanged)]
    assert floors == [Floor.CUSTOMER, Floor.NOBODY, Floor.TRAINEE, Floor.NOBODY]


def test_words_and_meters_move_while_the_trainee_speaks(make_stage: StageMaker) -> None:
    stage = make_stage()
    to_the_reply(stage)
    reply(stage, 8.0)
    stage.call.next_turn()
    stage.wait_for(LineStarted)
    stage.push_until(LineFinished, hush(0.25))
    reply(stage, 4.0)
    assert WordsHeard in kinds(stage)
    meters = [message for message in stage.said if isinstance(message, MeterMoved)]
    assert meters
    assert len(meters) <= 20 * (stage.microphone.pushed_s + 1)
    assert any(meter.level_db is not None for meter in meters)


def test_the_next_line_is_rendered_while_the_feedback_is_read(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    stage.voice.wait_until_rendered("Fine. And what will you do about it now?")
    stage.call.next_turn()
    assert stage.wait_for(LineStarted).turn == 2


def test_a_call_goes_on_until_its_outcome_and_is_summed_up(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    stage.call.next_turn()
    stage.wait_for(LineStarted)
    stage.push_until(LineFinished, hush(0.25))
    assert reply(stage).outcome is Outcome.SETTLED
    stage.call.next_turn()
    summary = stage.wait_for(CallEnded).summary
    assert summary.outcome is Outcome.SETTLED
    assert len(summary.turns) == 2
    assert [event.kind for event in stage.events][-1] == "ended"


def test_without_a_recogniser_the_voice_is_measured_and_the_words_stay_unknown(make_stage: StageMaker) -> None:
    stage = make_stage(NoRecogniser())
    to_the_reply(stage)
    result = reply(stage)
    assert result.reply.utterance is None
    assert result.reply.voice is not None
    assert "words" in result.appraisal.not_scored


# Overlap


def test_talking_over_the_customer_for_more_than_a_second_interrupts(
    make_stage: StageMaker,
) -> None:
    stage = make_stage(voice=ToneVoice(duration_s=6.0))
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(0.5))
    stage.push_until(LineFinished, talk(0.25, phase_s=0.0), limit_s=4.0)
    stage.push(talk(1.0))
    stage.push_until(ReplyEnded, hush(0.25))
    result = stage.wait_for(TurnAppraised).result
    assert result.customer.cut_short
    assert result.customer.span is not None
    assert 1.0 < result.customer.span.duration_s < 3.0
    assert result.reply.timing is not None
    assert result.reply.timing.overlap_kind is OverlapKind.INTERRUPTION
    assert stage.speaker.plays[-1].stopped_at_s is not None


def test_at_a_breath_of_the_customer_the_floor_is_given_at_once(make_stage: StageMaker) -> None:
    stage = make_stage(voice=ToneVoice(duration_s=6.0, breath_s=1.0))
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(3.1))
    stage.push_until(LineFinished, talk(0.1), limit_s=1.5)
    stage.push(talk(1.0))
    stage.push_until(ReplyEnded, hush(0.25))
    result = stage.wait_for(TurnAppraised).result
    assert result.customer.cut_short
    assert result.reply.timing is not None
    assert result.reply.timing.overlap_kind is not OverlapKind.INTERRUPTION


def test_a_listening_signal_during_the_line_is_no_reply_but_is_kept(make_stage: StageMaker) -> None:
    stage = make_stage(ScriptedRecogniser(["mhm", "i hear you"]), voice=ToneVoice(duration_s=5.0))
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(1.0))
    stage.push(talk(0.4))
    stage.push_until(LineFinished, hush(0.25))
    assert ReplyEnded not in kinds(stage)
    result = reply(stage)
    assert not result.customer.cut_short
    assert result.reply.utterance is not None
    assert result.reply.utterance.text == "mhm i hear you"
    assert result.reply.timing is not None
    assert result.reply.timing.overlap_kind is not OverlapKind.INTERRUPTION
    assert result.reply.voice is not None
    assert result.reply.voice.duration_s < 5.0


# Nothing heard


def test_ten_seconds_of_silence_are_said_and_a_reply_still_counts(stage: CallStage) -> None:
    to_the_reply(stage)
    assert stage.push_until(NothingHeard, hush(0.25), limit_s=12.0).reason == "silence"
    assert reply(stage).number == 1


def test_speech_without_words_is_unclear_and_can_be_said_again(make_stage: StageMaker) -> None:
    stage = make_stage(ScriptedRecogniser(["", "i hear you"]))
    to_the_reply(stage)
    stage.push(talk(1.5))
    assert stage.push_until(NothingHeard, hush(0.25), limit_s=5.0).reason == "unclear"
    result = reply(stage)
    assert result.number == 1
    assert result.reply.utterance is not None
    assert result.reply.utterance.text == "i hear you"


def test_a_click_is_no_reply(make_stage: StageMaker) -> None:
    stage = make_stage(ScriptedRecogniser(["", "i hear you"]))
    to_the_reply(stage)
    click = hush(0.5)
    click[2_000:3_500] += talk(1_500 / CAPTURE_RATE_HZ)
    stage.push(click)
    stage.push(hush(1.5))
    assert reply(stage).number == 1
    assert NothingHeard not in kinds(stage)


# Other ways to reply


def test_push_to_talk_begins_and_ends_the_reply(make_stage: StageMaker) -> None:
    stage = make_stage(settings=Settings(hands_free=False))
    to_the_reply(stage)
    stage.push(talk(1.0))
    stage.push(hush(1.5))
    assert ReplyEnded not in kinds(stage)
    stage.call.press_to_talk(True)
    stage.push(hush(0.3))
    stage.push(talk(1.5))
    stage.push(hush(1.5))
    assert ReplyEnded not in kinds(stage)
    stage.push(talk(0.5))
    stage.call.press_to_talk(False)
    result = stage.wait_for(TurnAppraised).result
    assert result.reply.span is not None
    assert result.reply.span.duration_s == pytest.approx(3.5, abs=0.5)


def test_with_push_to_talk_silence_is_noticed_too(make_stage: StageMaker) -> None:
    stage = make_stage(settings=Settings(hands_free=False))
    to_the_reply(stage)
    assert stage.push_until(NothingHeard, hush(0.25), limit_s=12.0).reason == "silence"


def test_a_reply_can_be_ended_without_waiting_for_the_silence(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.push(talk(1.5))
    stage.call.finish_reply()
    assert stage.wait_for(TurnAppraised).result.reply.voice is not None


def test_finishing_without_having_spoken_is_silence(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.finish_reply()
    assert stage.wait_for(NothingHeard).reason == "silence"
    assert reply(stage).number == 1


def test_a_typed_reply_is_judged_by_its_words_alone(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.type_reply(" I hear how hard this is. ")
    result = stage.wait_for(TurnAppraised).result
    assert result.reply.utterance is not None
    assert result.reply.utterance.text == "I hear how hard this is."
    assert result.reply.voice is None
    assert result.reply.timing is None


def test_an_empty_typed_reply_is_declined_kindly(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.type_reply("   ")
    assert "Nothing was typed" in stage.wait_for(Noticed, passing="calm voice").text
    assert reply(stage).number == 1


def test_typing_while_the_customer_speaks_cuts_the_line(stage: CallStage) -> None:
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(0.6))
    stage.call.type_reply("I hear you.")
    assert stage.wait_for(TurnAppraised).result.customer.cut_short


# Again


def test_a_line_can_be_heard_again(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.repeat_line()
    assert stage.wait_for(LineStarted).turn == 1
    stage.push_until(LineFinished, hush(0.25))
    assert reply(stage).number == 1


def test_a_turn_can_be_done_again(stage: CallStage) -> None:
    line = to_the_reply(stage)
    first = reply(stage)
    stage.call.redo_turn()
    assert stage.wait_for(LineStarted).line.text == line.line.text
    stage.push_until(LineFinished, hush(0.25))
    again = reply(stage)
    assert (again.number, again.take) == (1, 2)
    assert again.temper_before == first.temper_before
    assert [message.redone for message in stage.said if isinstance(message, TurnAppraised)] == [False, True]


def test_corrected_words_are_judged_again(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    stage.call.correct_words(1, "nothing of the kind")
    message = stage.wait_for(TurnAppraised)
    assert message.redone
    assert message.result.reply.utterance is not None
    assert message.result.reply.utterance.text == "nothing of the kind"


def test_ticked_techniques_are_judged_again(make_stage: StageMaker) -> None:
    stage = make_stage(NoRecogniser())
    to_the_reply(stage)
    reply(stage)
    stage.call.tick_techniques(1, ("acknowledge_feelings",))
    assert stage.wait_for(TurnAppraised).result.reply.ticked == ("acknowledge_feelings",)


def test_asking_a_supervisor_ends_or_changes_the_call_and_is_recorded(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.use_move(Move.SUPERVISOR)
    assert stage.wait_for(CallEnded).summary.outcome is Outcome.HANDED_OVER


def test_a_hold_is_a_break_until_the_trainee_is_back(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.call.use_move(Move.HOLD)
    assert stage.wait_for(Paused).trouble is None
    stage.call.resume()
    stage.wait_for(Resumed)
    assert reply(stage).number == 1


# Pauses


def test_a_pause_in_the_line_starts_it_again(stage: CallStage) -> None:
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(0.5))
    stage.call.pause()
    assert stage.wait_for(Paused).trouble is None
    assert stage.speaker.plays[0].stopped_at_s is not None
    stage.call.resume()
    stage.wait_for(Resumed)
    assert stage.wait_for(LineStarted).turn == 1


def test_a_pause_in_the_reply_loses_nothing_of_it(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.push(talk(1.5))
    stage.call.pause()
    stage.wait_for(Paused)
    stage.push(talk(5.0))
    stage.call.resume()
    stage.wait_for(Resumed)
    stage.push(talk(1.5))
    stage.push_until(ReplyEnded, hush(0.25))
    result = stage.wait_for(TurnAppraised).result
    assert result.reply.voice is not None
    assert result.reply.voice.speech_s == pytest.approx(3.0, abs=0.4)


def test_what_is_said_while_paused_or_reading_feedback_is_not_recorded(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    recorded = stage.recorded_samples()
    stage.push(talk(3.0))
    assert stage.recorded_samples() == recorded


def test_a_lost_headset_pauses_the_call_and_it_goes_on_with_the_same_device(make_stage: StageMaker) -> None:
    stage = make_stage(settings=Settings(input_device="pulse: Headset"))
    to_the_reply(stage)
    stage.push(talk(1.5))
    stage.lose_microphone("It was unplugged.")
    assert stage.wait_for(Paused).trouble == "It was unplugged."
    assert stage.microphone.closed == 1
    stage.call.resume()
    stage.wait_for(Resumed)
    assert stage.microphone.opened == ["pulse: Headset"] * 2
    stage.push(talk(1.5))
    stage.push_until(ReplyEnded, hush(0.25))
    result = stage.wait_for(TurnAppraised).result
    assert result.reply.voice is not None
    assert result.reply.voice.speech_s == pytest.approx(3.0, abs=0.4)


def test_a_headset_that_stays_away_leaves_the_call_paused_and_typing_open(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.lose_microphone("It was unplugged.")
    stage.wait_for(Paused)
    stage.microphone.trouble = SimulatorError("Headset is not plugged in.", "Plug it in.")
    stage.call.resume()
    assert "not plugged in" in str(stage.wait_for(Paused).trouble)
    stage.call.type_reply("I hear you.")
    assert stage.wait_for(TurnAppraised).result.reply.voice is None


def test_lost_headphones_pause_the_call_and_the_line_is_said_again(stage: CallStage) -> None:
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(0.5))
    stage.speaker.lose("The headphones have stopped.")
    assert stage.wait_for(Paused).trouble == "The headphones have stopped."
    stage.call.resume()
    assert stage.wait_for(LineStarted).spoken


def test_a_line_that_fell_silent_with_the_headphones_is_not_taken_for_heard(stage: CallStage) -> None:
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.push(hush(0.5))
    stage.call._jobs.put(lambda _conversation: stage.speaker.lose("The headphones have stopped."))
    stage.wait_for(Paused)
    assert LineFinished not in kinds(stage)


def test_a_microphone_that_gives_our_own_output_halts_the_call(make_stage: StageMaker) -> None:
    stage = make_stage(voice=TalkingVoice())
    hear_the_line(stage, 0.3, echo_of=0.8)
    assert "what the headphones play" in str(stage.wait_for(Paused).trouble)


def test_a_faint_echo_in_the_room_is_noticed_but_the_call_goes_on(make_stage: StageMaker) -> None:
    stage = make_stage(voice=TalkingVoice())
    hear_the_line(stage, 0.005, echo_of=0.01)
    assert "hears the customer" in stage.wait_for(Noticed, passing="calm voice").text
    assert Paused not in kinds(stage)


def test_a_headset_that_lets_nothing_through_is_no_echo(make_stage: StageMaker) -> None:
    stage = make_stage(voice=TalkingVoice())
    hear_the_line(stage, 0.0005, echo_of=0.0)
    stage.push(hush(0.5))
    assert [m for m in stage.said if isinstance(m, Noticed) and "hears" in m.text] == []


def hear_the_line(stage: CallStage, noise: float, echo_of: float) -> None:
    """Let the line be played to its end while the microphone hears that much of it."""
    stage.call.start()
    stage.wait_for(LineStarted)
    clip = stage.speaker.plays[-1].clip.samples[: round(1.5 * CAPTURE_RATE_HZ)]
    room = 0.001 * noise * np.random.default_rng(3).standard_normal(len(clip))
    stage.push((echo_of * clip + room + hush(1.5)).astype(np.float32))
    stage.push_until(LineFinished, hush(0.1), limit_s=3.0)


class TalkingVoice(ToneVoice):
    """Says something with many sounds, at the capture's own rate."""

    def render(self, voice: str, text: str, temper: float) -> Clip:
        super().render(voice, text, temper)
        return Clip(talk(1.5, seed=9), CAPTURE_RATE_HZ, text)


# Without this or that


@pytest.mark.parametrize("silent", [True, False])
def test_without_a_microphone_the_call_is_typed(make_stage: StageMaker, silent: bool) -> None:
    stage = make_stage(settings=Settings(microphone_allowed=silent))
    stage.microphone.trouble = SimulatorError("No microphone was found.", "Plug in a headset.")
    stage.call.start()
    assert "type your replies" in stage.wait_for(Noticed).text
    stage.wait_for(LineStarted)
    stage.clock.move(3.0)
    stage.wait_for(LineFinished)
    stage.call.type_reply("I hear you.")
    assert stage.wait_for(TurnAppraised).result.number == 1
    assert stage.microphone.opened == []


def test_without_a_voice_the_lines_are_shown_and_the_call_goes_on(stage: CallStage) -> None:
    stage.voice.trouble = SimulatorError("No voice is installed.", "Install espeak-ng.")
    stage.call.start()
    assert not stage.wait_for(LineStarted).spoken
    stage.wait_for(LineFinished)
    result = reply(stage)
    assert result.customer.span is None
    assert [m.text for m in stage.said if isinstance(m, Noticed) and "shown as text" in m.text]


def test_without_headphones_the_lines_are_shown(stage: CallStage) -> None:
    stage.speaker.trouble = SimulatorError("No headphones were found.", "Plug in a headset.")
    stage.call.start()
    assert not stage.wait_for(LineStarted).spoken
    assert reply(stage).customer.span is None


def test_without_a_calibration_the_first_reply_serves_and_the_screen_says_so(stage: CallStage) -> None:
    to_the_reply(stage)
    first = reply(stage, 8.0)
    assert first.reply.voice is not None
    assert first.reply.voice.level.relative_to_calm_db is None
    stage.wait_for(Noticed)
    stage.call.next_turn()
    stage.wait_for(LineStarted)
    stage.push_until(LineFinished, hush(0.25))
    louder = reply(stage, 4.0, level=0.4)
    assert louder.reply.voice is not None
    assert louder.reply.voice.level.relative_to_calm_db == pytest.approx(6.0, abs=1.0)
    assert "calibrated" in [event.kind for event in stage.events]


def test_a_call_that_is_not_kept_records_nothing(make_stage: StageMaker) -> None:
    stage = make_stage(session_id=None)
    to_the_reply(stage)
    reply(stage)
    stage.call.end()
    assert stage.wait_for(CallEnded).summary.session_id is None
    assert stage.recordings.sinks == {}


# What is kept


def test_both_sides_are_recorded_on_one_time_line(stage: CallStage) -> None:
    to_the_reply(stage)
    result = reply(stage)
    stage.call.end()
    stage.wait_for(CallEnded)
    trainee, customer = stage.recordings.sinks["trainee"], stage.recordings.sinks["customer"]
    assert trainee.done
    assert customer.done
    assert trainee.length == customer.length
    assert result.customer.span is not None
    assert customer.clips[0][0] / CAPTURE_RATE_HZ == pytest.approx(result.customer.span.start_s, abs=0.05)
    sound = np.concatenate([clip.samples for _, clip in trainee.clips])
    assert result.reply.span is not None
    begin, end = (round(s * CAPTURE_RATE_HZ) for s in (result.reply.span.start_s, result.reply.span.end_s))
    assert np.abs(sound[begin:end]).mean() > 10 * np.abs(sound[: begin - 2_000]).mean()


def test_sound_that_the_device_lost_is_silence_and_moves_no_time(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.microphone.dropped_blocks = 3
    stage.microphone.skip(CAPTURE_RATE_HZ)
    begins_s = stage.microphone.pushed_s
    result = reply(stage)
    assert result.reply.span is not None
    assert result.reply.span.start_s == pytest.approx(begins_s + 0.3, abs=0.15)
    stage.call.end()
    stage.wait_for(CallEnded)
    recorded = next(event for event in stage.events if event.kind == "recorded")
    assert recorded.data["dropped_blocks"] == 3


def test_a_full_disk_pauses_the_call_once_and_then_lets_it_go_on_unrecorded(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.recordings.sinks["trainee"].full = True
    stage.push(hush(0.2))
    assert "disk is full" in str(stage.wait_for(Paused).trouble)
    stage.call.resume()
    stage.wait_for(Resumed)
    stage.push(hush(0.2))
    assert "not recorded" in stage.wait_for(Noticed, passing="calm voice").text
    assert reply(stage).number == 1


def test_room_on_the_disk_lets_the_recording_go_on_with_the_right_times(stage: CallStage) -> None:
    to_the_reply(stage)
    sink = stage.recordings.sinks["trainee"]
    sink.full = True
    stage.push(hush(1.0))
    stage.wait_for(Paused)
    sink.full = False
    stage.call.resume()
    stage.wait_for(Resumed)
    before = len(sink.clips)
    reply(stage)
    at_s = sink.clips[before][0] / CAPTURE_RATE_HZ
    assert at_s == pytest.approx(stage.microphone.pushed_s - 3.8, abs=1.5)


def test_a_store_that_is_full_shows_the_result_and_pauses(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.disk_full = True
    assert reply(stage).number == 1
    assert "disk is full" in str(stage.wait_for(Paused).trouble)
    stage.disk_full = False
    stage.call.resume()
    stage.wait_for(Resumed)
    stage.call.next_turn()
    assert stage.wait_for(LineStarted).turn == 2


def test_hanging_up_keeps_the_call_as_abandoned(stage: CallStage) -> None:
    to_the_reply(stage)
    reply(stage)
    stage.call.end()
    assert stage.wait_for(CallEnded).summary.outcome is Outcome.ABANDONED
    assert [event.kind for event in stage.events][-1] == "ended"
    assert stage.microphone.closed == 1


@pytest.mark.parametrize("moment", ["line", "reply", "feedback", "pause"])
def test_closing_at_any_moment_ends_every_thread_and_keeps_the_call(stage: CallStage, moment: str) -> None:
    before = stage.threads_before
    stage.call.start()
    stage.wait_for(LineStarted)
    if moment != "line":
        stage.push_until(LineFinished, hush(0.25))
    if moment == "feedback":
        reply(stage)
    if moment == "pause":
        stage.call.pause()
        stage.wait_for(Paused)
    stage.push(talk(0.5))
    stage.call.close()
    stage.call.close()
    assert CallEnded in kinds(stage)
    assert {thread for thread in stage.threads_now() if thread not in before} == set()
    assert all(sink.done for sink in stage.recordings.sinks.values())


def test_a_call_that_was_never_started_can_be_closed(stage: CallStage) -> None:
    stage.call.close()
    assert stage.said == []


def test_the_volume_changes_while_the_customer_speaks(stage: CallStage) -> None:
    stage.call.start()
    stage.wait_for(LineStarted)
    stage.call.set_volume(0.2)
    stage.push_until(LineFinished, hush(0.25))
    assert stage.speaker.plays[-1].volume == 0.2


def test_a_recogniser_that_fails_by_our_mistake_halts_the_call_and_says_so(
    make_stage: StageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[object] = []
    monkeypatch.setattr("threading.excepthook", crashes.append)
    stage = make_stage(BrokenRecogniser())
    to_the_reply(stage)
    stage.push(talk(1.0))
    assert "recognition" in str(stage.wait_for(Paused).trouble)
    stage.call.end()
    stage.wait_for(CallEnded)
    assert len(crashes) == 1


class BrokenRecogniser(NoRecogniser):
    name = "scripted"  # type: ignore[assignment]

    def begin_turn(self, phrases: Sequence[str] = ()) -> NoRecogniser:  # type: ignore[override]
        return self

    def feed(self, samples: object) -> str:
        raise ZeroDivisionError


def test_a_call_that_cannot_be_stored_at_its_end_waits_and_is_stored_later(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.disk_full = True
    stage.call.end()
    assert "disk is full" in str(stage.wait_for(Paused).trouble)
    assert all(sink.done for sink in stage.recordings.sinks.values())
    stage.disk_full = False
    stage.call.end()
    stage.wait_for(CallEnded)
    assert "closed" in [event.kind for event in stage.events]


def test_a_disk_that_stays_full_does_not_keep_anyone_from_leaving(stage: CallStage) -> None:
    to_the_reply(stage)
    stage.disk_full = True
    stage.call.end()
    stage.wait_for(Paused)
    stage.call.resume()
    assert "could not be kept" in stage.wait_for(Noticed, passing="calm voice").text
    assert stage.wait_for(CallEnded).summary.turns == ()
