"""`python -m simulator` and the `unruffled` command."""

from __future__ import annotations

import sys


def main() -> int:
    from simulator.app.main import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
