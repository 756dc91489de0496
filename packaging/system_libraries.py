"""Which system libraries and commands a Linux machine must have, and which are missing here. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WINDOW = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
SOUND = {"libportaudio.so.2": "libportaudio2", "libespeak-ng.so.1": "libespeak-ng1"}
TEST_COMMANDS = {"flite": "flite", "pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils", "espeak-ng": "espeak-ng"}
TEST_FILES = {"libasound_module_pcm_pulse.so": "libasound2-plugins"}
ALSA_FOLDERS = (*Path("/usr/lib").glob("*-linux-gnu"), Path("/usr/lib64"))


@dataclass(frozen=True)
class Missing:
    """`needed` packages, without which the window cannot open; `helpful` ones, without which a part is off."""

    needed: tuple[str, ...]
    helpful: tuple[str, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        return self.needed + self.helpful


def missing_libraries(for_tests: bool) -> Missing:
    """What this machine lacks; nothing on Windows and macOS, where the wheels carry it all."""
    if not sys.platform.startswith("linux"):
        return Missing((), ())
    has_screen = bool(os.environ.get("DISPLAY"))
    needed = _not_loadable({**WINDOW, **(SCREEN if has_screen else {})})
    helpful = _not_loadable(SOUND)
    if for_tests:
        helpful += [package for command, package in TEST_COMMANDS.items() if shutil.which(command) is None]
        helpful += [package for file, package in TEST_FILES.items() if not _alsa_plugin(file)]
    return Missing(tuple(needed), tuple(helpful))


def _not_loadable(libraries: dict[str, str]) -> list[str]:
    # One child for all: a library loaded here would stay loaded.
    probe = (
        "import ctypes, sys\nfor name in sys.argv[1:]:\n    try: ctypes.CDLL(name)\n    except OSError: print(name)\n"
    )
    found = subprocess.run([sys.executable, "-c", probe, *libraries], capture_output=True, text=True, check=False)
    return [libraries[name] for name in found.stdout.split()]


def _alsa_plugin(file: str) -> bool:
    return any(next(folder.glob(f"alsa-lib/{file}"), None) for folder in ALSA_FOLDERS)


def install(packages: tuple[str, ...]) -> bool:
    """As root on a Debian-like system: install them, with apt's progress shown. False where that is not possible."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return update.returncode == 0 and subprocess.run(command, env=environment, check=False).returncode == 0


def line_to_run(packages: tuple[str, ...]) -> str:
    """The one line that installs them, for a person to run."""
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(packages)
    return "install these with your package manager (Debian's names): " + " ".join(packages)
