"""The time of day and a clock that never goes back."""

from __future__ import annotations

import time
from datetime import datetime


class SystemClock:
    """`ports.Clock` of this computer."""

    def now_iso(self) -> str:
        return datetime.now().astimezone().isoformat(timespec="seconds")

    def monotonic_s(self) -> float:
        return time.monotonic()
