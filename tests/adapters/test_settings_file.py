"""Settings are kept, and a broken file never keeps the program from starting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.settings_file import JsonSettingsFile
from simulator.domain.errors import SimulatorError
from simulator.practice.settings import Settings


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    file = JsonSettingsFile(tmp_path / "settings.json")
    chosen = Settings(input_device="ALSA: Kopfhörer", end_of_turn_silence_s=1.5, hands_free=False, theme="dark")
    file.save(chosen)
    assert file.load() == chosen


def test_a_broken_file_is_set_aside_and_the_defaults_serve(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{half a", encoding="utf-8")
    assert JsonSettingsFile(path).load() == Settings()
    assert (tmp_path / "settings.broken").read_text(encoding="utf-8") == "{half a"


def test_a_value_of_the_wrong_kind_falls_back_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"customer_volume": "loud", "theme": "dark", "unknown": 1, "hands_free": 1}))
    assert JsonSettingsFile(path).load() == Settings(theme="dark")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="could not be saved"):
        JsonSettingsFile(tmp_path / "nowhere" / "settings.json").save(Settings())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200))
def test_any_file_is_survived(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert isinstance(JsonSettingsFile(path).load(), Settings)
