"""A sound server with a virtual headset for the tests that need one. In CI it must be there; elsewhere they skip."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from simulator.adapters.portaudio import PortAudio
from simulator.domain.errors import SimulatorError
from tests.journeys.virtual_headset import VirtualHeadset, missing_programs


@pytest.fixture(scope="module")
def sound_server() -> Iterator[VirtualHeadset]:
    """Started once a module, with PortAudio told to look again before and after."""
    missing = missing_programs()
    if missing:
        message = f"not installed: {', '.join(missing)} (Debian: pulseaudio pulseaudio-utils libasound2-plugins)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    headset = VirtualHeadset()
    headset.start()
    before = {name: os.environ.get(name) for name in headset.environment}
    os.environ.update(headset.environment)
    try:
        yield headset
    finally:
        headset.stop()
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        forget_devices()


@pytest.fixture
def headset(sound_server: VirtualHeadset) -> Iterator[VirtualHeadset]:
    """The headset plugged in, whatever the test before did with it."""
    sound_server.plug_in_afresh()
    forget_devices()
    return sound_server


@pytest.fixture
def portaudio(headset: VirtualHeadset) -> PortAudio:
    return PortAudio()


def forget_devices() -> None:
    """PortAudio keeps the devices it found first; the next test has others."""
    try:
        PortAudio().refresh()
    except SimulatorError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
