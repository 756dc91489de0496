"""What happens when something nobody foresaw goes wrong: it is written down, and one sentence is said."""

from __future__ import annotations

import faulthandler
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from simulator import __version__

KEPT_REPORTS = 20


class CrashReports:
    """Writes reports into a folder of the data folder; nothing is sent anywhere, and no words of a call are in them."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell

    def install(self) -> None:
        """Take over Python's hooks for uncaught errors, on every thread."""
        sys.excepthook = self.report
        threading.excepthook = lambda hook: self.report(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def catch_native_crashes(self) -> None:
        """Have a crash inside a library leave its stacks in `native-crash.txt`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Kept open on purpose: it is written from the signal handler.
            file = (self._folder / "native-crash.txt").open("a", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(file)

    def report(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Write the report and tell where it is."""
        if issubclass(kind, KeyboardInterrupt):
            self._tell("Stopped.")
            return
        path = self._write("".join(traceback.format_exception(kind, error, trace)))
        where = f" A report is in {path}." if path else ""
        self._tell(f"Something went wrong in Unruffled; what was recorded is kept.{where}")

    def _write(self, trace: str) -> Path | None:
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        about = (
            f"Unruffled {__version__}, Python {platform.python_version()}, {platform.platform()}\n{now.isoformat()}\n\n"
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(about + trace, encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-KEPT_REPORTS]:
                old.unlink()
        except OSError:
            # A full disk must not hide the sentence that is told.
            return None
        return path
