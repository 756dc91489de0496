"""Set up, run and test Unruffled on a bare machine: `python3 packaging/dev.py setup | run | test`.

Standard library only, so that nothing but Python is needed to begin.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import system_libraries

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = PROJECT / "packaging" / "requirements.lock"
BENCH_LOCK = PROJECT / "packaging" / "requirements-bench.lock"
STAMP = ENVIRONMENT / "set-up.json"
PIP_NOISE = ("Ignoring ", "Requirement already satisfied", "Looking in ", "  Using cached ")
OLDEST, NEWEST = (3, 11), (3, 13)


class SetUpError(Exception):
    """What is wrong and what to do, in one or two sentences."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("setup", "run", "test"))
    parser.add_argument("--bench", action="store_true", help="setup: the peers of the benchmarks too")
    known, rest = parser.parse_known_args()
    if rest and known.command == "setup":
        parser.error(f"setup takes no '{rest[0]}'")
    try:
        set_up(for_tests=known.command == "test", bench=known.bench)
        if known.command == "run":
            return subprocess.call([str(PYTHON), "-m", "simulator", *rest], cwd=PROJECT)
        return test(rest) if known.command == "test" else 0
    except SetUpError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130


def set_up(*, for_tests: bool, bench: bool = False) -> None:
    """Bring `.venv` and the system libraries up to date; quick when they are."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SetUpError(
            f"This is Python {sys.version.split()[0]}; Unruffled needs 3.{OLDEST[1]} to 3.{NEWEST[1]}. "
            f"Install one of those and run this command with it."
        )
    provide_system_libraries(for_tests)
    lock = BENCH_LOCK if bench else LOCK
    wanted = {
        "lock": hashlib.sha256(lock.read_bytes()).hexdigest(),
        "project": hashlib.sha256((PROJECT / "pyproject.toml").read_bytes()).hexdigest(),
        "python": sys.version,
        "place": str(PROJECT),
    }
    if _stamped(lock) == wanted and PYTHON.exists():
        return
    STAMP.unlink(missing_ok=True)
    create_environment()
    say("Installing the libraries (about 700 MB the first time) ...")
    pip("install", "--require-hashes", "--requirement", str(lock))
    say("Installing Unruffled itself ...")
    pip("install", "--no-deps", "--quiet", "--editable", str(PROJECT))
    STAMP.write_text(json.dumps({"name": lock.name, **wanted}), encoding="utf-8")
    say("Ready.")


def _stamped(lock: Path) -> dict[str, str] | None:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    # The benchmarks' lock is the ordinary one and more: keep it when the ordinary set-up is asked for.
    if stamp.pop("name", None) == BENCH_LOCK.name and lock == LOCK:
        unchanged = stamp.get("lock") == hashlib.sha256(BENCH_LOCK.read_bytes()).hexdigest()
        return {**stamp, "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest()} if unchanged else None
    return stamp


def provide_system_libraries(for_tests: bool) -> None:
    missing = system_libraries.missing_libraries(for_tests)
    if not missing.packages:
        return
    say(f"Missing on this system: {' '.join(missing.packages)}")
    if system_libraries.install(missing.packages):
        return
    line = system_libraries.line_to_run(missing.packages)
    if missing.needed:
        raise SetUpError(f"The window cannot open without them. Please run:\n  {line}\nthen this command again.")
    say(f"Going on without them: sound, voice or some tests will be off. To have them, run:\n  {line}")


def create_environment() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    say(f"Creating {ENVIRONMENT.name} ...")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    # Without pip: Debian's python3 has no ensurepip, and an outside pip can serve any environment.
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(ENVIRONMENT)


def pip(*arguments: str) -> None:
    """Run pip for `.venv`, showing what it downloads and hiding its lines on other platforms' packages."""
    with subprocess.Popen([*find_pip(), *arguments], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            if not line.startswith(PIP_NOISE):
                print(line, end="", flush=True)
    if process.returncode:
        raise SetUpError("Installing did not work; pip says why above. Check the network and run this command again.")


def find_pip() -> list[str]:
    """The pip inside `.venv`, or this Python's pip aimed at it, or one installed for the purpose."""
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    if importlib.util.find_spec("ensurepip") and _ensurepip():
        return [str(PYTHON), "-m", "pip"]
    if importlib.util.find_spec("pip") is None and not system_libraries.install(("python3-pip",)):
        raise SetUpError(f"This Python has no pip. Please run:\n  {system_libraries.line_to_run(('python3-pip',))}")
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _ensurepip() -> bool:
    return subprocess.run([PYTHON, "-m", "ensurepip", "--upgrade"], capture_output=True, check=False).returncode == 0


def test(arguments: list[str]) -> int:
    """Format, lint, types, import contracts, then the tests; all are run, the first failure is the exit code.

    With arguments, only pytest with these.
    """
    if arguments:
        return run_tool("pytest", *arguments)
    steps = [
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("lint-imports",),
        ("pytest", "-n", "2", "-m", "not needs_sound_server"),
        ("pytest", "-m", "needs_sound_server"),
    ]
    codes = []
    for step in steps:
        say(" ".join(step))
        codes.append(run_tool(*step))
    return next((code for code in codes if code), 0)


def run_tool(name: str, *arguments: str) -> int:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.call([str(SCRIPTS / name), *arguments], cwd=PROJECT, env=environment)


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
