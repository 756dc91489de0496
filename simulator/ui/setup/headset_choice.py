"""Which headset will be used, and what is known about it for the person who is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.measures import Baseline
from simulator.ports import AudioDevice
from simulator.practice.services import Services
from simulator.practice.settings import Settings


@dataclass(frozen=True, slots=True)
class HeadsetState:
    """`microphone` and `headphones` are what a call would use now, None where there is none.

    `missing` is the name of a chosen device that is not plugged in; `baseline` the calm voice over this microphone.
    `microphone_off`: the settings forbid it, so that none is used.
    """

    devices: tuple[AudioDevice, ...]
    microphone: AudioDevice | None
    headphones: AudioDevice | None
    missing: str | None
    baseline: Baseline | None
    microphone_off: bool = False


def read_headset(services: Services, settings: Settings) -> HeadsetState:
    """Ask the system for its devices: may take a second, so not on the GUI thread. Raises SimulatorError."""
    devices = tuple(services.devices.list())
    allowed = settings.microphone_allowed
    microphone = chosen_microphone(devices, settings.input_device) if allowed else None
    headphones = chosen_headphones(devices, settings.output_device)
    keys = {device.key for device in devices}
    wanted = (settings.input_device if allowed else None, settings.output_device)
    missing = next((key.split(": ", 1)[-1] for key in wanted if key is not None and key not in keys), None)
    baseline = None if microphone is None else services.store.baseline(settings.trainee_id, microphone.key)
    return HeadsetState(devices, microphone, headphones, missing, baseline, not allowed)


def chosen_microphone(devices: Sequence[AudioDevice], key: str | None) -> AudioDevice | None:
    """The device of that key, None where it is gone; with no key the system's default, else the first with an input."""
    able = [device for device in devices if device.inputs]
    if key is not None:
        return next((device for device in able if device.key == key), None)
    return next((device for device in able if device.is_default_input), able[0] if able else None)


def chosen_headphones(devices: Sequence[AudioDevice], key: str | None) -> AudioDevice | None:
    """As `chosen_microphone`, for the sound that goes out."""
    able = [device for device in devices if device.outputs]
    if key is not None:
        return next((device for device in able if device.key == key), None)
    return next((device for device in able if device.is_default_output), able[0] if able else None)
