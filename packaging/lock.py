"""Write the two lock files anew from pyproject.toml, for every platform: `python packaging/lock.py` (needs `uv`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = {"requirements.lock": ["dev"], "requirements-bench.lock": ["dev", "bench"]}


def main() -> int:
    for name, extras in LOCKS.items():
        chosen = [word for extra in extras for word in ("--extra", extra)]
        command = [
            "uv",
            "pip",
            "compile",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
        ]
        code = subprocess.call([*command, *chosen, "pyproject.toml", "-o", f"packaging/{name}"], cwd=PROJECT)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
