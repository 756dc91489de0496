"""PortAudio's adapter where no sound server is needed: late loading, resampling, plain errors."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.adapters.driver_deadline import within
from simulator.adapters.portaudio import PortAudio, PortAudioDevices
from simulator.adapters.portaudio_microphone import PortAudioMicrophone, Resampler
from simulator.adapters.portaudio_speaker import PortAudioSpeaker
from simulator.adapters.pulse_server import PulseServer
from simulator.domain.errors import SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, Clip


def test_making_the_adapters_loads_no_sound_library() -> None:
    code = (
        "import sys\n"
        "from simulator.adapters.portaudio import PortAudio, PortAudioDevices\n"
        "from simulator.adapters.portaudio_microphone import PortAudioMicrophone\n"
        "from simulator.adapters.portaudio_speaker import PortAudioSpeaker\n"
        "p = PortAudio(); PortAudioDevices(p), PortAudioMicrophone(p), PortAudioSpeaker(p)\n"
        "sys.exit('sounddevice' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=150).returncode == 0


def test_a_driver_that_hangs_is_left_behind_with_a_message() -> None:
    forever = threading.Event()
    with pytest.raises(SimulatorError, match="did not answer"):
        within(0.05, forever.wait, "starting")
    forever.set()


def test_a_library_that_hangs_while_it_starts_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    forever = threading.Event()
    monkeypatch.setattr("simulator.adapters.portaudio.LOAD_WITHIN_S", 0.05)
    monkeypatch.setattr("simulator.adapters.portaudio._load", forever.wait)
    with pytest.raises(SimulatorError, match=r"^The sound system did not answer"):
        PortAudio().library()
    forever.set()


def test_an_error_of_the_driver_comes_through() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        within(5.0, fail, "starting")


@pytest.fixture
def no_sound_server(monkeypatch: pytest.MonkeyPatch) -> PortAudio:
    """A machine whose sound server cannot be reached."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/native")
    portaudio = PortAudio()
    try:
        portaudio.refresh()
    except SimulatorError as error:
        pytest.skip(str(error))
    if PortAudioDevices(portaudio).list():
        pytest.skip("this machine has sound hardware")
    return portaudio


def test_without_any_device_the_list_is_empty_and_opening_says_so(no_sound_server: PortAudio) -> None:
    with pytest.raises(SimulatorError, match="No microphone was found"):
        PortAudioMicrophone(no_sound_server).open(None, lambda block: None, lambda why: None)
    with pytest.raises(SimulatorError, match="No headphones were found"):
        PortAudioSpeaker(no_sound_server).play(Clip(np.zeros(10, np.float32), 16_000), None, 1.0, lambda why: None)


def test_without_pactl_nothing_is_known_of_the_sound_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    server = PulseServer()
    assert list(server.devices()) == []
    assert server.recorded_source() is None


# A device that refuses 16 kHz


@settings(deadline=None, max_examples=30)
@given(sizes=st.lists(st.integers(1, 3_000), min_size=1, max_size=20), rate_hz=st.sampled_from([44_100, 48_000, 8_000]))
def test_resampled_blocks_follow_each_other_and_keep_the_time(sizes: list[int], rate_hz: int) -> None:
    convert = Resampler(rate_hz)
    expected = first = 0
    for size in sizes:
        for block in convert(first, np.zeros(size, np.float32)):
            assert block.first_sample == expected
            expected += len(block.samples)
        first += size
    assert convert.held_s <= 0.16
    assert expected == pytest.approx(first * CAPTURE_RATE_HZ / rate_hz, abs=2_500)


def test_a_tone_is_the_same_after_resampling() -> None:
    convert = Resampler(48_000)
    time = np.arange(48_000) / 48_000
    tone = np.sin(2 * np.pi * 440 * time).astype(np.float32)
    blocks = [block for start in range(0, 48_000, 960) for block in convert(start, tone[start : start + 960])]
    sound = np.concatenate([block.samples for block in blocks])
    spectrum = np.abs(np.fft.rfft(sound[2_000:10_000] * np.hanning(8_000)))
    assert np.argmax(spectrum) * CAPTURE_RATE_HZ / 8_000 == pytest.approx(440, abs=2)


def test_what_the_device_lost_stays_a_gap_after_resampling() -> None:
    convert = Resampler(48_000)
    list(convert(0, np.zeros(48_000, np.float32)))
    after = list(convert(96_000, np.zeros(48_000, np.float32)))
    assert after[0].first_sample == 2 * CAPTURE_RATE_HZ


def test_at_the_wanted_rate_nothing_is_touched() -> None:
    samples = np.arange(10, dtype=np.float32)
    (block,) = Resampler(CAPTURE_RATE_HZ)(7, samples)
    assert block.samples is samples
    assert block.first_sample == 7
