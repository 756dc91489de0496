"""Makes eSpeak NG loadable before pyttsx3 looks for it: the system's library first, else the one in the wheel."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys

_SYSTEM_NAMES = {
    "linux": ("libespeak-ng.so.1", "/usr/local/lib/libespeak-ng.so.1"),
    "darwin": ("/opt/homebrew/lib/libespeak-ng.1.dylib", "/usr/local/lib/libespeak-ng.1.dylib"),
}


def load_espeak(search: tuple[str, ...] = ("system", "bundled")) -> str | None:
    """Load libespeak-ng into this process; returns where it came from, or None where there is none.

    pyttsx3 opens the library by its soname, which finds one that is already loaded: so the library of the
    espeakng-loader wheel (its own `make_library_available` does not help) must be loaded before pyttsx3 is imported.
    """
    for place in search:
        if place == "system" and _load_first(_SYSTEM_NAMES.get(sys.platform, ())):
            return place
        if place == "bundled" and _load_bundled():
            return place
    return None


def _load_first(names: tuple[str, ...]) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue
        return True
    return False


def _load_bundled() -> bool:
    try:
        loader = importlib.import_module("espeakng_loader")
        data = str(loader.get_data_path())
        library = str(loader.get_library_path())
    except (ImportError, RuntimeError):
        return False
    if not _load_first((library,)):
        return False
    os.environ["ESPEAK_DATA_PATH"] = data
    return True
