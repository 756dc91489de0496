"""Only the first program on a data folder mends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from simulator.adapters.data_folder_lock import DataFolderLock

HOLD = (
    "import sys; from pathlib import Path\n"
    "from simulator.adapters.data_folder_lock import DataFolderLock\n"
    "lock = DataFolderLock(Path(sys.argv[1]))\n"
    "print(lock.acquire(), flush=True); sys.stdin.read()"
)


def test_a_second_program_goes_on_without_it_until_the_first_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "True"
        assert not DataFolderLock(tmp_path).acquire()
        first.kill()
    second = DataFolderLock(tmp_path)
    assert second.acquire()
    second.release()
