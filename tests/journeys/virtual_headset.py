"""A headset without hardware: a PulseAudio server, a null sink to hear with, a virtual source to say into."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HEADPHONES = "headset_out"
MICROPHONE = "headset_mic"
FEED = "mic_feed"
WIRELESS = "module-tunnel-sink-new"
DESCRIBED = "source_properties=device.description=Headset"
NEEDED = ("pulseaudio", "pactl", "paplay", "parec")
READY_WITHIN_S = 15.0


def missing_programs() -> list[str]:
    return [program for program in NEEDED if shutil.which(program) is None]


class VirtualHeadset:
    """Start it before PortAudio looks for devices. Nothing of the user's own sound server is touched."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="headset-"))
        self._folder.chmod(0o700)
        self._server: subprocess.Popen[bytes] | None = None
        self._ears: subprocess.Popen[bytes] | None = None
        self.environment = {
            "XDG_RUNTIME_DIR": str(self._folder),
            "PULSE_RUNTIME_PATH": str(self._folder / "pulse"),
            "PULSE_SERVER": f"unix:{self._folder / 'native'}",
            "PULSE_COOKIE": str(self._folder / "cookie"),
        }

    def start(self) -> None:
        socket = self._folder / "native"
        modules = [
            f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            f"module-null-sink sink_name={HEADPHONES} rate=48000 sink_properties=device.description=Headset",
            f"module-null-sink sink_name={FEED} rate=48000 sink_properties=device.description=Feed",
            f"module-remap-source source_name={MICROPHONE} master={FEED}.monitor {DESCRIBED}",
        ]
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=error",
        ]
        for module in modules:
            command += ["-L", module]
        self._server = subprocess.Popen(
            command,
            env={**os.environ, **self.environment, "HOME": str(self._folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._wait_until_ready(socket)
        self.choose_defaults()
        self.put_on()

    def stop(self) -> None:
        self.take_off()
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(5)
            if server.stderr is not None:
                server.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def put_on(self) -> None:
        """A null sink that nobody listens to works in steps of two seconds; someone listening makes it real."""
        self.take_off()
        self._ears = subprocess.Popen(
            ["parec", f"--device={HEADPHONES}.monitor", "--latency-msec=20", "--client-name=ears"],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def take_off(self) -> None:
        """The headphones fall idle, as a wireless headset does."""
        ears, self._ears = self._ears, None
        if ears is not None:
            ears.terminate()
            ears.wait(5)

    def choose_defaults(self) -> None:
        self.control("set-default-sink", HEADPHONES)
        self.control("set-default-source", MICROPHONE)

    def control(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
        return done.stdout.strip()

    def say(self, wav: Path) -> None:
        """Let the microphone hear a file; returns when it has been played."""
        subprocess.run(
            ["paplay", f"--device={FEED}", str(wav)],
            env={**os.environ, **self.environment},
            timeout=120,
            check=True,
        )

    def saying(self, wav: Path) -> subprocess.Popen[bytes]:
        """Let the microphone hear a file, without waiting."""
        return subprocess.Popen(["paplay", f"--device={FEED}", str(wav)], env={**os.environ, **self.environment})

    def unplug_microphone(self) -> None:
        for module in self._modules("module-remap-source"):
            self.control("unload-module", module)

    def plug_in_microphone(self) -> None:
        self.control(
            "load-module", "module-remap-source", f"source_name={MICROPHONE}", f"master={FEED}.monitor", DESCRIBED
        )
        self.choose_defaults()

    def silence_microphone(self) -> None:
        """It can be opened, and gives nothing at all."""
        self.control("suspend-source", MICROPHONE, "1")

    def wake_microphone(self) -> None:
        self.control("suspend-source", MICROPHONE, "0")

    def move_recording(self, recording: str) -> None:
        """To another microphone, as the sound server does when the first is gone."""
        other = "source_properties=device.description=Other"
        self.control("load-module", "module-remap-source", "source_name=other_mic", f"master={FEED}.monitor", other)
        self.control("move-source-output", recording, "other_mic")

    def recordings(self) -> set[str]:
        """The streams that record just now."""
        return {line.split("\t")[0] for line in self.control("list", "short", "source-outputs").splitlines()}

    def plug_in_afresh(self) -> None:
        """Everything out and in again."""
        self.unplug_all()
        self.plug_in_all()

    def unplug_all(self) -> None:
        self.take_off()
        self.unplug_microphone()
        for module in [*self._modules(WIRELESS), *self._modules("module-null-sink")]:
            self.control("unload-module", module)

    def plug_in_all(self) -> None:
        for sink in (HEADPHONES, FEED):
            described = "Headset" if sink == HEADPHONES else "Feed"
            properties = f"sink_properties=device.description={described}"
            self.control("load-module", "module-null-sink", f"sink_name={sink}", "rate=48000", properties)
        self.put_on()
        self.plug_in_microphone()

    def hear_oneself(self) -> None:
        """Make the microphone hear the headphones, as a headset lying on the table would."""
        self.unplug_microphone()
        self.control(
            "load-module", "module-remap-source", f"source_name={MICROPHONE}", f"master={HEADPHONES}.monitor", DESCRIBED
        )
        self.choose_defaults()

    def sound_late(self) -> None:
        """Put a wireless link before the headphones: what is played comes out late, and the sound server says so."""
        server = f"server={self.environment['PULSE_SERVER']}"
        described = "sink_properties=device.description=Wireless"
        self.control("load-module", WIRELESS, "sink_name=wireless", server, f"sink={HEADPHONES}", described)
        self.control("set-default-sink", "wireless")

    def _modules(self, name: str) -> Sequence[str]:
        lines = self.control("list", "short", "modules").splitlines()
        return [line.split("\t")[0] for line in lines if line.split("\t")[1] == name]

    def _wait_until_ready(self, socket: Path) -> None:
        ends = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < ends:
            assert self._server is not None
            if self._server.poll() is not None:
                break
            if socket.exists():
                try:
                    self.control("info")
                except subprocess.CalledProcessError:
                    pass
                else:
                    return
            time.sleep(0.05)
        error = self._server.stderr.read().decode() if self._server and self._server.stderr else ""
        self.stop()
        raise RuntimeError(f"the sound server did not start: {error}")
