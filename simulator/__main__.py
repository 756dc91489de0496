"""`python -m simulator` and the `unruffled` command."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Start the program, or one of its child processes (how a frozen program starts them)."""
    # Matrices here are small: numpy's own threads cost more than they bring, above all beside a busy recogniser.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:] == ["--voice-child"]:
        from simulator.adapters.pyttsx3_child import main as speak

        return speak()
    if sys.argv[1:2] == ["--language-child"]:
        from simulator.adapters.pocketsphinx_language import main as mix

        return mix()
    from simulator.app.main import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
