"""The program starts or says plainly why it cannot, and what nobody foresaw leaves a report and one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.app.crash_report import CrashReports
from simulator.app.main import has_display
from simulator.app.paths import DATA_FOLDER_VARIABLE, data_folder, program_folders
from simulator.domain.errors import SimulatorError

PROJECT = Path(__file__).resolve().parents[2]


def unruffled(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, **environment},
        check=False,
    )


def test_what_comes_with_the_program_is_found() -> None:
    folders = program_folders()
    assert list(folders.voices.glob("*.yaml"))
    assert list(folders.scenarios.glob("en/*.yaml"))
    assert (folders.assets / "phrasebooks" / "en.yaml").is_file()


def test_the_data_folder_is_made_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path / "deep" / "data"))
    assert data_folder() == tmp_path / "deep" / "data"
    assert list(data_folder().iterdir()) == []


def test_programs_that_start_together_all_find_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path / "data"))
    with ThreadPoolExecutor(8) as starts:
        found = [starts.submit(data_folder) for _ in range(400)]
    assert {folder.result() for folder in found} == {tmp_path / "data"}


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path / "data"))
    with pytest.raises(SimulatorError, match=r"data folder .* cannot be written .*name another with UNRUFFLED_DATA"):
        data_folder()


def test_a_command_on_an_unwritable_data_folder_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    shown = unruffled("sessions", "list", UNRUFFLED_DATA=str(tmp_path / "data"))
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert "cannot be written" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_wrong_command_line_ends_with_2(tmp_path: Path) -> None:
    shown = unruffled("rehearse", "--loudly", UNRUFFLED_DATA=str(tmp_path))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "No such option" in shown.stderr


def test_sessions_of_a_new_folder_are_none(tmp_path: Path) -> None:
    shown = unruffled("sessions", "list", "--json", UNRUFFLED_DATA=str(tmp_path))
    assert (shown.returncode, shown.stdout) == (0, "")


@pytest.mark.parametrize(("variable", "expected"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("NOTHING", False)])
def test_a_display_is_looked_for_without_asking_qt(
    variable: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("Windows and macOS always have a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    assert has_display() is expected


def broken() -> None:
    raise ZeroDivisionError("a mistake of ours")


def test_an_unforeseen_error_on_any_thread_leaves_a_report_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    CrashReports(tmp_path / "reports", told.append).install()
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join(10)
    (report,) = (tmp_path / "reports").glob("crash-*.txt")
    assert "ZeroDivisionError: a mistake of ours" in report.read_text(encoding="utf-8")
    assert told == [f"Something went wrong in Unruffled; what was recorded is kept. A report is in {report}."]


def test_old_reports_make_room_for_new_ones(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, lambda _sentence: None)
    for _ in range(23):
        reports.report(ValueError, ValueError("x"), None)
    assert len(list(tmp_path.glob("crash-*.txt"))) == 20


def test_a_report_that_cannot_be_written_does_not_hide_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file is in the way")
    told: list[str] = []
    CrashReports(tmp_path / "reports", told.append).report(ValueError, ValueError("x"), None)
    assert told == ["Something went wrong in Unruffled; what was recorded is kept."]


def test_the_program_can_be_its_own_voice_child() -> None:
    command = [sys.executable, "-m", "simulator", "--voice-child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as child:
        assert child.stdout is not None
        hello = json.loads(child.stdout.readline())
        child.communicate(timeout=60)
    assert hello.keys() & {"voices", "error"}
