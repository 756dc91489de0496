"""PortAudio, loaded late and with a deadline: what devices there are, and how its errors read to a person."""

from __future__ import annotations

import atexit
import ctypes
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from simulator.adapters.driver_deadline import CALL_WITHIN_S, within
from simulator.adapters.portaudio_streams import OpenStreams
from simulator.adapters.pulse_server import HOST_API as PULSE
from simulator.adapters.pulse_server import PulseServer
from simulator.domain.errors import SimulatorError
from simulator.ports import AudioDevice

LOAD_WITHIN_S = 15.0
NO_LIBRARY = SimulatorError(
    "The sound library PortAudio is not installed.", "Install it (Debian: libportaudio2), or type your replies."
)


class PortAudio:
    """The library, shared by microphone, speaker and the list of devices. Nothing is loaded before it is needed."""

    # The library is one for the whole process, however many ask for it.
    streams: ClassVar[OpenStreams] = OpenStreams()

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library: Any = None
        self.pulse = PulseServer()

    def library(self) -> Any:
        """The sounddevice module. Raises SimulatorError where PortAudio is missing or does not answer."""
        with self._lock:
            if self._library is None:
                try:
                    self._library = within(LOAD_WITHIN_S, _load, "starting")
                except SimulatorError:
                    raise
                except OSError as error:
                    raise NO_LIBRARY from error
                except Exception as error:  # PortAudio's own error, whose class is not loaded then
                    raise self.trouble(error, "sound system") from error
            return self._library

    def refresh(self) -> None:
        """Let PortAudio look for devices again; open streams are closed first, and notice it as if unplugged.

        Raises SimulatorError where the library is missing or a driver hangs.
        """
        library = self.library()
        try:
            self.streams.restart(lambda: _restart(library), LOAD_WITHIN_S)
        except library.PortAudioError as error:
            raise self.trouble(error, "sound system") from error

    def close(self) -> None:
        """End what still sounds. Where a driver hangs, the library is not asked to end either: it would not return."""
        if self._library is None:
            return
        try:
            self.streams.close_all()
        except SimulatorError:
            atexit.unregister(self._library._exit_handler)

    def find(self, key: str | None, *, output: bool) -> tuple[int | None, str | None]:
        """The device's index now, and the sound server's name of it where that is how it is chosen.

        None and None mean the default. Raises SimulatorError where no such device is plugged in.
        """
        if key is None:
            self._check_any(output)
            return None, None
        host_api, _, name = key.partition(": ")
        if host_api == PULSE:
            return self._pulse_index(), self._pulse_name(name, output)
        for index, device in enumerate(self.devices()):
            channels = device["max_output_channels"] if output else device["max_input_channels"]
            if channels and device["name"] == name and self.host_api(device) == host_api:
                return index, None
        raise _not_there(name, output)

    def devices(self) -> Sequence[Mapping[str, Any]]:
        library = self.library()
        try:
            with self.streams.kept():
                devices: Sequence[Mapping[str, Any]] = within(CALL_WITHIN_S, library.query_devices, "listing devices")
        except library.PortAudioError as error:
            raise self.trouble(error, "sound system") from error
        return devices

    def own_rate_hz(self, index: int | None, *, output: bool) -> int:
        """The rate the device works at by itself. Raises SimulatorError where there is none."""
        kind, what = ("output", "headphones") if output else ("input", "microphone")
        library = self.library()
        try:
            with self.streams.kept():
                device = within(CALL_WITHIN_S, lambda: library.query_devices(index, kind), f"asking the {what}")
        except (library.PortAudioError, ValueError) as error:
            if index is None:
                raise _not_there(None, output) from error
            raise self.trouble(error, what) from error
        return int(device["default_samplerate"])

    def host_api(self, device: Mapping[str, Any]) -> str:
        library = self.library()
        with self.streams.kept():
            return str(library.query_hostapis(device["hostapi"])["name"])

    def default_indices(self) -> tuple[int, int]:
        """Of the default microphone and headphones; -1 where there is none."""
        library = self.library()
        with self.streams.kept():
            microphone, headphones = library.default.device
        return microphone, headphones

    def trouble(self, error: Exception, what: str) -> SimulatorError:
        """PortAudio's error as something a person can act on."""
        return SimulatorError(
            f"The {what} cannot be used ({_first_line(error)}).",
            "Check that it is plugged in and that no other program holds it, then choose it again in the settings.",
        )

    def _check_any(self, output: bool) -> None:
        if not any(device[f"max_{'output' if output else 'input'}_channels"] for device in self.devices()):
            raise _not_there(None, output)

    def _pulse_index(self) -> int:
        for index, device in enumerate(self.devices()):
            if device["name"] == "pulse":
                return index
        raise SimulatorError(
            "The sound server cannot be reached.", "Start it again, or choose another headset in the settings."
        )

    def _pulse_name(self, description: str, output: bool) -> str:
        for device in self.pulse.sinks() if output else self.pulse.sources():
            if device.description == description:
                return device.name
        raise _not_there(description, output)


class PortAudioDevices:
    """Fulfils `ports.AudioDevices`: the sound server's devices where there is one, PortAudio's own otherwise."""

    def __init__(self, portaudio: PortAudio) -> None:
        self._portaudio = portaudio

    def list(self) -> Sequence[AudioDevice]:
        found = self._portaudio.devices()
        served = self._portaudio.pulse.devices() if any(device["name"] == "pulse" for device in found) else ()
        return [*served, *(self._device(device) for device in found if not (served and _is_alias(device)))]

    def refresh(self) -> None:
        self._portaudio.refresh()

    def _device(self, device: Mapping[str, Any]) -> AudioDevice:
        defaults = self._portaudio.default_indices()
        return AudioDevice(
            name=str(device["name"]),
            host_api=self._portaudio.host_api(device),
            inputs=int(device["max_input_channels"]),
            outputs=int(device["max_output_channels"]),
            is_default_input=device["index"] == defaults[0],
            is_default_output=device["index"] == defaults[1],
        )


def _is_alias(device: Mapping[str, Any]) -> bool:
    """ALSA's names for the sound server, whose real devices are listed instead."""
    return device["name"] in ("pulse", "default", "pipewire", "sysdefault")


def _say_nothing(*_details: object) -> None:
    """ALSA's errors come back as PortAudio's; its own words are for programmers."""


ALSA_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
# ALSA keeps the bare pointer: this must live as long as the program.
SILENCE = ALSA_HANDLER(_say_nothing)


def _load() -> Any:
    """Quietly: ALSA writes about every card it misses to the terminal."""
    if sys.platform == "linux":
        with suppress(OSError):
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(SILENCE)
    import sounddevice

    return sounddevice


def _restart(library: Any) -> None:
    # After a start that failed there is nothing to end.
    if library._initialized:
        library._terminate()
    library._initialize()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _not_there(name: str | None, output: bool) -> SimulatorError:
    what = "headphones" if output else "microphone"
    if name is None:
        were = "were" if output else "was"
        return SimulatorError(f"No {what} {were} found.", "Plug in a headset; until then replies can be typed.")
    return SimulatorError(
        f"{name} is not plugged in.", f"Plug it in, or choose another device for the {what} in the settings."
    )
