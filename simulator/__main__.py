"""`python -m simulator` and the `unruffled` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program, or the child process that speaks (how a frozen program starts it)."""
    if sys.argv[1:] == ["--voice-child"]:
        from simulator.adapters.pyttsx3_child import main as speak

        return speak()
    from simulator.app.main import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
