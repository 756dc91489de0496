"""Which of several programs on one data folder may mend what a killed one left behind."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


class DataFolderLock:
    """Held by the first program on a data folder until it ends, however it ends; the others go on without it."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "in-use.lock", blocking=False)

    def acquire(self) -> bool:
        """Whether this program is the first. Never waits."""
        try:
            self._lock.acquire()
        except (Timeout, OSError):
            return False
        return True

    def release(self) -> None:
        self._lock.release()
