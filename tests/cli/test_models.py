"""`unruffled models`: list, install and verify, over real files and a server on loopback."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from simulator.adapters.model_files import ModelFiles
from simulator.cli.main import run
from simulator.practice.services import Services
from tests.adapters.loopback_server import Served, serving

NAME = "vosk-model-small-en-us-0.15"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "model.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name in ("am/final.mdl", "graph/HCLG.fst"):
            target.writestr(f"{NAME}/{name}", b"x" * 200_000)
    return path


def models(tmp_path: Path, *arguments: str, base_url: str = "http://127.0.0.1:9/") -> int:
    files = ModelFiles(tmp_path / "models", base_url=base_url, wait=lambda seconds: None)
    services = cast("Services", SimpleNamespace(models=files))
    return run(["models", *arguments], lambda: services, lambda demo: 99)


def test_a_model_is_installed_from_a_file_listed_and_verified(
    tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models(tmp_path, "install", "en", "--from", str(archive), "--json") == 0
    installed = json.loads(capsys.readouterr().out)
    assert (installed["name"], installed["language"], installed["installed"]) == (NAME, "en", True)
    assert Path(installed["folder"]).is_dir()
    assert models(tmp_path, "list", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["name"] for row in rows if row["installed"]] == [NAME]
    assert {row["language"] for row in rows if not row["installed"]} == {"pl", "uk"}
    assert models(tmp_path, "verify") == 0
    assert capsys.readouterr().out == f"{NAME}: whole\n"


def test_the_official_model_is_downloaded_with_progress_on_standard_error(
    tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = archive.read_bytes()
    with serving(Served()) as server:
        url = f"{server.url}{NAME}.zip"
        listing = [{"name": NAME, "url": url, "md5": hashlib.md5(content).hexdigest(), "size": len(content)}]
        server.files = {"/model-list.json": json.dumps(listing).encode(), f"/{NAME}.zip": content}
        assert models(tmp_path, "install", "en", base_url=server.url) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(f"Installed {NAME} (0 MB) in ")
    assert shown.err.split() == ["Downloading", "Checking", "Unpacking"]


def test_a_damaged_model_is_told_with_exit_1(tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models(tmp_path, "install", "en", "--from", str(archive))
    (tmp_path / "models" / NAME / "am" / "final.mdl").write_bytes(b"short")
    capsys.readouterr()
    assert models(tmp_path, "verify", "--json") == 1
    assert json.loads(capsys.readouterr().out)["faults"] == ["am/final.mdl has changed"]


def test_without_a_model_verify_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert models(tmp_path, "verify") == 0
    assert "No model is installed." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("install", "hu"), 1, "no official Vosk model for Hungarian"),
        (("install", "en"), 1, "cannot be reached"),
        (("install", "en", "--from", "nowhere.zip"), 2, "there is no such file"),
        (("install",), 2, "LANGUAGE"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
) -> None:
    assert models(tmp_path, *arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert "Traceback" not in shown.err


def test_a_wrong_checksum_is_bad_input(tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert models(tmp_path, "install", "en", "--from", str(archive), "--sha256", "0" * 64) == 2
    assert "should be 0000" in capsys.readouterr().err
