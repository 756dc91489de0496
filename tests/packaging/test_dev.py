"""The set-up script: plain words where something is missing, and nothing to do the second time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(PACKAGING))
    spec = importlib.util.spec_from_file_location("dev_under_test", PACKAGING / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("system_libraries", None)


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = "import runpy, sys; sys.argv = ['dev.py', '--help']; runpy.run_path(sys.argv[0], run_name='__main__')"
    shown = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=PACKAGING, check=False
    )
    assert shown.returncode == 0, shown.stderr
    assert "setup" in shown.stdout


def test_a_missing_library_the_window_needs_stops_with_the_one_line_to_run(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = dev.system_libraries
    monkeypatch.setattr(
        libraries, "missing_libraries", lambda _tests: libraries.Missing(("libegl1",), ("libportaudio2",))
    )
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.SetUpError, match=r"sudo apt-get install libegl1 libportaudio2"):
        dev.provide_system_libraries(for_tests=False)


def test_a_missing_library_for_sound_only_is_said_and_the_set_up_goes_on(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    libraries = dev.system_libraries
    monkeypatch.setattr(libraries, "missing_libraries", lambda _tests: libraries.Missing((), ("libportaudio2",)))
    monkeypatch.setattr(libraries, "install", lambda _packages: False)
    dev.provide_system_libraries(for_tests=False)
    assert "libportaudio2" in capsys.readouterr().out


def test_a_library_that_is_not_on_the_system_is_found_missing(dev: ModuleType) -> None:
    names = {"libc.so.6": "libc6", "libsurely-not-here.so.9": "surely-not-here"}
    if not sys.platform.startswith("linux"):
        pytest.skip("system libraries are probed on Linux only")
    assert dev.system_libraries._not_loadable(names) == ["surely-not-here"]


def test_a_python_that_is_too_old_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "OLDEST", (3, 99))
    with pytest.raises(dev.SetUpError, match=r"needs 3\.99"):
        dev.set_up(for_tests=False)


def test_the_stamp_of_another_place_or_lock_is_not_trusted(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "set-up.json"
    monkeypatch.setattr(dev, "STAMP", stamp)
    assert dev._stamped(dev.LOCK) is None
    stamp.write_text("{broken", encoding="utf-8")
    assert dev._stamped(dev.LOCK) is None
    stamp.write_text('{"name": "requirements.lock", "lock": "old"}', encoding="utf-8")
    assert dev._stamped(dev.LOCK) == {"lock": "old"}
