"""What the PulseAudio or PipeWire server says of its devices, where its tool `pactl` is installed.

PortAudio knows the server as one device only. The server knows each headset, and alone knows when it has moved our
recording to the monitor of our own output.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simulator.ports import AudioDevice

HOST_API = "Sound server"
ANSWER_WITHIN_S = 3.0
# The environment is one for all threads.
CHOICE = threading.Lock()


@dataclass(frozen=True, slots=True)
class ServedDevice:
    """A sink or source. `monitors`: it gives what a sink plays, not what a microphone hears."""

    index: int
    name: str
    description: str
    channels: int
    is_default: bool
    monitors: bool


class PulseServer:
    """Asks by `pactl`; where there is none, or no server, all answers are empty."""

    def sinks(self) -> Sequence[ServedDevice]:
        return self._devices("sink")

    def sources(self) -> Sequence[ServedDevice]:
        return self._devices("source")

    def devices(self) -> Sequence[AudioDevice]:
        """Microphones and headphones as people know them; monitors are no microphones."""
        by_name: dict[str, AudioDevice] = {}
        for source in self.sources():
            if not source.monitors:
                by_name[source.description] = AudioDevice(
                    source.description, HOST_API, source.channels, 0, is_default_input=source.is_default
                )
        for sink in self.sinks():
            inputs = by_name.get(sink.description)
            by_name[sink.description] = AudioDevice(
                sink.description,
                HOST_API,
                inputs.inputs if inputs is not None else 0,
                sink.channels,
                is_default_input=inputs.is_default_input if inputs is not None else False,
                is_default_output=sink.is_default,
            )
        return tuple(by_name.values())

    def recorded_source(self) -> ServedDevice | None:
        """Where our own recording comes from just now; None where that cannot be known."""
        ours = str(os.getpid())
        outputs = self._ask("list", "source-outputs")
        mine = [o for o in outputs or () if o.get("properties", {}).get("application.process.id") == ours]
        if not mine:
            return None
        return next((source for source in self.sources() if source.index == mine[-1].get("source")), None)

    def _devices(self, kind: str) -> Sequence[ServedDevice]:
        found = self._ask("list", f"{kind}s")
        if not found:
            return ()
        default = self._run("pactl", f"get-default-{kind}").strip()
        return [_served(device, default) for device in found]

    def _ask(self, *words: str) -> list[dict[str, Any]] | None:
        answer = self._run("pactl", "--format=json", *words)
        try:
            parsed = json.loads(answer)
        except ValueError:
            return None
        return [item for item in parsed if isinstance(item, dict)] if isinstance(parsed, list) else None

    @staticmethod
    def _run(*command: str) -> str:
        program = shutil.which(command[0])
        if program is None:
            return ""
        with CHOICE:
            environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(  # noqa: S603  a fixed command
                [program, *command[1:]],
                capture_output=True,
                timeout=ANSWER_WITHIN_S,
                check=True,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return done.stdout.decode("utf-8", "replace")


def _served(device: dict[str, Any], default: str) -> ServedDevice:
    name = str(device.get("name", ""))
    specification = str(device.get("sample_specification", ""))
    channels = next((part[:-2] for part in specification.split() if part.endswith("ch") and part[:-2].isdigit()), "1")
    device_class = device.get("properties", {}).get("device.class", "")
    return ServedDevice(
        index=int(device.get("index", -1)),
        name=name,
        description=str(device.get("description") or name),
        channels=int(channels),
        is_default=name == default,
        monitors=name.endswith(".monitor") or device_class == "monitor",
    )


@contextmanager
def chosen(variable: str, name: str | None) -> Iterator[None]:
    """The sound server's client takes the wanted device from the environment, at the moment of connecting."""
    with CHOICE:
        before = os.environ.get(variable)
        if name is not None:
            os.environ[variable] = name
        try:
            yield
        finally:
            if before is not None:
                os.environ[variable] = before
            elif name is not None:
                del os.environ[variable]
