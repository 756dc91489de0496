"""Where things are: what the program brings, and what it keeps."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import platformdirs

from simulator.domain.errors import SimulatorError

DATA_FOLDER_VARIABLE = "UNRUFFLED_DATA"


@dataclass(frozen=True, slots=True)
class ProgramFolders:
    """What comes with the program; read only."""

    voices: Path
    scenarios: Path
    assets: Path


def program_folders() -> ProgramFolders:
    """Beside the package in a checkout, inside the bundle in a frozen program."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent.parent
    return ProgramFolders(root / "voices", root / "scenarios", root / "assets")


def data_folder() -> Path:
    """The platform's data folder, or the one named by UNRUFFLED_DATA; made if it is not there.

    Raises SimulatorError where it cannot be made or written.
    """
    named = os.environ.get(DATA_FOLDER_VARIABLE)
    folder = Path(named) if named else platformdirs.user_data_path("unruffled", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise SimulatorError(
            f"The data folder {folder} cannot be written ({reason}).",
            f"Check its permissions and free space, or name another with {DATA_FOLDER_VARIABLE}.",
        ) from error
    return folder
