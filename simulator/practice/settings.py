"""What a person set: of the program, and of one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from simulator.domain.measures import Baseline
from simulator.domain.scenario import Difficulty, Scenario


@dataclass(frozen=True, slots=True)
class Settings:
    """Kept on disk. Devices are `AudioDevice.key`s; None is the system's default."""

    input_device: str | None = None
    output_device: str | None = None
    trainee_id: str = "guest"
    recogniser: str = "auto"
    hands_free: bool = True
    end_of_turn_silence_s: float = 0.7
    neural_activity: bool = False
    customer_volume: float = 0.7
    captions: bool = True
    meters: bool = True
    theme: str = "system"
    reduced_motion: bool = False
    save_calls: bool = True
    first_run_done: bool = False
    microphone_allowed: bool = True


class SettingsFile(Protocol):
    def load(self) -> Settings:
        """The settings kept; defaults where there are none. A broken file is set aside, never fatal."""
        ...

    def save(self, settings: Settings) -> None: ...


@dataclass(frozen=True, slots=True)
class CallSetup:
    """One call as it is about to start."""

    scenario: Scenario
    trainee_id: str
    difficulty: Difficulty
    exam: bool = False
    baseline: Baseline | None = None
    save: bool = True
