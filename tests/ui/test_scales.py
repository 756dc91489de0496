"""At 150 and 200 % of the screen nothing is cut off either; a scale is set for a whole process, so each has its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_nothing_is_cut_off_at_a_larger_scale(scale: str) -> None:
    script = Path(__file__).with_name("scaled_pages.py")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
