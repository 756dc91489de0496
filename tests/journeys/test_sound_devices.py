"""The microphone and the headphones over a real sound server: chosen by name, in time, and missed when gone."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from simulator.adapters.portaudio import PortAudio, PortAudioDevices
from simulator.adapters.portaudio_microphone import PortAudioInput, PortAudioMicrophone
from simulator.adapters.portaudio_speaker import PortAudioPlayback, PortAudioSpeaker
from simulator.domain.errors import SimulatorError
from simulator.ports import Block, Clip
from simulator.practice.headset_check import HeadsetCheck
from tests.journeys.virtual_headset import FEED, VirtualHeadset

pytestmark = pytest.mark.needs_sound_server

RATE_HZ = 22_050
HEADSET = "Sound server: Headset"


def tone(duration_s: float, level: float = 0.3) -> Clip:
    time = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return Clip((level * np.sin(2 * np.pi * 500 * time)).astype(np.float32), RATE_HZ)


class Ear:
    """What an open microphone gave."""

    def __init__(self, portaudio: PortAudio, device: str | None = None) -> None:
        self.blocks: queue.Queue[Block] = queue.Queue()
        self.lost: queue.Queue[str] = queue.Queue()
        self.stream: PortAudioInput = PortAudioMicrophone(portaudio).open(device, self.blocks.put, self.lost.put)
        self.blocks.get(timeout=15)

    def __enter__(self) -> Ear:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def loud_block(self, above: float, timeout_s: float = 10.0) -> Block:
        while True:
            block = self.blocks.get(timeout=timeout_s)
            if np.abs(block.samples).max() > above:
                return block


def play(portaudio: PortAudio, clip: Clip, device: str | None = None, volume: float = 1.0) -> PortAudioPlayback:
    return PortAudioSpeaker(portaudio).play(clip, device, volume, lambda why: None)


def wait_until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    waiting = threading.Event()
    for _ in range(round(timeout_s / 0.01)):
        if condition():
            return
        waiting.wait(0.01)
    raise AssertionError("it did not come about")


def test_the_headset_is_listed_once_by_its_own_name(portaudio: PortAudio) -> None:
    headset = [device for device in PortAudioDevices(portaudio).list() if device.key == HEADSET]
    assert len(headset) == 1
    assert headset[0].inputs
    assert headset[0].outputs
    assert headset[0].is_default_input
    assert headset[0].is_default_output


def test_monitors_are_no_microphones(portaudio: PortAudio) -> None:
    assert not [d for d in PortAudioDevices(portaudio).list() if d.inputs and "Monitor" in d.name]


def test_sound_comes_in_as_numbered_blocks_without_a_gap(portaudio: PortAudio) -> None:
    with Ear(portaudio) as ear:
        blocks = [ear.blocks.get(timeout=5) for _ in range(30)]
        for before, after in itertools.pairwise(blocks):
            assert after.first_sample == before.first_sample + len(before.samples)
        assert all(block.samples.dtype == np.float32 for block in blocks)
        assert ear.stream.dropped_blocks == 0


def test_what_is_played_on_a_named_device_is_heard_there_only(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    headset.hear_oneself()
    with Ear(portaudio, HEADSET) as ear:
        other = play(portaudio, tone(0.4), "Sound server: Feed")
        wait_until(lambda: other.finished)
        heard = [ear.blocks.get(timeout=5) for _ in range(max(20, ear.blocks.qsize()))]
        assert max(np.abs(block.samples).max() for block in heard) < 0.001
        play(portaudio, tone(0.4), HEADSET)
        assert np.abs(ear.loud_block(0.1).samples).max() > 0.1


def test_a_clip_of_another_rate_lasts_as_long(portaudio: PortAudio) -> None:
    slow = play(portaudio, Clip(np.zeros(8_000, np.float32), 16_000))
    wait_until(lambda: slow.finished)
    assert slow.heard_s == pytest.approx(0.5, abs=0.01)


def test_headphones_that_wake_up_late_have_not_played_meanwhile(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    headset.take_off()
    opened_s = time.monotonic()
    playback = play(portaudio, tone(1.0))
    wait_until(lambda: playback.finished)
    assert playback.began_s is not None
    assert playback.began_s >= opened_s
    assert time.monotonic() - playback.began_s == pytest.approx(1.0, abs=0.15)


def test_stopping_keeps_how_much_was_heard(portaudio: PortAudio) -> None:
    playback = play(portaudio, tone(5.0))
    wait_until(lambda: playback.heard_s > 0.5)
    playback.stop()
    heard_s = playback.heard_s
    assert 0.5 < heard_s < 2.0
    assert playback.finished
    playback.stop()
    assert playback.heard_s == heard_s


def test_the_volume_changes_while_it_plays(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    headset.hear_oneself()
    with Ear(portaudio) as ear:
        playback = play(portaudio, tone(6.0), volume=1.0)
        loud = np.abs(ear.loud_block(0.1).samples).max()
        playback.set_volume(0.1)
        wait_until(lambda: 0.005 < np.abs(ear.blocks.get(timeout=5).samples).max() < 0.2 * loud)
        playback.stop()


@pytest.mark.parametrize("device", ["Sound server: Gone", "ALSA: Gone"])
def test_a_device_that_is_not_there_is_said_by_name(portaudio: PortAudio, device: str) -> None:
    with pytest.raises(SimulatorError, match="Gone is not plugged in"):
        PortAudioMicrophone(portaudio).open(device, lambda block: None, lambda why: None)
    with pytest.raises(SimulatorError, match="Gone is not plugged in"):
        play(portaudio, tone(0.1), device)


def test_a_microphone_moved_to_a_monitor_of_our_own_output_is_noticed(
    portaudio: PortAudio, headset: VirtualHeadset
) -> None:
    with Ear(portaudio) as ear:
        wait_until(lambda: ear.stream.source_known)
        headset.unplug_microphone()
        assert "microphone" in ear.lost.get(timeout=10)


def test_a_recording_moved_to_another_microphone_is_noticed(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    others = headset.recordings()
    with Ear(portaudio, HEADSET) as ear:
        wait_until(lambda: ear.stream.source_known)
        (ours,) = headset.recordings() - others
        headset.move_recording(ours)
        assert "another one" in ear.lost.get(timeout=10)


def test_a_stream_that_ends_is_noticed_and_the_device_can_be_opened_again(
    portaudio: PortAudio, headset: VirtualHeadset
) -> None:
    with Ear(portaudio, HEADSET) as ear:
        headset.unplug_all()
        assert "microphone" in ear.lost.get(timeout=10)
    with pytest.raises(SimulatorError):
        Ear(portaudio, HEADSET)
    headset.plug_in_all()
    with Ear(portaudio, HEADSET) as again:
        again.blocks.get(timeout=5)


def test_a_microphone_that_opens_and_gives_nothing_is_noticed(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    headset.silence_microphone()
    blocks: queue.Queue[Block] = queue.Queue()
    lost: queue.Queue[str] = queue.Queue()
    with closing(PortAudioMicrophone(portaudio).open(HEADSET, blocks.put, lost.put)):
        assert "gives no sound" in lost.get(timeout=20)
    assert blocks.empty()


def test_a_microphone_that_gives_nothing_at_first_is_opened_once_more(
    portaudio: PortAudio, headset: VirtualHeadset
) -> None:
    headset.silence_microphone()
    blocks: queue.Queue[Block] = queue.Queue()
    with closing(PortAudioMicrophone(portaudio).open(HEADSET, blocks.put, lambda why: None)):
        first = headset.recordings()
        wait_until(lambda: headset.recordings() - first != set())
        headset.wake_microphone()
        assert blocks.get(timeout=10).first_sample == 0


def test_looking_for_devices_again_ends_what_was_open_and_harms_nothing_opened_after(portaudio: PortAudio) -> None:
    lost: queue.Queue[str] = queue.Queue()
    playback = PortAudioSpeaker(portaudio).play(tone(20.0), HEADSET, 0.5, lost.put)
    with Ear(portaudio, HEADSET) as before:
        wait_until(lambda: playback.heard_s > 0.2)
        portaudio.refresh()
        with Ear(portaudio, HEADSET) as after:
            assert "microphone" in before.lost.get(timeout=10)
            assert "headphones" in lost.get(timeout=10)
            before.stream.close()
            playback.stop()
            again = play(portaudio, tone(0.4), HEADSET)
            wait_until(lambda: again.finished)
            heard = after.blocks.qsize()
            wait_until(lambda: after.blocks.qsize() > heard + 50)
            assert after.lost.empty()


def test_no_stream_outlives_the_library_it_came_from(portaudio: PortAudio) -> None:
    made: list[Any] = []

    def make() -> Any:
        made.append(portaudio.library().InputStream(samplerate=RATE_HZ, channels=1))
        return made[0]

    stream = portaudio.streams.open(make, "microphone")
    assert stream.active
    portaudio.refresh()
    assert made[0].closed
    assert not stream.active
    stream.close()


def test_looking_again_mends_a_library_that_did_not_start(portaudio: PortAudio) -> None:
    portaudio.library()._terminate()
    with pytest.raises(SimulatorError, match="sound system cannot be used"):
        PortAudioDevices(portaudio).list()
    portaudio.refresh()
    assert PortAudioDevices(portaudio).list()


def test_headphones_that_go_are_noticed(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    lost: queue.Queue[str] = queue.Queue()
    playback = PortAudioSpeaker(portaudio).play(tone(20.0), HEADSET, 0.5, lost.put)
    wait_until(lambda: playback.heard_s > 0.2)
    headset.unplug_all()
    assert "headphones" in lost.get(timeout=10)


def test_closing_twice_is_harmless_and_ends_the_threads(portaudio: PortAudio) -> None:
    before = threading.active_count()
    with Ear(portaudio) as ear:
        ear.stream.close()
    ear.stream.close()
    wait_until(lambda: threading.active_count() <= before)


def test_the_feed_is_what_the_microphone_hears(portaudio: PortAudio, headset: VirtualHeadset) -> None:
    with Ear(portaudio) as ear:
        play(portaudio, tone(1.0), f"Sound server: {'Feed' if FEED else ''}")
        assert np.abs(ear.loud_block(0.1).samples).max() > 0.1


@pytest.mark.parametrize("on_the_table", [False, True])
def test_the_echo_check_tells_a_headset_on_the_head_from_one_on_the_table(
    portaudio: PortAudio, headset: VirtualHeadset, on_the_table: bool
) -> None:
    if on_the_table:
        headset.hear_oneself()
    checks = HeadsetCheck(PortAudioMicrophone(portaudio), PortAudioSpeaker(portaudio))
    shares: list[float] = []
    assert checks.check_echo(HEADSET, HEADSET, shares.append, lambda: False).heard is on_the_table
    assert shares[-1] == 1.0


def test_a_silent_room_is_measured_as_silent(portaudio: PortAudio) -> None:
    checks = HeadsetCheck(PortAudioMicrophone(portaudio), PortAudioSpeaker(portaudio))
    assert checks.measure_noise(HEADSET, lambda share: None, lambda: False) < -80
