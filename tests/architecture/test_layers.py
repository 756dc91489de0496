"""The core stays free of the window and of devices, and the folders stay what they are said to be."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DEVICES_AND_WINDOW = ("PySide6", "sounddevice", "vosk", "pocketsphinx", "pyttsx3", "soundfile", "sqlalchemy")


def loaded_after(statement: str) -> set[str]:
    program = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PROJECT)
    return set(shown.stdout.split())


@pytest.mark.parametrize("package", ["simulator.practice.rehearsal", "simulator.practice.services"])
def test_a_rehearsal_needs_neither_a_window_nor_a_device(package: str) -> None:
    assert loaded_after(f"import {package}").isdisjoint(DEVICES_AND_WINDOW)


def test_the_domain_needs_the_standard_library_only() -> None:
    modules = sorted(path.stem for path in (PROJECT / "simulator" / "domain").glob("*.py") if path.stem != "__init__")
    loaded = loaded_after("\n".join(f"import simulator.domain.{name}" for name in modules))
    assert loaded.isdisjoint({*DEVICES_AND_WINDOW, "numpy", "yaml", "click"})


def test_the_top_level_holds_what_the_client_fixed() -> None:
    folders = {path.name for path in PROJECT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    fixed = {"simulator", "voices", "scenarios", "assets", "tests", "packaging"}
    assert fixed <= folders
    assert {name for name in folders - fixed if not name.endswith(".egg-info")} <= {"build", "dist"}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
    assert [path for path in (PROJECT / "simulator").rglob("*.py") if path.stem in drawers] == []


def test_every_library_of_the_app_is_locked_with_a_hash() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (PROJECT / "packaging" / "requirements.lock").read_text(encoding="utf-8").lower()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[;=<>!~ ]", entry)[0].lower().replace("_", "-") for entry in wanted]
    assert [name for name in names if f"\n{name}==" not in f"\n{lock}"] == []
    assert lock.count("--hash=sha256:") > len(names)
