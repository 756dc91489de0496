"""`unruffled scenarios`: list, validate, new and graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli.main import run
from simulator.practice.services import Services
from tests.cli.terminal_services import terminal_services

TYPES = ["furious", "despotic", "freeloading", "meticulous", "aggressive", "accuses_of_incompetence", "pleasant"]


@pytest.fixture
def services() -> Services:
    return terminal_services([])


def scenarios(services: Services, *arguments: str) -> int:
    return run(["scenarios", *arguments], lambda: services, lambda demo: 99)


def test_the_list_has_the_documented_keys(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios(services, "list", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"en-late-delivery", "en-double-charge", "en-warm-up"} <= {row["id"] for row in rows}
    for row in rows:
        assert {"id", "language", "type", "title", "difficulty", "customer", "trains", "good_ends"} <= row.keys()
        assert row["customer"].keys() == {"title", "first_name", "name"}
        assert row["type"] in TYPES


def test_the_list_can_be_read_by_people(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios(services, "list") == 0
    assert "The present that never came" in capsys.readouterr().out


def test_a_new_scenario_is_valid_and_can_be_rehearsed_at_once(
    services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "drafts" / "my-call.yaml"
    assert scenarios(services, "new", str(file)) == 0
    assert scenarios(services, "validate", str(file)) == 0
    assert "good (4 beats)" in capsys.readouterr().out
    assert run(["rehearse", str(file), "--demo", "--no-save"], lambda: services, lambda demo: 99) == 0
    assert "The call is over: " in capsys.readouterr().out


def test_new_never_writes_over_a_file(services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "my-call.yaml"
    file.write_text("mine", encoding="utf-8")
    assert scenarios(services, "new", str(file)) == 2
    assert "is there already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"


def test_validate_tells_all_mistakes_of_all_files_and_says_which_are_good(
    services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("good", "one", "two"):
        scenarios(services, "new", str(tmp_path / f"{name}.yaml"))
    for name, old, new in (("one", "type: furious", "type: cross"), ("two", "fallback: matter", "fallback: gone")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    capsys.readouterr()
    assert scenarios(services, "validate", str(tmp_path)) == 2
    shown = capsys.readouterr()
    assert "good.yaml: good" in shown.out
    assert "one.yaml:" in shown.err
    assert "two.yaml:" in shown.err
    assert "there is no beat 'gone'" in shown.err


def test_validate_of_a_missing_file_is_bad_input(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios(services, "validate", "gone.yaml") == 2
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "starts"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".dot", b"digraph")])
def test_the_beats_are_drawn(services: Services, tmp_path: Path, ending: str, starts: bytes) -> None:
    file = tmp_path / f"beats{ending}"
    assert scenarios(services, "graph", "en-late-delivery", "--to", str(file)) == 0
    assert file.read_bytes().startswith(starts)


def test_an_unknown_picture_ending_is_bad_input(
    services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert scenarios(services, "graph", "en-warm-up", "--to", str(tmp_path / "beats.bmp")) == 2
    assert ".png, .svg, .dot" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_is_said(
    services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert scenarios(services, "graph", "en-warm-up", "--to", str(tmp_path / "no" / "beats.svg")) == 1
    assert "cannot be written" in capsys.readouterr().err
