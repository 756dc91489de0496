"""What all tests share: where the project's shared material is, and an offscreen screen."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def shared_speech() -> Path:
    """The folder of real speech; it is not committed, so a stranger's clone skips."""
    folder = SHARED / "speech"
    if not folder.is_dir():
        pytest.skip("../shared/speech is not here (real speech is not committed)")
    return folder


@pytest.fixture(scope="session")
def tiny_vosk_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `vosk-model-tiny-test` and `vosk-model-tiny-gr`, real models of 279 words."""
    archive = SHARED / "models" / "vosk-tiny-test.tgz"
    if not archive.is_file():
        pytest.skip("../shared/models/vosk-tiny-test.tgz is not here")
    folder = tmp_path_factory.mktemp("models")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder
